"""Dates as people type them."""

from __future__ import annotations

from datetime import date

from workflow.model.errors import UsageMistake


class BadDate(UsageMistake):
    """'{gia_tri}' is no date; write 2026-03-31 or 31/03/2026."""

    code = "bad_date"


def typed_date(text: str) -> date:
    """Raises BadDate."""
    from workflow.rules.inputs import NotAnInput, parse_date

    try:
        return parse_date(text)
    except NotAnInput as error:
        raise BadDate(gia_tri=text) from error
