"""What is decided about the lines of a dossier: the end of its review, the chair's approval, the decision and
the superior's answer. A dossier ends with its last line (flows.md §2, one line)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.council import base_of, least_votes
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.text import Text
from workflow.rules.appraisal import own_lines, settled_without_vote
from workflow.rules.common import account_label, day_text, holders
from workflow.rules.dossiers import nobody_passed, not_reviewed
from workflow.rules.nominees import every_line, named_lines, numbered, numbers, way_of, with_lines

Lines = tuple[Nominee, ...]


def _lines(context: Context) -> Lines:
    return Dossier.of(context.item).nominees


# -- the review ------------------------------------------------------------------------------------------


def _settle_all(_context: Context, item: Item, _: Params) -> Item:
    return settled_without_vote(item)


def _unsettle(context: Context, item: Item, _: Params) -> Item:
    """What the review settled is open again, and what was published of it is not any more; what was voted
    stands until it is recorded anew."""

    def opened(line: Nominee) -> Nominee:
        if line.outcome == "postponed" or (
            line.outcome == "not_awarded" and line.why in ("vote", "condition")
        ):
            line = line._replace(outcome="pending", why=None)
        return line._replace(result=None) if line.result == "unvoted" else line

    dossier = Dossier.of(item)
    if way_of(context).published == "commune":
        dossier = replace(dossier, published_from=None, published_until=None, full_on=None)
    return item._replace(details=replace(dossier, nominees=tuple(map(opened, dossier.nominees))))


# -- the chair's approval, line by line -------------------------------------------------------------------


def _not_reviewed(context: Context) -> Reason | None:
    """Before every line has its result nobody may be told that no line passed."""
    dossier = Dossier.of(context.item)
    if dossier.nominees and all(line.result or line.held for line in dossier.standing):
        return None
    return not_reviewed(context)


def _approvable(context: Context) -> Lines:
    return Dossier.of(context.item).to_approve


def _some_line_to_approve(context: Context, _: Params) -> Reason | None:
    """With no line that passed the dossier can only be rejected."""
    if _approvable(context):
        return None
    if any(line.passed for line in _lines(context)):
        return Reason("nothing_to_approve")
    return _not_reviewed(context) or nobody_passed(context)


def _not_only_own_lines(context: Context, _: Params) -> Reason | None:
    """Nobody approves the own line, neither in person nor through a stand-in, nor for somebody else."""
    lines = _approvable(context)
    own = own_lines(context, lines)
    if not own or len(own) < len(lines):
        return None
    free = _free_to_sign(context, own)
    label = account_label(context, str(own[0].account))
    return Reason("own_line", {"chuc_vu": label, "so": numbered(own)}, who_can=free)


def _approved_now(context: Context) -> tuple[int, ...]:
    """The lines that this approval is about: all that wait but the approver's own."""
    lines = _approvable(context)
    own = own_lines(context, lines)
    return tuple(line.no for line in lines if line not in own)


def _approve_lines(context: Context, item: Item, _: Params) -> Item:
    mine = _approved_now(context)
    return with_lines(
        item,
        tuple(
            line._replace(approved=context.actor.capacity) if line.no in mine else line
            for line in _lines(context)
        ),
    )


def _no_line_left(context: Context, _: Params) -> bool:
    """Whether this approval is the last: none of the lines is the approver's own."""
    return not own_lines(context, _approvable(context))


def _lines_left(context: Context, _: Params) -> tuple[Reason, ...]:
    """Whose approval is asked of a line of who approves, and what is being verified."""
    left = own_lines(context, _approvable(context))
    held = tuple(line for line in Dossier.of(context.item).standing if line.passed and line.held)
    told = [Reason("lines_held", {"so": numbered(held)})] if held else []
    if left:
        others = _free_to_sign(context, left)
        named = _labels(context, others) if others else Text("người khác", "somebody else")
        told.insert(0, Reason("lines_left", {"so": numbered(left), "nguoi": named}, who_can=others))
    return tuple(told)


def _free_to_sign(context: Context, lines: Lines) -> tuple[str, ...]:
    """Who of the chairs stands in none of the lines."""
    office = context.setting.office
    barred = office.people(str(line.account) for line in lines)
    signing = holders(context, "chair") + holders(context, "vice_chair")
    return tuple(id for id in signing if office.person(id) not in barred)


def _labels(context: Context, ids: tuple[str, ...]) -> Text:
    accounts = [account.label for id in ids if (account := context.setting.office.account(id))]
    return Text("; ".join(label.vi for label in accounts), "; ".join(label.en for label in accounts))


def _nothing_approved(context: Context, _: Params) -> Reason | None:
    approved = tuple(line for line in _lines(context) if line.approved is not None)
    return Reason("line_approved", {"so": numbered(approved)}) if approved else None


def _publication_over(context: Context, _: Params) -> Reason | None:
    """A village is decided after the commune published it, and after what people said was dealt with."""
    dossier = Dossier.of(context.item)
    if way_of(context).published != "commune" or dossier.full_on is not None:
        return None
    if dossier.published_until is None:
        return Reason("not_published", who_can=holders(context, "officer"))
    return Reason(
        "publication_runs", {"den": day_text(dossier.published_until)}, who_can=holders(context, "officer")
    )


