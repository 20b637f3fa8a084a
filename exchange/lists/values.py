"""What is read of a nominee list, as frozen values: its lines, what is found wrong with them, the dossiers
that they propose.

`exchange.lists.reading` makes them; `exchange.lists.record` gives them as JSON has them. A line is one award
proposed for one nominee, so that a row with two titles gives two lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from exchange.lists.amounts import SHARE
from exchange.lists.names import spelling_key
from workflow.model.definition import Text

Kind = Literal["person", "collective", "household"]
Rating = Literal["htxsnv", "httnv", "htnv", "khtnv"]
Severity = Literal["info", "warning", "error"]
Category = Literal["lanh_dao_tinh", "lanh_dao_so", "doanh_nhan", "lanh_dao", "truc_tiep"]
"""Whom the statistics count apart, as in a dossier's line."""
Use = Literal["nominees", "history", "lookup", "not_nominated", "other"]
"""What a sheet is: the list, awards of earlier years, words to choose from, who is not proposed, else."""


class Initiative(NamedTuple):
    """A recognised initiative, as far as the list says: its name, the decision's number and its day."""

    name: str | None = None
    number: str | None = None
    date: date | None = None

    @property
    def said(self) -> bool:
        return any(self)


class Paper(NamedTuple):
    """The paper that the list comes with (tờ trình, văn bản đề nghị)."""

    number: str | None = None
    date: date | None = None


NO_PAPER = Paper()


class Posted(NamedTuple):
    """From which to which day the list hung out in the village."""

    from_: date
    to: date


@dataclass(frozen=True, slots=True)
class Finding:
    """What was tidied, doubted or refused in a cell, or in an area: `I16:J16`. Without a cell it is the
    file's. `say` ends with the cure where there is one."""

    sheet: str
    cell: str
    code: str
    severity: Severity
    say: Text


@dataclass(frozen=True, slots=True)
class Line:
    """One award proposed for one nominee. `row` counts as in the sheet; `stt` is the number that the list
    gives it. `name` is as sent, but composed and tidied.

    `title` is the rule pack's id, None where the list's word means none: `ask` then says what to ask, as it
    does of every line that needs an answer. `title_cell` is the cell that said the title, if any.
    `expected`: the rating is not given yet (*dự kiến*). `born` is `1974-03-02`, `1994-07` or `1968`.
    `people` is the size of a household or collective; `ldtt`, `cstdcs`, `disciplined` and `not_completed`
    are counts of its members. `months` are those of work. `opinion` is the vote at the source, as written.
    `duplicate_of` and `suspect_of` are rows of the same sheet, or of the one that `twin_sheet` names."""

    sheet: str
    row: int
    kind: Kind
    name: str
    title: str | None
    level: str | None = None
    stt: int | None = None
    name_cell: str = ""
    title_cell: str | None = None
    title_text: str | None = None
    position: str | None = None
    unit: str | None = None
    born: str | None = None
    female: bool | None = None
    rating: Rating | None = None
    expected: bool = False
    rating_cell: str | None = None
    initiative: Initiative | None = None
    score: float | None = None
    score_cell: str | None = None
    people: int | None = None
    ldtt: int | None = None
    cstdcs: int | None = None
    disciplined: int | None = None
    not_completed: int | None = None
    months: int | None = None
    opinion: str | None = None
    opinion_cell: str | None = None
    achievement: str | None = None
    amount: int | None = None
    category: Category | None = None
    earlier: str | None = None
    note: str | None = None
    duplicate_of: int | None = None
    suspect_of: int | None = None
    twin_sheet: str | None = None
    ask: Text | None = None

    @property
    def votes(self) -> str | None:
        """`40/41` of *40/41 (97,6%)*; None where the opinion is no such number."""
        found = SHARE.search(self.opinion or "")
        return f"{int(found[1])}/{int(found[2])}" if found and int(found[1]) <= int(found[2]) else None

    @property
    def key(self) -> str:
        """The name as it is compared: `hòang văn thủy` of `Hoàng Văn Thuỷ`."""
        return spelling_key(self.name)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet of the file. `header_rows` are the rows of its heading, `skip_rows` those that count the
    columns or repeat the heading; `why` it was not read. `numbering` are its first and last number."""

    name: str
    use: Use
    hidden: bool = False
    header_rows: tuple[int, ...] = ()
    skip_rows: tuple[int, ...] = ()
    why: Text | None = None

    @property
    def read(self) -> bool:
        return self.use == "nominees"


@dataclass(frozen=True, slots=True)
class Ignored:
    """Rows of a sheet that is read, from first to last, which are no nominees."""

    sheet: str
    first: int
    last: int
    why: Text

    @property
    def rows(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}:{self.last}"


@dataclass(frozen=True, slots=True)
class Totals:
    """Rows with a nominee, and how many are left without duplicates; `declared` is the list's own count."""

    declared: int | None
    rows_read: int
    distinct: int


NO_TOTALS = Totals(None, 0, 0)


@dataclass(frozen=True, slots=True)
class ProposedDossier:
    """Lines that go together: one level decides them, on one path. `path` is None where it hangs on the type
    of commendation, which the list does not name. `titles` counts lines without duplicates."""

    level: str
    path: str | None
    titles: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ReadList:
    """A nominee list as read. `body` is the office's body that its head names, `period` is `2026` or the
    school year `2025-2026`, `type` the type of commendation, `form` the form's name, each None if unsaid.
    `columns` are what the list has columns for: what it does not ask for it does not deny."""

    file: str
    sheets: tuple[ReadSheet, ...]
    lines: tuple[Line, ...] = ()
    findings: tuple[Finding, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    totals: Totals = NO_TOTALS
    dossiers: tuple[ProposedDossier, ...] = ()
    paper: Paper = NO_PAPER
    body: str | None = None
    body_text: str | None = None
    period: str | None = None
    type: str | None = None
    posted: Posted | None = None
    form: str | None = None
    columns: frozenset[str] = frozenset()

    @property
    def refused(self) -> bool:
        """Whether nothing can be taken in of it."""
        return not self.lines
