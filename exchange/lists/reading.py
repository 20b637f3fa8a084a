"""Reads a nominee list as an office sends it. What the file is stands in its content, never in its name.

A file that is no list gives a `ReadList` without lines, with a finding that says what it is and what to do;
only what cannot be opened is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from exchange.lists import lines, row_cells, twins
from exchange.lists.books import read_book
from exchange.lists.conditions import unmet
from exchange.lists.dossiers import propose
from exchange.lists.ignored import ignored_rows
from exchange.lists.levels import tell_titles
from exchange.lists.lines import Nominee, read_nominee
from exchange.lists.names import is_in_old_code
from exchange.lists.preamble import MERIT, Preamble
from exchange.lists.sentences import found
from exchange.lists.sheets import WHYS, Sorted, Table, sort_sheets
from exchange.lists.tables import table_findings
from exchange.lists.titles import Titles
from exchange.lists.totals import compare_totals, totals_of
from exchange.lists.values import Finding, Line, ProposedDossier, ReadList, Totals
from exchange.sheets.workbook import Workbook, place
from workflow.model.definition import RulePack
from workflow.model.office import Office

Read = tuple[Table, list[Nominee]]
FEW = 30
"""Rows that are looked through for an old code: a heading stands among the first."""


def read_list(
    content: bytes,
    *,
    office: Office,
    rules: RulePack,
    today: date,
    file: str,
    rules_on: Callable[[date], RulePack] | None = None,
) -> ReadList:
    """The list that the file holds, by the titles of `rules`; lines are held to the conditions of `rules_on`
    the day of the list's paper, where both are known. Raises Unreadable for what cannot be opened."""
    titles = Titles(rules, (office.title, office.province))
    book = read_book(content)
    sheets = sort_sheets(book.sheets, titles, office, today)
    if not sheets.tables:
        return ReadList(file, sheets.sheets, findings=(_nothing(sheets, book),))
    read = [(table, _nominees(table, titles, today)) for table in sheets.tables]
    nominees = [each for _table, those in read for each in those]
    paper = sheets.tables[0].preamble.paper
    then = rules_on(paper.date) if rules_on and paper.date else rules
    type = _type(sheets.tables[0].preamble, nominees, rules)
    _pair(nominees)
    _hold_to_conditions(nominees, then, type or "")
    tell_titles(nominees, titles)
    findings = [*_findings(read, titles), *_told_sheets(sheets)]
    totals = totals_of([(table, _named(those)) for table, those in read], titles)
    return _list(file, sheets, read, findings, propose(_lines(nominees), then, type or ""), totals, type)


def _nothing(sheets: Sorted, book: Workbook) -> Finding:
    """Why the file proposes nobody."""
    if sheets.initiatives:
        table = sheets.initiatives
        at = place(table.heading.rows[0], table.heading.in_order[0].at)
        return found("initiatives_list", table.sheet.name, at)
    why = next((each.why for each in sheets.sheets if each.use in ("history", "not_nominated")), None)
    if why:
        return found("nothing_proposed", "", "", what=why)
    cells = (cell for sheet in book.sheets for row in sheet.rows[:FEW] for cell in row.cells)
    old = any(is_in_old_code(cell.text) for cell in cells)
    return found("old_font_file" if old else "no_table", "", "")


def _nominees(table: Table, titles: Titles, today: date) -> list[Nominee]:
    """Those of whom a name can be read; what was found in the other rows is told by the first of all."""
    reading = row_cells.Table(
        table.sheet, table.heading, titles, today, table.preamble.titles, table.preamble.kind
    )
    return [read_nominee(entry, reading) for entry in table.rows.entries]


