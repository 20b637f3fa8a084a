"""The page *ấn định thời hạn* as a workbook, written for people to fill in.

`exchange.sheets.deadline_reading` reads it when it comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Literal

from exchange.sheets.layout import FONT, print_across, workbook_bytes

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Field = Literal[
    "number",
    "content",
    "lead",
    "due",
    "standing",
    "date",
    "source",
    "note",
    "usual",
    "offered",
    "target",
    "stamp",
]

WIDTHS: Mapping[Field, int] = {
    "number": 5,
    "content": 46,
    "lead": 20,
    "due": 12,
    "standing": 19,
    "date": 13,
    "source": 30,
    "note": 20,
    "usual": 22,
    "offered": 12,
    "target": 13,
    "stamp": 34,
}
"""The columns in their order, with their widths in characters."""
FILLED: tuple[Field, ...] = ("date", "source", "note", "target")
LAST_SEEN: Field = "target"
DATED: tuple[Field, ...] = ("date", "target")
NEEDED: tuple[Field, ...] = ("number", "content", "due", "date", "source")
"""A sheet that lacks one of these headings is not this page; the other columns may be deleted."""

TITLE_HEIGHT, LINE_HEIGHT, SIGNING_HEIGHT = 20, 16, 60
LEAST_HEIGHT = 24
"""Of a row, in points: enough for writing by hand."""
TO_FILL, NOT_TO_FILL = "#FFF9DB", "#EDEDED"
DATES = "dd/mm/yyyy"


@dataclass(frozen=True, slots=True)
class PageRow:
    """One task of the page. `standing` says in words what its date is; only an `open` row's date is filled
    in, and the target of one that is `aimed`. `usual` says when such a row is usually done, `offered` is the
    target that the page offers."""

    number: int
    content: str
    lead: str
    due: date | None
    standing: str
    stamp: str
    open: bool
    usual: str = ""
    offered: date | None = None
    aimed: bool = False

    def takes(self, name: Field) -> bool:
        """Whether the cell is to be filled in."""
        if name == "target":
            return self.aimed
        return self.open or (self.aimed and name != "date")


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """The whole page. `titles` stand over the table, the first one bold and large; `mark` tells a sandbox.

    `hint` and `stop` are each a short title and a sentence, shown beside a date's cell and on a day outside
    `first` to `last`, `target_hint` beside a target's. `signing` are the two who sign below, `signed` the
    words in brackets under each.
    """

    name: str
    mark: str | None
    titles: tuple[str, ...]
    remark: str
    headings: Mapping[Field, str]
    rows: tuple[PageRow, ...]
    first: date
    last: date
    hint: tuple[str, str]
    stop: tuple[str, str]
    target_hint: tuple[str, str]
    signing: tuple[str, str]
    signed: str
    page: str
    made: datetime


def page_workbook(page: DeadlinePage) -> bytes:
    """The file's bytes; equal pages give equal bytes."""

    def write(made: Workbook) -> None:
        worksheet = made.add_worksheet(page.name)
        top = _write_titles(made, worksheet, page)
        _write_headings(made, worksheet, page, top)
        for at, row in enumerate(page.rows, top + 1):
            _write_row(made, worksheet, at, row)
        end = _write_signing(made, worksheet, page, top + len(page.rows) + 2)
        _guard(worksheet, page, top)
        print_across(worksheet, heading=top, last=(end, _place(LAST_SEEN)), margin=0.6, page=page.page)

    return workbook_bytes(page.titles, page.made, write)


def _place(name: Field) -> int:
    return list(WIDTHS).index(name)


def _write_titles(made: Workbook, worksheet: Worksheet, page: DeadlinePage) -> int:
    """Writes titles and remark over the whole breadth; answers with the line on which the table begins."""
    last = _place(LAST_SEEN)
    marked = [page.mark] if page.mark else []
    bold, slanted = {"bold": True, "font_size": 14}, {"italic": True, "font_size": 12, "text_wrap": True}
    lines = [*((text, bold) for text in (*marked, *page.titles)), (page.remark, slanted)]
    for at, (text, look) in enumerate(lines):
        form = made.add_format({"font_name": FONT, "align": "center", "valign": "vcenter", **look})
        worksheet.set_row(at, TITLE_HEIGHT * _lines(text, _breadth()))
        worksheet.merge_range(at, 0, at, last, text, form)
    return len(lines) + 1


