"""Which papers a dossier has and lacks: what is attached, and what is asked for before it is complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import cast

from workflow.model.attachments import How, Media, Paper, standing, with_paper
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.definition import Text
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Plain
from workflow.model.paper_kinds import AskedPaper, lacking, papers_of
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.rules.appraisal import ON_PAPER, came_by
from workflow.rules.common import acts_among, holders
from workflow.rules.nominees import numbers

FILE = "file"
"""What is known beside the item of the file that the event names: its size where it is kept, else nothing."""


# -- what is attached ------------------------------------------------------------------------------------


def _paper_given(context: Context, _: Params) -> Reason | None:
    """Either a file that is kept, or that the original was seen on paper, which only the office can say."""
    how, digest = context.inputs.get("how"), context.inputs.get("digest")
    if how is None:
        return None
    if how != "seen":
        return None if digest and _size(context) is not None else Reason("no_file")
    if digest:
        return Reason("seen_has_no_file")
    officers = holders(context, "officer")
    return None if acts_among(context, frozenset(officers)) else Reason("seen_by_office", who_can=officers)


def _size(context: Context) -> int | None:
    return next(iter(context.facts.beside.get(FILE, ())), None)


def _one_line_at_most(context: Context, _: Params) -> Reason | None:
    named = numbers(context, "nominee")
    return Reason("one_line_of_paper") if len(named) > 1 else None


def _line(context: Context) -> int | None:
    return next(iter(numbers(context, "nominee")), None)


def _not_there_yet(context: Context, _: Params) -> Reason | None:
    """The same file again changes nothing."""
    digest, kind, line = context.inputs.get("digest"), context.inputs.get("kind"), _line(context)
    for paper in standing(Dossier.of(context.item).papers):
        if digest and (paper.digest, paper.kind, paper.line) == (digest, kind, line) and paper.has_file:
            return Reason("paper_there", {"so": paper.no})
    return None


def _attach(context: Context, item: Item, _: Params) -> Item:
    inputs = context.inputs
    paper = Paper(
        0,
        str(inputs["kind"]),
        cast("How", inputs["how"]),
        context.today,
        digest=cast("str | None", inputs.get("digest")),
        size=_size(context),
        media=cast("Media | None", inputs.get("media")),
        line=_line(context),
    )
    return _with_papers(item, [paper], beside="beside" in inputs)


def _with_papers(item: Item, papers: Iterable[Paper], *, beside: bool = False) -> Item:
    dossier = Dossier.of(item)
    found = dossier.papers
    for paper in papers:
        found = with_paper(found, paper, beside=beside)
    return item._replace(details=replace(dossier, papers=found))


def _size_said(context: Context) -> Mapping[str, Plain]:
    size = _size(context)
    return {} if size is None else {"size": size}


# -- what is asked for -----------------------------------------------------------------------------------


def _lacking(context: Context) -> tuple[AskedPaper, ...]:
    """What is needed from outside, not there, and not said to have been seen by this very act."""
    seen = context.inputs.get("seen", ())
    assert isinstance(seen, tuple)
    found = lacking(Dossier.of(context.item), context.setting.rules)
    return tuple(paper for paper in found if paper.id not in seen)


def _listed(papers: Iterable[AskedPaper]) -> Text:
    """The papers by their names, each with the id by which it is attached."""
    named = [(paper.label, paper.id) for paper in papers]
    vi, en = ("; ".join(f"{getattr(label, lang)} ({id})" for label, id in named) for lang in ("vi", "en"))
    return Text(vi, en)


def _told(rule: str, papers: Iterable[AskedPaper], context: Context) -> tuple[Reason, ...]:
    lacking = tuple(papers)
    ref = context.setting.ref(context.item.key)
    return (Reason(rule, {"danh_sach": _listed(lacking), "ref": ref}),) if lacking else ()


def _papers_there(context: Context, _: Params) -> Reason | None:
    """Without what is needed from outside it is not complete; what practice alone wants is told only."""
    sure = (paper for paper in _lacking(context) if paper.blocks)
    return next(iter(_told("papers_there", sure, context)), None)


def _papers_missing(context: Context, _: Params) -> tuple[Reason, ...]:
    """What a body's own account hands in without. What comes on paper is looked through by the officer, who
    is asked when it is to be complete."""
    on_paper = context.event == "submit" and context.inputs and came_by(context) in ON_PAPER
    return () if on_paper else _told("papers_missing", _lacking(context), context)


def _original_there(context: Context, _: Params) -> Reason | None:
    """A scan or a digitally signed file that is said to be the original is one of the dossier's papers."""
    how, dossier = context.inputs.get("original"), Dossier.of(context.item)
    asked = {paper.id for paper in papers_of(dossier, context.setting.rules) if paper.from_outside}
    if how not in ("scan", "digital") or not asked:
        return None
    if any(paper.how == how and paper.kind in asked for paper in standing(dossier.papers)):
        return None
    body = context.setting.office.body(dossier.body)
    rule = "original_there" if body is None or body.has_seal else "original_of_village"
    return Reason(rule, {"ref": context.setting.ref(context.item.key)})


def _see_papers(context: Context, item: Item, _: Params) -> Item:
    """What the officer says to have seen on paper is there from now on."""
    seen = context.inputs.get("seen", ())
    assert isinstance(seen, tuple)
    there = Dossier.of(item).kinds_there
    return _with_papers(
        item, [Paper(0, str(kind), "seen", context.today) for kind in seen if kind not in there]
    )


ATTACHING = Registry(
    guards=MappingProxyType(
        {
            "paper_given": Guard(_paper_given, needs=(FILE,)),
            "one_line_at_most": Guard(_one_line_at_most),
            "not_there_yet": Guard(_not_there_yet),
            "papers_there": Guard(_papers_there),
            "original_there": Guard(_original_there),
        }
    ),
    doubts=MappingProxyType({"papers_missing": Warned(_papers_missing)}),
    effects=MappingProxyType(
        {
            # The file's name is a word of the line that it is about, and goes with it when that is erased.
            "attach_paper": Effect(
                _attach,
                line=lambda context, _after: _line(context),
                beside=frozenset({"file_name"}),
                says=_size_said,
            ),
            "see_papers": Effect(_see_papers),
        }
    ),
)
