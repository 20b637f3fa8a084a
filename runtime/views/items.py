"""Tasks and dossiers in lists: as records for scripts, and in the words that every list says of them."""

# No postponed annotations: as texts each field's would be compiled at every start.

from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from workflow.model.dossiers import Dossier, LineFacts, Votes
from workflow.model.facts import Item, Key
from workflow.model.lateness import days_past
from workflow.model.naming import meant, states
from workflow.model.tasks import Task
from workflow.model.work import How

QUARTERS = ("I", "II", "III", "IV")
DUE_SOON_DAYS = 14
DERIVED = "*"
"""Stands after a date that nobody has set."""


class TaskRecord(NamedTuple):
    """A task for scripts; `derived` tells that nobody has set the date, `late` that it is past it, `target`
    the internal one that leads up to it."""

    ref: str
    year: int
    number: int
    quarter: str
    content: str
    kind: str
    bodies: tuple[str, ...]
    lead: str
    state: str
    due: date | None
    derived: bool
    late: bool
    version: int
    part: str | None
    waiting: bool
    due_first: date | None
    closed_on: date | None
    owners: tuple[str, ...]
    claimed_by: str | None
    delegated_by: str | None
    forwarded: int
    name: str | None
    target: date | None


class NomineeRecord(NamedTuple):
    """A line of a dossier for scripts; a name that was erased is null. `absent` and `recused` are the members
    who were named with a vote that no session took; the base of `votes` is computed. `conditions` is what
    those of its title come to by what is known (met, not_met, no_info), None of a line that has come to its
    end."""

    no: int
    kind: str
    name: str | None
    title: str
    result: str | None
    outcome: str
    position: str | None
    unit: str | None
    achievement: str | None
    born: str | None
    sex: str | None
    initiative: str | None
    earlier: str | None
    amount: str | None
    remark: str | None
    facts: LineFacts
    account: str | None
    votes: Votes | None
    absent: tuple[str, ...]
    recused: tuple[str, ...]
    verdict: str | None
    proposal: str | None
    held: bool
    approved: str | None
    why: str | None
    granted: str | None
    moved_to: str | None
    conditions: str | None


class DossierRecord(NamedTuple):
    """A dossier for scripts; `nominees` are its lines where it is shown in full, else how many it has. Its
    lines stood in `split_from` before, and some went on to the dossiers `split_into`."""

    ref: str
    year: int
    task: str | None
    body: str
    type: str | None
    state: str
    received_on: date | None
    version: int
    nominees: int | tuple[NomineeRecord, ...]
    title: str
    complete_on: date | None
    owners: tuple[str, ...]
    claimed_by: str | None
    delegated_by: str | None
    path: str | None
    ground: str | None
    period: str | None
    intake_no: str | None
    full_on: date | None
    supplement_until: date | None
    published_from: date | None
    published_until: date | None
    opinion_asked_on: date | None
    superior_until: date | None
    split_from: str | None
    markers: tuple[str, ...]
    split_into: tuple[str, ...]
    declared: str | None
    movement: str | None


class TaskLine(NamedTuple):
    """A task in a list: its record, and in words its reference, date, state and how it stands."""

    record: TaskRecord
    content: str
    ref: str
    due: str
    state: str
    progress: str


class DossierLine(NamedTuple):
    """A dossier in a list: its record, and in words the references of it and its task, its body, title and
    state."""

    record: DossierRecord
    ref: str
    task: str
    body: str
    title: str
    state: str


def _state_meant(looking: Looking, subject: str, state: str | None) -> str | None:
    """The state of the office's machines that is typed. Raises UnknownName."""
    if state is None:
        return None
    return meant("state", state, states(each for each in looking.machines if each.subject == subject))


def tasks_of(
    looking: Looking, *, quarter: str | None = None, state: str | None = None, late: bool = False
) -> tuple[TaskLine, ...]:
    """The year's tasks in the plan's order after those that are open of earlier plans, narrowed. Raises
    UnknownName for a state that no machine has."""
    state = _state_meant(looking, "task", state)
    items = looking.reading.tasks(*looking.span)
    return tuple(
        _task_line(looking, item)
        for item in items
        if quarter in (None, Task.of(item).quarter)
        and state in (None, item.state)
        and (looking.days_late(item) or not late)
    )


