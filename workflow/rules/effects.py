"""The closed registry of effects that definitions may name: what an event changes besides the state.

An effect takes the context and the item as it will be, and returns the item changed. Effects are pure;
deadline rows follow from the item's new dates in `workflow.engine.machine`, not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from workflow.model.context import Context
from workflow.model.definition import Param
from workflow.model.facts import DueMark, Item, Nominee, count_in_memory, remember
from workflow.model.roles import council_step
from workflow.model.wording import fold
from workflow.rules.guards import line_passes, votes_of

Params = Mapping[str, Param]
Effect = Callable[[Context, Item, Params], Item]


def _remember_submitter(context: Context, item: Item, _: Params) -> Item:
    """The account that acted, and the one in whose name it did: neither approves what it handed in."""
    name = context.actor.acting_for
    if name is None and item.memory.get("submitted_for") is None:
        return remember(item, submitted_by=context.actor.account)
    return remember(item, submitted_by=context.actor.account, submitted_for=name)


def _count_return(_context: Context, item: Item, _: Params) -> Item:
    return remember(item, returns=count_in_memory(item, "returns") + 1)


def _remember_proposal(context: Context, item: Item, _: Params) -> Item:
    return remember(item, proposed_until=str(context.inputs["until"]))


def _move_due(context: Context, item: Item, params: Params) -> Item:
    """A new due date; the first one that the item ever had stays on record."""
    due = context.inputs[str(params["input"])]
    if not isinstance(due, date):
        return item
    marks: dict[Param, DueMark] = {"extended": "extended", "set": "set"}
    if (due, marks[params["mark"]]) == (item.due_on, item.due_mark):
        return item
    moved = replace(
        item,
        due_on=due,
        due_mark=marks[params["mark"]],
        due_first=item.due_first or item.due_on,
        waiting=False,
        overdue=due < context.today,
    )
    return remember(moved, proposed_until=None)


def _change_lead(context: Context, item: Item, _: Params) -> Item:
    if item.task is None:
        return item
    lead = str(context.inputs["body"])
    bodies = item.task.bodies if lead in item.task.bodies else (lead, *item.task.bodies)
    derived = tuple(name for name in item.task.derived if name != "lead")
    return replace(item, details=replace(item.task, lead=lead, bodies=bodies, derived=derived))


def _close_on(context: Context, item: Item, params: Params) -> Item:
    day = context.inputs[str(params["input"])]
    return replace(item, closed_on=day) if isinstance(day, date) else item


def _with_nominees(item: Item, nominees: tuple[Nominee, ...], *, last_no: int | None = None) -> Item:
    if item.dossier is None:
        return item
    last = item.dossier.last_no if last_no is None else last_no
    return replace(item, details=replace(item.dossier, nominees=nominees, last_no=last))


def _change_line(context: Context, item: Item, change: Callable[[Nominee], Nominee | None]) -> Item:
    """The item with the one nominee that the inputs name changed, or dropped where `change` says None."""
    numbers = context.inputs["nominee"]
    lines = item.dossier.nominees if item.dossier else ()
    changed = (change(line) if isinstance(numbers, tuple) and line.no in numbers else line for line in lines)
    return _with_nominees(item, tuple(line for line in changed if line is not None))


def account_of_position(context: Context, position: str) -> str | None:
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
    found = account_of_position(context, position)
    return found or (account_of_position(context, f"{position} {unit}") if unit else None)


def _add_nominee(context: Context, item: Item, _: Params) -> Item:
    if item.dossier is None:
        return item
    no = item.dossier.last_no + 1
    title = str(context.inputs.get("title", item.dossier.title))
    nominee = Nominee(no, str(context.inputs["kind"]), title, account=_account(context))
    return _with_nominees(item, (*item.dossier.nominees, nominee), last_no=no)


def _edit_nominee(context: Context, item: Item, _: Params) -> Item:
    def changed(line: Nominee) -> Nominee:
        account = _account(context) if "position" in context.inputs else line.account
        kind = str(context.inputs.get("kind", line.kind))
        return replace(
            line,
            kind=kind,
            title=str(context.inputs.get("title", line.title)),
            account=account,
            votes=None,
            result=None,
        )

    return _change_line(context, item, changed)


def _remove_nominee(context: Context, item: Item, _: Params) -> Item:
    return _change_line(context, item, lambda _line: None)


def _receive(context: Context, item: Item, _: Params) -> Item:
    """The first submit fixes the day of receipt; the day of completeness starts the term."""
    if item.dossier is None:
        return item
    received = item.dossier.received_on or context.today
    given = context.inputs.get("complete_on")
    complete = given if isinstance(given, date) else context.today
    if item.dossier.received_on is None and isinstance(given, date):
        received = given
    return replace(item, details=replace(item.dossier, received_on=received, complete_on=complete))


def _pause_term(_context: Context, item: Item, _: Params) -> Item:
    """An incomplete dossier has no day of completeness: the term stands still until the next submit."""
    return replace(item, details=replace(item.dossier, complete_on=None)) if item.dossier else item


def _record_counts(context: Context, item: Item, _: Params) -> Item:
    votes = votes_of(context)
    if votes is None:
        return item

    def counted(line: Nominee) -> Nominee:
        result: Literal["pass", "fail"] = "pass" if line_passes(context, line, votes) else "fail"
        return replace(line, votes=votes, result=result)

    return _change_line(context, item, counted)


def _remember_review(context: Context, item: Item, _: Params) -> Item:
    """A dossier's kind is the way in which it is reviewed: by the council's vote or by appraisal alone."""
    return remember(item, kind="council" if council_step(item, context.setting.rules) else "appraisal")


def _appraise(context: Context, item: Item, _: Params) -> Item:
    """Without a council step, the head's positive appraisal is the result of every line."""
    if item.dossier is None or council_step(item, context.setting.rules):
        return item
    return _with_nominees(item, tuple(replace(line, result="pass") for line in item.dossier.nominees))


