"""`tdkt fund`: what there is for awards in a year, and what is left of it."""

from __future__ import annotations

from typing import Any

import click

from commands.printing import print_facts, print_table, print_wrapped, say
from commands.session import Noun, Session, print_json, with_option
from runtime.office.typed import typed_date
from runtime.views import fund as views
from workflow.model.money import dotted

command = Noun(name="fund", words=("The fund of a year.", "Quỹ thi đua, khen thưởng của năm."))


@command.command(
    "show",
    words=("What came in, what awards cost, what is left.", "Xem quỹ: thu, chi, còn lại; từng khoản."),
    example="fund show --year 2026",
    paged=True,
)
def show(session: Session) -> None:
    looking = session.looking
    fund = views.fund_of(looking, session.options.year or looking.today.year)
    if session.json:
        print_json(fund)
        return
    print_wrapped(looking.words("fund.heading", nam=fund.year))
    print_facts(views.fund_facts(looking, fund))
    for said in views.warnings(looking, fund):
        print_wrapped(said)
    if fund.movements:
        click.echo()
        rows = [views.movement_cells(looking, each) for each in fund.movements]
        print_table([looking.words(f"column.{name}") for name in views.COLUMNS], rows)


def _sums(function: Any) -> Any:
    """An option for each kind of what a fund is made of."""
    options = {
        "--allocated": ("Allocated from the budget.", "Ngân sách phân bổ."),
        "--contributed": ("Contributed by others.", "Đóng góp, tài trợ."),
        "--carried-over": ("Carried over from last year.", "Dư năm trước chuyển sang."),
        "--spent-before": ("Spent before tdkt was used.", "Đã chi trước khi dùng phần mềm."),
        "--printing": ("Certificates and their frames.", "In giấy khen, bằng, khung."),
        "--other": ("Spent on anything else.", "Chi khác."),
    }
    for option, words in reversed(options.items()):
        function = with_option(option, metavar="SUM", words=words)(function)
    return function


@command.command(
    "set",
    words=(
        "Set what kinds come to; +SUM and -SUM add to them and take off.",
        "Ghi số tiền của từng khoản; +SỐ_TIỀN, -SỐ_TIỀN là ghi thêm, bớt đi.",
    ),
    example="fund set --allocated 60.000.000 --paper 15/QĐ-UBND --year 2026 --as ke-toan",
)
@_sums
@with_option("--paper", metavar="NO", words=("Number of its paper.", "Số văn bản."))
@with_option("--on", "day", metavar="DATE", words=("Its day; else today.", "Ngày; không ghi là hôm nay."))
@with_option("--note", metavar="TEXT", words=("Why.", "Lý do."))
@with_option("--dry-run", is_flag=True, words=("Show, write nothing.", "Chạy thử, không ghi."))
def set_(
    session: Session, paper: str | None, day: str | None, note: str | None, dry_run: bool, **sums: str | None
) -> None:
    from commands.reasons import permitted
    from runtime.acts.funding import set_fund

    acting = session.acting
    acting.require_actor()
    year = session.options.year or acting.today.year
    role = permitted(session, "fund", what=session.words("message.fund_of", nam=year))
    typed = {kind: sum for kind, sum in sums.items() if sum is not None}
    on = typed_date(day) if day else acting.today
    found = set_fund(acting, year, typed, on=on, paper=paper, note=note, role=role, dry_run=dry_run)
    if session.json:
        print_json({"year": year, "available": found.after.available, "before": found.before.available})
    else:
        key = "fund_kept" if found.after != found.before else "fund_same"
        say(session.words(f"message.{key}", nam=year, so_tien=dotted(found.after.available)))


def warn(session: Session) -> None:
    """Says, before a meeting or a draft goes on, where the fund would not suffice for what is proposed, and
    what that comes to on both sides of a change of the base salary."""
    if session.json:
        return
    looking = session.looking
    for said in views.warnings(looking, views.fund_of(looking, looking.today.year)):
        say(said, err=True)
