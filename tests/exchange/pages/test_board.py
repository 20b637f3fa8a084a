"""The board's page: whole, alone, escaped, in the reader's words."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from exchange.pages.board import Board, BoardCount, BoardQuarter, BoardTask, page

TASK = BoardTask(
    ref="T01",
    content="Báo cáo tổng kết",
    lead="Phòng VH-XH",
    cooperating="UBND xã",
    state="Đã trình",
    due="31/03/2026",
    short_due="31/03",
    due_marks="*",
    progress="Quá hạn 3 ngày",
    brief="Quá hạn 3 ngày",
    tone="late",
)
BOARD = Board(
    office="Điềm He",
    title="Kế hoạch năm 2026",
    day="03/04/2026",
    mark="BẢN THỬ",
    language="vi",
    headings=("Nhiệm vụ", "Cơ quan chủ trì", "Trạng thái", "Thời hạn", "Tiến độ"),
    quarters=(BoardQuarter("Quý I", (TASK,)), BoardQuarter("Quý II", ())),
    counts=(BoardCount("Số nhiệm vụ", 1), BoardCount("Quá hạn", 1, "late")),
    notes=(("*", "Hạn do phần mềm suy ra"),),
)


class Seen(HTMLParser):
    """What a browser would see: the elements, their attributes, and the texts outside the style."""

    VOID = frozenset({"meta", "link"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and "style" not in self.open:
            self.texts.append(data)


def test_the_page_says_all_that_the_board_holds_in_its_order() -> None:
    assert Seen(page(BOARD)).texts == [
        "BẢN THỬ Điềm He: Kế hoạch năm 2026",
        "Kế hoạch năm 2026",
        "Điềm He",
        "03/04/2026",
        "BẢN THỬ",
        "1",
        "Số nhiệm vụ",
        "1",
        "Quá hạn",
        "Quý I ",
        "(1)",
        "Nhiệm vụ",
        "Cơ quan chủ trì",
        "Trạng thái",
        "Thời hạn",
        "Tiến độ",
        "T01",
        "Báo cáo tổng kết",
        "Phòng VH-XH",
        "UBND xã",
        "Đã trình",
        "31/03/2026 *",
        "Quá hạn 3 ngày",
        "Quý II ",
        "(0)",
        "Nhiệm vụ",
        "Cơ quan chủ trì",
        "Trạng thái",
        "Thời hạn",
        "Tiến độ",
        "* Hạn do phần mềm suy ra",
    ]


def test_every_element_is_closed_and_nothing_is_fetched_or_run() -> None:
    seen = Seen(page(BOARD))

    assert seen.open == []
    assert {"script", "link", "img", "iframe"}.isdisjoint(seen.tags)
    assert {"src", "href"}.isdisjoint(name for name, _value in seen.attributes)
    assert "url(" not in page(BOARD)
    assert "@import" not in page(BOARD)


def test_a_real_office_and_a_board_without_signs_leave_no_empty_places() -> None:
    plain = Seen(page(replace(BOARD, mark=None, notes=())))

    assert plain.texts[0] == "Điềm He: Kế hoạch năm 2026"
    assert "BẢN THỬ" not in plain.texts
    assert "footer" not in plain.tags


def test_the_row_of_a_task_bears_its_tone_and_the_page_its_language() -> None:
    seen = Seen(page(BOARD))

    assert ("class", "late") in seen.attributes
    assert ("lang", "vi") in seen.attributes


@given(st.text(alphabet="<>&\"'/ abc\u1ea3", min_size=1).map(str.strip).filter(bool))
def test_words_are_shown_literally_whatever_signs_they_hold(words: str) -> None:
    task = replace(TASK, content=words, state=words, lead=words)
    board = replace(BOARD, title=words, quarters=(BoardQuarter(words, (task,)),))

    seen = Seen(page(board))

    assert seen.tags == Seen(page(replace(BOARD, quarters=BOARD.quarters[:1]))).tags
    assert seen.texts.count(words) == 4
