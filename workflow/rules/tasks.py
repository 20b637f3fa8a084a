"""The rules of tasks: what proves one done, which give awards, what their dossiers keep open.

`dossiers` are protected by the task's row, since a dossier locks its task when it is made; the open tasks of
the `quarter` are protected by no lock, and ground warnings only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.definition import Text
from workflow.model.dossiers import DossierState
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.tasks import RELATIONS, OpenTask, Task

OPEN_DOSSIER_STATES = frozenset({"drafted", "submitted", "returned", "reviewed", "approved"})
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
        }
    ),
    warnings=MappingProxyType({"predecessor": Warned(_predecessor, needs=("quarter",))}),
    predicates=MappingProxyType(
        {"proof": _proof, "gives_awards": _gives_awards, "none_forwarded": _none_forwarded}
    ),
    effects=MappingProxyType(
        {
            "change_lead": Effect(_change_lead),
            "count_forwarded": Effect(_count_forwarded),
            "close_with_dossiers": Effect(_close_with_dossiers),
        }
    ),
)
