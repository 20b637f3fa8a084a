"""Reads a plan document: the format is told by the file's content, not by its name.

A file that cannot be read gives a `PlanReading` with one error, which says what the file is and what to do.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exchange.plan.document import Document, readable_parts
from exchange.plan.issued import issued_in
from exchange.plan.messages import Problems
from exchange.plan.table import read_table
from exchange.plan.text import NotText, decode, read_text
from workflow.model.calendar import WorkCalendar
from workflow.model.definition import Language, Office
from workflow.model.plan import PlanReading

LIMIT = 10
"""Megabytes that a plan document may have."""

MEGABYTE = 1024 * 1024
OTHER_FORMATS = (
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
    """The plan that the document holds, with every problem in `language`. Raises nothing for a bad file.

    `year` is taken for a plan whose title names none.
    """
    problems = Problems(language)
    document = _document(source, problems)
    if document is None:
        return PlanReading(None, None, (), (), problems.by_line())
    document = readable_parts(document)
    reading = read_table(document, office=office, calendar=calendar, problems=problems, year=year)
    return replace(reading, issued=issued_in(document))


def _document(source: Path | bytes, problems: Problems) -> Document | None:
    data = source if isinstance(source, bytes) else _bytes(source, problems)
    if data is None:
        return None
    other = next((key for magic, key in OTHER_FORMATS if data[:1024].lstrip().startswith(magic)), None)
    if len(data) > LIMIT * MEGABYTE:
        problems.error(None, "too_large", limit=LIMIT)
    elif not data.strip(b" \t\r\n\f\xef\xbb\xbf\xff\xfe\0"):
        problems.error(None, "empty")
    elif other:
        problems.error(None, other)
    elif data.startswith(b"PK\x03\x04"):
        return _word(data, problems)
    else:
        return _text(data, problems)
    return None


def _bytes(path: Path, problems: Problems) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT * MEGABYTE + 1)
    except OSError as error:
        problems.error(None, "unreadable", reason=error.strerror or type(error).__name__)
        return None


def _text(data: bytes, problems: Problems) -> Document | None:
    try:
        return read_text(decode(data))
    except NotText:
        problems.error(None, "binary")
    except UnicodeDecodeError as error:
        problems.error(None, "encoding", at=error.start + 1)
    return None


def _word(data: bytes, problems: Problems) -> Document | None:
    from exchange.plan import docx as plan_docx  # python-docx takes a quarter of a second to load

    try:
        return plan_docx.read_docx(data)
    except plan_docx.NotWord:
        problems.error(None, "other_zip")
    except plan_docx.TooLarge as error:
        problems.error(None, "bomb", limit=error.limit // MEGABYTE)
    except plan_docx.Broken:
        problems.error(None, "broken_docx")
    return None
