"""The chase record: who was told of which deadline, when, how often, and what came of it. Looking only.

Read from the notices that deadlines made and the log's changes by people; here are ids, instants and counts,
no words. An answer is the first change of the item by anybody after the notice; a dossier's own changes
are not its task's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from runtime.office.looking import Looking
from runtime.views.expected import OwedList, lists_of
from storage.values import Change, DeadlineNotice
from workflow.model.calendar import local_date
from workflow.model.facts import Item
from workflow.model.lateness import days_past
from workflow.model.tasks import Task

Told = TypeVar("Told", Change, DeadlineNotice)

LEVELS = ("head", "standing", "vice", "chair")
"""The rungs of the ladder, from below."""
KINDS = ("reminder", "due_today", "overdue", "repeat", *LEVELS, "ask")
"""What is counted: notices to whoever must act, escalations by level, monthly questions."""


@dataclass(frozen=True, slots=True)
class FirstChange:
    """The first change after a notice; `days` are calendar days, 0 on the same day."""

    at: datetime
    actor: str
    event: str
    days: int


@dataclass(frozen=True, slots=True)
class RecordedNotice:
    """One notice of the chase record, with the first change of the item after it (`answer`).

    `late` are the days past the due date then, `late_s` the seconds by which the program sent it late;
    `name`, `policy` and `term` are those of the deadline row.
    """

    at: datetime
    kind: str
    level: str | None
    to: str
    status: str
    due_on: date
    derived: bool
    late: int
    late_s: int
    answer: FirstChange | None
    name: str = ""
    policy: str | None = None
    term: str | None = None

    @property
    def counted_as(self) -> str:
        """One of `KINDS`."""
        return self.level if self.kind == "escalation" and self.level else self.kind


@dataclass(frozen=True, slots=True)
class Tally:
    """Notices by kind, and how they were answered; `longest` is None while nothing was answered."""

    items: int
    counts: dict[str, int]
    answered: int
    longest: int | None

    @property
    def notices(self) -> int:
        return sum(self.counts.values())


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
    told = [one for item in items for one in item.told]
    answers = [one.answer.days for one in told if one.answer]
    return Tally(
        items=len(items),
        counts={kind: sum(one.counted_as == kind for one in told) for kind in KINDS},
        answered=len(answers),
        longest=max(answers, default=None),
    )


def chase_of(looking: Looking, quarters: Iterable[str] = ()) -> Chase:
    """The record of the year's items of the plan's `quarters`, all of them without any; a dossier belongs to
    its task's quarter. Items about which nobody was told anything are left out."""
    reading, office, year = looking.reading, looking.office, looking.year
    wanted = tuple(dict.fromkeys(quarters))
    told = _by_ref(reading.told(office, year))
    changes = _by_ref(reading.changes(office, year))
    tasks = reading.tasks(office, year)
    quarter_of = {item.key.ref: Task.of(item).quarter for item in tasks}
    items = [
        Chased(
            item=item,
            quarter=quarter,
            body=item.details.responsible,
            days_late=looking.days_late(item),
            told=tuple(
                _recorded(notice, changes.get(item.key.ref, ()), looking) for notice in told[item.key.ref]
            ),
        )
        for item in (*tasks, *reading.dossiers(office, year))
        if item.key.ref in told
        and (quarter := quarter_of[item.parent or item.key.ref])
        and (not wanted or quarter in wanted)
    ]
    expected = (listed for listed in lists_of(looking) if not wanted or Task.of(listed.task).quarter in wanted)
    return Chase(year, wanted, tuple(items), tuple(expected))


def _by_ref(rows: Iterable[Told]) -> dict[str, list[Told]]:
    """Rows by item, each item's in their order."""
    found: dict[str, list[Told]] = {}
    for row in rows:
        found.setdefault(row.ref, []).append(row)
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
        due_on=notice.due_date,
        derived=notice.derived,
        late=days_past(notice.due_date, day),
        late_s=notice.late_s or 0,
        answer=_answer(first, day, looking) if first else None,
        name=notice.name,
        policy=notice.policy,
        term=notice.term,
    )


def _answer(change: Change, day: date, looking: Looking) -> FirstChange:
    days = (local_date(change.at, looking.zone) - day).days
    return FirstChange(change.at, change.actor, change.event, days)
