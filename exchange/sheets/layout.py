"""What the office's workbooks have in common: how a file is made, its font, A4 paper across."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
FONT = "Times New Roman"


def workbook_bytes(titles: Sequence[str], made: datetime, write: Callable[[Workbook], None]) -> bytes:
    """The bytes of a file into which `write` puts the sheets; equal contents give equal bytes.

    Text stays text: nothing that somebody typed becomes a formula or a link.
    """
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": " ".join(titles), "created": made})
        write(book)
    return file.getvalue()


def print_across(
    worksheet: Worksheet, *, heading: int, last: tuple[int, int], margin: float, page: str
) -> None:
    """A4 across, one page broad, the line `heading` repeated on each; `page` is the word before its number.

    Left and right margins are those of Decree 30/2020, turned; `margin` is above and below (all in inches).
    """
    worksheet.freeze_panes(heading + 1, 0)
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.set_margins(left=0.8, right=0.6, top=margin, bottom=margin)
    worksheet.fit_to_pages(1, 0)
    worksheet.center_horizontally()
    worksheet.repeat_rows(heading)
    worksheet.print_area(0, 0, *last)
    worksheet.set_footer(f'&C&"{FONT}"&10{page} &P/&N')
