"""`tdkt report year|half|statistics|coverage`: what was awarded, on the terminal and in files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from exchange.papers.comparing import bare, pages_of
from exchange.papers.package import packed, unpacked
from tests.commands.at_work import typed
from tests.commands.conftest import SHIPPED, Tdkt
from tests.conftest import Sandbox
from tests.dossiers import NO_VOTE, Typed, annulment, given, way
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, STANDING_MEMBER, VILLAGE

SCHOOL, AUTUMN = "truong-hoc", "2026-08-25T09:00"
ANNULLED = tuple(annulment("Q01", "Q03", number="61/QĐ-UBND", on="25/08/2026"))
PEOPLE = (
    ("person", "Nguyễn Văn An", "12/03/1980", "truc_tiep"),
    ("person", "Trần Thị Bình", "01/02/1985", "truc_tiep"),
    ("person", "Lê Văn Cường", "05/06/1990", "lanh_dao"),
    ("collective", "Tổ Toán", "", ""),
)


def dossier(
    ref: str, body: str, people: tuple[tuple[str, str, str, str], ...], number: str, day: str
) -> list[Typed]:
    """A dossier of giấy khen of these people that is awarded on the day."""
    new = ("dossier", "new", "--task", "T06", "--from", body, "--title", "gk", "--type", "dot_xuat")
    lines = [
        (
            *("dossier", "add", ref, "--kind", kind, "--name", name),
            *(("--born", born, "--category", category) if born else ()),
            *("--as", body, "--yes"),
        )
        for kind, name, born, category in people
    ]
    numbers = tuple(range(1, len(people) + 1))
    award = ("advance", ref, "award", *given(f"decision_number={number}", f"decision_date={day}"))
    award += given("funds_by=ke-toan")
    return [
        (*new, "--as", body),
        *lines,
        *way("approved", ref=ref, body=body, lines=numbers, votes=NO_VOTE),
        (*award, *given(f"signer={CHAIR}"), "--as", OFFICER, "--yes"),
    ]


def lived() -> list[Typed]:
    """The school's four and, again, one of its people by a second decision."""
    return [
        *dossier("D0001", SCHOOL, PEOPLE, "12/QĐ-UBND", "05/01/2026"),
        *dossier("D0002", SCHOOL, PEOPLE[:1], "13/QĐ-UBND", "05/01/2026"),
    ]


