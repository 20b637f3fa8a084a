"""What is found in a table as a whole: its numbers, merged cells, repeated headings, what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exchange.lists.grid import LONGEST
from exchange.lists.lines import Nominee
from exchange.lists.proposals import SHOWN
from exchange.lists.rows import Entry
from exchange.lists.sentences import found
from exchange.lists.sheets import Table
from exchange.lists.values import Finding
from exchange.sheets.workbook import Cell, place
from workflow.model.wording import in_runs, shorten


def table_findings(table: Table, nominees: Sequence[Nominee]) -> Iterator[Finding]:
    for check in (_too_long, _headings, _numbers, _nameless, _merged, _hidden_columns, _hidden_rows):
        yield from check(table, nominees)


def _too_long(table: Table, _nominees: Sequence[Nominee]) -> Iterator[Finding]:
    for cell in table.grid.cut():
        yield found("too_long", table.sheet.name, cell.place, n=LONGEST)


def _headings(table: Table, _nominees: Sequence[Nominee]) -> Iterator[Finding]:
    repeated = set(table.rows.repeated)
    for row in table.rows.repeated:
        if row - 1 not in repeated:
            yield found("repeated_header", table.sheet.name, _first(table, row).place)


def _numbers(table: Table, nominees: Sequence[Nominee]) -> Iterator[Finding]:
    """Numbers that stand twice in a group, or not at all, and the first that is a formula."""
    column = table.heading.first("number")
    if column is None or not any(each.entry.numbered for each in nominees):
        return
    counted = False
    before: Nominee | None = None
    for each in nominees:
        entry, cell = each.entry, each.entry.cell(column.at)
        at = place(entry.row, column.at)
        if cell is not None and cell.formula and not counted:
            counted = True
            yield found("formula", table.sheet.name, at)
        own = column.at in table.grid.own.get(entry.row, {})
        if not entry.numbered:
            yield found("no_number", table.sheet.name, at)
        elif own and before and _same_number(entry, before.entry):
            yield found("number_twice", table.sheet.name, at, n=entry.stt)
        before = each


def _same_number(entry: Entry, before: Entry) -> bool:
    """Groups may count their own nominees from 1."""
    return entry.stt is not None and (entry.stt, entry.group) == (before.stt, before.group)


def _nameless(table: Table, _nominees: Sequence[Nominee]) -> Iterator[Finding]:
    for row in table.rows.nameless:
        yield found("no_name", table.sheet.name, _first(table, row).place)


def _merged(table: Table, nominees: Sequence[Nominee]) -> Iterator[Finding]:
    """Cells merged over several nominees, whose value holds for each."""
    rows = [each.entry.row for each in nominees]
    used = {column.at for column in table.heading.in_order if column.field != "unused"}
    for area in table.grid.tall:
        within = [row for row in rows if area.top <= row <= area.bottom]
        names = {
            cell.place
            for row in within
            for at, cell in table.grid.row(row).items()
            if at in table.heading.names
        }
        # One nominee with a title in each row is merged over them altogether.
        if len(within) > 1 and area.left in used and len(names) > 1:
            cell = table.grid.own[area.top][area.left]
            text = shorten(cell.text, SHOWN)
            yield found("merged", table.sheet.name, str(area), text=text, n=len(within))


def _hidden_columns(table: Table, nominees: Sequence[Nominee]) -> Iterator[Finding]:
    for column in table.heading.in_order:
        filled = any(each.entry.text(column.at).strip() for each in nominees)
        if column.at in table.sheet.hidden_columns and column.field != "unused" and filled:
            at = place(table.heading.rows[0], column.at)
            letters = at.rstrip("0123456789")
            yield found("hidden_column", table.sheet.name, at, column=letters, heading=column.heading)


def _hidden_rows(table: Table, nominees: Sequence[Nominee]) -> Iterator[Finding]:
    rows = [each.entry.row for each in nominees if each.entry.hidden]
    if rows:
        first = place(rows[0], min(table.heading.names))
        yield found("hidden_rows", table.sheet.name, first, n=len(rows), rows=in_runs(rows))


def _first(table: Table, row: int) -> Cell:
    return next(iter(table.grid.own[row].values()))
