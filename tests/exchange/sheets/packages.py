"""Workbooks for tests, part by part: small ones from XML, and others with parts rewritten or left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_KINDS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def small_workbook(
    sheet: str,
    *,
    main: str = "xl/workbook.xml",
    namespace: str = MAIN,
    kinds: str = KINDS,
    book: str = "",
    **others: str,
) -> bytes:
    """A workbook of one sheet whose XML is `sheet`; `others` are parts by kind: `styles`, `sharedStrings`."""
    folder, _, name = main.rpartition("/")
    related = {"worksheet": "sheet", **{kind: kind for kind in others}}
    return archive(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _relations({"officeDocument": main}, kinds),
            main: f'<workbook xmlns="{namespace}" xmlns:r="{kinds}">{book}'
            '<sheets><sheet name="Bảng" sheetId="1" r:id="worksheet"/></sheets></workbook>',
            f"{folder}/_rels/{name}.rels": _relations(
                {kind: f"{part}.xml" for kind, part in related.items()}, kinds
            ),
            f"{folder}/sheet.xml": f'<worksheet xmlns="{namespace}">{sheet}</worksheet>',
            **{f"{folder}/{kind}.xml": content for kind, content in others.items()},
        }
    )


def _relations(targets: Mapping[str, str], kinds: str) -> str:
    each = (
        f'<Relationship Id="{kind}" Type="{kinds}/{kind}" Target="{to}"/>' for kind, to in targets.items()
    )
    return f"<Relationships>{''.join(each)}</Relationships>"


def rows_of(*rows: str) -> str:
    """Sheet data of rows, each given by its cells' XML."""
    return f"<sheetData>{''.join(f'<row>{row}</row>' for row in rows)}</sheetData>"


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def rezipped(
    content: bytes, edit: Callable[[str, bytes], bytes] = lambda _name, part: part, drop: Collection[str] = ()
) -> bytes:
    """The workbook with its parts edited, and some of them left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        return archive({name: edit(name, read.read(name)) for name in read.namelist() if name not in drop})


def open_document(tables: str, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    """An .ods whose tables are this XML."""
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in ODS_NAMES.items())
    return archive(
        {
            "mimetype": ODS,
            "META-INF/manifest.xml": manifest,
            "content.xml": f"<office:document-content {names}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:spreadsheet>{tables}"
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_cell(kind: str, shown: str, value: str = "", more: str = "") -> str:
    """A cell of an .ods: `value` is its attribute with the value, `more` further ones."""
    return (
        f'<table:table-cell office:value-type="{kind}" {value} {more}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def ods_row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"