# -- the decision ----------------------------------------------------------------------------------------


def _signer(context: Context) -> str | None:
    signer = context.inputs.get("signer")
    return signer if isinstance(signer, str) else None


def _signs_for(context: Context, line: Nominee) -> bool:
    """Whether the decision's signer may sign for the line: nobody signs the own award."""
    signer, office = _signer(context), context.setting.office
    return not (signer and line.account and office.person(line.account) == office.person(signer))


def decided_lines(context: Context) -> Lines:
    """The lines that the decision awards: those it names, else all that are approved and may be signed."""
    named, denied = numbers(context, "nominee"), numbers(context, "not_awarded")
    waiting = Dossier.of(context.item).to_award
    chosen = (line for line in waiting if (line.no in named if named else _signs_for(context, line)))
    return tuple(line for line in chosen if line.no not in denied)


BY_DECISION = "decision"
"""The input by which an event says the decision that it comes with."""


def lines_at_stake(context: Context) -> Lines:
    """The lines that a decision is about: those that it names where the event comes with one, else those that
    this event awards."""
    return named_lines(context) if BY_DECISION in context.inputs else decided_lines(context)


def lacking(context: Context, line: Nominee) -> Reason | None:
    """The first thing that a line lacks on its way to the signature, or what it came to."""
    so, title = str(line.no), context.title(line.title)
    if line.held:
        return Reason("line_held", {"so": so})
    if line.result == "fail" and line.votes and title and title.vote:
        votes = {"k": line.votes.for_, "m": base_of(line.votes, title.vote)}
        least = {"n": least_votes(line.votes, title.vote)}
        cite = context.setting.rules.vote_cite or title.cite
        return Reason("line_failed", {"so": so, **votes, **least}, cite=cite)
    if line.why == "condition" or (line.verdict == "not_met" and line.result is None):
        return Reason("line_not_met", {"so": so}, cite=title.cite if title else None)
    if line.final:
        return Reason("line_final", {"so": so})
    if line.verdict is None:
        return Reason("not_appraised_line", {"so": so}, who_can=holders(context, "officer"))
    if line.result is None and context.item.kind == "council":
        return Reason("missing_result", {"so": so}, who_can=holders(context, "secretary"))
    return _publication_over(context, {}) if line.passed else None


def _not_yet(context: Context, line: Nominee) -> Reason:
    """The first thing on its way to a decision that a line lacks, or what it came to."""
    lacks = lacking(context, line)
    return lacks or Reason("line_not_approved", {"so": str(line.no)}, who_can=holders(context, "chair"))


def _some_line_to_award(context: Context, _: Params) -> Reason | None:
    dossier = Dossier.of(context.item)
    waiting = {line.no for line in dossier.to_award}
    asked = {*numbers(context, "nominee"), *numbers(context, "not_awarded")}
    unknown = sorted(no for no in asked if dossier.nominee(no) is None)
    if unknown:
        return Reason("unknown_nominee", {"so": ", ".join(map(str, unknown))})
    early = [line for line in dossier.nominees if line.no in asked - waiting]
    if early:
        return _not_yet(context, early[0])
    if waiting and not decided_lines(context):
        return Reason("nobody_awarded")
    return None if waiting else _not_reviewed(context) or Reason("nothing_to_award")


def _signer_of_lines(context: Context, _: Params) -> Reason | None:
    """The chair signs, or the vice chair for the chair; the decision about a signer's own line is the
    other's."""
    signer, office = _signer(context), context.setting.office
    if signer is None:
        return None
    may = office.holding("chair") + office.holding("vice_chair")
    if signer not in may:
        return Reason("signer", {"chuc_vu": account_label(context, signer)}, who_can=may)
    own = tuple(line for line in decided_lines(context) if not _signs_for(context, line))
    if not own:
        return None
    other = tuple(id for id in may if office.person(id) != office.person(signer))
    return Reason("split_decision", {"n": len(own), "nguoi_ky": _labels(context, other)}, who_can=other)


def _ratings_known(context: Context, _: Params) -> Reason | None:
    """What was not known at the appraisal is known at the decision."""
    unknown = tuple(line for line in lines_at_stake(context) if line.verdict == "no_info")
    return Reason("rating_unknown", {"so": numbered(unknown)}) if unknown else None


def _after_award(context: Context, lines: Lines) -> Lines:
    chosen, denied = {line.no for line in decided_lines(context)}, numbers(context, "not_awarded")

    def decided(line: Nominee) -> Nominee:
        if line.no in chosen:
            return line._replace(outcome="awarded_here")
        return line._replace(outcome="not_awarded", why="not_approved") if line.no in denied else line

    return tuple(map(decided, lines))


def _award_lines(context: Context, item: Item, _: Params) -> Item:
    return with_lines(item, _after_award(context, Dossier.of(item).nominees))


def _last_award(context: Context, _: Params) -> bool:
    return all(line.final for line in _after_award(context, _lines(context)))


