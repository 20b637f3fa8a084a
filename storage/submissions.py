"""Links of bodies and what came by them, written within a unit of work that holds their task's lock; looking
has its own reading in `storage.views`."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.tables import submission, village_link
from storage.unit import UnitOfWork
from workflow.model.facts import Key
from workflow.model.links import State, Submission, VillageLink


def make_link(unit: UnitOfWork, task: Key, *, entry: str, digest: str, body: str, until: datetime) -> None:
    """Keeps a link by the digest of its secret, with the id of the entry that says so."""
    made = {"entry": entry, "digest": digest, "body": body, "made_at": unit.now, "expires_at": until}
    unit.execute(insert(village_link), {**task._asdict(), **made})


def revoke_link(unit: UnitOfWork, link: VillageLink) -> bool:
    """Whether the link stood until now."""
    table = village_link
    here = (
        *(table.c[name] == value for name, value in link.task._asdict().items()),
        table.c.entry == link.entry,
        table.c.revoked_at.is_(None),
    )
    return bool(unit.execute(update(table).where(*here).values(revoked_at=unit.now)).rowcount)


def links_of(unit: UnitOfWork, task: Key) -> tuple[VillageLink, ...]:
    """All links to the task's list, the oldest first."""
    table = village_link
    names = VillageLink._fields[1:]
    found = (
        select(*(table.c[name] for name in names))
        .where(*(table.c[name] == value for name, value in task._asdict().items()))
        .order_by(table.c.made_at, table.c.entry)
    )
    return tuple(VillageLink(task, *row) for row in unit.execute(found))


def receive(unit: UnitOfWork, link: VillageLink, *, entry: str, code: str, file: str | None) -> None:
    """Keeps what came by the link, with the digest of its receipt's code."""
    came = {
        "entry": entry,
        "code": code,
        "link": link.entry,
        "body": link.body,
        "received_at": unit.now,
        "file": file,
        "state": "received",
    }
    unit.execute(insert(submission), {**link.task._asdict(), **came})


def sent_by(unit: UnitOfWork, link: VillageLink) -> tuple[Submission, ...]:
    """What came by the link, the oldest first."""
    table = submission
    names = Submission._fields[1:]
    found = (
        select(*(table.c[name] for name in names))
        .where(
            *(table.c[name] == value for name, value in link.task._asdict().items()),
            table.c.link == link.entry,
        )
        .order_by(table.c.received_at, table.c.entry)
    )
    return tuple(_submission(link.task, *row) for row in unit.execute(found))


def _submission(
    task: Key,
    entry: str,
    link: str | None,
    body: str,
    received_at: datetime,
    file: str | None,
    state: State,
    dossiers: str | None,
    ended_entry: str | None,
) -> Submission:
    refs = tuple(json.loads(dossiers)) if dossiers else ()
    return Submission(task, entry, link, body, received_at, file, state, refs, ended_entry)


def end(
    unit: UnitOfWork, sent: Submission, state: State, *, entry: str, dossiers: tuple[str, ...] = ()
) -> bool:
    """What became of it, with the entry that says so; whether nothing had become of it until now."""
    table = submission
    here = (
        *(table.c[name] == value for name, value in sent.task._asdict().items()),
        table.c.entry == sent.entry,
        table.c.state == "received",
    )
    values = {"state": state, "ended_entry": entry, "dossiers": json.dumps(dossiers) if dossiers else None}
    return bool(unit.execute(update(table).where(*here).values(values)).rowcount)
