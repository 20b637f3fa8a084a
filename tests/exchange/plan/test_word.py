"""Word files as offices write them: read is what the printed page shows, with all changes accepted."""

from __future__ import annotations

import pytest

from exchange.plan.archive import Archive
from exchange.plan.document import Document, Paragraph, Remark, TableRow
from exchange.plan.word.reading import read_word
from tests.exchange.plan.word_files import (
    BY,
    HIDDEN,
    cell,
    modern_box,
    old_box,
    paragraph,
    row,
    run,
    strict,
    style,
    styles,
    table,
    word,
)

INSERTED, DELETED = f"<w:ins {BY}/>", f"<w:del {BY}/>"
OFF = '<w:vanish w:val="false"/>'


def read(*blocks: str, **more: str) -> Document:
    return read_word(Archive(word(*blocks, **more)))


def rows(document: Document) -> list[tuple[str, ...]]:
    return [part.cells for part in document.parts if isinstance(part, TableRow)]


def texts(document: Document) -> list[str]:
    return [part.text for part in document.parts if isinstance(part, Paragraph)]


def inserted(xml: str) -> str:
    return f"<w:ins {BY}>{xml}</w:ins>"


def deleted(text: str) -> str:
    return f"<w:del {BY}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


# Text boxes and frames


@pytest.mark.parametrize("box", [modern_box, old_box])
def test_a_text_box_is_told_once_and_glued_to_nothing(box: object) -> None:
    assert callable(box)
    stamp = box(paragraph("Dự thảo"), paragraph("lần 2"))

    document = read(
        paragraph("KẾ HOẠCH", stamp),
        table(row(cell(paragraph(stamp, "1")), cell(paragraph("Báo cáo", stamp)))),
        paragraph("Nơi nhận"),
    )

    assert document == Document(
        (
            Paragraph(None, "KẾ HOẠCH"),
            TableRow(1, ("1", "Báo cáo"), gap=True),
            Paragraph(None, "Nơi nhận", gap=True),
        ),
        floating=("Dự thảo", "lần 2") * 3,
        pictures=True,
    )


def test_boxes_in_a_group_and_in_content_controls_are_boxes_too() -> None:
    inner = "".join(
        f"<wps:wsp><wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx></wps:wsp>"
        for text in "AB"
    )
    group = f"<w:r><w:drawing><wpg:wgp>{inner}</wpg:wgp></w:drawing></w:r>"
    control = f"<w:sdt><w:sdtContent>{group}</w:sdtContent></w:sdt>"

    document = read(paragraph("Chữ", control))

    assert (texts(document), document.floating) == (["Chữ"], ("A", "B"))


@pytest.mark.parametrize(
    "around",
    [
        lambda plan: paragraph(modern_box(plan, paragraph())),
        lambda plan: paragraph(old_box(paragraph("trên"), plan, paragraph())),
        lambda plan: table(row(cell(plan, paragraph()))),
        lambda plan: table(row("UBND", "SỐ"), row(cell("trên", plan, paragraph())), row("a", "b")),
        lambda plan: table(row(cell(paragraph()), cell(plan, paragraph()))),
        lambda plan: table(row(cell(table(row(cell(plan, paragraph()))), paragraph()))),
        lambda plan: table(row("a", cell(paragraph(modern_box(plan, paragraph()))))),
        lambda plan: plan.replace("<w:tblPr/>", '<w:tblPr><w:tblpPr w:tblpY="100"/></w:tblPr>'),
        lambda plan: plan.replace("<w:pPr>", '<w:pPr><w:framePr w:w="9000"/>'),
    ],
    ids=["box", "old box", "cell", "letter", "margin", "twice", "box in a cell", "floating", "frame"],
)  # fmt: skip
def test_a_table_is_found_within_whatever_stands_around_it(around: object) -> None:
    assert callable(around)
    plan = [("TT", "Nội dung"), ("1", "Báo cáo"), ("2", "Hướng dẫn")]

    found = rows(read(around(table(*(row(*cells) for cells in plan)))))

    assert [cells for cells in found if cells in plan] == plan


