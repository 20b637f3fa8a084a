"""Definitions in memory: frozen values that files are parsed into and that everything else reads.

A definition is a state machine, an office, a calendar, a deadline policy, a rule pack, a message catalogue
or the Word template of a paper. Those that looking needs at every start have light modules of their own,
which this one gathers.
The model is neutral: `workflow.files.parsing` makes it from YAML, `workflow.files.compiled` from and to the
JSON that a database keeps, `workflow.engine.machine` gives it life.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Literal

from workflow.model.conditions import Condition, Favourable
from workflow.model.days import Weekday
from workflow.model.machine import INPUT_TYPES, Call, Event, Input, Machine, State, TaskKind, Transition
from workflow.model.messages import Catalogue, Notice
from workflow.model.money import BaseSalary, OneTitle, Pay, salary_on
from workflow.model.office import Account, Body, Office
from workflow.model.paper_kinds import PaperKind
from workflow.model.printed import PaperTemplate
from workflow.model.text import DayUnit, Language, Param, Span, Text, span_of
from workflow.model.ways import Confidence, Ground, OtherTitle, Way

__all__ = [
    "INPUT_TYPES",
    "KINDS",
    "TERM_CONDITIONS",
    "TERM_DAYS",
    "TERM_SINCE",
    "Account",
    "Asking",
    "AwardTitle",
    "AwardType",
    "BaseSalary",
    "Body",
    "CalendarYear",
    "Call",
    "Catalogue",
    "Condition",
    "DayUnit",
    "DeadlinePolicy",
    "Definition",
    "Digest",
    "Event",
    "Favourable",
    "Ground",
    "Input",
    "Language",
    "Machine",
    "Notice",
    "Office",
    "OneTitle",
    "OtherTitle",
    "PaperTemplate",
    "Param",
    "Pay",
    "Quiet",
    "Relative",
    "RulePack",
    "Rung",
    "Span",
    "State",
    "TaskKind",
    "Term",
    "Text",
    "Transition",
    "UsualDays",
    "Vote",
    "Way",
    "span_of",
]


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


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the escalation ladder: `after` days of `unit` past the due date, `to` role names."""

    after: int
    level: str
    to: tuple[str, ...]
    unit: DayUnit = "wd"


TERM_CONDITIONS = (
    "commune_level",
    "higher_level",
    "council_step",
    "no_council_step",
    "unchecked",
    "file_not_full",
)
"""What a term may ask of a dossier before it runs: who decides its titles, whether the council votes, that
nobody has found it complete yet, that its file is not full yet."""

TERM_SINCE = ("entered", "received_on", "complete_on", "full_on")
"""The days from which a term may count: when the item came into a state in which it runs, or a date on the
dossier."""


