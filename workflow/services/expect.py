"""Services of a task's list of expected dossiers: open it, take an answer, write to who is silent.

They take a transaction and leave committing to their caller, as `workflow.services.advance` does; a refused
attempt is a `Tried`, nothing of it written. The list is protected by its task's lock and moves no state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from workflow.engine.case import Case
from workflow.engine.ports import Unit
from workflow.model.body_names import body_meant
from workflow.model.capacity import capacities
from workflow.model.context import Actor
from workflow.model.decision import EntryDraft, FreeText, NoticeDraft, Reason, Refused, refused_entry
from workflow.model.definition import Office, Text
from workflow.model.errors import UnknownReference, UsageMistake
from workflow.model.expecting import (
    Basis,
    Expectation,
    chased,
    chased_today,
    ended,
    guided_by,
    guiding_kinds,
    nothing,
    opened,
    owing,
    silent,
)
from workflow.model.facts import Item, Key, Plain
from workflow.model.roles import Holding, speakers
from workflow.model.tasks import PlannedTask, Task
from workflow.model.wording import date_vi
from workflow.notices.chase import chase_notices
from workflow.rules.common import no_such_body_today
from workflow.rules.tasks import TASK_CLOSED
from workflow.services.advance import Tried
from workflow.services.follow import opening_entry, planned, planned_of

OPEN, ANSWER, CHASE = "expect_open", "expect_answer", "expect_chase"
LINK, UNLINK = "expect_link", "expect_unlink"
COLLECTORS = ("officer", "secretary", "standing_member")
"""The roles that ask bodies for dossiers and write to them."""
SCRIBES = ("officer", "secretary")
"""The roles that record an answer for any body; each body's own people record its own."""


class NoList(UsageMistake):
    """No list of bodies stands for {ref}; make it with `tdkt expect open {ref}`."""

    code = "no_list"


class NotATask(UsageMistake):
    """{ref} is no task; name the task whose dossiers are expected, like T17."""

    code = "not_a_task"


class NotLeftOut(UsageMistake):
    """'{value}' cannot be left out of the list of {ref}; --without takes some of the newly asked: {known}."""

    code = "not_left_out"


class NotExpected(UsageMistake):
    """{ref} expects no dossier of '{value}'; its list has: {known}."""

    code = "not_expected"


