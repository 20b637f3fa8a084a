"""Papers that the office makes: the Word templates that they are made of, what its file says of them, and
those that were issued."""

# No postponed annotations: as texts each field's would be compiled at every start.

from datetime import date
from typing import NamedTuple

KEEP_PAPER = "keep_paper"
"""What the log calls that an issued paper is kept."""


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


SHEET_WORDS = (
    *("name", "called", "position", "achievement", "award", "period"),
    *("number", "day", "place_date", "capacity", "signer", "register_no"),
)
"""What the text of a certificate's field may ask for, as in `{called}`; `register_no` is its number in the
register (số vào sổ), empty while it has none."""


class SheetField(NamedTuple):
    """What is set at one place of a pre-printed sheet: `text` with fields of SHEET_WORDS, `width` wide from
    `x` on, its first line standing on `y`: thousandths of a millimetre from the sheet's upper left corner.

    `size` is in thousandths of a point. What takes more than `lines` lines is made smaller, down to `least`,
    and wraps then.
    """

    text: str
    x: int
    y: int
    width: int
    size: int
    align: str = "center"
    bold: bool = False
    italic: bool = False
    lines: int = 1
    least: int = 10_000


class CertificateSheet(NamedTuple):
    """The pre-printed sheet of the certificates that go with some titles; sizes in thousandths of a
    millimetre."""

    id: str
    titles: tuple[str, ...]
    width: int
    height: int
    fields: tuple[SheetField, ...]


class Printing(NamedTuple):
    """What an office's papers say that no record has: their grounds in the order of the file, the words
    of each kind, and where money comes from, in which `{nam}` is the year; and its pre-printed sheets."""

    basis: tuple[Basis, ...] = ()
    kinds: tuple[PaperWords, ...] = ()
    fund: str = ""
    certificates: tuple[CertificateSheet, ...] = ()

    def of(self, kind: str) -> PaperWords:
        return next((each for each in self.kinds if each.id == kind), PaperWords(kind))

    def sheet_of(self, title: str) -> CertificateSheet | None:
        """The sheet of the certificate that goes with the title; None where none does."""
        return next((sheet for sheet in self.certificates if title in sheet.titles), None)