def _pair(nominees: Sequence[Nominee]) -> None:
    """Marks and tells the rows that may be of one nominee."""
    for nominee, twin in list(twins.twins([each for each in nominees if each.lines])):
        finding = twins.told(nominee, twin)
        nominee.findings = [each for each in nominee.findings if each.code != "tone_place"] + [finding]
        row, other = twin.other.first.row, twin.other.first.sheet
        sheet = other if other != nominee.first.sheet else None
        if twin.code == "duplicate":
            titles = {line.title for line in twin.other.lines}
            nominee.lines = [
                replace(line, duplicate_of=row, twin_sheet=sheet) if line.title in titles else line
                for line in nominee.lines
            ]
        elif twin.code == "suspect_duplicate":
            nominee.lines = [
                replace(line, suspect_of=row, twin_sheet=sheet, ask=line.ask or finding.say)
                for line in nominee.lines
            ]


def _type(preamble: Preamble, nominees: Sequence[Nominee], rules: RulePack) -> str | None:
    """The type of commendation: the one that the heading names, else for merit where a year's titles are
    proposed."""
    if preamble.type or preamble.period is None:
        return preamble.type
    titles = (rules.title(line.title or "") for line in _lines(nominees))
    return MERIT if any(title is not None and not title.form for title in titles) else None


def _lines(nominees: Sequence[Nominee]) -> tuple[Line, ...]:
    return tuple(line for each in nominees for line in each.lines)


def _hold_to_conditions(nominees: Sequence[Nominee], rules: RulePack, type: str) -> None:
    for nominee in nominees:
        told: set[tuple[str, str]] = set()
        for at, line in enumerate(nominee.lines):
            for each in unmet(line, rules, type):
                asked = nominee.lines[at]
                nominee.lines[at] = replace(asked, ask=asked.ask or each.ask)
                # Two titles of one row may ask for the same rating.
                if each.finding and (each.finding.code, each.finding.cell) not in told:
                    told.add((each.finding.code, each.finding.cell))
                    nominee.findings.append(each.finding)


def _list(
    file: str,
    sheets: Sorted,
    read: Sequence[Read],
    findings: list[Finding],
    dossiers: tuple[ProposedDossier, ...],
    totals: Totals,
    type: str | None,
) -> ReadList:
    preamble = sheets.tables[0].preamble
    found_lines = tuple(line for _table, nominees in read for line in _lines(nominees))
    if not found_lines:
        findings.append(found("no_lines", sheets.tables[0].sheet.name, ""))
    return ReadList(
        file,
        sheets.sheets,
        found_lines,
        tuple(findings),
        tuple(each for table in sheets.tables for each in ignored_rows(table)),
        totals,
        dossiers,
        preamble.paper,
        preamble.body,
        preamble.body_text,
        preamble.period,
        type,
        preamble.posted,
        preamble.form,
        frozenset(field for table in sheets.tables for field in table.heading.columns),
    )


def _named(nominees: Sequence[Nominee]) -> list[Nominee]:
    return [each for each in nominees if each.lines]


def _findings(read: Sequence[Read], titles: Titles) -> Iterator[Finding]:
    """Of each table, by rows and columns."""
    earlier: list[Nominee] = []
    for table, nominees in read:
        named = _named(nominees)
        told = [
            *(finding for each in nominees for finding in lines.without_names(each.findings)),
            *table_findings(table, named),
            *compare_totals(table, named, earlier, titles),
        ]
        yield from sorted(told, key=_by_place)
        earlier += named


def _by_place(finding: Finding) -> tuple[int, int, str]:
    first = finding.cell.partition(":")[0]
    letters = first.rstrip("0123456789")
    return int(first[len(letters) :] or 0), len(letters), letters


def _told_sheets(sheets: Sorted) -> Iterator[Finding]:
    """Sheets on which the list goes on, and those with nominees that are not read although nothing says what
    they are."""
    for table in sheets.further:
        at = next(iter(table.grid.own[table.heading.rows[0]].values())).place
        yield found("further_sheet", table.sheet.name, at, name=table.sheet.name)
    for table, why in sheets.left:
        if table.rows.entries:
            yield found("sheet_left", table.sheet.name, "", name=table.sheet.name, why=WHYS[why])
