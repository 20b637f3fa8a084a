"""An office in the middle of its year, and whoever owns its database and falsifies it without `tdkt`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, and_, delete, insert, select, update

from runtime.acts import advance, claiming, contacts, funding, holding, movements, remembering, substituting
from runtime.acts.acting import Acting, Done
from runtime.acts.advance import EventRequest
from runtime.acts.definitions import to_store
from runtime.office.seeds import newest, read_definition, seeds
from runtime.office.settings import Options
from storage import issued_papers, offices, payments, proposals, schema
from storage.database import Database
from storage.log.audit import Fault, verify
from storage.log.replay import replay
from storage.offices import StoredDefinition
from storage.tables import invitation, login, login_account, submission, village_link
from storage.types import Day, Instant
from storage.unit import UnitOfWork
from tests.people import ACCOUNTANT, CHAIR, MEMBER, OFFICER, SECRETARY, STANDING_MEMBER
from tests.storage.office import NOW, OFFICE
from workflow.model.achievements import Achievement
from workflow.model.award_decisions import AwardDecision, DecisionLine
from workflow.model.certificates import Certificate
from workflow.model.context import Actor
from workflow.model.decision import Decision, EntryDraft
from workflow.model.facts import Item, Key
from workflow.model.payments import Payment
from workflow.model.printed import IssuedPaper
from workflow.model.sessions import (
    Attendance,
    Ballot,
    Board,
    CouncilSession,
    Presiding,
    Recusal,
    Reply,
    SessionLine,
    Slips,
    Written,
)
from workflow.services.create import Creation, create

LATER = "2026-06-02T09:00"
MANY = 20
"""Rows of a table of many columns, so that each can be changed in a row of its own."""
Row = dict[str, Any]


def make_lively(url: str) -> None:
    """Brings an office of the third schema up, whose log is bound to what stood, and acts on it."""
    with Database(url) as database:
        schema.upgrade(database, now=NOW)
    with Acting(Options(db=url, now=LATER), {}) as acting:

        def done(account: str, ref: str, event: str, **words: str) -> None:
            acting.actor = Actor(account)
            (result,) = advance.advance(acting, [ref], EventRequest(event, words))
            assert result.done, result

        done(OFFICER, "T08", "submit")
        done(STANDING_MEMBER, "T08", "review", opinion="Nhất trí")
        done(CHAIR, "T08", "approve")
        done(STANDING_MEMBER, "T09", "set_deadline", date="2026-07-15", source="Công văn 12")
        acting.actor = Actor(OFFICER)
        claiming.claim(acting, "T10")
        day = date(2026, 6, 1)
        holding.name_holder(
            acting, SECRETARY, "Nguyễn Thị Mẫu", from_day=day, until_day=None, role="administrator"
        )
        contacts.set_mail(acting, SECRETARY, "thu.ky@diemhe.example.vn", role="administrator")
        movement = movements.launch(acting, {"name": "Chung sức xây dựng nông thôn mới"}, role="officer")
        movements.register(acting, movement.ref, ["thon-1"], on=day, role="officer")
        movements.review(acting, movement.ref, "Đạt kết quả bước đầu", on=day, paper=None, role="officer")
        acting.actor = Actor(ACCOUNTANT)
        funding.set_fund(
            acting, 2026, {"allocated": "60.000.000"}, on=day, paper="15/QĐ-UBND", role="accountant"
        )
        acting.actor = Actor(OFFICER)
        record = Achievement(0, "award", "household", "Nông Văn Mẫu", period="2025", value="gdvh")
        remembering.keep_typed(
            acting, [record._replace(unit=f"Thôn {no}") for no in range(MANY)], role="officer"
        )
        acting.act(_propose)
        acting.act(_decide)
        acting.act(_keep_papers)
        acting.act(_let_in)
        acting.actor = Actor(SECRETARY)
        acting.act(lambda unit: _hold_sessions(acting, unit))
        substituting.substitute(
            acting,
            SECRETARY,
            stand_in=OFFICER,
            from_day=date(2026, 7, 1),
            until_day=date(2026, 7, 4),
            reason="Đi công tác",
        )


def _propose(unit: UnitOfWork) -> Done[None]:
    for number in range(MANY):
        proposed = StoredDefinition("rules", f"own-{number}", 1, f"{number:064}", compiled="{}", source="")
        proposals.propose(unit, proposed, by=OFFICER, entry="0" * 32)
    return Done(None)


def _hold_sessions(acting: Acting, unit: UnitOfWork) -> Done[None]:
    """Sessions of the council, with something in each of their columns."""
    seed = newest(seeds(None), "machine", "council_session")
    assert seed is not None
    stored = to_store(read_definition(seed.path))
    offices.store_definition(unit, stored)
    machine = acting.machine(stored.digest)
    words = {"date": "2026-06-01", "at": "08:00", "place": "Phòng họp", "presiding": CHAIR}
    for _number in range(MANY):
        asked = Creation(machine, _held(), OFFICE, 2026, words=words)
        made = create(unit, asked, acting.case)
        assert isinstance(made, Decision), made
    return Done(None)


def _held() -> CouncilSession:
    day, refs = date(2026, 6, 1), ("D0001/1",)
    line = SessionLine(1, "D0001", 1, "cstdcs", "total", 80, strict=False, secret=True)._replace(
        account=MEMBER, ballot=1, group="P1", recused=(MEMBER,), presiding=CHAIR, conclusion="award"
    )
    line = line._replace(
        base_n=2, total=2, in_room=2, voting=2, least=2, issued=2, collected=2, result="pass"
    )
    line = line._replace(written_asked=0, written_returned=0, valid=2, invalid=0, for_=2, against=0, other=0)
    return CouncilSession(
        invitation_no="07/GM",
        invitation_on=day,
        opened_at="08:00",
        closed_at="09:00",
        held_on=day,
        minutes_no="03/BB",
        minutes_on=day,
        last_no=1,
        agenda=("D0001",),
        members=(CHAIR, OFFICER),
        replies=(Reply(CHAIR, "attend", refs),),
        roll=(Attendance(CHAIR, "08:00"),),
        presided=(Presiding(CHAIR, "08:00"),),
        recusals=(Recusal(MEMBER, refs, "named"),),
        board=(OFFICER,),
        boards=(Board((OFFICER,), refs),),
        written=(Written(MEMBER, refs, day, "07:00"),),
        ballots=(Ballot(1, "cstdcs", "08:30", CHAIR, (CHAIR,), secret=True),),
        slips=(Slips("P1", 1, (CHAIR,)),),
        lines=(line,),
    )


def _decide(unit: UnitOfWork) -> Done[None]:
    """An issued decision with a line, as far as the rows go: the office has no machine for it yet."""
    line = DecisionLine(1, "D0001", 1, "gk", "person", "thon-1", amount=710_000, full=710_000)
    details = AwardDecision("award", "gk", "2026", CHAIR, number="112/QĐ-UBND", issued_on=date(2026, 6, 1))
    key = Key(OFFICE, 2026, "Q01")
    task = unit.seen(key._replace(ref="T08"))
    assert task is not None
    item = Item(key, task.machine, task.digest, "issued", 1, replace(details, lines=(line,)))
    entry = EntryDraft("issue", OFFICER, "officer", None, "issued")
    unit.write(Decision(item, entry), open=False, new=True)
    acted = unit.record_act(
        EntryDraft("pay", ACCOUNTANT, "accountant", "issued", "issued"), log=2026, key=key
    )
    day = date(2026, 6, 2)
    moved = Payment(0, 2026, "Q01", "D0001", 1, "paid", 710_000, day, 2026, "cash")
    back = moved._replace(amount=-710_000, undoes=1)
    payments.add(unit, [moved, back], entry=acted)
    handed = [Certificate(2026, "Q01", "D0001", no, str(no), day, day) for no in range(1, MANY)]
    handed.append(Certificate(2026, "Q01", "D0001", MANY, None, day))
    payments.keep_certificates(unit, handed, entry=acted)
    return Done(None)


def _keep_papers(unit: UnitOfWork) -> Done[None]:
    key = Key(OFFICE, 2026, "T08")
    unit.lock(key)
    for number in range(MANY):
        digests = f"{number:064x}", f"{number + MANY:064x}"
        paper = IssuedPaper("quyet_dinh", f"P{number}", *digests, f"{number}/QĐ-UBND", date(2026, 6, 1))
        issued_papers.keep(unit, key, paper)
    unit.record(EntryDraft("keep_paper", OFFICER, "officer", None, None), log=2026, key=key)
    return Done(None)


def _let_in(unit: UnitOfWork) -> Done[None]:
    """Logins, with a password and of an issuer, an invitation, a link and what came by it."""
    here, at = {"office": OFFICE}, datetime.fromisoformat("2026-06-02T02:00:00+00:00")
    draft = EntryDraft("invite", OFFICER, "administrator", None, None)
    entry = unit.record_act(draft, log=2026)
    made = {**here, "entry": entry, "salt": b"1", "language": "vi", "made_at": at}
    known = [{"password": f"$argon2id${no}", "issuer": None, "subject": None} for no in range(MANY)]
    known += [
        {"password": None, "issuer": "https://sso.example.vn", "subject": str(no)} for no in range(MANY)
    ]
    logins = [{**made, **each, "id": f"{no:032x}", "disabled_at": at} for no, each in enumerate(known)]
    unit.execute(insert(login), logins)
    unit.execute(insert(login_account), [{**here, "login": each["id"], "account": CHAIR} for each in logins])
    unit.execute(
        insert(invitation),
        {
            **here,
            "entry": entry,
            "digest": "a" * 64,
            "accounts": f'["{CHAIR}"]',
            "login": logins[0]["id"],
            **dict.fromkeys(("made_at", "expires_at", "used_at", "revoked_at"), at),
        },
    )
    key = Key(OFFICE, 2026, "T08")
    unit.lock(key)
    linked = unit.record_act(EntryDraft("link", OFFICER, "officer", None, None), log=2026, key=key)
    task = {**key._asdict(), "entry": linked, "body": "thon-1"}
    link = {**task, "digest": "b" * 64, **dict.fromkeys(("made_at", "expires_at", "revoked_at"), at)}
    unit.execute(insert(village_link), link)
    came = {"code": "c" * 64, "link": linked, "received_at": at, "file": "d" * 64}
    unit.execute(
        insert(submission),
        {**task, **came, "state": "taken_in", "dossiers": '["D0001"]', "ended_entry": linked},
    )
    return Done(None)


def found(database: Database) -> tuple[Fault, ...]:
    """What is found wrong with the log and the rows. Definitions' sources are not read, nor changed columns
    looked for: both take long."""
    return (*verify(database, OFFICE).faults, *replay(database, OFFICE, explained=0).faults)


def disarm(database: Database) -> None:
    """Takes the guards away, as whoever owns the database can."""
    if database.dialect == "postgresql":
        database.driver.execute("SET session_replication_role = replica")
        checks = database.driver.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c'"
            " AND connamespace = 'public'::regnamespace"
        ).fetchall()
        for table, name in checks:
            database.driver.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        return
    database.driver.execute("PRAGMA foreign_keys=OFF")
    database.driver.execute("PRAGMA ignore_check_constraints=ON")
    for (name,) in database.driver.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        database.driver.execute(f"DROP TRIGGER {name}")


def rows_of(database: Database, table: Table) -> list[Row]:
    """The rows of our office, in the order of their keys."""
    here = select(table).where(table.c.office == OFFICE).order_by(*table.primary_key)
    return [dict(row) for row in database.connection.execute(here).mappings()]


def other(column: Column[Any], value: Any) -> Any:
    """Another value that the column can hold."""
    kind = column.type
    if isinstance(kind, Boolean):
        return not value
    if isinstance(kind, Integer):
        return (value or 0) + 1
    if isinstance(kind, Instant):
        return (value or datetime.fromisoformat("2026-05-04T00:00:00+00:00")) + timedelta(seconds=1)
    if isinstance(kind, Day):
        return (value or date(2026, 5, 4)) + timedelta(days=1)
    if isinstance(kind, LargeBinary):
        return bytes([(value or b"\0")[0] ^ 1]) + (value or b"\0")[1:]
    return f"{(value or ' ')[:-1]}{'y' if (value or '').endswith('x') else 'x'}"


def is_row(table: Table, row: Row) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key))


@contextmanager
def falsified(database: Database, table: Table, row: Row, change: Mapping[str, Any] | None) -> Iterator[None]:
    """The row with other values in it, or without `change` the row removed; at the end all is as it was."""
    run = database.connection.execute
    after = row if change is None else {**row, **change}
    run(delete(table).where(is_row(table, row)) if change is None else _changed(table, row, change))
    try:
        yield
    finally:
        run(delete(table).where(is_row(table, after)))
        run(insert(table), row)


def _changed(table: Table, row: Row, change: Mapping[str, Any]) -> Any:
    return update(table).where(is_row(table, row)).values(change)


@contextmanager
def inserted(database: Database, table: Table, row: Row) -> Iterator[None]:
    database.connection.execute(insert(table), row)
    try:
        yield
    finally:
        database.connection.execute(delete(table).where(is_row(table, row)))
