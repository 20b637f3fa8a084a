"""The slotted value that passes through a machine while it decides: facts, actor, inputs, day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow.model.calendar import WorkCalendar, local_date
from workflow.model.definition import AwardTitle, DeadlinePolicy, Machine, Office, RulePack, TaskKind
from workflow.model.facts import Facts, Item
from workflow.model.roles import Standing
from workflow.model.substitution import Substitution

InputValue = str | int | date | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """The office's definitions in force, as one value: what a decision needs beside the item.

    `started_on`: the local day on which the office began with tdkt; earlier rows fire nothing. `policy` is
    the one in force, `policies` all that ever were: what was begun under one goes on by it.
    """

    office: Office
    rules: RulePack
    calendar: WorkCalendar
    policy: DeadlinePolicy
    started_on: date
    sandbox: bool = False
    policies: tuple[DeadlinePolicy, ...] = ()
    substitutions: tuple[Substitution, ...] = ()

    def policy_named(self, label: str | None) -> DeadlinePolicy:
        """The policy that a row or a term names (`deadlines/1`); the one in force where it is not known."""
        return next((policy for policy in self.policies if policy.label == label), self.policy)

    def under(self, policy: DeadlinePolicy) -> Setting:
        """The setting in which `policy` is the one in force."""
        return self if policy is self.policy else replace(self, policy=policy)


@dataclass(frozen=True, slots=True)
class Actor:
    """An account that acts, for another one where it stands in for it."""

    account: str
    acting_for: str | None = None

    @property
    def capacity(self) -> str:
        """The account whose roles count."""
        return self.acting_for or self.account


class Context:
    """One decision under way. `state` is what the `transitions` machine moves."""

    __slots__ = ("actor", "event", "facts", "inputs", "item", "machine", "now", "setting", "state")

    def __init__(
        self,
        *,
        machine: Machine,
        event: str,
        facts: Facts,
        actor: Actor,
        inputs: Mapping[str, InputValue],
        setting: Setting,
        now: datetime,
    ) -> None:
        self.machine = machine
        self.event = event
        self.facts = facts
        self.item: Item = facts.item
        self.state: str = facts.item.state
        self.actor = actor
        self.inputs = inputs
        self.setting = setting
        self.now = now

    @property
    def today(self) -> date:
        """The local day of `now` in the office's zone."""
        return local_date(self.now, self.setting.office.zone)

    @property
    def standing(self) -> Standing:
        return Standing(self.item, self.setting.office, self.setting.rules)

    @property
    def kind(self) -> TaskKind | None:
        return self.machine.kind(self.item.kind)

    def title(self, id: str) -> AwardTitle | None:
        return self.setting.rules.title(id)
