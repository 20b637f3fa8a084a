"""Definitions in memory: frozen values that files are parsed into and that everything else reads.

A definition is a state machine, an office, a calendar, a deadline policy, a rule pack or a message
catalogue. This module holds the neutral model only: `workflow.files.parsing` makes it from YAML,
`workflow.files.compiled` from and to the JSON that a database keeps, `workflow.engine.machine` gives it life.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Literal, cast

Param = str | int | bool | tuple[str, ...]

INPUT_TYPES = (
    "text",
    "code",
    "date",
    "integer",
    "choice",
    "body",
    "title",
    "account",
    "nominees",
)
"""`text` is free and kept erasable; `code` is an official identifier such as `05/BC-UBND`; `nominees`
is a list of nominee numbers of the dossier; the others are what they say."""


Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in the two languages of the command line."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Call:
    """A named function of a closed registry with its parameters."""

    name: str
    params: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Input:
    """One typed input of an event. `when` lists predicates that must all hold for the input to exist."""

    name: str
    type: str
    label: Text
    required: bool = True
    choices: tuple[str, ...] = ()
    when: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """`target` None keeps the state. Of several that fit a state, the first whose `when` holds is taken."""

    sources: tuple[str, ...]
    target: str | None
    when: tuple[Call, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """What can be done to an item: by whom, with which inputs, under which guards, to what effect.

    `warnings` speak without stopping it; `notices` are the kinds of notice that it causes.
    """

    id: str
    label: Text
    past: Text
    by: tuple[str, ...]
    transitions: tuple[Transition, ...]
    inputs: tuple[Input, ...] = ()
    guards: tuple[Call, ...] = ()
    effects: tuple[Call, ...] = ()
    warnings: tuple[Call, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """`owner` is the relation that must act next; `open` states lock the parent and run deadlines.

    `todo` says in Vietnamese what the owner is asked to do, in the words of a notice.
    """

    id: str
    label: Text
    label_by_kind: Mapping[str, Text] = field(default_factory=lambda: MappingProxyType({}))
    owner: str | None = None
    todo: str | None = None
    open: bool = True

    def label_for(self, kind: str) -> Text:
        """The state's name in the words that fit the item's kind."""
        return self.label_by_kind.get(kind, self.label)


@dataclass(frozen=True, slots=True)
class TaskKind:
    """How tasks of one kind are proved done, whether they give awards, and whether they wait for others.

    `waits`: `never`; `until_set` (no deadline of its own until an outside organiser names the date);
    `after_due` (past its derived date it waits for an outside basis instead of being overdue). `after`
    names the kinds that had better be finished first in the same quarter. A dossier's kind is the way in
    which it is reviewed and only chooses labels.
    """

    id: str
    label: Text
    proof: Literal["paper", "held", "attended", "any", "none"]
    gives_awards: bool = False
    waits: Literal["never", "until_set", "after_due"] = "never"
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """One released version of a state machine; `subject` says what kind of item it moves."""

    name: str
    version: int
    subject: Literal["task", "dossier"]
    label: Text
    initial: str
    states: tuple[State, ...]
    events: tuple[Event, ...]
    kinds: tuple[TaskKind, ...] = ()

    def state(self, id: str) -> State:
        return next(state for state in self.states if state.id == id)

    def event(self, id: str) -> Event | None:
        return next((event for event in self.events if event.id == id), None)

    def kind(self, id: str) -> TaskKind | None:
        return next((kind for kind in self.kinds if kind.id == id), None)


@dataclass(frozen=True, slots=True)
class Body:
    """An agency, a group of agencies or an outside body of an office's directory.

    `spellings` are the ways in which documents write it, beside `name` and `short`. A group names its
    `members`; an `external` body is outside the office's authority; `nominates` may send dossiers.
    """

    id: str
    name: str
    short: str
    spellings: tuple[str, ...] = ()
    group: bool = False
    members: tuple[str, ...] = ()
    external: bool = False
    nominates: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A position that acts. `roles` are of the closed list in `workflow.model.roles`; `body` is where it
    sits."""

    id: str
    label: Text
    roles: tuple[str, ...]
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """One commune's directory: its bodies, its position accounts and the words its notices need.

    `committee`, `council` and `division` are the ids of UBND, the council and the division that does the
    daily work; `calendars` and `policy` name definitions, `rules` the rule pack, `messages` the catalogue.
    """

    name: str
    version: int
    title: str
    province: str
    zone: str
    contact: str
    committee: str
    council: str
    division: str
    bodies: tuple[Body, ...]
    accounts: tuple[Account, ...]
    calendars: tuple[str, ...]
    policy: str
    rules: str
    messages: str
    machines: tuple[str, ...]
    plan: str | None = None
    sample: tuple[str, ...] = ()

    def body(self, id: str) -> Body | None:
        return next((body for body in self.bodies if body.id == id), None)

    def account(self, id: str) -> Account | None:
        return next((account for account in self.accounts if account.id == id), None)

    def holding(self, role: str, *, body: str | None = None) -> tuple[str, ...]:
        """Ids of the accounts that hold `role`, in the file's order; with `body`, those sitting there."""
        return tuple(
            account.id
            for account in self.accounts
            if role in account.roles and (body is None or account.body == body)
        )


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """Days off and made-up working days of one year; weekends are off by themselves.

    `provisional` is true while the year's official list is not announced.
    """

    name: str
    version: int
    year: int
    days_off: Mapping[date, str]
    work_days: Mapping[date, str]
    source: str
    provisional: bool = False


