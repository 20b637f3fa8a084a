"""Papers made of the record: which of a kind an item has, each from its template, or what was kept when
it was issued."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from exchange.papers import fonts
from exchange.papers.making import Asked, Made, NotMade, made
from exchange.papers.package import unpacked
from exchange.papers.word import read
from runtime.office.looking import Looking
from runtime.office.seeds import newest, seeds
from runtime.office.settings import FILES, NoPaperFolder
from runtime.views.papers import certificates
from runtime.views.papers.facts import Facts
from runtime.views.papers.kinds import kinds_of
from runtime.views.papers.lines import NameErased
from runtime.views.papers.parts import NOT_GIVEN, Given, Newer, Part, newer_than
from storage.paper_files import files_of
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Item
from workflow.model.printed import IssuedPaper, PaperTemplate


class UnknownKind(UsageMistake):
    """There is no paper '{gia_tri}' of {ref}; there are: {danh_sach}."""

    code = "unknown_paper_kind"


class MadeOnSheets(UsageMistake):
    """Certificates are set on pre-printed sheets; make them with `tdkt paper certificates {ref}`."""

    code = "paper_on_sheets"


class NoSuchPaperYet(TdktError):
    """{ref} has nothing to stand in a paper '{gia_tri}' yet; see tdkt paper list {ref}."""

    code = "no_paper_yet"


class NumberInRecord(UsageMistake):
    """The number and the day of the paper '{gia_tri}' stand in the record of {ref}; leave them out."""

    code = "paper_number_in_record"


class PaperNotMade(TdktError):
    """The paper {gia_tri} was not made, for it would not come out right: {ly_do}. Correct its template."""

    code = "paper_not_made"


class Paper(NamedTuple):
    """A paper that was made, or `kept` before. `final` and not kept: it is to be kept now. `newer` is what
    the record says since it was kept."""

    kind: str
    part: str
    made: Made
    kept: bool
    final: bool
    number: str | None
    on: date
    newer: Newer | None = None

    @property
    def stem(self) -> str:
        return "-".join(each.replace("/", ".") for each in (self.kind, self.part) if each)


def papers(
    looking: Looking, item: Item, kind: str, *, only: str | None = None, given: Given = NOT_GIVEN
) -> Iterator[Paper]:
    """The papers of a kind that the item has, `only` one part where that is wanted.

    Raises UnknownKind, NumberInRecord, NoSuchPaperYet, NameErased, PaperNotMade, NoPaperFolder,
    PaperFileMissing or -Changed.
    """
    known = kinds_of(item)
    ref = looking.ref(item.key)
    if kind == certificates.KIND:
        raise MadeOnSheets(ref=ref)
    if kind not in known:
        raise UnknownKind(gia_tri=kind, ref=ref, danh_sach=", ".join(known))
    if given != NOT_GIVEN and not known[kind].by_hand:
        raise NumberInRecord(gia_tri=kind, ref=ref)
    vietnamese = looking.speaking("vi")
    kept = {(each.kind, each.part): each for each in looking.reading.issued_papers(item.key)}
    try:
        parts = [part for part in known[kind].parts(vietnamese, item, given) if only in (None, part.name)]
    except NameErased:
        # What was issued is given back as it was; nothing is made anew without a name.
        issued = [each for (id, part), each in kept.items() if id == kind and only in (None, part)]
        if not issued:
            raise
        yield from (kept_paper(looking, each) for each in issued)
        return
    if not parts:
        raise NoSuchPaperYet(ref=ref, gia_tri=kind)
    for part in parts:
        before = kept.get((kind, part.name))
        if before is not None:
            newer = None if known[kind].by_hand else newer_than(before, parts)
            yield kept_paper(looking, before)._replace(newer=newer)
        else:
            made_now = _made(vietnamese, kind, part)
            yield Paper(kind, part.name, made_now, False, part.final, part.number, part.on)


def kept_paper(looking: Looking, paper: IssuedPaper) -> Paper:
    """A paper as it was kept. Raises NoPaperFolder, PaperFileMissing or -Changed."""
    return Paper(paper.kind, paper.part, _read(looking, paper), True, True, paper.number, paper.issued_on)


def said(paper: Paper) -> list[str]:
    """The paragraphs that its Word file says."""
    return list(read(unpacked(paper.made.word)).texts())


def _read(looking: Looking, paper: IssuedPaper) -> Made:
    path = looking.reading.path
    files = files_of(None if path is None else Path(path), looking.environment.get(FILES))
    if files is None:
        raise NoPaperFolder()
    return Made(files.read(paper.word), files.read(paper.pdf))


def made_of_year(looking: Looking, kind: str, facts: Facts) -> Made:
    """A paper of no item; `looking` speaks Vietnamese. Raises PaperNotMade."""
    return _made(looking, kind, Part("", facts, False, looking.today, working=True))


def _made(looking: Looking, kind: str, part: Part) -> Made:
    words = looking.words
    issued = "" if part.final or part.working else words("paper.draft")
    mark = words("paper.sandbox") if looking.row.sandbox else issued
    asked = Asked(
        facts=part.facts.asked(),
        held=part.facts.held(),
        title=words(f"paper_kind.{kind}"),
        author=looking.directory.contact,
        day=part.on,
        mark=mark,
        persons=part.facts.persons(),
    )
    try:
        return made(template_of(looking, kind), asked, fonts.font(looking.environment))
    except NotMade as error:
        raise PaperNotMade(gia_tri=kind, ly_do=str(error)) from error


def template_of(looking: Looking, kind: str) -> bytes:
    """The newest that the office adopted, else the newest that is shipped."""
    own = looking.defined("paper", PaperTemplate, kind)
    if own is not None:
        return b64decode(own.content)
    shipped = newest(seeds(None), "paper", kind)
    assert shipped is not None, "every kind is shipped with a template"
    return shipped.path.read_bytes()
