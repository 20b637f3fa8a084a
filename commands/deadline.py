"""`tdkt deadline`: what is due and what is late, and the three events that move a date.

`list` and `ics` look; `set`, `extend` and `propose` are wordings of `advance`; `sheet` and `migrate` stand in
modules of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

import click

from commands.deadline_migrate import migrate
from commands.deadline_rows import row_text, term_text
from commands.deadline_sheet import sheet
from commands.items import account_of, day_text
from commands.printing import LEAST_WIDTH, WIDTH, print_table
from commands.session import Noun, Session, completes, print_json, with_option
from runtime.office.looking import Looking, local_text
from runtime.views.items import DERIVED, progress
from storage.views import Row
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Item
from workflow.model.wording import date_vi, shorten

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SAID = 31
"""Characters of what a row is."""


class BadDate(UsageMistake):
    """'{gia_tri}' is no date; write 2026-03-31 or 31/03/2026."""

    code = "bad_date"


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
command.add_command(migrate)


# -- list ------------------------------------------------------------------------------------------------


@command.command(
    "list",
    words=(
        "Who is late and what is due, one line an item. With a reference or an option: each reminder, due "
        "day and escalation by its day.",
        "Việc quá hạn và sắp đến hạn, mỗi việc một dòng. Kèm mã hoặc tùy chọn: từng mốc nhắc việc, đến hạn, "
        "báo cáo theo ngày.",
    ),
)
@click.argument("ref", required=False, shell_complete=completes("items"))
@with_option("--until", metavar="DATE", words=("Only up to the end of that day.", "Chỉ đến hết ngày này."))
@with_option("--overdue", is_flag=True, words=("Only what is past its date.", "Chỉ việc quá hạn."))
@with_option("--pending", is_flag=True, words=("Only what is still to come.", "Chỉ các mốc chưa đến."))
def list_(session: Session, ref: str | None, until: str | None, overdue: bool, pending: bool) -> None:
    looking = session.looking
    own = looking.item(ref).key.ref if ref is not None else None
    end = looking.until(_day(until)) if until is not None else None
    rows = looking.reading.deadlines(looking.office, looking.year, ref=own, until=end, pending=pending)
    late = [item for item in _open_items(looking) if looking.days_late(item)]
    if overdue:
        rows = _due_rows(rows, {item.key.ref: item.due_on for item in late})
    if session.json:
        print_json([deadline_json(row) for row in rows])
    elif overdue:
        _print_items(looking, [item for item in late if item.key.ref in {row["ref"] for row in rows}], {})
    elif own is not None or until is not None or pending:
        _print_rows(looking, rows)
    else:
        _print_overview(looking, rows, late)


def _day(text: str) -> date:
    """Raises BadDate."""
    from workflow.rules.inputs import NotAnInput, parse_date

    try:
        return parse_date(text)
    except NotAnInput as error:
        raise BadDate(gia_tri=text) from error


def deadline_json(row: Row) -> dict[str, Any]:
    """A deadline row for scripts: `at` and `fired_at` in UTC, `late_s` against the row's own instant; `term`
    is the dossier's term that it belongs to, `paused_on` the day since which it stands still."""
    names = ("ref", "name", "kind", "at", "due_date", "derived", "status", "fired_at", "late_s")
    more = ("occurrence", "level", "reason", "policy", "paused_on", "term")
    return {name: row[name] for name in (*names, *more)}


def _open_items(looking: Looking) -> list[Item]:
    """Open items that have a date, nearest first."""
    items = looking.reading.owned_items(looking.office, looking.year)
    return [item for item in items if item.due_on and item.closed_on is None]


def _due_rows(rows: Sequence[Row], dates: Mapping[str, date | None]) -> list[Row]:
    """The due instant of each item as it stands now: that of its date, and of one that was moved the last."""
    last: dict[str, Row] = {}

    def rank(row: Row) -> tuple[bool, int]:
        return date.fromisoformat(row["due_date"]) == dates[row["ref"]], row["occurrence"]

    for row in rows:
        if row["kind"] == "due" and row["ref"] in dates:
            before = last.get(row["ref"])
            if before is None or rank(before) < rank(row):
                last[row["ref"]] = row
    return sorted(last.values(), key=lambda row: (row["at"], row["ref"]))


