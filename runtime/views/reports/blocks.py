"""A report in words, part by part: the year's and the half-year's, the statistics, the coverage."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from exchange.papers.blocks import Block, Heading, PaperTable, Prose
from runtime.office.looking import Looking
from runtime.views.reports import tables
from runtime.views.reports.records import Report, RevokedRow
from workflow.model.award_counts import share_text
from workflow.model.money import dotted

CULTURE = ("gdvh", "tvh")
"""Titles of culture, which a report names by themselves."""
ANNEXED = ("year", "half", "statistics")


def about(looking: Looking, report: Report) -> str:
    """What the report is on."""
    return looking.words(f"report.about.{report.kind}", nam=report.year, sau=report.year + 1)


def report_blocks(looking: Looking, report: Report) -> tuple[Block, ...]:
    """The whole report in the reader's language, its annexes last."""
    made: list[Block] = list(opening(looking, report))
    for name, blocks in report_parts(looking, report).items():
        if name != FIGURES:
            made.append(Heading(looking.words(f"report.part.{name}")))
        made += blocks
    if annexed := annex_blocks(looking, report):
        made += (Heading(looking.words("report.part.annexes")), *annexed)
    return tuple(made)


def report_parts(looking: Looking, report: Report) -> Mapping[str, tuple[Block, ...]]:
    """What it says, by the parts of its outline; a report of figures alone has one."""
    parts = OUTLINE if report.kind in ("year", "half") else {FIGURES: PARTS[report.kind]}
    return {name: tuple(made(looking, report)) for name, made in parts.items()}


def annex_blocks(looking: Looking, report: Report) -> tuple[Block, ...]:
    """The tables in which there is something."""
    if report.kind not in ANNEXED:
        return ()
    made = (
        tables.movement_counts_table(looking, report),
        tables.objects_table(looking, report),
        tables.types_table(looking, report),
        tables.ground_table(looking, report),
        tables.chase_table(looking, report),
    )
    return tuple(table for table in made if table.rows)


def opening(looking: Looking, report: Report) -> Iterator[Block]:
    """Of which days it tells, and whether its figures may still change; of the fund neither."""
    if report.kind == "fund":
        return
    words = looking.words
    days = {"tu": looking.day(report.first), "den": looking.day(min(report.last, report.as_of))}
    yield Prose(words("report.days", ngay=looking.day(report.as_of), **days), italic=True)
    if report.provisional:
        waits = ", ".join(report.waits_for)
        key = "report.provisional" if waits else "report.not_over"
        yield Prose(words(key, danh_sach=waits, ngay=looking.day(report.last)), italic=True)


def _direction(looking: Looking, report: Report) -> Iterator[Block]:
    yield from _table_or(looking, tables.papers_table(looking, report), "report.no_papers")


def _movements(looking: Looking, report: Report) -> Iterator[Block]:
    yield from _table_or(looking, tables.movements_table(looking, report), "report.no_movements")


def _council(looking: Looking, report: Report) -> Iterator[Block]:
    words = looking.words
    yield Prose(words("report.council", n=report.sessions))
    yield _fund_sums(looking, report) if report.fund.kept else Prose(words("report.no_fund"))


def _awards(looking: Looking, report: Report) -> Iterator[Block]:
    words, total, higher = looking.words, report.total, report.higher
    mark = f" {words('report.mark')}" if report.provisional else ""
    yield Prose(
        words(
            "report.given",
            n=report.decisions,
            luot=total.lines,
            nguoi=total.recipients,
            tap_the=total.collectives,
            ho=total.households,
            ca_nhan=total.persons,
            tam_tinh=mark,
        )
    )
    if report.direct.of:
        share = share_text(report.direct.share)
        yield Prose(words("report.direct", n=report.direct.persons, m=report.direct.of, ty_le=share))
    if report.direct.unknown:
        yield Prose(words("report.direct_unknown", n=report.direct.unknown))
    if higher.lines:
        yield Prose(words("report.higher", luot=higher.lines, nguoi=higher.recipients))
    yield from _table_or(looking, tables.titles_table(looking, report), "report.no_awards")
    yield from _culture(looking, report)
    if total.lines and report.quarters:
        yield tables.quarter_bars(looking, report)
    if total.lines:
        yield tables.body_bars(looking, report)
    yield from _revoked(looking, report)


