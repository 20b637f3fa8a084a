"""The shape of an `office` file and the value it becomes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from workflow.files import shapes
from workflow.files.telling import told
from workflow.model.definition import Account, Body, Office
from workflow.model.office import BODY_KINDS, PAYROLLS, Founding, Membership, Publication, Seat, Statute
from workflow.model.printed import (
    SHEET_WORDS,
    Basis,
    CertificateSheet,
    PaperWords,
    Printing,
    SheetField,
)
from workflow.model.wording import placeholders


def _members_need_a_group(body: Body) -> Iterator[tuple[str, str]]:
    if body.members and not body.group:
        yield "members", told("only a group has members: add 'group: true'")
    if body.id in body.members:
        yield "members", told("a group is no member of itself")


def _validity_in_order(body: Body) -> Iterator[tuple[str, str]]:
    if body.valid_from and body.valid_to and body.valid_to < body.valid_from:
        yield (
            "valid_to",
            told(
                "it ends on {end} before it begins on {start}",
                end=body.valid_to,
                start=body.valid_from,
            ),
        )
    if body.succeeded_by and body.valid_to is None:
        yield "succeeded_by", told("a body is succeeded once it ended: add 'valid_to'")
    if body.succeeded_by == body.id:
        yield "succeeded_by", told("a body does not succeed itself")


def _asked_for_needs_nominations(body: Body) -> Iterator[tuple[str, str]]:
    if body.asked_for and not body.nominates:
        yield "asked_for", told("only a body that nominates is asked for titles: add 'nominates: true'")


def _seat(*, id: str, **fields: Any) -> Seat:
    return Seat(id, fields.get("from"), fields.get("to"))


def _seat_in_order(seat: Seat) -> Iterator[tuple[str, str]]:
    if seat.since and seat.until and seat.until < seat.since:
        yield "to", told("it ends on {end} before it begins on {start}", end=seat.until, start=seat.since)


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
        "kind": shapes.Maybe(shapes.Choice(BODY_KINDS)),
        "payroll": shapes.Maybe(shapes.Choice(PAYROLLS)),
        "has_seal": shapes.Maybe(shapes.Flag()),
        "valid_from": shapes.Maybe(shapes.IsoDate()),
        "valid_to": shapes.Maybe(shapes.IsoDate()),
        "succeeded_by": shapes.Maybe(_A_BODY),
        "asked_for": shapes.Maybe(shapes.ListOf(shapes.Name(), distinct=True)),
    },
    Body,
    rules=(_members_need_a_group, _validity_in_order, _asked_for_needs_nominations),
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

_MEMBERSHIP = shapes.Record(
    {
        "founded_by": shapes.Maybe(
            shapes.Record({"number": shapes.AnyText(), "dated": shapes.IsoDate()}, Founding)
        ),
        "statute": shapes.Maybe(
            shapes.Record(
                {
                    "number": shapes.AnyText(),
                    "dated": shapes.IsoDate(),
                    "quorum": shapes.AnyText(),
                    "votes": shapes.AnyText(),
                },
                Statute,
            )
        ),
        "members": shapes.Maybe(
            shapes.Keyed(
                shapes.Record(
                    {"from": shapes.Maybe(shapes.IsoDate()), "to": shapes.Maybe(shapes.IsoDate())},
                    _seat,
                    rules=(_seat_in_order,),
                ),
                key=shapes.Name(shapes.SLUG, of=("account",)),
                into="id",
                least=1,
            )
        ),
        "written_opinions": shapes.Maybe(shapes.Flag()),
        "written_secret": shapes.Maybe(shapes.Flag()),
        "double_entry": shapes.Maybe(shapes.Flag()),
        "min_base": shapes.Maybe(shapes.Whole(least=1)),
    },
    Membership,
)


def _basis(*, text: str, papers: tuple[str, ...], **fields: Any) -> Basis:
    return Basis(text, papers, fields.get("from"), fields.get("to"), fields.get("titles", ()))


def _within_the_sheet(sheet: CertificateSheet) -> Iterator[tuple[str, str]]:
    for number, field in enumerate(sheet.fields, 1):
        if field.x + field.width > sheet.width or field.y > sheet.height:
            yield "fields", told("field {n} goes over the edge of the sheet; move it", n=number)


def _known_words(field: SheetField) -> Iterator[tuple[str, str]]:
    for name in placeholders(field.text):
        if name not in SHEET_WORDS:
            known = ", ".join(SHEET_WORDS)
            yield (
                "text",
                told("there is no field '{name}' here; known: {there_are}", name=name, there_are=known),
            )


_SHEET = shapes.Record(
    {
        "titles": shapes.ListOf(shapes.Name(), least=1, distinct=True),
        "width": shapes.Decimal(),
        "height": shapes.Decimal(),
        "fields": shapes.ListOf(
            shapes.Record(
                {
                    "text": shapes.AnyText(),
                    **{name: shapes.Decimal() for name in ("x", "y", "width", "size")},
                    "align": shapes.Maybe(shapes.Choice(("left", "center", "right"))),
                    "bold": shapes.Maybe(shapes.Flag()),
                    "italic": shapes.Maybe(shapes.Flag()),
                    "lines": shapes.Maybe(shapes.Whole(least=1)),
                    "least": shapes.Maybe(shapes.Decimal()),
                },
                SheetField,
                rules=(_known_words,),
            ),
            least=1,
        ),
    },
    CertificateSheet,
    rules=(_within_the_sheet,),
)
_PRINTING = shapes.Record(
    {
        "basis": shapes.Maybe(
            shapes.ListOf(
                shapes.Record(
                    {
                        "text": shapes.AnyText(),
                        "papers": shapes.ListOf(shapes.Name(), least=1, distinct=True),
                        "from": shapes.Maybe(shapes.IsoDate()),
                        "to": shapes.Maybe(shapes.IsoDate()),
                        "titles": shapes.Maybe(shapes.ListOf(shapes.Name(), distinct=True)),
                    },
                    _basis,
                )
            )
        ),
        "kinds": shapes.Maybe(
            shapes.Keyed(
                shapes.Record(
                    {
                        "symbol": shapes.Maybe(shapes.AnyText()),
                        "receivers": shapes.Maybe(shapes.ListOf(shapes.AnyText())),
                        "executors": shapes.Maybe(shapes.AnyText()),
                    },
                    PaperWords,
                ),
                into="id",
            )
        ),
        "fund": shapes.Maybe(shapes.AnyText()),
        "certificates": shapes.Maybe(shapes.Keyed(_SHEET, into="id")),
    },
    Printing,
)


LONGEST_PUBLICATION = 3650
"""Days, ten years: who wants names to stand for good has no term after which they go."""


def _publication_ends(publication: Publication) -> Iterator[tuple[str, str]]:
    if publication.days and publication.days > LONGEST_PUBLICATION:
        yield "days", told("names are published for {most} days at most", most=LONGEST_PUBLICATION)


_PUBLICATION = shapes.Record(
    {
        "days": shapes.Maybe(shapes.Whole(least=1)),
        "unnamed": shapes.Maybe(shapes.ListOf(shapes.Name(), distinct=True)),
    },
    Publication,
    rules=(_publication_ends,),
)


def _zone_exists(office: Office) -> Iterator[tuple[str, str]]:
    try:
        ZoneInfo(office.zone)
    except (KeyError, ValueError, OSError):  # unknown, no name at all, the name of a folder
        yield (
            "zone",
            told("there is no time zone '{zone}'; write one like Asia/Ho_Chi_Minh", zone=office.zone),
        )


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
        "membership": shapes.Maybe(_MEMBERSHIP),
        "several_titles": shapes.Maybe(shapes.Flag()),
        "papers": shapes.Maybe(_PRINTING),
        "publish": shapes.Maybe(_PUBLICATION),
        "plan": shapes.Maybe(shapes.AnyText()),
        "sample": shapes.Maybe(
            shapes.ListOf(shapes.Name(shapes.SLUG, of=("body", "account")), distinct=True)
        ),
    },
    Office,
    rules=(_zone_exists,),
)
