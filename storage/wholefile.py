"""A database's file that appears under its name whole, or not at all.

It is made beside its place under a name of its own. What a killed command leaves of it is found by
`tdkt doctor`, and is in nobody's way.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

ENDINGS = ("", ".lock", "-journal", "-wal", "-shm")
"""Endings of the files that SQLite and the lock keep of one database."""


@contextmanager
def temporary_file(folder: Path, name: str) -> Iterator[Path]:
    """A new file that only its owner may read; it is deleted at the end unless it was renamed."""
    path = folder / f".{name}.{uuid4().hex[:12]}.part"
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield path
    finally:
        for ending in ENDINGS:
            with suppress(FileNotFoundError):
                path.with_name(path.name + ending).unlink()


@contextmanager
def folders_of(path: Path) -> Iterator[None]:
    """Makes the folders above the path that are missing; those are gone again where the block fails."""
    missing = [folder for folder in path.absolute().parents if not folder.exists()]
    try:
        path.absolute().parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):  # another command has put something there meanwhile
                folder.rmdir()
        raise


def give_name(file: Path, target: Path) -> None:
    """Renames the file, once its bytes are on the disk: a power cut leaves no half file under the name."""
    sync(file)
    file.replace(target)
    with suppress(OSError):  # some systems cannot sync a folder; then the name may be lost, not the bytes
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def sync(file: Path) -> None:
    """Waits until the file's bytes are on the disk."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())
