"""`tdkt deadline`: what is due and what is late, and the three events that move a date.

`list` and `ics` look; `set`, `extend` and `propose` are wordings of `advance`; `migrate` moves what runs to
another version of the policy; `sheet` stands in a module of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from commands.deadline_sheet import sheet
from commands.printing import GAP, aligned, print_by_day, print_table, say
from commands.readers import account_of, item_of
from commands.session import Noun, Session, completes, print_json, with_note, with_option
from runtime.office.looking import Looking
from runtime.office.typed import typed_date
from runtime.views import deadlines
from workflow.model.errors import TdktError

SAID = 31
"""Characters of what a row is."""


class PastDay(TdktError):
    """{ngay} is before today, {gia_tri}; nothing was written. Give a later day, or add --yes to mean it."""

    code = "past_day"


command = Noun(
    name="deadline",
    words=(
        "Deadlines: what is due, what is late; set, extend or propose a date.",
        "Thời hạn: việc sắp đến hạn, quá hạn; ấn định, gia hạn, đề xuất gia hạn.",
    ),
)
command.add_command(sheet)


# -- list ------------------------------------------------------------------------------------------------


@command.command(
    "list",
    words=(
        "Who is late and what is due, one line an item. With a reference or an option: each reminder, due "
        "day and escalation by its day.",
        "Việc quá hạn và sắp đến hạn, mỗi việc một dòng. Kèm mã hoặc tùy chọn: từng mốc nhắc việc, đến hạn, "
        "báo cáo theo ngày.",
    ),
    example="deadline list --until 30/06/2026",
    paged=True,
)
@click.argument("ref", required=False, shell_complete=completes("items"))
@with_option("--until", metavar="DATE", words=("Only up to the end of that day.", "Chỉ đến hết ngày này."))
@with_option("--overdue", is_flag=True, words=("Only what is past its date.", "Chỉ việc quá hạn."))
@with_option("--pending", is_flag=True, words=("Only what is still to come.", "Chỉ các mốc chưa đến."))
def list_(session: Session, ref: str | None, until: str | None, overdue: bool, pending: bool) -> None:
    looking = session.looking
    own = item_of(session, ref).key if ref is not None else None
    day = typed_date(until) if until is not None else None
    rows = deadlines.rows_of(looking, of=own, until=day, pending=pending)
    if overdue:
        rows = deadlines.overdue_rows(looking, rows)
    if session.json:
        print_json(rows)
    elif overdue:
        _print_items(looking, deadlines.overdue_lines(looking, rows), coming=False)
    elif own is not None or until is not None or pending:
        targets = deadlines.targets_of(looking)
        lines = [deadlines.row_line(looking, row, targets) for row in rows]
        shown = aligned([line[1:] for line in lines], indent=GAP)
        days = (line.day for line in lines)
        if not print_by_day(zip(days, shown, strict=True), heading=looking.day_with_weekday):
            say(looking.words("message.empty_list"))
    else:
        _print_overview(looking, deadlines.overview_of(looking, rows))


def _print_overview(looking: Looking, overview: deadlines.DueOverview) -> None:
    coming = any(line.coming for group in overview.groups for line in group.lines)
    for number, group in enumerate(overview.groups):
        click.echo(("\n" if number else "") + f"{group.heading} ({len(group.lines)})")
        _print_items(looking, group.lines, coming=coming)
    if not overview.groups:
        say(looking.words("message.empty_list"))
    elif overview.note:
        click.echo(f"\n{overview.note}")


def _print_items(looking: Looking, lines: Sequence[deadlines.DueLine], *, coming: bool) -> None:
    if not lines:
        say(looking.words("message.empty_list"))
        return
    names = ("ref", "due", "late", "state", *(("next_row",) if coming else ()))
    print_table([looking.words(f"column.{name}") for name in names], [line[: len(names)] for line in lines])


# -- as a calendar file ----------------------------------------------------------------------------------


@command.command(
    "ics",
    words=(
        "Write the year's due dates as a calendar file (iCalendar), with alarms.",
        "Ghi thời hạn trong năm thành tệp lịch (iCalendar), kèm báo nhắc.",
    ),
    example="deadline ics thoi-han.ics",
)
@click.argument("file", metavar="FILE")
@with_option("--mine", is_flag=True, words=("Only what waits for me.", "Chỉ việc chờ tôi xử lý."))
def ics(session: Session, file: str, mine: bool) -> None:
    from pathlib import Path

    from commands.files import write_text
    from exchange.ics import calendar
    from runtime.views.due_days import calendar_name, due_days

    looking = session.looking
    days = due_days(looking, account=account_of(session) if mine else None)
    text = calendar(calendar_name(looking), days, stamp=looking.now)
    write_text(Path(file), text, overwrite=session.options.yes)
    if session.json:
        print_json([{"uid": day.uid, "due": day.day, "status": day.status} for day in days])
    else:
        say(looking.words("ics.written", n=len(days), tep=file))


# -- wordings of advance ---------------------------------------------------------------------------------


def _advance(session: Session, ref: str, event: str, inputs: dict[str, str], *, note: str | None) -> None:
    from commands.advance import advance

    advance(session, (ref,), event, inputs, note=note)


def _confirm_past(session: Session, text: str) -> None:
    """A day before today would be overdue at once, so it is asked for or needs --yes. Raises PastDay."""
    from workflow.rules.inputs import parse_date
    from workflow.rules.not_an_input import NotAnInput

    acting = session.acting
    acting.require_actor()
    try:
        day = parse_date(text)
    except NotAnInput:  # the event says what it expects
        return
    if day >= acting.today:
        return
    shown = {"ngay": acting.words.day(day), "gia_tri": acting.words.day(acting.today)}
    if not session.confirmed(acting.words("message.past_day_question", **shown)):
        raise PastDay(**shown)


@command.command(
    "set",
    words=(
        "Set the date of a task that has only a derived one, with its source: a letter, an invitation. With "
        "--target: the internal target, which leads up to the date and leaves it.",
        "Ấn định thời hạn cho nhiệm vụ mới có hạn suy ra, kèm nguồn: công văn, giấy mời. Kèm --target: mốc "
        "nội bộ trước thời hạn, thời hạn giữ nguyên.",
    ),
    example='deadline set T07 20/05/2026 --source "Giấy mời 15/GM-SNV" --as chuyen-vien',
)
@click.argument("ref", shell_complete=completes("items"))
@click.argument("date", metavar="DATE")
@with_option("--source", required=True, words=("Where the date comes from.", "Nguồn của thời hạn."))
@with_option("--target", is_flag=True, words=("The internal target, not the date.", "Mốc nội bộ."))
@with_note
def set_(session: Session, ref: str, date: str, source: str, target: bool, note: str | None) -> None:
    if target:
        _advance(session, ref, "set_target", {"date": date, "source": source}, note=note)
        return
    _confirm_past(session, date)
    _advance(session, ref, "set_deadline", {"date": date, "source": source}, note=note)


@command.command(
    "untarget",
    words=(
        "Remove a task's internal target: reminders follow its date again.",
        "Bỏ mốc nội bộ của nhiệm vụ: việc nhắc trở lại theo thời hạn.",
    ),
    example='deadline untarget T16 --reason "Không cần nữa" --as thuong-truc',
)
@click.argument("ref", shell_complete=completes("items"))
@with_option("--reason", required=True, words=("Why.", "Lý do."))
@with_note
def untarget(session: Session, ref: str, reason: str, note: str | None) -> None:
    _advance(session, ref, "drop_target", {"reason": reason}, note=note)


def _extension(name: str, event: str, *, words: tuple[str, str], example: str) -> None:
    """A command that asks for a later date: extending and proposing differ by their event alone."""

    @command.command(name, words=words, example=example)
    @click.argument("ref", shell_complete=completes("items"))
    @click.argument("date", metavar="DATE")
    @with_option("--reason", required=True, words=("Why.", "Lý do."))
    @with_note
    def extend(session: Session, ref: str, date: str, reason: str, note: str | None) -> None:
        _advance(session, ref, event, {"until": date, "reason": reason}, note=note)


_extension(
    "extend",
    "extend",
    words=(
        "Extend a task's date. The first date stays on record.",
        "Gia hạn nhiệm vụ. Thời hạn đầu tiên vẫn được lưu.",
    ),
    example='deadline extend T06 15/04/2026 --reason "Chờ văn bản" --as chu-tich',
)
_extension(
    "propose",
    "propose_extension",
    words=(
        "Propose an extension; the chair or vice chair decides it.",
        "Đề xuất gia hạn để Chủ tịch hoặc Phó Chủ tịch quyết định.",
    ),
    example='deadline propose T06 15/04/2026 --reason "Chờ văn bản" --as chuyen-vien',
)


# -- under another version of the policy -----------------------------------------------------------------


@command.command(
    "migrate",
    words=(
        "Move running deadlines to another version of the policy: shows what changes, asks, does it.",
        "Chuyển thời hạn đang chạy sang phiên bản quy định khác: xem thay đổi, hỏi lại rồi thực hiện.",
    ),
    example="deadline migrate --to 2 --dry-run",
)
@with_option(
    "--to",
    "version",
    type=click.IntRange(1),
    required=True,
    metavar="VERSION",
    words=("A version of the policy that the office has.", "Phiên bản quy định mà cơ quan đã áp dụng."),
)
@with_option("--dry-run", is_flag=True, words=("Show it, write nothing.", "Chạy thử, không ghi."))
def migrate(session: Session, version: int, dry_run: bool) -> None:
    """A new version holds for what begins after it; what runs is moved by this command alone."""
    from commands.reasons import permitted
    from commands.recalendaring import move, moves_json
    from runtime.acts.recalendaring import migrate_deadlines

    acting, words = session.acting, session.words
    role = None
    if not dry_run:
        role = permitted(session, "migrate_deadlines", what=f"{acting.directory.policy}/{version}")
    foreseen = migrate_deadlines(acting, version, role=role, dry_run=True)
    done = move(
        session,
        foreseen,
        lambda: migrate_deadlines(acting, version, role=role),
        of="policy",
        dry_run=dry_run,
    )
    if session.json:
        print_json({"policy": done.by, "dry_run": dry_run, "items": moves_json(done)})
        return
    said = "policy_would_move" if dry_run else "policy_moved"
    click.echo(
        words(f"message.{said if done.items else 'policy_moves_nothing'}", n=len(done.items), ten=done.by)
    )
