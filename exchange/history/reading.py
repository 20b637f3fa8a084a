"""Reads old lists of awards, ratings and initiatives as offices have them, by the words of their headings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from exchange.history import checks
from exchange.history.columns import columns_of
from exchange.history.rows import Setting, Table
from exchange.history.sentences import told
from exchange.history.values import ReadHistory, ReadRecord
from exchange.lists.books import read_book
from exchange.lists.grid import Grid
from exchange.lists.groups import Groups
from exchange.lists.heads import find_headings
from exchange.lists.preamble import read_preamble
from exchange.lists.rows import read_rows
from exchange.lists.titles import Titles
from exchange.sheets.workbook import Sheet
from workflow.model.definition import RulePack
from workflow.model.office import Office


def read_history(
    content: bytes, *, office: Office, rules: RulePack, today: date, kind: str | None = None
) -> ReadHistory:
    """The records of the file, those of one kind where it is asked for. Raises Unreadable for what cannot be
    opened."""
    setting = Setting(office, rules, Titles(rules), today, kind)
    sheets = read_book(content).sheets
    shown = [sheet for sheet in sheets if not sheet.hidden or len(sheets) == 1]
    tables = [table for sheet in shown for table in _tables(sheet, setting)]
    sender = next((table.preamble.body for table in tables if table.preamble.body), None)
    records: list[ReadRecord] = []
    for table in tables:
        records += table.records(sender)
    findings = [finding for table in tables for finding in table.findings]
    if not records and not any(each.code == "proposals" or each.severity == "error" for each in findings):
        findings.append(told("nothing" if tables else "no_table", "", ""))
    read = {record.sheet for record in records}
    kept, twice = checks.once(records)
    findings += [*twice, *checks.shares(kept), *checks.excellent(kept, office)]
    left = tuple(sheet.name for sheet in shown if sheet.name not in read)
    return ReadHistory(tuple(kept), tuple(findings), left)


def _tables(sheet: Sheet, setting: Setting) -> Iterator[Table]:
    """The tables of a sheet, one below the other, each with what stands above it."""
    grid, groups, top = Grid.of(sheet), Groups(setting.titles), 1
    headings = list(find_headings(grid, setting.titles))
    for heading, after in zip_longest(headings, headings[1:]):
        rows = [row for row in grid.rows if top <= row < heading.rows[0]]
        above = ((cell.text for cell in grid.own[row].values()) for row in rows)
        preamble = read_preamble(above, setting.titles, setting.office, setting.today)
        columns = columns_of(heading)
        read = read_rows(grid, columns.heading, groups, after.rows[0] if after else None)
        yield Table(sheet, columns, preamble, read.entries, setting)
        top = max([*heading.rows, *(entry.row for entry in read.entries)]) + 1
