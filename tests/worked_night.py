"""The night that facts and tests work out by hand, as somebody types it."""

from __future__ import annotations

NIGHT = {
    "in_bed": "22:30",
    "lights_out": "23:00",
    "sol_min": "30",
    "awakenings": "3",
    "waso_min": "45",
    "final_wake": "06:00",
    "up": "06:40",
}
WORKED = NIGHT | {"still_trying_min": "15"}
