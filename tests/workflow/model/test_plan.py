"""The difference between two readings of a plan."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workflow.model.plan import PlanChange, PlanReading, PlanTask, Problem, diff

TASK = PlanTask(
    number=1,
    quarter="I",
    content="Báo cáo tổng kết năm 2025",
    bodies=("ubnd",),
    lead="ubnd",
    cooperating=(),
    kind="report",
    part=None,
    period="năm 2025",
    due=date(2026, 3, 31),
    derived=("due", "lead"),
    lines=(24,),
)


def test_an_unchanged_plan_has_no_difference_wherever_its_lines_stand() -> None:
    assert diff([TASK], [replace(TASK, lines=(99, 100))]) == ()


def test_an_added_and_a_removed_task_are_told_by_their_content() -> None:
    second = replace(TASK, number=2, content="Hướng dẫn tổng kết")

    assert diff([TASK], [second]) == (
        PlanChange("removed", 1, None, "Báo cáo tổng kết năm 2025", None),
        PlanChange("added", 2, None, None, "Hướng dẫn tổng kết"),
    )


def test_every_changed_field_is_told_with_what_it_was() -> None:
    new = replace(TASK, bodies=("ubnd", "cac_thon"), due=date(2026, 1, 15), derived=("lead",))

    assert diff([TASK], [new]) == (
        PlanChange("changed", 1, "bodies", ("ubnd",), ("ubnd", "cac_thon")),
        PlanChange("changed", 1, "due", date(2026, 3, 31), date(2026, 1, 15)),
        PlanChange("changed", 1, "derived", ("due", "lead"), ("lead",)),
    )


def test_tasks_with_the_same_words_are_told_apart_by_number() -> None:
    again = replace(TASK, number=6, quarter="II")

    assert diff([TASK, again], [again, TASK]) == ()


@given(old=st.sets(st.integers(1, 30)), new=st.sets(st.integers(1, 30)))
def test_the_difference_back_is_the_difference_turned_round(old: set[int], new: set[int]) -> None:
    before = [replace(TASK, number=number) for number in old]
    after = [replace(TASK, number=number, quarter="II") for number in new]
    turned = {"added": "removed", "removed": "added", "changed": "changed"}

    back = diff(after, before)

    assert [(turned[one.change], one.number, one.new, one.old) for one in diff(before, after)] == [
        (one.change, one.number, one.old, one.new) for one in back
    ]


def test_a_reading_with_an_error_is_not_importable_and_one_with_warnings_is() -> None:
    warned = PlanReading(2026, "KẾ HOẠCH", (TASK,), (), (Problem(3, "warning", "…"),))

    assert warned.importable
    assert not replace(warned, problems=(*warned.problems, Problem(None, "error", "…"))).importable
