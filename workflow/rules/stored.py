"""The rules of dossiers that only machines of before call upon: who has stored one runs on by it.

Under these a dossier was complete when it was handed in, the votes on its lines were recorded on itself, at
first with their bases, one decision ended all lines, and bodies were asked for their opinion one after the
other. Nothing new is to be built on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from workflow.model.context import Context
from workflow.model.council import ballot_mistake, council_on, counts_mistake, passes, quorum_of
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee, Votes
from workflow.model.facts import Item
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.roles import council_step
from workflow.model.wording import fold
from workflow.rules.common import account_label, day_text, holders
from workflow.rules.dossiers import nobody_passed, not_a_nominee, not_reviewed
from workflow.rules.nominees import (
    added,
    change_lines,
    day_given,
    edited,
    every_line,
    named_line,
    named_lines,
    numbered,
    numbers,
    with_lines,
)


def _account_of_position(context: Context, position: str) -> str | None:
    """The account whose holder a nominee's position names, so that the holder takes no part in deciding.

    Compared on folded words: an account's id, its whole label, or one of the label's parts. People hold
    several positions ("Phó Bí thư Đảng ủy, Chủ tịch UBND xã"), so each part of `position` counts.
    """
    office = context.setting.office
    wanted = {_plain(part, office.title) for part in (position, *re.split(r"[,;/\n]", position))}
    for account in office.accounts:
        names = (account.id, account.label.vi, account.label.en, *account.label.vi.split(","))
        if wanted & {_plain(name, office.title) for name in names}:
            return account.id
    return None


def _plain(position: str, title: str) -> str:
    """A position in the form in which its spellings are equal: folded, UBND short, without the commune."""
    words = fold(position).replace("uy ban nhan dan", "ubnd").replace("-", " ")
    return " ".join(words.split()).removesuffix(f" {fold(title)}")


def _account(context: Context) -> str | None:
    """The account that the position names, alone or with the unit that stands beside it."""
    position, unit = context.inputs.get("position"), context.inputs.get("unit")
    if not isinstance(position, str):
        return None
    found = _account_of_position(context, position)
    return found or (_account_of_position(context, f"{position} {unit}") if unit else None)


def _add(context: Context, item: Item, _: Params) -> Item:
    dossier = Dossier.of(item)
    no, title = dossier.last_no + 1, str(context.inputs.get("title", dossier.title))
    nominee = Nominee(no, str(context.inputs["kind"]), title, account=_account(context))
    return item._replace(details=replace(dossier, nominees=(*dossier.nominees, nominee), last_no=no))


def _edit(context: Context, item: Item, _: Params) -> Item:
    def changed(line: Nominee) -> Nominee:
        return line._replace(
            kind=str(context.inputs.get("kind", line.kind)),
            title=str(context.inputs.get("title", line.title)),
            account=_account(context) if "position" in context.inputs else line.account,
            votes=None,
            result=None,
            verdict=None,
            proposal=None,
        )

    return change_lines(context, item, changed)


def _votes_of(context: Context) -> Votes | None:
    """The counts among the inputs, or None where the event has none."""
    names = ("for", "against", "invalid", "present", "total")
    counts = [context.inputs.get(name) for name in names]
    if not all(isinstance(count, int) for count in counts):
        return None
    return Votes(*(count for count in counts if isinstance(count, int)))


def _line_passes(context: Context, nominee: Nominee, votes: Votes) -> bool:
    """Whether the counts reach the threshold of the nominee's title."""
    title = context.title(nominee.title)
    return title is not None and title.vote is not None and passes(votes, title.vote)


def _record_counts(context: Context, item: Item, _: Params) -> Item:
    return _recorded(context, item, _votes_of(context))


def _recorded(context: Context, item: Item, votes: Votes | None) -> Item:
    if votes is None:
        return item

    def counted(line: Nominee) -> Nominee:
        result: Literal["pass", "fail"] = "pass" if _line_passes(context, line, votes) else "fail"
        return line._replace(votes=votes, result=result)

    return change_lines(context, item, counted)


def _outcomes(item: Item, outcome: Callable[[Nominee], str]) -> Item:
    lines = Dossier.of(item).nominees
    return with_lines(item, tuple(line._replace(outcome=outcome(line)) for line in lines))


