"""`tdkt show REF`: a task or a dossier with all that a person needs to act on it. Looking only."""

from __future__ import annotations

from typing import Any

import click

from commands.incident import incident_text
from commands.items import (
    bodies_text,
    day_text,
    dossier_json,
    handed_text,
    next_events,
    nominee_json,
    owners_text,
    progress_marker,
    task_json,
    title_text,
    type_text,
)
from commands.printing import print_pairs, print_table
from commands.session import Command, Session, print_json
from runtime.office.looking import Looking, local_text
from runtime.views.expected import lists_of
from storage.views import Row

LAST_ENTRIES = 8


@click.command(cls=Command, name="show", words=("Show a task or a dossier.", "Xem một nhiệm vụ hoặc hồ sơ."))
@click.argument("ref")
def command(session: Session, ref: str) -> None:
    show_item(session, ref)


def show_item(session: Session, ref: str) -> None:
    """A task or a dossier, in words or as JSON. Raises BadReference, UnknownReference."""
    looking = session.looking
    row = looking.item(ref)
    if session.json:
        print_json(item_json(row, looking))
        return
    if row["subject"] == "task":
        _print_task(row, looking)
    else:
        _print_dossier(row, looking)
    _print_incidents(row, looking)
    _print_next(row, looking)
    _print_history(row, looking)


def _print_incidents(row: Row, looking: Looking) -> None:
    """What keeps the item's deadlines from firing; `tdkt incident list` says what to do."""
    for each in looking.reading.incidents(looking.office, year=row["year"], ref=row["ref"]):
        text = looking.words("incident.on_item", so=each["id"], ly_do=incident_text(each, looking))
        click.echo(f"\n{text}")


def item_json(row: Row, looking: Looking) -> dict[str, Any]:
    """The item for scripts: a dossier with its nominees, a task with its dossiers; events and memory."""
    reading, events = looking.reading, [id for id, _label in next_events(row, looking)]
    if row["subject"] == "task":
        dossiers = [
            dossier_json(each) for each in reading.dossiers(looking.office, looking.year, task=row["ref"])
        ]
        return {
            **task_json(row, looking),
            "period": row["period"],
            "dossiers": dossiers,
            "events": events,
            "expected": _expected_json(row, looking),
            "terms": looking.terms(row),
        }
    lines = reading.nominees(looking.office, looking.year, row["ref"])
    shown = dossier_json(row)
    return {
        **{name: shown[name] for name in ("ref", "task", "body", "type", "state", "received_on", "version")},
        "nominees": [nominee_json(line) for line in lines],
        **{name: shown[name] for name in ("title", "complete_on", "owners", "claimed_by", "delegated_by")},
        "events": events,
        "terms": looking.terms(row),
        "due": row["due_on"],
        "overdue": row["overdue"],
    }


def _expected_json(row: Row, looking: Looking) -> dict[str, Any] | None:
    """The counts of the task's list of expected dossiers; None where it has none."""
    for listed in lists_of(looking, ref=row["ref"]):
        counts = {status: listed.count(status) for status in ("received", "nothing", "silent")}
        return {"owed": len(listed.owed), **counts, "silent_bodies": [each.body for each in listed.silent]}
    return None


def _print_task(row: Row, looking: Looking) -> None:
    words = looking.words
    click.echo(f"{row['ref']}  {row['content']}")
    derived = (
        f"  ({words('marker.derived')})" if row["due_mark"] == "derived" and not row["closed_on"] else ""
    )
    print_pairs(
        [
            (words("column.quarter"), row["quarter"]),
            (words("column.state"), looking.state(row)),
            (words("column.due"), day_text(looking, row["due_on"]) + derived),
            (words("column.late"), progress_marker(row, looking)),
            (words("column.note"), _extension(row, looking)),
            (words("column.lead"), looking.body(row["lead"])),
            (words("column.cooperating"), bodies_text(row, looking)),
            (words("column.owner"), owners_text(row, looking)),
            (words("column.expected"), _expected(row, looking)),
        ]
    )
    _print_terms(row, looking)
    dossiers = looking.reading.dossiers(looking.office, looking.year, task=row["ref"])
    if dossiers:
        click.echo()
        print_dossiers(dossiers, looking)


def _print_terms(row: Row, looking: Looking) -> None:
    """The terms under way, with their dates and how the item stands against each."""
    terms = looking.terms(row)
    if not terms:
        return
    words = looking.words
    click.echo()
    print_table(
        [words(f"column.{name}") for name in ("term", "due", "late")],
        [(term["label"], day_text(looking, term["due"]), _against(term, row, looking)) for term in terms],
        wide=0,
    )


