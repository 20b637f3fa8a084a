"""The rows of an old list as records: whom each is about, and what was given, by which paper and for when.

Whom a row is about is read as in a list of nominees. A sheet that proposes titles gives none: what is
proposed was not awarded yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from exchange.history.authors import authors
from exchange.history.columns import Columns, Role, period_of
from exchange.history.sentences import told
from exchange.history.values import ReadRecord
from exchange.lists import lines, persons, row_cells
from exchange.lists.births import day_in
from exchange.lists.columns import Column, Field
from exchange.lists.heads import Heading
from exchange.lists.initiatives import NUMBER
from exchange.lists.names import read_name
from exchange.lists.preamble import Preamble
from exchange.lists.proposals import Proposals
from exchange.lists.row_births import row_birth
from exchange.lists.rows import Entry
from exchange.lists.titles import Titles
from exchange.lists.values import Finding, Line
from exchange.sheets.workbook import Cell, Sheet, place
from workflow.model.achievements import (
    ADJUSTED,
    AWARD,
    GIVEN,
    INITIATIVE,
    PERSON,
    POSTHUMOUS,
    RATING,
    WITHDRAWN,
    Achievement,
)
from workflow.model.body_names import body_called
from workflow.model.definition import RulePack
from workflow.model.naming import NotNamed
from workflow.model.office import Office
from workflow.model.wording import fold

OF_TITLES = frozenset({"no_title", "title_not_for", "title_other_chain", "title_unknown"})
"""What is told of a proposal and not of what was given: an old title keeps its own words."""
TITLED: tuple[Field, ...] = ("title", "mark", "other_title")
NATURES = (("truy tang", POSTHUMOUS), ("dieu chinh", ADJUSTED), ("thu hoi", WITHDRAWN), ("huy", WITHDRAWN))
WHOLE_YEARS = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reading of a file needs; `kind` is the one that is asked for. `bodies` remembers which body a
    unit is."""

    office: Office
    rules: RulePack
    titles: Titles
    today: date
    kind: str | None
    bodies: dict[str, str | None] = field(default_factory=dict)

    def wants(self, kind: str) -> bool:
        return self.kind in (None, kind)

    def body(self, unit: str | None) -> str | None:
        """The body that a unit is, by the whole text or by what stands behind its last comma."""
        if unit is None:
            return None
        if unit not in self.bodies:
            called = (body_called(text.strip(), self.office) for text in (unit, unit.rpartition(",")[2]))
            self.bodies[unit] = next((id for id in called if not isinstance(id, NotNamed)), None)
        return self.bodies[unit]


