"""`tdkt office`: the office as it runs: its plans and definitions, its people, its bodies, and who acts.

All but `use`, `contact` and `substitute` only look; standing in has its own module, `commands.substitution`.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Any

import click

from commands.items import day_text
from commands.printing import WIDTH, print_pairs, print_table
from commands.session import Noun, Session, completes, print_json, with_option
from commands.substitution import substitute, substitutions
from runtime.office.looking import Looking
from storage.views import Row
from workflow.model.errors import UsageMistake
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
    words, row, directory = looking.words, looking.office_row, looking.directory
    actor = row["actor"]
    print_pairs(
        [
            (words("column.office"), f"{row['title']} ({looking.office})"),
            (words("column.province"), directory["province"]),
            (words("column.zone"), directory["zone"]),
            (words("column.contact"), directory["contact"]),
            (words("column.started_on"), day_text(looking, row["started_on"])),
            (words("column.today"), _today(looking)),
            (words("column.acts"), f"{looking.account(actor)} ({actor})" if actor else None),
        ]
    )
    plans = [f"{plan['year']}  {plan['title']}" for plan in _plans(looking)]
    _print_list(words("column.plans"), plans or [words("message.no_plan_at_all")])
    _print_list(words("column.definitions"), [_definition(row, looking) for row in _in_force(looking)])
    if directory["sample"]:
        named = ", ".join(looking.body(id) for id in directory["sample"])
        click.echo("\n" + words("message.sample_data", danh_sach=named))


def _today(looking: Looking) -> str:
    today = day_text(looking, looking.today.isoformat())
    return f"{today}  [{looking.words('marker.sandbox')}]" if looking.office_row["sandbox"] else today


def _print_list(heading: str, lines: list[str]) -> None:
    click.echo(f"\n{heading}:")
    for line in lines:
        click.echo(" " * INDENT + line)


def _definition(row: Row, looking: Looking) -> str:
    return f"{looking.words('definition_kind.' + row['kind'])}: {row['name']}/{row['version']}"


def _plans(looking: Looking) -> list[Row]:
    return looking.reading.plans(looking.office)


def _in_force(looking: Looking) -> list[Row]:
    """The newest version of each definition that the office names, and of the office itself."""
    directory = looking.directory
    named = {
        ("office", looking.office),
        *(("machine", name) for name in directory["machines"]),
        *(("calendar", name) for name in directory["calendars"]),
        *((kind, directory[kind]) for kind in ("policy", "rules", "messages")),
    }
    newest = {(row["kind"], row["name"]): row for row in looking.reading.definitions(looking.office)}
    return [row for key, row in newest.items() if key in named]


def _office_json(looking: Looking) -> dict[str, Any]:
    row, directory = looking.office_row, looking.directory
    return {
        "office": looking.office,
        "title": row["title"],
        "province": directory["province"],
        "zone": directory["zone"],
        "contact": directory["contact"],
        "started_on": row["started_on"],
        "sandbox": row["sandbox"],
        "now": looking.now.isoformat(),
        "actor": row["actor"],
        "plans": [{"year": plan["year"], "title": plan["title"]} for plan in _plans(looking)],
        "definitions": [
            {name: each[name] for name in ("kind", "name", "version", "digest")}
            for each in _in_force(looking)
        ],
        "sample": directory["sample"],
    }


# People


@command.command("people", words=("The accounts, and what each may do.", "Các tài khoản và việc được làm."))
def people(session: Session) -> None:
    looking = session.looking
    events = _events(looking)
    if session.json:
        print_json([_account_json(id, each, events) for id, each in looking.directory["accounts"].items()])
        return
    for id, account in looking.directory["accounts"].items():
        _print_account(id, account, events, looking)


def _events(looking: Looking) -> dict[str, dict[str, tuple[dict[str, str], frozenset[str]]]]:
    """For tasks and dossiers each event with its label and the roles through which it can be done."""

    found: dict[str, dict[str, tuple[dict[str, str], frozenset[str]]]] = {}
    for name in looking.directory["machines"]:
        row = looking.reading.compiled(looking.office, "machine", name)
        if row is None:
            continue
        machine = row["compiled"]
        relations = SUBJECTS[machine["subject"]].relations
        found[machine["subject"]] = {
            id: (
                event["label"],
                frozenset(role for relation in event["by"] for role in relations[relation].roles),
            )
            for id, event in machine["events"].items()
        }
    return found


def _may(account: dict[str, Any], events: dict[str, Any]) -> dict[str, list[str]]:
    """The ids of events that the account's roles open, of tasks, of dossiers and of the whole office."""
    from workflow.model.rights import RIGHTS

    roles = set(account["roles"])
    may = {
        subject.id: [id for id, (_label, by) in events.get(subject.id, {}).items() if roles & by]
        for subject in SUBJECTS
    }
    return {**may, "office": [event for event, holders in RIGHTS.items() if roles & set(holders)]}


