"""A long page on a terminal goes through the reader's pager, as git's does.

Only of commands that look and ask nothing. The page is gathered first, so that the database is closed
before somebody reads.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO

import click

from commands.streams import guarded

PAGERS = (("less",), ("more",))
"""Where nobody named one, the first that there is."""
LESS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}
"""How less shows a page where the environment does not say otherwise: in colours, and left on the screen."""


@contextmanager
def paged(environment: Mapping[str, str]) -> Iterator[None]:
    """What the block prints on a terminal is shown by a pager where it is longer than the screen."""
    pager = _pager(environment)
    if not pager:
        yield
        return
    page = _Page()
    try:
        with redirect_stdout(page), guarded():
            yield
    except KeyboardInterrupt:
        page.truncate(0)
        raise
    finally:
        text = page.getvalue()
        if _longer_than_the_screen(text):
            _show(text, pager, environment)
        else:
            sys.stdout.write(text)


class _Page(StringIO):
    """What would stand on the terminal, with its styles."""

    def isatty(self) -> bool:
        return True


def _pager(environment: Mapping[str, str]) -> Sequence[str]:
    """The pager with its options; empty where none is wanted or there is none."""
    import shutil

    named = environment.get("TDKT_PAGER", environment.get("PAGER"))
    tried = PAGERS if named is None else (named.split(),)
    return next((words for words in tried if words and words[0] != "cat" and shutil.which(words[0])), ())


def _longer_than_the_screen(text: str) -> bool:
    import shutil

    columns, rows = shutil.get_terminal_size()
    return sum(max(1, -(-len(line) // columns)) for line in click.unstyle(text).splitlines()) >= rows


def _show(text: str, pager: Sequence[str], environment: Mapping[str, str]) -> None:
    """The page in the pager, until the reader leaves it, be it before the end."""
    import signal
    import subprocess

    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # in a pager Ctrl-C ends a search, not the command
    try:
        subprocess.run(pager, input=text.encode(), env={**LESS, **environment}, check=False)
    finally:
        signal.signal(signal.SIGINT, before)
