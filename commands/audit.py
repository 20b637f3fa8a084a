"""`tdkt audit`: the log as people and scripts read it, one entry in full, the verification, the export.

`log` and `show` look; `verify` and `export` read every byte. None needs an actor.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import click

from commands.failures import Exit
from commands.printing import hanging, joined, on_terminal, print_by_day, print_pairs, say, wrapped
from commands.readers import item_of
from commands.session import (
    ACCOUNT,
    REFUSED,
    NotConfirmed,
    Noun,
    Session,
    completes,
    print_json,
    with_option,
)
from commands.streams import unguarded
from runtime.office.looking import Looking, instant_of
from runtime.office.typed import BadDate, typed_date
from runtime.views import log

if TYPE_CHECKING:
    from runtime.office.words import Words

UNDER = 14
"""Characters before what stands below an entry: its number, its hour."""

command = Noun(
    name="audit",
    words=(
        "The log: what was done and refused, by whom and when; whether it is sound.",
        "Nhật ký: ai đã làm gì, lúc nào, việc gì không được chấp nhận; kiểm tra tính toàn vẹn.",
    ),
)


# -- log -------------------------------------------------------------------------------------------------


@command.command(
    "log",
    words=(
        "The entries of the year's log, or those of one task or dossier, in order.",
        "Các mục nhật ký của năm, hoặc của một nhiệm vụ, hồ sơ, theo thứ tự.",
    ),
    example="audit log D0004 --full",
    paged=True,
)
@click.argument("ref", required=False, shell_complete=completes("items"))
@with_option(
    "--actor",
    **ACCOUNT,
    words=("Only this account's.", "Chỉ của tài khoản này."),
)
@with_option(
    "--event",
    metavar="EVENT",
    shell_complete=completes("events"),
    words=("Only this event.", "Chỉ việc này."),
)
@with_option("--since", metavar="DATE|TIME", words=("Only from then on.", "Chỉ từ thời điểm này."))
@with_option("--refused", is_flag=True, words=("Only refused attempts.", "Chỉ việc không được chấp nhận."))
@with_option(
    "--limit", type=click.IntRange(min=1), metavar="N", words=("Only the newest N.", "Chỉ N mục mới nhất.")
)
@with_option(
    "--full",
    is_flag=True,
    words=("With every free text, as far as it stands.", "Kèm mọi đoạn văn còn lưu."),
)
def log_(
    session: Session,
    ref: str | None,
    actor: str | None,
    event: str | None,
    since: str | None,
    refused: bool,
    limit: int | None,
    full: bool,
) -> None:
    looking = session.looking
    year, own = looking.log, None
    if ref is not None:
        _office, year, own = item_of(session, ref).key
    entries = log.entries_of(
        looking,
        year,
        ref=own,
        limit=limit,
        actor=actor,
        event=event,
        since=_since(since, looking),
        refused=refused,
    )
    if session.json:
        print_json(log.entry_records(looking, entries, full=full))
    elif not print_by_day(
        ((line.day, "\n".join(_lines(line))) for line in log.log_lines(looking, entries, full=full)),
        heading=looking.day_with_weekday,
    ):
        say(looking.words("message.empty_list"))


def _since(text: str | None, looking: Looking) -> datetime | None:
    """A day, however people write it, or an instant. Raises BadTime."""
    if text is None:
        return None
    with suppress(BadDate):  # what is no day is a time, or said to be none
        text = typed_date(text).isoformat()
    return instant_of(text.strip(), looking.zone)


def _lines(line: log.LogLine) -> Iterator[str]:
    """One line an entry; below it what was recorded, and why it was refused."""
    head = f"{line.seq:>5}  {line.clock}  {line.ref:<5}  "
    mark = "✗ " if line.refused else ""
    who = f"{line.who}; {line.login}" if line.login else line.who
    whole = hanging(head, f"{mark}{line.said}  ({who})")
    yield click.style(whole, fg="red") if line.refused and on_terminal() else whole
    if line.facts:
        yield from wrapped(joined(line.facts), indent=UNDER)
    for reason in line.reasons:
        yield from wrapped(f"- {reason}", indent=UNDER)


# -- show ------------------------------------------------------------------------------------------------


@command.command(
    "show",
    words=(
        "All of one entry: its exact bytes, and the words that belong to it as far as they were not erased.",
        "Toàn bộ một mục: nội dung đã ghi và các đoạn văn kèm theo nếu chưa bị xóa.",
    ),
    example="audit show 0",
    paged=True,
)
@click.argument("seq", type=click.IntRange(min=0))
def show(session: Session, seq: int) -> None:
    looking = session.looking
    entry = log.entry_at(looking, seq)
    if session.json:
        print_json(log.entry_shown(looking, entry))
        return
    page = log.entry_page(looking, entry)
    print_pairs(page.facts)
    for reason in page.reasons:
        click.echo(f"  - {reason}")
    click.echo()
    click.echo(page.bytes)
    for heading, text in page.texts:
        click.echo(f"\n{heading}")
        if text is not None:
            click.echo(f"  {text}")


# -- verify and export -----------------------------------------------------------------------------------


@command.command(
    "verify",
    words=(
        "Read every byte of the logs again and check hashes, columns and heads, then hold every row against "
        "them. Exit code 1 when something is wrong.",
        "Đọc lại toàn bộ nhật ký, kiểm tra mã băm, các cột, mã gốc, rồi đối chiếu từng dòng dữ liệu. "
        "Mã thoát 1 khi có sai lệch.",
    ),
    example="audit verify",
)
def verify(session: Session) -> None:
    from runtime.care.upkeep import verify_logs
    from runtime.care.verified import verified_lines

    words = _words(session)

    def begun(entries: int) -> None:
        if sys.stderr.isatty() and not session.json:
            say(words("message.log_reading", n=entries), err=True)

    found = verify_logs(session.options, session.environment, log=session.options.year, begun=begun)
    if session.json:
        print_json([verified for office in found for verified in office.logs])
    else:
        for office in found:
            head = f"{office.office} " if len(found) > 1 else ""
            for line in verified_lines(office, words):
                say(head + line)
    if not all(office.sound for office in found):
        raise Exit(REFUSED)


def _words(session: Session) -> Words:
    """The words of the first office that is verified: there may be several."""
    from commands.tick import words_of
    from runtime.serve.sweeping import offices_to_sweep

    return words_of(session, offices_to_sweep(session.options, session.environment)[0])


@command.command(
    "erase",
    words=(
        "Erase the words and papers of a nominee (D0042/3), all of a task or dossier, or by its number the "
        "words of an entry about the whole office, for good: personal data. The log keeps their digests and "
        "says that they went.",
        "Xóa hẳn nội dung, giấy tờ của một trường hợp (D0042/3), của cả nhiệm vụ, hồ sơ, hoặc theo số mục "
        "nội dung của một mục nhật ký chung: dữ liệu cá nhân. Nhật ký giữ mã băm và ghi lại việc xóa.",
    ),
    example="audit erase D0001/1 --as quan-tri --yes",
)
@click.argument("ref", shell_complete=completes("items"))
def erase(session: Session, ref: str) -> None:
    from commands.reasons import permitted
    from runtime.acts import erasing
    from runtime.views.papers.naming import papers_naming

    role = permitted(session, erasing.ERASE, what=ref)
    if not session.confirmed(session.words("message.erase", ref=ref)):
        raise NotConfirmed()
    kept = papers_naming(session.looking, ref)  # while the names can still be looked for
    erased = erasing.erase(session.acting, ref, role=role)
    if session.json:
        print_json({"ref": ref, "erased": erased.texts, "papers": erased.papers, "kept": kept})
        return
    say(session.words("message.erased", n=erased.texts, ref=ref))
    if erased.papers:
        say(session.words("message.erased_papers", n=erased.papers, ref=ref))
    if kept:
        say(session.words("message.kept_naming", n=len(kept)))
        for paper in kept:
            named = (session.words(f"paper_kind.{paper.kind}"), paper.number, session.looking.day(paper.on))
            say(f"- {paper.year}/{paper.ref}: {', '.join(filter(None, named))}", indent=2)


@command.command(
    "export",
    words=(
        "Write the log to a file, one JSON object a line, for checking elsewhere; - is stdout.",
        "Xuất nhật ký ra tệp, mỗi dòng một mục JSON, để kiểm tra ở nơi khác; - là màn hình.",
    ),
    example="audit export nhat-ky.jsonl",
)
@click.argument("file", metavar="FILE")
def export(session: Session, file: str) -> None:
    from pathlib import Path

    from commands.files import FileExists
    from runtime.care.upkeep import export_log

    words = session.looking.words
    if file != "-" and Path(file).exists() and not session.confirmed(words("message.overwrite", tep=file)):
        raise FileExists(tep=file)
    count = export_log(
        session.options, session.environment, log=session.looking.log, file=file, stdout=unguarded(sys.stdout)
    )
    if file != "-":
        say(words("message.log_exported", n=count, tep=file), err=True)
