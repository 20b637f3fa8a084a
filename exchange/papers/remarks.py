"""Remarks beside the rows of a list in a Word file, as comments: they are read in Word and are no words of
the paper, so that its PDF does not have them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from exchange.papers.package import packed, unpacked


def with_remarks(word: bytes, remarks: Mapping[str, str], *, author: str, made: datetime) -> bytes:
    """The Word file with a comment at each row whose first cell is a key of `remarks`; equal ones give equal
    bytes."""
    import docx

    document = docx.Document(BytesIO(word))
    for table in document.tables:
        for row in table.rows:
            said = remarks.get(row.cells[0].text)
            if said:
                runs = [run for cell in row.cells for each in cell.paragraphs for run in each.runs]
                comment: Any = document.add_comment(runs, text=said, author=author, initials="")
                _date(comment, made)
    written = BytesIO()
    document.save(written)
    return packed(unpacked(written.getvalue()))


def _date(comment: Any, made: datetime) -> None:
    """python-docx takes the clock of the computer."""
    from docx.oxml.ns import qn

    comment._comment_elm.set(qn("w:date"), made.strftime("%Y-%m-%dT%H:%M:%SZ"))
