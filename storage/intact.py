"""Whether a stored definition is still as it was written: a bit that flips on the disk makes no other rule.

The checksum finds damage alone; who changes a definition on purpose is found by the log.
"""

# Looking asks this at every start: nothing heavy is loaded here.

import zlib

from workflow.model.errors import UNUSABLE, TdktError


class DefinitionDamaged(TdktError):
    """The stored definition {ten} is damaged. Restore the database from a backup, then run `tdkt doctor`."""

    code = "definition_damaged"
    exit_code = UNUSABLE


def checksum(compiled: str) -> str:
    """Eight hex digits of a definition's compiled text."""
    return f"{zlib.crc32(compiled.encode(errors='surrogateescape')):08x}"


def intact(kind: str, name: str, version: int, compiled: str, kept: str | None) -> str:
    """The compiled text, held against the checksum that was `kept` with it; None of what is older.

    Raises DefinitionDamaged.
    """
    if kept is not None and checksum(compiled) != kept:
        raise DefinitionDamaged(ten=f"{kind}/{name}/{version}")
    return compiled
