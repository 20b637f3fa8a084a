"""What the engine knows of an item when it decides: frozen values, loaded by storage under a lock.

Nothing here is a name of a person: names and free texts are kept apart and are no ground of a decision.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Self

if TYPE_CHECKING:  # looking loads these values before any definition
    from workflow.model.context import Setting
    from workflow.model.messages import Catalogue
    from workflow.model.wording import Value

Plain = str | int | bool | None | list["Plain"]
"""What an entry may hold besides free text."""

WHY = "why"
"""Under this name a refused attempt keeps, among its texts, what its reasons spoke of."""

Named = Callable[[str], str]
"""From an id to the name that a reader sees."""

TitlesNamed = Callable[[tuple[str, ...]], str]
"""From the ids of an item's titles to what a line says of them."""

DueMark = Literal["derived", "plan", "set", "extended", "term"]


class Key(NamedTuple):
    """An item's place: office, plan year, reference within them (`T07`, `D0042`). Sorts in lock order."""

    office: str
    year: int
    ref: str

    def __str__(self) -> str:
        return f"{self.office}/{self.year}/{self.ref}"

    @property
    def in_year(self) -> str:
        """Reference and year, as people type them: `2026/T07`."""
        return f"{self.year}/{self.ref}"


class Details:
    """What an item of one subject is about. Each subject has a class of its own, which answers here what
    everybody asks of an item; what only its own rules need are its fields (`Task.of(item).quarter`).

    `own_date`: its due date is its own and is reminded of; else it bears the nearest date of its terms.
    """

    __slots__ = ()

    subject: ClassVar[str]
    own_date: ClassVar[bool] = False

    @classmethod
    def of(cls, item: Item) -> Self:
        """The details of an item that is known to be of this subject. Raises TypeError of another one."""
        if not isinstance(item.details, cls):
            raise TypeError(f"{item.key} is a {item.subject}, not a {cls.subject}")
        return item.details

    @property
    def variant(self) -> str:
        """The machine's kind id, which chooses labels, inputs and guards; empty where there is none."""
        return ""

    @property
    def responsible(self) -> str:
        """The body whose business it is, as lists name it; empty where it is the whole office's."""
        return ""

    @property
    def led_by(self) -> str | None:
        """The body whose officer does the work and whose head hears first; None: the division's."""
        return None

    @property
    def forwarded(self) -> int:
        """How many of the dossiers below it had gone to a superior when it was closed."""
        return 0

    @property
    def stage(self) -> str:
        """How far it has come within its state, where that has a name of its own; else empty."""
        return ""

    @property
    def titles(self) -> tuple[str, ...]:
        """The award titles that it is about, each once: the law's steps and terms follow from them."""
        return ()

    @property
    def dates(self) -> Mapping[str, date | None]:
        """The days from which a term may count, by their names in a policy (`since`)."""
        return {}

    @property
    def named(self) -> frozenset[str]:
        """The accounts that it decides about: they take no part in deciding."""
        return frozenset()

    @property
    def line_numbers(self) -> frozenset[int]:
        """The numbers of its lines, where it has any."""
        return frozenset()

    def corrected(self, _name: str, _value: Plain) -> Self:
        """The details with a fact of that name corrected, where they have it."""
        return self

    def numbered(self, _number: int) -> Self:
        """The details of an item that gets this number when it is made."""
        return self

    @property
    def entered(self) -> Mapping[str, Plain]:
        """What the entry of its making says of it, beside the event's inputs."""
        return {}

    def told(self, _setting: Setting, _catalogue: Catalogue) -> Mapping[str, Value]:
        """What texts say of it, by the catalogue's placeholders."""
        return {}

    def summary(self, body: Named, _titles: TitlesNamed) -> str:
        """What it is about in a line, with the names of bodies and of titles by their ids; no nominee's."""
        return body(self.responsible)


class Alerts(NamedTuple):
    """What was sent about one date: how often whoever must act was reminded, and whom it was escalated to."""

    reminded: int = 0
    addressed: tuple[str, ...] = ()


NOTHING_SENT = Alerts()


class ItemTerm(NamedTuple):
    """A term that an item has begun; one that is over (`due` None) stays and keeps the count of its rounds.

    `since` is the day from which it counts, `used` the days that went by before it was last resumed,
    `paused_on` the day on which it was paused, `policy` the version that it began under.
    """

    id: str
    due: date | None
    since: date
    occurrence: int
    policy: str
    used: int = 0
    paused_on: date | None = None
    alerts: Alerts = NOTHING_SENT

    @property
    def runs(self) -> bool:
        return self.due is not None and self.paused_on is None


