"""Opening a dossier with the lines of one that was withdrawn or rejected."""

from __future__ import annotations

import json

from runtime.acts.acting import Acting, Attempt, Done, Repeatable
from runtime.office.results import Result, result_of
from storage.unit import UnitOfWork
from workflow.engine.ports import StoredAnswer
from workflow.model.decision import Reason, Refused
from workflow.services import dossiers as service
from workflow.services.advance import Tried
from workflow.services.dossiers import CopiedDossier

COPY = "copy"


def copy_dossier(
    acting: Acting,
    source: str,
    *,
    task: str,
    reason: str,
    type: str | None = None,
    ground: str | None = None,
    period: str | None = None,
    note: str | None = None,
    confirmed: bool = False,
) -> Result:
    """Makes the dossier under the task; the result's `ref` is its own, of a refused one the source's.
    `confirmed`: what is doubtful about its lines is meant."""
    command = CopiedDossier(
        acting.key(source), acting.key(task), reason, note, type, ground, period, confirmed
    )

    def work(unit: UnitOfWork) -> Done[Result]:
        machine = acting.newest_machine("dossier")
        answer = service.copy_dossier(unit, command, acting.case, machine=machine)
        if isinstance(answer, Tried):
            told = Result(command.source.ref, COPY, refused=answer.refused, year=command.source.year)
            refused = [] if answer.refused.asked else [Attempt.of(answer)]
            return Done(told, written=False, refused=refused)
        result = result_of(answer)
        return Done(result, stored=[result.stored()])

    def again(stored: StoredAnswer) -> Result:
        if not stored.same:
            other = Refused(COPY, (Reason("key"),))
            return Result(command.source.ref, COPY, refused=other, year=command.source.year)
        return Result.of(json.loads(stored.answer)[0])

    said = [COPY, str(command.source), str(command.task), reason, note, acting.actor.account]
    said += [type, ground, period] if type or ground or period else []
    return acting.act(work, repeatable=Repeatable(said, again))
