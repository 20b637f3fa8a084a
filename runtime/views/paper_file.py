"""The file of a dossier's paper, as it was attached."""

from __future__ import annotations

from pathlib import Path

from runtime.office.looking import Looking
from runtime.office.settings import FILES, NoPaperFolder
from storage.paper_files import PaperFiles, files_of
from workflow.model.attachments import Paper
from workflow.model.dossiers import Dossier
from workflow.model.errors import UsageMistake
from workflow.model.facts import Item


class UnknownPaper(UsageMistake):
    """{ref} has no paper {so}; see them with `tdkt dossier papers {ref}`."""

    code = "unknown_paper"


class NoFileOfPaper(UsageMistake):
    """Paper {so} of {ref} has no file: it was seen on paper, or its file was erased."""

    code = "no_file_of_paper"


def read_paper(looking: Looking, item: Item, no: int) -> tuple[Paper, bytes]:
    """A paper with its file's bytes, held against the digest that the log has.

    Raises UnknownPaper, NoFileOfPaper, NoPaperFolder, PaperFileMissing, PaperFileChanged or
    PaperFileUnreadable.
    """
    ref = looking.ref(item.key)
    paper = next((each for each in Dossier.of(item).papers if each.no == no), None)
    if paper is None:
        raise UnknownPaper(ref=ref, so=no)
    if paper.digest is None or not paper.has_file:
        raise NoFileOfPaper(ref=ref, so=no)
    return paper, _folder(looking).read(paper.digest)


def _folder(looking: Looking) -> PaperFiles:
    """Raises NoPaperFolder."""
    path = looking.reading.path
    found = files_of(None if path is None else Path(path), looking.environment.get(FILES))
    if found is None:
        raise NoPaperFolder()
    return found
