"""The log's canonical bytes: equal to the reference package `rfc8785`, and refused outside the domain."""

import json
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from storage.log.canonical import LARGEST_INTEGER, NotCanonical, encode


class Colour(StrEnum):
    RED = "red"


class Rank(IntEnum):
    FIRST = 1


# `st.text` draws no surrogates by itself unless they are asked for; keys are ASCII, controls included.
texts = st.text(st.characters(exclude_categories=["Cs"]))
integers = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER)
scalars = st.one_of(texts, integers, st.booleans(), st.none())
keys = st.text(st.characters(max_codepoint=127))
entries = st.dictionaries(keys, st.one_of(scalars, st.lists(scalars)))


@given(entries)
def test_the_bytes_are_those_of_rfc8785(entry: dict[str, Any]) -> None:
    written = encode(entry)

    assert written == rfc8785.dumps(entry)
    assert json.loads(written) == entry


@given(entries)
def test_the_order_of_writing_down_does_not_matter(entry: dict[str, Any]) -> None:
    backwards = dict(reversed(entry.items()))

    assert encode(backwards) == encode(MappingProxyType(entry)) == encode(entry)


def test_vietnamese_text_and_controls_are_written_as_rfc8785_writes_them() -> None:
    entry = {"z": "Điềm He", "a": '\x00\x1f\x7f\b\t\n\f\r"\\/\u2028', "Z": ("T07", 1, None, True)}

    written = encode(entry)

    assert written.decode() == (
        '{"Z":["T07",1,null,true],"a":"\\u0000\\u001f\x7f\\b\\t\\n\\f\\r\\"\\\\/\u2028","z":"Điềm He"}'
    )


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (1.0, "a value of type float"),
        (float("nan"), "a value of type float"),
        (b"bytes", "a value of type bytes"),
        (date(2026, 3, 31), "a value of type date"),
        ({"a": 1}, "a value of type dict"),
        (Colour.RED, "a value of type Colour"),
        (Rank.FIRST, "a value of type Rank"),
        ([1, [2]], "a value of type list"),
        (["a", 0.5], "a value of type float"),
        (LARGEST_INTEGER + 1, "an integer beyond ±(2^53 - 1)"),
        ([-LARGEST_INTEGER - 1], "an integer beyond ±(2^53 - 1)"),
        ("\ud800", "a lone surrogate"),
        (["a", "\udfff"], "a lone surrogate"),
    ],
)
def test_a_value_outside_the_domain_is_refused_by_its_key(value: object, fault: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        encode({"a": "fine", "b": value})

    assert (refused.value.key, refused.value.fault) == ("b", fault)


@pytest.mark.parametrize("key", ["số", "\ud800", 1, None, Colour.RED])
def test_a_key_that_is_no_ascii_string_is_refused(key: Any) -> None:
    with pytest.raises(NotCanonical) as refused:
        encode({key: "value", "b": "fine"})

    assert (refused.value.key, refused.value.fault) == (key, "a key that is no ASCII string")


@given(st.integers(min_value=LARGEST_INTEGER + 1) | st.integers(max_value=-LARGEST_INTEGER - 1))
def test_integers_are_refused_exactly_where_rfc8785_refuses_them(number: int) -> None:
    with pytest.raises(rfc8785.IntegerDomainError):
        rfc8785.dumps({"n": number})
    with pytest.raises(NotCanonical):
        encode({"n": number})


def test_a_refusal_names_the_key_and_not_the_value() -> None:
    with pytest.raises(NotCanonical) as refused:
        encode({"name": b"Nguyen Van A"})

    assert str(refused.value) == (
        "An entry holds only strings, integers, booleans, null and lists of those, under ASCII keys."
        " 'name' has a value of type bytes."
    )