class Proposal(NamedTuple):
    """What somebody asks for and another person is to agree to: the `event` that proposed it, who did, in
    whose name where that was another's, and the event's inputs as the log has them. Free texts are none of
    them: they stand with the entry."""

    event: str
    by: str
    acting_for: str | None = None
    inputs: Mapping[str, Plain] = MappingProxyType({})

    @property
    def accounts(self) -> frozenset[str]:
        """Who proposed it: the account that did, and the absent one in whose name it did."""
        return frozenset(account for account in (self.by, self.acting_for) if account is not None)


class Item(NamedTuple):
    """An item of any subject as it stands: a task, a dossier.

    `waiting`: the due date depends on an outside organiser and raises no alarm. `overdue` is the mark set
    when the due instant passed; `closed_on` the local day on which it was done: the one that the event
    names (a conference held, a paper dated, a decision made), else that on which a final state was
    reached. Of those who may act, `claimed_by` is the account that said it does, or to which
    `delegated_by` passed the work on, at `claimed_at`. `submitted_by` handed it in, in the name of
    `submitted_for` where that was another's; `returns` counts how often it was given back; `reviewed_by`
    reviewed it last, `proposed_until` is the date to which `proposed_by` asks to move the due date, each
    in another's name likewise. Of the item's own date, `round` counts how often its rows were made,
    `asks` the monthly questions, and `alerts` is what was sent. `terms` are by id. `proposal` is what
    waits for another person's agreement. `rules` is the digest of the rule pack that it goes by since its
    first submit; before that it goes by the office's. `target_on` is the internal target that leads up to
    `due_on`: while one is in force, reminders, notices and the ladder go by it, lateness never does.
    """

    key: Key
    machine: str
    digest: str
    state: str
    version: int
    details: Details
    parent: str | None = None
    owners: tuple[str, ...] = ()
    due_on: date | None = None
    due_mark: DueMark | None = None
    due_first: date | None = None
    waiting: bool = False
    overdue: bool = False
    closed_on: date | None = None
    claimed_by: str | None = None
    delegated_by: str | None = None
    claimed_at: datetime | None = None
    submitted_by: str | None = None
    submitted_for: str | None = None
    returns: int = 0
    proposed_until: date | None = None
    round: int = 0
    asks: int = 0
    alerts: Alerts = NOTHING_SENT
    terms: tuple[ItemTerm, ...] = ()
    reviewed_by: str | None = None
    reviewed_for: str | None = None
    proposed_by: str | None = None
    proposed_for: str | None = None
    proposal: Proposal | None = None
    rules: str | None = None
    target_on: date | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """Who is asked to act: whoever said "I do it" or had it passed on, else all that must."""
        return self.owners if self.claimed_by is None else (self.claimed_by,)

    @property
    def subject(self) -> str:
        return self.details.subject

    @property
    def kind(self) -> str:
        """The machine's kind id; of a dossier the way in which it is reviewed."""
        return self.details.variant

    @property
    def worked_towards(self) -> date | None:
        """The day by which whoever must act is reminded: that of the internal target, else the due date."""
        return self.target_on or self.due_on

    def term(self, id: str) -> ItemTerm | None:
        return next((term for term in self.terms if term.id == id), None)

    def alerts_of(self, term: str | None) -> Alerts:
        """What was sent about a term's date, without one about the item's own."""
        if term is None:
            return self.alerts
        begun = self.term(term)
        return begun.alerts if begun else Alerts()


def with_term(item: Item, term: ItemTerm) -> Item:
    """The item with the term as it stands now."""
    terms = (*(other for other in item.terms if other.id != term.id), term)
    return item._replace(terms=tuple(sorted(terms, key=lambda each: each.id)))


def with_alerts(item: Item, term: str | None, alerts: Alerts) -> Item:
    """The item with what was sent about a term's date, without one about its own."""
    if term is None:
        return item._replace(alerts=alerts)
    begun = item.term(term)
    return item if begun is None else with_term(item, begun._replace(alerts=alerts))


def unclaimed(item: Item) -> Item:
    """The item as nobody's in particular among those who must act."""
    if item.claimed_by is None:
        return item  # as nearly always, and every event asks
    return item._replace(claimed_by=None, delegated_by=None, claimed_at=None)


class Facts(NamedTuple):
    """The item under decision and what its event's guards and warnings need to know besides, by the names of
    their needs: a dossier's `parent`, a task's `dossiers`, read under the lock."""

    item: Item
    parent: Item | None = None
    beside: Mapping[str, tuple[Any, ...]] = MappingProxyType({})
