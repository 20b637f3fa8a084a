"""Notices for every channel in the cause's own transaction, contacts, and leases under several hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from storage import outbox
from storage.database import Database
from storage.outbox import LeasedMessage, NewMessage
from storage.records import Contact
from storage.unit import unit_of_work
from tests.people import OFFICER, STANDING_MEMBER
from tests.storage.office import NOW, OFFICE, ZONE, House
from workflow.engine.ports import FiredRow
from workflow.model.decision import EntryDraft, NoticeDraft
from workflow.model.facts import Key
from workflow.notices.delivery import FailedTry

LEASE = timedelta(minutes=15)
MESSAGE = NewMessage(
    "a" * 40, OFFICER, "email", date(2026, 3, 2), "digest", "a@b.vn", "Chủ đề", "Nội dung", ()
)
DRAFT = NoticeDraft("reminder", None, OFFICER, "Chủ đề", "Nội dung")


def contact(database: Database, *contacts: Contact) -> None:
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="c", now=NOW) as unit:
        for each in contacts:
            outbox.set_contact(unit, each)
        unit.commit()


def tell(database: Database, *notices: NoticeDraft, commit: bool = True) -> None:
    """Notices to readers, as a sweep makes them on T01."""
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="k", now=NOW) as unit:
        item = unit.lock(Key(OFFICE, 2026, "T01"))
        assert item is not None
        unit.write_fired(
            item,
            entry=EntryDraft("remind", "system", "system", item.state, item.state),
            fired=FiredRow("no row", 1, 0),
            rows=(),
            notices=notices,
        )
        if commit:
            unit.commit()


def freeze(database: Database, *messages: NewMessage, now: datetime = NOW) -> None:
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="f", now=now) as unit:
        outbox.hold_freezing(unit)
        for each in messages:
            outbox.freeze(unit, each, now=now)
        unit.commit()


def lease(
    database: Database, by: str, *, now: datetime = NOW, channel: str = "email"
) -> LeasedMessage | None:
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="l", now=now) as unit:
        found = outbox.lease(unit, channel, by=by, now=now, lasting=LEASE)
        unit.commit()
        return found


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in database.connection.execute(text(sql))]


@pytest.mark.usefixtures("house")
def test_a_notice_has_a_row_for_the_inbox_and_one_for_each_channel(database: Database) -> None:
    contact(database, Contact(OFFICER, "zalo", "zalo"), Contact(OFFICER, "email", "a@b.vn"))

    tell(database, DRAFT, replace(DRAFT, to=STANDING_MEMBER))

    found = rows(
        database,
        "SELECT substr(id, 33), to_account, channel, status, subject, text, message FROM notice ORDER BY id",
    )
    assert found == [
        ("-000", OFFICER, "inbox", "sent", "Chủ đề", "Nội dung", None),
        ("-000.1", OFFICER, "email", "pending", None, None, None),
        ("-000.2", OFFICER, "zalo", "pending", None, None, None),
        ("-001", STANDING_MEMBER, "inbox", "sent", "Chủ đề", "Nội dung", None),
    ]


@pytest.mark.usefixtures("house")
def test_without_a_commit_nobody_is_told_anywhere(database: Database) -> None:
    contact(database, Contact(OFFICER, "email", "a@b.vn"))

    tell(database, DRAFT, commit=False)

    assert rows(database, "SELECT id FROM notice") == []


@pytest.mark.usefixtures("house")
def test_what_waits_comes_with_the_words_of_the_inbox(database: Database) -> None:
    contact(database, Contact(OFFICER, "email", "a@b.vn"))
    tell(database, DRAFT)

    found = outbox.waiting(database, OFFICE, channels=("email",))

    assert list(found) == [(OFFICER, "email")]
    (waiting,) = found[OFFICER, "email"]
    assert (waiting.subject, waiting.text, waiting.ref, waiting.since) == ("Chủ đề", "Nội dung", "T01", NOW)
    assert outbox.waiting(database, OFFICE, channels=("zalo",)) == {}
    assert outbox.waiting(database, OFFICE, channels=()) == {}


@pytest.mark.usefixtures("house")
def test_a_message_is_in_one_pair_of_hands_until_its_lease_ends(database: Database) -> None:
    freeze(database, MESSAGE)

    first = lease(database, "a")
    during = lease(database, "b", now=NOW + LEASE - timedelta(seconds=1))
    after = lease(database, "b", now=NOW + LEASE)

    assert first is not None
    assert (first.id, first.attempts) == (MESSAGE.id, 1)
    assert during is None
    assert after == replace(first, attempts=2)


@pytest.mark.usefixtures("house")
def test_only_who_has_the_lease_records_a_failure_and_whoever_sent_records_that(database: Database) -> None:
    freeze(database, MESSAGE)
    slow = lease(database, "a")
    quick = lease(database, "b", now=NOW + LEASE)
    assert slow is not None
    assert quick is not None

    with unit_of_work(database, office=OFFICE, zone=ZONE, command="r", now=NOW) as unit:
        late = outbox.record_failed(unit, slow, FailedTry("dead", NOW), error="x", by="a")
        sent = outbox.record_sent(unit, slow, now=NOW)
        again = outbox.record_sent(unit, quick, now=NOW)
        failed = outbox.record_failed(unit, quick, FailedTry("failed", NOW), error="x", by="b")
        unit.commit()

    assert (late, sent, again, failed) == (False, True, False, False)
    assert rows(database, "SELECT status, leased_by, error FROM message") == [("sent", None, None)]


@pytest.mark.usefixtures("house")
def test_one_persons_messages_go_in_order_and_others_do_not_wait(database: Database) -> None:
    later = NOW + timedelta(days=1)
    freeze(database, MESSAGE, replace(MESSAGE, id="b" * 40, account=STANDING_MEMBER, address="s@b.vn"))
    freeze(database, replace(MESSAGE, id="c" * 40, day=date(2026, 3, 3)), now=later)

    taken = [lease(database, "a", now=later) for _ in range(3)]
    assert [each.id[0] if each else None for each in taken] == ["a", "b", None]
    first = taken[0]
    assert first is not None
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="r", now=later) as unit:
        outbox.record_failed(unit, first, FailedTry("dead", later), error="550", by="a")
        unit.commit()

    third = lease(database, "a", now=later)
    assert third is not None
    assert third.id == "c" * 40


@pytest.mark.usefixtures("house")
def test_an_erased_message_is_not_sent_and_holds_nobody(database: Database) -> None:
    freeze(database, MESSAGE)
    freeze(database, replace(MESSAGE, id="b" * 40, day=date(2026, 3, 3)), now=NOW + timedelta(hours=1))
    with database.transaction():
        database.connection.execute(
            text("UPDATE message SET address = NULL, subject = NULL, body = NULL WHERE day = '2026-03-02'")
        )
        database.commit()

    taken = lease(database, "a", now=NOW + timedelta(hours=1))

    assert taken is not None
    assert taken.id == "b" * 40


@pytest.mark.usefixtures("house")
def test_the_same_message_cannot_be_frozen_twice(database: Database) -> None:
    freeze(database, MESSAGE)

    with pytest.raises(Exception, match=r"uq_message|UNIQUE|unique"):
        freeze(database, replace(MESSAGE, id="b" * 40))

    assert rows(database, "SELECT id FROM message") == [(MESSAGE.id,)]


@pytest.mark.usefixtures("house")
def test_a_removed_contact_ends_what_is_on_its_way_there(database: Database) -> None:
    contact(database, Contact(OFFICER, "email", "a@b.vn"))
    tell(database, DRAFT)
    freeze(database, MESSAGE)

    with unit_of_work(database, office=OFFICE, zone=ZONE, command="r", now=NOW) as unit:
        gone = outbox.remove_contact(unit, OFFICER, "email")
        never = outbox.remove_contact(unit, OFFICER, "zalo")
        unit.commit()

    assert (gone, never) == (True, False)
    assert outbox.contacts(database, OFFICE) == ()
    assert rows(database, "SELECT status FROM message") == [("cancelled",)]
    assert rows(database, "SELECT status FROM notice ORDER BY id") == [("sent",), ("cancelled",)]
    assert lease(database, "a") is None


def test_a_dead_letter_that_is_revived_begins_anew_with_its_bytes(database: Database, house: House) -> None:
    assert house is not None
    freeze(database, MESSAGE)
    first = lease(database, "a")
    assert first is not None
    day = NOW + timedelta(days=3)
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="r", now=day) as unit:
        outbox.record_failed(unit, first, FailedTry("dead", NOW), error="550", by="a")
        unit.commit()
    (letter,) = outbox.dead(database, OFFICE)
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="s", now=day) as unit:
        revived = outbox.revive(unit, [letter.id, "f" * 40], now=day)
        unit.commit()

    again = lease(database, "a", now=day)

    assert revived == 1
    assert again == replace(first, begun_at=day, attempts=1)
    assert again.made_at == NOW.astimezone(UTC)


# Messages that several read


@pytest.fixture
def shared(database: Database, house: House) -> str:
    """The id of a message to two accounts at one address, kept as the officer's."""
    contact(database, Contact(OFFICER, "email", "a@b.vn"), Contact(STANDING_MEMBER, "email", "a@b.vn"))
    tell(database, DRAFT, replace(DRAFT, to=STANDING_MEMBER))
    ids = [str(row[0]) for row in rows(database, "SELECT id FROM notice WHERE channel = 'email' ORDER BY id")]
    freeze(database, replace(MESSAGE, notices=tuple(ids)))
    return MESSAGE.id


