"""The week's page: whole, alone, escaped, and cut so that one sheet holds it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.pages.week import FAIR, LINES, ROOMY, WeekLine, WeekPage, WeekSection, page, shared_room
from tests.exchange.pages.test_board import Seen

LINE = WeekLine("T01", "Báo cáo tổng kết", "31/03/2026*", "Quá hạn 3 ngày", "Thư ký Hội đồng")
HEADINGS = ("Nhiệm vụ", "Thời hạn", "Tiến độ", "Chờ ai")
WEEK = WeekPage(
    office="Điềm He",
    title="Giao ban tuần 14",
    subtitle="Kính báo cáo",
    day="03/04/2026",
    mark="BẢN THỬ",
    language="vi",
    sections=(
        WeekSection("Quá hạn", "late", HEADINGS, (LINE,)),
        WeekSection("Đến hạn trong tuần", "soon", HEADINGS, ()),
    ),
    none="Không có.",
    more="và {n} việc khác",
    notes=("* Hạn do phần mềm suy ra",),
)


def long(lines: int) -> WeekPage:
    return replace(WEEK, sections=(replace(WEEK.sections[0], lines=(LINE,) * lines),))


def test_the_page_says_all_that_the_week_holds_in_its_order() -> None:
    assert Seen(page(WEEK)).texts == [
        "BẢN THỬ Giao ban tuần 14",
        "Giao ban tuần 14",
        "Điềm He",
        "03/04/2026",
        "BẢN THỬ",
        "Kính báo cáo",
        "Quá hạn ",
        "(1)",
        *HEADINGS,
        "T01",
        "Báo cáo tổng kết",
        "31/03/2026*",
        "Quá hạn 3 ngày",
        "Thư ký Hội đồng",
        "Đến hạn trong tuần ",
        "(0)",
        "Không có.",
        "* Hạn do phần mềm suy ra",
    ]


def test_every_element_is_closed_and_nothing_is_fetched_or_run() -> None:
    seen = Seen(page(WEEK))

    assert seen.open == []
    assert {"script", "link", "img", "iframe"}.isdisjoint(seen.tags)
    assert {"src", "href"}.isdisjoint(name for name, _value in seen.attributes)
    assert "url(" not in page(WEEK)
    assert "size: A4 portrait" in page(WEEK)


@pytest.mark.parametrize(("lines", "roomy"), [(ROOMY, True), (ROOMY + 1, False)])
def test_lines_take_two_rows_where_there_is_room(lines: int, roomy: bool) -> None:
    assert (("class", "roomy") in Seen(page(long(lines))).attributes) == roomy


def test_a_page_that_would_be_too_long_says_how_many_it_leaves_out() -> None:
    seen = Seen(page(long(LINES + 10)))

    assert seen.texts.count("T01") == LINES - 1
    assert "và 11 việc khác" in seen.texts
    assert f"({LINES + 10})" in seen.texts


@given(st.lists(st.integers(0, 200), max_size=6))
def test_sections_share_one_sheet_and_each_keeps_its_fair_part(lengths: list[int]) -> None:
    rooms = shared_room(lengths)
    used = [room + (room < length) for room, length in zip(rooms, lengths, strict=True)]

    assert sum(used) <= LINES
    assert [at for at, length in enumerate(lengths) if used[at] < min(length, FAIR)] == []
    assert sum(used) == min(sum(lengths), LINES)


@given(st.text(alphabet="<>&\"'/ abc\u1ea3", min_size=1).map(str.strip).filter(bool))
def test_words_are_shown_literally_whatever_signs_they_hold(words: str) -> None:
    line = WeekLine("T01", words, words, words, words)
    week = replace(WEEK, sections=(replace(WEEK.sections[0], title=words, lines=(line,)),))

    seen = Seen(page(week))

    assert seen.open == []
    assert (seen.texts.count(words), seen.texts.count(f"{words} ")) == (4, 1)
