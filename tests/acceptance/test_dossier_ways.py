"""A dossier of each title, type and ground goes its way to its end, each step answered in the office's
words; and what is no way to get there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from runtime.acts.sessions import new_session
from tests.acceptance.desk import Desk, Said
from tests.council import COUNCIL
from tests.ledger import read
from tests.people import (
    ACCOUNTANT,
    CHAIR,
    MEMBER,
    OFFICER,
    RECORDS_CLERK,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_MEMBER,
    VICE_CHAIR,
)
from tests.workflow.shipped import pack_digest
from tests.year import LEADERS, Came, came
from workflow.model.dossiers import Dossier

WAYS = {dossier[2:5]: dossier for dossier in came()}
"""One of each title, type and ground, from whichever body."""
LDTT, CSTDCS, GDVH, TVH = (WAYS[title, None, None] for title in ("ldtt", "cstdcs", "gdvh", "tvh"))
DOT_XUAT = WAYS["gk", "dot_xuat", None]

RECEIVED = (
    Said("Đã nộp hồ sơ", "Đã nộp, chờ kiểm tra"),
    Said("Đã nhận đủ hồ sơ", "Đã nhận đủ, đang thẩm định"),
    Said("Đã thẩm định", "Đã nhận đủ, đang thẩm định"),
)
REVIEWED = {
    "council": (
        Said("Đã duyệt kết quả thẩm định", "Đã thẩm định, chờ Hội đồng xét"),
        Said("Hội đồng đã xét", "Hội đồng đã xét"),
    ),
    "appraisal": (Said("Đã duyệt kết quả thẩm định", "Đã thẩm định"),),
    "simplified": (Said("Đã duyệt kết quả thẩm định", "Đã có ý kiến Ủy viên thường trực"),),
}
BY_TWO = (
    Said("Đã duyệt kết quả thẩm định", "Đã thẩm định, chờ ý kiến Ủy viên thường trực"),
    Said("Đã cho ý kiến", "Đã có ý kiến Ủy viên thường trực"),
)
"""Of the division's own dossier, which its head does not confirm."""
PUBLISHED = (Said("Đã công khai", "Hội đồng đã xét"), Said("Đã kết thúc công khai", "Hội đồng đã xét"))
AWARDED = (
    Said("Đã phê duyệt", "Đã phê duyệt kết quả xét"),
    Said("Đã ghi nhận Quyết định khen thưởng", "Đã ban hành quyết định khen thưởng"),
)
DECIDED = (
    Said("Đã phê duyệt", "Đã phê duyệt kết quả xét"),
    Said("Đã trình cấp trên", "Đã trình cấp trên"),
    Said("Đã ghi kết quả của cấp trên", "Cấp trên đã có kết quả"),
)


def in_words(way: Came) -> tuple[Said, ...]:
    """What the office says of each step."""
    reviewed = REVIEWED[way.path]
    if way.path == "simplified" and way.body == "van_hoa_xa_hoi":
        reviewed = BY_TWO
    return (
        *RECEIVED,
        *reviewed,
        *(PUBLISHED if way.title == "tvh" else ()),
        *(DECIDED if way.higher else AWARDED),
    )


@pytest.mark.parametrize("way", WAYS.values(), ids=lambda way: "-".join(filter(None, way[2:5])))
def test_a_dossier_goes_its_way_to_its_end_in_the_offices_words(desk: Desk, way: Came) -> None:
    ref, said = desk.opened(way), []
    for step in desk.course(way):
        said.append(desk.goes(ref, step))
        if step.event == "publish":
            desk.goes_on(11)

    assert tuple(said) == in_words(way)
    (line,) = Dossier.of(desk.item(ref)).nominees
    assert line.outcome == ("awarded_higher" if way.higher else "awarded_here")


