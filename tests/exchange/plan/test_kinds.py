"""Kind, part and period of a row, told from its words."""

from __future__ import annotations

import pytest

from exchange.plan.kinds import RowKind, classify, period

KINDS = {
    "Báo cáo tổng kết công tác TĐKT": "report",
    "Xây dựng báo cáo sơ kết": "report",
    "Tham mưu UBND xã báo cáo kết quả Hội nghị tổng kết": "report",
    "Phát động phong trào thi đua": "movement_launch",
    "Tổ chức lễ phát động thi đua yêu nước": "movement_launch",
    "Phát động, sơ kết các phong trào": "movement_launch_and_preliminary_review",
    "Xét, trình khen thưởng": "award_review",
    "Họp Hội đồng Thi đua - Khen thưởng xã xét khen thưởng": "award_review",
    "Tổng hợp, thẩm định hồ sơ": "award_review",
    "Tổng hợp hồ sơ đề nghị khen thưởng": "award_review",
    "Khen thưởng đột xuất": "award_review",
    "Hướng dẫn tổng kết": "guidance",
    "Ban hành văn bản hướng dẫn": "guidance",
    "Ban hành Kế hoạch công tác TĐKT": "plan_issue",
    "Tham mưu cho UBND xã ban hành Kế hoạch": "plan_issue",
    "Xây dựng, triển khai kế hoạch": "plan_issue",
    "Kế hoạch thi đua năm 2027": "plan_issue",
    "Thực hiện kế hoạch thi đua": "other",
    "Kiểm tra việc xây dựng kế hoạch": "other",
    "Tuyên truyền gương điển hình, báo cáo kết quả": "other",
    "Tăng cường công tác thi đua": "other",
    "": "other",
}


@pytest.mark.parametrize(("content", "kind"), KINDS.items())
def test_the_first_verbs_tell_the_kind(content: str, kind: str) -> None:
    assert classify(content, guests=False) == RowKind(kind, None, True)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Tổ chức Hội nghị tổng kết", RowKind("conference", "host", True)),
        ("Tổ chức sơ kết", RowKind("conference", "host", True)),
        ("Tham mưu tổ chức Hội nghị tổng kết", RowKind("conference", "host", True)),
        ("Dự Hội nghị do tỉnh tổ chức", RowKind("conference", "attend", True)),
        ("Tham dự Hội nghị tổng kết Cụm 4", RowKind("conference", "attend", True)),
        ("Tham gia lớp bồi dưỡng do tỉnh tổ chức", RowKind("training", "attend", True)),
        ("Cử cán bộ tham gia tập huấn", RowKind("training", "attend", True)),
        ("Tổ chức hội nghị tập huấn", RowKind("training", "host", True)),
        ("Hội nghị tổng kết", RowKind("conference", "host", False)),
        ("Hội nghị tổng kết do Sở Nội vụ tổ chức", RowKind("conference", "attend", False)),
        ("Tổng kết công tác Cụm 4", RowKind("conference", "attend", False)),
        ("Tập huấn nghiệp vụ", RowKind("training", "host", False)),
    ],
)
def test_host_or_attend_is_written_only_by_a_verb(content: str, told: RowKind) -> None:
    assert classify(content, guests=False) == told


def test_a_meeting_without_a_verb_among_outside_bodies_is_theirs() -> None:
    assert classify("Tổng kết công tác thi đua", guests=True) == RowKind("conference", "attend", False)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Báo cáo năm 2025, nhiệm vụ năm 2026", "năm 2025"),
        ("Báo cáo 6 tháng đầu năm và nhiệm vụ 6 tháng cuối năm 2027", "6 tháng đầu năm 2027"),
        ("Báo cáo 6 tháng đầu năm", "6 tháng đầu năm 2026"),
        ("Báo cáo 9 tháng năm 2026", "9 tháng 2026"),
        ("Khen thưởng năm học 2025 – 2026", "năm học 2025 – 2026"),
        ("Khen thưởng năm học  2025-2026", "năm học 2025-2026"),
        ("Tổng kết giai đoạn 2021 - 2025", "giai đoạn 2021 - 2025"),
        ("Báo cáo quý I năm 2026", "quý I năm 2026"),
        ("Báo cáo quý III", "quý III"),
        ("Kiểm tra thi đua", None),
    ],
)
def test_the_first_period_is_taken_as_written(content: str, found: str | None) -> None:
    assert period(content, year=2026) == found
