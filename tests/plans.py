"""The shipped plan of 2026 as a plan of a later year: the same rows, every year named in it moved on."""

from __future__ import annotations

import re
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[1] / "definitions/offices/diem-he/ke-hoach-2026.txt"


def write_plan(folder: Path, year: int) -> Path:
    """The plan of `year` as a file, for `tdkt plan import`."""
    moved = re.sub(
        r"\b20\d\d\b", lambda named: str(int(named[0]) + year - 2026), SHIPPED.read_text(encoding="utf-8")
    )
    file = folder / f"ke-hoach-{year}.txt"
    file.write_text(moved, encoding="utf-8")
    return file
