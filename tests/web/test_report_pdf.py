"""The report on paper: one A4 with ten years of data, nothing too small to read, and texts that stay texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from flask import Flask

from bench.ten_years import NOW, Lived, ten_years
from companion.bootstrap import House
from companion.domain.entry import Entry, Kind
from companion.domain.share import Section
from companion.i18n.catalogues import LANGUAGES
from companion.services.change_plan import start_plan
from companion.services.keep_questions import QUESTIONS
from companion.services.report import read_report
from companion.storage import entries
from companion.web.report_blocks import blocks_of
from companion.web.report_page import About, report_page
from companion.web.report_pdf import report_pdf
from tests.pdf import letters, pages, tagged
from tests.services.lives import Life, ago
from tests.web.shares import Reader, full_life, link

LEAST = 8.99
"""9 points, less what rounding of the drawing makes of it."""

BESIDE = frozenset(Section) - {Section.NOTES}


@pytest.fixture(scope="module")
def old() -> Iterator[Lived]:
    """Ten years, and on top of them everything that can make a report long."""
    with ten_years() as lived:
        today = lived.person.day(NOW)

        def note(kind: Kind, back: int, data: dict[str, object]) -> None:
            day = today - timedelta(days=back)
            at = datetime.combine(day, time(9), lived.person.zone).astimezone(UTC)
            with lived.house.store.write() as unit:
                entries.add(unit, lived.person.id, [Entry(str(uuid4()), kind, day, at, data)], at)

        for back in (1, 3, 5, 8):
            severe = {"instrument": "bwsq", "answers": {str(n): 2 for n in range(1, 21)}, "new": ""}
            note(Kind.SYMPTOMS, back, severe | {"safety": {"seizure": "now", "suicide": "earlier", "confusion": "now"}})
        note(Kind.LOOK_BACK, 0, {"ticked": list(QUESTIONS), "words": "Wat kan ik nog vragen aan mijn dokter? " * 6})
        for name in ("lormetazepam met een lange naam erbij", "zolpidem"):
            document = {
                "medicine": name,
                "products": [{"form": "made_capsule"}],
                "daily": {"morning": "3", "noon": "2", "bedtime": "4"},
                "goal": {"kind": "stop"},
                "pace": {"kind": "amount", "mg": "0.2", "every_days": 7},
                "start": (today - timedelta(days=20)).isoformat(),
            }
            assert start_plan(lived.house.store, lived.person, str(uuid4()), document, NOW) is None
        _confirm_all(lived)
        yield lived


def _confirm_all(lived: Lived) -> None:
    life = Life(lived.house, lived.person)
    life.confirm()


def made(lived: Lived, language: str, sections: frozenset[Section] = BESIDE) -> tuple[bytes, str]:
    """The PDF and the markup of the page."""
    report = read_report(lived.house.store, lived.person, sections, None, NOW)
    about = About("dr. Peeters-Vandenbroucke, huisarts", NOW + timedelta(days=30), lived.person.zone, "Andante")
    with lived.app.test_request_context("/"):
        pdf = report_pdf(report, about, "Verslag", language, NOW)
        return pdf, str(report_page(report, about, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_years_of_everything_are_one_page_that_can_be_read(old: Lived, language: str) -> None:
    pdf, _ = made(old, language)
    assert pages(pdf) == 1
    drawn = letters(pdf)
    assert len(drawn) > 150
    assert min(each.size for each in drawn) >= LEAST
    assert tagged(pdf)


def test_what_is_too_much_for_the_page_is_counted_and_never_dropped(old: Lived) -> None:
    _, page = made(old, "nl")
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert re.search(r"En nog \d+ bevestigde stappen na deze\.", text)
    assert re.search(r"En \d+ vroegere dagen\.", text)
    assert re.search(r"Ook in een plan: diazepam \d", text)
    assert re.search(r"En \d+ vroegere antwoorden\.", text)
    assert re.search(r"\d+ lijsten tussen de eerste en deze staan in de tekening\.", text)


def test_own_words_stand_on_further_sheets_and_not_on_the_first(old: Lived) -> None:
    pdf, page = made(old, "nl", frozenset(Section))
    assert pages(pdf) > 1
    assert min(each.size for each in letters(pdf)) >= LEAST
    assert "Dit zijn de nieuwste 100; oudere staan in het dagboek." in page
    assert "lay awake" not in page.split('data-part="further"')[0]


# The same content


def every_text(markup: str) -> list[str]:
    """The texts of every block, in order."""
    found = []
    for part in blocks_of(markup).values():
        for block in part:
            lines = [block.get("runs", []), *block.get("items", []), *block.get("head", [])]
            lines += [cell for row in block.get("rows", []) for cell in row]
            found += ["".join(run["text"] for run in line) for line in lines if line]
    return found


def test_the_paper_holds_every_text_of_the_page(app: Flask, house: House) -> None:
    life = full_life(house)
    markup = str(Reader(app, link(life).token).show().markup)
    article = markup.split('<article class="report">')[1].split("</article>", maxsplit=1)[0]
    screen = re.sub(r"<svg.*?</svg>|<figcaption.*?</figcaption>", " ", article, flags=re.DOTALL)
    words = " ".join(re.sub(r"<[^>]+>", " ", screen).split())
    on_paper = " ".join(" ".join(every_text(f'<article class="report">{article}</article>')).split())

    def plain(text: str) -> str:
        return re.sub(r"\s", "", text)

    assert plain(on_paper) == plain(words)
    assert "lormetazepam" in on_paper
    assert "De maan was vol." in on_paper


def test_the_picture_is_in_the_paper(old: Lived) -> None:
    with_picture, _ = made(old, "nl", frozenset({Section.NIGHTS}))
    without, _ = made(old, "nl", frozenset({Section.URGENT}))
    assert len(letters(with_picture)) > len(letters(without))
    assert b"/Figure" in with_picture or len(with_picture) > len(without) + 2000


def test_a_reader_downloads_what_the_page_shows_in_their_language(app: Flask, house: House) -> None:
    life = full_life(house)
    reader = Reader(app, link(life, "plan", pin="1234").token)
    page = reader.show({"pin": "1234"})
    pdf = reader.pdf(page)
    assert pdf.startswith(b"%PDF-")
    assert pages(pdf) == 1
    answer = reader.post("/pdf", {"key": page.values(reader.address)["key"][0], "language": "fr"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="andante-2026-11-21.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


# Hostile texts

HOSTILE = [
    '#panic("x") #read("/etc/passwd") #image("/etc/passwd") $x$ *b* _i_ `c` @ref <label> [c] \\ // /* */',
    '#import "@preview/evil:1.0.0": *\n#eval(sys.inputs.data)',
    '</td></tr></table></article><script>alert(1)</script><h2 data-part="head">x</h2>',
    '"><svg onload=alert(1)><style>*{display:none}</style>',
    "{{ 7*7 }} {% raw %} %(num)s %s %n {0}",
    "😀 עברית العربية 日本語 \ue000 \u200b\u202e\u2066 \x01\x7f ﷽ e\u0301 \ufffe",
    "a" * 2500,
    "=cmd|' /C calc'!A0\t\r\n- lijst\n+ lijst\n= kop\n1. een",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts_in_every_field(app: Flask, house: House, text: str) -> None:
    life = full_life(house)
    short = " ".join(text.split())[:60]
    document = {
        "medicine": short,
        "products": [{"form": "made_capsule"}],
        "daily": {"bedtime": "3"},
        "goal": {"kind": "stop"},
        "pace": {"kind": "amount", "mg": "0.5", "every_days": 7},
        "start": ago(3).isoformat(),
    }
    assert start_plan(house.store, life.person, str(uuid4()), document, house.now()) is None
    life.confirm()
    life.note(Kind.NIGHT, ago(2), {"up": "06:00", "note": text})
    life.note(Kind.LOOK_BACK, ago(0), {"ticked": ["stay"], "words": text})
    life.bwsq(1, 3, new=text)
    life.note(Kind.CHECK_IN, ago(1), {"level": 3, "words": text})
    whom = short if short.isprintable() else ""
    reader = Reader(app, link(life, whom=whom).token)
    markup = reader.post("").get_data(as_text=True)  # not through the fetcher: it stumbles over odd letters too
    for tag in ("<script>alert", "<svg onload", "<style>*"):
        assert tag not in markup
    article = markup.split('<article class="report">')[1].split("</article>", maxsplit=1)[0]
    assert set(blocks_of(article)) == {"head", "top", "left", "right", "under", "small", "further"}
    assert [words for words in every_text(article) if words.startswith(short[:20])]
    key = re.search(r'name="key" value="([^"]+)"', markup)
    assert key
    pdf = reader.post("/pdf", {"key": key[1]}).get_data()
    assert pages(pdf) >= 1
    assert tagged(pdf)
    assert b"root:x:0" not in pdf
