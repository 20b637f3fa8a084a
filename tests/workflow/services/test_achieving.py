"""What a dossier awards goes into the records by itself, and follows whatever becomes of it."""

from __future__ import annotations

from datetime import date

from tests.people import ACCOUNTANT, CHAIR, OFFICER, RECORDS_CLERK, STANDING_MEMBER
from tests.workflow.memory_unit import memory_unit
from tests.workflow.world import World
from workflow.model.achievements import Achievement, Source
from workflow.services.achieving import record_awards

DECIDED = {
    "decision_number": "112/QĐ-UBND",
    "decision_date": "2026-01-15",
    "signer": CHAIR,
    "funds_by": ACCOUNTANT,
}
COMMUNE = "Chủ tịch Ủy ban nhân dân xã Điềm He"


def records(world: World) -> list[Achievement]:
    return [record for _number, record in sorted(world.store.achievements.items())]


def awarded(world: World, *, title: str = "gk") -> str:
    """A dossier of one line, whose birth date was given."""
    ref = world.dossier_in("approved", title=title)
    world.do(ref, "award", OFFICER, DECIDED)
    return ref


def test_a_decision_puts_its_lines_into_the_records() -> None:
    world = World.planned()

    ref = awarded(world)

    (line,) = world.item(ref).details.line_numbers
    assert records(world) == [
        Achievement(
            1,
            "award",
            "person",
            "Nguyễn Thị A",
            unit=None,
            body=world.item(ref).details.responsible,
            period="2026",
            value="gk",
            decision="112/QĐ-UBND",
            dated=date(2026, 1, 15),
            authority=COMMUNE,
            source=Source(2026, ref, line),
        )
    ]


def test_a_corrected_number_and_a_corrected_name_follow() -> None:
    world = World.planned()
    ref = awarded(world)
    (before,) = records(world)

    world.do("Q01", "propose_correction", OFFICER, {"decision_number": "121/QĐ-UBND", "reason": "Nhập nhầm"})
    proposed = records(world)
    world.do("Q01", "agree_correction", RECORDS_CLERK)
    renamed = {"nominee": "1", "new_name": "Nguyễn Thị Á", "reason": "Nhập nhầm"}
    world.do(ref, "propose_correction", OFFICER, renamed)
    world.do(ref, "agree_correction", STANDING_MEMBER)

    assert proposed == [before]
    assert records(world) == [before._replace(decision="121/QĐ-UBND", name="Nguyễn Thị Á")]


def test_an_annulled_award_is_marked_with_its_decision() -> None:
    world = World.planned()
    ref = awarded(world)
    (before,) = records(world)

    world.annulled(ref, number="130/QĐ-UBND")

    assert records(world) == [
        before._replace(revoked_on=date(2026, 1, 20), revoked_by="130/QĐ-UBND"),
    ]


def test_what_the_superior_gives_bears_its_form_its_paper_and_who_gave_it() -> None:
    world = World.planned()
    ref = world.dossier_in("forwarded", title="bkt")
    answer = {
        "authority": "Chủ tịch UBND tỉnh Lạng Sơn",
        "paper_number": "77/QĐ-UBND",
        "paper_date": "2026-01-19",
        "awarded": "1",
        "form": "cstdt",
    }

    world.do(ref, "record_result", OFFICER, answer)

    (record,) = records(world)
    assert (record.value, record.decision, record.dated, record.authority) == (
        "cstdt",
        "77/QĐ-UBND",
        date(2026, 1, 19),
        "Chủ tịch UBND tỉnh Lạng Sơn",
    )


def test_what_is_not_awarded_is_no_record_and_the_rule_changes_nothing_twice() -> None:
    world = World.planned()
    world.dossier_in("approved")
    nothing = records(world)
    ref = awarded(world)
    before = records(world)

    with memory_unit(world.store, now=world.now) as unit:
        item = unit.lock(world.key(ref))
        assert item is not None
        changed = record_awards(unit, item, unit.recorded(item.key), world.case(OFFICER))

    assert (nothing, changed, records(world)) == ([], 0, before)
