"""Tells by a file's first bytes and its inner names what it is. What it is called counts for nothing.

The answers are keys of `exchange.plan.file_messages` for what is not read, with the cure for each, but `zip`,
`workbook` and `text`, which are.
"""

from __future__ import annotations

import re
import zlib

from exchange.sheets.compound import SIGNATURE, opened
from exchange.sheets.faults import Unreadable

BEGINNING = 1024
MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "packed"),
    (b"7z\xbc\xaf\x27\x1c", "packed"),
    (b"\x1f\x8b", "packed"),
)
# Streams of a compound file, the likeliest first: an encrypted file hides what it is.
STREAMS = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "old_word"),
    ("Workbook", "workbook"),
    ("Book", "workbook"),
    ("PowerPoint Document", "slides"),
)
PICTURE = re.compile(rb"....ftyp(?:heic|heix|heif|mif1|msf1|avif)|RIFF....WEBP|BM....\0\0\0\0", re.DOTALL)
MARKUP = (
    (re.compile(rb"<\?xml.*(?:mso-application|wordDocument|pkg:package)", re.DOTALL), "word_xml"),
    (re.compile(rb"<!doctype\s+html|<html\b|<\?xml.*<html\b", re.IGNORECASE | re.DOTALL), "html"),
    (re.compile(rb"(?:[\w-]+:[^\n]*\n\s*)*?MIME-Version:", re.IGNORECASE), "html"),
)
PDF_STREAM = re.compile(rb"/ObjStm\b.{0,200}?stream\r?\n", re.DOTALL)
FEW, UNPACKED = 200, 1 << 20
"""How many packed parts of a PDF are looked into for fonts, and how far each."""


def format_of(data: bytes) -> str:
    beginning = data[:BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n\f")
    if b"%PDF-" in data[:BEGINNING]:
        return "pdf" if _has_fonts(data) else "pdf_scan"
    if data.startswith(SIGNATURE):
        return _compound(data)
    if PICTURE.match(data):
        return "picture"
    known = next((kind for magic, kind in MAGIC if beginning.startswith(magic)), None)
    return known or next((kind for pattern, kind in MARKUP if pattern.match(beginning)), "text")


def _compound(data: bytes) -> str:
    try:
        streams = opened(data).entries
    except Unreadable:
        return "old_office"
    return next((kind for name, kind in STREAMS if name in streams), "old_office")


def _has_fonts(data: bytes) -> bool:
    """Whether a PDF has letters: a scan is made of pictures and names no font."""
    if b"/Font" in data or b"/Encrypt" in data:
        return True
    for stream in list(PDF_STREAM.finditer(data))[:FEW]:
        try:
            found = zlib.decompressobj().decompress(memoryview(data)[stream.end() :], UNPACKED)
        except zlib.error:
            continue
        if b"/Font" in found:
            return True
    return False
