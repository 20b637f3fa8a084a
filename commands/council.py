"""`tdkt council`: sessions of the council, from the agenda to the signed minutes; each change is an event.

What is before the meeting and after it stands here, the meeting in `commands.council_meeting`, votes and
counts in `commands.council_votes`. Listing must start fast: what acts is imported where it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from commands.council_asking import Asked, ask_all, given, shown
from commands.council_meeting import ask_written, board, close, open_, recuse, roll
from commands.council_votes import check, conclude, count, recount, sheet, vote
from commands.fund import warn
from commands.printing import print_facts, print_table, print_wrapped, say
from commands.session import ACCOUNT, Noun, Session, print_json, with_note, with_option
from commands.show import show_what
from commands.typed import worded
from workflow.model.errors import UsageMistake

MODES = ("meeting", "writing")
ANSWERS = ("attend", "absent")
SHEETS = ("seen", "scan", "digital")


class NoDossiers(UsageMistake):
    """Name the dossiers, or add --ready to take all that wait for the council."""

    code = "no_dossiers"


class NoMember(UsageMistake):
    """Every member has answered; name the one whose answer changes with --member."""

    code = "no_member"


@click.group(cls=Noun, name="council", words=("Sessions of the council.", "Phiên họp Hội đồng."))
def command(**_: object) -> None:
    pass


for _own in (open_, roll, recuse, board, ask_written, close, vote, sheet, count, check, recount, conclude):
    command.add_command(_own)


def _planned(*, required: bool) -> Callable[[Any], Any]:
    """The options that say when and where it is held, and who presides."""
    options = [
        with_option(
            "--date", required=required, metavar="DATE", words=("The day of the meeting.", "Ngày họp.")
        ),
        with_option("--at", metavar="TIME", words=("The hour.", "Giờ họp.")),
        with_option("--place", words=("Where it is held.", "Địa điểm.")),
        with_option("--presiding", **ACCOUNT, words=("Who presides, else the chair.", "Chủ trì.")),
        with_option("--secretary", **ACCOUNT, words=("Who keeps the minutes.", "Thư ký phiên họp.")),
    ]

    def decorate(function: Any) -> Any:
        for part in reversed(options):
            function = part(function)
        return function

    return decorate


_why = with_option("--reason", required=True, words=("Why.", "Lý do."))
_dry_run = with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))


@command.command(
    "new",
    words=("Prepare a session.", "Lập phiên họp."),
    example='council new --date 16/03/2026 --at 08:00 --place "Phòng họp UBND xã" --as thu-ky',
)
@_planned(required=True)
@with_option(
    "--mode",
    type=worded(MODES, "choice"),
    words=("Members meet, or answer in writing.", "Họp trực tiếp (meeting), bằng văn bản (writing)."),
)
@with_note
def new(session: Session, mode: str | None, note: str | None, **planned: str | None) -> None:
    from commands.reasons import report
    from runtime.acts.sessions import new_session

    acting = session.acting
    acting.require_actor()
    writing = mode == "writing"
    report(session, [new_session(acting, given(planned), by_writing=writing, note=note)])


@command.command(
    "agenda",
    words=(
        "Put dossiers on the agenda, or take them off.",
        "Đưa hồ sơ vào chương trình, hoặc bỏ khỏi chương trình.",
    ),
    example="council agenda S01 D0004 --as thu-ky",
)
@click.argument("ref")
@click.argument("dossiers", nargs=-1, metavar="D0001…")
@with_option(
    "--ready",
    is_flag=True,
    words=("All dossiers that wait for the council.", "Mọi hồ sơ đang chờ Hội đồng xét."),
)
@with_option("--remove", is_flag=True, words=("Take them off.", "Bỏ khỏi chương trình."))
@with_option("--reason", words=("What changes, once members are invited.", "Nội dung thay đổi, khi đã mời."))
@_dry_run
def agenda(
    session: Session,
    ref: str,
    dossiers: tuple[str, ...],
    ready: bool,
    remove: bool,
    reason: str | None,
    dry_run: bool,
) -> None:
    from commands.ranges import standing
    from runtime.views.sessions import awaiting_council

    if ready and not dossiers:
        dossiers = awaiting_council(session.looking)
        if not dossiers:
            say(session.words("council.none_ready"))
            return
    elif not dossiers:
        raise NoDossiers()
    named = standing(session.acting, dossiers, existing=False)
    words = {"dossiers": ",".join(named), **given({"reason": reason})}
    asked = Asked("agenda_remove" if remove else "agenda_add", words)
    ask_all(session, ref, [asked], dry_run=dry_run, below=lambda: _print_agenda(session, ref))


def _print_agenda(session: Session, ref: str) -> None:
    """How many lines of how many dossiers are on it now."""
    from runtime.views.sessions import agenda_text

    say(agenda_text(session.looking, shown(session, ref)), indent=5)


@command.command(
    "call",
    words=("Invite the members.", "Gửi giấy mời."),
    example="council call S01 --paper 07/GM-HĐTĐKT --paper-date 02/03/2026 --as thu-ky",
)
@click.argument("ref")
@with_option("--paper", required=True, metavar="PAPER", words=("The invitation's number.", "Số giấy mời."))
@with_option(
    "--paper-date", required=True, metavar="DATE", words=("The invitation's date.", "Ngày giấy mời.")
)
@with_option("--date", metavar="DATE", words=("Another day of the meeting.", "Ngày họp khác."))
@with_option("--at", metavar="TIME", words=("The hour.", "Giờ họp."))
@with_option("--place", words=("Where it is held.", "Địa điểm."))
@_dry_run
def call(
    session: Session, ref: str, paper: str, paper_date: str, dry_run: bool, **planned: str | None
) -> None:
    words = {"invitation_no": paper, "invitation_on": paper_date, **given(planned)}
    # Before the meeting, while what is proposed can still be talked about.
    ask_all(session, ref, [Asked("call", words)], dry_run=dry_run, below=lambda: warn(session))


@command.command(
    "change",
    words=("Change day, hour, place or who presides.", "Thay đổi ngày, giờ, địa điểm, chủ trì."),
    example='council change S02 --at 14:00 --reason "Trùng lịch" --as thu-ky',
)
@click.argument("ref")
@_planned(required=False)
@with_option("--reason", words=("What changes, once members are invited.", "Nội dung thay đổi, khi đã mời."))
@_dry_run
def change(session: Session, ref: str, reason: str | None, dry_run: bool, **planned: str | None) -> None:
    invited = shown(session, ref).state not in ("prepared", "postponed")
    words = given({**planned, "reason": reason})
    ask_all(session, ref, [Asked("change" if invited else "plan", words)], dry_run=dry_run)


@command.command(
    "reply",
    words=(
        "Record what members answered to the invitation.",
        "Ghi xác nhận tham dự của thành viên.",
    ),
    example="council reply S02 absent --member uy-vien-3 --as thu-ky",
)
@click.argument("ref")
@click.argument("answer", type=worded(ANSWERS, "choice"), metavar="attend|absent")
@with_option(
    "--member",
    "members",
    multiple=True,
    **ACCOUNT,
    words=("Who answered, else who acts.", "Thành viên trả lời; không ghi là người thực hiện."),
)
@with_option(
    "--others",
    is_flag=True,
    words=("All members who have not answered.", "Mọi thành viên chưa trả lời."),
)
@with_option(
    "--interest",
    metavar="LINES",
    words=("Lines in which the member has an interest.", "Trường hợp có lợi ích liên quan."),
)
@with_option("--reason", words=("Why.", "Lý do."))
@_dry_run
def reply(
    session: Session,
    ref: str,
    answer: str,
    members: tuple[str, ...],
    others: bool,
    interest: str | None,
    reason: str | None,
    dry_run: bool,
) -> None:
    from runtime.views.sessions import silent_members

    if others:
        members = silent_members(session.looking, shown(session, ref))
        if not members:
            raise NoMember()
    words = {"answer": answer, **given({"lines": interest, "reason": reason})}
    steps = [Asked("reply", {**words, "member": member}) for member in members] or [Asked("reply", words)]
    ask_all(session, ref, steps, question=others, dry_run=dry_run)


@command.command(
    "postpone",
    words=("Put the meeting off.", "Hoãn họp."),
    example='council postpone S02 --reason "Chủ tịch đi công tác" --as chu-tich',
)
@click.argument("ref")
@_why
@_dry_run
def postpone(session: Session, ref: str, reason: str, dry_run: bool) -> None:
    ask_all(session, ref, [Asked("postpone", {"reason": reason})], dry_run=dry_run)


@command.command(
    "cancel",
    words=("Do not hold the meeting.", "Không tổ chức phiên họp."),
    example='council cancel S02 --reason "Không còn hồ sơ" --as chu-tich',
)
@click.argument("ref")
@_why
@_dry_run
def cancel(session: Session, ref: str, reason: str, dry_run: bool) -> None:
    ask_all(session, ref, [Asked("cancel", {"reason": reason})], dry_run=dry_run)


@command.command(
    "minutes",
    words=("Record the signed minutes.", "Ghi nhận biên bản đã ký."),
    example="council minutes S06 --paper 03/BB-HĐTĐKT --paper-date 02/03/2026 --as thu-ky",
)
@click.argument("ref")
@with_option("--paper", metavar="PAPER", words=("The minutes' number.", "Số biên bản."))
@with_option(
    "--paper-date", metavar="DATE", words=("Their date, else the meeting's.", "Ngày biên bản; ngày họp.")
)
@with_option(
    "--signer",
    "signers",
    multiple=True,
    **ACCOUNT,
    words=(
        "Who signed, else the secretary and all who presided.",
        "Người ký; không ghi là thư ký và người chủ trì.",
    ),
)
@with_option(
    "--count-sheet",
    "sheet",
    type=worded(SHEETS, "choice"),
    words=(
        "The signed sheet of the counting board, else seen on paper.",
        "Biên bản kiểm phiếu có chữ ký; không ghi là đã xem bản giấy.",
    ),
)
@_dry_run
def minutes(
    session: Session,
    ref: str,
    paper: str | None,
    paper_date: str | None,
    signers: tuple[str, ...],
    sheet: str | None,
    dry_run: bool,
) -> None:
    from runtime.views.sessions import minutes_usual

    usual = minutes_usual(session.looking, shown(session, ref))
    words = given(
        {
            "paper_number": paper,
            "paper_date": paper_date or usual.day,
            "signers": ",".join(signers) or usual.signers,
            "sheet": (sheet or "seen") if usual.secret else sheet,
        }
    )
    ask_all(session, ref, [Asked("minute", words)], dry_run=dry_run)


@command.command(
    "reopen",
    words=("Take signed minutes back, to put them right.", "Mở lại biên bản đã ký để sửa."),
    example='council reopen S06 --reason "Ghi nhầm số phiếu" --as thu-ky',
)
@click.argument("ref")
@_why
@_dry_run
def reopen(session: Session, ref: str, reason: str, dry_run: bool) -> None:
    """Minutes that are signed go back to being signed; a meeting that was closed goes on."""
    signed = shown(session, ref).state == "minuted"
    ask_all(session, ref, [Asked("reopen" if signed else "resume", {"reason": reason})], dry_run=dry_run)


# -- looking ----------------------------------------------------------------------------------------------


@command.command(
    "list",
    words=(
        "The year's sessions, after what is open of earlier years.",
        "Các phiên họp trong năm, sau phiên chưa xong của các năm trước.",
    ),
    example="council list",
    paged=True,
)
def list_sessions(session: Session) -> None:
    from runtime.views.sessions import sessions_of

    looking = session.looking
    rows = sessions_of(looking)
    if session.json:
        print_json([row.record for row in rows])
    elif rows:
        headings = ("ref", "when", "title", "nominees", "result", "state")
        print_table([looking.words(f"column.{name}") for name in headings], [row[1:] for row in rows])
    else:
        say(looking.words("council.none"))


@command.command(
    "show", words=("One session in full.", "Xem một phiên họp."), example="council show S01", paged=True
)
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    show_what(session, shown(session, ref), ref)


@command.command(
    "forecast",
    words=(
        "What can be decided with the members expected.",
        "Xem trước: trường hợp nào đạt được với số thành viên dự kiến có mặt.",
    ),
    example="council forecast S02",
    paged=True,
)
@click.argument("ref")
def forecast(session: Session, ref: str) -> None:
    from runtime.views.session_forecast import forecast_facts, forecast_rows, session_forecast

    looking = session.looking
    seen = session_forecast(looking, shown(session, ref))
    if session.json:
        print_json(seen)
        return
    words, rows = looking.words, forecast_rows(looking, seen)
    print_wrapped(words("forecast.heading", ref=looking.ref(looking.item(ref).key)))
    print_facts(forecast_facts(looking, seen))
    click.echo()
    if rows:
        headings = ("lines", "title", "least", "voters", "foreseen")
        print_table([words(f"column.{name}") for name in headings], rows)
    else:
        say(words("forecast.nothing"))
