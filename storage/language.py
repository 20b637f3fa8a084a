"""The language that an office stored, for whoever must speak before the office is opened.

Reads one column of an SQLite file; another database is not asked, since a help page waits for no server.
"""

from __future__ import annotations

import os
from contextlib import closing

PATIENCE = 0.1
"""Seconds; whoever is locked out speaks the environment's language."""


def stored_language(file: str, office: str | None) -> str | None:
    """What the office stored, without a name what all of the file agree on; None where it cannot be read."""
    import sqlite3

    if not os.path.exists(file):
        return None
    try:
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as connection:
            rows = connection.execute("SELECT office, language FROM office").fetchall()
    except sqlite3.Error:
        return None
    found = {language for name, language in rows if office in (None, name)}
    return found.pop() if len(found) == 1 else None
