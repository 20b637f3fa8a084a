"""`tdkt office substitute` and `substitutions`: who acts for whom on which days; ordered, ended, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import click

from commands.printing import print_table, say
from commands.readers import known_account
from commands.session import ACCOUNT, Command, Session, completes, print_json, with_option
from runtime.office.typed import typed_date
from runtime.views.substitutions import order_line, order_record, orders_of, substitution_record
from workflow.model.errors import UsageMistake
from workflow.model.substitution import Substitution

if TYPE_CHECKING:
    from workflow.model.decision import Refused


class SubstitutionOptions(UsageMistake):
    """Give --by and --until to order a substitution, or --end alone to end one."""

    code = "substitution_options"


@click.command(
    cls=Command,
    name="substitute",
    example="office substitute thu-ky --by uy-vien-1 --until 09/03/2026 --as thuong-truc",
    words=(
        "Order that another account acts for ACCOUNT while it is absent, or end that early. For the chair, "
        "the vice chair, the standing member, and the absent account itself.",
        "Phân công tài khoản khác xử lý công việc thay TÀI KHOẢN khi vắng, hoặc kết thúc sớm. Dành cho Chủ "
        "tịch, Phó Chủ tịch, Ủy viên thường trực và chính người vắng.",
    ),
)
@click.argument("account", shell_complete=completes("accounts"))
@with_option(
    "--by",
    **ACCOUNT,
    words=("The stand-in.", "Người xử lý thay."),
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
        "Ngày TÀI KHOẢN trở lại làm việc: ngày trước đó là ngày cuối xử lý thay.",
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
        if any(option is not None for option in (by, first, until, reason, basis)):
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
    absent = acting.known_account(absent)
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
    absent = acting.known_account(absent)
    answer = end(acting, absent)
    if isinstance(answer, Refused):
        _refuse(session, answer, absent)
    _tell(session, answer, "message.substitution_ended")


def _code(text: str, parse: Any) -> str:
    """Raises InputMistakes."""
    from workflow.rules.inputs import not_given
    from workflow.rules.not_an_input import NotAnInput

    try:
        return str(parse(text))
    except NotAnInput as mistake:
        raise not_given("substitute", "basis", mistake, expected="--basis 05/QĐ-UBND") from None


def _refuse(session: Session, refused: Refused, absent: str) -> NoReturn:
    from commands.reasons import refuse
    from runtime.views.answers import position_text

    refuse(session, refused, what=position_text(session.acting, absent), stand_ins=False)


def _tell(session: Session, done: Substitution, key: str) -> None:
    from runtime.views.answers import position_text

    if session.json:
        print_json(substitution_record(done))
        return
    words = session.words
    said = words(
        key,
        chuc_vu_thay=position_text(session.acting, done.stand_in),
        chuc_vu_vang=position_text(session.acting, done.absent),
        tu=words.day(done.from_day),
        den=words.day(done.last_day),
        ngay=words.day(session.acting.today),
    )
    click.echo(said)


@click.command(
    cls=Command,
    name="substitutions",
    example="office substitutions --all",
    paged=True,
    words=(
        "Who acts for whom: what runs and what is to come.",
        "Ai xử lý công việc thay ai: các phân công đang và sắp có hiệu lực.",
    ),
)
@with_option("--all", "whole", is_flag=True, words=("Those that are over too.", "Cả các phân công đã qua."))
def substitutions(session: Session, whole: bool) -> None:
    looking, words = session.looking, session.looking.words
    known_account(session)  # an unknown --as is a mistake here too
    orders = orders_of(looking, whole=whole)
    if session.json:
        print_json([order_record(looking, order) for order in orders])
    elif not orders:
        say(words("message.no_substitutions"))
    else:
        columns = ("absent", "stand_in", "from_day", "last_day", "reason", "basis")
        print_table(
            [words(f"column.{name}") for name in columns],
            [order_line(looking, order) for order in orders],
        )
