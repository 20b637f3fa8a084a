"""What a changed calendar does to the deadlines, shown before it is done: every old and new date."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from commands.printing import print_table, say
from commands.session import Session
from workflow.model.facts import Key

if TYPE_CHECKING:
    from runtime.acts.recalendaring import Recalendaring
    from workflow.services.migrate import Migrated
    from workflow.services.recalendar import Recalendared


def print_moves(session: Session, moved: Recalendaring, *, said: str) -> None:
    """A line for every due date and every row that would fall on another instant."""
    if not moved.items:
        return
    from runtime.care.differing import moved_lines

    words = session.words
    lines = moved_lines(session.acting, words, moved.items)
    moving = sum(bool(item.moved) for _key, item in moved.items)
    say(words(f"message.{said}", n=moving, m=len(moved.items) - moving, ten=moved.by))
    print_table([words(f"column.{name}") for name in ("ref", "deadline_row", "old", "new")], lines)


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
