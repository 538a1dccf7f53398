"""Dates, times, durations and amounts as a native writes them (typography: docs/glossary.md).

Dutch: "zaterdag 21 november", 21:45, "5 u 50", 70,4%. French: « samedi 21 novembre », « 1er », 21 h 45, 70,4 %.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALES = {"nl": "nl_BE", "fr": "fr_BE"}
NBSP = "\u00a0"
SEMICOLON = {"nl": "; ", "fr": "\u202f; "}
"""What stands between two parts: French has a narrow no-break space before it."""


@lru_cache(maxsize=2048)
def _date(day: date, pattern: str, language: str) -> str:
    text = format_date(day, pattern, locale=LOCALES[language])
    if language == "fr" and day.day == 1:
        return text.replace("1 ", "1er ", 1) if text.startswith("1 ") else text.replace(" 1 ", " 1er ", 1)
    return text


def date_long(day: date, language: str) -> str:
    """ "zaterdag 21 november": no year, for days around now."""
    return _date(day, "EEEE d MMMM", language)


def night_long(wake_date: date, language: str) -> str:
    """The two days of a night, by the morning it ended: "maandag 23 op dinsdag 24 november".

    « lundi 30 novembre au mardi 1er décembre »: the month stands twice only where it changes.
    """
    evening = wake_date - timedelta(days=1)
    first = date_long(evening, language)
    if evening.month == wake_date.month:
        first = first.rpartition(" ")[0]
    return f"{first} {'au' if language == 'fr' else 'op'} {date_long(wake_date, language)}"


def date_top(day: date, language: str) -> str:
    """ "zaterdag 21 nov", "sam. 21 nov.": for the top of a small screen, beside a longer “Aide maintenant”."""
    return _date(day, "EEE d MMM" if language == "fr" else "EEEE d MMM", language)


def date_full(day: date, language: str) -> str:
    """ "21 november 2026": for plans, papers and anything that lasts."""
    return _date(day, "d MMMM y", language)


def date_short(day: date, language: str) -> str:
    """ "21 nov."."""
    return _date(day, "d MMM", language)


def weekday_short(day: date, language: str) -> str:
    """ "za 21"."""
    return _date(day, "EEE d", language)


def weekday(day: date, language: str) -> str:
    """ "zaterdag"."""
    return _date(day, "EEEE", language)


def month(day: date, language: str) -> str:
    """ "november 2026"."""
    return format_date(day, "MMMM y", locale=LOCALES[language])


def clock(moment: time | str, language: str) -> str:
    """A wall time, "21:45" or "21 h 45"."""
    moment = time.fromisoformat(moment) if isinstance(moment, str) else moment
    if language == "fr":
        return f"{moment.hour}{NBSP}h{NBSP}{moment.minute:02}"
    return f"{moment.hour:02}:{moment.minute:02}"


def clock_of(instant: datetime, zone: ZoneInfo, language: str) -> str:
    return clock(instant.astimezone(zone).time(), language)


def duration(minutes: int | Fraction, language: str) -> str:
    """Minutes as "5 u 50" or "5 h 50", rounded half up; under an hour "45 min"."""
    whole = (minutes + Fraction(1, 2)).__floor__()  # half up
    hours, rest = divmod(whole, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    unit = "h" if language == "fr" else "u"
    return f"{hours}{NBSP}{unit}{NBSP}{rest:02}"


@lru_cache(maxsize=2048)
def number(value: Decimal | int | str, language: str) -> str:
    """A number with a decimal comma, every digit kept, no grouping."""
    exact = Decimal(value)
    with localcontext(prec=max(28, exact.adjusted() + len(exact.as_tuple().digits) + 1)):
        places = max(0, -int(exact.normalize().as_tuple().exponent))
        return format_decimal(exact, format=f"0.{'0' * places}" if places else "0", locale=LOCALES[language])


def amount(mg: Decimal | str, language: str) -> str:
    """ "1,5 mg" with a no-break space."""
    return f"{number(mg, language)}{NBSP}mg"


def measured(value: Decimal, unit: str, language: str) -> str:
    """A number with its unit: "0,5 ml", "12,5%", « 12,5 % »."""
    return f"{number(value, language)}{'' if unit == '%' and language == 'nl' else NBSP}{unit}"


def _exact(value: Fraction, places: int) -> tuple[Decimal, bool]:
    """The value with at most so many decimals (half up), and whether that is exactly the value."""
    scaled = 10**places
    whole = (2 * value.numerator * scaled + value.denominator) // (2 * value.denominator)
    return Decimal(whole) / scaled, Fraction(whole, scaled) == value


def amount_of(value: Fraction, language: str) -> str:
    """The result of a sum, "1,8 mg"; with "≈" before it where four decimals do not say it exactly."""
    mg, exact = _exact(value, 4)
    text = amount(mg, language)
    return text if exact else f"≈{NBSP}{text}"


def times(value: Fraction, language: str) -> str:
    """ "2 ×", at most two decimals, with "≈" before it where that is not exact."""
    shown, exact = _exact(value, 2)
    text = f"{number(shown, language)}{NBSP}×"
    return text if exact else f"≈{NBSP}{text}"


def percent_of(value: Fraction, language: str) -> str:
    """A percentage as it was typed, every digit kept: "12,25%" or « 12,25 % »."""
    text = number(_exact(value, 6)[0], language)
    return f"{text}{NBSP}%" if language == "fr" else f"{text}%"


def percent(value: Decimal | Fraction | float | str, language: str) -> str:
    """At most one decimal, rounded half up: "70,4%" in Dutch, "70,4 %" in French."""
    exact = value if isinstance(value, Fraction) else Fraction(Decimal(str(value)))
    text = number(_exact(exact, 1)[0], language)
    return f"{text}{NBSP}%" if language == "fr" else f"{text}%"


def listed(parts: list[str], language: str) -> str:
    """ "a, b en c" or « a, b et c »."""
    word = {"nl": "en", "fr": "et"}[language]
    return f" {word} ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)
