"""What a list says of its own size, held against what was read: rows of totals, counts of groups, *Ấn định
…*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exchange.lists.amounts import in_words, whole
from exchange.lists.columns import Column
from exchange.lists.lines import Nominee
from exchange.lists.proposals import KIND_NAMES
from exchange.lists.rows import TotalRow
from exchange.lists.sentences import found
from exchange.lists.sheets import Table
from exchange.lists.titles import Titles
from exchange.lists.values import Finding, Kind, Totals
from exchange.sheets.workbook import place
from workflow.model.definition import Text

KINDS: tuple[tuple[Kind, str], ...] = (
    ("collective", r"tập thể|đơn vị|thôn"),
    ("household", r"hộ|gia đình"),
    ("person", r"cá nhân|người|đồng chí|đ/c|hội viên|đoàn viên|giáo viên|học sinh"),
)
COUNT = re.compile(
    r"(\d{1,5})\s*(?:\([^)]*\)\s*)?(?:lượt\s+)?("
    + "|".join(f"(?:{words})" for _kind, words in KINDS)
    + r")\b",
    re.IGNORECASE,
)
OF_WHICH = re.compile(r"(?:bằng chữ|trong đó)\b", re.IGNORECASE)
OF_TITLE = re.compile(r"([^\W\d_][^\d:;,()]{1,60}?)\s*[:=]\s*0*(\d{1,5})(?!\d)")
"""`LĐTT: 03`."""
BARE = re.compile(r"(?<!\d)0*(\d{1,5})(?!\d)")
LONGEST = 1_000
ROWS = Text("trường hợp", "nominees")
DIFFERS = Text("ghi {declared} {what}, đọc được {read}", "{declared} {what} declared, {read} read")


@dataclass(frozen=True, slots=True)
class Counted:
    """The nominees of one table as they are counted: by kind, as rows and without duplicates."""

    nominees: Sequence[Nominee]

    @property
    def distinct(self) -> list[Nominee]:
        return [each for each in self.nominees if not all(line.duplicate_of for line in each.lines)]

    def sizes(self, kind: Kind | None) -> set[int]:
        """What a count may say of them: rows, rows without duplicates, or nominees."""
        rows = [each for each in self.nominees if kind in (None, each.first.kind)]
        single = [each for each in self.distinct if kind in (None, each.first.kind)]
        people = {(each.first.kind, each.first.key, each.first.born, each.first.unit) for each in single}
        return {len(rows), len(single), len(people)}

    def rows(self, kind: Kind | None) -> int:
        return sum(kind in (None, each.first.kind) for each in self.nominees)


def totals_of(tables: Sequence[tuple[Table, Sequence[Nominee]]], titles: Titles) -> Totals:
    """Of all sheets together."""
    nominees = [each for _table, read in tables for each in read]
    counts = [(table, counts) for table, _read in tables if (counts := _declared(table, titles))]
    # What closes the last table counts all of them; else each counts its own.
    closing = [sum(last) for table, last in counts[-1:] if any(each.statement for each in table.rows.totals)]
    declared = closing or [sum(each) for _table, each in counts]
    return Totals(sum(declared) if declared else None, len(nominees), len(Counted(nominees).distinct))


def _declared(table: Table, titles: Titles) -> list[int]:
    """The counts of the closing statement, else of the last row of totals that counts nominees."""
    ordered = sorted(table.rows.totals, key=lambda total: (total.statement, total.row), reverse=True)
    whole_list = (total for total in ordered if total.since == 0)
    return next(
        (counts for total in whole_list if (counts := [n for _kind, n in _counts(total, titles)])), []
    )


def _text(total: TotalRow) -> str:
    return " ".join(cell.text for cell in total.cells.values() if cell.kind == "text")[:LONGEST]


def _counts(total: TotalRow, titles: Titles) -> list[tuple[Kind | None, int]]:
    """What a row of totals says in words of nominees: `02 tập thể, 11 cá nhân`, `Tổng cộng: 15 hộ`."""
    text = _text(total)
    if OF_WHICH.match(text) or any(titles.exactly(match[1]) for match in OF_TITLE.finditer(text)):
        return []
    named = [(_kind(match[2]), int(match[1])) for match in COUNT.finditer(text)]
    if named:
        return named
    first = next(iter(total.cells.values())).text
    bare = BARE.search(first)
    if bare:
        return [(None, int(bare[1]))]
    beside = next((whole(cell) for cell in total.cells.values() if cell.column in total.names), None)
    if beside is not None:
        return [(None, beside)]
    kind = next((kind for kind, words in KINDS if re.search(rf"\b(?:{words})\b", first, re.IGNORECASE)), None)
    number = in_words(
        re.sub(r"^\W*(?:tổng\s*(?:cộng|số)?|cộng|ấn định danh sách(?: này)?)", "", first, flags=re.IGNORECASE)
    )
    return [(kind, number)] if number else []


def _kind(word: str) -> Kind | None:
    return next((kind for kind, words in KINDS if re.fullmatch(words, word, re.IGNORECASE)), None)


def compare_totals(
    table: Table, nominees: Sequence[Nominee], earlier: Sequence[Nominee], titles: Titles
) -> Iterator[Finding]:
    """One finding for each row of totals that differs, and one for a closing statement that fits. The
    nominees of `earlier` tables may be counted too."""
    by_row = {each.entry.row: each for each in nominees}
    for total in table.rows.totals:
        within = [
            by_row[entry.row]
            for entry in table.rows.entries[total.since : total.until]
            if entry.row in by_row
        ]
        yield from _compare(table, total, Counted(within), Counted([*earlier, *within]), titles)
    yield from _compare_groups(table, by_row)


def _compare(
    table: Table, total: TotalRow, counted: Counted, together: Counted, titles: Titles
) -> Iterator[Finding]:
    counts = _counts(total, titles)
    cell = next(iter(total.cells.values())).place
    wrong = [
        (declared, _counted_as(kind), together.rows(kind))
        for kind, declared in counts
        if declared not in counted.sizes(kind) | together.sizes(kind)
    ]
    wrong += [] if total.statement else list(_columns(table, total, counted))
    wrong += list(_by_title(total, titles, together))
    if wrong:
        yield _differs(table, cell, wrong)
    elif total.statement and counts:
        said = Text(*(", ".join(f"{n} {_named(kind, at)}" for kind, n in counts) for at in (0, 1)))
        yield found("statement", table.sheet.name, cell, declared=said)


def _by_title(total: TotalRow, titles: Titles, counted: Counted) -> Iterator[tuple[int, Text, int]]:
    """`Tổng số: LĐTT: 03; CSTĐCS: 01`, held against the lines of each title."""
    read = Counter(line.title for each in counted.nominees for line in each.lines)
    for match in OF_TITLE.finditer(_text(total)):
        meant = titles.exactly(match[1])
        if meant is not None and meant.title and read[meant.title] != int(match[2]):
            yield int(match[2]), titles.label(meant.title), read[meant.title]


def _named(kind: Kind | None, language: int) -> str:
    return _counted_as(kind)[language]


def _counted_as(kind: Kind | None) -> Text:
    """`người` of persons and the like, of which there are several."""
    return Text(KIND_NAMES[kind].vi, f"{KIND_NAMES[kind].en}s") if kind else ROWS


def _columns(table: Table, total: TotalRow, counted: Counted) -> Iterator[tuple[int, Text, int]]:
    """Columns of crosses whose total differs from the lines of their title, and `Khác` from its entries."""
    titles = Counter(line.title for each in counted.nominees for line in each.lines)
    for column in table.heading.all("mark", "other_title"):
        cell = total.cells.get(column.at)
        declared = whole(cell) if cell is not None and cell.kind != "uncalculated" else None
        if declared is None:
            continue
        read = _in_column(column, counted) if column.field == "other_title" else titles[column.title]
        in_column = _in_column(column, counted)
        if declared not in (read, in_column):
            yield declared, Text(f"ở cột “{column.heading}”", f"in the column “{column.heading}”"), read


def _in_column(column: Column, counted: Counted) -> int:
    places = [line.title_cell for each in counted.nominees for line in each.lines]
    rows = [each.entry.row for each in counted.nominees]
    wanted = {place(row, column.at) for row in rows}
    return sum(at in wanted for at in places)


def _compare_groups(table: Table, by_row: dict[int, Nominee]) -> Iterator[Finding]:
    """Headings that say how many follow: `I. TẬP THỂ (02)`."""
    for row, group, first in table.rows.groups:
        if group.declared is None:
            continue
        below = [entry for entry in table.rows.entries[first:] if entry.group.text == group.text]
        within = Counted([by_row[entry.row] for entry in below if entry.row in by_row])
        if below and group.declared not in within.sizes(None):
            cell, *rest = table.grid.own[row].values()
            # A heading that is counted as nominees are says it behind its number.
            cell = rest[0] if rest and cell.text.strip(" .)").isdigit() else cell
            yield _differs(table, cell.place, [(group.declared, ROWS, len(within.nominees))])


def _differs(table: Table, cell: str, wrong: Sequence[tuple[int, Text, int]]) -> Finding:
    said = (
        [DIFFERS[at].format(declared=declared, what=what[at], read=read) for declared, what, read in wrong]
        for at in (0, 1)
    )
    return found("total_differs", table.sheet.name, cell, differences=Text(*map("; ".join, said)))
