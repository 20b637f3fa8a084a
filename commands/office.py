"""`tdkt office`: the office as it runs: its plans and definitions, its people, its bodies, and who acts.

All but `use`, `contact` and `substitute` only look; standing in has its own module, `commands.substitution`.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

import click

from commands.printing import WIDTH, print_pairs, print_table
from commands.session import Noun, Session, completes, print_json, with_option
from commands.substitution import substitute, substitutions
from runtime.office.looking import Looking
from runtime.views.office import in_force
from workflow.model.errors import UsageMistake
from workflow.model.office import Account, Body
from workflow.model.subjects import SUBJECTS
from workflow.model.wording import mid_sentence

INDENT = 2


@click.group(cls=Noun, name="office", words=("The office and its people.", "Cơ quan và các tài khoản."))
def command(**_: object) -> None:
    pass


command.add_command(substitute)
command.add_command(substitutions)


# The office


@command.command(
    "show", words=("The office, its plans and its definitions.", "Cơ quan, kế hoạch, định nghĩa.")
)
def show(session: Session) -> None:
    looking = session.looking
    if session.json:
        print_json(_office_json(looking))
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
            (words("column.acts"), f"{looking.account(actor)} ({actor})" if actor else None),
        ]
    )
    plans = [f"{plan.year}  {plan.title}" for plan in looking.reading.plans(looking.office)]
    _print_list(words("column.plans"), plans or [words("message.no_plan_at_all")])
    _print_list(
        words("column.definitions"),
        [f"{words(f'definition_kind.{row.kind}')}: {row.name}/{row.version}" for row in in_force(looking)],
    )
    if directory.sample:
        named = ", ".join(looking.body(id) for id in directory.sample)
        click.echo("\n" + words("message.sample_data", danh_sach=named))


def _today(looking: Looking) -> str:
    today = looking.day(looking.today)
    return f"{today}  [{looking.words('marker.sandbox')}]" if looking.row.sandbox else today


def _print_list(heading: str, lines: list[str]) -> None:
    click.echo(f"\n{heading}:")
    for line in lines:
        click.echo(" " * INDENT + line)


def _office_json(looking: Looking) -> dict[str, Any]:
    row, directory = looking.row, looking.directory
    return {
        "office": looking.office,
        "title": row.title,
        "province": directory.province,
        "zone": directory.zone,
        "contact": directory.contact,
        "started_on": row.started_on,
        "sandbox": row.sandbox,
        "now": looking.now.isoformat(),
        "actor": row.actor,
        "plans": [{"year": plan.year, "title": plan.title} for plan in looking.reading.plans(looking.office)],
        "definitions": in_force(looking),
        "sample": directory.sample,
    }


# People


@command.command("people", words=("The accounts, and what each may do.", "Các tài khoản và việc được làm."))
def people(session: Session) -> None:
    looking = session.looking
    accounts = looking.directory.accounts
    if session.json:
        print_json([_account_json(account, looking) for account in accounts])
        return
    for account in accounts:
        _print_account(account, looking)


def _may(account: Account, looking: Looking) -> dict[str, list[str]]:
    """The ids of events that the account's roles open, of each subject and of the whole office."""
    from workflow.model.rights import RIGHTS

    may: dict[str, list[str]] = {subject.id: [] for subject in SUBJECTS}
    for machine in looking.machines:
        relations, held = SUBJECTS[machine.subject].relations, {*account.roles}
        may[machine.subject] = [
            event.id
            for event in machine.events
            if any(held.intersection(relations[name].roles) for name in event.by)
        ]
    return {**may, "office": [event for event, holders in RIGHTS.items() if {*account.roles} & {*holders}]}


def _account_json(account: Account, looking: Looking) -> dict[str, Any]:
    return {
        "account": account.id,
        "label": account.label,
        "roles": account.roles,
        "body": account.body,
        "may": _may(account, looking),
    }


def _print_account(account: Account, looking: Looking) -> None:
    """The position, then its roles and what they open, wrapped below it."""
    words = looking.words
    at = f"  ({looking.body(account.body)})" if account.body else ""
    click.echo(f"{account.id}: {words.of(account.label)}{at}")
    lines = [(words("column.role"), "; ".join(words(f"role.{role}") for role in account.roles))]
    lines += list(_may_lines(account, looking))
    for label, text in lines:
        _print_wrapped(text, label=label)


def _may_lines(account: Account, looking: Looking) -> Iterator[tuple[str, str]]:
    words, may = looking.words, _may(account, looking)
    for machine in looking.machines:
        labels = [words.of(event.label) for event in machine.events if event.id in may[machine.subject]]
        if labels:
            yield words(f"may.{machine.subject}"), "; ".join(dict.fromkeys(labels))
    if may["office"]:
        yield words("may.office"), "; ".join(words(f"may.{event}") for event in may["office"])
    if not any(may.values()):
        yield words("column.may"), words("may.looks")


