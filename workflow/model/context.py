"""The slotted value that passes through a machine while it decides: facts, actor, inputs, day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType

from workflow.model.calendar import WorkCalendar, local_date
from workflow.model.definition import AwardTitle, DeadlinePolicy, RulePack, in_force
from workflow.model.dossiers import Dossier
from workflow.model.facts import Facts, Item, Key
from workflow.model.machine import Machine, TaskKind
from workflow.model.office import Office
from workflow.model.references import printed
from workflow.model.registry import Registry
from workflow.model.roles import Standing
from workflow.model.substitution import Substitution
from workflow.model.ways import Way, way_of

InputValue = str | int | date | tuple[int, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """The office at one instant, as one value: its definitions in force, and what a decision needs beside
    the item.

    `started_on`: the local day on which the office began with tdkt; earlier rows fire nothing. `now` is
    aware UTC. `policy` is the one in force, `policies` all that ever were: what was begun under one goes on
    by it. `packs` are all rule packs by digest, for the same reason; `laws` those that the office names, of
    which `rules` is the one in force today. `newest` is the year of the newest plan: references of other
    years are told with their year.
    """

    office: Office
    rules: RulePack
    calendar: WorkCalendar
    policy: DeadlinePolicy
    started_on: date
    now: datetime
    sandbox: bool = False
    policies: tuple[DeadlinePolicy, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    packs: Mapping[str, RulePack] = field(default_factory=lambda: MappingProxyType({}))
    laws: tuple[RulePack, ...] = ()
    newest: int | None = None

    def ref(self, key: Key) -> str:
        """The item's reference as people read it."""
        return printed(key.ref, key.year, newest=self.newest or key.year)

    @property
    def zone(self) -> str:
        return self.office.zone

    @property
    def today(self) -> date:
        """The local day of `now`."""
        return local_date(self.now, self.office.zone)

    def policy_named(self, label: str | None) -> DeadlinePolicy:
        """The policy that a row or a term names (`deadlines/1`); the one in force where it is not known."""
        return next((policy for policy in self.policies if policy.label == label), self.policy)

    def under(self, policy: DeadlinePolicy) -> Setting:
        """The setting in which `policy` is the one in force."""
        return self if policy is self.policy else replace(self, policy=policy)

    def of(self, item: Item) -> Setting:
        """The setting in which the pack that the item keeps is the one in force."""
        pack = self.packs.get(item.rules) if item.rules else None
        return self if pack is None or pack is self.rules else replace(self, rules=pack)

    @property
    def pack(self) -> str | None:
        """The digest of the rule pack in force."""
        return self._digest(self.rules)

    def pack_on(self, day: date) -> str | None:
        """The digest of the rule pack that is in force on a day, by which what is received then is judged."""
        return self._digest(in_force(self.laws, day)) if self.laws else self.pack

    def _digest(self, wanted: RulePack) -> str | None:
        return next((digest for digest, pack in self.packs.items() if pack is wanted), None)

    def at(self, now: datetime) -> Setting:
        """The setting at another instant, with the rule pack that is in force then."""
        day = local_date(now, self.office.zone)
        return replace(self, now=now, rules=in_force(self.laws, day) if self.laws else self.rules)


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
    """One decision under way, as guards and effects see it. `state` is what the `transitions` machine moves.

    Made by `workflow.engine.case.Case.context`, without inputs: they are read when it is known who acts.
    """

    __slots__ = ("actor", "event", "facts", "inputs", "item", "machine", "registry", "setting", "state")

    def __init__(
        self,
        machine: Machine,
        registry: Registry,
        event: str,
        facts: Facts,
        *,
        actor: Actor,
        setting: Setting,
        inputs: Mapping[str, InputValue] = MappingProxyType({}),
    ) -> None:
        self.machine = machine
        self.registry = registry
        self.event = event
        self.facts = facts
        self.item: Item = facts.item
        self.state: str = facts.item.state
        self.actor = actor
        self.setting = setting
        self.inputs = inputs

    def acted_by(self, actor: Actor) -> Context:
        """The same question as another asks it."""
        return self._asked(actor, self.inputs)

    def given(self, inputs: Mapping[str, InputValue]) -> Context:
        """The same question with the event's inputs."""
        return self._asked(self.actor, inputs)

    def about(self, facts: Facts) -> Context:
        """The same question about other facts."""
        return self._asked(self.actor, self.inputs, facts)

    def _asked(self, actor: Actor, inputs: Mapping[str, InputValue], facts: Facts | None = None) -> Context:
        return Context(
            self.machine,
            self.registry,
            self.event,
            facts or self.facts,
            actor=actor,
            setting=self.setting,
            inputs=inputs,
        )

    @property
    def now(self) -> datetime:
        return self.setting.now

    @property
    def today(self) -> date:
        """The local day of `now` in the office's zone."""
        return self.setting.today

    @property
    def standing(self) -> Standing:
        return Standing(
            self.item, self.setting.office, self.setting.rules, self.registry.relations, self.today
        )

    @property
    def kind(self) -> TaskKind | None:
        return self.machine.kind(self.item.kind)

    @property
    def way(self) -> Way:
        """How the dossier that this is about goes, by its own pack."""
        return way_of(Dossier.of(self.item), self.setting.rules)

    def title(self, id: str) -> AwardTitle | None:
        return self.setting.rules.title(id)
