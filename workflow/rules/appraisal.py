"""How a dossier is received, appraised line by line and confirmed, and what ends there (flows.md §2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Literal, cast

from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee, confirmers
from workflow.model.facts import Item
from workflow.model.recorded import Recorded, last_of
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.rules.common import acts_among, day_text, holders, others
from workflow.rules.nominees import (
    change_lines,
    day_given,
    every_line,
    named_lines,
    numbered,
    numbers,
    way_of,
)

FIT = ("met", "exception")
"""The verdicts with which a line goes on where no council votes."""


# -- receipt ---------------------------------------------------------------------------------------------


def _received(context: Context, _: Params) -> bool:
    return Dossier.of(context.item).received_on is not None


def _first_receipt(context: Context, _: Params) -> bool:
    return Dossier.of(context.item).received_on is None


def _received_in_time(context: Context, _: Params) -> Reason | None:
    """The body's paper is not younger than its receipt, nor that than today."""
    received, paper = _received_on(context), day_given(context, "paper_date")
    if received > context.today:
        return Reason("date_not_in_future", {"ngay": day_text(received)})
    if paper is not None and paper > received:
        return Reason("paper_after_receipt", {"ngay": day_text(paper), "tu": day_text(received)})
    return None


def _received_on(context: Context) -> date:
    return Dossier.of(context.item).received_on or day_given(context, "received_on") or context.today


def _backdated(context: Context, received: date) -> bool:
    """Whether the receipt lies further back than one working day, or another rule pack was in force then."""
    if received >= context.today:
        return False
    setting = context.setting
    yesterday = setting.calendar.add_working_days(context.today, -1)
    return received < yesterday or setting.pack_on(received) != setting.pack_on(context.today)


def _not_backdated(context: Context, _: Params) -> Reason | None:
    """A receipt of long ago, or under other law, is not set on one account's word."""
    received = _received_on(context)
    if Dossier.of(context.item).received_on or not _backdated(context, received):
        return None
    return Reason("backdated", {"ngay": day_text(received)}, who_can=holders(context, "records_clerk"))


def _is_backdated(context: Context, _: Params) -> Reason | None:
    received = day_given(context, "received_on")
    if received is None or _backdated(context, received):
        return None
    return Reason("not_backdated", {"ngay": day_text(received)})


def _paper_named(context: Context, _: Params) -> Reason | None:
    """What comes on paper has a number and a date; what the body's own account hands in is its act."""
    if came_by(context) not in ON_PAPER or {"paper_number", "paper_date"} <= context.inputs.keys():
        return None
    if _first_receipt(context, {}):
        return Reason("paper_named")
    return None


ON_PAPER = ("paper", "one_stop")


def came_by(context: Context) -> str:
    """How the dossier comes in: as it is said, else by the body's own account, or on paper where the office
    enters it for the body."""
    body = Dossier.of(context.item).body
    own = context.actor.capacity in context.setting.office.holding("representative", body=body)
    return str(context.inputs.get("via", "account" if own else "paper"))


def _take_in(context: Context, item: Item, _: Params) -> Item:
    """The first submit fixes the day of receipt, and with it the law: later ones change neither."""
    dossier = Dossier.of(item)
    if dossier.received_on is not None:
        return item
    received, number = _received_on(context), context.inputs.get("intake_no")
    return item._replace(
        rules=item.rules or context.setting.pack_on(received),
        details=replace(dossier, received_on=received, intake_no=number if isinstance(number, str) else None),
    )


def _hand_in_as_proposed(_context: Context, item: Item, _: Params) -> Item:
    """Whoever asked for the receipt is who handed it in, not the one who agreed."""
    proposal = item.proposal
    if proposal is None:
        return item
    return item._replace(submitted_by=proposal.by, submitted_for=proposal.acting_for)


def _not_registered(context: Context, _: Params) -> Reason | None:
    """What stands in the register of incoming papers is withdrawn by a paper, not taken back."""
    dossier = Dossier.of(context.item)
    if dossier.intake_no is None or context.item.returns:
        return None
    return Reason("registered", {"so": dossier.intake_no})


def _take_out(context: Context, item: Item, _: Params) -> Item:
    """Taken back, it was never received; what was handed in again after a return was, on the first day."""
    if context.item.returns:
        return item
    return item._replace(
        rules=None, details=replace(Dossier.of(item), received_on=None, complete_on=None, full_on=None)
    )


# -- completeness ----------------------------------------------------------------------------------------


def _complete_day_fits(context: Context, _: Params) -> Reason | None:
    day, received = day_given(context, "complete_on"), Dossier.of(context.item).received_on
    if day is None or received is None or received <= day <= context.today:
        return None
    return Reason("complete_day", {"tu": day_text(received), "den": day_text(context.today)})


