"""Gives a sender's own file back with what was found in it: comments in its cells, and a list as first sheet.

`annotated` is the way in. Nothing that the sender wrote is changed; a cell with a remark is coloured. What an
earlier round wrote into the file is taken out first, so that a corrected cell is plain.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from exchange.lists.losses import lost_between
from exchange.lists.remarks import COLOURS, Remark, Say
from exchange.lists.remarks_sheet import is_remarks_sheet, write_remarks_sheet
from exchange.lists.sender_file import UNWRITABLE, copied, opened
from exchange.sheets.workbook import Area, Workbook

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenedBook
    from openpyxl.worksheet.worksheet import Worksheet

MARK = "——— tdkt ———"
"""Stands in a comment above what was found; what is above it somebody wrote."""
LETTERS_A_LINE, LINE_HEIGHT, BOX_WIDTH, TALLEST_BOX = 46, 17, 320, 640
"""Of a comment's box, in pixels: it is as tall as its text."""
MOST_COLOURED = 1_000
"""Cells of one remark; of a larger area its first cell alone is coloured."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """The file's bytes. `lost` are the kinds of things that the sender's file had and this one has not, as
    the catalogue names them: `picture` for `annotation.lost.picture`."""

    content: bytes
    lost: tuple[str, ...]


def annotated(
    content: bytes, book: Workbook, remarks: Sequence[Remark], say: Say, *, macros: bool = False
) -> Annotated:
    """The sender's file `content` with the remarks in it; `book` is what was read of it.

    A .xlsx, where `macros` are kept a .xlsm; of another kind of file a new .xlsx of the same cells.
    """
    with suppress(Exception):  # openpyxl cannot read, or not write, every damaged file; its cells are given
        own = opened(content, macros=macros)
        if own is not None:
            written = _written(own, book, remarks, say)
            return Annotated(written, lost_between(content, written))
    return Annotated(_written(copied(book), book, remarks, say), ("layout",))


def _written(made: OpenedBook, book: Workbook, remarks: Sequence[Remark], say: Say) -> bytes:
    # Sheets are found by their place: a name may stand otherwise in the file than it was read.
    placed = dict(zip((sheet.name for sheet in book.sheets), made.sheetnames, strict=True))
    for worksheet in list(made.worksheets):
        _take_out(worksheet, say)
    with_cells = {worksheet.title: worksheet for worksheet in made.worksheets}
    sheets = {name: with_cells[title] for name, title in placed.items() if title in with_cells}
    _write_comments(remarks, sheets, say)
    write_remarks_sheet(made, remarks, {name: each.title for name, each in sheets.items()}, say)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _take_out(worksheet: Worksheet, say: Say) -> None:
    """Takes out what an earlier round wrote, and makes the boxes of what others wrote as tall as it is."""
    from openpyxl.styles import PatternFill

    if is_remarks_sheet(worksheet, say):
        worksheet.parent.remove(worksheet)
        return
    ours = frozenset(COLOURS.values())
    for cell in (cell for row in worksheet.iter_rows() for cell in row):
        if cell.has_style and cell.fill.fgColor.rgb in ours:
            cell.fill = PatternFill()
        if cell.comment is not None:
            _set_comment(cell, cell.comment.text.partition(MARK)[0].strip(), cell.comment.author)


def _write_comments(remarks: Sequence[Remark], sheets: Mapping[str, Worksheet], say: Say) -> None:
    """All remarks on one cell come into one comment, below what somebody wrote there."""
    of_cells: dict[Any, list[str]] = defaultdict(list)
    for remark in sorted(remarks, key=lambda each: each.weight):
        worksheet, area = sheets.get(remark.sheet or ""), remark.area
        if worksheet is None or area is None:
            continue
        said = f"{say(f'annotation.severity.{remark.severity}')}: {remark.text}"
        of_cells[_shown(worksheet, area.top, area.left)].append(said)
        for cell in _cells(worksheet, area):
            _colour(cell, COLOURS[remark.severity])
    for cell, texts in of_cells.items():
        before = [cell.comment.text] if cell.comment is not None else []
        author = cell.comment.author if cell.comment is not None else say("annotation.author")
        _set_comment(cell, "\n".join([*before, MARK, *texts]), author)


def _shown(worksheet: Worksheet, row: int, column: int) -> Any:
    """The cell; in a merged area its first one, for the others hold nothing."""
    within = (
        area
        for area in worksheet.merged_cells.ranges
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col
    )
    return next((worksheet.cell(each.min_row, each.min_col) for each in within), None) or worksheet.cell(
        row, column
    )


def _cells(worksheet: Worksheet, area: Area) -> Sequence[Any]:
    if (area.bottom - area.top + 1) * (area.right - area.left + 1) > MOST_COLOURED:
        area = Area(area.top, area.left, area.top, area.left)
    return [
        _shown(worksheet, row, column)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]


def _colour(cell: Any, colour: str) -> None:
    """Colours a cell, unless a weightier remark did before."""
    from openpyxl.styles import PatternFill

    if cell.fill.fgColor.rgb not in COLOURS.values():
        cell.fill = PatternFill("solid", fgColor=colour)


def _set_comment(cell: Any, text: str, author: str) -> None:
    """In a box in which all of the text is seen; of no text there is no comment."""
    from openpyxl.comments import Comment

    text = UNWRITABLE.sub("", text)
    lines = sum(max(len(wrap(line, LETTERS_A_LINE)), 1) for line in text.split("\n"))
    height = min((lines + 1) * LINE_HEIGHT, TALLEST_BOX)
    cell.comment = Comment(text, author, height, BOX_WIDTH) if text else None