class Table:
    """A sheet of records while it is read; `findings` are gathered with its rows."""

    def __init__(
        self, sheet: Sheet, columns: Columns, preamble: Preamble, entries: Sequence[Entry], setting: Setting
    ) -> None:
        self.sheet = sheet
        self.columns = columns
        self.preamble = preamble
        self.entries = entries
        self.setting = setting
        self.sender = preamble.body
        self.findings: list[Finding] = []
        self.proposing = self._proposing()
        self.titled = () if self.proposing else self._titled()

    def records(self, sender: str | None) -> Iterator[ReadRecord]:
        """None of a list that proposes, unless its ratings or initiatives alone are asked for. Who sent the
        file is whose people they are, where a sheet does not say otherwise."""
        if self.proposing and self.setting.kind in (None, AWARD):
            return
        self.sender = self.preamble.body or sender
        for entry in self.entries:
            read = self._authors(entry) if self.columns.authors else self._row(entry)
            for cell, record in read:
                yield ReadRecord(record, self.sheet.name, entry.row, cell)

    # -- a row about somebody ------------------------------------------------------------------------

    def _row(self, entry: Entry) -> Iterator[tuple[str, Achievement]]:
        nominee = lines.read_nominee(entry, self._of_whom())
        self.findings += [each for each in nominee.findings if each.code not in OF_TITLES]
        if not nominee.lines or any(each.severity == "error" for each in nominee.findings):
            return
        line = nominee.first
        about = self._about(line, entry)
        given = [
            *(self._awards(entry, line, about) if self.setting.wants(AWARD) else ()),
            *(self._ratings(entry, about) if self.setting.wants(RATING) else ()),
            *(self._initiatives(entry, line, about) if self.setting.wants(INITIATIVE) else ()),
        ]
        if any(record.period is None for record in given):
            self._tell("no_period", line.name_cell, name=line.name)
        yield from ((line.name_cell, record) for record in given)

    def _of_whom(self) -> row_cells.Table:
        """The table without its titles: whom its rows are about."""
        setting = self.setting
        return row_cells.Table(
            self.sheet, self._alone(None), setting.titles, setting.today, (), self.preamble.kind
        )

    def _about(self, line: Line, entry: Entry) -> Achievement:
        """What all records of a row have in common."""
        unit = line.unit or entry.group.unit
        return Achievement(
            0,
            AWARD,
            line.kind,
            line.name,
            born=line.born,
            unit=unit,
            body=self.setting.body(unit) or (self.sender if unit is None else None),
            period=self._period(entry),
            nature=_nature(self._text(entry, "nature")),
        )

    def _awards(self, entry: Entry, line: Line, about: Achievement) -> Iterator[Achievement]:
        for column in self.titled:
            proposals = Proposals(self._alone(column), self.setting.titles, self.preamble.titles)
            for given in proposals.of(entry, line.kind, self._tell_of(entry)):
                number, day, authority = self._paper(entry, column)
                label = self.setting.titles.label(given.title).vi if given.title else None
                yield about._replace(
                    value=given.title,
                    words=given.text or label,
                    period=(period_of(column.heading) if column else None) or about.period,
                    decision=number,
                    dated=day,
                    authority=authority,
                )

    def _titled(self) -> tuple[Column | None, ...]:
        """The columns of titles one by one, None where only headings above the rows name any."""
        columns = self.columns.heading.all(*TITLED)
        named = bool(self.preamble.titles) or any(entry.group.titles for entry in self.entries)
        dated = self.columns.first("decision") or self.columns.first("dated")
        return columns or ((None,) if named and dated else ())

    def _proposing(self) -> bool:
        """Whether the titles are only proposed, which is told: no row says by which paper they were given."""
        if self.columns.first("decision") or self.columns.first("dated") or self.columns.authors:
            return False
        columns = self.columns.heading.all(*TITLED)
        proposing = next((each for each in columns if "de nghi" in fold(each.heading)), None)
        if proposing is None and "de nghi" not in fold(f"{self.preamble.own} {self.sheet.name}"):
            return False
        if self.setting.wants(AWARD):
            first = proposing or next(iter(columns), self.columns.heading.in_order[0])
            self._tell("proposals", place(self.columns.heading.rows[0], first.at), column=first.heading)
        return True

    def _alone(self, column: Column | None) -> Heading:
        """The heading with one of its columns of titles, or with none."""
        heading = self.columns.heading
        kept = {name: columns for name, columns in heading.columns.items() if name not in TITLED}
        return replace(heading, columns=kept if column is None else {**kept, column.field: (column,)})

    def _ratings(self, entry: Entry, about: Achievement) -> Iterator[Achievement]:
        for column in self.columns.heading.all("rating"):
            text = entry.text(column.at)
            rating = persons.rating(text)
            if rating is None:
                continue
            number, day, authority = self._paper(entry, column) if not self.titled else (None, None, None)
            yield about._replace(
                kind=RATING,
                value=rating,
                words=" ".join(text.split()),
                period=period_of(column.heading) or about.period,
                decision=number,
                dated=day,
                authority=authority,
                expected="du kien" in fold(f"{column.heading} {text} {self.preamble.own}"),
                nature=GIVEN,
            )

    def _initiatives(self, entry: Entry, line: Line, about: Achievement) -> Iterator[Achievement]:
        found = line.initiative
        if found is None or found.name is None:
            return
        number, day, authority = found.number, found.date, None
        if number is None and day is None and not self.titled:
            number, day, authority = self._paper(entry, None)
        yield about._replace(
            kind=INITIATIVE,
            value=_scope(self._text(entry, "scope"), authority),
            words=found.name,
            decision=number,
            dated=day,
            authority=authority,
            period=about.period or (str(day.year) if day else None),
            nature=GIVEN,
        )

    # -- a row about an initiative -------------------------------------------------------------------

    def _authors(self, entry: Entry) -> Iterator[tuple[str, Achievement]]:
        if not self.setting.wants(INITIATIVE):
            return
        cell = entry.cells[next(at for at in sorted(self.columns.heading.names) if at in entry.cells)]
        column = self.columns.heading.first("initiative", "achievement")
        name = " ".join(entry.text(column.at).split()) if column else ""
        if not name:
            self._tell("no_initiative_name", cell.place)
            return
        number, day, authority = self._paper(entry, None)
        unit = self._unit(entry)
        named = authors(cell.text, self._text(entry, "share"))
        born = self._birth(entry) if len(named) == 1 else None
        for author, share in named:
            person = read_name(author, author).name
            if not any(letter.isalpha() for letter in person):
                self._tell("no_author", cell.place)
                continue
            yield (
                cell.place,
                Achievement(
                    0,
                    INITIATIVE,
                    PERSON,
                    person,
                    born=born,
                    unit=unit,
                    body=self.setting.body(unit) or (self.sender if unit is None else None),
                    period=self._period(entry) or (str(day.year) if day else None),
                    value=_scope(self._text(entry, "scope"), authority),
                    words=name,
                    decision=number,
                    dated=day,
                    authority=authority,
                    share=share if share is not None or len(named) > 1 else 100,
                ),
            )

    def _birth(self, entry: Entry) -> str | None:
        """Of the row's only author: whose birth one cell says of several is not known."""
        row = row_cells.RowCells(entry, self._of_whom())
        born, _sex = row_birth(row)
        self.findings += row.findings
        return born

    def _unit(self, entry: Entry) -> str | None:
        column = self.columns.heading.first("unit", "post")
        text = " ".join(entry.text(column.at).split()) if column else ""
        return text or entry.group.unit

    # -- cells ---------------------------------------------------------------------------------------

    def _period(self, entry: Entry) -> str | None:
        """The row's own, else that of the group, of the list or of the sheet; none of a row whose column of
        years says no single one: the list's is not meant there."""
        column, own = self.columns.first("period"), self._text(entry, "period")
        if column and own and (period_of(own) or fold(column.heading).startswith("nam")):
            return period_of(own)
        return period_of(entry.group.text) or self.preamble.period or period_of(self.sheet.name)

    def _paper(self, entry: Entry, beside: Column | None) -> tuple[str | None, date | None, str | None]:
        """The number, the day and the authority of what gave it; the list's own decision where a row has no
        column for it."""
        column, dated = (self.columns.first(role, beside=beside) for role in ("decision", "dated"))
        if column is None and dated is None:
            own = self.preamble.paper
            decided = own.number is not None and "qd" in fold(own.number)
            return (own.number, own.date, None) if decided else (None, None, None)
        text = " ".join(entry.text(column.at).split()) if column else ""
        found = NUMBER.search(text)
        number = "".join(found[1].split()) if found else text if text.isdecimal() else None
        day = self._day(entry.cell(dated.at)) if dated else None
        if day is None and column is not None:
            day = day_in(text, self.setting.today)
        authority = self._text(entry, "authority", beside=beside)
        return number, day, authority or None

    def _day(self, cell: Cell | None) -> date | None:
        if cell is None or cell.blank:
            return None
        day = cell.day or self.sheet.counted_day(cell) or day_in(cell.text, self.setting.today)
        if day is None and len(cell.text.strip()) > WHOLE_YEARS:
            self._tell("no_such_day", cell.place, text=cell.text.strip())
        return day

    def _text(self, entry: Entry, role: Role, *, beside: Column | None = None) -> str:
        column = self.columns.first(role, beside=beside)
        return " ".join(entry.text(column.at).split()) if column else ""

    def _tell(self, code: str, cell: str, **operands: object) -> None:
        self.findings.append(told(code, self.sheet.name, cell, **operands))

    def _tell_of(self, entry: Entry) -> Callable[..., None]:
        def tell(code: str, cell: Cell, **operands: object) -> None:
            if code not in OF_TITLES:
                self._tell(code, place(entry.row, cell.column), **operands)

        return tell


def _scope(text: str, authority: str | None) -> str:
    """How far an initiative reaches; recognised is at least in its unit."""
    words = fold(f"{text} {authority or ''}")
    if any(word in words for word in ("toan quoc", "quoc gia", "nha nuoc", "cap bo")):
        return "nation"
    return "province" if "tinh" in words.split() else "commune"


def _nature(text: str) -> str:
    words = fold(text)
    return next((nature for said, nature in NATURES if said in words), GIVEN)
