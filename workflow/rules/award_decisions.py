"""An award decision from its draft to its signature: who drafts, whose money it is, who signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from workflow.model.award_decisions import (
    AMEND,
    AS_CHAIR,
    GROUNDS,
    RELATIONS,
    REPLACE,
    REVOKE,
    AwardDecision,
    pays,
    signature_of,
)
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.facts import Item
from workflow.model.money import change_near, dotted
from workflow.model.registry import Effect, Guard, Params, Registry, Warned
from workflow.model.roles import reviewers, submitters
from workflow.model.text import Text
from workflow.rules.common import account_label, acts_among, day_text, holders, others
from workflow.rules.decision_lines import changed_decision, details_of, dossiers_of
from workflow.rules.dossiers import level_text
from workflow.rules.nominees import day_given

CHANGED = "changed"
"""What the making of a decision needs that changes another: that one, under its lock."""


def _given(context: Context, name: str) -> str | None:
    value = context.inputs.get(name)
    return value if isinstance(value, str) else None


def signing(context: Context) -> tuple[str, ...]:
    """Who may sign decisions: the chair, and the vice chairs for the chair."""
    return holders(context, "chair") + holders(context, "vice_chair")


# -- a draft is made -------------------------------------------------------------------------------------


def _title_here(context: Context, _: Params) -> Reason | None:
    title = context.title(_given(context, "title") or "")
    if title is None or title.level == "commune":
        return None
    return Reason("authority", {"cap": level_text(title.level)}, cite=title.cite)


def _signer_signs(context: Context, _: Params) -> Reason | None:
    signer, may = _given(context, "signer"), signing(context)
    if signer is None or signer in may:
        return None
    return Reason("signer", {"chuc_vu": account_label(context, signer)}, who_can=may)


def _changed(context: Context) -> Item | None:
    return next(iter(context.facts.beside.get(CHANGED, ())), None)


def _in_force(context: Context, _: Params) -> Reason | None:
    """Only what is issued and still in force is changed by another decision."""
    changed = _changed(context)
    if changed is not None and changed.state == "issued":
        return None
    ref = context.setting.ref(changed.key) if changed else str(details_of(context).changes)
    return Reason("not_in_force", {"ref": ref})


def _ground_of_law(context: Context, _: Params) -> Reason | None:
    """Only the four points of law art. 93.2; what is wrong otherwise is amended."""
    ground = _given(context, "ground")
    if ground is None or ground in GROUNDS:
        return None
    return Reason("ground", cite="Luật 06/2022/QH15, Điều 93 khoản 2")


def _conclusion_in_order(context: Context, _: Params) -> Reason | None:
    """The conclusion, its receipt, what the council was told and the full file, in that order."""
    details = details_of(context)
    days = [
        day_given(context, name) or getattr(details, name, None)
        for name in ("conclusion_on", "received_on", "told_on", "full_on")
    ]
    known = [day for day in days if day is not None]
    for before, after in pairwise(known):
        if after < before:
            return Reason("date_order", {"ngay": day_text(after), "tu": day_text(before)})
    return None


def _begin(context: Context, item: Item, _: Params) -> Item:
    """What the inputs say; of one that changes another its title and period are that one's."""
    details, actor, changed = AwardDecision.of(item), context.actor, _changed(context)
    said: dict[str, Any] = {
        name: context.inputs[name]
        for name in ("title", "type", "period", "signer", "ground", "conclusion", "conclusion_on")
        if name in context.inputs
    }
    for name in ("received_on", "told_on", "full_on"):
        if name in context.inputs:
            said[name] = context.inputs[name]
    if changed is not None:
        was = AwardDecision.of(changed)
        said |= {"title": was.title, "type": was.type, "period": was.period}
    signer = str(said["signer"])
    made = replace(
        details,
        **said,
        signature=signature_of(signer, context.setting.office),
        drafted_by=actor.account,
        drafted_for=actor.acting_for,
    )
    return item._replace(details=made)


# -- where the money comes from --------------------------------------------------------------------------


def _costs(context: Context) -> bool:
    return pays(details_of(context), context.setting.rules)


def _something_paid(context: Context, _: Params) -> Reason | None:
    paid = _costs(context) or details_of(context).issued_on is not None
    return None if paid else Reason("nothing_paid")


