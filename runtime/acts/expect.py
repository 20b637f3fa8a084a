"""Lists of expected dossiers on an open office: opened, answered, chased, each in one transaction.

The services are `workflow.services.expect`'s. A dry run decides and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from runtime.acts.acting import Acting, Attempt, Done
from storage import offices
from storage.unit import UnitOfWork
from workflow.model.facts import Key
from workflow.services.advance import Tried
from workflow.services.expect import Answer, Listed, Opening, answer, chase, open_list

ListResult = Listed | Tried


def open_for(
    acting: Acting,
    ref: str,
    *,
    bodies: tuple[str, ...],
    due: date | None,
    without: tuple[str, ...] = (),
    dry_run: bool = False,
) -> Sequence[ListResult]:
    """Asks the bodies, by default those that owe but those `without`, for their dossiers to the task."""
    case, command = acting.case, Opening(acting.key(ref), bodies, due, without)
    return _acted(
        acting,
        lambda unit: [open_list(unit, command, case)],
        dry_run=dry_run,
    )


def answer_for(
    acting: Acting, ref: str, body: str, *, status: Literal["nothing", "silent"], on: date | None
) -> Sequence[ListResult]:
    """Records that the body proposes nothing, or takes that back."""
    case, command = acting.case, Answer(acting.key(ref), body, status, on)
    return _acted(
        acting,
        lambda unit: [answer(unit, command, case)],
        dry_run=False,
    )


def chase_silent(
    acting: Acting, ref: str | None, *, bodies: tuple[str, ...] = (), again: bool, dry_run: bool = False
) -> Sequence[ListResult]:
    """Writes to the silent bodies of the task, of every open task that has a list where none is named: of the
    year that the options name, else of all. Where bodies are named, to those alone."""
    keys = (
        offices.tasks_expecting(acting.database, acting.office, acting.options.year)
        if ref is None
        else [acting.key(ref)]
    )
    return chase_chosen(acting, dict.fromkeys(keys, bodies), again=again, dry_run=dry_run)


def chase_chosen(
    acting: Acting, chosen: Mapping[Key, tuple[str, ...]], *, again: bool, dry_run: bool = False
) -> Sequence[ListResult]:
    """Writes to the bodies of each task, in one transaction; to all its silent ones where none is named."""
    case = acting.case
    return _acted(
        acting,
        lambda unit: [chase(unit, key, case, again=again, bodies=bodies) for key, bodies in chosen.items()],
        dry_run=dry_run,
    )


def _acted(
    acting: Acting, service: Callable[[UnitOfWork], Sequence[ListResult]], *, dry_run: bool
) -> Sequence[ListResult]:
    """What the service answers for each list; a refused one does not keep the others from being written."""

    def work(unit: UnitOfWork) -> Done[Sequence[ListResult]]:
        outcomes = service(unit)
        return Done(
            outcomes,
            written=any(isinstance(outcome, Listed) and outcome.rows for outcome in outcomes),
            refused=[Attempt.of(outcome) for outcome in outcomes if isinstance(outcome, Tried)],
        )

    return acting.act(work, dry_run=dry_run)
