"""What every service takes beside its transaction: the office now, who acts, its machines and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from workflow.model.context import Actor, Context, Setting

if TYPE_CHECKING:  # notices are known by name where definitions are read, without `transitions`
    from workflow.engine.machine import RunnableMachine
    from workflow.model.definition import Catalogue, Office
    from workflow.model.facts import Facts, Item
    from workflow.model.roles import Standing


@dataclass(frozen=True, slots=True)
class Case:
    """Under what one command is carried out; made by `runtime.office.opened` and gone with the command.

    `machines` leads from a definition's digest to its runnable machine, `newest` from a subject to the newest
    machine that the office has for its items, None where it has none. `words` gives the catalogue: it is
    asked only where a text is made, for making it costs more than most events.
    """

    setting: Setting
    actor: Actor
    machines: Callable[[str], RunnableMachine]
    words: Callable[[], Catalogue]
    newest: Callable[[str], RunnableMachine | None] = lambda _subject: None

    @property
    def office(self) -> Office:
        return self.setting.office

    @property
    def now(self) -> datetime:
        return self.setting.now

    @property
    def today(self) -> date:
        return self.setting.today

    @property
    def catalogue(self) -> Catalogue:
        return self.words()

    def machine(self, item: Item) -> RunnableMachine:
        """The machine that the item pins."""
        return self.machines(item.digest)

    def standing(self, item: Item) -> Standing:
        """What the relations of accounts to the item are computed from."""
        return self.machine(item).standing(item, self.setting)

    def by(self, actor: Actor) -> Case:
        """The same case for another one who acts."""
        return replace(self, actor=actor)

    def under(self, setting: Setting) -> Case:
        """The same case in an office that stands otherwise."""
        return self if setting is self.setting else replace(self, setting=setting)

    def context(self, machine: RunnableMachine, event: str, facts: Facts) -> Context:
        """What the event's guards and effects see, before its inputs are read."""
        setting = self.setting.of(facts.item)
        return Context(machine.definition, machine.registry, event, facts, actor=self.actor, setting=setting)
