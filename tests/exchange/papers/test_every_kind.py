"""What every kind of paper must be, whatever stands in it: archived and read aloud, within the margins of the
decree, its pages numbered, its Word file one that other programs open."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from exchange.papers import fonts
from exchange.papers.comparing import Held, pages_of
from exchange.papers.making import Asked, Made, made
from exchange.papers.package import unpacked
from exchange.papers.word import read
from runtime.care.templates import SAMPLE, invented
from runtime.views.papers.facts import Signature
from runtime.views.papers.kinds import RECORDS
from tests.exchange.papers.test_making import MM, objects, words_at
from tests.paper_facts import DAY
from tests.paper_templates.shipped import TEMPLATES

FONT = fonts.font(os.environ)
LONG = 24
"""So many of what there may be several fill some pages."""
TOP, BOTTOM, LEFT, RIGHT = 20, 15, 20, 15
"""The least margins in millimetres; a page that stands has 30 at the left (NĐ 30/2020, appendix I)."""


def paper(kind: str, times: int) -> Made:
    facts = invented(RECORDS[kind], times)
    facts = replace(facts, **{each.name: signing(getattr(facts, each.name)) for each in fields(facts)})
    return made(TEMPLATES[kind](), Asked(facts.asked(), Held(()), kind, "UBND", DAY), FONT)


def signing(value: Any) -> Any:
    """Of who signs as many as there may be: three, each in two lines."""
    if isinstance(value, Signature):
        return value._replace(capacity=value.capacity[:2])
    if isinstance(value, tuple) and value and isinstance(value[0], Signature):
        return tuple(map(signing, value[:3]))
    return value


@pytest.fixture(scope="module", params=RECORDS)
def long(request: pytest.FixtureRequest) -> Made:
    return paper(request.param, LONG if RECORDS[request.param].__name__ != "PlanPaper" else 5)


def test_it_is_archived_tagged_vietnamese_and_has_its_fonts_in_it(long: Made) -> None:
    held = objects(long.pdf)

    for said in (b"/Lang(vi)", b"/StructTreeRoot", b"<pdfaid:part>2<", b"<pdfaid:conformance>A<"):
        assert said in held
    assert b"<pdfuaid:part>1<" in held
    assert held.count(b"/FontFile2 ") == held.count(b"/FontDescriptor/FontName") >= 1


def test_its_words_stand_within_the_margins(long: Made) -> None:
    with pypdfium2.PdfDocument(long.pdf) as opened:
        sizes = [page.get_size() for page in opened]
    for number, (width, height) in enumerate(sizes):
        boxes = [box for text, box in words_at(long.pdf, number) if not re.fullmatch(r"\s*\d+\s*", text)]
        left = 30 if width < height else LEFT
        assert min(box[0] for box in boxes) >= left * MM - 1
        assert max(box[2] for box in boxes) <= width - RIGHT * MM + 1
        assert min(box[1] for box in boxes) >= BOTTOM * MM - 1
        assert max(box[3] for box in boxes) <= height - TOP * MM + 1


def test_its_pages_are_numbered_but_the_first_of_each_section(long: Made) -> None:
    sections = read(unpacked(long.word)).sections

    numbered = [page for page in pages_of(long.pdf) if re.match(r"\s*\d+\s*\n", page)]

    assert len(numbered) == len(pages_of(long.pdf)) - len(sections)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_word_file_opens_in_libreoffice_and_converts(tmp_path: Path) -> None:
    for kind in RECORDS:
        (tmp_path / f"{kind}.docx").write_bytes(paper(kind, 2).word)

    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", *(f"{kind}.docx" for kind in RECORDS)],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        check=True,
        capture_output=True,
        timeout=300,
    )

    for kind in RECORDS:
        assert SAMPLE in "".join(pages_of((tmp_path / f"{kind}.pdf").read_bytes()))
