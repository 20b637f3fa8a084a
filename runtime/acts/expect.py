"""Lists of expected dossiers on an open office: opened, answered, chased, each in one transaction.

The services are `workflow.services.expect`'s; a refused attempt is recorded in a transaction of its own. A
dry run decides and writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from runtime.office.opened import OpenedOffice
from runtime.office.results import new_key
from storage import offices
from storage.unit import UnitOfWork
from workflow.services.advance import Tried
from workflow.services.expect import Answer, Listed, Opening, answer, chase, open_list

Outcome = Listed | Tried


def open_for(
    opened: OpenedOffice, ref: str, *, bodies: tuple[str, ...], due: date | None, dry_run: bool = False
) -> Sequence[Outcome]:
    """Asks the bodies, by default those that owe, for their dossiers to the task."""
    case, command = opened.case, Opening(opened.key(ref), bodies, due)
    return _acted(
        opened,
        lambda unit: [open_list(unit, command, case)],
        dry_run=dry_run,
    )


def answer_for(
    opened: OpenedOffice, ref: str, body: str, *, status: Literal["nothing", "silent"], on: date | None
) -> Sequence[Outcome]:
    """Records that the body proposes nothing, or takes that back."""
    case, command = opened.case, Answer(opened.key(ref), body, status, on)
    return _acted(
        opened,
        lambda unit: [answer(unit, command, case)],
        dry_run=False,
    )


def chase_silent(
    opened: OpenedOffice, ref: str | None, *, again: bool, dry_run: bool = False
) -> Sequence[Outcome]:
    """Writes to the silent bodies of the task, of every open task that has a list where none is named."""
    keys = (
        offices.tasks_expecting(opened.database, opened.office, opened.year)
        if ref is None
        else [opened.key(ref)]
    )
    case = opened.case
    return _acted(
        opened,
        lambda unit: [chase(unit, key, case, again=again) for key in keys],
        dry_run=dry_run,
    )


def _acted(
    opened: OpenedOffice, service: Callable[[UnitOfWork], Sequence[Outcome]], *, dry_run: bool
) -> Sequence[Outcome]:
    """What the service answers for each list; one that is refused leaves the others as they are."""
    command = new_key()

    def work(unit: UnitOfWork) -> Sequence[Outcome]:
        outcomes = service(unit)
        if not dry_run and any(isinstance(each, Listed) and each.rows for each in outcomes):
            opened.commit(unit)
        return outcomes

    outcomes = opened.in_transaction(command, work)
    refused = [each for each in outcomes if isinstance(each, Tried)]

    def record(unit: UnitOfWork) -> None:
        for tried in refused:
            unit.record(tried.entry, log=tried.item.key.year, key=tried.item.key)
        opened.commit(unit)

    if refused and not dry_run:
        opened.in_transaction(command, record)
    return outcomes