def test_a_list_with_chair_and_vice_chair_comes_to_its_end(desk: Desk) -> None:
    ref, today = desk.opened(LDTT, *LEADERS), desk.today.isoformat()
    desk.does(ref, "submit", OFFICER, paper_number="01/TTr", paper_date=today)
    desk.does(ref, "accept", OFFICER, complete_on=today, original="seen", seen="all")
    desk.does(ref, "appraise", OFFICER, nominee="1,2,3", verdict="met")
    desk.does(ref, "confirm", STANDING_MEMBER)
    desk.session(ref)
    paper = {"paper_number": "05/TTr-HĐTĐKT", "paper_date": today}
    decision = {"decision_number": desk.number(), "decision_date": today, "funds_by": ACCOUNTANT}

    first = desk.does(ref, "approve", CHAIR, **paper)
    own = desk.refuses(ref, "approve", CHAIR, **paper)
    second = desk.does(ref, "approve", VICE_CHAIR, **paper)
    both = desk.refuses(ref, "award", OFFICER, **decision, nominee="1,3", signer=CHAIR)
    awarded = desk.does(ref, "award", OFFICER, **decision, signer=CHAIR)
    taken = desk.refuses(ref, "award", OFFICER, **decision, signer=VICE_CHAIR)
    rest = desk.does(
        ref, "award", OFFICER, **{**decision, "decision_number": desk.number()}, signer=VICE_CHAIR
    )

    assert [said.state for said in (first, second, awarded, rest)] == [
        "Hội đồng đã xét",
        "Đã phê duyệt kết quả xét",
        "Đã phê duyệt kết quả xét",
        "Đã ban hành quyết định khen thưởng",
    ]
    assert own["own_line"] == "Chủ tịch UBND xã, Chủ tịch Hội đồng có tên ở trường hợp số 1"
    assert set(taken) == {"number_taken"}
    assert both == {
        "split_decision": "Tách quyết định: 1 trường hợp do Phó Chủ tịch UBND xã, Phó Chủ tịch Hội đồng ký"
    }
    lines = [(line.no, line.approved, line.outcome) for line in Dossier.of(desk.item(ref)).nominees]
    assert lines == [(1, VICE_CHAIR, "awarded_here"), (2, CHAIR, "awarded_here"), (3, CHAIR, "awarded_here")]


def test_nine_members_with_six_there_pass_no_chien_si_thi_dua_co_so(desk: Desk) -> None:
    ref = desk.opened(CSTDCS)
    for step in desk.course(CSTDCS):
        if step.event == COUNCIL:
            break
        desk.goes(ref, step)

    desk.session(ref, absent=(MEMBER, SECOND_MEMBER, THIRD_MEMBER))
    approved = desk.refuses(
        *(ref, "approve", CHAIR), paper_number="05/TTr-HĐTĐKT", paper_date=desk.today.isoformat()
    )

    assert approved == {"threshold": "Được 6/9 phiếu, cần ít nhất 8"}
    why = desk.against(ref, "approve", CHAIR)["threshold"]
    assert why.cite == ("Quy chế hoạt động của Hội đồng Thi đua - Khen thưởng xã (tỷ lệ phiếu mặc định)")
    assert why.who_can == (CHAIR,)


def test_a_cultured_family_is_awarded_only_after_its_villages_posting(desk: Desk) -> None:
    ref, today = desk.opened(GDVH), desk.today
    paper = (today - timedelta(days=1)).isoformat()
    desk.does(ref, "submit", OFFICER, paper_number="01/TTr", paper_date=paper)

    def accepted(since: int, until: int) -> dict[str, str]:
        posted = {"posted_from": since, "posted_until": until}
        days = {name: (today - timedelta(days=ago)).isoformat() for name, ago in posted.items()}
        given = {"complete_on": today.isoformat(), "original": "seen", "seen": "all", **days}
        return desk.refuses(ref, "accept", OFFICER, **given)

    short, late = accepted(10, 2), accepted(12, 1)
    decision = {"decision_number": "112/QĐ-UBND", "decision_date": today.isoformat(), "signer": CHAIR}
    decision |= {"funds_by": ACCOUNTANT}
    awarded = desk.refuses(ref, "award", OFFICER, **decision)

    first, last = (f"{today - timedelta(days=ago):%d/%m/%Y}" for ago in (10, 2))
    assert short == {
        "posted_too_short": f"Danh sách niêm yết tại thôn từ {first} đến {last}, chưa đủ 10 ngày"
    }
    ended = f"{today - timedelta(days=1):%d/%m/%Y}"
    assert late == {
        "posted_too_late": f"Niêm yết tại thôn kết thúc ngày {ended}, không trước văn bản của thôn"
    }
    assert "state" in awarded


