"""The issue of an award decision, and what comes after it (flows.md §4): number and date, frozen sums, the
acts for each fault of an issued paper. Nothing of an issued list is edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from workflow.model.award_decisions import (
    IMPLICIT,
    IN,
    AwardDecision,
    DecisionLine,
    Mark,
    in_order,
    line_refs,
    pays,
    signature_of,
)
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Plain
from workflow.model.money import dotted
from workflow.model.papers import identity
from workflow.model.recorded import Recorded, last_of, since_last
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.roles import PROPOSE_CORRECTION
from workflow.model.sums import Peer, rivals_among, with_sums
from workflow.model.text import Text
from workflow.model.wording import toneless
from workflow.rules.award_decisions import said_salaries, signer_apart, signs_own
from workflow.rules.common import day_text, holders
from workflow.rules.decision_lines import DECISIONS, OPEN, details_of, dossiers_of, listed, refs_named
from workflow.rules.nominees import day_given

PEERS = "peers"
"""What the sums need: the lines of other titles that may be about the same ones."""


def _number(context: Context) -> str | None:
    number = context.inputs.get("decision_number")
    return number if isinstance(number, str) else None


# -- number and date -------------------------------------------------------------------------------------


def _issued(context: Context, year: int) -> list[tuple[Item, int, str, date]]:
    """The other decisions whose numbers count in the year: number, symbol and day."""
    found: list[tuple[Item, int, str, date]] = []
    others: tuple[Item, ...] = context.facts.beside.get(DECISIONS, ())
    for item in others:
        details = AwardDecision.of(item)
        known = identity(details.number) if details.number else None
        day = details.issued_on
        if known and day and day.year == year and item.key != context.item.key:
            found.append((item, *known, day))
    return found


def _number_free(context: Context, _: Params) -> Reason | None:
    """Number and symbol are unique in the year of the paper (NĐ 30/2020/NĐ-CP, art. 15)."""
    number, day, stands = _number(context), day_given(context, "decision_date"), details_of(context)
    if number is None and day is None:
        return None
    number, day = number or stands.number, day or stands.issued_on  # a correction may name one of them
    return number_taken(context, number, day) if number and day else None


def number_taken(context: Context, number: str, day: date, *, but: Item | None = None) -> Reason | None:
    """That another decision than `but` has the number in the year of the day."""
    for item, *known, on in _issued(context, day.year):
        if tuple(known) == identity(number) and item is not but:
            ref = context.setting.ref(item.key)
            return Reason("number_taken", {"so": number, "ref": ref, "ngay": day_text(on)})
    return None


def _number_order(context: Context, _: Params) -> tuple[Reason, ...]:
    """A higher number rarely has an earlier date. Gaps say nothing: other work of the committee shares the
    series."""
    number, day = _number(context), day_given(context, "decision_date")
    mine = identity(number) if number else None
    if mine is None or day is None:
        return ()
    return tuple(
        Reason(
            "number_order",
            {
                "so": str(number),
                "ngay": day_text(day),
                "so_khac": str(AwardDecision.of(item).number),
                "ngay_khac": day_text(on),
            },
        )
        for item, other, symbol, on in _issued(context, day.year)
        if symbol == mine[1] and ((other < mine[0] and on > day) or (other > mine[0] and on < day))
    )


def _after_signing(context: Context, _: Params) -> Reason | None:
    signed, day = details_of(context).signed_on, day_given(context, "decision_date")
    if signed is None or day is None or day >= signed:
        return None
    return Reason("before_signing", {"ngay": day_text(day), "tu": day_text(signed)})


def _issued_late(context: Context, _: Params) -> tuple[Reason, ...]:
    """Number and date are given on the day of the signature or the next working day."""
    signed, day = details_of(context).signed_on, day_given(context, "decision_date")
    if signed is None or day is None:
        return ()
    last = context.setting.calendar.add_working_days(signed, 1)
    if day <= last:
        return ()
    return (Reason("issued_late", {"ngay": day_text(day), "tu": day_text(signed), "den": day_text(last)}),)


def _same_salary(context: Context, _: Params) -> Reason | None:
    """The sums are printed by the base salary of the day of issue; another one is printed and signed anew."""
    details, day = details_of(context), day_given(context, "decision_date")
    if day is None or details.salary is None or not pays(details, context.setting.rules):
        return None
    salary = context.setting.rules.salary_on(day)
    if salary is None or salary.amount == details.salary:
        return None
    said = said_salaries(details.salary, salary.amount, day)
    return Reason("base_salary", said, cite=salary.cite)


def _salary_of_date(context: Context, _: Params) -> Reason | None:
    return salary_of_date(context)


def salary_of_date(context: Context) -> Reason | None:
    """The base salary of the day is known, by which the sums are counted; a pack without any counts none."""
    day, rules = day_given(context, "decision_date"), context.setting.rules
    if day is None or not rules.base_salary or rules.salary_on(day) is not None:
        return None
    return Reason("salary_unknown", {"ngay": day_text(day)})


def _frozen(context: Context, details: AwardDecision) -> tuple[DecisionLine, ...]:
    rules = context.setting.rules
    peers: tuple[Peer, ...] = context.facts.beside.get(PEERS, ())
    salary = rules.salary_on(day_given(context, "decision_date") or context.today)
    rivals = rivals_among(peers, context.setting.office, rules)
    return with_sums(details, rules, salary=salary.amount if salary else 0, rivals=rivals)


def _issue(context: Context, item: Item, _: Params) -> Item:
    details = replace(
        AwardDecision.of(item),
        number=_number(context),
        issued_on=day_given(context, "decision_date"),
    )
    return item._replace(details=replace(details, lines=_frozen(context, details)))


def _sums_said(context: Context) -> Mapping[str, Plain]:
    """What the entry says of the money: the line and what it pays."""
    frozen = _frozen(context, details_of(context))
    said: list[Plain] = [f"{line.ref}={line.amount}" for line in frozen if line.state == IN and line.amount]
    return {"amounts": said} if said else {}


# -- a decision behind the award of one dossier ----------------------------------------------------------


def _lines_of(context: Context) -> tuple[DecisionLine, ...]:
    dossiers = dossiers_of(context)
    return tuple(
        listed(dossiers[ref], nominee)
        for ref, nos in line_refs(refs_named(context)).items()
        for no in nos
        if (nominee := Dossier.of(dossiers[ref]).nominee(no))
    )


def _begin_issued(context: Context, item: Item, _: Params) -> Item:
    """It is issued as it is made: the paper is there already."""
    details, day, actor = AwardDecision.of(item), day_given(context, "decision_date"), context.actor
    signer, funds = str(context.inputs["signer"]), context.inputs.get("funds_by")
    salary = context.setting.rules.salary_on(day or context.today)
    made = replace(
        details,
        kind=IMPLICIT,
        signer=signer,
        signature=signature_of(signer, context.setting.office),
        drafted_by=str(context.inputs.get("drafted_by", actor.account)),
        funds_by=str(funds) if funds else None,
        funds_on=context.today if funds else None,
        salary=salary.amount if salary else None,
        signed_on=day,
        number=_number(context),
        issued_on=day,
        lines=in_order(_lines_of(context)),
    )
    return item._replace(details=replace(made, lines=_frozen(context, made)))


def _join(context: Context, item: Item, _: Params) -> Item:
    """Further lines of the same paper, after those that it has: their numbers stand."""
    details = AwardDecision.of(item)
    first = len(details.lines) + 1
    new = tuple(line._replace(no=no) for no, line in enumerate(in_order(_lines_of(context)), first))
    made = replace(details, lines=(*details.lines, *new))
    return item._replace(details=replace(made, lines=_frozen(context, made)))


# -- after the issue -------------------------------------------------------------------------------------


def _dated_after_issue(context: Context, _: Params) -> Reason | None:
    """What is about an issued decision is not older than it."""
    issued = details_of(context).issued_on
    day = day_given(context, "paper_date") or day_given(context, "decision_date")
    if issued is None or day is None or day >= issued:
        return None
    return Reason("date_order", {"ngay": day_text(day), "tu": day_text(issued)})


def _dated_before_later(context: Context, _: Params) -> Reason | None:
    """A corrected day of the decision is not after that of a paper about it."""
    day = day_given(context, "decision_date")
    first = min((mark.on for mark in details_of(context).marks), default=None)
    if day is None or first is None or first >= day:
        return None
    return Reason("date_order", {"ngay": day_text(first), "tu": day_text(day)})


def _mark(context: Context, item: Item, params: Params) -> Item:
    """What came after it, by its paper: the one of the event's inputs, and the decision that did it."""
    number = context.inputs.get("paper_number", context.inputs.get("decision_number"))
    day = day_given(context, "paper_date") or day_given(context, "decision_date")
    by = context.inputs.get("by")
    if not isinstance(number, str) or day is None:
        return item
    details, kind = AwardDecision.of(item), str(params["kind"])
    if kind == "partly_revoked" and not details.standing:
        kind = "revoked"
    mark = Mark(kind, number, day, str(by) if by else None)
    return item._replace(details=replace(details, marks=(*details.marks, mark)))


