"""Looks through the XML of one sheet of Excel (.xlsx, .xlsm) and through the formats of its cells.

Elements are told by their local names, so Strict and every prefix are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exchange.sheets.faults import Unreadable
from exchange.sheets.looks import MOST_ROWS, At, Look, local, parse
from exchange.sheets.workbook import Area

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
PERCENTS, MONTHS = frozenset({"9", "10"}), frozenset({"17"})
"""Of the formats that every Excel has built in."""
MOST_FORMATS = 65_490
"""That Excel has in one workbook."""
MOST_PIECES = 8
"""Of a cell's text, as the parser gives it: only whether there is any counts here, and what error it is."""
UNSHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
"""Of a number format: texts, escaped signs, colours and languages, blanks of a sign's width."""


@dataclass(frozen=True, slots=True)
class Formats:
    """The numbers of the cell formats that show a percentage, and a month without a day."""

    percents: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()

    @staticmethod
    def of(codes: Mapping[str, str], used: Sequence[str]) -> Formats:
        """Of number formats by their numbers, and of the number that each cell format uses."""
        shown = [(str(at), number, _shown(codes.get(number, ""))) for at, number in enumerate(used)]
        return Formats(
            frozenset(at for at, number, code in shown if "%" in code or (not code and number in PERCENTS)),
            frozenset(at for at, number, code in shown if _is_month(code) or (not code and number in MONTHS)),
        )

    def note(self, look: Look, at: At, style: str) -> None:
        """Notes of a cell what its format shows."""
        if style in self.percents:
            look.percents.add(at)
        elif style in self.months:
            look.months.add(at)


def formats_of(styles: bytes) -> Formats | None:
    """Of the part with the styles; None where it is broken."""
    codes: dict[str, str] = {}
    used: list[str] = []
    within: set[str] = set()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        within.add(name)
        if name == "numFmt":
            codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in within and len(used) < MOST_FORMATS:
            used.append(attributes.get("numFmtId", "0"))

    try:
        parse((styles,), start, lambda tag: within.discard(local(tag)))
    except Unreadable:
        return None
    return Formats.of(codes, used)


def _shown(code: str) -> str:
    return UNSHOWN.sub("", code).lower()


def _is_month(code: str) -> bool:
    return "m" in code and "y" in code and not set("dhs") & set(code)


def look_through(name: str, pieces: Iterator[bytes], formats: Formats) -> Look:
    """The sheet whose XML comes in `pieces`. Raises Unreadable."""
    sheet = _Sheet(name, formats)
    parse(pieces, sheet.start, sheet.end, sheet.text)
    return sheet.look


class _Sheet:
    """One sheet while its XML runs by: the row and cell that are open, and the text within the cell."""

    def __init__(self, name: str, formats: Formats) -> None:
        self.look = Look(name)
        self.formats = formats
        self.flat = False
        self.row = self.column = 0
        self.cell: Mapping[str, str] | None = None
        self.formula = False
        self.value: list[str] | None = None
        self.opening: Mapping[str, Callable[[Mapping[str, str]], None]] = {
            "c": self._open_cell,
            "v": self._open_value,
            "is": self._open_value,
            "f": self._open_formula,
            "row": self._open_row,
            "col": self._hide_columns,
            "sheetFormatPr": self._set_rows,
            "mergeCell": self._merge,
            "filterColumn": self._filter,
        }

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        opening = self.opening.get(tag) or (self.opening.get(local(tag)) if ":" in tag else None)
        if opening is not None:
            opening(attributes)

    def end(self, tag: str) -> None:
        if (tag == "c" or (":" in tag and local(tag) == "c")) and self.cell is not None:
            self._close_cell(self.cell)
            self.cell = self.value = None

    def text(self, text: str) -> None:
        if self.value is not None and len(self.value) < MOST_PIECES:
            self.value.append(text)

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
        self.column = 0
        height = attributes.get("ht")
        hidden = _yes(attributes.get("hidden")) or _zero(height) or (self.flat and height is None)
        if hidden and self.row <= MOST_ROWS:
            self.look.hidden_rows.add(self.row)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        if "r" in attributes:
            self.row, self.column = _reference(attributes["r"])
        else:
            self.column += 1
        self.cell, self.formula = attributes, False

    def _open_formula(self, _attributes: Mapping[str, str]) -> None:
        self.formula = self.cell is not None
        self.value = None

    def _open_value(self, _attributes: Mapping[str, str]) -> None:
        self.value = [] if self.cell is not None else None

    def _close_cell(self, cell: Mapping[str, str]) -> None:
        value = "".join(self.value or ()).strip(" \t\r\n")
        if not value and not self.formula:
            return
        at = (self.row, self.column)
        self.look.reach(*at)
        if self.formula:
            self.look.formulas[at] = bool(value) or cell.get("t") == "str"
        if cell.get("t") == "e":
            self.look.errors[at] = value
        self.formats.note(self.look, at, cell.get("s", ""))

    def _set_rows(self, attributes: Mapping[str, str]) -> None:
        """Rows that give no height of their own have this one."""
        self.flat = _yes(attributes.get("zeroHeight")) or _zero(attributes.get("defaultRowHeight"))

    def _hide_columns(self, attributes: Mapping[str, str]) -> None:
        if _yes(attributes.get("hidden")) or _zero(attributes.get("width")):
            self.look.hide_columns(int(attributes["min"]), int(attributes["max"]))

    def _merge(self, attributes: Mapping[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        self.look.merge(Area(*_reference(first), *_reference(last or first)))

    def _filter(self, _attributes: Mapping[str, str]) -> None:
        self.look.filtered = True


def _yes(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _zero(size: str | None) -> bool:
    return size is not None and float(size) == 0


def _reference(text: str) -> At:
    """Row and column of `B12`. Raises Unreadable for what is no cell."""
    match = REFERENCE.fullmatch(text)
    if match is None:
        raise Unreadable("broken")
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
