"""What is no workbook, or more than is read: one cause each, before it costs anything."""

from __future__ import annotations

import pytest

from exchange.sheets.compound import packed
from exchange.sheets.faults import SENTENCES, Unreadable
from exchange.sheets.looks import MEGABYTE
from exchange.sheets.reading import read_workbook
from exchange.sheets.workbook import place
from tests.exchange.sheets.old_excel import OldSheet, old_workbook
from tests.exchange.sheets.packages import archive, inline, open_document, rezipped, rows_of, small_workbook

WORKBOOK = small_workbook(rows_of(inline("a") * 20))


def cause(content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_workbook(content)
    return refused.value.cause


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "html"),
        ("<html>".encode("utf-16") + b"<table>", "html"),
        (b"MIME-Version: 1.0\r\n\r\n<html>", "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xml"),
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n", "picture"),
        (b"{\\rtf1}", "word"),
        (bytes(range(256)), "no_workbook"),
        (b"a;b\n" + "Nguyễn".encode("cp1258", "replace") + b"\xe0;c\n", "encoding"),
        (archive({"word/document.xml": "<document/>"}), "word"),
        (archive({"xl/workbook.bin": "x"}), "xlsb"),
        (archive({"a.txt": "x"}), "no_workbook"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "word"),
        (open_document("", manifest="<encryption-data/>"), "password"),
        (WORKBOOK[:-60], "broken"),
        (WORKBOOK[:400] + b"\xff" * 40 + WORKBOOK[440:], "broken"),
        (old_workbook([OldSheet("A", [["a"]])])[:3000], "broken"),
        (old_workbook([OldSheet("A", [["a"]])]).replace(b"W\0o\0r\0k\0", b"X\0o\0r\0k\0"), "no_workbook"),
        (small_workbook("<sheetData><row><c"), "broken"),
        (small_workbook('<sheetData><row><c r="sai"><v>1</v></c></row></sheetData>'), "broken"),
        (small_workbook("</worksheet>"), "broken"),
    ],
)
def test_what_is_no_workbook_is_told_by_its_content(content: bytes, expected: str) -> None:
    assert cause(content) == expected


def test_a_password_is_told_from_damage() -> None:
    assert cause(packed("EncryptedPackage", b"x")) == "password"


def test_every_sentence_stands_in_both_languages_and_takes_its_operands() -> None:
    operands = {"limit": 1, "line": 2, "sheet": "Bảng", "cell": "A1", "rows": 3, "columns": 4}

    said = [Unreadable(each, **operands).said(language) for each in SENTENCES for language in ("vi", "en")]

    assert [text for text in said if "{" in text or not text.endswith(".")] == []


def test_entities_are_refused_before_they_explode() -> None:
    content = rezipped(
        small_workbook(rows_of(inline("a"))),
        lambda name, part: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + part if name == "xl/sheet.xml" else part,
    )

    assert cause(content) == "broken"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="XFD1048576"><v>1</v></c>', "XFD1048576"),
        ('<c r="A50001"><v>1</v></c>', "A50001"),
        ('<c r="IW1"><v>1</v></c>', "IW1"),
        ('<c r="AZ1"><v>1</v></c><c r="B50000"><v>1</v></c>', "B50000"),
    ],
)
def test_a_cell_beyond_what_is_read_is_named(cell: str, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_workbook(small_workbook(f"<sheetData><row>{cell}</row></sheetData>"))

    assert (refused.value.cause, refused.value.operands["cell"]) == ("beyond", said)


def test_rows_and_columns_that_have_nothing_but_formats_do_not_count() -> None:
    rows = "".join(f'<row r="{at}" s="1" customFormat="1" ht="20"/>' for at in range(2, 20_000))
    wide = "".join(f'<c r="{place(1, at)}" s="1"/>' for at in range(2, 16_384))
    content = small_workbook(f'<sheetData><row r="1">{inline("a")}{wide}</row>{rows}</sheetData>')

    assert [cell.text for cell in read_workbook(content).sheets[0].cells()] == ["a"]


def claiming(size: int) -> bytes:
    """A workbook whose only sheet has another size than the archive claims."""
    content = bytearray(small_workbook(rows_of(inline("a"))))
    at = content.rindex(b"xl/sheet.xml") - 46
    content[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(content)


def test_a_small_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked() -> None:
    assert cause(claiming(500 * MEGABYTE)) == "bomb"


def test_no_more_is_unpacked_than_an_archive_claims() -> None:
    assert cause(claiming(100)) == "broken"