def _lines_become(context: Context, item: Item, params: Params) -> Item:
    """The lines that the later decision names are kept, and shown as replaced or revoked."""
    state: Literal["replaced", "revoked"] = "revoked" if params["state"] == "revoked" else "replaced"
    details, named = AwardDecision.of(item), refs_named(context)

    def changed(line: DecisionLine) -> DecisionLine:
        return line._replace(state=state) if line.ref in named and line.state == IN else line

    return item._replace(details=replace(details, lines=tuple(map(changed, details.lines))))


def _none_in_force(context: Context, _: Params) -> bool:
    return {line.ref for line in details_of(context).standing} <= {*refs_named(context)}


def _reprint(context: Context, item: Item, _: Params) -> Item:
    details, named = AwardDecision.of(item), refs_named(context)

    def printed(line: DecisionLine) -> DecisionLine:
        return line._replace(reprints=line.reprints + 1) if line.ref in named else line

    return item._replace(details=replace(details, lines=tuple(map(printed, details.lines))))


# -- what was typed otherwise than the paper has it ------------------------------------------------------


def _proposed_day(context: Context) -> date | None:
    """The day of issue that a correction names or that waits for agreement."""
    given, proposal = day_given(context, "decision_date"), context.item.proposal
    if given is None and proposal is not None and "decision_date" in proposal.inputs:
        return date.fromisoformat(str(proposal.inputs["decision_date"]))
    return given


