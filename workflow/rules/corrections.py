"""The rules of corrections, for items of any subject: what may be corrected, who agrees, what it changes.

What was recorded is read from the item's entries; words are moved by `workflow.services.correct`, since they
ground no decision. No outcome, vote, title or sum is an input here: those are decided, not noted down.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from workflow.model.context import Context
from workflow.model.corrections import CORRECTABLE, DUE, OF_LINES, Corrected, Correction, corrected
from workflow.model.decision import Reason, Reword
from workflow.model.definition import Event, Text
from workflow.model.facts import Item, Plain
from workflow.model.registry import Effect, Guard, Params, Registry
from workflow.model.roles import agreement, drafting
from workflow.rules.common import acts_among, day_text, others
from workflow.rules.inputs import split_inputs
from workflow.rules.nominees import numbers


def _corrected(context: Context) -> Corrected:
    return corrected(context.facts.beside.get("recorded", ()))


def _pending(context: Context) -> Correction | None:
    return _corrected(context).pending


def _named(context: Context) -> list[str]:
    """The inputs that say what is to be corrected."""
    declared = {each.name for each in _event(context).inputs}
    correctable = declared.intersection((*CORRECTABLE, *OF_LINES, DUE))
    return [name for name in context.inputs if name in correctable]


def _event(context: Context) -> Event:
    event = context.machine.event(context.event)
    assert event is not None
    return event


def _label(context: Context, name: str) -> Text:
    return next(each.label for each in _event(context).inputs if each.name == name)


def _correctable(context: Context, _: Params) -> Reason | None:
    """Something is named that was recorded and now reads otherwise, and one agreement covers all of it."""
    item, named = context.item, _named(context)
    if not named:
        return Reason("nothing_to_correct")
    plain, texts = split_inputs(_event(context), context.inputs)
    words = {text.field for text in texts}.intersection(named)
    if (words and agreement(item, plain) != "words") or (DUE in named and len(named) > 1):
        return Reason("one_agreement")
    if bool(numbers(context, "nominee")) != any(name in OF_LINES for name in named):
        return Reason("name_the_line")
    if DUE in named:
        return _due_correctable(context)
    standing, event = _corrected(context), context.inputs.get("of")
    for name in (name for name in named if name in CORRECTABLE):
        value, label = context.inputs[name], _label(context, name)
        fact = standing.fact(name, event=str(event) if event else None)
        if fact is None:
            return Reason("not_recorded", {"truong": label})
        if name not in words and fact.standing.value == plain[name]:
            return Reason("already_so", {"truong": label})
        if isinstance(value, date) and value > context.today:
            return Reason("date_not_in_future", {"ngay": day_text(value)})
    return None


def _due_correctable(context: Context) -> Reason | None:
    """Only a date that somebody set; one that was extended is set back, since later is another extension."""
    item, day = context.item, context.inputs[DUE]
    if item.due_on is None or item.due_mark not in ("set", "extended"):
        return Reason("date_not_set")
    if day == item.due_on or (item.due_mark == "extended" and isinstance(day, date) and day > item.due_on):
        return Reason("earlier_date", {"ngay": day_text(item.due_on)})
    return None


def _correction_fits(context: Context, _: Params) -> Reason | None:
    """What it corrects still stands: the line is there, the date is one that somebody set."""
    item, pending = context.item, _pending(context)
    if pending is None:
        return None
    due = any(change.name == DUE for change in pending.changes)
    gone = pending.line is not None and pending.line not in item.details.line_numbers
    lapsed = due and (item.closed_on is not None or item.due_mark not in ("set", "extended"))
    return Reason("correction_lapsed") if gone or lapsed else None


def _agrees_to_own(context: Context, _: Params) -> Reason | None:
    """The records clerk who is an officer too, or in whose place an officer acts, agrees to no number."""
    proposal = context.item.proposal
    if proposal is None or agreement(context.item, proposal.inputs) != "paper":
        return None
    barred = drafting(context.setting.office)
    if not acts_among(context, barred):
        return None
    return Reason("agrees_to_own", who_can=others(context, barred=barred | proposal.accounts))


def _nothing_yet(_context: Context, item: Item, _: Params) -> Item:
    """Until somebody agrees, only words are kept beside those of the line."""
    return item


def _line(context: Context, _after: Item) -> int | None:
    return next(iter(numbers(context, "nominee")), None)


def _agree(context: Context, item: Item, _: Params) -> Item:
    pending = _pending(context)
    for change in pending.changes if pending else ():
        value = change.new.value
        if change.name == DUE:
            item = _set_back(context, item, date.fromisoformat(str(value)))
            continue
        item = item._replace(details=item.details.corrected(change.name, value))
        if change.fact and _closes_by(context, change.fact.told[0], change.fact.standing.value):
            item = item._replace(closed_on=date.fromisoformat(str(value)))
    return item


def _set_back(context: Context, item: Item, day: date) -> Item:
    """The date that should have been set; an extension that is taken back altogether is none any more."""
    back = item.due_mark == "extended" and day == item.due_first
    mark = "set" if back else item.due_mark
    return item._replace(due_on=day, due_mark=mark, overdue=day < context.today, waiting=False)


def _closes_by(context: Context, entry: str, value: Plain) -> bool:
    """Whether the value is the day on which the item was done, as the entry that closed it gave it."""
    closed = context.item.closed_on
    if closed is None or closed.isoformat() != value:
        return False
    states = {state.id: state.open for state in context.machine.states}
    by = next((each for each in context.facts.beside["recorded"] if each.entry == entry), None)
    return by is not None and states.get(by.from_state, True) and not states.get(by.to_state, True)


def _rewords(context: Context) -> tuple[Reword, ...]:
    pending = _pending(context)
    if pending is None or pending.line is None:
        return ()
    return tuple(
        Reword(pending.line, OF_LINES[change.name], change.new.entry, change.name)
        for change in pending.changes
        if change.name in OF_LINES
    )


CORRECTIONS = Registry(
    guards=MappingProxyType(
        {
            "correctable": Guard(_correctable, needs=("recorded",)),
            "agrees_to_own": Guard(_agrees_to_own, of_persons=True),
            "correction_fits": Guard(_correction_fits, needs=("recorded",)),
        }
    ),
    effects=MappingProxyType(
        {
            "describe_beside": Effect(_nothing_yet, line=_line, beside=frozenset(OF_LINES)),
            "correct": Effect(_agree, rewords=_rewords),
        }
    ),
)
