"""The folder of papers' files: each whole under its digest, or not there."""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from storage.errors import DatabaseReadOnly
from storage.paper_files import (
    PaperFileChanged,
    PaperFileMissing,
    PaperFiles,
    PaperFileUnreadable,
)

PAPER = b"%PDF-1.4 a paper"
DIGEST = sha256(PAPER).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> PaperFiles:
    return PaperFiles(tmp_path / "tdkt.db.files")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_kept_under_its_digest_for_its_owner_alone(files: PaperFiles) -> None:
    assert files.keep(PAPER) == DIGEST

    assert sorted(path.name for path in files.folder.iterdir()) == [DIGEST]
    assert (mode(files.folder), mode(files.folder / DIGEST)) == (0o700, 0o600)
    assert (files.read(DIGEST), files.size(DIGEST)) == (PAPER, len(PAPER))


def test_the_same_bytes_are_kept_once_and_look_new_again(files: PaperFiles) -> None:
    files.keep(PAPER)
    os.utime(files.folder / DIGEST, (1, 1))

    files.keep(PAPER)

    (kept,) = files.kept()
    assert (kept.digest, kept.size, kept.written > 1) == (DIGEST, len(PAPER), True)


def test_a_damaged_file_is_mended_by_attaching_it_again(files: PaperFiles) -> None:
    files.keep(PAPER)
    (files.folder / DIGEST).write_bytes(PAPER[:-1])

    assert files.keep(PAPER) == DIGEST
    assert files.read(DIGEST) == PAPER


def test_what_is_wrong_with_a_file_is_told(files: PaperFiles) -> None:
    missing = files.fault(DIGEST)
    files.keep(PAPER)
    right = files.fault(DIGEST)
    (files.folder / DIGEST).write_bytes(b"another")
    changed = files.fault(DIGEST)
    (files.folder / DIGEST).unlink()
    (files.folder / DIGEST).mkdir()
    unread = files.fault(DIGEST)

    told = [type(each) for each in (missing, right, changed, unread)]
    assert told == [PaperFileMissing, type(None), PaperFileChanged, PaperFileUnreadable]
    with pytest.raises(PaperFileUnreadable):
        files.read(DIGEST)


def test_only_what_is_named_as_a_digest_is_one_of_the_files(files: PaperFiles) -> None:
    files.keep(PAPER)
    (files.folder / f".{DIGEST}.0123456789ab.part").write_bytes(PAPER[:4])
    (files.folder / "Ghi chú.txt").write_text("x")

    assert [each.digest for each in files.kept()] == [DIGEST]


def test_a_file_that_nothing_points_to_may_go_and_may_be_gone(files: PaperFiles) -> None:
    files.keep(PAPER)

    files.drop(DIGEST)
    files.drop(DIGEST)

    assert [*files.kept()] == []


def test_a_place_that_cannot_be_written_is_told(files: PaperFiles) -> None:
    files.folder.write_text("a file where the folder should be")

    with pytest.raises(DatabaseReadOnly):
        files.keep(PAPER)


def test_files_are_copied_to_another_folder_with_their_digests_held(
    files: PaperFiles, tmp_path: Path
) -> None:
    other = PaperFiles(tmp_path / "copy.files")
    files.keep(PAPER)

    files.copy_to(other, DIGEST)
    (files.folder / DIGEST).write_bytes(b"another")
    files.copy_to(other, DIGEST)

    assert other.read(DIGEST) == PAPER
    with pytest.raises(PaperFileChanged):
        files.copy_to(PaperFiles(tmp_path / "third.files"), DIGEST)
