"""`tdkt plan`: read the office's plan document into tasks, and see the year as a board.

`show` must start fast: what reads documents and what acts is imported where it is called.
"""

from __future__ import annotations

import click

from commands.board import print_board
from commands.printing import say
from commands.session import Noun, Session, print_json, with_option
from runtime.views.board import board_of, board_record


@click.group(cls=Noun, name="plan", words=("The year's plan: import it, see it.", "Kế hoạch năm: nạp, xem."))
def command(**_: object) -> None:
    pass


@command.command(
    "import",
    words=(
        "Read a plan (.docx, .odt, .xlsx, text) into the year's tasks; of a changed one say what differs.",
        "Nạp kế hoạch (.docx, .odt, .xlsx, văn bản) thành nhiệm vụ. Có thay đổi thì nêu chỗ khác, hỏi lại.",
    ),
    example="plan import ke-hoach-2026.txt --dry-run",
)
@click.argument("file", metavar="FILE")
@with_option("--dry-run", is_flag=True, words=("Read and compare, write nothing.", "Chạy thử, không ghi."))
def import_(session: Session, file: str, dry_run: bool) -> None:
    from commands.importing import dry_run_plan, import_plan

    if dry_run:
        dry_run_plan(session, file)
    else:
        import_plan(session, file)


@command.command(
    "next",
    words=(
        "The plan of the next year from this one's rows, as a Word file that `plan import` reads.",
        "Lập dự thảo kế hoạch năm sau từ kế hoạch năm nay, thành tệp Word nạp lại được.",
    ),
    example="plan next 2027 --drop T05 -o ke-hoach-2027.docx",
    paged=True,
)
@click.argument("year", type=int, metavar="YEAR")
@with_option("-o", "out", metavar="FILE", words=("Write the Word file.", "Ghi tệp Word."))
@with_option(
    "--drop", multiple=True, metavar="REF", words=("Leave this row out.", "Bỏ dòng này khỏi kế hoạch.")
)
@with_option(
    "--add",
    multiple=True,
    metavar="REF",
    words=("Take in this task beside the plan.", "Đưa nhiệm vụ phát sinh này vào kế hoạch."),
)
@with_option(
    "--keep-date",
    multiple=True,
    metavar="REF",
    words=("Keep the date of this row, a year later.", "Giữ ngày của dòng này, lùi sang năm sau."),
)
@with_option(
    "--move",
    multiple=True,
    metavar="REF=QUARTER",
    words=("Move this row to another quarter.", "Chuyển dòng này sang quý khác."),
)
@with_option(
    "--title",
    metavar="TEXT",
    words=("The plan's title, with its year.", "Tên kế hoạch, có năm."),
)
def next_(
    session: Session,
    year: int,
    out: str | None,
    drop: tuple[str, ...],
    add: tuple[str, ...],
    keep_date: tuple[str, ...],
    move: tuple[str, ...],
    title: str | None,
) -> None:
    from commands.next_plan import edits_of, show_next_plan

    show_next_plan(session, year, edits_of(drop, add, keep_date, move, title), out)


@command.command(
    "show",
    words=(
        "The year as a board: four quarters, tasks, states, dates.",
        "Bảng công việc cả năm: bốn quý, nhiệm vụ, trạng thái, thời hạn.",
    ),
    example="plan show --html ke-hoach.html",
    paged=True,
)
@with_option(
    "--html",
    metavar="FILE",
    words=("Write the board as one page for a browser.", "Ghi bảng thành một trang để mở bằng trình duyệt."),
)
def show(session: Session, html: str | None) -> None:
    looking = session.looking
    if html is not None:
        _write_page(session, html)
    if session.json:
        print_json(board_record(looking))
    elif html is not None:
        say(looking.words("message.page_written", tep=html))
    else:
        print_board(board_of(looking), plain="NO_COLOR" in session.environment)


def _write_page(session: Session, name: str) -> None:
    from pathlib import Path

    from commands.files import write_text
    from exchange.pages.board import page

    write_text(Path(name), page(board_of(session.looking)), overwrite=session.options.yes)
