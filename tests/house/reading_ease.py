"""How easily a text reads: two published formulas, one for each language, and the table of every article.

Flesch–Douma (Dutch): 206.84 - 0.93 × words per sentence - 77 × syllables per word.
W. H. Douma, *De leesbaarheid van landbouwbladen*, Bulletin 17, Landbouwhogeschool Wageningen, 1960.

Kandel–Moles (French): 207 - 1.015 × words per sentence - 73.6 × syllables per word.
L. Kandel and A. Moles, *Application de l’indice de Flesch à la langue française*, Cahiers d’études de radio-télévision,
1958. Other constants (209, 1.15, 68) go round under the same names; with them French texts score higher.

`python -m tests.house.reading_ease` writes the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from companion.domain.article import Article
from companion.services.articles import articles
from tests.house.reading import ROOT

TABLE: Final = ROOT / "docs" / "reading-ease.md"
TARGETS: Final = {"nl": 70.0, "fr": 70.0}
"""At least this, every article. On the scale of Flesch 70 to 80 is "fairly easy" and 60 to 70 "plain"."""

LISTS: Final = {"short-and-long-half-life"}
"""Articles that name many medicines: a name is long and cannot be said shorter. Their target is 10 lower."""

_FORMULAS: Final = {"nl": (206.84, 0.93, 77.0), "fr": (207.0, 1.015, 73.6)}
_WORD = re.compile(r"[^\W\d_]+(?:’[^\W\d_]+)*")
_END = re.compile(r"[.!?…:]+(?=[\s”»)\u00a0\u202f]|$)|\n\s*\n|\n(?=\s*(?:[-*>]|\d+\.)\s)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_NL_SYLLABLE = re.compile(r"aai|ooi|oei|eeuw|ieuw|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyäëïöüéèê]")
_FR_SYLLABLE = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+")


@dataclass(frozen=True)
class Ease:
    """What was counted, and the score of it: higher is easier."""

    words: int
    sentences: int
    syllables: int
    score: float


def ease(text: str, language: str) -> Ease:
    """The reading ease of a plain or Markdown text, to one decimal. A text without a word has the highest score."""
    plain = _LINK.sub(r"\1", text)
    sentences = [each for each in _END.split(plain) if _WORD.search(each)]
    words = [word.casefold() for word in _WORD.findall(plain)]
    if not words:
        return Ease(0, 0, 0, _FORMULAS[language][0])
    syllables = sum(count(word, language) for word in words)
    start, long_sentences, long_words = _FORMULAS[language]
    score = start - long_sentences * len(words) / len(sentences) - long_words * syllables / len(words)
    return Ease(len(words), len(sentences), syllables, round(score, 1))


def count(word: str, language: str) -> int:
    """Syllables of one word in small letters, by its vowels; at least one.

    French: groups of vowels; a mute e at the end ("table", "tables") does not sound, and "l’eau" is one word of one.
    """
    if language == "nl":
        return max(1, len(_NL_SYLLABLE.findall(word)))
    groups = len(_FR_SYLLABLE.findall(word))
    if groups > 1 and re.search(r"[^aeiouyàâäéèêëîïôöùûüœæ]es?$", word):
        groups -= 1
    return max(1, groups)


def every_article() -> Iterator[tuple[Article, Ease]]:
    for language in TARGETS:
        for each in articles(language):
            yield each, ease(each.markdown, language)


def table() -> str:
    """The document, as it should stand."""
    scores = {(each.language, each.slug): found for each, found in every_article()}
    lines = [
        "# Reading ease",
        "",
        "How easily each article reads, by two published formulas: Flesch–Douma for Dutch and Kandel–Moles",
        "for French (`tests/house/reading_ease.py` has them with their sources). Higher is easier; the two are",
        f"not one scale. Targets: Dutch at least {TARGETS['nl']:.0f}, French at least {TARGETS['fr']:.0f}, and 10",
        "lower for an article that lists the names of medicines. A formula counts words and syllables; it does not",
        "know whether a text is kind or true. Written by `python -m tests.house.reading_ease`, and tested to be",
        "current.",
        "",
        "| article | Dutch | words per sentence | French | words per sentence |",
        "|---|---|---|---|---|",
    ]
    for slug in sorted({slug for _, slug in scores}):
        cells = [
            cell
            for language in TARGETS
            for found in [scores[language, slug]]
            for cell in (f"{found.score:.1f}", f"{found.words / found.sentences:.1f}")
        ]
        lines.append(f"| {slug} | {' | '.join(cells)} |")
    means = [sum(found.score for (known, _), found in scores.items() if known == language) for language in TARGETS]
    half = len(scores) // 2
    lines.append(f"| *mean* | {means[0] / half:.1f} | | {means[1] / half:.1f} | |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
