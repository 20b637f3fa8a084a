"""Filling a Word template with a paper's facts: equal facts give equal bytes, and what the template asks
for and the facts do not have is a fault, never a gap."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import takewhile
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from exchange.papers.package import NotWord, unpacked
from exchange.papers.unbroken import HYPHEN, held
from exchange.papers.word import PARAGRAPH, ROW, SECTION, TABLE, has_lines, tree
from exchange.plan.word.names import switched, under, w

CORE = "docProps/core.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
LAST_ROWS, MOST_CLOSING = 2, 4
"""So many rows of a list stand on the page of what closes it, which is so many paragraphs at most: a text
goes on from page to page."""
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
    root = tree(parts["word/document.xml"])
    _drop_empty_end(root)
    _hold_ends(root)
    _hold_together(root)
    parts["word/document.xml"] = bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    )
    parts[CORE] = _CORE.format(title=escape(title), author=escape(author), day=day).encode()
    return parts


def _drop_empty_end(root: Any) -> None:
    """Drops a last section in which nothing stands, such as a list that is not needed this time: it would
    be an empty page."""
    body = under(root, w("body"))
    last = body[-1]
    breaks = [each for each in body if under(each, w("pPr"), SECTION) is not None]
    if not breaks or last.tag != SECTION:
        return
    after = list(breaks[-1].itersiblings())[:-1]
    if any(each.tag == TABLE or "".join(each.itertext(w("t"))).strip() for each in after):
        return
    for each in (*after, last):
        body.remove(each)
    body.append(under(breaks[-1], w("pPr"), SECTION))
    body.remove(breaks[-1])


def _hold_ends(root: Any) -> None:
    """Keeps what closes a list, its sum in words and who signs, on the page of its last rows: each section
    that ends so."""
    blocks: list[Any] = []
    for each in under(root, w("body")):
        if each.tag != SECTION:
            blocks.append(each)
        if each.tag == SECTION or under(each, w("pPr"), SECTION) is not None:
            _hold_end([each for each in blocks if under(each, w("pPr"), SECTION) is None])
            blocks = []


def _hold_end(blocks: list[Any]) -> None:
    signed = bool(blocks) and blocks[-1].tag == TABLE and not has_lines(blocks[-1])
    closing = list(takewhile(lambda each: each.tag == PARAGRAPH, reversed(blocks[:-1] if signed else blocks)))
    before = blocks[: len(blocks) - len(closing) - signed]
    listed = before and before[-1].tag == TABLE and has_lines(before[-1])
    if not listed or not closing or len(closing) > MOST_CLOSING:
        return
    rows = [row for row in before[-1].iterchildren(ROW) if not switched(row, w("trPr"), w("tblHeader"))]
    for row in rows[-LAST_ROWS:]:
        for paragraph in row.iter(PARAGRAPH):
            _keep(paragraph)
    for paragraph in closing if signed else closing[1:]:
        _keep(paragraph)


def _keep(paragraph: Any) -> None:
    """On one page with what follows; where the schema has it, after the style."""
    properties = under(paragraph, w("pPr"))
    if properties is None:
        properties = etree.Element(w("pPr"))
        paragraph.insert(0, properties)
    for said in properties.findall(w("keepNext")):
        properties.remove(said)
    styled = len(properties) > 0 and properties[0].tag == w("pStyle")
    properties.insert(1 if styled else 0, etree.Element(w("keepNext")))


def _hold_together(root: Any) -> None:
    """Writes numbers, shares and periods with the signs at which no line ends. Word has an element of its own
    for such a hyphen, which stands in whatever font there is."""
    for said in list(root.iter(w("t"))):
        text = held(said.text or "")
        if text == said.text:
            continue
        first, *rest = text.split(HYPHEN)
        said.text = first
        said.set(SPACE, "preserve")
        for piece in reversed(rest):
            after = etree.Element(w("t"))
            after.text = piece
            after.set(SPACE, "preserve")
            said.addnext(after)
            said.addnext(etree.Element(w("noBreakHyphen")))
