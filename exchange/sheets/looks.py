"""What a file says of its sheets beside the values: what is hidden, merged, not calculated, too far out.

python-calamine gives values only, and reserves every cell up to the last one of a sheet before it gives any:
two cells at the corners of a sheet would end the process. So each sheet is looked through here first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from exchange.sheets.faults import Unreadable
from exchange.sheets.workbook import Area, place

MEGABYTE = 1024 * 1024
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 50_000, 256, 300_000
GRID = 2_000_000
"""Cells up to the last row and column of a sheet, each of which takes 60 bytes while it is read."""

Start = Callable[[str, Mapping[str, str]], None]
At = tuple[int, int]


@dataclass(slots=True)
class Look:
    """What is known of one sheet before its values are read; `percents` to `errors` name its cells."""

    name: str
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    merged_rows: int = 0
    filtered: bool = False
    formulas: dict[At, bool] = field(default_factory=dict)
    """Whether each was calculated."""
    errors: dict[At, str] = field(default_factory=dict)
    percents: set[At] = field(default_factory=set)
    months: set[At] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0
    cells: int = 0

    def reach(self, row: int, column: int, *, rows: int = 1, columns: int = 1) -> None:
        """Counts cells with content from here on. Raises Unreadable for more than is read."""
        self.cells += rows * columns
        if self.cells > MOST_CELLS:
            raise Unreadable("too_many_cells", sheet=self.name, limit=MOST_CELLS)
        last_row, last_column = row + rows - 1, column + columns - 1
        self.last_row, self.last_column = max(self.last_row, last_row), max(self.last_column, last_column)
        outside = last_row > MOST_ROWS or last_column > MOST_COLUMNS
        if outside or self.last_row * self.last_column > GRID:
            cell = place(last_row, last_column)
            raise Unreadable("beyond", sheet=self.name, cell=cell, rows=MOST_ROWS, columns=MOST_COLUMNS)

    def hide_columns(self, first: int, last: int) -> None:
        self.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))

    def merge(self, area: Area) -> None:
        self.merged.append(area)
        self.merged_rows += max(min(area.bottom, MOST_ROWS) - area.top, 0) + 1
        if self.merged_rows > MOST_CELLS:
            raise Unreadable("too_many_cells", sheet=self.name, limit=MOST_CELLS)


@dataclass(frozen=True, slots=True)
class Package:
    """What python-calamine is given, what is known of each sheet, and from which year its days count."""

    content: bytes
    looks: tuple[Look, ...]
    from_1904: bool = False


def local(name: str) -> str:
    """A name without its prefix, which every program chooses for itself."""
    return name.rpartition(":")[2]


def parse(
    pieces: Iterable[bytes],
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Runs through XML. Raises Unreadable for what is no XML, and where it declares a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _refuse  # entities are what XML is made to explode with
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except Unreadable:
        raise
    except (expat.ExpatError, ValueError, KeyError, OverflowError) as error:
        raise Unreadable("broken") from error


def _refuse(*_declared: object) -> None:
    raise Unreadable("broken")
