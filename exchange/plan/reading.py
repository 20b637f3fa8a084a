"""The one entry for plan documents: chooses the reader by the content of a file, not by its name.

A file that cannot be read is a `PlanReading` with one error that says what it is and what to do.
"""

from __future__ import annotations

from pathlib import Path

from exchange.plan.document import Document
from exchange.plan.messages import Findings, Language
from exchange.plan.table import read_table
from exchange.plan.text import NotText, decode, read_text
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Office
from workflow.model.plan import PlanReading

LIMIT = 10
"""Megabytes that a plan document may have."""

MEGABYTE = 1024 * 1024
FOREIGN = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "old_word"),
    (b"{\\rtf", "rtf"),
)


def read_plan(
    source: Path | bytes,
    *,
    office: Office,
    calendar: WorkCalendar,
    language: Language = "en",
    year: int | None = None,
) -> PlanReading:
    """What the document says, with every problem in `language`. Raises nothing for a bad file.

    `year` is that of a plan whose title names none.
    """
    findings = Findings(language)
    document = _document(source, findings)
    if document is None:
        return PlanReading(None, None, (), (), findings.by_line())
    return read_table(document, office=office, calendar=calendar, findings=findings, year=year)


def _document(source: Path | bytes, findings: Findings) -> Document | None:
    data = source if isinstance(source, bytes) else _bytes(source, findings)
    if data is None:
        return None
    foreign = next((key for magic, key in FOREIGN if data[:1024].lstrip().startswith(magic)), None)
    if len(data) > LIMIT * MEGABYTE:
        findings.error(None, "too_large", limit=LIMIT)
    elif not data.strip(b" \t\r\n\f\xef\xbb\xbf\xff\xfe\0"):
        findings.error(None, "empty")
    elif foreign:
        findings.error(None, foreign)
    elif data.startswith(b"PK\x03\x04"):
        return _word(data, findings)
    else:
        return _text(data, findings)
    return None


def _bytes(path: Path, findings: Findings) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT * MEGABYTE + 1)
    except OSError as error:
        findings.error(None, "unreadable", reason=error.strerror or type(error).__name__)
        return None


def _text(data: bytes, findings: Findings) -> Document | None:
    try:
        return read_text(decode(data))
    except NotText:
        findings.error(None, "binary")
    except UnicodeDecodeError as error:
        findings.error(None, "encoding", at=error.start + 1)
    return None


def _word(data: bytes, findings: Findings) -> Document | None:
    from exchange.plan import docx as plan_docx  # python-docx takes a quarter of a second to load

    try:
        return plan_docx.read_docx(data)
    except plan_docx.NotWord:
        findings.error(None, "other_zip")
    except plan_docx.TooLarge as error:
        findings.error(None, "bomb", limit=error.limit // MEGABYTE)
    except plan_docx.Broken:
        findings.error(None, "broken_docx")
    return None
