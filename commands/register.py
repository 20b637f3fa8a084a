"""`tdkt register`: the registers that an office keeps, found by number, day, body and name. Looking only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from commands.printing import joined, print_table, say
from commands.session import BODY, Noun, Session, print_json, with_option
from runtime.office.looking import Looking
from runtime.office.typed import typed_date
from runtime.views.register import Asked, Register, register_book, register_of, row_cells

command = Noun(
    name="register",
    words=(
        "Registers of papers, award decisions, dossiers and awards, of all years (--year narrows).",
        "Sổ văn bản, quyết định khen thưởng, hồ sơ đến, khen thưởng, của mọi năm (--year: một năm).",
    ),
)
OPTIONS = (
    with_option(
        "--number", metavar="N", words=("A number: 112 or 112/QĐ-UBND.", "Số: 112 hoặc 112/QĐ-UBND.")
    ),
    with_option("--on", "day", metavar="DATE", words=("Of this day.", "Của ngày này.")),
    with_option("--since", metavar="DATE", words=("From this day on.", "Từ ngày này.")),
    with_option("--until", metavar="DATE", words=("Up to this day.", "Đến hết ngày này.")),
    with_option("--body", **BODY, words=("Of this body.", "Của đơn vị này.")),
    with_option(
        "--find",
        metavar="NAME",
        words=("With this name; tone marks may be left out.", "Có tên này; không cần dấu."),
    ),
    with_option("--xlsx", metavar="FILE", words=("Write a workbook.", "Ghi thành bảng tính.")),
)


def _register(name: str, words: tuple[str, str], *, example: str) -> None:
    """Adds the command of one register."""

    def look(
        session: Session,
        number: str | None,
        day: str | None,
        since: str | None,
        until: str | None,
        body: str | None,
        find: str | None,
        xlsx: str | None,
    ) -> None:
        first, last = (typed_date(text) if text else None for text in (day or since, day or until))
        asked = Asked(number=number, since=first, until=last, body=body, find=find)
        _show(session, name, asked, xlsx)

    decorated: Callable[..., Any] = look
    for option in reversed(OPTIONS):
        decorated = option(decorated)
    command.command(name, words=words, example=example, paged=True)(decorated)


_register(
    "papers", ("Papers that were recorded.", "Sổ văn bản đã ghi nhận."), example="register papers --number 07"
)
_register(
    "decisions",
    ("Award decisions.", "Sổ quyết định khen thưởng."),
    example="register decisions --xlsx so.xlsx",
)
_register(
    "dossiers", ("Dossiers that were received.", "Sổ hồ sơ đến."), example="register dossiers --body thon-1"
)
_register(
    "awards", ("Who was awarded what.", "Sổ khen thưởng."), example="register awards --since 01/01/2026"
)


def _show(session: Session, name: str, asked: Asked, xlsx: str | None) -> None:
    looking = session.looking
    if xlsx is not None:
        _write_workbook(session, name, asked, xlsx)
    register = register_of(looking, name, asked)
    if session.json:
        print_json(register.records)
    elif xlsx is not None:
        say(looking.words("message.page_written", tep=xlsx))
    else:
        _print(looking, register)


def _write_workbook(session: Session, name: str, asked: Asked, file: str) -> None:
    """Papers of the office are Vietnamese."""
    from pathlib import Path

    from commands.files import write_bytes
    from exchange.sheets.chase import tables_workbook

    looking = session.looking.speaking("vi")
    book = register_book(looking, register_of(looking, name, asked))
    write_bytes(Path(file), tables_workbook(book), overwrite=session.options.yes)


def _print(looking: Looking, register: Register) -> None:
    if not register.records:
        say(looking.words("message.empty_list"))
        return
    rows = [row_cells(looking, register, row, ("row",)) for row in register.records]
    below = [row_cells(looking, register, row, ("below",)) for row in register.records]
    print_table(
        [heading for heading, _cell in rows[0]],
        [[cell for _heading, cell in row] for row in rows],
        below=[joined((label, value) for label, value in pairs if value) for pairs in below],
    )
