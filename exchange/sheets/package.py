"""The archive that a workbook is (.xlsx, .xlsm, .ods), measured and packed anew while it is looked through.

Sizes in an archive's directory are claims, and its parts may have any name. What python-calamine gets is
therefore what was counted here, under the usual names, and only what it reads: no pictures and no macros.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from exchange.sheets import excel_look, ods_look
from exchange.sheets.faults import Unreadable
from exchange.sheets.looks import MEGABYTE, Look, Package, local, parse

UNPACKED_LIMIT = 64 * MEGABYTE
"""Bytes of all parts that are read; 20,000 rows of twelve cells have some 15 MB."""
STEP = 256 * 1024
MOST_PARTS, MOST_SHEETS, MOST_STRINGS = 5_000, 250, 500_000

MIMETYPE, CONTENT, MANIFEST = "mimetype", "content.xml", "META-INF/manifest.xml"
PACKAGE_RELATIONS, MAIN, RELATIONS = "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
SHEET, OF_SHEETS = "worksheet", frozenset({"worksheet", "chartsheet", "dialogsheet"})
OTHERS = {"xl/workbook.bin": "xlsb", "word/document.xml": "word"}

NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class _Relation:
    """That a part uses another: the id by which it does, the kind (`worksheet`), and the other's name."""

    id: str
    kind: str
    target: str


def measured(content: bytes) -> Package:
    """Raises Unreadable for an archive that is no workbook, damaged, locked, or larger than is read."""
    file = io.BytesIO()
    with _opened(content) as archive:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            looks, from_1904 = _looked_through(_Packing(archive, packed))
        return Package(file.getvalue(), looks, from_1904)


def _looked_through(packing: _Packing) -> tuple[tuple[Look, ...], bool]:
    """The looks at the sheets, and whether days count from 1904."""
    if packing.has(CONTENT) and packing.has(MIMETYPE):
        return _ods(packing), False
    main = _main(packing)
    if packing.has(main) and main.lower() not in OTHERS:
        return _excel(packing, main)
    raise Unreadable(next((cause for part, cause in OTHERS.items() if packing.has(part)), "no_workbook"))


@contextmanager
def _opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(part.flag_bits & 1 for part in archive.infolist()):
                raise Unreadable("password")
            yield archive
    except Unreadable:
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        RuntimeError,
        ValueError,
        LookupError,
    ) as error:
        # An unknown compression is a RuntimeError, a place before the file's beginning a ValueError.
        raise Unreadable("broken") from error


