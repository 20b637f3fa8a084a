"""`tdkt office`: the office as it runs: its plans and definitions, its people, its bodies, and who acts.

All but `use`, `contact` and `substitute` only look; standing in has its own module, `commands.substitution`,
and who signs in `commands.office_logins`.
"""

from __future__ import annotations

import click

from commands.office_logins import invite, logins, revoke
from commands.printing import print_pairs, print_table, print_wrapped, say
from commands.session import Noun, Session, completes, print_json, with_option
from commands.substitution import substitute, substitutions
from runtime.office.looking import Looking
from runtime.office.typed import typed_date
from runtime.views import office as office_views
from workflow.model.council import council_on
from workflow.model.errors import UsageMistake
from workflow.model.wording import mid_sentence

INDENT = 2


@click.group(cls=Noun, name="office", words=("The office and its people.", "Cơ quan và các tài khoản."))
def command(**_: object) -> None:
    pass


command.add_command(substitute)
command.add_command(substitutions)
command.add_command(invite)
command.add_command(logins)
command.add_command(revoke)


# The office


@command.command(
    "show",
    words=("The office, its plans and its definitions.", "Cơ quan, kế hoạch, định nghĩa."),
    example="office show",
    paged=True,
)
def show(session: Session) -> None:
    looking = session.looking
    if session.json:
        print_json(office_views.office_shown(looking))
        return
    words, row, directory = looking.words, looking.row, looking.directory
    actor = row.actor
    print_pairs(
        [
            (words("column.office"), f"{row.title} ({looking.office})"),
            (words("column.province"), directory.province),
            (words("column.zone"), directory.zone),
            (words("column.contact"), directory.contact),
            (words("column.started_on"), looking.day(row.started_on)),
            (words("column.today"), _today(looking)),
            (words("column.council"), _council(looking)),
            (words("column.acts"), f"{looking.account(actor)} ({actor})" if actor else None),
        ]
    )
    plans = [f"{plan.year}  {plan.title}" for plan in looking.reading.plans(looking.office)]
    _print_list(words("column.plans"), plans or [words("message.no_plan_at_all")])
    _print_list(
        words("column.definitions"),
        [
            f"{words(f'definition_kind.{row.kind}')}: {row.name}/{row.version}"
            for row in office_views.in_force(looking)
        ],
    )
    if directory.sample:
        named = ", ".join(looking.body(id) for id in directory.sample)
        click.echo()
        say(words("message.sample_data", danh_sach=named))


def _council(looking: Looking) -> str:
    """How many sit in it today, and the papers that it rests on."""
    words, directory = looking.words, looking.directory
    founded, statute = directory.membership.founded_by, directory.membership.statute
    members = directory.people(council_on(directory, looking.today))
    said = [words("message.council_members", n=len(members))]
    if founded:
        said.append(words("message.council_founded", so=founded.number, ngay=looking.day(founded.dated)))
    if statute:
        named = {"so": statute.number, "ngay": looking.day(statute.dated)}
        said.append(words("message.council_statute", **named, can_cu=statute.quorum, chi_tiet=statute.votes))
    return "; ".join(said)


def _today(looking: Looking) -> str:
    today = looking.day(looking.today)
    return f"{today}  [{looking.words('marker.sandbox')}]" if looking.row.sandbox else today


def _print_list(heading: str, lines: list[str]) -> None:
    click.echo(f"\n{heading}:")
    for line in lines:
        say(line, indent=INDENT)


# People


@command.command(
    "people",
    words=("The accounts: id, position, body.", "Các tài khoản: mã, chức vụ, đơn vị."),
    example="office people",
    paged=True,
)
@with_option(
    "--full",
    is_flag=True,
    words=(
        "With the roles, the holders and what each may do.",
        "Kèm vai trò, người giữ và việc được làm.",
    ),
)
def people(session: Session, full: bool) -> None:
    looking = session.looking
    accounts = [office_views.account_record(looking, account) for account in looking.directory.accounts]
    if session.json:
        print_json(accounts)
    elif full:
        for account in accounts:
            _print_account(account, looking)
    else:
        print_table(
            [looking.words(f"column.{name}") for name in ("account", "position", "body")],
            [
                (each.account, looking.words.of(each.label), looking.body(each.body) if each.body else "")
                for each in accounts
            ],
        )


