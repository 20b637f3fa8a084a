"""Setting the dates of a page *ấn định thời hạn*: every row through the engine, all of them or none.

Each row is the engine's own event `set_deadline`, with its guards and its entry; beside them stands one
entry of the office that says which file it was and what approved it. All of them bear the command's key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from runtime.acts.acting import Acting
from runtime.office.results import Result, new_key, result_of
from storage.unit import UnitOfWork
from workflow.engine.ports import StoredAnswer
from workflow.model.decision import Decision, EntryDraft, Reason, Refused
from workflow.services.advance import Advance, Tried, advance
from workflow.services.deadline_sheet import Change, Plan

EVENT = "set_deadline"
SHEET = "deadline_sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that was handed in: its file's SHA-256 in hex, and the number of the paper that approved it.

    Without a paper the account that applies the page answers for it.
    """

    digest: str
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of each row; `written` only where every one was set. `repeated` was done before by the
    same command."""

    results: tuple[Result, ...]
    written: bool = False
    repeated: bool = False

    @property
    def refused(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.done)


def plan_of(acting: Acting) -> Plan:
    """What a page is compared with: the year's tasks as they stand, without locks."""
    return Plan(
        office=acting.office,
        year=acting.year,
        tasks=acting.tasks(acting.year),
        today=acting.today,
        calendar=acting.setting.calendar,
    )


def answered(acting: Acting, sheet: Sheet, *, key: str) -> Outcome | None:
    """What the command of this key came to when it was given before; None where it is new.

    Asked before the page is compared with what stands, for then its rows stand as they were set.
    """

    def work(unit: UnitOfWork) -> Outcome | None:
        stored = _claimed(acting, unit, sheet)
        return None if stored is None else _of_stored(stored)

    return acting.in_transaction(key, work)


def set_dates(
    acting: Acting, changes: Sequence[Change], sheet: Sheet, *, key: str | None = None, dry_run: bool = False
) -> Outcome:
    """Sets every date in one transaction, or none where one is refused; the refused attempts are logged.

    Raises Conflict for a row that was changed since it was checked.
    """
    command = key or new_key()
    attempts: list[Tried] = []

    def work(unit: UnitOfWork) -> Outcome:
        attempts.clear()
        if key is not None and (stored := _claimed(acting, unit, sheet)) is not None:
            return _of_stored(stored)
        answers = [(change, _ask(acting, unit, change)) for change in sorted(changes, key=_in_lock_order)]
        attempts.extend(answer for _change, answer in answers if isinstance(answer, Tried))
        results = tuple(
            _refused(answer) if isinstance(answer, Tried) else result_of(change.key.ref, answer)
            for change, answer in answers
        )
        if attempts or dry_run:
            return Outcome(results)
        role = next(answer.entry.role for _change, answer in answers if not isinstance(answer, Tried))
        unit.record(_entry(acting, sheet, rows=len(results), role=role), log=acting.today.year)
        if key is not None:
            unit.keep_answer(json.dumps([result.stored() for result in results]))
        acting.commit(unit)
        return Outcome(results, written=True)

    outcome = acting.in_transaction(command, work)
    if attempts and not dry_run:
        _record(acting, attempts, command=command)
    return outcome


def _claimed(acting: Acting, unit: UnitOfWork, sheet: Sheet) -> StoredAnswer | None:
    """The command is the file, what approved it and who applies it."""
    actor = acting.actor
    said = [SHEET, acting.year, sheet.digest, sheet.approved_by, actor.account, actor.acting_for]
    return unit.claim_key(json.dumps(said), digest_key=acting.row.digest_key)


def _of_stored(stored: StoredAnswer) -> Outcome:
    if not stored.same:
        return Outcome((Result("", SHEET, refused=Refused(SHEET, (Reason("key"),))),))
    return Outcome(tuple(map(Result.of, json.loads(stored.answer))), written=True, repeated=True)


def _in_lock_order(change: Change) -> tuple[str, int, str]:
    return change.key


def _ask(acting: Acting, unit: UnitOfWork, change: Change) -> Decision | Tried:
    words = {"date": change.new.isoformat(), "source": change.source}
    return advance(unit, Advance(change.key, EVENT, words, change.version, change.note or None), acting.case)


def _refused(attempt: Tried) -> Result:
    item = attempt.item
    return Result(
        item.key.ref, EVENT, item.state, version=item.version, refused=attempt.refused, kind=item.kind
    )


def _entry(acting: Acting, sheet: Sheet, *, rows: int, role: str | None) -> EntryDraft:
    return EntryDraft(
        event=SHEET,
        actor=acting.actor.account,
        acting_for=acting.actor.acting_for,
        role=role,
        from_state=None,
        to_state=None,
        inputs={
            "file": sheet.digest,
            "year": acting.year,
            "rows": rows,
            "approved_by": sheet.approved_by,
        },
    )


def _record(acting: Acting, attempts: Iterable[Tried], *, command: str) -> None:
    """Logs refused attempts, in a transaction of their own."""

    def work(unit: UnitOfWork) -> None:
        for attempt in attempts:
            unit.record(attempt.entry, log=attempt.item.key.year, key=attempt.item.key)
        acting.commit(unit)

    acting.in_transaction(command, work)
