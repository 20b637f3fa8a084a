"""Word files made of bare XML, as other programs and odd hands write them: what python-docx cannot make."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
BY = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
HIDDEN = "<w:vanish/>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """Of XML; text that is no XML becomes one run."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs if each)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def numbered(list_id: int, level: int = 0, *runs: str) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(*runs, properties=numbering)


def cell(*blocks: str, properties: str = "") -> str:
    inner = "".join(each if each.startswith("<") else paragraph(each) for each in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    inner = "".join(each if each.startswith("<w:tc>") else cell(each) for each in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def modern_box(*blocks: str) -> str:
    """A text box as Word writes it since 2010: once for itself and once for older programs."""
    inner = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"<w:drawing><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def old_box(*blocks: str) -> str:
    inner = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return f"<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"


def styles(*elements: str) -> str:
    return f"<w:styles {NAMESPACES}>{''.join(elements)}</w:styles>"


def style(
    id: str, *, kind: str = "paragraph", based_on: str = "", inner: str = "", usual: bool = False
) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    default = ' w:default="1"' if usual else ""
    return f'<w:style w:type="{kind}" w:styleId="{id}"{default}><w:name w:val="{id}"/>{base}{inner}</w:style>'


def numbering(*elements: str) -> str:
    return f"<w:numbering {NAMESPACES}>{''.join(elements)}</w:numbering>"


def level(at: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(id: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{id}">{"".join(levels)}</w:abstractNum>'


def listed(id: int, definition_id: int, *changes: str) -> str:
    return f'<w:num w:numId="{id}"><w:abstractNumId w:val="{definition_id}"/>{"".join(changes)}</w:num>'


def word(
    *blocks: str,
    styles: str = "",
    numbering: str = "",
    main: str = "word/document.xml",
    target: str = "",
    encoding: str = "utf-8",
) -> bytes:
    """A whole package. `target` is how the relationship names the main part, where that is not `main`."""
    folder, name = main.rsplit("/", 1)
    parts = {
        "_rels/.rels": _relations(officeDocument=target or main),
        main: f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>",
    }
    called = {role: text for role, text in (("styles", styles), ("numbering", numbering)) if text}
    parts |= {f"{folder}/{role}.xml": text for role, text in called.items()}
    parts[f"{folder}/_rels/{name}.rels"] = _relations(**{role: f"{role}.xml" for role in called})
    return packed({part: _encoded(text, encoding) for part, text in parts.items()})


def _relations(**targets: str) -> str:
    inner = "".join(
        f'<Relationship Id="r{role}" Type="{OFFICE}/{role}" Target="{target}"/>'
        for role, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def _encoded(text: str, encoding: str) -> bytes:
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)


def strict(data: bytes) -> bytes:
    """The same document in the Strict form of the standard, which Word can save."""
    renamed = {}
    for name, part in unpacked(data).items():
        words = part.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        renamed[name] = words.replace(
            OFFICE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
    return packed(renamed)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return file.getvalue()
