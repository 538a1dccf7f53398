"""The products someone has: between the fields of their page, the kept draft and the plan's JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from companion.domain.codes import Reason, Refused
from companion.domain.medicine import ProductOption
from companion.i18n.format import number
from companion.services.medicines import options_for
from companion.web.forms import text
from companion.web.plan_fields import read_positive

OTHERS = 2
"""How many products of one's own can be typed beside the list."""
SPLITS = ("whole", "halves", "quarters")


def read_products(options: Sequence[ProductOption]) -> list[dict[str, str]] | Refused:
    """The products someone has, in the JSON of contract §2."""
    if text("made") == "yes":
        return [{"form": "made_capsule"}]
    products: list[dict[str, str]] = []
    reasons: list[Reason] = []
    for index, option in enumerate(options):
        if str(index) in request.form.getlist("have"):
            _add(products, reasons, _option(index, option))
    for index in range(OTHERS):
        if text(f"other{index}_strength") or text(f"other{index}_form") not in {"", "tablet"}:
            _add(products, reasons, _other(f"other{index}_"))
    if reasons:
        return Refused(tuple(reasons))
    return products or Refused.because("have", "plan_products_missing")


def _add(products: list[dict[str, str]], reasons: list[Reason], product: dict[str, str] | Refused) -> None:
    if isinstance(product, Refused):
        reasons.extend(product.reasons)
    elif product not in products:
        products.append(product)


def _option(index: int, option: ProductOption) -> dict[str, str] | Refused:
    if option.form == "drops":
        return _measured("drops", f"drop{index}", "")
    if option.form == "liquid":
        step = read_positive(f"step{index}")
        if isinstance(step, Refused):
            return step
        return {"strength": option.strength or "", "form": "liquid", "step_ml": step}
    product = {"strength": option.strength or "", "form": str(option.form)}
    if option.form == "tablet":
        split = text(f"split{index}")
        product["split"] = split if split in SPLITS and not option.never_divide else "whole"
    return product


def _other(prefix: str) -> dict[str, str] | Refused:
    form = text(f"{prefix}form")
    if form in {"drops", "liquid"}:
        return _measured(form, f"{prefix}strength", f"{prefix}step")
    strength = read_positive(f"{prefix}strength")
    if isinstance(strength, Refused):
        return strength
    if form == "capsule":
        return {"strength": strength, "form": "capsule"}
    split = text(f"{prefix}split")
    may = form == "tablet" and split in SPLITS
    return {"strength": strength, "form": "tablet", "split": split if may else "whole"}


def _measured(form: str, strength_field: str, step_field: str) -> dict[str, str] | Refused:
    strength = read_positive(strength_field)
    if isinstance(strength, Refused):
        return strength
    if form == "drops":
        return {"strength": strength, "form": "drops"}
    step = read_positive(step_field)
    return step if isinstance(step, Refused) else {"strength": strength, "form": "liquid", "step_ml": step}


def chosen_products(draft: Mapping[str, Any], language: str) -> MultiDict[str, str]:
    """The products page as it was answered: ticks of the list, then what was typed beside it."""
    if "products_typed" in draft:
        return MultiDict([(name, value) for name, value in draft["products_typed"]])
    typed: MultiDict[str, str] = MultiDict()
    options = list(enumerate(options_for(draft["medicine"])))
    others = iter(range(OTHERS))
    for product in draft.get("products", []):
        if product["form"] == "made_capsule":
            typed["made"] = "yes"
            continue
        found = next((index for index, option in options if _is(option, product)), None)
        if found is None:
            prefix = f"other{next(others, OTHERS - 1)}_"
            typed[f"{prefix}form"] = product["form"]
            typed[f"{prefix}strength"] = number(product["strength"], language)
        else:
            prefix = ""
            typed.add("have", str(found))
        end = "" if found is None else str(found)
        if "split" in product:
            typed[f"{prefix}split{end}"] = product["split"]
        if "step_ml" in product:
            typed[f"{prefix}step{end}"] = number(product["step_ml"], language)
        if product["form"] == "drops" and found is not None:
            typed[f"drop{end}"] = number(product["strength"], language)
    return typed


def _is(option: ProductOption, product: Mapping[str, str]) -> bool:
    return option.form == product["form"] and option.strength in {None, product["strength"]}
