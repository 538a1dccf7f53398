"""What we know about a medicine, read from `content/medicines.csv`, and what we do not know.

Source of every row: the fact file "Belgian facts", part 1 (WHO ATC/DDD of 2026-04-25; Belgian leaflets and
product texts, partly foreign or old). Whether something is on sale today was not verified for any row, so
nothing here may be shown as more than a suggestion to choose from: anything can be typed instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from companion.domain.amount import to_text

StrengthForm = Literal["tablet", "retard", "capsule", "drops", "suspension", "orodispersible", "sublingual"]
ContractForm = Literal["tablet", "capsule", "drops", "liquid"]
Scored = Literal["known_scored", "not_scored", "mixed", "unknown"]
Confidence = Literal["high", "medium", "low"]
BrandStatus = Literal["listed", "generic", "historic", "abroad"]

NEVER_DIVIDED: frozenset[StrengthForm] = frozenset({"retard", "capsule", "orodispersible", "sublingual"})
"""Forms that must stay whole (Belgian facts, 0.3: retard, capsules, Expidet, sublingual tablets)."""

_CONTRACT_FORMS: Mapping[StrengthForm, ContractForm] = {
    "tablet": "tablet",
    "retard": "tablet",
    "orodispersible": "tablet",
    "sublingual": "tablet",
    "capsule": "capsule",
    "drops": "drops",
    "suspension": "liquid",
}


@dataclass(frozen=True)
class Strength:
    """One strength of a medicine: milligrams a piece, or milligrams per millilitre when `per_ml`."""

    amount: Decimal
    form: StrengthForm
    per_ml: bool
    confirmed: bool
    """A Belgian product text gives this strength. Not: it is on sale today."""


@dataclass(frozen=True)
class Brand:
    """A name on a box. `remark` is a note for us, in English, never shown."""

    name: str
    status: BrandStatus
    remark: str = ""


@dataclass(frozen=True)
class Medicine:
    """One substance with the names people know it by."""

    inn: str
    nl: str
    fr: str
    brands: tuple[Brand, ...]
    strengths: tuple[Strength, ...]
    scored: Scored
    confidence: Confidence
    ddd_mg: Decimal | None = None
    """The defined daily dose of the WHO, a unit for statistics; None where there is none."""

    def name(self, language: str) -> str:
        """The substance in French for "fr", else in Dutch."""
        return self.fr if language == "fr" else self.nl

    @property
    def brand_names(self) -> tuple[str, ...]:
        """Trade names people may have on a box here, old ones too; not the substance, not foreign names."""
        return tuple(brand.name for brand in self.brands if brand.status in ("listed", "historic"))

    @property
    def older(self) -> bool:
        """An older medicine: nothing of it stands in the Belgian list we have (Belgian facts, 1.1)."""
        return all(brand.status in ("historic", "abroad") for brand in self.brands)

    @property
    def check_with_pharmacist(self) -> bool:
        """Something is not confirmed for Belgium: a strength, its dividing or the row itself."""
        return (
            self.confidence != "high"
            or self.scored in ("mixed", "unknown")
            or not all(strength.confirmed for strength in self.strengths)
        )


@dataclass(frozen=True)
class ProductOption:
    """A product to choose in the plan form, in the words of the contract (`products[]`)."""

    strength: str | None
    """Canonical: mg a piece, for liquid mg per ml. None for drops: the person types mg in one drop."""
    form: ContractForm
    kind: StrengthForm
    """What it is on the box, for its label."""
    mg_per_ml: str | None
    """The concentration on the bottle, for the label of drops and liquid only."""
    never_divide: bool
    may_be_divided: bool
    """Only a hint to ask the pharmacist, see `may_be_divided`."""
    check: bool
    """Say "check with your pharmacist" beside it."""


def may_be_divided(medicine: Medicine, strength: Strength) -> bool:
    """Whether a Belgian product text speaks of dividing tablets of this medicine (Belgian facts, 1.2).

    Never a permission: brands and strengths of one substance differ. It is a reason to ask the pharmacist,
    and the person has to say that their pharmacist agreed.
    """
    return strength.form == "tablet" and medicine.scored == "known_scored"


def product_options(medicine: Medicine | None) -> tuple[ProductOption, ...]:
    """What the plan form offers for this medicine; nothing for a name of the person's own."""
    if medicine is None:
        return ()
    return tuple(_option(medicine, strength) for strength in medicine.strengths)


def _option(medicine: Medicine, strength: Strength) -> ProductOption:
    """One strength as an option.

    Drops never carry mg in one drop: the same bottle of 15 mg/ml gives 15 drops a ml in the Belgian text and
    30 in the French one (Belgian facts, 0.1).
    """
    amount = to_text(strength.amount)
    drops = strength.form == "drops"
    return ProductOption(
        strength=None if drops else amount,
        form=_CONTRACT_FORMS[strength.form],
        kind=strength.form,
        mg_per_ml=amount if strength.per_ml else None,
        never_divide=strength.form in NEVER_DIVIDED,
        may_be_divided=may_be_divided(medicine, strength),
        check=drops or not strength.confirmed,
    )
