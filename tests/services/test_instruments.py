"""The shelf of questionnaires: ours, and those in the folder of whoever hosts the site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.domain.codes import Refused
from companion.services import instruments
from companion.settings import BadSetting, read_settings
from tests import third_list
from tests.build import Clock, open_house


@pytest.fixture(autouse=True)
def shelf() -> Iterator[None]:
    yield
    instruments.open_shelf()


def test_a_file_in_another_folder_is_found_beside_ours(tmp_path: Path) -> None:
    instruments.open_shelf(third_list.write(tmp_path))
    assert instruments.known() == ("bwsq", "sds", "third")
    assert instruments.load("third").licence["nl"] == "Met toestemming van de makers."
    instruments.open_shelf()
    assert instruments.known() == ("bwsq", "sds")
    assert isinstance(instruments.find("third"), Refused)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("third.toml", "id = 4", "third.toml: "),
        ("third.toml", "not toml", "third.toml: "),
        ("other.toml", None, "is not the name of the file"),
        ("bwsq.toml", "ours", "there is a questionnaire 'bwsq' already"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, name: str, text: str | None, why: str) -> None:
    folder = third_list.write(tmp_path)
    good = (folder / "third.toml").read_text("utf-8")
    (folder / "third.toml").unlink()
    given = good if text is None else good.replace('id = "third"', 'id = "bwsq"', 1) if text == "ours" else text
    (folder / name).write_text(given, encoding="utf-8")
    before = instruments.known()
    with pytest.raises(ValueError, match=why):
        instruments.open_shelf(folder)
    assert instruments.known() == before


def test_the_house_opens_the_folder_of_its_settings(tmp_path: Path) -> None:
    folder = third_list.write(tmp_path / "lists")
    assert read_settings({"INSTRUMENTS": str(folder)}).instruments == folder
    assert read_settings({}).instruments is None
    with open_house(tmp_path / "house", Clock(), instruments=folder):
        assert "third" in instruments.known()
    with (
        pytest.raises(BadSetting, match="INSTRUMENTS"),
        open_house(tmp_path / "b", Clock(), instruments=tmp_path / "x"),
    ):
        pass
