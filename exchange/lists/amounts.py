"""Numbers as lists write them: counts, points, shares, money, and numbers in words."""

from __future__ import annotations

import re

from exchange.sheets.workbook import Cell
from workflow.model.wording import fold

WHOLE = re.compile(r"\d+")
DECIMAL = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*(?:/\s*100|điểm|đ)?", re.IGNORECASE)
MOST = 1_000_000
"""No count of people and no score comes near it."""
SHARE = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*%")
MONEY = re.compile(r"([\d.,\s]+?)\s*(triệu|tr|nghìn|ngàn|k|tỷ|tỉ)?\s*(?:đồng|đ|vnđ|vnd)?\.?", re.IGNORECASE)
UNITS = {"triệu": 10**6, "tr": 10**6, "nghìn": 10**3, "ngàn": 10**3, "k": 10**3, "tỷ": 10**9, "tỉ": 10**9}
DIGITS = {
    "khong": 0,
    "linh": 0,
    "le": 0,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "lam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
}
SCALES = {"muoi": 10, "chuc": 10, "tram": 100, "nghin": 1000, "ngan": 1000}


def whole(cell: Cell) -> int | None:
    """The count that a cell says: of `5`, `5 người`, `05`."""
    if cell.number is not None:
        return int(cell.number) if 0 <= cell.number < MOST else None
    match = WHOLE.search(cell.text)
    return int(match[0]) if match and len(match[0]) < 7 else None


def points(cell: Cell) -> float | None:
    """`92,5`, `94/100`, `95 điểm`."""
    if cell.number is not None:
        return float(cell.number) if 0 <= cell.number < MOST else None
    match = DECIMAL.fullmatch(" ".join(cell.text.split()))
    return float(match[1].replace(",", ".")) if match else None


def share(text: str) -> tuple[int, int] | None:
    """Of `5/8 đạt LĐTT` 5 and 8."""
    match = SHARE.search(text)
    return (int(match[1]), int(match[2])) if match else None


def percentage(text: str) -> float | None:
    """Of `58%`, `97,5 %` the number."""
    match = PERCENT.search(text)
    return float(match[1].replace(",", ".")) if match else None


def money(cell: Cell, scale: int = 1) -> int | None:
    """Đồng: `2.000.000 đồng`, `1,5 triệu`, `500k`; `scale` is that of the column, which a unit of the cell's
    own goes before."""
    if cell.number is not None:
        return round(cell.number * scale) if cell.number >= 0 else None
    match = MONEY.fullmatch(" ".join(cell.text.split()))
    if match is None or not WHOLE.search(match[1]):
        return None
    digits, unit = "".join(match[1].split()).strip(".,"), (match[2] or "").lower()
    if (unit or scale > 1) and re.fullmatch(r"\d+[.,]\d{1,2}", digits):
        return round(float(digits.replace(",", ".")) * UNITS.get(unit, scale))
    if not re.fullmatch(r"\d{1,15}|\d{1,3}(?:[.,]\d{3}){1,4}", digits):
        return None
    return int(re.sub(r"[.,]", "", digits)) * UNITS.get(unit, scale)


def scale_in(heading: str) -> int:
    """Of *Giá trị (nghìn đồng)* a thousand."""
    words = fold(heading)
    return 10**6 if "trieu" in words else 10**3 if re.search(r"\bnghin\b|\bngan\b|1\.000", words) else 1


def in_words(text: str) -> int | None:
    """The number that a text's words say, up to 9.999: of `Mười lăm hộ` 15; None where it says none."""
    value, group, seen = 0, 0, False
    for word in re.findall(r"[a-z]+", fold(text)):
        if word in DIGITS:
            group += DIGITS[word]
        elif word in SCALES:
            scale = SCALES[word]
            # `mười` begins a number by itself, `mươi` follows a digit.
            value, group = (value + (group or 1) * scale, 0) if scale < 1000 else ((value + group) * scale, 0)
        elif seen:
            break
        else:
            continue
        seen = True
    return value + group if seen else None
