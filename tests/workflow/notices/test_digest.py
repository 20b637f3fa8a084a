"""The words of messages: one notice as it is, several as a digest, for officers and for superiors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import people
from tests.people import MEMBER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.workflow.shipped import at, calendar, catalogue, machine, machine_of, office, setting
from workflow.engine.case import Case
from workflow.model.context import Actor
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item, Key
from workflow.model.tasks import Task
from workflow.notices.delivery import Waiting
from workflow.notices.digest import DigestSetting, Part, Recipient, Topic, compose_message, topic_of

SETTING = DigestSetting(
    catalogue=catalogue(),
    title="Điềm He",
    contact="Phòng Văn hóa - Xã hội xã Điềm He",
    sandbox=False,
    calendar=calendar(),
    today=date(2026, 4, 1),
)
CLOSING = "Phần mềm quản lý thi đua, khen thưởng xã Điềm He. Liên hệ: Phòng Văn hóa - Xã hội xã Điềm He."
OFFICER = Recipient("Chuyên viên Phòng Văn hóa - Xã hội", superior=False)
CHAIR = Recipient.of(people.CHAIR, office())
ID = "8263acc806d81a6c9927a8ba2e462206dcc10f31"


def notice(
    kind: str = "reminder", ref: str | None = "T01", subject: str = "[TĐKT Điềm He] Chủ đề"
) -> Waiting:
    text = f"Kính gửi: Văn thư.\nNội dung.\n{CLOSING}"
    due_on = date(2026, 3, 31) if kind in ("reminder", "due_today", "overdue", "escalation", "ask") else None
    return Waiting(f"{kind}-{ref}", kind, at("2026-04-01T08:00"), 2026, ref, subject, text, due_on)


def topic(ref: str = "T01", due: date | None = date(2026, 3, 31), **changes: object) -> Topic:
    made = Topic(
        ref=ref,
        content="Báo cáo tổng kết công tác TĐKT năm 2025",
        due_on=due,
        state="Đang dự thảo",
        todo="hoàn thiện, trình theo quy định",
        lead="Phòng Văn hóa - Xã hội",
        term=None,
        derived=False,
        open=True,
        waiting=False,
        mine=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def said(
    *notices: tuple[Waiting, Topic | None],
    reader: Recipient = OFFICER,
    weekly: bool = False,
    channel: str = "email",
) -> tuple[str, list[str]]:
    parts = [Part(reader, weekly, notices)]
    subject, text = compose_message(parts, setting=SETTING, channel=channel, id=ID)
    return subject, text.splitlines()


def test_one_notice_is_itself() -> None:
    assert said((notice(), topic())) == (
        "[TĐKT Điềm He] Chủ đề",
        ["Kính gửi: Văn thư.", "Nội dung.", CLOSING],
    )


def test_a_turn_is_a_line_of_its_item_unless_a_date_has_one_already() -> None:
    subject, lines = said(
        (notice("to_act", "T01"), topic()),
        (notice("overdue"), topic()),
        (notice("given_back", "T02"), topic("T02", date(2026, 6, 30))),
        (notice("to_act", "D0001"), topic("D0001", None)),
    )

    content = "Báo cáo tổng kết công tác TĐKT năm 2025"
    act = "Đề nghị hoàn thiện, trình theo quy định."
    assert subject == "[TĐKT Điềm He] Công việc ngày 01/04/2026: 1 quá hạn, 0 đến hạn, 0 sắp đến hạn"
    assert lines[1:-1] == [
        "",
        "Quá hạn (1):",
        f"- T01: {content}; thời hạn 31/03/2026 (thứ Ba), quá hạn 1 ngày. {act}",
        "",
        "Chờ đồng chí xử lý (2):",
        f"- T02: {content}; thời hạn 30/06/2026 (thứ Ba). {act}",
        f"- D0001: {content}; thời hạn chưa ấn định. {act}",
        "",
    ]


def test_beside_e_mail_a_text_bears_the_beginning_of_its_id() -> None:
    _subject, lines = said((notice(ref=None), None), channel="zalo")

    assert lines == ["Kính gửi: Văn thư.", "Nội dung.", "Mã thông báo: 8263acc806d8", CLOSING]


def test_a_digest_reads_whole() -> None:
    subject, lines = said(
        (notice("overdue"), topic()),
        (notice("due_today", "T02"), topic("T02", date(2026, 4, 1))),
        (notice("reminder", "T03"), topic("T03", date(2026, 4, 8), derived=True)),
        (notice("reminder", "T06"), topic("T06", date(2026, 6, 30))),
        (notice("ask", "T04"), topic("T04", date(2026, 6, 30), waiting=True, derived=True)),
        (notice("escalation", "T09"), topic("T09", date(2026, 3, 30), mine=False)),
        (notice("returned", "D0001", "[TĐKT Điềm He] Đề nghị bổ sung hồ sơ D0001"), topic("D0001", None)),
        (notice("reminder", "T10"), topic("T10", open=False, state="Đã ban hành")),
    )

    content = "Báo cáo tổng kết công tác TĐKT năm 2025"
    act = "Đề nghị hoàn thiện, trình theo quy định."
    assert subject == "[TĐKT Điềm He] Công việc ngày 01/04/2026: 2 quá hạn, 1 đến hạn, 1 sắp đến hạn"
    assert lines == [
        "Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.",
        "",
        "Quá hạn (2):",
        f"- T09: {content}; thời hạn 30/03/2026 (thứ Hai), quá hạn 2 ngày. Phòng Văn hóa - Xã hội chủ trì, "
        "đang dự thảo; đề nghị đồng chí cho ý kiến chỉ đạo.",
        f"- T01: {content}; thời hạn 31/03/2026 (thứ Ba), quá hạn 1 ngày. {act}",
        "",
        "Đến hạn hôm nay (1):",
        f"- T02: {content}; thời hạn 01/04/2026 (thứ Tư). {act}",
        "",
        "Sắp đến hạn, trong 07 ngày làm việc tới (1):",
        f"- T03: {content}; thời hạn 08/04/2026 (thứ Tư), suy theo kế hoạch. {act}",
        "",
        "Chờ đồng chí xử lý (2):",
        f"- T04: {content}; thời hạn chưa ấn định. Đang chờ cấp trên, đơn vị tổ chức; khi đã có thời gian, "
        "đề nghị ấn định thời hạn.",
        f"- T06: {content}; thời hạn 30/06/2026 (thứ Ba). {act}",
        "",
        "Nội dung khác (1):",
        "- Đề nghị bổ sung hồ sơ D0001.",
        "",
        "Đã có kết quả sau khi thông báo (1):",
        f"- T10: {content}; thời hạn 31/03/2026 (thứ Ba). Hiện nay: đã ban hành.",
        "",
        CLOSING,
    ]


def test_a_superior_is_reported_to_once_a_week() -> None:
    subject, lines = said(
        (notice("escalation", "T01"), topic(mine=False)),
        (notice("reminder", "T02"), topic("T02", date(2026, 6, 30), todo="xem xét, phê duyệt")),
        reader=CHAIR,
        weekly=True,
    )

    assert subject == ("[TĐKT Điềm He] Kính báo cáo: tình hình thực hiện Kế hoạch công tác TĐKT tuần 14")
    assert lines[0] == "Kính trình: Chủ tịch UBND xã, Chủ tịch Hội đồng."
    assert [line for line in lines if line.endswith("):")] == [
        "Nhiệm vụ chậm tiến độ (1):",
        "Kính trình đồng chí xem xét, cho ý kiến (1):",
    ]
    assert "chậm 1 ngày. Phòng Văn hóa - Xã hội chủ trì, đang dự thảo." in lines[3]
    assert "Kính trình đồng chí xem xét, phê duyệt." in lines[6]
    assert lines[-2:] == ["Kính trình đồng chí xem xét, cho ý kiến chỉ đạo.", CLOSING]
    assert not {"nhắc", "đôn đốc", "đề nghị"} & set(" ".join(lines).lower().split(" "))


def test_a_digest_in_which_nothing_is_near_counts_what_it_has() -> None:
    subject, _lines = said(
        (notice("ask", "T04"), topic("T04", waiting=True, derived=True)), (notice("received", "D0001"), None)
    )

    assert subject == "[TĐKT Điềm He] Công việc ngày 01/04/2026: 2 nội dung"


def test_what_concerns_the_whole_office_is_a_line_without_a_reference() -> None:
    _subject, lines = said((notice("substitution", None), None), (notice(), topic()))

    assert "- Chủ đề." in lines


def test_several_notices_of_one_item_are_one_line() -> None:
    _subject, lines = said((notice("overdue"), topic()), (notice("escalation"), topic()))

    assert sum(line.startswith("- ") for line in lines) == 1


def test_items_of_two_years_are_two_lines_and_the_older_one_bears_its_year() -> None:
    of_2027 = replace(notice(), year=2027, id="reminder-T01-2027")
    setting = replace(SETTING, newest=2027)
    parts = [Part(OFFICER, False, ((notice(), topic("2026/T01")), (of_2027, topic("T01"))))]

    _subject, text = compose_message(parts, setting=setting, channel="email", id=ID)

    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert [line.split(":")[0] for line in lines] == ["- 2026/T01", "- T01"]


def test_a_notice_that_was_worded_before_the_next_plan_came_is_told_with_its_year() -> None:
    said_then = replace(notice("delegation", "T01", "T01: Chuyển xử lý"), due_on=None)
    parts = [Part(OFFICER, False, ((said_then, None), (notice("substitution", None), None)))]

    _subject, text = compose_message(parts, setting=replace(SETTING, newest=2027), channel="email", id=ID)

    assert "2026/T01" in text


def test_a_body_that_is_chased_reads_so_beside_what_is_said_of_the_task() -> None:
    asked = notice("chase", "T17", "[TĐKT Điềm He] Đề nghị gửi hồ sơ")

    _subject, lines = said((notice(ref="T17"), topic("T17")), (asked, topic("T17", mine=False)))

    assert sum(line.startswith("- ") for line in lines) == 2
    assert any("Đề nghị gửi hồ sơ" in line and "T17" in line for line in lines)


def test_a_sandboxs_digest_is_marked_at_both_ends() -> None:
    part = Part(OFFICER, False, [(notice(), topic()), (notice(ref="T02"), topic("T02"))])
    subject, text = compose_message([part], setting=replace(SETTING, sandbox=True), channel="zalo", id=ID)

    assert subject.startswith("[BẢN THỬ] [TĐKT Điềm He] ")
    assert text.splitlines()[-3:] == [
        "Mã thông báo: 8263acc806d8",
        CLOSING,
        "Thông báo thử, không có giá trị thực hiện.",
    ]


def test_several_positions_at_one_address_read_one_message_each_its_part() -> None:
    secretary = Recipient("Thư ký Hội đồng", superior=False)
    parts = [
        Part(OFFICER, False, [(notice("overdue"), topic())]),
        Part(secretary, False, [(notice("reminder", "T02"), topic("T02", date(2026, 4, 8)))]),
    ]

    subject, text = compose_message(parts, setting=SETTING, channel="email", id=ID)

    content = "Báo cáo tổng kết công tác TĐKT năm 2025"
    act = "Đề nghị hoàn thiện, trình theo quy định."
    assert subject == "[TĐKT Điềm He] Công việc ngày 01/04/2026: 1 quá hạn, 0 đến hạn, 1 sắp đến hạn"
    assert text.splitlines() == [
        "Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội; Thư ký Hội đồng.",
        "",
        "Với tư cách Chuyên viên Phòng Văn hóa - Xã hội:",
        "",
        "Quá hạn (1):",
        f"- T01: {content}; thời hạn 31/03/2026 (thứ Ba), quá hạn 1 ngày. {act}",
        "",
        "Với tư cách Thư ký Hội đồng:",
        "",
        "Sắp đến hạn, trong 07 ngày làm việc tới (1):",
        f"- T02: {content}; thời hạn 08/04/2026 (thứ Tư). {act}",
        "",
        CLOSING,
    ]


@given(st.integers(2, 60))
def test_a_digest_has_fifteen_lines_at_most_and_counts_the_rest(many: int) -> None:
    _subject, lines = said(
        *((notice("overdue", f"T{n:02}"), topic(f"T{n:02}", date(2026, 3, 1 + n % 28))) for n in range(many))
    )

    assert sum(line.startswith("- ") for line in lines) == min(many, 15)
    assert lines[2] == f"Quá hạn ({many}):"
    assert (f"và {many - 15} việc khác" in lines) == (many > 15)


def test_a_dossiers_topic_names_its_body_and_no_nominee() -> None:
    made = machine("nomination_dossier")
    item = Item(
        key=Key("diem-he", 2026, "D0001"),
        machine="nomination_dossier",
        digest=made.digest,
        state="submitted",
        version=1,
        details=Dossier(VILLAGE, "cong_trang", "ldtt", nominees=(Nominee(1, "person", "ldtt"),)),
        parent="T17",
        owners=(SECRETARY,),
    )
    words = catalogue().words["digest.dossier"].vi
    found = topic_of(
        item,
        notice(ref="D0001"),
        Case(setting(), Actor("system"), machine_of, catalogue),
        reader=SECRETARY,
        about=words,
    )

    body = office().body(VILLAGE)
    assert body is not None
    assert (found.content, found.mine) == (f"Hồ sơ đề nghị khen thưởng của {body.name}", True)
    assert found.state == "Đã nộp, chờ kiểm tra"


def test_a_tasks_topic_is_what_it_stands_at() -> None:
    made = machine("plan_task")
    task = Task(1, "I", "Báo cáo", "report", None, None, "van_hoa_xa_hoi", ("van_hoa_xa_hoi",), ())
    item = Item(
        key=Key("diem-he", 2026, "T01"),
        machine="plan_task",
        digest=made.digest,
        state="submitted",
        version=2,
        details=task,
        owners=(STANDING_MEMBER,),
        due_on=date(2026, 3, 31),
        due_mark="derived",
    )

    found = topic_of(
        item,
        notice(),
        Case(setting(), Actor("system"), machine_of, catalogue),
        reader=people.OFFICER,
        about="{noi_dung}",
    )

    assert (found.mine, found.derived, found.due_on, found.lead) == (
        False,
        True,
        date(2026, 3, 31),
        "Phòng Văn hóa - Xã hội",
    )


@pytest.mark.parametrize(
    ("account", "superior"), [(people.CHAIR, True), (VICE_CHAIR, True), (SECRETARY, False)]
)
def test_readers_are_known_by_their_roles(account: str, superior: bool) -> None:
    assert Recipient.of(account, office()).superior is superior


def test_a_line_says_for_whom_its_reader_acts() -> None:
    told = (notice(), replace(topic(), acting_for="Chủ tịch UBND xã"))
    chased = (
        notice("chase", "T17", "Đề nghị gửi hồ sơ"),
        replace(topic("T17"), acting_for="Trưởng thôn mẫu số 1"),
    )

    _subject, lines = said(told, chased)

    marked = [line for line in lines if "Xử lý công việc thay" in line]
    assert [line.split("Xử lý công việc thay ")[1].split(".")[0] for line in marked] == [
        "Chủ tịch UBND xã",
        "Trưởng thôn mẫu số 1",
    ]


def test_what_is_the_absent_ones_to_do_is_its_stand_ins(drafted_task: Item) -> None:
    meant = replace(notice(), instead_of=people.OFFICER)

    seen = [
        topic_of(
            drafted_task,
            each,
            Case(setting(), Actor("system"), machine_of, catalogue),
            reader=MEMBER,
            about="{don_vi}",
        )
        for each in (notice(), meant)
    ]

    assert [(each.mine, each.acting_for) for each in seen] == [
        (False, None),
        (True, "Chuyên viên Phòng Văn hóa - Xã hội"),
    ]


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2026-03-05", "mốc nội bộ 27/02/2026 (thứ Sáu), quá hạn 6 ngày."),
        ("2026-03-31", "mốc nội bộ 27/02/2026 (thứ Sáu), quá hạn 32 ngày."),
        ("2026-04-01", "thời hạn 31/03/2026 (thứ Ba), quá hạn 1 ngày."),
    ],
)
def test_a_line_tells_the_internal_target_until_the_plans_date_is_past(
    drafted_task: Item, today: str, told: str
) -> None:
    now = replace(setting(), now=at(f"{today}T09:00"))
    item = drafted_task._replace(
        due_on=date(2026, 3, 31), due_mark="plan", target_on=date(2026, 2, 27), waiting=False
    )
    case = Case(now, Actor("system"), machine_of, catalogue)

    found = topic_of(item, notice(), case, reader=people.OFFICER, about="{noi_dung}")

    parts = [Part(OFFICER, False, [(notice(), found), (notice("due_today", "T02"), topic("T02"))])]
    in_time = replace(SETTING, today=date.fromisoformat(today))
    text = compose_message(parts, setting=in_time, channel="email", id=ID)[1]
    (line,) = [line for line in text.splitlines() if line.startswith("- T01")]
    assert told in line