class _Packing:
    """An archive under reading, and the one that is made of it; what is unpacked is counted before."""

    def __init__(self, archive: zipfile.ZipFile, packed: zipfile.ZipFile) -> None:
        self.archive = archive
        self.packed = packed
        self.names = {name.replace("\\", "/").strip("/").lower(): name for name in archive.namelist()}
        if len(self.names) > MOST_PARTS:
            raise Unreadable("bomb", limit=UNPACKED_LIMIT // MEGABYTE)
        self.unpacked = 0

    def has(self, name: str) -> bool:
        return name.lower() in self.names

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, piece by piece. Raises Unreadable where all that was unpacked is more than is read."""
        actual = self.names[name.lower()]
        self._count(self.archive.getinfo(actual).file_size)
        # No more than its claimed size comes of a part, and none at all where its checksum differs.
        with self.archive.open(actual) as part:
            while piece := part.read(STEP):
                yield piece

    def _count(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > UNPACKED_LIMIT:
            raise Unreadable("bomb", limit=UNPACKED_LIMIT // MEGABYTE)

    def whole(self, name: str) -> bytes:
        return b"".join(self.pieces(name)) if self.has(name) else b""

    def copied(self, name: str, to: str) -> Iterator[bytes]:
        """A part, which is packed anew under the name `to` once all of it was looked through."""
        whole = []
        for piece in self.pieces(name):
            whole.append(piece)
            yield piece
        with self.packed.open(to, "w") as copy:
            copy.writelines(whole)


# -- OpenDocument ----------------------------------------------------------------------------------------


def _ods(packing: _Packing) -> tuple[Look, ...]:
    mimetype, manifest = packing.whole(MIMETYPE), packing.whole(MANIFEST)
    if b"spreadsheet" not in mimetype:
        raise Unreadable("word" if b"opendocument.text" in mimetype else "no_workbook")
    if b"encryption-data" in manifest:
        raise Unreadable("password")
    packing.packed.writestr(MIMETYPE, mimetype)
    packing.packed.writestr(MANIFEST, manifest)
    return ods_look.look_through(packing.copied(CONTENT, CONTENT))


# -- Excel -----------------------------------------------------------------------------------------------


def _main(packing: _Packing) -> str:
    """The part with the list of sheets, which some programs name otherwise."""
    found = _relations(packing, PACKAGE_RELATIONS, folder="")
    return next((each.target for each in found if each.kind == "officeDocument"), MAIN)


def _relations(packing: _Packing, part: str, *, folder: str) -> tuple[_Relation, ...]:
    found: list[_Relation] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found.append(_Relation(attributes.get("Id", ""), kind, path))

    if packing.has(part):
        parse(packing.pieces(part), start)
    return tuple(found)


def _excel(packing: _Packing, main: str) -> tuple[tuple[Look, ...], bool]:
    folder, name = posixpath.split(main)
    used = _relations(packing, posixpath.join(folder, "_rels", f"{name}.rels"), folder=folder)
    present = {each.id: each for each in used if packing.has(each.target)}
    sheets, from_1904 = _sheets(packing, main)
    formats = _copy_formats(packing, present.values())
    _copy_strings(packing, present.values())
    looks: list[Look] = []
    packed: dict[str, _Relation] = {}
    for at, (title, relation) in enumerate(sheets, 1):
        if relation not in present or relation in packed:
            raise Unreadable("broken")
        sheet = present[relation]
        kind = sheet.kind if sheet.kind in OF_SHEETS else SHEET
        packed[relation] = _Relation(relation, kind, f"{kind}s/sheet{at}.xml")
        pieces = packing.copied(sheet.target, f"xl/{packed[relation].target}")
        looks.append(excel_look.look_through(title, pieces, formats))
    packing.packed.writestr(PACKAGE_RELATIONS, _written([_Relation("main", "officeDocument", MAIN)]))
    packing.packed.writestr(RELATIONS, _written(packed.values()))
    return tuple(looks), from_1904


def _sheets(packing: _Packing, main: str) -> tuple[list[tuple[str, str]], bool]:
    """Each sheet's name and the id of its part in their order; whether days count from 1904."""
    sheets: list[tuple[str, str]] = []
    from_1904 = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal from_1904
        if local(tag) == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation))
        elif local(tag) == "workbookPr":
            from_1904 = attributes.get("date1904") in ("1", "true", "on")

    parse(packing.copied(main, MAIN), start)
    if not sheets or len(sheets) > MOST_SHEETS:
        raise Unreadable("broken")
    return sheets, from_1904


def _copy_formats(packing: _Packing, used: Iterable[_Relation]) -> excel_look.Formats:
    """Styles that are broken are left out: values are read all the same, and days are numbers then."""
    part = next((each.target for each in used if each.kind == "styles"), None)
    styles = packing.whole(part) if part else b""
    formats = excel_look.formats_of(styles) if styles else None
    if formats is not None:
        packing.packed.writestr(STYLES, styles)
    return formats or excel_look.Formats()


def _copy_strings(packing: _Packing, used: Iterable[_Relation]) -> None:
    part = next((each.target for each in used if each.kind == "sharedStrings"), None)
    count = 0

    def start(tag: str, _attributes: Mapping[str, str]) -> None:
        nonlocal count
        count += local(tag) == "si"
        if count > MOST_STRINGS:
            raise Unreadable("bomb", limit=UNPACKED_LIMIT // MEGABYTE)

    if part:
        parse(packing.copied(part, STRINGS), start)


def _written(relations: Iterable[_Relation]) -> str:
    each = (
        f'<Relationship Id={quoteattr(one.id)} Type="{KINDS}/{one.kind}" Target="{one.target}"/>'
        for one in relations
    )
    return f'<Relationships xmlns="{NAMESPACE}">{"".join(each)}</Relationships>'
