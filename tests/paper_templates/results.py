"""What goes with a dossier beside the division's slip: the body's letter, the report of the appraisal, the
letter to the province, and what became of its lines."""

from __future__ import annotations

from tests.paper_templates.decisions import COMMITTEE
from tests.paper_templates.dossiers import DIVISION
from tests.paper_templates.layout import Column, Sheet
from tests.paper_templates.sessions import COUNCIL


def to_trinh_don_vi() -> bytes:
    sheet = Sheet().head("UBND {{ office | upper }}", "{{ issuer }}")
    sheet.title("TỜ TRÌNH", "Về việc đề nghị tặng danh hiệu thi đua, hình thức khen thưởng {{ period }}")
    sheet.say("Kính gửi: {{ to }}", style="Giua")
    sheet.say("(qua Phòng Văn hóa - Xã hội).", style="KinhGui")
    sheet.say(
        "Căn cứ Luật Thi đua, khen thưởng và hướng dẫn của Ủy ban nhân dân {{ office }} về công tác thi đua, "
        "khen thưởng {{ period }};",
        style="CanCu",
    )
    sheet.say("Căn cứ Biên bản họp bình xét ngày …… tháng …… năm ……… của {{ body }},", style="CanCu")
    sheet.say("{{ body }} đề nghị xét, tặng {{ period }}:")
    sheet.each("each in titles", "- Tặng {{ each.what }}: {{ each.n }}{{ '.' if loop.last else ';' }}")
    sheet.say(
        "Các tập thể, hộ gia đình, cá nhân có tên trong danh sách kèm theo chấp hành tốt chủ trương của "
        "Đảng, "
        "chính sách, pháp luật của Nhà nước; không trong thời gian xem xét kỷ luật, điều tra hoặc xác "
        "minh đơn, "
        "thư. {{ body }} chịu trách nhiệm về nội dung đề nghị."
    )
    sheet.say("Kính trình {{ to }} xem xét, quyết định./.", keep=True)
    sheet.say("{%p if beside.capacity %}", keep=True).both_sign("beside", "signature")
    sheet.say("{%p else %}").signed().say("{%p endif %}")
    annex = Sheet(wide=True, margins=(25, 20, 20, 20))
    annex.say("DANH SÁCH", style="TenLoai")
    annex.say("Đề nghị tặng danh hiệu thi đua, hình thức khen thưởng {{ period }}", style="TrichYeu")
    annex.say("(Kèm theo Tờ trình số {{ number }} {{ day }} của {{ body }})", style="KemTheo")
    annex.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 58, "{{ row.name }}"),
            Column("Chức vụ, đơn vị (địa chỉ)", 62, "{{ row.position }}"),
            Column("Danh hiệu, hình thức đề nghị", 48, "{{ row.title }}"),
            Column("Thành tích", 53, "{{ row.achievement }}"),
            Column("Kết quả lấy ý kiến", 24, "{{ row.opinion }}", "OGiua"),
        ],
        "row in rows",
    )
    annex.say("Ấn định danh sách có {{ counted }}./.", style="SauBang")
    return sheet.break_to(annex).template()


