"""What is handed to those whom a decision awards: its number in the register of awards (số sổ), and when it
was handed over and came back. Pure, and light."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple


class Certificate(NamedTuple):
    """The certificate of the line `line` of the dossier `dossier` in the decision `ref` of the plan's `year`.

    A title without a certificate (LĐTT) is handed over too, at the ceremony of that day; it has no number.
    """

    year: int
    ref: str
    dossier: str
    line: int
    register_no: str | None = None
    handed_on: date | None = None
    returned_on: date | None = None


READ = Certificate._fields
"""The columns of its row."""


def certificate_of(row: Sequence[Any]) -> Certificate:
    """The certificate of a row with the columns READ. Days may come as SQLite has them, as text."""
    said = dict(zip(READ, row, strict=True))
    for name in ("handed_on", "returned_on"):
        if isinstance(said[name], str):
            said[name] = date.fromisoformat(said[name])
    return Certificate(**said)
