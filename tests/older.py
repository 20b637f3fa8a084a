"""Definitions as offices have stored them that earlier versions founded."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

STORAGE = Path(__file__).with_name("storage")


@cache
def stored_source(kind: str, name: str, revision: str = "0006") -> str:
    """The newest text of a definition in the office that has that schema."""
    dump = gzip.decompress((STORAGE / f"office_{revision}.sql.gz").read_bytes()).decode()
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.executescript(dump)
        asked = "SELECT source FROM definition WHERE kind = ? AND name = ? ORDER BY version DESC"
        return str(plain.execute(asked, (kind, name)).fetchone()[0])
