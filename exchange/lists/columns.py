"""What a column of a list is for, by the words of its heading.

A column is known by its own words first, then by these with those above it (*Đề nghị*: LĐTT, CSTĐCS, Khác).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from exchange.lists.titles import Titles
from workflow.model.wording import fold

Field = Literal[
    "number", "name", "salutation", "sex", "female", "male", "born", "birth_year", "male_born",
    "female_born", "day_born", "month_born", "post", "position", "unit", "people", "ldtt", "cstdcs",
    "disciplined", "not_completed", "months", "rating", "own_rating", "initiative",
    "initiative_paper", "initiative_date", "score", "own_score", "opinion", "title", "other_title",
    "mark", "achievement", "amount", "kind", "category", "earlier", "decision", "refused", "failed",
    "authors", "note", "unused",
]  # fmt: skip
"""`post` is position and unit in one; `mark` a column of crosses under a title; `decision` one of papers,
`refused` one of reasons against, `authors` those of initiatives: no list of nominees has them."""

LONGEST = 120
"""Signs of a column's title; a longer text is prose."""

WORDS: tuple[tuple[Field, str], ...] = (
    ("refused", r"ly do (?:khong|chua|bi loai)|khong de nghi"),
    ("number", r"(?:so )?s? ?tt\b.{0,3}|so thu tu|thu tu|no\.?"),
    ("salutation", r"ong ?[/,&(-]? ?(?:hoac )?ba\)?|ten goi.*|danh xung"),
    ("category", r".*phan loai (?:doi tuong|can bo).*"),
    ("kind", r"phan loai(?: khen.*)?|doi tuong(?: khen.*)?|loai doi tuong"),
    ("authors", r".*tac gia.*"),
    ("unit", r"chi (?:hoi|doan|bo)|to"),
    ("name", r"ho (?:va )?ten\b(?!.*(?:nam|ngay) sinh)(?!.*tac gia).*"),
    ("own_rating", r"tu (?:danh gia,? ?)?xep loai.*|ca nhan tu .*xep loai.*"),
    ("own_score", r".*tu (?:cham|danh gia).*"),
    ("score", r"(?:tong )?(?:so )?diem\b.*|cham diem.*"),
    ("initiative", r"(?!so\b|ngay|qd|quyet dinh|cong nhan|cap|pham vi).*(?:sang kien|de tai|\bsk\b|skkn).*"),
    ("initiative_date", r"ngay (?:qd |quyet dinh )?cong nhan.*"),
    ("initiative_paper", r"(?!ten).*(?:qd|quyet dinh|so,? ngay).*cong nhan.*|cong nhan sang kien"
                         r"|sang kien.*(?:\bso\b|qd|quyet dinh|ngay).*"),
    ("unused", r".*(?:pham vi|don vi cong nhan|cap cong nhan|linh vuc|ket qua ap dung).*|ma\b.*"
               r"|cap (?:khen|quyet dinh).*"
               r"|so dien thoai.*"
               r"|ty le (?:gd|gia dinh).*|so (?:qd )?cccd.*|cccd|can cuoc.*|dien thoai.*|ky nhan"
               r"|(?:so |muc )?tien (?:khen )?thuong.*|muc thuong.*|kinh phi khen.*"
               r"|que quan|dan toc|ton giao|trinh do.*"),
    ("initiative", r".*(?:sang kien|de tai|giai phap|skkn).*|sk"),
    ("months", r".*(?:so thang|thang (?:cong tac|lam viec)).*"),
    ("not_completed", r".*khong hoan thanh.*"),
    ("disciplined", r".*ky luat.*"),
    ("earlier", r".*(?:da (?:duoc )?(?:khen|dat|tang)|cac nam|nam truoc|lien tuc|qua trinh khen).*"),
    ("opinion", r".*(?:bieu quyet|tin nhiem|dong thuan|ket qua hop|y kien|binh xet|phieu|dong y|tan thanh"
                r"|binh bau).*"),
    ("rating", r".*(?:xep loai|dgxl|xlvc|xlcc|\bxl\b|hoan thanh|danh gia|phan loai).*"),
    ("people", r".*(?:so|nhan) ?(?:nhan )?khau.*|nhan khau|tong so|bien che|quan so|si so|ts (?:cb|nguoi"
               r"|cc|gv|ho)\w*"
               r"|(?:tong )?so (?:luong )?(?:nguoi|ho|can bo|cb\w*|cc\w*|gv|nv|lao dong|thanh vien|giao vien"
               r"|hoi vien|doan vien|bien che)\b.*"),
    ("birth_year", r"(?!.*ngay).*(?:nam sinh|sinh nam|n\.? ?sinh).*"),
    ("born", r".*\bsinh\b.*|ngay,? ?thang,? ?nam|ntns"),
    ("sex", r"gioi tinh|nam ?[/,] ?nu|nu ?[/,] ?nam|phai"),
    ("note", r".*ghi chu.*"),
    ("achievement", r"(?:tom tat )?noi dung.*"),
    ("amount", r".*(?:gia tri|tri gia|so tien|dong gop|ung ho|kinh phi).*"),
    ("achievement", r".*(?:thanh tich|noi dung|cong trang|ly do).*"),
    ("title", r".*(?:danh hieu|hinh thuc|dhtd).*|de nghi\b.*|(?:de nghi )?khen thuong|muc khen.*"
              r"|.*de nghi (?:khen|tang|xet).*"),
    ("decision", r".*(?:\bqd\b|quyet dinh).*"),
    ("name", r".*(?:ho,? ?(?:va|&)? ?(?:chu )?(?:ten|dem)|chu ho|ten (?:tap the|ca nhan|ho\b|goi"
             r"|doi tuong)).*"
             r"|ho ten.*|ten|ten dem|dem|(?:tap the|ca nhan|ho gia dinh|ho)(?: ?[,/&-] ?(?:tap the|ca nhan"
             r"|ho gia dinh|ho))+|ca nhan|tap the|ho gia dinh|ho|ten tap the.*|nguoi duoc.*|ho gia dinh.*"
             r"|ten (?:don vi|co quan) ?[/,].*"),
    ("post", r".*(?:chuc (?:vu|danh)|nghe nghiep).*(?:don vi|noi|dia chi|thon|co quan|truong).*"),
    ("position", r".*(?:chuc (?:vu|danh)|nghe nghiep|vi tri|cong viec|nhiem vu).*"),
    ("unit", r".*(?:don vi|co quan|noi (?:o|cong tac|cu tru|lam viec)|dia chi|\bthon\b|\bxom\b|to dan pho"
             r"|khu dan cu"
             r"|khu pho|phong ban|phong|thuong tru|ho khau|truong|\blop\b|\bban\b|to chuyen mon"
             r"|cho o).*"),
)  # fmt: skip
PATTERNS = tuple((field, re.compile(pattern)) for field, pattern in WORDS)
SIGNS = re.compile(r"[\s.:*]+$")
OTHER = frozenset({"khac", "danh hieu khac", "hinh thuc khac", "khen thuong khac"})
SEXES: Mapping[str, Field] = {"nữ": "female", "nam": "male", "nu": "female"}
WEAK = re.compile(r"(?:ten )?(?:thon|xom|don vi|to dan pho|khu dan cu|ban|co quan|truong|lop|to)\b.*")
"""A column of units holds the nominees where there is no column of names."""
SHARES = frozenset({"%", "ty le", "ty le %", "ty le (%)"})
"""Beside a column that counts, the same once more."""
REACHED: Mapping[str, Field] = {"dat": "unused", "khong dat": "failed", "khong de nghi": "failed"}
"""Crosses of who reached a title and who did not."""
PAPER_OF_INITIATIVE = ("initiative", "initiative_paper")
YEARS = re.compile(r"20\d\d")
PARTS_OF_DAY: Mapping[str, Field] = {"ngày": "day_born", "tháng": "month_born", "năm": "birth_year"}
"""A birth in three columns."""
COUNTS: Mapping[str, Field] = {"ldtt": "ldtt", "cstdcs": "cstdcs"}
COUNTED, PAPERS = re.compile(r"\bso\b|%|ty le"), re.compile(r"\bqd\b|quyet dinh|\bngay\b|cac nam")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its place, its heading and what it is for; `title` is the one that its crosses mean."""

    at: int
    heading: str
    field: Field
    title: str | None = None


def column_of(at: int, texts: list[str], titles: Titles) -> Column:
    """Of the texts over a column, the lowest is its own."""
    heading = " – ".join(" ".join(text.split()) for text in texts)
    own, above = texts[-1], fold(" ".join(texts[:-1]))
    folded = fold(own)
    sex = SEXES.get(own.strip().casefold()) if len(own) <= LONGEST else None
    if sex is not None and field_of(above) == "name":
        return Column(at, heading, "name")
    if folded in REACHED and above:
        return Column(at, heading, REACHED[folded])
    part = PARTS_OF_DAY.get(own.strip().casefold()) if "sinh" in above else None
    if part is not None:
        return Column(at, heading, part)
    if sex is not None:
        born = "sinh" in above
        return Column(at, heading, ("female_born" if sex == "female" else "male_born") if born else sex)
    if folded in OTHER:
        return Column(at, heading, "other_title")
    meant = titles.exactly(own)
    if meant is not None:
        return Column(at, heading, "mark", meant.title)
    if folded in SHARES:
        return Column(at, heading, "unused")
    counted = _counted(folded, above, titles)
    if counted is not None:
        return Column(at, heading, counted)
    both = f"{above} {folded}".strip()
    # Below `Sáng kiến` a `Tên` is no nominee's, and a `Số` no count.
    field = _of_initiative(folded) if above and field_of(above) in PAPER_OF_INITIATIVE else field_of(folded)
    if above and field in (None, "decision"):
        field = field_of(both) or field
    return Column(at, heading, field or "unused")


def _of_initiative(folded: str) -> Field:
    """A column below `Sáng kiến`: its name, the decision's number and day in one or in two."""
    if re.search(r"pham vi|\bcap\b|hieu qua", folded):
        return "unused"
    if re.search(r"\bso\b|\bqd\b|quyet dinh", folded) and not folded.startswith("ngay"):
        return "initiative_paper"
    return "initiative_date" if re.search(r"\bngay\b", folded) else "initiative"


