"""The papers of a session and of a decision, made of what is recorded: the same names, counts and sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from exchange.papers.comparing import bare, pages_of
from runtime.acts.acting import Acting, Done
from runtime.office.settings import Options
from storage.unit import UnitOfWork
from tests.commands.conftest import Tdkt
from tests.dossiers import way
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR
from workflow.model.award_decisions import AwardDecision, DecisionLine, Mark
from workflow.model.context import Actor
from workflow.model.decision import Decision, EntryDraft, FreeText
from workflow.model.facts import Item, Key
from workflow.model.sessions import (
    Attendance,
    Ballot,
    CouncilSession,
    Presiding,
    Recusal,
    SessionLine,
    Slips,
)

NAMES = ("Lộc Thị An Mẫu", "Hoàng Văn Bình Mẫu")
DAY, ISSUED = date(2026, 6, 22), date(2026, 6, 30)
COUNCIL = (CHAIR, VICE_CHAIR, STANDING_MEMBER, SECRETARY, *(f"uy-vien-{no}" for no in range(1, 6)))
ROOM = COUNCIL[:8]


def vote(no: int, line: int, title: str, *, secret: bool, for_: int) -> SessionLine:
    """A counted line of D0001, of nine members with eight in the room."""
    base = 9 if secret else 8
    least = 8 if secret else 5
    of: Literal["total", "present"] = "total" if secret else "present"
    counted = SessionLine(no, "D0001", line, title, of, 80 if secret else 50, not secret, secret)._replace(
        ballot=2 if secret else 1,
        presiding=CHAIR,
        base_n=base,
        total=9,
        in_room=8,
        voting=8,
        least=least,
        for_=for_,
        against=8 - for_,
        result="pass" if for_ >= least else "fail",
        conclusion="award" if for_ >= least else "not_awarded",
    )
    if not secret:
        return counted._replace(other=0)
    asked = counted._replace(written_asked=0, written_returned=0)
    return asked._replace(group="P1", issued=8, collected=8, valid=8, invalid=0)


def held() -> CouncilSession:
    lines = (
        vote(1, 1, "ldtt", secret=False, for_=8),
        vote(2, 2, "cstdcs", secret=True, for_=8),
        vote(3, 3, "ldtt", secret=False, for_=7),
        vote(4, 4, "cstdcs", secret=True, for_=7),
    )
    return CouncilSession(
        planned_on=DAY,
        planned_at="08:00",
        place="Phòng họp Ủy ban nhân dân xã Điềm He",
        invitation_no="07/GM-HĐTĐKT",
        invitation_on=date(2026, 6, 18),
        presiding=CHAIR,
        secretary=SECRETARY,
        opened_at="08:00",
        closed_at="10:30",
        held_on=DAY,
        minutes_no="03/BB-HĐTĐKT",
        minutes_on=DAY,
        last_no=4,
        agenda=("D0001",),
        members=COUNCIL,
        roll=tuple(Attendance(id, "08:00") for id in ROOM),
        presided=(Presiding(CHAIR, "08:00"),),
        recusals=(Recusal("uy-vien-5", ("D0001/3",), "relative"),),
        board=("uy-vien-1", "uy-vien-2", "uy-vien-4"),
        ballots=(
            Ballot(1, "ldtt", "08:40", CHAIR, ROOM, secret=False),
            Ballot(2, "cstdcs", "09:10", CHAIR, ROOM, secret=True),
        ),
        slips=(Slips("P1", 2, ROOM, board=("uy-vien-1", "uy-vien-2", "uy-vien-4")),),
        lines=lines,
    )


def award(title: str, lines: tuple[int, ...], *, number: str | None) -> AwardDecision:
    decision = AwardDecision(
        "award",
        title,
        "2025-2026",
        CHAIR,
        to_trinh_no="05/TTr-HĐTĐKT",
        to_trinh_on=date(2026, 6, 24),
        salary=2_340_000,
        number=number,
        signed_on=ISSUED if number else None,
        issued_on=ISSUED if number else None,
    )
    marks = (
        (Mark("rectified", "210/UBND-VHXH", ISSUED), Mark("recalled", "211/TB-UBND", ISSUED))
        if number
        else ()
    )
    found = tuple(
        DecisionLine(no, "D0001", line, title, "person", "truong-tieu-hoc")
        for no, line in enumerate(lines, 1)
    )
    return replace(decision, lines=found, marks=marks)


def changing(
    kind: Literal["revoke", "amend"], number: str | None, *, ground: str | None = None
) -> AwardDecision:
    """A decision about the first line of Q01."""
    return replace(
        award("ldtt", (1,), number=number),
        kind=kind,
        changes="Q01",
        ground=ground,
        conclusion="05/KL-UBND" if ground else None,
        conclusion_on=date(2026, 8, 14) if ground else None,
    )


RECTIFIED = "Tại căn cứ thứ ba, đã in là “2024”, nay sửa là “2025”"
SAID: Mapping[str, tuple[str, tuple[FreeText, ...]]] = {
    "Q03": ("new_revoke", (FreeText("reason", "Sao chép sáng kiến"),)),
    "Q04": ("new_amend", (FreeText("reason", "In sai tên"),)),
}
"""The events that made what changes a decision, with their words."""


@pytest.fixture
def concluded(tdkt: Tdkt, database: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tdkt:
    """An office in whose council two teachers were voted on, with two decisions in draft."""
    monkeypatch.chdir(tmp_path)
    body = "truong-tieu-hoc"
    new = ("--task", "T11", "--from", body, "--title", "ldtt", "--period", "2025-2026", "--as", body)
    assert tdkt("dossier", "new", *new).code == 0
    for name, sex in zip(NAMES, ("Nữ", "Nam"), strict=True):
        for title in ("ldtt", "cstdcs"):
            line = ("--kind", "person", "--name", name, "--title", title, "--position", "Giáo viên")
            more = ("--unit", "Trường Tiểu học Mẫu", "--sex", sex, "--born", "1980", "--as", body)
            added = tdkt("dossier", "add", "D0001", *line, *more)
            assert added.code == 0, added.err
    for words in way("complete", ref="D0001", lines=(1, 2, 3, 4), body=body):
        assert tdkt(*words).code == 0
    for account, name in ((CHAIR, "Lý Văn Chủ Mẫu"), (SECRETARY, "Lương Thị Thư Mẫu")):
        named = tdkt("office", "holder", account, name, "--from", "01/01/2026", "--as", OFFICER)
        assert named.code == 0, named.err
    with Acting(Options(db=f"sqlite:///{database}"), {}) as acting:
        acting.actor = Actor(OFFICER)
        acting.act(write)
    return tdkt


def write(unit: UnitOfWork) -> Done[None]:
    """The session and the decisions as their own events would leave them."""
    key = Key("diem-he", 2026, "T11")
    task = unit.seen(key)
    assert task is not None
    made = (
        ("S01", "minuted", held()),
        ("Q01", "issued", award("ldtt", (1, 3), number="112/QĐ-UBND")),
        ("Q02", "drafted", award("cstdcs", (2,), number=None)),
        ("Q03", "issued", changing("revoke", "130/QĐ-UBND", ground="b")),
        ("Q04", "drafted", changing("amend", None)),
    )
    dossier = unit.seen(key._replace(ref="D0001"))
    assert dossier is not None
    for ref, state, details in made:
        item = Item(key._replace(ref=ref), task.machine, task.digest, state, 1, details, rules=dossier.rules)
        event, texts = SAID.get(ref, ("new", ()))
        entry = EntryDraft(event, OFFICER, "officer", None, state, texts=texts)
        unit.write(Decision(item, entry), open=False, new=True)
    for event, text in (
        ("rectify", FreeText("what", RECTIFIED)),
        ("recall_copies", FreeText("to_whom", "Xã A")),
    ):
        entry = EntryDraft(event, OFFICER, "officer", None, None, texts=(text,))
        unit.record(entry, log=2026, key=key._replace(ref="Q01"))
    return Done(None)


def said(tdkt: Tdkt, ref: str, kind: str, *more: str) -> str:
    """What the PDF of a paper says."""
    answer = tdkt("paper", "make", ref, kind, "-o", "out", "--as", OFFICER, *more)
    assert answer.code == 0, answer.err
    (file,) = Path("out").glob(f"{ref}-{kind}*.pdf")
    return " ".join("".join(pages_of(file.read_bytes())).split())


def test_the_minutes_have_who_was_there_and_each_count(concluded: Tdkt) -> None:
    text = said(concluded, "S01", "bb_hop")

    assert "Số: 03/BB-HĐTĐKT" in text
    assert "Hồi 08 giờ 00, ngày 22 tháng 6 năm 2026, tại Phòng họp Ủy ban nhân dân xã Điềm He." in text
    assert "1. Triệu tập: 09 thành viên" in text
    assert "2. Có mặt: 08 thành viên: Lý Văn Chủ Mẫu, Chủ tịch Ủy ban nhân dân xã, Chủ tịch Hội đồng;" in text
    assert "Số thành viên có mặt 08/09, bảo đảm số lượng tối thiểu 06 thành viên" in text
    assert "“Chiến sĩ thi đua cơ sở” – bỏ phiếu kín; có mặt khi biểu quyết 08/09" in text
    assert "“Lao động tiên tiến” – biểu quyết giơ tay; có mặt khi biểu quyết 08/09" in text
    assert "88,88 %" in text
    assert "77,77 %" in text
    assert "Không đạt số phiếu tối thiểu" in text
    assert "THƯ KÝ Lương Thị Thư Mẫu CHỦ TRÌ Lý Văn Chủ Mẫu" in text


def test_the_counting_board_has_minutes_for_each_group_of_slips(concluded: Tdkt) -> None:
    text = said(concluded, "S01", "bb_kiem_phieu")

    assert "phát ra 8; thu về 8." in text
    assert "tổng số 09; có mặt 08; vắng mặt 01." in text
    assert "trưởng tổ" in text


def test_a_slip_names_the_lines_and_nobody_who_votes(concluded: Tdkt) -> None:
    text = said(concluded, "S01", "phieu_bau")

    assert all(name in text for name in NAMES)
    assert not any(each in text for each in ("Lý Văn Chủ", "Lương Thị Thư", "Chủ tịch"))


def test_the_invitation_says_what_is_on_the_agenda(concluded: Tdkt) -> None:
    text = said(concluded, "S01", "giay_moi")

    assert "Số: 07/GM-HĐTĐKT" in text
    assert "08 giờ 00, ngày 22 tháng 6 năm 2026" in text
    assert "xét 01 hồ sơ, 04 trường hợp" in text
    assert "“Chiến sĩ thi đua cơ sở”: 02 trường hợp" in text


def test_the_short_list_has_the_year_of_birth_by_title(concluded: Tdkt) -> None:
    text = said(concluded, "S01", "danh_sach_trich_ngang")

    assert text.count("1980") == 4
    assert "Các trường hợp đề nghị Hội đồng xét (04 trường hợp)" in text


def test_the_councils_proposal_counts_both_base_salaries_where_they_are_near(concluded: Tdkt) -> None:
    given = ("--number", "05/TTr-HĐTĐKT", "--on", "24/06/2026")
    text = said(concluded, "S01", "to_trinh_hoi_dong", *given)

    assert "“Lao động tiên tiến”: đề nghị 02, đạt 02, không đạt 0. Đề nghị tặng: 02 cá nhân." in text
    assert "“Chiến sĩ thi đua cơ sở”: đề nghị 02, đạt 01, không đạt 01. Đề nghị tặng: 01 cá nhân." in text
    # 0 + 710.000 for LĐTT, as the higher title is paid, and 2.340.000; then 760.000 and 2.530.000.
    assert "đến ngày 30/06/2026 (lương cơ sở 2.340.000 đồng): 3.050.000 đồng" in text
    assert "từ ngày 01/07/2026 (lương cơ sở 2.530.000 đồng): 3.290.000 đồng" in text


def test_a_decision_on_two_names_them_and_pays_the_higher_title(concluded: Tdkt) -> None:
    text = said(concluded, "Q01", "quyet_dinh")

    assert "Số: 112/QĐ-UBND" in text
    assert "Tặng danh hiệu “Lao động tiên tiến” năm học 2025 - 2026 cho 02 cá nhân: Bà Lộc Thị An Mẫu" in text
    assert "Ông Hoàng Văn Bình Mẫu, Giáo viên, Trường Tiểu học Mẫu." in text
    assert "tổng số 710.000 đồng (Bảy trăm mười nghìn đồng)" in text
    # A line may end after the hyphen of the symbol.
    assert bare("Tờ trình số 05/TTr-HĐTĐKT ngày 24 tháng 6 năm 2026,") in bare(text)
    assert "Lý Văn Chủ Mẫu" in text


def test_the_list_to_sign_says_which_title_is_paid_instead(concluded: Tdkt) -> None:
    text = said(concluded, "Q01", "bang_ky_nhan")

    assert "0 hưởng mức CSTĐCS" in text
    assert "Tổng cộng 710.000" in text


def test_the_public_list_has_no_birth_and_waits_for_the_number(concluded: Tdkt) -> None:
    text = said(concluded, "Q01", "danh_sach_cong_khai")
    draft = concluded("paper", "make", "Q02", "danh_sach_cong_khai")

    assert "1980" not in text
    assert "Trường Tiểu học mẫu" in text
    assert draft.code == 1


def test_a_draft_decision_has_blanks_for_number_and_day(concluded: Tdkt) -> None:
    text = said(concluded, "Q02", "quyet_dinh")

    assert "Số: /QĐ-UBND" in text
    assert "ngày tháng năm 2026" in text
    assert "2.340.000 đồng (Hai triệu ba trăm bốn mươi nghìn đồng)" in text


def test_an_annulment_names_the_point_of_the_law_and_what_is_paid_back(concluded: Tdkt) -> None:
    text = said(concluded, "Q03", "quyet_dinh_huy_bo")

    assert "Về việc hủy bỏ một phần Quyết định số 112/QĐ-UBND ngày 30 tháng 6 năm 2026" in text
    assert "đối với 01 cá nhân có tên dưới đây, theo điểm b khoản 2 Điều 93" in text
    assert "nội dung: Sao chép sáng kiến." in text
    assert "Căn cứ Văn bản số 05/KL-UBND ngày 14 tháng 8 năm 2026;" in text


def test_an_amendment_says_why_and_waits_for_its_number(concluded: Tdkt) -> None:
    text = said(concluded, "Q04", "quyet_dinh_sua_doi")

    assert "sửa đổi, bổ sung Quyết định số 112/QĐ-UBND ngày 30 tháng 6 năm 2026" in text
    assert "(lý do: In sai tên)" in text
    assert "Số: /QĐ-UBND" in text


def test_what_rectifies_or_recalls_a_decision_bears_its_own_number(concluded: Tdkt) -> None:
    letter = said(concluded, "Q01", "cong_van_dinh_chinh")
    notice = said(concluded, "Q01", "thong_bao_thu_hoi")

    assert "Số: 210/UBND-VHXH" in letter
    assert RECTIFIED in letter
    assert "Số: 211/TB-UBND" in notice
    assert "Kính gửi: Xã A." in notice


def test_a_decision_has_the_papers_of_its_kind_alone(concluded: Tdkt) -> None:
    kinds = [each["kind"] for each in concluded("paper", "list", "Q03", "--json").json]

    assert kinds == ["quyet_dinh_huy_bo"]


def test_minutes_that_are_signed_anew_are_another_paper_than_the_first(
    concluded: Tdkt, database: Path
) -> None:
    first = said(concluded, "S01", "bb_hop")
    with Acting(Options(db=f"sqlite:///{database}"), {}) as acting:
        acting.actor = Actor(OFFICER)
        acting.act(minute_twice)

    second = concluded("paper", "make", "S01", "bb_hop", "-o", "out", "--as", OFFICER)

    assert second.code == 0
    kept = concluded("paper", "list", "S01", "--json").json
    minutes = [each for each in kept if each["kind"] == "bb_hop"]
    assert [(each["part"], each["state"]) for each in minutes] == [("", "superseded"), ("2", "kept")]
    assert minutes[0]["newer"]["part"] == "2"
    assert "Minutes of the council: made anew, of 2026-06-22; part 2 holds." in " ".join(
        concluded("paper", "list", "S01").out.split()
    )
    assert "03/BB-HĐTĐKT" in first


def minute_twice(unit: UnitOfWork) -> Done[None]:
    for _time in range(2):
        entry = EntryDraft("minute", OFFICER, "secretary", "closed", "minuted")
        unit.record(entry, log=2026, key=Key("diem-he", 2026, "S01"))
    return Done(None)
