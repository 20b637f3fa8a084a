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
            Column("STT", 10, "{{ row.no }}", "OGiua"),
            Column("Họ và tên, tên tập thể, hộ", 48, "{{ row.name }}"),
            Column("Chức vụ, địa chỉ", 52, "{{ row.position }}"),
            Column("Danh hiệu, hình thức", 40, "{{ row.title }}"),
            Column("Hệ số", 14, "{{ row.factor }}", "OGiua"),
            Column("Mức lương cơ sở", 24, "{{ row.salary }}", "OPhai"),
            Column("Số tiền", 24, "{{ row.amount }}", "OPhai"),
            Column("Ký nhận", 26, ""),
            Column("Ghi chú (nhận thay, giấy ủy quyền)", 24, "{{ row.note }}"),
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
            Column("Đơn vị", 48, "{{ row.unit }}"),
            Column("Danh hiệu, hình thức", 45, "{{ row.title }}"),
        ],
        "row in rows",
    )
    return sheet.say("Danh sách có {{ counted }}./.", style="SauBang").template()
