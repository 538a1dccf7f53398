"""The contract's `companion plan` once more, written independently and as naively as possible, for small cases.

Fractions, exhaustive search and whole lists; no code of `companion`. `expected(document)` gives the answer, or None
where the contract refuses. It does not check types: it is given documents of the right shape.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction as F
from typing import Any

from tests.domain.plan.oracle_doses import MOMENTS, Doc, DosesOracle, No, text


def expected(document: Doc) -> dict[str, Any] | None:
    try:
        return _Oracle(document).answer()
    except No:
        return None


def one_decimal(value: F) -> str:
    tenths = F(int(abs(value) * 10 + F(1, 2)), 10)
    return text(-tenths if value < 0 else tenths)


class _Oracle(DosesOracle):
    """The naive plan on the calendar."""

    # The calendar: every row has "first" and "until" (the day after; None is open), numbers of days from the start

    def check(self) -> None:
        if any(dose not in self.takeable for dose in self.daily.values()):
            raise No
        makeable = self.target < self.start_total and self.splits(self.target, self.daily)
        if self.goal == "reduce" and not makeable:
            raise No
        fine = any(one["form"] in ("drops", "liquid", "made_capsule") for one in self.document["products"])
        if self.pace.get("kind") == "percent_of_current" and fine and "last_dose" not in self.document:
            raise No
        if "last_dose" in self.document and not self.target < F(self.document["last_dose"]) < self.start_total:
            raise No
        for event in self.document.get("events", []):
            if event["kind"] == "rows":
                self.typed_rows(event["rows"])

    def laid(self) -> tuple[list[Doc], int | None, bool]:
        self.check()
        base, last_larger = self.base()
        self.levels = [{"daily": self.daily}, *base]
        self.rows = [{**row, "level": level} for level, row in enumerate(base, 1)]
        self.date_from(0, 0)
        start = date.fromisoformat(self.document["start"])
        for event in sorted(self.document.get("events", []), key=lambda event: str(event["on"])):
            day = (date.fromisoformat(event["on"]) - start).days
            place = next((i for i, row in enumerate(self.rows) if self.holds(row, day)), None)
            if place is None:
                raise No
            if event["kind"] == "rows":
                last_larger = False
            {
                "stay": self.stay,
                "go_on": self.go_on,
                "back": self.back,
                "rows": self.rows_event,
                "extra": self.extra,
            }[event["kind"]](event, day, place)
        end = None
        if self.goal == "stop" and (not self.rows or self.rows[-1]["until"] is not None):
            end = self.rows[-1]["until"] if self.rows else 0
        return self.rows, end, last_larger

    @staticmethod
    def holds(row: Doc, day: int) -> bool:
        first, until = row["first"], row["until"]
        return first is not None and first <= day and (until is None or day < until)

    def date_from(self, place: int, day: int | None) -> None:
        """Give the rows from `place` on their planned days."""
        for row in self.rows[place:]:
            row["first"] = day
            day = None if day is None or row["days"] is None else day + row["days"]
            row["until"] = day

    def cut_off(self, place: int, day: int) -> int:
        """End the row before `day`; the place where what comes next goes."""
        if self.rows[place]["first"] == day:
            del self.rows[place]
            return place
        self.rows[place]["until"] = day
        self.rows[place].pop("stay", None)
        return place + 1

    def stay(self, event: Doc, _day: int, place: int) -> None:
        row = self.rows[place]
        if row["until"] is None:
            return
        if "days" in event:
            row["until"] += event["days"]
        else:
            row["until"], row["stay"] = None, True
        self.date_from(place + 1, row["until"])

    def go_on(self, _event: Doc, day: int, place: int) -> None:
        row = self.rows[place]
        if not row.pop("stay", False) or row["first"] == day:
            raise No
        row["until"] = day
        self.date_from(place + 1, day)

    def back(self, event: Doc, day: int, place: int) -> None:
        row = self.rows[place]
        if row["level"] == 0:
            raise No
        days = event.get("days") or self.pace.get("every_days")
        if not days and self.pace.get("kind") == "programme":
            days = self.pace["days"]
        days = days or row["days"] or row.get("usual")
        if not days:
            raise No
        again = {key: value for key, value in row.items() if key != "stay"}
        up = {**self.levels[row["level"] - 1], "level": row["level"] - 1, "days": days, "back": True}
        place = self.cut_off(place, day)
        self.rows[place:place] = [up, again]
        self.date_from(place, day)

    def rows_event(self, event: Doc, day: int, place: int) -> None:
        place = self.cut_off(place, day)
        level = self.rows[place - 1]["level"] if place else 0
        typed = self.typed_rows(event["rows"])
        self.levels = [*self.levels[: level + 1], *typed]
        self.rows[place:] = [{**row, "level": n} for n, row in enumerate(typed, level + 1)]
        self.date_from(place, day)

    def extra(self, _event: Doc, _day: int, _place: int) -> None:
        pass

    # The answer

    def answer(self) -> dict[str, Any]:
        rows, end, last_larger = self.laid()
        start = date.fromisoformat(self.document["start"])

        def day(number: int | None) -> str | None:
            return None if number is None else (start + timedelta(days=number)).isoformat()

        told = []
        needed: dict[tuple[F, str], F] = {}
        before: Doc = {"daily": self.daily, "level": 0}
        for n, row in enumerate(rows, 1):
            total, total_before = sum(row["daily"].values()), sum(before["daily"].values())
            notes = []
            if row.get("larger") and before["level"] == row["level"] - 1:
                notes.append("larger_than_asked")
            if row["first"] is not None:
                then = next((r for r in rows if self.holds(r, row["first"] - 14)), {"daily": self.daily})
                if total < F(3, 4) * sum(then["daily"].values()):
                    notes.append("over_25_percent_in_14_days")
            rises = any(dose > before["daily"].get(m, 0) for m, dose in row["daily"].items())
            if rises and row.get("typed") and not row.get("back"):
                notes.append("rises")
            moments: Doc = {
                m: {"mg": text(row["daily"][m]), "pieces": self.pieces(row["daily"][m])}
                for m in MOMENTS
                if row["daily"].get(m)
            }
            if row["first"] is not None and row["until"] is not None:
                for dose in moments.values():
                    for piece in dose["pieces"]:
                        key = (F(piece["strength"]), piece["form"])
                        used = F(piece["piece"]) * piece["count"] * (row["until"] - row["first"])
                        needed[key] = needed.get(key, F(0)) + used
            told.append(
                {
                    "n": n,
                    "first_day": day(row["first"]),
                    "last_day": day(None if row["until"] is None else row["until"] - 1),
                    "daily_mg": text(total),
                    "cut_percent": one_decimal((total_before - total) / total_before * 100),
                    "notes": notes,
                    "moments": moments,
                }
            )
            before = row
        last = sum(before["daily"].values())
        cut = {
            "from_mg": text(last),
            "percent_of_start": one_decimal(last / self.start_total * 100),
            "notes": ["larger_than_asked"] if last_larger else [],
        }
        return {
            "rows": told,
            "first_day_without": day(end),
            "days": end,
            "last_cut": cut if self.goal == "stop" else None,
            "units": [
                {"strength": text(strength), "form": form, "count": text(count)}
                for (strength, form), count in sorted(needed.items(), key=lambda one: -one[0][0])
            ],
        }
