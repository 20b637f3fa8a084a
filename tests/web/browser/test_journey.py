"""The whole path through the pages: a task to its completion, an Excel list to the decision and its printed
papers. With a mouse, by keyboard alone, and with script off."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Download, Locator, Page, expect

from cli import door
from commands.failures import run
from exchange.papers.comparing import bare, pages_of, text_of
from exchange.papers.package import unpacked
from exchange.papers.word import read
from tests.commands.at_work import typed
from tests.web.browser.conftest import Opening, served

OFFICER = "Chuyên viên Phòng Văn hóa - Xã hội"
STANDING_MEMBER = "Trưởng phòng Văn hóa - Xã hội, Ủy viên thường trực Hội đồng"
CHAIR = "Chủ tịch UBND xã, Chủ tịch Hội đồng"
VILLAGE = "Trưởng thôn mẫu số 1"
SECRETARY = "Thư ký Hội đồng"
ACCOUNTANT = "Kế toán"
RECORDS_CLERK = "Văn thư"
NAMES = ("Nông Văn Mẫu", "Hoàng Thị Mẫu")
ASKED_PAPERS = (
    "Tờ trình đề nghị khen thưởng",
    "Danh sách đề nghị",
    "Biên bản họp bình xét",
    "Báo cáo thành tích",
)
COMMANDS = """
tick --now 2026-01-06T09:00
advance T01 submit --as chuyen-vien
advance T01 review --set opinion="Nhất trí" --as thuong-truc
advance T01 approve --as chu-tich
advance T01 complete --set paper_number=05/BC-UBND --set paper_date=06/01/2026 --as chuyen-vien
tick --now 2026-02-24T08:00
dossier import {listed} --task T06 --from thon-1 --type phong_trao --as thon-1
advance D0001 submit --as thon-1
tick --now 2026-02-25T08:00
dossier accept D0001 --complete-on 25/02/2026 --original seen --all-seen --as chuyen-vien
dossier appraise D0001/1 D0001/2 --verdict met --as chuyen-vien
advance D0001 confirm --as thuong-truc
fund set --allocated 60.000.000 --paper 15/QĐ-UBND --as ke-toan
council new --date 03/03/2026 --at 09:00 --place "UBND xã" --as thu-ky
council agenda S01 --ready --as thu-ky
council call S01 --paper 05/GM-HĐTĐKT --paper-date 25/02/2026 --as thu-ky
tick --now 2026-03-03T09:00
council open S01 --absent uy-vien-5 --as thu-ky
council vote S01 gk --at 09:15 --all-for --as thu-ky
council conclude S01 --all --as thu-ky
council close S01 --at 10:00 --as thu-ky
council minutes S01 --paper 02/BB-HĐTĐKT --signer chu-tich --signer thu-ky --as thu-ky
decision new --title gk --all --as chuyen-vien
decision funds Q01 --as ke-toan
decision submit Q01 --paper 09/TTr-HĐTĐKT --paper-date 03/03/2026 --as chuyen-vien
decision sign Q01 --on 03/03/2026 --way paper --as van-thu
decision issue Q01 --number 112/QĐ-UBND --date 03/03/2026 --as van-thu
payment record Q01 --all --way transfer --as ke-toan
paper make Q01 quyet_dinh -o {papers} --as van-thu
"""
"""The same path on the command line; each is confirmed."""
MOST_TABS, MOST_CHOICES = 150, 10
HAS_FOCUS = "(each) => each === document.activeElement"
HAS_FOCUS_IN_GROUP = "(each) => each.name === document.activeElement.name"
STANDS_BEFORE = "(each) => (document.activeElement.compareDocumentPosition(each) & 2) > 0"
Told = Mapping[str, Sequence[tuple[str, ...]]]
"""What happened to each item, in order."""
SAID = ("event", "actor", "from", "to", "recorded")
"""What an entry says beside its time and place in the log."""


class Person:
    """Somebody at the console, who goes by the words on the page. This one has a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, name: str) -> None:
        self.go(self.named("link", name))
        expect(self.page.get_by_role("main")).not_to_contain_text("Hiện chưa thực hiện được")

    def open_item(self, ref: str) -> None:
        """By the first link in a list that begins with its reference."""
        self.go(self.page.get_by_role("link", name=re.compile(rf"^{ref}\b")).first)

    def press(self, name: str, says: str = "") -> None:
        self.go(self.named("button", name))
        if says:
            expect(self.page.get_by_role("main").get_by_role("status").first).to_contain_text(says)

    def go(self, target: Locator) -> None:
        with self.page.expect_navigation():
            self.activate(target)

    def fill(self, name: str, text: str) -> None:
        self.type(self.named("textbox", name), text)

    def take_position(self, label: str) -> None:
        self.activate(self.page.locator("summary", has_text="Đang làm việc với tư cách:"))
        self.choose("Đổi chức vụ", label)
        self.press("Chọn")

    def named(self, role: Any, name: str) -> Locator:
        """By its whole name; what stands in brackets behind it may be left out."""
        return self.page.get_by_role(role, name=re.compile(rf"^{re.escape(name)}( \(.*\))?$")).first

    def activate(self, target: Locator) -> None:
        target.click()

    def type(self, target: Locator, text: str) -> None:
        target.fill(text)

    def tick(self, name: str) -> None:
        self.named("checkbox", name).check()

    def mark(self, name: str, *, of: str) -> None:
        """Chooses among what excludes each other, in the group whose name holds `of`."""
        self.option(name, of).check()

    def option(self, name: str, of: str) -> Locator:
        group = self.page.get_by_role("group", name=re.compile(re.escape(of)))
        return group.get_by_role("radio", name=name, exact=True).first

    def choose(self, name: str, label: str) -> None:
        """The first entry of a list that begins with the words."""
        box = self.named("combobox", name)
        box.select_option(index=self.place(box, label))

    def place(self, box: Locator, label: str) -> int:
        entries = box.locator("option").all_inner_texts()
        return next(at for at, entry in enumerate(entries) if entry.startswith(label))

    def upload(self, name: str, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.activate(self.named("button", name))
        chooser.value.set_files(file)

    def unfold(self, text: str) -> None:
        self.activate(self.page.get_by_role("main").locator("summary", has_text=text))

    def download(self, name: str) -> Download:
        with self.page.expect_download() as come:
            self.activate(self.named("link", name))
        return come.value


class AtKeyboard(Person):
    """Somebody without a mouse: Tab, Enter, Space and the arrows."""

    def reach(self, target: Locator, reached: str = "") -> None:
        """Tabs to it, forwards or back as it stands from here."""
        key = "Shift+Tab" if target.evaluate(STANDS_BEFORE) else "Tab"
        for _step in range(MOST_TABS):
            if target.evaluate(reached or HAS_FOCUS):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"not reached in {MOST_TABS} steps of {key}: {target}")

    def activate(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def type(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        expect(target).to_have_value(text)

    def tick(self, name: str) -> None:
        box = self.named("checkbox", name)
        self.reach(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def mark(self, name: str, *, of: str) -> None:
        """Tab stops once in a group; the arrows go through it."""
        option = self.option(name, of)
        self.reach(option, HAS_FOCUS_IN_GROUP)
        if option.evaluate(HAS_FOCUS):
            self.page.keyboard.press("Space")
        for _step in range(MOST_CHOICES):
            if option.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"not chosen by the arrows: {option}")

    def choose(self, name: str, label: str) -> None:
        box = self.named("combobox", name)
        wanted = self.place(box, label)
        self.reach(box)
        steps = wanted - int(box.evaluate("(each) => each.selectedIndex"))
        for _step in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        assert box.evaluate("(each) => each.selectedIndex") == wanted


@pytest.fixture(scope="module")
def by_commands(prepared_sandbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """What the same path on the command line leaves in the log."""
    folder = tmp_path_factory.mktemp("by-commands")
    database, listed = folder / "tdkt.db", list_of(folder)
    shutil.copyfile(prepared_sandbox, database)
    for line in COMMANDS.strip().splitlines():
        words = shlex.split(line.format(listed=shlex.quote(str(listed)), papers=shlex.quote(str(folder))))
        typed(("--db", f"sqlite:///{database}", *words, "--yes"))
    return told(database)


@pytest.mark.parametrize(
    ("person", "script"),
    [(Person, True), (AtKeyboard, True), (Person, False)],
    ids=["mouse", "keyboard", "without-script"],
)
def test_the_whole_path_is_gone_on_the_pages(
    database: Path, opening: Opening, tmp_path: Path, by_commands: Told, person: type[Person], script: bool
) -> None:
    with served(database) as console:
        walker = person(opening(console, script=script))
        walk_task(walker, database)
        walk_list(walker, database, list_of(tmp_path))
        walk_session(walker, database)
        walk_decision(walker)
        said = downloaded(walker)

    for text in said:
        assert [bare(name) for name in NAMES if bare(name) not in text] == []
    typed(("--db", f"sqlite:///{database}", "audit", "verify"))
    assert told(database) == by_commands


def list_of(folder: Path) -> Path:
    """A list of two nominees, as a village sends it."""
    book, file = Workbook(), folder / "danh-sach.xlsx"
    assert book.active is not None
    for row in (("Họ và tên", "Danh hiệu đề nghị"), *((name, "Giấy khen") for name in NAMES)):
        book.active.append(row)
    book.save(file)
    return file


def told(database: Path) -> Told:
    with redirect_stdout(StringIO()) as out:
        assert run(door(), ("--db", f"sqlite:///{database}", "audit", "log", "--json")) == 0
    found: dict[str, list[tuple[str, ...]]] = {}
    for entry in json.loads(out.getvalue()):
        about = str(entry["ref"])
        found.setdefault(about, []).append(
            tuple(json.dumps(entry[name], ensure_ascii=False) for name in SAID)
        )
    return found


def set_clock(database: Path, now: str) -> None:
    """The sandbox's clock stands still but for commands."""
    typed(("--db", f"sqlite:///{database}", "tick", "--now", now))


def walk_task(walker: Person, database: Path) -> None:
    """A task from its draft to its completion; the position is changed on its page."""
    set_clock(database, "2026-01-06T09:00")
    walker.follow("Kế hoạch năm")
    walker.open_item("T01")
    walker.follow("Trình")
    walker.press("Trình", says="Đã trình lãnh đạo phòng")
    walker.take_position(STANDING_MEMBER)
    walker.follow("Thẩm định")
    walker.fill("Ý kiến", "Nhất trí")
    walker.press("Thẩm định", says="Đã kiểm tra nội dung, thể thức")
    walker.take_position(CHAIR)
    walker.follow("Phê duyệt")
    walker.press("Phê duyệt", says="Đã ký")
    walker.take_position(OFFICER)
    walker.follow("Hoàn thành")
    walker.fill("Số văn bản", "05/BC-UBND")
    walker.fill("Ngày văn bản", "06/01/2026")
    walker.press("Hoàn thành", says="Đã ban hành")


def walk_list(walker: Person, database: Path, listed: Path) -> None:
    """A village's list to an appraised dossier. Its papers come by hand, which is asked about."""
    set_clock(database, "2026-02-24T08:00")
    walker.take_position(VILLAGE)
    walker.follow("Hồ sơ")
    walker.follow("Nhập danh sách Excel")
    walker.upload("Tệp danh sách", listed)
    walker.choose("Nhiệm vụ", "T06.")
    walker.mark("Thôn 1", of="Đơn vị")
    walker.choose("Loại hình khen thưởng", "Khen thưởng phong trào thi đua")
    walker.press("Đọc và kiểm tra")
    walker.press("Ghi 1 hồ sơ", says="D0001: đã ghi 2 trường hợp")
    walker.follow("Nộp hồ sơ")
    walker.press("Nộp hồ sơ")
    walker.tick("Tôi đã xem và xác nhận thực hiện")
    walker.press("Nộp hồ sơ", says="Đã nộp, chờ kiểm tra")
    set_clock(database, "2026-02-25T08:00")
    walker.take_position(OFFICER)
    walker.follow("Xác nhận đủ hồ sơ")
    walker.fill("Ngày nhận đủ hồ sơ", "25/02/2026")
    walker.mark("Đã xem bản ký", of="Bản có chữ ký")
    for paper in ASKED_PAPERS:
        walker.tick(paper)
    walker.press("Xác nhận đủ hồ sơ", says="Đã nhận đủ, đang thẩm định")
    walker.follow("Thẩm định từng trường hợp")
    for name in NAMES:
        walker.mark("Đủ điều kiện", of=name)
    walker.press("Ghi kết quả thẩm định", says="2 trường hợp")
    walker.take_position(STANDING_MEMBER)
    walker.follow("Duyệt kết quả thẩm định")
    walker.press("Duyệt kết quả thẩm định", says="Đã thẩm định, chờ Hội đồng xét")
    walker.take_position(ACCOUNTANT)
    walker.follow("Tiền thưởng")
    walker.unfold("Ghi quỹ của năm")
    walker.fill("Ngân sách phân bổ", "60.000.000")
    walker.fill("Số văn bản", "15/QĐ-UBND")
    walker.press("Ghi quỹ của năm", says="60.000.000 đồng")


def walk_session(walker: Person, database: Path) -> None:
    """The council's session from its preparation to the signed minutes; one member is absent."""
    walker.take_position(SECRETARY)
    walker.follow("Phiên họp Hội đồng")
    walker.follow("Lập phiên họp")
    walker.fill("Ngày họp", "03/03/2026")
    walker.fill("Giờ", "09:00")
    walker.fill("Địa điểm", "UBND xã")
    walker.press("Lập phiên họp", says="Đang chuẩn bị phiên họp")
    walker.follow("Chương trình họp")
    walker.press("Ghi chương trình", says="Đưa vào chương trình")
    walker.follow("Gửi giấy mời")
    walker.fill("Số giấy mời", "05/GM-HĐTĐKT")
    walker.fill("Ngày giấy mời", "25/02/2026")
    walker.press("Gửi giấy mời", says="Đã triệu tập")
    set_clock(database, "2026-03-03T09:00")
    walker.follow("Phiên họp Hội đồng")
    walker.open_item("S01")
    walker.follow("Khai mạc, điểm danh")
    walker.choose("Điểm danh: Bí thư Đoàn xã", "Vắng")
    walker.press("Ghi khai mạc", says="Đang họp")
    walker.follow("Biểu quyết")
    walker.fill("Giờ biểu quyết", "09:15")
    walker.tick("Tất cả đồng ý")
    walker.press("Ghi biểu quyết", says="Ghi kết quả biểu quyết")
    walker.follow("S01")
    walker.follow("Kết luận")
    walker.press("Ghi kết luận", says="Kết luận")
    walker.follow("Kết thúc phiên họp")
    walker.fill("Giờ kết thúc", "10:00")
    walker.press("Kết thúc phiên họp", says="Đã kết thúc, chờ ký biên bản")
    walker.follow("Ghi nhận biên bản đã ký")
    walker.fill("Số biên bản", "02/BB-HĐTĐKT")
    walker.press("Ghi nhận biên bản đã ký", says="Đã ký biên bản")


def walk_decision(walker: Person) -> None:
    """The decision from its draft to the money that is paid."""
    walker.take_position(OFFICER)
    walker.follow("Quyết định")
    walker.follow("Dự thảo quyết định")
    walker.press("Lập dự thảo", says="Đang dự thảo")
    walker.take_position(ACCOUNTANT)
    walker.follow("Xác nhận nguồn kinh phí")
    walker.press("Xác nhận nguồn kinh phí", says="Xác nhận nguồn kinh phí")
    walker.take_position(OFFICER)
    walker.follow("Trình ký")
    walker.fill("Số tờ trình", "09/TTr-HĐTĐKT")
    walker.fill("Ngày tờ trình", "03/03/2026")
    walker.press("Trình ký", says="Đã trình ký")
    walker.take_position(RECORDS_CLERK)
    walker.follow("Ghi nhận đã ký")
    walker.fill("Ngày ký", "03/03/2026")
    walker.mark("Bản giấy", of="Bản giấy, ký số")
    walker.press("Ghi nhận đã ký", says="Đã ký, chờ phát hành")
    walker.follow("Cấp số, phát hành")
    walker.fill("Số quyết định", "112/QĐ-UBND")
    walker.fill("Ngày quyết định", "03/03/2026")
    walker.press("Cấp số, phát hành", says="Đã ban hành")
    walker.take_position(ACCOUNTANT)
    walker.follow("Chi tiền thưởng, sổ khen thưởng")
    walker.mark("Chuyển khoản", of="Hình thức")
    walker.press("Ghi đã chi", says="cho 2 trường hợp")


def downloaded(walker: Person) -> Sequence[str]:
    """What the decision's Word file and its PDF say, bare. The PDF opens in the browser's own viewer."""
    walker.take_position(RECORDS_CLERK)
    walker.follow("Văn bản")
    walker.open_item("Q01")
    walker.press("Lập và lưu Quyết định khen thưởng", says="Đã lưu")
    word = walker.download("Word Quyết định khen thưởng")
    walker.go(walker.named("link", "Xem bản in Quyết định khen thưởng"))
    printed = walker.page.context.request.get(walker.page.url)
    assert printed.headers["content-type"] == "application/pdf"
    return (
        text_of(read(unpacked(Path(word.path()).read_bytes()))),
        bare("".join(pages_of(printed.body()))),
    )
