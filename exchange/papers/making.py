"""One paper from its template and its facts: filled, set, read back, and handed over only where all of it is
said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from lxml.etree import XMLSyntaxError

from exchange.papers import comparing, filling, word
from exchange.papers.comparing import Held
from exchange.papers.document import Document
from exchange.papers.fonts import Font
from exchange.papers.package import packed
from exchange.papers.setting import NotSet, Sheet, pdf_of
from exchange.papers.unbroken import spelled


class NotMade(ValueError):
    """A paper that does not come out right; the argument names what is wrong."""


class Differs(NotMade):
    """What was made does not say what the record says."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a paper is made of. `facts` are what its template may ask for; `held` of these what it must
    say; `mark` stands on each page of what is no issued paper; `persons` are names that are not broken
    between họ and tên lót."""

    facts: Mapping[str, Any]
    held: Held
    title: str
    author: str
    day: date
    mark: str = ""
    persons: tuple[str, ...] = ()


class Made(NamedTuple):
    word: bytes
    pdf: bytes


def made(template: bytes, asked: Asked, font: Font) -> Made:
    """The paper as a Word file and as a PDF. Raises NotMade, of it Differs."""
    try:
        parts = filling.fill(
            template,
            {**asked.facts, "mark": asked.mark},
            title=asked.title,
            author=asked.author,
            day=asked.day.isoformat(),
        )
        document = word.read(parts)
        sheet = Sheet(asked.title, asked.author, asked.day, asked.mark)
        pdf = pdf_of(document.respelled(spelled(asked.persons)), sheet, font)
    except (filling.NotFilled, NotSet, XMLSyntaxError) as error:
        raise NotMade(str(error)) from error
    pages = comparing.pages_of(pdf)
    _refuse_differences(asked, document, pages)
    if beyond := comparing.off_the_page(pdf):
        raise Differs(f"“{beyond}”")
    return Made(packed(parts), pdf)


def _refuse_differences(asked: Asked, document: Document, pages: list[str]) -> None:
    """Raises Differs with what is not said, in the Word file or in print."""
    said = comparing.text_of(document)
    missing = list(comparing.lacking(asked.held, said)) or list(comparing.miscounted(asked.held, document))
    if asked.mark and not all(asked.mark in each for each in document.marks):
        missing.append(asked.mark)
    printed = comparing.text_of_pdf(pages, mark=asked.mark)
    if not missing:
        missing = list(comparing.lacking(asked.held, printed))
    if not missing and (unprinted := comparing.unprinted(document, printed)) is not None:
        missing.append(unprinted)
    if (
        not missing
        and asked.mark
        and not all(comparing.bare(asked.mark) in comparing.bare(page) for page in pages)
    ):
        missing.append(asked.mark)
    if missing:
        raise Differs("; ".join(f"“{each}”" for each in missing[:3]))