def test_a_cultured_village_is_approved_only_after_its_publication(desk: Desk) -> None:
    ref = desk.opened(TVH)
    for step in desk.course(TVH):
        if step.event == "publish_end":
            break
        desk.goes(ref, step)
    until = desk.today + timedelta(days=10)

    def approved() -> dict[str, str]:
        paper = {"paper_number": "05/TTr-HĐTĐKT", "paper_date": desk.today.isoformat()}
        return desk.refuses(ref, "approve", CHAIR, **paper)

    desk.goes_on(10)
    runs, ends = approved(), desk.refuses(ref, "publish_end", OFFICER, remarks="0")
    desk.goes_on(1)
    unanswered = desk.refuses(ref, "publish_end", OFFICER, remarks="2")
    desk.does(ref, "publish_end", OFFICER, remarks="2", reason="Không có cơ sở")

    said = {"publication_runs": f"Chưa hết thời gian công khai (đến hết ngày {until:%d/%m/%Y})"}
    assert runs == ends == said
    assert unanswered == {"remarks_answered": "Có ý kiến nhưng chưa nêu kết quả xem xét"}
    assert Dossier.of(desk.item(ref)).full_on == desk.today


def test_an_outstanding_deed_is_not_voted_on(desk: Desk) -> None:
    ref = desk.before("approve", DOT_XUAT)
    session = new_session(desk.acting(SECRETARY), {"date": desk.today.isoformat()}).ref

    put = desk.refuses(session, "agenda_add", SECRETARY, dossiers=ref)

    assert put == {"by_council": "“Giấy khen của Chủ tịch UBND xã” không qua biểu quyết"}
    assert desk.against(ref, "approve", CHAIR) == {}


def test_a_supplement_that_never_comes_does_not_block_for_ever(desk: Desk) -> None:
    ref, until = desk.opened(LDTT), desk.today + timedelta(days=5)
    paper = {"paper_number": "01/TTr", "paper_date": desk.today.isoformat()}
    desk.does(ref, "submit", OFFICER, **paper)
    received = desk.today
    returned = desk.does(ref, "return", OFFICER, missing="Biên bản họp xét", until=until.isoformat())

    desk.goes_on(5)
    early = desk.refuses(ref, "consider_as_is", OFFICER, reason="Quá hạn bổ sung")
    desk.goes_on(1)
    taken = desk.does(ref, "consider_as_is", OFFICER, reason="Quá hạn bổ sung")
    left = [step for step in desk.course(LDTT) if step.event not in ("submit", "accept")]
    states = [desk.goes(ref, step).state for step in left]

    assert returned == ("Đã yêu cầu bổ sung", "Trả lại, yêu cầu bổ sung")
    assert early == {"supplement_runs": f"Đơn vị còn thời hạn bổ sung đến hết ngày {until:%d/%m/%Y}"}
    assert taken == ("Chuyển xem xét theo hồ sơ hiện có", "Đã nhận đủ, đang thẩm định")
    assert states[-1] == "Đã ban hành quyết định khen thưởng"
    dossier = Dossier.of(desk.item(ref))
    assert (dossier.received_on, dossier.complete_on) == (received, desk.today)


