"""The shape of an `office` file and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from workflow.files.shapes import (
    SLUG,
    TEXT,
    AnyText,
    Flag,
    Keyed,
    ListOf,
    Maybe,
    Name,
    Record,
    document,
    names,
)
from workflow.model.definition import Account, Body, Office


def _members_need_a_group(body: Body) -> Iterator[tuple[str, str]]:
    if body.members and not body.group:
        yield "members", "only a group has members: add 'group: true'"
    if body.id in body.members:
        yield "members", "a group is no member of itself"


_A_BODY = Name(SLUG, of=("body",))

_BODY = Record(
    {
        "name": AnyText(),
        "short": AnyText(),
        "spellings": Maybe(ListOf(AnyText(), distinct=True)),
        "group": Maybe(Flag()),
        "members": Maybe(names("body", pattern=SLUG)),
        "external": Maybe(Flag()),
        "nominates": Maybe(Flag()),
    },
    Body,
    rules=(_members_need_a_group,),
)

_ACCOUNT = Record(
    {"label": TEXT, "roles": names("role", least=1), "body": Maybe(_A_BODY)},
    Account,
)


def _zone_exists(office: Office) -> Iterator[tuple[str, str]]:
    try:
        ZoneInfo(office.zone)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, the name of a folder
        yield "zone", f"there is no time zone '{office.zone}'; write one like Asia/Ho_Chi_Minh"


OFFICE = document(
    "office",
    {
        "title": AnyText(),
        "province": AnyText(),
        "zone": AnyText(),
        "contact": AnyText(),
        "committee": _A_BODY,
        "council": _A_BODY,
        "division": _A_BODY,
        "bodies": Keyed(_BODY, key=Name(SLUG), into="id", defines="body", least=1),
        "accounts": Keyed(_ACCOUNT, key=Name(SLUG), into="id", defines="account", least=1),
        "calendars": ListOf(Name(SLUG), least=1, distinct=True),
        "policy": Name(SLUG),
        "rules": Name(SLUG),
        "messages": Name(SLUG),
        "machines": ListOf(Name(SLUG), least=1, distinct=True),
        "plan": Maybe(AnyText()),
        "sample": Maybe(ListOf(Name(SLUG, of=("body", "account")), distinct=True)),
    },
    Office,
    rules=(_zone_exists,),
)
