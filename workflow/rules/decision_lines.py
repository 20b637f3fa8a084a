"""Which lines may be in an award decision, and what happens to them while it is a draft.

The dossiers that the event touches are under their locks; the year's other decisions are read beside them,
and since whoever lists a line locks its dossier too, no line comes into two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType

from workflow.model.award_decisions import (
    AMEND,
    AWARD,
    IN,
    OF_ANOTHER,
    REPLACE,
    REVOKE,
    AwardDecision,
    DecisionLine,
    in_order,
    line_refs,
)
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee, period_of
from workflow.model.facts import Facts, Item
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.text import Text
from workflow.rules.common import day_text, holders
from workflow.rules.dossiers import level_text, not_reviewed
from workflow.rules.outcomes import lacking

TOUCHED, DECISIONS = "touched", "decisions"
"""What events need beside the decision: the items that they touch, and the decisions of its year and of those
around it, whose numbers may be of one series."""
OPEN = ("drafted", "submitted", "signed")
"""The states in which a decision keeps its lines to itself."""


def details_of(context: Context) -> AwardDecision:
    return AwardDecision.of(context.item)


def dossiers_of(context: Context) -> dict[str, Item]:
    """The dossiers that the event touches, by reference."""
    touched: tuple[Item, ...] = context.facts.beside.get(TOUCHED, ())
    return {item.key.ref: item for item in touched if isinstance(item.details, Dossier)}


def changed_decision(context: Context) -> Item | None:
    """The issued decision that this one changes."""
    touched: tuple[Item, ...] = context.facts.beside.get(TOUCHED, ())
    return next((item for item in touched if item.key.ref == details_of(context).changes), None)


def decisions_of_year(context: Context) -> tuple[Item, ...]:
    """The other decisions of the plan's year: a line's reference means a line of that year."""
    found: tuple[Item, ...] = context.facts.beside.get(DECISIONS, ())
    return tuple(
        item for item in found if item.key.year == context.item.key.year and item.key != context.item.key
    )


def refs_named(context: Context) -> tuple[str, ...]:
    """The references of lines that the event's `lines` input names; all that stand where it is left out."""
    named = context.inputs.get("lines")
    if isinstance(named, tuple):
        return tuple(str(ref) for ref in named)
    return tuple(line.ref for line in details_of(context).standing)


def of_dossier(context: Context, dossier: Item) -> Context:
    """The same question about one of the dossiers, by the rule pack that it keeps."""
    setting = context.setting.of(dossier)
    return Context(
        context.machine, context.registry, context.event, Facts(dossier), actor=context.actor, setting=setting
    )


def numbered(lines: Iterable[DecisionLine]) -> str:
    return ", ".join(line.ref for line in lines)


# -- listing ---------------------------------------------------------------------------------------------


def _lines_fit(context: Context, _: Params) -> Reason | None:
    """The first of the named lines that may not be in the decision, and why."""
    return next(_misfits(context), None) if "lines" in context.inputs else None


def _misfits(context: Context) -> Iterator[Reason]:
    details, dossiers = details_of(context), dossiers_of(context)
    was = AwardDecision.of(changed) if (changed := changed_decision(context)) else None
    for ref, nos in line_refs(refs_named(context)).items():
        dossier = dossiers.get(ref)
        for no in nos:
            so = f"{ref}/{no}"
            line = Dossier.of(dossier).nominee(no) if dossier else None
            if dossier is None or line is None:
                yield Reason("no_such_line", {"so": so})
            elif details.line(so):
                yield Reason("listed_already", {"so": so})
            else:
                before = was.line(so) if was else None
                reason = why_not(context, dossier, line, before=before)
                if reason is not None:
                    yield reason


