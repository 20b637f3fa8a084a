"""What a file is that somebody attaches, by its content alone; and what is refused, with its cure."""

from __future__ import annotations

import gzip
import random
import struct
from collections.abc import Callable

import pytest

from exchange.attached import SENTENCES, NotAPaper, media_of
from exchange.plan.archive import UNPACKED_LIMIT
from exchange.sheets.compound import packed as container
from tests.exchange.plan.plan_files import saved, word_plan
from tests.exchange.plan.test_formats import SLIDES, compound, main_part, with_password
from tests.exchange.plan.test_open_text import ENCRYPTED, odt, p
from tests.exchange.plan.word_files import packed, unpacked
from tests.sample_papers import HEIC, JPEG, TIFF, pdf, png

DOCX = saved(word_plan([("1", "Tờ trình", "UBND xã")]))


def old_word(*, flags: int = 0) -> bytes:
    """An old Word file, as far as it is looked at."""
    return container("WordDocument", struct.pack("<10xH", flags).ljust(5000, b"\0"))


def with_old_macros(data: bytes) -> bytes:
    """The file with a further, empty stream in the free place of its directory."""
    at = data.index("WordDocument".encode("utf-16-le"))
    entry = bytearray(data[at : at + 128])
    name = "_VBA_PROJECT".encode("utf-16-le")
    entry[:66] = struct.pack("<64sH", name, len(name) + 2)
    return data[: at + 128] + bytes(entry) + data[at + 256 :]


def with_macros(data: bytes, part: str = "word/vbaProject.bin") -> bytes:
    return packed({**unpacked(data), part: b"macros"})


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (pdf(), "pdf"),
        (b"\xef\xbb\xbf\r\n" + pdf(), "pdf"),
        (pdf() + b"\0" * 1000, "pdf"),
        (pdf("/Encrypt is a word of the text"), "pdf"),
        (png(), "picture"),
        (JPEG, "picture"),
        (HEIC, "picture"),
        (TIFF, "picture"),
        (DOCX, "word"),
        (odt(p("Tờ trình")), "word"),
        (old_word(), "word"),
    ],
)
def test_a_paper_is_told_by_its_content(content: bytes, media: str) -> None:
    assert media_of(content) == media


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "empty"),
        (pdf(trailer="/Encrypt 4 0 R"), "password"),
        (pdf(trailer="/Encrypt<</Filter/Standard>>"), "password"),
        (with_password(DOCX), "password"),
        (compound("EncryptedPackage"), "password"),
        (old_word(flags=0x0100), "password"),
        (odt(p("x"), named=ENCRYPTED), "password"),
        (with_macros(DOCX), "macros"),
        (with_macros(DOCX, "word/VBAPROJECT.BIN"), "macros"),
        (with_macros(odt(p("x")), "Basic/Standard/Module1.xml"), "macros"),
        (with_old_macros(old_word()), "macros"),
        (pdf()[:-10], "cut_off"),
        (png()[:-8], "cut_off"),
        (JPEG[:-2], "cut_off"),
        (DOCX[: len(DOCX) // 2], "cut_off"),
        (old_word()[:4000], "old_office"),
        (packed({"mimetype": b"x" * 10, "big.bin": b"\0" * (UNPACKED_LIMIT + 1)}), "bomb"),
        (packed({"to-trinh.pdf": pdf()}), "other_zip"),
        (gzip.compress(pdf()), "packed"),
        (b"Rar!\x1a\x07\x01\0", "packed"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "packed"),
        (b"MZ\x90\0" + pdf(), "program"),
        (b"\x7fELF" + b"\0" * 60, "program"),
        (b"#!/bin/sh\nrm -rf /\n", "program"),
        (compound("Workbook"), "workbook"),
        (compound("PowerPoint Document"), "slides"),
        (compound("Contents"), "old_office"),
        (main_part("ppt/presentation.xml", SLIDES), "slides"),
        (b"{\\rtf1 x}", "rtf"),
        (b"<!DOCTYPE html><html>", "html"),
        ("Tờ trình số 05".encode(), "other"),
        (b"\0" * 100, "other"),
    ],
)
def test_what_is_no_paper_is_refused_with_its_cause(content: bytes, cause: str) -> None:
    with pytest.raises(NotAPaper) as refused:
        media_of(content)

    assert refused.value.cause == cause


def told(content: bytes) -> str:
    try:
        return media_of(content)
    except NotAPaper as refused:
        return refused.cause


@pytest.mark.parametrize("whole", [pdf, png, lambda: DOCX, lambda: odt(p("x")), old_word])
def test_a_changed_file_is_kept_or_refused_and_nothing_else(whole: Callable[[], bytes]) -> None:
    chance, content = random.Random(7), whole()

    def changed() -> bytes:
        made = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            made[chance.randrange(len(made))] = chance.randrange(256)
        return bytes(made[: chance.randint(1, len(made))])

    assert {told(changed()) for _ in range(150)} <= {"pdf", "picture", "word", *SENTENCES}
