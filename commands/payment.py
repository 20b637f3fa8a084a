"""`tdkt payment`: the money of issued decisions, line by line: what is due, what was paid and recovered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from commands.printing import print_facts, print_table, print_wrapped, say
from commands.session import Noun, Session, completes, print_json, with_option
from commands.typed import worded
from runtime.office.typed import typed_date
from runtime.views import payments as views
from workflow.model.errors import UsageMistake
from workflow.model.money import dotted, in_words
from workflow.model.payments import CARRIED, PAID, RECOVERED, WAYS

if TYPE_CHECKING:
    from runtime.acts.paying import Moved

command = Noun(name="payment", words=("Money of issued decisions.", "Chi tiền thưởng theo quyết định."))


@command.command(
    "list",
    words=(
        "Payment lists: what is due, what was paid, to whom and when.",
        "Danh sách chi tiền thưởng: phải chi, đã chi, người nhận, ngày.",
    ),
    example="payment list Q01",
    paged=True,
)
@click.argument("refs", nargs=-1, metavar="[Q01…]", shell_complete=completes("items"))
@with_option(
    "--open", "open_only", is_flag=True, words=("Only what is not settled.", "Chỉ phần chưa chi, chưa thu.")
)
def list_(session: Session, refs: tuple[str, ...], open_only: bool) -> None:
    looking = session.looking
    found = views.payment_lists(looking, refs)
    if open_only:
        found = tuple(each for each in map(views.unsettled, found) if each.lines)
    if session.json:
        print_json(found)
        return
    if not found:
        say(looking.words("message.empty_list"))
    for number, each in enumerate(found):
        if number:
            click.echo()
        print_wrapped(views.heading(looking, each))
        print_facts(views.totals(looking, each))
        rows = [views.payment_cells(looking, line) for line in each.lines]
        print_table([looking.words(f"column.{name}") for name in views.COLUMNS], rows)


def _moves(function: Any) -> Any:
    """The arguments of every movement: a decision, its lines, the day."""
    parts = (
        click.argument("ref", metavar="Q01", shell_complete=completes("items")),
        click.argument("lines", nargs=-1, metavar="[D0001/1…]"),
        with_option(
            "--all",
            "every",
            is_flag=True,
            words=("All lines of which there is something.", "Mọi trường hợp còn phải làm."),
        ),
        with_option("--on", "day", metavar="DATE", words=("Else today.", "Không ghi là hôm nay.")),
        with_option("--dry-run", is_flag=True, words=("Show, write nothing.", "Chạy thử, không ghi.")),
    )
    for part in reversed(parts):
        function = part(function)
    return function


_way = with_option(
    "--way",
    type=worded(WAYS, "choice"),
    words=("In cash or by transfer.", "Tiền mặt (cash) hoặc chuyển khoản (transfer)."),
)


@command.command(
    "record",
    words=("Record that lines were paid, all at once or none.", "Ghi đã chi cho nhiều trường hợp một lần."),
    example="payment record Q01 --all --on 02/03/2026 --way cash --yes --as ke-toan",
)
@_moves
@_way
@with_option("--receiver", metavar="NAME", words=("Who took it in another's place.", "Người nhận thay."))
@with_option("--proxy", metavar="TEXT", words=("By which paper.", "Giấy ủy quyền của người nhận thay."))
def record(session: Session, receiver: str | None, proxy: str | None, **said: Any) -> None:
    _move(session, PAID, receiver=receiver, proxy=proxy, **said)


@command.command(
    "recover",
    words=("Record that money came back.", "Ghi đã thu hồi tiền thưởng."),
    example="payment recover Q01 --all --dry-run --as ke-toan",
)
@_moves
@_way
def recover(session: Session, **said: Any) -> None:
    _move(session, RECOVERED, **said)


@command.command(
    "carry",
    words=(
        "Have unpaid lines paid by the next year's fund.",
        "Chuyển phần chưa chi sang quỹ năm sau.",
    ),
    example="payment carry Q01 --all --dry-run --as ke-toan",
)
@_moves
def carry(session: Session, **said: Any) -> None:
    _move(session, CARRIED, **said)


@command.command(
    "undo",
    words=("Take movements back by contrary ones.", "Bỏ khoản ghi nhầm bằng khoản ngược lại."),
    example='payment undo Q01 1 --reason "Ghi nhầm ngày" --dry-run --as ke-toan',
)
@click.argument("ref", metavar="Q01", shell_complete=completes("items"))
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="NO…")
@with_option("--reason", required=True, words=("Why.", "Lý do."))
@with_option("--dry-run", is_flag=True, words=("Show, write nothing.", "Chạy thử, không ghi."))
def undo(session: Session, ref: str, numbers: tuple[int, ...], reason: str, dry_run: bool) -> None:
    from runtime.acts import paying

    role = _permitted(session, ref)

    def act(*, dry_run: bool) -> Moved:
        return paying.undo(session.acting, ref, numbers, reason=reason, role=role, dry_run=dry_run)

    _asked(session, act, "undone", dry_run=dry_run)


class NoLines(UsageMistake):
    """No line is named; name some like D0001/1, or write --all."""

    code = "no_lines_named"


def _move(
    session: Session,
    kind: str,
    *,
    ref: str,
    lines: tuple[str, ...],
    every: bool,
    day: str | None,
    dry_run: bool,
    way: str | None = None,
    receiver: str | None = None,
    proxy: str | None = None,
) -> None:
    from runtime.acts import paying

    role = _permitted(session, ref)
    if every == bool(lines):
        raise NoLines
    on = typed_date(day) if day else session.acting.today
    to = paying.receiver(receiver, proxy)

    def act(*, dry_run: bool) -> Moved:
        return paying.move(
            session.acting,
            ref,
            ",".join(lines) or None,
            kind=kind,
            on=on,
            way=way,
            to=to,
            role=role,
            dry_run=dry_run,
        )

    _asked(session, act, kind, dry_run=dry_run)


def _permitted(session: Session, ref: str) -> str:
    from commands.reasons import permitted

    session.acting.require_actor()
    return permitted(session, "payment", what=session.words("message.payment_of", ref=ref))


def _asked(session: Session, act: Callable[..., Moved], said: str, *, dry_run: bool) -> None:
    """Shows what would be moved, asks, does it and says what was."""
    from commands.reasons import print_step

    foreseen = act(dry_run=True)
    done = session.ask_and_do(
        foreseen,
        lambda: act(dry_run=False),
        show=lambda: _show(session, foreseen),
        question=session.words(f"message.ask_{said}", so_tien=dotted(abs(foreseen.total))),
        dry_run=dry_run,
    )
    if session.json:
        print_json({"decision": done.key.in_year, "total": done.total, "movements": done.movements})
    elif not dry_run:
        key, total = f"message.payment_{said}", dotted(abs(done.total))
        say(session.words(key, ref=session.acting.ref(done.key), n=len(done.movements), so_tien=total))
        print_step(session, (done.key,))


def _show(session: Session, moved: Moved) -> None:
    rows = [(f"{each.dossier}/{each.line}", dotted(each.amount)) for each in moved.movements]
    print_table([session.words(f"column.{name}") for name in ("nominee", "amount")], rows)
    words = f" ({in_words(moved.total)})" if moved.total >= 0 else ""
    say(f"{session.words('payment.total')}: {dotted(moved.total)}{words}")
