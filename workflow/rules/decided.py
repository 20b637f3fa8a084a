"""What award decisions do to the lines of a dossier, and what a dossier may not do while one has them.

A decision's own rules stand in `workflow.rules.decision_lines` and beside it; its acts come to dossiers as
events of theirs, by the system, under the lock of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from workflow.model.award_decisions import IMPLICIT, IN, AwardDecision
from workflow.model.context import Context
from workflow.model.corrections import followed
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Plain
from workflow.model.papers import identity
from workflow.model.payments import PUT_OUT
from workflow.model.recorded import Recorded, last_of
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.wording import in_runs
from workflow.rules.common import acts_among, day_text, holders
from workflow.rules.decision_issue import number_taken, salary_of_date
from workflow.rules.decision_lines import DECISIONS, OPEN
from workflow.rules.dossiers import not_reviewed
from workflow.rules.inputs import split_inputs
from workflow.rules.nominees import change_lines, day_given, every_line, named_lines, numbers
from workflow.rules.outcomes import BY_DECISION, decided_lines, lacking
from workflow.rules.pending import not_approved
from workflow.rules.verdicts import NEEDS, failing_since

RECORDED = "recorded_decision"
"""The need of an event that records a decision by the award of one dossier: the decision is kept with it."""
REVIEWS = ("conclude", "review", "give_opinion", "confirm")
"""The events that end the review of a dossier, by its path."""


# -- what a decision asks of a line before it is signed ---------------------------------------------------


def _lines_decidable(context: Context, _: Params) -> Reason | None:
    """Each named line passed, is not held, and came to nothing else meanwhile."""
    found = {line.no: line for line in named_lines(context)}
    for no in numbers(context, "nominee"):
        line = found.get(no)
        if line is None:
            return Reason("unknown_nominee", {"so": str(no)})
        reason = lacking(context, line)
        if reason is not None:
            return reason
        if not line.passed:
            return not_reviewed(context)
    return None


def _failures_explained(context: Context, _: Params) -> Reason | None:
    """What a line is known to fail since its appraisal is put before the signer with a reason."""
    if "reason" in context.inputs:
        return None
    lines = [line for line in named_lines(context) if line.verdict == "met"]
    return next(iter(failing_since(context, lines)), None)


def _after_review(context: Context, _: Params) -> Reason | None:
    """The tờ trình is not older than the council's meeting, or the opinion, that it rests on."""
    recorded: tuple[Recorded, ...] = context.facts.beside.get("recorded", ())
    last, day = last_of(recorded, REVIEWS), day_given(context, "paper_date")
    done = context.machine.event(last.event) if last else None
    if last is None or done is None or day is None:
        return None
    given = (last.inputs.get(input.name) for input in done.inputs if input.type == "date")
    since = max((date.fromisoformat(value) for value in given if isinstance(value, str)), default=None)
    if since is None or day >= since:
        return None
    return Reason("date_order", {"ngay": day_text(day), "tu": day_text(since)})


def _approve_named(context: Context, item: Item, _: Params) -> Item:
    signer = str(context.inputs["signer"])
    return change_lines(context, item, lambda line: line._replace(approved=line.approved or signer))


def _deny_named(context: Context, item: Item, _: Params) -> Item:
    return change_lines(context, item, not_approved)


def _revoke_named(context: Context, item: Item, _: Params) -> Item:
    return change_lines(
        context,
        item,
        lambda line: line._replace(outcome="revoked") if line.outcome == "awarded_here" else line,
    )


def _none_awarded_left(context: Context, _: Params) -> bool:
    """Whether every awarded line is revoked, and nothing is left to decide."""
    named = numbers(context, "nominee")
    lines = Dossier.of(context.item).nominees
    return all(line.final and (line.outcome != "awarded_here" or line.no in named) for line in lines)


def _named_line(context: Context, _after: Item) -> int | None:
    return next(iter(numbers(context, "nominee")), None)


def _reworded(_context: Context, item: Item, _: Params) -> Item:
    """Only the words of the line change: those that the decision states anew stand from now on."""
    return item


# -- a decision that is corrected -------------------------------------------------------------------------

OF_ITS_PAPER = ("decision_number", "decision_date", "signer")
"""What a dossier records of the decision that has its lines."""


