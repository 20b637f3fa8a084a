"""What an official reads in Vietnamese: inputs by their labels, titles in full, no verdict before a vote."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import way
from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VILLAGE


@pytest.fixture(autouse=True)
def vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")


@pytest.fixture
def approved_report(tdkt: Tdkt) -> Tdkt:
    """T01 is approved and waits for its paper's number and date."""
    tdkt("advance", "T01", "submit", "--as", OFFICER)
    tdkt("advance", "T01", "review", "--as", STANDING_MEMBER, "--set", "opinion=Đủ nội dung")
    tdkt("advance", "T01", "approve", "--as", CHAIR)
    return tdkt


@pytest.fixture
def dossier(tdkt: Tdkt) -> str:
    """A village's dossier of three titles."""
    ref: str = tdkt(
        *("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk"),
        *("--type", "cong_trang", "--as", VILLAGE, "--json"),
    ).json["ref"]
    for title in ("ldtt", "cstdcs", "gk", "ldtt"):
        tdkt(
            *("dossier", "add", ref, "--kind", "person", "--name", "Nguyễn Thị Mẫu", "--yes"),
            *("--title", title, "--as", VILLAGE),
        )
    return ref


def test_what_is_missing_is_told_by_its_label(approved_report: Tdkt) -> None:
    answer = approved_report("advance", "T01", "complete", "--as", OFFICER)

    assert (answer.code, answer.err) == (
        2,
        "“Hoàn thành” còn thiếu: Số văn bản, Ngày văn bản. Nhập bằng --set paper_number=…"
        " --set paper_date=…, hoặc --data TỆP.\n",
    )


def test_what_does_not_fit_is_told_by_its_label_with_what_is_asked_for(approved_report: Tdkt) -> None:
    answer = approved_report(
        *("advance", "T01", "complete", "--as", OFFICER),
        *("--set", "paper_date=mai", "--set", "colour=red"),
    )

    assert (answer.code, answer.err) == (
        2,
        "Thông tin của “Hoàn thành” chưa đúng: không có thông tin “colour”; còn thiếu “Số văn bản”;"
        " Ngày văn bản: “mai” không phải là ngày, viết như 31/03/2026."
        " Cần nhập: paper_number=<Số văn bản>, paper_date=<Ngày văn bản>.\n",
    )


def test_why_names_the_inputs_of_what_can_be_done(approved_report: Tdkt) -> None:
    answer = approved_report("why", "T01", "complete", "--as", OFFICER)

    assert answer.out.splitlines()[0] == (
        "✓ complete (Hoàn thành)  paper_number=<Số văn bản>, paper_date=<Ngày văn bản>"
    )


def test_a_dossier_of_three_titles_says_so_in_lists_and_on_its_page(tdkt: Tdkt, dossier: str) -> None:
    listed = tdkt("dossier", "list").out.splitlines()[1:]
    page = tdkt("show", dossier).out.splitlines()
    waiting = tdkt("inbox", "--as", VILLAGE).out

    assert page[0] == f"{dossier}  Thôn 1: Lao động tiên tiến và 2 danh hiệu khác"
    assert "Lao động tiên tiến và 2 danh hiệu khác" in " ".join(" ".join(listed).split())
    assert "Thôn 1: Lao động tiên tiến và 2 danh hiệu khác" in waiting


@pytest.mark.parametrize("event", ["approve", "award"])
def test_before_there_was_a_vote_nobody_is_told_that_no_case_passed(
    tdkt: Tdkt, dossier: str, event: str
) -> None:
    for words in ((), *way("appraised", ref=dossier, lines=(1, 2, 3, 4))):
        if words:
            assert tdkt(*words).code == 0

        told = tdkt("why", dossier, event).out

        assert "Hội đồng chưa xét. Thư ký Hội đồng đưa hồ sơ vào chương trình phiên họp" in told
        assert "rường hợp nào đạt" not in told
        assert "rường hợp nào được khen thưởng" not in told


@pytest.mark.parametrize("event", ["approve", "award"])
def test_before_the_appraisal_a_dossier_without_a_vote_is_not_said_to_have_failed(
    tdkt: Tdkt, event: str
) -> None:
    new = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gdvh")
    ref = tdkt(*new, "--as", VILLAGE, "--json").json["ref"]
    tdkt("dossier", "add", ref, "--kind", "household", "--name", "Hộ mẫu", "--as", VILLAGE)

    told = tdkt("why", ref, event).out

    assert "Hồ sơ chưa được thẩm định. Chuyên viên thẩm định từng trường hợp" in told
    assert "Hội đồng chưa xét" not in told
