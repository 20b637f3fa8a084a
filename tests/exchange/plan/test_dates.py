"""Deadlines and headings in the ways in which plans write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.plan.dates import Heading, WrittenDue, read_deadline, read_heading
from exchange.plan.periods import PlanYear
from workflow.model.calendar import WorkCalendar

YEAR = PlanYear(2026)
SCHOOL_YEAR = PlanYear(2025, school=True)

Told = tuple[date | None, bool, tuple[str, ...]]


def told(text: str, calendar: WorkCalendar, *, unit: str = "", years: PlanYear = YEAR) -> Told | None:
    """The due date, whether it is derived, and the remarks."""
    read = read_deadline(text, year=years, calendar=calendar, unit=unit)
    return (read.due, read.derived, read.remarks) if read else None


DAYS = {
    "15/01/2026": (1, 15),
    "15-01-2026": (1, 15),
    "15.01.2026": (1, 15),
    "15/1/26": (1, 15),
    "2026-01-15": (1, 15),
    "2026-01-15 00:00:00": (1, 15),
    "15/01": (1, 15),
    "15.6": (6, 15),
    "15-6": (6, 15),
    "trước ngày 15/01": (1, 15),
    "Trước ngày 15/01/2026": (1, 15),
    "Chậm nhất 15/1": (1, 15),
    "Trước 10 giờ ngày 15/1/2026": (1, 15),
    "trước 17h00 ngày 15/6": (6, 15),
    "thứ Hai, ngày 15/6/2026": (6, 15),
    "ngày 20 tháng 11 năm 2026": (11, 20),
    "20 tháng 11": (11, 20),
    "Ngày 15\ntháng 12": (12, 15),
    "Trước\n15/6/\n2026": (6, 15),
    "14-15/6": (6, 15),
    "Từ 01/3 - 15/4": (4, 15),
    "từ ngày 01/3 đến ngày 15/4/2026": (4, 15),
    "từ 01/6\nđến 30/6": (6, 30),
    "15/6-20/6": (6, 20),
    "Từ ngày 01 đến 15/6": (6, 15),
    "Từ nay đến 30/6": (6, 30),
    "Tháng 9, trước 15/9": (9, 15),
    "Quý II (trước ngày 15/5)": (5, 15),
    "Trước 15/6 theo Công văn số 12/SNV ngày 03/02/2026": (6, 15),
    "04/01/2026": (1, 4),
    "tháng 6": (6, 30),
    "Trong tháng 6": (6, 30),
    "Tháng 6/2026": (6, 30),
    "tháng 6/26": (6, 30),
    "tháng 06 năm 2026": (6, 30),
    "Tháng\n6": (6, 30),
    "tháng VI": (6, 30),
    "tháng sáu": (6, 30),
    "T6/2026": (6, 30),
    "06/2026": (6, 30),
    "tháng Tư": (4, 29),
    "Tháng năm": (5, 29),
    "tháng mười hai": (12, 31),
    "từ tháng 3 đến tháng 5": (5, 29),
    "tháng 3 – 5": (5, 29),
    "Tháng 3-5/2026": (5, 29),
    "tháng 12/2025 - 01/2026": (1, 30),
    "9/2025-5/2026": (5, 29),
    "Tháng 1→6": (6, 30),
    "Quý II": (6, 30),
    "quý 2/2026": (6, 30),
    "Quí 2": (6, 30),
    "quý II năm 2026": (6, 30),
    "Q2": (6, 30),
    "Q2/26": (6, 30),
    "Hết quý III": (9, 30),
    "Quý II, tháng 5": (5, 29),
    "Quý I - IV": (12, 31),
    "từ quý I đến quý III": (9, 30),
    "Trước 10/12 hằng năm": (12, 10),
    "Tháng 6 (hàng năm)": (6, 30),
    "Thứ Ba, ngày 15/9": (9, 15),
    "Từ thứ 2 (14/9) đến CN 20/9": (9, 20),
}


@pytest.mark.parametrize(("text", "day"), DAYS.items())
def test_a_deadline_is_read(text: str, day: tuple[int, int], calendar: WorkCalendar) -> None:
    assert told(text, calendar) == (date(2026, *day), False, ())


PARTS = {
    "đầu tháng 7": date(2026, 7, 10),
    "giữa tháng 5": date(2026, 5, 20),
    "Cuối tháng 5": date(2026, 5, 29),
    "Thượng tuần tháng 6": date(2026, 6, 10),
    "trung tuần tháng 9/2026": date(2026, 9, 18),
    "hạ tuần tháng 6": date(2026, 6, 30),
    "15 ngày đầu tháng 6": date(2026, 6, 15),
    "Tuần 2 tháng 7": date(2026, 7, 14),
    "Tháng 5, tuần 1": date(2026, 5, 7),
    "tuần cuối của tháng 5": date(2026, 5, 29),
    "cuối tháng 6 - đầu tháng 7": date(2026, 7, 10),
    "đầu quý II": date(2026, 4, 29),
    "6 tháng đầu năm": date(2026, 6, 30),
    "Sáu tháng đầu năm 2026": date(2026, 6, 30),
    "6 tháng cuối năm 2026": date(2026, 12, 31),
    "9 tháng": date(2026, 9, 30),
    "Cuối năm": date(2026, 12, 31),
    "Cả năm": date(2026, 12, 31),
    "Trong năm 2026": date(2026, 12, 31),
    "Đến hết năm 2026": date(2026, 12, 31),
    "đến năm 2030": date(2030, 12, 31),
}


@pytest.mark.parametrize(("text", "due"), PARTS.items())
def test_a_part_of_a_month_or_year_is_its_last_working_day_and_derived(
    text: str, due: date, calendar: WorkCalendar
) -> None:
    assert told(text, calendar) == (due, True, ())


SEVERAL = {
    "Tháng 3, 6, 9, 12": date(2026, 12, 31),
    "tháng 3; tháng 6": date(2026, 6, 30),
    "Tháng 6\nTháng 12": date(2026, 12, 31),
    "Tháng 6 Tháng 12": date(2026, 12, 31),
    "Tháng 6/\nTháng 12": date(2026, 12, 31),
    "Tháng 6\n12": date(2026, 12, 31),
    "- Tháng 6\n- Tháng 12": date(2026, 12, 31),
    "Tháng 6 và tháng 12": date(2026, 12, 31),
    "6/2026; 12/2026": date(2026, 12, 31),
    "Quý I và Quý III": date(2026, 9, 30),
    "Quý 2 + 3": date(2026, 9, 30),
    "30/6 và 30/11": date(2026, 11, 30),
    "15/6\n15/12": date(2026, 12, 15),
    "15 và 16/6": date(2026, 6, 16),
    "Ngày 15 hoặc 16 tháng 6": date(2026, 6, 16),
    "1. Tháng 6\n2. Tháng 12": date(2026, 12, 31),
    "Đợt 1: 30/6; đợt 2: 30/11": date(2026, 11, 30),
}


@pytest.mark.parametrize(("text", "due"), SEVERAL.items())
def test_of_several_days_the_last_is_taken_and_said(text: str, due: date, calendar: WorkCalendar) -> None:
    assert told(text, calendar) == (due, False, ("several_dates",))


DOUBTS: dict[str, Told] = {
    "5-6": (date(2026, 6, 5), False, ("date_doubtful",)),
    "tháng 5/6": (date(2026, 6, 30), False, ("several_dates", "date_doubtful")),
    "6/26": (date(2026, 6, 30), False, ("date_doubtful",)),
    "46188": (date(2026, 6, 15), False, ("date_doubtful",)),
    "15/12 - 15/01": (date(2027, 1, 15), False, ("date_doubtful",)),
    "15\ntháng 12": (date(2026, 12, 31), False, ("date_rest",)),
    "Tháng 6 12": (date(2026, 6, 30), False, ("date_rest",)),
    "ngày …… tháng 6 năm 2026": (date(2026, 6, 30), False, ("date_rest",)),
    "Thường xuyên, báo cáo trước 15/12": (date(2026, 12, 15), False, ("date_rest",)),
    "Trước 15/6, riêng các thôn sau 2 ngày": (date(2026, 6, 15), False, ("date_rest",)),
    "Tháng 6 và cả năm": (date(2026, 12, 31), True, ("several_dates",)),
    "Thứ Hai, 15/9/2026": (date(2026, 9, 15), False, ("weekday_differs",)),
    "Chủ nhật ngày 15/9": (date(2026, 9, 15), False, ("weekday_differs",)),
    "trước tháng 6": (date(2026, 5, 29), False, ("before_month",)),
    "Trước quý II": (date(2026, 3, 31), False, ("before_month",)),
    "Trước tháng 8, 15/7": (date(2026, 7, 31), False, ("several_dates", "before_month")),
    "trước tháng 01/2026": (date(2025, 12, 31), False, ("before_month",)),
    "Từ tháng 6": (None, False, ("date_open",)),
    "sau ngày 15/6": (None, False, ("date_open",)),
    "Trong 10 ngày kể từ ngày 15/6/2026": (None, False, ("date_open",)),
    "10/3 âm lịch": (None, False, ("date_lunar",)),
    "10/3/2026 (ÂL)": (None, False, ("date_lunar",)),
    "mùng 10 tháng 3 âm lịch": (None, False, ("date_lunar",)),
    "Rằm tháng Giêng": (None, False, ("date_lunar",)),
    "tháng Chạp": (None, False, ("date_lunar",)),
    "Giỗ Tổ Hùng Vương 10/3": (None, False, ("date_lunar",)),
    "Trước Tết Nguyên đán": (None, False, ("date_lunar",)),
    "10/3 âm lịch (26/4/2026)": (date(2026, 4, 26), False, ("date_lunar",)),
}


@pytest.mark.parametrize(("text", "read"), DOUBTS.items())
def test_what_is_guessed_or_left_out_is_said(text: str, read: Told, calendar: WorkCalendar) -> None:
    assert told(text, calendar) == read


@pytest.mark.parametrize(
    "text", ["Thường xuyên", "Hằng quý", "2 lần/năm", "6 tháng/lần", "Trước ngày 25 hằng tháng"]
)
def test_work_of_the_whole_year_has_no_day(text: str, calendar: WorkCalendar) -> None:
    assert read_deadline(text, year=YEAR, calendar=calendar) == WrittenDue(None, None)


@pytest.mark.parametrize(
    "text",
    [
        *("", "31/02/2026", "31/6", "tháng 13", "Theo giấy mời", "Quý 5", "ngay sau hội nghị", "Tháng sau"),
        *("Theo Kế hoạch số 01/KH-UBND ngày 04/01/2026", "Tháng năm 2026", "30/6/1926", "0/0", "1/quý"),
        *("ngày   /6/2026", "Trước ngày 05 của tháng sau", "Ngày 15", "6", "15 ngày" * 99),
    ],
)
def test_what_names_no_day_that_exists_is_not_guessed(text: str, calendar: WorkCalendar) -> None:
    assert read_deadline(text, year=YEAR, calendar=calendar) is None


@pytest.mark.parametrize(
    ("unit", "text", "read"),
    [
        ("tháng", "6", (date(2026, 6, 30), False, ())),
        ("tháng", "5 - 6", (date(2026, 6, 30), False, ())),
        ("tháng", "15/6", (date(2026, 6, 15), False, ())),
        ("tháng", "6/12", (date(2026, 12, 31), False, ("several_dates", "date_doubtful"))),
        ("quý", "II", (date(2026, 6, 30), False, ())),
        ("quý", "II/2026", (date(2026, 6, 30), False, ())),
        ("tháng", "6 năm 2026", (date(2026, 6, 30), False, ())),
        ("ngày", "15-6", (date(2026, 6, 15), False, ())),
        ("ngày", "15", None),
    ],
)
def test_a_bare_number_means_what_the_title_of_its_column_says(
    unit: str, text: str, read: Told | None, calendar: WorkCalendar
) -> None:
    assert told(text, calendar, unit=unit) == read


def test_a_day_or_week_without_a_month_takes_the_one_that_stands_beside_it(calendar: WorkCalendar) -> None:
    def due(text: str, unit: str) -> date | None:
        read = read_deadline(text, year=YEAR, calendar=calendar, unit=unit, month=6)
        return read.due if read else None

    assert [due("15", "ngày"), due("10 - 15", "ngày"), due("Tuần 2", ""), due("cuối tháng", "")] == [
        date(2026, 6, 15),
        date(2026, 6, 15),
        date(2026, 6, 12),
        date(2026, 6, 30),
    ]


def test_a_written_year_wins_over_the_plans(calendar: WorkCalendar) -> None:
    assert told("15/01/2027", calendar) == (date(2027, 1, 15), False, ())
    assert told("15/01", calendar, years=PlanYear(2027)) == (date(2027, 1, 15), False, ())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Tháng 8", (date(2025, 8, 29), False, ())),
        ("Tháng 01", (date(2026, 1, 30), False, ())),
        ("20/5", (date(2026, 5, 20), False, ())),
        ("tháng 12 - tháng 01", (date(2026, 1, 30), False, ())),
        ("Học kỳ I", (date(2026, 1, 16), True, ())),
        ("Cuối HKII", (date(2026, 5, 29), True, ())),
        ("Cuối năm học", (date(2026, 5, 29), True, ())),
        ("Cả năm", (date(2026, 5, 29), True, ())),
        ("Hè", (date(2026, 7, 31), True, ())),
    ],
)
def test_in_a_school_year_the_first_months_are_of_its_second_year(
    text: str, read: Told, calendar: WorkCalendar
) -> None:
    assert told(text, calendar, years=SCHOOL_YEAR) == read


# Texts put together of parts whose meaning is known

DAY_FORMS = (
    "{d}/{m}/{y}",
    "{d:02}.{m:02}.{y}",
    "ngày {d:02}/{m:02}",
    "{d} tháng {m} năm {y}",
    "{y}-{m:02}-{d:02}",
)
MONTH_FORMS = ("tháng {m}", "Tháng {m:02}/{y}", "T{m}", "{m:02}/{y}", "tháng {m} năm {y}")
BEFORE = ("", "Trước ", "Hoàn thành ", "Chậm nhất ", "- ", "trong ", "Xong trước ")
LINKS = (", ", "; ", "\n", "\n- ", " và ", " - ", " đến ", "/", " ", "\t", " hoặc ", ". ")
UNKNOWN = (
    *(
        "(âm lịch)",
        "âm",
        "năm sau",
        "trở đi",
        "của tháng sau",
        "kể từ khi có hướng dẫn",
        "12",
        "31",
    ),
    *("(dự kiến lùi 5 ngày)", "hoặc sớm hơn 3 ngày", "sau hội nghị", "± 2", "theo lịch của tỉnh", "tuần 3"),
)
DAYS_OF_YEAR = st.dates(date(2026, 1, 1), date(2026, 12, 31))
Atom = tuple[str, date | int]
ATOMS = st.one_of(
    st.tuples(st.sampled_from(DAY_FORMS), DAYS_OF_YEAR),
    st.tuples(st.sampled_from(MONTH_FORMS), st.integers(1, 12)),
)


def written(atom: Atom, calendar: WorkCalendar) -> tuple[str, date]:
    """The text of a day or a month, and the day on which it is due."""
    form, when = atom
    due = calendar.last_working_day_of_month(2026, when) if isinstance(when, int) else when
    day = when if isinstance(when, date) else date(2026, when, 1)
    return form.format(d=day.day, m=day.month, y=day.year), due


@given(atom=ATOMS, before=st.sampled_from(BEFORE))
def test_one_day_or_month_is_read_back(atom: Atom, before: str, calendar: WorkCalendar) -> None:
    text, due = written(atom, calendar)

    read = told(before + text, calendar)

    assert read == (due, False, ()) or (read is not None and read[2] == ("before_month",))


@given(one=ATOMS, two=ATOMS, before=st.sampled_from(BEFORE), link=st.sampled_from(LINKS))
def test_of_two_no_wrong_day_is_taken_unsaid(
    one: Atom, two: Atom, before: str, link: str, calendar: WorkCalendar
) -> None:
    (first, first_due), (second, second_due) = written(one, calendar), written(two, calendar)

    read = told(f"{before}{first}{link}{second}", calendar)

    right = max(first_due, second_due)
    framed = first_due.month == second_due.month
    assert read is None or read[2] or read[0] == right or (framed and read[0] in (first_due, second_due))


@given(atom=ATOMS, before=st.sampled_from(BEFORE), unknown=st.sampled_from(UNKNOWN))
def test_a_word_that_may_change_the_day_is_never_passed_over(
    atom: Atom, before: str, unknown: str, calendar: WorkCalendar
) -> None:
    text, _ = written(atom, calendar)

    # A number before a month makes a day of it.
    led = text if unknown.isdigit() else f"{unknown} {text}"
    for whole in (f"{before}{text} {unknown}", f"{led}; {unknown}"):
        read = told(whole, calendar)
        assert read is None or read[2] or read[1], whole


HEADINGS = {
    "QUÝ I": Heading(1),
    "Quý 2": Heading(2),
    "Quí 2:": Heading(2),
    "II.": Heading(2),
    "III": Heading(3),
    "QUÝ II/2026": Heading(2, None, 2026),
    "Quý III năm 2026": Heading(3, None, 2026),
    "Quý I, năm 2026": Heading(1, None, 2026),
    "Quý I - 2026": Heading(1, None, 2026),
    "I. QUÝ I": Heading(1),
    "A. Quý I": Heading(1),
    "1. Quý IV": Heading(4),
    "QUÝ THỨ NHẤT": Heading(1),
    "Quý một": Heading(1),
    "QUÝ I (6 nhiệm vụ)": Heading(1),
    "NHIỆM VỤ QUÝ III": Heading(3),
    "Các nhiệm vụ trong quý II": Heading(2),
    "Tháng 6": Heading(2, 6),
    "THÁNG 12/2026": Heading(4, 12, 2026),
    "Tháng 3 – Tháng Thanh niên": Heading(1, 3),
    "Tháng 9/2025: Chủ điểm “Truyền thống nhà trường”": Heading(3, 9, 2025),
    "QUÝ I: Thi đua lập thành tích mừng Đảng": Heading(1),
}


@pytest.mark.parametrize(("text", "read"), HEADINGS.items())
def test_a_heading_of_a_quarter_or_a_month_is_read(text: str, read: Heading) -> None:
    assert read_heading(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "V.",
        "Quý 5",
        "Tháng 3 - Tháng 5",
        "Quý I: đến 30/3",
        "Báo cáo quý I",
        "I. MỤC ĐÍCH",
        "ii",
        "Tháng 13",
        "1",
    ],
)
def test_other_texts_are_no_heading(text: str) -> None:
    assert read_heading(text) is None
