"""Words a message: from codes to what a phone shows or a mail says. Every sentence of a reminder is made here.

Discreet unless someone chose fuller: what everybody near the phone can read names no medicine, dose or symptom, and
is the same sentence whatever it is about. The path a tap opens is a page of every day for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

from companion.domain.product import Form
from companion.domain.reminder.message import TEST, Action, Content, Message
from companion.domain.reminder.model import Kind
from companion.i18n.catalogues import catalogue
from companion.i18n.format import amount, clock, date_long, listed
from companion.i18n.marker import N_
from companion.i18n.supply_words import kind_words

Say = Callable[[str], str]

_DONE: Final = N_("Done")
_LATER: Final = MappingProxyType(
    {"later-10": N_("In 10 minutes"), "later-60": N_("In an hour"), "tonight": N_("Tonight")}
)
_ACTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.DOSE: ("done", "later-10", "later-60"),
        Kind.DIARY: ("later-10", "later-60"),
        Kind.SYMPTOMS: ("later-60", "tonight"),
        Kind.STEP: ("later-60", "tonight"),
        Kind.SUPPLY: ("later-60", "tonight"),
        Kind.PRESCRIPTION: ("later-60", "tonight"),
        Kind.APPOINTMENT: ("later-10", "later-60"),
    }
)
"""Most phones show two of them, so the likeliest comes first."""

_DISCREET: Final = N_("A moment for yourself")
_DISCREET_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        Kind.APPOINTMENT: N_("Something you wanted to remember"),
        Kind.KIND_WORD: N_("Someone is thinking of you"),
        TEST: N_("It works: messages arrive here."),
    }
)
_PATHS: Final[Mapping[str, str]] = MappingProxyType(
    {Kind.DIARY: "/today#night", Kind.SYMPTOMS: "/today#offer", Kind.APPOINTMENT: "/reminders", TEST: "/reminders"}
)


def word(content: Content, language: str, fuller: bool, app_name: str) -> Message:
    """What a phone shows about this. Raises KeyError for a kind, or for data, that nobody worded."""
    said = _discreet(content.kind, language)
    is_dose = content.kind == Kind.DOSE
    return Message(
        title=app_name,
        body=_fuller(content, language) if fuller and content.kind != TEST else said.body,
        path=_PATHS.get(content.kind, "/today"),
        lang=language,
        actions=said.actions,
        neutral_title=app_name if is_dose else "",
        neutral_body=said.neutral if is_dose else "",
        entries=tuple(_taken(content, dose) for dose in content.data["doses"]) if is_dose else (),
    )


@dataclass(frozen=True)
class _Said:
    """What is the same for everyone who speaks a language."""

    body: str
    neutral: str
    actions: tuple[Action, ...]


@lru_cache
def _discreet(kind: str, language: str) -> _Said:
    say = catalogue(language).gettext
    return _Said(
        say(_DISCREET_OF.get(kind, _DISCREET)),
        say(N_("This is on your phone already. Nothing to do.")),
        tuple(Action(code, say(_LATER.get(code, _DONE))) for code in _ACTIONS.get(kind, ())),
    )


def forget_words() -> None:
    """The words of a language changed: only where one process speaks several, as the tests do."""
    _discreet.cache_clear()


def _fuller(content: Content, language: str) -> str:
    return _FULLER[content.kind](content, language, catalogue(language).gettext)


def _taken(content: Content, dose: Mapping[str, Any]) -> dict[str, Any]:
    """What "done" keeps: the dose as it stands in the plan (contract §4)."""
    data = {"plan": dose["plan"], "moment": dose["moment"], "mg": dose["mg"], "taken": True}
    return {"kind": "dose", "day": content.day.isoformat(), "data": data}


# Fuller, by choice


def _dose(content: Content, language: str, say: Say) -> str:
    doses = [f"{each['medicine']} {amount(Decimal(each['mg']), language)}".strip() for each in content.data["doses"]]
    return say(N_("Now: %(doses)s")) % {"doses": listed(doses, language)}


def _diary(content: Content, language: str, say: Say) -> str:
    return say(N_("How was last night? You can fill it in now."))


def _symptoms(content: Content, language: str, say: Say) -> str:
    return say(N_("The list is there to fill in. Later is fine too."))


def _step(content: Content, language: str, say: Say) -> str:
    day = date_long(date.fromisoformat(content.data["first_day"]), language)
    if content.data["days"] == 1:
        return say(N_("Your next step begins tomorrow, %(day)s.")) % {"day": day}
    return say(N_("Your next step begins on %(day)s.")) % {"day": day}


def _supply(content: Content, language: str, say: Say) -> str:
    last_day = date.fromisoformat(content.data["last_day"])
    product = kind_words(Form(content.data["form"]), Decimal(content.data["strength"]), language)
    if last_day < content.day:
        return say(N_("By your count, your %(product)s are used up")) % {"product": product}
    values = {"product": product, "day": date_long(last_day, language)}
    return say(N_("Your %(product)s last until and with %(day)s")) % values


def _prescription(content: Content, language: str, say: Say) -> str:
    day = date_long(date.fromisoformat(content.data["first_day"]), language)
    return say(N_("Time to ask for the next prescription. The step begins on %(day)s.")) % {"day": day}


def _appointment(content: Content, language: str, say: Say) -> str:
    when = date_long(date.fromisoformat(content.words["day"]), language)
    if content.words.get("time"):
        when = f"{when}, {clock(time.fromisoformat(content.words['time']), language)}"
    return f"{content.words['what']} · {when}"


def _kind_word(content: Content, language: str, say: Say) -> str:
    return " · ".join(part for part in (content.words.get("from", ""), content.words.get("text", "")) if part)


_FULLER: Final[Mapping[str, Callable[[Content, str, Say], str]]] = MappingProxyType(
    {
        Kind.DOSE: _dose,
        Kind.DIARY: _diary,
        Kind.SYMPTOMS: _symptoms,
        Kind.STEP: _step,
        Kind.SUPPLY: _supply,
        Kind.PRESCRIPTION: _prescription,
        Kind.APPOINTMENT: _appointment,
        Kind.KIND_WORD: _kind_word,
    }
)
