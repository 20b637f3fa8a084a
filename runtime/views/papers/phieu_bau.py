"""The slip of one group of a secret vote (phiếu bầu): all copies are equal, and nothing on them names a
voter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import NOBODY, Facts, day_text
from runtime.views.papers.heads import head
from runtime.views.papers.lines import lines_of, period_text, title_text
from runtime.views.papers.parts import Given, Part
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

KIND = "phieu_bau"


class SlipRow(NamedTuple):
    """A line to vote on."""

    no: int
    name: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipPaper(Facts):
    """`title` with its quotation marks, `period` for when; no number, no name of a voter."""

    title: str
    period: str
    meeting_day: str
    rows: tuple[SlipRow, ...]

    def held(self) -> Held:
        rows = tuple((row.name, row.position) for row in self.rows)
        return Held((self.title,), rows, tuple(row.name for row in self.rows))

    def persons(self) -> tuple[str, ...]:
        return tuple(row.name for row in self.rows)


def parts(looking: Looking, item: Item, _given: Given) -> Iterator[Part]:
    """One for each group of slips of the votes that stand."""
    session = item.details
    assert isinstance(session, CouncilSession)
    day = session.held_on or session.planned_on
    lines = lines_of(looking, item.key.year)
    voided = {ballot.no for ballot in session.ballots if ballot.voided}
    for slips in session.slips:
        on_slip = session.on_slip(slips.id)
        if day is None or slips.ballot in voided or not on_slip:
            continue
        dossier = lines.dossier(on_slip[0].dossier)
        shown = [lines(line.dossier, line.line) for line in on_slip]
        facts = SlipPaper(
            **head(looking, KIND, NOBODY, on=day),
            title=title_text(looking, dossier, on_slip[0].title),
            period=period_text(dossier),
            meeting_day=day_text(day),
            rows=tuple(SlipRow(no, each.name, each.position) for no, each in enumerate(shown, 1)),
        )
        # It is used as it is made: whoever votes gets no draft.
        yield Part(slips.id, facts, True, day)
