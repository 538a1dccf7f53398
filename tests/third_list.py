"""A third questionnaire, as a host would add one: twenty items, five answers, four subscales, no total."""

from __future__ import annotations

from pathlib import Path

SCALES = ("worry", "thinking", "using", "body")
ANSWERS = ("helemaal niet", "bijna niet", "half", "meestal", "helemaal")
IN_FRENCH = ("pas du tout", "presque pas", "à moitié", "la plupart du temps", "tout à fait")
COUNTS = (0, 0, 1, 1, 1)
"""What an answer counts for in a sum: the five answers make two."""


def write(folder: Path) -> Path:
    """`third.toml` in a folder; returns the folder. The last item has answers and a note of its own."""
    lines = [
        'id = "third"', 'about = "questions"', 'status = "permitted"', "window_days = 30", "total = false",
        'source = "A test"',
        *_words("name", "Derde lijst", "Troisième liste"), *_words("title", "De voorbije maand", "Ce dernier mois"),
        *_words("window", "de voorbije maand", "ce dernier mois"),
        *_words("question", "Wat past?", "Qu’est-ce qui va ?"),
        *_words("licence", "Met toestemming van de makers.", "Avec l’accord des auteurs."),
        "[offered]", "every_months = 1",
    ]  # fmt: skip
    for scale in SCALES:
        lines += ["[[scales]]", f'id = "{scale}"', f'nl = "Deel {scale}"', f'fr = "Partie {scale}"']
    for level, (dutch, french) in enumerate(zip(ANSWERS, IN_FRENCH, strict=True)):
        lines += ["[[answers]]", f"score = {level + 1}", f"counts = {COUNTS[level]}", f'nl = "{dutch}"']
        lines += [f'fr = "{french}"']
    for number in range(1, 21):
        scale = SCALES[(number - 1) % 4]
        lines += ["[[items]]", f'id = "{number}"', f'scale = "{scale}"', f'nl = "Zin {number}"']
        lines += [f'fr = "Phrase {number}"']
    lines += ["[items.note]", 'nl = "Alleen als je ooit minderde."', 'fr = "Seulement si vous avez déjà diminué."']
    for level, word in enumerate(("nee", "ja")):
        lines += ["[[items.answers]]", f"score = {level}", f'nl = "{word}"', f'fr = "{("non", "oui")[level]}"']
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "third.toml").write_text("\n".join(lines), encoding="utf-8")
    return folder


def _words(key: str, dutch: str, french: str) -> list[str]:
    """A table of the two languages, inline so that the keys above it stay where they are."""
    return [f'{key} = {{ nl = "{dutch}", fr = "{french}" }}']