Unit = Literal["wd", "cd"]


@dataclass(frozen=True, slots=True)
class Span:
    """A number of working days (`wd`) or of calendar days (`cd`)."""

    days: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.days} {self.unit}"


def span_of(text: str) -> Span:
    """The span that `str` wrote: `10 wd`."""
    days, unit = text.split()
    return Span(int(days), cast("Unit", unit))


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the escalation ladder: `after` days of `unit` past the due date, `to` role names."""

    after: int
    level: str
    to: tuple[str, ...]
    unit: Unit = "wd"


TERM_CONDITIONS = ("commune_level", "higher_level", "council_step", "no_council_step")
"""What a term may ask of a dossier before it runs: who decides its titles, and whether the council votes."""

TERM_SINCE = ("entered", "received_on", "complete_on")
"""The days from which a term may count: when the item came into a state in which it runs, or a date on the
dossier."""


@dataclass(frozen=True, slots=True)
class Relative:
    """A date by another one: `span` before or after the first of the deadlines `to` that runs. `due` is the
    task's own date."""

    to: tuple[str, ...]
    side: Literal["before", "after"]
    span: Span


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline that an item's own course starts and ends; `of` names its machine.

    It runs in the states `runs`, stands still in `pauses`, and afterwards goes on with the rest of its days
    or `anew`. Its date is one of: `within` days of `since` (the state's entry or a date on the dossier),
    which the rule pack may say otherwise and alone says where `within` is None; `fixed` (month, day of the
    plan's year); the end of a `quarter` or a `month`; `relative` to another. `when` are conditions of
    `workflow.time.terms`. `reminders` count back from its date; without `ladder` nobody else is informed.
    """

    id: str
    of: str
    label: Text
    runs: tuple[str, ...]
    pauses: tuple[str, ...] = ()
    resume: Literal["rest", "anew"] = "rest"
    when: tuple[str, ...] = ()
    within: Span | None = None
    since: str = "entered"
    fixed: tuple[int, int] | None = None
    quarter: Literal["I", "II", "III", "IV"] | None = None
    month: int | None = None
    relative: Relative | None = None
    reminders: tuple[Span, ...] = ()
    ladder: bool = True


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local hours, from `start` in the evening to `end` in the morning, in which nothing is sent out; equal
    ones are none. With `days_off` neither is anything on a day off."""

    start: time = time(18)
    end: time = time(7)
    days_off: bool = True


@dataclass(frozen=True, slots=True)
class Digest:
    """When notices go out together: every day at `daily`; to whoever holds a role of `weekly_for` once a
    week, on `weekday` at `weekly`. Times are local."""

    daily: time = time(8)
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    weekly: time = time(7, 30)
    weekly_for: tuple[str, ...] = ("chair", "vice_chair")


@dataclass(frozen=True, slots=True)
class DeadlinePolicy:
    """When an office is reminded and who is informed of what is late.

    `reminders` are days before the due date, largest first; `fire_at` is local time; `ladder` is in order of
    `after`. `chair_must_act` names the roles informed once when the chair is the one to act. With `repeat`
    whoever must act is told again every so many days after the overdue notice, until acting.
    `cap_unconfirmed` is the highest level that hears of a derived date, which nobody has set (None: all of
    them). `terms` are the deadlines that items start by themselves.
    `quiet` and `digest` hold for what leaves the office by mail and the like, not for its inboxes.
    """

    name: str
    version: int
    fire_at: time
    reminders: tuple[Span, ...]
    ladder: tuple[Rung, ...]
    chair_must_act: tuple[str, ...]
    quiet: Quiet = Quiet()
    digest: Digest = Digest()
    repeat: Span | None = None
    cap_unconfirmed: str | None = None
    terms: tuple[Term, ...] = ()

    @property
    def label(self) -> str:
        """What a deadline's row names it by: `deadlines/2`."""
        return f"{self.name}/{self.version}"

    def term(self, id: str) -> Term | None:
        return next((term for term in self.terms if term.id == id), None)


@dataclass(frozen=True, slots=True)
class Vote:
    """Pass when for/base reaches `percent`; `strict` asks for more. `base`: total or present members."""

    base: Literal["total", "present"]
    percent: int
    strict: bool
    secret: bool


@dataclass(frozen=True, slots=True)
class AwardTitle:
    """A title or form of commendation: who decides it, for whom, and the council's vote (None: no vote).

    `terms` are the lengths that the law gives to a policy's terms for this title, by the term's id.
    """

    id: str
    label: Text
    level: Literal["commune", "province", "government"]
    nominees: tuple[str, ...]
    vote: Vote | None
    cite: str
    conf: Literal["H", "M", "L"]
    terms: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class AwardType:
    """A type of commendation (loại hình khen thưởng)."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class RulePack:
    """The law in force from a day on: titles, types, the council's quorum as a fraction of its members."""

    name: str
    version: int
    effective_from: date
    checked_on: date
    review_by: date | None
    quorum: tuple[int, int]
    quorum_cite: str
    titles: tuple[AwardTitle, ...]
    types: tuple[AwardType, ...]

    def title(self, id: str) -> AwardTitle | None:
        return next((title for title in self.titles if title.id == id), None)

    def type(self, id: str) -> AwardType | None:
        return next((type for type in self.types if type.id == id), None)


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice's Vietnamese subject and text with `{placeholders}` in single braces."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The words of the office. `words` maps dotted keys (`marker.overdue`, `rule.four_eyes`) to a Text.

    Keys of `notices` are notice kinds, with `escalation.head`, `escalation.standing`, `escalation.vice`
    and `escalation.chair` for the levels.
    """

    name: str
    version: int
    words: Mapping[str, Text]
    notices: Mapping[str, Notice]


Definition = Machine | Office | CalendarYear | DeadlinePolicy | RulePack | Catalogue

KINDS: Mapping[str, type] = MappingProxyType(
    {
        "machine": Machine,
        "office": Office,
        "calendar": CalendarYear,
        "policy": DeadlinePolicy,
        "rules": RulePack,
        "messages": Catalogue,
    }
)
"""The `definition:` key of a file, and the value it becomes."""
