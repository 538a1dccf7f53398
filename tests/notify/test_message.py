"""What a phone shows: discreet unless someone chose fuller, in both languages, and nothing that tells."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from companion.domain.codes import Refused
from companion.domain.dose import read_dose
from companion.domain.medicine import Medicine
from companion.domain.reminder import Kind
from companion.domain.reminder.message import TEST, Content
from companion.i18n.catalogues import LANGUAGES
from companion.notify.message import word
from companion.services import articles, instruments
from companion.services.medicines import all_medicines

DAY = date(2026, 11, 21)
PLAN = "3d32b122-4e2f-4e13-8964-2bccde356cc4"


def dose(medicine: str, mg: str) -> dict[str, str]:
    return {"plan": PLAN, "moment": "bedtime", "mg": mg, "medicine": medicine}


def about(kind: str, data: dict[str, Any] | None = None, words: dict[str, str] | None = None, key: str = "") -> Content:
    return Content(kind, key, DAY, data or {}, words or {})


CONTENTS = [
    about(
        Kind.DOSE, {"moment": "bedtime", "doses": [dose("lormetazepam", "1.5"), dose("diazepam", "5")]}, key="bedtime"
    ),
    about(Kind.DIARY),
    about(Kind.SYMPTOMS, {"instrument": "bwsq"}),
    about(Kind.STEP, {"plan": PLAN, "medicine": "zolpidem", "first_day": "2026-11-24", "days": 3}),
    about(Kind.STEP, {"plan": PLAN, "medicine": "zolpidem", "first_day": "2026-11-22", "days": 1}),
    about(
        Kind.SUPPLY,
        {"plan": PLAN, "medicine": "zolpidem", "strength": "10", "form": "tablet", "last_day": "2026-11-25"},
    ),
    about(Kind.PRESCRIPTION, {"plan": PLAN, "medicine": "zolpidem", "first_day": "2026-12-01"}),
    about(
        Kind.APPOINTMENT,
        words={"what": "Psychiater dr. Peeters", "day": "2026-11-22", "time": "09:15", "before": "hour"},
    ),
    about(Kind.KIND_WORD, words={"from": "Lena", "text": "Hou vol met de lorazepam"}),
    about(TEST),
]


def words_that_tell() -> set[str]:
    """Names of medicines and articles, and what doses, symptoms and lists are called, in both languages."""
    tell = {"mg", "dosis", "dose", "stap", "palier", "klacht", "symptôme", "tablet", "comprimé", "lijst", "liste"}
    tell |= {"slaap", "sommeil", "medicijn", "médicament", "nacht", "nuit", "dagboek", "carnet", "voorschrift", "plan"}
    tell |= {"prescription", "afbouw", "diminu", "bwsq", "psychiater", "peeters", "lena"}
    for each in all_medicines():
        tell |= {name.casefold() for name in names_of(each)}
    for language in LANGUAGES:
        tell |= {article.title.casefold() for article in articles.articles(language)}
        tell |= {article.slug for article in articles.articles(language)}
        for name in instruments.known():
            instrument = instruments.load(name)
            tell |= {instrument.name[language].casefold()}
            tell |= {item.wording[language].casefold() for item in instrument.items}
    return {each for each in tell if each}


def names_of(medicine: Medicine) -> list[str]:
    return [medicine.inn, medicine.nl, medicine.fr, *(brand.name for brand in medicine.brands)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: str(content.kind))
def test_nothing_discreet_names_a_medicine_a_dose_a_symptom_or_an_article(content: Content, language: str) -> None:
    message = word(content, language, False, "Andante")
    shown = [message.title, message.body, message.neutral_title, message.neutral_body, message.path]
    shown += [each for action in message.actions for each in (action.action, action.title)]
    text = " ".join(shown).casefold()
    told = {each for each in words_that_tell() if re.search(rf"\b{re.escape(each)}", text)}
    assert told == set()
    assert not re.search(r"\d", text.replace("later-10", "").replace("later-60", "").replace("10 min", ""))
    assert message.body
    assert message.title == "Andante"


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_belongs_to_the_plan_or_the_diary_is_the_same_sentence(language: str) -> None:
    own = {Kind.APPOINTMENT, Kind.KIND_WORD, TEST}
    bodies = {word(each, language, False, "Andante").body for each in CONTENTS if each.kind not in own}
    assert bodies == {{"nl": "Even voor jezelf", "fr": "Un moment pour vous"}[language]}


def said(content: Content, language: str = "nl") -> str:
    return word(content, language, True, "Andante").body.replace("\u00a0", " ").replace("\u202f", " ")


def test_fuller_says_what_it_is_about() -> None:
    assert said(CONTENTS[0]) == "Nu: lormetazepam 1,5 mg en diazepam 5 mg"
    assert said(CONTENTS[0], "fr") == "Maintenant : lormetazepam 1,5 mg et diazepam 5 mg"
    assert said(CONTENTS[3]) == "Je volgende stap begint op dinsdag 24 november."
    assert said(CONTENTS[4], "fr") == "Votre prochain palier commence demain, dimanche 22 novembre."
    assert said(CONTENTS[5]) == "Tot en met woensdag 25 november heb je genoeg tabletten van 10 mg"
    assert said(CONTENTS[7]) == "Psychiater dr. Peeters · zondag 22 november, 09:15"
    assert said(CONTENTS[8]) == "Lena · Hou vol met de lorazepam"


def test_a_supply_that_is_behind_is_not_said_as_to_come() -> None:
    past = about(Kind.SUPPLY, {"plan": PLAN, "strength": "10", "form": "tablet", "last_day": "2026-11-20"})
    assert "20 november" not in said(past)


def test_a_dose_without_a_name_has_no_empty_place() -> None:
    plain = about(Kind.DOSE, {"moment": "bedtime", "doses": [dose("", "0.5")]}, key="bedtime")
    assert said(plain) == "Nu: 0,5 mg"


def test_a_test_message_is_the_same_with_fuller() -> None:
    assert word(about(TEST), "nl", True, "Andante") == word(about(TEST), "nl", False, "Andante")


def test_done_keeps_exactly_the_doses_of_the_plan() -> None:
    message = word(CONTENTS[0], "nl", False, "Andante")
    assert [entry["kind"] for entry in message.entries] == ["dose", "dose"]
    assert {entry["day"] for entry in message.entries} == {"2026-11-21"}
    for entry in message.entries:
        read = read_dose(entry["data"])
        assert not isinstance(read, Refused)
        assert read.taken
    assert all(not word(each, "nl", False, "Andante").entries for each in CONTENTS[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_phone_that_noted_it_shows_asks_for_nothing(language: str) -> None:
    message = word(CONTENTS[0], language, True, "Andante")
    assert message.neutral_title == "Andante"
    assert message.neutral_body
    assert "mg" not in message.neutral_body


def test_action_labels() -> None:
    labels = {
        language: [each.title for each in word(CONTENTS[0], language, False, "A").actions] for language in LANGUAGES
    }
    assert labels == {
        "nl": ["Klaar", "Over 10 minuten", "Over een uur"],
        "fr": ["Fait", "Dans 10 minutes", "Dans une heure"],
    }
    assert [each.action for each in word(CONTENTS[2], "nl", False, "A").actions] == ["later-60", "tonight"]
    assert word(CONTENTS[9], "nl", False, "A").actions == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fuller", [False, True])
def test_every_message_fits_a_lock_screen_and_a_push(language: str, fuller: bool) -> None:
    for content in CONTENTS:
        message = word(content, language, fuller, "Andante")
        assert len(message.body) <= 120, message.body
        assert message.lang == language
        assert message.path.startswith("/")
