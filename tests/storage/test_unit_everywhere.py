"""What services may rely on, whoever keeps the transaction: both databases, and the unit in memory on which
the domain's tests run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.database import Database
from tests.storage.office import NOW, ROWS, YEAR, House, Shipped, begin, found_office, key
from tests.workflow.memory_unit import Store, memory_unit
from workflow.engine.ports import FiredRow, Unit
from workflow.model.decision import DeadlineRow, Decision, EntryDraft, FreeText, NoticeDraft
from workflow.model.dossiers import Dossier, DossierState, Nominee, ReceivedDossier
from workflow.model.expecting import Expectation
from workflow.model.facts import Alerts, Item, ItemTerm, Plain, Proposal
from workflow.services.import_plan import import_tasks
from workflow.time.deadlines import row_name

Units = Callable[[], AbstractContextManager[Unit]]
ENTRY = EntryDraft("lead", "chuyen-vien", "officer", "drafted", "drafted")
FIRED = EntryDraft("remind", "system", "system", "drafted", "drafted")
MARCH = date(YEAR, 3, 2)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def units(request: pytest.FixtureRequest, shipped: Shipped) -> Iterator[Units]:
    """Makes transactions on an office of four tasks."""
    house = House("", shipped.setting, shipped)
    with ExitStack() as stack:
        if request.param == "memory":
            store = Store()

            def made() -> AbstractContextManager[Unit]:
                return memory_unit(store, now=NOW)
        else:
            name = "sqlite_url" if request.param == "sqlite" else "made_postgres_url"
            database = stack.enter_context(Database(str(request.getfixturevalue(name))))
            found_office(database, shipped)

            def made() -> AbstractContextManager[Unit]:
                return begin(database)

        with made() as unit:
            case = house.case("chuyen-vien")
            import_tasks(unit, ROWS, case, year=YEAR, role="officer", machine=shipped.machine("plan_task"))
            unit.commit()
        yield made


def locked(unit: Unit, ref: str) -> Item:
    item = unit.lock(key(ref))
    assert item is not None, ref
    return item


def read(units: Units, ref: str) -> Item:
    with units() as unit:
        return locked(unit, ref)


def changed(units: Units, ref: str, decision: Callable[[Item], Decision]) -> None:
    """Writes what becomes of the item, which gets its next version."""
    with units() as unit:
        item = locked(unit, ref)
        made = decision(item)
        unit.write(replace(made, item=made.item._replace(version=item.version + 1)), open=True)
        unit.commit()


def a_row(kind: str, hours: int, *, term: str | None = None, rung: int | None = None) -> DeadlineRow:
    """A row that is due so many hours after NOW, of a round that no plan makes."""
    at = NOW + timedelta(hours=hours)
    name = row_name(kind, term=term, rung=rung)
    return DeadlineRow(
        name, 9, kind, at, MARCH, "vn-2026/1", False, policy="deadlines/2", term=term, rung=rung
    )


OWN = a_row("due", -3)
REVIEW = (a_row("reminder", -2, term="review", rung=1), a_row("due", 5, term="review"))
DECISION = a_row("due", -1, term="decision")


def with_rows(units: Units) -> None:
    """T02 with a row of its own date and rows of two terms, after all that its plan made is cancelled."""
    rows = (OWN, *REVIEW, DECISION)
    changed(units, "T02", lambda item: Decision(item, ENTRY, cancel_deadlines="moved", deadlines=rows))


def pending(units: Units) -> set[DeadlineRow]:
    with units() as unit:
        locked(unit, "T02")
        return {row for row in unit.deadline_rows(key("T02")) if row.status == "pending"}


def due(units: Units) -> tuple[DeadlineRow, ...]:
    with units() as unit:
        locked(unit, "T02")
        return unit.due_rows(key("T02"), now=NOW)


def test_an_item_is_read_as_it_was_written(units: Units) -> None:
    terms = (
        ItemTerm("decision", MARCH, MARCH, 2, "deadlines/2", 3, MARCH, Alerts(1, ("thu-ky",))),
        ItemTerm("review", None, MARCH, 1, "deadlines/2"),
    )
    will = read(units, "T02")._replace(
        version=2,
        claimed_by="thu-ky",
        claimed_at=NOW,
        submitted_by="chuyen-vien",
        returns=1,
        proposed_until=MARCH,
        round=4,
        alerts=Alerts(2, ("chu-tich",)),
        terms=terms,
        proposal=Proposal(
            "propose_record", "thu-ky", "chuyen-vien", {"paper": "01/BC-UBND", "lines": [1, 2]}
        ),
    )

    changed(units, "T02", lambda _item: Decision(will, ENTRY))

    assert read(units, "T02") == will


def test_what_took_place_on_an_item_is_told_in_order_without_what_was_refused(units: Units) -> None:
    texts = (FreeText("source", "Công văn 12"),)
    done = replace(ENTRY, event="set_deadline", inputs={"date": "2026-03-02"}, texts=texts)
    changed(units, "T02", lambda item: Decision(item, ENTRY))
    changed(units, "T01", lambda item: Decision(item, ENTRY))
    with units() as unit:
        unit.record(replace(ENTRY, refused=True, rules=("role",), to_state=None), log=YEAR, key=key("T02"))
        unit.commit()
    changed(units, "T02", lambda item: Decision(item, done))

    with units() as unit:
        _imported, first, second = unit.recorded(key("T02"))

    assert (first.event, first.actor, first.from_state, first.to_state) == (
        *("lead", "chuyen-vien", "drafted", "drafted"),
    )
    assert (second.event, second.inputs, second.texts) == (
        *("set_deadline", {"date": "2026-03-02"}, ("source",)),
    )
    assert first.entry != second.entry


def test_a_lines_words_give_way_to_new_ones_and_those_beside_stay(units: Units) -> None:
    def said(*texts: FreeText) -> None:
        entry = replace(ENTRY, texts=texts)
        changed(units, "T02", lambda item: Decision(item, entry))

    said(FreeText("name", "Nguyễn Văn A", 1))
    said(FreeText("new_name", "Nguyễn Văn B", 1, beside=True), FreeText("reason", "Nhầm"))
    said(FreeText("name", "Nguyễn Văn B", 1), FreeText("name_was", "Nguyễn Văn A", 1, beside=True))

    with units() as unit:
        locked(unit, "T02")
        words = unit.words(key("T02"))

    assert {(word.line, word.field, word.value) for word in words} == {
        (0, "reason", "Nhầm"),
        (1, "new_name", "Nguyễn Văn B"),
        (1, "name", "Nguyễn Văn B"),
        (1, "name_was", "Nguyễn Văn A"),
    }


def test_who_was_told_by_an_entry_is_known_and_an_item_may_get_another_parent(units: Units) -> None:
    notice = NoticeDraft("to_act", None, "thu-ky", "Chủ đề", "Lời", instead_of="thuong-truc")
    changed(units, "T02", lambda item: Decision(item._replace(parent="T01"), ENTRY, notices=(notice,)))

    with units() as unit:
        item = locked(unit, "T02")
        *_, last = unit.recorded(key("T02"))
        told = unit.told(key("T02"), last.entry)

    assert item.parent == "T01"
    assert [(one.kind, one.to, one.instead_of, one.left) for one in told] == [
        ("to_act", "thu-ky", "thuong-truc", True)
    ]


def test_nothing_is_kept_without_a_commit(units: Units) -> None:
    before = read(units, "T02")

    with units() as unit:
        locked(unit, "T02")
        unit.write(Decision(before._replace(version=2, returns=7), ENTRY, deadlines=(OWN,)), open=True)

    assert read(units, "T02") == before
    assert OWN not in pending(units)


def test_a_term_that_changes_leaves_the_others_as_they_are(units: Units) -> None:
    first, second = (ItemTerm(id, MARCH, MARCH, 1, "deadlines/2") for id in ("decision", "review"))
    changed(units, "T02", lambda item: Decision(item._replace(terms=(first, second)), ENTRY))

    paused = second._replace(paused_on=MARCH, used=2)
    changed(units, "T02", lambda item: Decision(item._replace(terms=(first, paused)), ENTRY))

    assert read(units, "T02").terms == (first, paused)


def test_what_is_due_comes_in_order_of_time(units: Units) -> None:
    with_rows(units)

    assert due(units) == (OWN, REVIEW[0], DECISION)


def test_the_rows_of_the_own_date_end_and_those_of_terms_stay(units: Units) -> None:
    with_rows(units)

    changed(units, "T02", lambda item: Decision(item, ENTRY, cancel_deadlines="moved", only_own=True))

    assert pending(units) == {*REVIEW, DECISION}


def test_the_rows_of_one_term_end_with_their_reason(units: Units) -> None:
    with_rows(units)

    changed(units, "T02", lambda item: Decision(item, ENTRY, ended_terms=(("review", "ended"),)))

    assert pending(units) == {OWN, DECISION}
    with units() as unit:
        locked(unit, "T02")
        ended = {row for row in unit.deadline_rows(key("T02")) if row.reason == "ended"}
    assert ended == {replace(row, status="cancelled", reason="ended") for row in REVIEW}


def test_the_rows_of_a_paused_term_stand_still_and_are_not_due(units: Units) -> None:
    with_rows(units)

    changed(units, "T02", lambda item: Decision(item, ENTRY, paused_terms=("review",)))

    assert due(units) == (OWN, DECISION)
    assert pending(units) == {OWN, DECISION, *(replace(row, paused_on=MARCH) for row in REVIEW)}


def test_a_row_that_fires_marks_its_item_and_moves_neither_state_nor_version(units: Units) -> None:
    with_rows(units)
    term = ItemTerm("review", MARCH, MARCH, 1, "deadlines/2")
    changed(units, "T02", lambda item: Decision(item._replace(terms=(term,)), ENTRY))
    following = a_row("repeat", 48, term="review", rung=1)
    before = read(units, "T02")
    marked = before._replace(overdue=True, asks=1, terms=(term._replace(alerts=Alerts(1)),))

    with units() as unit:
        locked(unit, "T02")
        fired = FiredRow(REVIEW[0].name, REVIEW[0].occurrence, 60)
        said: dict[str, Plain] = {"row": fired.name, "occurrence": 9, "late_s": fired.late_s}
        entry = replace(FIRED, inputs=said)
        unit.write_fired(marked, entry=entry, fired=fired, rows=(following,), notices=())
        unit.commit()

    assert read(units, "T02") == marked
    assert due(units) == (OWN, DECISION)
    assert pending(units) == {OWN, REVIEW[1], DECISION, following}


def a_dossier(shipped: Shipped, ref: str, *, received_on: date | None = None) -> Item:
    machine = shipped.machine("nomination_dossier")
    nominees = tuple(Nominee(no, "person", "ldtt") for no in (1, 3))
    dossier = Dossier("thon-1", "cong_trang", "ldtt", received_on, nominees=nominees, last_no=3)
    return Item(key(ref), machine.name, machine.digest, "drafted", 1, dossier, parent="T02")


def test_a_task_knows_its_dossiers_and_those_that_were_received(units: Units, shipped: Shipped) -> None:
    with units() as unit:
        for ref, received in (("D0001", MARCH), ("D0002", None)):
            unit.lock(key("T02"))
            made = a_dossier(shipped, ref, received_on=received)
            unit.write(Decision(made, replace(ENTRY, from_state=None)), open=True, new=True)
        unit.commit()

    with units() as unit:
        unit.lock(key("T02"))
        assert unit.dossiers_of(key("T02")) == (
            DossierState("D0001", "drafted"),
            DossierState("D0002", "drafted"),
        )
        assert unit.received_dossiers(key("T02")) == (ReceivedDossier("D0001", "thon-1", MARCH),)


def test_the_names_of_nominees_are_those_given_last_to_lines_that_stand(
    units: Units, shipped: Shipped
) -> None:
    names = (FreeText("name", "Một", nominee=1), FreeText("name", "Ba", nominee=3), FreeText("note", "Khác"))
    with units() as unit:
        made = a_dossier(shipped, "D0001")
        unit.write(Decision(made, replace(ENTRY, from_state=None, texts=names)), open=True, new=True)
        unit.commit()
    corrected = replace(ENTRY, texts=(FreeText("name", "Một nữa", nominee=1),))
    changed(units, "D0001", lambda item: Decision(item, corrected))
    with units() as unit:
        assert unit.nominee_names(key("D0001")) == {1: "Một nữa", 3: "Ba"}

    def without_the_third(item: Item) -> Decision:
        dossier = Dossier.of(item)
        return Decision(item._replace(details=replace(dossier, nominees=dossier.nominees[:1])), ENTRY)

    changed(units, "D0001", without_the_third)

    with units() as unit:
        assert unit.nominee_names(key("D0001")) == {1: "Một nữa"}


def test_a_tasks_list_of_expected_dossiers_is_kept_by_body(units: Units) -> None:
    owed = tuple(Expectation(body, MARCH, None) for body in ("thon-2", "thon-1"))
    with units() as unit:
        unit.lock(key("T02"))
        unit.expect(key("T02"), owed, entry=ENTRY)
        unit.commit()
    answered = owed[0]._replace(status="nothing", answered_on=MARCH)
    with units() as unit:
        unit.lock(key("T02"))
        unit.expect(key("T02"), (answered,), entry=ENTRY)
        unit.commit()

    with units() as unit:
        unit.lock(key("T02"))
        assert unit.expectations(key("T02")) == (owed[1], answered)
