"""The shell sessions of the papers: each `$` line run by a real shell, its output held against the paper.

In an expected line `…` stands for any text within the line, and a line of `…` alone for any lines. A paper's
blocks are one session: they share a folder, a home and what was exported.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.papers import ROOT, Block
from tests.waiting import LIMIT

PROMPT = "$ "
HIDDEN = ("TDKT_", "XDG_", "LC_", "LANG", "PYTHON")


@dataclass(frozen=True, slots=True)
class Step:
    """One command as it is typed, and the lines that the paper shows under it."""

    typed: str
    expected: tuple[str, ...]


def steps(block: Block) -> Iterator[Step]:
    """The commands of a session; a line that ends with a backslash goes on in the next."""
    lines = block.text.split("\n")
    at = 0
    while at < len(lines):
        assert lines[at].startswith(PROMPT), f"{block}: a session begins with '$ ', not {lines[at]!r}"
        typed = lines[at].removeprefix(PROMPT)
        at += 1
        while typed.endswith("\\"):
            typed = f"{typed[:-1]}{lines[at].strip()}"
            at += 1
        end = next((i for i in range(at, len(lines)) if lines[i].startswith(PROMPT)), len(lines))
        yield Step(typed, tuple(line.rstrip() for line in lines[at:end]))
        at = end


def fits(expected: tuple[str, ...], got: tuple[str, ...]) -> bool:
    """Whether an output is what the paper shows, blank lines at its ends left out."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in _trimmed(expected)
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in _trimmed(got))) is not None


def _trimmed(lines: tuple[str, ...]) -> tuple[str, ...]:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else ()


class Shell:
    """A user's shell in an empty home, with `tdkt` in its path and a clone's files in its folder."""

    def __init__(self, folder: Path, *, language: str) -> None:
        self.folder = folder
        programs = folder / "programs"
        programs.mkdir()
        tdkt = programs / "tdkt"
        tdkt.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT / "cli.py"}" "$@"\n')
        tdkt.chmod(0o755)
        (folder / "clone").mkdir()
        (folder / "clone" / "definitions").symlink_to(ROOT / "definitions")
        (folder / "clone" / "docs").symlink_to(ROOT / "docs")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(HIDDEN)}
        self.environment = kept | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "TDKT_LANG": language,
            "LC_ALL": "C.UTF-8",
        }

    def run(self, typed: str) -> tuple[str, ...]:
        """What the command prints on either stream, in order. An `export` lasts for the commands after it."""
        done = subprocess.run(
            ["/bin/sh", "-c", f"{typed}\nenv >'{self.folder}/exported'"],
            cwd=self.folder / "clone",
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LIMIT,
            check=False,
        )
        named = dict(
            re.findall(r"^(TDKT_\w+)=(.*)$", (self.folder / "exported").read_text("utf-8"), re.MULTILINE)
        )
        kept = {name: value for name, value in self.environment.items() if not name.startswith("TDKT_")}
        self.environment = kept | named
        return tuple(line.rstrip() for line in done.stdout.decode().split("\n"))
