"""Expected dossiers: which bodies owe one to a task, and what an answer makes of it.

Values and pure functions. What an event does to a list is in `workflow.services.follow`, what people do to it
in `workflow.services.expect`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal, NamedTuple

from workflow.model.calendar import local_date
from workflow.model.dossiers import ReceivedDossier
from workflow.model.facts import Item, Plain
from workflow.model.lateness import days_past
from workflow.model.machine import Machine, TaskKind
from workflow.model.office import Office
from workflow.model.tasks import PlannedTask, Task

Status = Literal["silent", "received", "nothing"]
APPROVED = "approved"


class Expectation(NamedTuple):
    """One body's dossier as a task expects it. `due_on` None: by the task's own date.

    `dossier` is the one received, `answered_on` the day of its receipt or of the word that there is nothing
    to propose. `guidance` is the task whose paper (number, day) asks for it; None where the task itself does.
    """

    body: str
    asked_on: date
    due_on: date | None = None
    guidance: str | None = None
    paper: str | None = None
    paper_on: date | None = None
    status: Status = "silent"
    dossier: str | None = None
    answered_on: date | None = None
    chased: int = 0
    chased_at: datetime | None = None


class Basis(NamedTuple):
    """What asks for the dossiers: a finished guidance with its paper's number and day, as far as known."""

    guidance: str
    paper: str | None = None
    paper_on: date | None = None


# -- who owes --------------------------------------------------------------------------------------------


def asked(office: Office, today: date) -> tuple[str, ...]:
    """The bodies that are asked for dossiers, in the directory's order: those that may send them, exist
    today, and are asked for any title at all."""
    return tuple(
        body.id for body in office.bodies if body.nominates and body.lives_on(today) and body.asked_for != ()
    )


def owing(task: Task, office: Office, *, guided: bool, today: date) -> tuple[str, ...]:
    """The bodies that owe a dossier, in the directory's order. Of one that ended, its successor does.

    A guidance goes to every body of the commune, so every one that nominates owes an answer to it; else those
    that the row names, groups standing for their members, and all where it names none.
    """
    everybody = asked(office, today)
    named = {living.id for id in _members(task.bodies, office) if (living := office.living(id, today))}
    return everybody if guided else tuple(id for id in everybody if id in named) or everybody


def _members(bodies: Iterable[str], office: Office) -> Iterator[str]:
    """The bodies and all that they stand for; a group within a group is looked into once."""
    ahead, seen = list(bodies), set[str]()
    while ahead:
        id = ahead.pop()
        if id in seen:
            continue
        seen.add(id)
        yield id
        found = office.body(id)
        ahead += found.members if found else ()


# -- which task asks for which ---------------------------------------------------------------------------


def guiding_kinds(kind: TaskKind | None) -> tuple[str, ...]:
    """The kinds on whose tasks one of this kind rests when it gives awards."""
    return kind.after if kind is not None and kind.gives_awards else ()


def guided_kinds(kind: TaskKind | None, machine: Machine) -> tuple[str, ...]:
    """The kinds of the tasks that give awards and rest on tasks of this kind."""
    return tuple(other.id for other in machine.kinds if kind is not None and kind.id in guiding_kinds(other))


def collects_by_itself(kind: TaskKind | None) -> bool:
    """Whether a task of this kind gives awards without resting on another: a movement."""
    return kind is not None and kind.gives_awards and not kind.after


def proposes_list(task: Item, kind: TaskKind | None) -> bool:
    """Whether the task is an approved movement: the bodies that owe it a dossier are asked once somebody
    confirms whom, and until then nobody is told."""
    return task.state == APPROVED and collects_by_itself(kind)


def guided_by(guidance: PlannedTask, task: PlannedTask, machine: Machine) -> bool:
    """Whether the task is the award row of the guidance: its kind comes after it and the period is the same;
    where a row names no period, the quarter."""
    if guidance.kind not in guiding_kinds(machine.kind(task.kind)):
        return False
    if guidance.period is None or task.period is None:
        return guidance.quarter == task.quarter
    return guidance.period == task.period


