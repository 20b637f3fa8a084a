"""Looks through an old workbook (.xls, after MS-XLS): its records say what the XML says of a newer one.

python-calamine reserves as many texts and cells as a record claims to have, and trusts lengths. It is given
a new file with the records that it needs, in which such claims were checked.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from exchange.sheets.compound import opened, packed
from exchange.sheets.excel_look import Formats
from exchange.sheets.faults import Unreadable
from exchange.sheets.looks import MOST_ROWS, At, Look, Package
from exchange.sheets.workbook import Area

BEGIN, END = 0x809, 0x0A
SHEET, PASSWORD, FROM_1904, FORMAT, CELL_FORMAT, STRINGS = 0x85, 0x2F, 0x22, 0x41E, 0xE0, 0xFC
ROW, COLUMNS, MERGED, FILTER = 0x208, 0x7D, 0xE5, 0x9B
FORMULA, FORMULA_TEXT, TRUTH_OR_ERROR, NUMBERS = 0x06, 0x207, 0x205, 0xBD
CELLS = frozenset({FORMULA, TRUTH_OR_ERROR, 0x203, 0x27E, 0xFD, 0x204, 0xD6})
"""Of one cell each: formula, truth or error, number, short number, shared text, and texts of their own."""
KEPT = CELLS | {BEGIN, END, SHEET, FROM_1904, FORMAT, CELL_FORMAT, STRINGS, NUMBERS, FORMULA_TEXT, 0x42, 0x3C}
"""What python-calamine needs; the last are the code page and continuations."""
UNKNOWN = 0xFFFF
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
OTHERS = {"EncryptedPackage": "password", "WordDocument": "word"}
SHORTEST_TEXT = 3
"""Bytes of a shared text."""
FROM_EXCEL_97 = 0x600
ROW_HIDDEN, COLUMN_HIDDEN, NO_NUMBER, A_TEXT, AN_ERROR = 0x20, 0x01, b"\xff\xff", 0, 2


@dataclass(frozen=True, slots=True)
class _Record:
    """`at` is where it begins in the stream; `inner`: it belongs to a chart within a sheet."""

    kind: int
    at: int
    data: bytes
    inner: bool


def measured(content: bytes) -> Package:
    """Raises Unreadable for a file that is no workbook, damaged, locked, or has more than is read."""
    container = opened(content)
    other = next((cause for name, cause in OTHERS.items() if name in container.entries), None)
    name = next((name for name in ("Workbook", "Book") if name in container.entries), None)
    if other is not None or name is None:
        raise Unreadable(other or "no_workbook")
    try:
        return _measured(name, bytearray(container.stream(name)))
    except (struct.error, IndexError) as error:
        raise Unreadable("broken") from error


def _measured(name: str, stream: bytearray) -> Package:
    book = _Globals()
    for record in _kept(stream, 0):
        book.take(record, len(stream))
    formats = Formats.of(book.codes, book.used)
    looks = []
    for title, begin in book.sheets:
        sheet = _Sheet(Look(title), formats)
        for record in _kept(stream, begin):
            sheet.take(record)
        looks.append(sheet.look)
    return Package(packed(name, bytes(stream)), tuple(looks), book.from_1904)


def _kept(stream: bytearray, begin: int) -> Iterator[_Record]:
    """The records of one part; in the stream those that python-calamine need not read become unknown."""
    for record in _records(stream, begin):
        if record.inner or record.kind not in KEPT:
            struct.pack_into("<H", stream, record.at, UNKNOWN)
        if not record.inner:
            yield record


def _records(stream: bytearray, at: int) -> Iterator[_Record]:
    """From a beginning to the end that belongs to it."""
    depth = 0
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += kind == BEGIN
        yield _Record(kind, at, bytes(stream[at + 4 : at + 4 + length]), inner=depth > 1)
        depth -= kind == END
        if depth < 1:
            return
        at += 4 + length


class _Globals:
    """What the first records say of all sheets: their names and places, the formats, how days count."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, int]] = []
        self.codes: dict[str, str] = {}
        self.used: list[str] = []
        self.from_1904 = False
        self.eight_bits = False

    def take(self, record: _Record, size: int) -> None:
        data = record.data
        if record.kind == BEGIN:
            self.eight_bits = struct.unpack_from("<H", data)[0] < FROM_EXCEL_97
        elif record.kind == PASSWORD:
            raise Unreadable("password")
        elif record.kind == FROM_1904:
            self.from_1904 = data[0] == 1
        elif record.kind == FORMAT:
            (number,) = struct.unpack_from("<H", data)
            self.codes[str(number)] = self._text(data[2:], "H")
        elif record.kind == CELL_FORMAT:
            self.used.append(str(struct.unpack_from("<H", data, 2)[0]))
        elif record.kind == SHEET:
            self.sheets.append((self._text(data[6:], "B"), struct.unpack_from("<I", data)[0]))
        elif record.kind == STRINGS and struct.unpack_from("<I", data, 4)[0] * SHORTEST_TEXT > size:
            raise Unreadable("broken")

    def _text(self, data: bytes, length: str) -> str:
        """A text after its length. Before Excel 97 no byte says how wide its letters are."""
        start = struct.calcsize(length)
        (letters,) = struct.unpack_from(f"<{length}", data)
        if self.eight_bits:
            return data[start : start + letters].decode("latin-1")
        if data[start] & 1:
            return data[start + 1 : start + 1 + 2 * letters].decode("utf-16-le", "replace")
        return data[start + 1 : start + 1 + letters].decode("latin-1")