def _award(context: Context, item: Item, _: Params) -> Item:
    denied = numbers(context, "not_awarded")
    return _outcomes(
        item,
        lambda line: "awarded_here" if line.result == "pass" and line.no not in denied else "not_awarded",
    )


def _forward(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda line: "sent_higher" if line.result == "pass" else "not_awarded")


def _superior_outcomes(context: Context, item: Item, _: Params) -> Item:
    awarded = numbers(context, "awarded")
    return _outcomes(
        item,
        lambda line: (
            line.outcome
            if line.outcome != "sent_higher"
            else ("awarded_higher" if line.no in awarded else "not_awarded")
        ),
    )


def _reject(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda _line: "not_awarded")


def _revoke(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda line: "revoked" if line.outcome == "awarded_here" else line.outcome)


def _one_review(context: Context, _: Params) -> Reason | None:
    """Titles with a vote and titles without one have different reviewers: one review cannot cover both."""
    dossier, edited = Dossier.of(context.item), named_line(context)
    if edited and "title" not in context.inputs:
        return None
    new = context.title(str(context.inputs.get("title", dossier.title)))
    titles = [nominee.title for nominee in dossier.nominees if nominee != edited] or [dossier.title]
    differing = [
        title
        for id in titles
        if new and (title := context.title(id)) and (title.vote is None) != (new.vote is None)
    ]
    if new is None or not differing:
        return None
    without = new if new.vote is None else differing[0]
    return Reason("one_review", {"danh_hieu": without.label})


def _complete_on_fits(context: Context, _: Params) -> Reason | None:
    day = context.inputs.get("complete_on")
    if not isinstance(day, date):
        return None
    earliest = Dossier.of(context.item).received_on or context.today - timedelta(days=366)
    if earliest <= day <= context.today:
        return None
    return Reason("complete_on", {"ngay": day_text(context.today)})


def _council_decides(context: Context, _: Params) -> Reason | None:
    line = named_line(context)
    title = context.title(line.title) if line else None
    if title is None or title.vote is not None:
        return None
    heads = context.setting.office.holding("head", body=context.setting.office.division)
    return Reason("council_decides", {"danh_hieu": title.label}, cite=title.cite, who_can=heads)


def _counts_add_up(context: Context, _: Params) -> Reason | None:
    """The nominee of the line does not vote on it and leaves the denominator."""
    votes, line = _votes_of(context), named_line(context)
    if votes is None:
        return None
    office = context.setting.office
    council = office.people(holders(context, "council_member"))
    voting = council - office.people([line.account] if line and line.account else [])
    mistake = counts_mistake(votes, members=len(voting), nominated=len(council) - len(voting))
    return Reason("counts", {"chi_tiet": mistake}) if mistake else None


def _quorum(context: Context, _: Params) -> Reason | None:
    votes = _votes_of(context)
    rules = context.setting.rules
    if votes is None:
        return None
    least = quorum_of(votes.total, rules.quorum)
    if votes.present >= least:
        return None
    return Reason("quorum", {"k": votes.present, "m": votes.total, "n": least}, cite=rules.quorum_cite)


def _every_nominee_has_result(context: Context, _: Params) -> Reason | None:
    voted_on = (
        nominee
        for nominee in Dossier.of(context.item).nominees
        if (title := context.title(nominee.title)) and title.vote
    )
    return _vote_missing(context, [nominee for nominee in voted_on if nominee.result is None])


def _some_nominee_passed(context: Context, _: Params) -> Reason | None:
    if any(nominee.result == "pass" for nominee in Dossier.of(context.item).nominees):
        return None
    return _not_reviewed(context) or nobody_passed(context)


def _not_reviewed(context: Context) -> Reason | None:
    """Before every line has its result nobody may be told that no line passed."""
    nominees = Dossier.of(context.item).nominees
    if nominees and all(nominee.result for nominee in nominees):
        return None
    return not_reviewed(context)


def _not_a_nominee_when_appraising(context: Context, params: Params) -> Reason | None:
    return None if council_step(context.item, context.setting.rules) else not_a_nominee(context, params)


def _some_left_to_award(context: Context, _: Params) -> Reason | None:
    dossier, denied = Dossier.of(context.item), numbers(context, "not_awarded")
    unknown = [no for no in denied if dossier.nominee(no) is None]
    if unknown:
        return Reason("unknown_nominee", {"so": ", ".join(map(str, unknown))})
    if any(nominee.result == "pass" and nominee.no not in denied for nominee in dossier.nominees):
        return None
    return _not_reviewed(context) or Reason("nobody_awarded")


