"""The award decision and what else follows from it."""

from __future__ import annotations

from tests.paper_templates.layout import Column, Sheet

COMMITTEE = ("ỦY BAN NHÂN DÂN", "{{ office | upper }}")


def quyet_dinh() -> bytes:
    sheet = Sheet().head(*COMMITTEE, own=2).title("QUYẾT ĐỊNH", "Về việc tặng {{ award }} {{ period }}")
    sheet.say("{{ authority }}", style="ThamQuyen")
    sheet.each("ground in grounds", "{{ ground }}", style="CanCu")
    sheet.say(
        (
            "Xét đề nghị của Hội đồng Thi đua - Khen thưởng xã tại Tờ trình số {{ "
            "proposal.number }} {{ proposal.day }},"
        ),
        style="CanCu",
    )
    sheet.say("QUYẾT ĐỊNH:", style="ThamQuyen")
    sheet.when(
        "annexed",
        "**Điều 1.** Tặng {{ award }} {{ period }} cho {{ counted }} (danh sách kèm theo).",
        otherwise=[
            "**Điều 1.** Tặng {{ award }} {{ period }} cho {{ counted }}: "
            "{% for row in rows %}{{ row.called }}{% if row.position %}, {{ row.position }}{% endif %}"
            "{% if not loop.last %}; {% endif %}{% endfor %}."
        ],
    )
    sheet.when(
        "paid",
        "**Điều 2.** Tiền thưởng: tổng số {{ total }} đồng ({{ total_in_words }}), chi từ {{ fund }}.",
        otherwise=["**Điều 2.** Không kèm theo tiền thưởng."],
    )
    sheet.say("**Điều 3.** {{ executors }} chịu trách nhiệm thi hành Quyết định này./.", keep=True).signed()
    annex = Sheet(wide=True, margins=(25, 20, 20, 20))
    annex.say("{%p if annexed %}").say("DANH SÁCH", style="TenLoai").say(
        "Tặng {{ award }} {{ period }}", style="TrichYeu"
    )
    annex.say("(Kèm theo Quyết định số {{ number }} {{ day }})", style="KemTheo")
    annex.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 62, "{{ row.name }}"),
            Column("Chức vụ, đơn vị (địa chỉ)", 76, "{{ row.position }}"),
            Column("Hệ số", 18, "{{ row.factor }}", "OGiua"),
            Column("Mức lương cơ sở", 29, "{{ row.salary }}", "OPhai"),
            Column("Tiền thưởng", 29, "{{ row.amount }}", "OPhai"),
            Column("Ghi chú", 31, "{{ row.note }}"),
        ],
        "row in rows",
        total=[(5, "OGiua", "Tổng cộng"), (1, "OPhai", "{{ total }}"), (1, "OTrai", "")],
    )
    annex.say("*Bằng chữ: {{ total_in_words }}.*", style="SauBang", keep=True)
    annex.say("Ấn định danh sách có {{ counted }}./.")
    annex.say("{%p endif %}")
    return sheet.break_to(annex).template()


def bang_ky_nhan() -> bytes:
    sheet = Sheet(wide=True, margins=(20, 20, 20, 15)).head(*COMMITTEE, own=2, number="")
    sheet.title("BẢNG KÝ NHẬN TIỀN THƯỞNG", "Theo Quyết định số {{ decision }} {{ decision_day }}")
    sheet.say("(Nguồn: {{ fund }})", style="KemTheo")
    sheet.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 46, "{{ row.name }}"),
            Column("Chức vụ, đơn vị (địa chỉ)", 52, "{{ row.position }}"),
            Column("Danh hiệu, hình thức", 40, "{{ row.title }}"),
            Column("Hệ số", 14, "{{ row.factor }}", "OGiua"),
            Column("Mức lương cơ sở", 24, "{{ row.salary }}", "OPhai"),
            Column("Số tiền", 24, "{{ row.amount }}", "OPhai"),
            Column("Ký nhận", 26, ""),
            Column("Ghi chú", 24, "{{ row.note }}"),
        ],
        "row in rows",
        total=[(6, "OGiua", "Tổng cộng"), (1, "OPhai", "{{ total }}"), (2, "OTrai", "")],
    )
    sheet.say("*Bằng chữ: {{ total_in_words }}.*", style="SauBang", keep=True)
    return sheet.both_sign("maker", "accountant", "chair").template()


