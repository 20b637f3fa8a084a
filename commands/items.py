"""Tasks and dossiers as rows, for JSON and for people: what the looking commands share."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from commands.session import Session
from runtime.office.looking import Looking
from storage.views import Row
from workflow.model.errors import UnknownActor, UnknownValue
from workflow.model.wording import date_vi

DUE_SOON_DAYS = 14


class NobodyAsked(UnknownActor):
    """It is not clear whose inbox is meant; choose an account with --as: {danh_sach}."""

    code = "no_actor"


def account_of(session: Session) -> str:
    """The account that looks for itself. Raises NobodyAsked, UnknownActor."""
    named = known_account(session)
    if named is None:
        raise NobodyAsked(danh_sach=", ".join(session.looking.directory.get("accounts", {})))
    return named


def known_account(session: Session) -> str | None:
    """--as, TDKT_ACTOR, or the stored account; None where nobody is named. Raises UnknownActor."""
    looking = session.looking
    accounts = looking.directory.get("accounts", {})
    named = session.options.actor or session.environment.get("TDKT_ACTOR") or looking.office_row["actor"]
    if named and named not in accounts:
        raise UnknownActor(actor=named, known=", ".join(accounts))
    return str(named) if named else None


def known_state(session: Session, subject: str, state: str | None) -> str | None:
    """The state by its id, as the office's machine names it. Raises UnknownValue with the known ones."""
    if state is None:
        return None
    looking = session.looking
    machines = (
        looking.reading.compiled(looking.office, "machine", name) for name in looking.directory["machines"]
    )
    known = [
        id
        for row in machines
        if row and row["compiled"]["subject"] == subject
        for id in row["compiled"]["states"]
    ]
    if state not in known:
        raise UnknownValue(what="state", value=state, known=", ".join(known))
    return state


def task_json(row: Row, looking: Looking) -> dict[str, Any]:
    """A task for scripts; `derived` tells that nobody has set the date, `late` that it is past it."""
    return {
        "ref": row["ref"],
        "number": row["number"],
        "quarter": row["quarter"],
        "content": row["content"],
        "kind": row["kind"],
        "bodies": row["bodies"],
        "lead": row["lead"],
        "state": row["state"],
        "due": row["due_on"],
        "derived": row["due_mark"] == "derived",
        "late": looking.days_late(row) > 0,
        "version": row["version"],
        "part": row["part"],
        "waiting": row["waiting"],
        "due_first": row["due_first"],
        "closed_on": row["closed_on"],
        "owners": row["owners"],
        "claimed_by": row["claimed_by"],
        "delegated_by": row["delegated_by"],
    }


def dossier_json(row: Row) -> dict[str, Any]:
    return {
        "ref": row["ref"],
        "task": row["parent"],
        "body": row["body"],
        "type": row["type"],
        "state": row["state"],
        "received_on": row["received_on"],
        "version": row["version"],
        "title": row["title"],
        "complete_on": row["complete_on"],
        "owners": row["owners"],
        "claimed_by": row["claimed_by"],
        "delegated_by": row["delegated_by"],
    }


def nominee_json(line: Row) -> dict[str, Any]:
    """A line of a dossier for scripts; a name that was erased is null."""
    votes = {
        name: line[f"votes_{name}"]
        for name in ("for", "against", "invalid", "present", "total")
        if line["votes_for"] is not None
    }
    return {
        "no": line["no"],
        "kind": line["kind"],
        "name": line["name"],
        "title": line["title"],
        "result": line["result"],
        "outcome": line["outcome"],
        "position": line["position"],
        "unit": line["unit"],
        "achievement": line["achievement"],
        "account": line["account"],
        "votes": votes or None,
    }


def day_text(looking: Looking, day: str | None) -> str:
    """A date as the reader's language writes it."""
    if day is None:
        return ""
    return date_vi(date.fromisoformat(day)) if looking.words.language == "vi" else day


def progress_marker(row: Row, looking: Looking) -> str:
    """How the item stands against its date, in words: one marker, the most pressing."""
    words = looking.words
    late = looking.days_late(row)
    if row["closed_on"]:
        if row["state"] == "cancelled" or not row["due_on"]:
            return ""
        return words("marker.done_late") if late else words("marker.done_on_time")
    if row["waiting"]:
        return words("marker.waiting_external")
    if late:
        return words("marker.overdue", n=late)
    if row["due_on"] is None:
        return ""
    left = (date.fromisoformat(row["due_on"]) - looking.today).days
    if left == 0:
        return words("marker.due_today")
    if left <= DUE_SOON_DAYS:
        return words("marker.due_soon")
    return words("marker.on_track") if row["state"] != "drafted" else words("marker.not_started")


def progress_short(row: Row, looking: Looking) -> str:
    """The same for a narrow column: who waits for others only says so."""
    if row["waiting"] and not row["closed_on"]:
        return looking.words("board.waiting_short")
    return progress_marker(row, looking)


def bodies_text(row: Row, looking: Looking) -> str:
    return "; ".join(looking.body(id) for id in row["bodies"] if id != row["lead"])


def owners_text(row: Row, looking: Looking) -> str:
    """Whoever must act; where somebody else does it today, that too."""
    from runtime.views.work import doers

    said = []
    for owner, by, how in doers(row, looking):
        remark = looking.words.inside(taken_text(looking, by, how))
        said.append(f"{looking.account(owner)} ({remark})" if remark else looking.account(owner))
    return "; ".join(said)


def handed_text(entry: Row, looking: Looking) -> str:
    """Of an entry that says who does the work, who it is; nothing of others."""
    if entry["event"] not in ("substitute", "end_substitution", "delegate"):
        return ""
    said = json.loads(entry["bytes"])
    if entry["event"] == "delegate":
        return looking.position(said["input.to"]) if "input.to" in said else ""
    if "input.stand_in" not in said:
        return looking.position(said["input.absent"])
    return looking.acts_for(said["input.stand_in"], said["input.absent"])


def taken_text(looking: Looking, by: str | None, how: str | None) -> str:
    """That somebody else does the work: it claimed it, had it passed on, or stands in."""
    if by is None or how is None:
        return ""
    name = looking.position(by)
    return looking.words(f"marker.{how}", chuc_vu=name, chuc_vu_thay=name)


def title_text(looking: Looking, id: str) -> str:
    """The full name of a title or form of commendation."""
    rules = looking.reading.compiled(looking.office, "rules", looking.directory.get("rules"))
    found = rules["compiled"]["titles"].get(id) if rules else None
    return looking.words.of(found["label"]) if found else id


def content_text(row: Row, looking: Looking) -> str:
    """What an item is about: a task's content, a dossier's body and title. No nominee's name."""
    if row["subject"] == "task":
        return str(row["content"])
    return f"{looking.body(row['body'])}: {title_text(looking, row['title'])}"


def type_text(looking: Looking, id: str) -> str:
    rules = looking.reading.compiled(looking.office, "rules", looking.directory.get("rules"))
    found = rules["compiled"]["types"].get(id) if rules else None
    return looking.words.of(found["label"]) if found else id


def next_events(row: Row, looking: Looking) -> list[tuple[str, str]]:
    """The events that lead on from the item's state, with their labels; `why` tells who and why not."""
    machine = looking.machine(row["digest"])
    return [
        (id, looking.words.of(event["label"]))
        for id, event in machine["events"].items()
        if any(row["state"] in transition["sources"] for transition in event["transitions"])
    ]
