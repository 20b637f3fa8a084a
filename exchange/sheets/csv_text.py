"""A table as text (.csv, .tsv): the separator is found, every cell is text."""

from __future__ import annotations

import csv
import io
import re

from exchange.plan.text import NotText, decode
from exchange.sheets.faults import Unreadable
from exchange.sheets.looks import Look
from exchange.sheets.workbook import Cell, Row, Sheet, Workbook
from workflow.model.signs import composed, readable

SEPARATORS = "\t;,|"
SAMPLE = 50
"""Lines by which the separator is found."""
NAMED = "sep="
"""Begins the first line where Excel was told which separator is used: `sep=;`."""
TONED, FEW_TONES = re.compile("[^\\W\\d_][\u0300\u0301\u0303\u0309\u0323]"), 3
LONGEST_CELL = 1_000_000


def read_csv(content: bytes) -> Workbook:
    """One sheet without a name. Raises Unreadable for what is no text, and for more than is read."""
    text = _decoded(content)
    head, _, rest = text.partition("\n")
    named = head.strip().lower().removeprefix(NAMED) if head.lower().startswith(NAMED) else ""
    separator = named if named in SEPARATORS and named else _separator(text)
    return Workbook((Sheet("", _rows(rest if named else text, separator, first=2 if named else 1)),))


def _decoded(content: bytes) -> str:
    try:
        return decode(content)
    except NotText as error:
        raise Unreadable("no_workbook") from error
    except UnicodeDecodeError as error:
        windows = _of_windows(content)
        if windows is not None:
            return windows
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable("encoding", line=line) from error


def _of_windows(content: bytes) -> str | None:
    """What Excel saves as plain CSV where Windows speaks Vietnamese; None for text of any other encoding,
    which has no tone marks behind its vowels."""
    try:
        text = content.decode("cp1258")
    except UnicodeDecodeError:
        return None
    return composed(text) if len(TONED.findall(text)) >= FEW_TONES else None


def _separator(text: str) -> str:
    """The one that most lines have, and have most often: a decimal comma stands in few cells of a line."""
    lines = [line for line in text.split("\n", SAMPLE)[:SAMPLE] if line.strip()]
    counts = {sign: sorted(line.count(sign) for line in lines) for sign in SEPARATORS}
    return max(
        SEPARATORS, key=lambda sign: (counts[sign][len(lines) // 2] if lines else 0, sum(counts[sign]))
    )


def _rows(text: str, separator: str, *, first: int) -> tuple[Row, ...]:
    """Rows count as Excel counts them, where a line break within quotes begins no row."""
    look, rows = Look(""), []
    csv.field_size_limit(LONGEST_CELL)
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), first):
            cells = [
                Cell(number, column, "text", readable(value), written=value)
                for column, value in enumerate(line, 1)
                if value != ""
            ]
            for cell in cells:
                look.reach(cell.row, cell.column)
            if cells:
                rows.append(Row(number, tuple(cells)))
    except csv.Error as error:
        raise Unreadable("broken") from error
    return tuple(rows)