def _not_the_drafter(context: Context, _: Params) -> Reason | None:
    """Whoever drafted it neither confirms its money nor signs it, in person or in another's name."""
    drafters = details_of(context).drafters
    if not acts_among(context, drafters):
        return None
    return Reason("drafted_by_oneself", who_can=others(context, barred=drafters))


def _funds_confirmed(context: Context, _: Params) -> Reason | None:
    if details_of(context).funds_by is not None or not _costs(context):
        return None
    return Reason("funds", who_can=holders(context, "accountant"))


def _confirm_funds(context: Context, item: Item, _: Params) -> Item:
    confirmed = replace(AwardDecision.of(item), funds_by=context.actor.capacity, funds_on=context.today)
    return item._replace(details=confirmed)


# -- the file of an annulment ----------------------------------------------------------------------------


def _annuls(context: Context, _: Params) -> Reason | None:
    return None if details_of(context).kind == REVOKE else Reason("not_annulling")


def _file_full(context: Context, _: Params) -> Reason | None:
    """The council was told of the conclusion, and the file is full, before an annulment is signed."""
    details = details_of(context)
    if details.kind != REVOKE or (details.told_on and details.full_on):
        return None
    return Reason("file_not_full", who_can=holders(context, "officer"))


def _complete_file(context: Context, item: Item, _: Params) -> Item:
    told, full = day_given(context, "told_on"), day_given(context, "full_on")
    details = AwardDecision.of(item)
    return item._replace(
        details=replace(details, told_on=told or details.told_on, full_on=full or details.full_on)
    )


# -- before the signer -----------------------------------------------------------------------------------


def _replaces_all(context: Context, _: Params) -> Reason | None:
    """A decision that replaces another has every line that stands in that: nobody loses an award by it."""
    details, changed = details_of(context), changed_decision(context)
    if details.kind != REPLACE or changed is None:
        return None
    left = [line.ref for line in AwardDecision.of(changed).standing if details.line(line.ref) is None]
    return Reason("not_all_replaced", {"so": ", ".join(left)}) if left else None


def _amends_something(context: Context, _: Params) -> Reason | None:
    """An amendment states a line's words anew, or adds a line."""
    details = details_of(context)
    if details.kind not in (AMEND, REPLACE) or any(line.amount is None for line in details.standing):
        return None
    restated = any(word.line for word in context.facts.beside.get("words", ()))
    return None if restated else Reason("nothing_amended")


def _salary_known(context: Context, _: Params) -> Reason | None:
    day = day_given(context, "for_date") or context.today
    if context.setting.rules.salary_on(day) is not None:
        return None
    return Reason("salary_unknown", {"ngay": day_text(day)})


def _submit(context: Context, item: Item, _: Params) -> Item:
    """With the base salary of the day on which it is to be issued: the sums are printed by it."""
    salary = context.setting.rules.salary_on(day_given(context, "for_date") or context.today)
    details = replace(
        AwardDecision.of(item),
        to_trinh_no=_given(context, "paper_number"),
        to_trinh_on=day_given(context, "paper_date"),
        submitted_on=context.today,
        salary=salary.amount if salary else None,
    )
    return item._replace(details=details)


def _take_back(_context: Context, item: Item, _: Params) -> Item:
    """It is a draft again: what was printed is void."""
    details = replace(
        AwardDecision.of(item),
        submitted_on=None,
        salary=None,
        signed_on=None,
        signed_way=None,
        paper_digest=None,
    )
    return item._replace(details=details)


# -- the signature ---------------------------------------------------------------------------------------


def _signer_apart(context: Context, _: Params) -> Reason | None:
    return signer_apart(context, details_of(context))


def signer_apart(context: Context, details: AwardDecision) -> Reason | None:
    """The signer drafted nothing of it, and neither handed in, reviewed nor confirmed one of its dossiers."""
    office = context.setting.office
    person = office.person(details.signer)
    label = account_label(context, details.signer)
    if person in office.people(details.drafters):
        return Reason("signer_drafted", {"chuc_vu": label}, who_can=_free_signers(context, details.drafters))
    for ref, dossier in dossiers_of(context).items():
        part = submitters(dossier) | reviewers(dossier)
        if person in office.people(part):
            return Reason(
                "signer_had_part", {"chuc_vu": label, "ref": ref}, who_can=_free_signers(context, part)
            )
    return None


