"""Puts the tasks' rows together from a document: finds the header, joins cut rows, carries headings down.

It stands between `exchange.plan.document` (what stands where) and `exchange.plan.table` (what it means). A
row that a page break cut in two is one here; each has the heading above it and the lines that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from exchange.plan import columns as plan_columns
from exchange.plan.columns import Columns
from exchange.plan.dates import Heading, read_heading
from exchange.plan.document import AUTOMATIC, Document, Paragraph, TableRow, one_line, plain
from exchange.plan.levels import CONTENT_LABEL, GROUP, is_label, tasks_of
from exchange.plan.messages import Problems
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
from exchange.plan.sections import CLOSING, PAGE_NUMBER, SECTION, is_section
from exchange.plan.task_row import DUTIES, INTEGER, ROLES_READ, TIMES, TaskRow, quoted
from workflow.model.body_tokens import BULLETS

TIMELIKE = re.compile(
    r"[-+*(\s]*(?:\d(?!\d?\s*[.)/]\s*[a-z])|(?:thang|quy|qui|nam|ngay|tuan|ky|dip|thuong xuyen|khi|theo|truoc"
    r"|sau|tu|den|het|hang|ca|dau|giua|cuoi|trong|va|nt|sang|chieu)\b"
    r"|(?:lan|dot|vong|hk|hoc ky) ?(?:thu )?(?:\d|[ivx]+\b))"
)
ENDS_IN_DAY = re.compile(r".{,30}\d\s*/\s*\d{1,2}(?:/\d{4})?")
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
    return _Assembly(problems, known, numbers=has_numbers(document)).table(document)


class _Assembly:
    """One pass over a document, with what it has met so far.

    `open`: the table goes on. `closed`: signatures or a new section came after it, and only a row with the
    next number reopens it. `fresh`: no task has stood below the header or heading yet. `paused` are the
    paragraphs between rows, of which only the next row tells whether they were the end. `cut_heading` is
    `QUÝ` alone in a row, whose number stands in the next. `lacking`: so many cells the last row has fewer
    than the header, because a cell of several lines was copied as lines of its own.
    """

    def __init__(self, problems: Problems, known: Callable[[str], bool], *, numbers: bool) -> None:
        self.problems = problems
        self.known = known
        self.numbers = numbers
        self.columns: Columns | None = None
        self.first_columns: Columns | None = None
        self.header_line: int | None = None
        self.rows: list[TaskRow] = []
        self.before: list[Paragraph] = []
        self.after: list[Paragraph] = []
        self.headings: list[Heading] = []
        self.open = False
        self.closed = False
        self.fresh = False
        self.paused: list[Paragraph] = []
        self.cut_heading = ""
        self.quarter: Heading | None = None
        self.stretch = 0
        self.page = 0
        self.lacking = 0

    def table(self, document: Document) -> Table:
        for part, following in zip(document.parts, [*document.parts[1:], None], strict=False):
            if isinstance(part, TableRow):
                self._row(part)
            else:
                self._paragraph(part, following)
        return Table(
            tuple(tasks_of(self.rows, self.problems)),
            self.first_columns,
            self.header_line,
            tuple(self.before),
            tuple(self.after),
            tuple(self.headings),
        )

    # Rows

    def _row(self, row: TableRow) -> None:
        columns = header_below(self.columns, row)
        if columns is not None:
            self._header(columns, row.line)
        elif self.columns is None or not self._belongs(row):
            self._outside(row)
        elif plan_columns.of_another_table(row.cells):
            self._close()
            self._outside(row)
        elif self._completes(row):
            self._complete(row)
        elif self.fresh and (divided := plan_columns.divided_header(self.columns, row.cells)):
            self._header(divided, row.line)
        elif not (self.fresh and plan_columns.only_counts(row.cells)):
            self._resume()
            self._inside(row)

    def _header(self, columns: Columns, line: int) -> None:
        # `QUÝ I` may stand as a line above the first table.
        if self.columns is None and self.before and (found := read_heading(self.before[-1].text)):
            self._take_heading(found)
        if self.first_columns is None or (self.first_columns is self.columns and not self.rows):
            self.first_columns = columns
            self.header_line = self.header_line or line
        self.columns = columns
        self.open = True
        self.fresh = True
        self.page += 1
        self.lacking = 0
        if not self.closed:
            self._resume()

    def _belongs(self, row: TableRow) -> bool:
        """Whether a row belongs to the table of tasks, although other text came between."""
        assert self.columns is not None
        text = " ".join(row.cells)
        if CLOSING.match(plain(text)):
            self._close()
            return False
        if self.open:
            return not self.paused or len(row.cells) == self.columns.width or self._continues_count(row)
        return self._continues_count(row)

    def _continues_count(self, row: TableRow) -> bool:
        assert self.columns is not None
        match = INTEGER.fullmatch(self.columns.cell(row.cells, "number"))
        last = self.rows[-1].number if self.rows else 0
        return bool(
            match and last is not None and int(match[1]) == last + 1 and len(row.cells) == self.columns.width
        )

    def _resume(self) -> None:
        """The table goes on: a paragraph that stood between was no end of it, and is told as not read."""
        for paragraph in self.paused if self.rows else ():
            self.problems.warn(paragraph.line, "line_unread", text=quoted(paragraph.text))
        told = set(map(id, self.paused))
        self.after = [paragraph for paragraph in self.after if id(paragraph) not in told]
        self.paused = []
        self.open = True
        self.closed = False

    def _outside(self, row: TableRow) -> None:
        """A row of another table is read as paragraphs; with a number or before the end it is told."""
        texts = [one_line(cell) for cell in row.cells if cell.strip()]
        lost = bool(self.rows and texts and not self.closed)
        if self.columns and (lost or (len(texts) > 1 and INTEGER.fullmatch(texts[0]))):
            self.problems.warn(row.line, "row_outside", text=quoted(" ".join(texts)))
        for cell in row.cells:
            for text in cell.split("\n"):
                if text.strip():
                    self._prose(Paragraph(None, one_line(text), gap=True))

    def _completes(self, row: TableRow) -> bool:
        """Whether a row is the end of the one above, of which a cell of several lines was copied as lines."""
        assert self.columns is not None
        # Without numbers only a bullet where a time should stand tells such an end from a row.
        listed = self.columns.at.get("time") == 0 and row.cells[0][:1] in tuple(BULLETS)
        fits = (self.numbers or listed) and 1 < len(row.cells) <= self.lacking + 1
        return fits and not self.paused and not row.gap and not is_label(one_line(row.cells[0]))

    def _complete(self, row: TableRow) -> None:
        assert self.columns is not None
        task = self.rows[-1]
        first = self.columns.width - self.lacking - 1
        roles = {index: role for role, index in self.columns.at.items()}
        for index, cell in enumerate(row.cells, start=first):
            if cell.strip() and roles.get(index) in ROLES_READ:
                task.join(roles[index], "\n" if index == first else "", cell)
        task.lines.append(row.line)
        self._lack(len(row.cells) - 1)

    def _lack(self, cells: int) -> None:
        """Notes that so many `cells` more of the last row have come; a further line goes on with the last."""
        assert self.columns is not None
        self.lacking -= cells
        last = self.columns.width - self.lacking - 1
        role = next((name for name, index in self.columns.at.items() if index == last), None)
        if self.lacking and role in ROLES_READ:
            self.rows[-1].last_role = role

    def _inside(self, row: TableRow) -> None:
        columns = self.columns
        assert columns is not None
        row = once_across(row, columns)
        cells = {name: columns.cell(row.cells, name) for name in ROLES_READ if name in columns.at}
        filled = [index for index, cell in enumerate(row.cells) if cell.strip() and index not in row.merged]
        if not filled:
            return
        beyond = " ".join(one_line(cell) for cell in row.cells[columns.width :] if cell.strip())
        if beyond:
            self.problems.warn(row.line, "cells_beyond", text=quoted(beyond))
        first = one_line(row.cells[filled[0]])
        if is_total(first):
            self.problems.warn(row.line, "total_unread", text=quoted(" ".join(row.cells)))
        elif not (len(filled) == 1 and self._lone(first, row, filled[0])):
            self._task(row, cells, columns)
            self.fresh = False

    def _lone(self, text: str, row: TableRow, index: int) -> bool:
        """Takes the only text of a row as a heading where it is one; answers whether it was."""
        assert self.columns is not None
        if index not in (0, self.columns.at.get("number"), self.columns.at["content"]):
            return False
        labels = index != self.columns.at["content"] or not self.columns.has("number")
        joined = f"{self.cut_heading} {text}".strip()
        self.cut_heading = ""
        found = read_heading(joined)
        if found and (labels or text[:1].isupper()):
            self._take_heading(found)
            return True
        if plain(text) in ("quy", "qui", "thang") and labels and index == 0:
            self.cut_heading = text
            return True
        roles = {self.columns.at[name] for name in ROLES_READ if name != "number" and name in self.columns.at}
        if index in roles or INTEGER.fullmatch(text) or text == AUTOMATIC:
            return False
        self._group(text, row.line)
        return True

    def _take_heading(self, found: Heading) -> None:
        self.quarter = found
        self.headings.append(found)
        self.stretch += 1
        self.fresh = False

    def _group(self, text: str, line: int | None) -> None:
        self.problems.warn(line, "heading_unread", text=quoted(text))
        self.stretch += 1
        self.fresh = False

    def _task(self, row: TableRow, cells: dict[str, str], columns: Columns) -> None:
        label = self._label(row, cells, columns)
        content = one_line(cells.get("content", ""))
        found = read_heading(label) if label and not INTEGER.fullmatch(label) else None
        inner = read_heading(content)
        says_more = any(cells.get(name, "").strip() for name in DUTIES)
        if inner and not says_more:
            self._take_heading(inner)
        elif not says_more and (GROUP.fullmatch(label) or self._is_title(row, label, content)):
            self._group(f"{label} {content}", row.line)
        elif label and not content and not says_more and not cells.get("note", "").strip():
            self.problems.warn(row.line, "empty_row", label=label)
        elif self._continues(row, label, content, columns):
            self._continue(row, cells)
        else:
            if found and not GROUP.fullmatch(label):
                self._take_heading(found)
                label = ""
            self._begin(row, label, cells, columns)

    def _label(self, row: TableRow, cells: dict[str, str], columns: Columns) -> str:
        """The row's own number; in a table without numbers the one that its content begins with.

        A bullet at the head of an unnumbered content is its label, and stays with the content.
        """
        content = one_line(cells.get("content", ""))
        if self.numbers and columns.has("number"):
            label = "" if columns.at["number"] in row.merged else one_line(cells["number"])
        elif match := CONTENT_LABEL.match(content):
            cells["content"] = content[match.end() :]
            return match["label"]
        else:
            label = ""
        return label or (content[0] if content and content[0] in BULLETS else "")

    def _is_title(self, row: TableRow, label: str, content: str) -> bool:
        """Whether a row with nothing but its content, and no number, is a heading and no end of the last."""
        if label or not content or not stands_alone(row):
            return False
        if SECTION.fullmatch(content) or (content.isupper() and len(content.split()) > 1):
            return True
        if not self.numbers or not content[0].isupper():
            return False
        if not self.rows:
            return True
        cut = row.gap or self.fresh or plain(self.rows[-1].cell("content")).endswith(UNFINISHED)
        return not cut

    def _continues(self, row: TableRow, label: str, content: str, columns: Columns) -> bool:
        """Whether a row goes on with the task above: it has no number, or without numbers no content."""
        page_break = row.gap or self.fresh
        if self.numbers and columns.has("number"):
            return label in ("", *BULLETS) and not (not page_break and begins(row, content, columns))
        if columns.at["content"] in row.merged or not content:
            return True
        small = not label and not content[0].isupper()
        return page_break and bool(self.rows) and small

    def _begin(self, row: TableRow, label: str, cells: dict[str, str], columns: Columns) -> None:
        if columns.has("quarter") and cells["quarter"].strip():
            last = re.split(r"[,;&+–-]|\bvà\b|\bđến\b", cells["quarter"])[-1].strip()
            found = read_heading(f"Quý {last}") or read_heading(last)
            if found and found != self.quarter:
                self._take_heading(found)
        task = TaskRow(label, {}, columns, self.quarter, self.stretch, self.page, [row.line])
        for name in sorted(cells.keys() - {"number", "quarter"}, key=lambda name: columns.at[name]):
            if cells[name].strip():
                task.join(name, "", self._as_above(cells[name], name, row.line))
        self.rows.append(task)
        self.lacking = columns.width
        self._lack(len(row.cells))

    def _as_above(self, text: str, name: str, line: int) -> str:
        """The text, or that of the row above where a sign says so (`nt`, `"`)."""
        above = self.rows[-1].cell(name) if self.rows and name in DUTIES else ""
        if not above or not is_ditto(text):
            return text
        self.problems.warn(line, "ditto", sign=text.strip(), text=quoted(above))
        return above

    def _continue(self, row: TableRow, cells: dict[str, str]) -> None:
        texts = {
            name: text.strip()
            for name, text in cells.items()
            if name not in ("number", "quarter") and is_own(row, self.columns, name) and text.strip()
        }
        if not texts:
            return
        if not self.rows:
            self.problems.error(row.line, "continues_nothing", text=quoted(" ".join(texts.values())))
            return
        task = self.rows[-1]
        link = "\n" if row.merged else " "
        for name, text in texts.items():
            task.join(name, link, text)
        task.lines.append(row.line)

    # Paragraphs

    def _paragraph(self, paragraph: Paragraph, following: TableRow | Paragraph | None) -> None:
        text = paragraph.text
        if paragraph.gap and PAGE_NUMBER.fullmatch(text):
            return  # it would end the table at every page
        if not self.open or self.columns is None:
            self._prose(paragraph)
            return
        found = read_heading(f"{self.cut_heading} {text}".strip())
        if found and self._goes_on_in_time(paragraph, found):
            self._append(paragraph)
        elif found:
            self.cut_heading = ""
            self._resume()
            self._take_heading(found)
        elif isinstance(following, TableRow) and self._heads_rows(paragraph, following):
            self._resume()
            self._group(text, paragraph.line)
        elif CLOSING.match(plain(text)) or is_section(paragraph):
            self._close()
            self._prose(paragraph)
        elif self._goes_on(paragraph):
            self._append(paragraph)
        else:
            self._pause(paragraph)

    def _heads_rows(self, paragraph: Paragraph, following: TableRow) -> bool:
        """Whether a line is the heading of the row right below it, as a merged row comes out of Word."""
        assert self.columns is not None
        text = paragraph.text
        shouted = text.isupper() and len(text.split()) > 1 and not self.known(text)
        below_time = not paragraph.gap and text[0].isupper() and self._is_below_time(text)
        titled = shouted or is_section(paragraph) or below_time
        if CLOSING.match(plain(text)) or not titled:
            return False
        label = self.columns.cell(following.cells, "number")
        if not (paragraph.gap or following.gap) and len(following.cells) == self.columns.width:
            return True
        return is_label(label) and 1 < len(following.cells) <= self.columns.width

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a further line of the cell that was read last."""
        if not self.rows or self.paused or self.closed:
            return False
        if not paragraph.gap and not self.fresh:
            return not self._is_below_time(paragraph.text)
        return paragraph.text[0] in BULLETS and self.known(paragraph.text)

    def _is_below_time(self, text: str) -> bool:
        """Whether a line stands below a cell of time and says none: it belongs to no cell."""
        if not self.rows or self.rows[-1].last_role not in TIMES:
            return False
        if TIMELIKE.match(plain(text)) or ENDS_IN_DAY.fullmatch(text):
            return False
        # A list that began with a bullet goes on with it.
        return not (text[0] in BULLETS and self.rows[-1].cell(self.rows[-1].last_role).startswith(text[0]))

    def _goes_on_in_time(self, paragraph: Paragraph, found: Heading) -> bool:
        """Whether `Tháng 12` is a further line of the cell `Tháng 6` right above, and no heading.

        Where months head the rows it is one.
        """
        if (
            not self._goes_on(paragraph)
            or self.fresh
            or self.rows[-1].last_role not in ("time", "other_time")
        ):
            return False
        above = read_heading(self.rows[-1].cell(self.rows[-1].last_role).split("\n")[-1])
        months = found.month is not None
        if above is None or (above.month is not None) != months:
            return False
        return self.quarter is None or (self.quarter.month is not None) != months

    def _append(self, paragraph: Paragraph) -> None:
        task = self.rows[-1]
        link = " " if paragraph.text[0].islower() else "\n"
        task.join(task.last_role, link, paragraph.text)
        if paragraph.line is not None:
            task.lines.append(paragraph.line)

    def _pause(self, paragraph: Paragraph) -> None:
        """A paragraph that belongs to no row: the end of the table, unless rows follow."""
        if not self.rows:
            self.open = False
        else:
            self.paused.append(paragraph)
        self._prose(paragraph)

    def _close(self) -> None:
        self.open = False
        self.closed = True
        self.paused = []

    def _prose(self, paragraph: Paragraph) -> None:
        (self.after if self.rows else self.before).append(paragraph)
