"""Files that commands write: a device or a pipe is written to, and never replaced by a file."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commands.files import FileExists, Unwritable, write_bytes


def test_a_pipe_gets_the_bytes_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(pipe.read_bytes)
        write_bytes(pipe, b"x", overwrite=False)

        assert read.result() == b"x"
    assert pipe.is_fifo()


def test_a_file_is_replaced_when_it_may_be_and_a_folder_never(tmp_path: Path) -> None:
    file = tmp_path / "year.html"
    write_bytes(file, b"old", overwrite=False)

    with pytest.raises(FileExists):
        write_bytes(file, b"new", overwrite=False)
    write_bytes(file, b"new", overwrite=True)
    for folder in (tmp_path, Path("/"), Path()):
        with pytest.raises(Unwritable):
            write_bytes(folder, b"new", overwrite=True)

    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]
