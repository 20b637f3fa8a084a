"""From the text of a scenario file (YAML or JSON) to its value, or to every mistake in it.

A scenario is no definition: it has no version and is not stored. Its refs and accounts are those of the one
office, its days those of the one simulation that it is played on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from workflow.files import shapes
from workflow.files.parsing import Mistake, normalised
from workflow.files.reading import FAILED, FileReading, Where, at_place, read, unknown_names
from workflow.files.telling import told
from workflow.files.yaml import Flaw, compose
from workflow.model.scenario import MORNING, Absence, Act, Delay, Move, Outage, Pace, Scenario

_ITEM = shapes.Name(shapes.ITEM, of=("item",))
_TASK = shapes.Name(shapes.ITEM, of=("task",))


@dataclass(frozen=True, slots=True)
class ParsedScenario:
    """A scenario file that was read; `scenario` is None exactly when there are `mistakes` (in line order)."""

    scenario: Scenario | None
    mistakes: tuple[Mistake, ...]


def _ends_after_it_begins(span: Absence | Outage) -> Iterator[tuple[str, str]]:
    if span.until <= span.since:
        yield "until", told("the day after the last one is wanted, later than {since}", since=span.since)


def _delayed_once(scenario: Scenario) -> Iterator[tuple[str, str]]:
    refs = [delay.ref for delay in scenario.late]
    for ref in sorted({ref for ref in refs if refs.count(ref) > 1}):
        yield "late", told("'{ref}' stands here twice", ref=ref)


def _act(*, at: time = MORNING, **fields: Any) -> Act:
    return Act(at=at, **fields)


def _absence(**fields: Any) -> Absence:
    return Absence(fields["who"], fields["from"], fields["until"])


def _outage(**fields: Any) -> Outage:
    return Outage(fields["from"], fields["until"])


def _scenario(*, scenario: str, pace: Mapping[str, Any] | None = None, **fields: Any) -> Scenario:
    return Scenario(title=scenario, **(pace or {}), **fields)


_PACE = shapes.Record(
    {step: shapes.Maybe(shapes.Whole()) for step in ("submit", "review", "approve", "finish")}, Pace
)
_ACT = shapes.Record(
    {
        "on": shapes.IsoDate(),
        "ref": _ITEM,
        "event": shapes.Name(of=("event",)),
        "by": shapes.Maybe(shapes.Name(shapes.SLUG, of=("account",))),
        "at": shapes.Maybe(shapes.Clock()),
        "set": shapes.Maybe(shapes.Keyed(shapes.Parameter())),
    },
    _act,
)
_ABSENCE = shapes.Record(
    {"who": shapes.Name(shapes.SLUG, of=("account",)), "from": shapes.IsoDate(), "until": shapes.IsoDate()},
    _absence,
    rules=(_ends_after_it_begins,),
)
_OUTAGE = shapes.Record(
    {"from": shapes.IsoDate(), "until": shapes.IsoDate()}, _outage, rules=(_ends_after_it_begins,)
)

SCENARIO = shapes.Record(
    {
        "scenario": shapes.AnyText(),
        "pace": shapes.Maybe(
            shapes.Record({"tasks": shapes.Maybe(_PACE), "dossiers": shapes.Maybe(_PACE)}, dict)
        ),
        "acts": shapes.Maybe(shapes.ListOf(_ACT)),
        "absent": shapes.Maybe(shapes.ListOf(_ABSENCE)),
        "late": shapes.Maybe(
            shapes.ListOf(shapes.Record({"ref": _TASK, "days": shapes.Whole(least=1)}, Delay))
        ),
        "moved": shapes.Maybe(
            shapes.ListOf(shapes.Record({"ref": _TASK, "on": shapes.IsoDate(), "to": shapes.IsoDate()}, Move))
        ),
        "silent": shapes.Maybe(shapes.names("body", pattern=shapes.SLUG)),
        "down": shapes.Maybe(shapes.ListOf(_OUTAGE)),
    },
    _scenario,
    rules=(_delayed_once,),
)


def parse_scenario(
    source: str, *, path: str, vocabulary: Mapping[str, Iterable[str]], first: date, last: date
) -> ParsedScenario:
    """Reads a scenario for the days from `first` to `last`; `path` only names the file in mistakes.

    `vocabulary` gives the office's names by kind: `item`, `task`, `event`, `account`, `body`.
    """
    composed = compose(normalised(source))
    flaws, scenario = list(composed.flaws), None
    if composed.root is not None:
        reading = read(SCENARIO, composed.root)
        flaws += [*reading.structure, *reading.flaws, *unknown_names(reading, vocabulary)]
        if reading.value is not FAILED:
            scenario = reading.value
            flaws += _outside(reading, reading.value, first=first, last=last)
    mistakes = (Mistake(path, flaw.line, flaw.message) for flaw in sorted(flaws, key=lambda flaw: flaw.line))
    return ParsedScenario(None if flaws else scenario, tuple(mistakes))


def _outside(reading: FileReading, scenario: Scenario, *, first: date, last: date) -> Iterator[Flaw]:
    """A flaw for each act and move on a day that the simulation does not reach: it would never happen."""
    days: list[tuple[Where, date]] = [
        *((("acts", str(number), "on"), act.on) for number, act in enumerate(scenario.acts)),
        *((("moved", str(number), "on"), move.on) for number, move in enumerate(scenario.moved)),
    ]
    for where, day in days:
        if not first <= day <= last:
            span = told("the simulation runs from {first} to {last}", first=first, last=last)
            yield Flaw(
                reading.lines[where], at_place(where, told("{day} is outside: {span}", day=day, span=span))
            )
