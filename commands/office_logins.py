"""`tdkt office invite`, `logins`, `revoke`: who signs in to the office, and with which accounts."""

from __future__ import annotations

import click

from commands.printing import print_facts, print_table, say
from commands.session import Command, Session, completes, print_json, with_option
from workflow.model.errors import UsageMistake
from workflow.model.logins import DAYS, MOST_DAYS
from workflow.model.naming import accounts as of_office
from workflow.model.naming import all_of


class OneRevocation(UsageMistake):
    """Give at most one of: --sessions, --enable, --erase."""

    code = "one_revocation"


@click.command(
    cls=Command,
    name="invite",
    words=(
        "Invite a person to sign in with these accounts: prints a link that is good once.",
        "Mời một người đăng nhập với các tài khoản này: in đường dẫn chỉ dùng một lần.",
    ),
    example='office invite chuyen-vien thu-ky --name "Nguyễn Văn Ê" --as quan-tri',
)
@click.argument("accounts", metavar="ACCOUNT…", nargs=-1, shell_complete=completes("accounts"))
@with_option("--name", metavar="NAME", words=("The person's name.", "Họ tên."))
@with_option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    default=DAYS,
    show_default=True,
    words=("For how many days it is good.", "Số ngày còn hiệu lực."),
)
@with_option(
    "--for",
    "again",
    metavar="WHO",
    words=("Another password for a login that there is.", "Cấp lại mật khẩu cho người đã có."),
)
@with_option("--at", metavar="URL", words=("The console's address.", "Địa chỉ trang làm việc."))
@with_option(
    "--recover",
    is_flag=True,
    words=(
        "An administrator, where no administrator can sign in.",
        "Mời quản trị khi không quản trị nào đăng nhập được.",
    ),
)
def invite(
    session: Session,
    accounts: tuple[str, ...],
    name: str | None,
    days: int,
    again: str | None,
    at: str | None,
    recover: bool,
) -> None:
    from commands.reasons import permitted
    from runtime.acts import logins
    from runtime.office.looking import local_time

    acting, words = session.acting, session.words
    role = None if recover else permitted(session, "login", what=words("message.login_of"))
    kept = logins.login_named(acting, again) if again else None
    made = logins.invite(
        acting, accounts, name or "", role=role, days=days, login=kept.id if kept else None, recover=recover
    )
    if session.json:
        print_json({"path": made.path, "id": made.id, "invitation": made.invitation})
        return
    chosen = (each for each in acting.directory.accounts if each.id in made.invitation.accounts)
    link = f"{(at or '').rstrip('/')}{made.path}"
    print_facts(
        [
            (words("column.office"), acting.row.title),
            (words("column.invited"), made.invitation.name or ""),
            (words("column.accounts"), words.of(all_of(of_office(chosen)))),
            (words("column.link"), link),
            (words("column.good_until"), words.of(local_time(made.invitation.expires_at, acting.zone))),
        ]
    )
    click.echo()
    say(words("message.invitation_how"))
    say(words("message.invitation_terminal", lenh=f"tdkt login --invitation {made.secret}"))


@click.command(
    cls=Command,
    name="logins",
    words=(
        "Who signs in, with which accounts, where and since when; open invitations.",
        "Ai đăng nhập, với tài khoản nào, ở đâu, từ khi nào; các lời mời chưa dùng.",
    ),
    example="office logins",
    paged=True,
)
def logins(session: Session) -> None:
    from runtime.views.logins import logins_shown

    looking, words = session.looking, session.words
    shown = logins_shown(looking)
    if session.json:
        print_json(shown)
        return
    if not (shown.logins or shown.invitations):
        say(words("message.no_logins"))
        return
    print_table(
        [words(f"column.{name}") for name in ("id", "login", "accounts", "seen", "sessions", "state")],
        [
            (
                each.login[:LEAST],
                each.name,
                ", ".join(each.accounts),
                looking.moment(each.seen_at) if each.seen_at else None,
                len(each.sessions) or None,
                words("message.login_enabled" if each.enabled else "message.login_disabled"),
            )
            for each in shown.logins
        ]
        + [
            (
                each.invitation[:LEAST],
                each.name,
                ", ".join(each.accounts),
                None,
                None,
                words("message.invited_until", ngay=looking.moment(each.expires_at)),
            )
            for each in shown.invitations
        ],
    )


LEAST = 8
"""Digits of an id that are shown."""


@click.command(
    cls=Command,
    name="revoke",
    words=(
        "Disable a login and end its sessions, or withdraw an invitation that was not used.",
        "Khóa một người đăng nhập và kết thúc các phiên, hoặc thu hồi lời mời chưa dùng.",
    ),
    example='office revoke "Lý Văn Thử" --as quan-tri',
)
@click.argument("who", metavar="WHO")
@with_option("--sessions", is_flag=True, words=("End the sessions only.", "Chỉ kết thúc các phiên."))
@with_option("--enable", is_flag=True, words=("Let the login in again.", "Mở lại."))
@with_option("--erase", is_flag=True, words=("Erase the name of a disabled login.", "Xóa tên người đã khóa."))
def revoke(session: Session, who: str, sessions: bool, enable: bool, erase: bool) -> None:
    if sessions + enable + erase > 1:
        raise OneRevocation()
    from commands.reasons import permitted
    from runtime.acts import logins

    acting, words = session.acting, session.words
    role = permitted(session, "login", what=words("message.login_of"))
    invitation = None if sessions or enable or erase else logins.open_invitation(acting, who)
    if invitation is not None:
        logins.revoke_invitation(acting, invitation.entry, role=role)
        _tell(session, invitation.name or invitation.entry, "invitation_revoked")
        return
    login = logins.login_named(acting, who)
    name = login.name or login.id[:LEAST]
    if sessions:
        logins.end_sessions(acting, login.id, role=role)
        _tell(session, name, "sessions_ended")
    elif enable:
        logins.enable(acting, login.id, role=role)
        _tell(session, name, "login_is_enabled")
    elif erase:
        logins.erase_login(acting, login, role=role)
        _tell(session, login.id[:LEAST], "login_erased")
    else:
        logins.disable(acting, login.id, role=role)
        _tell(session, name, "login_is_disabled")


def _tell(session: Session, name: str, done: str) -> None:
    if session.json:
        print_json({"who": name, "done": done})
    else:
        say(session.words(f"message.{done}", nguoi=name))