def _account_json(id: str, account: dict[str, Any], events: dict[str, Any]) -> dict[str, Any]:
    return {
        "account": id,
        "label": account["label"],
        "roles": account["roles"],
        "body": account["body"],
        "may": _may(account, events),
    }


def _print_account(id: str, account: dict[str, Any], events: dict[str, Any], looking: Looking) -> None:
    """The position, then its roles and what they open, wrapped below it."""
    words = looking.words
    at = f"  ({looking.body(account['body'])})" if account["body"] else ""
    click.echo(f"{id}: {words.of(account['label'])}{at}")
    lines = [(words("column.role"), "; ".join(words(f"role.{role}") for role in account["roles"]))]
    lines += list(_may_lines(account, events, looking))
    for label, text in lines:
        _print_wrapped(text, label=label)


def _may_lines(
    account: dict[str, Any], events: dict[str, Any], looking: Looking
) -> Iterator[tuple[str, str]]:
    words, may = looking.words, _may(account, events)
    for subject in SUBJECTS:
        if may[subject.id]:
            labels = (words.of(events[subject.id][id][0]) for id in may[subject.id])
            yield words(f"may.{subject.id}"), "; ".join(dict.fromkeys(labels))
    if may["office"]:
        yield words("may.office"), "; ".join(words(f"may.{event}") for event in may["office"])
    if not any(may.values()):
        yield words("column.may"), words("may.looks")


# Bodies


@command.command("bodies", words=("The bodies of the directory.", "Danh mục đơn vị."))
def bodies(session: Session) -> None:
    looking = session.looking
    found = looking.directory["bodies"]
    if session.json:
        print_json([{"body": id, **body, "sample": _is_sample(id, looking)} for id, body in found.items()])
        return
    for id, body in found.items():
        _print_body(id, body, looking)


def _print_body(id: str, body: dict[str, Any], looking: Looking) -> None:
    name = "" if body["name"] == body["short"] else f"  ({body['name']})"
    click.echo(f"{id}: {body['short']}{name}")
    remark = _remark(id, body, looking)
    if remark:
        _print_wrapped(remark)
    if body["spellings"]:
        _print_wrapped("; ".join(body["spellings"]), label=looking.words("column.spellings"))


def _print_wrapped(text: str, *, label: str | None = None) -> None:
    """A line below its heading, in as many as it needs."""
    first, rest = " " * INDENT + (f"{label}: " if label else ""), " " * 2 * INDENT
    for line in wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest):
        click.echo(line)


def _is_sample(id: str, looking: Looking) -> bool:
    return id in looking.directory["sample"]


def _remark(id: str, body: dict[str, Any], looking: Looking) -> str:
    """What a body is beside its name: a group of others, outside, nominating, sample."""
    words = looking.words
    said = []
    if body["group"]:
        members = ", ".join(looking.body(member) for member in body["members"])
        said.append(words("message.bodies_group", danh_sach=members))
    said += [words.inside(words(f"body_kind.{name}")) for name in ("external", "nominates") if body[name]]
    said += [words("message.bodies_sample")] if _is_sample(id, looking) else []
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
    acting = session.acting
    acting.use(account)
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
        print_json([{name: row[name] for name in ("account", "channel", "address")} for row in rows])
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
            [
                (row["account"], looking.account(row["account"]), row["channel"], row["address"])
                for row in rows
            ],
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
    if sum(each is not None for each in (email, via, remove)) != 1:
        raise OneContact()
    from runtime.acts.contacts import known_account, remove_contact, set_channel, set_mail
    from runtime.mail.settings import delivery_settings

    acting = session.acting
    known_account(acting, account)
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
