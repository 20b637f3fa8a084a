"""A report's figures as tables in words, the same for the terminal, a page, a workbook and the Word file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from exchange.papers.blocks import Bars, PaperColumn, PaperRow, PaperTable
from runtime.office.looking import Looking
from runtime.views.expected import lists_of
from runtime.views.fund import COLUMNS as FUND_COLUMNS
from runtime.views.fund import fund_of, movement_cells, sum_facts
from runtime.views.movements import days_text, name_text
from runtime.views.reports.records import COMMUNE, BodyRow, Report
from workflow.model.award_counts import CATEGORIES
from workflow.model.money import dotted

WIDE, NARROW = 40, 12
"""Breadths of a column of words and of one of numbers, in their relation."""
LENGTHS = (365, 366, 3 * 365, 5 * 365)
"""Days below which a movement is shorter than a year, one year long, up to three, up to five."""


def body_name(looking: Looking, id: str) -> str:
    """Reports call bodies by their full names."""
    body = looking.directory.body(id)
    return body.name if body else id


def _numbers(looking: Looking, *keys: str) -> list[PaperColumn]:
    return [PaperColumn(looking.words(key), NARROW, "center") for key in keys]


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple("" if value is None else str(value) for value in values)


def _sum(looking: Looking, columns: Sequence[Sequence[int]]) -> PaperRow:
    """The last row: what stands in each column of numbers together."""
    totals = [sum(column) for column in zip(*columns, strict=True)]
    return PaperRow((looking.words("report.sum"), *_texts(totals)), bold=True)


def titles_table(looking: Looking, report: Report) -> PaperTable:
    """By titles and forms, what the commune gave first, then what superiors gave its people."""
    words = looking.words
    columns = [
        PaperColumn(words("column.title"), WIDE + 10),
        *_numbers(
            looking, *(f"report.column.{name}" for name in ("collectives", "households", "persons", "lines"))
        ),
    ]
    rows: list[PaperRow] = []
    for level in (COMMUNE, "higher"):
        here = [row for row in report.titles if row.level == level and (row.lines or row.revoked)]
        if not here:
            continue
        rows.append(PaperRow((words(f"report.level.{level}"),)))
        counts = [(row.collectives, row.households, row.persons, row.lines) for row in here]
        rows += [
            PaperRow((looking.title(row.title), *_texts(each)))
            for row, each in zip(here, counts, strict=True)
        ]
        rows.append(_sum(looking, counts))
    return PaperTable(tuple(columns), tuple(rows), title=words("report.table.titles"))


def objects_table(looking: Looking, report: Report) -> PaperTable:
    """By whom it was given to; columns in which nothing stands are left out."""
    words = looking.words
    names = ["lines", "collectives", "households", "person_lines"]
    headings = [words(f"report.column.{name}") for name in names]
    headings += [words(f"report.category.{name or 'unknown'}") for name in (*CATEGORIES, None)]
    counts = [
        (row.lines, row.collectives, row.households, row.persons, *row.categories) for row in report.objects
    ]
    return _counted(looking, [row.title for row in report.objects], headings, counts, "report.table.objects")


def types_table(looking: Looking, report: Report) -> PaperTable:
    """By the way in which it was given."""
    types = list(report.objects[0].types) if report.objects else []
    known = [looking.rules.type(id) for id in types]
    headings = [
        looking.words("report.column.lines"),
        *(looking.words.of(type.label) for type in known if type),
    ]
    counts = [(row.lines, *row.types.values()) for row in report.objects]
    return _counted(looking, [row.title for row in report.objects], headings, counts, "report.table.types")


def _counted(
    looking: Looking,
    titles: Sequence[str],
    headings: Sequence[str],
    counts: Sequence[Sequence[int]],
    key: str,
) -> PaperTable:
    filled = [at for at in range(len(headings)) if any(row[at] for row in counts)]
    columns = (
        PaperColumn(looking.words("column.title"), WIDE),
        *(PaperColumn(headings[at], NARROW, "center") for at in filled),
    )
    kept = [[row[at] for at in filled] for row in counts]
    rows = [PaperRow((looking.title(title), *_texts(each))) for title, each in zip(titles, kept, strict=True)]
    return PaperTable(columns, (*rows, *([_sum(looking, kept)] if kept else [])), title=looking.words(key))


def bodies_table(looking: Looking, report: Report) -> PaperTable:
    """What each body sent and what came of it."""
    words = looking.words
    names = ("dossiers", "nominees", "lines", "recipients")
    columns = (
        PaperColumn(words("column.body"), WIDE),
        *_numbers(looking, *(f"report.column.{name}" for name in names)),
        PaperColumn(words("report.column.note"), WIDE / 2),
    )
    counts = [(row.dossiers, row.nominees, row.lines, row.recipients) for row in report.bodies]
    rows = [
        PaperRow((body_name(looking, row.body), *_texts(each), _silence(looking, row)))
        for row, each in zip(report.bodies, counts, strict=True)
    ]
    total = _sum(looking, counts) if counts else PaperRow(("",) * 5)
    closing = [PaperRow((*total.cells, ""), bold=True)] if counts else []
    return PaperTable(columns, (*rows, *closing), title=words("report.table.bodies"))


def _silence(looking: Looking, row: BodyRow) -> str:
    if row.dossiers:
        return ""
    return looking.words("report.nothing" if row.nothing else "report.sent_nothing")


def ground_table(looking: Looking, report: Report) -> PaperTable:
    """Each body by titles and forms, as the annex on the commune's ground has it."""
    words = looking.words
    titles = [row.title for row in report.titles if row.lines]
    given = [row for row in report.bodies if row.lines]
    columns = (
        PaperColumn(words("column.body"), WIDE),
        *_numbers(looking, "report.column.lines"),
        *(PaperColumn(looking.title(title), NARROW + 4, "center") for title in titles),
    )
    counts = [(row.lines, *(row.titles.get(title, 0) for title in titles)) for row in given]
    rows = [
        PaperRow((body_name(looking, row.body), *_texts(each)))
        for row, each in zip(given, counts, strict=True)
    ]
    return PaperTable(
        columns, (*rows, *([_sum(looking, counts)] if counts else [])), title=words("report.table.ground")
    )


