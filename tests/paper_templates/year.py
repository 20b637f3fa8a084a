"""What the office writes of a whole year: its reports and the plan of the next one."""

from __future__ import annotations

from tests.paper_templates.decisions import COMMITTEE
from tests.paper_templates.layout import Column, Sheet


def _report() -> Sheet:
    sheet = Sheet().head(*COMMITTEE, own=2).title("BÁO CÁO", "{{ about }}")
    return sheet.say("{{p opening }}")


def _ended(sheet: Sheet) -> bytes:
    """The closing words, who signs, and the annexes on a page of their own."""
    sheet.say(
        "Trên đây là báo cáo của Ủy ban nhân dân {{ office }} về công tác thi đua, khen thưởng./.", keep=True
    ).signed()
    annexes = Sheet().say("{%p if annexes %}").say("PHỤ LỤC", style="ThamQuyen")
    return sheet.break_to(annexes.say("{{p annexes }}", "{%p endif %}")).template()


def _outline(sheet: Sheet, ahead: str) -> bytes:
    sheet.say("I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO", style="Muc").say("{{p direction }}")
    sheet.say("II. CÁC PHONG TRÀO THI ĐUA", style="Muc").say("{{p movements }}")
    sheet.say("III. CÔNG TÁC KHEN THƯỞNG", style="Muc").say("{{p awards }}")
    sheet.say("IV. TỔ CHỨC BỘ MÁY, HỘI ĐỒNG, QUỸ THI ĐUA, KHEN THƯỞNG", style="Muc").say("{{p council }}")
    sheet.say("V. HẠN CHẾ, NGUYÊN NHÂN", style="Muc").say("{{p shortfalls }}")
    sheet.say("VI. PHƯƠNG HƯỚNG, NHIỆM VỤ", style="Muc").say(ahead)
    sheet.say("VII. KIẾN NGHỊ, ĐỀ XUẤT", style="Muc").say("……")
    return _ended(sheet)


def bao_cao_nam() -> bytes:
    return _outline(_report(), "Triển khai Kế hoạch công tác thi đua, khen thưởng năm {{ next_year }}: ……")


def bao_cao_6_thang() -> bytes:
    return _outline(_report(), "Nhiệm vụ 6 tháng cuối năm: ……")


def bao_cao_so_lieu() -> bytes:
    return _ended(_report().say("{{p figures }}"))


def ke_hoach_nam() -> bytes:
    sheet = Sheet().head(*COMMITTEE, own=2).title("KẾ HOẠCH", "{{ about }}")
    sheet.say(
        "Thực hiện Kế hoạch số ……/KH-UBND ngày ……/……/{{ year }} của Ủy ban nhân dân tỉnh {{ province }} về "
        "công tác thi đua, khen thưởng năm {{ year }}, Ủy ban nhân dân {{ office }} ban hành Kế hoạch công "
        "tác thi đua, khen thưởng năm {{ year }} như sau:"
    )
    sheet.say("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", style="Muc")
    sheet.say(
        "Tổ chức các phong trào thi đua gắn với nhiệm vụ phát triển kinh tế - xã hội, quốc phòng, an ninh "
        "của xã năm {{ year }}; kịp thời phát hiện, khen thưởng và nhân rộng điển hình tiên tiến."
    )
    sheet.say("2. Yêu cầu", style="Muc")
    sheet.say(
        "Phong trào thi đua thiết thực, có trọng tâm, thu hút đông đảo Nhân dân tham gia. Khen thưởng chính "
        "xác, công khai, kịp thời, đúng đối tượng; quan tâm người trực tiếp lao động, sản xuất, công tác."
    )
    sheet.say("II. NỘI DUNG THỰC HIỆN", style="Muc")
    sheet.say("{%p if dated %}")
    _tasks(sheet, 30)
    sheet.say("{%p else %}")
    _tasks(sheet, 0)
    sheet.say("{%p endif %}")
    sheet.say("III. KINH PHÍ THỰC HIỆN", style="Muc")
    sheet.say(
        "Kinh phí thực hiện Kế hoạch này lấy từ quỹ thi đua, khen thưởng của xã theo phân cấp ngân sách hiện "
        "hành."
    )
    sheet.say("IV. TỔ CHỨC THỰC HIỆN", style="Muc")
    sheet.say(
        "1. Giao {{ division }} là cơ quan tham mưu, theo dõi, đôn đốc thực hiện Kế hoạch này; tổng hợp "
        "hồ sơ đề nghị khen thưởng.",
        "2. Giao {{ council }} xét, trình khen thưởng đúng quy định; kiểm tra việc thực hiện các phong trào "
        "thi đua.",
    )
    sheet.say(
        "Căn cứ Kế hoạch này, các cơ quan, đơn vị, các thôn tổ chức thực hiện; có khó khăn, vướng mắc thì "
        "phản ánh về {{ division }} để tổng hợp, báo cáo Ủy ban nhân dân {{ office }} xem xét./.",
        keep=True,
    )
    return sheet.signed().template()


def _tasks(sheet: Sheet, time: float) -> None:
    """The table of tasks by quarters, with a column of time as wide as `time` where there is one."""
    body = (
        "- {{ body.name }}{% if body.leads %} (chủ trì){% endif %}{% if loop.last %}.{% else %};{% endif %}"
    )
    columns = [
        Column("TT", 12, "{{ row.no }}", "OGiua"),
        Column("Nội dung", 83 - time * 0.6, "{{ row.content }}"),
        Column(
            "Cơ quan thực hiện", 68 - time * 0.4, ("{%p for body in row.bodies %}", body, "{%p endfor %}")
        ),
    ]
    if time:
        columns.append(
            Column(
                "Thời gian thực hiện", time, "{% if row.due %}Trước ngày {{ row.due }}{% endif %}", "OGiua"
            )
        )
    sheet.grouped(columns, "quarter in quarters", "{{ quarter.name }}", "row in quarter.rows", style="OGiua")