def basis_of(guidance: str, inputs: Mapping[str, Plain]) -> Basis:
    """The guidance with the number and the day that finished it, from its event's inputs."""
    number = inputs.get("paper_number", inputs.get("paper"))
    day = inputs.get("paper_date", inputs.get("date"))
    return Basis(
        guidance,
        number if isinstance(number, str) else None,
        date.fromisoformat(day) if isinstance(day, str) else None,
    )


# -- who is waited for -----------------------------------------------------------------------------------


def ended(row: Expectation, office: Office, today: date) -> bool:
    """Whether the body that owes the dossier exists no more: nobody writes to it or waits for its answer."""
    body = office.body(row.body)
    return row.status == "silent" and body is not None and not body.lives_on(today)


# -- until when -------------------------------------------------------------------------------------------


def due_of(row: Expectation, task: Item) -> date | None:
    """The day on which the body owes its dossier: the one that it was given, else the task's."""
    return row.due_on or task.due_on


def days_late(row: Expectation, task: Item, today: date) -> int:
    """Calendar days past that day: to the answer, else to the end of the task, else to today. None of them
    counts by the date of a task that waits for others."""
    due = due_of(row, task)
    if row.due_on is None and task.waiting:
        return 0
    return 0 if due is None else days_past(due, row.answered_on or task.closed_on or today)


# -- what becomes of it ----------------------------------------------------------------------------------


def opened(
    standing: Sequence[Expectation],
    bodies: Iterable[str],
    dossiers: Sequence[ReceivedDossier],
    *,
    asked_on: date,
    due_on: date | None = None,
    basis: Basis | None = None,
) -> tuple[Expectation, ...]:
    """The rows that are new or changed when `bodies` are asked, each with the dossier it sent already.

    Those that stand keep their answers; a date or a basis that is given is theirs from now on.
    """
    known = {row.body: row for row in standing}
    asked = (known.get(body, Expectation(body, asked_on)) for body in dict.fromkeys(bodies))
    now = tuple(_received_already(_renewed(row, due_on, basis), dossiers) for row in asked)
    return tuple(row for row in now if known.get(row.body) != row)


def _renewed(row: Expectation, due_on: date | None, basis: Basis | None) -> Expectation:
    if due_on is not None:
        row = row._replace(due_on=due_on)
    if basis is not None:
        row = row._replace(guidance=basis.guidance, paper=basis.paper, paper_on=basis.paper_on)
    return row


def _received_already(row: Expectation, dossiers: Iterable[ReceivedDossier]) -> Expectation:
    first = _first_of(row.body, dossiers)
    return row if first is None else received(row, dossier=first.ref, on=first.received_on)


def _first_of(body: str, dossiers: Iterable[ReceivedDossier]) -> ReceivedDossier | None:
    own = [sent for sent in dossiers if sent.body == body]
    return min(own, key=lambda sent: (sent.received_on, sent.ref), default=None)


def received(row: Expectation, *, dossier: str, on: date) -> Expectation:
    """A dossier came, even after the word that there would be none; of several the first one counts."""
    if row.status == "received":
        return row
    return row._replace(status="received", dossier=dossier, answered_on=on)


def withdrawn(row: Expectation, *, dossier: str, others: Iterable[ReceivedDossier]) -> Expectation:
    """The dossier was taken back: another one of the body stands for it, else the body is silent again."""
    if row.dossier != dossier:
        return row
    other = _first_of(row.body, (sent for sent in others if sent.ref != dossier))
    return silent(row) if other is None else received(silent(row), dossier=other.ref, on=other.received_on)


def nothing(row: Expectation, *, on: date) -> Expectation:
    """The body's word that it proposes nothing, which is an answer; a dossier that was received stands."""
    if row.status == "received":
        return row
    return row._replace(status="nothing", answered_on=on)


def silent(row: Expectation) -> Expectation:
    """No answer, as when the row was made."""
    return row._replace(status="silent", dossier=None, answered_on=None)


def chased(row: Expectation, *, now: datetime) -> Expectation:
    """Written to once more."""
    return row._replace(chased=row.chased + 1, chased_at=now)


def chased_today(row: Expectation, *, now: datetime, zone: str) -> bool:
    """Whether it was written to on the local day of `now`."""
    return row.chased_at is not None and local_date(row.chased_at, zone) == local_date(now, zone)
