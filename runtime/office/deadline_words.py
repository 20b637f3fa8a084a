"""The headings of the page *ấn định thời hạn*, by which it is written and its columns are found again."""

from __future__ import annotations

from exchange.sheets.deadline_sheet import WIDTHS, Field
from runtime.office.words import Words


def sheet_headings(words: Words) -> dict[Field, str]:
    """`words` speak Vietnamese."""
    return {name: words(f"sheet.heading.{name}") for name in WIDTHS}
