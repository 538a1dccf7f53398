"""Every message that can come to a phone, worded, for those who build it."""

from __future__ import annotations

from datetime import date
from typing import Final

from companion.domain.reminder import Kind
from companion.domain.reminder.message import TEST, Content, Message
from companion.notify.message import word
from companion.web.house import house
from companion.web.locale import current_language

DAY: Final = date(2026, 11, 21)
_PLAN: Final = {"plan": "", "medicine": "lormetazepam"}

CONTENTS: Final = (
    Content(
        Kind.DOSE,
        "bedtime",
        DAY,
        {"moment": "bedtime", "doses": [{"plan": "", "moment": "bedtime", "mg": "1.5", "medicine": "lormetazepam"}]},
    ),
    Content(Kind.DIARY, "", DAY),
    Content(Kind.SYMPTOMS, "", DAY, {"instrument": "bwsq"}),
    Content(Kind.STEP, "", DAY, _PLAN | {"first_day": "2026-11-24", "days": 3}),
    Content(Kind.STEP, "", DAY, _PLAN | {"first_day": "2026-11-22", "days": 1}),
    Content(Kind.SUPPLY, "", DAY, _PLAN | {"strength": "1", "form": "tablet", "last_day": "2026-11-25"}),
    Content(Kind.SUPPLY, "", DAY, _PLAN | {"strength": "1", "form": "tablet", "last_day": "2026-11-20"}),
    Content(Kind.PRESCRIPTION, "", DAY, _PLAN | {"first_day": "2026-12-01"}),
    Content(Kind.APPOINTMENT, "", DAY, {}, {"what": "Dr. Maes", "day": "2026-11-26", "time": "10:30"}),
    Content(Kind.KIND_WORD, "", DAY, {}, {"from": "Lena", "text": "♥"}),
    Content(TEST, "", DAY),
)


def preview_messages() -> list[tuple[Message, Message]]:
    """Each as it is by default, and with more."""
    language, name = current_language(), house().settings.app_name
    return [(word(each, language, False, name), word(each, language, True, name)) for each in CONTENTS]
