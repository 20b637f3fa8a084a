"""The shape of an `office` file and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from workflow.files import shapes
from workflow.model.definition import Account, Body, Office


def _members_need_a_group(body: Body) -> Iterator[tuple[str, str]]:
    if body.members and not body.group:
        yield "members", "only a group has members: add 'group: true'"
    if body.id in body.members:
        yield "members", "a group is no member of itself"


_A_BODY = shapes.Name(shapes.SLUG, of=("body",))

_BODY = shapes.Record(
    {
        "name": shapes.AnyText(),
        "short": shapes.AnyText(),
        "spellings": shapes.Maybe(shapes.ListOf(shapes.AnyText(), distinct=True)),
        "group": shapes.Maybe(shapes.Flag()),
        "members": shapes.Maybe(shapes.names("body", pattern=shapes.SLUG)),
        "external": shapes.Maybe(shapes.Flag()),
        "nominates": shapes.Maybe(shapes.Flag()),
    },
    Body,
    rules=(_members_need_a_group,),
)

_ACCOUNT = shapes.Record(
    {
        "label": shapes.TEXT,
        "roles": shapes.names("role", least=1),
        "body": shapes.Maybe(_A_BODY),
        "person": shapes.Maybe(shapes.Name(shapes.SLUG)),
    },
    Account,
)


def _zone_exists(office: Office) -> Iterator[tuple[str, str]]:
    try:
        ZoneInfo(office.zone)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, the name of a folder
        yield "zone", f"there is no time zone '{office.zone}'; write one like Asia/Ho_Chi_Minh"


OFFICE = shapes.document(
    "office",
    {
        "title": shapes.AnyText(),
        "province": shapes.AnyText(),
        "zone": shapes.AnyText(),
        "contact": shapes.AnyText(),
        "committee": _A_BODY,
        "council": _A_BODY,
        "division": _A_BODY,
        "bodies": shapes.Keyed(_BODY, key=shapes.Name(shapes.SLUG), into="id", defines="body", least=1),
        "accounts": shapes.Keyed(
            _ACCOUNT, key=shapes.Name(shapes.SLUG), into="id", defines="account", least=1
        ),
        "calendars": shapes.ListOf(shapes.Name(shapes.SLUG), least=1, distinct=True),
        "policy": shapes.Name(shapes.SLUG),
        "rules": shapes.Name(shapes.SLUG),
        "later_rules": shapes.Maybe(shapes.ListOf(shapes.Name(shapes.SLUG), distinct=True)),
        "messages": shapes.Name(shapes.SLUG),
        "machines": shapes.ListOf(shapes.Name(shapes.SLUG), least=1, distinct=True),
        "agrees": shapes.Maybe(shapes.names("role", least=1)),
        "plan": shapes.Maybe(shapes.AnyText()),
        "sample": shapes.Maybe(
            shapes.ListOf(shapes.Name(shapes.SLUG, of=("body", "account")), distinct=True)
        ),
    },
    Office,
    rules=(_zone_exists,),
)