def test_a_table_within_a_row_belongs_to_its_cell() -> None:
    inner = table(row("Phòng VH-XH", "chủ trì"), row("Công an", cell("phối hợp", properties="<w:vMerge/>")))
    merged = cell("Tháng 3", properties='<w:vMerge w:val="restart"/>')

    document = read(
        table(
            row("1", "Báo cáo", cell("Gồm:", inner, paragraph("hết")), merged),
            row("2", "Hướng dẫn", cell(inner, paragraph()), cell("", properties="<w:vMerge/>")),
        )
    )

    assert document.parts == (
        TableRow(
            1, ("1", "Báo cáo", "Gồm:\nPhòng VH-XH\nchủ trì\nCông an\nphối hợp\nhết", "Tháng 3"), gap=True
        ),
        TableRow(
            2, ("2", "Hướng dẫn", "Phòng VH-XH\nchủ trì\nCông an\nphối hợp", "Tháng 3"), merged=frozenset({3})
        ),
    )


def test_a_frame_beside_the_text_floats_and_a_document_of_frames_is_text() -> None:
    framed = paragraph("Dự thảo", properties='<w:framePr w:w="2000"/>')

    beside = read(paragraph("KẾ HOẠCH"), framed, paragraph("năm 2026"))
    throughout = read(framed, framed, paragraph("năm 2026"))

    assert (texts(beside), beside.floating) == (["KẾ HOẠCH", "năm 2026"], ("Dự thảo",))
    assert (texts(throughout), throughout.floating) == (["Dự thảo", "Dự thảo", "năm 2026"], ())


def test_a_large_first_letter_belongs_to_its_word() -> None:
    initial = paragraph("K", properties='<w:framePr w:dropCap="drop" w:lines="2"/>')

    assert texts(read(initial, paragraph("ế hoạch năm 2026"))) == ["Kế hoạch năm 2026"]


# Hidden text


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        (HIDDEN, False),
        (OFF, True),
        ('<w:vanish w:val="0"/>', True),
        ('<w:vanish w:val="off"/>', True),
        ('<w:vanish w:val="on"/>', False),
        ("<w:webHidden/>", True),
        ('<w:rStyle w:val="Secret"/>', False),
        ('<w:rStyle w:val="MoreSecret"/>', False),
        ('<w:rStyle w:val="Shown"/>', True),
        ('<w:rStyle w:val="Secret"/><w:vanish w:val="0"/>', True),
        ('<w:rStyle w:val="Nobody"/>', True),
        ("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>", True),
    ],
)
def test_hidden_by_its_own_mark_or_by_a_style_is_not_read(properties: str, shown: bool) -> None:
    made = styles(
        style("Secret", kind="character", inner=f"<w:rPr>{HIDDEN}</w:rPr>"),
        style("MoreSecret", kind="character", based_on="Secret", inner="<w:rPr><w:b/></w:rPr>"),
        style("Shown", kind="character", based_on="Secret", inner=f"<w:rPr>{OFF}</w:rPr>"),
    )

    document = read(table(row(cell(paragraph("Tháng 3", run("; tháng 6", properties))))), styles=made)

    assert rows(document) == [("Tháng 3; tháng 6",) if shown else ("Tháng 3",)]
    assert document.remarks == (() if shown else (Remark(1, "hidden_text", "; tháng 6"),))


def test_a_paragraph_style_hides_and_a_hidden_character_style_within_it_shows_again() -> None:
    made = styles(
        style("Base", inner=f"<w:rPr>{HIDDEN}</w:rPr>"),
        style("Note", based_on="Base"),
        style("Secret", kind="character", inner=f"<w:rPr>{HIDDEN}</w:rPr>"),
    )
    note = '<w:pStyle w:val="Note"/>'

    document = read(
        paragraph("ẩn", run("hiện", '<w:rStyle w:val="Secret"/>'), run(" rõ", OFF), properties=note),
        styles=made,
    )

    assert texts(document) == ["hiện rõ"]


