"""Standard output and error as commands write them: nothing that a terminal would obey gets through.

The one border for what comes from elsewhere than a command line: an older database, a server's answer, the
name of a file.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from workflow.model.signs import shown

STYLE = re.compile(r"(\x1b\[[0-9;]*m|\r\n)")
"""What we write ourselves: bold and colours on a terminal, the line ends of a calendar file."""


@contextmanager
def guarded() -> Iterator[None]:
    """Standard output and error write text as it may be shown, as long as the block lasts."""
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = cast(TextIO, _Guarded(out)), cast(TextIO, _Guarded(err))
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def unguarded(stream: TextIO) -> TextIO:
    """The stream itself, for a progress bar, which moves the cursor."""
    return stream.stream if isinstance(stream, _Guarded) else stream


class _Guarded:
    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        if text.isascii() and text.isprintable():
            return self.stream.write(text)
        return self.stream.write("".join(self._pieces(text)))

    def _pieces(self, text: str) -> Iterator[str]:
        styled = self.stream.isatty()
        for piece in STYLE.split(text):
            ours = piece == "\r\n" or (styled and STYLE.fullmatch(piece))
            yield piece if ours else shown(piece)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)
