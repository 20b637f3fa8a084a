"""Lists of expected dossiers as people look at them: who owes, until when, who is silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.office.words import Words
from workflow.model.calendar import local_date
from workflow.model.expecting import Expectation, days_late, due_of, ended, owing, proposes_list
from workflow.model.facts import Item, Key
from workflow.model.roles import speaking_for
from workflow.model.substitution import stand_in_of
from workflow.model.tasks import Task


class Owed(NamedTuple):
    """One body's dossier to a task. `late` are the calendar days that its silence is, or was, past its date;
    `guidance` is the content of the task whose paper asks for it. A silent body that exists no more `ended`:
    nobody waits for it."""

    task: Item
    expectation: Expectation
    late: int
    speakers: tuple[str, ...]
    guidance: str | None
    ended: bool

    @property
    def key(self) -> Key:
        return self.task.key

    @property
    def body(self) -> str:
        return self.expectation.body

    @property
    def status(self) -> str:
        """That of the row, or `ended`."""
        return "ended" if self.ended else self.expectation.status

    @property
    def due(self) -> date | None:
        return due_of(self.expectation, self.task)

    @property
    def derived(self) -> bool:
        return self.expectation.due_on is None and self.task.due_mark == "derived"

    @property
    def waited_for(self) -> bool:
        """Whether the body is silent and its task still takes dossiers."""
        return self.status == "silent" and self.task.closed_on is None


class OwedList(NamedTuple):
    """All that is owed to one task, in the directory's order."""

    task: Item
    owed: tuple[Owed, ...]

    @property
    def key(self) -> Key:
        return self.task.key

    @property
    def content(self) -> str:
        return Task.of(self.task).content

    def count(self, status: str) -> int:
        return sum(owed.status == status for owed in self.owed)

    @property
    def asked(self) -> int:
        """How many answered or are waited for."""
        return self.answered + self.count("silent")

    @property
    def answered(self) -> int:
        return self.count("received") + self.count("nothing")

    @property
    def silent(self) -> tuple[Owed, ...]:
        return tuple(owed for owed in self.owed if owed.status == "silent")


def lists_of(looking: Looking, *, of: Key | None = None) -> tuple[OwedList, ...]:
    """The year's lists in the plan's order after those of tasks that are open of earlier years, or the one of
    a task."""
    if of is None:
        return looking.once("lists", "", lambda: _lists(looking, _expectations(looking)))
    return _lists(looking, looking.reading.expectations(of.office, of.year, ref=of.ref))


def _lists(looking: Looking, found: Mapping[Key, tuple[Expectation, ...]]) -> tuple[OwedList, ...]:
    # A list needs no other task than its own and its guidance, which may be closed.
    guidance = {key._replace(ref=row.guidance) for key, rows in found.items() for row in rows if row.guidance}
    tasks = looking.reading.items({*found, *guidance})
    return tuple(_list(looking, tasks[key], rows, tasks) for key, rows in found.items())


def tasks_of(looking: Looking) -> tuple[Item, ...]:
    """The year's tasks after those that are open of earlier years."""
    return looking.once("tasks", "", lambda: looking.reading.tasks(*looking.span))


def _expectations(looking: Looking) -> Mapping[Key, tuple[Expectation, ...]]:
    return looking.once("expectations", "", lambda: looking.reading.expectations(*looking.span))


def owing_to(looking: Looking, body: str) -> tuple[Key, ...]:
    """The tasks to which the body still owes a dossier."""
    return tuple(
        one.key
        for one in lists_of(looking)
        if any(each.expectation.body == body and each.expectation.status == "silent" for each in one.owed)
    )


def _list(
    looking: Looking, task: Item, expectations: tuple[Expectation, ...], tasks: Mapping[Key, Item]
) -> OwedList:
    place = {body.id: at for at, body in enumerate(looking.directory.bodies)}
    ordered = sorted(expectations, key=lambda row: (place.get(row.body, len(place)), row.body))
    return OwedList(task, tuple(_owed(looking, task, row, tasks) for row in ordered))


def _owed(looking: Looking, task: Item, row: Expectation, tasks: Mapping[Key, Item]) -> Owed:
    guidance = tasks.get(task.key._replace(ref=row.guidance or ""))
    return Owed(
        task=task,
        expectation=row,
        late=days_late(row, task, looking.today),
        speakers=speakers_of(looking, row.body),
        guidance=Task.of(guidance).content if guidance else None,
        ended=ended(row, looking.directory, looking.today),
    )


class ProposedList(NamedTuple):
    """An approved movement for which nobody was asked yet, and the bodies that would be."""

    task: Item
    bodies: tuple[str, ...]


