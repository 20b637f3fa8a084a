"""Setting a PDF from what stands in a filled Word document: PDF/A-2a and PDF/UA-1 in one file, with a
time that is told and no clock of its own, so that equal values give equal bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, cast

from exchange.papers.document import Cell, Document, Paragraph, Run, Section, Table
from exchange.papers.fonts import Font
from exchange.papers.unbroken import WHOLE

STANDARDS = ("a-2a", "ua-1")


class NotSet(ValueError):
    """The PDF could not be set; the argument says why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a PDF says of itself: the title that readers show, who made it, the day of its time stamp
    (midnight UTC), and the words that stand across each page, none where they are empty."""

    title: str
    author: str
    day: date
    mark: str = ""


def pdf_of(document: Document, sheet: Sheet, font: Font) -> bytes:
    """The document as it is printed. Raises NotSet where the font lacks a letter."""
    plain = {
        "title": sheet.title,
        "author": sheet.author,
        "mark": sheet.mark,
        "font": font.family,
        "whole": WHOLE,
        "sections": [_plain(section) for section in document.sections],
    }
    made = json.dumps(plain, ensure_ascii=False).encode()
    return compiled({"main": program("paper.typ"), "paper.json": made}, font, day=sheet.day)


def _plain(value: object) -> object:
    """Dataclasses and cells as mappings, runs as lists."""
    if isinstance(value, Run):
        return list(value)
    if isinstance(value, Cell):
        return {name: _plain(each) for name, each in value._asdict().items()}
    if isinstance(value, Section | Paragraph | Table):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def compiled(files: dict[str, bytes], font: Font, *, day: date) -> bytes:
    """The PDF that typst makes of its program and data. Raises NotSet."""
    import typst

    stamp = datetime.combine(day, time(), tzinfo=UTC)
    try:
        # The stubs do not know that it takes several files by their names.
        return bytes(
            cast(Any, typst).compile(
                files,
                pdf_standards=list(STANDARDS),
                timestamp=stamp,
                ignore_system_fonts=True,
                font_paths=[str(font.folder)] if font.folder else [],
            )
        )
    except typst.TypstError as error:
        raise NotSet(error.message) from error


def families(folder: Path) -> list[str]:
    """The font families whose files lie in a folder."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    return list(fonts.families())


@cache
def program(name: str) -> bytes:
    """A program of this folder, as typst reads it."""
    return Path(__file__).with_name(name).read_bytes()
