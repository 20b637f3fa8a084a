"""What the council makes: invitation, list, slips, minutes, its tờ trình."""

from __future__ import annotations

from tests.paper_templates.layout import Column, Sheet

COUNCIL = ("UBND {{ office | upper }}", "HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG")
"""Its name does not fit into one line."""


def giay_moi() -> bytes:
    sheet = Sheet().head(*COUNCIL).title("GIẤY MỜI", "Họp Hội đồng Thi đua - Khen thưởng {{ office }}")
    sheet.say("Chủ tịch Hội đồng Thi đua - Khen thưởng {{ office }} trân trọng kính mời:")
    sheet.each(
        "member in members",
        "- {% if member.name %}{{ member.name }}, {% endif %}{{ member.position }};",
    )
    sheet.say("dự họp Hội đồng Thi đua - Khen thưởng {{ office }}.")
    sheet.say("**1. Thời gian:** {{ hour }}, {{ meeting_day }}.")
    sheet.when(
        "place",
        "**2. Địa điểm:** {{ place }}.",
        otherwise=[("**2. Địa điểm:** Trụ sở Ủy ban nhân dân {{ office }}.")],
    )
    sheet.when(
        "presiding", "**3. Chủ trì:** {{ presiding }}.", otherwise=[("**3. Chủ trì:** Chủ tịch Hội đồng.")]
    )
    sheet.say("**4. Nội dung:** xét {{ dossiers }} hồ sơ, {{ lines }} trường hợp đề nghị khen thưởng:")
    sheet.each(
        "matter in matters",
        ("- {{ matter.title }}: {{ matter.lines }} trường hợp, {{ matter.dossiers }} hồ sơ;"),
    )
    sheet.say(
        "Tài liệu gửi kèm: chương trình họp, báo cáo thẩm định, danh sách trích ngang. Đề "
        "nghị các đồng chí "
        "nghiên cứu trước và xác nhận tham dự; trường hợp có tên trong danh sách đề nghị "
        "hoặc vắng mặt, đề nghị "
        "báo Thư ký Hội đồng./.",
        keep=True,
    )
    return sheet.signed().template()


def danh_sach_trich_ngang() -> bytes:
    sheet = Sheet(wide=True, margins=(20, 20, 25, 20)).head(*COUNCIL, number="")
    sheet.title("DANH SÁCH TRÍCH NGANG", "Các trường hợp đề nghị Hội đồng xét ({{ lines }} trường hợp)")
    sheet.say("(Phục vụ phiên họp {{ meeting_day }}; bản số …, thu lại sau phiên họp)", style="KemTheo")
    sheet.grouped(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 55, "{{ row.name }}"),
            Column("Năm sinh", 18, "{{ row.born }}", "OGiua"),
            Column("Chức vụ, đơn vị", 62, "{{ row.position }}"),
            Column("Xếp loại", 22, "{{ row.rating }}", "OGiua"),
            Column("Tóm tắt thành tích", 53, "{{ row.achievement }}"),
            Column("Kết quả thẩm định", 30, "{{ row.verdict }}"),
        ],
        "group in groups",
        "{{ group.title }}",
        "row in group.rows",
    )
    return sheet.signed(receivers=False).template()


def phieu_bau() -> bytes:
    sheet = Sheet().head(*COUNCIL, number="")
    sheet.title("PHIẾU BẦU", "Xét, đề nghị tặng {{ title }} {{ period }}")
    sheet.say(
        "*Đánh dấu X vào một trong hai ô. Dòng đánh dấu cả hai ô hoặc không đánh dấu là "
        "không hợp lệ ở dòng đó. "
        "Phiếu gạch xóa, ghi thêm tên, ký tên là phiếu không hợp lệ.*"
    )
    sheet.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 52, "{{ row.name }}"),
            Column("Chức vụ, đơn vị", 55, "{{ row.position }}"),
            Column("Đồng ý", 20, "□", "OGiua"),
            Column("Không đồng ý", 24, "□", "OGiua"),
        ],
        "row in rows",
    )
    return sheet.template()


