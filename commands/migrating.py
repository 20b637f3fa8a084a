"""`tdkt definition migrate`: running items to another version of their machine, shown before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.failures import Exit
from commands.printing import print_table, say
from commands.reasons import permitted, print_reasons
from commands.session import REFUSED, Command, Session, completes, print_json, with_option
from runtime.views.answers import reason_json
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:
    from runtime.acts.migrating import Migration
    from workflow.model.facts import Key
    from workflow.services.migrate import Migrated, Missing


class BadMap(UsageMistake):
    """'{gia_tri}' is not of the form old=new; write --map old=new with the ids of two states."""

    code = "bad_map"


@click.command(
    cls=Command,
    name="migrate",
    example="definition migrate plan_task --to 2 --dry-run",
    words=(
        "Move running items to another version of their machine: shows each new state, deadline and what is "
        "missing, asks, does it. Without a REF all that run.",
        "Chuyển các mục đang chạy sang phiên bản quy trình khác: xem bước mới, thời hạn, thông tin còn thiếu "
        "của từng mục, hỏi lại rồi thực hiện. Không nêu mã thì chuyển tất cả.",
    ),
)
@click.argument("name", metavar="NAME")
@click.argument("refs", nargs=-1, metavar="[REF…]", shell_complete=completes("items"))
@with_option(
    "--to",
    "version",
    type=click.IntRange(1),
    required=True,
    metavar="VERSION",
    words=("A version that the office has.", "Phiên bản mà cơ quan đã áp dụng."),
)
@with_option(
    "--map",
    "pairs",
    multiple=True,
    metavar="OLD=NEW",
    words=(
        "The state of the other version that stands for one of this.",
        "Bước của phiên bản mới thay cho một bước cũ.",
    ),
)
@with_option("--dry-run", is_flag=True, words=("Show it, write nothing.", "Chạy thử, không ghi."))
def migrate(
    session: Session, name: str, refs: tuple[str, ...], version: int, pairs: tuple[str, ...], dry_run: bool
) -> None:
    from commands.ranges import expand
    from runtime.acts import migrating

    acting, words = session.acting, session.words
    states = _states(pairs)
    role = None if dry_run else permitted(session, "migrate_items", what=f"{name}/{version}")
    wanted = expand(refs)
    foreseen = migrating.migrate(acting, name, version, wanted, states=states, role=role, dry_run=True)
    question = words("message.items_question", n=len(foreseen.movable), ten=foreseen.to)
    done = session.ask_and_do(
        foreseen,
        lambda: migrating.migrate(acting, name, version, wanted, states=states, role=role),
        show=lambda: _print(session, foreseen),
        question=question if foreseen.movable else None,
        dry_run=dry_run,
    )
    if session.json:
        print_json(_json(session, done, dry_run=dry_run))
    else:
        said = "items_would_move" if dry_run else "items_moved"
        count = len(done.movable)
        say(words(f"message.{said if count else 'items_stay'}", n=count, ten=done.to))
    if done.refused:
        raise Exit(REFUSED)


def _states(pairs: tuple[str, ...]) -> dict[str, str]:
    """Raises BadMap."""
    states = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not (old.strip() and equals and new.strip()):
            raise BadMap(gia_tri=pair)
        states[old.strip()] = new.strip()
    return states


def _print(session: Session, found: Migration) -> None:
    from runtime.care.differing import moved_lines

    words, acting = session.words, session.acting
    if found.movable:
        names = ("ref", "state", "new")
        lines = [(acting.ref(key), *_labels(session, done)) for key, done in found.movable]
        print_table([words(f"column.{name}") for name in names], lines)
    rows = moved_lines(acting, words, found.movable)
    if rows:
        click.echo()
        print_table([words(f"column.{name}") for name in ("ref", "deadline_row", "old", "new")], rows)
    for key, done in found.movable:
        for missing in done.missing:
            _print_missing(session, key, missing)
    for key, refused in found.refused:
        say(words("message.item_stays", ref=acting.ref(key)), err=True)
        print_reasons(refused.reasons, words, office=acting)


def _labels(session: Session, done: Migrated) -> tuple[str, str]:
    """The states before and after, by each version's own words."""
    acting, words = session.acting, session.words
    return (
        words.of(acting.machine(done.before.digest).label(done.before.state, done.before.kind)),
        words.of(acting.machine(done.item.digest).label(done.item.state, done.item.kind)),
    )


def _print_missing(session: Session, key: Key, missing: Missing) -> None:
    words, ref = session.words, session.acting.ref(key)
    told = {"ref": ref, "su_kien": words.of(missing.label)}
    if missing.inputs:
        listed = ", ".join(words.of(label) for label in missing.inputs)
        say(words("message.item_needs", danh_sach=listed, **told))
    if missing.reasons:
        say(words("message.item_barred", **told))
        print_reasons(missing.reasons, words, office=session.acting, err=False)


def _json(session: Session, done: Migration, *, dry_run: bool) -> dict[str, Any]:
    from commands.recalendaring import move_json

    words = session.words
    return {
        "machine": done.to,
        "dry_run": dry_run,
        "items": [
            {
                **move_json(key, item),
                "from": item.before.state,
                "to": item.item.state,
                "missing": [
                    {
                        "event": missing.event,
                        "inputs": [words.of(label) for label in missing.inputs],
                        "reasons": [reason_json(reason, words) for reason in missing.reasons],
                    }
                    for missing in item.missing
                ],
            }
            for key, item in done.movable
        ],
        "refused": [
            {
                "ref": key.ref,
                "year": key.year,
                "reasons": [reason_json(each, words) for each in refused.reasons],
            }
            for key, refused in done.refused
        ],
    }