def danh_sach_cong_khai() -> bytes:
    sheet = Sheet().head(*COMMITTEE, own=2, number="")
    sheet.title("DANH SÁCH", "Tập thể, hộ gia đình, cá nhân được khen thưởng {{ period }}")
    sheet.say("(Theo Quyết định số {{ decision }} {{ decision_day }})", style="KemTheo")
    sheet.each("mark in marks", "Quyết định {{ mark }}.")
    sheet.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 58, "{{ row.name }}"),
            Column("Đơn vị, thôn", 48, "{{ row.unit }}"),
            Column("Danh hiệu, hình thức", 45, "{{ row.title }}"),
        ],
        "row in rows",
    )
    return sheet.say("Danh sách có {{ counted }}./.", style="SauBang").template()


def quyet_dinh_huy_bo() -> bytes:
    sheet = Sheet().head(*COMMITTEE, own=2)
    sheet.title(
        "QUYẾT ĐỊNH",
        "Về việc hủy bỏ {% if not whole %}một phần {% endif %}Quyết định số {{ of.number }} {{ of.day }}",
    )
    sheet.say("{{ authority }}", style="ThamQuyen")
    sheet.each("ground in grounds", "{{ ground }}", style="CanCu")
    sheet.say("Căn cứ Văn bản số {{ conclusion.number }} {{ conclusion.day }};", style="CanCu")
    sheet.say("Xét đề nghị của Hội đồng Thi đua - Khen thưởng xã,", style="CanCu")
    sheet.say("QUYẾT ĐỊNH:", style="ThamQuyen")
    sheet.say(
        "**Điều 1.** Hủy bỏ {% if whole %}Quyết định số {{ of.number }} {{ of.day }} về việc "
        "tặng {{ award }} "
        "{{ period }}{% else %}việc tặng {{ award }} {{ period }} tại Quyết định số {{ "
        "of.number }} {{ of.day }} "
        "đối với {{ counted }} có tên dưới đây{% endif %}, theo điểm {{ ground }} khoản 2 "
        "Điều 93 Luật Thi đua, "
        "khen thưởng{% if reason %}; nội dung: {{ reason }}{% endif %}."
    )
    sheet.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 58, "{{ row.name }}"),
            Column("Chức vụ, đơn vị (địa chỉ)", 63, "{{ row.position }}"),
            Column("Tiền thưởng thu hồi", 30, "{{ row.amount }}", "OPhai"),
        ],
        "row in rows",
    )
    sheet.when(
        "repaid",
        "**Điều 2.** Thu hồi hiện vật khen thưởng và tiền thưởng đã nhận, tổng số {{ total }} đồng "
        "({{ total_in_words }}). Phòng Văn hóa - Xã hội thu hiện vật, Kế toán thu tiền nộp "
        "vào Quỹ thi đua, "
        "khen thưởng của xã.",
        otherwise=["**Điều 2.** Thu hồi hiện vật khen thưởng. Phòng Văn hóa - Xã hội tổ chức thu hồi."],
        style="SauBang",
    )
    sheet.say("**Điều 3.** {{ executors }} chịu trách nhiệm thi hành Quyết định này./.", keep=True)
    return sheet.signed().template()


