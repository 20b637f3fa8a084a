"""A simulated year in words: what happens day by day, then who is late and who is told too much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from commands.failures import sentence
from commands.printing import WIDTH, print_by_day, print_table
from commands.reasons import reason_json
from runtime.office.looking import Looking
from runtime.views.deadlines import row_text
from workflow.model.dossiers import Dossier
from workflow.model.facts import Key
from workflow.model.subjects import SUBJECTS
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from runtime.simulate.people import TriedEvent
    from runtime.simulate.simulation import FiredEvent, NoticeLoad, Simulation

WHAT, TO = 31, 28
"""Characters of what happens and of whom it concerns in a line."""
DAY, HOUR = 86_400, 3_600
SHORTEST_RANGE = 3


def print_timeline(looking: Looking, found: Simulation) -> None:
    """Prints everything that happens; events of one moment with the same words share a line."""
    lines = [(*looking.local(event.at), *_line(looking, event)) for event in found.happened]
    if lines:
        click.echo()
    if not print_by_day(
        (
            (day, _aligned(f"  {clock}  {text}", refs))
            for day, those in groupby(lines, key=lambda line: line[0])
            for clock, text, refs in _joined(those)
        ),
        heading=looking.day_with_weekday,
    ):
        click.echo(looking.words("message.simulated_empty"))


def _line(looking: Looking, event: FiredEvent | TriedEvent) -> tuple[str, str]:
    """An event in words, without its hour, and the item's reference."""
    from runtime.simulate.simulation import FiredEvent

    if isinstance(event, FiredEvent):
        row = event.row
        said = row_text(looking.words, row)
        text = f"{shorten(said, WHAT):<{WHAT}}  {shorten(_readers(looking, event), TO):<{TO}}"
        term = looking.term_label(row.term, row.policy)
        return (
            text + lateness(looking, row.late_s) + (f"\n{' ' * 9}{term}" if term else ""),
            looking.ref(row.key),
        )
    mark = "✓" if event.done else "✗"
    said = f"{mark} {event_text(looking, event.event, event.key)}"
    head = f"{shorten(said, WHAT):<{WHAT}}  {shorten(looking.account(event.by), TO):<{TO}}"
    why = "".join(f"\n{' ' * 11}{reason}" for reason in whys(looking, event))
    return head + why, looking.ref(event.key)


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


def _joined(lines: Iterator[tuple[date, str, str, str]]) -> Iterator[tuple[str, str, list[str]]]:
    """Joins lines that differ only in their references, in place of the first of them."""
    found: dict[tuple[str, str], list[str]] = {}
    for _day, clock, text, ref in lines:
        refs = found.setdefault((clock, text), [])
        if ref not in refs:
            refs.append(ref)
    for (clock, text), refs in found.items():
        yield clock, text, refs


def _aligned(head: str, refs: Sequence[str]) -> str:
    """The references after the first line of `head`, in as many lines as they need."""
    first, *more = head.split("\n")
    lines = [first]
    for ref in ranges(refs):
        if len(lines[-1]) + 2 + len(ref) > WIDTH:
            lines.append(" " * len(first))
        lines[-1] += (" " if lines[-1].strip() and lines[-1] != first else "  ") + ref
    return "\n".join(line.rstrip() for line in (*lines, *more))


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
        wide=1,
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
        wide=0,
    )
    over = [load for load in found.load if load.overloaded]
    if over:
        click.echo("\n" + words("message.simulated_overload", n=OVERLOADED))
    for load in over:
        said = f"{looking.account(load.account)}: {_weeks(looking, load)}"
        click.echo("\n".join(wrap(said, WIDTH, initial_indent="  ", subsequent_indent="    ")))


def _weeks(looking: Looking, load: NoticeLoad) -> str:
    return ", ".join(looking.day(week) for week in load.overloaded)
