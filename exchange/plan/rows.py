"""Puts the tasks' rows together from a document: finds the header, joins cut rows, carries headings down.

It stands between `exchange.plan.document` (what stands where) and `exchange.plan.table` (what it means). A
row that a page break cut in two is one here; each has the heading above it and the lines that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from exchange.plan import columns as plan_columns
from exchange.plan.assembly import Assembly
from exchange.plan.columns import Columns
from exchange.plan.dates import Heading, read_heading
from exchange.plan.document import AUTOMATIC, Document, Paragraph, TableRow, one_line, plain
from exchange.plan.levels import CONTENT_LABEL, GROUP, is_label, tasks_of
from exchange.plan.paragraphs import take_paragraph
from exchange.plan.problems import Problems
from exchange.plan.row_shapes import (
    begins,
    has_numbers,
    header_below,
    is_ditto,
    is_own,
    is_total,
    once_across,
    stands_alone,
)
from exchange.plan.sections import CLOSING, SECTION
from exchange.plan.task_row import DUTIES, INTEGER, ROLES_READ, TaskRow, quoted
from workflow.model.body_tokens import BULLETS

UNFINISHED = (",", ":", "-", " va", " cua", " cho", " ve")


@dataclass(frozen=True, slots=True)
class Table:
    """The tasks' rows of all the document's tables, with the paragraphs before and after them."""

    rows: tuple[TaskRow, ...]
    columns: Columns | None
    header_line: int | None
    before: tuple[Paragraph, ...]
    after: tuple[Paragraph, ...]
    headings: tuple[Heading, ...]


def table(document: Document, problems: Problems, *, known: Callable[[str], bool]) -> Table:
    """The rows of the document's tasks; problems met on the way go to `problems`.

    `known` tells whether a text lists known bodies and nothing else: such a line without tabs belongs to the
    row above it.
    """
    so_far = Assembly(problems, known, has_numbers(document))
    for part, following in zip(document.parts, [*document.parts[1:], None], strict=False):
        if isinstance(part, TableRow):
            _take(so_far, part)
        else:
            take_paragraph(so_far, part, following)
    return Table(
        tuple(tasks_of(so_far.rows, problems)),
        so_far.first_columns,
        so_far.header_line,
        tuple(so_far.before),
        tuple(so_far.after),
        tuple(so_far.headings),
    )


def _take(so_far: Assembly, row: TableRow) -> None:
    columns = so_far.columns
    if named := header_below(columns, row):
        so_far.take_header(named, row.line)
    elif columns is None or not _belongs(so_far, row, columns):
        _outside(so_far, row)
    elif plan_columns.of_another_table(row.cells):
        so_far.close()
        _outside(so_far, row)
    elif _completes(so_far, row, columns):
        _complete(so_far, row, columns)
    elif so_far.fresh and (divided := plan_columns.divided_header(columns, row.cells)):
        so_far.take_header(divided, row.line)
    elif not (so_far.fresh and plan_columns.only_counts(row.cells)):
        so_far.resume()
        _inside(so_far, row, columns)


def _belongs(so_far: Assembly, row: TableRow, columns: Columns) -> bool:
    """Whether a row belongs to the table of tasks, although other text came between."""
    text = " ".join(row.cells)
    if CLOSING.match(plain(text)):
        so_far.close()
        return False
    fits = not so_far.paused or len(row.cells) == columns.width
    return (so_far.open and fits) or _continues_count(so_far, row, columns)


def _continues_count(so_far: Assembly, row: TableRow, columns: Columns) -> bool:
    match = INTEGER.fullmatch(columns.cell(row.cells, "number"))
    last = so_far.rows[-1].number if so_far.rows else 0
    return bool(match and last is not None and int(match[1]) == last + 1 and len(row.cells) == columns.width)


def _outside(so_far: Assembly, row: TableRow) -> None:
    """A row of another table is read as paragraphs; with a number or before the end it is told."""
    texts = [one_line(cell) for cell in row.cells if cell.strip()]
    lost = bool(so_far.rows and texts and not so_far.closed)
    if so_far.columns and (lost or (len(texts) > 1 and INTEGER.fullmatch(texts[0]))):
        so_far.problems.warn(row.line, "row_outside", text=quoted(" ".join(texts)))
    for cell in row.cells:
        for text in cell.split("\n"):
            if text.strip():
                so_far.add_prose(Paragraph(None, one_line(text), gap=True))


def _completes(so_far: Assembly, row: TableRow, columns: Columns) -> bool:
    """Whether a row is the end of the one above, of which a cell of several lines was copied as lines."""
    # Without numbers only a bullet where a time should stand tells such an end from a row.
    listed = columns.at.get("time") == 0 and row.cells[0][:1] in tuple(BULLETS)
    fits = (so_far.numbers or listed) and 1 < len(row.cells) <= so_far.lacking + 1
    return fits and not so_far.paused and not row.gap and not is_label(one_line(row.cells[0]))


def _complete(so_far: Assembly, row: TableRow, columns: Columns) -> None:
    task = so_far.rows[-1]
    first = columns.width - so_far.lacking - 1
    roles = {index: role for role, index in columns.at.items()}
    for index, cell in enumerate(row.cells, start=first):
        if cell.strip() and roles.get(index) in ROLES_READ:
            task.join(roles[index], "\n" if index == first else "", cell)
    task.lines.append(row.line)
    _lack(so_far, len(row.cells) - 1, columns)


def _lack(so_far: Assembly, cells: int, columns: Columns) -> None:
    """Notes that so many `cells` more of the last row have come; a further line goes on with the last."""
    so_far.lacking -= cells
    last = columns.width - so_far.lacking - 1
    role = next((name for name, index in columns.at.items() if index == last), None)
    if so_far.lacking and role in ROLES_READ:
        so_far.rows[-1].last_role = role


def _inside(so_far: Assembly, row: TableRow, columns: Columns) -> None:
    row = once_across(row, columns)
    cells = {name: columns.cell(row.cells, name) for name in ROLES_READ if name in columns.at}
    filled = [index for index, cell in enumerate(row.cells) if cell.strip() and index not in row.merged]
    if not filled:
        return
    beyond = " ".join(one_line(cell) for cell in row.cells[columns.width :] if cell.strip())
    if beyond:
        so_far.problems.warn(row.line, "cells_beyond", text=quoted(beyond))
    first = one_line(row.cells[filled[0]])
    if is_total(first):
        so_far.problems.warn(row.line, "total_unread", text=quoted(" ".join(row.cells)))
    elif not (len(filled) == 1 and _lone(so_far, first, row, filled[0], columns)):
        _task(so_far, row, cells, columns)
        so_far.fresh = False


def _lone(so_far: Assembly, text: str, row: TableRow, index: int, columns: Columns) -> bool:
    """Takes the only text of a row as a heading where it is one; answers whether it was."""
    if index not in (0, columns.at.get("number"), columns.at["content"]):
        return False
    labels = index != columns.at["content"] or not columns.has("number")
    joined = f"{so_far.cut_heading} {text}".strip()
    so_far.cut_heading = ""
    found = read_heading(joined)
    if found and (labels or text[:1].isupper()):
        so_far.take_heading(found)
        return True
    if plain(text) in ("quy", "qui", "thang") and labels and index == 0:
        so_far.cut_heading = text
        return True
    roles = {columns.at[name] for name in ROLES_READ if name != "number" and name in columns.at}
    if index in roles or INTEGER.fullmatch(text) or text == AUTOMATIC:
        return False
    so_far.take_group(text, row.line)
    return True


def _task(so_far: Assembly, row: TableRow, cells: dict[str, str], columns: Columns) -> None:
    label = _label(so_far, row, cells, columns)
    content = one_line(cells.get("content", ""))
    found = read_heading(label) if label and not INTEGER.fullmatch(label) else None
    inner = read_heading(content)
    says_more = any(cells.get(name, "").strip() for name in DUTIES)
    if inner and not says_more:
        so_far.take_heading(inner)
    elif not says_more and (GROUP.fullmatch(label) or _is_title(so_far, row, label, content)):
        so_far.take_group(f"{label} {content}", row.line)
    elif label and not content and not says_more and not cells.get("note", "").strip():
        so_far.problems.warn(row.line, "empty_row", label=label)
    elif _continues(so_far, row, label, content, columns):
        _continue(so_far, row, cells, columns)
    else:
        if found and not GROUP.fullmatch(label):
            so_far.take_heading(found)
            label = ""
        _begin(so_far, row, label, cells, columns)


def _label(so_far: Assembly, row: TableRow, cells: dict[str, str], columns: Columns) -> str:
    """The row's own number; in a table without numbers the one that its content begins with.

    A bullet at the head of an unnumbered content is its label, and stays with the content.
    """
    content = one_line(cells.get("content", ""))
    if so_far.numbers and columns.has("number"):
        label = "" if columns.at["number"] in row.merged else one_line(cells["number"])
    elif match := CONTENT_LABEL.match(content):
        cells["content"] = content[match.end() :]
        return match["label"]
    else:
        label = ""
    return label or (content[0] if content and content[0] in BULLETS else "")


def _is_title(so_far: Assembly, row: TableRow, label: str, content: str) -> bool:
    """Whether a row with nothing but its content, and no number, is a heading and no end of the last."""
    if label or not content or not stands_alone(row):
        return False
    if SECTION.fullmatch(content) or (content.isupper() and len(content.split()) > 1):
        return True
    if not so_far.numbers or not content[0].isupper():
        return False
    if not so_far.rows:
        return True
    cut = row.gap or so_far.fresh or plain(so_far.rows[-1].cell("content")).endswith(UNFINISHED)
    return not cut


def _continues(so_far: Assembly, row: TableRow, label: str, content: str, columns: Columns) -> bool:
    """Whether a row goes on with the task above: it has no number, or without numbers no content."""
    page_break = row.gap or so_far.fresh
    if so_far.numbers and columns.has("number"):
        return label in ("", *BULLETS) and not (not page_break and begins(row, content, columns))
    if columns.at["content"] in row.merged or not content:
        return True
    small = not label and not content[0].isupper()
    return page_break and bool(so_far.rows) and small


def _begin(so_far: Assembly, row: TableRow, label: str, cells: dict[str, str], columns: Columns) -> None:
    if columns.has("quarter") and cells["quarter"].strip():
        last = re.split(r"[,;&+–-]|\bvà\b|\bđến\b", cells["quarter"])[-1].strip()
        found = read_heading(f"Quý {last}") or read_heading(last)
        if found and found != so_far.quarter:
            so_far.take_heading(found)
    task = TaskRow(label, {}, columns, so_far.quarter, so_far.stretch, so_far.page, [row.line])
    for name in sorted(cells.keys() - {"number", "quarter"}, key=lambda name: columns.at[name]):
        if cells[name].strip():
            task.join(name, "", _as_above(so_far, cells[name], name, row.line))
    so_far.rows.append(task)
    so_far.lacking = columns.width
    _lack(so_far, len(row.cells), columns)


def _as_above(so_far: Assembly, text: str, name: str, line: int) -> str:
    """The text, or that of the row above where a sign says so (`nt`, `"`)."""
    above = so_far.rows[-1].cell(name) if so_far.rows and name in DUTIES else ""
    if not above or not is_ditto(text):
        return text
    so_far.problems.warn(line, "ditto", sign=text.strip(), text=quoted(above))
    return above


def _continue(so_far: Assembly, row: TableRow, cells: dict[str, str], columns: Columns) -> None:
    texts = {
        name: text.strip()
        for name, text in cells.items()
        if name not in ("number", "quarter") and is_own(row, columns, name) and text.strip()
    }
    if not texts:
        return
    if not so_far.rows:
        so_far.problems.error(row.line, "continues_nothing", text=quoted(" ".join(texts.values())))
        return
    task = so_far.rows[-1]
    link = "\n" if row.merged else " "
    for name, text in texts.items():
        task.join(name, link, text)
    task.lines.append(row.line)
