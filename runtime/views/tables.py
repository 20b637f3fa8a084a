"""A table on a page, in words."""

from __future__ import annotations

from typing import NamedTuple


class ListBelow(NamedTuple):
    """A table that only one subject's items have, under a heading where it has one; a page shows none without
    rows. `below` is what stands under each row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    heading: str = ""
    below: tuple[str, ...] = ()
