"""Puts the tasks' rows together from a document: finds the header, joins cut rows, carries headings down.

It stands between `exchange.plan.document` (what stands where) and `exchange.plan.table` (what it means). A
row that a page break cut in two is one here; each has the heading above it and the lines that it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from exchange.plan import columns as plan_columns
from exchange.plan.columns import Columns
from exchange.plan.dates import Heading, read_heading
from exchange.plan.document import AUTOMATIC, Document, Paragraph, TableRow, one_line, plain
from exchange.plan.messages import Problems
from workflow.model.body_tokens import BULLETS

ROLES_READ = ("number", "content", "bodies", "lead", "cooperating", "time", "quarter", "note")
SECTION = re.compile(
    r"(?:[IVX]{1,5}|[A-H])\s*[./)-]\s*[^\W\d_].*|(?i:phần|mục|chương|phụ lục)\s+(?:[IVX]+|\d+).*"
)
CLOSING = re.compile(r"noi nhan\b.*|luu ?: ?vt.*|tm ?\. .*|kt ?\. .*|tl ?\. .*|\(da ky\).*")
PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?[-–—\s]*", re.IGNORECASE)
INTEGER = re.compile(r"\(?\s*0*(\d{1,4})\s*[.)]?")
GROUP_LABEL = re.compile(r"\(?(?:[IVX]{1,5}|[A-H])\s*[.)]?")
QUOTED = 120


@dataclass(slots=True)
class TaskRow:
    """The row of one task. It grows while the lines that belong to it are joined.

    `label` is the text of its number column. `pieces` are by role the texts of a cell, each but the first
    with the space or line feed that joins it. Rows of one `stretch` have no heading between them.
    """

    label: str
    pieces: dict[str, list[str]]
    columns: Columns
    quarter: Heading | None
    stretch: int
    lines: list[int] = field(default_factory=list)
    last_role: str = "content"

    def cell(self, role: str) -> str:
        return "".join(self.pieces.get(role, ())).strip()

    def join(self, role: str, link: str, text: str) -> None:
        self.pieces.setdefault(role, []).append(f"{link}{text.strip()}")
        self.last_role = role

    @property
    def line(self) -> int:
        return self.lines[0]

    @property
    def number(self) -> int | None:
        match = INTEGER.fullmatch(self.label)
        return int(match[1]) if match else None


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
    return _Assembly(problems, known, numbers=_has_numbers(document)).table(document)


def _has_numbers(document: Document) -> bool:
    """Whether any row has a number; a table with an empty number column is read as one without it."""
    columns: Columns | None = None
    for part in document.parts:
        if not isinstance(part, TableRow):
            continue
        columns = plan_columns.header(part.cells) or columns
        if columns is None or not columns.has("number") or plan_columns.only_counts(part.cells):
            continue
        label = columns.cell(part.cells, "number")
        if INTEGER.fullmatch(label) or label == AUTOMATIC:
            return True
    return False


class _Assembly:
    """One pass over a document, with what it has met so far.

    `open`: the table goes on. `closed`: signatures or a new section came after it, and only a row with the
    next number reopens it. `fresh`: no task has stood below the header or heading yet. `paused` is a
    paragraph between rows, of which only the next row tells whether it was the end. `cut_heading` is `QUÝ`
    alone in a row, whose number stands in the next.
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
        self.paused: Paragraph | None = None
        self.cut_heading = ""
        self.quarter: Heading | None = None
        self.stretch = 0

    def table(self, document: Document) -> Table:
        for part in document.parts:
            if isinstance(part, TableRow):
                self._row(part)
            else:
                self._paragraph(part)
        return Table(
            tuple(self._tasks()),
            self.first_columns,
            self.header_line,
            tuple(self.before),
            tuple(self.after),
            tuple(self.headings),
        )

    # Rows

    def _row(self, row: TableRow) -> None:
        columns = plan_columns.header(row.cells)
        if columns is not None:
            self._header(columns, row.line)
        elif self.columns is None or not self._belongs(row):
            self._outside(row)
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
            return self.paused is None or len(row.cells) == self.columns.width or self._continues_count(row)
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
        if self.paused is not None and self.rows:
            self.problems.warn(self.paused.line, "line_unread", text=quoted(self.paused.text))
            if self.after and self.after[-1] is self.paused:
                self.after.pop()
        self.paused = None
        self.open = True
        self.closed = False

    def _outside(self, row: TableRow) -> None:
        """A row of another table is read as paragraphs; one with a number may be a lost task and is told."""
        texts = [one_line(cell) for cell in row.cells if cell.strip()]
        if self.columns is not None and texts and INTEGER.fullmatch(texts[0]) and len(texts) > 1:
            self.problems.warn(row.line, "row_outside", text=quoted(" ".join(texts)))
        for cell in row.cells:
            for text in cell.split("\n"):
                if text.strip():
                    self._prose(Paragraph(None, one_line(text), gap=True))

    def _inside(self, row: TableRow) -> None:
        columns = self.columns
        assert columns is not None
        cells = {name: columns.cell(row.cells, name) for name in ROLES_READ if name in columns.at}
        filled = [index for index, cell in enumerate(row.cells) if cell.strip() and index not in row.merged]
        if not filled:
            return
        beyond = " ".join(one_line(cell) for cell in row.cells[columns.width :] if cell.strip())
        if beyond:
            self.problems.warn(row.line, "cells_beyond", text=quoted(beyond))
        lone = one_line(row.cells[filled[0]]) if len(filled) == 1 else ""
        if (
            lone
            and filled[0] in (0, columns.at.get("number"), columns.at["content"])
            and self._lone(lone, row, filled[0])
        ):
            return
        self._task(row, cells, columns)
        self.fresh = False

    def _lone(self, text: str, row: TableRow, index: int) -> bool:
        """Takes the only text of a row as a heading where it is one; answers whether it was."""
        assert self.columns is not None
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
        label = one_line(cells.get("number", "")) if self.numbers else ""
        content = one_line(cells.get("content", ""))
        found = read_heading(label) if label and not INTEGER.fullmatch(label) else None
        inner = read_heading(content)
        says_more = any(cells.get(name, "").strip() for name in ("bodies", "lead", "cooperating", "time"))
        if inner and not says_more:
            self._take_heading(inner)
        elif not says_more and label and GROUP_LABEL.fullmatch(label):
            self._group(f"{label} {content}", row.line)
        elif self._continues(row, label, content, columns):
            self._continue(row, cells)
        else:
            if found and not GROUP_LABEL.fullmatch(label):
                self._take_heading(found)
                label = ""
            self._begin(row, label, cells, columns)

    def _continues(self, row: TableRow, label: str, content: str, columns: Columns) -> bool:
        """Whether a row goes on with the task above: it has no number, or without numbers no content."""
        key = columns.at["number"] if self.numbers and columns.has("number") else columns.at["content"]
        if key in row.merged:
            return True
        if self.numbers and columns.has("number"):
            return not label
        if not content:
            return True
        page_break = row.gap or self.fresh
        return page_break and bool(self.rows) and not content[0].isupper() and content[0] not in BULLETS

    def _begin(self, row: TableRow, label: str, cells: dict[str, str], columns: Columns) -> None:
        if columns.has("quarter") and cells["quarter"].strip():
            found = read_heading(f"Quý {cells['quarter']}") or read_heading(cells["quarter"])
            if found and found != self.quarter:
                self._take_heading(found)
        task = TaskRow(label, {}, columns, self.quarter, self.stretch, [row.line])
        for name in sorted(cells.keys() - {"number", "quarter"}, key=lambda name: columns.at[name]):
            if cells[name].strip():
                task.join(name, "", cells[name])
        self.rows.append(task)

    def _continue(self, row: TableRow, cells: dict[str, str]) -> None:
        texts = {
            name: text.strip()
            for name, text in cells.items()
            if name not in ("number", "quarter") and _own(row, self.columns, name) and text.strip()
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

    def _tasks(self) -> Iterator[TaskRow]:
        """The rows without those that are only headings of rows numbered below them (`1` above `1.1`)."""
        for row, below in zip(self.rows, [*self.rows[1:], None], strict=False):
            level = f"{row.number}." if row.number is not None else row.label
            heads = below is not None and re.match(rf"{re.escape(level)}\d", below.label) is not None
            if heads and not any(row.cell(name) for name in ("bodies", "lead", "cooperating", "time")):
                self.problems.warn(
                    row.line, "heading_unread", text=quoted(f"{row.label} {row.cell('content')}")
                )
            else:
                yield row

    # Paragraphs

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        if paragraph.gap and PAGE_NUMBER.fullmatch(text):
            return  # it would end the table at every page
        if not self.open or self.columns is None:
            self._prose(paragraph)
            return
        found = read_heading(f"{self.cut_heading} {text}".strip())
        if found:
            self.cut_heading = ""
            self._resume()
            self._take_heading(found)
        elif CLOSING.match(plain(text)) or is_section(paragraph):
            self._close()
            self._prose(paragraph)
        elif self._goes_on(paragraph):
            self._append(paragraph)
        else:
            self._pause(paragraph)

    def _goes_on(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a further line of the cell that was read last."""
        if not self.rows or self.paused is not None or self.closed:
            return False
        if not paragraph.gap and not self.fresh:
            return True
        return paragraph.text[0] in BULLETS and self.known(paragraph.text)

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
        elif self.paused is None:
            self.paused = paragraph
        self._prose(paragraph)

    def _close(self) -> None:
        self.open = False
        self.closed = True
        self.paused = None

    def _prose(self, paragraph: Paragraph) -> None:
        (self.after if self.rows else self.before).append(paragraph)


def _own(row: TableRow, columns: Columns | None, name: str) -> bool:
    """Whether the cell of this role is the row's own and not merged with the one above."""
    return columns is not None and columns.at.get(name) not in row.merged


def is_section(paragraph: Paragraph) -> bool:
    """A heading of the document: `III. KINH PHÍ`, or a line in capitals that stands by itself."""
    words = paragraph.text.lstrip(BULLETS + " ")
    return bool(SECTION.fullmatch(words)) or (paragraph.gap and words.isupper() and len(words.split()) > 1)


def sentences(paragraphs: tuple[Paragraph, ...]) -> Iterator[Paragraph]:
    """The paragraphs, with those joined that a page break cut in mid-sentence."""
    held: list[Paragraph] = []
    for paragraph in paragraphs:
        begins = paragraph.text[0] in BULLETS or not paragraph.text[0].islower()
        if held and (begins or held[-1].text[-1] in ".;:!?"):
            yield _joined(held)
            held = []
        held.append(paragraph)
    if held:
        yield _joined(held)


def _joined(paragraphs: list[Paragraph]) -> Paragraph:
    text = " ".join(paragraph.text for paragraph in paragraphs)
    return Paragraph(paragraphs[0].line, text, gap=paragraphs[0].gap)


def quoted(text: str) -> str:
    """The text in one line, for a message; cut after 120 letters."""
    line = one_line(text)
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1].rstrip()}…"
