"""A help line is whole or it does not exist, and the order of the urgent page is ours, not the file's."""

from datetime import date
from typing import Any

import pytest

from companion.domain.directory import directory_from, urgent_lines

CHECKED = date(2026, 11, 21)


def entry(**changed: Any) -> dict[str, Any]:
    whole = {
        "id": "suicide_fr",
        "kind": "suicide",
        "number": "080032123",
        "shown": "0800 32 123",
        "languages": ["fr"],
        "price": "free",
        "confidence": "A",
        "check": False,
        "names": {"nl": "Lijn", "fr": "Ligne"},
        "about": {"nl": "Waarvoor", "fr": "Pour quoi"},
    }
    return whole | changed


def content(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"checked": CHECKED, "line": list(entries)}


def test_a_line_says_who_answers_and_how_to_dial() -> None:
    [line] = directory_from(content(entry(hours={"nl": "dag en nacht", "fr": "jour et nuit"})))
    assert (line.name_in("fr"), line.about_in("nl"), line.hours_in("fr")) == (
        "Ligne",
        "Waarvoor",
        "jour et nuit",
    )
    assert (line.dial, line.shown, line.languages) == ("tel:080032123", "0800 32 123", ("fr",))


def test_what_is_not_confirmed_stays_unsaid() -> None:
    [line] = directory_from(content(entry()))
    assert (line.hours_in("nl"), line.site_in("nl")) == ("", "")


def test_a_link_is_called_by_its_address_unless_that_says_nothing() -> None:
    sites, names = {"nl": "x.be/Q1", "fr": "x.be"}, {"nl": "podcast", "fr": "x.be"}
    [plain] = directory_from(content(entry(sites=sites)))
    [named] = directory_from(content(entry(sites=sites, site_names=names)))
    assert (plain.site_name_in("nl"), named.site_name_in("nl")) == ("x.be/Q1", "podcast")
    assert named.site_in("nl") == "x.be/Q1"


def test_a_line_has_the_date_of_the_file_unless_it_has_its_own() -> None:
    lines = directory_from(content(entry(), entry(id="other", checked=date(2027, 1, 4))))
    assert [line.checked for line in lines] == [CHECKED, date(2027, 1, 4)]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"kind": "urgent"}, "'urgent' is not one of"),
        ({"price": "cheap"}, "'cheap' is not one of"),
        ({"confidence": "C"}, "'C' is not one of"),
        ({"number": "0800 32 123"}, "is not what is shown"),
        ({"number": "080032124"}, "is not what is shown"),
        ({"names": {"nl": "Lijn"}}, "is missing"),
        ({"about": {"nl": "Waarvoor", "fr": ""}}, "is missing"),
        ({"hours": {"fr": "jour et nuit"}}, "is missing"),
        ({"sites": {"nl": "apotheek.be"}}, "is missing"),
    ],
)
def test_a_line_that_is_not_whole_is_a_bug_in_the_content(changed: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        directory_from(content(entry(**changed)))


def test_two_lines_with_one_id_are_a_bug_in_the_content() -> None:
    with pytest.raises(ValueError, match="same id"):
        directory_from(content(entry(), entry()))


def test_the_order_is_by_what_may_not_wait_then_by_the_language_of_who_answers() -> None:
    lines = directory_from(
        content(
            entry(id="poison", kind="poison", languages=["nl", "fr"]),
            entry(id="fr", kind="suicide", languages=["fr"]),
            entry(id="nl", kind="suicide", languages=["nl"]),
            entry(id="emergency", kind="emergency", languages=["nl", "fr"]),
        )
    )
    assert [line.id for line in urgent_lines(lines, "nl")] == ["emergency", "nl", "fr", "poison"]
    assert [line.id for line in urgent_lines(lines, "fr")] == ["emergency", "fr", "nl", "poison"]
