"""Old workbooks (.xls) for tests: the records of Excel 97 that a small table needs, in a real container."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from exchange.sheets.compound import packed

Value = str | float | bool | date | None
GENERAL, AS_DAY, AS_PERCENT, AS_MONTH = 0, 1, 2, 3
"""The cell formats, in the order in which they are written."""
BUILT_IN = (0, 14, 9, 17)


@dataclass(frozen=True)
class OldSheet:
    """`rows` begin in A1; `errors` are cells (row, column) with #REF!, `uncalculated` have a formula alone,
    `styles` are the formats of cells."""

    name: str
    rows: Sequence[Sequence[Value]]
    hidden: bool = False
    hidden_rows: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()
    merged: Iterable[tuple[int, int, int, int]] = ()
    errors: Iterable[tuple[int, int]] = ()
    uncalculated: Iterable[tuple[int, int]] = ()
    styles: dict[tuple[int, int], int] | None = None


def old_workbook(sheets: Sequence[OldSheet], *, from_1904: bool = False) -> bytes:
    strings = list(
        dict.fromkeys(v for sheet in sheets for row in sheet.rows for v in row if isinstance(v, str))
    )
    bodies = [_sheet(sheet, strings, from_1904=from_1904) for sheet in sheets]
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    head += _record(0x22, struct.pack("<H", from_1904))
    head += b"".join(_record(0xE0, struct.pack("<HHH14x", 0, form, 0)) for form in BUILT_IN)
    shared = struct.pack("<II", len(strings), len(strings)) + b"".join(map(_wide, strings))
    tail = _record(0xFC, shared) + _record(0x0A, b"")
    names = [sheet.name.encode("utf-16-le") for sheet in sheets]
    at = len(head) + sum(12 + len(name) for name in names) + len(tail)
    for sheet, name, body in zip(sheets, names, bodies, strict=True):
        head += _record(0x85, struct.pack("<IBBBB", at, sheet.hidden, 0, len(sheet.name), 1) + name)
        at += len(body)
    return packed("Workbook", head + tail + b"".join(bodies))


def _sheet(sheet: OldSheet, strings: Sequence[str], *, from_1904: bool) -> bytes:
    made = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))]
    made += [_record(0x7D, struct.pack("<HHHHHH", c - 1, c - 1, 2048, 0, 1, 0)) for c in sheet.hidden_columns]
    made.append(_record(0x200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, 256, 0)))
    hidden = set(sheet.hidden_rows)
    for at in range(len(sheet.rows)):
        flags = 0x20 if at + 1 in hidden else 0
        made.append(_record(0x208, struct.pack("<HHHHHHI", at, 0, 256, 255, 0, 0, 0x100 | flags)))
    for at, row in enumerate(sheet.rows):
        for column, value in enumerate(row):
            style = (sheet.styles or {}).get((at + 1, column + 1), GENERAL)
            made.append(_cell(at, column, value, style, strings, from_1904=from_1904))
    made += [
        _record(0x205, struct.pack("<HHHBB", row - 1, column - 1, 0, 23, 1)) for row, column in sheet.errors
    ]
    made += [
        _record(0x06, struct.pack("<HHH6sHHIH", row - 1, column - 1, 0, bytes(6), 0xFFFF, 0, 0, 0))
        for row, column in sheet.uncalculated
    ]
    areas = [(top - 1, bottom - 1, left - 1, right - 1) for top, left, bottom, right in sheet.merged]
    made.append(
        _record(0xE5, struct.pack("<H", len(areas)) + b"".join(struct.pack("<4H", *a) for a in areas))
    )
    return b"".join(made) + _record(0x0A, b"")


def _cell(
    row: int, column: int, value: Value, style: int, strings: Sequence[str], *, from_1904: bool
) -> bytes:
    if value is None:
        return b""
    if isinstance(value, str):
        return _record(0xFD, struct.pack("<HHHI", row, column, style, strings.index(value)))
    if isinstance(value, bool):
        return _record(0x205, struct.pack("<HHHBB", row, column, style, value, 0))
    if isinstance(value, date):
        first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        return _record(0x203, struct.pack("<HHHd", row, column, style or AS_DAY, (value - first).days))
    return _record(0x203, struct.pack("<HHHd", row, column, style, value))


def _wide(text: str) -> bytes:
    raw = text.encode("utf-16-le")
    return struct.pack("<HB", len(raw) // 2, 1) + raw


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data