def why_not(
    context: Context, dossier: Item, line: Nominee, *, before: DecisionLine | None = None
) -> Reason | None:
    """Why a line of the dossier may not be in the decision; None where it may. `before` is the line as it
    stands in the decision that this one changes."""
    details, so = details_of(context), f"{dossier.key.ref}/{line.no}"
    if details.kind in OF_ANOTHER and before is not None and before.state == IN:
        return _elsewhere(context, so)
    if details.kind == REVOKE:
        return Reason("not_in_decision", {"so": so, "ref": str(details.changes)})
    return _unlike(context, dossier, line) or _lacks(context, dossier, line) or _elsewhere(context, so)


def _unlike(context: Context, dossier: Item, line: Nominee) -> Reason | None:
    """What the decision is not about: another level's title, another title, form or period."""
    details, so, title = details_of(context), f"{dossier.key.ref}/{line.no}", context.title(line.title)
    if title is None or title.level != "commune":
        level = level_text(title.level if title else "province")
        return Reason("authority", {"cap": level, "cua": so}, cite=title.cite if title else None)
    if line.title != details.title and not context.setting.office.several_titles:
        return Reason("another_title", {"so": so, "danh_hieu": title.label})
    if (Dossier.of(dossier).type, period_of(dossier)) != (details.type, details.period):
        return Reason("another_period", {"so": so, "ky": period_of(dossier)})
    return None


def _lacks(context: Context, dossier: Item, line: Nominee) -> Reason | None:
    """What the line lacks by its dossier, told with the dossier's reference."""
    about = of_dossier(context, dossier)
    reason = lacking(about, line)
    if reason is None and (dossier.state not in ("reviewed", "approved") or not line.passed):
        reason = not_reviewed(about)
    return reason and replace(reason, operands={**reason.operands, "cua": dossier.key.ref})


def _elsewhere(context: Context, so: str) -> Reason | None:
    """Another decision of the year that has the line and is not issued yet."""
    for other in decisions_of_year(context):
        line = AwardDecision.of(other).line(so) if other.state in OPEN else None
        if line is not None and line.state == IN:
            return Reason("in_decision", {"so": so, "ref": context.setting.ref(other.key)})
    return None


def _signer_free(context: Context, _: Params) -> Reason | None:
    """Nobody signs the own line: it is another's decision."""
    details, office = details_of(context), context.setting.office
    person = office.person(details.signer)
    own = [
        f"{ref}/{line.no}"
        for ref, dossier in dossiers_of(context).items()
        for line in Dossier.of(dossier).nominees
        if f"{ref}/{line.no}" in refs_named(context)
        and line.account
        and office.person(line.account) == person
    ]
    if not own:
        return None
    signing = holders(context, "chair") + holders(context, "vice_chair")
    other = tuple(id for id in signing if office.person(id) != person)
    named = [account.label for id in other if (account := office.account(id))]
    label = Text("; ".join(each.vi for each in named), "; ".join(each.en for each in named))
    return Reason("split_decision", {"n": len(own), "nguoi_ky": label}, who_can=other)


def _list_open(context: Context, _: Params) -> Reason | None:
    """The list of an issued decision is not edited: each fault of it has an act of its own (flows.md §4)."""
    issued = details_of(context).issued_on
    return Reason("list_issued", {"ngay": day_text(issued)}) if issued else None


def _lines_in(context: Context, _: Params) -> Reason | None:
    """The named lines stand in the decision."""
    details = details_of(context)
    unknown = [ref for ref in refs_named(context) if (line := details.line(ref)) is None or line.state != IN]
    if not unknown:
        return None
    return Reason("not_in_decision", {"so": ", ".join(unknown), "ref": context.setting.ref(context.item.key)})


def _some_line(context: Context, _: Params) -> Reason | None:
    return None if details_of(context).standing else Reason("no_line_listed")


def _nothing_restated(context: Context, _: Params) -> Reason | None:
    """New words stand by the numbers of lines, which adding and removing would change."""
    restated = [word for word in context.facts.beside.get("words", ()) if word.line]
    return Reason("restated_already") if restated else None


