"""What a changed calendar does to the deadlines, shown before it is done: every old and new date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from commands.printing import print_table, say
from commands.session import Session
from runtime.office.looking import local_time
from runtime.views.deadlines import row_text
from workflow.model.facts import Key
from workflow.model.wording import mid_sentence

if TYPE_CHECKING:
    from runtime.acts.recalendaring import Recalendaring
    from workflow.model.decision import DeadlineRow
    from workflow.services.migrate import Migrated
    from workflow.services.recalendar import Recalendared


def print_moves(session: Session, moved: Recalendaring, *, said: str) -> None:
    """A line for every due date and every row that would fall on another instant."""
    if not moved.items:
        return
    words = session.words
    lines = [line for key, item in moved.items for line in lines_of(session, key, item)]
    moving = sum(bool(item.moved) for _key, item in moved.items)
    say(words(f"message.{said}", n=moving, m=len(moved.items) - moving, ten=moved.by))
    print_table([words(f"column.{name}") for name in ("ref", "deadline_row", "old", "new")], lines)


def lines_of(session: Session, key: Key, item: Recalendared | Migrated) -> list[tuple[str, str, str, str]]:
    words, lines = session.words, []
    if item.due != item.due_before:
        old, new = (
            words.day(day) if day else session.words("message.no_row") for day in (item.due_before, item.due)
        )
        lines.append((words("message.due_date"), old, new))
    lines += [
        (_row(session, moved.row), _time(session, moved.old), _time(session, moved.new))
        for moved in item.moved
    ]
    return [(session.acting.ref(key) if at == 0 else "", *line) for at, line in enumerate(lines)]


def _row(session: Session, row: DeadlineRow) -> str:
    """The row in words, of a term with its name before."""
    said = row_text(session.words, row)
    return f"{_term(session, row.term)}: {mid_sentence(said)}" if row.term else said


def _term(session: Session, id: str) -> str:
    """The term's name, by the newest policy that has it."""
    setting = session.acting.setting
    found = next((term for policy in setting.policies if (term := policy.term(id))), None)
    return getattr(found.label, session.words.language) if found else id


def _time(session: Session, at: datetime | None) -> str:
    if at is None:
        return session.words("message.no_row")
    return session.words.of(local_time(at, session.acting.zone))


def moves_json(moved: Recalendaring) -> list[dict[str, Any]]:
    """The items with their due dates and the instants of their rows; None where there is no row."""
    return [move_json(key, item) for key, item in moved.items]


def move_json(key: Key, item: Recalendared | Migrated) -> dict[str, Any]:
    return {
        "ref": key.ref,
        "year": key.year,
        "due_old": item.due_before,
        "due_new": item.due,
        "rows": [
            {"name": moved.row.name, "kind": moved.row.kind, "old": moved.old, "new": moved.new}
            for moved in item.moved
        ],
    }


def move(
    session: Session,
    foreseen: Recalendaring,
    do: Callable[[], Recalendaring],
    *,
    of: Literal["calendar", "policy"],
    dry_run: bool,
) -> Recalendaring:
    """Shows what a changed calendar or policy moves, asks where it moves anything, and does it."""
    question = session.words(f"message.{of}_question", n=len(foreseen.items), ten=foreseen.by)
    return session.ask_and_do(
        foreseen,
        do,
        show=lambda: print_moves(session, foreseen, said=f"{of}_moves"),
        question=question if foreseen.items else None,
        dry_run=dry_run,
    )
