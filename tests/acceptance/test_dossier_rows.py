"""Each event of a dossier: done, and refused with a sentence of the office's, for where the dossier stands,
for who asks, and for whatever else its own row has against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import NamedTuple

import pytest

from tests.acceptance.desk import Desk, Said, Step
from tests.acceptance.test_dossier_caused import CAUSED
from tests.acceptance.test_dossier_ways import DOT_XUAT, LDTT, TVH, WAYS
from tests.council import COUNCIL
from tests.people import (
    ACCOUNTANT,
    AUDITOR,
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
)
from tests.workflow.shipped import machine
from tests.year import LEADERS, Came
from workflow.model.dossiers import Dossier
from workflow.model.roles import SYSTEM

GK, BKT = WAYS["gk", "cong_trang", None], WAYS["bkt", "cong_trang", None]
MOVEMENT, OWN = WAYS["gk", "phong_trao", None], WAYS["gk", "phong_trao", "phat_hien"]
"""The second comes from the division itself."""
SPEAKER = "tram-y-te"
"""Of the body that GK comes from."""

# -- where it stands, and who asks ---------------------------------------------------------------------------

CV = "Chuyên viên Phòng Văn hóa - Xã hội"
TP = "Trưởng phòng Văn hóa - Xã hội, Ủy viên thường trực Hội đồng"
TK, VT = "Thư ký Hội đồng", "Văn thư"
CT, PCT = "Chủ tịch UBND xã, Chủ tịch Hội đồng", "Phó Chủ tịch UBND xã, Phó Chủ tịch Hội đồng"
BODY = "Giám đốc Trạm Y tế xã"
NOBODY = ("—",)
BY_ITSELF = "Việc này phần mềm tự ghi khi quyết định hoặc phiên họp dẫn đến nó được ghi nhận"
"""The software does it, with an act on a session or a decision (`test_dossier_caused`)."""

ROWS = {
    "add": ("thêm trường hợp", (BODY, CV)),
    "edit": ("sửa trường hợp", (BODY, CV)),
    "remove": ("bỏ trường hợp", (BODY, CV)),
    "move": ("chuyển sang nhiệm vụ khác", (BODY, CV)),
    "attach": ("đính kèm giấy tờ", (BODY, CV)),
    "set_movement": ("gắn với phong trào thi đua", (CV,)),
    "submit": ("nộp hồ sơ", (BODY, CV)),
    "propose_receipt": ("đề nghị ghi nhận ngày đến trước đây", (CV,)),
    "agree_receipt": ("đồng ý ngày đến", (VT, TP, TK)),
    "drop_receipt": ("bỏ đề nghị ngày đến", (CV, VT, TP, TK)),
    "recall": ("lấy lại để sửa", (BODY, CV)),
    "accept": ("xác nhận đủ hồ sơ", (CV,)),
    "unaccept": ("bỏ xác nhận đủ hồ sơ", (CV,)),
    "return": ("yêu cầu bổ sung", (CV, TK)),
    "consider_as_is": ("xem xét theo hồ sơ hiện có", (CV,)),
    "ask_opinion": ("lấy ý kiến", (CV,)),
    "opinion_in": ("ghi ý kiến", (CV,)),
    "drop_opinion": ("bỏ lượt lấy ý kiến", (CV,)),
    "appraise": ("thẩm định", (CV, TP)),
    "confirm": ("duyệt kết quả thẩm định", (TP,)),
    "send_back": ("đề nghị thẩm định lại", (TP, TK)),
    "give_opinion": ("cho ý kiến", (TP,)),
    "into_session": ("đưa vào phiên họp", NOBODY),
    "out_of_session": ("đưa ra khỏi phiên họp", NOBODY),
    "conclude": ("ghi kết luận của Hội đồng", NOBODY),
    "unconclude": ("bỏ kết luận của Hội đồng", NOBODY),
    "reopen": ("mở lại để sửa", (TK,)),
    "publish": ("công khai", (CV,)),
    "remark": ("ghi ý kiến về danh sách công khai", (CV,)),
    "settle_remark": ("ghi kết quả xem xét ý kiến", (CV,)),
    "publish_end": ("kết thúc công khai", (CV,)),
    "hold": ("tạm dừng, xác minh", (CV, TP)),
    "release": ("kết thúc xác minh", (CV, TP)),
    "withdraw_line": ("rút khỏi danh sách", (BODY, CV)),
    "split": ("tách hồ sơ", (CV,)),
    "move_path": ("chuyển trình tự xét", (TP,)),
    "approve": ("phê duyệt kết quả", (CT,)),
    "to_sign": ("đưa vào dự thảo trình ký", NOBODY),
    "approve_signed": ("phê duyệt bằng việc ký quyết định", NOBODY),
    "award": ("ghi nhận quyết định khen thưởng", (CV,)),
    "not_awarded": ("không đồng ý trường hợp", NOBODY),
    "restate": ("sửa đổi, bổ sung trường hợp", NOBODY),
    "decision_corrected": ("sửa dữ liệu theo quyết định", NOBODY),
    "forward": ("trình cấp trên", (CV, CT, PCT)),
    "superior_returned": ("ghi yêu cầu bổ sung của cấp trên", (CV,)),
    "supplied": ("ghi việc đã bổ sung cho cấp trên", (CV,)),
    "record_result": ("ghi kết quả của cấp trên", (CV,)),
    "reject": ("không chấp nhận", (CT,)),
    "withdraw": ("rút hồ sơ", (BODY, CV)),
    "revoke": ("hủy bỏ quyết định", (CT,)),
    "annul": ("hủy bỏ quyết định", NOBODY),
    "propose_correction": ("đề nghị sửa dữ liệu", (CV, TK, TP, VT)),
    "agree_correction": ("đồng ý sửa dữ liệu", (VT, TP, CT, PCT)),
    "drop_correction": ("bỏ đề nghị sửa dữ liệu", (VT, TP, CT, PCT)),
}
"""What each event is called within a sentence, and who may ask it."""
SOURCES = {
    event.id: {state for transition in event.transitions for state in transition.sources}
    for event in machine("nomination_dossier").definition.events
}
MADE = {event for event, states in SOURCES.items() if "none" in states}
"""What makes a dossier: it stands nowhere before."""


def test_every_event_of_a_dossier_has_its_row() -> None:
    assert set(ROWS) == set(SOURCES) - MADE


ANYWHERE = {"set_movement"}
"""Done from the draft on to the end, and after."""


@pytest.mark.parametrize("event", [event for event in ROWS if event not in ANYWHERE])
def test_where_it_stands_it_cannot_be_done(desk: Desk, event: str) -> None:
    drafted = "awarded" in SOURCES[event] - {"drafted"}
    ref = desk.before("submit" if drafted else "", GK)
    stands = "Đang lập hồ sơ" if drafted else "Đã ban hành quyết định khen thưởng"

    refused = desk.refuses(ref, event, OFFICER, **desk.anything(ref, event))

    assert refused["state"] == f"Đang ở bước “{stands}”, chưa thể {ROWS[event][0]}"


@pytest.mark.parametrize("event", ROWS)
def test_nobody_does_it_but_whose_it_is(desk: Desk, event: str) -> None:
    ref = desk.before("submit", GK)

    refused = desk.refuses(ref, event, AUDITOR, **desk.anything(ref, event))

    who = ROWS[event][1]
    if who == NOBODY:
        assert refused["by_itself"] == BY_ITSELF
    else:
        assert refused["role"] == f"Việc này do {'; '.join(who)} thực hiện"


# -- what its own row has against it -------------------------------------------------------------------------


class Case(NamedTuple):
    """An event that is asked of a dossier of the way, which stands before another event, and its sentences.

    `first` is done before, when the dossier comes to the event `at` or to its end, and `positions` are those
    of its lines; with either it has a dossier of its own. Days are named from today, or are the dossier's.
    """

    event: str
    by: str
    refused: Mapping[str, str]
    way: Came = GK
    before: str = "submit"
    words: Mapping[str, str] = MappingProxyType({})
    first: tuple[Step, ...] = ()
    at: str = ""
    positions: tuple[str, ...] = ()


DAYS = {"long_ago": -30, "today": 0, "tomorrow": 1}
PAPER = {"paper_number": "01/TTr", "paper_date": "{today}"}
RETURN = Step("return", OFFICER, {"missing": "Biên bản", "until": "{tomorrow}"})
ASK = Step("ask_opinion", OFFICER, {"whom": "Công an xã", "date": "{today}"})
REMARK = Step("remark", OFFICER, {"date": "{today}", "source": "Một hộ", "remark": "Xem lại"})
KEPT = {"of": "1", "finding": "kept"}
HOLD = Step("hold", OFFICER, {"nominee": "1", "source": "Đơn kiến nghị"})
NOT_KNOWN = Step("appraise", OFFICER, {"nominee": "1", "verdict": "no_info"})
FUNDED = {"funds_by": ACCOUNTANT}
DECISION = {"decision_number": "112/QĐ-UBND", "decision_date": "{today}", "signer": CHAIR, **FUNDED}
APPROVE, AWARD = Step("approve", CHAIR, PAPER), Step("award", OFFICER, DECISION)
NO_LINE_7 = {"unknown_nominee": "Hồ sơ không có trường hợp số 7"}
BY_DECISION = {
    "annulled_on_decision": "Khen thưởng của hồ sơ này ghi tại Q01, được hủy bỏ bằng một quyết định"
}
NOT_YET = {"date_not_in_future": "Ngày {tomorrow} chưa đến"}
NOTHING_ASKED = {"proposed": "Chưa có đề nghị “Đề nghị ghi nhận ngày đến trước đây”"}
NO_CORRECTION = {"proposed": "Chưa có đề nghị “Đề nghị sửa dữ liệu”"}
NO_COMPLETE_DAY = {"complete_day": "Ngày nhận đủ hồ sơ phải từ ngày đến {received} đến hôm nay {today}"}
COMPLETE = {"already_complete": "Hồ sơ đã được xác nhận đủ từ ngày {complete}"}
NOT_COMPLETE = {"not_complete": "Hồ sơ chưa được xác nhận đủ thành phần"}
NOT_PUBLISHED = {"not_published": "Danh sách chưa được công khai"}
NOBODY_ASKED = {"opinion_not_asked": "Không có cơ quan nào đang được lấy ý kiến"}
OF_ANOTHER = Step("into_session", SYSTEM, {"session": "S07"})
IN_ANOTHER = {"in_other_session": "Hồ sơ {ref} đã đưa vào phiên họp S07"}
IN_SESSION = {"reviewed_in_session": "Hồ sơ do phiên họp {session} xét"}
EMPTY = {"some_line_stays": "Không còn trường hợp nào trong hồ sơ"}

CASES = (
    Case(
        "add",
        OFFICER,
        {
            "one_level": "Hồ sơ đã có danh hiệu thuộc thẩm quyền Chủ tịch UBND xã; "
            "mỗi hồ sơ chỉ gồm danh hiệu của một cấp"
        },
        words={"kind": "person", "title": "bkt"},
    ),
    Case(
        "add",
        OFFICER,
        {"title_fits_kind": "“Lao động tiên tiến” không dành cho đối tượng đã chọn"},
        way=LDTT,
        words={"kind": "household"},
    ),
    Case(
        "add",
        OFFICER,
        {
            "one_path": "“Gia đình văn hóa” được xét theo trình tự khác với các trường hợp của hồ sơ; "
            "mỗi hồ sơ chỉ theo một trình tự"
        },
        way=MOVEMENT,
        words={"kind": "household", "title": "gdvh"},
    ),
    Case("edit", OFFICER, NO_LINE_7, words={"nominee": "7", "name": "A"}),
    Case("remove", OFFICER, NO_LINE_7, words={"nominee": "7"}),
    Case("move", OFFICER, {"no_such_task": "Năm này không có nhiệm vụ T99"}, words={"task": "T99"}),
    Case("move", OFFICER, {"same_task": "Hồ sơ đã thuộc nhiệm vụ T17"}, words={"task": "T17"}),
    Case("submit", OFFICER, {"paper_named": "Hồ sơ nộp bằng văn bản phải có số, ngày văn bản của đơn vị"}),
    Case("submit", OFFICER, NOT_YET, words={"received_on": "{tomorrow}", **PAPER}),
    Case(
        "submit",
        OFFICER,
        {"paper_after_receipt": "Văn bản của đơn vị đề ngày {tomorrow}, sau ngày đến {today}"},
        words={**PAPER, "paper_date": "{tomorrow}"},
    ),
    Case(
        "submit",
        OFFICER,
        {
            "backdated": "Ngày đến {long_ago} sớm hơn hôm nay quá 01 ngày làm việc, "
            "hoặc thuộc thời gian áp dụng quy định khác"
        },
        words={"received_on": "{long_ago}", **PAPER, "paper_date": "{long_ago}"},
    ),
    Case(
        "submit",
        OFFICER,
        {"has_nominees": "Hồ sơ chưa có trường hợp đề nghị nào"},
        first=(Step("remove", OFFICER, {"nominee": "1"}),),
        words=PAPER,
    ),
    Case(
        "propose_receipt",
        OFFICER,
        {"not_backdated": "Ngày đến {today} không cần người thứ hai đồng ý"},
        words={"received_on": "{today}", "paper_date": "{today}"},
    ),
    Case("agree_receipt", RECORDS_CLERK, NOTHING_ASKED),
    Case("drop_receipt", OFFICER, NOTHING_ASKED),
    Case("recall", OFFICER, {"own_submission": "Chỉ người đã trình mới lấy lại được"}, before="accept"),
    Case(
        "recall",
        SPEAKER,
        {"acted": "Chuyên viên Phòng Văn hóa - Xã hội đã xử lý: Đã nhận đủ hồ sơ", **COMPLETE},
        before="appraise",
    ),
    Case("accept", OFFICER, NO_COMPLETE_DAY, before="accept", words={"complete_on": "{long_ago}"}),
    Case("accept", OFFICER, NO_COMPLETE_DAY, before="accept", words={"complete_on": "{tomorrow}"}),
    Case("accept", OFFICER, COMPLETE, before="appraise"),
    Case(
        "accept",
        OFFICER,
        {
            "papers_there": "Hồ sơ còn thiếu: Danh sách đề nghị (danh_sach); "
            "Biên bản họp bình xét (bien_ban); Báo cáo thành tích (bao_cao)"
        },
        before="accept",
        words={"seen": "to_trinh"},
    ),
    Case(
        "accept",
        OFFICER,
        {"original_there": "Chưa có bản quét hoặc tệp ký số nào như đã ghi"},
        before="accept",
        words={"original": "digital"},
    ),
    Case(
        "attach",
        OFFICER,
        {"no_file": "Chưa có tệp này trong thư mục giấy tờ của cơ sở dữ liệu"},
        before="accept",
        words={"digest": "0f" * 32},
    ),
    Case(
        "attach",
        SPEAKER,
        {"seen_by_office": "Chỉ người tiếp nhận hồ sơ mới ghi được là đã xem bản giấy"},
        words={"how": "seen"},
    ),
    Case("unaccept", OFFICER, NOT_COMPLETE, before="accept"),
    Case("return", OFFICER, COMPLETE, before="appraise", words={"until": "{tomorrow}"}),
    Case(
        "return",
        OFFICER,
        {"until_fits": "Hạn bổ sung phải sau hôm nay {today}"},
        before="accept",
        words={"until": "{today}"},
    ),
    Case(
        "return",
        OFFICER,
        {"supplement_once": "Đã yêu cầu bổ sung 01 lần; muốn yêu cầu tiếp phải ghi lý do"},
        before="accept",
        words={"until": "{tomorrow}"},
        first=(RETURN, Step("submit", SPEAKER, {})),
    ),
    Case(
        "consider_as_is",
        OFFICER,
        {"supplement_runs": "Đơn vị còn thời hạn bổ sung đến hết ngày {tomorrow}"},
        before="accept",
        first=(RETURN,),
    ),
    Case("ask_opinion", OFFICER, NOT_YET, before="accept", words={"date": "{tomorrow}"}),
    Case("opinion_in", OFFICER, NOBODY_ASKED, before="accept"),
    Case(
        "opinion_in",
        OFFICER,
        {"opinion_which": "Đang lấy ý kiến nhiều cơ quan: 1 ({today}); 2 ({today})"},
        before="accept",
        first=(ASK, ASK),
    ),
    Case(
        "opinion_in",
        OFFICER,
        {"answered_before_asked": "Ngày trả lời {long_ago} trước ngày lấy ý kiến {today}"},
        before="accept",
        words={"date": "{long_ago}"},
        first=(ASK,),
    ),
    Case(
        "drop_opinion",
        OFFICER,
        {"opinion_unknown": "Không có lượt lấy ý kiến số 4; có: 1 ({today})"},
        before="accept",
        words={"of": "4"},
        first=(ASK,),
    ),
    Case("appraise", OFFICER, NOT_COMPLETE, before="accept"),
    Case("appraise", OFFICER, NO_LINE_7, before="appraise", words={"nominee": "7"}),
    Case(
        "appraise",
        OFFICER,
        {"exception_explained": "Chấp nhận ngoại lệ phải ghi lý do"},
        before="appraise",
        words={"verdict": "exception"},
    ),
    Case(
        "appraise",
        OFFICER,
        {"appraised_before": "Đã duyệt kết quả thẩm định trường hợp số 1"},
        before=COUNCIL,
    ),
    Case(
        "appraise",
        STANDING_MEMBER,
        {"own_line": f"{TP} có tên ở trường hợp số 1"},
        before="appraise",
        positions=("Trưởng phòng Văn hóa - Xã hội",),
    ),
    Case(
        "confirm",
        STANDING_MEMBER,
        {
            "role": f"Việc này do {PCT} thực hiện",
            "own_body": f"Hồ sơ do đơn vị của {TP} đề nghị, nên {TP} không duyệt kết quả thẩm định",
        },
        way=OWN,
        before="confirm",
    ),
    Case(
        "confirm",
        STANDING_MEMBER,
        {**NOT_COMPLETE, "not_appraised_line": "Chưa thẩm định trường hợp số 1"},
        before="accept",
    ),
    Case(
        "confirm",
        STANDING_MEMBER,
        {"not_appraised_line": "Chưa thẩm định trường hợp số 1"},
        before="appraise",
    ),
    Case(
        "confirm",
        STANDING_MEMBER,
        {"line_unknown": "Trường hợp số 1 chưa đủ thông tin"},
        way=DOT_XUAT,
        before="appraise",
        first=(NOT_KNOWN,),
    ),
    Case(
        "give_opinion",
        STANDING_MEMBER,
        {"by_simplified": "“Giấy khen của Chủ tịch UBND xã” của hồ sơ này không theo thủ tục đơn giản"},
        before=COUNCIL,
    ),
    Case(
        "into_session",
        SYSTEM,
        {"by_council": "“Giấy khen của Chủ tịch UBND xã” không qua biểu quyết"},
        way=OWN,
        before="give_opinion",
    ),
    Case("into_session", SYSTEM, IN_ANOTHER, before=COUNCIL, first=(OF_ANOTHER,)),
    Case("out_of_session", SYSTEM, IN_ANOTHER, before=COUNCIL, first=(OF_ANOTHER,)),
    Case(
        "conclude",
        SYSTEM,
        {"missing_result": "Chưa có kết quả xét của trường hợp số 1"},
        before=COUNCIL,
    ),
    Case(
        "unconclude",
        SYSTEM,
        {"line_approved": "Trường hợp số 2 đã được phê duyệt"},
        way=LDTT,
        before="approve",
        positions=LEADERS[:1] + LEADERS[2:],
        first=(APPROVE,),
    ),
    Case("reopen", SECRETARY, IN_SESSION, before="approve"),
    Case(
        "reopen",
        STANDING_MEMBER,
        {"line_approved": "Trường hợp số 2 đã được phê duyệt"},
        way=DOT_XUAT,
        before="approve",
        positions=LEADERS[:1] + LEADERS[2:],
        first=(APPROVE,),
    ),
    Case(
        "publish",
        OFFICER,
        {"published_here": "“Giấy khen của Chủ tịch UBND xã” không phải công khai tại xã"},
        before="approve",
    ),
    Case(
        "publish",
        OFFICER,
        {"publication_ended": "Đã kết thúc công khai, đủ hồ sơ từ ngày {full}"},
        way=TVH,
        before="approve",
    ),
    Case("publish_end", OFFICER, NOT_PUBLISHED, way=TVH, before="publish", words={"remarks": "0"}),
    Case("remark", OFFICER, NOT_PUBLISHED, way=TVH, before="publish"),
    Case(
        "settle_remark",
        OFFICER,
        {"no_remarks": "Chưa ghi ý kiến nào về danh sách công khai"},
        way=TVH,
        before="publish_end",
        words={"of": "1", "finding": "kept"},
    ),
    Case("hold", OFFICER, {"line_held": "Trường hợp số 1 đang xác minh"}, before="appraise", first=(HOLD,)),
    Case("hold", OFFICER, NO_LINE_7, before="appraise", words={"nominee": "7"}),
    Case(
        "release",
        OFFICER,
        {"line_not_held": "Trường hợp số 1 không trong thời gian xác minh"},
        before="appraise",
    ),
    Case("withdraw_line", OFFICER, NO_LINE_7, before="appraise", words={"nominee": "7"}),
    Case("withdraw_line", OFFICER, EMPTY, before="appraise"),
    Case("split", OFFICER, EMPTY, before="appraise"),
    Case("approve", CHAIR, NOT_PUBLISHED, way=TVH, before="publish"),
    Case("approve", CHAIR, NOT_YET, before="approve", words={"paper_date": "{tomorrow}"}),
    Case(
        "approve",
        CHAIR,
        {"role": f"Việc này do {PCT} thực hiện", "own_line": f"{CT} có tên ở trường hợp số 1"},
        way=LDTT,
        before="approve",
        positions=LEADERS[:1] + LEADERS[2:],
        first=(APPROVE,),
    ),
    Case("to_sign", SYSTEM, NO_LINE_7, before="approve", words={"nominee": "7"}),
    Case(
        "to_sign",
        SYSTEM,
        {"line_held": "Trường hợp số 1 đang xác minh"},
        before="approve",
        words={"reason": "Đơn không có cơ sở"},
        first=(HOLD,),
    ),
    Case("approve_signed", SYSTEM, NOT_PUBLISHED, way=TVH, before="publish"),
    Case("restate", SYSTEM, NO_LINE_7, before="award", words={"nominee": "7"}),
    Case("annul", SYSTEM, NO_LINE_7, before="", words={"nominee": "7"}),
    Case(
        "award",
        OFFICER,
        {"authority": "Thuộc thẩm quyền Chủ tịch UBND tỉnh; chuyển sang “Trình cấp trên”"},
        way=BKT,
        before="forward",
    ),
    Case(
        "award",
        OFFICER,
        {"signer": f"{TK} không ký được quyết định khen thưởng này"},
        before="award",
        words={"signer": SECRETARY, **FUNDED},
    ),
    Case("award", OFFICER, NO_LINE_7, before="award", words={"nominee": "7"}),
    Case("award", OFFICER, NOT_YET, before="award", words={"decision_date": "{tomorrow}", **FUNDED}),
    Case("award", OFFICER, {"funds": "Chưa xác nhận nguồn kinh phí"}, before="award"),
    Case(
        "award",
        OFFICER,
        {"rating_unknown": "Xếp loại của trường hợp số 1 mới là dự kiến"},
        before="award",
        words=FUNDED,
        first=(NOT_KNOWN,),
        at="confirm",
    ),
    Case(
        "award",
        OFFICER,
        {"signer_confirmed": f"{PCT} đã duyệt kết quả thẩm định nên không ký quyết định"},
        way=OWN,
        before="award",
        words={"signer": VICE_CHAIR, **FUNDED},
    ),
    Case(
        "forward",
        OFFICER,
        {"higher_level": "Danh hiệu, hình thức do Chủ tịch UBND xã quyết định, không trình cấp trên"},
        before="award",
    ),
    Case(
        "forward",
        OFFICER,
        {"opinion_awaited": "Chưa có ý kiến trả lời (lấy ý kiến ngày {today})"},
        way=BKT,
        before="forward",
        first=(ASK,),
        at="confirm",
    ),
    Case(
        "forward",
        OFFICER,
        {"line_pending": "Trường hợp số 1 chưa được phê duyệt"},
        way=BKT,
        before="forward",
        positions=("Công chức", "Kế toán"),
        first=(HOLD,),
        at="approve",
    ),
    Case(
        "superior_returned",
        OFFICER,
        NOT_YET,
        way=BKT,
        before="record_result",
        words={"paper_date": "{tomorrow}"},
    ),
    Case(
        "supplied",
        OFFICER,
        {"superior_asked_nothing": "Cấp trên chưa yêu cầu bổ sung"},
        way=BKT,
        before="record_result",
    ),
    Case(
        "record_result",
        OFFICER,
        {"nobody_answered": "Chưa nêu trường hợp nào có kết quả"},
        way=BKT,
        before="record_result",
    ),
    Case(
        "record_result",
        OFFICER,
        {"awarded_not_sent": "Trường hợp số 7 không thuộc danh sách đã trình cấp trên"},
        way=BKT,
        before="record_result",
        words={"awarded": "7"},
    ),
    Case(
        "record_result",
        OFFICER,
        {"both_answers": "Trường hợp số 1 ghi cả được và không được khen thưởng"},
        way=BKT,
        before="record_result",
        words={"awarded": "1", "not_awarded": "1"},
    ),
    Case("reject", CHAIR, {"some_passed": "Trường hợp số 1 đã đạt"}, before="approve"),
    Case(
        "reject",
        CHAIR,
        {
            "role": f"Việc này do {PCT} thực hiện",
            "conflict": f"{CT} có tên trong hồ sơ nên không tham gia xét, quyết định nội dung này",
        },
        before="accept",
        positions=LEADERS[:1],
    ),
    Case("withdraw", OFFICER, NOT_YET, before="appraise", words={"paper_date": "{tomorrow}"}),
    Case(
        "withdraw",
        OFFICER,
        {"line_awarded": "Trường hợp số 2 đã có quyết định khen thưởng"},
        way=LDTT,
        before="award",
        positions=LEADERS[:1] + LEADERS[2:],
        first=(Step("approve", VICE_CHAIR, PAPER), AWARD),
    ),
    Case("revoke", CHAIR, {**NOT_YET, **BY_DECISION}, before="", words={"decision_date": "{tomorrow}"}),
    Case(
        "decision_corrected",
        SYSTEM,
        {"nothing_to_correct": "Chưa nêu thông tin cần sửa"},
        before="",
        words={"decision": "Q99"},
    ),
    Case(
        "move_path",
        STANDING_MEMBER,
        {"same_path": "Hồ sơ đang theo trình tự này"},
        before="appraise",
        words={"path": "council"},
    ),
    Case(
        "move_path",
        STANDING_MEMBER,
        {"path_not_given": "“Giấy khen của Chủ tịch UBND xã” không xét theo trình tự này"},
        before="appraise",
        words={"path": "appraisal"},
    ),
    Case(
        "set_movement",
        OFFICER,
        {"no_such_movement": "Không có phong trào M07; có: —"},
        before="accept",
        words={"movement": "M07"},
    ),
    Case("propose_correction", OFFICER, {"nothing_to_correct": "Chưa nêu thông tin cần sửa"}, before=""),
    Case("agree_correction", RECORDS_CLERK, NO_CORRECTION, before=""),
    Case("drop_correction", RECORDS_CLERK, NO_CORRECTION, before=""),
)
FREE = frozenset({"send_back", "not_awarded"})
"""The only events that state and role alone stand against."""


def test_every_event_with_conditions_of_its_own_is_refused_by_one() -> None:
    assert {case.event for case in CASES} == set(ROWS) - FREE


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.event}-{'-'.join(case.refused)}")
def test_what_its_own_row_has_against_it_is_said(desk: Desk, case: Case) -> None:
    ref = arranged(desk, case) if case.first or case.positions else desk.before(case.before, case.way)

    words = desk.anything(ref, case.event) | {name: iso(desk, value) for name, value in case.words.items()}
    refused = desk.refuses(ref, case.event, case.by, **words)

    dates = desk.item(ref).details.dates
    own = {name.removesuffix("_on"): day for name, day in dates.items() if day}
    days = own | {name: desk.today + timedelta(days=away) for name, away in DAYS.items()}
    said = {name: f"{day:%d/%m/%Y}" for name, day in days.items()}
    said |= {"ref": ref, "session": str(Dossier.of(desk.item(ref)).session)}
    assert refused == {rule: sentence.format(**said) for rule, sentence in case.refused.items()}


def iso(desk: Desk, value: str) -> str:
    """A word of a case as it is typed today."""
    return value.format(
        **{name: (desk.today + timedelta(days=away)).isoformat() for name, away in DAYS.items()}
    )


def arranged(desk: Desk, case: Case) -> str:
    """A dossier of the case's own: its lines appraised and voted on alike, and in its place what is done
    first."""
    ref, at = desk.opened(case.way, *case.positions), case.at or case.before
    lines = range(1, len(case.positions or ("",)) + 1)

    def begin() -> None:
        for own in case.first:
            desk.does(ref, own.event, own.by, **{name: iso(desk, value) for name, value in own.words.items()})

    for step in desk.course(case.way):
        if step.event == at:
            begin()
        if step.event == case.before:
            break
        if step.event == "appraise":
            desk.does(ref, "appraise", step.by, nominee=",".join(map(str, lines)), verdict="met")
        else:
            own_head = step.event == "confirm" and STANDING_MEMBER in desk.item(ref).details.named
            desk.goes(ref, step._replace(by=VICE_CHAIR) if own_head else step)
    if not at:
        begin()
    return ref


# -- what is done beside the way -----------------------------------------------------------------------------

RECORDED = Step(
    "superior_returned",
    OFFICER,
    {
        "authority": "Sở Nội vụ",
        "paper_number": "45/SNV",
        "paper_date": "{today}",
        "until": "{tomorrow}",
        "missing": "Bản sao",
    },
)
BACKDATED = Step(
    "propose_receipt",
    OFFICER,
    {
        "received_on": "{long_ago}",
        "intake_no": "12",
        "via": "paper",
        "paper_number": "01/TTr",
        "paper_date": "{long_ago}",
        "reason": "Chuyển muộn",
    },
)
CORRECTION = Step(
    "propose_correction", OFFICER, {"nominee": "1", "new_name": "Nông Văn Ém", "reason": "Nhập nhầm"}
)
TWO = ("Công chức", "Kế toán")
BESIDE = (
    (
        Case("edit", OFFICER, {}, words={"nominee": "1", "name": "A"}),
        "Đã sửa trường hợp đề nghị",
        "Đang lập hồ sơ",
    ),
    (Case("remove", OFFICER, {}), "Đã bỏ trường hợp đề nghị", "Đang lập hồ sơ"),
    (Case("move", OFFICER, {}, words={"task": "T11"}), "Đã chuyển sang nhiệm vụ khác", "Đang lập hồ sơ"),
    (Case("drop_receipt", OFFICER, {}, first=(BACKDATED,)), "Đã bỏ đề nghị ngày đến", "Đang lập hồ sơ"),
    (
        Case("agree_receipt", RECORDS_CLERK, {}, first=(BACKDATED,)),
        "Đã đồng ý ngày đến, nhận hồ sơ",
        "Đã nộp, chờ kiểm tra",
    ),
    (Case("recall", SPEAKER, {}, before="accept"), "Đã lấy lại để sửa", "Đang lập hồ sơ"),
    (
        Case("attach", OFFICER, {}, before="accept", words={"how": "seen"}),
        "Đã đính kèm giấy tờ",
        "Đã nộp, chờ kiểm tra",
    ),
    (Case("unaccept", OFFICER, {}, before="appraise"), "Đã bỏ xác nhận đủ hồ sơ", "Đã nộp, chờ kiểm tra"),
    (
        Case("return", OFFICER, {}, before="accept", words={"until": "{tomorrow}"}),
        "Đã yêu cầu bổ sung",
        "Trả lại, yêu cầu bổ sung",
    ),
    (Case("ask_opinion", OFFICER, {}, before="appraise"), "Đã lấy ý kiến", "Đã nhận đủ, đang thẩm định"),
    (
        Case("opinion_in", OFFICER, {}, before="appraise", first=(ASK,)),
        "Đã ghi ý kiến",
        "Đã nhận đủ, đang thẩm định",
    ),
    (
        Case("drop_opinion", OFFICER, {}, before="appraise", first=(ASK,)),
        "Đã bỏ lượt lấy ý kiến",
        "Đã nhận đủ, đang thẩm định",
    ),
    (
        Case("send_back", SECRETARY, {}, before=COUNCIL),
        "Đã đề nghị thẩm định lại",
        "Đã nhận đủ, đang thẩm định",
    ),
    (
        Case("reopen", STANDING_MEMBER, {}, way=WAYS["gdvh", None, None], before="approve"),
        "Đã mở lại để sửa",
        "Đã nhận đủ, đang thẩm định",
    ),
    (
        Case("reopen", STANDING_MEMBER, {}, way=DOT_XUAT, before="approve"),
        "Đã mở lại để sửa",
        "Đã thẩm định, chờ ý kiến Ủy viên thường trực",
    ),
    (Case("hold", STANDING_MEMBER, {}, before="approve"), "Đã tạm dừng để xác minh", "Hội đồng đã xét"),
    (
        Case("release", OFFICER, {}, before="approve", first=(HOLD,)),
        "Đã kết thúc xác minh",
        "Hội đồng đã xét",
    ),
    (
        Case("withdraw_line", OFFICER, {}, before=COUNCIL, positions=TWO),
        "Đã rút khỏi danh sách",
        "Đã thẩm định, chờ Hội đồng xét",
    ),
    (
        Case("split", OFFICER, {}, before=COUNCIL, positions=TWO),
        "Đã tách hồ sơ",
        "Đã thẩm định, chờ Hội đồng xét",
    ),
    (
        Case("move_path", VICE_CHAIR, {}, way=OWN, before="appraise", words={"path": "council"}),
        "Đã chuyển trình tự xét",
        "Đã nhận đủ, đang thẩm định",
    ),
    (
        Case("reject", CHAIR, {}, before="appraise"),
        "Đã thông báo không khen thưởng",
        "Không đủ điều kiện khen thưởng",
    ),
    (Case("withdraw", SPEAKER, {}, before="award"), "Đã rút hồ sơ", "Đã rút hồ sơ"),
    (
        Case(
            "superior_returned", OFFICER, {}, way=BKT, before="record_result", words={"until": "{tomorrow}"}
        ),
        "Cấp trên đã yêu cầu bổ sung",
        "Đã trình cấp trên",
    ),
    (
        Case("supplied", OFFICER, {}, way=BKT, before="record_result", first=(RECORDED,)),
        "Đã bổ sung cho cấp trên",
        "Đã trình cấp trên",
    ),
    (
        Case("propose_correction", OFFICER, {}, before="", words=CORRECTION.words),
        "Đã đề nghị sửa dữ liệu",
        "Đã ban hành quyết định khen thưởng",
    ),
    (
        Case("agree_correction", STANDING_MEMBER, {}, before="", first=(CORRECTION,)),
        "Đã sửa dữ liệu",
        "Đã ban hành quyết định khen thưởng",
    ),
    (
        Case("set_movement", OFFICER, {}, before="accept"),
        "Đã gắn với phong trào thi đua",
        "Đã nộp, chờ kiểm tra",
    ),
    (
        Case("remark", OFFICER, {}, way=TVH, before="publish_end", words={"nominee": "1"}),
        "Đã ghi ý kiến về danh sách công khai",
        "Hội đồng đã xét",
    ),
    (
        Case("settle_remark", OFFICER, {}, way=TVH, before="publish_end", words=KEPT, first=(REMARK,)),
        "Đã ghi kết quả xem xét ý kiến",
        "Hội đồng đã xét",
    ),
    (
        Case("drop_correction", OFFICER, {}, before="", first=(CORRECTION,)),
        "Đã bỏ đề nghị sửa dữ liệu",
        "Đã ban hành quyết định khen thưởng",
    ),
)


@pytest.mark.parametrize(
    ("case", "done", "state"), BESIDE, ids=lambda case: case.event if isinstance(case, Case) else ""
)
def test_what_is_done_beside_the_way_is_said(desk: Desk, case: Case, done: str, state: str) -> None:
    ref = arranged(desk, case)

    words = desk.anything(ref, case.event) | {name: iso(desk, value) for name, value in case.words.items()}

    assert desk.does(ref, case.event, case.by, **words) == Said(done, state)


ON_THE_WAY = frozenset({"add", "propose_receipt", "consider_as_is"})
"""Done wherever a dossier is made, asked to be backdated or taken as it is (`test_dossier_ways`)."""


def test_every_event_is_done_on_the_way_or_beside_it(desk: Desk) -> None:
    on_ways = {step.event for way in WAYS.values() for step in desk.course(way)} - {COUNCIL}

    caused = {event for events in CAUSED for event, _state in events}
    done = on_ways | {case.event for case, _done, _state in BESIDE} | ON_THE_WAY | caused
    assert done == set(ROWS) - {"revoke"}  # which is only of what an older machine awarded


def test_what_came_to_nothing_is_copied_and_nothing_else(desk: Desk) -> None:
    ref = desk.opened(GK)
    early = desk.copied(ref)
    desk.does(ref, "withdraw", OFFICER, reason="Nộp nhầm")

    copied = desk.copied(ref)

    assert desk.sentences(early) == {
        "not_copied_from": f"Hồ sơ {ref} chưa rút và chưa có kết luận không đủ điều kiện"
    }
    assert desk.said(copied) == ("Đã sao chép từ hồ sơ khác", "Đang lập hồ sơ")


# -- what never becomes a dossier ----------------------------------------------------------------------------

CHIEF = "“Chiến sĩ tiên tiến”: Thuộc hệ thống khen thưởng của Quân đội, Công an"
TYPES = (
    "Khen thưởng theo công trạng; Khen thưởng phong trào thi đua; Khen thưởng đột xuất; Khen thưởng đối ngoại"
)
NEW = (
    (
        GK._replace(body="hoi_dong_tdkt"),
        "body_nominates",
        "Hội đồng Thi đua - Khen thưởng xã không phải là đơn vị đề nghị khen thưởng",
    ),
    (LDTT._replace(title="cstt", body="quan_su"), "own_chain", CHIEF),
    (
        GK._replace(type=None),
        "type_needed",
        f"“Giấy khen của Chủ tịch UBND xã” phải ghi loại hình khen thưởng: {TYPES}",
    ),
    (
        GK._replace(type="nien_han"),
        "type_not_given",
        "“Giấy khen của Chủ tịch UBND xã” không khen thưởng theo loại hình “Khen thưởng theo niên hạn”; "
        f"các loại hình được xét: {TYPES}",
    ),
    (
        LDTT._replace(type="cong_trang"),
        "title_has_no_type",
        "“Lao động tiên tiến” là danh hiệu thi đua, không có loại hình khen thưởng",
    ),
    (
        DOT_XUAT._replace(ground="bi_mat"),
        "ground_refused",
        "Hồ sơ có nội dung bí mật nhà nước không được nhập vào phần mềm này",
    ),
    (
        GK._replace(ground="phat_hien"),
        "ground_not_here",
        "“Giấy khen của Chủ tịch UBND xã” không áp dụng thủ tục đơn giản với căn cứ "
        "“Người đứng đầu phát hiện thành tích”",
    ),
    (
        LDTT._replace(body="cong_an"),
        "title_fits_body",
        "“Lao động tiên tiến” do cơ quan quản lý quỹ lương của Công an xã xét, không thuộc UBND xã",
    ),
)


@pytest.mark.parametrize(("way", "rule", "sentence"), NEW, ids=[rule for _way, rule, _sentence in NEW])
def test_what_is_no_matter_of_the_commune_is_refused_at_the_door(
    desk: Desk, way: Came, rule: str, sentence: str
) -> None:
    assert desk.sentences(desk.made(way)) == {rule: sentence}


def test_what_the_law_asks_is_cited_and_what_the_software_asks_is_not(desk: Desk) -> None:
    door = desk.made(LDTT._replace(body="cong_an")).refused
    day = (desk.today - timedelta(days=30)).isoformat()
    words = {"received_on": day, "paper_number": "01/TTr", "paper_date": day}
    backdated = desk.asked(desk.before("submit", GK), "submit", OFFICER, words).refused

    assert door is not None
    assert backdated is not None
    assert [reason.cite for reason in door.reasons] == ["Luật 06/2022/QH15, Điều 80, Điều 83"]
    assert [(reason.rule, reason.cite) for reason in backdated.reasons] == [("backdated", None)]


def test_why_says_of_one_line_what_stops_it_and_who_may_instead(desk: Desk) -> None:
    heads = ("Trưởng phòng Văn hóa - Xã hội", "Công chức")
    case = Case("hold", OFFICER, {}, before=COUNCIL, positions=heads, way=LDTT, first=(HOLD,))
    ref = arranged(desk, case)

    held = desk.against(f"{ref}/1", "hold", OFFICER)
    free = desk.against(f"{ref}/2", "hold", OFFICER)

    own = arranged(desk, case._replace(before="appraise", first=(ASK,)))
    appraised = desk.against(f"{own}/1", "appraise", STANDING_MEMBER)
    assert {rule: desk.sentence(reason) for rule, reason in held.items()} == {
        "line_held": "Trường hợp số 1 đang xác minh"
    }
    assert free == {}
    assert {rule: desk.sentence(reason) for rule, reason in appraised.items()} == {
        "own_line": f"{TP} có tên ở trường hợp số 1"
    }
    assert appraised["own_line"].who_can == (OFFICER,)


def test_what_may_be_a_slip_is_asked_and_then_done(desk: Desk) -> None:
    ref = desk.opened(LDTT)
    words = {"kind": "person", "name": f"Trường hợp 1 của {ref}", "position": LEADERS[1]}

    asked = desk.asked(ref, "add", OFFICER, words, confirmed=False)
    added = desk.asked(ref, "add", OFFICER, words)

    assert asked.asked
    assert desk.sentences(asked) == {
        "twice_here": "Cùng tên và danh hiệu với trường hợp số 1 của hồ sơ này",
        "link_proposed": f"Trường hợp này có thể là {PCT} (pho-chu-tich); xác nhận thì gắn với chức vụ đó, "
        "người giữ chức vụ không xử lý trường hợp của mình",
    }
    assert added.done
    assert desk.item(ref).details.named == {VICE_CHAIR}
