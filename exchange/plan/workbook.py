"""A plan in a workbook, as rows and paragraphs: what its sheets show, one after the other.

Hidden rows, columns and sheets are left out and told, as hidden text of Word is. Lines are the sheet's own
rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exchange.plan.columns import header
from exchange.plan.dates import read_heading
from exchange.plan.document import Document, Paragraph, Remark, TableRow, bounded, one_line
from exchange.sheets.reading import read_workbook
from exchange.sheets.workbook import Cell, Row, Sheet, place
from workflow.model.wording import date_vi

MOST_COLUMNS = 64


def read_sheets(content: bytes) -> Document:
    """Raises Unreadable of `exchange.sheets.faults`, and Beyond."""
    parts: list[TableRow | Paragraph] = []
    remarks: list[Remark] = []
    begun = False
    for sheet in read_workbook(content).sheets:
        if sheet.hidden:
            remarks += [Remark(None, "hidden_sheet", sheet.name)] if sheet.rows else []
            continue
        rows = list(_rows(sheet))
        headed = any(header(row.cells) for row in rows)
        if begun and not headed:
            # Its rows would go on with the plan of the sheet before.
            remarks += [Remark(None, "other_sheet", sheet.name)] if rows else []
            continue
        begun = headed or begun
        if read_heading(sheet.name):
            parts.append(Paragraph(None, one_line(sheet.name), gap=True))
        parts += rows
        remarks += _remarks(sheet)
    return Document(bounded(parts), remarks=tuple(remarks))


def _rows(sheet: Sheet) -> Iterator[TableRow]:
    width = min(max((cell.column for cell in sheet.cells()), default=0), MOST_COLUMNS)
    covered = _covered(sheet)
    last = -1
    for row in sheet.rows:
        if row.hidden:
            continue
        shown = {cell.column: _shown(cell) for cell in row.cells if cell.column not in sheet.hidden_columns}
        above = covered.get(row.number, {})
        cells = [above.get(column) or shown.get(column, "") for column in range(1, width + 1)]
        merged = frozenset(column - 1 for column in above)
        yield TableRow(row.number, tuple(cells), merged, gap=row.number != last + 1)
        last = row.number


def _covered(sheet: Sheet) -> Mapping[int, Mapping[int, str]]:
    """By row and column the texts that stand above in a cell merged downwards."""
    covered: dict[int, dict[int, str]] = {}
    last = max((row.number for row in sheet.rows), default=0)
    for area in sheet.merged:
        first = sheet.at(area.top, area.left)
        if area.left > MOST_COLUMNS or area.left in sheet.hidden_columns:
            continue
        for number in range(area.top + 1, min(area.bottom, last) + 1):
            covered.setdefault(number, {})[area.left] = _shown(first) if first else ""
    return covered


def _shown(cell: Cell) -> str:
    if cell.kind == "error":
        return ""
    return date_vi(cell.day) if cell.day else cell.text.strip()


def _remarks(sheet: Sheet) -> Iterator[Remark]:
    hidden: dict[int, str] = {}
    for row in sheet.rows:
        if row.hidden:
            yield Remark(row.number, "hidden_row", " ".join(_texts(row)))
            continue
        for cell in row.cells:
            if cell.column in sheet.hidden_columns:
                hidden.setdefault(cell.column, f"{place(row.number, cell.column)}: {one_line(cell.text)}")
            elif cell.kind in ("error", "uncalculated"):
                yield Remark(row.number, "formula_unread", f"{cell.place} {cell.text}".strip())
    for text in hidden.values():
        yield Remark(None, "hidden_column", text)


def _texts(row: Row) -> Iterator[str]:
    return (one_line(text) for cell in row.cells if (text := _shown(cell)))