def _awarded_were_sent(context: Context, _: Params) -> Reason | None:
    dossier = Dossier.of(context.item)
    wrong = [
        no
        for no in numbers(context, "awarded")
        if (nominee := dossier.nominee(no)) is None or nominee.outcome != "sent_higher"
    ]
    return Reason("awarded_not_sent", {"so": ", ".join(map(str, wrong))}) if wrong else None


def _receive(context: Context, item: Item, _: Params) -> Item:
    """The first submit fixes the day of receipt; the day of completeness starts the term."""
    dossier = Dossier.of(item)
    received = dossier.received_on or context.today
    given = context.inputs.get("complete_on")
    complete = given if isinstance(given, date) else context.today
    if dossier.received_on is None and isinstance(given, date):
        received = given
    return item._replace(details=replace(dossier, received_on=received, complete_on=complete))


def _keep_rules(context: Context, item: Item, _: Params) -> Item:
    """The pack in force at the first submit is the dossier's from then on, whatever the office adopts."""
    return item._replace(rules=item.rules or context.setting.pack)


def _take_back(context: Context, item: Item, _: Params) -> Item:
    """Taken back, it was never received; what was handed in again after a return was, on the first day."""
    received = Dossier.of(item).received_on if context.item.returns else None
    rules = item.rules if received else None
    return item._replace(
        rules=rules, details=replace(Dossier.of(item), received_on=received, complete_on=None)
    )


def _pause_term(_context: Context, item: Item, _: Params) -> Item:
    """An incomplete dossier has no day of completeness: the term stands still until the next submit."""
    return item._replace(details=replace(Dossier.of(item), complete_on=None))


def _remember_review(context: Context, item: Item, _: Params) -> Item:
    by_council = council_step(item, context.setting.rules)
    return item._replace(details=replace(Dossier.of(item), path="council" if by_council else "appraisal"))


def _appraise(context: Context, item: Item, _: Params) -> Item:
    """Without a council step, the head's positive appraisal is the result of every line."""
    if council_step(item, context.setting.rules):
        return item
    return with_lines(item, tuple(line._replace(result="pass") for line in Dossier.of(item).nominees))


def _undo_appraisal(context: Context, item: Item, _: Params) -> Item:
    """What was voted stands until it is recorded anew; what the head's appraisal gave ends with it."""
    if council_step(item, context.setting.rules):
        return item
    return with_lines(item, tuple(line._replace(result=None) for line in Dossier.of(item).nominees))


def _nobody_asked(context: Context, _: Params) -> Reason | None:
    asked = Dossier.of(context.item).opinion_asked_on
    return Reason("opinion_asked", {"ngay": day_text(asked)}) if asked else None


def _somebody_asked(context: Context, _: Params) -> Reason | None:
    return None if Dossier.of(context.item).opinion_asked_on else Reason("opinion_not_asked")


def _no_council_step(context: Context, _: Params) -> bool:
    return not council_step(context.item, context.setting.rules)


# -- a vote recorded line by line, with its bases computed ------------------------------------------------


def _accounts(context: Context, name: str) -> tuple[str, ...]:
    value = context.inputs.get(name)
    return tuple(str(id) for id in value) if isinstance(value, tuple) else ()


def _meeting(context: Context) -> date:
    return day_given(context, "held_on") or context.today


def _members(context: Context) -> frozenset[str]:
    """The persons who are the council on the day of its meeting."""
    office = context.setting.office
    return office.people(council_on(office, _meeting(context)))


def _ballot(context: Context) -> Votes | None:
    """The counts with the bases that are computed, never typed: all members but those recused, and of these
    whoever is in the room. The nominee is recused from the own line without being named."""
    counts = [context.inputs.get(name) for name in ("for", "against", "invalid")]
    named = named_lines(context)
    if len(named) != 1 or not all(isinstance(count, int) for count in counts):
        return None
    office, members = context.setting.office, _members(context)
    own = {line.account for line in named if line.account}
    absent = office.people(_accounts(context, "absent")) & members
    recused = office.people({*_accounts(context, "recused"), *own}) & members
    total = len(members - recused)
    here = len(members - recused - absent)
    for_, against, invalid = (count for count in counts if isinstance(count, int))
    return Votes(for_, against, invalid, here, total)


