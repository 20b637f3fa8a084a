"""Every definition there is, by kind, name and version: running and stored ones, the office's own files, the
shipped ones. Reads only, and without SQLAlchemy; what it parses is for `runtime.care.checking`.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from runtime.office.looking import Looking, NoOffice
from runtime.office.seeds import FOLDERS, Seed, ending, own_and_shipped, source_of
from runtime.office.settings import Options, definitions_directory
from storage.errors import DatabaseMissing
from workflow.files.parsing import normalised
from workflow.model.errors import UsageMistake

EditionPlace = Literal["running", "stored", "own", "shipped"]

PLACES: tuple[EditionPlace, ...] = ("running", "stored", "own", "shipped")
"""In the order in which a definition is looked for; `running` is the newest of the stored ones."""


class UnknownDefinition(UsageMistake):
    """There is no definition '{gia_tri}'; see them with `tdkt definition list`."""

    code = "unknown_definition"


class AmbiguousDefinition(UsageMistake):
    """Several definitions are called '{gia_tri}'; choose one of: {danh_sach}."""

    code = "definition_ambiguous"


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a definition and where it stands; `path` None where it is in the database only."""

    kind: str
    name: str
    version: int
    digest: str
    source: str
    places: tuple[EditionPlace, ...]
    path: Path | None

    @property
    def title(self) -> str:
        return f"{self.kind}/{self.name}/{self.version}"

    @property
    def written(self) -> bytes:
        """What stands in its file."""
        word = word_of(self.source)
        return self.source.encode() if word is None else word

    @property
    def file(self) -> Path:
        """Its place below a directory of definitions."""
        return Path(FOLDERS[self.kind]) / self.name / f"{self.version}{ending(self.kind)}"


def word_of(source: str) -> bytes | None:
    """The Word file that a definition's text holds; None for one that is no Word template."""
    if not source.startswith("definition: paper\n"):
        return None
    return b64decode(source.partition("\ncontent: |\n")[2])


def editions(options: Options, environment: Mapping[str, str]) -> tuple[Edition, ...]:
    """By kind, name and version; equal texts of one version are one edition, the running one first."""
    found: dict[tuple[str, str, int, str], Edition] = {}
    own = Path(definitions_directory(options, environment))
    for edition in (*_stored(options, environment), *map(_of_file, own_and_shipped(own))):
        key = (edition.kind, edition.name, edition.version, edition.digest)
        before = found.get(key)
        found[key] = edition if before is None else _together(before, edition)
    return tuple(sorted(found.values(), key=_order))


def _order(edition: Edition) -> tuple[str, str, int, int]:
    return edition.kind, edition.name, edition.version, PLACES.index(edition.places[0])


def _together(first: Edition, second: Edition) -> Edition:
    places = tuple(place for place in PLACES if place in (*first.places, *second.places))
    return Edition(
        first.kind,
        first.name,
        first.version,
        first.digest,
        first.source,
        places,
        first.path or second.path,
    )


def looked_into(options: Options, environment: Mapping[str, str]) -> Looking | None:
    """The office's database, None where there is none or no office in it."""
    try:
        return Looking(options, environment)
    except (DatabaseMissing, NoOffice):
        return None


def _stored(options: Options, environment: Mapping[str, str]) -> list[Edition]:
    """What the office's database keeps."""
    looking = looked_into(options, environment)
    if looking is None:
        return []
    with looking:
        rows = looking.reading.definitions(looking.office)
        newest = {(row.kind, row.name): row.version for row in rows}
        return [
            Edition(
                *row,
                looking.reading.definition_source(looking.office, row.digest),
                ("running" if newest[row.kind, row.name] == row.version else "stored",),
                None,
            )
            for row in rows
        ]


def _of_file(seed: Seed) -> Edition:
    try:
        text = normalised(source_of(seed.path) or "")
    except (OSError, UnicodeDecodeError):  # told by the check, which reads it again
        text = ""
    digest = sha256(text.encode()).hexdigest()
    place: EditionPlace = "own" if seed.own else "shipped"
    return Edition(seed.kind, seed.name, seed.version, digest, text, (place,), seed.path)


def chosen(found: Sequence[Edition], wanted: str) -> Edition:
    """The edition that `kind/name/version`, with kind or version left out, means: of several versions the
    running one, else the newest; of one version the running, own, shipped text, in this order.

    Raises UnknownDefinition, AmbiguousDefinition.
    """
    parts = wanted.strip().split("/")
    kind = parts.pop(0) if parts[0] in FOLDERS and len(parts) > 1 else None
    version = int(parts.pop()) if len(parts) == 2 and parts[1].isdecimal() else None
    fitting = [
        edition
        for edition in found
        if [edition.name] == parts and kind in (None, edition.kind) and version in (None, edition.version)
    ]
    if not fitting:
        raise UnknownDefinition(gia_tri=wanted)
    names = sorted({f"{edition.kind}/{edition.name}" for edition in fitting})
    if len(names) > 1:
        raise AmbiguousDefinition(gia_tri=wanted, danh_sach=", ".join(names))
    return min(fitting, key=_preference)


def _preference(edition: Edition) -> tuple[bool, int, int]:
    return "running" not in edition.places, -edition.version, PLACES.index(edition.places[0])


def newest(found: Sequence[Edition]) -> tuple[Edition, ...]:
    """Of each kind and name what would run: the highest version, an own text before any other."""
    best: dict[tuple[str, str], Edition] = {}
    for edition in found:
        standing = best.get((edition.kind, edition.name))
        if standing is None or _weight(edition) > _weight(standing):
            best[edition.kind, edition.name] = edition
    return tuple(best.values())


def _weight(edition: Edition) -> tuple[int, bool, bool]:
    return edition.version, "own" in edition.places, "running" in edition.places
