"""Asking events of a session: one or several in one act, shown beforehand where that is wanted."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from commands.printing import say
from commands.readers import item_of
from commands.session import NotConfirmed, Session
from workflow.model.errors import UnknownReference
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

if TYPE_CHECKING:
    from runtime.office.results import Result


class Asked(NamedTuple):
    """An event with its inputs as typed."""

    event: str
    words: Mapping[str, str]


def given(options: Mapping[str, str | None]) -> dict[str, str]:
    """What was typed, without what was left out."""
    return {name: value for name, value in options.items() if value is not None}


def shown(session: Session, ref: str) -> Item:
    """The session that a reference names. Raises BadReference, UnknownReference."""
    if session.options.key is not None:
        # Given again under its key, what was typed would mean something else by now: that is told first.
        session.acting.require_actor()
    item = item_of(session, ref)
    if not isinstance(item.details, CouncilSession):
        raise UnknownReference(ref=ref)
    return item


def ask_all(
    session: Session,
    ref: str,
    steps: Sequence[Asked],
    *,
    dry_run: bool,
    question: bool = False,
    preview: Callable[[], object] | None = None,
    below: Callable[[], object] | None = None,
) -> None:
    """Asks the events in their order and reports; all of them are done, or none.

    `preview` shows what is meant before a `question`, which a person answers or --yes does; of what is
    doubtful a person at the terminal is asked likewise. `below` prints what stands below the answer. Raises
    NotConfirmed.
    """
    from commands.reasons import report
    from runtime.acts.sessions import InOrder, Step, ask_in_order

    acting = session.acting
    acting.require_actor()
    events = [Step(*step) for step in steps]
    tried = ask_in_order(acting, ref, InOrder(events, dry_run=True, confirmed=True))
    able, confirmed = all(result.done for result in tried), bool(session.options.yes)
    if able and preview is not None and not session.json:
        preview()
    if able and not dry_run:
        confirmed = _agreed(session, tried, question=question) or confirmed
    done = ask_in_order(acting, ref, InOrder(events, dry_run=dry_run, confirmed=confirmed))
    if not session.json:
        # The same event of several members or lines is told once.
        done = list({result.event: result for result in done}.values())
    report(session, done, dry_run=dry_run, below=None if dry_run else below)


def _agreed(session: Session, tried: Sequence[Result], *, question: bool) -> bool:
    """Whether a person agreed to what was shown and to what is doubtful. Raises NotConfirmed."""
    from runtime.views.answers import sentence_of_doubt

    doubts = [doubt for result in tried for doubt in result.confirmed]
    asks = question or (bool(doubts) and not session.json and sys.stdin.isatty())
    if session.options.yes or not asks:
        return False
    if not session.json:
        for doubt in doubts:
            say(f"! {sentence_of_doubt(doubt, session.words)}", indent=2, err=True)
    if not session.confirmed(session.words("message.asked_question")):
        raise NotConfirmed()
    return True