def _counted_anew(context: Context) -> AwardDecision | None:
    """The decision with the sums of the corrected day; None where that changes none: its base salary is the
    same, or no line that pays stands in it by its own sum any more. From a title that took this one off when
    it was issued, nothing is taken off again."""
    details, day, rules = details_of(context), _proposed_day(context), context.setting.rules
    salary = rules.salary_on(day) if day else None
    before = rules.salary_on(details.issued_on) if details.issued_on else None
    carried = _carried(context, details)
    own = {line.ref for line in details.standing if line.full and line.ref not in carried}
    if salary is None or salary == before or not own:
        return None

    def counted(line: DecisionLine) -> DecisionLine:
        fresh = line._replace(amount=None, full=None, note_title=None, higher=None)
        return fresh if line.ref in own else line

    peers: tuple[Peer, ...] = context.facts.beside.get(PEERS, ())
    every = rivals_among(peers, context.setting.office, rules)
    rivals = [each for each in every if each.line.higher != each.own]
    anew = replace(details, salary=salary.amount, lines=tuple(map(counted, details.lines)))
    return replace(anew, lines=with_sums(anew, rules, salary=salary.amount, rivals=rivals))


def _carried(context: Context, details: AwardDecision) -> frozenset[str]:
    """The lines that a decision it changes awarded and paid, at the base salary of that one."""
    others: tuple[Item, ...] = context.facts.beside.get(DECISIONS, ())
    changed = (AwardDecision.of(item) for item in others if item.key.ref == details.changes)
    return frozenset(line.ref for was in changed for line in was.lines)


def _said_anew(context: Context, anew: AwardDecision) -> dict[str, Text | str | int]:
    details, day = details_of(context), _proposed_day(context)
    assert day is not None
    said = said_salaries(details.salary or 0, anew.salary or 0, day)
    totals = {"so_tien": dotted(details.total or 0), "gia_tri": dotted(anew.total or 0)}
    return {**said, **totals, "ref": context.setting.ref(context.item.key)}


def _sums_anew(context: Context, _: Params) -> tuple[Reason, ...]:
    anew = _counted_anew(context)
    return (Reason("sums_anew", _said_anew(context, anew)),) if anew else ()


def _sums_agreed(context: Context, _: Params) -> Reason | None:
    """The accountant agrees to sums that are counted anew, before the day is corrected (flows.md §4)."""
    anew = _counted_anew(context)
    recorded: tuple[Recorded, ...] = context.facts.beside.get("recorded", ())
    since = since_last(recorded, PROPOSE_CORRECTION)
    if anew is None or last_of(since, ("confirm_funds",)):
        return None
    return Reason("sums_not_agreed", _said_anew(context, anew), who_can=holders(context, "accountant"))


def _sums_in_question(context: Context, _: Params) -> Reason | None:
    """Of an issued decision the money is confirmed anew only where a corrected day changes it."""
    if context.item.state in OPEN or _counted_anew(context) is not None:
        return None
    return Reason("sums_stand")


