"""Facts of papers as the record would give them, with invented names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from exchange.papers.making import Asked
from runtime.views.papers.award_rows import AwardRow
from runtime.views.papers.facts import Facts, Signature, Source, counted, day_text
from runtime.views.papers.quyet_dinh import AwardPaper

DAY = date(2026, 6, 30)
FAMILY, GIVEN = ("Nguyễn", "Hoàng", "Lý", "Vi", "Nông"), ("An", "Bình", "Cúc", "Dũng", "Êm", "Giang", "Hạnh")
COMMITTEE = {
    "office": "xã Điềm He",
    "number": "112/QĐ-UBND",
    "day": day_text(DAY),
    "place_date": f"Điềm He, {day_text(DAY)}",
    "receivers": ("Như Điều 3;", "Sở Nội vụ (b/c);", "Lưu: VT, VHXH."),
    "signature": Signature(("CHỦ TỊCH",), "Lý Văn Chủ Mẫu"),
}


def name_of(no: int) -> str:
    """One name for each number, of four words."""
    return f"{FAMILY[no % 5]} Thị {GIVEN[no % 7]} Mẫu {no}"


def row(no: int) -> AwardRow:
    name = name_of(no)
    return AwardRow(
        no=no,
        name=name,
        called=f"Bà {name}",
        kind="person",
        position="Giáo viên, Trường Tiểu học Mẫu",
        body="Trường Tiểu học Mẫu",
        title="Lao động tiên tiến",
        achievement="",
        factor="0,3",
        salary="2.340.000",
        amount="710.000" if no % 5 else "0",
        note="" if no % 5 else "hưởng mức CSTĐCS",
    )


def award_of(n: int) -> AwardPaper:
    """A decision on `n` persons."""
    rows = tuple(map(row, range(1, n + 1)))
    return AwardPaper(
        **COMMITTEE,  # type: ignore[arg-type]
        authority="CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ ĐIỀM HE",
        award="danh hiệu “Lao động tiên tiến”",
        period="năm học 2025 - 2026",
        grounds=(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        ),
        proposal=Source("05/TTr-HĐTĐKT", "ngày 24 tháng 6 năm 2026"),
        counted=counted([each.kind for each in rows]),
        rows=rows,
        total="2.130.000",
        total_in_words="Hai triệu một trăm ba mươi nghìn đồng",
        fund="Quỹ thi đua, khen thưởng năm 2026 của xã",
        executors="Chánh Văn phòng, Trưởng phòng Văn hóa - Xã hội và các cá nhân có tên tại Điều 1",
    )


def asked(facts: Facts, *, mark: str = "", title: str = "Quyết định khen thưởng") -> Asked:
    return Asked(facts.asked(), facts.held(), title, "Ủy ban nhân dân xã Điềm He", DAY, mark, facts.persons())


def renamed(paper: AwardPaper, no: int, name: str) -> AwardPaper:
    """The same with another name in one line."""
    rows = tuple(
        each._replace(name=name, called=f"Bà {name}") if each.no == no else each for each in paper.rows
    )
    return replace(paper, rows=rows)
