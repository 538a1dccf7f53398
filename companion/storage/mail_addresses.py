"""Where mail may go. The address is sealed; of the code that was sent there only a digest is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select, update

from companion.storage.reminder_tables import MailAddressRow
from companion.storage.unit_of_work import Unit


@dataclass(frozen=True)
class MailAddress:
    """`verified_at` None: the code was not typed in yet. `code_tries`: how often a wrong one was."""

    address: str
    made_at: datetime
    code_digest: str = ""
    code_until: datetime | None = None
    code_tries: int = 0
    verified_at: datetime | None = None
    out_digest: str = ""


def of_person(unit: Unit, person_id: str) -> MailAddress | None:
    row = unit.session.get(MailAddressRow, person_id)
    if row is None:
        return None
    return MailAddress(
        address=unit.seal.open(row.address, person_id),
        made_at=row.made_at,
        code_digest=row.code_digest,
        code_until=row.code_until,
        code_tries=row.code_tries,
        verified_at=row.verified_at if row.out_digest else None,  # one that came back with an export is asked again
        out_digest=row.out_digest,
    )


def keep(unit: Unit, person_id: str, kept: MailAddress) -> None:
    """The address as it is from now on, in place of any other."""
    unit.session.merge(
        MailAddressRow(
            person_id=person_id,
            address=unit.seal.close(kept.address, person_id),
            made_at=kept.made_at,
            code_digest=kept.code_digest,
            code_until=kept.code_until,
            code_tries=kept.code_tries,
            verified_at=kept.verified_at,
            out_digest=kept.out_digest,
        )
    )
    unit.session.flush()


def remove(unit: Unit, person_id: str) -> None:
    unit.session.exec(delete(MailAddressRow).where(col(MailAddressRow.person_id) == person_id))


def count_try(unit: Unit, person_id: str) -> None:
    """One wrong code more."""
    tries = MailAddressRow.code_tries + 1
    unit.session.exec(update(MailAddressRow).where(col(MailAddressRow.person_id) == person_id).values(code_tries=tries))


def owner_of_out(unit: Unit, out_digest: str) -> str | None:
    """The person whose mail carries this way out."""
    if not out_digest:
        return None
    query = select(MailAddressRow.person_id).where(
        MailAddressRow.out_digest == out_digest, col(MailAddressRow.verified_at).is_not(None)
    )
    return unit.session.exec(query).first()
