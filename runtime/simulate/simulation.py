"""Plays a year beforehand on a copy of an office in memory, and sums up what came of it.

The clock jumps from one due instant to the next. Deadlines are fired by the same sweep as in production, and
people act as commands do (`runtime.simulate.people`). The real office is read once, at the beginning, and
never locked or written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from runtime.acts.acting import Acting
from runtime.acts.sweep import sweep
from runtime.office.looking import chosen_office, current_time, local_time
from runtime.office.settings import Options, database_url, lock_timeout
from runtime.simulate.people import People, TriedEvent, named, named_item
from storage import timeline
from storage.throwaway import thrown_away
from storage.timeline import FiredDeadline, Ledger, SentNotice
from storage.views import Reading
from workflow.files.parsing import Mistake
from workflow.files.scenario import parse_scenario
from workflow.model.calendar import at_local, due_instant, local_date
from workflow.model.causes import NO_TEXT, cause_of
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Key
from workflow.model.scenario import NOTHING, Scenario
from workflow.services.advance import known_events
from workflow.services.sweep import FIRINGS

OVERLOADED = 10
"""So many notices to one account in one week are too many."""
TURNS = tuple(FIRINGS)
"""The kinds of rows of one instant in the order in which they fire."""
LAST_DAY = (1, 31)
"""Month and day of the year after the plan's, when the ladder of its last quarter is over."""


class SimulatedPast(UsageMistake):
    """The office has reached {gio}; a simulation begins then, not on {gia_tri}. Give a later --from."""

    code = "simulated_past"


class EmptySpan(UsageMistake):
    """{gia_tri} is before {ngay}; give a later --to."""

    code = "empty_span"


class UnreadableScenario(TdktError):
    """{tep} cannot be read: {ly_do}. Check the path and save it as UTF-8 text, then repeat."""

    code = "unreadable_file"