def _print_account(account: office_views.AccountRecord, looking: Looking) -> None:
    """The position, then its roles and what they open, wrapped below it."""
    words = looking.words
    at = f"  ({looking.body(account.body)})" if account.body else ""
    say(f"{account.account}: {words.of(account.label)}{at}")
    _print_wrapped("; ".join(words(f"role.{role}") for role in account.roles), label=words("column.role"))
    for label, text in office_views.may_lines(looking, account):
        _print_wrapped(text, label=label)


# Bodies


@command.command(
    "bodies", words=("The bodies of the directory.", "Danh mục đơn vị."), example="office bodies", paged=True
)
def bodies(session: Session) -> None:
    looking = session.looking
    found = [office_views.body_record(looking, body) for body in looking.directory.bodies]
    if session.json:
        print_json(found)
        return
    for body in found:
        _print_body(body, looking)


def _print_body(body: office_views.BodyRecord, looking: Looking) -> None:
    name = "" if body.name == body.short else f"  ({body.name})"
    say(f"{body.body}: {body.short}{name}")
    remark = office_views.body_remark(looking, body)
    if remark:
        _print_wrapped(remark)
    if body.spellings:
        _print_wrapped("; ".join(body.spellings), label=looking.words("column.spellings"))


def _print_wrapped(text: str, *, label: str | None = None) -> None:
    """A line below its heading, in as many as it needs."""
    print_wrapped(f"{label}: {text}" if label else text, indent=INDENT)


# Who acts


@command.command(
    "use",
    words=(
        "Choose the account that acts where none is named.",
        "Chọn tài khoản thực hiện khi không nêu tài khoản khác.",
    ),
    example="office use chuyen-vien",
)
@click.argument("account", metavar="ACTOR", shell_complete=completes("accounts"))
def use(session: Session, account: str) -> None:
    from runtime.acts.use import use as store_actor

    acting = session.acting
    account = store_actor(acting, account)
    found = acting.directory.account(account)
    assert found is not None
    if session.json:
        print_json({"account": account, "label": {"vi": found.label.vi, "en": found.label.en}})
    else:
        label = acting.words.of(found.label)
        say(acting.words("message.actor_stored", nguoi=mid_sentence(label), tai_khoan=account))


# Who holds a position


class OneHolder(UsageMistake):
    """Give a name (with --from, --to), or --remove (with --from)."""

    code = "one_holder"


@command.command(
    "holder",
    words=(
        "Say who holds a position from when to when; the name can be erased. Set anew it is corrected.",
        "Ghi họ tên người giữ một chức vụ, từ ngày nào đến ngày nào; có thể xóa. Ghi lại để sửa.",
    ),
    example='office holder chu-tich "Nguyễn Văn Ê" --from 01/01/2026 --as quan-tri',
)
@click.argument("account", metavar="ACCOUNT", shell_complete=completes("accounts"))
@click.argument("name", metavar="[NAME]", required=False)
@with_option("--from", "from_day", metavar="DATE", words=("The first day; else today.", "Ngày đầu."))
@with_option("--to", "until_day", metavar="DATE", words=("The last day.", "Ngày cuối."))
@with_option("--remove", is_flag=True, words=("Take back who holds it on that day.", "Bỏ người đã ghi."))
def holder(
    session: Session,
    account: str,
    name: str | None,
    from_day: str | None,
    until_day: str | None,
    remove: bool,
) -> None:
    written = " ".join((name or "").split())
    if remove == bool(written) or (remove and until_day):
        raise OneHolder()
    from commands.reasons import permitted
    from runtime.acts.holding import name_holder, remove_holder

    acting, words = session.acting, session.words
    account = acting.known_account(account)
    role = permitted(session, "holder", what=words("message.holder_of", tai_khoan=account))
    first = typed_date(from_day) if from_day else acting.today
    last = typed_date(until_day) if until_day else None
    if remove:
        held = remove_holder(acting, account, on=first, role=role)
    else:
        held = name_holder(acting, account, written, from_day=first, until_day=last, role=role)
    if session.json:
        print_json(held)
        return
    found = acting.directory.account(account)
    assert found is not None
    said = {"nguoi": words.of(found.label), "ngay": office_views.span(words, held.from_day, held.until_day)}
    if remove:
        say(words("message.holder_removed", **said))
    else:
        say(words("message.holder_set", ten=written, **said))


