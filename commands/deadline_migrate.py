"""`tdkt deadline migrate`: running deadlines under another version of the policy, shown before it is done.

A new version of the policy holds for what begins after it; what runs is moved by this command alone.
"""

from __future__ import annotations

import click

from commands.session import Command, Session, print_json, with_option


@click.command(
    cls=Command,
    name="migrate",
    words=(
        "Move running deadlines to another version of the policy: shows what changes, asks, does it.",
        "Chuyển thời hạn đang chạy sang phiên bản quy định khác: xem thay đổi, hỏi lại rồi thực hiện.",
    ),
)
@with_option(
    "--to",
    "version",
    type=click.IntRange(1),
    required=True,
    metavar="VERSION",
    words=("A version of the policy that the office has.", "Phiên bản quy định mà cơ quan đã áp dụng."),
)
@with_option("--dry-run", is_flag=True, words=("Show it, write nothing.", "Chạy thử, không ghi."))
def migrate(session: Session, version: int, dry_run: bool) -> None:
    from commands.permission import permitted
    from commands.recalendaring import move, moves_json
    from runtime.acts.recalendaring import migrate_deadlines

    acting, words = session.acting, session.words
    role = None
    if not dry_run:
        role = permitted(session, "migrate_deadlines", what=f"{acting.directory.policy}/{version}")
    foreseen = migrate_deadlines(acting, version, role=role, dry_run=True)
    done = move(
        session,
        foreseen,
        lambda: migrate_deadlines(acting, version, role=role),
        of="policy",
        dry_run=dry_run,
    )
    if session.json:
        print_json({"policy": done.by, "dry_run": dry_run, "items": moves_json(done)})
        return
    said = "policy_would_move" if dry_run else "policy_moved"
    click.echo(
        words(f"message.{said if done.items else 'policy_moves_nothing'}", n=len(done.items), ten=done.by)
    )