def _outcomes(item: Item, outcome: Callable[[Nominee], str]) -> Item:
    lines = item.dossier.nominees if item.dossier else ()
    return _with_nominees(item, tuple(replace(line, outcome=outcome(line)) for line in lines))


def _numbers(context: Context, name: str) -> tuple[int, ...]:
    value = context.inputs.get(name, ())
    return value if isinstance(value, tuple) else ()


def _award_nominees(context: Context, item: Item, _: Params) -> Item:
    denied = _numbers(context, "not_awarded")
    return _outcomes(
        item,
        lambda line: "awarded_here" if line.result == "pass" and line.no not in denied else "not_awarded",
    )


def _forward_nominees(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda line: "sent_higher" if line.result == "pass" else "not_awarded")


def _superior_outcomes(context: Context, item: Item, _: Params) -> Item:
    awarded = _numbers(context, "awarded")
    return _outcomes(
        item,
        lambda line: (
            line.outcome
            if line.outcome != "sent_higher"
            else ("awarded_higher" if line.no in awarded else "not_awarded")
        ),
    )


def _reject_nominees(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda _line: "not_awarded")


def _revoke_nominees(_context: Context, item: Item, _: Params) -> Item:
    return _outcomes(item, lambda line: "revoked" if line.outcome == "awarded_here" else line.outcome)


EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "remember_submitter": _remember_submitter,
        "count_return": _count_return,
        "remember_proposal": _remember_proposal,
        "move_due": _move_due,
        "change_lead": _change_lead,
        "close_on": _close_on,
        "add_nominee": _add_nominee,
        "edit_nominee": _edit_nominee,
        "remove_nominee": _remove_nominee,
        "receive": _receive,
        "pause_term": _pause_term,
        "record_counts": _record_counts,
        "remember_review": _remember_review,
        "appraise": _appraise,
        "award_nominees": _award_nominees,
        "forward_nominees": _forward_nominees,
        "superior_outcomes": _superior_outcomes,
        "reject_nominees": _reject_nominees,
        "revoke_nominees": _revoke_nominees,
    }
)
