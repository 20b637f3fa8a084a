"""`tdkt simulate`: plays a year beforehand on a copy in memory, or compares two scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from commands.printing import print_pairs, print_table, say
from commands.session import Command, Session, print_json, with_option
from commands.timeline import content, print_summary, print_timeline
from runtime.office.looking import Looking
from runtime.office.sentences import error_json
from runtime.office.typed import typed_date
from runtime.views.answers import reason_json
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:
    from runtime.simulate.people import TriedEvent
    from runtime.simulate.simulation import FiredEvent, Simulation

NOBODY = "-"
"""Stands for the scenario in which nobody does anything."""


class TwoWays(UsageMistake):
    """Give either --scenario or --compare; --compare takes two files itself."""

    code = "scenario_or_compare"


@click.command(
    cls=Command,
    name="simulate",
    words=(
        "See the time to come: what fires when, to whom, what is late, who is told too much. Without a "
        "scenario nobody does anything from now on. Nothing of the office changes.",
        "Xem trước thời gian tới: mốc nào đến lúc nào, báo cho ai, việc gì quá hạn, ai nhận quá nhiều thông "
        "báo. Không có kịch bản thì coi như từ nay không ai xử lý việc gì. Dữ liệu thật không thay đổi.",
    ),
    example="simulate --to 30/06/2026 --scenario dung-han.yaml",
)
@with_option("--from", "first", metavar="DATE", words=("Tell from this day on.", "Xem từ ngày này."))
@with_option(
    "--to",
    "last",
    metavar="DATE",
    words=(
        "Up to the end of this day (else 31 January after the plan's year).",
        "Đến hết ngày này (mặc định: 31/01 sau năm kế hoạch).",
    ),
)
@with_option(
    "--scenario",
    "file",
    metavar="FILE",
    words=("What people do, as YAML or JSON.", "Mọi người làm gì, tệp YAML hoặc JSON."),
)
@with_option(
    "--compare",
    nargs=2,
    metavar="FILE FILE",
    words=(
        "Two scenarios side by side; - is nobody doing anything.",
        "So sánh hai kịch bản; - là không ai xử lý việc gì.",
    ),
)
def command(
    session: Session,
    first: str | None,
    last: str | None,
    file: str | None,
    compare: tuple[str, str] | None,
) -> None:
    if file is not None and compare is not None:
        raise TwoWays()
    days = tuple(None if text is None else typed_date(text) for text in (first, last))
    looking = session.looking
    found = [_simulated(session, scenario, *days) for scenario in (compare or (file,))]
    if compare is not None:
        _compare(session, looking, found[0], found[1])
    elif session.json:
        print_json(_json(looking, found[0]))
    else:
        say(_headline(looking, found[0]))
        print_timeline(looking, found[0])
        print_summary(looking, found[0])


def _simulated(session: Session, file: str | None, first: date | None, last: date | None) -> Simulation:
    from runtime.simulate.simulation import simulate

    return simulate(
        session.options,
        session.environment,
        file=None if file == NOBODY else file,
        first=first,
        last=last,
    )


def _headline(looking: Looking, found: Simulation) -> str:
    return looking.words(
        "message.simulated",
        ngay=looking.day(found.first),
        gia_tri=looking.day(found.last),
        ten=_title(looking, found),
    )


def _title(looking: Looking, found: Simulation) -> str:
    return found.scenario.title or looking.words("message.simulated_nobody")


# -- for scripts -----------------------------------------------------------------------------------------


def _json(looking: Looking, found: Simulation) -> dict[str, Any]:
    ledger = found.ledger
    return {
        "office": found.office,
        "year": found.year,
        "scenario": found.scenario.title or None,
        "from": found.first,
        "to": found.last,
        "happened": [_happened_json(looking, event) for event in found.happened],
        "undone": [{"ref": key.ref, "year": key.year, "on": day} for key, day in found.undone],
        "late": [
            {
                "ref": item.key.ref,
                "year": item.key.year,
                "due": item.due,
                "closed_on": item.closed_on,
                "days": item.days,
            }
            for item in found.late
        ],
        "notices": [
            {
                "to": load.account,
                "notices": load.notices,
                "weeks": dict(sorted(load.weeks.items())),
                "overloaded": load.overloaded,
            }
            for load in found.load
        ],
        "escalations": dict(sorted(found.escalations.items())),
        "ledger": {
            "created": ledger.created,
            "fired": ledger.fired,
            "cancelled": ledger.cancelled,
            "pending": ledger.pending,
        },
    }


def _happened_json(looking: Looking, event: FiredEvent | TriedEvent) -> dict[str, Any]:
    """One event of the timeline: `what` is `fired`, `done` or `refused`."""
    from runtime.simulate.simulation import FiredEvent

    if isinstance(event, FiredEvent):
        row = event.row
        return {
            "at": event.at,
            "ref": row.key.ref,
            "year": row.key.year,
            "what": "fired",
            "kind": row.kind,
            "level": row.level,
            "name": row.name,
            "occurrence": row.occurrence,
            "to": event.to,
            "late_s": row.late_s,
            "spoken_by": event.spoken_by and event.spoken_by.name,
            "by": None,
            "state": None,
            "reasons": [],
        }
    reasons = [reason_json(reason, looking.words) for reason in event.reasons]
    return {
        "at": event.at,
        "ref": event.key.ref,
        "year": event.key.year,
        "what": "done" if event.done else "refused",
        "kind": "event",
        "level": None,
        "name": event.event,
        "occurrence": None,
        "to": [],
        "late_s": None,
        "spoken_by": None,
        "by": event.by,
        "state": event.state,
        "reasons": reasons if event.error is None else error_json(event.error, looking.words)["reasons"],
    }


# -- two side by side ------------------------------------------------------------------------------------


def _compare(session: Session, looking: Looking, a: Simulation, b: Simulation) -> None:
    late = _differing(*({looking.ref(item.key): item.days for item in found.late} for found in (a, b)))
    keys = {looking.ref(item.key): item.key for found in (a, b) for item in found.late}
    notices = _differing(*({load.account: load.notices for load in found.load} for found in (a, b)))
    levels = _differing(a.escalations, b.escalations)
    if session.json:
        print_json(
            {
                "scenarios": [a.scenario.title or None, b.scenario.title or None],
                "from": a.first,
                "to": a.last,
                "late": [
                    {"ref": keys[ref].ref, "year": keys[ref].year, "days": pair} for ref, pair in late.items()
                ],
                "notices": [{"to": id, "notices": pair} for id, pair in notices.items()],
                "escalations": [{"level": id, "notices": pair} for id, pair in levels.items()],
            }
        )
        return
    words = looking.words
    print_pairs([("A", _headline(looking, a)), ("B", _headline(looking, b))])
    if not late and not notices and not levels:
        click.echo("\n" + words("message.simulated_same"))
    _print_pairs(
        words("message.simulated_late_tasks"),
        {
            f"{ref}  {content(looking, keys[ref])}": tuple(_days(looking, days) for days in pair)
            for ref, pair in late.items()
        },
    )
    _print_pairs(words("message.simulated_load"), {looking.account(id): pair for id, pair in notices.items()})
    _print_pairs(
        words("message.simulated_escalations"), {words(f"level.{id}"): pair for id, pair in levels.items()}
    )


def _differing(a: Mapping[str, int], b: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """The names whose figures differ, with both figures."""
    pairs = {name: (a.get(name, 0), b.get(name, 0)) for name in sorted({*a, *b})}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _days(looking: Looking, days: int) -> str:
    return looking.words("message.simulated_late_days", n=days) if days else "—"


def _print_pairs(heading: str, rows: Mapping[str, tuple[object, ...]]) -> None:
    if rows:
        click.echo()
        print_table([heading, "A", "B"], [[name, *pair] for name, pair in rows.items()])
