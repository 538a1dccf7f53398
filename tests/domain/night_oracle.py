"""A second, slow way to measure a night, sharing nothing with the first: walk the real minutes one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Lived:
    """A night as it really was: UTC instants and minutes."""

    wake_date: date
    zone: ZoneInfo
    in_bed: datetime
    lights_out: datetime
    final_wake: datetime
    up: datetime
    sol: int
    waso: int

    def fields(self) -> dict[str, str]:
        """What the person reads off the clock on the wall."""
        return {
            "in_bed": label(self.in_bed, self.zone),
            "lights_out": label(self.lights_out, self.zone),
            "sol_min": str(self.sol),
            "waso_min": str(self.waso),
            "final_wake": label(self.final_wake, self.zone),
            "up": label(self.up, self.zone),
        }

    def minutes(self) -> dict[str, int]:
        """Counts of minutes in each state, by living through them."""
        states = {"tib": 0, "spt": 0, "tst": 0, "twak": 0, "dse": 0}
        asleep_from = self.lights_out + self.sol * MINUTE
        awake_left = self.waso
        now = self.in_bed
        while now < self.up:
            states["tib"] += 1
            states["dse"] += self.lights_out <= now < self.final_wake
            states["twak"] += now >= self.final_wake
            if asleep_from <= now < self.final_wake:
                states["spt"] += 1
                states["tst"] += awake_left <= 0
                awake_left -= 1
            now += MINUTE
        return states


def label(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%H:%M")


def ambiguous(lived: Lived) -> bool:
    """Whether one of the four clock times shows again within three hours before or after."""
    for instant in (lived.in_bed, lived.lights_out, lived.final_wake, lived.up):
        shown = label(instant, lived.zone)
        for away in range(1, 181):
            if shown in (
                label(instant - away * MINUTE, lived.zone),
                label(instant + away * MINUTE, lived.zone),
            ):
                return True
    return False


def first_minute(day: date, shown: str, zone: ZoneInfo) -> datetime | None:
    """The first instant of the local day at which the clock shows this."""
    now = datetime.combine(day, datetime.min.time(), tzinfo=UTC) - timedelta(hours=15)
    for _ in range(60 * 60):
        local = now.astimezone(zone)
        if local.date() == day and local.strftime("%H:%M") == shown:
            return now
        now += MINUTE
    return None