def bao_cao_tham_dinh() -> bytes:
    sheet = Sheet().head(*DIVISION)
    sheet.title("BÁO CÁO", "Kết quả thẩm định hồ sơ đề nghị khen thưởng của {{ body }}")
    sheet.when(
        'path == "council"',
        "Kính gửi: Hội đồng Thi đua - Khen thưởng {{ office }}.",
        otherwise=["Kính gửi: Chủ tịch Ủy ban nhân dân {{ office }}."],
        style="KinhGui",
    )
    sheet.each("ground in grounds", "{{ ground }}", style="CanCu")
    sheet.say("Phòng Văn hóa - Xã hội báo cáo kết quả thẩm định như sau:")
    sheet.say("1. Tiếp nhận hồ sơ", style="Muc")
    sheet.say(
        "Hồ sơ {{ dossier }} của {{ body }}"
        "{% if proposal.number %} (Văn bản số {{ proposal.number }} {{ proposal.day }}){% endif %}: tiếp "
        "nhận "
        "{{ received }}{% if intake_no %}, số đến {{ intake_no }}{% endif %}; gồm {{ lines }} trường hợp "
        "({{ counted }})."
    )
    sheet.when("supplement", "Đã yêu cầu bổ sung: {{ supplement }}.")
    sheet.say("Hồ sơ đủ thành phần từ {{ complete }}.")
    sheet.say("2. Kết quả thẩm định", style="Muc")
    sheet.each(
        "each in verdicts", "- {{ each.what }}: {{ each.n }} trường hợp{{ '.' if loop.last else ';' }}"
    )
    sheet.say("Kết quả từng trường hợp tại Phụ lục kèm theo.")
    sheet.say("3. Đề xuất", style="Muc")
    sheet.when(
        'path == "council"',
        "Phòng Văn hóa - Xã hội trình Hội đồng xem xét, biểu quyết các trường hợp đủ điều kiện theo quy "
        "định./.",
        otherwise=[
            "Phòng Văn hóa - Xã hội trình Chủ tịch Ủy ban nhân dân {{ office }} xem xét, quyết định khen "
            "thưởng các trường hợp đủ điều kiện theo quy định./."
        ],
    )
    sheet.signed()
    annex = Sheet(wide=True, margins=(25, 20, 20, 20))
    annex.say("PHỤ LỤC", style="TenLoai")
    annex.say("Kết quả thẩm định từng trường hợp, hồ sơ {{ dossier }}", style="TrichYeu")
    annex.say("(Kèm theo Báo cáo số {{ number }} {{ day }} của Phòng Văn hóa - Xã hội)", style="KemTheo")
    annex.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 42, "{{ row.name }}"),
            Column("Năm sinh", 15, "{{ row.born }}", "OGiua"),
            Column("Chức vụ, đơn vị (địa chỉ)", 42, "{{ row.position }}"),
            Column("Danh hiệu, hình thức đề nghị", 34, "{{ row.title }}"),
            Column("Mức xếp loại", 26, "{{ row.rating }}"),
            Column("Sáng kiến", 32, "{{ row.initiative }}"),
            Column("Đã được khen thưởng", 30, "{{ row.history }}"),
            Column("Kết quả thẩm định", 24, "{{ row.verdict }} {{ row.note }}"),
        ],
        "row in rows",
    )
    annex.when("notes", "*Căn cứ thẩm định:*", style="SauBang")
    annex.each("note in notes", "({{ note.no }}) {{ note.text }}")
    return sheet.break_to(annex).template()


