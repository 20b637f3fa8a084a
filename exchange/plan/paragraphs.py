"""What a paragraph is to the table of tasks: a heading, a further line of the last cell, its end or prose."""

from __future__ import annotations

import re

from exchange.plan.assembly import Assembly
from exchange.plan.columns import Columns
from exchange.plan.dates import Heading, read_heading
from exchange.plan.document import Paragraph, TableRow, plain
from exchange.plan.levels import is_label
from exchange.plan.sections import CLOSING, PAGE_NUMBER, is_section
from exchange.plan.task_row import TIMES
from workflow.model.body_tokens import BULLETS

TIMELIKE = re.compile(
    r"[-+*(\s]*(?:\d(?!\d?\s*[.)/]\s*[a-z])|(?:thang|quy|qui|nam|ngay|tuan|ky|dip|thuong xuyen|khi|theo|truoc"
    r"|sau|tu|den|het|hang|ca|dau|giua|cuoi|trong|va|nt|sang|chieu)\b"
    r"|(?:lan|dot|vong|hk|hoc ky) ?(?:thu )?(?:\d|[ivx]+\b))"
)
ENDS_IN_DAY = re.compile(r".{,30}\d\s*/\s*\d{1,2}(?:/\d{4})?")


def take_paragraph(so_far: Assembly, paragraph: Paragraph, following: TableRow | Paragraph | None) -> None:
    """Gives a paragraph to the table: `following` is the part of the document right below it."""
    text = paragraph.text
    if paragraph.gap and PAGE_NUMBER.fullmatch(text):
        return  # it would end the table at every page
    if not so_far.open or so_far.columns is None:
        so_far.add_prose(paragraph)
        return
    found = read_heading(f"{so_far.cut_heading} {text}".strip())
    if found and _goes_on_in_time(so_far, paragraph, found):
        _append(so_far, paragraph)
    elif found:
        so_far.cut_heading = ""
        so_far.resume()
        so_far.take_heading(found)
    elif isinstance(following, TableRow) and _heads_rows(so_far, paragraph, following, so_far.columns):
        so_far.resume()
        so_far.take_group(text, paragraph.line)
    elif CLOSING.match(plain(text)) or is_section(paragraph):
        so_far.close()
        so_far.add_prose(paragraph)
    elif _goes_on(so_far, paragraph):
        _append(so_far, paragraph)
    else:
        so_far.pause(paragraph)


def _heads_rows(so_far: Assembly, paragraph: Paragraph, following: TableRow, columns: Columns) -> bool:
    """Whether a line is the heading of the row right below it, as a merged row comes out of Word."""
    text = paragraph.text
    shouted = text.isupper() and len(text.split()) > 1 and not so_far.known(text)
    below_time = not paragraph.gap and text[0].isupper() and _is_below_time(so_far, text)
    titled = shouted or is_section(paragraph) or below_time
    if CLOSING.match(plain(text)) or not titled:
        return False
    label = columns.cell(following.cells, "number")
    if not (paragraph.gap or following.gap) and len(following.cells) == columns.width:
        return True
    return is_label(label) and 1 < len(following.cells) <= columns.width


def _goes_on(so_far: Assembly, paragraph: Paragraph) -> bool:
    """Whether a paragraph is a further line of the cell that was read last."""
    if not so_far.rows or so_far.paused or so_far.closed:
        return False
    if not paragraph.gap and not so_far.fresh:
        return not _is_below_time(so_far, paragraph.text)
    return paragraph.text[0] in BULLETS and so_far.known(paragraph.text)


def _is_below_time(so_far: Assembly, text: str) -> bool:
    """Whether a line stands below a cell of time and says none: it belongs to no cell."""
    task = so_far.rows[-1] if so_far.rows else None
    if task is None or task.last_role not in TIMES:
        return False
    if TIMELIKE.match(plain(text)) or ENDS_IN_DAY.fullmatch(text):
        return False
    # A list that began with a bullet goes on with it.
    return not (text[0] in BULLETS and task.cell(task.last_role).startswith(text[0]))


def _goes_on_in_time(so_far: Assembly, paragraph: Paragraph, found: Heading) -> bool:
    """Whether `Tháng 12` is a further line of the cell `Tháng 6` right above, and no heading.

    Where months head the rows it is one.
    """
    if not _goes_on(so_far, paragraph) or so_far.fresh:
        return False
    task = so_far.rows[-1]
    if task.last_role not in ("time", "other_time"):
        return False
    above = read_heading(task.cell(task.last_role).split("\n")[-1])
    months = found.month is not None
    if above is None or (above.month is not None) != months:
        return False
    return so_far.quarter is None or (so_far.quarter.month is not None) != months


def _append(so_far: Assembly, paragraph: Paragraph) -> None:
    task = so_far.rows[-1]
    link = " " if paragraph.text[0].islower() else "\n"
    task.join(task.last_role, link, paragraph.text)
    if paragraph.line is not None:
        task.lines.append(paragraph.line)
