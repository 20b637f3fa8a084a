"""The plan of 2026 as its reference reading says it, written out by hand; no importer has touched it."""

from __future__ import annotations

from datetime import date

from workflow.model.plan import Part, PlanTask, Quarter

ENDS: dict[Quarter, date] = {
    "I": date(2026, 3, 31),
    "II": date(2026, 6, 30),
    "III": date(2026, 9, 30),
    "IV": date(2026, 12, 31),
}
ALL = ("ubnd", "hoi_dong_tdkt", "van_hoa_xa_hoi", "co_quan_lien_quan", "cac_thon")
HOUSE = ("ubnd", "hoi_dong_tdkt", "van_hoa_xa_hoi")
PAIR = ("ubnd", "van_hoa_xa_hoi")

_MOVEMENTS = "Phát động, sơ kết thực hiện công tác khen thưởng các phong trào thi đua chuyên đề năm 2026"
_AWARDS = "movement_launch_and_preliminary_review"

_ROWS: tuple[tuple[Quarter, str, Part | None, tuple[str, ...], str], ...] = (
    (
        "I",
        "report",
        None,
        HOUSE,
        "Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng, nhiệm vụ công tác năm 2026",
    ),
    (
        "I",
        "conference",
        "host",
        ALL,
        "Tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2025 và triển khai nhiệm vụ thi đua,"
        " khen thưởng năm 2026 (lồng ghép hội nghị)",
    ),
    (
        "I",
        "movement_launch",
        None,
        ALL,
        "Phát động phong trào thi đua phấn đấu hoàn thành thắng lợi nhiệm vụ, mục tiêu phát triển kinh tế -"
        " xã hội, quốc phòng, an ninh năm 2026",
    ),
    (
        "I",
        "conference",
        "attend",
        PAIR,
        "Dự Hội nghị tổng kết phong trào thi đua, công tác khen thưởng năm 2025 và triển khai nhiệm vụ thi"
        " đua, khen thưởng năm 2026 do tỉnh tổ chức",
    ),
    (
        "I",
        "conference",
        "attend",
        ("hoi_dong_tdkt", "cum_4"),
        "Tổng kết công tác thi đua, khen thưởng Cụm 4 các xã nội địa năm 2025",
    ),
    ("I", _AWARDS, None, ALL, _MOVEMENTS),
    (
        "II",
        "training",
        "attend",
        PAIR,
        "Tham gia lớp bồi dưỡng nghiệp vụ công tác TĐKT năm 2026 do tỉnh tổ chức",
    ),
    (
        "II",
        "report",
        None,
        HOUSE,
        "Báo cáo sơ kết công tác TĐKT 6 tháng đầu năm và phương hướng, nhiệm vụ 6 tháng cuối năm 2026",
    ),
    ("II", _AWARDS, None, ALL, _MOVEMENTS),
    (
        "II",
        "conference",
        "host",
        ALL,
        "Tổ chức sơ kết công tác TĐKT 6 tháng đầu năm và phương hướng, nhiệm vụ 6 tháng cuối năm 2026",
    ),
    (
        "II",
        "award_review",
        None,
        ALL[:4],
        "Xét, trình khen thưởng thành tích năm học 2025 – 2026 của ngành Giáo dục và Đào tạo",
    ),
    (
        "II",
        "conference",
        "attend",
        PAIR,
        "Tham dự Hội nghị sơ kết phong trào thi đua, công tác khen thưởng Cụm 4 các xã nội địa năm 2026",
    ),
    ("III", _AWARDS, None, ALL, _MOVEMENTS),
    ("IV", _AWARDS, None, ALL, _MOVEMENTS),
    ("IV", "guidance", None, HOUSE, "Hướng dẫn tổng kết công tác TĐKT năm 2026"),
    (
        "IV",
        "report",
        None,
        HOUSE,
        "Báo cáo tổng kết công tác TĐKT năm 2026, phương hướng, nhiệm vụ công tác năm 2027",
    ),
    (
        "IV",
        "award_review",
        None,
        ("hoi_dong_tdkt", "van_hoa_xa_hoi", "co_quan_lien_quan"),
        "Tổng hợp, thẩm định hồ sơ, khen thưởng thành tích năm 2026, tặng danh hiệu thi đua, hình thức"
        " khen thưởng",
    ),
    ("IV", "plan_issue", None, HOUSE, "Ban hành Kế hoạch công tác TĐKT năm 2027"),
)

LEADS = dict.fromkeys(range(1, 19), "van_hoa_xa_hoi") | {5: "hoi_dong_tdkt"}
"""DESIGN §4: `van_hoa_xa_hoi` where the row lists it, else `hoi_dong_tdkt`."""

WAITING = (4, 5, 7, 12)
"""The rows that depend on an outside organiser (DESIGN §4)."""


def _row(number: int) -> PlanTask:
    quarter, kind, part, bodies, content = _ROWS[number - 1]
    lead = LEADS[number]
    return PlanTask(
        number=number,
        quarter=quarter,
        content=content,
        bodies=bodies,
        lead=lead,
        cooperating=tuple(body for body in bodies if body != lead),
        kind=kind,
        part=part,
        period=None,
        due=ENDS[quarter],
        derived=("due", "lead", "cooperating", *(("part",) if number == 5 else ())),
        lines=(),
    )


PLAN: tuple[PlanTask, ...] = tuple(_row(number) for number in range(1, 19))
