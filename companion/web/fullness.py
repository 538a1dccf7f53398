"""A round that is more or less full, for answers and for days: its shape says it, not its colour."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

RADIUS = 8.0
CENTRE = 12.0


def fullness_path(full: Fraction | float) -> str:
    """The filled part of a round of radius 8 around (12, 12), from below, as an SVG path; "" when it is empty."""
    if full <= 0:
        return ""
    if full >= 1:
        return "M4 12a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z"
    height = CENTRE + RADIUS - 2 * RADIUS * float(full)
    half = sqrt(RADIUS**2 - (height - CENTRE) ** 2)
    large = 1 if full > 0.5 else 0
    return f"M{CENTRE - half:.2f} {height:.2f}A8 8 0 {large} 0 {CENTRE + half:.2f} {height:.2f}z"
