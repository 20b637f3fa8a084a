"""A report as files: the paper that is signed (Word), a workbook of its tables, a page with its pictures.

All of them are Vietnamese and say the same; the chase record goes into the workbook as its annex.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from exchange.papers.blocks import Block, Blocks, PaperTable, Prose
from exchange.papers.making import Made
from exchange.sheets.chase import Book, Cell, SheetColumn, TableSheet, tables_workbook
from runtime.office.looking import Looking, local_text
from runtime.views.chase_book import chase_book
from runtime.views.chasing import chase_of
from runtime.views.papers.making import made_of_year
from runtime.views.papers.of_year import FiguresPaper, ReportPaper, year_head
from runtime.views.reports.blocks import about, annex_blocks, opening, report_blocks, report_parts
from runtime.views.reports.records import Report

LETTERS_A_BREADTH = 0.9
"""How many letters of a sheet a unit of a table's breadth is."""
DAY = re.compile(r"\d\d/\d\d/\d{4}")
SHORT_NAME = re.compile(r"(?<![\w/-])UBND(?!\w)")
LONGEST_NAME = 31
"""Letters of a sheet's name."""
KINDS, FIGURES_KIND = {"year": "bao_cao_nam", "half": "bao_cao_6_thang"}, "bao_cao_so_lieu"
"""Which paper a report is."""


def report_word(looking: Looking, report: Report) -> bytes:
    """The report as it is put before the chair, from the template of its kind. Raises PaperNotMade."""
    return _paper(looking, report).word


def report_pdf(looking: Looking, report: Report) -> bytes:
    """The same paper to print and to archive. Raises PaperNotMade."""
    return _paper(looking, report).pdf


def _paper(looking: Looking, report: Report) -> Made:
    looking = looking.speaking("vi")
    kind = KINDS.get(report.kind, FIGURES_KIND)
    parts = {name: written_out(blocks) for name, blocks in report_parts(looking, report).items()}
    said: Any = {
        **year_head(looking, kind, looking.today.year),
        **parts,
        "about": about(looking, report),
        "opening": written_out(opening(looking, report)),
        "annexes": written_out(annex_blocks(looking, report)),
    }
    if kind == FIGURES_KIND:
        return made_of_year(looking, kind, FiguresPaper(**said))
    return made_of_year(looking, kind, ReportPaper(**said, year=report.year, next_year=report.year + 1))


def written_out(blocks: Iterable[Block]) -> Blocks:
    """A paper writes the committee's name out (NĐ 30/2020), but in the numbers of papers."""
    return Blocks(tuple(map(_written_out, blocks)))


def _written_out(block: Block) -> Block:
    match block:
        case Prose(text):
            return replace(block, text=_words(text))
        case PaperTable(columns, rows):
            return replace(
                block,
                columns=tuple(replace(column, heading=_words(column.heading)) for column in columns),
                rows=tuple(replace(row, cells=tuple(map(_words, row.cells))) for row in rows),
            )
    return block


def _words(text: str) -> str:
    return SHORT_NAME.sub("Ủy ban nhân dân", text)


def report_page(looking: Looking, report: Report) -> str:
    """The report as one HTML page."""
    from exchange.pages.report import ReportPage, page

    looking = looking.speaking("vi")
    words = looking.words
    return page(
        ReportPage(
            office=looking.row.title,
            title=f"{words('report.title')} {about(looking, report)}",
            day=looking.day(report.as_of),
            mark=words("marker.sandbox") if looking.row.sandbox else None,
            language="vi",
            blocks=report_blocks(looking, report),
        )
    )


def report_workbook(looking: Looking, report: Report) -> bytes:
    """The report's tables, each on a sheet, then the chase record."""
    looking = looking.speaking("vi")
    chase = chase_book(chase_of(looking), looking)
    days = {"tu": looking.day(report.first), "den": looking.day(min(report.last, report.as_of))}
    remark = looking.words("report.days", ngay=looking.day(report.as_of), **days)
    return tables_workbook(
        Book(
            titles=(looking.row.title.upper(), about(looking, report).upper()),
            remark=remark,
            mark=chase.mark,
            sheets=(*_sheets(looking, report), *chase.sheets),
            page=chase.page,
            made=_made(looking),
        )
    )


def _sheets(looking: Looking, report: Report) -> Iterator[TableSheet]:
    tables = (block for block in report_blocks(looking, report) if isinstance(block, PaperTable))
    for at, table in enumerate(tables, 1):
        columns = tuple(
            SheetColumn(column.heading, _breadth(column.width), _kind(table, place))
            for place, column in enumerate(table.columns)
        )
        lines = [tuple(map(_cell, row.cells)) for row in table.rows]
        full = [line if len(line) > 1 else (*line, *(None,) * (len(columns) - 1)) for line in lines]
        total = full.pop() if table.rows and table.rows[-1].bold else None
        yield TableSheet(f"{at}. {table.title}"[:LONGEST_NAME].strip(), columns, tuple(full), total)


def _breadth(width: float) -> int:
    return max(9, round(width * LETTERS_A_BREADTH))


def _kind(table: PaperTable, place: int) -> Literal["text", "number", "date"]:
    """What a column has, where it has nothing else."""
    cells = [_cell(row.cells[place]) for row in table.rows if len(row.cells) > 1 and row.cells[place]]
    if cells and all(isinstance(cell, int) for cell in cells):
        return "number"
    return "date" if cells and all(isinstance(cell, date) for cell in cells) else "text"


def _cell(text: str) -> Cell:
    """A number or a day as such."""
    if DAY.fullmatch(text):
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    return int(text) if text.isdecimal() else text or None


def _made(looking: Looking) -> datetime:
    return datetime.fromisoformat(local_text(looking.now, looking.zone))
