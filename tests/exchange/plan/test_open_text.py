"""Plans of LibreOffice: what the page shows is read as from Word, what it hides is told."""

from __future__ import annotations

from datetime import date

import pytest

from exchange.plan.archive import Archive
from exchange.plan.document import AUTOMATIC, Document, Paragraph, Remark, TableRow
from exchange.plan.open_text import read_open_text
from exchange.plan.reading import read_plan
from tests.exchange.plan.word_files import packed
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office

KIND = b"application/vnd.oasis.opendocument.text"
SPACES = " ".join(
    f'xmlns:{name[:6]}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing")
)
ENCRYPTED = "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>"
HIDDEN = '<style:style style:name="An"><style:text-properties text:display="none"/></style:style>'
HIDDEN += '<style:style style:name="An2" style:parent-style-name="An"/>'


def odt(*blocks: str, named: str = "") -> bytes:
    body = f"<office:body><office:text>{''.join(blocks)}</office:text></office:body>"
    styles = f"<office:automatic-styles>{HIDDEN}</office:automatic-styles>"
    content = f"<office:document-content {SPACES}>{styles}{body}</office:document-content>"
    parts = {"mimetype": KIND, "content.xml": content.encode()}
    return packed(parts | ({"META-INF/manifest.xml": named.encode()} if named else {}))


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def cell(*blocks: str, more: str = "") -> str:
    inner = "".join(each if each[:1] == "<" else p(each) for each in blocks)
    return f"<table:table-cell {more}>{inner}</table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    inner = "".join(each if each[:1] == "<" else cell(each) for each in cells)
    return f"<table:table-row {more}>{inner}</table:table-row>"


def table(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


COVERED = "<table:covered-table-cell/>"


def read(*blocks: str) -> Document:
    return read_open_text(Archive(odt(*blocks)))


def test_a_plan_is_read_whole(office: Office, calendar: WorkCalendar) -> None:
    head = (
        f"<table:table-header-rows>{row('TT', 'Nội dung', 'Chủ trì', 'Thời gian')}</table:table-header-rows>"
    )
    plan = table(
        head,
        row(cell("QUÝ I", more='table:number-columns-spanned="4"'), COVERED * 3),
        row("1", "Báo cáo năm 2025", "UBND xã", "15/01/2026"),
        row("2", "Hướng dẫn năm 2026", "Phòng VH-XH", "Tháng 3"),
    )

    read = read_plan(odt(p("KẾ HOẠCH"), p("Công tác năm 2026"), plan), office=office, calendar=calendar)

    assert (read.year, read.title, read.problems) == (2026, "KẾ HOẠCH Công tác năm 2026", ())
    assert [(task.number, task.lead, task.due, task.lines) for task in read.tasks] == [
        (1, "ubnd", date(2026, 1, 15), (3,)),
        (2, "van_hoa_xa_hoi", date(2026, 3, 31), (4,)),
    ]


def test_cells_merged_either_way_and_repeated() -> None:
    found = read(
        table(
            row(
                "a",
                cell("b", more='table:number-rows-spanned="2" table:number-columns-spanned="2"'),
                COVERED,
                "c",
            ),
            row("d", COVERED, COVERED, "e"),
            row(cell("f", more='table:number-columns-repeated="4"')),
        )
    )

    assert found.parts == (
        TableRow(1, ("a", "b", "", "c"), gap=True),
        TableRow(2, ("d", "b", "", "e"), merged=frozenset({1})),
        TableRow(3, ("f", "f", "f", "f")),
    )


def test_what_is_hidden_or_stands_elsewhere_is_left_out_and_told() -> None:
    region = f"<text:changed-region><text:deletion>{p('bỏ')}</text:deletion></text:changed-region>"
    deleted = f"<text:tracked-changes>{region}</text:tracked-changes>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{p('x')}</text:note>"
    found = read(
        deleted,
        p(f"Kế<text:s/>hoạch{note} năm<text:span text:style-name='An2'> mật</text:span>\n2026"),
        p("ẩn", style="An"),
        f'<text:section text:display="none">{p("mục ẩn")}</text:section>',
        table(row("1"), row("2", more='table:visibility="collapse"'), row("3")),
    )

    assert found == Document(
        (Paragraph(None, "Kế hoạch năm 2026"), TableRow(1, ("1",), gap=True), TableRow(3, ("3",))),
        remarks=(
            Remark(None, "changes_accepted"),
            Remark(None, "hidden_text", "mật"),
            Remark(None, "hidden_text", "ẩn"),
            Remark(2, "hidden_row", "2"),
        ),
    )  # fmt: skip


def test_lists_boxes_and_tables_within_tables() -> None:
    box = f"<drawin:frame><drawin:text-box>{p('Dự thảo')}</drawin:text-box></drawin:frame>"
    items = "".join(f"<text:list-item>{p(each)}</text:list-item>" for each in ("UBND xã", "- Công an"))
    number = f"<text:list><text:list-item>{p('')}</text:list-item></text:list>"
    inner = table(row("x", "y"))

    found = read(
        p(f"KẾ HOẠCH{box}"),
        table(row(cell(number), cell(f"<text:list>{items}</text:list>"), cell(inner))),
        table(row(cell(inner))),
    )

    assert found == Document(
        (
            Paragraph(None, "KẾ HOẠCH"),
            TableRow(1, (AUTOMATIC, "- UBND xã\n- Công an", "x\ny"), gap=True),
            TableRow(3, ("x", "y"), gap=True),
        ),
        floating=("Dự thảo",),
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (odt(p("x"), named=ENCRYPTED), "The file asks for a password;"),
        (packed({"mimetype": KIND}), "The file is damaged;"),
    ],
)  # fmt: skip
def test_one_with_a_password_and_a_damaged_one_are_told(
    data: bytes, sentence: str, office: Office, calendar: WorkCalendar
) -> None:
    (problem,) = read_plan(data, office=office, calendar=calendar).problems

    assert problem.message[: len(sentence)] == sentence
