"""Time zones as people say them: the name of a city in their language."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import Locale, get_global
from babel.dates import get_timezone_location

from companion.i18n.format import LOCALES

_AREAS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


@lru_cache(maxsize=1024)
def city(zone: str, language: str) -> str:
    """ "Brussel" or « Bruxelles » for Europe/Brussels; the last part of the name where no city is known for it."""
    text = str(get_timezone_location(zone, locale=LOCALES[language], return_city=True))
    return text if text and "/" not in text else zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """The zones one can live in."""
    return frozenset(name for name in available_timezones() if name.startswith(_AREAS))


@lru_cache(maxsize=4)
def zones_by_city(language: str) -> tuple[tuple[str, str], ...]:
    """(zone, "city · country") in the order of the alphabet, to choose from; other names of the same zone left out."""
    aliases, countries = get_global("zone_aliases"), get_global("zone_territories")
    names = Locale.parse(LOCALES[language]).territories
    found = [
        (zone, " · ".join((city(zone, language), names.get(countries.get(zone, ""), zone.split("/")[0]))))
        for zone in known_zones()
        if zone not in aliases
    ]
    return tuple(sorted(found, key=lambda each: each[1].casefold()))


def read_zone(name: str) -> ZoneInfo | None:
    """The zone with this name; None where there is none to live in."""
    return ZoneInfo(name) if name in known_zones() else None
