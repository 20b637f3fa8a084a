"""What an award pays: a coefficient (hệ số) of the base salary (mức lương cơ sở) of the decision's day of
issue, multiplied first, then rounded up once; and sums as papers write them. Integers throughout, whole đồng.

A coefficient is an integer of thousandths: 0,3 is 300. Coefficients and salaries are data of the rule packs.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from workflow.model.ways import Confidence

WHOLE = 1000
"""The coefficient 1,0."""
STEP = 10_000
"""To so many đồng is an amount rounded up (NĐ 152/2025)."""


class Pay(NamedTuple):
    """The coefficient `k` that a title or form pays: to all, or to some kinds of `nominees`, for some `types`
    of commendation. 0 pays nothing."""

    k: int
    cite: str
    conf: Confidence
    nominees: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def paid_to(self, kind: str, type: str) -> bool:
        return (not self.nominees or kind in self.nominees) and (not self.types or type in self.types)


class BaseSalary(NamedTuple):
    """The base salary in force `since` a day, in đồng a month."""

    since: date
    amount: int
    cite: str
    conf: Confidence


class OneTitle(NamedTuple):
    """That of the titles of one period only the highest is paid: by which text."""

    cite: str
    conf: Confidence


def amount(k: int, salary: int) -> int:
    """0,45 of 2.340.000 are 1.053.000, hence 1.060.000."""
    return -(-k * salary // (WHOLE * STEP)) * STEP


def salary_on(salaries: Iterable[BaseSalary], day: date) -> BaseSalary | None:
    """The base salary of a day; None of one before all that are known."""
    begun = [each for each in salaries if each.since <= day]
    return max(begun, key=lambda each: each.since, default=None)


def change_near(salaries: Iterable[BaseSalary], day: date, *, days: int = 30) -> BaseSalary | None:
    """The first base salary that begins after the day, and at most so many days later: until then nobody
    knows by which one a decision will be counted."""
    coming = [each for each in salaries if 0 < (each.since - day).days <= days]
    return min(coming, key=lambda each: each.since, default=None)


# -- as papers write it ----------------------------------------------------------------------------------


def k_text(k: int) -> str:
    """`0,3`, `1,0`, `0,45`."""
    whole, part = divmod(k, WHOLE)
    return f"{whole},{f'{part:03}'.rstrip('0') or '0'}"


def dotted(number: int) -> str:
    """`2.130.000`."""
    return f"{number:,}".replace(",", ".")


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_MILLIARD = 1_000_000_000


def in_words(total: int) -> str:
    """`Hai triệu một trăm ba mươi nghìn đồng`. ValueError of a sum below zero, which no paper pays."""
    if total < 0:
        raise ValueError(f"a sum below zero is paid by nobody: {total}")
    said = " ".join((*_words(total), "đồng"))
    return said[0].upper() + said[1:]


def _words(number: int) -> list[str]:
    """Groups of three digits; whatever follows a group is said with its hundreds: `năm triệu không trăm sáu
    mươi nghìn`. Milliards are counted like a number of their own."""
    if number == 0:
        return [_DIGITS[0]]
    milliards, rest = divmod(number, _MILLIARD)
    said = [*_words(milliards), "tỷ"] if milliards else []
    for place in (2, 1, 0):
        group = rest // 1000**place % 1000
        if group:
            said += [*_group(group, whole=bool(said)), *_GROUPS[place].split()]
    return said


def _group(number: int, *, whole: bool) -> list[str]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = [_DIGITS[hundreds], "trăm"] if hundreds or whole else []
    if tens > 1:
        said += [_DIGITS[tens], "mươi"]
    elif tens:
        said.append("mười")
    elif ones and said:
        said.append("linh")
    if ones:
        said.append(_ones(ones, tens))
    return said


def _ones(ones: int, tens: int) -> str:
    """After tens one and five are said otherwise: `hai mươi mốt`, `mười lăm`."""
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == 5 and tens else _DIGITS[ones]