def _add_lines(context: Context, item: Item, _: Params) -> Item:
    """A line that the changed decision has keeps what it paid there. The source of another sum is confirmed
    anew."""
    details, dossiers = AwardDecision.of(item), dossiers_of(context)
    changed = changed_decision(context)
    was = AwardDecision.of(changed) if changed else None
    new: list[DecisionLine] = []
    for ref, nos in line_refs(refs_named(context)).items():
        for no in nos:
            nominee = Dossier.of(dossiers[ref]).nominee(no)
            assert nominee is not None
            line = listed(dossiers[ref], nominee)
            before = was.line(line.ref) if was else None
            new.append(_carried(line, before) if before else line)
    return item._replace(
        details=replace(details, lines=in_order((*details.lines, *new)), funds_by=None, funds_on=None)
    )


def listed(dossier: Item, line: Nominee) -> DecisionLine:
    """The dossier's line as a decision has it, not numbered yet."""
    body = Dossier.of(dossier).body
    return DecisionLine(0, dossier.key.ref, line.no, line.title, line.kind, body, line.account)


def _carried(line: DecisionLine, before: DecisionLine) -> DecisionLine:
    return line._replace(
        amount=before.amount, full=before.full, note_title=before.note_title, higher=before.higher
    )


def _remove_lines(context: Context, item: Item, _: Params) -> Item:
    details, gone = AwardDecision.of(item), refs_named(context)
    left = in_order(line for line in details.lines if line.ref not in gone)
    return item._replace(details=replace(details, lines=left))


# -- new words of a line that the paper has wrong --------------------------------------------------------


def _changes_lines(context: Context, _: Params) -> Reason | None:
    """Words are stated anew by a decision that amends or replaces another."""
    return None if details_of(context).kind in (AMEND, REPLACE) else Reason("not_amending")


def _one_line(context: Context, _: Params) -> Reason | None:
    return None if len(refs_named(context)) == 1 else Reason("one_line_at_a_time")


def _something_said(context: Context, _: Params) -> Reason | None:
    said = context.inputs.keys() & {"name", "unit", "position"}
    return None if said else Reason("nothing_restated")


def _restated_line(context: Context, after: Item) -> int | None:
    line = AwardDecision.of(after).line(refs_named(context)[0])
    return line.no if line else None


def _keep(_context: Context, item: Item, _: Params) -> Item:
    """Only words change."""
    return item


# -- lines that the signer does not agree to -------------------------------------------------------------


def _drop_lines(context: Context, item: Item, _: Params) -> Item:
    details, gone = AwardDecision.of(item), refs_named(context)

    def dropped(line: DecisionLine) -> DecisionLine:
        return line._replace(state="dropped") if line.ref in gone else line

    return item._replace(details=replace(details, lines=tuple(map(dropped, details.lines))))


def _no_line_stays(context: Context, _: Params) -> bool:
    return {line.ref for line in details_of(context).standing} <= {*refs_named(context)}


def _awards(context: Context, _: Params) -> Reason | None:
    """Of what an amending or annulling decision says, the signer sends the whole back."""
    return None if details_of(context).kind == AWARD else Reason("return_instead")


DECISION_LINES = Registry(
    guards=MappingProxyType(
        {
            "lines_fit": Guard(_lines_fit, needs=(DECISIONS,)),
            "signer_free": Guard(_signer_free),
            "list_open": Guard(_list_open),
            "lines_in": Guard(_lines_in),
            "some_line": Guard(_some_line),
            "nothing_restated": Guard(_nothing_restated, needs=("words",)),
            "changes_lines": Guard(_changes_lines),
            "one_line_at_a_time": Guard(_one_line),
            "something_said": Guard(_something_said),
            "awards_lines": Guard(_awards),
        }
    ),
    predicates=MappingProxyType({"no_line_stays": _no_line_stays}),
    effects=MappingProxyType(
        {
            "add_lines": Effect(_add_lines),
            "remove_lines": Effect(_remove_lines),
            "restate_line": Effect(_keep, line=_restated_line),
            "drop_lines": Effect(_drop_lines),
        }
    ),
)
