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
    head = "\n".join(_head(document))
    number, day = NUMBER.search(head), DAY.search(head)
    if number is None or day is None:
        return None
    try:
        on = date(int(day[3]), int(day[2]), int(day[1]))
    except ValueError:
        return None
    return Issued(re.sub(r"\s", "", number[1]), on)


def _head(document: Document) -> Iterator[str]:
    """The lines above the title: what stands below it names other papers."""
    for part in document.parts:
        cells = part.cells if isinstance(part, TableRow) else (part.text,)
        lines = [one_line(line) for cell in cells for line in cell.split("\n")]
        for line in lines:
            if plain(line).startswith("ke hoach"):
                return
            yield line
