"""`tdkt backup FILE`: a checked copy of an SQLite database, made while others write."""

from __future__ import annotations

from pathlib import Path

import click

from commands.failures import Exit, sentence
from commands.printing import say
from commands.session import REFUSED, Command, Session, print_json


@click.command(
    cls=Command,
    name="backup",
    words=(
        "Copy the database to a file and its papers to FILE.files while others write, and check the copy. To "
        "restore it, stop tdkt and copy both back.",
        "Sao lưu cơ sở dữ liệu ra tệp, giấy tờ ra thư mục TỆP.files trong khi vẫn làm việc, có kiểm tra bản "
        "sao. Khôi phục: dừng tdkt rồi chép cả hai trở lại.",
    ),
    example="backup sao-luu.db",
)
@click.argument("file", metavar="FILE")
def command(session: Session, file: str) -> None:
    from commands.files import FileExists
    from commands.tick import words_of
    from runtime.care.upkeep import back_up_to, may_back_up
    from runtime.serve.sweeping import offices_to_sweep

    words = words_of(session, offices_to_sweep(session.options, session.environment)[0])
    may_back_up(session.options, session.environment, file=file)
    if Path(file).exists() and not session.confirmed(words("message.overwrite", tep=file)):
        raise FileExists(tep=file)
    made = back_up_to(session.options, session.environment, file=file)
    if session.json:
        print_json(
            {
                "file": str(made.path),
                "size": made.size,
                "entries": made.entries,
                "files": made.files,
                "lacking": [each.digest for each in made.lacking],
            }
        )
    else:
        say(words("message.backup_done", tep=made.path))
        say(words("message.backup_checked", n=made.entries, noi=made.source))
        if made.files or made.lacking:
            say(words("message.backup_files", n=made.files, noi=f"{made.path}.files"))
    for each in made.lacking:
        say(f"{', '.join(each.refs)}: {sentence(each.error)}", err=True)
    if made.lacking:
        raise Exit(REFUSED)
