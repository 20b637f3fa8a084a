"""What people do in a simulated year: a scenario as values, and the rules of when its acts fall due.

Days are the office's local days; the end of a span (`until`) is the first day that is no longer in it.
Files are read in `workflow.files.scenario`; what comes of a scenario is found out in
`runtime.simulate.simulation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from types import MappingProxyType

from workflow.model.calendar import WorkCalendar
from workflow.model.machine import Input
from workflow.model.office import Office
from workflow.model.text import Param

MORNING = time(9)
"""When people act on a day, unless an act names its hour."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When an item's steps are taken: `submit` so many working days before the due date, each later step so
    many working days after the one before.

    A negative `submit` is after the due date. `finish` awards, completes or forwards.
    """

    submit: int = 5
    review: int = 1
    approve: int = 1
    finish: int = 1


@dataclass(frozen=True, slots=True)
class Act:
    """One event on one item. Without `by` it is done by whoever may and is there."""

    on: date
    ref: str
    event: str
    by: str | None = None
    at: time = MORNING
    set: Mapping[str, Param] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def words(self) -> dict[str, str]:
        """The inputs as a person types them."""
        return {name: _word(value) for name, value in self.set.items()}


@dataclass(frozen=True, slots=True)
class Absence:
    """An account that does nothing; what it would have done waits for its return."""

    who: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Delay:
    """A task that is finished `days` working days after its due date."""

    ref: str
    days: int


@dataclass(frozen=True, slots=True)
class Move:
    """A date that is moved on the day `on`: set where it was only derived, else extended."""

    ref: str
    on: date
    to: date


@dataclass(frozen=True, slots=True)
class Outage:
    """Days on which nothing watches the deadlines; people go on working."""

    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Scenario:
    """What people do in a year. Where `tasks` or `dossiers` is None, only single `acts` move these items.

    `silent` bodies never do anything.
    """

    title: str
    tasks: Pace | None = None
    dossiers: Pace | None = None
    acts: tuple[Act, ...] = ()
    absent: tuple[Absence, ...] = ()
    late: tuple[Delay, ...] = ()
    moved: tuple[Move, ...] = ()
    silent: tuple[str, ...] = ()
    down: tuple[Outage, ...] = ()

    @property
    def has_pace(self) -> bool:
        return self.tasks is not None or self.dossiers is not None or bool(self.late)

    def pace_of(self, ref: str, *, subject: str) -> Pace | None:
        """The pace of an item; a late task's ends so many days after its due date."""
        pace = self.tasks if subject == "task" else self.dossiers
        late = next((delay for delay in self.late if delay.ref == ref), None)
        if late is None:
            return pace
        usual = pace or Pace()
        return Pace(
            usual.review + usual.approve + usual.finish - late.days,
            usual.review,
            usual.approve,
            usual.finish,
        )

    def away(self, account: str, day: date) -> bool:
        return any(absence.who == account and absence.since <= day < absence.until for absence in self.absent)

    def watched_from(self, day: date) -> date:
        """The first day, not before `day`, on which deadlines are watched."""
        while over := [outage.until for outage in self.down if outage.since <= day < outage.until]:
            day = max(over)
        return day


NOTHING = Scenario("")
"""Nobody does anything."""


AT_ONCE = "at_once"
"""The step of a pace that follows on the same morning, as soon as somebody is there."""


def step_day(step: str, pace: Pace, *, due: date, since: date, calendar: WorkCalendar) -> date:
    """The day of the step `submit`, `review`, `approve` or `finish`; `since` is that of the step before."""
    if step == AT_ONCE:
        return since
    if step == "submit":
        return calendar.add_working_days(due, -pace.submit)
    days: int = getattr(pace, step)
    return calendar.add_working_days(since, days)


def silent_bodies(scenario: Scenario, office: Office) -> frozenset[str]:
    """The bodies that never do anything, groups as their members."""
    named = [body for id in scenario.silent if (body := office.body(id)) is not None]
    return frozenset(id for body in named for id in (body.id, *body.members))


def made_up_inputs(inputs: Iterable[Input], *, today: date, office: Office) -> dict[str, str]:
    """A made-up value for each required input, for the events of a pace, of which a scenario gives none.

    A choice is the first: papers are seen, all of them, conditions met. Nobody remarks on anything. A village
    posted its list long enough, and long ago.
    """
    chair = next(iter(office.holding("chair")), "")
    values = {
        "text": "Mô phỏng",
        "code": "01/MP",
        "date": today.isoformat(),
        "account": chair,
        "integer": "0",
        "decimal": "0",
        "portion": "1/1",
        "birth": "1970",
        "paper": "to_trinh",
        "papers": "all",
        "hour": "08:00",
        "money": "0",
    }
    posted = {
        "posted_from": (today - POSTED_FOR).isoformat(),
        "posted_until": (today - POSTED_BEFORE).isoformat(),
    }
    return {
        input.name: posted.get(input.name)
        or (input.choices[0] if input.choices else values.get(input.type, ""))
        for input in inputs
        if input.required or input.type == "papers"
    }


POSTED_FOR, POSTED_BEFORE = timedelta(days=400), timedelta(days=365)
"""How long before the made-up acceptance a village posted its list, first and last."""


def _word(value: Param) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)
