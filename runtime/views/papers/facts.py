"""What every paper of the office has: the facts that a Word template asks for, and of these what must be
found in what was made. The wording is the template's; here are names, numbers, days and sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, NamedTuple

from exchange.papers.comparing import Held

BLANK = "\u00a0" * 6
"""Where the records clerk writes a number or a day by hand."""


class Signature(NamedTuple):
    """Who signs: the lines above the hand, as `KT. CHỦ TỊCH` and `PHÓ CHỦ TỊCH`, and the name below it,
    empty while it is not known."""

    capacity: tuple[str, ...]
    name: str


NOBODY = Signature((), "")


class Source(NamedTuple):
    """A paper that another one rests on: its number, and its day as `ngày 24 tháng 6 năm 2026`."""

    number: str
    day: str


NO_SOURCE = Source("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What all papers have. `office` is the commune as it stands in a sentence (`xã Điềm He`); `number`
    with its symbol and `day` have blanks while they are not given; `place_date` is the line over the
    paper."""

    office: str
    number: str
    day: str
    place_date: str
    receivers: tuple[str, ...] = ()
    signature: Signature = NOBODY

    def held(self) -> Held:
        """What the paper must say, whatever its template looks like."""
        return Held(tuple(text for text in (self.number, self.signature.name) if text.strip("\u00a0 ")))

    def persons(self) -> tuple[str, ...]:
        """The persons whom it names, which are not broken between họ and tên lót."""
        return (self.signature.name,)

    def asked(self) -> Mapping[str, Any]:
        """What its template may ask for."""
        made = {each.name: getattr(self, each.name) for each in fields(self)}
        for name in dir(type(self)):
            if isinstance(getattr(type(self), name), property):
                made[name] = getattr(self, name)
        return made


def day_text(day: date | None, *, year: int | None = None) -> str:
    """`ngày 04 tháng 01 năm 2026`: days below 10 and the months 1 and 2 with a nought (NĐ 30/2020,
    appendix I). What is not known yet is a blank, but the year that is foreseen."""
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm {year or BLANK.strip()}".rstrip()
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def hour_text(hour: str | None) -> str:
    """`08 giờ 00` of `08:00`; a blank where it is not known."""
    hours, _colon, minutes = (hour or f"{BLANK}:{BLANK}").partition(":")
    return f"{hours} giờ {minutes}"


def numbered(number: str | None, symbol: str) -> str:
    """A paper's number with its symbol, `05/TTr-HĐTĐKT`; a blank before the symbol while it has none, and
    nothing in a paper without a symbol."""
    return number or (f"{BLANK}/{symbol}" if symbol else "")


def counted(kinds: Sequence[str]) -> str:
    """`01 tập thể, 02 hộ gia đình, 05 cá nhân`, of the kinds of lines, in the order of a decree."""
    said = (("collective", "tập thể"), ("household", "hộ gia đình"), ("person", "cá nhân"))
    return ", ".join(f"{n:02} {word}" for kind, word in said if (n := sum(each == kind for each in kinds)))
