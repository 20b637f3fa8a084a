"""`tdkt logout`: this terminal acts for nobody any more."""

from __future__ import annotations

import click

from commands.printing import say
from commands.session import Command, Session, print_json, with_option


@click.command(
    cls=Command,
    name="logout",
    words=("Sign out on this machine, or everywhere.", "Đăng xuất trên máy này, hoặc ở mọi nơi."),
    example="logout",
)
@with_option("--everywhere", is_flag=True, words=("In all browsers too.", "Cả trên mọi trình duyệt."))
def command(session: Session, everywhere: bool) -> None:
    from runtime.acts import logins
    from runtime.office.token_file import drop_token, kept_token

    acting = session.acting
    token = kept_token(session.environment, acting.office)
    now = logins.session_of(acting, token.value) if token else None
    ended = 0
    if token is not None and now is not None:
        if everywhere:
            ended = logins.sign_out_everywhere(acting, now.login)
        else:
            logins.sign_out(acting, token.value)
            ended = 1
    drop_token(session.environment, acting.office)
    if session.json:
        print_json({"sessions": ended})
    else:
        say(acting.words("message.signed_out" if ended else "message.nobody_signed_in", n=ended))