def test_a_line_that_is_verified_is_in_no_vote_no_decision_and_no_notice(desk: Desk) -> None:
    ref, today = desk.opened(LDTT, "Công chức", "Kế toán trưởng"), desk.today.isoformat()
    desk.does(ref, "submit", OFFICER, paper_number="01/TTr", paper_date=today)
    desk.does(ref, "accept", OFFICER, complete_on=today, original="seen", seen="all")
    desk.does(ref, "hold", OFFICER, nominee="2", source="Đơn kiến nghị của ông Nguyễn Văn Tố")
    desk.does(ref, "appraise", OFFICER, nominee="1", verdict="met")
    desk.does(ref, "confirm", STANDING_MEMBER)
    desk.session(ref)
    voted = Dossier.of(desk.item(ref)).nominees
    desk.does(ref, "approve", CHAIR, paper_number="05/TTr-HĐTĐKT", paper_date=today)
    decision = {"decision_number": desk.number(), "decision_date": today, "signer": CHAIR}
    decision |= {"funds_by": ACCOUNTANT}
    early = desk.refuses(ref, "award", OFFICER, **decision, nominee="2")
    awarded = desk.does(ref, "award", OFFICER, **decision)
    told = notices(desk, ref)
    released = desk.does(ref, "release", OFFICER, nominee="2", finding="confirmed", reason="Đúng như đơn")

    assert [(line.result, line.outcome) for line in voted] == [("pass", "pending"), (None, "postponed")]
    assert early == {"line_held": "Trường hợp số 2 đang xác minh"}
    assert awarded.state == "Đã phê duyệt kết quả xét"
    assert released == ("Đã kết thúc xác minh", "Đã ban hành quyết định khen thưởng")
    (appraised,) = (each for each in told if "đã thẩm định" in each and "đủ điều kiện" in each)
    assert "đã thẩm định 1 trường hợp: 1 đủ điều kiện, 0 chưa đủ, 0 chưa đủ thông tin." in appraised
    for each in told:
        assert not any(word in each for word in ("xác minh", "Trường hợp 2", "Nguyễn Văn Tố", "tạm dừng"))


def notices(desk: Desk, ref: str) -> list[str]:
    """Every subject and text that speaks of the dossier."""
    rows = read(desk.office.url, "SELECT ref, subject, text FROM notice")
    return [f"{subject}\n{text}" for about, subject, text in rows if about == ref]


def test_no_date_set_back_chooses_another_law_unseen(desk: Desk) -> None:
    desk.reaches(date(2026, 10, 5))
    ref, old = desk.opened(LDTT), date(2026, 9, 30)
    paper = {"paper_number": "01/TTr", "paper_date": old.isoformat()}
    asked = {"intake_no": "215", "via": "paper", "reason": "Mưa lũ", **paper}

    alone = desk.refuses(ref, "submit", OFFICER, received_on=old.isoformat(), **paper)
    today = desk.refuses(ref, "propose_receipt", OFFICER, **asked, received_on=desk.today.isoformat())
    desk.does(ref, "propose_receipt", OFFICER, **asked, received_on=old.isoformat())
    waiting = desk.refuses(ref, "submit", OFFICER, **paper)
    agreed = desk.does(ref, "agree_receipt", RECORDS_CLERK)
    other = desk.opened(LDTT)
    desk.does(other, "submit", OFFICER, **paper)
    complete = desk.refuses(
        other, "accept", OFFICER, complete_on=old.isoformat(), original="seen", seen="all"
    )

    assert alone == {
        "backdated": "Ngày đến 30/09/2026 sớm hơn hôm nay quá 01 ngày làm việc, "
        "hoặc thuộc thời gian áp dụng quy định khác"
    }
    day = f"{desk.today:%d/%m/%Y}"
    assert today == {"not_backdated": f"Ngày đến {day} không cần người thứ hai đồng ý"}
    assert "nothing_proposed" in waiting
    assert agreed == ("Đã đồng ý ngày đến, nhận hồ sơ", "Đã nộp, chờ kiểm tra")
    assert complete == {"complete_day": f"Ngày nhận đủ hồ sơ phải từ ngày đến {day} đến hôm nay {day}"}
    laws = [desk.item(each).rules == pack_digest() for each in (ref, other)]
    assert laws == [True, False]
    seen = [
        entry["event"] for entry in desk.office.entries() if entry["item"] == ref and not entry["refused"]
    ]
    assert seen[-2:] == ["propose_receipt", "agree_receipt"]


def test_the_books_and_the_log_of_all_these_ways_are_whole(desk: Desk) -> None:
    desk.does(desk.opened(LDTT), "withdraw", OFFICER, reason="Nộp nhầm")

    assert desk.office.faults() == ()