def quyet_dinh_sua_doi() -> bytes:
    sheet = Sheet().head(*COMMITTEE, own=2)
    sheet.title(
        "QUYẾT ĐỊNH",
        "Về việc {% if replaced %}thay thế{% else %}sửa đổi, bổ sung{% endif %} Quyết định "
        "số {{ of.number }} "
        "{{ of.day }}",
    )
    sheet.say("{{ authority }}", style="ThamQuyen")
    sheet.each("ground in grounds", "{{ ground }}", style="CanCu")
    sheet.say("Xét đề nghị của Trưởng phòng Văn hóa - Xã hội,", style="CanCu")
    sheet.say("QUYẾT ĐỊNH:", style="ThamQuyen")
    sheet.when(
        "replaced",
        "**Điều 1.** Tặng {{ award }} {{ period }} cho {{ counted }} có tên dưới đây; Quyết "
        "định này thay thế "
        "Quyết định số {{ of.number }} {{ of.day }}{% if reason %} (lý do: {{ reason }}){% endif %}.",
        otherwise=[
            "**Điều 1.** Sửa đổi, bổ sung danh sách tặng {{ award }} {{ period }} kèm theo Quyết định số "
            "{{ of.number }} {{ of.day }} đối với {{ counted }} như dưới đây"
            "{% if reason %} (lý do: {{ reason }}){% endif %}."
        ],
    )
    sheet.list(
        [
            Column("STT", 12, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 43, "{{ row.name }}"),
            Column("Chức vụ, đơn vị (địa chỉ)", 50, "{{ row.position }}"),
            Column("Hệ số", 12, "{{ row.factor }}", "OGiua"),
            Column("Tiền thưởng", 22, "{{ row.amount }}", "OPhai"),
            Column("Ghi chú", 24, "{{ row.note }}"),
        ],
        "row in rows",
    )
    sheet.when(
        "replaced",
        "**Điều 2.** Tiền thưởng: tổng số {{ total }} đồng ({{ total_in_words }}); phần đã "
        "nhận theo Quyết định "
        "cũ được trừ.",
        otherwise=[
            "**Điều 2.** Tiền thưởng của các trường hợp nêu trên: tổng số {{ total }} đồng ({{ "
            "total_in_words }}); "
            "phần đã nhận không chi lại. Các nội dung khác của Quyết định số {{ of.number }} giữ nguyên."
        ],
        style="SauBang",
    )
    sheet.say("**Điều 3.** {{ executors }} chịu trách nhiệm thi hành Quyết định này./.", keep=True)
    return sheet.signed().template()


def cong_van_dinh_chinh() -> bytes:
    sheet = Sheet().head(*COMMITTEE, own=2, about="V/v đính chính Quyết định số {{ of.number }}")
    sheet.say("", style="OTrai")
    sheet.say(
        "Kính gửi: Các cơ quan, đơn vị, cá nhân đã nhận Quyết định số {{ of.number }}.", style="KinhGui"
    )
    sheet.say(
        "Do sơ suất trong trình bày Quyết định số {{ of.number }} {{ of.day }} về việc tặng "
        "{{ award }} {{ period }}, "
        "Ủy ban nhân dân {{ office }} đính chính như sau:"
    )
    sheet.say("{{ what }}.")
    sheet.say("Danh sách, tên, danh hiệu và mức tiền thưởng của Quyết định không thay đổi.")
    sheet.say(
        "Đề nghị các cơ quan, đơn vị, cá nhân sử dụng Công văn này cùng Quyết định nêu trên./.", keep=True
    )
    return sheet.signed().template()


def thong_bao_thu_hoi() -> bytes:
    sheet = Sheet().head(*COMMITTEE, own=2)
    sheet.title("THÔNG BÁO", "Thu hồi bản gửi nhầm của Quyết định số {{ of.number }} {{ of.day }}")
    sheet.say("Kính gửi: {{ what }}.", style="KinhGui")
    sheet.say(
        "Quyết định số {{ of.number }} {{ of.day }} về việc tặng {{ award }} {{ period }} đã "
        "được gửi nhầm đến nơi "
        "nhận nêu trên."
    )
    sheet.say(
        "Ủy ban nhân dân {{ office }} thu hồi bản đã gửi; đề nghị gửi trả bản giấy, xóa bản "
        "điện tử và không sử dụng, "
        "sao chụp. Quyết định vẫn có hiệu lực./.",
        keep=True,
    )
    return sheet.signed().template()