def _breadth() -> int:
    return sum(width for name, width in WIDTHS.items() if name != "stamp")


def _lines(text: str, width: int) -> int:
    """How many lines a text takes, because not every program measures wrapped text when it opens a file."""
    return len(wrap(text, width * 11 // 10)) or 1


def _write_headings(made: Workbook, worksheet: Worksheet, page: DeadlinePage, top: int) -> None:
    look = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E7ECF2"}
    for at, (name, width) in enumerate(WIDTHS.items()):
        hidden = {"hidden": True} if name == "stamp" else {}
        worksheet.set_column(at, at, width, None, hidden)
        worksheet.write_string(top, at, page.headings[name], _form(made, **look))
    tallest = max(_lines(page.headings[name], width) for name, width in WIDTHS.items() if name != "stamp")
    worksheet.set_row(top, LINE_HEIGHT * (tallest + 1))


def _form(made: Workbook, **look: Any) -> Format:
    plain = {"font_name": FONT, "font_size": 12, "border": 1, "valign": "top", "text_wrap": True}
    return made.add_format({**plain, **look})


def _write_row(made: Workbook, worksheet: Worksheet, at: int, row: PageRow) -> None:
    texts: Mapping[Field, str] = {
        "content": row.content,
        "lead": row.lead,
        "standing": row.standing,
        "usual": row.usual,
    }
    tallest = max(_lines(text, WIDTHS[name]) for name, text in texts.items())
    worksheet.set_row(at, max(LINE_HEIGHT * tallest, LEAST_HEIGHT))
    worksheet.write_number(at, _place("number"), row.number, _form(made, align="center", num_format="0"))
    for name, text in texts.items():
        worksheet.write_string(at, _place(name), text, _form(made))
    dated = _form(made, align="center", num_format=DATES)
    days: Mapping[Field, date | None] = {"due": row.due, "offered": row.offered}
    for name, day in days.items():
        if day is None:
            worksheet.write_blank(at, _place(name), None, dated)
        else:
            worksheet.write_datetime(at, _place(name), day, dated)
    for name in FILLED:
        look = {"align": "center", "num_format": DATES} if name in DATED else {"num_format": "@"}
        colour = TO_FILL if row.takes(name) else NOT_TO_FILL
        form = _form(made, bg_color=colour, locked=not row.takes(name), **look)
        worksheet.write_blank(at, _place(name), None, form)
    worksheet.write_string(at, _place("stamp"), row.stamp, _form(made, text_wrap=False))


def _write_signing(made: Workbook, worksheet: Worksheet, page: DeadlinePage, at: int) -> int:
    """Writes the two who sign, left and right below the table; answers with the last line.

    Nothing of it stands under `number` or `date`, by which a row of the page is recognised when it is read.
    """
    worksheet.set_row(at + 2, SIGNING_HEIGHT)
    sides: tuple[tuple[Field, Field], ...] = (("content", "content"), ("source", "note"))
    for (first, last), who in zip(sides, page.signing, strict=True):
        for down, text, look in ((0, who, {"bold": True}), (1, page.signed, {"italic": True})):
            form = made.add_format({"font_name": FONT, "font_size": 12, "align": "center", **look})
            if first == last:
                worksheet.write_string(at + down, _place(first), text, form)
            else:
                worksheet.merge_range(at + down, _place(first), at + down, _place(last), text, form)
    return at + 2


def _guard(worksheet: Worksheet, page: DeadlinePage, top: int) -> None:
    """Lets people type only into the cells that are to be filled, and only the days that a date may be.

    There is no password, because this only prevents slips: what comes back is checked again.
    """
    worksheet.protect("", {"format_columns": True, "format_rows": True, "sort": True})
    if not page.rows:
        return
    column = _place("date")
    worksheet.data_validation(
        top + 1,
        column,
        top + len(page.rows),
        column,
        {
            "validate": "date",
            "criteria": "between",
            "minimum": page.first,
            "maximum": page.last,
            "input_title": page.hint[0],
            "input_message": page.hint[1],
            "error_title": page.stop[0],
            "error_message": page.stop[1],
            "error_type": "stop",
        },
    )
    aims = {"validate": "any", "input_title": page.target_hint[0], "input_message": page.target_hint[1]}
    worksheet.data_validation(top + 1, _place("target"), top + len(page.rows), _place("target"), aims)
