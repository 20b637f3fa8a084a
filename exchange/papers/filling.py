"""Filling a Word template with a paper's facts: equal facts give equal bytes, and what the template asks
for and the facts do not have is a fault, never a gap."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from exchange.papers.package import NotWord, unpacked
from exchange.papers.word import SECTION, TABLE, tree
from exchange.plan.word.names import under, w

CORE = "docProps/core.xml"
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>vi-VN</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)


class NotFilled(ValueError):
    """The template could not be filled; the argument says why."""


def fill(template: bytes, facts: Mapping[str, Any], *, title: str, author: str, day: str) -> dict[str, bytes]:
    """The parts of the filled document. What Word wrote of whoever edited the template does not go along:
    `title`, `author` and `day` (ISO) are all that the paper says of itself. Raises NotFilled."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        paper = DocxTemplate(BytesIO(template))
        paper.render(dict(facts), environment, autoescape=True)
        written = BytesIO()
        paper.save(written)
        parts = unpacked(written.getvalue())
    except (TemplateError, NotWord, KeyError, ValueError) as error:
        raise NotFilled(str(error)) from error
    parts["word/document.xml"] = _without_empty_end(parts["word/document.xml"])
    parts[CORE] = _CORE.format(title=escape(title), author=escape(author), day=day).encode()
    return parts


def _without_empty_end(part: bytes) -> bytes:
    """The document without a last section in which nothing stands, such as a list that is not needed this
    time: it would be an empty page."""
    root = tree(part)
    body = under(root, w("body"))
    last = body[-1]
    breaks = [each for each in body if under(each, w("pPr"), SECTION) is not None]
    if not breaks or last.tag != SECTION:
        return part
    after = list(breaks[-1].itersiblings())[:-1]
    if any(each.tag == TABLE or "".join(each.itertext(w("t"))).strip() for each in after):
        return part
    for each in (*after, last):
        body.remove(each)
    body.append(under(breaks[-1], w("pPr"), SECTION))
    body.remove(breaks[-1])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
