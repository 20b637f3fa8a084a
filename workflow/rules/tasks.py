"""The rules of tasks: what proves one done, which give awards, what their dossiers keep open.

`dossiers` are protected by the task's row, since a dossier locks its task when it is made; the open tasks of
the `quarter` are protected by no lock, and ground warnings only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.definition import Text
from workflow.model.dossiers import DossierState
from workflow.model.facts import Item
from workflow.model.lateness import days_late, waits_until_set
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.tasks import RELATIONS, TAKES_PART, DoneRow, OpenTask, Task

OPEN_DOSSIER_STATES = frozenset({"drafted", "submitted", "returned", "appraised", "reviewed", "approved"})
"""DESIGN §4: a dossier in one of these keeps its task open; `forwarded` is closed for its task."""

SENT_HIGHER = frozenset({"forwarded", "decided"})
"""In one of these a dossier has gone to a superior."""

TASK_CLOSED: Mapping[str, Text] = MappingProxyType(
    {
        "completed": Text("Đã hoàn thành", "completed"),
        "awarded": Text("Đã khen thưởng", "awarded"),
        "cancelled": Text("Không thực hiện", "cancelled"),
    }
)


def _gives_awards(context: Context, _: Params) -> bool:
    return context.kind is not None and context.kind.gives_awards


def _must_give_awards(context: Context, params: Params) -> Reason | None:
    return None if _gives_awards(context, params) else Reason("gives_awards")


def _must_give_no_awards(context: Context, params: Params) -> Reason | None:
    """Awards are given by dossiers, on which others decide line by line."""
    return Reason("gives_no_awards") if _gives_awards(context, params) else None


def _dossiers(context: Context) -> tuple[DossierState, ...]:
    return context.facts.beside.get("dossiers", ())


def _sent_higher(context: Context) -> int:
    return sum(dossier.state in SENT_HIGHER for dossier in _dossiers(context))


def _none_forwarded(context: Context, _: Params) -> bool:
    """Needs the task's dossiers: true of an event with a guard that looks at them, as `no_open_dossier`."""
    return not _sent_higher(context)


def _count_forwarded(context: Context, item: Item, _: Params) -> Item:
    return item._replace(details=replace(Task.of(item), forwarded=_sent_higher(context)))


def _no_open_dossier(context: Context, _: Params) -> Reason | None:
    open_refs = [dossier.ref for dossier in _dossiers(context) if dossier.state in OPEN_DOSSIER_STATES]
    if not open_refs:
        return None
    return Reason("open_dossier", {"n": len(open_refs), "refs": ", ".join(open_refs)})


def _some_dossier_awarded(context: Context, _: Params) -> Reason | None:
    if any(dossier.state == "awarded" for dossier in _dossiers(context)):
        return None
    return Reason("some_dossier_awarded")


def _some_proof(context: Context, _: Params) -> Reason | None:
    if context.kind is None or context.kind.proof != "any":
        return None
    return None if {"paper", "done_on"} & context.inputs.keys() else Reason("no_number")


def _adopt_outcome_fits(context: Context, _: Params) -> Reason | None:
    if context.inputs.get("outcome") != "awarded" or (context.kind and context.kind.gives_awards):
        return None
    return Reason("adopt_outcome")


def _lead_is_own_body(context: Context, _: Params) -> Reason | None:
    body = context.setting.office.body(str(context.inputs.get("body", "")))
    if body is None or not (body.group or body.external):
        return None
    return Reason("lead_body", {"don_vi": body.name})


def _predecessor(context: Context, _: Params) -> tuple[Reason, ...]:
    """Tasks of the quarter that are of a kind which this kind follows, and are not finished yet."""
    follows = context.kind.after if context.kind else ()
    quarter: tuple[OpenTask, ...] = context.facts.beside.get("quarter", ())
    ref = context.setting.ref
    return tuple(
        Reason("predecessor", {"ref": ref(context.item.key._replace(ref=task.ref)), "noi_dung": task.content})
        for task in quarter
        if task.kind in follows
    )


def _proof(context: Context, params: Params) -> bool:
    """True where the task's kind is proved in one of the ways named by `is`."""
    wanted = params["is"]
    return context.kind is not None and isinstance(wanted, tuple) and context.kind.proof in wanted


def _close_with_dossiers(context: Context, item: Item, _: Params) -> Item:
    """What dossiers led to is done on the day of the last decision, or on which the last one went higher."""
    led = [dossier for dossier in _dossiers(context) if dossier.state in {"awarded", *SENT_HIGHER}]
    closed = [dossier.closed_on for dossier in led if dossier.closed_on]
    return item._replace(closed_on=max(closed, default=item.closed_on))


def _confirmed_task(context: Context) -> Task:
    """The task as the event's inputs confirm or correct it; what is confirmed is derived no more."""
    task, given = Task.of(context.item), context.inputs
    kind = str(given.get("kind", task.kind))
    part = str(given["part"]) if "part" in given else task.part
    lead = str(given.get("body", task.lead))
    # Without any input all that was derived is confirmed as it stands.
    settled = {"lead" if name == "body" else name for name in given if name != "name"}
    settled = settled if given else set(task.derived)
    return replace(
        task,
        kind=kind,
        part=(part or "host") if kind in TAKES_PART else None,
        lead=lead,
        bodies=task.bodies if lead in task.bodies else (lead, *task.bodies),
        name=str(given["name"]) if "name" in given else task.name,
        derived=tuple(name for name in task.derived if name not in settled),
    )


