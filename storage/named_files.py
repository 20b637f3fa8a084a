"""Which files the papers of all dossiers, those that were issued and those that came by a link point to: what
a backup takes along, what doctor looks for, and what nothing points to any more."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import inspect

from storage.database import Database
from storage.errors import translated
from storage.paper_files import KeptFile, PaperFiles
from workflow.model.errors import TdktError

_ISSUED = (
    "SELECT year, ref, word FROM issued_paper UNION ALL SELECT year, ref, pdf FROM issued_paper ORDER BY 1, 2"
)
_SUBMITTED = "SELECT year, ref, file FROM submission WHERE file IS NOT NULL ORDER BY 1, 2"
_PAPERS = "SELECT year, ref, papers FROM dossier WHERE papers IS NOT NULL ORDER BY year, ref"


def named_files(database: Database) -> Mapping[str, tuple[str, ...]]:
    """By its digest each file that a paper of some office names, with the dossiers: `2026/D0042`. A database
    of a schema before there were papers, which is saved before it is upgraded, names none."""
    schema = inspect(database.connection)
    if not any(column["name"] == "papers" for column in schema.get_columns("dossier")):
        return {}
    with translated(database.where):
        papers = database.driver.execute(_PAPERS).fetchall()
        issued = database.driver.execute(_ISSUED).fetchall() if schema.has_table("issued_paper") else []
        if schema.has_table("submission"):
            issued += database.driver.execute(_SUBMITTED).fetchall()
    return named_in(papers, issued)


def named_in(
    rows: Iterable[tuple[int, str, str]], issued: Iterable[tuple[int, str, str]] = ()
) -> Mapping[str, tuple[str, ...]]:
    """The same of dossiers' years, references and papers, and of the years, references and digests of what
    was `issued` or came by a link. What was erased names none."""
    found: dict[str, dict[str, None]] = {}
    for year, ref, papers in rows:
        for paper in json.loads(papers):
            if "digest" in paper and "erased_on" not in paper:
                found.setdefault(paper["digest"], {})[f"{year}/{ref}"] = None
    for year, ref, digest in issued:
        found.setdefault(digest, {})[f"{year}/{ref}"] = None
    return {digest: tuple(refs) for digest, refs in found.items()}


def drop_unnamed(database: Database, files: PaperFiles, digests: Iterable[str]) -> int:
    """Deletes of these files those that no paper names any more; answers with how many went."""
    named = named_files(database)
    gone = [digest for digest in dict.fromkeys(digests) if digest not in named]
    for digest in gone:
        files.drop(digest)
    return len(gone)


class Wrong(NamedTuple):
    """A file that papers name and that is not as it was attached, with the dossiers."""

    digest: str
    refs: tuple[str, ...]
    error: TdktError


def wrong_files(named: Mapping[str, tuple[str, ...]], files: PaperFiles) -> Iterator[Wrong | None]:
    """Of every named file what is wrong with it, None where nothing is; the newest first, those that are not
    there before all others. Each is read in full."""
    kept = {each.digest: each.written for each in files.kept()}
    for digest in sorted(named, key=lambda digest: (digest in kept, -kept.get(digest, 0.0), digest)):
        error = files.fault(digest)
        yield Wrong(digest, named[digest], error) if error else None


def unnamed_files(
    named: Mapping[str, tuple[str, ...]], files: PaperFiles, *, before: float
) -> list[KeptFile]:
    """The files that no paper names, written `before` (seconds since the epoch): a younger one may be about
    to be named."""
    return [each for each in files.kept() if each.digest not in named and each.written < before]