def _not_complete(context: Context, _: Params) -> Reason | None:
    complete = Dossier.of(context.item).complete_on
    return Reason("already_complete", {"ngay": day_text(complete)}) if complete else None


def _is_complete(context: Context, _: Params) -> Reason | None:
    if Dossier.of(context.item).complete_on:
        return None
    return Reason("not_complete", who_can=holders(context, "officer"))


def _until_fits(context: Context, _: Params) -> Reason | None:
    until = day_given(context, "until")
    if until is None or until > context.today:
        return None
    return Reason("until_fits", {"ngay": day_text(context.today)})


def _supplement_past(context: Context, _: Params) -> Reason | None:
    """The body has until the day that it was given."""
    until = Dossier.of(context.item).supplement_until
    if until is None or until < context.today:
        return None
    return Reason("supplement_runs", {"ngay": day_text(until)})


def _complete(context: Context, item: Item, _: Params) -> Item:
    """From now on the term to decide counts, but where a publication comes first."""
    day = day_given(context, "complete_on") or context.today
    waits = way_of(context).published == "commune"
    return item._replace(
        details=replace(
            Dossier.of(item), complete_on=day, full_on=None if waits else day, supplement_until=None
        )
    )


def _declare(context: Context, item: Item, _: Params) -> Item:
    """What the body's paper says of discipline and procedures, of the whole list at once."""
    said = context.inputs.get("declared")
    if said is None:
        return item
    declared = cast("Literal['clean', 'not_clean']", said)
    return item._replace(details=replace(Dossier.of(item), declared=declared))


def _unaccept(_context: Context, item: Item, _: Params) -> Item:
    return item._replace(details=replace(Dossier.of(item), complete_on=None, full_on=None))


def _ask_supplement(context: Context, item: Item, _: Params) -> Item:
    return item._replace(
        returns=item.returns + 1,
        details=replace(Dossier.of(item), supplement_until=day_given(context, "until")),
    )


# -- the village's posting, before its paper -------------------------------------------------------------


def _published_in_village(context: Context, _: Params) -> bool:
    return way_of(context).published == "village"


POSTED_DAYS = 10
"""Calendar days for which a village posts its list before it writes to the commune (NĐ 86/2023)."""


def _posted(context: Context, _: Params) -> Reason | None:
    """The village's list hung out its days before the village's paper; told when the dossier is accepted."""
    if way_of(context).published != "village":
        return None
    recorded: tuple[Recorded, ...] = context.facts.beside.get("recorded", ())
    # What was split off was accepted and handed in with the dossier that it comes from, and says so itself.
    accepted = last_of(recorded, ("accept", "split_off"))
    handed = last_of(recorded, ("submit", "agree_receipt", "split_off"))
    said = {name: value for each in (accepted,) if each for name, value in each.inputs.items()}
    since = day_given(context, "posted_from") or _date(said.get("posted_from"))
    until = day_given(context, "posted_until") or _date(said.get("posted_until"))
    if since is None or until is None:
        # Before it is accepted nobody was asked yet; what was taken as it is was never told.
        return Reason("not_posted") if Dossier.of(context.item).complete_on else None
    if (until - since).days < POSTED_DAYS:
        return Reason("posted_too_short", {"n": POSTED_DAYS, "tu": day_text(since), "den": day_text(until)})
    paper = _date(handed.inputs.get("paper_date")) if handed else None
    if until >= (paper or Dossier.of(context.item).received_on or context.today):
        return Reason("posted_too_late", {"den": day_text(until)})
    return None


