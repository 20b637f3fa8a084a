"""The chase record: who was told of which deadline, when, how often, and what came of it. Looking only.

Read from the notices that deadlines made and the log's changes by people; here are ids, instants and counts,
no words. An answer is the first change of the item by anybody after the notice; a dossier's own changes
are not its task's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from runtime.office.looking import Looking
from runtime.views.expected import OwedList, OwedRecord, lists_of, owed_record
from runtime.views.items import QUARTERS
from storage.records import Change, DeadlineNotice
from workflow.model.calendar import local_date
from workflow.model.facts import Item
from workflow.model.lateness import days_past
from workflow.model.roles import is_superior
from workflow.model.tasks import Task

Told = TypeVar("Told", Change, DeadlineNotice)

LEVELS = ("head", "standing", "vice", "chair")
"""The rungs of the ladder, from below."""
KINDS = ("reminder", "due_today", "overdue", "repeat", *LEVELS, "ask")
"""What is counted: notices to whoever must act, escalations by level, monthly questions."""


class FirstChange(NamedTuple):
    """The first change after a notice; `days` are calendar days, 0 on the same day."""

    at: datetime
    actor: str
    event: str
    days: int


class RecordedNotice(NamedTuple):
    """One notice of the chase record, with the first change of the item after it (`answer`).

    `days_late` are the days past the due date then, `late_s` the seconds by which the program sent it late;
    `row`, `policy` and `term` are those of the deadline row.
    """

    at: datetime
    kind: str
    level: str | None
    to: str
    status: str
    row: str
    due: date
    derived: bool
    days_late: int
    late_s: int
    answer: FirstChange | None
    policy: str | None
    term: str | None

    @property
    def counted_as(self) -> str:
        """One of `KINDS`."""
        return self.level if self.kind == "escalation" and self.level else self.kind


class Tally(NamedTuple):
    """Notices by kind, and how they were answered; `longest_days` is None while nothing was answered."""

    items: int
    notices: int
    counts: dict[str, int]
    answered: int
    longest_days: int | None


@dataclass(frozen=True, slots=True)
class Chased:
    """An item and what was told about it. `quarter` and `body` (who must deliver) the
    plan's; `days_late` counts to its closing, else to today."""

    item: Item
    quarter: str
    body: str
    days_late: int
    told: tuple[RecordedNotice, ...]

    @property
    def tally(self) -> Tally:
        return tally([self])


@dataclass(frozen=True, slots=True)
class Chase:
    """The record of a year or of some of its quarters: items in the plan's order, bodies in the items'.

    `expected` are the lists of dossiers that bodies owe to the quarters' tasks.
    """

    year: int
    quarters: tuple[str, ...]
    items: tuple[Chased, ...]
    expected: tuple[OwedList, ...] = ()

    @property
    def bodies(self) -> dict[str, Tally]:
        names = dict.fromkeys(item.body for item in self.items)
        return {name: tally([item for item in self.items if item.body == name]) for name in names}

    @property
    def total(self) -> Tally:
        return tally(self.items)


def tally(items: Sequence[Chased]) -> Tally:
    told = [notice for item in items for notice in item.told]
    answers = [notice.answer.days for notice in told if notice.answer]
    counts = {kind: sum(notice.counted_as == kind for notice in told) for kind in KINDS}
    return Tally(len(items), sum(counts.values()), counts, len(answers), max(answers, default=None))


def chase_of(looking: Looking, quarters: Iterable[str] = ()) -> Chase:
    """The record of the year's items and of those that are open of earlier years, of their plan's `quarters`,
    all of them without any; a dossier belongs to its task's quarter. Items about which nobody was told
    anything are left out."""
    reading, wanted = looking.reading, tuple(dict.fromkeys(quarters))
    told = _by_item((row.year, row.ref, row) for row in reading.told(*looking.span))
    changes = _by_item((row.log, row.ref, row) for row in reading.changes(*looking.span))
    tasks = reading.tasks(*looking.span)
    quarter_of = {item.key: Task.of(item).quarter for item in tasks}
    items = [
        Chased(
            item=item,
            quarter=quarter,
            body=item.details.responsible,
            days_late=looking.days_late(item),
            told=tuple(
                _recorded(notice, changes.get(item.key[1:], ()), looking) for notice in told[item.key[1:]]
            ),
        )
        for item in (*tasks, *reading.dossiers(*looking.span))
        if item.key[1:] in told
        and (quarter := quarter_of[item.key._replace(ref=item.parent or item.key.ref)])
        and (not wanted or quarter in wanted)
    ]
    expected = (
        listed for listed in lists_of(looking) if not wanted or Task.of(listed.task).quarter in wanted
    )
    return Chase(looking.year, wanted, tuple(items), tuple(expected))