def _culture(looking: Looking, report: Report) -> Iterator[Block]:
    villages = sum(row.kind == "thon" for row in report.bodies)
    for row in report.titles:
        if row.title in CULTURE and row.lines:
            of = villages if row.title == "tvh" else None
            share = share_text(row.recipients * 10_000 // of) if of else ""
            key = "report.culture_of" if of else "report.culture"
            yield Prose(
                looking.words(key, danh_hieu=looking.title(row.title), n=row.recipients, m=of, ty_le=share)
            )


def _revoked(looking: Looking, report: Report) -> Iterator[Block]:
    for row in report.revoked:
        yield Prose(
            looking.words(f"report.revoked{'_since' if row.counted_in else ''}", **_said(looking, row))
        )


def _said(looking: Looking, row: RevokedRow) -> Mapping[str, str]:
    return {
        "ref": row.ref,
        "danh_hieu": looking.title(row.title),
        "so_qd": row.number,
        "ngay_qd": looking.day(row.day),
        "so": row.revoked_by or "—",
        "ngay": looking.day(row.revoked_on),
        "bao_cao": row.counted_in or "",
    }


def _shortfalls(looking: Looking, report: Report) -> Iterator[Block]:
    words, tasks = looking.words, report.tasks
    yield Prose(
        words(
            "report.tasks", n=tasks.in_time, m=tasks.late, k=tasks.overdue, con=tasks.open, dung=tasks.stopped
        )
    )
    if tasks.rows:
        yield tables.late_table(looking, report)
    silent = report.silent_villages
    if silent:
        named = "; ".join(tables.body_name(looking, row.body) for row in silent)
        yield Prose(words("report.silent", n=len(silent), danh_sach=named))


def _coverage(looking: Looking, report: Report) -> Iterator[Block]:
    words = looking.words
    sent = sum(bool(row.dossiers) for row in report.bodies)
    yield Prose(words("report.coverage", n=sent, m=len(report.bodies)))
    silent = report.silent_villages
    if silent:
        named = "; ".join(tables.body_name(looking, row.body) for row in silent)
        yield Prose(words("report.silent", n=len(silent), danh_sach=named))
    yield tables.bodies_table(looking, report)
    if report.total.lines:
        yield tables.body_bars(looking, report)


def _fund(looking: Looking, report: Report) -> Iterator[Block]:
    if report.fund.kept:
        yield _fund_sums(looking, report)
        yield tables.fund_table(looking, report)
        yield tables.fund_movements_table(looking, report)
    else:
        yield Prose(looking.words("report.fund_empty"))


def _fund_sums(looking: Looking, report: Report) -> Prose:
    fund = report.fund
    sums = {"thu": dotted(fund.income), "chi": dotted(fund.outlay), "thuong": dotted(fund.given)}
    sums |= {"con": dotted(fund.left)}
    return Prose(looking.words("report.fund", **sums))


def _table_or(looking: Looking, table: PaperTable, key: str) -> Iterator[Block]:
    yield table if table.rows else Prose(looking.words(key))


Part = Callable[[Looking, Report], Iterator[Block]]
FIGURES = "figures"
OUTLINE: Mapping[str, Part] = {
    "direction": _direction,
    "movements": _movements,
    "awards": _awards,
    "council": _council,
    "shortfalls": _shortfalls,
}
PARTS: Mapping[str, Part] = {"statistics": _awards, "coverage": _coverage, "fund": _fund}
