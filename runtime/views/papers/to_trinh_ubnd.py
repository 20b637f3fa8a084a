"""The letter by which the commune proposes to the province (tờ trình của Ủy ban nhân dân xã), with what the
council's secret ballot gave for each line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import NO_SOURCE, Facts, Signature, Source, counted, day_text, numbered
from runtime.views.papers.heads import CHAIR, FOR_CHAIR, VICE, basis, by_role, head
from runtime.views.papers.lines import ShownLine, label_text, lines_of, period_text
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.record import Count, Record, day_in, number_in, paper_in, paper_in_row
from runtime.views.papers.to_trinh_don_vi import KIND_ORDER, titles_of
from storage.values import NomineeLine
from workflow.model.ballots import share_text
from workflow.model.council import base_of
from workflow.model.dossiers import CAME_TO_NOTHING, Dossier, Nominee
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

KIND = "to_trinh_ubnd"
COMMITTEE = "TM. ỦY BAN NHÂN DÂN"


class ForwardedRow(NamedTuple):
    """A line that is proposed to the province. `ballot` is `8/9`, `share` its percent; both are empty where
    the title takes no vote."""

    no: int
    name: str
    position: str
    title: str
    achievement: str
    initiative: str
    ballot: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceProposal(Facts):
    """`province` is its name; `minutes` are those of the session that voted, `proposal` the council's own
    letter to the chair. `voted` is whether lines have a ballot."""

    province: str
    grounds: tuple[str, ...]
    minutes: Source
    proposal: Source
    titles: tuple[Count, ...]
    period: str
    counted: str
    rows: tuple[ForwardedRow, ...]
    voted: bool

    def held(self) -> Held:
        texts = (*Facts.held(self).texts, self.province, self.counted)
        rows = tuple((row.name, row.title, row.ballot, row.share) for row in self.rows)
        return Held(texts, rows, tuple(row.name for row in self.rows))

    def persons(self) -> tuple[str, ...]:
        return (*(row.name for row in self.rows), self.signature.name)


def parts(looking: Looking, item: Item, given: Given) -> Iterator[Part]:
    """One for a dossier of a title above the commune, once its lines passed; its number and day are those
    under which it was forwarded."""
    record, pack = Record(looking, item), looking.pack(item.rules)
    lines = [line for line in looking.reading.lines(item.key) if _goes(line.nominee)]
    title = pack.title(Dossier.of(item).titles[0])
    if not lines or title is None or title.level == "commune":
        return
    sent = record.last("forward")
    number, on = number_in(sent) or given.number, day_in(sent) or given.on
    day = on or looking.today
    shown = lines_of(looking, item.key.year)
    lines.sort(key=lambda line: KIND_ORDER.index(line.nominee.kind))
    facts = ProvinceProposal(
        **head(looking, KIND, _signature(looking, item, day), number=number, on=on),
        province=f"tỉnh {looking.directory.province}",
        grounds=basis(looking, KIND, day, title.id),
        minutes=_minutes(looking, item, number_in(record.last("conclude"), "session")),
        proposal=paper_in(record.last("approve")),
        titles=titles_of(looking, item, lines),
        period=period_text(item),
        counted=counted([line.nominee.kind for line in lines]),
        rows=tuple(
            _row(looking, item, line, shown(item.key.ref, line.nominee.no), no)
            for no, line in enumerate(lines, 1)
        ),
        voted=any(line.nominee.votes for line in lines),
    )
    yield Part("", facts, number is not None and on is not None, day, number)


def _minutes(looking: Looking, item: Item, session: str | None) -> Source:
    """The minutes of the session that concluded about the dossier."""
    found = looking.reading.item(item.key._replace(ref=session)) if session else None
    held = found.details if found else None
    if not isinstance(held, CouncilSession) or held.minutes_on is None:
        return NO_SOURCE
    symbol = looking.directory.papers.of("bb_hop").symbol
    return Source(numbered(held.minutes_no, symbol), day_text(held.minutes_on))


def _goes(line: Nominee) -> bool:
    """What passed, was not held back and did not come to nothing before it was sent."""
    answered = line.outcome in ("sent_higher", "awarded_higher", "not_awarded_higher")
    return answered or (line.passed and not line.held and line.outcome not in CAME_TO_NOTHING)


def _row(looking: Looking, item: Item, line: NomineeLine, shown: ShownLine, no: int) -> ForwardedRow:
    ballot, share = _ballot(looking, item, line.nominee)
    facts = line.nominee.facts
    paper = paper_in_row(facts.initiative_no, facts.initiative_on) if facts.initiative_no else None
    return ForwardedRow(
        no=no,
        name=shown.name,
        position=shown.position,
        title=label_text(looking, item, line.nominee.title),
        achievement=shown.achievement,
        initiative=", ".join(filter(None, (line.initiative, paper))),
        ballot=ballot,
        share=share,
    )


def _ballot(looking: Looking, item: Item, line: Nominee) -> tuple[str, str]:
    title = looking.pack(item.rules).title(line.title)
    if line.votes is None or title is None or title.vote is None:
        return "", ""
    base = base_of(line.votes, title.vote)
    return f"{line.votes.for_}/{base}", share_text(line.votes.for_, base)


def _signature(looking: Looking, item: Item, day: date) -> Signature:
    """The chair; the vice chair where the chair stands in the list."""
    office = looking.directory
    if office.people(item.details.named).isdisjoint(office.people(office.holding("chair"))):
        return by_role(looking, "chair", (COMMITTEE, CHAIR), day)
    return by_role(looking, "vice_chair", (COMMITTEE, FOR_CHAIR, VICE), day)
