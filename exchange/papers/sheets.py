"""Certificates set by coordinates on pre-printed sheets, many in one PDF, and read back before they are
handed over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from exchange.papers.comparing import bare, off_the_page, pages_of
from exchange.papers.fonts import Font
from exchange.papers.making import Differs, NotMade
from exchange.papers.setting import NotSet, Sheet, compiled, program


@dataclass(frozen=True, slots=True)
class Placed:
    """A text at its place: `x`, `y` and `width` in millimetres, `size` and `least` in points. `y` is where
    its first line stands."""

    text: str
    x: float
    y: float
    width: float
    size: float
    least: float
    lines: int
    align: str
    bold: bool
    italic: bool


def certificates(
    pages: Sequence[Sequence[Placed]], sheet: Sheet, font: Font, *, size: tuple[float, float], grid: bool
) -> bytes:
    """A page for each; `size` is width and height in millimetres, `grid` draws both with the places of the
    fields, to be laid over a printed sheet. Raises NotMade, of it Differs where a page lacks a word."""
    width, height = size
    said = {
        "title": sheet.title,
        "author": sheet.author,
        "mark": sheet.mark,
        "font": font.family,
        "width": width,
        "height": height,
        "grid": grid,
        "pages": [[asdict(field) for field in fields] for fields in pages],
    }
    files = {"main": program("certificate.typ"), "sheet.json": json.dumps(said, ensure_ascii=False).encode()}
    try:
        pdf = compiled(files, font, day=sheet.day)
    except NotSet as error:
        raise NotMade(str(error)) from error
    _refuse_differences(pages, pages_of(pdf))
    if beyond := off_the_page(pdf):
        raise Differs(f"“{beyond}”")
    return pdf


def _refuse_differences(pages: Sequence[Sequence[Placed]], printed: Sequence[str]) -> None:
    """What does not fit on its page would be on another one, or on none."""
    if len(printed) != len(pages):
        raise Differs(f"{len(printed)} ≠ {len(pages)}")
    for fields, page in zip(pages, map(bare, printed), strict=True):
        for field in fields:
            if bare(field.text) not in page:
                raise Differs(f"“{field.text}”")