def _free_signers(context: Context, barred: frozenset[str]) -> tuple[str, ...]:
    office = context.setting.office
    out = office.people({*barred, details_of(context).signer})
    return tuple(id for id in signing(context) if office.person(id) not in out)


def _signs_own_line(context: Context, _: Params) -> Reason | None:
    return signs_own(context, details_of(context))


def signs_own(context: Context, details: AwardDecision) -> Reason | None:
    """Nobody signs the own line."""
    office = context.setting.office
    person = office.person(details.signer)
    own = [line.ref for line in details.standing if line.account and office.person(line.account) == person]
    if not own:
        return None
    label = account_label(context, details.signer)
    return Reason(
        "own_line", {"chuc_vu": label, "so": ", ".join(own)}, who_can=_free_signers(context, frozenset())
    )


def _assignment_named(context: Context, _: Params) -> Reason | None:
    """Who signs in another's place names the paper by which that was assigned. The chair's own line is the
    vice chair's without one."""
    if "assignment_number" in context.inputs and "assignment_date" in context.inputs:
        return None
    details, office = details_of(context), context.setting.office
    stands_in = context.actor.acting_for == details.signer
    chairs = office.people(holders(context, "chair"))
    named = office.people(line.account for line in details.standing if line.account)
    barred = bool(chairs & named) or not chairs
    if not stands_in and (details.signature == AS_CHAIR or barred):
        return None
    return Reason(
        "assignment",
        {"chuc_vu": account_label(context, context.actor.account if stands_in else details.signer)},
    )


def _signed_in_order(context: Context, _: Params) -> Reason | None:
    """It is signed on the day of its tờ trình or later."""
    signed, asked = day_given(context, "signed_on"), details_of(context).to_trinh_on
    if signed is None or asked is None or signed >= asked:
        return None
    return Reason("before_to_trinh", {"ngay": day_text(signed), "tu": day_text(asked)})


def _sign(context: Context, item: Item, _: Params) -> Item:
    way = _given(context, "way")
    signed: dict[str, Any] = {"signed_on": day_given(context, "signed_on"), "signed_way": way}
    return item._replace(details=replace(AwardDecision.of(item), **signed))


def said_salaries(was: int, now: int, since: date) -> dict[str, Text | str | int]:
    """Two base salaries as a sentence says them, with the day of the later one."""
    return {"muc": dotted(was), "muc_moi": dotted(now), "ngay": day_text(since)}


def _both_salaries(context: Context, _: Params) -> tuple[Reason, ...]:
    """That the base salary changes within a month, so that the day of issue decides about the sums."""
    rules, day = context.setting.rules, day_given(context, "for_date") or context.today
    now, coming = rules.salary_on(day), change_near(rules.base_salary, day)
    if now is None or coming is None or not _costs(context):
        return ()
    said = said_salaries(now.amount, coming.amount, coming.since)
    return (Reason("salary_changes", said),)


AWARD_DECISIONS = Registry(
    relations=RELATIONS,
    guards=MappingProxyType(
        {
            "title_here": Guard(_title_here),
            "signer_signs": Guard(_signer_signs),
            "in_force": Guard(_in_force, needs=(CHANGED,)),
            "ground_of_law": Guard(_ground_of_law),
            "conclusion_in_order": Guard(_conclusion_in_order),
            "something_paid": Guard(_something_paid),
            "not_the_drafter": Guard(_not_the_drafter, of_persons=True),
            "funds_confirmed": Guard(_funds_confirmed),
            "annuls": Guard(_annuls),
            "file_full": Guard(_file_full),
            "replaces_all": Guard(_replaces_all),
            "amends_something": Guard(_amends_something, needs=("words",)),
            "salary_known": Guard(_salary_known),
            "signer_stands_apart": Guard(_signer_apart),
            "signs_own_line": Guard(_signs_own_line),
            "assignment_named": Guard(_assignment_named),
            "signed_in_order": Guard(_signed_in_order),
        }
    ),
    warnings=MappingProxyType({"both_salaries": Warned(_both_salaries)}),
    effects=MappingProxyType(
        {
            "begin_decision": Effect(_begin),
            "confirm_funds": Effect(_confirm_funds),
            "complete_file": Effect(_complete_file),
            "submit_decision": Effect(_submit),
            "take_back": Effect(_take_back),
            "sign_decision": Effect(_sign),
        }
    ),
)