def _task_line(looking: Looking, item: Item) -> TaskLine:
    return TaskLine(
        task_record(looking, item),
        looking.content(item),
        looking.ref(item.key),
        looking.day(item.due_on),
        looking.state(item),
        progress_short(looking, item),
    )


def dossiers_of(
    looking: Looking, *, task: Key | None = None, state: str | None = None
) -> tuple[DossierLine, ...]:
    """The year's dossiers after those that are open of earlier years, or a task's, narrowed. Raises
    UnknownName for a state that no machine has."""
    state = _state_meant(looking, "dossier", state)
    if task is None:
        found = looking.reading.dossiers(*looking.span, nominees=True)
    else:
        found = looking.reading.dossiers(task.office, task.year, task=task.ref, nominees=True)
    return tuple(dossier_line(looking, item) for item in found if state in (None, item.state))


def dossier_line(looking: Looking, item: Item) -> DossierLine:
    record = dossier_record(item)
    return DossierLine(
        record,
        looking.ref(item.key),
        looking.ref(item.key._replace(ref=item.parent)) if item.parent else "",
        looking.body(record.body),
        looking.titles(item.details.titles, pack=item.rules),
        dossier_state(looking, item),
    )


def task_record(looking: Looking, item: Item) -> TaskRecord:
    task = Task.of(item)
    return TaskRecord(
        ref=item.key.ref,
        year=item.key.year,
        number=task.number,
        quarter=task.quarter,
        content=task.content,
        kind=task.kind,
        bodies=task.bodies,
        lead=task.lead,
        state=item.state,
        due=item.due_on,
        derived=item.due_mark == "derived",
        late=looking.days_late(item) > 0,
        version=item.version,
        part=task.part,
        waiting=looking.waits(item),
        due_first=item.due_first,
        closed_on=item.closed_on,
        owners=item.owners,
        claimed_by=item.claimed_by,
        delegated_by=item.delegated_by,
        forwarded=task.forwarded,
        name=task.name,
        target=item.target_on,
    )


def dossier_record(item: Item, lines: tuple[NomineeRecord, ...] | None = None) -> DossierRecord:
    dossier = Dossier.of(item)
    return DossierRecord(
        ref=item.key.ref,
        year=item.key.year,
        task=item.parent,
        body=dossier.body,
        type=dossier.type or None,
        state=item.state,
        received_on=dossier.received_on,
        version=item.version,
        nominees=len(dossier.staying) if lines is None else lines,
        title=dossier.title,
        complete_on=dossier.complete_on,
        owners=item.owners,
        claimed_by=item.claimed_by,
        delegated_by=item.delegated_by,
        path=dossier.path,
        ground=dossier.ground,
        period=dossier.period,
        intake_no=dossier.intake_no,
        full_on=dossier.full_on,
        supplement_until=dossier.supplement_until,
        published_from=dossier.published_from,
        published_until=dossier.published_until,
        opinion_asked_on=dossier.opinion_asked_on,
        superior_until=dossier.superior_until,
        split_from=dossier.split_from,
        markers=tuple(dossier.markers),
        split_into=dossier.split_into,
        declared=dossier.declared,
        movement=dossier.movement,
    )


# -- in words --------------------------------------------------------------------------------------------


def dossier_state(looking: Looking, item: Item) -> str:
    """The dossier's state, and what holds of it beside that."""
    beside = (looking.words(f"marker.{id}", **said) for id, said in Dossier.of(item).markers.items())
    return "; ".join((looking.state(item), *beside))


def progress(looking: Looking, item: Item) -> str:
    """How the item stands against its date: one marker, the most pressing."""
    words = looking.words
    if item.closed_on is not None:
        if item.state == "cancelled" or item.due_on is None:
            return ""
        return words("marker.done_late") if looking.days_late(item) else words("marker.done_on_time")
    if looking.waits(item):
        return words("marker.waiting_external")
    if item.due_on is None:
        return ""
    return _against_target(looking, item) or against(looking, item.due_on, begun=item.state != "drafted")


