"""What was counted on the lines of a vote, as it is typed: in options, or in a table that was filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from commands.files import NotTheWorkbook, table_file
from commands.printing import print_table, say
from commands.session import Session
from workflow.model.ballots import HANDS, SLIPS
from workflow.model.errors import TdktError, UsageMistake

if TYPE_CHECKING:
    from runtime.views.session_votes import VoteLine

Counts = dict[str, int]
"""By the names that the machine's counts have."""


class NotOfThisVote(UsageMistake):
    """{so} is not voted on here; the lines are: {danh_sach}."""

    code = "not_of_this_vote"


class NotCounted(UsageMistake):
    """'{gia_tri}' is no count of a line; write it like D0001/5:for=7,against=1."""

    code = "not_counted"


class NoCountTable(TdktError):
    """{tep} has no table of counts; write one with tdkt council sheet, then fill it in."""

    code = "no_count_table"


class CellNotCounted(TdktError):
    """{tep}, row {so}: '{gia_tri}' is no number of votes; correct it, then repeat."""

    code = "cell_not_counted"


class RowNotCounted(TdktError):
    """{tep}: nothing is counted on {so}; fill it in, then repeat."""

    code = "row_not_counted"


# -- typed in options --------------------------------------------------------------------------------------


def hands(
    lines: Sequence[VoteLine], typed: Sequence[str], *, all_for: bool, only: str | None = None
) -> dict[str, Counts]:
    """A show of hands. With `all_for` whoever is not counted as against or other is in favour."""
    return _counts(lines, typed, all_for=all_for, only=only)


def slips(lines: Sequence[VoteLine], typed: Sequence[str], *, all_for: bool) -> dict[str, Counts]:
    """Slips. With `all_for` all came back, and what is neither invalid nor against is in favour."""
    return _counts(lines, typed, all_for=all_for, only=None)


def _counts(
    lines: Sequence[VoteLine], typed: Sequence[str], *, all_for: bool, only: str | None
) -> dict[str, Counts]:
    """The counts by line. Raises NotCounted, NotOfThisVote."""
    from runtime.views.session_votes import all_in_favour

    wanted = set(_refs(only)) if only else None
    by_ref = {each.line.ref: each for each in lines if wanted is None or each.line.ref in wanted}
    own = dict(pair for text in typed for pair in _typed(text))
    unknown = [ref for ref in own if ref not in by_ref]
    if unknown:
        raise NotOfThisVote(so=unknown[0], danh_sach=", ".join(by_ref))
    found: dict[str, Counts] = {}
    for ref, each in by_ref.items():
        counts = own.get(ref, {})
        if all_for:
            counts = all_in_favour(each, counts)
        if counts:
            found[ref] = counts
    return found


def _typed(text: str) -> Iterator[tuple[str, Counts]]:
    from workflow.rules.line_inputs import counted, counts_of
    from workflow.rules.not_an_input import NotAnInput

    try:
        yield from counted(counts_of(text)).items()
    except NotAnInput as error:
        raise NotCounted(gia_tri=text) from error


def _refs(text: str) -> tuple[str, ...]:
    """The lines as the event reads them; what names none is told by the event."""
    from workflow.rules.line_inputs import lines_of
    from workflow.rules.not_an_input import NotAnInput

    try:
        return lines_of(text)
    except NotAnInput:
        return ()


# -- filled in a table -------------------------------------------------------------------------------------


def from_sheet(session: Session, file: str, lines: Sequence[VoteLine]) -> dict[str, Counts]:
    """The counts of a table that was filled in; rows of other votes are refused.

    Raises NotTheWorkbook, NoCountTable, CellNotCounted, RowNotCounted, NotOfThisVote.
    """
    from exchange.sheets.faults import Unreadable
    from exchange.sheets.table import read_table
    from runtime.views.count_sheet import heading_of

    words = session.looking.words
    by_slips = lines[0].line.group is not None
    names = SLIPS if by_slips else HANDS
    keys = {name: heading_of(name, slips=by_slips) for name in names} | {"line": "column.nominee_ref"}
    headings = {name: [words.speaking(each)(key) for each in ("vi", "en")] for name, key in keys.items()}
    try:
        table = read_table(table_file(file), headings, needed="line")
    except Unreadable as error:
        raise NotTheWorkbook(tep=file, ly_do=error.said(words.language)) from error
    if table is None:
        raise NoCountTable(tep=file)
    known, found = {each.line.ref for each in lines}, dict[str, Counts]()
    for row in table.rows:
        ref = row.words.get("line", "")
        if not ref and not row.unread:
            continue
        if ref not in known:
            raise NotOfThisVote(so=ref, danh_sach=", ".join(sorted(known)))
        if row.unread:
            raise CellNotCounted(tep=file, so=row.number, gia_tri=", ".join(row.unread))
        found[ref] = {name: _number(file, row.number, row.words[name]) for name in names if name in row.words}
        if "for" not in found[ref]:
            raise RowNotCounted(tep=file, so=ref)
    if not found:
        raise NoCountTable(tep=file)
    return found


def _number(file: str, row: int, text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise CellNotCounted(tep=file, so=row, gia_tri=text)
    return int(text)


def print_counts(session: Session, lines: Sequence[VoteLine], counts: Mapping[str, Counts]) -> None:
    """What would be entered, line by line."""
    from runtime.views.count_sheet import heading_of

    words, by_slips = session.looking.words, lines[0].line.group is not None
    names = [name for name in (SLIPS if by_slips else HANDS) if any(name in each for each in counts.values())]
    rows = [
        (each.line.ref, each.name or "—", *(counts[each.line.ref].get(name) for name in names))
        for each in lines
        if each.line.ref in counts
    ]
    say(words("council.to_count", n=len(rows)))
    keys = ("column.ref", "column.name", *(heading_of(name, slips=by_slips) for name in names))
    print_table([words(key) for key in keys], rows)
