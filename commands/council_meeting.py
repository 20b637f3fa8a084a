"""The verbs of `tdkt council` for the meeting itself: opening it, the roll, recusals, the counting board."""

from __future__ import annotations

from collections.abc import Iterable

import click

from commands.council_asking import Asked, ask_all, given, shown
from commands.printing import print_table, say
from commands.session import ACCOUNT, Command, Session, completes, with_option
from commands.typed import worded
from workflow.model.errors import UsageMistake

WHY = ("named", "relative", "other")


class RollOrAbsent(UsageMistake):
    """Give either who is --present or who is --absent."""

    code = "roll_or_absent"


class NothingOfTheRoll(UsageMistake):
    """Say who comes (--arrive), leaves (--leave) or presides (--preside), with the hour (--at)."""

    code = "nothing_of_the_roll"


class WhoseRecusal(UsageMistake):
    """Name the member and the lines, or add --proposed."""

    code = "whose_recusal"


_dry_run = with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
_present = with_option(
    "--present",
    multiple=True,
    **ACCOUNT,
    words=("A member who is there.", "Thành viên có mặt."),
)
_absent = with_option(
    "--absent",
    multiple=True,
    **ACCOUNT,
    words=("A member who is not; all others are there.", "Thành viên vắng; các thành viên khác có mặt."),
)


@click.command(
    cls=Command,
    name="open",
    words=("Open the meeting, with who is there.", "Khai mạc, ghi danh sách có mặt."),
    example="council open S02 --absent uy-vien-3 --at 08:00 --as thu-ky",
)
@click.argument("ref")
@with_option("--at", metavar="TIME", words=("The hour, else the planned one.", "Giờ khai mạc; giờ đã mời."))
@_absent
@_present
@with_option("--presiding", **ACCOUNT, words=("Who presides, else as planned.", "Chủ trì; như dự kiến."))
@with_option("--secretary", **ACCOUNT, words=("Who keeps the minutes.", "Thư ký phiên họp."))
@with_option(
    "--again",
    is_flag=True,
    words=("Write the roll anew, before any vote.", "Ghi lại danh sách có mặt, khi chưa biểu quyết."),
)
@with_option(
    "--undo", is_flag=True, words=("Take the opening back, with a --reason.", "Bỏ khai mạc ghi nhầm.")
)
@with_option("--reason", words=("Why it is taken back.", "Lý do bỏ khai mạc."))
@_dry_run
def open_(
    session: Session,
    ref: str,
    at: str | None,
    absent: tuple[str, ...],
    present: tuple[str, ...],
    again: bool,
    undo: bool,
    reason: str | None,
    dry_run: bool,
    **people: str | None,
) -> None:
    from runtime.views.sessions import roll_without

    if undo:
        ask_all(session, ref, [Asked("unopen", given({"reason": reason}))], dry_run=dry_run)
        return
    if absent and present:
        raise RollOrAbsent()
    item = shown(session, ref)
    roll = roll_without(session.looking, item, absent)
    words = given({"at": at or roll.at, "present": _accounts(present or roll.present), **people})
    ask_all(session, ref, [Asked("roll" if again else "open", words)], dry_run=dry_run)


def _accounts(ids: Iterable[str]) -> str | None:
    return ",".join(ids) or None


@click.command(
    cls=Command,
    name="roll",
    words=("Record who comes, leaves, or presides from now on.", "Ghi người đến, người về, người chủ trì."),
    example="council roll S03 --preside pho-chu-tich --at 10:00 --as thu-ky",
)
@click.argument("ref")
@with_option("--arrive", multiple=True, **ACCOUNT, words=("Who comes.", "Người đến."))
@with_option("--leave", multiple=True, **ACCOUNT, words=("Who leaves.", "Người về."))
@with_option("--preside", **ACCOUNT, words=("Who presides from then on.", "Người chủ trì từ giờ đó."))
@with_option("--at", metavar="TIME", words=("The hour.", "Giờ."))
@_dry_run
def roll(
    session: Session,
    ref: str,
    arrive: tuple[str, ...],
    leave: tuple[str, ...],
    preside: str | None,
    at: str | None,
    dry_run: bool,
) -> None:
    hour = given({"at": at})
    steps = [
        *([Asked("arrive", {"members": ",".join(arrive), **hour})] if arrive else []),
        *([Asked("preside", {"member": preside, **hour})] if preside else []),
        *([Asked("leave", {"members": ",".join(leave), **hour})] if leave else []),
    ]
    if not steps:
        raise NothingOfTheRoll()
    ask_all(session, ref, steps, dry_run=dry_run)


