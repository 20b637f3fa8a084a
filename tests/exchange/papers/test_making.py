"""A paper from its template and its facts: what its Word file and its PDF say, and how they look."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zlib
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.papers import fonts
from exchange.papers.comparing import bare, pages_of
from exchange.papers.making import Differs, Made, NotMade, made
from exchange.papers.package import packed, unpacked
from exchange.papers.unbroken import held, spelled
from runtime.views.papers.bang_ky_nhan import PaymentPaper
from runtime.views.papers.danh_sach_trich_ngang import BriefGroup, BriefPaper, BriefRow
from runtime.views.papers.facts import Facts, Signature, day_text
from tests.paper_facts import COMMITTEE, DAY, asked, award_of, name_of, renamed
from tests.paper_templates.shipped import TEMPLATES

MM = 72 / 25.4
DRAFT = "BẢN DỰ THẢO"
FONT = fonts.font(os.environ)


def paper(facts: Facts, *, mark: str = "", template: bytes | None = None) -> Made:
    return made(template or TEMPLATES["quyet_dinh"](), asked(facts, mark=mark), FONT)


def paid(n: int) -> Made:
    """The list on which the money of `n` persons is signed for."""
    award = award_of(n)
    facts = PaymentPaper(
        **{**COMMITTEE, "number": ""},  # type: ignore[arg-type]
        decision=award.number,
        decision_day=award.day,
        rows=award.rows,
        total=award.total,
        total_in_words=award.total_in_words,
        fund=award.fund,
        maker=Signature(("NGƯỜI LẬP",), ""),
        accountant=Signature(("KẾ TOÁN",), "Trần Thị Kế Mẫu"),
        chair=award.signature,
    )
    return paper(facts, template=TEMPLATES["bang_ky_nhan"]())


def word_text(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def objects(pdf: bytes) -> bytes:
    """What a PDF holds, its packed objects unpacked."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"\n".join(found)


def words_at(pdf: bytes, page: int) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each line of text with its box (left, bottom, right, top) in points."""
    with pypdfium2.PdfDocument(pdf) as opened:
        text = opened[page].get_textpage()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        return [(text.get_text_bounded(*box), box) for box in boxes]


def test_equal_facts_give_equal_bytes() -> None:
    assert paper(award_of(5)) == paper(award_of(5))


def test_no_clock_and_nobody_who_edited_the_template_stands_in_it() -> None:
    parts = unpacked(TEMPLATES["quyet_dinh"]())
    parts["docProps/core.xml"] = parts["docProps/core.xml"].replace(
        b"<dc:language>", b"<dc:creator>Nguoi soan mau</dc:creator><dc:language>"
    )

    core = unpacked(paper(award_of(5), template=packed(parts)).word)["docProps/core.xml"].decode()

    assert "Nguoi soan mau" not in core
    assert core.count("2026-06-30T00:00:00Z") == 2


def test_both_files_say_every_name_number_and_sum() -> None:
    result = paper(award_of(40))

    printed = " ".join("".join(pages_of(result.pdf)).split())
    for said in (*map(name_of, range(1, 41)), "112/QĐ-UBND", "2.130.000", "Lý Văn Chủ Mẫu"):
        assert said in word_text(result.word)
        assert said in printed


def test_up_to_three_are_named_in_the_first_article_and_there_is_no_list() -> None:
    result = paper(award_of(3))

    assert len(pages_of(result.pdf)) == 1
    assert f"cho 03 cá nhân: Bà {name_of(1)}, Giáo viên, Trường Tiểu học Mẫu; Bà" in word_text(result.word)
    assert "DANH SÁCH" not in word_text(result.word)
    with pypdfium2.PdfDocument(result.pdf) as opened:
        assert [page.get_size()[0] < page.get_size()[1] for page in opened] == [True]


def test_a_list_stands_on_pages_of_its_own_that_lie_across_and_count_from_one() -> None:
    pages = pages_of(paper(award_of(200)).pdf)

    assert len(pages) > 10
    assert "DANH SÁCH" in pages[1]
    assert not re.match(r"\d", pages[1])
    assert [re.match(r"\d+", page)[0] for page in pages[2:]] == list(map(str, range(2, len(pages))))  # type: ignore[index]
    assert all("Họ và tên, tên tập thể, hộ" in page for page in pages[1:-1])


@pytest.mark.parametrize("mark", ["", DRAFT])
def test_a_page_that_begins_with_a_number_is_read_to_its_first_sign(mark: str) -> None:
    """The page's own number stands above it."""
    grounds = tuple(f"{n}. Căn cứ văn bản của xã;" for n in range(1, 60))

    pages = pages_of(paper(replace(award_of(2), grounds=grounds), mark=mark).pdf)

    assert re.match(rf"\s*(?:{mark})?\s*2\s+\d+\. Căn cứ", pages[1])