def _against(term: Row, row: Row, looking: Looking) -> str:
    if term["due"] is None:
        return looking.words("marker.paused_since", ngay=day_text(looking, term["paused_on"]))
    return progress_marker({**row, "due_on": term["due"], "waiting": False}, looking)


def _expected(row: Row, looking: Looking) -> str:
    """How many of the bodies that owe a dossier have answered, and who has not."""
    words = looking.words
    for listed in lists_of(looking, ref=row["ref"]):
        silent = "; ".join(looking.body(each.body) for each in listed.silent)
        said = words("expect.answered", n=listed.answered, m=len(listed.owed))
        return f"{said}; {words('expect.silent_are', don_vi=silent)}" if silent else said
    return ""


def _extension(row: Row, looking: Looking) -> str:
    """That the date was moved, with the first one, and that somebody asks to move it."""
    words, notes = looking.words, []
    if row["due_mark"] == "extended":
        days = {"ngay": day_text(looking, row["due_on"]), "ngay_cu": day_text(looking, row["due_first"])}
        notes.append(words("marker.extended", **days))
    proposed = row["memory"].get("proposed_until")
    if proposed and not row["closed_on"]:
        notes.append(words("marker.extension_proposed", ngay=day_text(looking, proposed)))
    return "; ".join(notes)


def print_dossiers(rows: list[Row], looking: Looking) -> None:
    words = looking.words
    print_table(
        [words(f"column.{name}") for name in ("ref", "task", "body", "title", "nominees", "state")],
        [
            (
                row["ref"],
                row["parent"],
                looking.body(row["body"]),
                title_text(looking, row["title"]),
                row["nominees"],
                looking.state(row),
            )
            for row in rows
        ],
        wide=3,
    )


def _print_dossier(row: Row, looking: Looking) -> None:
    words = looking.words
    click.echo(f"{row['ref']}  {looking.body(row['body'])}: {title_text(looking, row['title'])}")
    print_pairs(
        [
            (words("column.task"), row["parent"]),
            (words("column.type"), type_text(looking, row["type"])),
            (words("column.state"), looking.state(row)),
            (words("column.received_on"), day_text(looking, row["received_on"])),
            (words("column.complete_on"), day_text(looking, row["complete_on"])),
            (words("column.owner"), owners_text(row, looking)),
        ]
    )
    _print_terms(row, looking)
    lines = looking.reading.nominees(looking.office, looking.year, row["ref"])
    if lines:
        click.echo()
        _print_lines(lines, row["ref"], looking)


def _print_lines(lines: list[Row], ref: str, looking: Looking) -> None:
    words = looking.words
    print_table(
        [
            words(f"column.{name}")
            for name in ("nominee", "name", "kind", "title", "votes", "result", "outcome")
        ],
        [
            (
                f"{ref}/{line['no']}",
                line["name"] or "—",
                words(f"nominee_kind.{line['kind']}"),
                title_text(looking, line["title"]),
                ""
                if line["votes_for"] is None
                else f"{line['votes_for']}/{line['votes_present']}/{line['votes_total']}",
                "" if line["result"] is None else words(f"result.{line['result']}"),
                words(f"outcome.{line['outcome']}"),
            )
            for line in lines
        ],
        wide=1,
    )


def _print_next(row: Row, looking: Looking) -> None:
    events = next_events(row, looking)
    if events:
        named = ", ".join(f"{id} ({label})" for id, label in events)
        click.echo()
        click.echo(f"{looking.words('column.next_event')}: {named}")


def _print_history(row: Row, looking: Looking) -> None:
    """The last changes, without the reminders of the sweep."""
    words, machine = looking.words, looking.machine(row["digest"])
    entries = [
        entry
        for entry in looking.reading.entries(looking.office, row["year"], ref=row["ref"])
        if entry["role"] != "system" or entry["event"] == "import"
    ][-LAST_ENTRIES:]
    if not entries:
        return
    click.echo()
    for entry in entries:
        event = looking.event(entry["event"], machine)
        part = "label" if entry["refused"] else "past"
        label = words.of(event[part]) if event else words(f"event.{entry['event']}.{part}")
        if detail := handed_text(entry, looking):
            label = f"{label}: {detail}"
        if entry["refused"]:
            label = f"{label}: {words('event.refused.past')}"
        day, clock = local_text(entry["at"], looking.zone).split()
        click.echo(f"{day_text(looking, day)} {clock}  {label}  ({looking.doer(entry)})")
