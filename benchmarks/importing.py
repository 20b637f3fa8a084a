"""Reading a Word plan of 500 rows, against a bare python-docx read of its cells; and the whole command,
against a second. Both count the processor's time.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from types import MappingProxyType

import docx
from docx.document import Document
from docx.table import _Cell

from benchmarks.house import NOW, work_folder
from benchmarks.measuring import Figure, in_turns
from benchmarks.starting import child
from exchange.plan.reading import read_plan
from runtime.acts.founding import found
from runtime.acts.planning import office_without_database
from runtime.office.settings import Options

ROWS = 500
ENOUGH = 1.0
"""Seconds of the processor that are enough for the whole command."""


def plan(rows: int) -> bytes:
    """A plan as a commune writes it: five columns, two or three bodies a row in paragraphs, a date."""
    document: Document = docx.Document()
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Công tác thi đua, khen thưởng năm 2026")
    table = document.add_table(rows=rows + 1, cols=5)
    _write(table.rows[0].cells, "TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
    for number, row in enumerate(table.rows[1:], 1):
        _write(
            row.cells,
            str(number),
            f"Báo cáo kết quả phong trào thi đua yêu nước và công tác khen thưởng đợt {number}",
            "Phòng Văn hóa - Xã hội",
            "UBND xã\nHội đồng Thi đua - Khen thưởng xã\nCác cơ quan, đơn vị liên quan; các thôn",
            f"{date(2026, 1, 5) + timedelta(days=number % 350):%d/%m/%Y}",
        )
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _write(cells: Sequence[_Cell], *texts: str) -> None:
    for cell, text in zip(cells, texts, strict=True):
        first, *others = text.split("\n")
        cell.text = first
        for other in others:
            cell.add_paragraph(other)


def bare_read(data: bytes) -> int:
    """The text of every cell by python-docx; answers how many rows there are."""
    texts = [
        [cell.text for cell in row.cells]
        for table in docx.Document(io.BytesIO(data)).tables
        for row in table.rows
    ]
    return len(texts)


def reading(runs: int = 10, rows: int = ROWS) -> Figure:
    """`read_plan` within the process, as `tdkt plan import` calls it."""
    data, office = plan(rows), office_without_database(Options(now=NOW), {})

    def read() -> None:
        found = read_plan(data, office=office.office, calendar=office.calendar)
        if len(found.tasks) != rows or not found.importable:
            raise RuntimeError(f"{len(found.tasks)} tasks of {rows}")

    turns = in_turns(
        lambda _turn: spent(read), lambda _turn: spent(lambda: bare_read(data)), runs=runs, warm_up=1
    )
    against = f"python-docx reading the cells of the same {rows} rows"
    return Figure("import-docx", turns.cost, turns.median * 1000, "ms of the processor", runs, against)


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor that the work takes."""
    start = process_time()
    work()
    return process_time() - start


def importing(runs: int = 10, rows: int = ROWS) -> Figure:
    """`tdkt plan import FILE --dry-run`, from nothing to its last line."""
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        file, url = Path(folder) / "plan.docx", f"sqlite:///{Path(folder) / 'tdkt.db'}"
        file.write_bytes(plan(rows))
        found(Options(db=url), {})
        arguments = ("plan", "import", str(file), "--dry-run")
        seconds = [of_child(arguments, url) for _ in range(runs + 1)][1:]
    against = f"{ENOUGH:g} s for {rows} rows"
    figure = median(seconds)
    return Figure("import-docx-command", figure / ENOUGH, figure * 1000, "ms of the processor", runs, against)


def of_child(arguments: Sequence[str], url: str) -> float:
    """Seconds of the processor that the command takes on the database, from nothing to its end."""
    before = os.times()
    child(arguments, url)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


BENCHMARKS: Mapping[str, Callable[..., Figure]] = MappingProxyType(
    {"import-docx": reading, "import-docx-command": importing}
)
