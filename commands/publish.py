"""`tdkt publish`: static pages for everybody, for any web server. Looking only."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import click

from commands.printing import say
from commands.session import Command, Session, print_json, with_option
from runtime.office.settings import language as language_of
from workflow.model.causes import cause_of


@click.command(
    cls=Command,
    name="publish",
    words=(
        "Write pages for everybody into DIR: issued decisions with their state, the plan's progress, the "
        "log's head. Names stand there only as the office's file says (publish), and go when their days are "
        "over.",
        "Ghi các trang công khai vào thư mục: quyết định đã ban hành và tình trạng, tiến độ kế hoạch, mã gốc "
        "nhật ký. Chỉ nêu tên theo mục publish của tệp cơ quan; hết thời hạn thì gỡ tên.",
    ),
    example="publish cong-khai",
)
@click.argument("folder", metavar="DIR")
@with_option(
    "--language",
    type=click.Choice(("vi", "en")),
    words=(
        "The pages' language; else TDKT_LANG, else vi.",
        "Ngôn ngữ của trang; mặc định TDKT_LANG hoặc vi.",
    ),
)
def command(session: Session, folder: str, language: str | None) -> None:
    from commands.files import Unwritable
    from commands.published_folder import keep
    from exchange.pages.published import files
    from runtime.views.published import published

    if not folder.strip():  # a shell's variable that was not set means no folder, least of all this one
        raise Unwritable(
            tep=folder, ly_do=cause_of(FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)))
        )
    looking = session.looking
    site = published(looking.speaking(language or language_of("vi", session.environment)))
    owner = {"office": looking.office, "sandbox": looking.row.sandbox}
    kept = keep(Path(folder), owner, files(site))
    decisions = [decision for year in site.years for decision in year.decisions]
    named = sum(len(decision.lines) for decision in decisions)
    if session.json:
        counts = {"decisions": len(decisions), "named": named, "recorded_at": site.recorded_at}
        print_json({"folder": folder, **counts, **kept._asdict()})
        return
    words = looking.words
    say(words("message.published", tep=folder, n=len(decisions), m=named))
    if looking.directory.publish.days is None:
        say(words("message.published_nobody"))
    if kept.removed:
        say(words("message.published_removed", danh_sach=", ".join(kept.removed)))
    if kept.foreign:
        say(words("message.published_foreign", danh_sach=", ".join(kept.foreign)))
