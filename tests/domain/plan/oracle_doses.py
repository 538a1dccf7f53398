"""The naive plan's doses: what can be taken, from which pieces, and what comes after what. See `oracle`."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product as every_combination
from math import ceil
from typing import Any

MOMENTS = ("morning", "noon", "evening", "bedtime")
Doc = dict[str, Any]
Doses = dict[str, F]


class No(Exception):
    """The contract refuses."""


def text(value: F) -> str:
    """A terminating decimal."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


class DosesOracle:
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
