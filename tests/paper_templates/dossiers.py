"""What the division writes about a dossier."""

from __future__ import annotations

from tests.paper_templates.layout import Sheet

DIVISION = ("UBND {{ office | upper }}", "PHÒNG VĂN HÓA - XÃ HỘI")


def phieu_bo_sung() -> bytes:
    sheet = Sheet().head(*DIVISION)
    sheet.title("PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Hồ sơ đề nghị khen thưởng {{ dossier }}")
    sheet.say("Kính gửi: {{ body }}.", style="KinhGui")
    sheet.say(
        "Phòng Văn hóa - Xã hội {{ office }} đã tiếp nhận hồ sơ đề nghị khen thưởng {{ dossier }} "
        "của {{ body }} {{ received }}. Qua kiểm tra, hồ sơ còn thiếu hoặc chưa đúng:"
    )
    sheet.each("each in missing", "- {{ each }};")
    sheet.say(
        "Đề nghị {{ body }} bổ sung, hoàn thiện và gửi lại chậm nhất {{ until }}. Thời hạn giải quyết "
        "tạm dừng tính đến khi nhận đủ hồ sơ."
    )
    sheet.say(
        "Hồ sơ chỉ yêu cầu bổ sung một lần. Quá thời hạn trên mà chưa nhận được hồ sơ bổ sung, "
        "Phòng Văn hóa - Xã hội xem xét theo hồ sơ hiện có./.",
        keep=True,
    )
    return sheet.signed().template()
