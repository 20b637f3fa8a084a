"""`tdkt claim REF`: of several that may act, one says "I do it"; with --release it no longer does."""

from __future__ import annotations

import click

from commands.handing import report_handed
from commands.session import Command, Session, completes, with_option


@click.command(
    cls=Command,
    name="claim",
    words=(
        'Say "I do it": reminders come to you alone, the others see it as taken. Ends with the step.',
        "Nhận xử lý: việc nhắc chỉ gửi mình, người khác thấy việc đã có người nhận. Hết bước thì thôi nhận.",
    ),
)
@click.argument("ref", shell_complete=completes("items"))
@with_option("--release", is_flag=True, words=("Let go of it again.", "Thôi nhận xử lý."))
def command(session: Session, ref: str, release: bool) -> None:
    from runtime.acts import claiming

    acting = session.acting
    acting.require_actor()
    answer = claiming.release(acting, ref) if release else claiming.claim(acting, ref)
    report_handed(session, ref, answer)
