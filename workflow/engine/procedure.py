"""How items of one subject go, as one value: `workflow.services.procedures` has those that there are.

A further subject adds one of its own; nothing in the engine asks which subject an item is of.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from workflow.model.registry import Registry
from workflow.model.subjects import Subject

if TYPE_CHECKING:  # a case has machines, and a machine its subject's procedure
    from workflow.engine.case import Case
    from workflow.engine.machine import RunnableMachine
    from workflow.engine.ports import Reads, Unit
    from workflow.model.context import InputValue
    from workflow.model.decision import Decision, NoticeDraft, Reason
    from workflow.model.definition import Machine, RulePack
    from workflow.model.facts import Facts, Item, Key
    from workflow.model.recorded import Recorded
    from workflow.model.wording import Value

    Read = Callable[[Reads, Item, Machine, Mapping[str, str]], tuple[Any, ...]]
    Carry = Callable[[Item, RunnableMachine, RunnableMachine, Sequence[Recorded], RulePack], Item]
    Follow = Callable[[Unit, Decision, Facts, Case], tuple[Reason, ...]]
    Touch = Callable[[Reads, Item, str, Mapping[str, str]], tuple[Key, ...]]
    Cause = Callable[[Unit, Decision, Facts, Case], tuple["Caused", ...]]
    Give = Callable[[Unit, Decision, Facts, Case], Mapping[str, Value]]
    Tell = Callable[[Unit, Decision, Facts, Case], tuple[NoticeDraft, ...]]


class ItemEvent(NamedTuple):
    """An event that took place: the item before and after it, and the event's inputs.

    `names` are the nominees' by number, of another item's nominees by reference; no notice may say one.
    `beside` is what was looked up for its notices.
    """

    before: Item
    after: Item
    inputs: Mapping[str, InputValue]
    names: Mapping[str, str]
    beside: Mapping[str, Value] = MappingProxyType({})


class Caused(NamedTuple):
    """An event of another item that comes with the one decided, in its transaction: asked by the system, with
    its inputs as words and with what its guards and effects are to know `beside` the item."""

    key: Key
    event: str
    words: Mapping[str, str] = MappingProxyType({})
    beside: Mapping[str, tuple[Any, ...]] = MappingProxyType({})


class CausedNotice(NamedTuple):
    """A kind of notice that an event may cause, to the accounts that must act in the relation `to`, with
    `everybody` to all that stand in it, or to those that must act on the item from now on (None). Whoever
    acted is not told, but for a `receipt`.

    `values` makes what the notice says of an event; None where nothing is to be said. `gives` are the names
    of these values, `may_give` of those that may be None, `inputs` of the inputs that the event must ask for.
    `typed` are values in somebody's own words, in which nominees are numbered instead of named. `only` says
    whom of those the event is about, where the others have been told before.
    """

    to: str | None
    values: Callable[[ItemEvent], Mapping[str, Value] | None]
    gives: tuple[str, ...]
    may_give: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    receipt: bool = False
    everybody: bool = False
    only: Callable[[ItemEvent], Collection[str]] | None = None


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


def _nothing_follows(_unit: Unit, _decision: Decision, _facts: Facts, _case: Case) -> tuple[Reason, ...]:
    return ()


def _touches_nothing(_reads: Reads, _item: Item, _event: str, _words: Mapping[str, str]) -> tuple[Key, ...]:
    return ()


def _gives_nothing(_unit: Unit, _decision: Decision, _facts: Facts, _case: Case) -> Mapping[str, Value]:
    return MappingProxyType({})


def _tells_nothing(_unit: Unit, _decision: Decision, _facts: Facts, _case: Case) -> tuple[NoticeDraft, ...]:
    return ()


def _causes_nothing(_unit: Unit, _decision: Decision, _facts: Facts, _case: Case) -> tuple[Caused, ...]:
    return ()


def _nothing_lacks(
    item: Item, _of: RunnableMachine, _to: RunnableMachine, _recorded: Sequence[Recorded], _rules: RulePack
) -> Item:
    return item


@dataclass(frozen=True, slots=True)
class Procedure:
    """What a subject's machines may call upon, and what comes with a change of its items.

    `reads` gets what guards and warnings need beside the item and its parent, by the name in `needs`;
    `caused` are the notices that its events may cause. `follows` is called in the transaction of a written
    event, and answers with what is to be told beside it. `carried` gives an item that moves from an
    older machine to a newer one what it lacks there, from what was recorded of it. `touches` names the other
    items that an event, with its inputs as they were typed, looks at or changes: they are locked with the
    item, and `facts.beside["touched"]` has those that there are. `causes` are events of theirs that come with
    one that was decided: all of it happens, or nothing. `tells` are notices that take a look at other items,
    `gives` what its other notices say of what stands beside the item.
    """

    subject: Subject
    registry: Registry
    reads: Mapping[str, Read] = field(default_factory=_nothing)
    caused: Mapping[str, CausedNotice] = field(default_factory=_nothing)
    follows: Follow = _nothing_follows
    carried: Carry = _nothing_lacks
    touches: Touch = _touches_nothing
    causes: Cause = _causes_nothing
    tells: Tell = _tells_nothing
    gives: Give = _gives_nothing

    def beside(
        self,
        reads: Reads,
        item: Item,
        machine: Machine,
        *,
        needs: frozenset[str],
        words: Mapping[str, str] = MappingProxyType({}),
    ) -> Mapping[str, tuple[Any, ...]]:
        """What is needed of the item's surroundings, by the name of the need; `words` are the inputs as they
        were typed."""
        return {name: read(reads, item, machine, words) for name, read in self.reads.items() if name in needs}
