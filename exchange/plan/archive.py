"""A document that is a zip archive: measured before anything is unpacked, and told apart by what is in it.

Word, Excel, PowerPoint and OpenDocument files are such archives; which one it is stands in its main part,
never in its name.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any, Literal
from urllib.parse import unquote

from lxml import etree

Kind = Literal["word", "workbook", "slides", "open_text", "other_zip"]

UNPACKED_LIMIT = 100 * 1024 * 1024
XML_LIMIT = 20 * 1024 * 1024
"""Bytes of the whole archive unpacked, and of its XML parts; a plan of fifty pages has 1 MB of XML."""

MOST_PARTS = 5_000
MOST_SIGNS = 1_500_000
"""Signs `<` and `=` of one part: each may be an element or an attribute, which take more memory than their
text.
"""

PROLOGUE = 4096
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ROOTS = (("wordprocessingml", "word"), ("spreadsheetml", "workbook"), ("presentationml", "slides"))
OPEN_DOCUMENTS: tuple[tuple[bytes, Kind], ...] = (
    (b"application/vnd.oasis.opendocument.text", "open_text"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "workbook"),
)
# Strict documents have other names for the same elements.
STRICT, TRANSITIONAL = b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/"
YEARLESS = (b"wordprocessingml/main", b"officeDocument/math", b"officeDocument/relationships")
FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    etree.LxmlError,
)


class Broken(ValueError):
    """An archive or a part of it that cannot be read."""


class Locked(ValueError):
    """An archive that asks for a password."""


class TooLarge(ValueError):
    """An archive that unpacks to more than `limit` bytes, which no plan needs."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes unpacked")
        self.limit = limit


class Archive:
    """An open archive. Names of parts are told apart as Office does, without case. `main` is the main part's
    name and `root` its root element; OpenDocument has neither."""

    def __init__(self, data: bytes) -> None:
        """Raises Broken, Locked or TooLarge."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except FAULTS as error:
            raise Broken(str(error)) from error
        if any(entry.flag_bits & 1 for entry in entries):
            raise Locked
        _measure(entries)
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}
        # A package without relationships is damaged, but Word's usual name may still be there.
        self.main = self.related("", "officeDocument") or "word/document.xml"
        self.root = None if self.main.endswith(".bin") else self.part(self.main)

    def kind(self) -> Kind:
        if "mimetype" in self._entries:
            told = self._bytes("mimetype").strip()
            return next(
                (kind for name, kind in OPEN_DOCUMENTS if told in (name, name + b"-template")), "other_zip"
            )
        if self.main.startswith("xl/") and self.main.endswith(".bin"):
            return "workbook"
        space = "" if self.root is None else self.root.tag
        return next((kind for name, kind in ROOTS if name in space), "other_zip")  # type: ignore[misc]

    @property
    def names(self) -> Iterable[str]:
        """Of all parts, in lower case."""
        return self._entries.keys()

    @property
    def encrypted(self) -> bool:
        """Whether the parts of an OpenDocument are, which ask for no password as an archive."""
        manifest = self.part("meta-inf/manifest.xml")
        return manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None

    def related(self, source: str, role: str) -> str | None:
        """The name of the part that `source` (or the package, "") calls upon in this role."""
        folder, name = posixpath.split(source)
        relations = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if relations is None else relations.iterchildren(RELATION):
            if relation.get("Type", "").endswith(f"/{role}") and relation.get("TargetMode") != "External":
                target = unquote(relation.get("Target", "")).replace("\\", "/")
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/").lower()
        return None

    def part(self, name: str | None) -> Any:
        """The root element of a part of XML, None where there is no such part. Raises Broken or TooLarge."""
        if name is None or name.lower() not in self._entries:
            return None
        return parsed(self._bytes(name.lower()))

    def _bytes(self, name: str) -> bytes:
        try:
            with self._zip.open(self._entries[name]) as part:
                data = part.read(XML_LIMIT + 1)
        except FAULTS as error:
            raise Broken(str(error)) from error
        if len(data) > XML_LIMIT:
            raise TooLarge(XML_LIMIT)
        return data


def _measure(entries: Iterable[zipfile.ZipInfo]) -> None:
    entries = list(entries)
    texts = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        raise TooLarge(UNPACKED_LIMIT)
    if sum(entry.file_size for entry in texts) > XML_LIMIT:
        raise TooLarge(XML_LIMIT)


def parsed(data: bytes) -> Any:
    """The root element of XML in any Unicode encoding, a Strict document's names made those of all others.

    Nothing outside is loaded; entities are not declared. Raises Broken or TooLarge.
    """
    encoding = None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
        encoding = "utf-8"
    if data.count(b"<") + data.count(b"=") > MOST_SIGNS:
        raise TooLarge(XML_LIMIT)
    if b"<!DOCTYPE" in data[:PROLOGUE]:
        raise Broken("a DTD, which Office never writes")
    if STRICT in data:
        for name in YEARLESS:
            group, rest = name.split(b"/")
            data = data.replace(STRICT + name, TRANSITIONAL + group + b"/2006/" + rest)
    parser = etree.XMLParser(
        encoding=encoding, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except FAULTS as error:
        raise Broken(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise Broken("a DTD, which Office never writes")
    return root
