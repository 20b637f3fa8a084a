"""What the columns of an old list are for, where a list of nominees has none such or means another thing.

A list of achievements says when, by which paper and by whom something was given; whom its rows are about is
read as in a list of nominees.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from exchange.lists.columns import Column, Field
from exchange.lists.heads import Heading
from exchange.lists.preamble import BARE_YEAR, period_in
from workflow.model.wording import fold

Role = Literal["period", "decision", "dated", "authority", "scope", "share", "nature"]

WORDS: tuple[tuple[Role, str], ...] = (
    ("share", r".*(?:ty le|phan tram|%).*|muc dong gop.*"),
    ("scope", r"pham vi.*|cap(?: do)?(?: sang kien| cong nhan| anh huong| ap dung| danh gia)?"),
    ("nature", r".*tinh chat.*|hinh thuc xu ly"),
    (
        "authority",
        r"(?:co quan|don vi|cap|nguoi|noi|tham quyen)\b.{0,20}"
        r"(?:khen|quyet dinh|\bqd\b|ban hanh|cong nhan|\bky\b|tang|danh gia|xep loai).*"
        r"|tham quyen.*|cap khen.*",
    ),
    ("dated", r"ngay(?!.*sinh)(?!,? ?thang,? ?nam$).*|(?:qd|quyet dinh) ngay|.*\bngay ky\b.*"),
    ("decision", r".*(?:\bqd\b|quyet dinh|so van ban|van ban so).*"),
    (
        "period",
        r"(?:nam|nien)(?: hoc| khoa| khen(?: thuong)?| dat| xet| thi dua| cong tac| danh gia| xep loai"
        r"| cong nhan)?"
        r"|(?:thoi gian|thoi ky|giai doan|ky)\b.*|nam hoc.*",
    ),
)
ROLES = tuple((role, re.compile(pattern)) for role, pattern in WORDS)
KEPT: frozenset[Field] = frozenset(
    {"name", "number", "born", "birth_year", "male_born", "female_born", "male", "female", "mark", "rating"}
)
"""Columns that mean in an old list what they mean in a list of nominees, whatever else their heading says."""
SPOKEN: Field = "achievement"
"""As what rows know the column of who decided: *Chủ tịch UBND huyện* there is no signature."""
OF_INITIATIVE: frozenset[Field] = frozenset({"initiative", "initiative_paper", "initiative_date"})
"""Of somebody's initiative, beside what else a row is about; in a list of initiatives its own paper's."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The heading of an old list: whom its rows are about as a list of nominees has it, and its own columns.

    `authors`: the names are those of an initiative's authors."""

    heading: Heading
    own: Mapping[Role, tuple[Column, ...]]
    authors: bool = False

    def first(self, role: Role, *, beside: Column | None = None) -> Column | None:
        """The column of a role; of several the one that is of the same year as another column."""
        found = self.own.get(role, ())
        if beside is not None and (period := period_of(beside.heading)) is not None:
            same = [column for column in found if period_of(column.heading) == period]
            found = (*same, *(column for column in found if period_of(column.heading) is None))
        return next(iter(found), None)


def columns_of(heading: Heading) -> Columns:
    """The columns by their roles; those of an old list alone are no columns of nominees any more."""
    own: dict[Role, tuple[Column, ...]] = {}
    kept: dict[Field, tuple[Column, ...]] = {}
    authors = heading.all("authors")
    whose = KEPT if authors else KEPT | OF_INITIATIVE
    for column in heading.in_order:
        role = None if column.field in whose else _role(column, of_initiatives=bool(authors))
        if role is not None:
            own[role] = (*own.get(role, ()), column)
        field = column.field if role is None else SPOKEN if role == "authority" else None
        if field is not None:
            kept[field] = (*kept.get(field, ()), column)
    if authors:
        kept["name"] = authors
    return Columns(replace(heading, columns=kept), own, bool(authors))


def _role(column: Column, *, of_initiatives: bool) -> Role | None:
    texts = dict.fromkeys((fold(column.heading.rpartition(" – ")[2]), fold(column.heading)))
    for text in texts:
        found = next((role for role, pattern in ROLES if pattern.fullmatch(text.strip(" .:*"))), None)
        if found is not None and (of_initiatives or found != "share"):
            return found
    return None


def period_of(text: str) -> str | None:
    """`2024-2025` of a school year, `2024` of any text that names one year."""
    found = period_in(text)
    if found is not None:
        return found
    years = set(BARE_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None
