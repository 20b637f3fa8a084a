"""Text from outside: one form, nothing that a terminal obeys, nothing that nobody sees."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.model.signs import composed, readable, shown, unreadable_sign

BAD = {*map(chr, range(32)), *map(chr, range(127, 160))} - {"\n", "\t"}
BAD |= {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Kế hoạch", "Kế hoạch"),
        (unicodedata.normalize("NFD", "Đề nghị"), "Đề nghị"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeffKế\u00ad ho\u200bạ\u2060ch\u200e", "Kế hoạch"),
        ("👩\u200d🏫", "👩\u200d🏫"),
    ],
)
def test_text_has_one_form(written: str, kept: str) -> None:
    assert composed(written) == kept


def test_every_control_and_every_override_is_unreadable_and_nothing_else() -> None:
    letters = [chr(code) for code in range(0x3000)]

    assert {letter for letter in letters if unreadable_sign(f"a{letter}b")} == BAD
    assert unreadable_sign("a\x1b[31mb\x07") == "U+001B"
    assert unreadable_sign("a\udc80") == "U+DC80"


@given(st.text())
def test_what_is_read_of_a_document_and_what_is_shown_is_readable(text: str) -> None:
    assert unreadable_sign(readable(text)) is None
    assert unreadable_sign(shown(text)) is None
    assert len(shown(text)) == len(text)
    assert unicodedata.is_normalized("NFC", readable(text))
