"""Papers that the office makes: the Word templates that they are made of, what its file says of them, and
those that were issued."""

# No postponed annotations: as texts each field's would be compiled at every start.

from datetime import date
from typing import NamedTuple


class PaperTemplate(NamedTuple):
    """The Word template of one kind of paper, which its `name` is. `content` is the Word file in Base64,
    in lines."""

    name: str
    version: int
    content: str


class IssuedPaper(NamedTuple):
    """A paper that was made after it was issued or signed, and is never made anew: the digests of its
    Word file and its PDF. `number` is the records clerk's, where it bears one; `part` tells several
    papers of one kind apart, empty where there is one."""

    kind: str
    part: str
    word: str
    pdf: str
    number: str | None
    issued_on: date


class Basis(NamedTuple):
    """A line of grounds (căn cứ) as it is printed, in the papers of the kinds `papers` of days `since` to
    `until`, both included; of decisions only in those on one of `titles`, where some are named."""

    text: str
    papers: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    titles: tuple[str, ...] = ()

    def stands_in(self, kind: str, day: date, title: str | None = None) -> bool:
        return (
            kind in self.papers
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
            and (not self.titles or title in self.titles)
        )


class PaperWords(NamedTuple):
    """What an office prints in its papers of one kind, which the `id` is: the `symbol` after the number
    (`QĐ-UBND`), to whom it goes, in whose hands its execution is."""

    id: str
    symbol: str = ""
    receivers: tuple[str, ...] = ()
    executors: str = ""


class Printing(NamedTuple):
    """What an office's papers say that no record has: their grounds in the order of the file, the words
    of each kind, and where money comes from, in which `{nam}` is the year."""

    basis: tuple[Basis, ...] = ()
    kinds: tuple[PaperWords, ...] = ()
    fund: str = ""

    def of(self, kind: str) -> PaperWords:
        return next((each for each in self.kinds if each.id == kind), PaperWords(kind))
