"""The rooms import only the rooms below them (the contracts of pyproject.toml)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.house.reading import ROOT


def test_the_walls_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-1000:]
    assert "0 broken" in ran.stdout
