"""The sweep: what fires and in which order, what it leaves in the log, and what people read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VICE_CHAIR
from tests.workflow.memory_unit import KeptNotice, memory_unit
from tests.workflow.shipped import at, setting
from tests.workflow.world import World
from workflow.model.decision import EntryDraft
from workflow.services.sweep import FIRINGS, Swept, sweep_item
from workflow.time.deadlines import CLOSED

CONTENT = "Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng, nhiệm vụ công tác năm 2026"
DERIVED = "(thời hạn suy theo kế hoạch, chưa được ấn định ngày cụ thể)"
CLOSING = "Phần mềm quản lý thi đua, khen thưởng xã Điềm He. Liên hệ: Phòng Văn hóa - Xã hội xã Điềm He."


def of(notices: list[KeptNotice], ref: str) -> list[KeptNotice]:
    return [kept for kept in notices if kept.key.ref == ref]


def swept_entries(world: World, ref: str) -> list[EntryDraft]:
    return [
        kept.entry
        for kept in world.store.entries
        if kept.key == world.key(ref) and kept.entry.actor == "system"
    ]


def only(notices: list[KeptNotice], ref: str, kind: str) -> tuple[str, str]:
    """Subject and text of the one notice of its kind."""
    (kept,) = [each for each in of(notices, ref) if each.draft.kind == kind]
    return kept.draft.subject, kept.draft.text


def at_step(day: str, *, state: str = "drafted") -> list[KeptNotice]:
    """The notices of one morning, when every earlier row had fired in its time."""
    world = World.planned()
    world.task_in(state)
    for earlier in (
        "2026-02-27T08:00",
        "2026-03-17T08:00",
        "2026-03-24T08:00",
        "2026-03-30T08:00",
        "2026-03-31T08:00",
        "2026-04-01T00:00",
        "2026-04-01T08:00",
        "2026-04-07T08:00",
        "2026-04-14T08:00",
    ):
        notices = world.tick(earlier)
        if earlier == day:
            return notices
    raise AssertionError(day)


def test_every_kind_of_row_has_its_firing() -> None:
    world = World.planned()

    assert {kept.row.kind for kept in world.store.rows.values()} | {"repeat"} == set(FIRINGS)


def test_a_quarters_rows_fire_in_their_order_each_with_an_entry_that_moves_nothing() -> None:
    world = World.planned()
    version = world.item("T01").version

    for days in range(120):
        world.tick(f"{date(2026, 1, 21) + timedelta(days=days)}T09:00")

    fired = [(entry.event, entry.inputs["row"], entry.inputs["to"]) for entry in swept_entries(world, "T01")]
    assert fired == [
        ("remind", "reminder-30", [OFFICER]),
        ("remind", "reminder-14", [OFFICER]),
        ("remind", "reminder-7", [OFFICER]),
        ("remind", "reminder-1", [OFFICER]),
        ("due_today", "due_today", [OFFICER]),
        ("overdue", "due", []),
        ("remind", "overdue", [OFFICER]),
        ("escalate", "escalation-1", [STANDING_MEMBER]),
        ("escalate", "escalation-5", [VICE_CHAIR]),
        ("escalate", "escalation-10", [CHAIR]),
    ]
    assert {(entry.from_state, entry.to_state, entry.role) for entry in swept_entries(world, "T01")} == {
        ("drafted", "drafted", "system")
    }
    item = world.item("T01")
    assert (item.version, item.state, item.overdue) == (version, "drafted", True)


def test_the_due_instant_sets_the_mark_and_not_a_moment_earlier() -> None:
    world = World.planned(now="2026-03-31T09:00")
    world.tick("2026-03-31T23:59")
    before = world.item("T01").overdue

    world.tick("2026-04-01T00:00")

    assert (before, world.item("T01").overdue) == (False, True)


def test_lateness_is_measured_against_each_rows_own_instant() -> None:
    world = World.planned()

    world.tick("2026-03-01T08:00")

    (row,) = [kept for kept in world.rows("T01") if kept.status == "fired"]
    assert (row.row.name, row.fired_at, row.late_s) == ("reminder-30", at("2026-03-01T08:00"), 2 * 86_400)
    (entry,) = swept_entries(world, "T01")
    assert entry.inputs == {"row": "reminder-30", "occurrence": 1, "late_s": 172_800, "to": [OFFICER]}


def test_after_an_outage_each_row_fires_once_and_says_how_late() -> None:
    world = World.planned()

    first = of(world.tick("2026-04-03T10:00"), "T01")
    second = of(world.tick("2026-04-03T10:01"), "T01")

    fired = [
        (entry.inputs["row"], entry.inputs["to"], entry.inputs.get("with"))
        for entry in swept_entries(world, "T01")
    ]
    assert fired == [
        ("reminder-30", [OFFICER], "overdue"),
        ("reminder-14", [OFFICER], "overdue"),
        ("reminder-7", [OFFICER], "overdue"),
        ("reminder-1", [OFFICER], "overdue"),
        ("due_today", [OFFICER], "overdue"),
        ("due", [], None),
        ("overdue", [OFFICER], None),
        ("escalation-1", [STANDING_MEMBER], None),
    ]
    assert [(kept.draft.kind, kept.draft.to) for kept in first] == [
        ("overdue", OFFICER),
        ("escalation", STANDING_MEMBER),
    ]
    assert (
        "(thông báo này gộp các mốc đã qua: nhắc việc (27/02/2026); nhắc việc (17/03/2026); "
        "nhắc việc (24/03/2026); nhắc việc (30/03/2026); đến hạn (31/03/2026))"
    ) in first[0].draft.text
    for kept in first:
        assert "(thông báo này gửi chậm 2 ngày do phần mềm tạm ngừng hoạt động)" in kept.draft.text
    assert second == []


def test_what_was_told_in_one_notice_counts_as_one_reminder() -> None:
    world = World.planned(now="2026-02-20T09:00")

    notices = of(world.tick("2026-04-20T08:00"), "T01")

    assert [(kept.draft.kind, kept.draft.to) for kept in notices] == [
        ("overdue", OFFICER),
        ("escalation", STANDING_MEMBER),
        ("escalation", VICE_CHAIR),
        ("escalation", CHAIR),
    ]
    for kept in notices[1:]:
        assert "ã nhắc 1 lần" in kept.draft.text
    assert world.item("T01").alerts.reminded == 1


def test_a_late_row_that_comes_alone_does_not_speak_of_today() -> None:
    world = World.planned(now="2026-03-30T09:00")
    world.tick("2026-03-30T09:00")

    (kept,) = of(world.tick("2026-04-01T00:10"), "T01")

    assert kept.draft.kind == "due_today"
    assert kept.draft.subject == "[TĐKT Điềm He] Quá hạn 1 ngày: " + kept.draft.subject.split(": ", 1)[1]


def test_what_comes_in_time_is_never_held_back_by_what_comes_late() -> None:
    world = World.planned(now="2026-03-30T09:00")
    world.tick("2026-03-30T09:00")

    notices = of(world.tick("2026-04-01T08:00"), "T01")

    assert [(kept.draft.kind, kept.draft.to) for kept in notices] == [
        ("overdue", OFFICER),
        ("escalation", STANDING_MEMBER),
    ]
    assert "đến hạn (31/03/2026)" in notices[0].draft.text


def test_questions_go_on_monthly_and_never_pile_up_after_an_outage() -> None:
    world = World.planned(now="2026-01-02T09:00")
    asked: list[tuple[str, int]] = []
    for moment in (
        "2026-01-05T08:00",
        "2026-02-02T08:00",
        "2026-02-20T08:00",
        "2026-06-15T08:00",
        "2026-07-01T08:00",
    ):
        asked.append((moment, len(of(world.tick(moment), "T04"))))

    assert asked == [
        ("2026-01-05T08:00", 1),
        ("2026-02-02T08:00", 1),
        ("2026-02-20T08:00", 0),
        ("2026-06-15T08:00", 1),
        ("2026-07-01T08:00", 1),
    ]
    pending = [kept.row for kept in world.rows("T04") if kept.status == "pending"]
    assert [(row.name, row.at) for row in pending] == [("ask", at("2026-08-03T08:00"))]


@pytest.mark.parametrize("state", ["drafted", "submitted", "reviewed", "approved"])
def test_the_question_goes_to_the_officer_whoever_must_act(state: str) -> None:
    world = World.planned(now="2026-01-20T09:00")
    world.task_in(state, 4)

    asked = of(world.tick("2026-02-02T08:00"), "T04")

    assert [(kept.draft.kind, kept.draft.to) for kept in asked] == [("ask", OFFICER)]


@pytest.mark.parametrize(
    ("state", "owner"), [("submitted", STANDING_MEMBER), ("reviewed", CHAIR), ("approved", OFFICER)]
)
def test_a_reminder_goes_to_whoever_must_act_now(state: str, owner: str) -> None:
    world = World.planned()
    world.task_in(state)

    assert [kept.draft.to for kept in of(world.tick("2026-02-27T08:00"), "T01")] == [owner]


@pytest.mark.parametrize(("state", "closed_on"), [("completed", "2026-01-15"), ("cancelled", "2026-01-20")])
def test_closing_ends_every_row(state: str, closed_on: str) -> None:
    world = World.planned()
    world.task_in(state)

    notices = world.tick("2026-05-01T09:00")

    assert of(notices, "T01") == []
    assert {(kept.status, kept.row.reason) for kept in world.rows("T01")} == {("cancelled", CLOSED)}
    assert (str(world.item("T01").closed_on), world.item("T01").overdue) == (closed_on, False)


def test_a_task_that_was_late_stays_marked_when_it_is_done() -> None:
    world = World.planned()
    world.task_in("approved")
    world.tick("2026-04-01T09:00")

    item = world.do("T01", "complete", OFFICER)

    assert (item.state, item.overdue) == ("completed", True)


def test_what_is_taken_or_not_there_is_left_alone() -> None:
    world = World.planned(now="2026-04-01T09:00")
    with memory_unit(world.store, now=world.now) as unit:
        answer = sweep_item(
            unit,
            world.key("T99"),
            world.case("system"),
        )

    assert answer == Swept(0, 0)


def test_the_numbers_of_rows_and_notices_are_told() -> None:
    world = World.planned(now="2026-04-01T09:00")
    with memory_unit(world.store, now=world.now) as unit:
        answer = sweep_item(
            unit,
            world.key("T01"),
            world.case("system"),
        )

    assert answer == Swept(rows=8, notices=2)


# What people read


def test_a_reminder_reads_whole() -> None:
    assert only(at_step("2026-02-27T08:00"), "T01", "reminder") == (
        "[TĐKT Điềm He] Nhắc việc: Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng…,"
        " hạn 31/03/2026 (thứ Ba)",
        "Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.\n"
        f"Nhiệm vụ số 1 (T01): {CONTENT}.\n"
        "Thời hạn: 31/03/2026 (thứ Ba), còn 22 ngày làm việc. Hiện nay: đang dự thảo.\n"
        "Đề nghị hoàn thiện, trình theo quy định và cập nhật kết quả trước thời hạn nêu trên.\n"
        f"{DERIVED}\n{CLOSING}",
    )


def test_the_day_itself_reads_whole() -> None:
    assert only(at_step("2026-03-31T08:00"), "T01", "due_today") == (
        "[TĐKT Điềm He] Đến hạn hôm nay: Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng…",
        "Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.\n"
        f"Hôm nay (31/03/2026 (thứ Ba)) là thời hạn hoàn thành nhiệm vụ số 1 (T01): {CONTENT}.\n"
        "Hiện nay: đang dự thảo. Đề nghị hoàn thiện, trình theo quy định.\n"
        "Trường hợp chưa thể hoàn thành, đề nghị báo cáo lý do và đề xuất gia hạn trong ngày.\n"
        f"{DERIVED}\n{CLOSING}",
    )


def test_an_overdue_notice_reads_whole() -> None:
    assert only(at_step("2026-04-01T08:00"), "T01", "overdue") == (
        "[TĐKT Điềm He] Quá hạn 1 ngày: Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng…",
        "Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.\n"
        f"Nhiệm vụ số 1 (T01): {CONTENT} có thời hạn 31/03/2026 (thứ Ba), đến nay đã quá hạn 1 ngày.\n"
        "Hiện nay: đang dự thảo. Đề nghị khẩn trương hoàn thiện, trình theo quy định; nếu có vướng mắc, đề"
        " nghị nêu rõ nguyên nhân và thời gian hoàn thành.\n"
        f"{DERIVED}\n{CLOSING}",
    )


def test_an_escalation_to_the_head_reads_whole() -> None:
    assert only(at_step("2026-04-01T08:00"), "T01", "escalation") == (
        "[TĐKT Điềm He] Báo cáo nhiệm vụ quá hạn: Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng…",
        "Kính gửi: Trưởng phòng Văn hóa - Xã hội.\n"
        f"Nhiệm vụ số 1 (T01): {CONTENT}, do Phòng Văn hóa - Xã hội chủ trì, thời hạn 31/03/2026 (thứ Ba),"
        " đã quá hạn 1 ngày.\n"
        "Hiện nay: đang dự thảo; đã nhắc 6 lần.\n"
        "Đề nghị đồng chí cho ý kiến chỉ đạo.\n"
        f"{DERIVED}\n{CLOSING}",
    )


@pytest.mark.parametrize(
    ("day", "late", "reader"),
    [
        ("2026-04-07T08:00", 7, "Phó Chủ tịch UBND xã, Phó Chủ tịch Hội đồng"),
        ("2026-04-14T08:00", 14, "Chủ tịch UBND xã, Chủ tịch Hội đồng"),
    ],
)
def test_an_escalation_to_the_vice_chair_and_the_chair_reads_whole(day: str, late: int, reader: str) -> None:
    assert only(at_step(day), "T01", "escalation") == (
        "[TĐKT Điềm He] Kính báo cáo: nhiệm vụ chậm tiến độ theo Kế hoạch công tác TĐKT năm 2026",
        f"Kính trình: {reader}.\n"
        f"Kính báo cáo đồng chí: nhiệm vụ số 1 (T01): {CONTENT}, do Phòng Văn hóa - Xã hội chủ trì, thời hạn"
        f" 31/03/2026 (thứ Ba), đến nay chậm {late} ngày.\n"
        "Hiện nay: đang dự thảo. Đã nhắc 6 lần, đã báo cáo Ủy viên thường"
        " trực Hội đồng.\n"
        "Kính trình đồng chí xem xét, cho ý kiến chỉ đạo.\n"
        f"{DERIVED}\n{CLOSING}",
    )


def test_the_chair_who_must_act_is_reported_to_and_not_reminded() -> None:
    assert only(at_step("2026-02-27T08:00", state="reviewed"), "T01", "reminder") == (
        "[TĐKT Điềm He] Kính trình: Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng…,"
        " hạn 31/03/2026 (thứ Ba)",
        "Kính trình: Chủ tịch UBND xã, Chủ tịch Hội đồng.\n"
        f"Kính báo cáo đồng chí: nhiệm vụ số 1 (T01): {CONTENT}, thời hạn 31/03/2026 (thứ Ba), còn 22 ngày"
        " làm việc.\n"
        "Hiện nay: đã kiểm tra nội dung, thể thức.\n"
        "Kính trình đồng chí xem xét, phê duyệt.\n"
        f"{DERIVED}\n{CLOSING}",
    )


def test_a_question_reads_whole_and_says_nothing_of_a_derived_date() -> None:
    world = World.planned()

    assert only(world.tick("2026-04-01T08:00"), "T07", "ask") == (
        "[TĐKT Điềm He] Đề nghị cập nhật thời gian: Tham gia lớp bồi dưỡng nghiệp vụ công tác TĐKT năm"
        " 2026 do…",
        "Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.\n"
        "Nhiệm vụ số 7 (T07): Tham gia lớp bồi dưỡng nghiệp vụ công tác TĐKT năm 2026 do tỉnh tổ chức đang"
        " chờ giấy mời hoặc văn bản của cấp trên, đơn vị tổ chức.\n"
        "Trường hợp đã có thời gian cụ thể, đề nghị ấn định thời hạn, ghi rõ nguồn (công văn, giấy mời).\n"
        "Trường hợp chưa có, chưa cần xử lý; nội dung này được hỏi lại vào tháng sau.\n"
        f"{CLOSING}",
    )


def test_a_set_date_is_told_without_the_remark_on_derived_ones() -> None:
    world = World.planned()
    world.do("T01", "set_deadline", OFFICER, {"date": "2026-03-20", "source": "Công văn 12"})
    world.tick("2026-02-13T08:00")

    _subject, text = only(world.tick("2026-03-06T08:00"), "T01", "reminder")

    assert DERIVED not in text
    assert "Thời hạn: 20/03/2026 (thứ Sáu), còn 10 ngày làm việc." in text


def test_a_sandbox_marks_what_it_sends() -> None:
    world = World.planned()
    world.setting = setting(sandbox=True)

    subject, text = only(world.tick("2026-02-27T08:00"), "T01", "reminder")

    assert subject.startswith("[BẢN THỬ] [TĐKT Điềm He] Nhắc việc: ")
    assert text.endswith(f"{CLOSING}\nThông báo thử, không có giá trị thực hiện.")


def test_no_notice_shows_a_raw_id() -> None:
    world = World.planned()
    for state, number in (("submitted", 1), ("reviewed", 2), ("approved", 3), ("submitted", 6)):
        world.task_in(state, number)
    world.tick("2026-04-20T09:00")

    shown = {kept.draft.text for kept in world.store.notices}
    raw = {"drafted", "submitted", "reviewed", "approved", "van_hoa_xa_hoi", CHAIR, "hoi_dong", "None"}
    assert [(word, text) for text in shown for word in raw if word in text] == []
