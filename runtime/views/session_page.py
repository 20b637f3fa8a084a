"""A session of the council in full: as a record for scripts, and as the parts of its page in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.facts import ChangeRecord, NotShown
from runtime.views.session_forecast import ProposedRecusal, proposed_recusals, recusal_text
from runtime.views.sessions import (
    LineRecord,
    Named,
    SessionRecord,
    members_of,
    names_of,
    positions,
    quorum,
    said_of,
)
from runtime.views.tables import ListBelow
from runtime.views.terms import TermRecord
from runtime.views.veiled import session_seen
from storage.values import NomineeLine
from workflow.model.facts import Item, Plain
from workflow.model.sessions import (
    Attendance,
    Ballot,
    Board,
    CouncilSession,
    Presiding,
    Recusal,
    Reply,
    SessionLine,
    Slips,
    Written,
)
from workflow.model.wording import refs_in_runs


class SessionShown(NamedTuple):
    """A session with all that it keeps, its lines among it, and the events that lead on. `quorum` of
    `members` must be there, `present` are; `proposed_recusals` are not recorded yet."""

    record: SessionRecord
    presiding: str | None
    secretary: str | None
    invitation_on: date | None
    opened_at: str | None
    closed_at: str | None
    agenda: tuple[str, ...]
    members: tuple[str, ...]
    quorum: int
    present: tuple[str, ...]
    replies: tuple[Reply, ...]
    roll: tuple[Attendance, ...]
    presided: tuple[Presiding, ...]
    recusals: tuple[Recusal, ...]
    proposed_recusals: tuple[ProposedRecusal, ...]
    board: tuple[str, ...]
    boards: tuple[Board, ...]
    written: tuple[Written, ...]
    ballots: tuple[Ballot, ...]
    slips: tuple[Slips, ...]
    line_results: tuple[LineRecord, ...]
    events: tuple[str, ...]
    terms: tuple[TermRecord, ...]
    also_open: tuple[str, ...]
    facts: Mapping[str, Mapping[str, Plain]]
    history: tuple[ChangeRecord, ...]
    not_shown: NotShown
    undone_by: tuple[str, ...] | None


def session_facts(looking: Looking, item: Item) -> tuple[tuple[str, str], ...]:
    """Labels with what they say; empty ones are not shown."""
    words, session = looking.words, CouncilSession.of(item)
    facts = {
        "state": looking.state(item),
        "when": _when(looking, session),
        "place": session.place or "",
        "invitation": _paper(looking, session.invitation_no, session.invitation_on),
        "presiding": looking.position(session.presiding) if session.presiding else "",
        "keeps_minutes": looking.position(session.secretary) if session.secretary else "",
        "council": words("council.members", n=len(members_of(looking, session)), k=quorum(looking, session)),
        "replies": _replies(looking, session),
        "present": _present(looking, session),
        "not_present": _absent(looking, session),
        "recusals": "; ".join(recusal_text(looking, each) for each in session.recusals),
        "proposed_recusals": "; ".join(
            recusal_text(looking, each) for each in proposed_recusals(looking, session)
        ),
        "board": positions(looking, session.board),
        "boards": "; ".join(
            f"{refs_in_runs(each.lines)}: {positions(looking, each.members)}" for each in session.boards
        ),
        "written": "; ".join(_written(looking, each) for each in session.written),
        "agenda": ", ".join(session.agenda),
        "minutes": _paper(looking, session.minutes_no, session.minutes_on),
    }
    return tuple((words(f"column.{name}"), said) for name, said in facts.items())


def _when(looking: Looking, session: CouncilSession) -> str:
    hours = " – ".join(filter(None, (session.opened_at or session.planned_at, session.closed_at)))
    return ", ".join(filter(None, (hours, looking.day_with_weekday(session.day))))


def _paper(looking: Looking, number: str | None, day: object) -> str:
    return " ".join(filter(None, (number, looking.words.of(day) if day else "")))


def _replies(looking: Looking, session: CouncilSession) -> str:
    """What the members answered, until it is known who came."""
    if session.opened_at is not None or not session.replies:
        return ""
    members, answers = members_of(looking, session), [reply.answer for reply in session.replies]
    silent = len(members) - len(answers)
    return looking.words(
        "council.replies", n=answers.count("attend"), k=answers.count("absent"), m=max(0, silent)
    )


def _present(looking: Looking, session: CouncilSession) -> str:
    if session.opened_at is None:
        return ""
    here = session.here if session.closed_at is None else session.in_room(session.closed_at)
    came = here or session.in_room(session.opened_at)
    return looking.words("council.present", k=len(came), m=len(members_of(looking, session)))


def _absent(looking: Looking, session: CouncilSession) -> str:
    """Whoever was there at no time; before the meeting whoever answered so."""
    if session.opened_at is None:
        return positions(looking, session.excused)
    there = {each.member for each in session.roll}
    return positions(looking, [id for id in session.members if id not in there])


def _written(looking: Looking, each: Written) -> str:
    back = looking.words(f"choice.{'returned' if each.returned else 'not_returned'}")
    return f"{looking.position(each.member)}: {refs_in_runs(each.lines)} ({looking.words.inside(back)})"


# -- its lines ---------------------------------------------------------------------------------------------


def line_tables(looking: Looking, item: Item, *, only: frozenset[str] | None = None) -> tuple[ListBelow, ...]:
    """The session's lines by vote in the order of the votes, then the others by title, below each what it
    needed and got; `only` some of them by reference."""
    session, named = session_seen(looking, item), names_of(looking, item)
    wanted = [line for line in session.lines if only is None or line.ref in only]
    found: list[ListBelow] = []
    for ballot in session.standing_ballots:
        lines = [line for line in wanted if line.ballot == ballot.no]
        if lines:
            found.append(_table(looking, session, _heading(looking, session, ballot), lines, named))
    for title in session.titles:
        lines = [line for line in wanted if line.title == title and line.ballot is None]
        if lines:
            how = looking.words(f"council.{'by_slips' if _slips(session, lines[0]) else 'by_hands'}")
            heading = f"{looking.title(title)}: {looking.words('council.not_voted')} ({how})"
            found.append(_table(looking, session, heading, lines, named))
    if slips := _slip_table(looking, session, {line.group for line in wanted if line.group}):
        found.append(slips)
    return tuple(found)


SLIP_COLUMNS = ("slip", "lines", "issued", "collected", "entered_by", "checked_by")


def _slip_table(looking: Looking, session: CouncilSession, groups: Collection[str]) -> ListBelow | None:
    """The slips that went out: who got one is known, how many came back, who entered and who checked them."""
    words, rows = looking.words, []
    for slip in session.slips:
        lines = session.on_slip(slip.id)
        if slip.id not in groups or not lines:
            continue
        collected = lines[0].collected
        rows.append(
            (
                slip.id,
                refs_in_runs(line.ref for line in lines),
                str(lines[0].issued),
                "" if collected is None else str(collected),
                positions(looking, slip.counted_by[:1]),
                positions(looking, slip.checked_by[:1]),
            )
        )
    return ListBelow(tuple(words(f"column.{name}") for name in SLIP_COLUMNS), tuple(rows)) if rows else None


def _slips(session: CouncilSession, line: SessionLine) -> bool:
    return line.secret or session.by_writing


def _heading(looking: Looking, session: CouncilSession, ballot: Ballot) -> str:
    words = looking.words
    slips = ballot.secret or session.by_writing
    said = [words(f"council.{'by_slips' if slips else 'by_hands'}")]
    if ballot.at is not None:
        there = {"k": len(ballot.in_room), "m": len(session.members)}
        said.append(words("council.voted_at", gio=ballot.at, **there))
    return f"{looking.title(ballot.title)}: {', '.join(said)}"


def _table(
    looking: Looking, session: CouncilSession, heading: str, lines: Sequence[SessionLine], named: Named
) -> ListBelow:
    slips, words = _slips(session, lines[0]), looking.words
    counts = "council.of_slips" if slips else "council.of_hands"
    columns = {
        "ref": "column.ref",
        "name": "column.name",
        **({"slip": "column.slip"} if slips else {}),
        "counts": counts,
        "result": "column.result",
        "conclusion": "column.conclusion",
    }
    rows = tuple(tuple(_cells(looking, line, named.get(line.ref), columns)) for line in lines)
    below = tuple(_below(looking, session, line) for line in lines)
    return ListBelow(tuple(map(words, columns.values())), rows, heading, below)


def _cells(
    looking: Looking, line: SessionLine, named: NomineeLine | None, columns: Iterable[str]
) -> Iterator[str]:
    words, rest = looking.words, line.other if line.group is None else line.invalid
    counts = (line.for_, line.against, rest)
    cells = {
        "ref": line.ref,
        "name": (named.name if named else None) or "—",
        "slip": line.group or "",
        "counts": " / ".join(map(str, counts)) if line.counted else "",
        "result": words(f"result.{line.result}") if line.result else "",
        "conclusion": words(f"choice.{line.conclusion}") if line.conclusion else "",
    }
    return (cells[name] for name in columns)


def _below(looking: Looking, session: CouncilSession, line: SessionLine) -> str:
    """What the line needed and got, who took no part in its vote, and who presided in another's place."""
    words, text = looking.words, said_of(session, line)
    said = [words.of(text)] if text else []
    if line.counted and line.result is None:
        said.append(words("council.to_check"))
    if line.recused:
        said.append(words("council.recused", danh_sach=positions(looking, line.recused)))
    usual = next((ballot.presiding for ballot in session.ballots if ballot.no == line.ballot), None)
    if line.presiding and line.presiding != usual:
        said.append(words("council.presided", chuc_vu=looking.position(line.presiding)))
    return "; ".join(said)