def _corrected_where_kept(context: Context, _: Params) -> Reason | None:
    """Number, date and signer of a decision are corrected where it is kept: all its dossiers follow."""
    named, of = context.inputs.keys() & set(OF_ITS_PAPER), context.inputs.get("of", "award")
    refs = _put_out(context) if named and of == "award" else ""
    return Reason("corrected_on_decision", {"ref": refs}) if refs else None


def _annulled_where_kept(context: Context, _: Params) -> Reason | None:
    """What a decision awarded another one annuls, line by line; by itself a dossier is annulled only where an
    older edition kept no decision."""
    refs = _put_out(context)
    return Reason("annulled_on_decision", {"ref": refs}) if refs else None


def _put_out(context: Context) -> str:
    """The references of the issued decisions that have lines of the dossier."""
    year, ref = context.item.key.year, context.item.key.ref
    others: tuple[Item, ...] = context.facts.beside.get(DECISIONS, ())
    found = (
        item
        for item in others
        if item.key.year == year
        and item.state in PUT_OUT
        and any(line.dossier == ref for line in AwardDecision.of(item).lines)
    )
    return ", ".join(context.setting.ref(item.key) for item in found)


def _something_follows(context: Context, _: Params) -> Reason | None:
    """The dossier recorded what is corrected of the decision."""
    event = context.machine.event(context.event)
    said, _texts = split_inputs(event, context.inputs) if event else ({}, ())
    recorded: tuple[Recorded, ...] = context.facts.beside.get("recorded", ())
    if "decision" not in said or followed(recorded, said):
        return None
    return Reason("nothing_to_correct")


def _approved_by_signing(context: Context) -> frozenset[int]:
    """The lines that nobody had approved before the decision was signed."""
    recorded: tuple[Recorded, ...] = context.facts.beside.get("recorded", ())
    found: set[int] = set()
    for each in recorded:
        if each.event == "approve_signed" and each.inputs["decision"] == context.inputs["decision"]:
            lines, before = (each.inputs.get(name, []) for name in ("nominee", "approved_before"))
            assert isinstance(lines, list)
            assert isinstance(before, list)
            found.update(no for no in lines if isinstance(no, int) and no not in before)
    return frozenset(found)


def _follow_decision(context: Context, item: Item, _: Params) -> Item:
    """What the dossier itself bears of the decision: who approved its lines by signing, and the day on which
    the award closed it."""
    signer, was, day = (context.inputs.get(name) for name in ("signer", "was_date", "decision_date"))
    if isinstance(signer, str):
        signed = _approved_by_signing(context)
        item = every_line(item, lambda line: line._replace(approved=signer) if line.no in signed else line)
    if isinstance(day, date) and item.closed_on is not None and item.closed_on == was:
        return item._replace(closed_on=day)
    return item


# -- the award of one dossier in one act -----------------------------------------------------------------


def _one_title(context: Context, _: Params) -> Reason | None:
    """One decision has one title or form; more of them are decisions of their own."""
    titles = {line.title for line in decided_lines(context)}
    if BY_DECISION in context.inputs or len(titles) < 2 or context.setting.office.several_titles:
        return None
    return Reason("several_titles", {"n": len(titles)})


def _funds_said(context: Context, _: Params) -> Reason | None:
    """Who confirmed where the money comes from, by the papers of the decision; it is not who records it.
    Nothing is missing before a decision is typed."""
    typed = "decision_number" in context.inputs and BY_DECISION not in context.inputs
    if not typed or not _costs(context):
        return None
    accountants, said = holders(context, "accountant"), context.inputs.get("funds_by")
    if said not in accountants:
        return Reason("funds", who_can=accountants)
    return Reason("drafted_by_oneself") if acts_among(context, frozenset({str(said)})) else None


def _salary_of_award(context: Context, _: Params) -> Reason | None:
    """By the base salary of its day the decision that is kept behind the award counts its sums."""
    return None if BY_DECISION in context.inputs else salary_of_date(context)


def _costs(context: Context) -> bool:
    type = Dossier.of(context.item).type
    titles = ((line, context.title(line.title)) for line in decided_lines(context))
    return any(
        title and title.paid_here and (pay := title.pay(line.kind, type)) and pay.k for line, title in titles
    )