class ScenarioMistakes(TdktError):
    """The scenario has {n} mistakes; nothing was simulated. Correct the lines above, then repeat."""

    code = "scenario_mistakes"

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(n=len(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True, slots=True)
class FiredEvent:
    """A deadline row that fired in the simulation, and the accounts to which it sent a notice.

    `spoken_by`: after an outage the notice of this other row speaks for it too, and it sent none itself.
    """

    row: FiredDeadline
    to: tuple[str, ...]
    spoken_by: FiredDeadline | None = None

    @property
    def at(self) -> datetime:
        return self.row.fired_at


@dataclass(frozen=True, slots=True)
class LateItem:
    """An item that is overdue, or was when it was closed; `days` calendar days past its due date."""

    key: Key
    due: date
    closed_on: date | None
    days: int


@dataclass(frozen=True, slots=True)
class NoticeLoad:
    """The number of notices to one account: in all, and by week (of which the Monday is the key)."""

    account: str
    notices: int
    weeks: Mapping[date, int]

    @property
    def busiest(self) -> tuple[date, int]:
        """The first of the weeks with the most."""
        return max(self.weeks.items(), key=lambda week: (week[1], -week[0].toordinal()))

    @property
    def overloaded(self) -> tuple[date, ...]:
        return tuple(monday for monday, count in sorted(self.weeks.items()) if count >= OVERLOADED)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What came of a scenario: `happened` in order of time, `ledger` and `late` as they are at the end.

    The days from `first` to `last` are told. `undone` are the items and days of acts and moves for which
    nobody was there.
    """

    office: str
    year: int
    scenario: Scenario
    first: date
    last: date
    zone: str
    happened: tuple[FiredEvent | TriedEvent, ...]
    undone: tuple[tuple[Key, date], ...]
    late: tuple[LateItem, ...]
    load: tuple[NoticeLoad, ...]
    escalations: Mapping[str, int]
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Period:
    """What is played, from `start` to before `end`, and which days are told of it, `first` to `last`.

    `start` may lie before `first`: to tell of March, an office that is in January is played from January on.
    """

    start: datetime
    end: datetime
    first: date
    last: date


def simulate(
    options: Options,
    environment: Mapping[str, str],
    *,
    file: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Simulation:
    """Plays a scenario on a copy of the chosen office; without a file nobody does anything.

    The clock starts at the office's present time (a sandbox whose clock was never set: the day it began) and
    runs to the end of `last`; what happens before `first` is played but not told.

    Raises SimulatedPast, EmptySpan, UnreadableScenario, ScenarioMistakes, and what opening an office raises.
    """
    with Reading(database_url(options, environment), lock_timeout=lock_timeout(environment)) as reading:
        names = tuple(row.office for row in reading.offices())
        office = chosen_office(options, environment, names)
        copy = thrown_away(reading, office)
    with Acting(Options(office=office, year=options.year), {}, database=copy) as acting:
        period = _period(acting, options, first, last)
        scenario = NOTHING if file is None else read_scenario(acting, file, period)
        return play(acting, scenario, period)


def _period(acting: Acting, options: Options, first: date | None, last: date | None) -> Period:
    row, zone = acting.row, acting.zone
    if row.sandbox and row.clock is None and options.now is None:
        start = at_local(row.started_on, time(0), zone)
    else:
        start = current_time(options.now, sandbox=row.sandbox, reached=row.clock, zone=zone)
    today = local_date(start, zone)
    if first is not None and first < today:
        raise SimulatedPast(gio=local_time(start, zone), gia_tri=first)
    first = first or today
    if last is None:
        usual = date(acting.year + 1, *LAST_DAY)
        last = usual if usual > first else first + timedelta(days=365)
    if last < first:
        raise EmptySpan(ngay=first, gia_tri=last)
    return Period(start, due_instant(last, zone), first, last)


def read_scenario(acting: Acting, file: str, period: Period) -> Scenario:
    """The scenario of a file, whose refs, events, accounts and bodies the office must know.

    Raises UnreadableScenario, ScenarioMistakes.
    """
    try:
        source = Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableScenario(tep=file, ly_do=NO_TEXT) from error
    except OSError as error:
        raise UnreadableScenario(tep=file, ly_do=cause_of(error)) from error
    found = [
        item
        for item in timeline.item_states(acting.database, acting.office)
        if item.key.year == acting.year or item.open
    ]
    machines = [acting.newest_machine(subject) for subject in ("task", "dossier")]
    vocabulary = {
        "item": [named(acting, item.key) for item in found],
        "task": [named(acting, item.key) for item in found if item.subject == "task"],
        "event": sorted({event for machine in machines for event in known_events(machine)}),
        "account": [account.id for account in acting.directory.accounts],
        "body": [body.id for body in acting.directory.bodies],
    }
    begin = local_date(period.start, acting.zone)
    parsed = parse_scenario(source, path=file, vocabulary=vocabulary, first=begin, last=period.last)
    if parsed.scenario is None:
        raise ScenarioMistakes(parsed.mistakes)
    return parsed.scenario


def play(acting: Acting, scenario: Scenario, period: Period) -> Simulation:
    """Runs the clock of an office in memory through the period, and sums up what came of it."""
    before = {_id(row) for row in timeline.fired_deadlines(acting.database, acting.office)}
    sent_before = {notice.id for notice in timeline.sent_notices(acting.database, acting.office)}
    acting.now = period.start
    people = People(acting, scenario, start=period.start, end=period.end)
    _run(acting, scenario, people, period)
    rows = sorted(
        (row for row in timeline.fired_deadlines(acting.database, acting.office) if _id(row) not in before),
        key=lambda row: (row.fired_at, row.at, TURNS.index(row.kind)),
    )
    notices = [
        notice
        for notice in timeline.sent_notices(acting.database, acting.office)
        if notice.id not in sent_before and local_date(notice.at, acting.zone) >= period.first
    ]
    return _simulation(acting, scenario, period, people, rows, notices)


def _run(acting: Acting, scenario: Scenario, people: People, period: Period) -> None:
    """Jumps to the next due row that is swept or to the next moment at which people act, until the end.

    Where both fall on one instant the sweep goes first, and once more after the people: what they make due at
    once fires at that instant too.
    """
    moment = people.next_moment(period.start - timedelta(microseconds=1))
    while True:
        due = _next_sweep(acting, scenario, max(acting.now, period.start))
        at = min((instant for instant in (due, moment) if instant is not None), default=None)
        if at is None or at >= period.end:
            return
        acting.now = at
        if due == at:
            swept = sweep(acting)
            if not swept.rows and not swept.failed:
                # The clock would stand at this instant for ever.
                raise RuntimeError(f"a row that is due at {at.isoformat()} does not fire")
        if moment == at:
            people.act()
            moment = people.next_moment(at)


def _next_sweep(acting: Acting, scenario: Scenario, now: datetime) -> datetime | None:
    """When the next pending row fires: at its own instant, or at the end of an outage of the scenario."""
    due = timeline.next_due(acting.database, acting.office)
    if due is None:
        return None
    at = max(due, now)
    day = local_date(at, acting.zone)
    up = scenario.watched_from(day)
    return at if up == day else at_local(up, time(0), acting.zone)


# -- what came of it -------------------------------------------------------------------------------------


def _id(row: FiredDeadline) -> tuple[Key, str, int]:
    return row.key, row.name, row.occurrence


def _simulation(
    acting: Acting,
    scenario: Scenario,
    period: Period,
    people: People,
    rows: list[FiredDeadline],
    notices: list[SentNotice],
) -> Simulation:
    readers: dict[tuple[Key, str | None, int | None], list[str]] = {}
    for notice in notices:
        readers.setdefault((notice.key, notice.deadline, notice.occurrence), []).append(notice.to)
    late = any(row.late_s for row in rows)
    # Rows share a notice only where they fire late; without one the log need not be read.
    joined = timeline.joined_rows(acting.database, acting.office) if late else {}
    named = {(row.key, row.name): row for row in rows}
    happened: list[FiredEvent | TriedEvent] = [
        FiredEvent(
            row,
            tuple(readers.get(_id(row), ())),
            named.get((row.key, joined[_id(row)])) if _id(row) in joined else None,
        )
        for row in rows
    ]
    happened += people.attempts
    return Simulation(
        office=acting.office,
        year=acting.year,
        scenario=scenario,
        first=period.first,
        last=period.last,
        zone=acting.zone,
        happened=tuple(
            sorted(
                (event for event in happened if local_date(event.at, acting.zone) >= period.first),
                key=lambda event: event.at,
            )
        ),
        undone=tuple((named_item(acting, wish), wish.on) for wish in people.undone),
        late=_late(acting, period),
        load=_load(notices, acting.zone),
        escalations=Counter(notice.level for notice in notices if notice.level is not None),
        ledger=timeline.ledger(acting.database, acting.office),
    )


def _late(acting: Acting, period: Period) -> tuple[LateItem, ...]:
    """The simulated year's items that are or were late, and of other years those that were still open."""
    begin = local_date(period.start, acting.zone)
    return tuple(
        LateItem(item.key, item.due_on, item.closed_on, ((item.closed_on or period.last) - item.due_on).days)
        for item in timeline.item_states(acting.database, acting.office)
        if item.overdue and item.due_on is not None and item.state != "cancelled"
        if item.key.year == acting.year or item.closed_on is None or item.closed_on >= begin
    )


def _load(notices: list[SentNotice], zone: str) -> tuple[NoticeLoad, ...]:
    """The load of each account, the greatest first."""
    weeks: dict[str, Counter[date]] = {}
    for notice in notices:
        day = local_date(notice.at, zone)
        weeks.setdefault(notice.to, Counter())[day - timedelta(days=day.weekday())] += 1
    loads = [NoticeLoad(account, count.total(), count) for account, count in weeks.items()]
    return tuple(sorted(loads, key=lambda load: (-load.notices, load.account)))
