"""An amount from 0.01 to 999.99 is the same amount in the database, on the page and in the export.

All of them are typed and read in tests/domain/test_amount.py; here every one up to 10 mg and then every seventh.
"""

from __future__ import annotations

import json
from datetime import UTC, date
from decimal import Decimal

from companion.bootstrap import House
from companion.domain.amount import read_amount
from companion.domain.entry import Kind
from companion.i18n.format import amount as amount_on_page
from companion.services.export_person import export_person
from companion.services.join import Joined, Joining, join
from companion.services.log_dose import Slot, dose_entry
from companion.storage import entries
from tests.build import Clock

DAY = date(2026, 11, 21)
NUMBERS = [*range(1, 1000), *range(1000, 100_000, 7)]
TYPED = ("{},{:02}", "{}.{:02}", "{},{:02} mg")


def test_every_amount_survives_typing_storage_page_and_export(house: House, clock: Clock) -> None:
    joined = join(house.store, Joining("alice", "a long passphrase", True, "nl"), clock())
    assert isinstance(joined, Joined)
    exact = {f"amount-{number}": Decimal(number) / 100 for number in NUMBERS}
    made = []
    for number, name in zip(NUMBERS, exact, strict=True):
        typed = TYPED[number % len(TYPED)].format(*divmod(number, 100))
        read = read_amount(typed)
        assert isinstance(read, Decimal), typed
        made.append(dose_entry(name, Slot(None, None, DAY), read, clock().astimezone(UTC), clock(), extra=True))
    with house.store.write() as unit:
        entries.add(unit, joined.person.id, made, clock())
    with house.store.read() as unit:
        found = {each.id: str(each.data["mg"]) for each in entries.between(unit, joined.person.id, Kind.DOSE, DAY, DAY)}
    out = {
        each["id"]: each["data"]["mg"]
        for each in json.loads(json.dumps(export_person(house.store, joined.person)))["doses"]
    }
    assert {name: Decimal(mg) for name, mg in found.items()} == exact
    assert out == found
    for language in ("nl", "fr"):
        pages = {name: amount_on_page(mg, language) for name, mg in found.items()}
        assert {name: read_amount(shown) for name, shown in pages.items()} == exact
