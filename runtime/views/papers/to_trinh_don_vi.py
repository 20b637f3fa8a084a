"""The letter by which a body proposes its list (tờ trình), for bodies that have no form of their own: the
body prints and signs it. The meeting that found for the list is in no record, so its day is left blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from exchange.papers.comparing import Held
from runtime.office.looking import Looking
from runtime.views.papers.facts import NOBODY, Facts, Signature, counted
from runtime.views.papers.heads import commune, head, name_on
from runtime.views.papers.lines import award_text, label_text, lines_of, period_text
from runtime.views.papers.parts import Given, Part
from runtime.views.papers.record import Count
from storage.values import NomineeLine
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.office import Body
from workflow.model.roles import representatives

KIND = "to_trinh_don_vi"
KIND_ORDER = ("collective", "household", "person")
TAKEN_OUT = ("moved", "withdrawn")
"""The outcomes of lines that the body does not propose here any more, whatever the others came to."""


class ProposedRow(NamedTuple):
    """A line of the body's list. `opinion` is how many agreed of those who were asked, `41/41`."""

    no: int
    name: str
    position: str
    title: str
    achievement: str
    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyProposal(Facts):
    """`issuer` is the body in capitals; `to` who decides about it; `titles` says of each title or form how
    many are proposed. `beside` signs too: of a village the head of its Front committee."""

    issuer: str
    body: str
    to: str
    period: str
    titles: tuple[Count, ...]
    counted: str
    rows: tuple[ProposedRow, ...]
    beside: Signature

    def held(self) -> Held:
        texts = (*Facts.held(self).texts, self.to, self.counted, *(each.n for each in self.titles))
        rows = tuple((row.name, row.title) for row in self.rows)
        return Held(texts, rows, tuple(row.name for row in self.rows))

    def persons(self) -> tuple[str, ...]:
        return (*(row.name for row in self.rows), self.signature.name)


def parts(looking: Looking, item: Item, given: Given) -> Iterator[Part]:
    """One, as soon as the list has a line."""
    dossier, on = Dossier.of(item), given.on or looking.today
    found = [line for line in looking.reading.lines(item.key) if line.nominee.outcome not in TAKEN_OUT]
    lines = sorted(found, key=lambda line: KIND_ORDER.index(line.nominee.kind))
    body = looking.directory.body(dossier.body)
    if not lines or body is None:
        return
    made = head(looking, KIND, _signature(looking, body), number=given.number, on=given.on)
    facts = BodyProposal(
        **made,
        issuer=body.name.upper(),
        body=body.name,
        to=_to(looking, dossier),
        period=period_text(item),
        titles=titles_of(looking, item, lines),
        counted=counted([line.nominee.kind for line in lines]),
        rows=_rows(looking, item, lines),
        beside=_beside(looking, body),
    )
    yield Part("", facts, given.final, on, given.number)


def titles_of(looking: Looking, item: Item, lines: Sequence[NomineeLine]) -> tuple[Count, ...]:
    """How many are proposed for each title or form."""
    ids = dict.fromkeys(line.nominee.title for line in lines)
    return tuple(
        Count(
            award_text(looking, item, id),
            counted([line.nominee.kind for line in lines if line.nominee.title == id]),
        )
        for id in ids
    )


def _rows(looking: Looking, item: Item, lines: Sequence[NomineeLine]) -> tuple[ProposedRow, ...]:
    found = lines_of(looking, item.key.year)
    shown = (found(item.key.ref, line.nominee.no) for line in lines)
    return tuple(
        ProposedRow(
            no=no,
            name=each.name,
            position=each.position,
            title=label_text(looking, item, each.nominee.title),
            achievement=each.achievement,
            opinion=each.nominee.facts.opinion or "",
        )
        for no, each in enumerate(shown, 1)
    )


def _to(looking: Looking, dossier: Dossier) -> str:
    """The council, or the chair where no council votes (flows.md §1)."""
    if dossier.path == "council" or dossier.path is None:
        return f"Hội đồng Thi đua - Khen thưởng {commune(looking)}"
    return f"Chủ tịch Ủy ban nhân dân {commune(looking)}"


def _beside(looking: Looking, body: Body) -> Signature:
    key = f"list.signs.left_{body.kind}"
    return Signature((looking.words(key),), "") if looking.words.has(key) else NOBODY


def _signature(looking: Looking, body: Body) -> Signature:
    """Its head, by the words that lists are signed with."""
    key = f"list.signs.right_{body.kind}"
    capacity = looking.words(key if looking.words.has(key) else "list.signs.right")
    accounts = representatives(looking.directory, body.id, looking.today)
    return Signature((capacity,), name_on(looking, accounts[0], looking.today) if accounts else "")
