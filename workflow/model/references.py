"""References to items as people type and read them: what one says, which year it means, how one is printed.

The one rule for looking and for acting. Light: every look at an item loads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workflow.model.errors import UsageMistake
from workflow.model.subjects import SUBJECTS, Subjects

REFERENCE = (
    r"(?:(?P<office>[a-z][a-z0-9_-]*)/)?(?:(?P<year>\d{4})/)?"
    r"(?P<ref>[A-Za-z](?:\d{1,6}|[A-Za-z]{2}))(?:/(?P<no>[1-9]\d{0,5}))?"
)
"""Compiled where something is referred to: a list reads no reference."""


class BadReference(UsageMistake):
    """'{ref}' is no reference; write T07, D0042, D0042/3 or diem-he/2026/T07."""

    code = "bad_ref"


class NotAnItem(UsageMistake):
    """'{ref}' is one nominee; this is for the whole dossier: write it without the number after the stroke."""

    code = "not_an_item"


class SeveralYears(UsageMistake):
    """{ref} is open in several years; write one of them with its year: {danh_sach}."""

    code = "several_years"


class Reference(NamedTuple):
    """What was typed: `diem-he/2026/D0042/3` has all four parts."""

    office: str | None
    year: int | None
    ref: str
    line: int | None

    @property
    def item(self) -> str:
        """The item's reference as it was typed, without the line."""
        return "/".join(str(part) for part in (self.office, self.year, self.ref) if part is not None)


def reference(text: str, subjects: Subjects = SUBJECTS) -> Reference:
    """A reference as typed; `t7` is `T07`, `nkh` is `NKH`. Raises BadReference."""
    match = re.fullmatch(REFERENCE, text.strip())
    subject = subjects.of(match["ref"]) if match else None
    if match is None or subject is None or (match["no"] and not subject.lines):
        raise BadReference(ref=text)
    year, line, number = match["year"], match["no"], match["ref"][1:]
    ref = subject.ref(int(number)) if number.isdecimal() else subjects.standing(match["ref"])
    if ref is None:
        raise BadReference(ref=text)
    return Reference(match["office"], int(year) if year else None, ref, int(line) if line else None)


def years_meant(open_in: Mapping[int, bool]) -> Sequence[int]:
    """The years that a reference without a year may mean, the newest first.

    They are those of the open items; where none is open, the newest that has one. `open_in` says of each year
    that has an item of that reference whether it is open.
    """
    newest_first = sorted(open_in, reverse=True)
    return [year for year in newest_first if open_in[year]] or newest_first[:1]


def printed(ref: str, year: int, *, newest: int) -> str:
    """The reference as people read it: with its year where that is not the newest plan's, `2026/T17`."""
    return ref if year == newest else f"{year}/{ref}"


def in_ranges(refs: Sequence[str]) -> list[str]:
    """References in their order as people type many of them: three or more that follow each other as one
    range, `D0004..D0007`."""
    runs: list[list[str]] = []
    for ref in refs:
        if runs and ref == _next(runs[-1][-1]):
            runs[-1].append(ref)
        else:
            runs.append([ref])
    said = ([f"{run[0]}..{run[-1]}"] if len(run) > 2 else run for run in runs)
    return [part for parts in said for part in parts]


def _next(ref: str) -> str:
    """The reference after this one, in the same year: `2025/D0009` is followed by `2025/D0010`."""
    match = re.fullmatch(r"(.*[A-Z])(\d+)", ref)
    return f"{match[1]}{int(match[2]) + 1:0{len(match[2])}}" if match else ""


def in_years(ref: str, years: Sequence[int]) -> str:
    """One reference in several years, in order: `2026/D0002, 2027/D0002`."""
    return ", ".join(f"{year}/{ref}" for year in sorted(years))
