"""A simulated year in words: what happens day by day, then who is late and who is told too much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import click

from commands.failures import sentence
from commands.printing import GAP, aligned, hanging, print_by_day, print_table, print_wrapped, say
from runtime.office.looking import Looking
from runtime.views.answers import reason_json
from runtime.views.deadlines import row_text
from workflow.model.dossiers import Dossier
from workflow.model.facts import Key
from workflow.model.subjects import SUBJECTS

if TYPE_CHECKING:
    from runtime.simulate.people import TriedEvent
    from runtime.simulate.simulation import FiredEvent, NoticeLoad, Simulation

UNDER = 9
"""Where stands what is said below a line."""
DAY, HOUR = 86_400, 3_600
SHORTEST_RANGE = 3


class Line(NamedTuple):
    """An event in words: its local hour, what happens, whom it concerns, and what stands below it."""

    clock: str
    what: str
    who: str
    below: tuple[str, ...]


def print_timeline(looking: Looking, found: Simulation) -> None:
    """Prints everything that happens; events of one moment with the same words share a line."""
    lines = _joined(_line(looking, event) for event in found.happened)
    cells = [(line.clock, line.what, line.who, " ".join(ranges(refs))) for _day, line, refs in lines]
    if lines:
        click.echo()
    shown = (
        (day, "\n".join([row, *(hanging(" " * UNDER, said) for said in line.below)]))
        for row, (day, line, _refs) in zip(aligned(cells, indent=GAP), lines, strict=True)
    )
    if not print_by_day(shown, heading=looking.day_with_weekday):
        say(looking.words("message.simulated_empty"))


def _line(looking: Looking, event: FiredEvent | TriedEvent) -> tuple[date, Line, str]:
    """An event's local day, the event in words, and the item's reference."""
    from runtime.simulate.simulation import FiredEvent

    day, clock = looking.local(event.at)
    if isinstance(event, FiredEvent):
        row = event.row
        term = looking.term_label(row.term, row.policy)
        who = _readers(looking, event) + lateness(looking, row.late_s)
        line = Line(clock, row_text(looking.words, row), who, (term,) if term else ())
        return day, line, looking.ref(row.key)
    mark = "✓" if event.done else "✗"
    what = f"{mark} {event_text(looking, event.event, event.key)}"
    line = Line(clock, what, looking.account(event.by), tuple(whys(looking, event)))
    return day, line, looking.ref(event.key)


def _readers(looking: Looking, fired: FiredEvent) -> str:
    """The accounts to which a row sent a notice; else the row whose notice names this one too."""
    if fired.to:
        return "; ".join(looking.account(id) for id in fired.to)
    if fired.spoken_by is None:
        return "—"
    speaker = looking.words(f"deadline_kind.{fired.spoken_by.kind}")
    return looking.words("message.simulated_with", ten=speaker)


def event_text(looking: Looking, event: str, key: Key) -> str:
    """An event as its machine calls it."""
    item = looking.reading.item(key)
    return looking.event_text(event, looking.machine(item.digest), past=False) if item else event


def whys(looking: Looking, attempt: TriedEvent) -> list[str]:
    """The reasons for which it was not done, in sentences."""
    if attempt.error is not None:
        return [sentence(attempt.error)]
    return [str(reason_json(reason, looking.words)["message"]) for reason in attempt.reasons]


def lateness(looking: Looking, seconds: int) -> str:
    """How long after its own instant a row fired, from an hour on."""
    if seconds < HOUR:
        return ""
    if seconds < DAY:
        return "  " + looking.words("message.simulated_late_hours", n=seconds // HOUR)
    return "  " + looking.words("message.simulated_late_days", n=seconds // DAY)


def _joined(events: Iterable[tuple[date, Line, str]]) -> list[tuple[date, Line, list[str]]]:
    """Joins lines of a day that differ only in their references, in place of the first of them."""
    found: dict[tuple[date, Line], list[str]] = {}
    for day, line, ref in events:
        refs = found.setdefault((day, line), [])
        if ref not in refs:
            refs.append(ref)
    return [(day, line, refs) for (day, line), refs in found.items()]


def ranges(refs: Sequence[str]) -> list[str]:
    """The references in order; three and more in a row are written as one range, `T01..T04`."""
    out = sorted(ref for ref in refs if "/" in ref)
    ordered = sorted((ref for ref in refs if "/" not in ref), key=SUBJECTS.order)
    for _, those in groupby(enumerate(ordered), key=lambda pair: (pair[1][0], int(pair[1][1:]) - pair[0])):
        run = [ref for _number, ref in those]
        out += [f"{run[0]}..{run[-1]}"] if len(run) >= SHORTEST_RANGE else run
    return out


# -- what it comes to ------------------------------------------------------------------------------------


def print_summary(looking: Looking, found: Simulation) -> None:
    """Who is late, who is told how much, what nobody did, and the balance of the deadline rows."""
    _print_late(looking, found)
    _print_load(looking, found)
    words, ledger = looking.words, found.ledger
    if found.undone:
        named = ", ".join(f"{looking.ref(key)} ({looking.day(day)})" for key, day in found.undone)
        click.echo("\n" + words("message.simulated_undone", danh_sach=named))
    said = words(
        "message.simulated_ledger",
        n=ledger.created,
        m=ledger.fired,
        so=ledger.cancelled,
        gia_tri=ledger.pending,
    )
    click.echo(f"\n{said}")


def _print_late(looking: Looking, found: Simulation) -> None:
    words = looking.words
    if not found.late:
        click.echo("\n" + words("message.simulated_none_late"))
        return
    click.echo("\n" + words("message.simulated_late", n=len(found.late)))
    print_table(
        [words("column.ref"), words("column.content"), words("column.due"), words("column.late")],
        [
            [
                looking.ref(item.key),
                content(looking, item.key),
                looking.day(item.due),
                words("marker.overdue", n=item.days)
                if item.closed_on is None
                else f"{words('marker.done_late')} ({words('message.simulated_late_days', n=item.days)})",
            ]
            for item in found.late
        ],
    )


def content(looking: Looking, key: Key) -> str:
    """What an item is about: a task's content, a dossier's body."""
    item = looking.reading.item(key)
    if item is None:
        return ""
    return looking.body(item.details.body) if isinstance(item.details, Dossier) else looking.content(item)


def _print_load(looking: Looking, found: Simulation) -> None:
    words = looking.words
    if not found.load:
        return
    from runtime.simulate.simulation import OVERLOADED

    click.echo("\n" + words("message.simulated_load"))
    headings = ("recipient", "notices", "busiest_week", "that_week")
    print_table(
        [words(f"column.{name}") for name in headings],
        [
            [
                looking.account(load.account),
                load.notices,
                looking.day(load.busiest[0]),
                load.busiest[1],
            ]
            for load in found.load
        ],
    )
    over = [load for load in found.load if load.overloaded]
    if over:
        click.echo("\n" + words("message.simulated_overload", n=OVERLOADED))
    for load in over:
        print_wrapped(f"{looking.account(load.account)}: {_weeks(looking, load)}", indent=GAP)


def _weeks(looking: Looking, load: NoticeLoad) -> str:
    return ", ".join(looking.day(week) for week in load.overloaded)
