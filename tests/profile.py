"""How hypothesis looks for examples: the same ones each time, on a slow machine too."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

EACH_TIME = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}


def register() -> None:
    """A run of the tests says the same each time; `EXPLORE=yes make test` looks for what is new."""
    settings.register_profile("same", derandomize=True, **EACH_TIME)  # type: ignore[arg-type]
    settings.register_profile("explore", **EACH_TIME)  # type: ignore[arg-type]
    settings.load_profile("explore" if "EXPLORE" in os.environ else "same")


def that_a_test_fails_is_enough() -> None:
    """The same examples; the first that fails is not made smaller, because nobody reads it (tests/mutants)."""
    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        report_multiple_bugs=False,
        **EACH_TIME,  # type: ignore[arg-type]
    )
    settings.load_profile("mutants")
