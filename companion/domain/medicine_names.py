"""Finding a medicine by what somebody typed: forgiving of capitals, accents and a slip of the finger."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from companion.domain.medicine import Medicine


def find(medicines: Iterable[Medicine], text: str) -> Medicine | None:
    """The medicine with exactly this name (substance in any of our languages, or brand), else None.

    Capitals, accents, spaces and punctuation do not matter.
    """
    wanted = folded(text)
    return next((medicine for medicine in medicines if wanted and wanted in _names(medicine)), None)


def search(medicines: Iterable[Medicine], text: str) -> list[Medicine]:
    """Medicines with a name like this: exact, then starting so, then holding it, else near-misses by typo.

    Near-misses only when nothing else fits, because many of these names look alike; the person chooses.
    Nothing typed gives every medicine.
    """
    wanted = folded(text)
    known = list(medicines)
    literal = _ranked([(_literal_rank(medicine, wanted), medicine) for medicine in known])
    return literal or _ranked([(_typo_rank(medicine, wanted), medicine) for medicine in known])


def _ranked(ranks: Iterable[tuple[int | None, Medicine]]) -> list[Medicine]:
    """Those with a rank, lowest first, otherwise in the order given."""
    kept = [(rank, medicine) for rank, medicine in ranks if rank is not None]
    return [medicine for _, medicine in sorted(kept, key=lambda pair: pair[0])]


def _literal_rank(medicine: Medicine, wanted: str) -> int | None:
    """0 exact, 1 begins a name, 2 inside a name or a name with more after it ("Zopiclone EG 7,5 mg")."""
    names = _names(medicine)
    if wanted in names:
        return 0
    if any(name.startswith(wanted) for name in names):
        return 1
    if len(wanted) >= 3 and any(wanted in name or wanted.startswith(name) for name in names):
        return 2
    return None


def _typo_rank(medicine: Medicine, wanted: str) -> int | None:
    """The number of slips to the nearest name or beginning of a name: one in 4 to 7 letters, two in more."""
    allowed = 0 if len(wanted) < 4 else 1 if len(wanted) < 8 else 2
    nearest = min(slips(wanted, name) for name in _names(medicine))
    return nearest if nearest <= allowed else None


def slips(typed: str, name: str) -> int:
    """Fewest slips that turn what was typed into the name or its beginning.

    A slip is a letter changed, dropped, added, or swapped with its neighbour (optimal string alignment).
    """
    two_above: list[int] = []
    above: list[int] = []
    row = list(range(len(name) + 1))
    for i, letter in enumerate(typed):
        two_above, above, row = above, row, [i + 1]
        for j, other in enumerate(name):
            steps = [above[j + 1] + 1, row[j] + 1, above[j] + (letter != other)]
            if i > 0 and j > 0 and letter == name[j - 1] and typed[i - 1] == other:
                steps.append(two_above[j - 1] + 1)
            row.append(min(steps))
    return min(row)


def _names(medicine: Medicine) -> frozenset[str]:
    """Every name this medicine can be found by, folded."""
    names = (medicine.inn, medicine.nl, medicine.fr, *(brand.name for brand in medicine.brands))
    return frozenset(map(folded, names))


def folded(text: str) -> str:
    """Letters and digits only, without capitals and accents: "Loflazépate d’éthyle": "loflazepatedethyle"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if letter.isalnum())
