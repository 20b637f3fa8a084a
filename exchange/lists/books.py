"""The file as a workbook, whatever it is: a table in a text document becomes a sheet of the same cells.

A text document's lines and rows are counted through from 1, as they would stand in a sheet.
"""

from __future__ import annotations

from exchange.plan.document import Beyond, Document, TableRow, readable_parts
from exchange.sheets.faults import Unreadable
from exchange.sheets.looks import MEGABYTE
from exchange.sheets.reading import ARCHIVE, read_workbook
from exchange.sheets.workbook import Area, Cell, Row, Sheet, Workbook


def read_book(content: bytes) -> Workbook:
    """Every sheet of a workbook or a text of tables. Raises Unreadable."""
    try:
        return read_workbook(content)
    except Unreadable as error:
        # A Word file may call its main part as it likes, and then looks like a damaged workbook.
        if error.cause not in ("word", "no_workbook", "broken") or not content.startswith(ARCHIVE):
            raise
        document = _document(content)
        if document is None:
            raise (Unreadable("broken_text") if error.cause == "word" else error) from None
    return Workbook((_sheet(readable_parts(document)),))


def _document(content: bytes) -> Document | None:
    """None for an archive that is no text document. Raises Unreadable."""
    from exchange.plan import archive  # lxml takes a while to load
    from exchange.plan.open_text import read_open_text
    from exchange.plan.word.reading import read_word

    try:
        opened = archive.Archive(content)
        reads = {"word": read_word, "open_text": read_open_text}.get(opened.kind())
        return reads(opened) if reads else None
    except archive.Locked as error:
        raise Unreadable("password") from error
    except archive.TooLarge as error:
        raise Unreadable("bomb_text", limit=error.limit // MEGABYTE) from error
    except Beyond as error:
        raise Unreadable("beyond_text", limit=error.limit) from error
    except archive.Broken:
        return None


def _sheet(document: Document) -> Sheet:
    rows, merged = [], []
    for number, part in enumerate(document.parts, 1):
        texts = part.cells if isinstance(part, TableRow) else (part.text,)
        below = part.merged if isinstance(part, TableRow) else frozenset()
        merged += [(number, column) for column in below]
        cells = [
            Cell(number, column, "text", text, written=text)
            for column, text in enumerate(texts, 1)
            if text and column - 1 not in below
        ]
        rows.append(Row(number, tuple(cells)))
    return Sheet("", tuple(row for row in rows if row.cells), merged=tuple(_areas(merged)))


def _areas(merged: list[tuple[int, int]]) -> list[Area]:
    """Cells that continue the one above, each with its row and its column from 0, as merged areas."""
    areas: dict[int, list[Area]] = {}
    for row, column in merged:
        known = areas.setdefault(column + 1, [])
        if known and known[-1].bottom == row - 1:
            known[-1] = known[-1]._replace(bottom=row)
        else:
            known.append(Area(row - 1, column + 1, row, column + 1))
    return [area for column in sorted(areas) for area in areas[column]]
