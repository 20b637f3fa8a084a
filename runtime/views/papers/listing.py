"""Which papers an item has, and what their templates may ask for, as frozen values."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from exchange.papers.templates import MARK, Field, fields_of
from runtime.office.looking import Looking
from runtime.views.papers import certificates
from runtime.views.papers.kinds import RECORDS, kinds_of
from runtime.views.papers.lines import NameErased
from runtime.views.papers.parts import NOT_GIVEN, Newer, Part, newer_than
from workflow.model.award_decisions import AwardDecision
from workflow.model.errors import UsageMistake
from workflow.model.facts import Item
from workflow.model.printed import IssuedPaper
from workflow.model.subjects import AWARD_DECISION


class NoSuchKind(UsageMistake):
    """There is no paper '{gia_tri}'; there are: {danh_sach}."""

    code = "no_paper_kind"


State = Literal["draft", "final", "kept", "superseded", "working"]


class PaperRecord(NamedTuple):
    """A paper that an item has by now. `final`: issued or signed, to be kept with the next
    `paper make`; `working`: made anew each time; `superseded`: kept as it was issued, and the record says
    something `newer` since."""

    kind: str
    part: str
    state: State
    number: str | None
    on: date | None
    word: str | None
    pdf: str | None
    newer: Newer | None = None


def papers_of(looking: Looking, item: Item) -> tuple[PaperRecord, ...]:
    """By kind; what was kept beside what could be made now. Nothing is made."""
    found: dict[tuple[str, str], PaperRecord] = {}
    for id, kind in kinds_of(item).items():
        try:
            parts = list(kind.parts(looking.speaking("vi"), item, NOT_GIVEN))
        except NameErased:  # nothing is made anew without a name; what was kept is there
            parts = []
        found |= {(id, part.name): _could_be_made(id, part) for part in parts}
        for each in looking.reading.issued_papers(item.key):
            if each.kind == id:
                newer = None if kind.by_hand else newer_than(each, parts)
                found[id, each.part] = _kept(each, newer)
    if item.subject == AWARD_DECISION.id and certificates.offered(looking, item):
        found[certificates.KIND, ""] = _certificates(item)
    order = [*kinds_of(item), certificates.KIND]
    return tuple(sorted(found.values(), key=lambda each: (order.index(each.kind), each.part)))


def _could_be_made(kind: str, part: Part) -> PaperRecord:
    state: State = "final" if part.final else "working" if part.working else "draft"
    return PaperRecord(kind, part.name, state, part.number, part.on if part.final else None, None, None)


def _kept(paper: IssuedPaper, newer: Newer | None) -> PaperRecord:
    state: State = "kept" if newer is None else "superseded"
    return PaperRecord(
        paper.kind, paper.part, state, paper.number, paper.issued_on, paper.word, paper.pdf, newer
    )


def _certificates(item: Item) -> PaperRecord:
    """They are printed on sheets of their own whenever that is wanted, once there is a number."""
    details = AwardDecision.of(item)
    state: State = "draft" if details.number is None else "working"
    return PaperRecord(certificates.KIND, "", state, details.number, details.issued_on, None, None)


def fields_of_kind(kind: str) -> tuple[Field, ...]:
    """Raises NoSuchKind."""
    if kind not in RECORDS:
        raise NoSuchKind(gia_tri=kind, danh_sach=", ".join(RECORDS))
    return (*fields_of(RECORDS[kind]), Field(MARK, "text"))