@pytest.fixture(scope="module")
def awarded_file(prepared_sandbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("awarded") / "tdkt.db"
    shutil.copyfile(prepared_sandbox, file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TDKT_DB", str(file))
        for words in lived():
            typed(words)
    return file


@pytest.fixture
def awarded(
    tdkt: Tdkt, database: Path, awarded_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Tdkt:
    """The office after `lived`, in a folder of its own."""
    shutil.copyfile(awarded_file, database)
    monkeypatch.chdir(tmp_path)
    return tdkt


def report(tdkt: Tdkt, kind: str, *words: str) -> Any:
    answer = tdkt("report", kind, *words, "--json")
    assert answer.code == 0, answer.err
    return answer.json


def test_awards_and_people_are_told_apart_and_direct_workers_have_their_share(awarded: Tdkt) -> None:
    found = report(awarded, "year")

    assert found["total"] == {
        "lines": 5,
        "recipients": 4,
        "collectives": 1,
        "households": 0,
        "persons": 3,
    }
    assert found["decisions"] == 2
    assert found["direct"] == {"persons": 2, "of": 3, "unknown": 0, "share": 6666}
    assert [(row["quarter"], row["lines"]) for row in found["quarters"]] == [
        *(("I", 5), ("II", 0)),
        *(("III", 0), ("IV", 0)),
    ]
    (title,) = found["titles"]
    assert (title["title"], title["level"], title["lines"], title["persons"]) == ("gk", "commune", 5, 3)
    (objects,) = found["objects"]
    assert (objects["persons"], objects["categories"]) == (4, [0, 0, 0, 1, 3, 0])
    assert objects["types"]["dot_xuat"] == 5
    bodies = {row["body"]: row for row in found["bodies"]}
    assert (bodies[SCHOOL]["dossiers"], bodies[SCHOOL]["lines"], bodies[SCHOOL]["recipients"]) == (2, 5, 4)
    assert bodies[VILLAGE]["dossiers"] == 0


def test_a_decision_counts_on_its_own_day_whatever_year_it_is_about(awarded: Tdkt) -> None:
    before = report(awarded, "year", "--as-of", "04/01/2026")
    statistics = report(awarded, "statistics")

    assert (before["total"]["lines"], before["decisions"]) == (0, 0)
    assert (statistics["first"], statistics["last"]) == ("2025-12-16", "2026-12-15")
    assert statistics["total"]["lines"] == 5
    assert report(awarded, "half")["last"] == "2026-05-31"


def test_figures_are_provisional_while_a_review_of_the_year_is_open(awarded: Tdkt) -> None:
    found = report(awarded, "year", "--as-of", "31/12/2026")

    assert found["waits_for"] == ["T11", "T17"]
    assert "Provisional: T11, T17 is not over." in awarded("report", "year", "--as-of", "31/12/2026").out
    assert "Provisional" not in awarded("report", "statistics", "--as-of", "31/12/2026").out


def test_what_was_revoked_is_taken_out_and_a_report_of_before_is_named(awarded: Tdkt) -> None:
    steps: list[Typed] = [
        (
            *("task", "record", "T08", "--on", "2026-06-20", "--paper", "30/BC-UBND", "--as", OFFICER),
            *("--now", "2026-06-22T09:00"),
        ),
        ("task", "record", "T08", "--agree", "--as", STANDING_MEMBER),
        *(
            (*words, "--now", AUTUMN)
            for words in annulment("Q01", "Q03", number="61/QĐ-UBND", on="25/08/2026")
        ),
    ]
    assert [(words, answer.err) for words in steps if (answer := awarded(*words)).code] == []

    now, then = report(awarded, "year"), report(awarded, "year", "--as-of", "01/07/2026")

    assert (now["total"]["lines"], now["total"]["persons"], now["titles"][0]["revoked"]) == (1, 1, 4)
    assert (then["total"]["lines"], then["revoked"]) == (5, [])
    assert now["fund"]["prizes"] == [{"title": "gk", "lines": 1, "amount": 710_000}]
    first = now["revoked"][0]
    assert (first["ref"], first["revoked_by"], first["revoked_on"]) == ("D0001/1", "61/QĐ-UBND", "2026-08-25")
    assert first["counted_in"] == "30/BC-UBND (2026-06-20)"
    assert "was counted in report 30/BC-UBND" in " ".join(awarded("report", "year").out.split())


def test_one_whose_name_was_erased_is_still_counted(awarded: Tdkt) -> None:
    before = report(awarded, "year")["total"]

    assert awarded("audit", "erase", "D0001/2", "--as", "quan-tri", "--yes").code == 0

    assert report(awarded, "year")["total"] == before


def test_what_superiors_gave_is_counted_apart(awarded: Tdkt) -> None:
    new = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "bkt", "--type", "dot_xuat")
    sent = given("paper_number=08/TTr-UBND", "paper_date=05/01/2026")
    answer = given("authority=Chủ tịch UBND tỉnh", "paper_number=5/QĐ-UBND", "paper_date=05/01/2026")
    steps: list[Typed] = [
        (*new, "--as", VILLAGE),
        ("dossier", "add", "D0003", "--kind", "person", "--name", "Nông Thị Dung", "--as", VILLAGE),
        *way("approved", ref="D0003", votes=NO_VOTE),
        ("advance", "D0003", "forward", *sent, "--as", CHAIR, "--yes"),
        ("advance", "D0003", "record_result", *answer, *given("awarded=1"), "--as", OFFICER, "--yes"),
    ]
    assert [(words, told.err) for words in steps if (told := awarded(*words)).code] == []

    found = report(awarded, "year")

    assert (found["total"]["lines"], found["higher"]["lines"], found["decisions"]) == (5, 1, 2)
    assert [(row["title"], row["level"], row["lines"]) for row in found["titles"]] == [
        *(("gk", "commune", 5), ("bkt", "higher", 1)),
    ]
    assert "Superiors gave 1 award to 1 recipient" in " ".join(awarded("report", "year").out.split())


def test_the_fund_is_told_once_it_is_entered(awarded: Tdkt) -> None:
    before = report(awarded, "year")["fund"]

    entered = awarded(
        "fund", "set", "--allocated", "60.000.000", "--printing", "5.000.000", "--as", "ke-toan"
    )

    assert (before["kept"], entered.code) == (False, 0), entered.err
    fund = report(awarded, "year")["fund"]
    assert [fund[name] for name in ("income", "outlay", "available")] == [60_000_000, 5_000_000, 55_000_000]
    # Three persons at 710.000, a collective at 1.410.000, and one of the persons once more.
    assert fund["prizes"] == [{"title": "gk", "lines": 5, "amount": 4_250_000}]
    assert (fund["left"], fund["kept"]) == (50_750_000, True)
    assert report(awarded, "year", "--as-of", "04/01/2026")["fund"]["prizes"] == []
    assert "50.750.000 đồng are left" in " ".join(awarded("report", "year").out.split())
    shown = awarded("report", "fund").out
    assert [line.split()[-1] for line in shown.splitlines() if line.startswith("Allocated")] == ["60.000.000"]
    assert awarded("report", "fund", "--docx", "fund.docx", "--xlsx", "fund.xlsx").code == 0
    cells = [
        cell.text for table in docx.Document("fund.docx").tables for row in table.rows for cell in row.cells
    ]
    assert {"60.000.000", "+60.000.000", "55.000.000", "−4.250.000", "50.750.000"} <= set(cells)


def test_villages_that_nominated_nobody_are_named(awarded: Tdkt) -> None:
    shown = " ".join(awarded("report", "coverage").out.split())

    assert "1 of 19 bodies sent a dossier." in shown
    assert "Villages with no nomination (3): Thôn mẫu số 1; Thôn mẫu số 2; Thôn mẫu số 3." in shown


def test_the_word_file_has_the_outline_its_tables_and_its_annexes(awarded: Tdkt) -> None:
    assert awarded("report", "year", "--docx", "a.docx", "--as-of", "31/12/2026").code == 0
    assert awarded("report", "year", "--docx", "b.docx", "--as-of", "31/12/2026").code == 0

    document = docx.Document("a.docx")
    text = [paragraph.text.replace("\u00a0", " ") for paragraph in document.paragraphs if paragraph.text]
    assert Path("a.docx").read_bytes() == Path("b.docx").read_bytes()
    assert text[:2] == [
        "BÁO CÁO",
        "Tổng kết công tác thi đua, khen thưởng năm 2026; phương hướng, nhiệm vụ năm 2027",
    ]
    assert [line.partition(".")[0] for line in text if line.isupper() and "." in line] == [
        *("I", "II", "III", "IV"),
        *("V", "VI", "VII"),
    ]
    assert (
        "Người trực tiếp công tác, lao động, học tập, chiến đấu: 2/3 cá nhân được khen thưởng (66,66 %)."
        in text
    )
    assert [line for line in text if line.endswith("./.")] == [
        "Trên đây là báo cáo của Ủy ban nhân dân xã Điềm He về công tác thi đua, khen thưởng./."
    ]
    tables = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    assert ["Danh hiệu, hình thức", "Tập thể", "Hộ", "Cá nhân", "Lượt"] in tables
    assert text.index("PHỤ LỤC") > text.index(next(line for line in text if line.endswith("./.")))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Giấy khen của Chủ tịch Ủy ban nhân dân xã" in cells
    assert not [cell for cell in cells if "UBND" in cell and "UBND xã" in cell and "- " not in cell]


def own_template(kind: str, *changed: tuple[str, str]) -> Path:
    """The shipped template with other words, as the office's second version."""
    parts = unpacked((SHIPPED / "papers" / kind / "1.docx").read_bytes())
    text = parts["word/document.xml"].decode()
    for old, new in changed:
        assert old in text
        text = text.replace(old, new)
    file = Path(f"{kind}-2.docx")
    file.write_bytes(packed({**parts, "word/document.xml": text.encode()}))
    return file


def test_what_an_office_writes_into_its_template_stands_in_its_report(awarded: Tdkt) -> None:
    own = own_template(
        "bao_cao_nam", ("VI. PHƯƠNG HƯỚNG", "VI. MỤC TIÊU"), (">……<", ">Đề nghị tỉnh mở lớp.<")
    )
    assert awarded("definition", "adopt", str(own), "--as", ADMINISTRATOR).code == 0

    assert awarded("report", "year", "--docx", "a.docx", "--pdf", "a.pdf").code == 0

    text = [paragraph.text for paragraph in docx.Document("a.docx").paragraphs]
    printed = " ".join("".join(pages_of(Path("a.pdf").read_bytes())).split())
    for said in ("VI. MỤC TIÊU, NHIỆM VỤ", "Đề nghị tỉnh mở lớp."):
        assert said in text
        assert said in printed


def test_what_comes_ready_stands_alone_in_its_paragraph(awarded: Tdkt) -> None:
    own = own_template("bao_cao_nam", ("{{p awards }}", "Kết quả: {{ awards }}"))

    checked = awarded("definition", "check", str(own))

    assert checked.code == 1
    assert "'awards' is several paragraphs; write {{p awards }} alone in one" in checked.err


def test_the_pictures_of_the_word_file_are_bars_as_long_as_their_numbers(awarded: Tdkt) -> None:
    assert awarded("report", "year", "--docx", "a.docx", "--as-of", "31/12/2026").code == 0

    (bars,) = [t for t in docx.Document("a.docx").tables if t.rows[0].cells[0].text == "Quý I"]
    lengths = {row.cells[0].text: (int(row.cells[-1].text), _filled(row._tr.xml)) for row in bars.rows}
    most = max(number for number, _length in lengths.values())
    assert all(length == -(-number * 40 // most) for number, length in lengths.values())
    assert {length for number, length in lengths.values() if number == most} == {40}


def _filled(row: str) -> int:
    """How many columns of a row's picture are filled."""
    found = re.search(r'<w:gridSpan w:val="(\d+)"/>\s*<w:shd [^>]*w:fill="3B6EA5"', row)
    return int(found[1]) if found else 0


def test_the_pdf_is_archived_and_says_what_the_word_file_says(awarded: Tdkt) -> None:
    asked = ("report", "year", "--as-of", "31/12/2026")
    for name in ("a.pdf", "b.pdf"):
        assert awarded(*asked, "--pdf", name).code == 0
    assert awarded(*asked, "--docx", "a.docx").code == 0

    printed = Path("a.pdf").read_bytes()
    said = bare("".join(pages_of(printed)))
    document = docx.Document("a.docx")
    cells = [cell.text for table in document.tables[1:2] for row in table.rows for cell in row.cells]
    wanted = [paragraph.text for paragraph in document.paragraphs if paragraph.text] + cells
    assert printed == Path("b.pdf").read_bytes()
    assert [text for text in wanted if bare(text) not in said] == []
    assert all(mark in printed for mark in (b"pdfaid", b"pdfuaid"))


def test_the_workbook_has_the_tables_as_numbers_and_the_chase_record(awarded: Tdkt) -> None:
    assert awarded("report", "year", "--xlsx", "a.xlsx", "--as-of", "05/04/2026").code == 0

    book = openpyxl.load_workbook("a.xlsx")
    (sheet,) = [sheet for sheet in book if "Danh hiệu, hình thức" in sheet.title]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert ["Giấy khen của Chủ tịch UBND xã", 1, 0, 3, 5] in lines
    assert ["Tổng số", 1, 0, 3, 5] in lines
    (late,) = [sheet for sheet in book if "Nhiệm vụ chậm" in sheet.title]
    assert "2026-03-31 00:00:00" in [str(cell.value) for row in late.iter_rows() for cell in row]
    assert any(sheet.title == "Theo nhiệm vụ" for sheet in book)


def test_the_page_draws_its_pictures_within_itself(awarded: Tdkt) -> None:
    assert awarded("report", "year", "--html", "a.html").code == 0

    page = Path("a.html").read_text("utf-8")
    assert page.count("<svg") == 2
    assert '<text x="252" y="17" text-anchor="end">Quý I</text>' in page
    assert "<script" not in page
    assert "http" not in page


@pytest.mark.parametrize("kind", ["year", "half", "statistics", "coverage", "fund"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_report_fits_a_narrow_and_a_broad_terminal(
    awarded: Tdkt, monkeypatch: pytest.MonkeyPatch, kind: str, language: str
) -> None:
    monkeypatch.setenv("TDKT_LANG", language)
    for width in (80, 100):
        monkeypatch.setenv("COLUMNS", str(width))
        shown = awarded("report", kind).out.splitlines()
        assert [line for line in shown if len(line) > width] == []


def test_an_office_without_any_award_has_a_report_too(tdkt: Tdkt) -> None:
    found = tdkt("report", "year")

    assert found.code == 0, found.err
    assert "No award was decided." in found.out


def test_both_databases_give_the_same_report(
    awarded: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_sqlite = [report(awarded, kind) for kind in ("year", "coverage")]
    monkeypatch.setenv("TDKT_DB", sandbox("postgresql", "2026-01-05T08:00"))
    for words in lived():
        assert awarded(*words).code == 0, words

    assert [report(awarded, kind) for kind in ("year", "coverage")] == on_sqlite