# Where people are reached


class OneContact(UsageMistake):
    """Give exactly one of: --email ADDRESS, --via NAME, --remove CHANNEL."""

    code = "one_contact"


@command.command(
    "contacts",
    words=(
        "Where notices go beside the inbox.",
        "Nơi nhận thông báo ngoài mục Việc cần xử lý.",
    ),
    example="office contacts",
    paged=True,
)
def contacts(session: Session) -> None:
    looking = session.looking
    rows = looking.reading.contacts(looking.office)
    if session.json:
        print_json(rows)
    elif not rows:
        say(looking.words("message.empty_list"))
    else:
        words = looking.words
        print_table(
            [
                words("column.account"),
                words("column.position"),
                words("column.channel"),
                words("column.address"),
            ],
            [(row.account, looking.account(row.account), row.channel, row.address) for row in rows],
        )


@command.command(
    "contact",
    words=(
        "Say where an account's notices go beside its inbox: a mail address, or a channel of the settings.",
        "Ghi nơi nhận thông báo của một tài khoản ngoài mục Việc cần xử lý: địa chỉ thư hoặc kênh đã đặt.",
    ),
    example="office contact chuyen-vien --email can-bo@example.vn --as quan-tri",
)
@click.argument("account", metavar="ACCOUNT", shell_complete=completes("accounts"))
@with_option("--email", metavar="ADDRESS", words=("Its mail address.", "Địa chỉ thư."))
@with_option("--via", metavar="NAME", words=("A channel of the settings.", "Một kênh đã cài đặt."))
@with_option("--remove", metavar="CHANNEL", words=("No longer there.", "Ngừng gửi qua kênh này."))
def contact(session: Session, account: str, email: str | None, via: str | None, remove: str | None) -> None:
    if sum(given is not None for given in (email, via, remove)) != 1:
        raise OneContact()
    from runtime.acts.contacts import remove_contact, set_channel, set_mail
    from runtime.mail.settings import delivery_settings

    acting = session.acting
    account = acting.known_account(account)
    role = None if acting.actor.account == account else _contact_role(session, account)
    if remove is not None:
        remove_contact(acting, account, remove, role=role)
        _tell_contact(session, account, remove, kept=False)
        return
    if email is not None:
        kept = set_mail(acting, account, email, role=role)
    else:
        kept = set_channel(acting, account, via or "", role=role)
    _tell_contact(session, account, kept.channel, kept=True)
    if not session.json and kept.channel not in delivery_settings(session.environment).channels:
        say(acting.words("message.channel_not_set", ten=kept.channel), err=True)


def _contact_role(session: Session, account: str) -> str:
    from commands.reasons import permitted

    words = session.acting.words
    return permitted(session, "contact", what=words("message.contact_of", tai_khoan=account))


def _tell_contact(session: Session, account: str, channel: str, *, kept: bool) -> None:
    acting = session.acting
    if session.json:
        print_json({"account": account, "channel": channel, "kept": kept})
        return
    found = acting.directory.account(account)
    assert found is not None
    said = "message.contact_set" if kept else "message.contact_removed"
    say(acting.words(said, nguoi=acting.words.of(found.label), ten=channel))
