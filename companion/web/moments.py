"""The moments of a day in words, for what is not a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from companion.domain.plan import Moment
from companion.i18n.marker import N_

MOMENTS: Final[Mapping[Moment, str]] = {
    Moment.MORNING: N_("Morning"),
    Moment.NOON: N_("Noon"),
    Moment.EVENING: N_("Evening"),
    Moment.BEDTIME: N_("Bedtime"),
}
