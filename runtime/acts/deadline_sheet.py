"""Setting the dates of a page *ấn định thời hạn*: every row through the engine, all of them or none.

Each row is the engine's own event `set_deadline` or `set_target`, with its guards and its entry; beside them
stands one entry of the office that says which file it was and what approved it. All of them bear the
command's key.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from exchange.sheets.deadline_reading import read_page
from runtime.acts.acting import Acting, Attempt, Done, Repeatable
from runtime.office.deadline_words import sheet_headings
from runtime.office.results import Result, result_of
from storage.unit import UnitOfWork
from workflow.engine.ports import StoredAnswer
from workflow.model.decision import Decision, Reason, Refused
from workflow.model.facts import Plain
from workflow.services.advance import Advance, Tried, advance
from workflow.services.deadline_sheet import SET_TARGET, Change, Checked, Plan, check, may_be_aimed

EVENT = "set_deadline"
SHEET = "deadline_sheet"


@dataclass(frozen=True, slots=True)
class SubmittedPage:
    """A page that was handed in: its file's SHA-256 in hex, and the number of the paper that approved it.

    Without a paper the account that applies the page answers for it.
    """

    digest: str
    approved_by: str | None


@dataclass(frozen=True, slots=True)
class SheetResult:
    """What became of each row of a page; `written` where every one was set.

    `repeated`: the same command was given before, and nothing is done again.
    """

    results: tuple[Result, ...]
    written: bool = False
    repeated: bool = False

    @property
    def refused(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.done)


def plan_of(acting: Acting) -> Plan:
    """The plan that a page is compared with: the year's tasks as they are now, read without locks."""
    tasks = acting.tasks(acting.year)
    return Plan(
        office=acting.office,
        year=acting.year,
        tasks=tasks,
        today=acting.today,
        calendar=acting.setting.calendar,
        aims=frozenset(
            task.key for task in tasks if may_be_aimed(task, acting.machine(task.digest).definition)
        ),
    )


def checked_page(acting: Acting, content: bytes) -> Checked:
    """The workbook as it came back, compared with the plan. Raises Unreadable."""
    filled = read_page(content, sheet_headings(acting.words.speaking("vi")))
    return check(filled.rows, plan_of(acting), unread=filled.faults, noted=filled.doubts)


def answered(acting: Acting, sheet: SubmittedPage) -> SheetResult | None:
    """The result of the command that was given under this key before; None where it is new.

    Asked before the page is compared with what stands, for then its rows stand as they were set.
    """

    asked: Repeatable[SheetResult | None] = Repeatable(_said(acting, sheet), _of_stored)
    return acting.act(lambda _unit: Done(None, written=False), repeatable=asked)


def set_dates(
    acting: Acting,
    changes: Sequence[Change],
    sheet: SubmittedPage,
    *,
    dry_run: bool = False,
) -> SheetResult:
    """Sets every date in one transaction, or none where one is refused; the refused attempts are logged.

    Raises Conflict for a row that was changed since it was checked.
    """

    def work(unit: UnitOfWork) -> Done[SheetResult]:
        # The page was shown with its doubts, and is set with them or not at all.
        answers = [_ask(acting, unit, change) for change in sorted(changes, key=_in_lock_order)]
        refused = [Attempt.of(answer) for answer in answers if isinstance(answer, Tried)]
        results = tuple(result_of(answer) for answer in answers)
        if refused or dry_run:
            return Done(SheetResult(results), written=False, refused=refused)
        inputs: dict[str, Plain] = {
            "file": sheet.digest,
            "year": acting.year,
            "rows": len(results),
            "approved_by": sheet.approved_by,
        }
        acting.record(unit, SHEET, inputs, role=next(answer.entry.role for answer in answers))
        return Done(SheetResult(results, written=True), stored=[result.stored() for result in results])

    repeatable = Repeatable(_said(acting, sheet), _of_stored)
    return acting.act(work, repeatable=repeatable, dry_run=dry_run)


def _said(acting: Acting, sheet: SubmittedPage) -> list[object]:
    """The command is the file, what approved it and who applies it."""
    actor = acting.actor
    return [SHEET, acting.year, sheet.digest, sheet.approved_by, actor.account, actor.acting_for]


def _of_stored(stored: StoredAnswer) -> SheetResult:
    if not stored.same:
        return SheetResult((Result("", SHEET, refused=Refused(SHEET, (Reason("key"),))),))
    return SheetResult(tuple(map(Result.of, json.loads(stored.answer))), written=True, repeated=True)


def _in_lock_order(change: Change) -> tuple[str, int, str]:
    return change.key


def _ask(acting: Acting, unit: UnitOfWork, change: Change) -> Decision | Tried:
    words = {"date": change.new.isoformat(), "source": change.source}
    event = SET_TARGET if change.of_target else EVENT
    command = Advance(change.key, event, words, change.version, change.note or None, confirmed=True)
    return advance(unit, command, acting.case)