def proposed_lists(looking: Looking, *, of: Key | None = None) -> tuple[ProposedList, ...]:
    """The lists that wait for somebody to confirm whom they ask, in the plan's order; the one of a task."""
    reading = looking.reading
    if of is None:
        asked, tasks = set(_expectations(looking)), tasks_of(looking)
    else:
        asked, item = set(reading.expectations(of.office, of.year, ref=of.ref)), reading.item(of)
        tasks = () if item is None else (item,)
    return tuple(
        ProposedList(task, owing(Task.of(task), looking.directory, guided=False, today=looking.today))
        for task in tasks
        if task.key not in asked and proposes_list(task, looking.kind(task))
    )


def speakers_of(looking: Looking, body: str) -> tuple[str, ...]:
    """The accounts that speak for the body today."""
    return speaking_for(looking.directory, body, looking.today)


def answers_for(owed: Owed, account: str, looking: Looking) -> bool:
    """Whether the account speaks for the body, itself or for somebody who is absent today."""
    there = (stand_in_of(id, looking.substitutions, looking.today) for id in owed.speakers)
    return account in owed.speakers or account in there


def owed_by(looking: Looking, account: str | None) -> list[Owed]:
    """What bodies owe to open tasks and have not answered, nearest due first; with an account what it would
    answer for."""
    waited_for = [owed for listed in lists_of(looking) for owed in listed.owed if owed.waited_for]
    mine = [owed for owed in waited_for if account is None or answers_for(owed, account, looking)]
    return sorted(mine, key=lambda owed: (owed.due or date.max, owed.key))


def chased_on(looking: Looking, owed: Owed) -> date | None:
    """The local day on which the body was written to last."""
    at = owed.expectation.chased_at
    return None if at is None else local_date(at, looking.zone)


# -- in words -------------------------------------------------------------------------------------------


def ground_text(looking: Looking, listed: OwedList) -> str:
    """The guidance with the number and day of its paper, as far as they are known."""
    owed = next((owed for owed in listed.owed if owed.expectation.paper), listed.owed[0])
    content, row = owed.guidance or "", owed.expectation
    if row.paper is None or row.paper_on is None:
        return content
    return looking.words("expect.paper", noi_dung=content, so=row.paper, ngay=looking.day(row.paper_on))


def counts_text(looking: Looking, listed: OwedList) -> str:
    """How many have sent, proposed nothing, not answered."""
    return counted_text(
        looking.words,
        {status: listed.count(status) for status in ("received", "nothing", "silent")},
    )


def counted_text(words: Words, counts: dict[str, int]) -> str:
    return words(
        "expect.counts",
        n=counts["received"],
        m=sum(counts.values()),
        khong_co=counts["nothing"],
        chua_co=counts["silent"],
    )


def status_text(looking: Looking, owed: Owed) -> str:
    """The body's answer; of a silent one that it is late."""
    if owed.status == "silent" and owed.late:
        return looking.words("marker.overdue", n=owed.late)
    return looking.words(f"expect.status.{owed.status}")


def answer_text(looking: Looking, owed: Owed) -> str:
    said = (owed.expectation.dossier, looking.day(owed.expectation.answered_on))
    return " ".join(part for part in said if part)


def chased_text(looking: Looking, owed: Owed) -> str:
    day = chased_on(looking, owed)
    if day is None:
        return ""
    return looking.words("expect.times", n=owed.expectation.chased, ngay=looking.day(day))


# -- for scripts -----------------------------------------------------------------------------------------


class OwedRecord(NamedTuple):
    """One body's dossier. `due` is the task's date where the list has none of its own; `speakers` are the
    accounts that answer for the body. A body that would be asked once somebody confirms it is `proposed`,
    with no day on which it was asked."""

    ref: str
    year: int
    body: str
    status: str
    due: date | None
    derived: bool
    days_late: int
    asked_on: date | None
    answered_on: date | None
    dossier: str | None
    chased: int
    chased_at: datetime | None
    guidance: str | None
    paper: str | None
    paper_on: date | None
    speakers: tuple[str, ...]
    open: bool


def owed_record(owed: Owed) -> OwedRecord:
    row = owed.expectation
    return OwedRecord(
        ref=owed.key.ref,
        year=owed.key.year,
        body=row.body,
        status=owed.status,
        due=owed.due,
        derived=owed.derived,
        days_late=owed.late,
        asked_on=row.asked_on,
        answered_on=row.answered_on,
        dossier=row.dossier,
        chased=row.chased,
        chased_at=row.chased_at,
        guidance=row.guidance,
        paper=row.paper,
        paper_on=row.paper_on,
        speakers=owed.speakers,
        open=owed.task.closed_on is None,
    )


def proposed_records(looking: Looking, proposed: ProposedList) -> tuple[OwedRecord, ...]:
    task = proposed.task
    return tuple(
        OwedRecord(
            ref=task.key.ref,
            year=task.key.year,
            body=body,
            status="proposed",
            due=task.due_on,
            derived=task.due_mark == "derived",
            days_late=0,
            asked_on=None,
            answered_on=None,
            dossier=None,
            chased=0,
            chased_at=None,
            guidance=None,
            paper=None,
            paper_on=None,
            speakers=speakers_of(looking, body),
            open=True,
        )
        for body in proposed.bodies
    )
