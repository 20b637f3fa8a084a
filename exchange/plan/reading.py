"""Reads a plan document: the format is told by the file's content, not by its name.

A file that cannot be read gives a `PlanReading` with one error, which says what the file is and what to do.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exchange.plan.document import Beyond, Document, readable_parts
from exchange.plan.formats import format_of
from exchange.plan.issued import issued_in
from exchange.plan.problems import Problems
from exchange.plan.table import read_table
from exchange.plan.task_row import quoted
from exchange.plan.text import NotText, decode, read_text
from exchange.sheets.faults import Unreadable
from workflow.model.calendar import WorkCalendar
from workflow.model.causes import cause_of
from workflow.model.definition import Language, Office
from workflow.model.plan import PlanReading

LIMIT = 10
"""Megabytes that a plan document may have."""

MEGABYTE = 1024 * 1024


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
    if document.pictures and not document.parts:
        problems.error(None, "scan")
        return PlanReading(None, None, (), (), problems.by_line())
    for remark in document.remarks:
        problems.warn(remark.line, remark.key, text=quoted(remark.text))
    reading = read_table(document, office=office, calendar=calendar, problems=problems, year=year)
    for text in document.floating:
        if text not in (reading.title or ""):
            problems.warn(None, "floating_unread", text=quoted(text))
    return replace(reading, issued=issued_in(document), problems=problems.by_line())


def _document(source: Path | bytes, problems: Problems) -> Document | None:
    data = source if isinstance(source, bytes) else _bytes(source, problems)
    if data is None:
        return None
    if len(data) > LIMIT * MEGABYTE:
        problems.error(None, "too_large", limit=LIMIT)
        return None
    if not data.strip(b" \t\r\n\f\xef\xbb\xbf\xff\xfe\0"):
        problems.error(None, "empty")
        return None
    format = format_of(data)
    reads = {"zip": _archive, "workbook": _workbook, "text": _text}.get(format)
    if reads is None:
        problems.error(None, format)
        return None
    try:
        return reads(data, problems)
    except Beyond as error:
        problems.error(error.line, error.key, limit=error.limit)
    return None


def _bytes(path: Path, problems: Problems) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(LIMIT * MEGABYTE + 1)
    except OSError as error:
        problems.error(None, "unreadable", reason=getattr(cause_of(error), problems.language))
        return None


def _text(data: bytes, problems: Problems) -> Document | None:
    try:
        return read_text(decode(data))
    except NotText:
        problems.error(None, "binary")
    except UnicodeDecodeError as error:
        problems.error(None, "encoding", at=error.start + 1)
    return None


def _archive(data: bytes, problems: Problems) -> Document | None:
    from exchange.plan import archive  # lxml takes a while to load
    from exchange.plan.open_text import read_open_text
    from exchange.plan.word.reading import read_word

    try:
        opened = archive.Archive(data)
        if (kind := opened.kind()) == "word":
            return read_word(opened)
        if kind == "open_text":
            return read_open_text(opened)
        if kind == "workbook":
            return _workbook(data, problems)
        problems.error(None, kind)
    except archive.Locked:
        problems.error(None, "password")
    except archive.TooLarge as error:
        problems.error(None, "bomb", limit=error.limit // MEGABYTE)
    except archive.Broken:
        problems.error(None, "broken_docx")
    return None


def _workbook(data: bytes, problems: Problems) -> Document | None:
    from exchange.plan.workbook import read_sheets

    try:
        return read_sheets(data)
    except Unreadable as error:
        problems.error(None, "workbook", reason=error.said(problems.language))
    return None
