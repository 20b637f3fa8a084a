"""What a report consists of, as frozen records: for scripts, and for the tables that are made of them."""

# No postponed annotations: as texts each field's would be compiled at every start.

from datetime import date
from typing import NamedTuple

from runtime.views.movements import MovementLine
from workflow.model.award_counts import DirectShare, Tally
from workflow.model.prizes import Prize

COMMUNE = "commune"
VILLAGE = "thon"


class TitleRow(NamedTuple):
    """A title or form: how many awards by kind, how many have them, and the awards that were revoked."""

    title: str
    level: str
    collectives: int
    households: int
    persons: int
    lines: int
    recipients: int
    revoked: int


class ObjectRow(NamedTuple):
    """A title or form by whom it was given to and in which way; `categories` are those of persons, in the
    order of `CATEGORIES`, then those without; `types` are counts by the types' ids, merit over time first."""

    title: str
    level: str
    lines: int
    collectives: int
    households: int
    persons: int
    categories: tuple[int, ...]
    types: dict[str, int]


class BodyRow(NamedTuple):
    """A body that may nominate: what it sent in the days of the report, and what came of it by titles.
    `nothing`: it answered that it has nobody to nominate."""

    body: str
    kind: str
    dossiers: int
    nominees: int
    lines: int
    recipients: int
    titles: dict[str, int]
    nothing: bool


class QuarterRow(NamedTuple):
    quarter: str
    lines: int


class LateRow(NamedTuple):
    """A task that was done late, or is late (`closed_on` null)."""

    ref: str
    content: str
    due: date | None
    closed_on: date | None
    days: int


class TaskFigures(NamedTuple):
    """The tasks of the plan: done in time and late, open and late or in time."""

    in_time: int
    late: int
    overdue: int
    open: int
    stopped: int
    rows: tuple[LateRow, ...]


class FundFigures(NamedTuple):
    """The fund of the year in whole đồng: what came in, what went out beside awards, what there is for them,
    what the decisions that were issued by the last day of the report take of it by titles, what was paid
    beyond that and is to be recovered, and what is left. `kept` says whether it was entered at all."""

    income: int
    outlay: int
    available: int
    prizes: tuple[Prize, ...]
    to_recover: int
    left: int
    kept: bool

    @property
    def given(self) -> int:
        return sum(prize.amount for prize in self.prizes)


class PaperLine(NamedTuple):
    """A paper of the office about a task or a movement."""

    number: str
    day: date
    content: str


class RevokedRow(NamedTuple):
    """A revoked award; `counted_in` is the report that was issued before and counts it still."""

    ref: str
    title: str
    number: str
    day: date
    revoked_by: str | None
    revoked_on: date | None
    counted_in: str | None


class Report(NamedTuple):
    """A report's figures on the days from `first` to `last`, as they are known on `as_of`. They are
    provisional while the tasks `waits_for` are open."""

    kind: str
    year: int
    first: date
    last: date
    as_of: date
    waits_for: tuple[str, ...]
    decisions: int
    total: Tally
    higher: Tally
    direct: DirectShare
    titles: tuple[TitleRow, ...]
    objects: tuple[ObjectRow, ...]
    quarters: tuple[QuarterRow, ...]
    bodies: tuple[BodyRow, ...]
    tasks: TaskFigures
    movements: tuple[MovementLine, ...]
    sessions: int
    fund: FundFigures
    papers: tuple[PaperLine, ...]
    revoked: tuple[RevokedRow, ...]

    @property
    def provisional(self) -> bool:
        return bool(self.waits_for) or self.as_of < self.last

    @property
    def silent_villages(self) -> tuple[BodyRow, ...]:
        """The villages that nominated nobody."""
        return tuple(row for row in self.bodies if row.kind == VILLAGE and not row.dossiers)
