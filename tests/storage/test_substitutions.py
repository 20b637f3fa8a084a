"""Acts on the whole office and claims: words, notices and rows, kept alike on both databases."""

from __future__ import annotations

import hashlib
import threading
from datetime import date

import pytest
from sqlalchemy import text

from storage import substitutions
from storage.database import Database
from storage.log.audit import verify
from storage.records import SubstitutionOrder
from storage.views import Reading
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR
from tests.storage.office import NOW, OFFICE, YEAR, House, act, begin, key, records, rows_of, stored
from tests.waiting import LIMIT
from workflow.model.decision import EntryDraft, FreeText, NoticeDraft
from workflow.model.substitution import Substitution

ORDER = EntryDraft(
    event="substitute",
    actor=STANDING_MEMBER,
    role="standing_member",
    from_state=None,
    to_state=None,
    inputs={"absent": CHAIR, "stand_in": VICE_CHAIR, "basis": "12/QĐ-UBND"},
    texts=(FreeText("reason", "Đi công tác"),),
)
WEEK = Substitution(1, CHAIR, VICE_CHAIR, date(2026, 3, 2), date(2026, 3, 9))
NOTICES = (
    NoticeDraft("substitution", None, VICE_CHAIR, "Phân công", "Kính gửi"),
    NoticeDraft("substitution", None, CHAIR, "Phân công", "Kính gửi"),
)


def ordered(database: Database, new: Substitution = WEEK, *, notices: tuple[NoticeDraft, ...] = ()) -> str:
    with begin(database, command=f"order {new.number}") as unit:
        substitutions.locked(unit)
        entry = unit.record_act(ORDER, log=YEAR, notices=notices)
        substitutions.store(unit, new, entry=entry)
        unit.commit()
    return entry


def test_an_order_stands_with_its_entry(database: Database, house: House) -> None:
    entry = ordered(database)

    assert substitutions.ordered(database, OFFICE) == (WEEK,)
    assert substitutions.ordered(database, "other") == ()
    assert rows_of(database, "substitution")[0][-1] == entry
    with begin(database) as unit:
        assert substitutions.locked(unit) == (WEEK,)


def test_an_order_ends_on_a_day_and_its_neighbours_stay(database: Database, house: House) -> None:
    later = WEEK._replace(number=2, from_day=date(2026, 4, 1), until_day=date(2026, 4, 3))
    ordered(database)
    ordered(database, later)

    with begin(database) as unit:
        substitutions.end(unit, 1, on=date(2026, 3, 4))
        unit.commit()

    assert substitutions.ordered(database, OFFICE) == (WEEK._replace(ended_on=date(2026, 3, 4)), later)


def test_the_reason_is_erasable_and_the_entry_holds_its_salted_digest(
    database: Database, house: House
) -> None:
    entry = ordered(database)

    ((_office, cause, name, salt, words),) = rows_of(database, "office_text")
    said = records(database)[-1]
    assert (cause, name, words) == (entry, "reason", "Đi công tác")
    assert said["text.reason"] == hashlib.sha256(bytes(salt) + words.encode()).hexdigest()
    assert (said["item"], said["input.basis"]) == (None, "12/QĐ-UBND")
    assert "công tác" not in str(said)


def test_the_log_verifies_before_and_after_the_words_are_erased(database: Database, house: House) -> None:
    ordered(database, notices=NOTICES)
    assert verify(database, OFFICE).ok

    with begin(database) as unit:
        unit.execute(text("DELETE FROM office_text"))
        unit.commit()

    assert verify(database, OFFICE).ok


def test_notices_of_an_act_on_the_office_have_no_item(database: Database, house: House) -> None:
    entry = ordered(database, notices=NOTICES)

    found = database.connection.execute(
        text("SELECT id, year, ref, kind, to_account, channel, status, subject FROM notice ORDER BY id")
    )
    assert [tuple(row) for row in found] == [
        (f"{entry}-000", YEAR, None, "substitution", VICE_CHAIR, "inbox", "sent", "Phân công"),
        (f"{entry}-001", YEAR, None, "substitution", CHAIR, "inbox", "sent", "Phân công"),
    ]


def test_looking_finds_the_order_its_reason_its_paper_and_its_notices(
    database: Database, house: House, database_url: str
) -> None:
    entry = ordered(database, notices=NOTICES)

    with Reading(database_url) as reading:
        (row,) = reading.substitutions(OFFICE)
        (words,) = reading.texts_of_entry(OFFICE, entry)
        told = reading.notices(OFFICE, YEAR)

    assert row == SubstitutionOrder(WEEK, NOW, STANDING_MEMBER, "Đi công tác", "12/QĐ-UBND")
    assert (words.input, words.value) == ("reason", "Đi công tác")
    assert [(each.ref, each.to) for each in told] == [
        (None, VICE_CHAIR),
        (None, CHAIR),
    ]


@pytest.mark.parametrize("wrong", ["until_day", "stand_in"])
def test_the_table_refuses_what_makes_no_sense(database: Database, house: House, wrong: str) -> None:
    changes = {"until_day": {"until_day": WEEK.from_day}, "stand_in": {"stand_in": WEEK.absent}}

    with pytest.raises(Exception, match=r"(?i)check"):
        ordered(database, WEEK._replace(**changes[wrong]))  # type: ignore[arg-type]


def test_of_two_orders_at_a_time_the_later_one_sees_the_earlier(database: Database, house: House) -> None:
    seen: list[tuple[Substitution, ...]] = []
    second = threading.Event()

    def other() -> None:
        with house.open() as own, begin(own, command="other") as unit:
            second.set()
            seen.append(substitutions.locked(unit))

    thread = threading.Thread(target=other)
    with begin(database, command="first") as unit:
        substitutions.locked(unit)
        thread.start()
        second.wait(0.3)  # on SQLite it waits for the whole transaction and never gets so far
        substitutions.store(unit, WEEK, entry=unit.record_act(ORDER, log=YEAR))
        unit.commit()
    thread.join(LIMIT)

    assert seen == [(WEEK,)]


def test_a_claim_moves_neither_state_nor_version_and_the_log_verifies(
    database: Database, house: House
) -> None:
    before = stored(database, "T01")
    claimed = before._replace(claimed_by=SECRETARY, delegated_by=OFFICER)
    entry = EntryDraft("delegate", OFFICER, "officer", "drafted", "drafted", inputs={"to": SECRETARY})

    with begin(database, command="delegate") as unit:
        unit.lock(key("T01"))
        unit.mark(claimed)
        unit.record_act(entry, log=YEAR, key=key("T01"), notices=NOTICES[:1])
        unit.commit()

    assert stored(database, "T01") == claimed
    assert verify(database, OFFICE).ok
    assert act(database, house, "T01", "submit", actor=OFFICER).item.version == before.version + 1
    assert (stored(database, "T01").claimed_by, stored(database, "T01").delegated_by) == (None, None)
    assert verify(database, OFFICE).ok


def test_saying_who_does_it_is_no_change_of_an_item(
    database: Database, house: House, database_url: str
) -> None:
    act(database, house, "T01", "submit", actor=OFFICER)
    with begin(database, command="said") as unit:
        for event in ("claim", "release", "delegate", "take_back"):
            entry = EntryDraft(event, STANDING_MEMBER, "head", "submitted", "submitted")
            unit.record_act(entry, log=YEAR, key=key("T01"))
        unit.commit()

    with Reading(database_url) as reading:
        changed = reading.changes(OFFICE, YEAR)

    assert [(change.ref, change.event) for change in changed if change.event != "import"] == [
        ("T01", "submit")
    ]
