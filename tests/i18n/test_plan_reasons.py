import re
from pathlib import Path

from companion.i18n.reasons import amount, plan

DOMAIN = Path(plan.__file__).parents[2] / "domain"


def codes(pattern: str, *paths: Path) -> set[str]:
    return {code for path in paths for code in re.findall(pattern, path.read_text(encoding="utf-8"))}


def test_every_reason_of_a_plan_or_an_amount_has_a_sentence_and_every_sentence_a_reason() -> None:
    assert codes(r'"(plan_\w+)"', *(DOMAIN / "plan").glob("*.py")) == set(plan.SENTENCES)
    assert codes(r'"(amount_\w+)"', DOMAIN / "amount.py") == set(amount.SENTENCES)
