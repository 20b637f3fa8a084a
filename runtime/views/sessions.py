"""Sessions of the council in lists, and what every page says of their lines: as records and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.veiled import session_seen
from storage.values import NomineeLine
from workflow.model.ballots import said, share_text
from workflow.model.council import quorum_of
from workflow.model.definition import Vote
from workflow.model.dossiers import Dossier
from workflow.model.errors import UsageMistake
from workflow.model.facts import Item, Key
from workflow.model.naming import account_meant
from workflow.model.sessions import CouncilSession, SessionLine
from workflow.model.subjects import SESSION
from workflow.model.text import Text


class SessionRecord(NamedTuple):
    """A session for scripts: how many dossiers and lines are on its agenda, and how many of the lines
    `passed`, `failed` or were `left` for later or for another form."""

    ref: str
    year: int
    mode: str
    state: str
    planned_on: date | None
    planned_at: str | None
    place: str | None
    held_on: date | None
    titles: tuple[str, ...]
    dossiers: int
    lines: int
    passed: int
    failed: int
    left: int
    invitation_no: str | None
    minutes_no: str | None
    minutes_on: date | None
    version: int
    owners: tuple[str, ...]


class SessionRow(NamedTuple):
    """A session in a list, in words."""

    record: SessionRecord
    ref: str
    when: str
    titles: str
    lines: str
    results: str
    state: str


LEFT = ("later", "other_form")
"""The conclusions by which a line is decided another time."""


def session_record(item: Item) -> SessionRecord:
    session = CouncilSession.of(item)
    results = [line.result for line in session.lines]
    return SessionRecord(
        ref=item.key.ref,
        year=item.key.year,
        mode=session.mode,
        state=item.state,
        planned_on=session.planned_on,
        planned_at=session.planned_at,
        place=session.place,
        held_on=session.held_on,
        titles=session.titles,
        dossiers=len(session.agenda),
        lines=len(session.lines),
        passed=results.count("pass"),
        failed=results.count("fail"),
        left=sum(line.conclusion in LEFT for line in session.lines),
        invitation_no=session.invitation_no,
        minutes_no=session.minutes_no,
        minutes_on=session.minutes_on,
        version=item.version,
        owners=item.owners,
    )


def sessions_of(looking: Looking, seen: Callable[[Item], bool] = lambda _: True) -> tuple[SessionRow, ...]:
    """The year's sessions after those that are open of earlier years, as far as they are `seen`."""
    found = looking.reading.subject_items(SESSION, *looking.span)
    return tuple(_row(looking, item) for item in found if seen(item))


def _row(looking: Looking, item: Item) -> SessionRow:
    session, record, words = CouncilSession.of(item), session_record(item), looking.words
    results = words("council.results", n=record.passed, m=record.failed, k=record.left)
    return SessionRow(
        record,
        looking.ref(item.key),
        " ".join(filter(None, (session.opened_at or session.planned_at, looking.day(session.day)))),
        titles_text(looking, session),
        words("council.lines", n=record.lines, k=record.dossiers),
        results if record.passed or record.failed or record.left else "",
        looking.state(item),
    )


def agenda_text(looking: Looking, item: Item) -> str:
    """What is on the agenda: `9 trường hợp, 3 hồ sơ: D0001, D0002, D0003`."""
    session = CouncilSession.of(item)
    said = looking.words("council.lines", n=len(session.lines), k=len(session.agenda))
    return ": ".join(filter(None, (said, ", ".join(session.agenda))))


def titles_text(looking: Looking, session: CouncilSession) -> str:
    return "; ".join(map(looking.title, session.titles))


# -- lines ----------------------------------------------------------------------------------------------


class LineRecord(NamedTuple):
    """A line of a session as the session keeps it, with its nominee's words; `say` is what it needed and got
    by its count, in Vietnamese, `share` its votes in favour of the base."""

    record: SessionLine
    ref: str
    name: str | None
    position: str | None
    unit: str | None
    members: int
    share: str | None
    say: str | None


Named = Mapping[str, NomineeLine]
"""The lines of dossiers with their words, by reference: `D0001/2`."""


def names_of(looking: Looking, item: Item) -> Named:
    """The words of all lines on the session's agenda."""
    found: dict[str, NomineeLine] = {}
    for ref in CouncilSession.of(item).agenda:
        for line in looking.reading.lines(item.key._replace(ref=ref)):
            found[f"{ref}/{line.nominee.no}"] = line
    return found


def line_records(looking: Looking, item: Item) -> tuple[LineRecord, ...]:
    session, named = session_seen(looking, item), names_of(looking, item)
    members = len(members_of(looking, session))
    return tuple(_line_record(session, line, named.get(line.ref), members) for line in session.lines)


