"""Passwords that are refused: short ones, long ones, and those that anybody guesses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.model.passwords import LEAST, MOST, ROWS, STEMS, password_fault

NAMES = ("Nông Thị Mẫu", "diem-he", "UBND xã Điềm He")


@pytest.mark.parametrize(
    "password",
    [
        "mèo ngủ trên mái nhà",
        "correct horse battery",
        "Tr0ng1@x9kqLm",
        "738291645028",
        "hoa mai vàng nở sớm",
        "𝔪èo-ngủ-trên-mái",
    ],
)
def test_sentences_and_chance_are_good(password: str) -> None:
    assert password_fault(password, NAMES) is None


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456",
        "M@tkh4u@2026!!",
        "Mật khẩu 123456",
        "P@ssw0rd2026abc",
        "aaaaaaaaaaaaaa",
        "xyzw" * 5,
        "zxcvbnm,./zxcvbnm",
        "0987654321qwerty",
        "Nông Thị Mẫu 1990",
        "nongthimau@15081990",
        "DiemHe@123456",
        "Xã Điềm He 15/08/1990",
        "            ",
    ],
)
def test_what_anybody_guesses_is_common(password: str) -> None:
    assert password_fault(password, NAMES) == "common"


@given(st.sampled_from(STEMS), st.sampled_from(STEMS), st.integers(0, 9999), st.sampled_from("!@#. -"))
def test_two_common_words_with_a_number_are_common(first: str, second: str, number: int, sign: str) -> None:
    password = f"{first.capitalize()}{sign}{second}{sign}{number}".ljust(LEAST, sign)

    assert password_fault(password, NAMES) == "common"


@given(st.sampled_from(ROWS), st.integers(0, 9), st.integers(1, 60))
def test_keys_in_a_row_are_common(row: str, start: int, times: int) -> None:
    password = (row[start:] + row[::-1]) * times

    assert password_fault(password[:MOST].ljust(LEAST, "1"), NAMES) == "common"


@given(st.text(max_size=2 * MOST))
def test_every_text_is_judged_by_its_length_first(text: str) -> None:
    password = unicodedata.normalize("NFC", text)
    fault = password_fault(password, NAMES)

    assert (fault == "short") == (len(password) < LEAST)
    assert (fault == "long") == (len(password) > MOST)
