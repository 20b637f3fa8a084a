"""`tdkt certificate`: the register of awards: numbers of certificates, when they were handed over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from commands.payment import NoLines
from commands.printing import print_table, say
from commands.session import Noun, Session, completes, print_json, with_option
from runtime.office.typed import typed_date
from runtime.views import payments as views
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:
    from runtime.acts.handing import Handed

command = Noun(name="certificate", words=("The register of awards.", "Sổ khen thưởng: số sổ, ngày trao."))


@command.command(
    "list",
    words=(
        "Whom decisions award, with numbers and days.",
        "Sổ khen thưởng: số sổ, tên, danh hiệu, số quyết định, ngày trao.",
    ),
    example="certificate list Q01",
    paged=True,
)
@click.argument("refs", nargs=-1, metavar="[Q01…]", shell_complete=completes("items"))
def list_(session: Session, refs: tuple[str, ...]) -> None:
    looking = session.looking
    found = views.register_of(looking, refs)
    if session.json:
        print_json(found)
    elif found:
        rows = [views.register_cells(looking, each) for each in found]
        print_table([looking.words(f"column.{name}") for name in views.REGISTER], rows)
    else:
        say(looking.words("message.empty_list"))


def _lines(function: Any) -> Any:
    """A decision and its lines."""
    parts = (
        click.argument("ref", metavar="Q01", shell_complete=completes("items")),
        click.argument("lines", nargs=-1, metavar="[D0001/1…]"),
        with_option("--all", "every", is_flag=True, words=("All lines.", "Mọi trường hợp.")),
        with_option("--drop", is_flag=True, words=("Take it back.", "Bỏ việc đã ghi.")),
        with_option("--dry-run", is_flag=True, words=("Show, write nothing.", "Chạy thử, không ghi.")),
    )
    for part in reversed(parts):
        function = part(function)
    return function


_on = with_option("--on", "day", metavar="DATE", words=("Else today.", "Không ghi là hôm nay."))


class NoFirst(UsageMistake):
    """Write the number of the first certificate, for example --first 15; or --drop."""

    code = "no_first_number"


@command.command(
    "number",
    words=("Give certificates their numbers in the register.", "Ghi số sổ, liên tiếp theo thứ tự danh sách."),
    example="certificate number Q01 --all --first 15 --as chuyen-vien",
)
@_lines
@with_option("--first", type=int, metavar="NUMBER", words=("The first number.", "Số sổ đầu tiên."))
def number(session: Session, first: int | None, drop: bool, **said: Any) -> None:
    from runtime.acts.handing import number as give

    if (first is None) != drop:
        raise NoFirst
    _act(session, give, "numbered", first=first, **said)


@command.command(
    "hand",
    words=("Record that certificates were handed over.", "Ghi ngày trao, tại lễ trao."),
    example="certificate hand Q01 --all --on 02/03/2026 --as chuyen-vien",
)
@_lines
@_on
def hand(session: Session, day: str | None, drop: bool, **said: Any) -> None:
    from runtime.acts.handing import hand as keep

    _act(session, keep, "handed", on=_day(session, day, drop=drop), **said)


@command.command(
    "return",
    words=("Record that certificates came back.", "Ghi ngày thu hồi giấy khen, bằng chứng nhận."),
    example="certificate return Q01 D0017/1 --dry-run --as chuyen-vien",
)
@_lines
@_on
def take_back(session: Session, day: str | None, drop: bool, **said: Any) -> None:
    from runtime.acts.handing import take_back as keep

    _act(session, keep, "returned", on=_day(session, day, drop=drop), **said)


def _day(session: Session, day: str | None, *, drop: bool) -> Any:
    if drop:
        return None
    return typed_date(day) if day else session.acting.today


def _act(
    session: Session,
    act: Callable[..., Handed],
    said: str,
    *,
    ref: str,
    lines: tuple[str, ...],
    every: bool,
    dry_run: bool,
    **given: Any,
) -> None:
    from commands.reasons import permitted, print_step

    session.acting.require_actor()
    if every == bool(lines):
        raise NoLines
    role = permitted(session, "certificate", what=session.words("message.certificates_of", ref=ref))
    typed = ",".join(lines) or None
    done = act(session.acting, ref, typed, role=role, dry_run=dry_run, **given)
    if session.json:
        print_json({"decision": done.key.in_year, "certificates": done.certificates})
    else:
        key = f"message.certificates_{said}" if done.certificates else "message.certificates_same"
        say(session.words(key, ref=session.acting.ref(done.key), n=len(done.certificates)))
        if not dry_run:
            print_step(session, (done.key,))