def bb_kiem_phieu() -> bytes:
    sheet = Sheet().head(*COUNCIL, number="")
    sheet.title("BIÊN BẢN KIỂM PHIẾU", "Xét {{ title }} (nhóm phiếu {{ group }})")
    sheet.say("Hồi {{ hour }}, {{ meeting_day }}{% if place %}, tại {{ place }}{% endif %}.")
    sheet.say("**1. Tổ kiểm phiếu** gồm:").each(
        "one in board", ("- {{ one.name }}, {{ one.capacity[0] | lower }};")
    )
    sheet.say(
        "**2. Thành viên Hội đồng:** tổng số {{ members }}; có mặt {{ in_room }}; vắng mặt {{ absent }}."
    )
    sheet.when(
        "in_writing",
        "Lấy ý kiến bằng văn bản: đề nghị {{ written_asked }}, gửi lại {{ written_returned "
        "}}; phiếu niêm phong, "
        "bỏ chung vào hòm phiếu trước khi kiểm.",
    )
    sheet.say("**3. Số phiếu:** phát ra {{ issued }}; thu về {{ collected }}.")
    sheet.say("**4. Kết quả** (tỷ lệ tính trên cơ sở ghi tại từng dòng):", keep=True)
    sheet.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên", 37, "{{ row.name }}"),
            Column("Hợp lệ", 14, "{{ row.valid }}", "OGiua"),
            Column("Không hợp lệ", 16, "{{ row.invalid }}", "OGiua"),
            Column("Đồng ý", 14, "{{ row.in_favour }}", "OGiua"),
            Column("Cơ sở tính", 14, "{{ row.base }}", "OGiua"),
            Column("Cần ít nhất", 15, "{{ row.least }}", "OGiua"),
            Column("Tỷ lệ", 21, "{{ row.share }}", "OGiua"),
            Column("Không đồng ý", 16, "{{ row.against }}", "OGiua"),
            Column("Kết quả", 18, "{{ row.result }}", "OGiua"),
        ],
        "row in rows",
    )
    sheet.say(
        "Phiếu được niêm phong, giao Thư ký Hội đồng lưu cùng hồ sơ phiên họp. Biên bản lập "
        "xong cùng ngày, "
        "các thành viên Tổ kiểm phiếu thống nhất ký tên./.",
        style="SauBang",
        keep=True,
    )
    return sheet.all_sign("board", "chair", room=3).template()


def bb_hop() -> bytes:
    sheet = Sheet().head(*COUNCIL)
    sheet.title("BIÊN BẢN", "Họp xét danh hiệu thi đua, hình thức khen thưởng")
    sheet.when(
        "by_writing",
        "Hội đồng lấy ý kiến bằng văn bản, kết thúc {{ meeting_day }}.",
        otherwise=["Hồi {{ opened }}, {{ meeting_day }}{% if place %}, tại {{ place }}{% endif %}."],
    )
    _present(sheet)
    sheet.say("II. NỘI DUNG", style="Muc")
    sheet.say(
        "Ủy viên thường trực báo cáo: tiếp nhận {{ dossiers }} hồ sơ, {{ lines }} trường "
        "hợp; kết quả thẩm định: "
        "{{ met }} trường hợp đủ điều kiện{% if not_met != '00' %}, {{ not_met }} trường hợp "
        "còn lại chưa đủ điều "
        "kiện hoặc chưa đủ thông tin{% endif %}."
    )
    sheet.each(
        "one in recused",
        "{{ one.member }} không tham gia biểu quyết trường hợp {{ one.called }} ({{ one.titles }}); "
        "lý do: {{ one.why }}.",
    )
    sheet.say("III. KẾT QUẢ BIỂU QUYẾT, BỎ PHIẾU", style="Muc")
    _votes(sheet)
    sheet.say("IV. KẾT LUẬN", style="Muc")
    sheet.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 52, "{{ row.name }}"),
            Column("Danh hiệu, hình thức", 51, "{{ row.title }}"),
            Column("Kết luận", 48, "{{ row.conclusion }}"),
        ],
        "row in conclusions",
    )
    sheet.when(
        "by_writing",
        "Biên bản lập trên cơ sở ý kiến bằng văn bản của các thành viên./.",
        otherwise=[
            "Phiên họp kết thúc hồi {{ closed }} cùng ngày. Biên bản đã được đọc, các thành viên "
            "dự họp nhất trí./."
        ],
        style="SauBang",
    )
    return sheet.all_sign("chairs", "clerk", first=True).template()


def _present(sheet: Sheet) -> None:
    sheet.say("I. THÀNH PHẦN", style="Muc")
    sheet.say(
        "1. Triệu tập: {{ members }} thành viên{% if founded_by.number %} (Quyết định số {{ "
        "founded_by.number }} "
        "{{ founded_by.day }}){% endif %}."
    )
    one = (
        "{% if member.name %}{{ member.name }}, {% endif %}{{ member.position }}{% if not "
        "loop.last %}; {% endif %}"
    )
    sheet.when(
        "not by_writing",
        "2. Có mặt: {{ n_present }} thành viên: {% for member in present %}" + one + "{% endfor %}.",
    )
    sheet.when(
        "not by_writing",
        "3. Vắng: {% if absent %}{{ n_absent }} thành viên: {% for member in absent %}" + one + "{% endfor %}"
        "{% else %}không{% endif %}.",
    )
    sheet.say(
        "{% if by_writing %}2{% else %}4{% endif %}. Chủ trì: {{ presiding | join(', ') }}. "
        "Thư ký: {{ secretary }}."
    )
    sheet.when(
        "not by_writing",
        "Số thành viên có mặt {{ n_present }}/{{ members }}, bảo đảm số lượng tối thiểu {{ "
        "quorum }} thành viên"
        "{% if quorum_article %} ({{ quorum_article }} Quy chế hoạt động của Hội đồng){% endif %}.",
    )


