"""A whole session of the council as its events, from the agenda to the signed minutes, all on one day.

Whoever runs them does each on the session by its account: in memory, by the wiring, or as typed commands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from tests.people import (
    CHAIR,
    FIFTH_MEMBER,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    RECORDS_CLERK,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_MEMBER,
    VICE_CHAIR,
)
from workflow.model.office import Office

TELLERS = (MEMBER, SECOND_MEMBER, THIRD_MEMBER, FOURTH_MEMBER, FIFTH_MEMBER, OFFICER, RECORDS_CLERK)


COUNCIL = "council"
"""Stands among the events of a dossier's way for the session that reviews it."""


class Voted(NamedTuple):
    """A line on the agenda, `D0001/2`, whom it is about, and how many are for and against it; without
    numbers everybody who may is for it."""

    ref: str
    title: str
    secret: bool
    account: str | None = None
    for_: int | None = None
    against: int = 0
    invalid: int = 0


class Step(NamedTuple):
    """Who does what."""

    event: str
    by: str
    words: dict[str, str]


def meeting(
    office: Office,
    dossiers: Iterable[str],
    lines: Sequence[Voted],
    *,
    on: date,
    absent: Sequence[str] = (),
) -> Iterator[Step]:
    """The events of a session on these dossiers, of which the lines are voted on, with all members in the
    room but the absent."""
    day, away = on.isoformat(), office.people(absent)
    members = [id for id in office.seated(on) if office.person(id) not in away]
    presiding = CHAIR if office.person(CHAIR) not in away else VICE_CHAIR
    room = _Room(office, frozenset(office.people(members)), presiding)
    yield Step("agenda_add", SECRETARY, {"dossiers": ",".join(dossiers)})
    invitation = {"invitation_no": "01/GM-HĐTĐKT", "invitation_on": day}
    yield Step("call", SECRETARY, {**invitation, "date": day, "at": "08:00", "place": "Hội trường"})
    yield Step("open", SECRETARY, {"at": "08:00", "present": ",".join(members), "presiding": presiding})
    for line in lines:
        if line.account and office.person(line.account) in office.people(office.seated(on)):
            words = {"lines": line.ref, "member": line.account, "why": "named"}
            yield Step("recuse", SECRETARY, words)
    if any(line.secret for line in lines):
        yield Step("board", SECRETARY, {"members": ",".join(room.tellers(lines))})
    for title, own in groupby(sorted(lines, key=lambda line: line.title), key=lambda line: line.title):
        yield Step("vote_open", SECRETARY, {"title": title, "at": "08:10"})
        yield from room.counted(tuple(own))
    yield from room.concluded(lines)
    yield Step("close", SECRETARY, {"at": "10:00"})
    signed = {"paper_date": day, "signers": f"{SECRETARY},{CHAIR},{VICE_CHAIR}"}
    yield Step(
        "minute", SECRETARY, signed | ({"sheet": "seen"} if any(line.secret for line in lines) else {})
    )


class _Room(NamedTuple):
    """Who is there, by person, and who presides."""

    office: Office
    there: frozenset[str]
    presiding: str

    def own(self, account: str, lines: Iterable[Voted]) -> bool:
        person = self.office.person(account)
        return any(line.account and self.office.person(line.account) == person for line in lines)

    def tellers(self, lines: Iterable[Voted]) -> list[str]:
        """Three who stand on none of the slips and do not preside."""
        secret = [line for line in lines if line.secret]
        barred = self.office.person(self.presiding)
        free = [id for id in TELLERS if self.office.person(id) != barred and not self.own(id, secret)]
        return list({self.office.person(id): id for id in reversed(free)}.values())[-3:]

    def counts(self, line: Voted) -> str:
        voting = len(self.there - self.office.people([line.account] if line.account else []))
        for_ = voting - line.against - line.invalid if line.for_ is None else line.for_
        rest = "invalid" if line.secret else "other"
        return f"{line.ref}:for={for_},against={line.against},{rest}={line.invalid}"

    def counted(self, lines: Sequence[Voted]) -> Iterator[Step]:
        """The lines of a vote as they are written down, each by somebody whom it is not about; slips are
        compared by a second person."""
        for by, own in self._by_another(lines, SECRETARY, STANDING_MEMBER):
            counts = {"counts": ";".join(map(self.counts, own))}
            yield Step("count" if own[0].secret else "show_hands", by, counts)
            if own[0].secret:
                others = (id for id in (OFFICER, STANDING_MEMBER, SECRETARY) if id != by)
                second = next((id for id in others if not self.own(id, own)), CHAIR)
                yield Step("check_count", second, {"lines": ",".join(line.ref for line in own)})

    def concluded(self, lines: Sequence[Voted]) -> Iterator[Step]:
        for by, own in self._by_another(lines, SECRETARY, self.presiding):
            yield Step("conclude", by, {"lines": ",".join(line.ref for line in own)})

    def _by_another(
        self, lines: Sequence[Voted], usual: str, other: str
    ) -> Iterator[tuple[str, list[Voted]]]:
        for by, own in ((usual, False), (other, True)):
            if found := [line for line in lines if self.own(usual, [line]) == own]:
                yield by, found
