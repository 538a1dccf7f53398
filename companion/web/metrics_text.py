"""Numbers in the text format that Prometheus reads. Pure. Source: Prometheus docs, "Exposition formats", text 0.0.4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Sample:
    """A number with its labels; `ending` is put behind the name of its family (_bucket, _sum, _count)."""

    value: float
    labels: tuple[tuple[str, str], ...] = ()
    ending: str = ""


@dataclass(frozen=True)
class Family:
    """A name, what it is ("counter", "gauge", "histogram"), one sentence, and its numbers."""

    name: str
    kind: str
    help: str
    samples: tuple[Sample, ...]


def gauge(name: str, help: str, value: float | None) -> Family:
    """One number; none when it is not known."""
    return Family(name, "gauge", help, () if value is None else (Sample(value),))


def labelled(name: str, kind: str, help: str, label: str, values: Mapping[str, float]) -> Family:
    return Family(name, kind, help, tuple(Sample(value, ((label, each),)) for each, value in values.items()))


def histogram(
    name: str, help: str, label: str, bounds: tuple[float, ...], found: Mapping[str, tuple[list[float], float]]
) -> Family:
    """`found`: for each label how many fell in each bucket (one more than there are bounds), and their sum."""
    samples: list[Sample] = []
    for each, (counts, total) in found.items():
        here, below = (label, each), 0.0
        for bound, count in zip((*map(_number, bounds), "+Inf"), counts, strict=True):
            below += count
            samples.append(Sample(below, (here, ("le", bound)), "_bucket"))
        samples += [Sample(total, (here,), "_sum"), Sample(below, (here,), "_count")]
    return Family(name, "histogram", help, tuple(samples))


def text_of(families: Iterable[Family]) -> str:
    lines = []
    for family in families:
        if family.samples:
            lines += [f"# HELP {family.name} {_plain(family.help)}", f"# TYPE {family.name} {family.kind}"]
            lines += [_line(family, sample) for sample in family.samples]
    return "".join(f"{line}\n" for line in lines)


def _line(family: Family, sample: Sample) -> str:
    labels = ",".join(f'{name}="{_quoted(value)}"' for name, value in sample.labels)
    return f"{family.name}{sample.ending}{'{' + labels + '}' if labels else ''} {_number(sample.value)}"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    return _plain(text).replace('"', '\\"')
