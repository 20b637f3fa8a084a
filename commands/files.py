"""Files that commands write for people, never half-written or over another unasked, and tables they read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from workflow.model.causes import cause_of
from workflow.model.errors import UNUSABLE, TdktError


class FileExists(TdktError):
    """{tep} exists already. Choose another name, or add --yes to overwrite it."""

    code = "file_exists"


class Unwritable(TdktError):
    """{tep} cannot be written: {ly_do}. Choose another place, then repeat."""

    code = "unwritable_file"


class NoRoom(TdktError):
    """The disk of {noi} is full; nothing was changed. Free some space, then repeat."""

    code = "disk_full"
    exit_code = UNUSABLE


class Unreadable(TdktError):
    """{tep} cannot be read: {ly_do}. Check its permissions and format, then repeat."""

    code = "unreadable_file"


class NotTheWorkbook(TdktError):
    """{tep}: {ly_do}"""

    code = "not_a_workbook"


def table_file(name: str) -> bytes:
    """What a workbook or a text with a table holds; of one that is too large no more than shows it.

    Raises Unreadable.
    """
    from exchange.sheets.looks import MEGABYTE
    from exchange.sheets.reading import LIMIT

    try:
        with Path(name).open("rb") as opened:
            return opened.read(LIMIT * MEGABYTE + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(tep=name, ly_do=cause_of(error)) from error


def write_text(file: Path, text: str, *, overwrite: bool) -> None:
    """Writes UTF-8 as `write_bytes` does; line ends stay as they are."""
    write_bytes(file, text.encode(), overwrite=overwrite)


def write_bytes(file: Path, content: bytes, *, overwrite: bool) -> None:
    """Writes whole or not at all; folders that lack are made.

    Raises FileExists, Unwritable, NoRoom.
    """
    if not file.name:
        raise Unwritable(tep=file, ly_do=cause_of(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))))
    try:
        # A device or a pipe is written to: a file put in its place would be in everybody's way.
        if file.exists() and not (file.is_file() or file.is_dir()):
            file.write_bytes(content)
            return
    except OSError as error:
        raise Unwritable(tep=file, ly_do=cause_of(error)) from error
    if not overwrite and file.is_file():
        raise FileExists(tep=file)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("xb") as made:
            made.write(content)
            made.flush()
            os.fsync(made.fileno())
        beside.replace(file)
    except OSError as error:
        _drop(beside)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom(noi=file) from error
        raise Unwritable(tep=file, ly_do=cause_of(error)) from error


def _drop(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:  # its folder is not writable, so it was never made
        return
