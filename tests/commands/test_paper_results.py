"""Papers of a dossier, from its record: the body's letter, the report of the appraisal, the letter to the
province, and what became of its lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TypeVar

import docx
import pytest

from exchange.papers.comparing import bare, pages_of
from runtime.office.looking import Looking
from runtime.office.settings import Options
from runtime.views.papers import bao_cao_tham_dinh, thong_bao_ket_qua, to_trinh_don_vi, to_trinh_ubnd
from runtime.views.papers.facts import Facts
from runtime.views.papers.kinds import PAPERS
from runtime.views.papers.making import papers
from runtime.views.papers.parts import NOT_GIVEN, Given, Part
from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.dossiers import NO_VOTE, annulment, way
from tests.people import (
    ACCOUNTANT,
    ADMINISTRATOR,
    CHAIR,
    OFFICER,
    PRIMARY,
    RECORDS_CLERK,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)

ON = "05/01/2026"
HEAD, TEACHER, CLERK = "Lộc Thị An Mẫu", "Hoàng Văn Bình Mẫu", "Nông Thị Cúc Mẫu"
HOLDERS = {CHAIR: "Lý Văn Chủ Mẫu", VICE_CHAIR: "Hoàng Thị Phó Mẫu", STANDING_MEMBER: "Nông Văn Thường Mẫu"}
SCHOOL = "Trường Tiểu học Mẫu"
LISTED = ((HEAD, "ldtt"), (HEAD, "cstdcs"), (TEACHER, "ldtt"), (TEACHER, "cstdcs"), (CLERK, "ldtt"))
"""As in the sample meeting: two titles of one body, of which one line is voted down."""
LINES = tuple(range(1, 6))


def done(tdkt: Tdkt, *words: str) -> None:
    answer = tdkt(*words)
    assert answer.code == 0, (words, answer.err)


@pytest.fixture
def listed(tdkt: Tdkt) -> Tdkt:
    """A school's dossier with five lines, found complete."""
    for account, name in HOLDERS.items():
        done(tdkt, "office", "holder", account, name, "--from", "01/01/2026", "--as", ADMINISTRATOR)
    what = ("--title", "ldtt", "--period", "2025-2026")
    done(tdkt, "dossier", "new", "--task", "T11", "--from", PRIMARY, *what, "--as", PRIMARY)
    for name, title in LISTED:
        known = ("--position", "Giáo viên", "--unit", SCHOOL, "--born", "1985-08-15", "--rating", "htxsnv")
        initiative = (
            ("--initiative", "Thư viện mẫu", "--initiative-no", "21/QĐ-UBND") if title == "cstdcs" else ()
        )
        line = ("--kind", "person", "--name", name, "--title", title, *known, *initiative, "--months", "9")
        done(tdkt, "dossier", "add", "D0001", *line, "--no-account", "--yes", "--as", PRIMARY)
    paper = ("--set", "paper_number=18/TTr-THM", "--set", f"paper_date={ON}", "--set", "intake_no=412")
    done(tdkt, "advance", "D0001", "submit", *paper, "--set", "declared=clean", "--yes", "--as", PRIMARY)
    for words in way("complete", since="submitted", on=ON):
        done(tdkt, *words)
    return tdkt


@pytest.fixture
def appraised(listed: Tdkt) -> Tdkt:
    for lines in (("D0001/1", "D0001/3", "D0001/5"), ("D0001/2",), ("D0001/4",)):
        said = ("--verdict", "met", "--reason", "Đã xem xét tỷ lệ")
        done(listed, "dossier", "appraise", *lines, *said, "--yes", "--as", OFFICER)
    done(listed, "advance", "D0001", "confirm", "--as", STANDING_MEMBER)
    return listed


@pytest.fixture
def awarded(appraised: Tdkt) -> Tdkt:
    """All lines but the fourth, which the council voted down."""
    for words in way("approved", since="appraised", on=ON, votes={"ldtt": (), "cstdcs": (4,)}):
        done(appraised, *words)
    for number, lines in (("112/QĐ-UBND", "1,3,5"), ("113/QĐ-UBND", "2")):
        said = (
            f"decision_number={number}",
            f"decision_date={ON}",
            f"signer={CHAIR}",
            f"nominee={lines}",
            f"funds_by={ACCOUNTANT}",
        )
        given = (word for pair in said for word in ("--set", pair))
        done(appraised, "advance", "D0001", "award", *given, "--yes", "--as", OFFICER)
    return appraised


