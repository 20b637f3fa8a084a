"""The minutes of a session of the council (biên bản họp): who was there, what was voted on and what was
concluded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import NO_SOURCE, NOBODY, Facts, Signature, Source, day_text, hour_text
from runtime.views.papers.heads import head, name_on, positions_of, written_out
from runtime.views.papers.lines import Lines, ShownLine, label_text, lines_of, title_text
from runtime.views.papers.parts import Given, Part, again
from runtime.views.veiled import session_seen
from workflow.model.ballots import share_text
from workflow.model.council import quorum_of
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession, SessionLine

KIND = "bb_hop"
RESULTS = {"pass": "Đạt", "fail": "Không đạt", None: ""}
CONCLUSIONS = {
    "award": "Đạt, khen thưởng tại xã",
    "forward": "Đạt, trình cấp trên",
    "not_awarded": "Không đạt số phiếu tối thiểu",
    "later": "Để lại xét sau",
    "other_form": "Chuyển hình thức khác",
    None: "",
}
REASONS = {
    "named": "có tên trong danh sách",
    "relative": "người thân có tên trong danh sách",
    "other": "lý do khác",
}


class Member(NamedTuple):
    """A member of the council: the name, empty while it is not known, and all positions."""

    name: str
    position: str


class RecusedRow(NamedTuple):
    """Who takes no part in the vote on whom, for which titles, and why."""

    member: str
    called: str
    titles: str
    why: str


class VoteRow(NamedTuple):
    """A line that was voted on; counts as they are printed, empty where the way of voting has none."""

    no: int
    name: str
    position: str
    voting: str
    issued: str
    collected: str
    valid: str
    invalid: str
    in_favour: str
    against: str
    base: str
    least: str
    share: str
    result: str


class VoteTable(NamedTuple):
    """The votes on one title."""

    title: str
    secret: bool
    in_room: str
    rows: tuple[VoteRow, ...]


class ConclusionRow(NamedTuple):
    """What the presiding member concluded on a line."""

    no: int
    name: str
    title: str
    conclusion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesPaper(Facts):
    """`present` and `absent` are the members by their roll; counts of people have two digits. `met` and
    `not_met` are what the appraisal found; `clerk` signs at the left, those of `chairs` who presided at
    the right."""

    opened: str
    closed: str
    meeting_day: str
    place: str
    by_writing: bool
    members: str
    founded_by: Source
    statute: Source
    quorum_article: str
    present: tuple[Member, ...]
    absent: tuple[Member, ...]
    presiding: tuple[str, ...]
    secretary: str
    quorum: str
    dossiers: str
    lines: str
    met: str
    not_met: str
    recused: tuple[RecusedRow, ...]
    votes: tuple[VoteTable, ...]
    conclusions: tuple[ConclusionRow, ...]
    clerk: Signature
    chairs: tuple[Signature, ...]

    @property
    def n_present(self) -> str:
        return f"{len(self.present):02}"

    @property
    def n_absent(self) -> str:
        return f"{len(self.absent):02}"

    def held(self) -> Held:
        rows = tuple(
            (row.name, row.in_favour, row.against, row.share, row.result)
            for vote in self.votes
            for row in vote.rows
        )
        concluded = tuple((row.name, row.title, row.conclusion) for row in self.conclusions)
        names = [row.name for vote in self.votes for row in vote.rows]
        names += [row.name for row in self.conclusions]
        signing = (self.clerk.name, *(each.name for each in self.chairs))
        there = (each.name for each in (*self.present, *self.absent))
        said = (*signing, *(() if self.by_writing else (self.opened, self.closed, *there)))
        return Held((*Facts.held(self).texts, *filter(None, said)), (*rows, *concluded), tuple(names))

    def persons(self) -> tuple[str, ...]:
        return (
            *(each.name for each in (*self.present, *self.absent)),
            *(row.name for vote in self.votes for row in vote.rows),
        )


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One, once the session was closed."""
    session = session_seen(looking, item)
    day = session.held_on or session.planned_on
    if day is None or not any(line.conclusion for line in session.lines):
        return
    on = session.minutes_on or day
    lines = lines_of(looking, item.key.year)
    shown = {line.ref: lines(line.dossier, line.line) for line in session.lines}
    facts = MinutesPaper(
        **head(
            looking,
            KIND,
            NOBODY,
            number=session.minutes_no,
            on=on,
        ),
        **_meeting(looking, session),
        **_room(looking, session, day),
        dossiers=f"{len(session.agenda):02}",
        lines=f"{len(session.lines):02}",
        met=f"{sum(each.nominee.verdict in ('met', 'exception') for each in shown.values()):02}",
        not_met=f"{sum(each.nominee.verdict not in ('met', 'exception') for each in shown.values()):02}",
        recused=tuple(_recused(looking, session, shown, lines, day)),
        votes=tuple(_votes(looking, session, shown, lines)),
        conclusions=tuple(
            ConclusionRow(
                no,
                shown[line.ref].name,
                label_text(looking, lines.dossier(line.dossier), line.title),
                CONCLUSIONS[line.conclusion],
            )
            for no, line in enumerate(in_paper_order(session), 1)
        ),
    )
    name = again(looking, item, "minute")
    yield Part(name, facts, item.state == "minuted", on, session.minutes_no)


