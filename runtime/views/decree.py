"""What the papers in the layout of the decree have from the office: who signs, and how they are printed."""

from __future__ import annotations

from exchange.decree_paper import DecreePaper
from runtime.office.looking import Looking
from workflow.model.errors import TdktError


class PaperUnprinted(TdktError):
    """The PDF would not say “{gia_tri}”; nothing was written. Write the Word file (--docx) and print that."""

    code = "decree_unprinted"


def chair_name(looking: Looking) -> str:
    """Who signs for the committee today; empty where nobody is recorded."""
    chairs = looking.directory.holding("chair")
    named = (held.name for held in looking.holders if held.account in chairs and held.holds_on(looking.today))
    return next((name for name in named if name), "")


def decree_pdf(looking: Looking, paper: DecreePaper) -> bytes:
    """The paper as a PDF. Raises PaperUnprinted."""
    from exchange.decree_print import NotPrinted, pdf_file
    from exchange.papers.fonts import font

    try:
        return pdf_file(paper, font(looking.environment))
    except NotPrinted as error:
        raise PaperUnprinted(gia_tri=error) from error
