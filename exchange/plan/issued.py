"""The number and the day that a plan document bears at its head once it is issued: a draft has blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from exchange.plan.document import Document, TableRow, one_line, plain
from workflow.model.plan import Issued

NUMBER = re.compile(r"\bSố\s*:?\s*(\d{1,5}\s*/\s*KH\s*-\s*[\w-]+)", re.IGNORECASE)
DAY = re.compile(r"\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\b", re.IGNORECASE)


def issued_in(document: Document) -> Issued | None:
    """The plan's own number and date; None where its head lacks one of them."""
    number, on = NUMBER.search("\n".join(_head(document))), day_of(document)
    return Issued(re.sub(r"\s", "", number[1]), on) if number and on else None


def day_of(document: Document) -> date | None:
    """The day at the plan's head."""
    day = DAY.search("\n".join(_head(document)))
    try:
        return date(int(day[3]), int(day[2]), int(day[1])) if day else None
    except ValueError:
        return None


def _head(document: Document) -> Iterator[str]:
    """The lines above the title: what stands below it names other papers."""
    for part in document.parts:
        cells = part.cells if isinstance(part, TableRow) else (part.text,)
        lines = [one_line(line) for cell in cells for line in cell.split("\n")]
        for line in lines:
            if plain(line).startswith("ke hoach"):
                return
            yield line