def _by_item(rows: Iterable[tuple[int, str, Told]]) -> dict[tuple[int, str], list[Told]]:
    """Rows by the year and the reference of their item, each item's in their order."""
    found: dict[tuple[int, str], list[Told]] = {}
    for year, ref, row in rows:
        found.setdefault((year, ref), []).append(row)
    return found


def _recorded(notice: DeadlineNotice, changes: Sequence[Change], looking: Looking) -> RecordedNotice:
    day = local_date(notice.at, looking.zone)
    first = next((change for change in changes if change.seq > notice.seq), None)
    return RecordedNotice(
        at=notice.at,
        kind=notice.kind,
        level=notice.level,
        to=notice.to,
        status=notice.status,
        row=notice.name,
        due=notice.due_date,
        derived=notice.derived,
        days_late=days_past(notice.due_date, day),
        late_s=notice.late_s or 0,
        answer=_answer(first, day, looking) if first else None,
        policy=notice.policy,
        term=notice.term,
    )


def _answer(change: Change, day: date, looking: Looking) -> FirstChange:
    days = (local_date(change.at, looking.zone) - day).days
    return FirstChange(change.at, change.actor, change.event, days)


# -- in words --------------------------------------------------------------------------------------------


def told_text(told: RecordedNotice, looking: Looking) -> str:
    """A notice's kind in words, with the term that it is about; what goes to the chair or vice chair is
    presented, never a reminder."""
    term = looking.term_label(told.term, told.policy)
    return f"{_kind_text(told, looking)}: {looking.words.inside(term)}" if term else _kind_text(told, looking)


def _kind_text(told: RecordedNotice, looking: Looking) -> str:
    if told.kind == "escalation" and told.level:
        return looking.words(f"level.{told.level}")
    if is_superior(looking.directory, told.to) and looking.words.has(f"chase.to_superior.{told.kind}"):
        return looking.words(f"chase.to_superior.{told.kind}")
    return looking.words(f"notice_kind.{told.kind}")


def answer_event(answer: FirstChange, looking: Looking, item: Chased) -> str:
    return looking.event_text(answer.event, looking.machine(item.item.digest), past=True)


def answer_text(told: RecordedNotice, looking: Looking, item: Chased) -> str:
    answer, words = told.answer, looking.words
    if answer is None:
        return "" if item.item.closed_on else words("chase.unanswered")
    said = answer_event(answer, looking, item)
    return (
        words("chase.after", su_kien=said, n=answer.days)
        if answer.days
        else words("chase.same_day", su_kien=said)
    )


# -- for scripts -----------------------------------------------------------------------------------------


class ChasedRecord(NamedTuple):
    """An item's dates, its tally and each notice."""

    ref: str
    year: int
    quarter: str
    body: str
    state: str
    due: date | None
    derived: bool
    due_first: date | None
    closed_on: date | None
    days_late: int
    items: int
    notices: int
    counts: dict[str, int]
    answered: int
    longest_days: int | None
    told: tuple[RecordedNotice, ...]


class BodyRecord(NamedTuple):
    record: Tally
    body: str


class ChaseRecord(NamedTuple):
    """The record with ids; days are calendar days."""

    office: str
    year: int
    quarters: tuple[str, ...]
    as_of: datetime
    items: tuple[ChasedRecord, ...]
    bodies: tuple[BodyRecord, ...]
    total: Tally
    expected: tuple[OwedRecord, ...]


def chase_record(looking: Looking, chase: Chase) -> ChaseRecord:
    return ChaseRecord(
        office=looking.office,
        year=chase.year,
        quarters=chase.quarters or QUARTERS,
        as_of=looking.now,
        items=tuple(_chased_record(chased) for chased in chase.items),
        bodies=tuple(BodyRecord(tally, body) for body, tally in chase.bodies.items()),
        total=chase.total,
        expected=tuple(owed_record(owed) for listed in chase.expected for owed in listed.owed),
    )


def _chased_record(chased: Chased) -> ChasedRecord:
    item = chased.item
    return ChasedRecord(
        item.key.ref,
        item.key.year,
        chased.quarter,
        chased.body,
        item.state,
        item.due_on,
        item.due_mark == "derived",
        item.due_first,
        item.closed_on,
        chased.days_late,
        *chased.tally,
        chased.told,
    )
