"""What is read of an old list: records of awards, ratings and initiatives, and what is found wrong with it.

`exchange.history.reading` makes them. Whether a record is known already is for `workflow.services.history`.
"""

from __future__ import annotations

from dataclasses import dataclass

from exchange.lists.values import Finding
from workflow.model.achievements import Achievement


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record with its place: `cell` is the one of the name."""

    record: Achievement
    sheet: str
    row: int
    cell: str


@dataclass(frozen=True, slots=True)
class ReadHistory:
    """The records of a file in its order. A row with an error gives none. `left` are sheets without any."""

    records: tuple[ReadRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    left: tuple[str, ...] = ()