def papers_table(looking: Looking, report: Report) -> PaperTable:
    words = looking.words
    columns = (
        PaperColumn(words("register.number"), 28),
        PaperColumn(words("register.day"), 23, "center"),
        PaperColumn(words("column.content"), 80),
    )
    rows = (PaperRow((each.number, looking.day(each.day), each.content)) for each in report.papers)
    return PaperTable(columns, tuple(rows), title=words("report.table.papers"))


def movements_table(looking: Looking, report: Report) -> PaperTable:
    words = looking.words
    columns = (
        PaperColumn(words("column.movement_name"), 50),
        PaperColumn(words("column.movement_days"), 36),
        *_numbers(looking, "report.column.bodies", "report.column.nominees", "report.column.awarded"),
    )
    rows = (
        PaperRow(
            (
                name_text(looking, each.name),
                days_text(looking, each),
                *_texts((each.bodies, each.nominees, each.awarded)),
            )
        )
        for each in report.movements
    )
    return PaperTable(columns, tuple(rows), title=words("report.table.movements"))


def movement_counts_table(looking: Looking, report: Report) -> PaperTable:
    """How many movements there were, by scope, length and way."""
    words = looking.words
    ways, lengths = ("thematic", "regular"), ("under_1", "one", "under_3", "under_5", "longer", "running")
    columns = (
        PaperColumn(words("column.scope"), WIDE),
        *_numbers(looking, "report.sum", *(f"choice.{way}" for way in ways)),
        *_numbers(looking, *(f"report.length.{length}" for length in lengths)),
    )
    rows: list[PaperRow] = []
    counts: list[tuple[int, ...]] = []
    for scope in dict.fromkeys(each.scope for each in report.movements):
        here = [each for each in report.movements if each.scope == scope]
        spans = [_length(each.from_, each.until) for each in here]
        count = (
            len(here),
            *(sum(each.way == way for each in here) for way in ways),
            *(spans.count(length) for length in lengths),
        )
        counts.append(count)
        rows.append(PaperRow((words(f"choice.{scope}" if scope else "report.no_scope"), *_texts(count))))
    closing = [_sum(looking, counts)] if counts else []
    return PaperTable(columns, (*rows, *closing), title=words("report.table.movement_counts"))


