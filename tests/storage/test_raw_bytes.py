"""What people write in their own words, names of doctors, addresses: in no byte of the database and of its copies.

One test says for every text column of every table what it holds; the other writes words that are nowhere else through
every form and reads the raw files, the write-ahead log too, and every row.
"""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from itertools import count
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import String

from companion.bootstrap import House
from companion.services.back_up import back_up
from companion.services.erase_person import find_person
from companion.storage import deliveries, mail_addresses
from companion.storage.deliveries import Delivery
from companion.storage.mail_addresses import MailAddress
from companion.storage.sealed import tables as sealed_tables
from companion.storage.subscriptions import Subscription, keep
from companion.storage.tables import Base
from tests.build import Clock, rows
from tests.engines import SQLITE
from tests.sent import DATA, NIGHT, results, sent
from tests.web.fetcher import Browser
from tests.web.supporters import Close
from tests.web.test_passkeys import added
from tests.web.test_supporter import token_of

READABLE: dict[str, set[str]] = {
    "a random id, or the name of a row": {
        "id", "person_id", "plan_id", "share_id", "reminder_id", "place", "token", "occurrence", "key",
        "backup.name", "house_key.name", "clock_round.name",
    },
    "a digest": {"digest", "passphrase_hash", "pin_hash", "code_digest", "out_digest", "mark"},
    "a wrapped key": {"wrapped", "wrapped_with"},
    "the made-up name": {"person.name", "name_key"},
    "a code or a number of ours": {
        "language", "zone", "day_turn", "purpose", "text_version", "kind", "state", "error", "reason", "agreed_with",
        "audience", "sections", "options", "what", "code", "at", "days", "next_local", "quiet_from", "quiet_until",
    },
    "medicines, doses, times, scores": {
        "entry.data", "delivery.data", "plan_draft.data", "document", "form", "strength", "count",
    },
    "which browser, which push service, for which site": {"device", "origin", "session.phone", "passkey.site"},
}  # fmt: skip
"""Why a column need not be sealed; `feed.token` is sealed, that of a delivery is a random name that opens nothing."""


def test_every_column_with_text_is_sealed_or_named_with_its_reason() -> None:
    sealed = {(table.name, name) for table, columns in sealed_tables() for name in columns}
    known = set().union(*READABLE.values())
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(getattr(column.type, "impl_instance", column.type), String) or _text(column.type):
                named = {column.name, f"{table.name}.{column.name}"} & known
                assert ((table.name, column.name) in sealed) or named, f"{table.name}.{column.name}"


def _text(kind: Any) -> bool:
    return getattr(kind, "python_type", None) is str


class Words:
    """Words that are nowhere else."""

    def __init__(self) -> None:
        self._numbers = count(101)
        self.made: list[str] = []

    def __call__(self, about: str) -> str:
        self.made.append(f"zwijgzaam {about} {next(self._numbers)} “œuvré”")
        return self.made[-1]


def write_everywhere(app: Flask, house: House, alice: Browser, clock: Clock) -> list[str]:
    words = Words()
    alice.open("/diary/2026-11-20").send({"note": words("note")})
    alice.open("/symptoms/new").send({"answers[1]": "1", "new": words("list")})
    alice.open("/today/check-in").send({"level": "3", "words": words("check-in")})
    alice.post("/history/look-back", {"ticked": ["stay"], "words": words("question")}, expect=303)
    appointment = {"what": words("dr. Peeters"), "day": "2026-11-26", "time": "14:00", "before": "two-hours"}
    alice.open("/reminders/appointments/new").send(appointment)
    alice.open("/share/new").send({"whom": words("dr. Claes")})
    added(alice, words("my phone"))
    page = alice.open("/share/close/new").send({"whom": words("Lena"), "shows": ["next_step"], "own_words": True})
    Close(app, token_of(page)).say("own", words("kind"))
    said = [
        sent(data=NIGHT | {"note": words("phone night")}, day="2026-11-18"),
        sent("symptoms", DATA["symptoms"] | {"new": words("phone list")}, day="2026-11-18"),
        sent("check_in", {"level": 2, "words": words("phone check-in")}, day="2026-11-18"),
    ]
    assert {each["status"] for each in results(alice, *said)} == {"stored"}
    person = find_person(house.store, "alice")
    assert person
    now, of = clock(), person.id
    with house.store.write(of) as unit:
        mail_addresses.keep(unit, of, MailAddress("zwijgzame.lezer@example.org", now))
        places = ("https://push.example.org/zwijgzaam-adres", "zwijgzame-p256dh", "zwijgzame-auth")
        keep(unit, of, Subscription("s", "https://push.example.org", *places, house.vapid.name, "Firefox", now, now))
        content = {"kind": "kind", "key": "", "day": now.date(), "data": {}, "words": {"own": words("on its way")}}
        from companion.domain.reminder import Content

        made = Delivery(of, "t", "r", "o", "mail", Content(**content), now, now, now)  # type: ignore[arg-type]
        deliveries.add(unit, [made])
    return [*words.made, "zwijgzame.lezer@example.org", *places]


def forms_of(text: str) -> set[bytes]:
    """How it could stand in a file: as it is, in JSON, and in the usual wrappings."""
    plain = text.encode()
    return {
        plain,
        text.encode("utf-16-le"),
        json.dumps(text)[1:-1].encode(),
        b64encode(plain)[:-4],
        urlsafe_b64encode(plain)[:-4],
    }


def test_no_byte_of_the_database_holds_what_people_wrote(
    app: Flask, house: House, alice: Browser, clock: Clock, tmp_path: Path, engine: str
) -> None:
    hostile = write_everywhere(app, house, alice, clock)
    feed = alice.open("/reminders/calendar").send()
    [address] = [each.get("value", "") for each in feed.all("input", id="address")]
    hostile.append(address.rpartition("=")[2])
    assert len(hostile[-1]) > 20
    back_up(house.store, tmp_path / "copy", clock())
    files = [path for path in house.settings.instance.iterdir() if path.is_file()]
    assert (engine != SQLITE) or any(path.name.endswith("-wal") for path in files)
    found = b"".join(path.read_bytes() for path in [*files, *tmp_path.glob("*.keys"), tmp_path / "copy"])
    found += str([rows(house, name) for name in Base.metadata.tables]).encode()
    for text in hostile:
        assert not [form for form in forms_of(text) if form in found], text
    for table, columns in sealed_tables():
        if table.name != "session":  # recovery codes were put away
            values = [row[name] for row in rows(house, table.name) for name in columns if row[name]]
            assert values, f"nothing was written to {table.name}"
            assert all(value.startswith("2.") for value in values), table.name
