"""The short list of all lines of a session, by title, for the members alone (danh sách trích ngang)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import Facts, day_text
from runtime.views.papers.heads import by_role, head
from runtime.views.papers.lines import Lines, ShownLine, lines_of, title_text
from runtime.views.papers.parts import Given, Part
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

KIND = "danh_sach_trich_ngang"
VERDICTS = {
    "met": "Đủ điều kiện",
    "not_met": "Chưa đủ điều kiện",
    "no_info": "Chưa đủ thông tin",
    "exception": "Chấp nhận ngoại lệ",
    None: "",
}
RATINGS = {"htxsnv": "HTXSNV", "httnv": "HTTNV", "htnv": "HTNV", "khtnv": "KHTNV", None: ""}


class BriefRow(NamedTuple):
    """A line with the year of birth, which stays in the council's file."""

    no: int
    name: str
    born: str
    position: str
    rating: str
    achievement: str
    verdict: str


class BriefGroup(NamedTuple):
    """The lines of one title, numbered from 1."""

    title: str
    rows: tuple[BriefRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefPaper(Facts):
    """`lines` are how many there are altogether."""

    meeting_day: str
    lines: str
    groups: tuple[BriefGroup, ...]

    def held(self) -> Held:
        rows = tuple((row.name, row.position) for group in self.groups for row in group.rows)
        texts = (*Facts.held(self).texts, *(group.title for group in self.groups))
        return Held(texts, rows, tuple(row[0] for row in rows))

    def persons(self) -> tuple[str, ...]:
        return (*(row.name for group in self.groups for row in group.rows), self.signature.name)


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One, as soon as there is an agenda; its copies are numbered by hand and collected after the meeting."""
    session = item.details
    assert isinstance(session, CouncilSession)
    day = session.held_on or session.planned_on
    if day is None or not session.lines:
        return
    lines = lines_of(looking, item.key.year)
    facts = BriefPaper(
        **head(looking, KIND, by_role(looking, "standing_member", ("ỦY VIÊN THƯỜNG TRỰC",), day), on=day),
        meeting_day=day_text(day),
        lines=f"{len(session.lines):02}",
        groups=tuple(_group(looking, session, lines, title) for title in session.titles),
    )
    yield Part("", facts, False, day, working=True)


def _group(looking: Looking, session: CouncilSession, lines: Lines, title: str) -> BriefGroup:
    of = [line for line in session.lines if line.title == title]
    shown = [lines(line.dossier, line.line) for line in of]
    said = title_text(looking, lines.dossier(of[0].dossier), title)
    return BriefGroup(said, tuple(_row(no, each) for no, each in enumerate(shown, 1)))


def _row(no: int, shown: ShownLine) -> BriefRow:
    facts = shown.nominee.facts
    return BriefRow(
        no=no,
        name=shown.name,
        born=shown.born,
        position=shown.position,
        rating=RATINGS.get(facts.rating, facts.rating or ""),
        achievement=shown.achievement,
        verdict=VERDICTS.get(shown.nominee.verdict, ""),
    )
