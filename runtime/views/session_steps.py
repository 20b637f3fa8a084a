"""What a session of the council is likely to need next, and a dossier that waits for one: the event, the line
to type and who types it, where that is not the owner of the work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.session_forecast import proposed_recusals
from runtime.views.sessions import silent_members
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession, SessionLine
from workflow.model.subjects import SESSION


class SessionStep(NamedTuple):
    """`line` is the command without the account; `by` is None where the owner of the work does it, `session`
    where the dossier that waits for one has none yet."""

    event: str
    line: str
    by: str | None = None
    session: Item | None = None


def session_step(looking: Looking, item: Item, reader: str | None) -> SessionStep | None:
    """The step of the session's owner, or of the member who looks and has not answered yet."""
    ref, session = looking.ref(item.key), CouncilSession.of(item)
    match item.state:
        case "prepared" | "postponed" if not session.agenda:
            return SessionStep("agenda_add", f"tdkt council agenda {ref} --ready")
        case "prepared" | "postponed":
            return SessionStep("call", f"tdkt council call {ref}{_to_call(looking, session)}")
        case "called":
            return _before_opening(looking, item, reader)
        case "opened":
            return next(_in_session(looking, item, session), None)
        case "closed":
            number = _asked(looking, item, "minute", "paper_number")
            return SessionStep("minute", f"tdkt council minutes {ref} --paper {number}")
    return None


def _asked(looking: Looking, item: Item, event: str, name: str) -> str:
    """What stands for an input in a line to be filled in: `"<Giờ họp>"`."""
    found = looking.machine(item.digest).event(event)
    label = next((input.label for input in found.inputs if input.name == name), None) if found else None
    return f'"<{looking.words.of(label) if label else name}>"'


def _to_call(looking: Looking, session: CouncilSession) -> str:
    words = looking.words
    lacking = [
        f' --{option} "<{words(f"column.{column}")}>"'
        for option, column, known in (
            ("at", "when", session.planned_at or session.by_writing),
            ("place", "place", session.place or session.by_writing),
        )
        if not known
    ]
    paper = words("column.invitation")
    return f' --paper "<{paper}>" --paper-date "<{words("column.day")}>"' + "".join(lacking)


def _before_opening(looking: Looking, item: Item, reader: str | None) -> SessionStep:
    ref, session, silent = looking.ref(item.key), CouncilSession.of(item), silent_members(looking, item)
    ahead = session.day is not None and looking.today < session.day
    if reader in silent and reader in item.owners and (ahead or reader != session.secretary):
        return SessionStep("reply", f"tdkt council reply {ref} attend", reader)
    if silent and ahead:
        return SessionStep("reply", f"tdkt council reply {ref} attend --others", session.secretary)
    absent = "".join(f" --absent {id}" for id in sorted(session.excused))
    return SessionStep("open", f"tdkt council open {ref}{absent}", session.secretary)


def _in_session(looking: Looking, item: Item, session: CouncilSession) -> Iterator[SessionStep]:
    """What is left to do in the meeting, the most urgent first."""
    ref = looking.ref(item.key)
    hour = "" if session.by_writing else f" --at {_asked(looking, item, 'vote_open', 'at')}"
    if slips := [line for line in session.uncounted if line.group is not None]:
        sheet = f'--sheet "<{looking.words("column.list_file")}>"'
        yield SessionStep("count", f"tdkt council count {ref} {slips[0].title} {sheet}")
    if hands := [line for line in session.uncounted if line.group is None]:
        yield SessionStep("show_hands", f"tdkt council count {ref} {hands[0].title} --all-for")
    if waiting := [line for line in session.lines if line.counted and line.result is None]:
        by = _checker(looking, session, waiting[0])
        yield SessionStep("check_count", f"tdkt council check {ref} {waiting[0].title}", by)
    if proposed_recusals(looking, session):
        yield SessionStep("recuse", f"tdkt council recuse {ref} --proposed")
    if any(line.secret and line.ballot is None for line in session.undecided) and not session.board:
        members = _asked(looking, item, "board", "members")
        yield SessionStep("board", f"tdkt council board {ref} {members}")
    if unvoted := [line for line in session.undecided if line.ballot is None]:
        how = "" if unvoted[0].secret or session.by_writing else " --all-for"
        yield SessionStep("vote_open", f"tdkt council vote {ref} {unvoted[0].title}{hour}{how}")
    if any(line.result is not None for line in session.undecided):
        yield SessionStep("conclude", f"tdkt council conclude {ref} --all")
    at = "" if session.by_writing else f" --at {_asked(looking, item, 'close', 'at')}"
    yield SessionStep("close", f"tdkt council close {ref}{at}")


def _checker(looking: Looking, session: CouncilSession, line: SessionLine) -> str | None:
    """Somebody who may compare the count and is not who entered it."""
    office, slip = looking.directory, session.slip(str(line.group))
    entered = office.people(slip.counted_by) if slip else frozenset()
    able = (*office.holding("officer"), *office.holding("standing_member"), *session.tellers)
    return next((id for id in able if office.person(id) not in entered), None)


def council_step(looking: Looking, dossier: Item, reader: str | None) -> SessionStep | None:
    """Of a dossier that waits for the council: the step of the session that has it on its agenda, else how it
    comes on one."""
    key, own = dossier.key, Dossier.of(dossier).session
    if own is not None:
        there = key._replace(ref=own)
        session = looking.once("item", there.in_year, lambda: looking.reading.item(there))
        step = session_step(looking, session, reader) if session else None
        return step._replace(session=session) if step else None
    open_ = looking.once(
        "sessions",
        str(key.year),
        lambda: looking.reading.subject_items(
            SESSION, key.office, key.year, states=("prepared", "postponed")
        ),
    )
    if open_:
        line = f"tdkt council agenda {looking.ref(open_[0].key)} {looking.ref(key)}"
        return SessionStep("agenda_add", line, CouncilSession.of(open_[0]).secretary, open_[0])
    words = looking.words
    named = (("date", "day"), ("at", "when"), ("place", "place"))
    asked = "".join(f' --{option} "<{words(f"column.{column}")}>"' for option, column in named)
    secretary = next(iter(looking.directory.holding("secretary")), None)
    return SessionStep("new", f"tdkt council new{asked}", secretary)
