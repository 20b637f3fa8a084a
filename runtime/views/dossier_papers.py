"""The papers of a dossier: what it is asked for, by whom each is made, and what is there."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from runtime.office.looking import Looking
from runtime.office.words import Words
from workflow.model.attachments import Paper, standing
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.paper_kinds import lacking, papers_of

Status = Literal["there", "missing", "may_come"]
SHORT = 12
"""Letters of a digest by which people tell files apart."""
KILOBYTE = 1 << 10


class PaperRecord(NamedTuple):
    """A paper that was attached, or seen. `stands`: no later one of its kind replaced it."""

    no: int
    kind: str
    revision: int
    stands: bool
    how: str
    on: date
    line: int | None
    media: str | None
    size: int | None
    digest: str | None
    erased_on: date | None


class AskedRecord(NamedTuple):
    """A kind of paper that the dossier is asked for. `there`: it has one, or it was seen."""

    kind: str
    made_by: str
    needed: bool
    there: bool
    form: str | None
    cite: str | None
    conf: str


class PapersShown(NamedTuple):
    """`lacking` are the kinds that are needed from outside and not there."""

    ref: str
    year: int
    asked: tuple[AskedRecord, ...]
    lacking: tuple[str, ...]
    papers: tuple[PaperRecord, ...]


def papers_shown(looking: Looking, item: Item) -> PapersShown:
    dossier, pack = Dossier.of(item), looking.pack(item.rules)
    there = dossier.kinds_there
    asked = (
        AskedRecord(
            paper.id,
            paper.use.made_by,
            paper.use.needed,
            paper.id in there,
            paper.use.form,
            paper.use.cite,
            paper.use.conf,
        )
        for paper in papers_of(dossier, pack)
    )
    last = {paper.no for paper in standing(dossier.papers)}
    return PapersShown(
        item.key.ref,
        item.key.year,
        tuple(asked),
        tuple(paper.id for paper in lacking(dossier, pack)),
        tuple(
            PaperRecord(
                paper.no,
                paper.kind,
                paper.revision,
                paper.no in last,
                paper.how,
                paper.on,
                paper.line,
                paper.media,
                paper.size,
                paper.digest,
                paper.erased_on,
            )
            for paper in dossier.papers
        ),
    )


# -- in words --------------------------------------------------------------------------------------------


def papers_text(looking: Looking, item: Item) -> str:
    """How many of the papers that are needed from outside are there, and which are not."""
    dossier, pack, words = Dossier.of(item), looking.pack(item.rules), looking.words
    needed = [paper for paper in papers_of(dossier, pack) if paper.from_outside]
    missing = lacking(dossier, pack)
    if not needed:
        return ""
    said = words("papers.have", n=len(needed) - len(missing), m=len(needed))
    listed = "; ".join(words.of(paper.label) for paper in missing)
    return f"{said}; {words('papers.lack', danh_sach=listed)}" if missing else said


class AskedWords(NamedTuple):
    """A kind of paper that is asked for: who makes it, its form, whether it is there, in words as `said`."""

    kind: str
    label: str
    made_by: str
    form: str
    status: Status
    said: str


def asked_words(looking: Looking, item: Item) -> list[AskedWords]:
    dossier, words = Dossier.of(item), looking.words
    there, found = dossier.kinds_there, []
    for paper in papers_of(dossier, looking.pack(item.rules)):
        status = _status(paper.id in there, needed=paper.use.needed)
        made_by = words(f"papers.made_by.{paper.use.made_by}")
        label, said = words.of(paper.label), words(f"papers.{status}")
        found.append(AskedWords(paper.id, label, made_by, paper.use.form or "", status, said))
    return found


def asked_rows(looking: Looking, item: Item) -> list[tuple[str, str, str, str]]:
    """Each kind that is asked for: its name with the id, who makes it, its form, whether it is there."""
    asked = asked_words(looking, item)
    return [(f"{each.label} ({each.kind})", each.made_by, each.form, each.said) for each in asked]


def signed_by(looking: Looking, item: Item) -> str:
    """Who signs for a body that has no seal."""
    body = looking.directory.body(Dossier.of(item).body)
    return "" if body is None or body.has_seal else looking.words("papers.no_seal")


def _status(there: bool, *, needed: bool) -> Status:
    if there:
        return "there"
    return "missing" if needed else "may_come"


def paper_rows(looking: Looking, item: Item) -> list[tuple[str, str, str, str, str, str]]:
    """Each paper that is there: its number, kind with the revision, how it stands, day, file, digest."""
    dossier, words = Dossier.of(item), looking.words
    last = {paper.no for paper in standing(dossier.papers)}
    return [
        (
            str(paper.no),
            _named(looking, item, paper, replaced=paper.no not in last),
            words(f"choice.{paper.how}"),
            looking.day(paper.on),
            _file(words, paper),
            (paper.digest or "")[:SHORT],
        )
        for paper in dossier.papers
    ]


def _named(looking: Looking, item: Item, paper: Paper, *, replaced: bool) -> str:
    kinds = looking.pack(item.rules).papers
    label = next((looking.words.of(kind.label) for kind in kinds if kind.id == paper.kind), paper.kind)
    of = f" ({looking.ref(item.key)}/{paper.line})" if paper.line else ""
    again = looking.words("papers.revision", n=paper.revision) if paper.revision > 1 else ""
    gone = looking.words("papers.replaced") if replaced else ""
    return "; ".join(filter(None, (label + of, again, gone)))


def _file(words: Words, paper: Paper) -> str:
    if paper.erased_on is not None:
        return words("text.erased")
    if paper.media is None:
        return ""
    return f"{words(f'choice.{paper.media}')}, {-(-(paper.size or 0) // KILOBYTE)} KB"