def _length(first: date, last: date | None) -> str:
    if last is None:
        return "running"
    days = (last - first).days + 1
    names = ("under_1", "one", "under_3", "under_5")
    return next((name for name, least in zip(names, LENGTHS, strict=True) if days < least), "longer")


def late_table(looking: Looking, report: Report) -> PaperTable:
    words = looking.words
    columns = (
        PaperColumn(words("column.ref"), 14),
        PaperColumn(words("column.content"), 70),
        PaperColumn(words("column.due"), 23, "center"),
        PaperColumn(words("report.column.done"), 23, "center"),
        *_numbers(looking, "report.column.days"),
    )
    rows = (
        PaperRow((row.ref, row.content, looking.day(row.due), looking.day(row.closed_on), str(row.days)))
        for row in report.tasks.rows
    )
    return PaperTable(columns, tuple(rows), title=words("report.table.late"))


def chase_table(looking: Looking, _report: Report) -> PaperTable:
    """What bodies were asked for, how many answered, how often they were written to."""
    words = looking.words
    columns = (
        PaperColumn(words("column.ref"), 14),
        PaperColumn(words("column.content"), 60),
        *_numbers(
            looking, *(f"report.column.{name}" for name in ("asked", "answered", "late_answers", "chased"))
        ),
    )
    rows = (
        PaperRow(
            (
                looking.ref(listed.key),
                listed.content,
                *_texts(
                    (
                        listed.asked,
                        listed.answered,
                        sum(bool(owed.late) for owed in listed.owed),
                        sum(owed.expectation.chased for owed in listed.owed),
                    )
                ),
            )
        )
        for listed in lists_of(looking)
    )
    return PaperTable(columns, tuple(rows), title=words("report.table.chase"))


def fund_table(looking: Looking, report: Report) -> PaperTable:
    """What came into the fund, what went out of it beside awards and for them, and what is left."""
    words, fund = looking.words, fund_of(looking, report.year)
    columns = (
        PaperColumn(words("column.fund_kind"), WIDE + 20),
        PaperColumn(words("column.amount"), WIDE / 2, "right"),
    )
    *rows, available = (PaperRow(cells) for cells in sum_facts(looking, fund))
    given = [
        PaperRow(
            (
                words("report.prize", danh_hieu=looking.title(each.title), n=each.lines),
                f"−{dotted(each.amount)}",
            )
        )
        for each in report.fund.prizes
    ]
    if report.fund.to_recover:
        given.append(PaperRow((words("fund.to_recover"), f"−{dotted(report.fund.to_recover)}")))
    left = PaperRow((words("report.left"), dotted(report.fund.left)), bold=True)
    lines = (*rows, PaperRow(available.cells, bold=True), *given, left)
    return PaperTable(columns, lines, title=words("report.table.fund"))


def fund_movements_table(looking: Looking, report: Report) -> PaperTable:
    """Each movement of the fund, in its order."""
    words, fund = looking.words, fund_of(looking, report.year)
    widths = (10, 22, 36, 26, 24, 40)
    columns = tuple(
        PaperColumn(words(f"column.{name}"), width, "right" if name == "amount" else "left")
        for name, width in zip(FUND_COLUMNS, widths, strict=True)
    )
    rows = (PaperRow(movement_cells(looking, each)) for each in fund.movements)
    return PaperTable(columns, tuple(rows), title=words("report.table.fund_movements"))


def quarter_bars(looking: Looking, report: Report) -> Bars:
    named = ((looking.words(f"quarter.{row.quarter.lower()}"), row.lines) for row in report.quarters)
    return Bars(looking.words("report.bars.quarters"), tuple(named))


def body_bars(looking: Looking, report: Report) -> Bars:
    named = ((body_name(looking, row.body), row.lines) for row in report.bodies if row.lines)
    return Bars(looking.words("report.bars.bodies"), tuple(sorted(named, key=lambda bar: -bar[1])))