def test_the_defaults_hide_what_nothing_shows_and_the_usual_style_counts_where_none_is_named() -> None:
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{HIDDEN}</w:rPr></w:rPrDefault></w:docDefaults>"
    usual = style("Normal", inner=f"<w:rPr>{HIDDEN}</w:rPr>", usual=True)
    both = (paragraph("ẩn"), paragraph(run("hiện", OFF)))

    assert texts(read(*both, styles=styles(defaults))) == ["hiện"]
    assert texts(read(*both, styles=styles(usual))) == ["hiện"]


def test_styles_that_stand_on_each_other_in_a_circle_say_nothing() -> None:
    made = styles(style("A", based_on="B"), style("B", based_on="A"))

    assert texts(read(paragraph("Kế hoạch", properties='<w:pStyle w:val="A"/>'), styles=made)) == ["Kế hoạch"]


def test_hidden_rows_are_left_out_and_told() -> None:
    document = read(
        table(row("1", "Báo cáo"), row("2", "Việc bỏ", properties="<w:hidden/>"), row("3", "Hướng dẫn"))
    )

    assert rows(document) == [("1", "Báo cáo"), ("3", "Hướng dẫn")]
    assert document.remarks == (Remark(2, "hidden_row", "2 Việc bỏ"),)


@pytest.mark.parametrize("mark", [HIDDEN, "<w:specVanish/>", DELETED, f"<w:moveFrom {BY}/>"])
def test_a_paragraph_whose_end_is_hidden_or_deleted_runs_on(mark: str) -> None:
    begun = paragraph("Báo cáo tổng", properties=f"<w:rPr>{mark}</w:rPr>")

    document = read(begun, paragraph(" kết"), table(row(cell(begun, paragraph(" kết")))), begun, table())

    assert (texts(document), rows(document)) == (
        ["Báo cáo tổng kết", "Báo cáo tổng"],
        [("Báo cáo tổng kết",)],
    )


# Tracked changes


def test_changes_are_read_as_accepted_and_this_is_said() -> None:
    moved = f"<w:moveFromRangeStart {BY}/><w:moveFrom {BY}>{run('cũ ')}</w:moveFrom><w:moveFromRangeEnd/>"
    merged = cell(properties=f'<w:cellMerge {BY} w:vMerge="cont"/>')
    gone = cell("Tháng 1", properties=f"<w:cellDel {BY}/>")

    document = read(
        paragraph("Năm ", deleted("2025"), inserted(run("2026")), moved),
        inserted(""),
        table(
            row("1", gone, cell("Báo cáo"), cell("mới", properties=f"<w:cellIns {BY}/>")),
            row("2", "bỏ", properties=DELETED),
            row("2", gone, cell("Hướng dẫn"), merged, properties=INSERTED),
        ),
        table(row("bỏ", properties=DELETED)),
    )  # fmt: skip

    assert document.parts == (
        Paragraph(None, "Năm 2026"),
        TableRow(1, ("1", "Báo cáo", "mới"), gap=True),
        TableRow(3, ("2", "Hướng dẫn", "mới"), merged=frozenset({2})),
    )
    assert document.remarks == (Remark(None, "changes_accepted"),)


def test_what_a_change_keeps_of_earlier_properties_counts_for_nothing() -> None:
    before = "<w:tcPrChange><w:tcPr><w:gridSpan w:val='3'/><w:vMerge/></w:tcPr></w:tcPrChange>"

    assert rows(read(table(row("a", "b"), row("c", cell("d", properties=before))))) == [
        ("a", "b"),
        ("c", "d"),
    ]