def to_trinh_ubnd() -> bytes:
    sheet = Sheet().head(*COMMITTEE, own=2)
    sheet.title("TỜ TRÌNH", "Về việc đề nghị tặng danh hiệu thi đua, hình thức khen thưởng {{ period }}")
    sheet.say("Kính gửi:", style="Giua")
    sheet.say("- Chủ tịch Ủy ban nhân dân {{ province }};", style="Giua")
    sheet.say("- Sở Nội vụ {{ province }}.", style="KinhGui")
    sheet.each("ground in grounds", "{{ ground }}", style="CanCu")
    sheet.when(
        "minutes.number",
        "Căn cứ Biên bản số {{ minutes.number }} {{ minutes.day }} của Hội đồng Thi đua - Khen thưởng xã;",
        style="CanCu",
    )
    sheet.when(
        "proposal.number",
        "Xét đề nghị của Hội đồng Thi đua - Khen thưởng xã tại Tờ trình số {{ proposal.number }} "
        "{{ proposal.day }},",
        style="CanCu",
    )
    sheet.say(
        "Ủy ban nhân dân {{ office }} kính trình Chủ tịch Ủy ban nhân dân {{ province }} xét, đề nghị tặng:"
    )
    sheet.each("each in titles", "- Tặng {{ each.what }}: {{ each.n }}{{ '.' if loop.last else ';' }}")
    sheet.when(
        "voted",
        "Hội đồng Thi đua - Khen thưởng xã đã bỏ phiếu kín đối với từng trường hợp; kết quả ghi tại danh "
        "sách "
        "kèm theo.",
    )
    sheet.say(
        "Các tập thể, hộ gia đình, cá nhân nêu trên chấp hành tốt chủ trương của Đảng, chính sách, pháp "
        "luật của "
        "Nhà nước; Ủy ban nhân dân {{ office }} chịu trách nhiệm về tính chính xác của hồ sơ đề nghị."
    )
    sheet.say("Kính trình Chủ tịch Ủy ban nhân dân {{ province }} xem xét, quyết định./.", keep=True).signed()
    annex = Sheet(wide=True, margins=(25, 20, 20, 20))
    annex.say("DANH SÁCH", style="TenLoai")
    annex.say("Đề nghị tặng danh hiệu thi đua, hình thức khen thưởng {{ period }}", style="TrichYeu")
    annex.say(
        "(Kèm theo Tờ trình số {{ number }} {{ day }} của Ủy ban nhân dân {{ office }})", style="KemTheo"
    )
    annex.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 44, "{{ row.name }}"),
            Column("Chức vụ, đơn vị (địa chỉ)", 45, "{{ row.position }}"),
            Column("Danh hiệu, hình thức đề nghị", 42, "{{ row.title }}"),
            Column("Thành tích", 42, "{{ row.achievement }}"),
            Column("Sáng kiến (số, ngày công nhận)", 35, "{{ row.initiative }}"),
            Column("Số phiếu đồng ý", 16, "{{ row.ballot }}", "OGiua"),
            Column("Tỷ lệ", 21, "{{ row.share }}", "OGiua"),
        ],
        "row in rows",
    )
    annex.say("Ấn định danh sách có {{ counted }}./.", style="SauBang")
    return sheet.break_to(annex).template()


def _told(sheet: Sheet, rows: str, said: str, note: str) -> None:
    """One group of lines with its table, where there are any."""
    sheet.say(f"{{%p if {rows} %}}").say(said, keep=True)
    sheet.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 52, "{{ row.name }}"),
            Column("Danh hiệu, hình thức", 48, "{{ row.title }}"),
            Column(note, 51, "{{ row.note }}"),
        ],
        f"row in {rows}",
    )
    sheet.say("", style="OTrai").say("{%p endif %}")


def thong_bao_ket_qua() -> bytes:
    sheet = Sheet().head(*COUNCIL)
    sheet.title("THÔNG BÁO", "Kết quả xét khen thưởng hồ sơ {{ dossier }}")
    sheet.say("Kính gửi: {{ body }}.", style="KinhGui")
    sheet.say(
        "Hội đồng Thi đua - Khen thưởng {{ office }} thông báo kết quả xét hồ sơ đề nghị khen thưởng {{ "
        "dossier }} "
        "của {{ body }}{% if proposal.number %} (Văn bản số {{ proposal.number }} {{ proposal.day }}){% "
        "endif %}, tiếp "
        "nhận {{ received }}, như sau:"
    )
    _told(sheet, "awarded", "Được khen thưởng tại xã: {{ n_awarded }} trường hợp.", "Quyết định")
    _told(sheet, "granted", "Được cấp trên khen thưởng: {{ n_granted }} trường hợp.", "Văn bản của cấp trên")
    _told(sheet, "forwarded", "Đã trình cấp trên: {{ n_forwarded }} trường hợp.", "Văn bản trình")
    _told(sheet, "not_reached", "Không được khen thưởng: {{ n_not_reached }} trường hợp.", "Lý do")
    _told(sheet, "waiting", "Chưa có kết quả: {{ n_waiting }} trường hợp.", "Tình trạng")
    sheet.say(
        "Đề nghị {{ body }} thông báo cho các tập thể, hộ gia đình, cá nhân có tên nêu trên. Trường hợp "
        "chưa nhất "
        "trí, đơn vị và cá nhân có quyền kiến nghị, khiếu nại theo quy định của pháp luật./.",
        keep=True,
    )
    return sheet.signed().template()
