"""Print the table and write bench/results.json (contract §1)."""

from __future__ import annotations

import json
import pkgutil
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
TOOLS = {"__main__", "measure", "ten_years", "crowd", "push_stub", "sending"}


def main() -> None:
    results = {}
    for module in sorted(each.name for each in pkgutil.iter_modules([str(FOLDER)]) if each.name not in TOOLS):
        line = import_module(f"bench.{module}").bench()
        numbers = {"value": line.value, "yardstick": line.yardstick, "ratio": line.ratio}
        results[line.name] = {"unit": line.unit} | {name: round(number, 3) for name, number in numbers.items()}
        print(f"{line.name:<24} {line.value:>10.1f} {line.unit}   {line.ratio:>8.2f} × the yardstick")
    (FOLDER / "results.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
