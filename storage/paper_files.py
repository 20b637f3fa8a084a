"""The files of dossiers' papers: in a folder beside the database, each under the SHA-256 of its bytes.

A file is whole under its name before any item points to it, and no item's file is changed or deleted: what a
killed command leaves is a file that nothing points to, which harms nobody and `tdkt doctor` tells.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from storage.errors import unwritable
from storage.wholefile import give_name, temporary_file
from workflow.model.causes import cause_of
from workflow.model.errors import UNUSABLE, TdktError

FOLDER_MODE = 0o700
ENDING = ".files"
"""What the folder beside an SQLite file is called after it: `tdkt.db.files`."""
_DIGEST = re.compile("[0-9a-f]{64}")
_PIECE = 1 << 20


class PaperFileMissing(TdktError):
    """The file {tep} is not in {noi}; put it back from a backup, and see tdkt doctor."""

    code = "paper_file_missing"
    exit_code = UNUSABLE


class PaperFileChanged(TdktError):
    """The file {tep} in {noi} is not what was attached; put it back from a backup, and see tdkt doctor."""

    code = "paper_file_changed"
    exit_code = UNUSABLE


class PaperFileUnreadable(TdktError):
    """The file {tep} in {noi} cannot be read: {ly_do}. Give back the right to read it, then repeat."""

    code = "paper_file_unreadable"
    exit_code = UNUSABLE


class KeptFile(NamedTuple):
    """A file of the folder; `written` is when, in seconds since the epoch."""

    digest: str
    size: int
    written: float


class PaperFiles:
    """The files of one database, in `folder`, which is made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Writes the bytes whole and answers with their digest; what is there already is left as it is, and
        looks new, so that nobody clears it away before an item points to it. Raises DatabaseUnusable."""
        digest = sha256(content).hexdigest()
        place = self.folder / digest
        try:
            self._make_folder()
            if self.fault(digest) is None:
                os.utime(place)
                return digest
            with temporary_file(self.folder, digest) as made:
                made.write_bytes(content)
                give_name(made, place)
        except OSError as error:
            raise unwritable(error, where=str(self.folder)) from error
        return digest

    def _make_folder(self) -> None:
        if self.folder.is_dir():
            return
        self.folder.mkdir(mode=FOLDER_MODE)
        with suppress(OSError):  # some systems cannot sync a folder
            above = os.open(self.folder.parent, os.O_RDONLY)
            try:
                os.fsync(above)
            finally:
                os.close(above)

    def read(self, digest: str) -> bytes:
        """The bytes, held against their digest. Raises PaperFileMissing, -Changed, -Unreadable."""
        try:
            content = (self.folder / digest).read_bytes()
        except OSError as error:
            raise self._unread(digest, error) from error
        if sha256(content).hexdigest() != digest:
            raise PaperFileChanged(tep=digest, noi=self.folder)
        return content

    def fault(self, digest: str) -> TdktError | None:
        """What is wrong with the file; None where it is what was attached. Reads it piece by piece."""
        found = sha256()
        try:
            with (self.folder / digest).open("rb") as kept:
                while piece := kept.read(_PIECE):
                    found.update(piece)
        except OSError as error:
            return self._unread(digest, error)
        same = found.hexdigest() == digest
        return None if same else PaperFileChanged(tep=digest, noi=self.folder)

    def _unread(self, digest: str, error: OSError) -> TdktError:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return PaperFileMissing(tep=digest, noi=self.folder)
        return PaperFileUnreadable(tep=digest, noi=self.folder, ly_do=cause_of(error))

    def has(self, digest: str, size: int) -> bool:
        """Whether the file is there with its size; whether its bytes are right is not looked at."""
        try:
            return (self.folder / digest).stat().st_size == size
        except OSError:
            return False

    def kept(self) -> Iterator[KeptFile]:
        """Every file of the folder that is named as a digest, in the order of their names."""
        if not self.folder.is_dir():
            return
        with os.scandir(self.folder) as entries:
            found = sorted(entry.name for entry in entries if _DIGEST.fullmatch(entry.name))
        for name in found:
            with suppress(FileNotFoundError):  # cleared away meanwhile
                state = (self.folder / name).stat()
                yield KeptFile(name, state.st_size, state.st_mtime)

    def drop(self, digest: str) -> None:
        """Deletes a file that nothing points to any more."""
        with suppress(FileNotFoundError):
            (self.folder / digest).unlink()

    def copy_to(self, other: PaperFiles, digest: str) -> None:
        """Copies a file, held against its digest; one that is there and right stays."""
        if other.fault(digest) is not None:
            other.keep(self.read(digest))