def _members_named(context: Context, _: Params) -> Reason | None:
    members, office = _members(context), context.setting.office
    strangers = [
        id
        for name in ("absent", "recused")
        for id in _accounts(context, name)
        if office.person(id) not in members
    ]
    if not strangers:
        return None
    return Reason("not_members", {"chuc_vu": account_label(context, strangers[0])})


def _ballot_adds_up(context: Context, _: Params) -> Reason | None:
    votes, named = _ballot(context), named_lines(context)
    title = context.title(named[0].title) if named else None
    if votes is None or title is None or title.vote is None:
        return None
    mistake = ballot_mistake(votes, secret=title.vote.secret)
    return Reason("counts", {"chi_tiet": mistake}) if mistake else None


def _quorum_met(context: Context, _: Params) -> Reason | None:
    """Two thirds of all members are in the room, those recused among them."""
    members, office, rules = _members(context), context.setting.office, context.setting.rules
    absent = office.people(_accounts(context, "absent")) & members
    here, least = len(members) - len(absent), quorum_of(len(members), rules.quorum)
    if here >= least:
        return None
    return Reason("quorum", {"k": here, "m": len(members), "n": least}, cite=rules.quorum_cite)


def _not_held(context: Context, _: Params) -> Reason | None:
    held = tuple(line for line in named_lines(context) if line.held)
    return Reason("line_held", {"so": numbered(held)}) if held else None


def _record_ballot(context: Context, item: Item, _: Params) -> Item:
    return _recorded(context, item, _ballot(context))


def _every_line_voted(context: Context, _: Params) -> Reason | None:
    return _vote_missing(context, [line for line in Dossier.of(context.item).to_vote if line.result is None])


def _vote_missing(context: Context, lacking: Sequence[Nominee]) -> Reason | None:
    if not lacking:
        return None
    said = {"so": numbered(lacking), "ref": context.item.key.ref}
    return Reason("vote_missing", said, who_can=holders(context, "secretary"))


def _conclude(_context: Context, item: Item, _: Params) -> Item:
    def concluded(line: Nominee) -> Nominee:
        if line.final:
            return line
        if line.held:
            return line._replace(outcome="postponed")
        if line.result == "fail":
            return line._replace(outcome="not_awarded", why="vote")
        if line.result is None:
            return line._replace(outcome="not_awarded", why="condition")
        return line

    return every_line(item, concluded)


STORED = Registry(
    guards=MappingProxyType(
        {
            "one_review": Guard(_one_review),
            "nobody_asked": Guard(_nobody_asked),
            "somebody_asked": Guard(_somebody_asked),
            "complete_on_fits": Guard(_complete_on_fits),
            "council_decides": Guard(_council_decides),
            "counts_add_up": Guard(_counts_add_up),
            "quorum": Guard(_quorum),
            "every_nominee_has_result": Guard(_every_nominee_has_result),
            "some_nominee_passed": Guard(_some_nominee_passed),
            "not_a_nominee_when_appraising": Guard(_not_a_nominee_when_appraising, of_persons=True),
            "some_left_to_award": Guard(_some_left_to_award),
            "awarded_were_sent": Guard(_awarded_were_sent),
            "members_named": Guard(_members_named),
            "ballot_adds_up": Guard(_ballot_adds_up),
            "quorum_met": Guard(_quorum_met),
            "not_held": Guard(_not_held),
            "every_line_voted": Guard(_every_line_voted),
        }
    ),
    predicates=MappingProxyType({"no_council_step": _no_council_step}),
    effects=MappingProxyType(
        {
            "receive": Effect(_receive),
            "keep_rules": Effect(_keep_rules),
            "take_back": Effect(_take_back),
            "pause_term": Effect(_pause_term),
            "remember_review": Effect(_remember_review),
            "appraise": Effect(_appraise),
            "undo_appraisal": Effect(_undo_appraisal),
            "add_nominee": Effect(_add, line=added),
            "edit_nominee": Effect(_edit, line=edited),
            "record_counts": Effect(_record_counts),
            "record_ballot": Effect(_record_ballot),
            "conclude": Effect(_conclude),
            "award_nominees": Effect(_award),
            "forward_nominees": Effect(_forward),
            "superior_outcomes": Effect(_superior_outcomes),
            "reject_nominees": Effect(_reject),
            "revoke_nominees": Effect(_revoke),
        }
    ),
)
