"""A folder that the program keeps for its owner alone, beside an office's database, each file whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import unwritable
from storage.filelock import locked
from storage.wholefile import give_name, temporary_file

PATIENCE = 30.0
"""Seconds to wait for another program that changes the folder."""


@contextmanager
def private_folder(folder: Path, *, patience: float = PATIENCE) -> Iterator[None]:
    """Within the block nobody else who asks here changes the folder; it is made where it is not there.

    Raises Locked, DatabaseReadOnly, DiskFull.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        with locked(folder / "folder", timeout=patience):
            yield
    except OSError as error:
        raise unwritable(error, where=str(folder)) from error


def keep_whole(file: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Writes the file, which appears whole or not at all and is at no time readable beyond its mode."""
    with temporary_file(file.parent, file.name) as made:
        made.write_bytes(content)
        made.chmod(mode)
        give_name(made, file)
