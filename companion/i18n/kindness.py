"""The prepared messages of someone close, as they say them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from companion.domain.supporter import Kindness
from companion.i18n.marker import N_

_SAID: Mapping[Kindness, str] = {
    Kindness.THINKING: N_("I am thinking of you."),
    Kindness.HERE: N_("I am here if you need me."),
    Kindness.PACE: N_("Your own pace is good."),
    Kindness.WALK: N_("Shall we go for a walk one of these days?"),
    Kindness.EVENING: N_("I wish you a calm evening."),
    Kindness.NO_ANSWER: N_("A hug. You do not have to answer."),
}


def kindness(code: Kindness, translate: Callable[[str], str]) -> str:
    """A prepared message in the language that is translated to."""
    return translate(_SAID[code])
