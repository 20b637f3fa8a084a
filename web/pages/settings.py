"""Cài đặt: the accounts with who holds them, who acts for whom, where notices go, the bodies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from runtime.acts.acting import Acting
from runtime.acts.contacts import remove_contact, set_channel, set_mail
from runtime.acts.holding import name_holder, remove_holder
from runtime.acts.substituting import END, SUBSTITUTE, end, substitute
from runtime.mail.settings import delivery_settings
from runtime.office.typed import typed_date
from runtime.views.answers import refusal_told
from runtime.views.office import account_record, body_record, body_remark, may_lines, span
from runtime.views.substitutions import order_line, orders_of
from web.desk import Desk
from web.doing import NotPermitted, once, permitted
from web.replies import Page, Reply, Shown
from workflow.model.decision import Refused
from workflow.model.substitution import Substitution
from workflow.notices.delivery import EMAIL
from workflow.rules.inputs import option_read, parse_code, read_note

TABS = ("people", "substitutions", "contacts", "bodies", "definitions")


class Person(NamedTuple):
    """An account: its position and body, what it is and may, who holds it and for which days."""

    account: str
    position: str
    body: str
    roles: str
    facts: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str, str], ...]


def shown(desk: Desk, tab: str, values: Mapping[str, Any], mistake: str = "") -> Reply:
    """A page of the settings, under the line of all of them; after a mistake with all that was typed."""
    looking = desk.looking
    tabs = []
    for each in TABS:
        to = "/settings" if each == TABS[0] else f"/settings/{each}"
        here = each == tab or (each == "definitions" and tab not in TABS)
        tabs.append((to, desk.words(f"web.settings.{each}"), here))
    accounts = [(each.id, looking.words.of(each.label)) for each in looking.directory.accounts]
    typed = {name: desk.asked.one(name) for name in TYPED}
    around = {"tabs": tabs, "accounts": accounts, "typed": typed, "mistake": mistake}
    return Shown(f"settings_{tab}", {**around, **values}, 422 if mistake else 200)


TYPED = ("account", "name", "from", "to", "by", "until", "reason", "basis", "email", "channel")


# -- people ------------------------------------------------------------------------------------------------


def people(desk: Desk, mistake: str = "") -> Reply:
    looking, words = desk.looking, desk.words
    found = []
    for each in looking.directory.accounts:
        record = account_record(looking, each)
        labels = (words("column.holder"), words("column.holders"))
        found.append(
            Person(
                each.id,
                words.of(each.label),
                looking.body(each.body) if each.body else "",
                "; ".join(words(f"role.{role}") for role in each.roles),
                tuple(line for line in may_lines(looking, record) if line[0] not in labels),
                tuple(
                    (
                        held.name or words("text.erased"),
                        span(words, held.from_day, held.until_day),
                        looking.day(held.from_day) if held.name else "",
                    )
                    for held in record.holders
                ),
            )
        )
    return shown(desk, "people", {"people": found, "may": desk.may("holder")}, mistake)


def holder(desk: Desk) -> Reply:
    """Says who holds a position, or takes that back."""
    asked, words = desk.asked, desk.words

    def act(acting: Acting) -> tuple[str, ...]:
        account = acting.known_account(asked.one("account"))
        role = permitted(acting, "holder", what=words("message.holder_of", tai_khoan=account))
        first = typed_date(asked.one("from")) if asked.one("from") else acting.today
        if asked.one("remove"):
            held = remove_holder(acting, account, on=first, role=role)
            said = "message.holder_removed"
        else:
            name = option_read(_named, "holder", "name", asked.one("name"), like="…")
            last = typed_date(asked.one("to")) if asked.one("to") else None
            held = name_holder(acting, account, name, from_day=first, until_day=last, role=role)
            said = "message.holder_set"
        told = {"nguoi": desk.looking.account(account), "ngay": span(words, held.from_day, held.until_day)}
        if said == "message.holder_set":
            return (words(said, ten=held.name, **told),)
        return (words(said, **told),)

    return once(desk, act, "/settings", again=lambda mistake: people(desk, mistake))


def _named(text: str) -> str:
    """A name on one line. Raises NotAnInput."""
    from workflow.rules.inputs import parse_text

    return " ".join(parse_text(text).split())


# -- who acts for whom -------------------------------------------------------------------------------------


def substitutions(desk: Desk, mistake: str = "") -> Reply:
    looking = desk.looking
    orders = orders_of(looking, whole=bool(desk.asked.one("all")))
    values = {
        "orders": [
            (order.substitution.absent, order_line(looking, order), order.substitution.until > looking.today)
            for order in orders
        ],
        "may": desk.may(SUBSTITUTE),
        "own": desk.account,
    }
    return shown(desk, "substitutions", values, mistake)


def order(desk: Desk) -> Reply:
    """Orders that one acts for another, or ends that."""
    asked = desk.asked

    def act(acting: Acting) -> tuple[str, ...]:
        absent = acting.known_account(asked.one("account"))
        if asked.one("end"):
            return _told(desk, acting, absent, END, end(acting, absent))
        reason, basis = asked.one("reason"), asked.one("basis")
        done = substitute(
            acting,
            absent,
            stand_in=asked.one("by"),
            from_day=typed_date(asked.one("from")) if asked.one("from") else acting.today,
            until_day=typed_date(asked.one("until")),
            reason=read_note(reason, event=SUBSTITUTE),
            basis=option_read(parse_code, SUBSTITUTE, "basis", basis, like="05/QĐ-UBND") if basis else None,
        )
        return _told(desk, acting, absent, SUBSTITUTE, done)

    return once(desk, act, "/settings/substitutions", again=lambda mistake: substitutions(desk, mistake))


def _told(
    desk: Desk, acting: Acting, absent: str, event: str, done: Substitution | Refused
) -> tuple[str, ...]:
    """What was ordered or ended. Raises NotPermitted."""
    looking, words = desk.looking, desk.words
    if isinstance(done, Refused):
        answer = refusal_told(acting, done, what=looking.position(absent), stand_ins=False)
        reasons = " ".join(f"{each.text}. {each.cure}." for each in answer.reasons)
        raise NotPermitted(ly_do=f"{answer.head.rstrip('.:')}. {reasons}")
    said = "message.substitution_stored" if event == SUBSTITUTE else "message.substitution_ended"
    operands = {
        "chuc_vu_thay": looking.position(done.stand_in),
        "chuc_vu_vang": looking.position(done.absent),
        "tu": words.day(done.from_day),
        "den": words.day(done.last_day),
        "ngay": words.day(acting.today),
    }
    return (words(said, **operands),)


# -- where notices go --------------------------------------------------------------------------------------


def contacts(desk: Desk, mistake: str = "") -> Reply:
    looking = desk.looking
    may = desk.may("contact")
    values = {
        "contacts": [
            (each.account, looking.account(each.account), each.channel, each.address)
            for each in looking.reading.contacts(looking.office)
            if may or each.account == desk.account
        ],
        "channels": sorted(delivery_settings(desk.environment).targets),
        "may": may,
        "own": desk.account,
    }
    return shown(desk, "contacts", values, mistake)


def contact(desk: Desk) -> Reply:
    """Sets where an account's notices go, or takes that back."""
    asked, words = desk.asked, desk.words

    def act(acting: Acting) -> tuple[str, ...]:
        account, channel = acting.known_account(asked.one("account")), asked.one("channel")
        role = None
        if acting.actor.account != account:
            role = permitted(acting, "contact", what=words("message.contact_of", tai_khoan=account))
        if asked.one("remove"):
            remove_contact(acting, account, channel, role=role)
        elif channel in ("", EMAIL):
            channel = set_mail(acting, account, asked.one("email"), role=role).channel
        else:
            set_channel(acting, account, channel, role=role)
        said = "message.contact_removed" if asked.one("remove") else "message.contact_set"
        return (words(said, nguoi=desk.looking.account(account), ten=channel),)

    return once(desk, act, "/settings/contacts", again=lambda mistake: contacts(desk, mistake))


# -- bodies ------------------------------------------------------------------------------------------------


def bodies(desk: Desk) -> Reply:
    looking = desk.looking
    records = [body_record(looking, body) for body in looking.directory.bodies]
    rows = [
        (each.short, each.name, body_remark(looking, each), "; ".join(each.spellings)) for each in records
    ]
    return shown(desk, "bodies", {"rows": rows})


PAGES = (
    Page("GET", "/settings", people, part="settings"),
    Page("POST", "/settings/holder", holder, part="settings", acts=True),
    Page("GET", "/settings/substitutions", substitutions, part="settings"),
    Page("POST", "/settings/substitutions", order, part="settings", acts=True),
    Page("GET", "/settings/contacts", contacts, part="settings"),
    Page("POST", "/settings/contacts", contact, part="settings", acts=True),
    Page("GET", "/settings/bodies", bodies, part="settings"),
)
