"""`tdkt login`: signing in on the command line, with a password or by an invitation."""

from __future__ import annotations

import socket
import sys

import click

from commands.printing import say
from commands.session import ACCOUNT, Command, Session, pick, print_json, with_option
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.naming import accounts, all_of

TERMINAL_ADDRESS = "terminal"
"""Under what tries on this machine's terminal are counted: they come from no network address."""


class NoName(UsageMistake):
    """Say who signs in: tdkt login NAME."""

    code = "no_login_name"


class NotRepeated(TdktError):
    """The two passwords are not the same; type them anew."""

    code = "not_repeated"


@click.command(
    cls=Command,
    name="login",
    words=(
        "Sign in, so that this terminal acts for you: by your name or by an account that you alone hold. The"
        " token is kept in a file that only you may read, until `tdkt logout`.",
        "Đăng nhập để thực hiện công việc trên máy này: bằng họ tên hoặc tài khoản chỉ mình giữ. Mã đăng nhập"
        " lưu trong tệp chỉ mình đọc được, đến khi tdkt logout.",
    ),
    example='login "Nguyễn Văn Ê" --account chuyen-vien',
)
@click.argument("name", metavar="[NAME]", required=False)
@with_option("--account", **ACCOUNT, words=("The account to begin with.", "Tài khoản dùng trước tiên."))
@with_option(
    "--invitation",
    metavar="CODE",
    words=("Accept an invitation first: /i/… or its code.", "Nhận lời mời trước: /i/… hoặc mã lời mời."),
)
def command(session: Session, name: str | None, account: str | None, invitation: str | None) -> None:
    from runtime.acts import logins
    from runtime.office.token_file import keep_token
    from workflow.model.logins import TERMINAL

    acting, label = session.acting, socket.gethostname()
    chosen = account or session.options.actor
    if invitation is not None:
        password = _typed_password(new=True)
        login = logins.accept(acting, invitation.rpartition("/")[2], password=password)
        token = logins.begin_session(acting, login, kind=TERMINAL, label=label, account=chosen)
    else:
        if not name:
            raise NoName()
        password = _typed_password()
        token = logins.sign_in(
            acting, name, password, address=TERMINAL_ADDRESS, kind=TERMINAL, label=label, account=chosen
        )
    now = logins.session_of(acting, token)
    assert now is not None
    keep_token(session.environment, acting.office, token, now.account)
    if session.json:
        print_json(now)
        return
    held = all_of(accounts(each for each in acting.directory.accounts if each.id in now.accounts))
    say(acting.words("message.signed_in", nguoi=now.name or now.login, danh_sach=acting.words.of(held)))
    say(acting.words("message.acts_as", tai_khoan=now.account))


def _typed_password(*, new: bool = False) -> str:
    """Typed without echo, a new one twice; where there is no terminal, the first line of the input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    asked = pick(("New password", "Mật khẩu mới")) if new else pick(("Password", "Mật khẩu"))
    password: str = click.prompt(asked, hide_input=True, err=True)
    if new:
        again = pick(("Once more", "Nhập lại"))
        if click.prompt(again, hide_input=True, err=True) != password:
            raise NotRepeated()
    return password