# -- in words --------------------------------------------------------------------------------------------


def _print_overview(looking: Looking, rows: Sequence[Row], late: Sequence[Item]) -> None:
    """Open items in three groups: late, to come, waiting for others; each with what comes next."""
    words = looking.words
    coming: dict[str, Row] = {}
    for row in rows:
        if row["status"] == "pending" and row["kind"] != "due" and row["paused_on"] is None:
            coming.setdefault(row["ref"], row)
    items = _open_items(looking)
    waiting = [item for item in items if looking.waits(item)]
    others = [item for item in items if item not in late and item not in waiting]
    groups = [
        (words("message.deadline_overdue"), late),
        (words("message.deadline_coming"), others),
        (words("marker.waiting_external"), waiting),
    ]
    shown = [(head, group) for head, group in groups if group]
    for at, (head, group) in enumerate(shown):
        click.echo(f"{head} ({len(group)})" if at == 0 else f"\n{head} ({len(group)})")
        _print_items(looking, group, coming)
    if not shown:
        click.echo(words("message.empty_list"))
    elif any(item.due_mark == "derived" for item in items):
        click.echo(f"\n{DERIVED} {words('marker.derived')}")


def _print_items(looking: Looking, items: Sequence[Item], coming: dict[str, Row]) -> None:
    words = looking.words
    if not items:
        click.echo(words("message.empty_list"))
        return
    headings = [words("column.ref"), words("column.due"), words("column.late"), words("column.state")]
    table = [
        [
            item.key.ref,
            day_with_weekday(looking, item.due_on) + (DERIVED if item.due_mark == "derived" else ""),
            "" if looking.waits(item) else progress(looking, item),
            looking.state(item),
        ]
        for item in items
    ]
    if coming:
        headings.append(words("column.next_row"))
        for line, item in zip(table, items, strict=True):
            line.append(_next(looking, coming.get(item.key.ref)))
    print_table(headings, table, wide=3)


def _next(looking: Looking, row: Row | None) -> str:
    """What comes next, with its day: the year is the due date's unless it says otherwise."""
    if row is None:
        return ""
    day = local_text(row["at"], looking.zone)[:10]
    return f"{day_text(looking, day)} {_kind_text(looking, row)}"


def _kind_text(looking: Looking, row: Row) -> str:
    """A row's kind in a word; an escalation by the one it goes to."""
    if row["kind"] == "escalation" and row["level"]:
        return looking.words(f"level.{row['level']}")
    return looking.words(f"deadline_kind.{row['kind']}")


