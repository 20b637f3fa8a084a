"""Certificates on pre-printed sheets: each text at its place, smaller or wrapped where it is long, never
cut."""

from __future__ import annotations

import ctypes
import os
from dataclasses import replace
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.papers import fonts
from exchange.papers.comparing import bare, pages_of
from exchange.papers.making import Differs
from exchange.papers.setting import Sheet
from exchange.papers.sheets import Placed, certificates

MM = 72 / 25.4
A4_ACROSS = (297.0, 210.0)
NAME = Placed("Lộc Thị An Mẫu", 38, 104, 221, 24, 10, 1, "center", True, False)
FONT = fonts.font(os.environ)
LONG = "Tôn Nữ Hoàng Thị Công Tằng Nguyễn Phước Bảo Ngọc Thùy Dương Mẫu"


def made(*pages: tuple[Placed, ...], grid: bool = False, size: tuple[float, float] = A4_ACROSS) -> bytes:
    return certificates(pages, Sheet("Giấy khen", "Xã", date(2026, 6, 30)), FONT, size=size, grid=grid)


def letters(pdf: bytes, page: int = 0) -> list[tuple[str, float, float, float]]:
    """Each letter with where it stands in millimetres from the upper left corner, and its size in points."""
    found = []
    with pypdfium2.PdfDocument(pdf) as opened:
        height, text = opened[page].get_height(), opened[page].get_textpage()
        for at in range(text.count_chars()):
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text.raw, at, x, y)
            size = pdfium.FPDFText_GetFontSize(text.raw, at)
            sign = text.get_text_range(at, 1)
            if sign.strip():
                found.append((sign, x.value / MM, (height - y.value) / MM, size))
    return found


def test_a_text_stands_on_its_line_in_the_middle_of_its_place() -> None:
    found = letters(made((NAME,)))

    assert {round(y, 1) for _sign, _x, y, _size in found} == {104.0}
    left, right = found[0][1], 2 * (38 + 221 / 2) - found[-1][1]
    assert abs(left - right) < 12
    assert {size for *_, size in found} == {24}


def test_a_long_name_is_smaller_on_the_same_line_within_its_place() -> None:
    found = letters(made((replace(NAME, text=LONG, width=150),)))

    assert {round(y, 1) for _sign, _x, y, _size in found} == {104.0}
    assert all(38 <= x <= 38 + 150 for _sign, x, _y, _size in found)
    assert 10 <= found[0][3] < 24


def test_what_is_too_long_at_its_least_size_wraps_and_is_said_in_full() -> None:
    pdf = made((replace(NAME, text=LONG, width=60, least=20),))

    assert len({round(y, 1) for _sign, _x, y, _size in letters(pdf)}) > 1
    assert bare(LONG) in bare(pages_of(pdf)[0])


def test_every_one_has_a_page_and_equal_ones_are_equal_bytes() -> None:
    pages = tuple((replace(NAME, text=f"Lộc Thị An Mẫu {no}"),) for no in range(30))

    pdf = made(*pages)

    assert [bare(page[0].text) for page in pages] == [bare(said) for said in pages_of(pdf)]
    assert pdf == made(*pages)


def test_the_grid_names_the_places_in_millimetres() -> None:
    said = pages_of(made((NAME,), grid=True))[0]

    assert "x 38 y 104 221 mm 24 pt" in said
    assert "Lộc Thị An Mẫu" in said


def test_what_falls_off_the_sheet_is_not_handed_over() -> None:
    with pytest.raises(Differs):
        made((replace(NAME, y=209, text=LONG, width=60, least=24),))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(LONG.split()), min_size=1, max_size=25).map(" ".join), st.integers(60, 220))
def test_whatever_a_name_is_it_stays_within_its_width_and_is_said_in_full(name: str, width: int) -> None:
    pdf = made((replace(NAME, text=name, width=width),))

    assert bare(name) in bare(pages_of(pdf)[0])
    assert all(37.9 <= x <= 38 + width for _sign, x, _y, _size in letters(pdf))