class _Sheet:
    """One sheet while its records run by."""

    def __init__(self, look: Look, formats: Formats) -> None:
        self.look = look
        self.formats = formats
        self.formula: At | None = None

    def take(self, record: _Record) -> None:
        data, look = record.data, self.look
        if record.kind in CELLS:
            self._cell(record.kind, data)
        elif record.kind == NUMBERS:
            row, first = struct.unpack_from("<HH", data)
            for at in range((len(data) - 6) // 6):
                self._content((row + 1, first + at + 1), struct.unpack_from("<H", data, 4 + 6 * at)[0])
        elif record.kind == ROW:
            (row,), (flags,) = struct.unpack_from("<H", data), struct.unpack_from("<I", data, 12)
            if flags & ROW_HIDDEN and row < MOST_ROWS:
                look.hidden_rows.add(row + 1)
        elif record.kind == COLUMNS and data[8] & COLUMN_HIDDEN:
            first, last = struct.unpack_from("<HH", data)
            look.hide_columns(first + 1, last + 1)
        elif record.kind == MERGED:
            for top, bottom, left, right in struct.iter_unpack("<4H", data[2 : 2 + len(data) // 8 * 8]):
                look.merge(Area(top + 1, left + 1, bottom + 1, right + 1))
        elif record.kind == FORMULA_TEXT and self.formula is not None:
            look.formulas[self.formula] = True
        elif record.kind == FILTER:
            look.filtered = True

    def _cell(self, kind: int, data: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", data)
        at = (row + 1, column + 1)
        self._content(at, style)
        if kind == FORMULA:
            # The text that a formula came to follows in a record of its own, where it was ever calculated.
            self.look.formulas[at] = data[12:14] != NO_NUMBER or data[6] != A_TEXT
            self.formula = at
            if data[12:14] == NO_NUMBER and data[6] == AN_ERROR:
                self.look.errors[at] = ERRORS.get(data[8], ERRORS[15])
        elif kind == TRUTH_OR_ERROR and data[7]:
            self.look.errors[at] = ERRORS.get(data[6], ERRORS[15])

    def _content(self, at: At, style: int) -> None:
        self.look.reach(*at)
        self.formats.note(self.look, at, str(style))