def day_with_weekday(looking: Looking, day: str | date | None) -> str:
    """A date with its weekday, in the reader's language."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    if day is None:
        return ""
    return f"{looking.day(day)} ({looking.words(f'weekday.{WEEKDAYS[day.weekday()]}')})"


def _print_rows(looking: Looking, rows: Iterable[Row]) -> None:
    """Rows under their local days."""
    words, shown = looking.words, False
    for day, those in groupby(rows, key=lambda row: local_text(row["at"], looking.zone)[:10]):
        click.echo(("\n" if shown else "") + day_with_weekday(looking, day))
        shown = True
        for row in those:
            clock = local_text(row["at"], looking.zone)[11:]
            due = day_text(looking, row["due_date"]) + (DERIVED if row["derived"] else "")
            said = row_text(words, **{name: row[name] for name in ("kind", "level", "rung", "unit")})
            line = f"  {clock}  {row['ref']:<5}  {said:<{SAID}}  {due:<11}  {_status(looking, row)}"
            term = term_text(looking, row["term"], policy=row["policy"])
            room = WIDTH - len(line) - 2
            ending = f"  {shorten(term, room)}" if room >= LEAST_WIDTH else f"\n{' ' * 16}{term}"
            click.echo(f"{line}{ending if term else ''}".rstrip())
    if not shown:
        click.echo(words("message.empty_list"))


def _status(looking: Looking, row: Row) -> str:
    words = looking.words
    if row["status"] == "cancelled" and row["reason"]:
        return words(f"deadline_reason.{row['reason']}")
    said = words(f"deadline_status.{row['status']}")
    if row["status"] == "fired" and row["late_s"]:
        day, clock = local_text(row["fired_at"], looking.zone).split()
        return f"{said} {day_text(looking, day)} {clock}"
    if row["status"] == "pending" and row["paused_on"]:
        return words("marker.paused")
    if row["status"] == "pending" and row["at"] <= _now_text(looking.now):
        return words("message.deadline_unfired")
    return said


def _now_text(now: datetime) -> str:
    from datetime import UTC

    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


# -- as a calendar file ----------------------------------------------------------------------------------


@command.command(
    "ics",
    words=(
        "Write the year's due dates as a calendar file (iCalendar), with alarms.",
        "Ghi thời hạn trong năm thành tệp lịch (iCalendar), kèm báo nhắc.",
    ),
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
        print_json([{"uid": day.uid, "due": day.day.isoformat(), "status": day.status} for day in days])
    else:
        click.echo(looking.words("ics.written", n=len(days), tep=file))


# -- wordings of advance ---------------------------------------------------------------------------------


def _advance(session: Session, ref: str, event: str, inputs: dict[str, str], *, note: str | None) -> None:
    from commands.advance import advance

    advance(session, (ref,), event, inputs, note=note)


def _confirm_past(session: Session, text: str) -> None:
    """A day before today would be overdue at once, so it is asked for or needs --yes. Raises PastDay."""
    from workflow.rules.inputs import NotAnInput, parse_date

    acting = session.acting
    acting.require_actor()
    try:
        day = parse_date(text)
    except NotAnInput:  # the event says what it expects
        return
    if day >= acting.today:
        return
    write = date_vi if acting.words.language == "vi" else date.isoformat
    shown = {"ngay": write(day), "gia_tri": write(acting.today)}
    if not session.confirmed(acting.words("message.past_day_question", **shown)):
        raise PastDay(**shown)


NOTE = {"words": ("A free remark.", "Ghi chú.")}


@command.command(
    "set",
    words=(
        "Set the date of a task that has only a derived one, with its source: a letter, an invitation.",
        "Ấn định thời hạn cho nhiệm vụ mới có hạn suy ra, kèm nguồn: công văn, giấy mời.",
    ),
)
@click.argument("ref", shell_complete=completes("items"))
@click.argument("date", metavar="DATE")
@with_option("--source", required=True, words=("Where the date comes from.", "Nguồn của thời hạn."))
@with_option("--note", **NOTE)
def set_(session: Session, ref: str, date: str, source: str, note: str | None) -> None:
    _confirm_past(session, date)
    _advance(session, ref, "set_deadline", {"date": date, "source": source}, note=note)


@command.command(
    "extend",
    words=(
        "Extend a task's date. The first date stays on record.",
        "Gia hạn nhiệm vụ. Thời hạn đầu tiên vẫn được lưu.",
    ),
)
@click.argument("ref", shell_complete=completes("items"))
@click.argument("date", metavar="DATE")
@with_option("--reason", required=True, words=("Why.", "Lý do."))
@with_option("--note", **NOTE)
def extend(session: Session, ref: str, date: str, reason: str, note: str | None) -> None:
    _advance(session, ref, "extend", {"until": date, "reason": reason}, note=note)


@command.command(
    "propose",
    words=(
        "Propose an extension; the chair or vice chair decides it.",
        "Đề xuất gia hạn để Chủ tịch hoặc Phó Chủ tịch quyết định.",
    ),
)
@click.argument("ref", shell_complete=completes("items"))
@click.argument("date", metavar="DATE")
@with_option("--reason", required=True, words=("Why.", "Lý do."))
@with_option("--note", **NOTE)
def propose(session: Session, ref: str, date: str, reason: str, note: str | None) -> None:
    _advance(session, ref, "propose_extension", {"until": date, "reason": reason}, note=note)
