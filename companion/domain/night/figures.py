"""What follows from a night: times in minutes, efficiencies in percent, or why the night cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from companion.domain.codes import Refused
from companion.domain.night.moments import Moments, possible_moments
from companion.domain.night.value import Night

_MINUTE: Final = timedelta(minutes=1)
_LONGEST_NIGHT: Final = timedelta(hours=24)


@dataclass(frozen=True)
class NightFigures:
    """The measures of one night; None where an answer that a measure needs is missing, never zero.

    Whole real minutes (a night in which the clock changes is an hour shorter or longer):
    `tib` time in bed · `spt` sleep period, from falling asleep to the final waking · `tst` total sleep time
    · `waso` awake after falling asleep · `sol` until falling asleep · `twak` awake in bed after the final
    waking · `dse` duration of the sleep episode, as long as the person tried to sleep · `naps`, never part
    of the others.

    Exact percents: `se` = tst / tib, the sleep efficiency we show · `sme` = tst / spt, sleep maintenance ·
    `se_dse` = tst / dse. A percent of no time at all is undefined: None.

    Sources: tib, sol, waso, tst, se as in Carney et al., Sleep 2012;35:287-302; dse and its efficiency in
    Reed and Sacco, J Clin Sleep Med 2016;12:263-266; spt and sme as in YASA. "Sleep efficiency" has at least
    four published definitions (facts/instruments.md §3.4), so a page that shows one names it.
    """

    tib: int | None
    spt: int | None
    tst: int | None
    waso: int | None
    sol: int | None
    twak: int | None
    se: Fraction | None
    sme: Fraction | None
    dse: int | None
    se_dse: Fraction | None
    naps: int | None


def figures(night: Night, zone: ZoneInfo) -> NightFigures | Refused:
    """Measure a night lived in `zone`.

    Refused when it cannot have been: over 24 real hours, or more minutes awake than there were. Where a clock
    change lets the times be read in two ways, the most natural reading that can be is measured.
    """
    refusals: list[Refused] = []
    for moments in possible_moments(night, zone):
        refused = _why_impossible(night, moments)
        if refused is None:
            return _measure(night, moments)
        refusals.append(refused)
    return refusals[0]


def one_decimal(value: Fraction) -> Decimal:
    """Rounded half up (towards more) to one decimal: 1/20 gives 0.1."""
    tenths = (value * 10 + Fraction(1, 2)).__floor__()
    return Decimal(tenths).scaleb(-1)


def _measure(night: Night, moments: Moments) -> NightFigures:
    sol, waso = night.sol, night.waso
    trying = _minutes(moments.lights_out, moments.final_wake)
    tib = _minutes(moments.in_bed, moments.up)
    dse = _plus(trying, night.still_trying_min)
    spt = _minus(trying, sol)
    tst = _minus(spt, waso) if night.slept else 0
    return NightFigures(
        tib=tib,
        spt=spt,
        tst=tst,
        waso=waso,
        sol=sol,
        twak=_minutes(moments.final_wake, moments.up),
        se=_percent(tst, tib) if night.slept else Fraction(0),
        sme=_percent(tst, spt),
        dse=dse,
        se_dse=_percent(tst, dse) if night.slept else Fraction(0),
        naps=night.naps_min,
    )


def _why_impossible(night: Night, moments: Moments) -> Refused | None:
    return (
        _over_24_hours(moments) or _more_awake_than_time(night, moments) or _trying_after_up(night, moments)
    )


def _over_24_hours(moments: Moments) -> Refused | None:
    """The blame lies with the time before the widest step: there the order of the clock times went wrong."""
    known = moments.known()
    if not known or known[-1][1] - known[0][1] <= _LONGEST_NIGHT:
        return None
    name, _widest = max(
        ((name, later - earlier) for (name, earlier), (_, later) in pairwise(known)), key=lambda step: step[1]
    )
    return Refused.because(name, "night_over_24_hours")


def _more_awake_than_time(night: Night, moments: Moments) -> Refused | None:
    """Minutes told as awake against the minutes there were, also where only the outer times are known."""
    start = moments.lights_out or moments.in_bed
    available = _minutes(start, moments.final_wake or moments.up)
    if available is None:
        return None
    awake = 0
    told = [("sol_min", night.sol), ("waso_min", night.waso)]
    if moments.final_wake is None:
        told.append(("still_trying_min", night.still_trying_min))
    for name, minutes in told:
        awake += minutes or 0
        if awake > available:
            return Refused.because(
                name, "night_more_awake_than_time", awake=str(awake), available=str(available)
            )
    return None


def _trying_after_up(night: Night, moments: Moments) -> Refused | None:
    """One can try to sleep on after the final waking only until getting up."""
    available = _minutes(moments.final_wake, moments.up)
    trying = night.still_trying_min
    if available is None or trying is None or trying <= available:
        return None
    return Refused.because(
        "still_trying_min", "night_still_trying_too_long", trying=str(trying), available=str(available)
    )


def _minutes(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else (end - start) // _MINUTE


def _plus(minutes: int | None, more: int | None) -> int | None:
    return None if minutes is None or more is None else minutes + more


def _minus(minutes: int | None, less: int | None) -> int | None:
    return None if minutes is None or less is None else minutes - less


def _percent(part: int | None, whole: int | None) -> Fraction | None:
    return Fraction(100 * part, whole) if part is not None and whole else None
