"""The row of one task while it is put together, and how its text is quoted in messages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from exchange.plan.columns import Columns
from exchange.plan.dates import Heading
from exchange.plan.document import one_line

BODIES = ("bodies", "lead", "cooperating")
TIMES = ("time", "other_time", "start")
DUTIES = (*BODIES, *TIMES)
ROLES_READ = ("number", "content", *DUTIES, "quarter", "note")
INTEGER = re.compile(r"[(\[]?\s*0*(\d{1,4})\s*[.)\]:/-]?")
QUOTED = 120


@dataclass(slots=True)
class TaskRow:
    """The row of one task. It grows while the lines that belong to it are joined.

    `label` is the text of its number column. `pieces` are by role the texts of a cell, each but the first
    with the space or line feed that joins it. Rows of one `stretch` have no heading between them, rows of
    one `page` no header.
    """

    label: str
    pieces: dict[str, list[str]]
    columns: Columns
    quarter: Heading | None
    stretch: int
    page: int
    lines: list[int] = field(default_factory=list)
    last_role: str = "content"

    def cell(self, role: str) -> str:
        return "".join(self.pieces.get(role, ())).strip()

    def says(self, *roles: str) -> bool:
        """Whether a cell of one of `roles` has text."""
        return any(self.cell(role) for role in roles)

    def join(self, role: str, link: str, text: str) -> None:
        self.pieces.setdefault(role, []).append(f"{link}{text.strip()}")
        self.last_role = role

    @property
    def line(self) -> int:
        return self.lines[0]

    @property
    def number(self) -> int | None:
        match = INTEGER.fullmatch(self.label)
        return int(match[1]) if match else None


def quoted(text: str) -> str:
    """The text in one line, for a message; cut after 120 letters."""
    line = one_line(text)
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1].rstrip()}…"
