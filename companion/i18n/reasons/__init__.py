"""The sentence for every reason code of the domain. English here; Dutch and French in the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from companion.domain.codes import Reason
from companion.i18n.reasons import (
    amount,
    calm,
    change,
    check_in,
    dose,
    look_back,
    night,
    paper,
    person,
    plan,
    portable,
    push,
    reminder,
    reminding,
    share,
    supporter,
    symptoms,
    sync,
)

SENTENCES: Mapping[str, str] = {
    **amount.SENTENCES,
    **calm.SENTENCES,
    **plan.SENTENCES,
    **night.SENTENCES,
    **symptoms.SENTENCES,
    **change.SENTENCES,
    **check_in.SENTENCES,
    **dose.SENTENCES,
    **paper.SENTENCES,
    **look_back.SENTENCES,
    **person.SENTENCES,
    **portable.SENTENCES,
    **push.SENTENCES,
    **reminder.SENTENCES,
    **reminding.SENTENCES,
    **share.SENTENCES,
    **supporter.SENTENCES,
    **sync.SENTENCES,
}


def sentence(reason: Reason, translate: Callable[[str], str] = lambda message: message) -> str:
    """One clear sentence for a reason. Raises KeyError for a code nobody worded."""
    return translate(SENTENCES[reason.code]) % dict(reason.values)