def test_it_has_the_margins_of_the_decree_and_its_number_at_the_top_of_page_two() -> None:
    long = replace(award_of(5), grounds=tuple(f"Căn cứ văn bản số {n}/QĐ-UBND của xã;" for n in range(60)))
    pdf = paper(long).pdf

    lines = words_at(pdf, 0)
    assert min(box[0] for _, box in lines) >= 30 * MM - 1
    assert max(box[2] for _, box in lines) <= (210 - 15) * MM + 1
    assert min(box[1] for _, box in lines) >= 20 * MM - 1
    assert max(box[3] for _, box in lines) <= (297 - 20) * MM + 1
    number, (left, bottom, right, _top) = words_at(pdf, 1)[0]
    assert number.strip() == "2"
    assert abs((left + right) / 2 - (30 + 163 / 2) * MM) < 2
    assert bottom > (297 - 20) * MM


def test_the_pdf_is_tagged_vietnamese_titled_and_has_its_fonts_in_it() -> None:
    pdf = paper(award_of(5)).pdf
    held = objects(pdf)

    assert b"/Lang(vi)" in held
    assert b"/MarkInfo" in held
    assert b"/StructTreeRoot" in held
    assert held.count(b"/FontFile2 ") == held.count(b"/FontDescriptor/FontName") >= 3
    assert b"<pdfaid:part>2</pdfaid:part>" in held
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in held
    assert b"<pdfuaid:part>1</pdfuaid:part>" in held
    with pypdfium2.PdfDocument(pdf) as opened:
        assert opened.get_metadata_dict()["Title"] == "Quyết định khen thưởng"


@pytest.mark.parametrize("n", range(18, 40, 3))
def test_who_signs_stands_on_one_page_with_the_last_words(n: int) -> None:
    """Wherever the end of the page falls."""
    grounds = tuple(f"Căn cứ văn bản số {no}/QĐ-UBND của xã;" for no in range(n))
    pages = pages_of(paper(replace(award_of(2), grounds=grounds)).pdf)

    (end,) = [said for page in pages if "Lý Văn Chủ Mẫu" in (said := " ".join(page.split()))]
    assert "Nơi nhận: - Như Điều 3;" in end
    assert "CHỦ TỊCH Lý Văn" in end
    assert "thi hành Quyết định này./." in end


@pytest.mark.parametrize("n", range(4, 24))
def test_what_closes_a_list_stands_on_the_page_of_its_last_rows(n: int) -> None:
    """Wherever the end of the page falls, in a list without and in one with who signs."""
    decision, payment = pages_of(paper(award_of(n)).pdf), pages_of(paid(n).pdf)

    for pages, ends in ((decision, "Ấn định danh sách"), (payment, "KẾ TOÁN")):
        last = " ".join(pages[-1].split())
        assert name_of(n) in last.replace("\u00a0", " ")
        assert "Tổng cộng" in last
        assert ends in last


