"""The files of dossiers' papers: in a folder beside the database, each under the SHA-256 of its bytes.

A file is whole under its name before any item points to it, and no item's file is changed or deleted: what a
killed command leaves is a file that nothing points to, which harms nobody and `tdkt doctor` tells.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from storage.errors import unwritable
from storage.wholefile import give_name, sync, temporary_file
from workflow.model.attachments import DIGEST
from workflow.model.causes import cause_of
from workflow.model.errors import UNUSABLE, TdktError

FOLDER_MODE = 0o700
ENDING = ".files"
"""What the folder beside an SQLite file is called after it: `tdkt.db.files`."""
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


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is written whole beside its place: who decides that it belongs there gives it its name."""

    digest: str
    size: int
    path: Path
    files: PaperFiles

    def take_name(self) -> None:
        """Over a file of that name: that has the same bytes, or was damaged. A second time it does nothing.
        Raises DatabaseUnusable."""
        with self.files.translated():
            if self.path.exists():
                give_name(self.path, self.files.folder / self.digest)


class PaperFiles:
    """The files of one database, in `folder`, which is made when the first one is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def written(self, content: bytes) -> Iterator[NewFile]:
        """The bytes in a file without their name yet; unless it is given that, it is gone at the end. Raises
        DatabaseUnusable."""
        digest = sha256(content).hexdigest()
        with ExitStack() as made:
            with self.translated():
                self._make_folder()
                path = made.enter_context(temporary_file(self.folder, digest))
                path.write_bytes(content)
                sync(path)
            yield NewFile(digest, len(content), path, self)

    def keep(self, content: bytes) -> str:
        """Writes the bytes whole and answers with their digest. Raises DatabaseUnusable."""
        with self.written(content) as new:
            new.take_name()
            return new.digest

    @contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise unwritable(error, where=str(self.folder)) from error

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

    def size(self, digest: str) -> int | None:
        """The file's size; None where there is none. Whether its bytes are right is not looked at."""
        try:
            return (self.folder / digest).stat().st_size
        except OSError:
            return None

    def kept(self) -> Iterator[KeptFile]:
        """Every file of the folder that is named as a digest, in the order of their names."""
        if not self.folder.is_dir():
            return
        with os.scandir(self.folder) as entries:
            found = sorted(entry.name for entry in entries if DIGEST.fullmatch(entry.name))
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


def files_of(database: Path | None, named: str | None) -> PaperFiles | None:
    """The files of an SQLite file's papers, wherever a link to it lies, or of a server's those in the folder
    that is `named`; None where none is."""
    if database is not None:
        own = database.resolve()
        return PaperFiles(own.with_name(own.name + ENDING))
    return PaperFiles(Path(named)) if named else None
