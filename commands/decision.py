"""`tdkt decision`: award decisions about lines of many dossiers; every change is an event of the machine.

What comes after the issue stands in `commands.decision_after`. Listing must start fast: what acts is imported
where it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands import decision_after
from commands.fund import warn
from commands.printing import print_table, say
from commands.readers import item_of
from commands.session import (
    TITLE,
    TYPE,
    NotConfirmed,
    Noun,
    Session,
    print_json,
    with_note,
    with_option,
)
from commands.show import show_item
from commands.typed import worded
from runtime.views import decisions as views
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:
    from workflow.services.decisions import NewDecision

WAYS = ("paper", "digital")


class LinesOrAll(UsageMistake):
    """Name lines (--lines D0001/1-3) or take all that wait (--all), one of both."""

    code = "lines_or_all"


command = Noun(name="decision", words=("Award decisions.", "Quyết định khen thưởng."))

_reason = with_option("--reason", required=True, metavar="TEXT", words=("Why.", "Lý do."))


def _advance(session: Session, ref: str, event: str, **words: str | None) -> None:
    from commands.advance import advance

    advance(session, (ref,), event, {name: word for name, word in words.items() if word is not None})


@command.command(
    "list",
    words=("The decisions of the year.", "Các quyết định của năm."),
    example="decision list",
    paged=True,
)
def list_(session: Session) -> None:
    looking = session.looking
    found = views.decisions_of(looking)
    if session.json:
        print_json([views.decision_record(looking, item) for item in found])
        return
    if not found:
        say(looking.words("decision.none"))
        return
    columns = [looking.words(f"decision.column.{name}") for name in views.COLUMNS]
    print_table(columns, [views.decision_cells(looking, item) for item in found])


@command.command(
    "show",
    words=("One decision with its lines and its history.", "Xem một quyết định, danh sách, quá trình."),
    example="decision show Q01",
    paged=True,
)
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    show_item(session, item_of(session, ref))


# -- drafting --------------------------------------------------------------------------------------------


@command.command(
    "new",
    words=("Draft a decision.", "Lập dự thảo quyết định."),
    example="decision new --title gk --lines D0016/5 --as chuyen-vien",
)
@with_option("--title", required=True, **TITLE, words=("Its title or form.", "Danh hiệu, hình thức."))
@with_option(
    "--lines", metavar="LINES", words=("Lines, like D0001/1-3,D0002/2.", "Các trường hợp, như D0001/1-3.")
)
@with_option(
    "--all",
    "every",
    is_flag=True,
    words=(
        "All lines that wait, a draft for each signer; asked once.",
        "Mọi trường hợp đang chờ, mỗi người ký một dự thảo; hỏi một lần.",
    ),
)
@decision_after.SIGNER
@with_option(
    "--type",
    "type_",
    **TYPE,
    words=("The type, of a form alone.", "Loại hình, của hình thức khen."),
)
@with_option("--period", metavar="PERIOD", words=("The year it is about.", "Năm, năm học được xét."))
@with_note
def new(
    session: Session,
    title: str,
    lines: str | None,
    every: bool,
    signer: str | None,
    type_: str | None,
    period: str | None,
    note: str | None,
) -> None:
    from commands.reasons import report
    from runtime.acts.drafting import draft
    from workflow.rules.line_inputs import lines_of
    from workflow.services.decisions import NewDecision

    if every == (lines is not None):
        raise LinesOrAll()
    acting = session.acting
    acting.require_actor()
    if every:
        wanted = _every(session, title)
    else:
        given = {"title": title, "signer": signer, "type": type_, "period": period}
        words = {name: word for name, word in given.items() if word is not None}
        wanted = [NewDecision(acting.office, acting.year, words, lines_of(str(lines)), note=note)]
    if wanted:
        report(session, draft(acting, wanted), below=lambda: warn(session))


def _every(session: Session, typed: str) -> list[NewDecision]:
    """The drafts that all waiting lines of the title make, once somebody has agreed to them."""
    from workflow.model.naming import meant, titles

    looking, words = session.looking, session.words
    found = views.proposed(looking, meant("title", typed, titles(looking.rules.titles)))
    if not found:
        say(words("decision.nothing"))
        return []
    for each in found:
        say(views.proposed_text(looking, each), err=session.json)
    if not session.confirmed(words("decision.question", n=len(found))):
        raise NotConfirmed()
    return views.drafts_of(looking, found)


@command.command(
    "add",
    words=("Add lines to a draft.", "Thêm trường hợp vào dự thảo."),
    example="decision add Q02 D0016/5 --as chuyen-vien",
)
@click.argument("ref")
@click.argument("lines")
def add(session: Session, ref: str, lines: str) -> None:
    _advance(session, ref, "add", lines=lines)


@command.command(
    "remove",
    words=("Remove lines from a draft.", "Bỏ trường hợp khỏi dự thảo."),
    example="decision remove Q02 D0016/1 --as chuyen-vien",
)
@click.argument("ref")
@click.argument("lines")
def remove(session: Session, ref: str, lines: str) -> None:
    _advance(session, ref, "remove", lines=lines)


@command.command(
    "funds",
    words=("Confirm where the money comes from.", "Xác nhận nguồn kinh phí."),
    example="decision funds Q02 --as ke-toan",
)
@click.argument("ref")
def funds(session: Session, ref: str) -> None:
    _advance(session, ref, "confirm_funds")


@command.command(
    "submit",
    words=("Put a draft before the signer.", "Trình ký."),
    example="decision submit Q03 --paper 05/TTr-HĐTĐKT --paper-date 02/03/2026 --as chuyen-vien",
)
@click.argument("ref")
@with_option("--paper", required=True, metavar="NO", words=("Number of the tờ trình.", "Số tờ trình."))
@with_option("--paper-date", required=True, metavar="DATE", words=("Its date.", "Ngày tờ trình."))
@with_option(
    "--for-date",
    metavar="DATE",
    words=(
        "The day of issue by whose base salary it is printed; else today.",
        "Ngày dự kiến ban hành, để in mức lương cơ sở; không ghi là hôm nay.",
    ),
)
@with_option(
    "--reason",
    metavar="TEXT",
    words=("Why, where a condition fails since.", "Lý do, khi có điều kiện nay không đạt."),
)
def submit(
    session: Session, ref: str, paper: str, paper_date: str, for_date: str | None, reason: str | None
) -> None:
    from commands.advance import advance
    from workflow.model.award_decisions import AwardDecision, pays

    given = {"paper_number": paper, "paper_date": paper_date, "for_date": for_date, "reason": reason}
    words = {name: word for name, word in given.items() if word is not None}
    details = item_of(session, ref).details
    costs = isinstance(details, AwardDecision) and pays(details, session.looking.rules)
    advance(session, (ref,), "submit", words, below=(lambda: warn(session)) if costs else None)


@command.command(
    "return",
    words=("Give a draft back.", "Trả lại dự thảo."),
    example='decision return Q04 --reason "Sai căn cứ" --as chu-tich',
)
@click.argument("ref")
@_reason
def return_(session: Session, ref: str, reason: str) -> None:
    _advance(session, ref, "return", reason=reason)


@command.command(
    "drop-line",
    words=("Do not agree to lines.", "Không đồng ý trường hợp."),
    example='decision drop-line Q04 D0016/3 --reason "Trùng thành tích" --as chu-tich',
)
@click.argument("ref")
@click.argument("lines")
@_reason
def drop_line(session: Session, ref: str, lines: str, reason: str) -> None:
    _advance(session, ref, "drop_line", lines=lines, reason=reason)


@command.command(
    "sign",
    words=("Record that it was signed.", "Ghi nhận đã ký."),
    example="decision sign Q04 --on 02/03/2026 --way paper --as van-thu",
)
@click.argument("ref")
@with_option("--on", "signed_on", required=True, metavar="DATE", words=("Signed on.", "Ngày ký."))
@with_option(
    "--way", required=True, type=worded(WAYS, "choice"), words=("On paper, or digitally.", "Bản giấy, ký số.")
)
@with_option(
    "--assignment",
    metavar="NO",
    words=("Paper by which another one signs.", "Số văn bản phân công, ủy quyền ký thay."),
)
@with_option("--assignment-date", metavar="DATE", words=("Its date.", "Ngày văn bản đó."))
def sign(
    session: Session,
    ref: str,
    signed_on: str,
    way: str,
    assignment: str | None,
    assignment_date: str | None,
) -> None:
    paper = {"assignment_number": assignment, "assignment_date": assignment_date}
    _advance(session, ref, "sign", signed_on=signed_on, way=way, **paper)


@command.command(
    "unsign",
    words=("Give a signed one back for printing.", "Trả lại để in lại."),
    example='decision unsign Q05 --reason "In sai mức lương" --as van-thu',
)
@click.argument("ref")
@_reason
def unsign(session: Session, ref: str, reason: str) -> None:
    _advance(session, ref, "unsign", reason=reason)


@command.command(
    "issue",
    words=("Give number and date.", "Cấp số, phát hành."),
    example="decision issue Q05 --number 113/QĐ-UBND --date 02/03/2026 --as van-thu",
)
@click.argument("ref")
@with_option("--number", required=True, metavar="NO", words=("Its number.", "Số quyết định."))
@with_option("--date", "day", required=True, metavar="DATE", words=("Its date.", "Ngày quyết định."))
def issue(session: Session, ref: str, number: str, day: str) -> None:
    _advance(session, ref, "issue", decision_number=number, decision_date=day)


@command.command(
    "drop",
    words=("Do not issue a draft; its lines are free again.", "Không ban hành; trả các trường hợp về."),
    example='decision drop Q02 --reason "Lập lại" --as chuyen-vien',
)
@click.argument("ref")
@_reason
def drop(session: Session, ref: str, reason: str) -> None:
    _advance(session, ref, "drop", reason=reason)


for _later in decision_after.COMMANDS:
    command.add_command(_later)
