"""Tells by its content what a file is that somebody attaches as a paper, and refuses what is none.

What it is called counts for nothing. Kept are a PDF, a picture and a Word document; what asks for a password,
runs macros, is packed, is a program or is cut off is told with its cure. Nothing of it is opened or changed.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from exchange.plan.archive import Archive, Broken, Locked, TooLarge
from exchange.plan.formats import format_of
from exchange.sheets.compound import Container, opened
from exchange.sheets.faults import Unreadable
from workflow.model.definition import Text

Media = Literal["pdf", "picture", "word"]

PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"L\0\0\0\x01\x14\x02\0")
"""What programs, scripts and shortcuts begin with; a PDF may have some bytes before it, so they go first."""
ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
SIGNED_PDF = re.compile(rb"/ByteRange\s*\[\s*\d")
END = 4096
"""Bytes in which a PDF's end mark stands; readers look for it in the last 1024, scanners add blanks."""
DOC_ENCRYPTED = 0x0100
"""The flag of an old Word file that asks for a password (MS-DOC, FibBase, at byte 10)."""
OLD_MACROS = ("_VBA_PROJECT", "PROJECTwm")
OPEN_MACROS = ("basic/", "scripts/")
"""The folders of an OpenDocument text with its macros."""


class NotAPaper(ValueError):
    """A file that is not kept as a paper; `cause` names its sentence in `SENTENCES`."""

    def __init__(self, cause: str) -> None:
        super().__init__(SENTENCES[cause].en)
        self.cause = cause

    @property
    def said(self) -> Text:
        return SENTENCES[self.cause]


def media_of(content: bytes) -> Media:
    """Raises NotAPaper."""
    if not content:
        raise NotAPaper("empty")
    if content.startswith(PROGRAMS):
        raise NotAPaper("program")
    told = format_of(content)
    if told not in _KEPT:
        raise NotAPaper(told if told in SENTENCES else "other")
    media, check = _KEPT[told]
    check(content)
    return media


def is_signed(content: bytes) -> bool:
    """Whether a PDF or a Word document bears a digital signature; whether that is good is not looked at."""
    if SIGNED_PDF.search(content):
        return True
    try:
        return content.startswith(b"PK") and any(
            name.startswith("_xmlsignatures/") for name in Archive(content).names
        )
    except (Broken, Locked, TooLarge):
        return False


def _whole_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-END:]:
        raise NotAPaper("cut_off")
    if ENCRYPTED_PDF.search(content):
        raise NotAPaper("password")


def _whole_picture(content: bytes) -> None:
    """A picture that was cut off while it was copied has no end mark, where its kind has one."""
    ends = {b"\x89PNG": b"IEND", b"\xff\xd8\xff": b"\xff\xd9"}
    lacking = (end not in content for magic, end in ends.items() if content.startswith(magic))
    if any(lacking):
        raise NotAPaper("cut_off")


def _plain_word(content: bytes) -> None:
    try:
        archive = Archive(content)
        kind = archive.kind()
        encrypted = kind == "open_text" and archive.encrypted
    except Locked:
        raise NotAPaper("password") from None
    except TooLarge:
        raise NotAPaper("bomb") from None
    except Broken:
        raise NotAPaper("cut_off") from None
    if encrypted:
        raise NotAPaper("password")
    if kind not in ("word", "open_text"):
        raise NotAPaper(kind)
    if any(name.endswith("vbaproject.bin") or name.startswith(OPEN_MACROS) for name in archive.names):
        raise NotAPaper("macros")


def _plain_old_word(content: bytes) -> None:
    try:
        container = opened(content)
        encrypted = _asks_for_password(container)
    except (Unreadable, KeyError, struct.error):
        raise NotAPaper("cut_off") from None
    if encrypted:
        raise NotAPaper("password")
    if any(name in container.entries for name in OLD_MACROS):
        raise NotAPaper("macros")


def _asks_for_password(container: Container) -> bool:
    (flags,) = struct.unpack_from("<H", container.stream("WordDocument"), 10)
    return bool(flags & DOC_ENCRYPTED)


_KEPT: Mapping[str, tuple[Media, Callable[[bytes], None]]] = MappingProxyType(
    {
        "pdf": ("pdf", _whole_pdf),
        "pdf_scan": ("pdf", _whole_pdf),
        "picture": ("picture", _whole_picture),
        "zip": ("word", _plain_word),
        "old_word": ("word", _plain_old_word),
    }
)
"""By what `format_of` answers: what such a file is kept as, and the check of it."""

SENTENCES: Mapping[str, Text] = MappingProxyType(
    {
        "empty": Text(
            "tệp trống; chọn lại tệp có nội dung",
            "the file is empty; choose the one that has the paper",
        ),
        "too_large": Text(
            "tệp lớn hơn {limit} MB; quét lại ở độ phân giải thấp hơn hoặc chia thành nhiều tệp",
            "the file is larger than {limit} MB; scan it at a lower resolution, or part it",
        ),
        "cut_off": Text(
            "tệp bị hỏng hoặc chưa chép hết; chép lại hoặc quét lại",
            "the file is damaged or was not copied to its end; copy or scan it again",
        ),
        "password": Text(
            "tệp đặt mật khẩu; mở tệp, bỏ mật khẩu rồi lưu lại",
            "the file asks for a password; open it, take the password away and save it",
        ),
        "macros": Text(
            "tệp Word có macro; lưu lại thành .docx (không macro) hoặc PDF",
            "the Word file has macros; save it as a .docx without them, or as a PDF",
        ),
        "bomb": Text(
            "tệp giải nén ra quá lớn; lưu lại thành PDF",
            "the file unpacks to more than is kept; save it as a PDF",
        ),
        "packed": Text(
            "đây là tệp nén; giải nén rồi đính kèm từng tệp ở bên trong",
            "this is a packed archive; unpack it and attach the files that are in it",
        ),
        "other_zip": Text(
            "đây là tệp nén; giải nén rồi đính kèm từng tệp ở bên trong",
            "this is a packed archive; unpack it and attach the files that are in it",
        ),
        "program": Text(
            "đây là chương trình, không phải giấy tờ; không nhận",
            "this is a program and no paper; it is not kept",
        ),
        "workbook": Text(
            "đây là bảng tính; lưu thành PDF, hoặc quét bản đã ký",
            "this is a workbook; save it as a PDF, or scan the signed copy",
        ),
        "slides": Text(
            "đây là tệp trình chiếu; lưu thành PDF",
            "this is a presentation; save it as a PDF",
        ),
        "rtf": Text(
            "đây là tệp RTF; lưu thành .docx hoặc PDF", "this is an RTF; save it as a .docx or a PDF"
        ),
        "word_xml": Text(
            "đây là tệp Word dạng XML; lưu thành .docx hoặc PDF",
            "this is Word's XML; save it as a .docx or a PDF",
        ),
        "html": Text("đây là trang web; lưu thành PDF", "this is a web page; save it as a PDF"),
        "old_office": Text(
            "đây là tệp Office kiểu cũ, không phải Word; lưu thành PDF",
            "this is an old Office file and not one of Word; save it as a PDF",
        ),
        "other": Text(
            "đây không phải PDF, ảnh hay tệp Word; quét hoặc lưu thành PDF",
            "this is neither a PDF nor a picture nor a Word file; scan it, or save it as a PDF",
        ),
    }
)
"""Why a file is not kept, as the end of a sentence that names it."""
