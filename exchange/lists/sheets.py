"""What each sheet of the file is: the list, awards of earlier years, words to choose from, who is not
proposed.

A further sheet belongs to the list where it has the same heading and goes on counting, or where it is a list
of its own kind with titles of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exchange.lists.grid import Grid
from exchange.lists.groups import kind_said
from exchange.lists.heads import Heading, find_heading
from exchange.lists.preamble import Preamble, read_preamble, year_in
from exchange.lists.rows import Rows, read_rows
from exchange.lists.titles import Titles
from exchange.lists.values import ReadSheet, Use
from exchange.sheets.workbook import Sheet
from workflow.model.definition import Text
from workflow.model.office import Office
from workflow.model.wording import fold

NOT_NOMINATED = re.compile(r"khong (?:dat|de nghi|du|xet)|chua (?:dat|du)|bi loai")
LIST = re.compile(r"danh sach|de nghi|tong hop")
WHYS = {
    "history": Text(
        "kết quả năm trước: nạp vào lịch sử khen thưởng nếu cần, không phải đề nghị",
        "results of an earlier year: to be taken into the history where wanted, no proposals",
    ),
    "lookup": Text("trang ẩn", "a hidden sheet"),
    "not_nominated": Text("những trường hợp không đề nghị", "those who are not proposed"),
    "initiatives": Text("danh sách sáng kiến", "a list of initiatives"),
    "no_heading": Text("không có hàng tiêu đề của danh sách", "it has no heading of a list"),
    "counted_anew": Text(
        "đánh số lại từ đầu, không nối vào danh sách", "it counts anew and does not go on with the list"
    ),
}


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with a heading: what stands above it, and its rows below."""

    grid: Grid
    heading: Heading
    preamble: Preamble
    rows: Rows

    @property
    def sheet(self) -> Sheet:
        return self.grid.sheet

    @property
    def year(self) -> int | None:
        """For which year it is, by its own words, its titles' column or the sheet's name."""
        columns = " ".join(column.heading for column in self.heading.all("title"))
        texts = (self.preamble.period or "", columns, self.sheet.name)
        return next((year for text in texts if (year := year_in(text)) is not None), None)

    @property
    def titled(self) -> bool:
        """Whether it says itself which titles it proposes."""
        return bool(self.heading.all("title", "mark", "other_title") or self.preamble.titles)


@dataclass(frozen=True, slots=True)
class Sorted:
    """The tables that are the list, what every sheet is, and those that were left although they have
    lines."""

    tables: tuple[Table, ...]
    sheets: tuple[ReadSheet, ...]
    left: tuple[Table, ...] = ()
    initiatives: Table | None = None


def sort_sheets(sheets: Sequence[Sheet], titles: Titles, office: Office, today: date) -> Sorted:
    """Every sheet, in the file's order."""
    found = [_table(sheet, titles, office, today) for sheet in sheets]
    # A file of one sheet is read even where it is hidden: there is nothing else to be meant.
    alone = len(sheets) == 1
    years = [
        year
        for table in found
        if table and (alone or not table.sheet.hidden) and (year := table.year) is not None
    ]
    sorting = _Sorting(max(years, default=None), alone)
    judged = [(sheet, table, sorting.use(sheet, table)) for sheet, table in zip(sheets, found, strict=True)]
    return Sorted(
        tuple(table for _sheet, table, (use, _why) in judged if table and use == "nominees"),
        tuple(_read_sheet(sheet, table, use, why) for sheet, table, (use, why) in judged),
        tuple(table for _sheet, table, (use, why) in judged if table and why in ("counted_anew", "lookup")),
        next((table for _sheet, table, (_use, why) in judged if table and why == "initiatives"), None),
    )


def _table(sheet: Sheet, titles: Titles, office: Office, today: date) -> Table | None:
    grid = Grid.of(sheet)
    heading = find_heading(grid, titles)
    if heading is None:
        return None
    above = ((cell.text for cell in grid.own[row].values()) for row in grid.rows if row < heading.rows[0])
    return Table(grid, heading, read_preamble(above, titles, office, today), read_rows(grid, heading, titles))


@dataclass(slots=True)
class _Sorting:
    """The sheets while they are judged one by one; `year` is the latest that any of them is for."""

    year: int | None
    alone: bool
    main: Table | None = None
    last: int = 0

    def use(self, sheet: Sheet, table: Table | None) -> tuple[Use, str]:
        """What the sheet is, and the key of why it is not read."""
        if sheet.hidden and not self.alone:
            return "lookup", "lookup"
        if table is None:
            return "other", "no_heading"
        if table.heading.first("authors"):
            return "other", "initiatives"
        if table.heading.first("refused") or NOT_NOMINATED.search(fold(sheet.name)):
            return "not_nominated", "not_nominated"
        if self._is_history(table):
            return "history", "history"
        if self.main is not None and not self._goes_on(table):
            return "other", "counted_anew"
        self.main = self.main or table
        self.last = max((entry.stt or 0 for entry in table.rows.entries[-1:]), default=self.last)
        return "nominees", ""

    def _is_history(self, table: Table) -> bool:
        earlier = table.year is not None and self.year is not None and table.year < self.year
        return earlier or bool(table.heading.first("decision") and not table.preamble.own)

    def _goes_on(self, table: Table) -> bool:
        assert self.main is not None
        first = next((entry.stt for entry in table.rows.entries if entry.stt is not None), None)
        fits = self.main.heading.fits(table.heading)
        if fits and first == self.last + 1:
            return True
        # A list of its own: by its heading words, or by what its name says of the nominees.
        named = LIST.search(fold(table.preamble.own)) or kind_said(table.sheet.name) or not fits
        return table.titled and bool(named)


def _read_sheet(sheet: Sheet, table: Table | None, use: Use, why: str) -> ReadSheet:
    rows = table.rows if table and use == "nominees" else Rows()
    return ReadSheet(
        sheet.name,
        use,
        sheet.hidden,
        table.heading.rows if table and use == "nominees" else (),
        tuple(sorted([*rows.skipped, *whole_headings(table)])) if table and use == "nominees" else (),
        WHYS.get(why),
    )


def whole_headings(table: Table) -> Iterator[int]:
    """Rows that repeat the whole heading; where it has several rows, each of them stands there again."""
    length = len(table.heading.rows)
    repeated = set(table.rows.repeated)
    for row in table.rows.repeated:
        block = {row + step for step in range(length)}
        if (
            any({row - back + step for step in range(length)} <= repeated for back in range(length))
            or block <= repeated
        ):
            yield row
