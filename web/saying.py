"""What is said on the page that follows an act; a cookie brings it there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import cast
from urllib.parse import quote, unquote

from runtime.views.answers import Answer

SAID_LIMIT = 3000
"""Bytes of what is said: of a cookie browsers keep 4096."""


def said_of(answer: Answer) -> Sequence[str]:
    """What was done, what is remarkable of it, and how it is taken back; a line each."""
    lines = (answer.head, answer.into, *answer.warnings, *answer.confirmed, answer.undone)
    return tuple(line for line in lines if line)


def packed(said: Sequence[str]) -> str:
    """The lines as the cookie holds them: of more the last are left out, and a long one is cut."""
    kept: list[str] = []
    for line in said:
        if len(_quoted([*kept, line])) > SAID_LIMIT:
            # A letter takes twelve bytes at most: four of UTF-8, each with its percent sign.
            return _quoted(kept or [f"{line[: SAID_LIMIT // 12 - 2]}…"])
        kept.append(line)
    return _quoted(kept)


def _quoted(lines: Sequence[str]) -> str:
    return quote(json.dumps(lines, ensure_ascii=False))


def unpacked(cookie: str | None) -> Sequence[str]:
    """The lines of the cookie; of one that is no such cookie none."""
    with suppress(ValueError):
        found = json.loads(unquote(cookie or ""))
        if isinstance(found, list):
            return tuple(str(line) for line in cast("Iterable[object]", found))
    return ()