def _date(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


# -- appraisal, line by line -----------------------------------------------------------------------------


def _lines_known(context: Context, _: Params) -> Reason | None:
    dossier = Dossier.of(context.item)
    unknown = [str(no) for no in numbers(context, "nominee") if dossier.nominee(no) is None]
    return Reason("unknown_nominee", {"so": ", ".join(unknown)}) if unknown else None


def own_lines(context: Context, lines: tuple[Nominee, ...]) -> tuple[Nominee, ...]:
    """Of the lines those about the person who acts, or in whose name."""
    return tuple(line for line in lines if line.account and acts_among(context, frozenset({line.account})))


def _not_own_line(context: Context, _: Params) -> Reason | None:
    """Whoever stands in the list takes no part in deciding the own line; the rest of it goes on."""
    own = own_lines(context, named_lines(context))
    if not own:
        return None
    account = context.setting.office.account(str(own[0].account))
    who = others(context, barred=frozenset(str(line.account) for line in own))
    label = account.label if account else str(own[0].account)
    return Reason("own_line", {"chuc_vu": label, "so": own[0].no}, who_can=who)


def _lines_undecided(context: Context, _: Params) -> Reason | None:
    """Once confirmed only what was not known yet is appraised again."""
    if context.item.state == "submitted":
        return None
    settled = [str(line.no) for line in named_lines(context) if line.verdict != "no_info"]
    return Reason("appraised_before", {"so": ", ".join(settled)}) if settled else None


def _exception_explained(context: Context, _: Params) -> Reason | None:
    if context.inputs.get("verdict") != "exception" or "reason" in context.inputs:
        return None
    return Reason("exception_explained")


def _every_line_appraised(context: Context, _: Params) -> Reason | None:
    lacking = [line for line in Dossier.of(context.item).standing if line.verdict is None and not line.held]
    if not lacking:
        return None
    return Reason("not_appraised_line", {"so": numbered(lacking)}, who_can=holders(context, "officer"))


def _nothing_unknown(context: Context, _: Params) -> Reason | None:
    """Where nobody votes the appraisal is the review: it knows, or it does not end."""
    if context.item.kind == "council":
        return None
    unknown = [line for line in Dossier.of(context.item).standing if line.verdict == "no_info"]
    if not unknown:
        return None
    return Reason("line_unknown", {"so": numbered(unknown)})


def _appraise(context: Context, item: Item, _: Params) -> Item:
    verdict = cast("Literal['met', 'not_met', 'no_info', 'exception']", context.inputs["verdict"])
    usual = "yes" if verdict in FIT else "no"
    proposal = cast("Literal['yes', 'no', 'postpone', 'other_form']", context.inputs.get("proposal", usual))
    return change_lines(context, item, lambda line: line._replace(verdict=verdict, proposal=proposal))


def _unappraise(_context: Context, item: Item, _: Params) -> Item:
    """What is sent back is appraised anew, line by line."""
    return every_line(item, lambda line: line if line.final else line._replace(verdict=None, proposal=None))


def _opines_too(context: Context, _: Params) -> bool:
    """Whether the simplified procedure's opinion falls into the confirmation: one person does both."""
    office = context.setting.office
    confirming = office.people(id for held in confirmers(context.standing) for id in held.accounts)
    opining = office.people(office.holding("standing_member"))
    return context.item.kind == "simplified" and bool(confirming) and confirming <= opining


def settled_without_vote(item: Item) -> Item:
    """The lines as the appraisal alone settles them: on they go, or they come to nothing."""

    def settled(line: Nominee) -> Nominee:
        if line.held or line.final:
            return line
        if line.verdict in FIT:
            return line._replace(result="unvoted")
        return line._replace(outcome="not_awarded", why="condition")

    return every_line(item, settled)


def _settle(_context: Context, item: Item, _: Params) -> Item:
    """In the state `reviewed` only: what is confirmed for the council is settled by its vote."""
    return settled_without_vote(item) if item.state == "reviewed" else item


def _by_path(path: str) -> Guard:
    def check(context: Context, _: Params) -> Reason | None:
        if context.item.kind == path:
            return None
        title = context.title(context.item.details.titles[0])
        label = title.label if title else context.item.details.titles[0]
        return Reason(f"by_{path}", {"danh_hieu": label})

    return Guard(check)


def _goes_by_appraisal(context: Context, _: Params) -> bool:
    return context.item.kind == "appraisal"


APPRAISAL = Registry(
    guards=MappingProxyType(
        {
            "received_in_time": Guard(_received_in_time),
            "not_backdated": Guard(_not_backdated),
            "is_backdated": Guard(_is_backdated),
            "paper_named": Guard(_paper_named),
            "not_registered": Guard(_not_registered),
            "complete_day_fits": Guard(_complete_day_fits),
            "not_complete": Guard(_not_complete),
            "is_complete": Guard(_is_complete),
            "until_fits": Guard(_until_fits),
            "supplement_past": Guard(_supplement_past),
            "posted": Guard(_posted, needs=("recorded",)),
            "lines_known": Guard(_lines_known),
            "not_own_line": Guard(_not_own_line),
            "lines_undecided": Guard(_lines_undecided),
            "exception_explained": Guard(_exception_explained),
            "every_line_appraised": Guard(_every_line_appraised),
            "nothing_unknown": Guard(_nothing_unknown),
            "by_council": _by_path("council"),
            "by_simplified": _by_path("simplified"),
        }
    ),
    predicates=MappingProxyType(
        {
            "received": _received,
            "first_receipt": _first_receipt,
            "published_in_village": _published_in_village,
            "opines_too": _opines_too,
            "goes_by_appraisal": _goes_by_appraisal,
        }
    ),
    effects=MappingProxyType(
        {
            "take_in": Effect(_take_in),
            "hand_in_as_proposed": Effect(_hand_in_as_proposed),
            "take_out": Effect(_take_out),
            "complete": Effect(_complete),
            "declare": Effect(_declare),
            "unaccept": Effect(_unaccept),
            "ask_supplement": Effect(_ask_supplement),
            "appraise_lines": Effect(_appraise),
            "unappraise": Effect(_unappraise),
            "settle": Effect(_settle),
        }
    ),
)
