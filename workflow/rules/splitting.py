"""Lines that leave a dossier for one of their own: which may, and where the new one begins (flows.md §2).

A line goes on where it stood. With another title it begins anew: what was found and voted was about the
former one. `workflow.services.splitting` makes the new dossier, in the transaction of the event on the old.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.rules.nominees import change_lines, named_lines, numbered, way_of
from workflow.rules.pending import moved

APART = "apart"
"""The need of the event that makes another dossier with the lines which it names."""
BEGINNING = "submitted"
"""The state in which lines with another title begin, and those that nothing has settled yet."""
SOURCE = "source"
"""The need of whatever asks for the dossier in which the lines stood."""


def stage_of(source: Item, line: Nominee) -> str:
    """The state in which the line stands by itself; the rest of a dossier may be further on.

    What the council left for later is voted on anew; what was held while the rest was settled without a vote
    is confirmed first.
    """
    if source.state not in ("reviewed", "approved"):
        return source.state
    if line.outcome == "postponed":
        return "appraised"
    if line.approved is not None:
        return "approved"
    return "reviewed" if line.passed else BEGINNING


def lines_apart(source: Item, named: tuple[int, ...], title: str | None) -> tuple[Nominee, ...]:
    """The lines as they stand in the new dossier, under their numbers."""
    lines = tuple(line for line in Dossier.of(source).nominees if line.no in named)
    if retitled(lines, title):
        return tuple(
            Nominee(line.no, line.kind, str(title), line.account, held=line.held, facts=line.facts)
            for line in lines
        )
    return tuple(
        line._replace(outcome="pending", votes=None, result=None) if line.outcome == "postponed" else line
        for line in lines
    )


def retitled(lines: tuple[Nominee, ...], title: str | None) -> bool:
    return title is not None and any(line.title != title for line in lines)


def _title(context: Context) -> str | None:
    title = context.inputs.get("title")
    return title if isinstance(title, str) else None


def _one_stage(context: Context, _: Params) -> Reason | None:
    """One dossier has one state, so lines that stand in different ones part for different dossiers."""
    lines = named_lines(context)
    stages = {stage_of(context.item, line) for line in lines}
    if len(stages) < 2 or retitled(lines, _title(context)):
        return None
    return Reason("one_stage", {"so": numbered(lines)})


def _titles_fit_lines(context: Context, _: Params) -> Reason | None:
    """The lines of the new dossier may bear their title; as `title_fits_kind` asks of one that is added."""
    misfits = (
        (line, title)
        for line in Dossier.of(context.item).nominees
        if (title := context.title(line.title)) and line.kind not in title.nominees
    )
    line, title = next(misfits, (None, None))
    if line is None or title is None:
        return None
    return Reason("title_fits_kind", {"danh_hieu": title.label}, cite=title.cite)


def _source(context: Context) -> Item | None:
    return next(iter(context.facts.beside.get(SOURCE, ())), None)


def _begins(context: Context, params: Params) -> bool:
    """Whether the new dossier begins in the state `at`."""
    source, lines = _source(context), Dossier.of(context.item).nominees
    if source is None:
        return False
    was = {line.no: line for line in Dossier.of(source).nominees}
    anew = any(line.title != was[line.no].title for line in lines)
    stage = BEGINNING if anew else stage_of(source, was[lines[0].no])
    return params["at"] == stage


def _not_split(context: Context, _: Params) -> Reason | None:
    """What was split is no longer as it was handed in, so that neither part is taken back."""
    dossier = Dossier.of(context.item)
    parts = (dossier.split_from, *dossier.split_into)
    refs = [context.setting.ref(context.item.key._replace(ref=ref)) for ref in parts if ref]
    return Reason("not_split", {"ref": ", ".join(refs)}) if refs else None


def _move_lines(context: Context, item: Item, _: Params) -> Item:
    return change_lines(context, item, moved)


def _carry_over(context: Context, item: Item, _: Params) -> Item:
    """Whoever handed the old one in or reviewed it did so of the new one too. What has yet to be reviewed is
    published after that, so its file is not full."""
    source, dossier = _source(context), Dossier.of(item)
    if source is None:
        return item
    was = Dossier.of(source)
    # What is about a line that stays behind is no paper of the new one, nor of who asks to be erased there.
    here = {None, *(line.no for line in dossier.nominees)}
    dossier = replace(dossier, papers=tuple(paper for paper in was.papers if paper.line in here))
    item = item._replace(
        submitted_by=source.submitted_by, submitted_for=source.submitted_for, returns=source.returns
    )
    if item.state == "returned":
        return item._replace(details=replace(dossier, supplement_until=was.supplement_until))
    if item.state not in ("reviewed", "approved"):
        waits = way_of(context).published == "commune"
        return item._replace(details=replace(dossier, full_on=None if waits else was.complete_on))
    return item._replace(
        reviewed_by=source.reviewed_by,
        reviewed_for=source.reviewed_for,
        details=replace(
            dossier,
            full_on=was.full_on,
            published_from=was.published_from,
            published_until=was.published_until,
        ),
    )


SPLITTING = Registry(
    guards=MappingProxyType(
        {
            "one_stage": Guard(_one_stage, needs=(APART,)),
            "titles_fit_lines": Guard(_titles_fit_lines, needs=(SOURCE,)),
            "not_split": Guard(_not_split),
        }
    ),
    predicates=MappingProxyType({"begins": _begins}),
    effects=MappingProxyType({"move_lines": Effect(_move_lines), "carry_over": Effect(_carry_over)}),
)
