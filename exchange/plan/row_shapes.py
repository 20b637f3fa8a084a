"""What a row of a plan's table looks like: a text across, a total, a task without a number."""

from __future__ import annotations

import re
from dataclasses import replace

from exchange.plan import columns as plan_columns
from exchange.plan.columns import Columns
from exchange.plan.document import AUTOMATIC, Document, TableRow, one_line, plain
from exchange.plan.levels import GROUP, is_label
from exchange.plan.task_row import DUTIES
from workflow.model.body_tokens import BULLETS

TOTAL = re.compile(r"(?:tong cong|tong so|tong kinh phi|cong)\s*(?:[:(+\d].*)?")
DITTO = re.compile(r"""[-\s(]*(?:nt|n ?/ ?t|nhu tren|["'“”〃]{1,2}|//)[-\s.)]*""")
ACROSS = 3
"""Cells with one text that make a row one text across, as copies of a merged cell come."""


def has_numbers(document: Document) -> bool:
    """Whether any row has a number; a table with an empty number column is read as one without it."""
    columns: Columns | None = None
    for part in document.parts:
        if not isinstance(part, TableRow):
            continue
        columns = header_below(columns, part) or columns
        if columns is None or not columns.has("number") or plan_columns.only_counts(part.cells):
            continue
        label = columns.cell(part.cells, "number")
        if label == AUTOMATIC or (is_label(label) and not GROUP.fullmatch(label)):
            return True
    return False


def header_below(columns: Columns | None, row: TableRow) -> Columns | None:
    """The columns that a row names, None where it is no header.

    Below a header only its repetition, a numbered header or the first row of a page or a table is one: a task
    such as `Hoạt động hè`, `Các đơn vị` reads like titles of columns.
    """
    found = plan_columns.header(row.cells)
    if found is None or columns is None or row.gap or found.has("number"):
        return found
    return found if found.titles == columns.titles else None


def once_across(row: TableRow, columns: Columns) -> TableRow:
    """The row with a text that fills every cell once, as Word and Excel repeat a merged cell's."""
    number = columns.at.get("number")
    filled = [index for index, cell in enumerate(row.cells) if cell.strip() and index not in row.merged]
    texts = {one_line(row.cells[index]) for index in filled if index != number}
    others = [index for index in filled if index != number]
    if len(texts) != 1 or len(others) < ACROSS or columns.at["content"] not in others:
        return row
    text = texts.pop()
    kept = number if number is not None and one_line(row.cells[number]) in (text, "") else others[0]
    cells = ["" if index in others else cell for index, cell in enumerate(row.cells)]
    cells[kept] = text
    return replace(row, cells=tuple(cells))


def is_total(text: str) -> bool:
    """Whether the first text of a row says that it adds up the rows above."""
    return TOTAL.fullmatch(plain(text)) is not None


def is_ditto(text: str) -> bool:
    """Whether a cell only says that the one above holds: `nt`, `Như trên`, `"`."""
    return DITTO.fullmatch(plain(text)) is not None


def stands_alone(row: TableRow) -> bool:
    return sum(bool(cell.strip()) for cell in row.cells) == 1


def is_own(row: TableRow, columns: Columns, name: str) -> bool:
    """Whether the cell of this role is the row's own and not merged with the one above."""
    return columns.at.get(name) not in row.merged


def begins(row: TableRow, content: str, columns: Columns) -> bool:
    """Whether a row without a number begins anew: with a bullet, or in capitals and with who or when."""
    if not content or columns.at["content"] in row.merged:
        return False
    own = [name for name in DUTIES if name in columns.at and is_own(row, columns, name)]
    told = any(columns.cell(row.cells, name).strip() for name in own)
    return content[0] in BULLETS or (told and content[0].isupper())
