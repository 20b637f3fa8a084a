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
from typing import NamedTuple

from exchange.lists.grid import Grid
from exchange.lists.groups import Groups, kind_said
from exchange.lists.heads import Heading, find_headings
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
    """A table of a sheet: its heading, what stands above it from the row `top` on, and its rows below.
    `between` are the headings of groups that stand above it, behind another table."""

    grid: Grid
    heading: Heading
    preamble: Preamble
    rows: Rows
    top: int = 1
    between: frozenset[int] = frozenset()

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
        if self.heading.all("title", "mark", "other_title") or self.preamble.titles:
            return True
        return any(entry.group.titles for entry in self.rows.entries)


class Judged(NamedTuple):
    """What a sheet or one of its tables is, and the key of why it is not read."""

    use: Use
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The tables that are the list (`further` of which go on on another sheet), what every sheet is, and
    those that were left although they have
    lines."""

    tables: tuple[Table, ...]
    sheets: tuple[ReadSheet, ...]
    left: tuple[tuple[Table, str], ...] = ()
    initiatives: Table | None = None
    further: tuple[Table, ...] = ()


def sort_sheets(sheets: Sequence[Sheet], titles: Titles, office: Office, today: date) -> Sorted:
    """Every sheet, in the file's order."""
    found = [(sheet, tuple(_tables(sheet, titles, office, today))) for sheet in sheets]
    # A file of one sheet is read even where it is hidden: there is nothing else to be meant.
    alone = len(sheets) == 1
    seen = [table for sheet, tables in found for table in tables if alone or not sheet.hidden]
    sorting = _Sorting(max((table.year for table in seen if table.year), default=None), alone)
    judged = [(sheet, [(table, sorting.table(table)) for table in tables]) for sheet, tables in found]
    every = [each for _sheet, tables in judged for each in tables]
    return Sorted(
        tuple(table for table, (use, _why) in every if use == "nominees"),
        tuple(_read_sheet(sheet, tables, sorting.empty(sheet)) for sheet, tables in judged),
        tuple((table, why) for table, (_use, why) in every if why in ("counted_anew", "lookup")),
        next((table for table, (_use, why) in every if why == "initiatives"), None),
        tuple(table for table, (_use, why) in every if why == "goes_on"),
    )


def _tables(sheet: Sheet, titles: Titles, office: Office, today: date) -> Iterator[Table]:
    """Each heading begins a table: one of other columns, or the same again below signatures."""
    grid = Grid.of(sheet)
    waiting = [heading.of_this_year() for heading in find_headings(grid, titles)]
    groups, top = Groups(titles), 1
    entered: set[int] = set()
    while waiting:
        heading = waiting.pop(0)
        until = waiting[0].rows[0] if waiting else None
        rows = [row for row in grid.rows if top <= row < heading.rows[0]]
        above = ((cell.text for cell in grid.own[row].values()) for row in rows)
        preamble = read_preamble(above, titles, office, today)
        read = read_rows(grid, heading, groups, until)
        again = next((row for row in read.trailing if heading.repeated_in(grid.own[row])), None)
        if again is not None:
            waiting.insert(0, heading.moved_to(again))
            read.trailing = [row for row in read.trailing if row < again]
        between = frozenset(row for row in rows if row in entered)
        yield Table(grid, heading, preamble, read, top, between)
        entered |= {row for row, _group, _first in read.groups} | set(read.trailing)
        counted = (*(entry.row for entry in read.entries), *(total.row for total in read.totals))
        top = max([*heading.rows, *counted]) + 1


@dataclass(slots=True)
class _Sorting:
    """The sheets while they are judged one by one; `year` is the latest that any of them is for."""

    year: int | None
    alone: bool
    main: Table | None = None
    last: int = 0

    def empty(self, sheet: Sheet) -> Judged:
        """What a sheet without a table is."""
        return Judged("lookup", "lookup") if sheet.hidden else Judged("other", "no_heading")

    def table(self, table: Table) -> Judged:
        if table.sheet.hidden and not self.alone:
            return Judged("lookup", "lookup")
        if table.heading.first("authors"):
            return Judged("other", "initiatives")
        if table.heading.first("refused") or NOT_NOMINATED.search(
            fold(f"{table.sheet.name} {table.preamble.own}")
        ):
            return Judged("not_nominated", "not_nominated")
        if self._is_history(table):
            return Judged("history", "history")
        if self.main is not None and not self._goes_on(table):
            return Judged("other", "counted_anew")
        goes_on = self.main is not None and table.sheet is not self.main.sheet and self._counts_on(table)
        self.main = self.main or table
        self.last = max((entry.stt or 0 for entry in table.rows.entries[-1:]), default=self.last)
        return Judged("nominees", "goes_on" if goes_on else "")

    def _is_history(self, table: Table) -> bool:
        earlier = table.year is not None and self.year is not None and table.year < self.year
        return earlier or bool(table.heading.first("decision") and not table.preamble.own)

    def _counts_on(self, table: Table) -> bool:
        assert self.main is not None
        first = next((entry.stt for entry in table.rows.entries if entry.stt is not None), None)
        return self.main.heading.fits(table.heading) and first == self.last + 1

    def _goes_on(self, table: Table) -> bool:
        assert self.main is not None
        if self._counts_on(table):
            return True
        fits = self.main.heading.fits(table.heading)
        # A list of its own: by its heading words, or by what its name says of the nominees.
        same_sheet = table.sheet is self.main.sheet
        named = LIST.search(fold(table.preamble.own)) or kind_said(table.sheet.name) or not fits or same_sheet
        return table.titled and bool(named)


def _read_sheet(sheet: Sheet, tables: Sequence[tuple[Table, Judged]], empty: Judged) -> ReadSheet:
    """As its first table that is read is judged, else as its first."""
    read = [table for table, judged in tables if judged.use == "nominees"]
    judged = Judged("nominees") if read else next((judged for _table, judged in tables), empty)
    return ReadSheet(
        sheet.name,
        judged.use,
        sheet.hidden,
        tuple(row for table in read for row in table.heading.rows),
        tuple(sorted(row for table in read for row in (*table.rows.skipped, *whole_headings(table)))),
        WHYS.get(judged.why),
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