@pytest.mark.parametrize("n", range(5, 17))
def test_no_page_ends_with_the_heading_of_a_group(n: int) -> None:
    rows = tuple(
        BriefRow(no, name_of(no), "1985", "Giáo viên", "HTTNV", "", "Đủ điều kiện") for no in range(1, n)
    )
    groups = tuple(BriefGroup(f"Nhóm {no}", rows) for no in range(1, 4))
    head = {**COMMITTEE, "number": "", "receivers": ()}
    facts = BriefPaper(**head, meeting_day=day_text(DAY), lines="9", groups=groups)  # type: ignore[arg-type]

    pages = pages_of(paper(facts, template=TEMPLATES["danh_sach_trich_ngang"]()).pdf)

    assert len(pages) > 1
    assert not [page for page in pages if re.search(r"Nhóm \d\s*\Z", page)]


def test_a_list_whose_rows_all_are_kept_is_parted_all_the_same() -> None:
    """Word parts it, whatever is said."""
    parts = unpacked(TEMPLATES["quyet_dinh"]())
    text = parts["word/document.xml"].decode()
    kept = text.replace('<w:pStyle w:val="OTrai"/>', '<w:pStyle w:val="OTrai"/><w:keepNext/>')
    kept = kept.replace('<w:pStyle w:val="OGiua"/>', '<w:pStyle w:val="OGiua"/><w:keepNext/>')

    pages = pages_of(paper(award_of(60), template=packed({**parts, "word/document.xml": kept.encode()})).pdf)

    assert len(pages) > 3
    assert name_of(60) in pages[-1].replace("\u00a0", " ")


def test_word_keeps_the_last_rows_with_what_closes_the_list() -> None:
    table = docx.Document(BytesIO(paid(9).word)).tables[1]

    kept = [
        [p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs] for row in table.rows
    ]

    assert [all(row) for row in kept] == [False] * 9 + [True] * 2
    assert not any(map(any, kept[:-2]))


@pytest.mark.parametrize("pad", range(0, 40, 3))
def test_no_line_ends_within_a_number_or_a_period(pad: int) -> None:
    result = paper(replace(award_of(2), period="năm học 2025 - 2026", fund="x" * pad + " 05/TTr-HĐTĐKT"))

    lines = "\n".join(text for text, _ in words_at(result.pdf, 0))
    said = " ".join("".join(pages_of(result.pdf)).split())
    for number in ("05/TTr-HĐTĐKT", "2025 - 2026", "112/QĐ-UBND"):
        # It is found by the signs that everybody types.
        assert said.count(number) == "".join(pages_of(result.pdf)).count(number) >= 1
        assert number in lines


def test_word_has_signs_of_its_own_at_which_no_line_ends() -> None:
    document = unpacked(paper(award_of(2)).word)["word/document.xml"].decode()

    assert "112/QĐ</w:t><w:noBreakHyphen/>" in document
    assert "2025\u00a0</w:t><w:noBreakHyphen/>" in document
    assert "112/QĐ-UBND" in word_text(paper(award_of(2)).word)


@given(st.text("AĐbộ07/-– ,%\u00a0", max_size=30))
def test_what_is_held_together_reads_back_as_it_was(text: str) -> None:
    assert bare(held(text)) == bare(text)
    assert bare(spelled(())(held(text))) == bare(text)


def test_long_names_and_titles_of_four_lines_are_printed_in_full() -> None:
    title = "Giấy khen cho tập thể, hộ gia đình, cá nhân có thành tích xuất sắc trong phong trào " * 3
    name = "Tôn Nữ Hoàng Thị Công Tằng Nguyễn Phước Bảo Ngọc Thùy Dương Mẫu"
    facts = replace(renamed(award_of(5), 3, name), award=title.strip())

    printed = " ".join("".join(pages_of(paper(facts).pdf)).split())

    assert title.strip() in printed
    assert name in printed


def test_a_name_is_not_broken_between_family_and_middle_name_in_print_only() -> None:
    result = paper(award_of(5))

    assert "Hoàng\u00a0Thị Bình Mẫu 1" in "".join(pages_of(result.pdf)).replace("\r\n", " ")
    assert "\u00a0Thị" not in word_text(result.word)


