"""The two answers of the engine, as values: a Decision to be written, or Refused with every reason."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from workflow.model.facts import WHY, Item, Plain
from workflow.model.text import DayUnit, Text

if TYPE_CHECKING:  # a context holds the calendar and the rules, which a decision need not know
    from workflow.model.context import Actor


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not: the rule's id, its operands for the catalogue's sentence, the source, and who could act.

    Operands are words in both languages, or plain numbers and references.
    """

    rule: str
    operands: Mapping[str, Text | str | int] = field(default_factory=lambda: MappingProxyType({}))
    cite: str | None = None
    who_can: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FreeText:
    """Words that stay erasable: kept outside the log, which holds their salted digest only.

    `field` is the input's name; `nominee` the line that it describes, None for a remark on the event. Of a
    line the words given last displace those of their field, unless they are to stand `beside` them.
    """

    field: str
    value: str
    nominee: int | None = None
    beside: bool = False


class Reword(NamedTuple):
    """Words of a line's `field` that give way to those which the entry `proposed` has as its `words`."""

    line: int
    field: str
    proposed: str
    words: str


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One instant of a deadline. `at` is aware UTC; `due_date` the local date it belongs to.

    `name` is unique per item and occurrence: a label for people and the log (`row_name`), never taken apart.
    `term` is the item's term that the row belongs to, None of its own date. `rung` tells rows of one kind
    apart: of a reminder the days before the date, of an escalation the days after it, both of `unit`; of a
    repeat its number. `policy` is the version that made it (`deadlines/2`; None of rows older than the record
    of it).
    """

    name: str
    occurrence: int
    kind: str
    at: datetime
    due_date: date
    calendar: str
    derived: bool
    level: str | None = None
    status: str = "pending"
    reason: str | None = None
    policy: str | None = None
    paused_on: date | None = None
    term: str | None = None
    rung: int | None = None
    unit: DayUnit | None = None


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A rendered message to one account, to be stored with its cause; `instead_of` was meant, and is absent
    or passed the work on."""

    kind: str
    level: str | None
    to: str
    subject: str
    text: str
    deadline: str | None = None
    occurrence: int | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """What the log will say of one change or one refused attempt; free texts are digested on writing."""

    event: str
    actor: str
    role: str | None
    from_state: str | None
    to_state: str | None
    acting_for: str | None = None
    rules: tuple[str, ...] = ()
    refused: bool = False
    machine: str | None = None
    inputs: Mapping[str, Plain] = field(default_factory=lambda: MappingProxyType({}))
    texts: tuple[FreeText, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What will be written: the item as it will stand, its entry, its deadline rows and its notices.

    `cancel_deadlines` names the reason for which every pending row of the item ends (None: none does);
    `only_own` leaves those of its terms. Rows of the terms in `ended_terms` (id, reason) end, those of
    `paused_terms` stand still. `warnings` did not stop the event; `confirmed` are the doubts that somebody
    set aside, whose rules the entry names. `rewords` are words that give way, and `retracted` the rows of
    notices that have not left and are not to. `undone_by` are the events that take it back
    (`workflow.model.undoing`). `lines` are the numbers of those that it found itself to be changed, `into` is
    the dossier in which others go on. `earlier` are entries of the same act that come before its own, each
    about a line of its own. `caused` is what came with it to other items.
    """

    item: Item
    entry: EntryDraft
    cancel_deadlines: str | None = None
    deadlines: tuple[DeadlineRow, ...] = ()
    notices: tuple[NoticeDraft, ...] = ()
    warnings: tuple[Reason, ...] = ()
    only_own: bool = False
    ended_terms: tuple[tuple[str, str], ...] = ()
    paused_terms: tuple[str, ...] = ()
    confirmed: tuple[Reason, ...] = ()
    rewords: tuple[Reword, ...] = ()
    retracted: tuple[str, ...] = ()
    undone_by: tuple[str, ...] | None = None
    lines: tuple[int, ...] = ()
    into: str | None = None
    earlier: tuple[EntryDraft, ...] = ()
    caused: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Every failing reason at once, in the order of the event's declaration.

    `asked`: nothing forbids the event, and the reasons are doubts that whoever acts may set aside. It is a
    question and no attempt: the log does not keep it.
    """

    event: str
    reasons: tuple[Reason, ...]
    asked: bool = False


def refused_entry(
    refused: Refused,
    actor: Actor,
    *,
    state: str | None = None,
    machine: str | None = None,
    inputs: Mapping[str, Plain] = MappingProxyType({}),
) -> EntryDraft:
    """What the log says of a refused attempt; `state` and `machine` are the item's, if it was on one."""
    return EntryDraft(
        event=refused.event,
        actor=actor.account,
        acting_for=actor.acting_for,
        role=None,
        from_state=state,
        to_state=None,
        rules=tuple(reason.rule for reason in refused.reasons),
        refused=True,
        machine=machine,
        inputs=inputs,
        texts=_why(refused),
    )


def _why(refused: Refused) -> tuple[FreeText, ...]:
    """What the reasons spoke of, as words: they may name a position or a title, so they stay erasable."""
    said = [
        {"rule": reason.rule, "operands": {name: _plain(value) for name, value in reason.operands.items()}}
        for reason in refused.reasons
        if reason.operands
    ]
    return (FreeText(WHY, json.dumps(said, ensure_ascii=False)),) if said else ()


def _plain(value: Text | str | int) -> dict[str, str] | str | int:
    return {"vi": value.vi, "en": value.en} if isinstance(value, Text) else value
