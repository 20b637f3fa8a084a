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
from workflow.model.papers import identity
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.sums import Peer, rivals_among, with_sums
from workflow.rules.award_decisions import said_salaries
from workflow.rules.common import day_text
from workflow.rules.decision_lines import DECISIONS, details_of, dossiers_of, listed, refs_named
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
    number, day = _number(context), day_given(context, "decision_date")
    if number is None or day is None:
        return None
    return number_taken(context, number, day)


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


def _money_unchanged(context: Context, _: Params) -> Reason | None:
    """A corrected date that has another base salary changes sums: that is no slip of the record."""
    details, proposal = details_of(context), context.item.proposal
    day = proposal.inputs.get("decision_date") if proposal else None
    if not isinstance(day, str) or details.issued_on is None or not any(line.full for line in details.lines):
        return None
    rules = context.setting.rules
    was, now = rules.salary_on(details.issued_on), rules.salary_on(date.fromisoformat(day))
    if was == now or was is None or now is None:
        return None
    said = said_salaries(was.amount, now.amount, date.fromisoformat(day))
    return Reason("base_salary_corrected", said)


DECISION_ISSUE = Registry(
    guards=MappingProxyType(
        {
            "number_free": Guard(_number_free, needs=(DECISIONS,)),
            "after_signing": Guard(_after_signing),
            "same_salary": Guard(_same_salary, needs=(PEERS,)),
            "salary_of_date": Guard(_salary_of_date, needs=(PEERS,)),
            "dated_after_issue": Guard(_dated_after_issue),
            "money_unchanged": Guard(_money_unchanged),
        }
    ),
    doubts=MappingProxyType(
        {
            "number_order": Warned(_number_order, needs=(DECISIONS,)),
            "issued_late": Warned(_issued_late),
        }
    ),
    predicates=MappingProxyType({"none_in_force": _none_in_force}),
    effects=MappingProxyType(
        {
            "issue_decision": Effect(_issue, says=_sums_said),
            "begin_issued": Effect(_begin_issued),
            "join_lines": Effect(_join),
            "mark": Effect(_mark),
            "lines_become": Effect(_lines_become),
            "reprint": Effect(_reprint),
        }
    ),
)