TERM_DAYS = ("supplement_until",)
"""The days on a dossier that are a term's end themselves."""


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
    which the rule pack may say otherwise and alone says where `within` is None; the day `on` the dossier
    itself; `fixed` (month, day of the plan's year); the end of a `quarter` or a `month`; `relative` to
    another. `when` are conditions of `workflow.time.terms`. `reminders` count back from its date; without
    `ladder` nobody else is informed.
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
    on: str | None = None
    fixed: tuple[int, int] | None = None
    quarter: Literal["I", "II", "III", "IV"] | None = None
    month: int | None = None
    relative: Relative | None = None
    reminders: tuple[Span, ...] = ()
    ladder: bool = True
    conf: Confidence | None = None
    cite: str | None = None


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
    weekday: Weekday = "monday"
    weekly: time = time(7, 30)
    weekly_for: tuple[str, ...] = ("chair", "vice_chair")


@dataclass(frozen=True, slots=True)
class UsualDays:
    """From which to which day (month, day of the plan's year) rows of a kind and a quarter are usually done,
    as `source` and `conf` say: the deadline sheet offers the last of them as an internal target."""

    kind: str
    quarter: str
    first: tuple[int, int]
    last: tuple[int, int]
    source: str
    conf: Confidence = "M"


@dataclass(frozen=True, slots=True)
class DeadlinePolicy:
    """When an office is reminded and who is informed of what is late.

    `reminders` are days before the due date, largest first; `fire_at` is local time; `ladder` is in order of
    `after`. `chair_must_act` names the roles informed once when the chair is the one to act. With `repeat`
    whoever must act is told again every so many days after the overdue notice, until acting.
    `cap_unconfirmed` is the highest level that hears of a derived date, which nobody has set (None: all of
    them). `terms` are the deadlines that items start by themselves, `usual` the days that rows usually take.
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
    usual: tuple[UsualDays, ...] = ()

    @property
    def label(self) -> str:
        """What a deadline's row names it by: `deadlines/2`."""
        return f"{self.name}/{self.version}"

    def term(self, id: str) -> Term | None:
        return next((term for term in self.terms if term.id == id), None)

    def usual_days(self, kind: str, quarter: str) -> UsualDays | None:
        return next((days for days in self.usual if (days.kind, days.quarter) == (kind, quarter)), None)


@dataclass(frozen=True, slots=True)
class Vote:
    """Pass when for/base reaches `percent`; `strict` asks for more. `base`: total or present members."""

    base: Literal["total", "present"]
    percent: int
    strict: bool
    secret: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """What it means for a dossier that other bodies are asked for their opinion (hiệp y): which of the
    policy's terms stand still until they have answered."""

    pauses: tuple[str, ...]
    cite: str
    conf: Confidence


@dataclass(frozen=True, slots=True)
class AwardTitle:
    """A title or form of commendation: who decides it, for whom, and the council's vote (None: no vote).

    `terms` are the lengths that the law gives to a policy's terms for this title, by the term's id. A form
    (giấy khen, bằng khen) has a way for each type of commendation that it is given for; a title has one,
    under the empty type. An `annual` title comes from who keeps the payroll (law art. 80, 83). What it `asks`
    of a nominee is told in a sentence; each line is held to its `conditions`. `asking` is its own, where it
    is not the pack's. `short` is how papers abbreviate it (`CSTĐCS`), `pays` and `certificate` are what comes
    with it.
    """

    id: str
    label: Text
    level: Literal["commune", "province", "government"]
    nominees: tuple[str, ...]
    vote: Vote | None
    cite: str
    conf: Confidence
    terms: Mapping[str, Span] = field(default_factory=lambda: MappingProxyType({}))
    ways: Mapping[str, Way] = field(default_factory=lambda: MappingProxyType({}))
    annual: bool = False
    asks: Text | None = None
    conditions: tuple[Condition, ...] = ()
    asking: Asking | None = None
    short: str | None = None
    pays: tuple[Pay, ...] = ()
    certificate: Text | None = None

    @property
    def paid_here(self) -> bool:
        """Whether the commune's fund pays it: who signs the decision pays."""
        return self.level == "commune"

    def pay(self, kind: str, type: str) -> Pay | None:
        """What it pays to that kind of nominee in a dossier of the type; None where the pack does not say."""
        return next((each for each in self.pays if each.paid_to(kind, type)), None)

    @property
    def form(self) -> bool:
        """Whether it is a form of commendation, which alone has types."""
        return bool(self.ways) and "" not in self.ways

    def way(self, type: str, ground: str | None = None) -> Way | None:
        """How a dossier of it goes; None where it is not given for the type, or not on the ground.

        A pack kept from before there were ways says it by its vote, whatever the type.
        """
        if not self.ways:
            return Way("council" if self.vote else "appraisal")
        found = self.ways.get(type if self.form else "")
        return found.on(ground) if found else None

    def conditions_of(self, type: str, kind: str) -> tuple[Condition, ...]:
        """What it asks of that kind of nominee in a dossier of the type."""
        return tuple(each for each in self.conditions if each.asked_of(type, kind))


@dataclass(frozen=True, slots=True)
class AwardType:
    """A type of commendation (loại hình khen thưởng)."""

    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class RulePack:
    """The law in force from a day on: titles, types, the council's quorum as a fraction of its members, and
    the grounds of the simplified procedure. `other_chains` are known titles that no dossier here is for,
    `annual_cite` the text by which annual titles come from who keeps the payroll, `vote_cite` that on which
    the shares of votes rest, which is no law, `more_favourable` that by which its conditions also hold for
    what was received before it. `papers` are the kinds of papers that dossiers consist of, `asking` what
    other bodies' opinions mean for the terms. Money is counted by `base_salary`; `one_title_paid` is the text
    by which only the highest title of a period is paid (None: each is)."""

    name: str
    version: int
    effective_from: date
    checked_on: date
    review_by: date | None
    quorum: tuple[int, int]
    quorum_cite: str
    titles: tuple[AwardTitle, ...]
    types: tuple[AwardType, ...]
    grounds: tuple[Ground, ...] = ()
    other_chains: tuple[OtherTitle, ...] = ()
    annual_cite: str | None = None
    vote_cite: str | None = None
    quorum_conf: Confidence = "M"
    more_favourable: Favourable | None = None
    papers: tuple[PaperKind, ...] = ()
    asking: Asking | None = None
    base_salary: tuple[BaseSalary, ...] = ()
    one_title_paid: OneTitle | None = None

    def salary_on(self, day: date) -> BaseSalary | None:
        """The base salary of a day; None of one before all that the pack knows."""
        return salary_on(self.base_salary, day)

    def title(self, id: str) -> AwardTitle | None:
        return next((title for title in self.titles if title.id == id), None)

    def type(self, id: str) -> AwardType | None:
        return next((type for type in self.types if type.id == id), None)

    def ground(self, id: str) -> Ground | None:
        return next((ground for ground in self.grounds if ground.id == id), None)

    def other(self, id: str) -> OtherTitle | None:
        return next((title for title in self.other_chains if title.id == id), None)

    def stands_still(self, term: str, titles: Iterable[str]) -> bool:
        """Whether the term of a dossier of these titles waits for the opinions of other bodies."""
        found = [title.asking or self.asking for id in titles if (title := self.title(id))]
        return any(asking and term in asking.pauses for asking in found)

    def way(self, title: str, type: str, ground: str | None = None) -> Way | None:
        """How a dossier goes by its title, type and ground; None where the pack gives it no way."""
        found = self.title(title)
        return found.way(type, ground) if found else None


def in_force(packs: Iterable[RulePack], day: date) -> RulePack:
    """Of an office's rule packs the one in force on a day: that which began last. Before the first day of all
    it is the first one, since nothing older is known."""
    ordered = sorted(packs, key=lambda pack: pack.effective_from)
    begun = [pack for pack in ordered if pack.effective_from <= day]
    return begun[-1] if begun else ordered[0]


Definition = Machine | Office | CalendarYear | DeadlinePolicy | RulePack | Catalogue | PaperTemplate

KINDS: Mapping[str, type] = MappingProxyType(
    {
        "machine": Machine,
        "office": Office,
        "calendar": CalendarYear,
        "policy": DeadlinePolicy,
        "rules": RulePack,
        "messages": Catalogue,
        "paper": PaperTemplate,
    }
)
"""The `definition:` key of a file, and the value it becomes."""
