"""An amount as a person types it: read exactly or not at all.

Source: the contract (`companion amount`) and `facts/peers.md` §0.3: a decimal comma read wrongly is the most
dangerous mistake of medicine software (`1,5` taken as 1, `,5` as 5, `0,55` as 55). Hence: both marks are the
decimal mark, what could be two numbers is asked, and a digit is never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from companion.domain.codes import Refused

MOST_DIGITS: Final = 6
"""How many digits an amount has at most before, and at most after, the decimal mark."""

_SPACES = " \t\u00a0\u2007\u2009\u202f"
_RUN_OF_SPACES = re.compile(f"[{_SPACES}]+")
_UNIT = re.compile(r" ?[mM][gG]\Z")
_WHOLE = re.compile(r"([0-9]+)")
_DECIMAL = re.compile(r"([0-9]*)[.,]([0-9]+)")
_GROUPED = re.compile(r"([0-9]{1,3}) ([0-9]{3})")
_VULGAR = re.compile(r"(?:([0-9]+) ?)?([½¼¾])")
_SLASHED = re.compile(r"(?:([0-9]+) )?([0-9]{1,7})[/\u2044]([0-9]{1,7})")

_PARTS: Mapping[str, str] = {"½": "0.5", "¼": "0.25", "¾": "0.75", "1/2": "0.5", "1/4": "0.25", "3/4": "0.75"}


def to_text(amount: Decimal) -> str:
    """The one way an amount is written in files: `0.125`, `10`, never an exponent or a last zero."""
    return format(amount.normalize(), "f") if amount else "0"


def read_amount(text: str) -> Decimal | Refused:
    """The amount in mg (or tablets, ml …) that `text` says, from 0 to 999999.999999.

    Refused, with the field `amount`: nothing typed, anything that is not wholly understood, and what could mean
    two numbers (`1 000`, `1.000`, `1,250`, `05`, `11/2`): then the reason carries both as `first` and `second`.
    """
    plain = _UNIT.sub("", _RUN_OF_SPACES.sub(" ", text).strip(" "))
    if not plain:
        return Refused.because("amount", "amount_empty")
    for pattern, read in _READINGS:
        if found := pattern.fullmatch(plain):
            return read(*found.groups())
    return _not_understood()


def _whole(digits: str) -> Decimal | Refused:
    if len(digits) > 1 and digits.startswith("0"):
        return _ask(f"0.{digits[1:]}", digits)
    return _sized(digits, "")


def _decimal(whole: str, decimals: str) -> Decimal | Refused:
    if whole.strip("0") and len(decimals) == 3 and decimals.endswith("0"):
        return _ask(f"{whole}.{decimals}", whole + decimals)
    return _sized(whole or "0", decimals)


def _slashed(whole: str | None, upper: str, lower: str) -> Decimal | Refused:
    if f"{upper}/{lower}" in _PARTS:
        return _with_part(whole, f"{upper}/{lower}")
    part = _PARTS.get(f"{upper[-1]}/{lower}")
    if whole is None and part and not upper.startswith("0"):  # 11/2: one and a half, or eleven halves
        return _ask(to_text(Decimal(upper[:-1]) + Decimal(part)), to_text(Decimal(upper) / Decimal(lower)))
    return Refused.because("amount", "amount_fraction")


def _with_part(whole: str | None, part: str) -> Decimal | Refused:
    before = _whole(whole or "0")
    return before if isinstance(before, Refused) else before + Decimal(_PARTS[part])


def _sized(whole: str, decimals: str) -> Decimal | Refused:
    if len(whole) > MOST_DIGITS:
        return Refused.because("amount", "amount_too_large")
    if len(decimals) > MOST_DIGITS:
        return Refused.because("amount", "amount_too_fine")
    return Decimal(to_text(Decimal(f"{whole}.{decimals or '0'}")))


def _ask(first: str, second: str) -> Refused:
    """Ask which of two numbers is meant; written so that neither can be misread again."""
    one, other = Decimal(first), Decimal(second)
    if one == other:
        return _not_understood()
    return Refused.because("amount", "amount_two_readings", first=to_text(one), second=to_text(other))


def _not_understood() -> Refused:
    return Refused.because("amount", "amount_not_understood")


def _grouped(before: str, thousands: str) -> Refused:
    return _ask(f"{before}.{thousands}", before + thousands)


_READINGS: Final[tuple[tuple[re.Pattern[str], Callable[..., Decimal | Refused]], ...]] = (
    (_WHOLE, _whole),
    (_DECIMAL, _decimal),
    (_GROUPED, _grouped),
    (_VULGAR, _with_part),
    (_SLASHED, _slashed),
)
