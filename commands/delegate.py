"""`tdkt delegate REF --to ACCOUNT`: whoever must act passes one item on; --back takes it back."""

from __future__ import annotations

import click

from commands.claim import report_handover
from commands.session import ACCOUNT, Command, Session, completes, with_option
from workflow.model.errors import UsageMistake


class DelegationOptions(UsageMistake):
    """Give --to ACCOUNT to delegate, or --back alone to take it back."""

    code = "delegation_options"


@click.command(
    cls=Command,
    name="delegate",
    words=(
        "Pass one item on: the other account acts for you and is told so. Ends with the step.",
        "Chuyển một việc cho tài khoản khác xử lý; người đó được thông báo. Hết bước thì hết hiệu lực.",
    ),
    example='delegate T01 --to thu-ky --reason "Đi công tác" --as chuyen-vien',
)
@click.argument("ref", shell_complete=completes("items"))
@with_option(
    "--to",
    **ACCOUNT,
    words=("Who does it instead.", "Người xử lý thay."),
)
@with_option("--reason", metavar="TEXT", words=("Why; can be erased later.", "Lý do; về sau xóa được."))
@with_option(
    "--back",
    is_flag=True,
    words=("Take it back, or give it back.", "Nhận lại xử lý, hoặc trả lại người chuyển."),
)
def command(session: Session, ref: str, to: str | None, reason: str | None, back: bool) -> None:
    from runtime.acts import claiming
    from workflow.rules.inputs import read_note

    if back == (to is not None) or (back and reason is not None):
        raise DelegationOptions()
    acting = session.acting
    acting.require_actor()
    if to is None:
        answer = claiming.take_back(acting, ref)
    else:
        answer = claiming.delegate(acting, ref, to=to, reason=read_note(reason, event="delegate"))
    report_handover(session, ref, answer)
