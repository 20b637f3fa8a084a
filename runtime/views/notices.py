"""Notices in words: when, about what, to whom, and where they were not delivered."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from runtime.office.looking import Looking
from workflow.model.facts import Key
from workflow.model.naming import NotNamed, UnknownActor, accounts, called

if TYPE_CHECKING:
    from storage.records import Notice

MARKS = re.compile(r"^(\[[^\]]*\]\s*)+")
"""What stands before a subject to tell a mail reader who writes; in a list it is the same on each line."""


class NoticeLine(NamedTuple):
    """A notice in words. `delivery` are channels beside the inbox with their results, `undelivered` those
    that did not reach the reader; `about` is the subject without its marks. Erased words are empty."""

    day: date
    clock: str
    ref: str
    kind: str
    to: str
    delivery: tuple[str, ...]
    undelivered: tuple[str, ...]
    subject: str
    about: str
    text: str


def notices_of(looking: Looking, *, to: str | None = None, of: Key | None = None) -> tuple[Notice, ...]:
    """The year's notices and those about what is open of earlier years, in order; to an account, or of an
    item. Raises UnknownActor where there are none because the account is misspelt."""
    named = None if to is None else called(to, accounts(looking.directory.accounts))
    reader = to if isinstance(named, NotNamed) else named  # an account of old times has notices still
    if of is None:
        found = looking.reading.notices(*looking.span, to=reader)
    else:
        found = looking.reading.notices(of.office, of.year, to=reader, ref=of.ref)
    if not found and isinstance(named, NotNamed):
        raise UnknownActor("account", named)
    return found


def notice_line(looking: Looking, notice: Notice) -> NoticeLine:
    words = looking.words
    results = [
        (one.status, f"{one.channel}: {words.inside(words(f'notice_status.{one.status}'))}")
        for one in notice.delivery
    ]
    kind = f"level.{notice.level}" if notice.level else f"notice_kind.{notice.kind}"
    subject = notice.subject or ""
    return NoticeLine(
        *looking.local(notice.at),
        ref=looking.ref(Key(looking.office, notice.year, notice.ref)) if notice.ref else "",
        kind=words(kind),
        to=looking.account(notice.to),
        delivery=tuple(said for _status, said in results),
        undelivered=tuple(said for status, said in results if status != "sent"),
        subject=subject,
        about=MARKS.sub("", subject),
        text=notice.text or "",
    )