# Signs and fields


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:t>Báo</w:t><w:tab/><w:t>cáo</w:t><w:br/><w:t>năm</w:t>", "Báo cáo\nnăm"),
        ("<w:t>thi</w:t><w:softHyphen/><w:t>đua</w:t><w:noBreakHyphen/><w:t>khen</w:t>", "thiđua-khen"),
        ("<w:t>Báo\n  cáo</w:t>", "Báo   cáo"),
        ('<w:sym w:font="Wingdings" w:char="F0FC"/><w:t>xong</w:t><w:sym w:char="00B0"/>', "xong°"),
        ('<w:t>xã</w:t><w:footnoteReference w:id="2"/><w:commentReference w:id="1"/>', "xã"),
        (f"<w:ruby><w:rt>{run('nhỏ')}</w:rt><w:rubyBase>{run('to')}</w:rubyBase></w:ruby>", "to"),
        (
            '<w:fldChar w:fldCharType="begin"/><w:instrText> IF </w:instrText>'
            '<w:fldChar w:fldCharType="begin"/>'
            '<w:fldChar w:fldCharType="separate"/><w:t>mã</w:t><w:fldChar w:fldCharType="end"/>'
            '<w:fldChar w:fldCharType="separate"/><w:t>15/01/2026</w:t><w:fldChar w:fldCharType="end"/>',
            "15/01/2026",
        ),
    ],
    ids=["tab", "hyphens", "newline", "symbol", "references", "ruby", "field"],
)  # fmt: skip
def test_signs_and_fields_are_read_as_they_are_shown(inner: str, text: str) -> None:
    assert rows(read(table(row(cell(paragraph(f"<w:r>{inner}</w:r>")))))) == [(text,)]


def test_links_simple_fields_and_formulas_are_text_and_an_unfilled_control_is_none() -> None:
    link = f"<w:hyperlink>{run('Văn phòng ')}</w:hyperlink>"
    field = f"<w:fldSimple w:instr='DATE'>{run('tháng 3')}</w:fldSimple>"
    formula = "<m:oMath><m:r><m:t>≥90%</m:t></m:r></m:oMath>"
    asked = f"<w:sdtContent>{run('Bấm để nhập')}</w:sdtContent>"
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{asked}</w:sdt>"

    assert texts(read(paragraph(link, field, formula, control))) == ["Văn phòng tháng 3≥90%"]


def test_what_is_inserted_from_another_file_is_told() -> None:
    assert read(paragraph("a"), '<w:altChunk r:id="x"/>').remarks == (Remark(None, "part_elsewhere"),)


def test_text_in_a_font_of_before_unicode_is_told_and_plain_letters_in_it_are_not() -> None:
    old = '<w:rFonts w:ascii=".VnTime"/>'

    assert read(paragraph(run("KÕ ho¹ch", old))).remarks == (Remark(None, "old_font"),)
    assert read(paragraph(run("2026", old), "Kế hoạch")).remarks == ()


# The package

PLAN = (paragraph("KẾ HOẠCH năm 2026"), table(row("1", "Báo cáo")))


@pytest.mark.parametrize(
    "data",
    [
        word(*PLAN, main="word/document2.xml"),
        word(*PLAN, target="/word/document.xml"),
        word(*PLAN, main="word/document22.xml", target="./word/Document22.xml"),
        word(*PLAN, main="tài liệu/a b.xml", target="t%C3%A0i%20li%E1%BB%87u/a%20b.xml"),
        word(*PLAN, encoding="utf-16"),
        strict(word(*PLAN)),
    ],
    ids=["document2", "absolute", "case", "escaped", "utf-16", "strict"],
)
def test_the_main_part_is_the_one_that_the_package_names_whatever_its_form(data: bytes) -> None:
    archive = Archive(data)

    assert archive.kind() == "word"
    assert read_word(archive) == read(*PLAN)


def test_styles_are_found_beside_a_main_part_of_any_name() -> None:
    made = styles(style("Normal", inner=f"<w:rPr>{HIDDEN}</w:rPr>", usual=True))

    assert read_word(Archive(strict(word(*PLAN, styles=made, main="word/document2.xml")))).parts == (
        TableRow(1, ("", ""), gap=True),
    )