def _corrected_signer_fits(context: Context, _: Params) -> Reason | None:
    """The signer who is on the paper: of a signed one, who neither drafted it nor stands in it."""
    signer, details = context.inputs.get("signer"), details_of(context)
    if not isinstance(signer, str):
        return None
    if details.signed_on is None:
        return Reason("not_signed_yet", {"ref": context.setting.ref(context.item.key)})
    return signer_apart(context, replace(details, signer=signer)) or signs_own(
        context, replace(details, signer=signer)
    )


def _sums_follow(context: Context, item: Item, _: Params) -> Item:
    anew, details = _counted_anew(context), AwardDecision.of(item)
    if anew is None:
        return item
    return item._replace(details=replace(details, salary=anew.salary, lines=anew.lines))


def _signature_follows(context: Context, item: Item, _: Params) -> Item:
    details = AwardDecision.of(item)
    signature = signature_of(details.signer, context.setting.office)
    return item._replace(details=replace(details, signature=signature))


def _number_bare(context: Context, _: Params) -> tuple[Reason, ...]:
    """A decision's number has its symbol: without it another paper's may be the same."""
    number = _number(context)
    return (Reason("number_bare", {"so": number}),) if number is not None and "/" not in number else ()


def _correct_mark(context: Context, item: Item, _: Params) -> Item:
    """The paper of the decision that came after this one, as it reads now."""
    details, by = AwardDecision.of(item), context.inputs.get("decision")
    number, day = _number(context), day_given(context, "decision_date")

    def corrected(mark: Mark) -> Mark:
        return mark._replace(paper=number or mark.paper, on=day or mark.on) if mark.by == by else mark

    return item._replace(details=replace(details, marks=tuple(map(corrected, details.marks))))


def _tone_marks_only(context: Context, _: Params) -> Reason | None:
    """A letter may put the tone marks of a name right; what reads otherwise is amended by a decision."""
    said = [(name, str(context.inputs[name])) for name in ("name", "unit") if name in context.inputs]
    lines, peers = context.inputs.get("lines"), context.facts.beside.get(PEERS, ())
    if not said and lines is None:
        return None
    if not said or not isinstance(lines, tuple) or len(lines) != 1:
        return Reason("one_line_at_a_time")
    stands = next((peer for peer in peers if peer.own and peer.line.ref == lines[0]), None)
    if stands is None or stands.line.state != IN:
        return Reason("not_in_decision", {"so": str(lines[0]), "ref": context.setting.ref(context.item.key)})
    if all(toneless(word) == toneless(getattr(stands, name) or "") for name, word in said):
        return None
    return Reason("amend_instead", {"so": str(lines[0]), "ref": context.setting.ref(context.item.key)})


DECISION_ISSUE = Registry(
    guards=MappingProxyType(
        {
            "number_free": Guard(_number_free, needs=(DECISIONS,)),
            "after_signing": Guard(_after_signing),
            "same_salary": Guard(_same_salary, needs=(PEERS,)),
            "salary_of_date": Guard(_salary_of_date, needs=(PEERS,)),
            "dated_after_issue": Guard(_dated_after_issue),
            "dated_before_later": Guard(_dated_before_later),
            "sums_agreed": Guard(_sums_agreed, needs=("recorded", PEERS, DECISIONS)),
            "sums_in_question": Guard(_sums_in_question, needs=(PEERS, DECISIONS)),
            "corrected_signer_fits": Guard(_corrected_signer_fits),
            "tone_marks_only": Guard(_tone_marks_only, needs=(PEERS,)),
        }
    ),
    doubts=MappingProxyType(
        {
            "number_order": Warned(_number_order, needs=(DECISIONS,)),
            "issued_late": Warned(_issued_late),
            "number_bare": Warned(_number_bare),
        }
    ),
    warnings=MappingProxyType({"sums_anew": Warned(_sums_anew, needs=(PEERS, DECISIONS))}),
    predicates=MappingProxyType({"none_in_force": _none_in_force}),
    effects=MappingProxyType(
        {
            "issue_decision": Effect(_issue, says=_sums_said),
            "begin_issued": Effect(_begin_issued),
            "join_lines": Effect(_join),
            "mark": Effect(_mark),
            "lines_become": Effect(_lines_become),
            "reprint": Effect(_reprint),
            "sums_follow": Effect(_sums_follow),
            "signature_follows": Effect(_signature_follows),
            "correct_mark": Effect(_correct_mark),
        }
    ),
)