def _lines_undecided(context: Context, _: Params) -> tuple[Reason, ...]:
    left = tuple(line for line in _after_award(context, _lines(context)) if not line.final)
    return (Reason("lines_undecided", {"so": numbered(left)}),) if left else ()


# -- to the superior, and back ----------------------------------------------------------------------------


def _forward_lines(_context: Context, item: Item, _: Params) -> Item:
    sent = {line.no for line in Dossier.of(item).to_award}
    return with_lines(
        item,
        tuple(
            line._replace(outcome="sent_higher") if line.no in sent else line
            for line in Dossier.of(item).nominees
        ),
    )


def _nothing_pending(context: Context, _: Params) -> Reason | None:
    """What is forwarded is closed for its task: a line that is held or waits for approval is split off."""
    dossier = Dossier.of(context.item)
    ready = {line.no for line in dossier.to_award}
    left = tuple(line for line in dossier.standing if line.no not in ready)
    return Reason("line_pending", {"so": numbered(left)}) if left else None


def _answered_were_sent(context: Context, _: Params) -> Reason | None:
    dossier = Dossier.of(context.item)
    yes, no = set(numbers(context, "awarded")), set(numbers(context, "not_awarded"))
    wrong = sorted(
        number
        for number in yes | no
        if (line := dossier.nominee(number)) is None or line.outcome != "sent_higher"
    )
    if wrong:
        return Reason("awarded_not_sent", {"so": ", ".join(map(str, wrong))})
    if yes & no:
        return Reason("both_answers", {"so": ", ".join(map(str, sorted(yes & no)))})
    return None if yes | no else Reason("nobody_answered")


def _after_answer(context: Context, lines: Lines) -> Lines:
    yes, no = numbers(context, "awarded"), numbers(context, "not_awarded")
    form = context.inputs.get("form")

    def answered(line: Nominee) -> Nominee:
        if line.no in yes:
            granted = form if isinstance(form, str) and form != line.title else None
            return line._replace(outcome="awarded_higher", granted=granted)
        return line._replace(outcome="not_awarded_higher") if line.no in no else line

    return tuple(map(answered, lines))


def _answer_lines(context: Context, item: Item, _: Params) -> Item:
    return with_lines(item, _after_answer(context, Dossier.of(item).nominees))


def _last_answer(context: Context, _: Params) -> bool:
    return all(line.outcome != "sent_higher" for line in _after_answer(context, _lines(context)))


# -- nothing, and never mind -------------------------------------------------------------------------------


def _no_line_passed(context: Context, _: Params) -> Reason | None:
    passed = tuple(line for line in _lines(context) if line.passed and not line.final)
    return Reason("some_passed", {"so": numbered(passed)}) if passed else None


def _nothing_awarded(context: Context, _: Params) -> Reason | None:
    awarded = tuple(line for line in _lines(context) if line.outcome == "awarded_here")
    return Reason("line_awarded", {"so": numbered(awarded)}) if awarded else None


def _reject_lines(_context: Context, item: Item, _: Params) -> Item:
    return every_line(
        item, lambda line: line if line.final else line._replace(outcome="not_awarded", why="not_approved")
    )


def _withdraw_lines(_context: Context, item: Item, _: Params) -> Item:
    return every_line(item, lambda line: line if line.final else line._replace(outcome="withdrawn"))


def _revoke_lines(_context: Context, item: Item, _: Params) -> Item:
    return every_line(
        item, lambda line: line._replace(outcome="revoked") if line.outcome == "awarded_here" else line
    )


OUTCOMES = Registry(
    guards=MappingProxyType(
        {
            "some_line_to_approve": Guard(_some_line_to_approve),
            "not_only_own_lines": Guard(_not_only_own_lines, of_persons=True),
            "some_line_to_award": Guard(_some_line_to_award),
            "signer_of_lines": Guard(_signer_of_lines),
            "ratings_known": Guard(_ratings_known),
            "nothing_approved": Guard(_nothing_approved),
            "publication_over": Guard(_publication_over),
            "nothing_awarded": Guard(_nothing_awarded),
            "nothing_pending": Guard(_nothing_pending),
            "answered_were_sent": Guard(_answered_were_sent),
            "no_line_passed": Guard(_no_line_passed),
        }
    ),
    warnings=MappingProxyType(
        {"lines_left": Warned(_lines_left), "lines_undecided": Warned(_lines_undecided)}
    ),
    predicates=MappingProxyType(
        {"no_line_left": _no_line_left, "last_award": _last_award, "last_answer": _last_answer}
    ),
    effects=MappingProxyType(
        {
            "settle_all": Effect(_settle_all),
            "unsettle": Effect(_unsettle),
            "approve_lines": Effect(_approve_lines, found=_approved_now),
            "award_lines": Effect(_award_lines),
            "forward_lines": Effect(_forward_lines),
            "answer_lines": Effect(_answer_lines),
            "reject_lines": Effect(_reject_lines),
            "withdraw_lines": Effect(_withdraw_lines),
            "revoke_lines": Effect(_revoke_lines),
        }
    ),
)
