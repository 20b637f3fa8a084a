"""How far the votes of a session are, title by title."""

from __future__ import annotations

from typing import Literal, NamedTuple

from runtime.office.looking import Looking
from runtime.views.vote_screen import vote_screen
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession


class TitleRow(NamedTuple):
    """A title on the agenda. `stands`: what is next for it; `done` of its `lines` have a result."""

    title: str
    label: str
    lines: int
    done: int
    how: str
    slips: bool
    stands: Literal["to_open", "to_count", "to_check", "done"]


def title_rows(looking: Looking, item: Item) -> tuple[TitleRow, ...]:
    """In the order of the agenda."""
    return tuple(_row(looking, item, title) for title in CouncilSession.of(item).titles)


def _row(looking: Looking, item: Item, title: str) -> TitleRow:
    session, screen = CouncilSession.of(item), vote_screen(looking, item, title)
    lines = sum(line.title == title for line in session.lines)
    how = "in_writing" if session.by_writing else "by_slips" if screen.slips else "by_hands"
    stands: Literal["to_open", "to_count", "to_check", "done"] = (
        "to_count"
        if screen.to_count
        else "to_check"
        if screen.to_check
        else "to_open"
        if screen.to_open
        else "done"
    )
    return TitleRow(
        title, screen.label, lines, len(screen.done), looking.words(f"council.{how}"), screen.slips, stands
    )