def in_paper_order(session: CouncilSession) -> list[SessionLine]:
    """By the agenda, then as the dossiers have them."""
    order = {ref: at for at, ref in enumerate(session.agenda)}
    return sorted(session.lines, key=lambda line: (order.get(line.dossier, len(order)), line.line))


def _meeting(looking: Looking, session: CouncilSession) -> Any:
    membership = looking.directory.membership
    founded, statute = membership.founded_by, membership.statute
    return {
        "opened": hour_text(session.opened_at),
        "closed": hour_text(session.closed_at),
        "meeting_day": day_text(session.held_on or session.planned_on),
        "place": written_out(session.place or ""),
        "by_writing": session.by_writing,
        "founded_by": Source(founded.number, day_text(founded.dated)) if founded else NO_SOURCE,
        "statute": Source(statute.number, day_text(statute.dated)) if statute else NO_SOURCE,
        "quorum_article": statute.quorum if statute else "",
    }


def _room(looking: Looking, session: CouncilSession, day: date) -> Any:
    """Who was there at any time, and who signs."""
    there = {each.member for each in session.roll}
    present = [id for id in session.members if id in there]
    absent = [id for id in session.members if id not in there]
    least = quorum_of(len(session.members), looking.pack(None).quorum)
    presided = session.who_presided or tuple(filter(None, [session.presiding]))
    return {
        "members": f"{len(session.members):02}",
        "present": tuple(_member(looking, id, day) for id in present),
        "absent": tuple(_member(looking, id, day) for id in absent),
        "presiding": tuple(name_on(looking, id, day) or positions_of(looking, id) for id in presided),
        "secretary": name_on(looking, session.secretary, day)
        or positions_of(looking, session.secretary or ""),
        "quorum": f"{least:02}",
        "clerk": Signature(("THƯ KÝ",), name_on(looking, session.secretary, day)),
        "chairs": tuple(Signature(("CHỦ TRÌ",), name_on(looking, id, day)) for id in presided),
    }


def _member(looking: Looking, id: str, day: date) -> Member:
    return Member(name_on(looking, id, day), positions_of(looking, id))


def _recused(
    looking: Looking, session: CouncilSession, shown: Mapping[str, ShownLine], lines: Lines, day: date
) -> Iterator[RecusedRow]:
    """One for each member, reason and nominee, with the titles together."""
    for each in session.recusals:
        titles: dict[str, list[str]] = {}
        for line in session.lines:
            if line.ref in each.lines:
                title = title_text(looking, lines.dossier(line.dossier), line.title)
                titles.setdefault(shown[line.ref].name, []).append(title)
        member = name_on(looking, each.member, day) or positions_of(looking, each.member)
        for name, of in titles.items():
            yield RecusedRow(member, name, ", ".join(of), REASONS.get(each.why, each.why))


def _votes(
    looking: Looking, session: CouncilSession, shown: Mapping[str, ShownLine], lines: Lines
) -> Iterator[VoteTable]:
    for ballot in session.standing_ballots:
        voted = [line for line in in_paper_order(session) if line.ballot == ballot.no]
        if not voted:
            continue
        rows = tuple(vote_row(no, line, shown[line.ref]) for no, line in enumerate(voted, 1))
        title = title_text(looking, lines.dossier(voted[0].dossier), ballot.title)
        room = f"{len(ballot.in_room):02}/{len(session.members):02}"
        yield VoteTable(title, ballot.secret, room, rows)


def vote_row(no: int, line: SessionLine, shown: ShownLine) -> VoteRow:
    return VoteRow(
        no=no,
        name=shown.name,
        position=shown.position,
        voting=_count(line.voting),
        issued=_count(line.issued),
        collected=_count(line.collected),
        valid=_count(line.valid),
        invalid=_count(line.invalid),
        in_favour=_count(line.for_),
        against=_count(line.against),
        base=_count(line.base_n),
        least=_count(line.least),
        share=share_text(line.for_ or 0, line.base_n or 0),
        result=RESULTS[line.result],
    )


def _count(number: int | None) -> str:
    return "" if number is None else str(number)
