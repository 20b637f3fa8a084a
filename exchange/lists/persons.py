"""What the cells of a line say of a nominee: kind and sex, rating, earlier awards, kind of statistics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from exchange.lists.values import Category, Kind, Rating
from workflow.model.wording import fold

WOMEN = frozenset({"nữ", "nu", "f", "female", "bà", "chị", "cô"})
MEN = frozenset({"nam", "m", "male", "ông", "anh", "thầy"})

RATED: Mapping[str, Rating] = {
    "khong hoan thanh": "khtnv",
    "xuat sac": "htxsnv",
    "hoan thanh xuat sac": "htxsnv",
    "tot": "httnv",
    "hoan thanh tot": "httnv",
    "hoan thanh": "htnv",
}
WRITTEN_OUT: Mapping[str, str] = {
    "khtnv": "khong hoan thanh",
    "kht": "khong hoan thanh",
    "htxsnv": "hoan thanh xuat sac",
    "htxs": "hoan thanh xuat sac",
    "httnv": "hoan thanh tot",
    "htt": "hoan thanh tot",
    "htnv": "hoan thanh",
    "ht": "hoan thanh",
    "xsnv": "xuat sac",
    "xs": "xuat sac",
    "tnv": "tot",
    "t": "tot",
    **dict.fromkeys(("nv", "nhiem", "vu", "loai", "xep", "muc", "danh", "gia"), ""),
}
"""Words of a rating; those of none say no more than that it is one."""
CATEGORIES: tuple[tuple[Category, str], ...] = (
    ("doanh_nhan", r"doanh nhan"),
    ("lanh_dao_tinh", r"cap (?:bo|tinh)\b"),
    ("lanh_dao_so", r"cap (?:vu|so)\b|\bvu, so"),
    ("lanh_dao", r"lanh dao|pho phong|quan ly"),
    ("truc_tiep", r"truc tiep|lao dong|hoc tap"),
)
LONGEST_RATING = 100
EXPECTED = re.compile(r"\bdu kien\b")
AFTERWARDS = re.compile(r"\(.*\)|\bdu kien\b|\bnam (?:hoc )?\d.*|[.,;:]")
EARLIER = re.compile(r"\bđạt\b.*\b20\d\d\b|\bliên tục\b", re.IGNORECASE)


@lru_cache(1024)
def rating(text: str) -> Rating | None:
    """One of the four ratings: of `Hoàn thành tốt NV`, `HTT`, `Loại Tốt`; None where it is none of them."""
    if len(text) > LONGEST_RATING:
        return None
    words = AFTERWARDS.sub(" ", fold(text)).split()
    return RATED.get(" ".join(" ".join(WRITTEN_OUT.get(word, word) for word in words).split()))


def is_expected(text: str) -> bool:
    """Whether a rating is only foreseen."""
    return EXPECTED.search(fold(text)) is not None


def earlier_in_note(note: str) -> str | None:
    """The remark where it tells of titles of earlier years: `đạt CSTĐCS 2 năm 2023-2024, 2024-2025`."""
    return note if EARLIER.search(note) else None


def category(text: str) -> Category | None:
    """The kind of statistics, by its words: *Các cấp lãnh đạo khác từ phó phòng trở lên*."""
    words = fold(text)
    return next((id for id, pattern in CATEGORIES if re.search(pattern, words)), None)


def female(text: str) -> bool | None:
    """Of a cell of sexes or salutations."""
    word = text.strip().strip(".").casefold()
    return True if word in WOMEN else False if word in MEN else None


def kind_named(text: str) -> Kind | None:
    """Of a cell that says what the nominee is."""
    words = fold(text)
    for kind, said in (("household", "ho"), ("collective", "tap the"), ("person", "ca nhan")):
        if words.startswith(said):
            return kind  # type: ignore[return-value]
    return None
