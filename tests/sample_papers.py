"""Papers as files: small ones that are whole, for tests that attach something."""

from __future__ import annotations

import struct
import zlib

PDF_BODY = (
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
)


def pdf(text: str = "", *, trailer: str = "") -> bytes:
    """A PDF of one empty page; `text` stands in it as a comment, so that two differ."""
    head = b"%PDF-1.4\n%" + text.encode() + b"\n"
    end = f"trailer<</Root 1 0 R/Size 4{trailer}>>\nstartxref\n0\n%%EOF\n".encode()
    return head + PDF_BODY + end


def png() -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    points = zlib.compress(b"\0\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", points) + chunk(b"IEND", b"")


JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + b"\xff\xd9"
HEIC = struct.pack(">I", 24) + b"ftypheic" + b"\0\0\0\0mif1heic"
TIFF = b"II*\0\x08\0\0\0\0\0\0\0\0\0"
