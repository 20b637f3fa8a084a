"""A list that was sent, as it is shown before it is taken in: what it is, its lines, what was found in which
cell, and the dossiers that it would come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from exchange.lists.annotating import Annotated, annotated
from exchange.lists.books import read_book
from exchange.lists.remarks import Remark
from exchange.lists.values import Line, ReadList, ReadSheet, Severity
from runtime.office.looking import Looking
from runtime.office.taken import Taken
from runtime.office.words import Words
from runtime.views.answers import sentence_of_doubt, sentence_of_warning
from runtime.views.typed_words import typed_words
from workflow.model.decision import Reason
from workflow.model.wording import birth_text, in_runs

COLUMNS = ("row", "nominee_kind", "name", "born", "title", "rating", "initiative")


class LinesShown(NamedTuple):
    """The lines of a list as a table, in those columns that say something."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Told(NamedTuple):
    """What was found in a cell: its sheet and cell, what is wrong with the cure, how grave it is."""

    place: str
    text: str
    severity: Severity


class ProposedShown(NamedTuple):
    """A dossier as the list would leave it. `reasons` speak against it; `below` is what changes of one that
    stands, `doubts` ask whether it is meant."""

    said: str
    reasons: tuple[Reason, ...] = ()
    below: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def list_facts(looking: Looking, read: ReadList) -> list[tuple[str, str]]:
    """What the list is: its file, whose it is, its paper, how many it names."""
    words = looking.words
    number, day = read.paper.number, read.paper.date
    totals = read.totals
    return [
        (words("intake.file"), read.file),
        (words("intake.body"), looking.body(read.body) if read.body else read.body_text or ""),
        (words("intake.paper"), " ".join(filter(None, (number, looking.day(day) if day else "")))),
        (words("intake.period"), read.period or ""),
        (words("intake.sheets"), "; ".join(_sheet(words, each) for each in read.sheets)),
        (
            words("intake.totals"),
            words("intake.counted", n=totals.rows_read, m=totals.distinct)
            + (words("intake.declared", n=totals.declared) if totals.declared is not None else ""),
        ),
    ]


def _sheet(words: Words, sheet: ReadSheet) -> str:
    return f"{sheet.name} ({words.inside(words.of(sheet.why))})" if sheet.why else sheet.name


def lines_shown(looking: Looking, lines: Sequence[Line]) -> LinesShown:
    rows = [_cells(looking, line) for line in lines]
    used = [at for at in range(len(COLUMNS)) if any(row[at] for row in rows)]
    return LinesShown(
        tuple(looking.words(f"intake.{COLUMNS[at]}") for at in used),
        tuple(tuple(row[at] for at in used) for row in rows),
    )


def _cells(looking: Looking, line: Line) -> list[str]:
    words, found = looking.words, line.initiative
    left_out = line.title is None or line.duplicate_of is not None
    return [
        f"{line.row}{'*' if left_out else ''}",
        words(f"nominee_kind.{line.kind}"),
        line.name,
        birth_text(line.born) if line.born else "",
        looking.title(line.title) if line.title else line.title_text or "?",
        words(f"choice.{line.rating}") if line.rating else "",
        found.name or found.number or "" if found else "",
    ]


def findings_told(words: Words, read: ReadList) -> tuple[Told, ...]:
    """What is found in no cell is told of the sheet, else of the file."""
    return tuple(
        Told(
            f"{each.sheet}!{each.cell}" if each.cell else each.sheet or read.file,
            words.of(each.say),
            each.severity,
        )
        for each in read.findings
    )


def proposed_shown(looking: Looking, each: Taken) -> ProposedShown:
    """The dossier with its titles, and what changes of one that stands."""
    words = looking.words
    titles = Counter(line["title"] for line in each.asked.lines)
    named = ", ".join(f"{looking.title(title)} {n}" for title, n in titles.items())
    if each.refused is not None and each.refused.refused is not None:
        return ProposedShown(words("intake.refused", danh_sach=named), each.refused.refused.reasons)
    assert each.listed is not None
    changes, before = each.listed.changes, each.listed.before
    below: list[str] = []
    if before is None:
        said = words("intake.new", danh_sach=named)
    elif not changes.any:
        said = words("intake.same", ref=looking.ref(before.key), danh_sach=named)
    else:
        n, m, k = (len(some) for some in (changes.added, changes.edited, changes.removed))
        said = words("intake.changed", ref=looking.ref(before.key), n=n, m=m, k=k)
        for no, inputs in changes.edited:
            told = "; ".join(typed_words(looking, before, "edit", inputs))
            below.append(f"{looking.ref(before.key)}/{no}: {told}")
        if changes.removed:
            below.append(words("intake.removed", so=in_runs(changes.removed)))
    return ProposedShown(
        said,
        below=tuple(below),
        doubts=tuple(sentence_of_doubt(doubt, words) for doubt in each.listed.confirmed),
        warnings=tuple(sentence_of_warning(warning, words) for warning in each.listed.warnings),
    )


def annotated_list(words: Words, read: ReadList, content: bytes, *, macros: bool = False) -> Annotated:
    """The sender's own file with what was found in its cells, in Vietnamese."""
    remarks = [
        Remark(each.severity, each.code, each.say.vi, each.sheet or None, each.cell or None)
        for each in read.findings
    ]
    return annotated(content, read_book(content), remarks, words.speaking("vi"), macros=macros)