def _votes(sheet: Sheet) -> None:
    """A table for each title, by show of hands or by slips."""
    sheet.say("{%p for vote in votes %}")
    way = "{% if vote.secret %}bỏ phiếu kín{% else %}biểu quyết giơ tay{% endif %}"
    sheet.say(
        "{{ vote.title }} – " + way + ("; có mặt khi biểu quyết {{ vote.in_room }}"),
        style="TenBang",
        keep=True,
    )
    secret = [
        ("Phát ra", "issued", 9.5), ("Thu về", "collected", 9.5), ("Hợp lệ", "valid", 9.5),
        ("Không hợp lệ", "invalid", 13), ("Đồng ý", "in_favour", 10.8), ("Không đồng ý", "against", 13),
        ("Cơ sở tính", "base", 9), ("Cần ít nhất", "least", 9.5), ("Tỷ lệ", "share", 16.5),
        ("Kết quả", "result", 13),
    ]  # fmt: skip
    hands = [
        ("Tham gia biểu quyết", "voting", 13), ("Tán thành", "in_favour", 13),
        ("Không tán thành", "against", 13), ("Cơ sở tính", "base", 10), ("Cần ít nhất", "least", 10),
        ("Tỷ lệ", "share", 16.5), ("Kết quả", "result", 13),
    ]  # fmt: skip
    sheet.say("{%p if vote.secret %}")
    sheet.list(_counting(secret), "row in vote.rows")
    sheet.say("{%p else %}")
    sheet.list(_counting(hands), "row in vote.rows")
    sheet.say("{%p endif %}").say("{%p endfor %}")


def _counting(counts: list[tuple[str, str, float]]) -> list[Column]:
    rest = 163 - 9 - sum(width for *_, width in counts)
    return [
        Column("STT", 9, "{{ row.no }}", "OGiuaNho", "DauBangNho"),
        Column("Họ và tên, tên tập thể, hộ", rest * 0.48, "{{ row.name }}", "OTraiNho", "DauBangNho"),
        Column("Chức vụ, đơn vị", rest * 0.52, "{{ row.position }}", "OTraiNho", "DauBangNho"),
        *(
            Column(head, width, f"{{{{ row.{name} }}}}", "OGiuaNho", "DauBangNho")
            for head, name, width in counts
        ),
    ]


def to_trinh_hoi_dong() -> bytes:
    sheet = Sheet().head(*COUNCIL)
    sheet.title("TỜ TRÌNH", "Về việc đề nghị tặng danh hiệu thi đua, hình thức khen thưởng")
    sheet.say("Kính gửi: Chủ tịch Ủy ban nhân dân {{ office }}.", style="KinhGui")
    sheet.each("ground in grounds", "{{ ground }}", style="CanCu")
    sheet.say(
        "Căn cứ Biên bản số {{ minutes.number }} {{ minutes.day }} của Hội đồng Thi đua - Khen thưởng xã;",
        style="CanCu",
    )
    sheet.say("Hội đồng Thi đua - Khen thưởng xã kính trình Chủ tịch Ủy ban nhân dân xã như sau:")
    sheet.say("{%p for one in titles %}")
    sheet.say(
        "{{ one.title }}: đề nghị {{ one.proposed }}, đạt {{ one.passed }}, không đạt {{ one.failed }}."
        "{% if one.counted %} {% if one.higher %}Đề nghị trình cấp có thẩm quyền{% else %}Đề "
        "nghị tặng{% endif %}: "
        "{{ one.counted }}.{% endif %}"
    )
    sheet.say("{%p endfor %}")
    sheet.when(
        "sums",
        "Tiền thưởng dự kiến: {% for sum in sums %}{% if sum.when %}{{ sum.when }} {% endif %}"
        "(lương cơ sở {{ sum.salary }} đồng): {{ sum.amount }} đồng{% if not loop.last %}; "
        "{% endif %}{% endfor %}. "
        "Nguồn: {{ fund }}.",
    )
    sheet.say("(Kèm theo: biên bản họp, biên bản kiểm phiếu, danh sách, dự thảo quyết định.)")
    sheet.say("Kính trình Chủ tịch Ủy ban nhân dân xã xem xét, quyết định./.", keep=True)
    return sheet.signed().template()
