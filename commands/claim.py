"""`tdkt claim REF`: of several that may act, one says "I do it"; with --release it no longer does.

What came of it is told here for `tdkt delegate` too.
"""

from __future__ import annotations

import click

from commands.reasons import refuse
from commands.session import Command, Session, completes, print_json, with_option
from runtime.views.answers import handover_told
from workflow.engine.claiming import Handover
from workflow.model.decision import Refused


@click.command(
    cls=Command,
    name="claim",
    words=(
        'Say "I do it": reminders come to you alone, the others see it as taken. Ends with the step.',
        "Nhận xử lý: từ nay chỉ nhắc tài khoản này; người khác thấy đã có người nhận. Hết bước thì thôi.",
    ),
    example="claim T01 --as chuyen-vien",
)
@click.argument("ref", shell_complete=completes("items"))
@with_option("--release", is_flag=True, words=("Let go of it again.", "Thôi nhận xử lý."))
def command(session: Session, ref: str, release: bool) -> None:
    from runtime.acts.claiming import claim
    from runtime.acts.claiming import release as release_claim

    acting = session.acting
    acting.require_actor()
    answer = release_claim(acting, ref) if release else claim(acting, ref)
    report_handover(session, ref, answer)


def report_handover(session: Session, ref: str, answer: Handover | Refused) -> None:
    """Prints what came of claiming an item or of passing it on; a refusal ends with its exit code."""
    shown = session.acting.ref(session.acting.key(ref))
    if isinstance(answer, Refused):
        refuse(session, answer, what=shown)
    if session.json:
        print_json(_json(answer))
        return
    click.echo(handover_told(session.acting, answer))


def _json(handover: Handover) -> dict[str, object]:
    """`done` is false where all stood so already."""
    item = handover.item
    return {
        "ref": item.key.ref,
        "year": item.key.year,
        "event": handover.entry.event,
        "done": not handover.unchanged,
        "claimed_by": item.claimed_by,
        "delegated_by": item.delegated_by,
        "acting_for": handover.entry.acting_for,
        "told": [reader.account for reader in handover.to],
    }
