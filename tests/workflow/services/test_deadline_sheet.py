"""What a filled page comes to: dates to be set, or every mistake with its cell, compared as whole values."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.shipped import calendar
from workflow.model.definition import UsualDays
from workflow.model.facts import DueMark, Item, Key
from workflow.model.tasks import Task
from workflow.services.deadline_sheet import (
    Change,
    Checked,
    FilledRow,
    Plan,
    Remark,
    check,
    first_day,
    last_day,
    may_be_set,
    offered,
    read_stamp,
    stamp_of,
)

TODAY = date(2026, 2, 2)
QUARTER_END = date(2026, 3, 31)
INVITED = date(2026, 3, 20)


def task(number: int, *, due: date = QUARTER_END, mark: DueMark = "derived", **changes: Any) -> Item:
    return Item(
        key=Key("diem-he", 2026, f"T{number:02}"),
        machine="plan_task/1",
        digest="",
        state="drafted",
        version=number,
        details=Task(number, "I", f"Nhiệm vụ thứ {number}", "report", None, None, "ubnd", ("ubnd",)),
        due_on=due,
        due_mark=mark,
    )._replace(
        **changes,
    )


TASKS = (task(1), task(2), task(3, waiting=True), task(4, due=date(2026, 4, 10), mark="set"))
PLAN = Plan("diem-he", 2026, TASKS, TODAY, calendar())


def row(item: Item, day: date | str | None = None, source: str = "", *, line: int = 7, **other: Any) -> Any:
    """A row of the page as it was written, then filled in."""
    written = FilledRow(
        cells={"date": f"F{line}", "source": f"G{line}", "note": f"H{line}"},
        stamp=str(stamp(item)),
        number=Task.of(item).number,
        content=Task.of(item).content,
        due=item.due_on,
        day=day,
        source=source,
    )
    return replace(written, **other)


def stamp(item: Item) -> Any:
    return stamp_of(item.key, version=item.version, due=item.due_on, mark=item.due_mark, waiting=item.waiting)


def change(item: Item, new: date, source: str = "CV 12", *, line: int = 7, note: str = "") -> Change:
    return Change(item.key, f"F{line}", item.due_on, item.due_mark, new, source, note, item.version)


def faults(*rows: FilledRow, plan: Plan = PLAN) -> Sequence[Remark]:
    checked = check(rows, plan)
    assert checked.changes == () or checked.faults == ()
    return checked.faults


ONE, TWO, WAITING, SET = TASKS


def test_an_unfilled_page_comes_to_nothing() -> None:
    assert check([row(item) for item in TASKS], PLAN) == Checked()


def test_what_was_filled_in_is_what_is_to_be_set_in_the_order_of_the_plan() -> None:
    rows = [row(WAITING, INVITED, "Giấy mời 15/GM-SNV", line=7, note="cả Phó Chủ tịch"), row(TWO), row(ONE)]
    rows[2] = replace(rows[2], day=date(2026, 3, 2), source="CV 12", cells={"date": "F9"})

    assert check(rows, PLAN) == Checked(
        changes=(
            change(ONE, date(2026, 3, 2), line=9),
            change(WAITING, INVITED, "Giấy mời 15/GM-SNV", note="cả Phó Chủ tịch"),
        )
    )


@pytest.mark.parametrize(
    "typed",
    [
        INVITED,
        "20/3/2026",
        "20/03/2026",
        "2026-03-20",
        " 20 / 3 / 2026 ",
        "20.3.2026",
        "２０/３/２０２６",
        "20/3/2026\u200b",
    ],
)
def test_a_date_is_understood_as_people_write_it(typed: date | str) -> None:
    assert check([row(ONE, typed, "CV 12")], PLAN) == Checked(changes=(change(ONE, INVITED),))


@pytest.mark.parametrize("typed", ["tháng 3", "31/2/2026", "3/2026", "46101", "20/3/26", "2026/03/20"])
def test_what_is_no_date_is_told_with_its_cell(typed: str) -> None:
    assert faults(row(ONE, typed, "CV", line=12)) == (Remark("not_a_date", "F12", {"gia_tri": typed}),)


def test_a_derived_date_may_be_confirmed_even_when_it_is_past() -> None:
    late = replace(PLAN, today=date(2026, 5, 5))

    assert check([row(ONE, QUARTER_END, "CV 12")], late).changes == (change(ONE, QUARTER_END),)


def test_the_date_under_which_a_row_waits_is_none_to_be_confirmed_when_it_is_past() -> None:
    late = replace(PLAN, today=date(2026, 5, 5))

    assert [fault.rule for fault in faults(row(WAITING, QUARTER_END, "CV"), plan=late)] == ["past"]


def test_a_day_before_today_is_refused() -> None:
    assert faults(row(ONE, TODAY - timedelta(days=1), "CV")) == (
        Remark("past", "F7", {"ngay": date(2026, 2, 1), "hom_nay": TODAY}),
    )
    assert check([row(ONE, TODAY, "CV 12")], PLAN).changes == (change(ONE, TODAY),)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 4, 1), date(2062, 3, 20)])
def test_a_day_outside_the_plan_is_refused_and_nothing_else_is_said_of_it(day: date) -> None:
    span = {"ngay": day, "tu": date(2026, 1, 1), "den": date(2027, 3, 31)}

    assert faults(row(ONE, day, "CV")) == (Remark("outside", "F7", span),)


def test_a_day_off_is_doubted_with_the_next_working_day() -> None:
    saturday = date(2026, 3, 21)

    assert check([row(ONE, saturday, "CV 12")], PLAN) == Checked(
        changes=(change(ONE, saturday),),
        doubts=(Remark("day_off", "F7", {"ngay": saturday, "ngay_sau": date(2026, 3, 23)}),),
    )


def test_a_made_up_saturday_is_not_doubted() -> None:
    assert check([row(ONE, date(2026, 8, 22), "CV")], PLAN).doubts == ()


def test_a_new_date_needs_its_source_and_a_source_its_date() -> None:
    assert faults(row(ONE, INVITED), row(TWO, None, "CV", line=8)) == (
        Remark("no_source", "G7"),
        Remark("no_date", "F8"),
    )


def test_a_note_alone_is_not_kept_and_says_so() -> None:
    assert check([row(WAITING, note="chờ giấy mời")], PLAN) == Checked(doubts=(Remark("note_alone", "H7"),))


def test_words_below_the_table_are_no_row() -> None:
    signing = FilledRow(cells={"date": "F30"}, content="NGƯỜI LẬP", source="LÃNH ĐẠO PHÊ DUYỆT")

    assert check([row(ONE), signing], PLAN) == Checked()


def test_a_text_that_no_paper_can_print_is_told() -> None:
    hidden = row(ONE, INVITED, "CV\x1b[2J", note="x" * 4001)

    assert faults(hidden) == (
        Remark("unfit_text", "G7", {"n": 4000}),
        Remark("unfit_text", "H7", {"n": 4000}),
    )


# Which task a row is of


def test_without_its_key_a_row_is_known_by_number_and_content() -> None:
    decomposed = unicodedata.normalize("NFD", "NHIỆM  VỤ thứ 1")

    assert check([row(ONE, INVITED, "CV 12", stamp="", content=decomposed)], PLAN).changes == (
        change(ONE, INVITED),
    )


@pytest.mark.parametrize(
    "changes",
    [{"number": 2}, {"number": None}, {"content": "Nhiệm vụ khác"}, {"content": ""}],
    ids=["another number", "no number", "another content", "no content"],
)
def test_without_its_key_a_row_whose_number_and_content_do_not_agree_is_unknown(changes: Any) -> None:
    assert faults(row(ONE, INVITED, "CV", stamp="", **changes)) == (Remark("unknown_row", "F7"),)


def test_a_key_that_leads_nowhere_is_an_unknown_row() -> None:
    lost = stamp(ONE._replace(key=ONE.key._replace(ref="T19")))

    assert faults(row(ONE, INVITED, "CV", stamp=str(lost))) == (Remark("unknown_row", "F7"),)


def test_a_mangled_key_is_as_good_as_none() -> None:
    mangled = str(stamp(ONE)).replace("@1-", "@x-")

    assert check([row(ONE, INVITED, "CV 12", stamp=mangled)], PLAN).changes == (change(ONE, INVITED),)
    assert faults(row(ONE, INVITED, "CV", stamp=mangled, content="khác")) == (Remark("unknown_row", "F7"),)


def test_columns_sorted_without_the_key_are_found_out() -> None:
    assert faults(row(ONE, INVITED, "CV", stamp=str(stamp(TWO)))) == (
        Remark("mixed_row", "F7", {"ref": "T02"}),
    )
    assert faults(row(ONE, INVITED, "CV", number=None, stamp=str(stamp(TWO)))) == (
        Remark("mixed_row", "F7", {"ref": "T02"}),
    )


def test_a_content_that_was_put_right_is_no_fault_while_number_and_key_fit() -> None:
    assert check([row(ONE, INVITED, "CV 12", content="Nhiệm vụ thứ nhất")], PLAN).changes == (
        change(ONE, INVITED),
    )


def test_a_row_filled_in_twice_is_told_at_the_second_with_the_first() -> None:
    assert faults(row(ONE, INVITED, "CV"), row(ONE, INVITED, "CV", line=12, stamp="")) == (
        Remark("row_twice", "F12", {"ref": "T01", "noi": "F7"}),
    )
    assert check([row(ONE), row(ONE, INVITED, "CV 12", line=12)], PLAN).changes == (
        change(ONE, INVITED, line=12),
    )


def test_a_page_of_another_office_or_year_is_told_once_and_not_row_by_row() -> None:
    elsewhere = [
        row(each, "rubbish", stamp=str(stamp(each._replace(key=each.key._replace(office="yen-trach")))))
        for each in TASKS
    ]
    old = [
        row(each, INVITED, "CV", stamp=str(stamp(each._replace(key=each.key._replace(year=2025)))))
        for each in TASKS
    ]

    assert faults(*elsewhere) == (Remark("other_office", None, {"ten": "yen-trach"}),)
    assert faults(*old) == (Remark("other_year", None, {"nam": 2025, "n": 2026}),)


# What happened since the page was made


@pytest.mark.parametrize(
    "since",
    [{"version": 2}, {"due_on": date(2026, 4, 1)}, {"waiting": True}],
    ids=["another version", "another date", "waiting"],
)
def test_a_row_that_was_changed_since_is_a_conflict_and_nothing_else(since: Any) -> None:
    changed = replace(PLAN, tasks=(ONE._replace(**since), TWO))

    checked = check([row(ONE, INVITED, "CV"), row(TWO, INVITED, "CV", line=8)], changed)

    assert checked.faults == (Remark("row_changed", "F7", {"ref": "T01"}),)
    assert checked.only_overtaken


def test_a_conflict_beside_a_mistake_is_a_mistake() -> None:
    changed = replace(PLAN, tasks=(ONE._replace(version=2), TWO))

    assert not check([row(ONE, INVITED, "CV"), row(TWO, INVITED, line=8)], changed).only_overtaken
    assert not check([], changed).only_overtaken


def test_without_its_key_the_date_that_the_page_gave_tells_whether_a_row_was_changed() -> None:
    moved = replace(PLAN, tasks=(ONE._replace(due_on=date(2026, 4, 1)),))

    assert faults(row(ONE, INVITED, "CV", stamp=""), plan=moved) == (
        Remark("row_changed", "F7", {"ref": "T01"}),
    )


def test_a_row_that_stands_as_filled_in_is_left_alone_even_when_the_page_is_old() -> None:
    applied = replace(PLAN, tasks=(ONE._replace(due_on=INVITED, due_mark="set", version=2), TWO))

    assert check([row(ONE, INVITED, "CV"), row(TWO, INVITED, "CV 12", line=8)], applied) == Checked(
        changes=(change(TWO, INVITED, line=8),), unchanged=(ONE.key,)
    )


def test_a_row_that_nobody_filled_in_may_change_as_it_likes() -> None:
    changed = replace(PLAN, tasks=(ONE._replace(version=2), TWO))

    assert check([row(ONE)], changed) == Checked()


# All mistakes at once


def test_every_mistake_is_told_at_once_in_the_order_of_the_page_and_one_of_each_cell() -> None:
    rows = [
        row(TWO, "mai", line=12),
        row(ONE, date(2025, 1, 1), line=9),
        FilledRow(cells={"date": "F40"}, day="x"),
    ]

    found = check(rows, PLAN, unread=[Remark("formula", "F12"), Remark("merged", "G8")]).faults

    assert [(fault.cell, fault.rule) for fault in found] == [
        ("G8", "merged"),
        ("F9", "outside"),
        ("G9", "no_source"),
        ("F12", "formula"),
        ("F40", "unknown_row"),
    ]


# Which rows are for the page


@pytest.mark.parametrize(
    ("mark", "open", "waits", "may"),
    [
        ("derived", True, "never", True),
        (None, True, "never", True),
        ("set", True, "never", False),
        ("extended", True, "never", False),
        ("plan", True, "never", False),
        ("set", True, "until_set", True),
        ("set", True, "after_due", True),
        ("derived", False, "until_set", False),
    ],
)
def test_a_row_is_to_be_filled_where_the_engine_would_take_a_date(
    mark: str | None, open: bool, waits: str, may: bool
) -> None:
    assert may_be_set(mark, open=open, waits=waits) is may


KEYS = st.builds(Key, st.just("diem-he"), st.integers(2000, 2100), st.integers(1, 999).map("T{:02}".format))


@given(KEYS, st.integers(0, 10**6), st.dates() | st.none(), st.sampled_from(["derived", "set", None]))
def test_a_stamp_is_read_back_and_tells_of_any_change(
    key: Key, version: int, due: date | None, mark: str | None
) -> None:
    made = stamp_of(key, version=version, due=due, mark=mark, waiting=False)

    assert read_stamp(f" {made}\u00a0") == made
    assert stamp_of(key, version=version, due=due, mark=mark, waiting=True) != made
    assert stamp_of(key, version=version + 1, due=due, mark=mark, waiting=False) != made


@given(st.text())
def test_words_are_no_stamp(text: str) -> None:
    assert read_stamp(text) is None


FILLED = st.dictionaries(
    st.sampled_from([ONE, TWO, WAITING]).map(lambda item: item.key.ref),
    st.tuples(
        st.dates(max(TODAY, first_day(2026)), last_day(2026)),
        st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20),
    ),
)


@given(FILLED, st.randoms(use_true_random=False))
def test_whatever_was_filled_in_is_exactly_what_is_to_be_set_wherever_the_rows_went(
    entered: dict[str, tuple[date, str]], chance: Any
) -> None:
    rows = [
        row(item, *entered.get(item.key.ref, (None, "")), line=line) for line, item in enumerate(TASKS, 7)
    ]
    chance.shuffle(rows)

    checked = check(rows, PLAN)

    assert {each.key.ref: (each.new, each.source) for each in checked.changes} == entered
    assert (checked.faults, checked.unchanged) == ((), ())


# Internal targets


OFFERED = date(2026, 3, 13)
AIMED = replace(PLAN, aims=frozenset(item.key for item in TASKS))


def aimed_row(item: Item, target: date | str, **other: Any) -> FilledRow:
    cells = {"date": "F7", "source": "G7", "note": "H7", "target": "K7"}
    found = row(item, cells=cells, target=target, offered=OFFERED, usual="Thông lệ", **other)
    assert isinstance(found, FilledRow)
    return found


def aim(item: Item, new: date, source: str, *, after: int = 0, old: date | None = None) -> Change:
    return Change(item.key, "K7", old, None, new, source, "", item.version + after, of_target=True)


@pytest.mark.parametrize("typed", ["x", "X", " x ", OFFERED, "13/3/2026"])
def test_what_is_offered_is_taken_with_its_source(typed: date | str) -> None:
    assert check([aimed_row(ONE, typed)], AIMED) == Checked(changes=(aim(ONE, OFFERED, "Thông lệ"),))


def test_another_day_needs_a_source_of_its_own() -> None:
    day = date(2026, 3, 6)

    assert faults(aimed_row(ONE, day), plan=AIMED) == (Remark("no_source", "G7"),)
    assert check([aimed_row(ONE, day, source="CV")], AIMED).changes == (aim(ONE, day, "CV"),)


def test_a_rows_date_is_set_before_its_target_which_leads_up_to_it() -> None:
    moved = aimed_row(ONE, date(2026, 3, 13), day=INVITED, source="CV 12")

    assert check([moved], AIMED).changes == (
        change(ONE, INVITED),
        aim(ONE, date(2026, 3, 13), "CV 12", after=1),
    )
    late = replace(moved, target=date(2026, 3, 27))
    assert faults(late, plan=AIMED) == (
        Remark("target_after_due", "K7", {"ngay": date(2026, 3, 27), "den": INVITED}),
    )


def test_what_waits_takes_a_target_together_with_its_date_alone() -> None:
    assert faults(aimed_row(WAITING, "x"), plan=AIMED) == (Remark("no_target", "K7"),)
    together = aimed_row(WAITING, "x", day=INVITED, source="GM")
    assert [each.of_target for each in check([together], AIMED).changes] == [False, True]


def test_a_task_of_a_machine_without_targets_takes_none() -> None:
    assert faults(aimed_row(ONE, "x"), plan=PLAN) == (Remark("no_target", "K7"),)


def test_a_row_whose_date_is_firm_takes_a_target() -> None:
    assert check([aimed_row(SET, "x")], AIMED).changes == (aim(SET, OFFERED, "Thông lệ"),)


def test_the_target_that_stands_is_set_no_second_time() -> None:
    standing = ONE._replace(target_on=OFFERED)
    plan = replace(AIMED, tasks=(standing, *TASKS[1:]))

    assert check([aimed_row(ONE, "x")], plan) == Checked(unchanged=(ONE.key,))
    moved = aimed_row(ONE, date(2026, 3, 6), source="CV")
    assert check([moved], plan).changes == (aim(ONE, date(2026, 3, 6), "CV", old=OFFERED),)


USUAL = UsualDays("report", "I", (3, 5), (3, 14), "Thông lệ")


@pytest.mark.parametrize(
    ("changes", "today", "day"),
    [
        ({}, TODAY, OFFERED),  # 14 March 2026 is a Saturday
        ({}, OFFERED, OFFERED),
        ({}, date(2026, 3, 14), None),
        ({"due_on": OFFERED}, TODAY, None),
        ({"due_on": date(2026, 3, 16)}, TODAY, OFFERED),
        ({"due_on": None}, TODAY, None),
        ({"waiting": True}, TODAY, None),
        ({"target_on": date(2026, 3, 2)}, TODAY, None),
    ],
)
def test_the_last_usual_working_day_is_offered_while_it_leads_up_to_the_date(
    changes: dict[str, Any], today: date, day: date | None
) -> None:
    assert offered(ONE._replace(**changes), USUAL, today=today, calendar=calendar()) == day
    assert offered(ONE._replace(**changes), None, today=today, calendar=calendar()) is None
