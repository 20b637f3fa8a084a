"""What a session can decide with the members who are expected: who takes no part in which line, which lines
can pass, who must come for them and who must leave the room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.sessions import members_of, positions, quorum, vote_of
from workflow.model.ballots import FEW_SLIPS, Forecast, forecast, majority_of
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession, Recusal, SessionLine
from workflow.model.wording import refs_in_runs


class ProposedRecusal(NamedTuple):
    """A member who is to be recorded as taking no part in the vote on the lines: `named` as their nominee, or
    who declared an interest in them."""

    member: str
    lines: tuple[str, ...]
    why: str


class LineForecast(NamedTuple):
    """What can come of one line: `least` votes `of` so many are asked, `voters_expected` can give one.
    `lacking` of `come` must still come, or answer in writing; `leave` are expected and do not vote on it. The
    base is `too_small` to take a vote at all, or the slips so few that the counts may show who voted how."""

    line: str
    title: str
    least: int
    of: int
    voters_expected: int
    written_possible: int
    can_pass_in_room: bool
    can_pass_with_written: bool
    spare_in_room: int
    lacking: int
    come: tuple[str, ...]
    leave: tuple[str, ...]
    too_small: bool
    few_slips: bool


class SessionForecast(NamedTuple):
    """The members of the day, how many must be there, who is expected, away, and has not answered; the lines
    not voted on yet of which all members are the base, and who is to be recorded as recused."""

    ref: str
    year: int
    members: tuple[str, ...]
    quorum: int
    expected: tuple[str, ...]
    absent: tuple[str, ...]
    silent: tuple[str, ...]
    quorum_met: bool
    lines: tuple[LineForecast, ...]
    recusals: tuple[ProposedRecusal, ...]


def session_forecast(looking: Looking, item: Item) -> SessionForecast:
    """The forecast; once the session is open by who is in the room."""
    session = CouncilSession.of(item)
    members, coming = members_of(looking, session), _expected(looking, session)
    answered = {reply.member for reply in session.replies}
    proposed = proposed_recusals(looking, session)
    waiting = [line for line in session.lines if line.ballot is None and line.conclusion is None]
    least = looking.directory.membership.min_base or majority_of(len(members))
    foreseen = [
        (line, _foreseen(looking, session, line, frozenset(coming), _recused(session, line, proposed)))
        for line in waiting
    ]
    return SessionForecast(
        ref=item.key.ref,
        year=item.key.year,
        members=members,
        quorum=quorum(looking, session),
        expected=coming,
        absent=tuple(id for id in members if id not in coming),
        silent=tuple(id for id in members if id not in answered) if session.opened_at is None else (),
        quorum_met=session.by_writing or len(coming) >= quorum(looking, session),
        lines=tuple(
            _line(line, each, members, least=least)
            for line, each in foreseen
            if vote_of(session, line).base == "total" or each.of < least
        ),
        recusals=proposed,
    )


def _expected(looking: Looking, session: CouncilSession) -> tuple[str, ...]:
    """Whoever did not answer to be absent; in the meeting whoever is in the room."""
    if session.opened_at is not None:
        return session.here
    return tuple(id for id in members_of(looking, session) if id not in session.excused)


def proposed_recusals(looking: Looking, session: CouncilSession) -> tuple[ProposedRecusal, ...]:
    """Members who are nominees of lines, or declared an interest in them, and are not recorded as taking no
    part in the vote, which was not opened yet."""
    members, office = members_of(looking, session), looking.directory
    by_person = {office.person(id): id for id in members}
    found: dict[tuple[str, str], list[str]] = {}
    for line in session.lines:
        if line.ballot is not None:
            continue
        own = by_person.get(office.person(line.account)) if line.account else None
        declared = (each.member for each in session.replies if line.ref in each.interest)
        concerned = {**dict.fromkeys(declared, "other"), **({own: "named"} if own else {})}
        for member in concerned.keys() - set(session.recused_from(line.ref)):
            found.setdefault((member, concerned[member]), []).append(line.ref)
    ordered = sorted(found.items(), key=lambda each: (members.index(each[0][0]), each[0][1]))
    return tuple(ProposedRecusal(member, tuple(lines), why) for (member, why), lines in ordered)


def _recused(
    session: CouncilSession, line: SessionLine, proposed: tuple[ProposedRecusal, ...]
) -> frozenset[str]:
    return frozenset(
        (*session.recused_from(line.ref), *(each.member for each in proposed if line.ref in each.lines))
    )


def _foreseen(
    looking: Looking,
    session: CouncilSession,
    line: SessionLine,
    coming: frozenset[str],
    recused: frozenset[str],
) -> Forecast:
    members = members_of(looking, session)
    return forecast(
        vote_of(session, line),
        members=frozenset(members),
        expected=coming,
        recused=recused,
        in_writing=looking.directory.membership.written_opinions,
    )


def _line(line: SessionLine, seen: Forecast, members: tuple[str, ...], *, least: int) -> LineForecast:
    return LineForecast(
        line=line.ref,
        title=line.title,
        least=seen.least,
        of=seen.of,
        voters_expected=seen.voters,
        written_possible=seen.writing,
        can_pass_in_room=seen.passes_in_room,
        can_pass_with_written=seen.passes_with_writing,
        spare_in_room=seen.spare,
        lacking=seen.lacking,
        come=tuple(id for id in members if id in seen.away),
        leave=tuple(id for id in members if id in seen.leave),
        too_small=seen.of < least,
        few_slips=line.secret and seen.voters < FEW_SLIPS,
    )


# -- in words ---------------------------------------------------------------------------------------------


class ForecastRow(NamedTuple):
    """Lines of one title for which the same is foreseen, in words."""

    lines: str
    title: str
    least: str
    voters: str
    said: str


def forecast_rows(looking: Looking, seen: SessionForecast) -> tuple[ForecastRow, ...]:
    """The lines with what is foreseen of them; alike ones of a title stand in one row."""
    alike: dict[LineForecast, list[str]] = {}
    for each in seen.lines:
        alike.setdefault(each._replace(line=""), []).append(each.line)
    return tuple(
        ForecastRow(
            refs_in_runs(lines),
            looking.title(each.title),
            f"{each.least}/{each.of}",
            str(each.voters_expected),
            "; ".join(_remarks(looking, each)),
        )
        for each, lines in alike.items()
    )


def _remarks(looking: Looking, each: LineForecast) -> list[str]:
    words = looking.words
    said = []
    if each.too_small:
        said.append(words("forecast.too_small", n=each.of))
    elif each.lacking:
        said.append(words("forecast.lacking", n=each.lacking, danh_sach=positions(looking, each.come)))
        if each.can_pass_with_written:
            said.append(words("forecast.by_writing", n=each.written_possible))
    elif each.spare_in_room == 0:
        said.append(words("forecast.all_of_them", n=each.voters_expected))
    else:
        said.append(words("forecast.may_lack", n=each.spare_in_room))
    if each.leave:
        said.append(words("forecast.leave", danh_sach=positions(looking, each.leave)))
    if each.few_slips:
        said.append(words("forecast.few_slips", n=each.voters_expected))
    return said


def forecast_facts(looking: Looking, seen: SessionForecast) -> tuple[tuple[str, str], ...]:
    """Labels with what they say of the meeting as a whole."""
    words = looking.words
    met = words(f"forecast.quorum_{'met' if seen.quorum_met else 'lacks'}")
    facts: Mapping[str, str] = {
        "council": words("council.members", n=len(seen.members), k=seen.quorum),
        "coming": f"{len(seen.expected)}; {met}",
        "not_present": positions(looking, seen.absent),
        "silent": positions(looking, seen.silent),
        "proposed_recusals": "; ".join(recusal_text(looking, each) for each in seen.recusals),
    }
    return tuple((words(f"column.{name}"), said) for name, said in facts.items() if said)


def recusal_text(looking: Looking, recusal: ProposedRecusal | Recusal) -> str:
    """Who takes no part in which lines, and why: `Ủy viên 5: D0002/1, D0002/2 (tên trong danh sách)`."""
    why = looking.words.inside(looking.words(f"choice.{recusal.why}"))
    return f"{looking.position(recusal.member)}: {refs_in_runs(recusal.lines)} ({why})"
