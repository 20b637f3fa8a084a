"""Files that are no plan to be read: each is told apart by its content, and the cure named."""

from __future__ import annotations

import zlib

import pytest

from exchange.plan.archive import MOST_SIGNS, XML_LIMIT
from exchange.plan.document import LONGEST, MOST_PARTS
from exchange.plan.reading import read_plan
from exchange.sheets.compound import packed as container
from tests.exchange.plan.plan_files import HEADER, text_plan
from tests.exchange.plan.word_files import PACKAGE, W, packed, paragraph, row, table, word
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office

OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


def problem(data: bytes, office: Office, calendar: WorkCalendar) -> str:
    (found,) = read_plan(data, office=office, calendar=calendar).problems
    assert (found.severity, found.line) == ("error", None)
    return found.message


def compound(stream: str) -> bytes:
    return container(stream, b"content")


def pdf(inner: bytes) -> bytes:
    """A PDF whose objects are packed, as every program writes them today."""
    return (
        b"%PDF-1.7\n1 0 obj <</Type/ObjStm/Filter/FlateDecode>>\nstream\n"
        + zlib.compress(inner)
        + b"\nendstream"
    )


def main_part(name: str, root: bytes) -> bytes:
    relation = f'<Relationship Id="a" Type="x/officeDocument" Target="{name}"/>'
    relations = f'<Relationships xmlns="{PACKAGE}">{relation}</Relationships>'
    return packed({"_rels/.rels": relations.encode(), name: root})


def with_password(data: bytes) -> bytes:
    """An archive whose entries say that they are encrypted."""
    marked = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        marked[data.index(sign) + at] |= 1
    return bytes(marked)


SLIDES = b'<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (compound("WordDocument"), "This is an old Word file (.doc);"),
        (compound("EncryptedPackage"), "The file asks for a password;"),
        (compound("PowerPoint Document"), "This is a PowerPoint file;"),
        (compound("__properties_version1.0"), "This is an old Office file and not one of Word;"),
        (pdf(b"<</Type/Page/Resources<</Font 3 0 R>>>>"), "This is a PDF; import the Word file"),
        (pdf(b"<</Type/Page/Resources<</XObject 3 0 R>>>>"), "This is a scan (a PDF of pictures"),
        (b"%PDF-1.4\n<</Type/XObject/Subtype/Image>>", "This is a scan (a PDF of pictures"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "This is a picture or a scan without text to read;"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "This is a picture or a scan without text to read;"),
        (b"II*\0" + bytes(99), "This is a picture or a scan without text to read;"),
        (b"\0\0\0\x18ftypheic" + bytes(99), "This is a picture or a scan without text to read;"),
        (word(paragraph("<w:r><w:drawing/></w:r>")), "This Word file holds nothing but pictures (a scan);"),
        (word(), "No table of tasks: it needs a header row"),
        (b"{\\rtf1\\ansi", "This is an RTF file;"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html>", "This is a web page (HTML)"),
        (b"<html xmlns:w='urn:schemas-microsoft-com:office:word'>", "This is a web page (HTML)"),
        (
            b"From: <Saved by Word>\nMIME-Version: 1.0\nContent-Type: multipart/related",
            "This is a web page (HTML)",
        ),
        (
            b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>',
            "This is a Word file in the form of XML;",
        ),
        (b"Rar!\x1a\x07", "This is a packed archive;"),
        (packed({"ke-hoach.docx": word()}), "This is an archive and no Word file; unpack it"),
        (packed({}), "This is an archive and no Word file; unpack it"),
        (packed({"mimetype": OPEN_DOCUMENT + b".presentation"}), "This is an archive and no Word file;"),
        (main_part("ppt/presentation.xml", SLIDES), "This is a PowerPoint file;"),
        (with_password(packed({"word/document.xml": b""})), "The file asks for a password;"),
        (main_part("word/document.xml", b"<w:document"), "The file is damaged;"),
        (main_part("word/document.xml", f'<w:document xmlns:w="{W}"/>'.encode()), "The file is damaged;"),
        (word()[:-300], "The file is damaged;"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_told_what_it_is_and_the_cure(
    data: bytes, sentence: str, office: Office, calendar: WorkCalendar
) -> None:
    assert problem(data, office, calendar)[: len(sentence)] == sentence


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (
            text_plan(HEADER, ("1", "x" * (LONGEST + 1))),
            5,
            "A cell or paragraph has more than 20000 letters;",
        ),
        (b"a\n" * (MOST_PARTS + 1), None, "The file has more than 5000 rows and paragraphs;"),
        ((b"ab " * 6000 + b"\n") * 60, None, "The file has more than 1000000 letters;"),
        (word(table(row("x" * (LONGEST + 1)))), 1, "A cell or paragraph has more than 20000 letters;"),
        (word(table(row("a")) * (MOST_PARTS + 1)), None, "The file has more than 5000 rows and paragraphs;"),
    ],
    ids=["cell", "lines", "letters", "word cell", "word rows"],
)
def test_more_than_a_plan_ever_holds_is_refused_before_it_is_read(
    data: bytes, line: int | None, sentence: str, office: Office, calendar: WorkCalendar
) -> None:
    (found,) = read_plan(data, office=office, calendar=calendar).problems

    assert (found.line, found.message[: len(sentence)]) == (line, sentence)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_word_file_that_declares_entities_is_refused(
    encoding: str, office: Office, calendar: WorkCalendar
) -> None:
    entities = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d>&b;</d>'.encode(encoding)

    assert problem(packed({"word/document.xml": entities}), office, calendar).startswith(
        "The file is damaged;"
    )


@pytest.mark.parametrize(
    "part",
    [b" " * (XML_LIMIT + 1), b"<a>" * (MOST_SIGNS + 1), b"<a " + b'b="" ' * MOST_SIGNS],
    ids=["long", "deep", "wide"],
)
def test_an_archive_that_unpacks_to_too_much_is_not_taken_apart(
    part: bytes, office: Office, calendar: WorkCalendar
) -> None:
    bomb = packed({"word/document.xml": part})

    assert problem(bomb, office, calendar).startswith("The file unpacks to more than 20 MB;")
    assert len(bomb) < 100_000
