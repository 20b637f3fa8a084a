"""What every database must keep of the unit of work's promises: held on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import astuple, replace
from datetime import UTC, date, datetime, timedelta
from typing import cast

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError as WrappedIntegrityError

from storage.database import Database
from storage.items import Surroundings
from storage.log.canonical import encode
from storage.log.merkle import CompactRange, leaf_hash, root_of
from tests.ledger import entry_said
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.storage.office import (
    DIGEST_KEY,
    NOW,
    OFFICE,
    ROWS,
    YEAR,
    House,
    act,
    begin,
    count_rows,
    everything,
    key,
    new_dossier,
    records,
    rows_of,
    stored,
)
from workflow.engine.ports import FiredRow, StoredAnswer
from workflow.model.days import utc_text
from workflow.model.decision import DeadlineRow, Decision, EntryDraft, FreeText, NoticeDraft, Reason
from workflow.model.definition import DayUnit
from workflow.model.dossiers import DescribedLine, Dossier, DossierState, Nominee, Votes
from workflow.model.errors import Conflict
from workflow.model.facts import Alerts, Item, ItemTerm, Proposal
from workflow.model.papers import NumberedPaper
from workflow.model.tasks import Arisen, OpenTask, Planned, Task
from workflow.services.advance import Tried

ENTRY = EntryDraft(event="import", actor=OFFICER, role="officer", from_state=None, to_state="drafted")


TERMS = (
    ItemTerm(
        *("decision", date(2026, 12, 7), date(2026, 11, 20), 2, "deadlines/2", 3, date(2026, 11, 26)),
        alerts=Alerts(1, (STANDING_MEMBER, VICE_CHAIR)),
    ),
    ItemTerm("review", None, date(2026, 11, 20), 1, "deadlines/2"),
)
OTHER_TERMS = (
    TERMS[0]._replace(paused_on=None, alerts=Alerts(2, (CHAIR,))),
    TERMS[1],
    ItemTerm("supplement", date(2026, 12, 3), date(2026, 11, 26), 1, "deadlines/2"),
)


def a_task(house: House, **changes: object) -> Item:
    """A task of which no field has its default."""
    machine = house.shipped.machine("plan_task")
    item = Item(
        key=key("T90"),
        machine=machine.name,
        digest=machine.digest,
        state="drafted",
        version=1,
        details=Task(
            *(90, "IV", "Hội nghị tổng kết", "conference", "host", "Tháng 12", "ubnd", ("ubnd",), ("lead",)),
            planned=Planned(
                date(2026, 12, 30),
                "van_hoa_xa_hoi",
                ("ubnd", "cac_thon"),
                ("due", "lead"),
                "conference",
                "host",
                19,
            ),
            arisen=Arisen("12/CV-SNV", date(2026, 3, 2)),
            name="Thi đua quý II",
            forwarded=2,
        ),
        owners=(OFFICER, SECRETARY),
        due_on=date(2026, 12, 31),
        due_mark="extended",
        due_first=date(2026, 11, 30),
        waiting=True,
        overdue=True,
        closed_on=date(2027, 1, 2),
        claimed_by=SECRETARY,
        delegated_by=OFFICER,
        claimed_at=NOW,
        submitted_by=SECRETARY,
        submitted_for=OFFICER,
        returns=2,
        proposed_until=date(2027, 1, 15),
        round=3,
        asks=4,
        alerts=Alerts(5, (CHAIR, SECRETARY)),
        terms=TERMS,
        reviewed_by=CHAIR,
        reviewed_for=SECRETARY,
        proposed_by=SECRETARY,
        proposed_for=CHAIR,
        rules="0" * 64,
        target_on=date(2026, 12, 15),
        proposal=Proposal("propose_record", SECRETARY, OFFICER, {"paper": "01/BC-UBND", "lines": [1, 2]}),
    )
    return item._replace(**changes)  # type: ignore[arg-type]


def a_dossier(house: House, **changes: object) -> Item:
    machine = house.shipped.machine("nomination_dossier")
    nominees = (
        Nominee(1, "person", "ldtt", CHAIR, Votes(7, 1, 1, 9, 9), "pass", "awarded_here"),
        Nominee(3, "household", "gdvh"),
    )
    dossier = Dossier(
        VILLAGE, "cong_trang", "ldtt", date(2026, 1, 5), date(2026, 1, 6), nominees, 3, "council"
    )
    item = Item(
        key=key("D0090"),
        machine=machine.name,
        digest=machine.digest,
        state="drafted",
        version=1,
        details=dossier,
        parent="T02",
        owners=(VILLAGE,),
    )
    return item._replace(**changes)  # type: ignore[arg-type]


def write(database: Database, *decisions: Decision, new: bool = False) -> None:
    with begin(database) as unit:
        for decision in decisions:
            if not new:
                unit.lock(decision.item.key)
            unit.write(decision, open=True, new=new)
        unit.commit()


# -- what is written is what is read -----------------------------------------------------------------


def test_a_task_is_read_as_it_was_written(database: Database, house: House) -> None:
    task = a_task(house)

    write(database, Decision(task, ENTRY), new=True)

    assert stored(database, "T90") == task


def test_a_changed_task_is_read_as_it_was_changed(database: Database, house: House) -> None:
    write(database, Decision(a_task(house), ENTRY), new=True)
    changed = a_task(
        house,
        state="submitted",
        version=2,
        details=Task(90, "III", "Sơ kết", "report", None, None, "van_hoa_xa_hoi", ("van_hoa_xa_hoi", "ubnd")),
        owners=(),
        due_on=None,
        due_mark=None,
        due_first=None,
        waiting=False,
        overdue=False,
        closed_on=None,
        claimed_by=None,
        delegated_by=None,
        claimed_at=None,
        submitted_by=None,
        submitted_for=None,
        returns=0,
        proposed_until=None,
        round=0,
        asks=0,
        alerts=Alerts(),
        terms=OTHER_TERMS,
        reviewed_by=None,
        reviewed_for=None,
        proposed_by=None,
        proposed_for=None,
        rules=None,
    )

    write(database, Decision(changed, replace(ENTRY, to_state="submitted")))

    assert stored(database, "T90") == changed


def test_a_dossier_is_read_with_its_nominees_as_it_was_written(database: Database, house: House) -> None:
    dossier = a_dossier(house)

    write(database, Decision(dossier, ENTRY), new=True)

    assert stored(database, "D0090") == dossier


def test_nominees_are_added_changed_and_removed_as_the_dossier_says(database: Database, house: House) -> None:
    write(database, Decision(a_dossier(house), ENTRY), new=True)
    nominees = (
        Nominee(3, "household", "gdvh", None, Votes(2, 6, 0, 8, 9), "fail", "not_awarded"),
        Nominee(4, "collective", "ttldtt"),
    )
    changed = a_dossier(
        house, version=2, details=Dossier(VILLAGE, "cong_trang", "ldtt", None, None, nominees, 4)
    )

    write(database, Decision(changed, ENTRY))

    assert stored(database, "D0090") == changed


def test_a_reference_that_is_not_there_is_no_item(database: Database, house: House) -> None:
    with begin(database) as unit:
        assert unit.lock(key("T99")) is None
        assert unit.lock(key("T99"), skip_locked=True) is None


def test_a_tasks_dossiers_are_told_with_their_states(database: Database, house: House) -> None:
    new_dossier(database, house)
    new_dossier(database, house)

    with begin(database) as unit:
        assert unit.dossiers_of(key("T02")) == (
            DossierState("D0001", "drafted"),
            DossierState("D0002", "drafted"),
        )
        assert unit.dossiers_of(key("T01")) == ()


def test_a_paper_is_found_by_its_number_however_that_was_spelled(database: Database, house: House) -> None:
    given = {"date": "2025-12-30", "paper": "5/QD-UBND"}
    taken = act(database, house, "T01", "adopt", actor=STANDING_MEMBER, words=given)
    assert isinstance(taken, Decision)

    paper = NumberedPaper(YEAR, "T01", "5/QD-UBND", date(2025, 12, 30), None)
    with begin(database) as unit:
        assert unit.papers(YEAR, "05/QĐ-UBND") == unit.papers(YEAR + 1, "5/QD-UBND") == (paper,)
        assert unit.papers(YEAR, "15/QĐ-UBND") == unit.papers(YEAR, "05/BC-UBND") == ()
        assert unit.papers(YEAR + 2, "05/QĐ-UBND") == ()


def test_the_open_tasks_of_a_quarter_are_told_in_the_plans_order(database: Database, house: House) -> None:
    host = a_task(house)._replace(state="drafted")
    write(database, Decision(host, ENTRY), new=True)

    with begin(database) as unit:
        assert unit.open_tasks(YEAR, "IV") == (OpenTask("T90", "conference_host", "Hội nghị tổng kết"),)
        assert unit.open_tasks(YEAR, "I") == tuple(
            OpenTask(f"T{row.number:02}", row.kind, row.content) for row in ROWS
        )
        assert unit.open_tasks(YEAR + 1, "I") == ()
    cancelled = act(database, house, "T01", "cancel", actor=CHAIR, words={"reason": "x"})
    assert isinstance(cancelled, Decision)
    with begin(database) as unit:
        assert [task.ref for task in unit.open_tasks(YEAR, "I")] == ["T02", "T03", "T04"]


def test_a_task_finished_earlier_in_the_same_transaction_is_no_open_one(
    database: Database, house: House
) -> None:
    with begin(database) as unit:
        item = unit.lock(key("T01"))
        assert item is not None
        unit.write(Decision(item._replace(state="cancelled", version=2), ENTRY), open=False)
        assert [task.ref for task in unit.open_tasks(YEAR, "I")] == ["T02", "T03", "T04"]


def test_an_unfinished_predecessor_is_told_beside_the_event(database: Database, house: House) -> None:
    """T04 issues a plan, T01 reports in the same quarter."""
    act(database, house, "T04", "submit", actor=OFFICER)
    act(database, house, "T04", "review", actor=STANDING_MEMBER, words={"opinion": "Nhất trí"})

    answer = act(database, house, "T04", "approve", actor=CHAIR)

    assert isinstance(answer, Decision)
    assert answer.warnings == (Reason("predecessor", {"ref": "T01", "noi_dung": "Báo cáo kết quả năm 2025"}),)


def test_nominees_names_are_told_by_number_until_they_are_erased(database: Database, house: House) -> None:
    ref = new_dossier(database, house).item.key.ref
    for name in ("Nguyễn Thị A", "Trần Văn B"):
        act(database, house, ref, "add", actor=VILLAGE, words={"kind": "person", "name": name})
    act(database, house, ref, "edit", actor=VILLAGE, words={"nominee": "2", "name": "Trần Văn C"})

    with begin(database) as unit:
        assert unit.nominee_names(key(ref)) == {1: "Nguyễn Thị A", 2: "Trần Văn C"}
        assert unit.nominee_names(key("T01")) == {}
    act(database, house, ref, "remove", actor=VILLAGE, words={"nominee": "1"})
    with begin(database) as unit:
        assert unit.nominee_names(key(ref)) == {2: "Trần Văn C"}


def test_a_notice_that_an_event_causes_is_kept_with_it(database: Database, house: House) -> None:
    ref = new_dossier(database, house).item.key.ref
    act(database, house, ref, "add", actor=VILLAGE, words={"kind": "person", "name": "Nguyễn Thị A"})

    act(database, house, ref, "submit", actor=VILLAGE)
    words = {"missing": "Báo cáo của Nguyễn Thị A", "until": "2026-03-09"}
    act(database, house, ref, "return", actor=SECRETARY, words=words)

    found = database.connection.execute(
        text("SELECT kind, to_account, subject, text, deadline FROM notice ORDER BY kind")
    ).all()
    received, returned, turn = found
    assert (received.kind, received.to_account, received.deadline) == ("received", VILLAGE, None)
    assert received.subject == "[BẢN THỬ] [TĐKT Điềm He] Đã nhận hồ sơ D0001"
    assert (returned.kind, returned.to_account, returned.deadline) == ("returned", VILLAGE, None)
    assert "chưa đúng: báo cáo của trường hợp số 1.\n" in returned.text
    assert (turn.kind, turn.to_account, turn.deadline) == ("to_check", OFFICER, None)
    assert not any("Nguyễn" in json.dumps(record, ensure_ascii=False) for record in records(database))


def test_deadlines_are_read_when_due_in_order_of_time(database: Database, house: House) -> None:
    rows = tuple(
        DeadlineRow(
            *(name, 2, kind, NOW + timedelta(hours=hours), date(2026, 3, 2), "vn-2026/1", True, level),
            term="review",
            rung=rung,
            unit=cast("DayUnit | None", unit),
        )
        for name, kind, hours, level, rung, unit in (
            ("escalation-5", "escalation", -1, "vice", 5, "wd"),
            ("due", "due", -2, None, None, None),
            ("reminder-7", "reminder", 0, None, 7, "cd"),
            ("reminder-1", "reminder", 1, None, 1, "wd"),
        )
    )
    ended = replace(rows[0], name="ask", status="cancelled", reason="past")

    write(database, Decision(a_task(house), ENTRY, deadlines=(*rows, ended)), new=True)

    with begin(database) as unit:
        assert unit.due_rows(key("T90"), now=NOW) == (rows[1], rows[0], rows[2])


def test_a_decision_that_ends_the_pending_rows_says_why_and_makes_its_own(
    database: Database, house: House
) -> None:
    row = DeadlineRow("due", 1, "due", NOW, date(2026, 3, 2), "vn-2026/1", True)
    write(database, Decision(a_task(house), ENTRY, deadlines=(row,)), new=True)
    next_row = replace(row, occurrence=2)

    moved = Decision(a_task(house, version=2), ENTRY, cancel_deadlines="moved", deadlines=(next_row,))
    write(database, moved)

    with begin(database) as unit:
        assert unit.due_rows(key("T90"), now=NOW) == (next_row,)
    kept = database.connection.execute(
        text("SELECT occurrence, status, reason FROM deadline WHERE ref = 'T90' ORDER BY occurrence")
    )
    assert [tuple(each) for each in kept] == [(1, "cancelled", "moved"), (2, "pending", None)]


def test_a_fired_row_keeps_its_lateness_and_leaves_state_and_version(
    database: Database, house: House
) -> None:
    row = DeadlineRow("due", 1, "due", NOW, date(2026, 3, 2), "vn-2026/1", True)
    write(database, Decision(a_task(house), ENTRY, deadlines=(row,)), new=True)
    marked = a_task(
        house, overdue=False, waiting=False, owners=(SECRETARY,), asks=9, alerts=Alerts(1), terms=OTHER_TERMS
    )

    with begin(database) as unit:
        unit.lock(key("T90"))
        unit.write_fired(
            marked,
            entry=replace(
                ENTRY,
                event="overdue",
                actor="system",
                from_state="drafted",
                inputs={"row": "due", "occurrence": 1, "late_s": 61},
            ),
            fired=FiredRow("due", 1, 61),
            rows=(replace(row, name="ask"),),
            notices=(),
        )
        unit.commit()

    assert stored(database, "T90") == marked
    fired = database.connection.execute(
        text("SELECT name, status, late_s, fired_at IS NULL FROM deadline WHERE ref = 'T90' ORDER BY name")
    )
    assert [tuple(each) for each in fired] == [("ask", "pending", None, True), ("due", "fired", 61, False)]


@pytest.mark.broken_database
def test_notices_are_kept_with_their_cause(database: Database, house: House) -> None:
    notices = (
        NoticeDraft("reminder", None, OFFICER, "Nhắc hạn", "Còn 7 ngày", "reminder-7", 1),
        NoticeDraft("escalation", "vice", VICE_CHAIR, "Báo cáo", "Quá hạn 5 ngày", instead_of=CHAIR),
    )

    write(database, Decision(a_task(house), ENTRY, notices=notices), new=True)

    cause = entry_of(database, "T90")
    kept = database.connection.execute(
        text(
            "SELECT id, ref, channel, status, kind, level, to_account, subject, text, deadline, occurrence,"
            " instead_of FROM notice ORDER BY id"
        )
    )
    assert [tuple(each) for each in kept] == [
        (f"{cause}-{number:03}", "T90", "inbox", "sent", *astuple(notice))
        for number, notice in enumerate(notices)
    ]


def test_free_texts_are_kept_apart_under_the_digests_that_their_entry_holds(
    database: Database, house: House
) -> None:
    texts = (FreeText("name", "Nguyễn Văn A", nominee=3), FreeText("note", "Đã gọi điện"))

    write(database, Decision(a_dossier(house), replace(ENTRY, texts=texts)), new=True)

    entry = entry_of(database, "D0090")
    kept = rows_of(database, "free_text")
    assert [(row[3], row[4], row[5], row[7]) for row in kept] == [
        (0, entry, "note", "Đã gọi điện"),
        (3, entry, "name", "Nguyễn Văn A"),
    ]
    said = records(database)[-1]
    digests = {
        f"text.{row[5]}": hashlib.sha256(bytes(row[6]) + str(row[7]).encode()).hexdigest() for row in kept
    }
    assert {name: value for name, value in said.items() if name.startswith("text.")} == digests


def test_a_removed_nominee_leaves_no_words_and_its_neighbours_keep_theirs(
    database: Database, house: House
) -> None:
    words = tuple(FreeText("name", f"Người số {no}", nominee=no) for no in (1, 3))
    nominees = (*a_nominees(house), Nominee(31, "person", "ldtt"))
    dossier = a_dossier(house, details=Dossier(VILLAGE, "cong_trang", "ldtt", None, None, nominees, 31))
    texts = (*words, FreeText("name", "Người số 31", nominee=31))
    write(database, Decision(dossier, replace(ENTRY, texts=texts)), new=True)
    kept = replace(Dossier.of(dossier), nominees=(nominees[0], nominees[2]))
    write(database, Decision(dossier._replace(version=2, details=kept), ENTRY))

    assert [(row[3], row[5]) for row in rows_of(database, "free_text")] == [(1, "name"), (31, "name")]


def test_of_a_nominee_only_the_words_given_last_stand_and_of_events_all(
    database: Database, house: House
) -> None:
    first = (FreeText("name", "Nguyễn Văn A", nominee=3), FreeText("note", "Một"))
    write(database, Decision(a_dossier(house), replace(ENTRY, texts=first)), new=True)
    again = (FreeText("name", "Nguyễn Văn B", nominee=3), FreeText("note", "Hai"))

    write(database, Decision(a_dossier(house, version=2), replace(ENTRY, texts=again)))

    kept = Counter((row[3], row[5], row[7]) for row in rows_of(database, "free_text"))
    assert kept == {(0, "note", "Một"): 1, (0, "note", "Hai"): 1, (3, "name", "Nguyễn Văn B"): 1}
    with begin(database) as unit:
        assert unit.nominee_names(key("D0090")) == {3: "Nguyễn Văn B"}


def a_nominees(house: House) -> tuple[Nominee, ...]:
    return Dossier.of(a_dossier(house)).nominees


def entry_of(database: Database, ref: str) -> str:
    found = database.connection.execute(text("SELECT last_entry FROM item WHERE ref = :ref"), {"ref": ref})
    return str(found.scalar_one())


# -- all or nothing ----------------------------------------------------------------------------------


def test_leaving_without_commit_leaves_nothing(database: Database, house: House) -> None:
    before = everything(database)
    decision = Decision(
        a_dossier(house),
        replace(ENTRY, texts=(FreeText("note", "x"),)),
        deadlines=(DeadlineRow("due", 1, "due", NOW, date(2026, 3, 2), "vn-2026/1", True),),
        notices=(NoticeDraft("reminder", None, OFFICER, "s", "t"),),
    )

    with begin(database) as unit:
        unit.claim_key("body", digest_key=DIGEST_KEY)
        unit.write(decision, open=True, new=True)
        unit.next_number("dossier", YEAR)
        unit.lock(key("D0090"))
    assert everything(database) == before

    with pytest.raises(KeyboardInterrupt), begin(database) as unit:  # noqa: PT012
        unit.write(decision, open=True, new=True)
        unit.lock(key("D0090"))
        raise KeyboardInterrupt
    assert everything(database) == before


def test_an_item_whose_entry_never_comes_cannot_be_committed(database: Database, house: House) -> None:
    before = everything(database)

    with pytest.raises(Exception, match=r"(?i)foreign key"), begin(database) as unit:  # noqa: PT012
        unit.execute(
            text("UPDATE item SET state = 'submitted', version = 2, last_entry = 'none' WHERE ref = 'T01'")
        )
        unit.commit()

    assert everything(database) == before


def test_a_dossiers_number_is_given_once_and_only_when_committed(database: Database, house: House) -> None:
    with begin(database) as unit:
        assert unit.next_number("dossier", YEAR) == 1
    with begin(database) as unit:
        assert [unit.next_number("dossier", YEAR), unit.next_number("dossier", YEAR)] == [1, 2]
        unit.commit()
    with begin(database) as unit:
        assert unit.next_number("dossier", YEAR) == 3


def test_another_version_is_a_conflict_before_anything_is_judged(database: Database, house: House) -> None:
    before = everything(database)

    with pytest.raises(Conflict) as caught:
        act(database, house, "T01", "approve", actor="nobody", version=7)

    assert caught.value.operands == {"ref": "T01", "expected": 7, "found": 1}
    assert everything(database) == before


# -- idempotency -------------------------------------------------------------------------------------


def test_a_key_answers_its_own_command_again_and_refuses_another(database: Database, house: House) -> None:
    with begin(database, command="K1") as unit:
        assert unit.claim_key("advance T01 submit", digest_key=DIGEST_KEY) is None
        unit.keep_answer('{"version":2}')
        unit.commit()

    with begin(database, command="K1") as unit:
        assert unit.claim_key("advance T01 submit", digest_key=DIGEST_KEY) == StoredAnswer(
            '{"version":2}', True
        )
    with begin(database, command="K1") as unit:
        assert unit.claim_key("advance T02 submit", digest_key=DIGEST_KEY) == StoredAnswer(
            '{"version":2}', False
        )
    with begin(database, command="K2") as unit:
        assert unit.claim_key("advance T01 submit", digest_key=DIGEST_KEY) is None


def test_a_key_keeps_a_keyed_digest_and_none_of_the_commands_words(database: Database, house: House) -> None:
    with begin(database, command="K1") as unit:
        unit.claim_key("advance D0001 add name=Nguyễn Văn A", digest_key=DIGEST_KEY)
        unit.commit()

    digest = bytes(rows_of(database, "command")[0][2])
    plain = hashlib.sha256("advance D0001 add name=Nguyễn Văn A".encode()).digest()
    assert len(digest) == 32
    assert digest != plain


def test_a_key_of_a_command_that_was_not_committed_is_free(database: Database, house: House) -> None:
    with begin(database, command="K1") as unit:
        unit.claim_key("one", digest_key=DIGEST_KEY)

    with begin(database, command="K1") as unit:
        assert unit.claim_key("two", digest_key=DIGEST_KEY) is None


# -- state and log together --------------------------------------------------------------------------

RAW = {
    "state alone": "UPDATE item SET state = 'approved' WHERE ref = 'T01'",
    "state and version": "UPDATE item SET state = 'approved', version = version + 1 WHERE ref = 'T01'",
    "version alone": "UPDATE item SET version = version + 1 WHERE ref = 'T01'",
    "another item's entry": """UPDATE item SET state = 'approved', version = version + 1,
        last_entry = (SELECT last_entry FROM item WHERE ref = 'T02') WHERE ref = 'T01'""",
    "an entry that changed no item": """UPDATE item SET state = 'approved', version = version + 1,
        last_entry = (SELECT id FROM entry WHERE refused) WHERE ref = 'T01'""",
    "the entry alone": "UPDATE item SET last_entry = (SELECT id FROM entry WHERE refused) WHERE ref = 'T01'",
    "a version skipped": """UPDATE item SET state = 'approved', version = version + 2, last_entry = 'new'
        WHERE ref = 'T01'""",
    "an item on an old entry": """INSERT INTO item (office, year, ref, subject, machine, digest, state,
        version, open, owners, waiting, overdue, last_entry, returns, round, asks, reminded, addressed)
        SELECT office, year, 'T99', subject, machine, digest, state, version, open, owners, waiting, overdue,
        (SELECT id FROM entry WHERE refused), 0, 0, 0, 0, '[]'
        FROM item WHERE ref = 'T01'""",
}
LOG = {
    "update": "UPDATE entry SET actor = 'chu-tich' WHERE seq = 0",
    "update to the same": "UPDATE entry SET actor = actor",
    "delete": "DELETE FROM entry WHERE seq = 0",
    "delete of nothing": "DELETE FROM entry WHERE seq = -1",
}


@pytest.mark.parametrize("statement", RAW.values(), ids=RAW.keys())
def test_an_item_does_not_change_without_a_new_entry(
    database: Database, house: House, statement: str
) -> None:
    refuse(database, house)
    before = everything(database)

    with pytest.raises(WrappedIntegrityError, match="item_needs_entry"), begin(database) as unit:
        unit.execute(text(statement))

    assert everything(database) == before


@pytest.mark.parametrize("statement", list(LOG.values())[:3], ids=list(LOG)[:3])
def test_an_entry_is_never_changed_or_removed(database: Database, house: House, statement: str) -> None:
    before = everything(database)

    with pytest.raises(WrappedIntegrityError, match="entry_never_changed"), begin(database) as unit:
        unit.execute(text(statement))

    assert everything(database) == before


def test_an_entry_is_never_replaced(database: Database, house: House) -> None:
    before = everything(database)
    replacing = "INSERT OR REPLACE INTO" if database.dialect == "sqlite" else "INSERT INTO"

    with pytest.raises(WrappedIntegrityError), begin(database) as unit:
        unit.execute(text(f"{replacing} entry SELECT * FROM entry WHERE seq = 0"))

    assert everything(database) == before


def test_an_entry_that_says_another_state_than_its_item_is_refused(database: Database, house: House) -> None:
    before = everything(database)

    with pytest.raises(Exception, match="entry_states_item"), begin(database) as unit:  # noqa: PT012
        unit.write(Decision(a_task(house), replace(ENTRY, to_state="approved")), open=True, new=True)
        unit.commit()

    assert everything(database) == before


def refuse(database: Database, house: House) -> EntryDraft:
    """A refused attempt on T01, recorded in a transaction of its own."""
    tried = act(database, house, "T01", "approve", actor=VILLAGE)
    assert isinstance(tried, Tried)
    with begin(database) as unit:
        unit.record(tried.entry, log=YEAR, key=key("T01"))
        unit.commit()
    return tried.entry


def test_every_change_and_every_refused_attempt_is_an_entry_in_order(
    database: Database, house: House
) -> None:
    act(database, house, "T01", "submit", actor=OFFICER)
    refuse(database, house)
    act(database, house, "T01", "review", actor=STANDING_MEMBER, words={"opinion": "Đồng ý"})

    said = [
        tuple(record[name] for name in ("event", "item", "from", "to", "refused", "actor"))
        for record in records(database)[4:]
    ]
    assert said == [
        ("submit", "T01", "drafted", "submitted", False, OFFICER),
        ("approve", "T01", "submitted", None, True, VILLAGE),
        ("review", "T01", "submitted", "reviewed", False, STANDING_MEMBER),
    ]
    assert records(database)[5]["rules"] == ["state", "role"]


def test_an_entry_without_an_item_goes_to_the_offices_own_log(database: Database, house: House) -> None:
    draft = EntryDraft(
        event="backup", actor=ADMINISTRATOR, role="administrator", from_state=None, to_state=None
    )

    with begin(database) as unit:
        unit.record(draft, log=2027)
        unit.commit()

    assert [tuple(row)[1:4] for row in rows_of(database, "log_head")] == [
        (YEAR, 4, log_root(database, YEAR)),
        (2027, 1, log_root(database, 2027)),
    ]


def log_root(database: Database, log: int) -> bytes:
    leaves = database.connection.execute(
        text("SELECT leaf FROM entry WHERE log = :log ORDER BY seq"), {"log": log}
    )
    return root_of([bytes(leaf) for leaf in leaves.scalars()])


def test_the_head_is_the_merkle_tree_over_the_stored_leaves(database: Database, house: House) -> None:
    for task in ("T01", "T03", "T04"):
        act(database, house, task, "submit", actor=OFFICER)
    refuse(database, house)

    rows = database.connection.execute(text("SELECT seq, bytes, leaf FROM entry ORDER BY seq")).all()
    leaves = [bytes(row.leaf) for row in rows]
    head = database.connection.execute(text("SELECT size, root, range FROM log_head")).one()
    tree = CompactRange()
    for leaf in leaves:
        tree = tree.append(leaf)
    assert [row.seq for row in rows] == list(range(8))
    assert leaves == [leaf_hash(bytes(row.bytes)) for row in rows]
    assert (head.size, bytes(head.root), bytes(head.range)) == (8, root_of(leaves), tree.encode())


def test_an_entrys_bytes_are_canonical_and_say_what_its_columns_say(database: Database, house: House) -> None:
    new_dossier(database, house, note="Nộp thay")
    refuse(database, house)

    rows = database.connection.execute(text("SELECT * FROM entry ORDER BY seq")).mappings().all()
    for row in rows:
        written = json.loads(bytes(row["bytes"]))
        assert encode(written) == bytes(row["bytes"])
        assert None not in written.values()
        said = entry_said(bytes(row["bytes"]))
        at = row["at"] if isinstance(row["at"], str) else utc_text(row["at"])
        assert (
            {
                name: said[name]
                for name in ("office", "log", "actor", "acting_for", "role", "event", "refused")
            }
            | {"id": said["nonce"], "ref": said["item"], "from_state": said["from"], "to_state": said["to"]}
            | {"at": said["at"], "rules": said["rules"]}
        ) == {
            **{
                name: row[name]
                for name in ("office", "log", "id", "ref", "actor", "acting_for", "role", "event")
            },
            **{name: row[name] for name in ("from_state", "to_state")},
            "refused": bool(row["refused"]),
            "at": at,
            "rules": json.loads(row["rules"]),
        }


# -- what is not in the log --------------------------------------------------------------------------

PLANTED = ("Nguyễn Thị Hoa Sen", "Trưởng ban mặt trận", "Xóm Đồi", "Nuôi ong giỏi", "Bí mật nhỏ", "Thiếu ảnh")


def test_no_name_and_no_free_text_stands_in_any_entry(database: Database, house: House) -> None:
    plant(database, house)

    kept = {str(row[7]) for row in rows_of(database, "free_text")}
    assert set(PLANTED) <= kept
    for row in rows_of(database, "entry"):
        shown = " ".join(
            bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else str(v) for v in row
        )
        assert [words for words in PLANTED if words in shown] == []
    for row in rows_of(database, "command"):
        assert [words for words in PLANTED if words in str(row)] == []


WITHDRAWN = {"paper_number": "02/TTr", "paper_date": "2026-03-02", "reason": "Nộp nhầm"}


def plant(database: Database, house: House) -> None:
    """A dossier with a nominee, remarks, a return: every free text that is asked for is given."""
    name, position, unit, achievement, note, missing = PLANTED
    new_dossier(database, house, note=note)
    words = {"kind": "person", "name": name, "position": position, "unit": unit, "achievement": achievement}
    done = [
        act(database, house, "D0001", "add", actor=VILLAGE, words=words),
        act(database, house, "D0001", "submit", actor=VILLAGE, note=note),
        act(
            database,
            house,
            "D0001",
            "return",
            actor=SECRETARY,
            words={"missing": missing, "until": "2026-03-09"},
        ),
    ]
    assert all(isinstance(answer, Decision) for answer in done), done


def test_the_lines_of_a_title_and_period_are_found_with_their_words(database: Database, house: House) -> None:
    """Of this year and others, as long as they came to something; an erased name is in none."""
    plant(database, house)
    act(database, house, "D0001", "withdraw", actor=VILLAGE, words=WITHDRAWN)
    for ref in ("D0002", "D0003"):
        new_dossier(database, house)
        for name in ("Hoàng Thị B", "Lý Văn C"):
            words = {"kind": "person", "name": name, "unit": "Trường", "position": "Giáo viên"}
            act(database, house, ref, "add", actor=VILLAGE, words=words)
    act(database, house, "D0002", "edit", actor=VILLAGE, words={"nominee": "1", "title": "cstdcs"})
    act(database, house, "D0002", "edit", actor=VILLAGE, words={"nominee": "2", "name": "Lý Văn Cường"})
    with begin(database) as unit:
        unit.execute(text("DELETE FROM free_text WHERE ref = 'D0003' AND line = 2 AND input = 'name'"))
        unit.commit()

    surroundings = Surroundings(database, OFFICE)
    with begin(database) as unit:
        for reads in (unit, surroundings):
            assert reads.described_lines("2026", "ldtt") == (
                DescribedLine(YEAR, "D0002", 2, "person", "Lý Văn Cường", "Trường"),
                DescribedLine(YEAR, "D0003", 1, "person", "Hoàng Thị B", "Trường"),
            )
            assert [line.no for line in reads.described_lines("2026", "cstdcs")] == [1]
            assert reads.described_lines("2025-2026", "ldtt") == ()
            assert reads.words(key("D0002")) == unit.words(key("D0002"))


def test_a_dossier_that_names_no_period_is_about_its_plans_year(database: Database, house: House) -> None:
    new_dossier(database, house)
    act(database, house, "D0001", "add", actor=VILLAGE, words={"kind": "person", "name": "Hoàng Thị B"})
    with begin(database) as unit:
        unit.execute(text("UPDATE dossier SET period = NULL"))
        unit.commit()

    with begin(database) as unit:
        assert [line.name for line in unit.described_lines(str(YEAR), "ldtt")] == ["Hoàng Thị B"]


def test_words_can_be_erased_and_what_the_log_says_stays_true(database: Database, house: House) -> None:
    plant(database, house)
    logged = rows_of(database, "entry"), rows_of(database, "log_head")

    with begin(database) as unit:
        unit.execute(text("DELETE FROM free_text WHERE ref = 'D0001'"))
        unit.commit()

    assert count_rows(database, "free_text") == 0
    assert (rows_of(database, "entry"), rows_of(database, "log_head")) == logged


def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database, house: House) -> None:
    at = datetime(2026, 3, 31, 23, 59, 59, 999999, tzinfo=UTC)
    row = DeadlineRow("due", 1, "due", at, date(2026, 3, 31), "vn-2026/1", True)

    write(database, Decision(a_task(house), ENTRY, deadlines=(row,)), new=True)

    with begin(database) as unit:
        assert unit.due_rows(key("T90"), now=at) == (row,)
        assert unit.due_rows(key("T90"), now=at - timedelta(microseconds=1)) == ()
