"""The booklet: ten pages in each language and size, the address of this site in its code, and no cookie."""

from __future__ import annotations

import json
import re
import struct
import zlib
from pathlib import Path

import pytest
import segno
import typst
from flask import Flask

from companion.domain.booklet import PAGES
from companion.i18n.catalogues import LANGUAGES
from companion.services.booklet import booklet
from companion.services.directory import line
from companion.web.app import create_app
from companion.web.booklet_pdf import SIZES, blocks, booklet_data, booklet_pdf, qr_rows
from companion.web.link_address import whole
from companion.web.typeset import _template
from tests.build import Clock, open_house
from tests.house.reading_ease import TARGETS, ease
from tests.pdf import letters, pages, parts, tagged
from tests.people import newcomer
from tests.web.fetcher import Browser

ADDRESS = "https://andante.example/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_it_has_ten_pages_that_can_be_read_and_are_tagged(app: Flask, language: str, size: str) -> None:
    with app.test_request_context("/"):
        pdf = booklet_pdf(language, size, ADDRESS, "Andante", "Huis van de Buurt")
    whole = b"".join(parts(pdf))
    assert pages(pdf) == PAGES == 10
    assert tagged(pdf)
    assert re.search(rb"/Lang\s*\(" + language.encode(), whole)
    assert min(each.size for each in letters(pdf)) >= (8.99 if size == "a5" else 12)
    width, height = {"a5": (419.5, 595.3), "a4": (595.3, 841.9)}[size]
    boxes = [[float(n) for n in each.split()] for each in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", whole)]
    assert boxes
    assert all(abs(box[2] - width) < 1 and abs(box[3] - height) < 1 for box in boxes)


def test_every_font_is_in_the_file(app: Flask) -> None:
    with app.test_request_context("/"):
        whole = b"".join(parts(booklet_pdf("fr", "a5", ADDRESS, "Andante", "")))
    described = re.findall(rb"/Type\s*/FontDescriptor.*?(?=endobj|/Type\s*/FontDescriptor|$)", whole, re.DOTALL)
    assert described
    assert all(b"/FontFile" in each for each in described)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_how_sleep_and_a_calendar_are_in_it(language: str) -> None:
    found = booklet(language)
    kinds = [block["kind"] for page in found.pages for block in blocks(page)]
    assert [kinds.count(place) for place in ("steps", "lines", "calendar", "help")] == [1, 1, 1, 1]
    assert len({page.heading for page in found.pages}) == PAGES
    said = "\n\n".join(page.markdown for page in found.pages)
    assert ease(re.sub(r"\[\[\w+\]\]", "", said), language).score >= TARGETS[language]


def test_both_languages_have_the_same_pages_and_places() -> None:
    shapes = [[[block["kind"] for block in blocks(page)] for page in booklet(each).pages] for each in LANGUAGES]
    places = [[[kind for kind in page if kind not in {"p", "h"}] for page in shape] for shape in shapes]
    assert places[0] == places[1]
    assert booklet("nl").sources == booklet("fr").sources


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_are_those_of_the_directory_and_the_date_stands_by_them(app: Flask, language: str) -> None:
    with app.test_request_context("/"):
        data = booklet_data(language, "a5", ADDRESS, "Andante", "")
    numbers = [each["number"] for each in data["help"]]
    assert numbers[0] == line("emergency").shown
    assert line("poison").shown in numbers
    assert line(f"suicide_{language}").shown in numbers
    assert line(f"listening_{language}").shown in numbers
    assert "2026" in data["checked"]
    assert any("2026" in each for each in data["small"])


# The code


def test_the_code_on_paper_is_that_of_the_address(app: Flask) -> None:
    """The first page as a picture: pure black is the code alone, and each of its squares is as it should be."""
    with app.test_request_context("/"):
        data = booklet_data("nl", "a5", ADDRESS, "Andante", "")
    dark = _black(data)
    left, right = min(x for x, _ in dark), max(x for x, _ in dark)
    top, bottom = min(y for _, y in dark), max(y for _, y in dark)
    wanted = [[bool(square) for square in row] for row in segno.make(ADDRESS, error="m", micro=False).matrix]
    side, n = (right - left + 1) / len(wanted), len(wanted)
    assert abs((right - left) - (bottom - top)) <= 2
    seen = [[(int(left + (x + 0.5) * side), int(top + (y + 0.5) * side)) in dark for x in range(n)] for y in range(n)]
    assert seen == wanted


def _black(data: dict[str, object]) -> set[tuple[int, int]]:
    png = typst.compile(
        _template("booklet/booklet.typ"),
        format="png",
        ppi=96,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False), "svg": ""},
    )[0]
    width, height = struct.unpack(">II", png[16:24])
    packed = b"".join(_chunks(png))
    lines, before, found = zlib.decompress(packed), bytes(width * 4), set()
    for y in range(height):
        start = y * (width * 4 + 1)
        before = _unfiltered(lines[start], lines[start + 1 : start + 1 + width * 4], before)
        found |= {(x, y) for x in range(width) if before[4 * x : 4 * x + 3] == b"\0\0\0"}
    return found


def _chunks(png: bytes) -> list[bytes]:
    at, found = 8, []
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            found.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return found


def _unfiltered(kind: int, line: bytes, above: bytes) -> bytes:
    out = bytearray(line)
    for i in range(len(out)):
        a, b, c = (out[i - 4] if i >= 4 else 0), above[i], (above[i - 4] if i >= 4 else 0)
        if kind == 4:
            near = a + b - c
            a = min((abs(near - a), 0, a), (abs(near - b), 1, b), (abs(near - c), 2, c))[2]
        out[i] = (out[i] + (0, a, b, (a + b) // 2, a)[kind]) % 256
    return bytes(out)


# The pages


def test_it_is_for_everyone_and_sets_no_cookie(app: Flask) -> None:
    visitor = newcomer(app, "fr")
    page = visitor.open("/booklet")
    wanted = {f"/booklet/{size}.pdf?language={language}" for size in SIZES for language in LANGUAGES}
    assert wanted <= set(page.links())
    for address in sorted(wanted):
        answer = visitor.get(address)
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
        assert "Set-Cookie" not in answer.headers
    visitor.get("/booklet/a5.pdf?language=de", expect=404)
    visitor.get("/booklet/a3.pdf", expect=404)


@pytest.mark.parametrize("address", ["/learn", "/about"])
def test_it_is_found_from_reading_and_from_the_foot_of_a_page(visitor: Browser, address: str) -> None:
    assert "/booklet" in visitor.open(address).links()


def test_the_address_is_the_one_of_the_host(tmp_path: Path, clock: Clock, empty_database: Path) -> None:
    with open_house(tmp_path, clock, empty_database, base_url="https://elders.example", preview=False) as house:
        app = create_app(house)
        with app.test_request_context("/booklet", base_url="https://andere.example"):
            assert qr_rows(whole("/")) == qr_rows("https://elders.example/")
            assert qr_rows(whole("/")) != qr_rows("https://andere.example/")
