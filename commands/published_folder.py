"""A folder of pages for a web server, kept by a manifest of what `tdkt publish` wrote there.

Each file is written whole, the index last, and what is no longer due is removed then. The manifest names all
files of both editions before the first is written: whatever is left of a run that was killed, the next takes
away. What others put there is never touched.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from commands.files import NoRoom, Unwritable, write_bytes, write_text
from workflow.model.causes import cause_of
from workflow.model.errors import TdktError

MANIFEST = "manifest.json"
SHOWN = 5
"""Files in the way that are told by name."""
_UNFINISHED = re.compile(r"\.(?P<name>.+)\.\d+")
"""What a command that was killed leaves of a file (`commands.files`)."""


class FolderInUse(TdktError):
    """{tep} holds files that tdkt publish did not write: {danh_sach}. Name an empty folder, for these pages
    alone."""

    code = "folder_in_use"


class OtherPages(TdktError):
    """{tep} holds the pages of another office, or its manifest.json was changed. Name another folder, or
    empty this one."""

    code = "other_pages"


class Kept(NamedTuple):
    """What became of the folder's files, by name; `foreign` are others' files, which stay as they are."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    foreign: tuple[str, ...]


def keep(folder: Path, owner: Mapping[str, Any], files: Mapping[str, bytes]) -> Kept:
    """Brings the folder to these files, written in their order. `owner` says whose pages they are.

    Raises FolderInUse, OtherPages, Unwritable.
    """
    try:
        there = {path.name: path for path in folder.iterdir()} if folder.exists() else {}
        before = _written_before(folder, owner) if MANIFEST in there else frozenset()
        ours = {MANIFEST, *before, *(files if MANIFEST in there else ())}
        half = {name for name in there if (found := _UNFINISHED.fullmatch(name)) and found["name"] in ours}
        foreign = sorted({*there} - {MANIFEST, *before} - half)
        in_the_way = [name for name in foreign if name in files or MANIFEST not in there]
        in_the_way += [name for name in ours & {*there} if not _is_file(there[name])]
        if in_the_way:
            more = ", …" * (len(in_the_way) > SHOWN)
            raise FolderInUse(tep=folder, danh_sach=", ".join(sorted(in_the_way)[:SHOWN]) + more)
        _write_manifest(folder, owner, before | {*files})
        written = [name for name, content in files.items() if not _holds(folder / name, content)]
        for name in written:
            write_bytes(folder / name, files[name], overwrite=True)
        removed = sorted((before - {*files}) & {*there})
        for name in (*removed, *half):
            there[name].unlink(missing_ok=True)
        _write_manifest(folder, owner, {*files})
    except NoRoom as error:  # of some files nothing was changed, of others all
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise Unwritable(tep=folder, ly_do=cause_of(full)) from error
    except OSError as error:
        raise Unwritable(tep=folder, ly_do=cause_of(error)) from error
    unchanged = sorted({*files} - {*written})
    return Kept(tuple(written), tuple(unchanged), tuple(removed), tuple(foreign))


def _is_file(path: Path) -> bool:
    """A link may lead out of the folder."""
    return path.is_file() and not path.is_symlink()


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _written_before(folder: Path, owner: Mapping[str, Any]) -> frozenset[str]:
    """The names that the manifest has. Raises OtherPages."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        names = frozenset(told.pop("files"))
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise OtherPages(tep=folder) from error
    if told != dict(owner):
        raise OtherPages(tep=folder)
    return names


def _write_manifest(folder: Path, owner: Mapping[str, Any], names: Collection[str]) -> None:
    text = json.dumps({**owner, "files": sorted(names)}, ensure_ascii=False, indent=2) + "\n"
    if not _holds(folder / MANIFEST, text.encode()):
        write_text(folder / MANIFEST, text, overwrite=True)