def province(tdkt: Tdkt, *, account: str | None = None) -> None:
    """A dossier for the province, which the chair approved; `account` is the nominee's own."""
    for holder, name in HOLDERS.items():
        done(tdkt, "office", "holder", holder, name, "--from", "01/01/2026", "--as", ADMINISTRATOR)
    what = ("--title", "bkt", "--type", "phong_trao")
    done(tdkt, "dossier", "new", "--task", "T06", "--from", PRIMARY, *what, "--as", PRIMARY)
    linked = ("--account", account) if account else ("--no-account",)
    line = ("--kind", "person", "--name", HEAD, "--unit", SCHOOL, *linked)
    done(tdkt, "dossier", "add", "D0001", *line, "--yes", "--as", PRIMARY)
    for words in way("approved", on=ON, votes={"bkt": ()}, body=PRIMARY):
        done(tdkt, *words)


@pytest.fixture
def looking(database: object) -> Iterator[Looking]:
    with Looking(Options(), os.environ) as opened:
        yield opened.speaking("vi")


Kind = TypeVar("Kind", bound=Facts)


def facts_of(looking: Looking, kind: str, record: type[Kind], given: Given = NOT_GIVEN) -> Kind:
    (part,) = parts_of(looking, kind, given)
    assert isinstance(part.facts, record)
    return part.facts


def parts_of(looking: Looking, kind: str, given: Given = NOT_GIVEN) -> tuple[Part, ...]:
    return tuple(PAPERS[kind].parts(looking, looking.item("D0001"), given))