def _line_record(
    session: CouncilSession, line: SessionLine, named: NomineeLine | None, members: int
) -> LineRecord:
    text = said_of(session, line)
    return LineRecord(
        record=line,
        ref=line.ref,
        name=named.name if named else None,
        position=named.position if named else None,
        unit=named.unit if named else None,
        members=members,
        share=share_text(line.for_ or 0, line.base_n or 0) if text else None,
        say=text.vi if text else None,
    )


def vote_of(session: CouncilSession, line: SessionLine) -> Vote:
    """The vote that the line takes; by writing nobody is present, and all members are its base."""
    base = "total" if session.by_writing else line.base
    return Vote(base, line.percent, strict=line.strict, secret=line.secret)


def said_of(session: CouncilSession, line: SessionLine) -> Text | None:
    """What a line whose count stands needed and got; None before."""
    if line.result is None or line.for_ is None or line.base_n is None:
        return None
    return said(line.for_, line.base_n, vote_of(session, line))


def members_of(looking: Looking, session: CouncilSession) -> tuple[str, ...]:
    """The council of the session's day; from the opening on as it was frozen."""
    return session.members or looking.directory.seated(session.day or looking.today)


def quorum(looking: Looking, session: CouncilSession) -> int:
    return quorum_of(len(members_of(looking, session)), looking.rules.quorum)


def positions(looking: Looking, accounts: Iterable[str]) -> str:
    return "; ".join(map(looking.position, accounts))


# -- what is usual, and need not be typed -----------------------------------------------------------------


def awaiting_council(looking: Looking) -> tuple[str, ...]:
    """The dossiers that wait for the council and are on no session's agenda."""
    return tuple(key.ref for key in awaiting(looking))


class AgendaRow(NamedTuple):
    """A dossier for the council, with how many of its lines are considered and in words what it is."""

    ref: str
    key: Key
    about: str
    lines: int


def awaiting(looking: Looking) -> tuple[Key, ...]:
    """The dossiers of the year that wait for the council and are on no agenda."""
    found = looking.reading.dossier_outlines(looking.office, looking.year, states=("appraised",))
    return tuple(each.key for each in found if each.path == "council" and each.session is None)


def awaiting_rows(looking: Looking) -> tuple[AgendaRow, ...]:
    keys = awaiting(looking)
    found = looking.reading.items(keys)
    return tuple(
        AgendaRow(key.ref, key, looking.content(found[key]), len(Dossier.of(found[key]).standing))
        for key in keys
    )


def agenda_rows(looking: Looking, item: Item) -> tuple[AgendaRow, ...]:
    """The dossiers on the session's agenda."""
    session = CouncilSession.of(item)
    found = ((ref, looking.reading.item(item.key._replace(ref=ref))) for ref in session.agenda)
    return tuple(
        AgendaRow(ref, of.key, looking.content(of), sum(line.dossier == ref for line in session.lines))
        for ref, of in found
        if of is not None
    )


def silent_members(looking: Looking, item: Item) -> tuple[str, ...]:
    """The members who have not answered the invitation."""
    session = CouncilSession.of(item)
    answered = {reply.member for reply in session.replies}
    return tuple(id for id in members_of(looking, session) if id not in answered)


class NotAMember(UsageMistake):
    """{chuc_vu} is no member of the council on that day; leave them out."""

    code = "not_a_member"


class Roll(NamedTuple):
    """Who is there when the session is opened, and the hour for which it was called."""

    present: tuple[str, ...]
    at: str | None


def roll_without(looking: Looking, item: Item, absent: Iterable[str]) -> Roll:
    """All members but the absent ones; nobody by writing. Raises UnknownActor, NotAMember."""
    session, office = CouncilSession.of(item), looking.directory
    if session.by_writing:
        return Roll((), None)
    members = members_of(looking, session)
    named = [account_meant(id, office) for id in absent]
    for id in named:
        if office.person(id) not in office.people(members):
            raise NotAMember(chuc_vu=looking.position(id))
    away = office.people(named)
    return Roll(tuple(id for id in members if office.person(id) not in away), session.planned_at)


class MinutesUsual(NamedTuple):
    """The day of the minutes, their signers, and whether a signed count sheet belongs to them."""

    day: str | None
    signers: str | None
    secret: bool


def minutes_usual(looking: Looking, item: Item) -> MinutesUsual:
    session = CouncilSession.of(item)
    signers = dict.fromkeys((*filter(None, (session.secretary,)), *session.who_presided))
    return MinutesUsual(
        session.held_on.isoformat() if session.held_on else None,
        ",".join(signers) or None,
        any(line.secret and line.counted for line in session.lines),
    )