# Bodies


@command.command("bodies", words=("The bodies of the directory.", "Danh mục đơn vị."))
def bodies(session: Session) -> None:
    looking = session.looking
    if session.json:
        print_json([_body_json(body, looking) for body in looking.directory.bodies])
        return
    for body in looking.directory.bodies:
        _print_body(body, looking)


def _body_json(body: Body, looking: Looking) -> dict[str, Any]:
    fields = {name: getattr(body, name) for name in body.__slots__ if name != "id"}
    return {"body": body.id, **fields, "sample": body.id in looking.directory.sample}


def _print_body(body: Body, looking: Looking) -> None:
    name = "" if body.name == body.short else f"  ({body.name})"
    click.echo(f"{body.id}: {body.short}{name}")
    remark = _remark(body, looking)
    if remark:
        _print_wrapped(remark)
    if body.spellings:
        _print_wrapped("; ".join(body.spellings), label=looking.words("column.spellings"))


def _print_wrapped(text: str, *, label: str | None = None) -> None:
    """A line below its heading, in as many as it needs."""
    first, rest = " " * INDENT + (f"{label}: " if label else ""), " " * 2 * INDENT
    for line in wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest):
        click.echo(line)


def _remark(body: Body, looking: Looking) -> str:
    """What a body is beside its name: a group of others, outside, nominating, sample."""
    words = looking.words
    said = []
    if body.group:
        members = ", ".join(looking.body(member) for member in body.members)
        said.append(words("message.bodies_group", danh_sach=members))
    kinds = (("external", body.external), ("nominates", body.nominates))
    said += [words.inside(words(f"body_kind.{name}")) for name, holds in kinds if holds]
    said += [words("message.bodies_sample")] if body.id in looking.directory.sample else []
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


# Who acts


@command.command(
    "use",
    words=(
        "Choose the account that acts where none is named.",
        "Chọn tài khoản thực hiện khi không nêu tài khoản khác.",
    ),
)
@click.argument("account", metavar="ACTOR", shell_complete=completes("accounts"))
def use(session: Session, account: str) -> None:
    from runtime.acts.use import use as store_actor

    acting = session.acting
    store_actor(acting, account)
    found = acting.directory.account(account)
    assert found is not None
    if session.json:
        print_json({"account": account, "label": {"vi": found.label.vi, "en": found.label.en}})
    else:
        label = acting.words.of(found.label)
        click.echo(acting.words("message.actor_stored", nguoi=mid_sentence(label), tai_khoan=account))


# Where people are reached


class OneContact(UsageMistake):
    """Give exactly one of: --email ADDRESS, --via NAME, --remove CHANNEL."""

    code = "one_contact"


@command.command(
    "contacts",
    words=(
        "Where notices go beside the inbox.",
        "Nơi nhận thông báo ngoài hộp việc.",
    ),
)
def contacts(session: Session) -> None:
    looking = session.looking
    rows = looking.reading.contacts(looking.office)
    if session.json:
        print_json(rows)
    elif not rows:
        click.echo(looking.words("message.empty_list"))
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
            wide=(1, 3),
        )


@command.command(
    "contact",
    words=(
        "Say where an account's notices go beside its inbox: a mail address, or a channel of the settings.",
        "Ghi nơi nhận thông báo của một tài khoản ngoài hộp việc: địa chỉ thư, hoặc một kênh đã cài đặt.",
    ),
)
@click.argument("account", metavar="ACCOUNT", shell_complete=completes("accounts"))
@with_option("--email", metavar="ADDRESS", words=("Its mail address.", "Địa chỉ thư."))
@with_option("--via", metavar="NAME", words=("A channel of the settings.", "Một kênh đã cài đặt."))
@with_option("--remove", metavar="CHANNEL", words=("No longer there.", "Không gửi vào đó nữa."))
def contact(session: Session, account: str, email: str | None, via: str | None, remove: str | None) -> None:
    if sum(given is not None for given in (email, via, remove)) != 1:
        raise OneContact()
    from runtime.acts.contacts import remove_contact, set_channel, set_mail
    from runtime.mail.settings import delivery_settings

    acting = session.acting
    acting.known_account(account)
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
        click.echo(acting.words("message.channel_not_set", ten=kept.channel), err=True)


def _contact_role(session: Session, account: str) -> str:
    from commands.permission import permitted

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
    click.echo(acting.words(said, nguoi=acting.words.of(found.label), ten=channel))
