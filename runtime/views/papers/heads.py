"""What stands at the head and at the foot of a paper: number, place and day, who signs, to whom it goes;
taken from the office's file and from who held which position on the paper's day."""

from __future__ import annotations

import re
from datetime import date
from typing import TypedDict

from runtime.office.looking import Looking
from runtime.views.papers.facts import Signature, day_text, numbered
from workflow.model.holding import holder_on
from workflow.model.wording import position

COMMITTEE = "Ủy ban nhân dân"
WRITTEN_OUT = (
    (r"\bUBMTTQ\b", "Ủy ban Mặt trận Tổ quốc"),
    (r"\bMTTQ\b", "Mặt trận Tổ quốc"),
    (r"\bUBND\b", COMMITTEE),
    (r"\bHĐND\b", "Hội đồng nhân dân"),
    (r"\bTĐKT\b", "Thi đua - Khen thưởng"),
)
"""Papers write out what the screen shortens (NĐ 30/2020, appendix I)."""
CHAIR, FOR_CHAIR, VICE = "CHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"


class Head(TypedDict):
    """The fields of `Facts`."""

    office: str
    number: str
    day: str
    place_date: str
    receivers: tuple[str, ...]
    signature: Signature


def head(
    looking: Looking, kind: str, signature: Signature, *, number: str | None = None, on: date | None = None
) -> Head:
    """`number` and `on` are None while the records clerk has not given them."""
    words = looking.directory.papers.of(kind)
    day = day_text(on, year=looking.today.year)
    return Head(
        office=commune(looking),
        number=numbered(number, words.symbol),
        day=day,
        place_date=f"{looking.directory.title}, {day}",
        receivers=words.receivers,
        signature=signature,
    )


def commune(looking: Looking) -> str:
    """The office as it stands in a sentence: `xã Điềm He`."""
    committee = looking.directory.body(looking.directory.committee)
    return committee.name.removeprefix(COMMITTEE).strip() if committee else looking.directory.title


def written_out(text: str) -> str:
    for short, full in WRITTEN_OUT:
        text = re.sub(short, full, text)
    return text


def name_on(looking: Looking, account: str | None, day: date) -> str:
    """Who held the position on the day; empty where that is not known."""
    held = holder_on(looking.holders, account, day) if account else None
    return (held.name or "") if held else ""


def position_of(looking: Looking, account: str) -> str:
    """The first of the account's positions, written out: `Chủ tịch Ủy ban nhân dân xã`."""
    found = looking.directory.account(account)
    return written_out(position(found.label.vi)) if found else ""


def positions_of(looking: Looking, account: str) -> str:
    """All of the account's positions, as minutes have them."""
    found = looking.directory.account(account)
    return written_out(found.label.vi) if found else ""


def by_role(looking: Looking, role: str, capacity: tuple[str, ...], day: date) -> Signature:
    """Whoever holds a role signs in this capacity."""
    accounts = looking.directory.holding(role)
    return Signature(capacity, name_on(looking, accounts[0], day) if accounts else "")


def basis(looking: Looking, kind: str, day: date, title: str | None = None) -> tuple[str, ...]:
    """The grounds in force on the day."""
    return tuple(each.text for each in looking.directory.papers.basis if each.stands_in(kind, day, title))
