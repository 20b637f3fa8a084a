"""A council session and the dossiers on its agenda: which are locked together, what comes to which.

Putting a dossier on the agenda, taking it off, concluding on it and taking that back are events of both, in
one transaction. A dossier whose lines leave tells the session.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from workflow.engine.machine import RunnableMachine
from workflow.engine.procedure import Caused
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.model.sessions import CouncilSession, Mode, SessionLine
from workflow.rules.in_session import WAITING
from workflow.rules.line_inputs import refs_of
from workflow.rules.not_an_input import NotAnInput
from workflow.services.create import Creation, create

if TYPE_CHECKING:
    from workflow.engine.case import Case
    from workflow.engine.ports import Reads, Unit
    from workflow.model.decision import Decision
    from workflow.model.facts import Facts
    from workflow.services.judging import Tried

PUTTING, TAKING = "agenda_add", "agenda_remove"
FREEING = ("postpone", "cancel")
LOOKING = ("vote_open", "close", "minute", "reopen", *FREEING)
"""The events that look at every dossier on the agenda."""
LEAVING = ("hold", "release", "withdraw_line", "withdraw", "split", "send_back", "reject", "move_path")
"""The events of a dossier that a session is told of, or may forbid."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session in an office's plan year, by meeting or by writing; `words` are the inputs of the event."""

    office: str
    year: int
    mode: Mode = "meeting"
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    note: str | None = None


def new_session(unit: Unit, command: NewSession, case: Case, *, machine: RunnableMachine) -> Decision | Tried:
    """The new session under its number, or why there is none. Raises InputMistakes."""
    asked = Creation(
        machine,
        CouncilSession(mode=command.mode),
        command.office,
        command.year,
        words=command.words,
        note=command.note,
    )
    return create(unit, asked, case)


# -- the session's side ------------------------------------------------------------------------------------


def session_touches(_reads: Reads, item: Item, event: str, words: Mapping[str, str]) -> tuple[Key, ...]:
    """The dossiers that an event of a session looks at or changes."""
    if event in (PUTTING, TAKING):
        refs = _typed(words.get("dossiers", ""))
    elif event in LOOKING:
        refs = CouncilSession.of(item).agenda
    else:
        refs = ()
    return tuple(item.key._replace(ref=ref) for ref in refs)


def _typed(text: str) -> tuple[str, ...]:
    try:
        return refs_of(text)
    except NotAnInput:  # reading the inputs says what a reference is
        return ()


def session_causes(_unit: Unit, decision: Decision, facts: Facts, _case: Case) -> tuple[Caused, ...]:
    """What the session's event brings about in its dossiers."""
    before, after = CouncilSession.of(facts.item), CouncilSession.of(decision.item)
    event, key = decision.entry.event, decision.item.key
    dossiers = {item.key.ref: item for item in facts.beside.get("touched", ())}
    own = {"session": key.ref}
    if event == PUTTING:
        new = (ref for ref in after.agenda if ref not in before.agenda)
        return tuple(Caused(key._replace(ref=ref), "into_session", own) for ref in new)
    if event == TAKING or event in FREEING:
        gone = (ref for ref in before.agenda if ref not in after.agenda)
        return tuple(Caused(key._replace(ref=ref), "out_of_session", own) for ref in gone)
    if event == "minute":
        day = {"held_on": after.day.isoformat()} if after.day else {}
        return tuple(
            Caused(key._replace(ref=ref), "conclude", {**own, **day, **_findings(after, ref)})
            for ref in after.agenda
            if dossiers[ref].state == WAITING  # one that was withdrawn since has nothing to conclude
        )
    if event == "reopen":
        return tuple(
            Caused(key._replace(ref=ref), "unconclude", own)
            for ref in after.agenda
            if dossiers[ref].state != "withdrawn"
        )
    return ()


_FINDING = {
    "award": "reached",
    "forward": "reached",
    "not_awarded": "not_reached",
    "later": "postponed",
    "other_form": "postponed",
}
"""Under which input a dossier is told of its lines, by what was concluded on them."""


def _findings(session: CouncilSession, ref: str) -> dict[str, str]:
    """What the session found on the lines of a dossier, as inputs of the dossier's event."""
    lines = [line for line in session.lines if line.dossier == ref]
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.conclusion is not None:
            found.setdefault(_FINDING[line.conclusion], []).append(str(line.line))
    counted = [_counts(line) for line in lines if line.result is not None]
    said = {name: ",".join(numbers) for name, numbers in found.items()}
    return {**said, "counts": ";".join(counted)} if counted else said


def _counts(line: SessionLine) -> str:
    """The counts of a line as a dossier keeps them: whoever neither agreed nor disagreed is none of both."""
    counts = {
        "for": line.for_,
        "against": line.against,
        "invalid": line.invalid if line.group else line.other,
        "present": (line.voting or 0) + (line.written_asked or 0),
        "total": line.total,
    }
    return f"{line.ref}:" + ",".join(f"{name}={count or 0}" for name, count in counts.items())


# -- the dossier's side ------------------------------------------------------------------------------------


def dossier_touches(_reads: Reads, item: Item, event: str, _words: Mapping[str, str]) -> tuple[Key, ...]:
    """The session on whose agenda the dossier is, where the event changes or takes away what is on it."""
    session = Dossier.of(item).session
    if session is None or item.state != WAITING or event not in LEAVING:
        return ()
    return (item.key._replace(ref=session),)


def dossier_causes(_unit: Unit, decision: Decision, facts: Facts, _case: Case) -> tuple[Caused, ...]:
    """The lines that leave the session with the event."""
    session = next(
        (item for item in facts.beside.get("touched", ()) if isinstance(item.details, CouncilSession)), None
    )
    if session is None:
        return ()
    dossier = decision.item
    whole = dossier.state != WAITING or dossier.kind != "council"
    gone = ",".join(_leaving(CouncilSession.of(session), dossier, whole=whole))
    words = {"lines": gone} if gone else {}
    words |= {"dossiers": dossier.key.ref} if whole else {}
    return (Caused(session.key, "lines_out", words),) if words else ()


def _leaving(session: CouncilSession, dossier: Item, *, whole: bool) -> Iterator[str]:
    """The lines that the council has not voted on and about which nothing is to be decided any more, or that
    went with their dossier."""
    for line in session.lines:
        if line.dossier != dossier.key.ref or line.ballot is not None:
            continue
        stands = Dossier.of(dossier).nominee(line.line)
        if whole or stands is None or stands.final:
            yield line.ref