def _number_of_its_own(context: Context, _: Params) -> Reason | None:
    """The number is no other paper's; a further dossier of the same paper joins what was recorded of it."""
    if BY_DECISION in context.inputs:
        return None
    number, day = context.inputs.get("decision_number"), day_given(context, "decision_date")
    if not isinstance(number, str) or day is None:
        return None
    return number_taken(context, number, day, but=joined(context))


def joined(context: Context) -> Item | None:
    """The recorded decision of which this award names further lines."""
    event = context.machine.event(context.event)
    said, _texts = split_inputs(event, context.inputs) if event else ({}, ())
    titles = frozenset(line.title for line in decided_lines(context))
    others: tuple[Item, ...] = context.facts.beside.get(DECISIONS, ())
    return paper_recorded(others, context.item.key.year, said, titles)


def paper_recorded(
    decisions: Iterable[Item], year: int, said: Mapping[str, Plain], titles: frozenset[str]
) -> Item | None:
    """The decision of the plan's year that was recorded with the same number, date and signer, and has one of
    the titles; None of a paper that nobody recorded yet."""
    number = identity(str(said.get("decision_number")))
    for item in decisions:
        details = AwardDecision.of(item)
        if details.kind != IMPLICIT or (item.state, item.key.year) != ("issued", year):
            continue
        same = (str(details.issued_on), details.signer) == (said.get("decision_date"), said.get("signer"))
        if same and identity(details.number or "") == number and not titles.isdisjoint(details.titles):
            return item
    return None


# -- what a line in a decision is kept from ---------------------------------------------------------------


def _in_no_decision(context: Context, params: Params) -> Reason | None:
    """No named line, or no line at all where none need be named, stands in a decision in one of the `states`.
    Where lines must be named and are not yet, a line that stands in none is one that could be."""
    states = params.get("states", OPEN)
    assert isinstance(states, tuple)
    if BY_DECISION in context.inputs:
        return None
    named, ref = numbers(context, "nominee"), context.item.key.ref
    others: tuple[Item, ...] = context.facts.beside.get(DECISIONS, ())
    kept = {
        item.key: {
            line.line
            for line in AwardDecision.of(item).lines
            if line.dossier == ref and line.state == IN and (not named or line.line in named)
        }
        for item in others
        if item.state in states and item.key.year == context.item.key.year
    }
    if not named and _must_name_lines(context):
        standing = {line.no for line in Dossier.of(context.item).standing}
        if standing.difference(*kept.values()):
            return None
    for key, lines in kept.items():
        if lines:
            return Reason("kept_by_decision", {"so": in_runs(sorted(lines)), "ref": context.setting.ref(key)})
    return None


def _must_name_lines(context: Context) -> bool:
    event = context.machine.event(context.event)
    return event is not None and any(input.name == "nominee" and input.required for input in event.inputs)


DECIDED = Registry(
    guards=MappingProxyType(
        {
            "lines_decidable": Guard(_lines_decidable),
            "failures_explained": Guard(_failures_explained, needs=NEEDS),
            "corrected_where_kept": Guard(_corrected_where_kept, needs=(DECISIONS,)),
            "annulled_where_kept": Guard(_annulled_where_kept, needs=(DECISIONS,)),
            "something_follows": Guard(_something_follows, needs=("recorded",)),
            "after_review": Guard(_after_review, needs=("recorded",)),
            "one_title": Guard(_one_title),
            "funds_said": Guard(_funds_said),
            "salary_of_award": Guard(_salary_of_award),
            "number_of_its_own": Guard(_number_of_its_own, needs=(DECISIONS, RECORDED)),
            "in_no_decision": Guard(_in_no_decision, needs=(DECISIONS,)),
        }
    ),
    predicates=MappingProxyType({"none_awarded_left": _none_awarded_left}),
    effects=MappingProxyType(
        {
            "approve_named": Effect(_approve_named),
            "deny_named": Effect(_deny_named),
            "revoke_named": Effect(_revoke_named),
            "follow_decision": Effect(_follow_decision),
            "reword_line": Effect(_reworded, line=_named_line),
        }
    ),
)
