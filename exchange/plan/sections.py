"""Paragraphs of a plan: which are headings, its end or a page's number, and which are one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exchange.plan.document import Paragraph
from workflow.model.body_tokens import BULLETS

SECTION = re.compile(
    r"(?:[IVX]{1,5}|[A-H])\s*[./)-]\s*[^\W\d_].*|(?i:phần|mục|chương|phụ lục)\s+(?:[IVX]+|\d+).*"
)
CLOSING = re.compile(
    r"noi nhan\b.*|luu ?: ?vt.*|(?:tm|kt|tl|tuq) ?\. .*|\(?(?:da )?ky\b(?: ten)?[,)].*"
    r"|nguoi lap(?: bieu| bang| ke hoach)?(?: thu truong.*| hieu truong.*| chu tich.*| truong.*)?"
    r"|(?:xac nhan|phe duyet|duyet) cua .*|thu truong (?:don vi|co quan)"
)
PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*", re.IGNORECASE)


def is_section(paragraph: Paragraph) -> bool:
    """A heading of the document: `III. KINH PHÍ`, or a line in capitals that stands by itself."""
    words = paragraph.text.lstrip(BULLETS + " ")
    return bool(SECTION.fullmatch(words)) or (paragraph.gap and words.isupper() and len(words.split()) > 1)


def sentences(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """The paragraphs, with those joined that a page break cut in mid-sentence."""
    held: list[Paragraph] = []
    for paragraph in paragraphs:
        begins = paragraph.text[0] in BULLETS or not paragraph.text[0].islower()
        if held and (begins or held[-1].text[-1] in ".;:!?"):
            yield _joined(held)
            held = []
        held.append(paragraph)
    if held:
        yield _joined(held)


def _joined(paragraphs: list[Paragraph]) -> Paragraph:
    text = " ".join(paragraph.text for paragraph in paragraphs)
    return Paragraph(paragraphs[0].line, text, gap=paragraphs[0].gap)
