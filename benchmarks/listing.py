"""Taking in a list of 2.000 nominees: reading it, against a bare python-calamine read of its cells, and the
whole command, against three seconds; both count the processor's time.
"""

from __future__ import annotations

import io
import resource
import sys
from collections.abc import Callable, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from types import MappingProxyType

import openpyxl
from python_calamine import CalamineWorkbook

from benchmarks.house import NOW, work_folder
from benchmarks.importing import of_child, spent
from benchmarks.measuring import Figure, in_turns
from exchange.lists.reading import read_list
from runtime.acts.founding import found
from runtime.acts.planning import office_without_database
from runtime.office.settings import Options
from tests.workflow.shipped import rules

LINES = 2000
ENOUGH, MEMORY = 3.0, 300.0
"""Seconds of the processor and megabytes that are enough for the whole command."""
HEAD = (
    ("ỦY BAN NHÂN DÂN XÃ ĐIỀM HE",),
    ("TRƯỜNG THCS MẪU",),
    ("DANH SÁCH ĐỀ NGHỊ DANH HIỆU LAO ĐỘNG TIÊN TIẾN NĂM 2026",),
    ("(Kèm theo Tờ trình số 18/TTr-THM ngày 05/01/2026)",),
    (),
    ("STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị công tác", "Mức xếp loại năm", "Danh hiệu đề nghị"),
)
NAMES = (
    ("Nông", "Hoàng", "Lý", "Vi", "Triệu", "Mã", "Lộc", "Hứa"),
    ("Văn", "Thị", "Đức", "Minh", "Ngọc"),
    ("An", "Bình", "Cường", "Dũng", "Hạnh", "Khìn", "Slầy", "Páo", "Sẹc", "Ngàn"),
    ("Nhất", "Nhì", "Ba", "Tư", "Năm"),
)


def nominees(lines: int) -> bytes:
    """A list as a school writes it: every name once."""
    book = openpyxl.Workbook()
    for row in HEAD:
        book.active.append(row)
    for number, name in zip(range(1, lines + 1), product(*NAMES), strict=False):
        born = f"{1 + number % 28}/{1 + number % 12}/{1960 + number % 40}"
        said = (" ".join(name), born, "Giáo viên", f"Tổ {number % 40}", "Hoàn thành tốt nhiệm vụ", "LĐTT")
        book.active.append((number, *said))
    book.active.append(("Tổng cộng", f"{lines} người"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bare_read(data: bytes) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def reading(runs: int = 10, lines: int = LINES) -> Figure:
    """`read_list` within the process, with every check of the file."""
    data, office, pack = nominees(lines), office_without_database(Options(now=NOW), {}), rules()

    def read() -> None:
        listed = read_list(data, office=office.office, rules=pack, today=date(2026, 1, 20), file="ds.xlsx")
        if len(listed.lines) != lines:
            raise RuntimeError(f"{len(listed.lines)} lines of {lines}")

    turns = in_turns(
        lambda _turn: spent(read), lambda _turn: spent(lambda: bare_read(data)), runs=runs, warm_up=1
    )
    against = f"python-calamine reading the cells of the same {lines} lines"
    return Figure("import-list-read", turns.cost, turns.median * 1000, "ms of the processor", runs, against)


def importing(runs: int = 5, lines: int = LINES) -> tuple[Figure, Figure]:
    """`tdkt dossier import FILE --yes`, from nothing to its last line, each time in a new office; then the
    most memory that a run had."""
    with TemporaryDirectory(prefix="tdkt-benchmark-", dir=work_folder()) as folder:
        file = Path(folder) / "ds.xlsx"
        file.write_bytes(nominees(lines))
        seconds = []
        for run in range(runs + 1):
            url = f"sqlite:///{Path(folder) / f'{run}.db'}"
            found(Options(db=url), {}, sandbox=True)
            words = ("--yes", "--as", "chuyen-vien", "dossier", "import", str(file), "--task", "T17")
            seconds.append(of_child(words, url))
    figure, most = median(seconds[1:]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    megabytes = most / 1024 / (1024 if sys.platform == "darwin" else 1)
    name = "import-list-command"
    return (
        Figure(
            name, figure / ENOUGH, figure * 1000, "ms of the processor", runs, f"{ENOUGH:g} s, {lines} lines"
        ),
        Figure("import-list-memory", megabytes / MEMORY, megabytes, "MB", runs, f"{MEMORY:g} MB"),
    )


BENCHMARKS: Mapping[str, Callable[..., Figure | tuple[Figure, Figure]]] = MappingProxyType(
    {"import-list-read": reading, "import-list-command": importing}
)