def fates(database: Database) -> list[tuple[object, ...]]:
    return rows(database, "SELECT to_account, status FROM notice WHERE channel = 'email' ORDER BY to_account")


def test_a_result_is_that_of_every_notice_of_the_message(database: Database, shared: str) -> None:
    taken = lease(database, "one")
    assert taken is not None
    assert taken.id == shared
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="r", now=NOW) as unit:
        assert outbox.record_sent(unit, taken, now=NOW)
        unit.commit()

    assert fates(database) == [(OFFICER, "sent"), (STANDING_MEMBER, "sent")]


def test_a_reader_who_moves_away_takes_no_shared_message_along(database: Database, shared: str) -> None:
    contact(database, Contact(OFFICER, "email", "c@d.vn"))

    assert rows(database, "SELECT id, address FROM message") == [(shared, "a@b.vn")]


def test_a_reader_without_contact_leaves_a_shared_message_to_the_others(
    database: Database, shared: str
) -> None:
    with unit_of_work(database, office=OFFICE, zone=ZONE, command="r", now=NOW) as unit:
        assert outbox.remove_contact(unit, OFFICER, "email")
        unit.commit()

    assert rows(database, "SELECT id, status FROM message") == [(shared, "pending")]
    assert fates(database) == [(OFFICER, "cancelled"), (STANDING_MEMBER, "pending")]


@pytest.mark.usefixtures("house")
def test_messages_to_one_address_arrive_in_order_whoever_they_are_kept_as(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    second = replace(MESSAGE, id="b" * 40, account=STANDING_MEMBER, day=date(2026, 3, 3))
    freeze(database, MESSAGE)
    freeze(database, second, now=later)

    first = lease(database, "one", now=later)

    assert first is not None
    assert first.id == MESSAGE.id
    assert lease(database, "two", now=later) is None