def _counted(folded: str, above: str, titles: Titles) -> Field | None:
    """A column that counts a collective's holders of a title: `LĐTT (số, %)`, or `Số` below `LĐTT`."""
    text = f"{above} {folded}".strip()
    if not COUNTED.search(text) or PAPERS.search(text) or len(text) > LONGEST:
        return None
    found = [title for title in titles.within(text) if title in COUNTS]
    if len(found) != 1:
        return None
    return COUNTS[found[0]]


def with_weak_name(columns: tuple[Column, ...]) -> Iterator[Column]:
    """Where no column is of names, the first of units is (*Thôn*), else that of salutations (*Ông/Bà*)."""
    weak = [column for column in columns if column.field == "unit" and WEAK.fullmatch(fold(column.heading))]
    weak += [column for column in columns if column.field == "salutation"]
    return (replace(column, field="name") if column in weak[:1] else column for column in columns)


def with_papers(columns: Sequence[Column]) -> Iterator[Column]:
    """A column of decisions right beside the initiatives is of theirs."""
    before: Column | None = None
    for column in columns:
        beside = before is not None and before.field == "initiative"
        yield replace(column, field="initiative_paper") if beside and column.field == "decision" else column
        before = column


def without_earlier(columns: Sequence[Column]) -> Iterator[Column]:
    """Of several columns of titles or of ratings those of earlier years say what was, and propose nothing."""
    latest: dict[Field, int] = {}
    for column in columns:
        if column.field in ("title", "rating"):
            latest[column.field] = max(latest.get(column.field, 0), _year(column))
    for column in columns:
        if _year(column) < latest.get(column.field, 0):
            yield replace(column, field="earlier" if column.field == "title" else "unused")
        else:
            yield column


def _year(column: Column) -> int:
    """The last year in its heading; one without a year is of the list's own."""
    return max(map(int, YEARS.findall(column.heading)), default=9999)


@lru_cache(512)
def field_of(folded: str) -> Field | None:
    if len(folded) > LONGEST:
        return None
    text = SIGNS.sub("", folded)
    return next((field for field, pattern in PATTERNS if pattern.fullmatch(text)), None)