def test_a_draft_says_so_on_each_page_and_what_is_issued_does_not() -> None:
    draft, issued = paper(award_of(40), mark=DRAFT), paper(award_of(40))

    assert all(DRAFT in page for page in pages_of(draft.pdf))
    document = docx.Document(BytesIO(draft.word))
    for section in document.sections:
        for header in (section.header, section.first_page_header):
            assert any(DRAFT in each.text for each in header.paragraphs)
    assert not any(DRAFT in page for page in pages_of(issued.pdf))


def test_what_marks_a_draft_cannot_be_taken_out_of_a_template() -> None:
    parts = unpacked(TEMPLATES["quyet_dinh"]())
    parts["word/header2.xml"] = parts["word/header2.xml"].replace(b"{{ mark }}", b"")

    with pytest.raises(Differs, match=DRAFT):
        paper(award_of(5), mark=DRAFT, template=packed(parts))
    assert len(pages_of(paper(award_of(5), template=packed(parts)).pdf)) == 2


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{{ row.name }}", "{{ row.position }}", name_of(1)),
        ("{{ row.amount }}", "{{ row.salary }}", name_of(1)),
        ("{{ total }}", "0", "2.130.000"),
        ("{{ signature.name }}", "Người khác", "Lý Văn Chủ Mẫu"),
    ],
)
def test_a_paper_that_says_something_else_than_the_record_is_not_handed_over(
    old: str, new: str, told: str
) -> None:
    parts = unpacked(TEMPLATES["quyet_dinh"]())
    text = parts["word/document.xml"].decode()
    assert old in text
    parts["word/document.xml"] = text.replace(old, new).encode()

    with pytest.raises(Differs, match=re.escape(told)):
        paper(award_of(5), template=packed(parts))


def test_what_would_stand_on_no_page_is_not_handed_over() -> None:
    """Who signs is never parted, and the text of a file goes on below its page."""
    many = Signature(("CHỦ TỊCH",) * 80, "Lý Văn Chủ Mẫu")

    with pytest.raises(Differs):
        paper(replace(award_of(2), signature=many))


def test_a_line_that_stands_twice_is_found() -> None:
    template = unpacked(TEMPLATES["quyet_dinh"]())
    text = template["word/document.xml"].decode()
    row = re.search(r"<w:tr>(?:(?!<w:tr>).)*row\.name.*?</w:tr>", text)
    assert row
    template["word/document.xml"] = text.replace(row[0], row[0] * 2).encode()

    with pytest.raises(Differs, match=re.escape(name_of(1))):
        paper(award_of(5), template=packed(template))


def test_a_field_that_the_facts_do_not_have_is_a_fault() -> None:
    parts = unpacked(TEMPLATES["quyet_dinh"]())
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.replace("{{ fund }}", "{{ funds }}").encode()

    with pytest.raises(NotMade, match="funds"):
        paper(award_of(5), template=packed(parts))


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40))
def test_whatever_a_name_holds_stands_in_the_word_file_as_it_is_or_nothing_is_made(name: str) -> None:
    """Braces, ampersands and angle brackets are words, never fields or marks."""
    facts = replace(award_of(2), signature=Signature(("CHỦ TỊCH",), f"Lý {name} Mẫu"))

    try:
        result = paper(facts)
    except NotMade:
        return
    assert "".join(f"Lý {name} Mẫu".split()) in "".join(word_text(result.word).split())


@pytest.mark.parametrize("name", ["A & B <C>", "{{ total }}", "{% if x %}", "N'Hơ Ka"])
def test_signs_of_markup_in_a_name_are_printed_as_they_are(name: str) -> None:
    result = paper(renamed(award_of(5), 2, name))

    assert name in word_text(result.word)
    assert name in " ".join("".join(pages_of(result.pdf)).split())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_word_file_opens_in_libreoffice_and_converts(tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(paper(award_of(40)).word)

    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "paper.docx"],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        check=True,
        capture_output=True,
        timeout=180,
    )

    printed = " ".join("".join(pages_of((tmp_path / "paper.pdf").read_bytes())).split())
    assert all(name_of(no) in printed for no in range(1, 41))
