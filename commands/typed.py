"""Dates and quarters as people type them."""

from __future__ import annotations

from datetime import date

import click

from workflow.model.errors import UsageMistake
from workflow.model.naming import QUARTERS, called


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


class Quarter(click.Choice[str]):
    """A quarter however people write it: `II`, `2`, `Q2`, `Quý II`."""

    def __init__(self) -> None:
        super().__init__([quarter.id for quarter in QUARTERS])

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        found = called(value, QUARTERS)
        return found if isinstance(found, str) else super().convert(value, param, ctx)


QUARTER = Quarter()
