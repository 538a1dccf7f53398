"""Print the table and write bench/results.json (contract §1). Names of files behind the command: only those."""

from __future__ import annotations

import json
import os
import pkgutil
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
TOOLS = {
    "__main__",
    "measure",
    "ten_years",
    "crowd",
    "push_stub",
    "sending",
    "served",
    "bare_page",
    "visits",
    "slow_line",
}


def main(chosen: set[str]) -> None:
    results = {}
    names = sorted(each.name for each in pkgutil.iter_modules([str(FOLDER)]) if each.name not in TOOLS)
    names = [name for name in names if not chosen or name in chosen]
    load = os.getloadavg()[0]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {load:.1f}")
    for place, name in enumerate(names, 1):
        print(f"{place} of {len(names)}: {name}", file=sys.stderr, flush=True)
        found = import_module(f"bench.{name}").bench()
        for line in found if isinstance(found, list) else [found]:
            numbers = {"value": line.value, "yardstick": line.yardstick, "ratio": line.ratio}
            results[line.name] = {"unit": line.unit} | {each: round(number, 3) for each, number in numbers.items()}
            print(f"{line.name:<24} {line.value:>10.1f} {line.unit:<5} {line.ratio:>8.2f} × the yardstick", flush=True)
    if not chosen:
        (FOLDER / "results.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(set(sys.argv[1:]))
