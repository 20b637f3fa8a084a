"""Opening a dossier under a task."""

from __future__ import annotations

import json
from dataclasses import replace

from runtime.acts.acting import Acting, Attempt, Done, Repeatable
from runtime.acts.off_plan import keep_place
from runtime.office.results import Result, result_of
from storage.unit import UnitOfWork
from workflow.engine.ports import StoredAnswer
from workflow.model.decision import Reason, Refused
from workflow.model.tasks import OFF_PLAN
from workflow.services import dossiers as service
from workflow.services.advance import Tried
from workflow.services.dossiers import NewDossier


def open_dossier(
    acting: Acting,
    task: str,
    *,
    body: str,
    title: str,
    type: str | None = None,
    ground: str | None = None,
    period: str | None = None,
    movement: str | None = None,
    note: str | None = None,
) -> Result:
    """Makes a dossier; the result's `ref` is its own, of a refused one the task's. Raises UnknownName,
    UnknownValue."""
    command = NewDossier(acting.key(task), body, title, type, ground, period, note, movement)

    def work(unit: UnitOfWork) -> Done[Result]:
        machine = acting.newest_machine("dossier")
        if command.task.ref == OFF_PLAN and command.task.year in acting.years:
            keep_place(acting, unit, command.task.year)
        answer = service.open_dossier(unit, command, acting.case, machine=machine)
        result = result_of(answer)
        if isinstance(answer, Tried):
            told = replace(result, event="new", from_state=None, version=None, kind="")
            return Done(told, written=False, refused=[Attempt.of(answer)])
        return Done(result, stored=[result.stored()])

    def again(stored: StoredAnswer) -> Result:
        if not stored.same:
            key = command.task
            return Result(key.ref, "new", refused=Refused("new", (Reason("key"),)), year=key.year)
        return Result.of(json.loads(stored.answer)[0])

    said = ["dossier", str(command.task), body, title, type, note, acting.actor.account]
    said += [ground, period] if ground or period else []  # a key of before there were these stays known
    said += [movement] if movement else []
    return acting.act(work, repeatable=Repeatable(said, again))