def _against_target(looking: Looking, item: Item) -> str:
    """That the internal target is near or past; once the plan's date is past, that one is told."""
    target = target_of(looking, item)
    if target is None or (target - looking.today).days > DUE_SOON_DAYS:
        return ""
    if late := days_past(target, looking.today):
        return looking.words("marker.past_target", n=late)
    return looking.words("marker.target_soon", ngay=looking.day(target))


def target_of(looking: Looking, item: Item) -> date | None:
    """The internal target that an open item is reminded of; none once the plan's date is past."""
    if item.target_on is None or item.closed_on is not None or looking.waits(item):
        return None
    return None if item.due_on is None or item.due_on < looking.today else item.target_on


def next_day(looking: Looking, item: Item) -> date | None:
    """The day by which lists order an item: that of its internal target, else its due date."""
    return target_of(looking, item) or item.due_on


def progress_short(looking: Looking, item: Item) -> str:
    """The same for a narrow column: who waits for others only says so."""
    if looking.waits(item):
        return looking.words("board.waiting_short")
    return progress(looking, item)


def against(looking: Looking, due: date, *, begun: bool) -> str:
    """How something that is still to be done stands against a date."""
    words = looking.words
    if late := days_past(due, looking.today):
        return words("marker.overdue", n=late)
    left = (due - looking.today).days
    if left == 0:
        return words("marker.due_today")
    if left <= DUE_SOON_DAYS:
        return words("marker.due_soon")
    return words("marker.on_track" if begun else "marker.not_started")


def due_text(looking: Looking, item: Item) -> str:
    """The date, marked where nobody has set it."""
    return looking.day(item.due_on) + (DERIVED if item.due_mark == "derived" else "")


def due_and_target(looking: Looking, item: Item) -> str:
    """The same with the internal target that leads up to the date."""
    due, target = due_text(looking, item), target_of(looking, item)
    if target is None or target == item.due_on:
        return due
    return f"{due} ({looking.words('marker.target', ngay=looking.day(target))})"


def cooperating_text(looking: Looking, item: Item) -> str:
    return "; ".join(looking.body(id) for id in Task.of(item).cooperating)


def owners_text(looking: Looking, item: Item) -> str:
    """Whoever must act; where somebody else does it today, that too."""
    said = []
    for doer in looking.doers(item):
        remark = looking.words.inside(taken_text(looking, doer.by, doer.how))
        said.append(f"{looking.account(doer.owner)} ({remark})" if remark else looking.account(doer.owner))
    return "; ".join(said)


def taken_text(looking: Looking, by: str | None, how: How | None) -> str:
    """That somebody else does the work: it claimed it, had it passed on, or stands in."""
    if by is None or how is None:
        return ""
    name = looking.position(by)
    return looking.words(f"marker.{how}", chuc_vu=name, chuc_vu_thay=name)


def proposal_text(looking: Looking, item: Item) -> str:
    """What is proposed for the item, by whom, and whose agreement it waits for; empty where nothing is."""
    proposal = item.proposal
    if proposal is None:
        return ""
    words, event = looking.words, looking.machine(item.digest).event(proposal.event)
    labels = {input.name: (words.of(input.label), input.type) for input in event.inputs} if event else {}
    said = []
    for name, value in proposal.inputs.items():
        label, type_ = labels.get(name, (name, ""))
        text = looking.day(date.fromisoformat(str(value))) if type_ == "date" else str(value)
        said.append(f"{words.inside(label)} {text}")
    return words(
        "marker.proposed",
        viec=words.of(event.label) if event else proposal.event,
        noi_dung=", ".join(said),
        chuc_vu=looking.position(proposal.by),
        nguoi="; ".join(looking.position(id) for id in looking.deciders(item)) or "—",
    )


def proposal_record(item: Item) -> dict[str, object] | None:
    """What is proposed for the item, for scripts."""
    if item.proposal is None:
        return None
    return {**item.proposal._asdict(), "inputs": dict(item.proposal.inputs)}


def votes_text(looking: Looking, votes: Votes) -> str:
    """The counts of a vote as every list says them: in favour, present, members."""
    return looking.words("vote.counts", n=votes.for_, k=votes.present, m=votes.total)


def votes_in_full(looking: Looking, votes: Votes) -> str:
    """The same with those against and the invalid slips."""
    rest = looking.words("vote.rest", n=votes.against, m=votes.invalid)
    return f"{votes_text(looking, votes)} ({rest})"
