"""The contract's `companion plan` once more, written independently and as naively as possible, for small cases.

Fractions, exhaustive search and whole lists; no code of `companion`. `expected(document)` gives the answer, or None
where the contract refuses. It does not check types: it is given documents of the right shape.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction as F
from itertools import product as every_combination
from math import ceil
from typing import Any

MOMENTS = ("morning", "noon", "evening", "bedtime")
Doc = dict[str, Any]
Doses = dict[str, F]


class No(Exception):
    """The contract refuses."""


def expected(document: Doc) -> dict[str, Any] | None:
    try:
        return _Oracle(document).answer()
    except No:
        return None


def text(value: F) -> str:
    """A terminating decimal."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def one_decimal(value: F) -> str:
    tenths = F(int(abs(value) * 10 + F(1, 2)), 10)
    return text(-tenths if value < 0 else tenths)


class _Oracle:
    def __init__(self, document: Doc) -> None:
        self.document = document
        self.pace: Doc = document.get("pace", {})
        self.goal: str = document["goal"]["kind"]
        self.daily = {moment: F(mg) for moment, mg in document["daily"].items()}
        self.start_total = sum(self.daily.values(), F(0))
        self.target = F(document["goal"].get("target", "0"))
        typed = [row for row in self.pace.get("rows", [])]
        for event in document.get("events", []):
            typed += event.get("rows", [])
        top = max([self.start_total, *(sum(map(F, row["daily"].values()), F(0)) for row in typed)])
        self.kinds = self._kinds()
        self.takeable = self._takeable(top)
        self.known: dict[F, list[Doc]] = {F(0): []}

    # Products

    def _kinds(self) -> list[tuple[F, str, F, int, F]]:
        """(strength, form, piece, cuts, mg) of every kind of piece; liquids and made capsules are done apart."""
        kinds = []
        for one in self.document["products"]:
            form = one["form"]
            if form in ("liquid", "made_capsule"):
                continue
            splits = {"whole": 1, "halves": 2, "quarters": 3}[one.get("split", "whole")]
            for piece, cuts in [(F(1), 0), (F(1, 2), 1), (F(1, 4), 2)][:splits]:
                kinds.append((F(one["strength"]), form, piece, cuts, F(one["strength"]) * piece))
        return kinds

    def _takeable(self, top: F) -> list[F]:
        steps = [kind[4] for kind in self.kinds]
        for one in self.document["products"]:
            if one["form"] == "liquid":
                steps.append(F(one["strength"]) * F(one["step_ml"]))
            if one["form"] == "made_capsule":
                steps.append(F(1, 1000))
        found, new = {F(0)}, {F(0)}
        while new:
            new = {value + step for value in new for step in steps if value + step <= top} - found
            found |= new
        return sorted(found)

    def pieces(self, mg: F) -> list[Doc]:
        """Layer by layer: every sum of n pieces with its best way, until `mg` is among them."""
        if mg in self.known:
            return self.known[mg]
        if self.document["products"][0]["form"] == "made_capsule":
            return [{"strength": text(mg), "form": "made_capsule", "piece": "1", "count": 1}]
        kinds = [(*kind, F(1)) for kind in self.kinds]
        for one in self.document["products"]:
            if one["form"] == "liquid":
                step = F(one["step_ml"])
                for times in range(1, int(mg / (step * F(one["strength"]))) + 1):
                    ml = step * times
                    kinds.append((F(one["strength"]), "liquid", ml, 0, ml * F(one["strength"]), ml))
        kinds.sort(key=lambda kind: (-kind[0], -kind[2]))
        layer: dict[F, tuple[int, tuple[int, ...]]] = {F(0): (0, (0,) * len(kinds))}
        while mg not in layer:
            further: dict[F, tuple[int, tuple[int, ...]]] = {}
            for total, (cuts, fewer) in layer.items():
                for place, kind in enumerate(kinds):
                    after = total + kind[4]
                    if after > mg:
                        continue
                    way = (cuts + kind[3], (*fewer[:place], fewer[place] - 1, *fewer[place + 1 :]))
                    if after not in further or way < further[after]:
                        further[after] = way
            layer = further
        words = {F(1): "1", F(1, 2): "1/2", F(1, 4): "1/4"}
        self.known[mg] = [
            {
                "strength": text(kind[0]),
                "form": kind[1],
                "piece": text(kind[2]) if kind[1] == "liquid" else words[kind[2]],
                "count": -fewer,
            }
            for kind, fewer in zip(kinds, layer[mg][1], strict=True)
            if fewer
        ]
        return self.known[mg]

    # Doses that come after one another

    def splits(self, total: F, caps: Doses) -> list[Doses]:
        """Every way to share `total` with no moment above its cap."""
        if total == 0:
            return [dict.fromkeys(caps, F(0))]
        *moments, last = caps
        ways = []
        for way in every_combination(*([v for v in self.takeable if v <= caps[m]] for m in moments)):
            rest = total - sum(way)
            if 0 <= rest <= caps[last] and rest in self.takeable:
                ways.append({**dict(zip(moments, way, strict=True)), last: rest})
        return ways

    def best_split(self, total: F, caps: Doses) -> Doses | None:
        order = [*self.document.get("lower_first", []), *MOMENTS]

        def key(way: Doses) -> tuple[int, F, list[F]]:
            zeros = sum(way[m] == 0 and caps[m] > 0 for m in way)
            apart = sum(((way[m] - total * self.daily[m] / self.start_total) ** 2 for m in way), F(0))
            return zeros, apart, [way[m] for m in order if m in way]

        ways = [way for way in self.splits(total, caps) if self.splits(self.target, way)]
        return min(ways, key=key) if ways else None

    def next_dose(self, current: Doses) -> tuple[Doses, bool, F]:
        """The next doses, whether that is larger than asked, and the asked cut."""
        total = sum(current.values())
        if self.pace["kind"] == "amount":
            cut = F(self.pace["mg"])
        else:
            cut = F(self.pace["percent"]) / 100
            cut *= total if self.pace["kind"] == "percent_of_current" else self.start_total
        asked = max(total - cut, self.target)
        if "last_dose" in self.document and asked < F(self.document["last_dose"]):
            way = self.best_split(self.target, current)
            assert way is not None
            return way, False, cut
        for candidate in [v for v in self.takeable if asked <= v < total]:
            if way := self.best_split(candidate, current):
                return way, False, cut
        for candidate in reversed([v for v in self.takeable if v < asked]):
            if way := self.best_split(candidate, current):
                return way, True, cut
        raise AssertionError("the target can always be made")

    def computed_rows(self) -> tuple[list[Doc], bool]:
        rows: list[Doc] = []
        current, every = self.daily, self.pace["every_days"]
        if self.document.get("lead_in_days"):
            rows.append({"daily": current, "days": self.document["lead_in_days"], "lead_in": True})
        while True:
            following, larger, cut = self.next_dose(current)
            total, left = sum(current.values()), sum(following.values())
            if self.document.get("stretch") and larger and left and rows and "lead_in" not in rows[-1]:
                if self.pace["kind"] == "percent_of_current":
                    days = every
                    while (1 - F(self.pace["percent"]) / 100) ** days > (left / total) ** every:
                        days += 1
                else:
                    days = ceil(every * (total - left) / cut)
                rows[-1]["days"] = max(every, days)
            if left == 0:
                return rows, larger
            rows.append({"daily": following, "days": every, "larger": larger})
            if left == self.target:
                rows[-1]["days"] = None
                return rows, False
            current = following

    def typed_rows(self, typed: list[Doc]) -> list[Doc]:
        rows: list[Doc] = []
        for row in typed:
            daily = {moment: F(mg) for moment, mg in row["daily"].items()}
            if any(dose not in self.takeable for dose in daily.values()):
                raise No
            rows.append({"daily": daily, "days": row.get("days"), "typed": True, "usual": row.get("days")})
        if self.goal == "reduce" and sum(rows[-1]["daily"].values()) != self.target:
            raise No
        if self.goal != "stop":
            rows[-1]["days"] = None
        return rows

    def programme_rows(self) -> list[Doc]:
        steps = self.pace["steps"]
        percents = [F(p) for p in self.pace.get("percents", [100 - i * F(100, steps) for i in range(steps)])]
        ((moment, start),) = self.daily.items()
        doses = [F(ceil(start * percent / 100 * 1000), 1000) for percent in percents]
        rows = [{"daily": {moment: dose}, "days": self.pace["days"]} for dose in doses if dose > self.target]
        if self.target:
            rows.append({"daily": {moment: self.target}, "days": None})
        return rows

    def base(self) -> tuple[list[Doc], bool]:
        if self.goal == "stabilise":
            return [{"daily": self.daily, "days": None}], False
        if self.pace["kind"] == "rows":
            return self.typed_rows(self.pace["rows"]), False
        if self.pace["kind"] == "programme":
            return self.programme_rows(), False
        return self.computed_rows()

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
