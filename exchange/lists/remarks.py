"""What was found in a sender's file, as it is written back into it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from exchange.sheets.workbook import Area

Say = Callable[..., str]
"""The catalogue's words by key, in Vietnamese: the sender reads them."""
Severity = Literal["error", "warning", "info"]

COLOURS: Mapping[Severity, str] = MappingProxyType(
    {"error": "FFF8B4B0", "warning": "FFFFE59E", "info": "FFDCEAF9"}
)
"""The weightiest first. No program offers just these, so they are known again in a file that comes back."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing found. `cell` is like B12 or D11:D13, None where it is about the whole sheet; `sheet` is the
    name under which it was read, None where it is about the whole file. `text` is Vietnamese."""

    severity: Severity
    code: str
    text: str
    sheet: str | None = None
    cell: str | None = None

    @property
    def weight(self) -> int:
        """0 of the weightiest."""
        return list(COLOURS).index(self.severity)

    @property
    def area(self) -> Area | None:
        from openpyxl.utils import range_boundaries

        if self.cell is None:
            return None
        left, top, right, bottom = range_boundaries(self.cell)
        return Area(top, left, bottom, right)
