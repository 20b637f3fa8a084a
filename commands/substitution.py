"""`tdkt office substitute` and `substitutions`: who acts for whom on which days; ordered, ended, listed."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn

import click

from commands.items import day_text, known_account
from commands.printing import print_table
from commands.session import Command, Session, completes, print_json, with_option
from commands.typed import typed_date
from runtime.office.looking import Looking
from storage.views import Row
from workflow.model.errors import InputMistakes, UsageMistake
from workflow.model.substitution import Substitution
from workflow.model.wording import position

if TYPE_CHECKING:
    from workflow.model.decision import Refused


class SubstitutionOptions(UsageMistake):
    """Give --by and --until to order a substitution, or --end alone to end one."""

    code = "substitution_options"


@click.command(
    cls=Command,
    name="substitute",
    words=(
        "Order that another account acts for ACCOUNT while it is absent, or end that early. For the chair, "
        "the vice chair, the standing member, and the absent account itself.",
        "Phân công tài khoản khác làm thay TÀI KHOẢN khi vắng, hoặc kết thúc sớm. Dành cho Chủ tịch, Phó Chủ "
        "tịch, Ủy viên thường trực và chính người vắng.",
    ),
)
@click.argument("account", shell_complete=completes("accounts"))
@with_option(
    "--by",
    metavar="ACCOUNT",
    shell_complete=completes("accounts"),
    words=("The stand-in.", "Người làm thay."),
)
@with_option(
    "--from",
    "first",
    metavar="DAY",
    words=("The first day; else today.", "Ngày đầu tiên; mặc định: hôm nay."),
)
@with_option(
    "--until",
    metavar="DAY",
    words=(
        "The day on which ACCOUNT is back: the day before is the last one.",
        "Ngày TÀI KHOẢN trở lại làm việc: ngày trước đó là ngày cuối làm thay.",
    ),
)
@with_option("--reason", metavar="TEXT", words=("Why; can be erased later.", "Lý do; về sau xóa được."))
@with_option(
    "--basis",
    metavar="NUMBER",
    words=("The paper that orders it, like 12/QĐ-UBND.", "Văn bản phân công, như 12/QĐ-UBND."),
)
@with_option(
    "--end",
    is_flag=True,
    words=(
        "End from today on the one that runs, else the next one.",
        "Kết thúc từ hôm nay phân công đang thực hiện, nếu không có thì phân công sắp tới.",
    ),
)
def substitute(
    session: Session,
    account: str,
    by: str | None,
    first: str | None,
    until: str | None,
    reason: str | None,
    basis: str | None,
    end: bool,
) -> None:
    if end:
        if any(each is not None for each in (by, first, until, reason, basis)):
            raise SubstitutionOptions()
        _end(session, account)
        return
    if by is None or until is None:
        raise SubstitutionOptions()
    _order(session, account, by, (first, until), reason=reason, basis=basis)


def _order(
    session: Session,
    absent: str,
    by: str,
    days: tuple[str | None, str],
    *,
    reason: str | None,
    basis: str | None,
) -> None:
    from runtime.acts.substituting import substitute as order
    from workflow.model.decision import Refused
    from workflow.rules.inputs import parse_code, read_note

    acting = session.acting
    acting.require_actor()
    first, until = days
    answer = order(
        acting,
        absent,
        stand_in=by,
        from_day=typed_date(first) if first is not None else acting.today,
        until_day=typed_date(until),
        reason=read_note(reason, event="substitute"),
        basis=_code(basis, parse_code) if basis is not None else None,
    )
    if isinstance(answer, Refused):
        _refuse(session, answer, absent)
    _tell(session, answer, "message.substitution_stored")


def _end(session: Session, absent: str) -> None:
    from runtime.acts.substituting import end
    from workflow.model.decision import Refused

    acting = session.acting
    acting.require_actor()
    answer = end(acting, absent)
    if isinstance(answer, Refused):
        _refuse(session, answer, absent)
    _tell(session, answer, "message.substitution_ended")


def _code(text: str, parse: Any) -> str:
    """Raises InputMistakes."""
    from workflow.rules.inputs import NotAnInput

    try:
        return str(parse(text))
    except NotAnInput as mistake:
        raise InputMistakes(
            event="substitute", mistakes=f"basis: {mistake}", expected="--basis 05/QĐ-UBND"
        ) from None


def _refuse(session: Session, refused: Refused, absent: str) -> NoReturn:
    from commands.reasons import refuse

    account = session.acting.directory.account(absent)
    what = position(session.words.of(account.label)) if account else absent
    refuse(session, refused, what=what, stand_ins=False)


def _tell(session: Session, done: Substitution, key: str) -> None:
    acting, words = session.acting, session.words
    if session.json:
        print_json(_substitution_json(done))
        return
    labels = {
        name: position(words.of(account.label)) if (account := acting.directory.account(id)) else id
        for name, id in (("chuc_vu_thay", done.stand_in), ("chuc_vu_vang", done.absent))
    }
    days = {name: words.day(day) for name, day in _days(done, acting.today)}
    click.echo(words(key, **labels, **days))


def _days(done: Substitution, today: date) -> tuple[tuple[str, date], ...]:
    return (("tu", done.from_day), ("den", done.last_day), ("ngay", today))


def _substitution_json(substitution: Substitution) -> dict[str, Any]:
    """`until` is the first day on which the absent account acts itself again."""
    ended = substitution.ended_on
    return {
        "number": substitution.number,
        "absent": substitution.absent,
        "stand_in": substitution.stand_in,
        "from": substitution.from_day.isoformat(),
        "until": substitution.until_day.isoformat(),
        "ended_on": ended.isoformat() if ended else None,
    }


@click.command(
    cls=Command,
    name="substitutions",
    words=(
        "Who acts for whom: what runs and what is to come.",
        "Ai làm thay ai: các phân công đang và sắp thực hiện.",
    ),
)
@with_option("--all", "whole", is_flag=True, words=("Those that are over too.", "Cả các phân công đã qua."))
def substitutions(session: Session, whole: bool) -> None:
    looking = session.looking
    known_account(session)  # an unknown --as is a mistake here too
    rows = [
        (row, each)
        for row, each in _with_rows(looking)
        if whole or (each.until > looking.today and each.until > each.from_day)
    ]
    if session.json:
        print_json([_row_json(row, each, looking) for row, each in rows])
    elif not rows:
        click.echo(looking.words("message.no_substitutions"))
    else:
        _print(rows, looking)


def _with_rows(looking: Looking) -> list[tuple[Row, Substitution]]:
    rows = looking.reading.substitutions(looking.office)
    return list(zip(rows, looking.substitutions, strict=True))


def _row_json(row: Row, substitution: Substitution, looking: Looking) -> dict[str, Any]:
    return {
        **_substitution_json(substitution),
        "today": substitution.covers(looking.today),
        "reason": row["reason"],
        "basis": _basis(row),
        "at": row["at"],
        "actor": row["actor"],
    }


def _basis(row: Row) -> str | None:
    found: str | None = json.loads(row["bytes"]).get("input.basis")
    return found


def _print(rows: list[tuple[Row, Substitution]], looking: Looking) -> None:
    words = looking.words
    columns = ("absent", "stand_in", "from_day", "last_day", "reason", "basis")
    print_table(
        [words(f"column.{name}") for name in columns],
        [
            (
                looking.position(each.absent),
                looking.position(each.stand_in),
                day_text(looking, each.from_day.isoformat()),
                _last(each, looking),
                " ".join((row["reason"] or "").split()),
                _basis(row),
            )
            for row, each in rows
        ],
        wide=(0, 1, 4),
    )


def _last(substitution: Substitution, looking: Looking) -> str:
    """The last day; of one that was ended before it began there is none."""
    if substitution.until <= substitution.from_day:
        return "—"
    return day_text(looking, substitution.last_day.isoformat())
