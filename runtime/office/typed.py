"""What people type or hand in as JSON, brought into the house's form: the same rule at every border."""

from __future__ import annotations

from datetime import date
from typing import Any

from workflow.model.errors import UsageMistake

LARGEST = 2**31 - 1
"""What a column of either database holds; nothing here is counted that far."""


class UnreadableText(UsageMistake):
    """{gia_tri} is no readable text; type it anew as UTF-8."""

    code = "unreadable_text"


class InvisibleSign(UsageMistake):
    """'{gia_tri}' holds the invisible character {so}; take it out."""

    code = "invisible_sign"


class NumberTooLarge(UsageMistake):
    """{gia_tri} is too large a number here; write a smaller one."""

    code = "number_too_large"


def composed(value: Any) -> Any:
    """What was typed as the house keeps it, within tuples and the lists and mappings of JSON too.

    Raises UnreadableText, InvisibleSign, NumberTooLarge.
    """
    if isinstance(value, int) and abs(value) > LARGEST:
        raise NumberTooLarge(gia_tri=value)
    if isinstance(value, str) and not (value.isascii() and value.isprintable()):
        return _composed_text(value)
    if isinstance(value, (list, tuple)):
        return type(value)(composed(part) for part in value)
    if isinstance(value, dict):
        return {composed(name): composed(part) for name, part in value.items()}
    return value


def _composed_text(text: str) -> str:
    # Most of what is typed is ASCII and needs no tables of signs, which take long to load.
    from workflow.model import signs

    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnreadableText(gia_tri=ascii(text)) from None
    words = signs.composed(text)
    if sign := signs.unreadable_sign(words):
        raise InvisibleSign(gia_tri=signs.shown(words), so=sign)
    return words


def whole(text: str) -> int | None:
    """The number that digits write, as `2026`; None of other words, and of more than a column holds."""
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))
    return int(text) if plain and int(text) <= LARGEST else None


class BadDate(UsageMistake):
    """'{gia_tri}' is no date; write 2026-03-31 or 31/03/2026."""

    code = "bad_date"


def typed_date(text: str) -> date:
    """Raises BadDate."""
    from workflow.rules.inputs import parse_date
    from workflow.rules.not_an_input import NotAnInput

    try:
        return parse_date(text)
    except NotAnInput as error:
        raise BadDate(gia_tri=text) from error
