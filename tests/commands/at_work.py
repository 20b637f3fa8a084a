"""An office in full work, in a folder with the files that lie about there."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from cli import door
from commands.failures import run
from tests.commands.conftest import SHIPPED
from tests.commands.test_definition import OFFICE, SECOND, SECOND_OFFICER
from tests.dossiers import Typed, for_the_province, reviewed, way
from tests.people import (
    ACCOUNTANT,
    ADMINISTRATOR,
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SECRETARY,
    STANDING_MEMBER,
)
from tests.sample_papers import pdf

NOW = "2026-03-02T08:00"
INCIDENT = """INSERT INTO incident (office, id, at, code, seen, last_at)
VALUES ('diem-he', 'I01', '2026-03-02T01:00:00.000000Z', 'sweep_failed', 1, '2026-03-02T01:00:00.000000Z')"""


def dossier(ref: str, body: str, to: str, *, lines: tuple[int, ...] = (1,)) -> Iterator[Typed]:
    """A dossier of a movement, brought to a stage."""
    what = ("--task", "T06", "--from", body, "--title", "gk", "--type", "phong_trao")
    yield ("dossier", "new", *what, "--as", body)
    for line in lines:
        name = f"Trường hợp {ref}-{line}"
        yield ("dossier", "add", ref, "--kind", "person", "--name", name, "--as", body)
    yield from way(to, ref=ref, on="02/03/2026", lines=lines, body=body)


def decisions() -> Iterator[Typed]:
    """A draft, one whose money is confirmed, one before the signer, one that is signed; the fifth line waits.
    The award of D0006 has a decision behind it."""
    paper = ("--paper", "05/TTr-HĐTĐKT", "--paper-date", "02/03/2026", "--as", OFFICER)
    signed = ("--on", "02/03/2026", "--way", "paper", "--as", RECORDS_CLERK)
    steps = (("funds", "--as", ACCOUNTANT), ("submit", *paper), ("sign", *signed))
    for number in range(4):
        yield ("decision", "new", "--title", "gk", "--lines", f"D0016/{number + 1}", "--as", OFFICER)
        for verb, *words in steps[:number]:
            yield ("decision", verb, f"Q0{number + 2}", *words)


def preparation() -> Iterator[Typed]:
    """What was done in the office before the examples are typed."""
    yield ("expect", "open", "T06", "--as", OFFICER, "--yes")
    yield ("tick", "--now", NOW)
    yield from dossier("D0001", "thon-1", "drafted")
    yield from dossier("D0002", "thon-2", "submitted")
    yield from dossier("D0003", "thon-1", "complete", lines=(1, 2))
    yield from dossier("D0004", "thon-1", "appraised", lines=(1, 2))
    yield from dossier("D0005", "thon-1", "drafted")
    yield from dossier("D0006", "thon-3", "appraised")
    yield from dossier("D0007", "thon-2", "submitted")
    lacking = ("--set", "missing=Biên bản họp thôn", "--set", "until=10/03/2026")
    yield ("advance", "D0007", "return", *lacking, "--as", OFFICER)
    yield ("dossier", "attach", "D0005", "to_trinh", "to-trinh.pdf", "--as", "thon-1")
    yield ("advance", "D0005", "withdraw", "--set", "reason=Nộp nhầm", "--as", "thon-1")
    yield ("deadline", "set", "T16", "01/12/2026", "--target", "--source", "Nội bộ", "--as", STANDING_MEMBER)
    known = ("--period", "2025", "--unit", "Trường học", "--as", OFFICER)
    yield ("rating", "add", "Nguyễn Văn Ba", "httnv", *known)
    yield ("initiative", "add", "Thư viện xanh", "--author", "Nguyễn Văn Ba", *known)
    yield ("definition", "adopt", "han-moi.yaml", "--as", ADMINISTRATOR)
    yield ("definition", "adopt", "nhiem-vu.yaml", "--as", ADMINISTRATOR, "--yes")
    yield ("definition", "agree", "machine/plan_task", "--as", CHAIR, "--yes")
    yield from sessions()
    yield from dossier("D0016", "thon-2", "appraised", lines=(1, 2, 3, 4, 5))
    yield from dossier("D0017", "thon-2", "appraised")
    yield from reviewed("S07", "02/03/2026", ("D0006", "D0016", "D0017"), {"gk": ()})
    yield from way("awarded", ref="D0006", since="reviewed", on="02/03/2026")
    yield from decisions()
    yield ("definition", "adopt", "co-quan.yaml", "--as", ADMINISTRATOR)
    yield ("movement", "new", "Phong trào mẫu", "--date", "02/02/2026", "--as", OFFICER)
    yield ("movement", "review", "M01", "Có tiến bộ", "--as", OFFICER)
    yield ("movement", "new", "Phong trào đã xong", "--date", "02/02/2026", "--as", OFFICER)
    yield ("movement", "close", "M02", "Xong", "--as", OFFICER)
    yield from money()
    yield ("office", "invite", "uy-vien-1", "--name", "Lý Văn Thử", "--as", ADMINISTRATOR)


def sessions() -> Iterator[Typed]:
    """Sessions of the council in every state but the last, the meetings on the day of the examples: S01 is
    prepared, S02 called, in S03 one vote is counted and one is not, in S04 all is left for later, in S05 all
    is voted, S06 is closed."""
    yield ("definition", "adopt", "y-kien.yaml", "--as", ADMINISTRATOR, "--yes")
    yield ("definition", "agree", "office/diem-he", "--as", CHAIR, "--yes")
    slips = ("D0010", "D0011", "D0014")
    for ref in (f"D{number:04}" for number in range(8, 16)):
        yield from (
            for_the_province(ref, on="02/03/2026") if ref in slips else dossier(ref, "thon-1", "appraised")
        )
    yield from _prepared("S01", "D0015", on="16/03/2026")
    yield from _called("S02", "D0008")
    yield from _opened("S03", "D0009", "D0010", "D0014")
    yield ("council", "board", "S03", "uy-vien-1", "uy-vien-2", "uy-vien-4", "--as", SECRETARY)
    for line, hour in (("D0010/1", "08:30"), ("D0014/1", "09:00")):
        yield ("council", "vote", "S03", "bkt", "--lines", line, "--at", hour, "--as", SECRETARY)
        if line == "D0010/1":
            yield ("council", "count", "S03", "bkt", "--all-for", "--as", SECRETARY)
    yield from _opened("S04", "D0011")
    yield ("council", "conclude", "S04", "D0011/1", "--to", "later", "--as", CHAIR)
    yield from _opened("S05", "D0012")
    yield ("council", "vote", "S05", "gk", "--at", "08:30", "--all-for", "--as", SECRETARY)
    yield from _opened("S06", "D0013")
    yield ("council", "conclude", "S06", "D0013/1", "--to", "later", "--as", CHAIR)
    yield ("council", "close", "S06", "--at", "09:00", "--as", SECRETARY)


def money() -> Iterator[Typed]:
    """A second dossier joins the decision of the first; its line is paid and handed over."""
    yield from way("awarded", ref="D0017", since="reviewed", on="02/03/2026")
    yield ("payment", "record", "Q01", "D0017/1", "--as", ACCOUNTANT, "--yes")
    yield ("certificate", "hand", "Q01", "D0017/1", "--as", OFFICER)


def _prepared(ref: str, *dossiers: str, on: str = "02/03/2026") -> Iterator[Typed]:
    when = ("--date", on, "--at", "08:00", "--place", "Phòng họp")
    yield ("council", "new", *when, "--as", SECRETARY)
    yield ("council", "agenda", ref, *dossiers, "--as", SECRETARY)


def _called(ref: str, *dossiers: str) -> Iterator[Typed]:
    yield from _prepared(ref, *dossiers)
    paper = ("--paper", f"{ref[1:]}/GM-HĐTĐKT", "--paper-date", "02/03/2026")
    yield ("council", "call", ref, *paper, "--as", SECRETARY, "--yes")


def _opened(ref: str, *dossiers: str) -> Iterator[Typed]:
    yield from _called(ref, *dossiers)
    yield ("council", "open", ref, "--absent", "uy-vien-3", "--as", SECRETARY)


def files(folder: Path) -> None:
    """The files that lie about in the office's folder."""

    def edited(file: str, name: str, *changes: tuple[str, str]) -> None:
        text = (SHIPPED / file).read_text("utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, "utf-8")

    second = ("version: 1\n", "version: 2\n")
    edited("offices/diem-he/ke-hoach-2026.txt", "ke-hoach-2026.txt")
    edited("policies/deadlines/1.yaml", "han-moi.yaml", second, ("14 cd", "10 wd"))
    edited("machines/plan_task/1.yaml", "nhiem-vu.yaml", second)
    in_writing = ("\nplan: ", "\nmembership: {written_opinions: true}\nplan: ")
    edited(OFFICE, "y-kien.yaml", SECOND, in_writing)
    edited(OFFICE, "co-quan.yaml", ("version: 1", "version: 3"), in_writing, SECOND_OFFICER)
    counted = "Trường hợp,Thu về,Hợp lệ,Không hợp lệ,Đồng ý,Không đồng ý\nD0014/1,8,8,0,8,0\n"
    (folder / "phieu.csv").write_text(counted, "utf-8")
    listed = (
        "Họ và tên,Đối tượng,Danh hiệu đề nghị,Năm sinh",
        "Nông Văn A,Hộ gia đình,Gia đình văn hóa,1974",
    )
    (folder / "danh-sach.csv").write_text("\n".join(listed), "utf-8")
    old = "STT;Họ và tên;Đơn vị;Năm;Danh hiệu;Số, ngày QĐ;Xếp loại\n"
    row = "1;Nguyễn Văn Tư;Trường học;2024;LĐTT;15/QĐ-UBND ngày 20/06/2024;HTTNV\n"
    (folder / "khen-thuong-cu.csv").write_text(old + row, "utf-8")
    old = "STT;Tên sáng kiến;Số, ngày QĐ công nhận;Tác giả (tỷ lệ)\n"
    row = "1;Tủ sách thôn;21/QĐ-UBND ngày 20/05/2025;Nguyễn Văn Tư (60%), Trần Thị Năm (40%)\n"
    (folder / "sang-kien.csv").write_text(old + row, "utf-8")
    (folder / "to-trinh.pdf").write_bytes(pdf())
    (folder / "dung-han.yaml").write_text("scenario: Đúng hạn\npace: {tasks: {}}\n", "utf-8")


def typed(words: Typed) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
        code = run(door(), words)
    assert code == 0, (words, said.getvalue())


def prepare(folder: Path, sandbox: Path) -> None:
    """Puts the office with all that was done in it into the folder; `sandbox` is the file it begins with."""
    files(folder)
    shutil.copyfile(sandbox, folder / "co-quan.db")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("TDKT_DB", "co-quan.db")
        for words in preparation():
            typed(words)
    with closing(sqlite3.connect(folder / "co-quan.db")) as connection:
        connection.execute(INCIDENT)
        connection.commit()
