"""Which papers an item has, and what their templates may ask for, as frozen values."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from exchange.papers.templates import MARK, Field, fields_of
from runtime.office.looking import Looking
from runtime.views.papers.kinds import RECORDS
from runtime.views.papers.making import kinds_of
from runtime.views.papers.parts import NOT_GIVEN
from workflow.model.errors import UsageMistake
from workflow.model.facts import Item


class NoSuchKind(UsageMistake):
    """There is no paper '{gia_tri}'; there are: {danh_sach}."""

    code = "no_paper_kind"


class PaperRecord(NamedTuple):
    """A paper that an item has by now. `final`: issued or signed, to be kept with the next
    `paper make`; `working`: made anew each time."""

    kind: str
    part: str
    state: Literal["draft", "final", "kept", "working"]
    number: str | None
    on: date | None
    word: str | None
    pdf: str | None


def papers_of(looking: Looking, item: Item) -> tuple[PaperRecord, ...]:
    """By kind; what was kept beside what could be made now. Nothing is made."""
    kept = {(each.kind, each.part): each for each in looking.reading.issued_papers(item.key)}
    found = {
        key: PaperRecord(each.kind, each.part, "kept", each.number, each.issued_on, each.word, each.pdf)
        for key, each in kept.items()
    }
    for id, kind in kinds_of(item).items():
        for part in kind.parts(looking.speaking("vi"), item, NOT_GIVEN):
            made_anew: Literal["working", "draft"] = "working" if part.working else "draft"
            state: Literal["draft", "final", "working"] = "final" if part.final else made_anew
            made = PaperRecord(id, part.name, state, part.number, part.on if part.final else None, None, None)
            found.setdefault((id, part.name), made)
    order = list(kinds_of(item))
    return tuple(sorted(found.values(), key=lambda each: (order.index(each.kind), each.part)))


def fields_of_kind(kind: str) -> tuple[Field, ...]:
    """Raises NoSuchKind."""
    if kind not in RECORDS:
        raise NoSuchKind(gia_tri=kind, danh_sach=", ".join(RECORDS))
    return (*fields_of(RECORDS[kind]), Field(MARK, "text"))