@click.command(
    cls=Command,
    name="recuse",
    words=(
        "Record who takes no part in the vote on which lines.",
        "Ghi ai không tham gia biểu quyết trường hợp nào.",
    ),
    example="council recuse S03 uy-vien-2 D0009/1 --why relative --as thu-ky",
)
@click.argument("ref")
@click.argument("member", required=False, metavar="[ACCOUNT]", shell_complete=completes("accounts"))
@click.argument("lines", required=False, metavar="[LINES]")
@with_option(
    "--why",
    type=worded(WHY, "choice"),
    words=(
        "Named in the list, a relative, or another reason.",
        "Có tên trong danh sách (named), người thân (relative), lý do khác (other).",
    ),
)
@with_option(
    "--proposed",
    is_flag=True,
    words=(
        "All who are named in a line or declared an interest; asked once.",
        "Mọi người có tên trong danh sách hoặc đã báo có lợi ích liên quan; hỏi lại một lần.",
    ),
)
@with_option("--undo", is_flag=True, words=("Take it back, with a --reason.", "Bỏ ghi nhận, kèm --reason."))
@with_option("--reason", words=("Why, in words.", "Nội dung lý do."))
@_dry_run
def recuse(
    session: Session,
    ref: str,
    member: str | None,
    lines: str | None,
    why: str | None,
    proposed: bool,
    undo: bool,
    reason: str | None,
    dry_run: bool,
) -> None:
    if proposed:
        _recuse_proposed(session, ref, dry_run=dry_run)
        return
    if member is None or lines is None:
        raise WhoseRecusal()
    words = given({"member": member, "lines": lines, "reason": reason})
    asked = Asked("unrecuse", words) if undo else Asked("recuse", {**words, "why": why or "named"})
    ask_all(session, ref, [asked], dry_run=dry_run)


def _recuse_proposed(session: Session, ref: str, *, dry_run: bool) -> None:
    from runtime.views.session_forecast import proposed_recusals
    from workflow.model.sessions import CouncilSession
    from workflow.model.wording import refs_in_runs

    looking = session.looking
    found = proposed_recusals(looking, CouncilSession.of(shown(session, ref)))
    if not found:
        say(looking.words("council.no_recusals"))
        return

    def preview() -> None:
        words = looking.words
        say(words("council.to_recuse"))
        rows = [
            (looking.position(each.member), refs_in_runs(each.lines), words(f"choice.{each.why}"))
            for each in found
        ]
        print_table([words(f"column.{name}") for name in ("sitting", "lines", "why")], rows)

    steps = [
        Asked("recuse", {"member": each.member, "lines": ",".join(each.lines), "why": each.why})
        for each in found
    ]
    ask_all(session, ref, steps, dry_run=dry_run, question=True, preview=preview)


@click.command(
    cls=Command,
    name="board",
    words=("Elect who counts the slips.", "Cử tổ kiểm phiếu."),
    example="council board S03 uy-vien-1 uy-vien-2 uy-vien-4 --as thu-ky",
)
@click.argument("ref")
@click.argument("members", nargs=-1, required=True, metavar="ACCOUNT…", shell_complete=completes("accounts"))
@with_option("--slip", metavar="NAME", words=("Of this slip alone, like P2.", "Chỉ của phiếu này, như P2."))
@with_option("--lines", metavar="LINES", words=("Of the slips with these lines.", "Của các trường hợp."))
@_dry_run
def board(
    session: Session,
    ref: str,
    members: tuple[str, ...],
    slip: str | None,
    lines: str | None,
    dry_run: bool,
) -> None:
    words = {"members": ",".join(members), **given({"slip": slip, "lines": lines})}
    ask_all(session, ref, [Asked("board", words)], dry_run=dry_run)


@click.command(
    cls=Command,
    name="ask-written",
    words=(
        "Ask absent members in writing, and record what came back.",
        "Lấy ý kiến bằng văn bản của thành viên vắng; ghi phiếu gửi lại.",
    ),
    example="council ask-written S04 uy-vien-3 --until 02/03/2026 --as thu-ky",
)
@click.argument("ref")
@click.argument("members", nargs=-1, required=True, metavar="ACCOUNT…", shell_complete=completes("accounts"))
@with_option("--lines", metavar="LINES", words=("About these lines.", "Về các trường hợp."))
@with_option("--until", metavar="DATE", words=("To be back by this day.", "Gửi lại chậm nhất ngày."))
@with_option("--at", metavar="TIME", words=("At this hour.", "Giờ."))
@with_option("--returned", is_flag=True, words=("It came back sealed.", "Phiếu niêm phong đã gửi lại."))
@with_option("--drop", is_flag=True, words=("They are not asked any more.", "Không lấy ý kiến nữa."))
@_dry_run
def ask_written(
    session: Session,
    ref: str,
    members: tuple[str, ...],
    returned: bool,
    drop: bool,
    dry_run: bool,
    **asked: str | None,
) -> None:
    named = {"members": ",".join(members)}
    if returned:
        step = Asked("written_in", {**named, "back": "returned"})
    elif drop:
        step = Asked("drop_written", named)
    else:
        step = Asked("ask_written", {**named, **given(asked)})
    ask_all(session, ref, [step], dry_run=dry_run)


@click.command(
    cls=Command,
    name="close",
    words=("Close the meeting.", "Kết thúc phiên họp."),
    example="council close S04 --at 10:30 --as thu-ky",
)
@click.argument("ref")
@with_option("--at", metavar="TIME", words=("The hour.", "Giờ kết thúc."))
@_dry_run
def close(session: Session, ref: str, at: str | None, dry_run: bool) -> None:
    ask_all(session, ref, [Asked("close", given({"at": at}))], dry_run=dry_run)