@dataclass(frozen=True, slots=True)
class Opening:
    """A command to ask bodies for dossiers; none named: those that owe, but those `without`. `due` None
    leaves the task's date."""

    task: Key
    bodies: tuple[str, ...] = ()
    due: date | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A command to record that a body proposes nothing, or to take that back. `on` None is today."""

    task: Key
    body: str
    status: Literal["nothing", "silent"]
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a command came to: the rows that changed, as they stand now, of all that stood before it.

    `skipped` are silent bodies that were written to on this day already.
    """

    item: Item
    before: tuple[Expectation, ...]
    rows: tuple[Expectation, ...] = ()
    notices: tuple[NoticeDraft, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def after(self) -> tuple[Expectation, ...]:
        """The whole list, by body."""
        rows = {row.body: row for row in (*self.before, *self.rows)}
        return tuple(rows[body] for body in sorted(rows))


# -- open ------------------------------------------------------------------------------------------------


def open_list(unit: Unit, command: Opening, case: Case) -> Listed | Tried:
    """Asks the bodies; those that are asked already keep their answers.

    Raises UnknownReference, NotATask, UnknownName, NotLeftOut.
    """
    office = case.office
    command = replace(
        command,
        bodies=tuple(body_meant(body, office) for body in command.bodies),
        without=tuple(body_meant(body, office) for body in command.without),
    )
    item = _locked(unit, command.task)
    held = _holders(office, COLLECTORS)
    actor = _in_capacity(held, item, case)
    role, against = _as(actor, held, office)
    reasons = (*against, *_not_collecting(item, case), *_not_nominating(command.bodies, case))
    if reasons:
        return _tried(item, OPEN, reasons, actor)
    standing = unit.expectations(item.key)
    guidance = _guidance(unit, item, case)
    owed = owing(Task.of(item), office, guided=guidance is not None, today=case.today)
    asked = command.bodies or (*(row.body for row in standing), *owed)
    rows = opened(
        standing,
        _without(command, asked, standing, ref=case.setting.ref(item.key)),
        unit.received_dossiers(item.key),
        asked_on=case.today,
        due_on=command.due,
        basis=Basis(guidance.ref) if not standing and guidance is not None and not guidance.open else None,
    )
    if rows:
        unit.expect(item.key, rows, entry=opening_entry(item, rows, actor=actor, role=role))
    return Listed(item, standing, rows)


def _without(
    command: Opening, asked: tuple[str, ...], standing: tuple[Expectation, ...], *, ref: str
) -> tuple[str, ...]:
    """Those who are asked, but for those that are left out; who was asked before stays, and somebody is
    asked. Raises NotLeftOut."""
    known = {row.body for row in standing}
    new = [body for body in dict.fromkeys(asked) if body not in known]
    wrong = [body for body in command.without if body not in new]
    if not wrong and command.without and not known and set(command.without) == set(new):
        wrong = [command.without[-1]]
    if wrong:
        raise NotLeftOut(ref=ref, value=wrong[0], known=", ".join(new) or "—")
    return tuple(body for body in asked if body not in command.without)


def _guidance(unit: Unit, item: Item, case: Case) -> PlannedTask | None:
    """The guidance on which the task rests, finished or not."""
    own, machine = planned(item), case.machine(item).definition
    return next((task for task in _guidances(unit, item, case) if guided_by(task, own, machine)), None)


def _guidances(unit: Unit, item: Item, case: Case) -> tuple[PlannedTask, ...]:
    """The year's tasks of the kinds on which the task rests."""
    return planned_of(unit, item.key.year, guiding_kinds(case.machine(item).definition.kind(item.kind)))


def _not_collecting(item: Item, case: Case) -> tuple[Reason, ...]:
    """Why the task takes no dossiers: it gives no awards, or it is closed."""
    machine = case.machine(item)
    kind = machine.definition.kind(item.kind)
    gives = () if kind is not None and kind.gives_awards else (Reason("gives_awards"),)
    return (*gives, *_closed(item, case))


def _closed(item: Item, case: Case) -> tuple[Reason, ...]:
    machine = case.machine(item)
    if machine.states[item.state].open:
        return ()
    label = TASK_CLOSED.get(item.state, machine.label_of(item))
    return (Reason("task_closed", {"ref": case.setting.ref(item.key), "trang_thai": label}),)


def _not_nominating(bodies: Iterable[str], case: Case) -> Iterator[Reason]:
    for body in filter(None, map(case.office.body, bodies)):
        if not body.nominates:
            yield Reason("body_nominates", {"don_vi": body.name})
        if not body.lives_on(case.today):
            yield no_such_body_today(body, case.office, case.today)


# -- answer ----------------------------------------------------------------------------------------------


def answer(unit: Unit, command: Answer, case: Case) -> Listed | Tried:
    """Records the body's word. What stands so already is written no second time.

    Raises UnknownReference, NotATask, UnknownName, NoList, NotExpected.
    """
    office, today = case.office, case.today
    command = replace(command, body=body_meant(command.body, office))
    item = _locked(unit, command.task)
    standing = unit.expectations(item.key)
    row = _row_of(standing, command)
    held = (*speakers(office, command.body, today), *_holders(office, SCRIBES))
    actor = _in_capacity(held, item, case)
    role, against = _as(actor, held, office)
    on = command.on or today
    reasons = (*against, *_closed(item, case), *_received_stands(row, office), *_future(on, today))
    if reasons:
        return _tried(item, ANSWER, reasons, actor, body=command.body)
    now_row = silent(row) if command.status == "silent" else _nothing_since(row, command.on, today)
    if now_row == row:
        return Listed(item, standing)
    inputs = {"body": command.body, "answer": now_row.status}
    if now_row.answered_on is not None:
        inputs["on"] = now_row.answered_on.isoformat()
    unit.expect(item.key, (now_row,), entry=_entry(item, ANSWER, actor, role, inputs))
    return Listed(item, standing, (now_row,))


def _row_of(standing: tuple[Expectation, ...], command: Answer) -> Expectation:
    ref = command.task.ref
    if not standing:
        raise NoList(ref=ref)
    row = next((expected for expected in standing if expected.body == command.body), None)
    if row is None:
        raise NotExpected(
            ref=ref, value=command.body, known=", ".join(expected.body for expected in standing)
        )
    return row


def _nothing_since(row: Expectation, on: date | None, today: date) -> Expectation:
    """The same word given again without a day leaves the first one's."""
    return row if row.status == "nothing" and on is None else nothing(row, on=on or today)


def _received_stands(row: Expectation, office: Office) -> tuple[Reason, ...]:
    if row.status != "received":
        return ()
    body = office.body(row.body)
    name = body.name if body else row.body
    return (Reason("dossier_received", {"don_vi": name, "ref": row.dossier or ""}),)


def _future(on: date, today: date) -> tuple[Reason, ...]:
    if on <= today:
        return ()
    return (Reason("date_not_in_future", {"ngay": Text(date_vi(on), on.isoformat())}),)


# -- chase -----------------------------------------------------------------------------------------------


def chase(unit: Unit, task: Key, case: Case, *, again: bool, bodies: tuple[str, ...] = ()) -> Listed | Tried:
    """Writes to the silent bodies of the list, to those alone that are named; to one that was written to on
    this local day only with `again`.

    One entry names the bodies. Raises UnknownReference, NotATask, NoList.
    """
    office, now = case.office, case.now
    item = _locked(unit, task)
    standing = unit.expectations(item.key)
    held = _holders(office, COLLECTORS)
    actor = _in_capacity(held, item, case)
    role, against = _as(actor, held, office)
    reasons = (*against, *_closed(item, case))
    if reasons:
        return _tried(item, CHASE, reasons, actor)
    if not standing:
        raise NoList(ref=case.setting.ref(task))
    meant = [row for row in standing if not bodies or row.body in bodies]
    quiet = [row for row in meant if row.status == "silent" and not ended(row, office, case.today)]
    skipped = [row for row in quiet if not again and chased_today(row, now=now, zone=office.zone)]
    rows = [row for row in quiet if row not in skipped]
    left_out = tuple(row.body for row in skipped)
    if not rows:
        return Listed(item, standing, skipped=left_out)
    about = {guidance.ref: guidance.content for guidance in _guidances(unit, item, case)}
    notices = tuple(
        notice
        for row in rows
        for notice in chase_notices(
            row, item, guidance=about.get(row.guidance) if row.guidance else None, case=case
        )
    )
    written = tuple(chased(row, now=now) for row in rows)
    entry = _entry(item, CHASE, actor, role, {"bodies": [row.body for row in rows]})
    unit.expect(item.key, written, entry=entry, notices=notices)
    return Listed(item, standing, written, notices, left_out)


# -- links, and what comes by them -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Collecting:
    """Somebody who may collect the task's dossiers, in the role in which it may; the task is locked."""

    item: Item
    event: str
    actor: Actor
    role: str | None

    def entry(self, inputs: Mapping[str, Plain], texts: tuple[FreeText, ...] = ()) -> EntryDraft:
        """The entry that this was done."""
        return replace(_entry(self.item, self.event, self.actor, self.role, {}), inputs=inputs, texts=texts)


def may_collect(
    unit: Unit, task: Key, event: str, case: Case, *, asked: tuple[str, ...] = ()
) -> Collecting | Tried:
    """Whether the actor may do what whoever collects dossiers may: link bodies to the list, take in or
    decline what they sent. Of the bodies `asked` each is on the list and has sent no dossier yet.

    Raises UnknownReference, NotATask, NoList, NotExpected.
    """
    item, office = _locked(unit, task), case.office
    held = _holders(office, COLLECTORS)
    actor = _in_capacity(held, item, case)
    role, against = _as(actor, held, office)
    standing = unit.expectations(item.key) if asked else ()
    rows = [_row_of(standing, Answer(task, body, "nothing")) for body in asked]
    received = (reason for row in rows for reason in _received_stands(row, office))
    reasons = (*against, *_closed(item, case), *received, *_not_nominating(asked, case))
    if reasons:
        return _tried(item, event, reasons, actor)
    return Collecting(item, event, actor, role)


# -- who, and how it is logged ---------------------------------------------------------------------------


def _locked(unit: Unit, key: Key) -> Item:
    item = unit.lock(key)
    if item is None:
        raise UnknownReference(ref=key.ref)
    if not isinstance(item.details, Task):
        raise NotATask(ref=key.ref)
    return item


def _holders(office: Office, roles: Iterable[str]) -> tuple[Holding, ...]:
    return tuple(Holding(role, office.holding(role)) for role in roles)


def _in_capacity(held: tuple[Holding, ...], item: Item, case: Case) -> Actor:
    """The actor in its own name, else in that of an absent holder that it stands in for today."""
    actor = case.actor
    possible = capacities(
        actor.account, held, item=item, substitutions=case.setting.substitutions, day=case.today
    )
    return next(iter(possible), actor)


def _as(actor: Actor, held: tuple[Holding, ...], office: Office) -> tuple[str | None, tuple[Reason, ...]]:
    """The role in which the actor may, else why not."""
    role = next((holding.role for holding in held if actor.capacity in holding.accounts), None)
    if role is not None:
        return role, ()
    ids = tuple(dict.fromkeys(id for holding in held for id in holding.accounts))
    labels = [account.label for id in ids if (account := office.account(id))]
    named = Text(
        "; ".join(label.vi for label in labels) or "—", "; ".join(label.en for label in labels) or "—"
    )
    return None, (Reason("role", {"vai_tro": named}, who_can=ids),)


def _entry(
    item: Item, event: str, actor: Actor, role: str | None, inputs: dict[str, str] | dict[str, list[str]]
) -> EntryDraft:
    return EntryDraft(
        event=event,
        actor=actor.account,
        acting_for=actor.acting_for,
        role=role,
        from_state=item.state,
        to_state=item.state,
        inputs={name: list(value) if isinstance(value, list) else value for name, value in inputs.items()},
    )


def _tried(item: Item, event: str, reasons: tuple[Reason, ...], actor: Actor, **inputs: str) -> Tried:
    refused = Refused(event, reasons)
    return Tried(item, refused, refused_entry(refused, actor, state=item.state, inputs=inputs))
