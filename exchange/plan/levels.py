"""Which row stands above which, told by the label in its number column; only the lowest rows are tasks.

`1` stands above `1.1` and above `a)`, `I` above `1` and `I.1`, `WP1` above `T1.1`, a number above the bullets
below it. What a label means alone is not asked: only which of two rows that follow each other is the deeper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from exchange.plan.document import AUTOMATIC
from exchange.plan.problems import Problems
from exchange.plan.task_row import BODIES, DUTIES, TIMES, TaskRow, quoted
from workflow.model.body_tokens import BULLETS

ROMAN = r"[IVX]{1,6}"
PART = rf"(?:\d{{1,4}}|{ROMAN}|[A-Za-zĐđ])"
LABEL = re.compile(
    rf"[(\[]?\s*(?:(?P<code>[^\W\d_]{{1,10}}(?:\s[^\W\d_]{{1,10}})?)[\s.]?(?=\d))?"
    rf"(?P<path>{PART}(?:\s*[.\-–/]\s*{PART})*)\s*[.):\]/-]*"
)
GROUP = re.compile(rf"\(?(?:{ROMAN}|[A-H])\s*[.):/-]?")
CONTENT_LABEL = re.compile(
    rf"(?P<label>\d{{1,2}}(?:\.\d{{1,2}})+[.)]?|\d{{1,2}}[.)/]|{ROMAN}(?:\.\d{{1,2}})*[.)/]|[A-H][.)/]|[a-zđ]\))"
    r"\s*(?=[^\W\d_])"
)

LETTER, ROMAN_NUMBER, CODE, NUMBER, SMALL, BULLET = range(6)
"""Sorts of labels, the highest first: `A`, `I`, `WP1`, `1`, `a)`, `-`."""


@dataclass(frozen=True, slots=True)
class Level:
    """How deep a label stands: its sort, its parts, and for codes the order of their letters."""

    sort: int
    order: int
    path: tuple[str, ...]

    def heads(self, other: Level, *, bare: bool = True) -> bool:
        """Whether a row of this level stands above the `other`, which comes right after it.

        `bare`: it has a title only; then codes in other letters (`WP1`, `T1`) are the deeper too.
        """
        if self.path and len(other.path) > len(self.path) and other.path[: len(self.path)] == self.path:
            return True
        return other.sort > self.sort or (bare and other.sort == self.sort and other.order > self.order)


def is_label(text: str) -> bool:
    """Whether a number column may hold the text: `1.2`, `IV`, `a)`, `WP1`, but not `Tháng 3`."""
    match = LABEL.fullmatch(text)
    return match is not None and (not match["code"] or match["code"].isupper())


def tasks_of(rows: Sequence[TaskRow], problems: Problems) -> Iterator[TaskRow]:
    """The rows with none below them: the others are headings, and are told.

    What a heading says of bodies and time holds for the rows below it that say nothing, with a warning each.
    """
    above: list[tuple[Level, TaskRow]] = []
    headings = 0
    rows = list(_without_details(rows))
    levels = _levels(rows)
    for at, (row, level) in enumerate(zip(rows, levels, strict=True)):
        while above and not (level and row.stretch == above[-1][1].stretch and above[-1][0].heads(level)):
            above.pop()
        for _, heading in reversed(above):
            _inherit(row, heading, problems)
        below = levels[at + 1] if at + 1 < len(rows) and rows[at + 1].stretch == row.stretch else None
        bare = not row.says(*DUTIES)
        heads = level is not None and below is not None and level.heads(below, bare=bare)
        heads = heads or (below is not None and _is_bare_title(row, rows[at + 1]))
        if level and heads:
            above.append((level, row))
        if heads and not (_is_whole(row) and not rows[at + 1].label):
            key = "heading_unread" if bare else "heading_shared"
            duties = "; ".join(filter(None, map(row.cell, DUTIES)))
            title = quoted(f"{row.label} {row.cell('content')}")
            problems.warn(row.line, key, text=title, duties=quoted(duties))
            headings += 1
        else:
            row.stretch += headings
            yield row


def _is_bare_title(row: TaskRow, below: TaskRow) -> bool:
    """Whether a row without number, bodies and date stands above one that has some: else it has no date."""
    return not row.label and row.quarter is None and not row.says(*DUTIES) and below.says(*DUTIES)


def _is_whole(row: TaskRow) -> bool:
    """Whether a row says who and when: what follows it without a number is another task beside it."""
    return row.says(*BODIES) and row.says("time")


def _without_details(rows: Sequence[TaskRow]) -> Iterator[TaskRow]:
    """The rows, with the bullets below one joined to its content where none of them says who or when."""
    blocks: list[list[TaskRow]] = []
    for row in rows:
        head = blocks[-1][0] if blocks else None
        if head and _is_bullet(row) and not _is_bullet(head) and row.stretch == head.stretch:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    for row, *bullets in blocks:
        if any(bullet.says(*DUTIES) for bullet in bullets):
            yield from (row, *bullets)
            continue
        for bullet in bullets:
            row.join("content", "\n", bullet.cell("content"))
            row.lines.extend(bullet.lines)
        yield row


def _is_bullet(row: TaskRow) -> bool:
    return row.label != "" and row.label[0] in BULLETS


def _inherit(row: TaskRow, heading: TaskRow, problems: Problems) -> None:
    """A row that names helpers alone takes the heading's lead only."""
    taken = BODIES if not row.says(*BODIES) else ("lead",) if not row.says("bodies") else ()
    for roles, key in ((taken, "bodies_inherited"), (TIMES, "time_inherited")):
        if not row.says(*roles) and heading.says(*roles):
            row.pieces.update({role: [heading.cell(role)] for role in roles if heading.cell(role)})
            problems.warn(row.line, key, heading=quoted(heading.cell("content")))


def _levels(rows: Sequence[TaskRow]) -> list[Level | None]:
    codes: dict[str, int] = {}
    return [_level(row.label, codes) for row in rows]


def _level(label: str, codes: dict[str, int]) -> Level | None:
    if not label or label == AUTOMATIC or label[0] in BULLETS:
        return Level(BULLET, 0 if not label else 2 if label[0] == "+" else 1, ())
    match = LABEL.fullmatch(label)
    if match is None:
        return None
    path = tuple(part.lstrip("0") or "0" for part in re.split(r"[\s.\-–/]+", match["path"]))
    if match["code"]:
        code = match["code"].casefold()
        return Level(CODE, codes.setdefault(code, len(codes)), path)
    return Level(_sort(path[0]), 0, path)


def _sort(part: str) -> int:
    if part.isdecimal():
        return NUMBER
    if re.fullmatch(ROMAN, part):
        return ROMAN_NUMBER
    return LETTER if part.isupper() else SMALL
