"""The members of a session one by one: what they answered, when they came and went, what they keep out of."""

from __future__ import annotations

from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.sessions import members_of
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession
from workflow.model.wording import refs_in_runs


class MemberRow(NamedTuple):
    """A member in words; `answered` and `hours` are empty where nothing is known. `expected`: did not
    answer to be absent."""

    account: str
    position: str
    answered: str
    hours: str
    recused: str
    expected: bool
    here: bool
    presides: bool


def member_rows(looking: Looking, item: Item) -> tuple[MemberRow, ...]:
    """In the council's order."""
    session, words = CouncilSession.of(item), looking.words
    answers = {reply.member: words(f"choice.{reply.answer}") for reply in session.replies}
    here = session.here
    return tuple(
        MemberRow(
            id,
            looking.position(id),
            answers.get(id, ""),
            "; ".join(
                each.came + (f" – {each.left}" if each.left else "")
                for each in session.roll
                if each.member == id
            ),
            "; ".join(refs_in_runs(each.lines) for each in session.recusals if each.member == id),
            id not in session.excused,
            id in here,
            id == session.presiding,
        )
        for id in members_of(looking, session)
    )
