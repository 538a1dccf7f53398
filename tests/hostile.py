"""Forms as they are served, and what nobody means to type into them. For tests/web/test_fuzz.py.

`FUZZ` says how many inputs: 1,500 in a normal run, the same each time; `FUZZ=10000` takes ten thousand others.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote
from xml.etree.ElementTree import Element

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

USUAL: Final = 1500
ASKED: Final = int(os.environ.get("FUZZ", "") or USUAL)


def many(share: float = 1) -> settings:
    """So many inputs: a share of `FUZZ`, never the same ones twice where `FUZZ` is set."""
    return settings(
        max_examples=max(1, int(ASKED * share)),
        derandomize="FUZZ" not in os.environ,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


MARKUP: Final = "\"'><script>alert(1)</script>"
TEXTS: Final = (
    *("", " ", "\x00", "a\x00b", "\ud800", "a\udfffb", "\ufffe", "\u202egnol", "\u2066x", "\ufeff", "\u2028", "\x85"),
    *(
        "e\u0301" * 300,
        "😀" * 200,
        "👩‍👩‍👧",
        "ß",
        "İ",
        "ﬁ",
        "\u200b",
        MARKUP,
        "a\r\nSet-Cookie: x=y",
        "a\nb\tc",
        "\r",
        "{{7*7}}",
    ),
    *(
        "%(name)s",
        "%s%n",
        "%00",
        "../../etc/passwd",
        "'; drop table person; --",
        "=1+1",
        "#panic()",
        "null",
        "[]",
        "{}",
    ),
    *("none", "yes", "on", "keep", "own", "x" * 300, "x" * 70_000, "\\", "//evil.example", "javascript:alert(1)"),
)
NUMBERS: Final = (
    *(
        "0",
        "-0",
        "-1",
        "1",
        "2",
        "3",
        "00",
        "1e5",
        "1e999",
        "-1e999",
        "NaN",
        "sNaN",
        "Infinity",
        "-inf",
        "0x10",
        "1_000",
    ),
    *(
        "1,5",
        "1.000",
        "1 000",
        "½",
        "1½",
        "1 ½",
        "¼",
        "²",
        "٣",
        "١٢",
        "１２",
        "৩.৫",
        "9" * 19,
        "9" * 400,
        "0." + "0" * 50 + "1",
    ),
    *("999999", "999999.999999", "1000000", "1.0000001", "100", "101", "2147483648", "9223372036854775808"),
)
TIMES: Final = (
    *("2026-11-20", "2026-11-21", "2026-11-22", "2026-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01"),
    *("٢٠٢٦-١١-٢٠", "2026-11-20T00:00:00Z", "20261120", "2026-W47-5", "2026-13", "2026-11", "9999-12", "0001-01"),
    *(
        "22:30",
        "24:00",
        "25:61",
        "00:00",
        "-1:00",
        "٢٢:٣٠",
        "2:3",
        "22:30:15",
        "2230",
        "Europe/Brussels",
        "UTC",
        "../UTC",
    ),
)
HOSTILE: Final = st.sampled_from([*TEXTS, *NUMBERS, *TIMES]) | st.text(max_size=12)
SHORT: Final = st.sampled_from([*TEXTS, *NUMBERS, *TIMES]).map(lambda text: text[:200]) | st.text(max_size=12)
"""What fits into an address."""


@dataclass(frozen=True)
class Field:
    name: str
    values: tuple[str, ...]
    """What it offers, or holds."""
    file: bool = False


@dataclass(frozen=True)
class Seen:
    """A form that was served, the cookie it was served with, and the database of that moment."""

    page: str
    action: str
    fields: tuple[Field, ...]
    cookie: str
    moment: str

    def __repr__(self) -> str:
        return f"the form of {self.page} to {self.action}"


def forms_of(root: Element, page: str, cookie: str, moment: str) -> Iterator[Seen]:
    """Every form on a page that posts."""
    for form in root.iter("form"):
        if form.get("method", "").lower() == "post":
            controls = [each for each in form.iter() if each.get("name")]
            inside = form.get("id")
            controls += [each for each in root.iter() if inside and each.get("form") == inside and each.get("name")]
            yield Seen(page, form.get("action") or page.split("#", maxsplit=1)[0], _fields(controls), cookie, moment)


def _fields(controls: Sequence[Element]) -> tuple[Field, ...]:
    offered: dict[str, list[str]] = {}
    files = {each.get("name", "") for each in controls if each.get("type") == "file"}
    for each in controls:
        values = offered.setdefault(each.get("name", ""), [])
        if each.tag == "select":
            values += [option.get("value", "") for option in each.iter("option")]
        else:
            values.append((each.text or "") if each.tag == "textarea" else each.get("value", ""))
    return tuple(Field(name, tuple(values), name in files) for name, values in offered.items())


Pairs = list[tuple[str, str]]


@st.composite
def filled(draw: st.DrawFn, form: Seen, others: Sequence[str]) -> Pairs:
    """Values for a form: mostly as it offers them, some hostile, missing, doubled, or of another form."""
    sent: Pairs = []
    for field in form.fields:
        dice = draw(st.integers(0, 9))
        if dice == 0:
            continue
        hostile = dice >= 6
        sent.append((field.name, draw(HOSTILE if hostile else st.sampled_from(field.values))))
        if dice == 9:
            sent.append((field.name, draw(HOSTILE)))
    for name in draw(st.lists(st.sampled_from(others), max_size=2)):
        sent.append((draw(st.sampled_from([name, f"{name}[]", f"{name}[0][x]", "\x00", "😀"])), draw(HOSTILE)))
    return sent


def urlencoded(pairs: Pairs) -> bytes:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


BOUNDARY: Final = "andante-fuzz"
FILES: Final = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"PK\x05\x06" + b"\x00" * 18,
    b'{"format": "andante"}',
    b"[" * 20_000,
)


def multipart(pairs: Pairs, files: dict[str, tuple[str, bytes]]) -> bytes:
    """A body with files: also where a text is expected, and texts where a file is."""
    body = b""
    for name, value in pairs:
        if name not in files:
            head = f'Content-Disposition: form-data; name="{_plain(name)}"\r\n\r\n'
            body += _part(head, value.encode("utf-8", "surrogatepass"))
    for name, (filename, content) in files.items():
        head = f'Content-Disposition: form-data; name="{_plain(name)}"; filename="{_plain(filename)}"\r\n\r\n'
        body += _part(head, content)
    return body + f"--{BOUNDARY}--\r\n".encode()


def _part(head: str, content: bytes) -> bytes:
    return f"--{BOUNDARY}\r\n".encode() + head.encode("utf-8", "surrogatepass") + content + b"\r\n"


def _plain(text: str) -> str:
    return "".join(ch for ch in text if ch not in '"\r\n\\')[:200]


def sent_body(draw: Any, form: Seen, others: Sequence[str]) -> tuple[bytes, str, Pairs]:
    """Body and content type for a form, and what is in it (to read in a failure)."""
    pairs = draw(filled(form, others))
    takes_file = [field.name for field in form.fields if field.file]
    if takes_file or draw(st.integers(0, 9)) == 0:
        names = takes_file or draw(st.lists(st.sampled_from([name for name, _ in pairs] or ["x"]), max_size=2))
        each = st.tuples(HOSTILE.map(lambda text: text[:100]), st.sampled_from(FILES) | st.binary(max_size=60))
        files = {name: draw(each) for name in names if draw(st.integers(0, 4))}
        return multipart(pairs, files), f"multipart/form-data; boundary={BOUNDARY}", pairs
    return urlencoded(pairs), "application/x-www-form-urlencoded", pairs
