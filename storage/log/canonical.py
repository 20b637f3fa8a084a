"""The exact bytes of a log entry: RFC 8785 for the few kinds of value that an entry may hold.

Over strings, whole numbers, booleans, null and lists of those, under ASCII keys, sorted compact UTF-8 JSON
is already RFC 8785, so the standard encoder writes it. Whatever lies outside is refused, not guessed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

# RFC 8785 numbers are IEEE doubles: beyond this, two whole numbers may share one spelling.
LARGEST_INTEGER = 2**53 - 1

_encoder = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
)


class NotCanonical(ValueError):
    """An entry holds only strings, integers, booleans, null and lists of those, under ASCII keys."""

    def __init__(self, key: object, fault: str) -> None:
        super().__init__(f"{self.__doc__} {key!r} has {fault}.")
        self.key = key
        self.fault = fault


def encode(entry: Mapping[str, object]) -> bytes:
    """The entry's RFC 8785 bytes; NotCanonical where it leaves the domain.

    Types count exactly: an enumeration or another subclass of a string or number is refused too, as is text
    that is no Unicode (a lone surrogate). A tuple is written as a list.
    """
    for key, value in entry.items():
        if type(key) is not str or not key.isascii():
            raise NotCanonical(key, "a key that is no ASCII string")
        # The plain kinds come first and cost one comparison each: this loop stands in every commit's way.
        kind = type(value)
        if kind is str or value is None or kind is bool:
            continue
        fault = _fault_of_items(value) if kind is list or kind is tuple else _fault_of_scalar(value)
        if fault:
            raise NotCanonical(key, fault)
    try:
        return _encoder.encode(entry if type(entry) is dict else dict(entry)).encode()
    except UnicodeEncodeError as exc:
        raise NotCanonical(_key_of_surrogate(entry), "a lone surrogate") from exc


def text_digest(salt: bytes, text: str) -> str:
    """What an entry says of a free text, which itself is kept outside the log and may be erased."""
    return sha256(salt + text.encode()).hexdigest()


def _fault_of_items(items: Any) -> str | None:
    return next((fault for item in items if (fault := _fault_of_scalar(item))), None)


def _fault_of_scalar(value: Any) -> str | None:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return None
    if kind is not int:
        return f"a value of type {kind.__name__}"
    if not -LARGEST_INTEGER <= value <= LARGEST_INTEGER:
        return "an integer beyond ±(2^53 - 1)"
    return None


def _key_of_surrogate(entry: Mapping[str, object]) -> str:
    """The first key whose value UTF-8 cannot write; the encoder itself names only the place in the output."""
    for key, value in entry.items():
        try:
            _encoder.encode(value).encode()
        except UnicodeEncodeError:
            return key
    raise AssertionError("every value of this entry can be written")
