"""Ranges of references as people type them: `T01..T06` is six tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from workflow.model.errors import UsageMistake
from workflow.model.facts import Key
from workflow.model.subjects import SUBJECTS

if TYPE_CHECKING:
    from runtime.acts.acting import Acting

RANGE = re.compile(
    r"(?P<place>(?:[a-z][a-z0-9_-]*/)?(?:\d{4}/)?)"
    r"(?P<letter>[A-Za-z])(?P<first>\d{1,6})\.\.(?:(?P=place))?(?:(?i:(?P=letter)))?(?P<last>\d{1,6})"
)
DOTS = ("..", "…")
LONGEST_RANGE = 10_000


class BadRange(UsageMistake):
    """'{gia_tri}' is no range; write two references of one year and letter, smaller first, like T01..T06."""

    code = "bad_range"


class NotInRange(UsageMistake):
    """There is no {danh_sach}; nothing was done. Shorten the range, or add --existing to tdkt advance."""

    code = "not_in_range"


def expand(refs: Sequence[str]) -> list[str]:
    """References with ranges written out: `T01..T06` is six tasks, `2026/T01..T06` those of that year, which
    may stand before the last one too. Order and first mention are kept. Raises BadRange."""
    return list(dict.fromkeys(one for ref in refs for one in written_out(ref) or [ref]))


def written_out(ref: str) -> list[str] | None:
    """The references of a range; None of a single one. Raises BadRange."""
    if not any(dots in ref for dots in DOTS):
        return None
    match = RANGE.fullmatch(ref)
    if match is None or SUBJECTS.of(match["letter"]) is None:
        raise BadRange(gia_tri=ref)
    first, last = int(match["first"]), int(match["last"])
    if not 0 <= last - first < LONGEST_RANGE:
        raise BadRange(gia_tri=ref)
    place, letter = match["place"], match["letter"].upper()
    return [f"{place}{letter}{number}" for number in range(first, last + 1)]


def standing(acting: Acting, refs: Sequence[str], *, existing: bool) -> list[str]:
    """References with ranges written out, cut to what exists where `existing` asks for that.

    Raises NotInRange, once with all that is missing, before anything is done; BadRange.
    """
    out: list[str] = []
    missing: list[Key] = []
    for ref in refs:
        ranged = written_out(ref)
        found = acting.keys(ranged) if ranged else {}
        missing += (key for key, version in found.items() if version is None)
        known = zip(ranged or (), found.values(), strict=True)
        out += [one for one, version in known if version is not None] if ranged else [ref]
    if missing and not (existing and out):
        raise NotInRange(danh_sach=", ".join(_in_ranges(acting, missing)))
    return list(dict.fromkeys(out))


def _in_ranges(acting: Acting, keys: Sequence[Key]) -> Iterator[str]:
    """Keys as people write them, those that follow each other as a range: `T19..T25`."""

    def run(numbered: tuple[int, Key]) -> tuple[object, ...]:
        at, key = numbered
        return key.year, key.ref[0], int(key.ref[1:]) - at

    for _run, members in groupby(enumerate(sorted(set(keys), key=_order)), key=run):
        first, *rest = (acting.ref(key) for _at, key in members)
        yield f"{first}..{rest[-1].rpartition('/')[2]}" if len(rest) > 1 else ", ".join((first, *rest))


def _order(key: Key) -> tuple[int, str, int]:
    return key.year, key.ref[0], int(key.ref[1:])
