"""The invitation to a session of the council (giấy mời)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.bb_hop import Member
from runtime.views.papers.facts import Facts, Signature, day_text, hour_text
from runtime.views.papers.heads import CHAIR, FOR_CHAIR, VICE, head, name_on, positions_of, written_out
from runtime.views.papers.lines import Lines, lines_of, title_text
from runtime.views.papers.parts import Given, Part, again
from workflow.model.council import council_on
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

KIND = "giay_moi"


class Matter(NamedTuple):
    """A title on the agenda, with how many lines of how many dossiers."""

    title: str
    lines: str
    dossiers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPaper(Facts):
    """`hour` and `meeting_day` are for when it is called, `presiding` the position of who presides."""

    members: tuple[Member, ...]
    hour: str
    meeting_day: str
    place: str
    presiding: str
    matters: tuple[Matter, ...]
    dossiers: str
    lines: str

    def held(self) -> Held:
        matters = tuple((each.title, each.lines) for each in self.matters)
        texts = (*Facts.held(self).texts, self.meeting_day, self.dossiers, self.lines)
        return Held(texts, matters)

    def persons(self) -> tuple[str, ...]:
        return (*(each.name for each in self.members), self.signature.name)


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One, as soon as the session has a day and an agenda."""
    session = item.details
    assert isinstance(session, CouncilSession)
    day = session.planned_on
    if day is None or not session.lines:
        return
    on = session.invitation_on or looking.today
    lines = lines_of(looking, item.key.year)
    facts = InvitationPaper(
        **head(
            looking,
            KIND,
            council_signature(looking, session, on),
            number=session.invitation_no,
            on=session.invitation_on,
        ),
        members=tuple(
            Member(name_on(looking, id, on), positions_of(looking, id))
            for id in session.members or council_on(looking.directory, day)
        ),
        hour=hour_text(session.planned_at),
        meeting_day=day_text(day),
        place=written_out(session.place or ""),
        presiding=positions_of(looking, session.presiding or ""),
        matters=tuple(_matters(looking, session, lines)),
        dossiers=f"{len(session.agenda):02}",
        lines=f"{len(session.lines):02}",
    )
    name = again(looking, item, "call")
    yield Part(name, facts, session.invitation_no is not None, on, session.invitation_no)


def council_signature(looking: Looking, session: CouncilSession, on: date) -> Signature:
    """In the council's name: by the chair, or by whoever presides in the chair's place."""
    chairs = looking.directory.holding("chair")
    presiding = session.presiding or (chairs[0] if chairs else None)
    as_chair = presiding is None or presiding in chairs
    lines = ("TM. HỘI ĐỒNG", CHAIR) if as_chair else ("TM. HỘI ĐỒNG", FOR_CHAIR, VICE)
    return Signature(lines, name_on(looking, presiding, on))


def _matters(looking: Looking, session: CouncilSession, lines: Lines) -> Iterator[Matter]:
    for title in session.titles:
        of = [line for line in session.lines if line.title == title]
        said = title_text(looking, lines.dossier(of[0].dossier), title)
        yield Matter(said, f"{len(of):02}", f"{len({line.dossier for line in of}):02}")
