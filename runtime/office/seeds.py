"""Definition files: the seeds that the package ships, and an office's own beside its database.

Reads and parses; what runs is stored in the database by digest (`runtime.acts.founding`). An office's own
file overrides a shipped one of the same name and version.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import definitions
from workflow.files.paper import paper_text
from workflow.files.parsing import Mistake, Parsed, Vocabulary, normalised, parse
from workflow.files.telling import told
from workflow.lint.registries import vocabulary
from workflow.model.definition import Catalogue, Text

Worded = TypeVar("Worded")

FOLDERS = {
    "machine": "machines",
    "office": "offices",
    "calendar": "calendars",
    "policy": "policies",
    "rules": "rules",
    "messages": "messages",
    "paper": "papers",
}
TEXT, WORD = ".yaml", ".docx"
"""How definition files end: the Word template of a paper is one, everything else is a text."""


_PAPER = re.compile(r"(?:\A|/)([a-z][a-z0-9_]*)[-/]([1-9][0-9]*)\Z")
"""The place of a Word template: `papers/quyet_dinh/2.docx`, or `quyet_dinh-2.docx` wherever it lies."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A definition file by its place: kind, name, version, and whether the office wrote it."""

    kind: str
    name: str
    version: int
    path: Path
    own: bool


def shipped_directory() -> Path:
    """The package's folder of definitions."""
    return Path(next(iter(definitions.__path__)))


def seeds(own: Path | None) -> tuple[Seed, ...]:
    """Every definition file, an office's own in place of the shipped ones, by kind, name and version."""
    found = {(seed.kind, seed.name, seed.version): seed for seed in own_and_shipped(own)}
    return tuple(found[key] for key in sorted(found))


def own_and_shipped(own: Path | None) -> tuple[Seed, ...]:
    """Every definition file there is: the shipped ones, then an office's own."""
    shipped = tuple(_in(shipped_directory(), own=False))
    return shipped if own is None else (*shipped, *_in(own, own=True))


def _in(folder: Path, *, own: bool) -> Iterator[Seed]:
    for kind, name in FOLDERS.items():
        for path in sorted((folder / name).glob(f"*/*{ending(kind)}")):
            if path.stem.isdigit():
                yield Seed(kind, path.parent.name, int(path.stem), path, own)


def ending(kind: str) -> str:
    """How the files of a kind end."""
    return WORD if kind == "paper" else TEXT


def newest(found: tuple[Seed, ...], kind: str, name: str) -> Seed | None:
    """The seed of the highest version."""
    fitting = [seed for seed in found if (seed.kind, seed.name) == (kind, name)]
    return max(fitting, key=lambda seed: seed.version, default=None)


def read_definition(path: Path) -> Parsed:
    """A file parsed; what cannot be read at all is one mistake in it."""
    known: Vocabulary = vocabulary()
    try:
        source = source_of(path)
    except UnicodeDecodeError:
        return _unreadable(path, told("the file is not UTF-8 text; save it as UTF-8"))
    except OSError as error:
        return _unreadable(path, told("the file cannot be read: {why}", why=error.strerror))
    if source is None:
        return _unreadable(
            path, told("name the file after its kind and its version, as in quyet_dinh-2.docx, then repeat")
        )
    return parse(source, path=str(path), vocabulary=known)


def source_of(path: Path) -> str | None:
    """A definition file as a text; None for a Word file whose name does not say which template it is.

    Raises OSError, UnicodeDecodeError.
    """
    if path.suffix.lower() != WORD:
        return path.read_text(encoding="utf-8-sig")
    named = _PAPER.search(path.with_suffix("").as_posix())
    return None if named is None else paper_text(named[1], int(named[2]), path.read_bytes())


def _unreadable(path: Path, message: str) -> Parsed:
    return Parsed(None, (Mistake(str(path), 1, message),), "", "", {})


class WithShipped(Mapping[str, Worded]):
    """What an office's catalogue says, and for keys that came after it what the package ships, which is read
    only when such a key is asked for."""

    def __init__(
        self, own: Mapping[str, Worded], part: Callable[[Catalogue], Mapping[str, Worded]], *, digest: str
    ) -> None:
        self._all = own
        self._digest = digest
        self._part: Callable[[Catalogue], Mapping[str, Worded]] | None = part

    def _complete(self) -> Mapping[str, Worded]:
        if self._part is not None:
            # Mostly it is the very same, see `later_words`.
            if shipped_digest() != self._digest:
                self._all = {**self._part(shipped_messages()), **self._all}
            self._part = None
        return self._all

    def __getitem__(self, key: str) -> Worded:
        return self._all[key] if key in self._all else self._complete()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._complete())

    def __len__(self) -> int:
        return len(self._complete())


def completed(catalogue: Catalogue, *, digest: str) -> Catalogue:
    """An office's catalogue that lacks nothing which a newer program says; `digest` is its own."""
    return catalogue._replace(
        words=WithShipped(catalogue.words, lambda shipped: shipped.words, digest=digest),
        notices=WithShipped(catalogue.notices, lambda shipped: shipped.notices, digest=digest),
    )


def shipped_digest(seed: Seed | None = None) -> str:
    """The digest of a file that the package ships; without one of the newest catalogue's."""
    seed = seed or newest(seeds(None), "messages", "tdkt")
    assert seed is not None
    return sha256(normalised(source_of(seed.path) or "").encode()).hexdigest()


@cache
def shipped_messages() -> Catalogue:
    """The catalogue that the package ships. Kept for as long as the program runs, which ships the same all
    the time: a console tells many mistakes."""
    seed = newest(seeds(None), "messages", "tdkt")
    parsed = read_definition(seed.path).definition if seed else None
    assert isinstance(parsed, Catalogue)
    return parsed


def shipped_words() -> Mapping[str, Text]:
    """The words that the package ships, by dotted key."""
    return shipped_messages().words


@cache
def later_words(digest: str) -> Mapping[str, Text]:
    """The shipped words for a catalogue that may lack some; none where its `digest` says that it is the
    shipped one. Kept as they are."""
    # Most keys that an office lacks nobody has worded, and reading the file costs a hundred times its digest.
    return {} if shipped_digest() == digest else shipped_words()