def _confirm(context: Context, item: Item, _: Params) -> Item:
    """A kind that waits for an outside organiser begins to, one that does not stops waiting."""
    item = item._replace(details=_confirmed_task(context))
    kind = context.machine.kind(item.kind)
    if kind == context.kind:
        return item
    item = item._replace(waiting=item.due_mark == "derived" and waits_until_set(kind))
    return item._replace(overdue=days_late(item, kind, context.today) > 0)


def _part_fits_kind(context: Context, _: Params) -> Reason | None:
    kind = str(context.inputs.get("kind", Task.of(context.item).kind))
    return Reason("part_fits_kind") if "part" in context.inputs and kind not in TAKES_PART else None


def _kind_fits_dossiers(context: Context, _: Params) -> Reason | None:
    """A task with dossiers stays one that gives awards."""
    kind = context.machine.kind(_confirmed_task(context).variant)
    if "kind" not in context.inputs or not _dossiers(context) or (kind and kind.gives_awards):
        return None
    return Reason("kind_fits_dossiers", {"n": len(_dossiers(context))})


def _told_of_confirmed(context: Context, _: Params) -> tuple[Reason, ...]:
    """What follows from another kind, or from another part in it."""
    before, after = context.kind, context.machine.kind(_confirmed_task(context).variant)
    if before is None or after is None or before == after:
        return ()
    told = [Reason("kind_is_now", {"loai": after.label})]
    if waits_until_set(after) and context.item.due_mark == "derived":
        told.append(Reason("waits_now"))
    elif context.item.waiting:
        told.append(Reason("waits_no_more"))
    if after.gives_awards != before.gives_awards:
        told.append(Reason("takes_awards" if after.gives_awards else "takes_no_awards"))
    return tuple(told)


def _same_row(context: Context, _: Params) -> Reason | None:
    """The paper is that of the completed row which is the same work, of the plan before."""
    rows: tuple[DoneRow, ...] = context.facts.beside.get("done_before", ())
    given, year = context.inputs, context.item.key.year - 1
    if not rows:
        return Reason("same_row", {"nam": year})
    if "same_as" not in given:
        return None
    if any((f"{year}/{row.ref}", row.paper, row.on) == tuple(given[n] for n in SAME) for row in rows):
        return None
    return Reason("same_row", {"nam": year})


SAME = ("same_as", "paper", "date")


def _begin_task(context: Context, item: Item, _: Params) -> Item:
    """The date that was proposed becomes the task's own; where it was derived, it is nobody's word yet."""
    due, task = context.inputs.get("due"), Task.of(item)
    if not isinstance(due, date):
        return item
    derived = "due" in task.derived
    kind = context.machine.kind(item.kind)
    settled = replace(task, derived=tuple(name for name in task.derived if name != "due"))
    return item._replace(
        details=settled,
        due_on=due,
        due_mark="derived" if derived else "set",
        waiting=derived and waits_until_set(kind),
    )


def _change_lead(context: Context, item: Item, _: Params) -> Item:
    task, lead = Task.of(item), str(context.inputs["body"])
    bodies = task.bodies if lead in task.bodies else (lead, *task.bodies)
    derived = tuple(name for name in task.derived if name != "lead")
    return item._replace(details=replace(task, lead=lead, bodies=bodies, derived=derived))


TASKS = Registry(
    relations=RELATIONS,
    guards=MappingProxyType(
        {
            "gives_awards": Guard(_must_give_awards),
            "gives_no_awards": Guard(_must_give_no_awards),
            "no_open_dossier": Guard(_no_open_dossier, needs=("dossiers",)),
            "some_dossier_awarded": Guard(_some_dossier_awarded, needs=("dossiers",)),
            "some_proof": Guard(_some_proof),
            "adopt_outcome_fits": Guard(_adopt_outcome_fits),
            "lead_is_own_body": Guard(_lead_is_own_body),
            "same_row": Guard(_same_row, needs=("done_before",)),
            "part_fits_kind": Guard(_part_fits_kind),
            "kind_fits_dossiers": Guard(_kind_fits_dossiers, needs=("dossiers",)),
        }
    ),
    warnings=MappingProxyType(
        {
            "predecessor": Warned(_predecessor, needs=("quarter",)),
            "confirmed": Warned(_told_of_confirmed),
        }
    ),
    predicates=MappingProxyType(
        {"proof": _proof, "gives_awards": _gives_awards, "none_forwarded": _none_forwarded}
    ),
    effects=MappingProxyType(
        {
            "change_lead": Effect(_change_lead),
            "count_forwarded": Effect(_count_forwarded),
            "confirm": Effect(_confirm),
            "begin_task": Effect(_begin_task),
            "close_with_dossiers": Effect(_close_with_dossiers),
        }
    ),
)