def made(looking: Looking, kind: str) -> tuple[str, str]:
    """What the Word file and the PDF of the dossier's paper say."""
    (paper,) = papers(looking, looking.item("D0001"), kind)
    document = docx.Document(BytesIO(paper.made.word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    word = "\n".join([*(each.text for each in document.paragraphs), *cells])
    return word, " ".join("".join(pages_of(paper.made.pdf)).replace("\u00a0", " ").split())


# -- the report of the appraisal -------------------------------------------------------------------------


def test_nothing_is_reported_before_every_line_is_appraised(listed: Tdkt, looking: Looking) -> None:
    done(listed, "dossier", "appraise", "D0001/1", "--verdict", "met", "--as", OFFICER)

    assert parts_of(looking, "bao_cao_tham_dinh") == ()


def test_the_report_says_of_each_line_what_was_found_and_each_basis_once(
    appraised: Tdkt, looking: Looking
) -> None:
    report = facts_of(looking, "bao_cao_tham_dinh", bao_cao_tham_dinh.AppraisalPaper)

    assert [(row.no, row.name, row.born, row.title, row.verdict, row.note) for row in report.rows] == [
        (1, HEAD, "1985", "Lao động tiên tiến", "Đủ điều kiện", "(1)"),
        (2, HEAD, "1985", "Chiến sĩ thi đua cơ sở", "Đủ điều kiện", "(2)"),
        (3, TEACHER, "1985", "Lao động tiên tiến", "Đủ điều kiện", "(1)"),
        (4, TEACHER, "1985", "Chiến sĩ thi đua cơ sở", "Đủ điều kiện", "(3)"),
        (5, CLERK, "1985", "Lao động tiên tiến", "Đủ điều kiện", "(1)"),
    ]
    assert [(each.what, each.n) for each in report.verdicts] == [("Đủ điều kiện", "05")]
    assert (report.lines, report.counted, report.intake_no) == ("05", "05 cá nhân", "412")
    assert (report.proposal.number, report.received) == ("18/TTr-THM", "ngày 05 tháng 01 năm 2026")
    assert [note.no for note in report.notes] == [1, 2, 3]
    assert not any(sign in note.text for note in report.notes for sign in "✓✗?")


def test_what_the_office_knows_that_somebody_was_awarded_stands_in_the_report(
    listed: Tdkt, looking: Looking
) -> None:
    known = ("--period", "2024-2025", "--decision", "88/QĐ-UBND", "--dated", "30/06/2025", "--unit", SCHOOL)
    done(listed, "history", "add", HEAD, "--title", "ldtt", *known, "--born", "1985-08-15", "--as", OFFICER)
    for no in LINES:
        said = ("--verdict", "met", "--reason", "Đã xem xét tỷ lệ")
        done(listed, "dossier", "appraise", f"D0001/{no}", *said, "--yes", "--as", OFFICER)

    report = facts_of(looking, "bao_cao_tham_dinh", bao_cao_tham_dinh.AppraisalPaper)

    assert [row.history for row in report.rows] == [
        "LĐTT 2024-2025 (88/QĐ-UBND)",
        "LĐTT 2024-2025 (88/QĐ-UBND)",
        "",
        "",
        "",
    ]


def test_both_files_of_the_report_say_every_name_and_verdict(appraised: Tdkt, looking: Looking) -> None:
    word, printed = made(looking, "bao_cao_tham_dinh")

    for said in (
        HEAD,
        TEACHER,
        CLERK,
        "Đủ điều kiện: 05 trường hợp.",
        "Hội đồng Thi đua - Khen thưởng xã Điềm He",
    ):
        assert said in word
        assert said in printed


# -- what became of the lines ----------------------------------------------------------------------------


def test_the_body_is_told_what_was_reached_by_which_decision_and_why_the_rest_was_not(
    awarded: Tdkt, looking: Looking
) -> None:
    told = facts_of(looking, "thong_bao_ket_qua", thong_bao_ket_qua.ResultPaper)

    first, second = (f"Quyết định số {no}/QĐ-UBND ngày 05/01/2026" for no in (112, 113))
    assert [(row.no, row.name, row.title, row.note) for row in told.awarded] == [
        (1, HEAD, "Lao động tiên tiến", first),
        (2, HEAD, "Chiến sĩ thi đua cơ sở", second),
        (3, TEACHER, "Lao động tiên tiến", first),
        (4, CLERK, "Lao động tiên tiến", first),
    ]
    assert [(row.name, row.title, row.note) for row in told.not_reached] == [
        (TEACHER, "Chiến sĩ thi đua cơ sở", "không đạt tỷ lệ phiếu theo Quy chế hoạt động của Hội đồng")
    ]
    assert (told.forwarded, told.granted, told.waiting) == ((), (), ())
    assert (told.n_awarded, told.n_not_reached, told.body) == ("04", "01", "Trường Tiểu học mẫu")


def test_the_result_names_nobody_of_another_body(awarded: Tdkt, looking: Looking) -> None:
    what = ("--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "dot_xuat")
    done(awarded, "dossier", "new", *what, "--as", VILLAGE)
    done(awarded, "dossier", "add", "D0002", "--kind", "person", "--name", "Người khác Mẫu", "--as", VILLAGE)
    for words in way("approved", ref="D0002", on=ON, votes=NO_VOTE):
        done(awarded, *words)

    for said in made(looking, "thong_bao_ket_qua"):
        assert HEAD in said
        assert "Người khác" not in said


def test_nobody_is_told_anything_while_nothing_is_decided(appraised: Tdkt, looking: Looking) -> None:
    assert parts_of(looking, "thong_bao_ket_qua") == ()


def test_who_does_not_meet_a_condition_is_told_which(listed: Tdkt, looking: Looking) -> None:
    done(listed, "dossier", "appraise", "D0001/1", "--verdict", "met", "--as", OFFICER)
    for no in LINES[1:]:
        said = ("--verdict", "not_met", "--basis", "Chưa có quyết định xếp loại", "--yes")
        done(listed, "dossier", "appraise", f"D0001/{no}", *said, "--as", OFFICER)
    done(listed, "advance", "D0001", "confirm", "--as", STANDING_MEMBER)
    for words in way("approved", since="appraised", on=ON, votes={"ldtt": ()}):
        done(listed, *words)

    told = facts_of(looking, "thong_bao_ket_qua", thong_bao_ket_qua.ResultPaper)

    own = "chưa đủ điều kiện: Chưa có quyết định xếp loại"
    assert [(row.name, row.note) for row in told.not_reached] == [
        (HEAD, own),
        (TEACHER, own),
        (TEACHER, "chưa đủ điều kiện: lao động tiên tiến cùng kỳ xét"),
        (CLERK, own),
    ]


# -- to the province -------------------------------------------------------------------------------------


def test_the_letter_to_the_province_has_the_secret_ballot_of_each_line(tdkt: Tdkt, looking: Looking) -> None:
    province(tdkt)

    letter = facts_of(looking, "to_trinh_ubnd", to_trinh_ubnd.ProvinceProposal)

    assert [(row.name, row.ballot, row.share) for row in letter.rows] == [(HEAD, "9/9", "100,00 %")]
    assert [(each.what, each.n) for each in letter.titles] == [
        ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "01 cá nhân")
    ]
    assert letter.signature == (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lý Văn Chủ Mẫu")
    assert letter.number.strip("\u00a0") == "/TTr-UBND"


def test_once_sent_it_has_the_number_and_the_day_under_which_it_went(tdkt: Tdkt, looking: Looking) -> None:
    province(tdkt)
    paper = ("--set", "paper_number=45/TTr-UBND", "--set", f"paper_date={ON}")
    done(tdkt, "advance", "D0001", "forward", *paper, "--yes", "--as", OFFICER)

    (part,) = parts_of(looking, "to_trinh_ubnd")
    told = facts_of(looking, "thong_bao_ket_qua", thong_bao_ket_qua.ResultPaper)

    assert (part.final, part.number, part.on) == (True, "45/TTr-UBND", date(2026, 1, 5))
    assert [(row.name, row.note) for row in told.forwarded] == [
        (HEAD, "Văn bản số 45/TTr-UBND ngày 05/01/2026")
    ]
    for said in made(looking, "to_trinh_ubnd"):
        assert HEAD in said
        assert "45/TTr-UBND" in said


def test_a_dossier_of_the_commune_has_no_letter_to_the_province(awarded: Tdkt, looking: Looking) -> None:
    assert parts_of(looking, "to_trinh_ubnd") == ()


# -- what the body signs ---------------------------------------------------------------------------------


def test_a_body_has_a_letter_that_counts_by_title_and_lists_every_line(
    listed: Tdkt, looking: Looking
) -> None:
    letter = facts_of(looking, "to_trinh_don_vi", to_trinh_don_vi.BodyProposal)

    assert [(each.what, each.n) for each in letter.titles] == [
        ("danh hiệu “Lao động tiên tiến”", "03 cá nhân"),
        ("danh hiệu “Chiến sĩ thi đua cơ sở”", "02 cá nhân"),
    ]
    assert [row.name for row in letter.rows] == [name for name, _title in LISTED]
    assert (letter.issuer, letter.signature.capacity) == ("TRƯỜNG TIỂU HỌC MẪU", ("HIỆU TRƯỞNG",))
    assert letter.to == "Hội đồng Thi đua - Khen thưởng xã Điềm He"


def test_of_a_village_its_head_signs_and_families_go_to_the_chair(tdkt: Tdkt, looking: Looking) -> None:
    done(tdkt, "dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gdvh", "--as", VILLAGE)
    household = ("--kind", "household", "--name", "Vi Văn Hộ Mẫu", "--opinion", "41/41")
    done(tdkt, "dossier", "add", "D0001", *household, "--as", VILLAGE)

    letter = facts_of(looking, "to_trinh_don_vi", to_trinh_don_vi.BodyProposal)

    assert letter.signature.capacity == ("TRƯỞNG THÔN",)
    assert letter.beside.capacity == ("TRƯỞNG BAN CÔNG TÁC MẶT TRẬN",)
    assert letter.to == "Chủ tịch Ủy ban nhân dân xã Điềm He"
    assert (letter.counted, letter.rows[0].opinion) == ("01 hộ gia đình", "41/41")
    for said in made(looking, "to_trinh_don_vi"):
        assert "Vi Văn Hộ Mẫu" in said


def test_a_body_s_letter_names_a_dossier_without_lines_not_at_all(tdkt: Tdkt, looking: Looking) -> None:
    done(tdkt, "dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gdvh", "--as", VILLAGE)

    assert parts_of(looking, "to_trinh_don_vi") == ()


# -- certificates ----------------------------------------------------------------------------------------


def test_an_issued_decision_has_a_certificate_for_each_line_of_a_title_that_has_one(
    awarded: Tdkt, tmp_path: Path
) -> None:
    file = tmp_path / "giay.pdf"
    done(awarded, "paper", "certificates", "Q02", "-o", str(file))
    without = awarded("paper", "certificates", "Q01", "-o", str(tmp_path / "khong.pdf"), "--json")
    other = awarded("paper", "certificates", "Q02", "D0001/1", "-o", str(tmp_path / "khong.pdf"), "--json")

    (page,) = pages_of(file.read_bytes())
    for said in (
        HEAD,
        "danh hiệu “Chiến sĩ thi đua cơ sở” năm học 2025 - 2026",
        "113/QĐ-UBND",
        HOLDERS[CHAIR],
    ):
        assert bare(said) in bare(page)
    assert "Vào sổ" not in page
    assert (without.code, without.refusal["error"]) == (1, "no_certificate")
    assert (other.code, other.refusal["error"]) == (2, "certificate_line")
    assert not (tmp_path / "khong.pdf").exists()


def test_a_certificate_bears_its_number_in_the_register_and_is_offered_where_one_goes_with_the_title(
    awarded: Tdkt, tmp_path: Path
) -> None:
    file = tmp_path / "giay.pdf"
    done(awarded, "certificate", "number", "Q02", "--all", "--first", "27", "--as", OFFICER)
    done(awarded, "paper", "certificates", "Q02", "-o", str(file))

    (page,) = pages_of(file.read_bytes())
    listed = {
        ref: [(each["kind"], each["state"]) for each in awarded("paper", "list", ref, "--json").json][-1]
        for ref in ("Q01", "Q02")
    }
    assert "Vào sổ số 27" in " ".join(page.split())
    assert listed == {"Q01": ("danh_sach_cong_khai", "working"), "Q02": ("giay_khen", "working")}
    assert "tdkt paper certificates Q02 -o giay-khen.pdf" in awarded("paper", "list", "Q02").out


def test_a_kept_decision_whose_number_was_corrected_is_told_to_be_superseded(
    awarded: Tdkt, tmp_path: Path
) -> None:
    make = ("paper", "make", "Q01", "quyet_dinh", "-o")
    done(awarded, *make, str(tmp_path / "first"), "--as", RECORDS_CLERK)
    said = ("--number", "121/QĐ-UBND", "--reason", "Nhập nhầm")
    done(awarded, "decision", "correct", "Q01", *said, "--as", OFFICER)
    done(awarded, "advance", "Q01", "agree_correction", "--as", RECORDS_CLERK)

    again = awarded(*make, str(tmp_path / "second"))
    listed = {each["kind"]: each for each in awarded("paper", "list", "Q01", "--json").json}["quyet_dinh"]
    shown = " ".join(awarded("paper", "list", "Q01").out.split())

    files = [(tmp_path / name / "Q01-quyet_dinh.pdf").read_bytes() for name in ("first", "second")]
    assert files[0] == files[1]
    assert (listed["state"], listed["number"]) == ("superseded", "112/QĐ-UBND")
    assert listed["newer"]["number"] == "121/QĐ-UBND"
    told = "the kept copy says 112/QĐ-UBND, the record now says 121/QĐ-UBND of 2026-01-05."
    assert told in shown
    assert told in " ".join(again.err.split())


def test_an_erasure_names_the_issued_papers_that_say_the_name_still(
    awarded: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for decision in ("Q01", "Q02"):
        done(awarded, "paper", "make", decision, "quyet_dinh", "-o", "out", "--as", OFFICER)
    erase = ("audit", "erase", "--as", "quan-tri", "--yes")

    clerk = awarded(*erase, "D0001/5", "--json").json
    head = awarded(*erase, "D0001/1").out

    assert [(each["ref"], each["kind"], each["number"], each["on"]) for each in clerk["kept"]] == [
        ("Q01", "quyet_dinh", "112/QĐ-UBND", "2026-01-05")
    ]
    assert [number in head for number in ("112/QĐ-UBND", "113/QĐ-UBND")] == [True, True]
    listed = {each["kind"]: each["state"] for each in awarded("paper", "list", "Q01", "--json").json}
    assert listed["quyet_dinh"] == "kept"
    done(awarded, "paper", "make", "Q01", "quyet_dinh", "-o", "again", "--as", OFFICER)
    files = [Path(folder, "Q01-quyet_dinh.docx").read_bytes() for folder in ("out", "again")]
    assert files[0] == files[1]


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(
    request: pytest.FixtureRequest, tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office of the fixtures that follow, on both databases."""
    monkeypatch.setenv("TDKT_DB", sandbox(request.param, "2026-01-05T08:00"))


def test_a_higher_title_is_flagged_once_the_lower_one_of_the_same_list_is_annulled(
    on_both: None, awarded: Tdkt
) -> None:
    answers = []
    for words in annulment("Q01", "Q03", number="140/QĐ-UBND", on=ON, lines="D0001/1"):
        answers.append(awarded(*words))
        assert answers[-1].code == 0, (words, answers[-1].err)

    assert "Line D0001/2 (" in f"{answers[-1].out} {answers[-1].err}"
    for ref in ("Q01", "Q03", "D0001"):
        (found,) = awarded("show", ref, "--json").json["resting"]
        assert (found["line"], found["under"], found["decision"], found["revoked_by"]) == (
            "D0001/2",
            "ldtt",
            "112/QĐ-UBND",
            "140/QĐ-UBND",
        )
    assert awarded("show", "Q02", "--json").json["resting"] == []
    assert "line D0001/2" in " ".join(awarded("why", "D0001/2").out.split())
    told = [each for each in awarded("notice", "list", "--json").json if each["kind"] == "lines_resting"]
    assert [each["to"] for each in told] == [STANDING_MEMBER]
    assert awarded("audit", "verify").code == 0
