"""The week's page for `tdkt inbox --week`: built once as values, printed in 100 columns, or given as JSON.

A looking module. The chair and vice chair are reported to (Kính báo cáo, Kính trình), never reminded.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Literal

import click

from commands.deadline import DERIVED, is_overdue
from commands.items import content_text, day_text, owners_text, progress_marker
from commands.printing import print_table
from exchange.pages.week import WeekLine, WeekPage, WeekSection
from runtime.office.looking import Looking
from runtime.views.briefing import Awaited, Lying, Week, week_of
from storage.views import Row

SUPERIORS = frozenset({"chair", "vice_chair"})


def week_json(looking: Looking, account: str | None) -> dict[str, Any]:
    """The week with ids. `account` is null for the whole office; `lies_with` repeats items of the others."""
    week = _week(looking, account)
    groups = ("late", "this_week", "next_weeks", "waiting", "closed")
    return {
        "office": looking.office,
        "account": account,
        "today": week.today.isoformat(),
        "week": week.number,
        "from": week.monday.isoformat(),
        "to": week.sunday.isoformat(),
        **{group: [_row_json(row, looking) for row in getattr(week, group)] for group in groups},
        "lies_with": [
            {**_row_json(lying.row, looking), "since": lying.since and lying.since.isoformat()}
            for lying in week.lies_with
        ],
        "expected": [_awaited_json(awaited) for awaited in week.expected],
    }


def _awaited_json(awaited: Awaited) -> dict[str, Any]:
    """A list of expected dossiers: its counts, and the silent bodies that the page tells."""
    listed = awaited.listed
    return {
        "ref": listed.ref,
        "content": listed.first["content"],
        "due": awaited.silent[0].due,
        "derived": awaited.silent[0].derived,
        "owed": len(listed.owed),
        "answered": listed.answered,
        "silent": [each.body for each in awaited.silent],
    }


def _week(looking: Looking, account: str | None) -> Week:
    return week_of(looking, account=account, overdue=is_overdue)


def _row_json(row: Row, looking: Looking) -> dict[str, Any]:
    return {
        "ref": row["ref"],
        "subject": row["subject"],
        "content": content_text(row, looking),
        "state": row["state"],
        "due": row["due_on"],
        "derived": row["due_mark"] == "derived",
        "days_late": looking.days_late(row),
        "owners": row["owners"],
        "closed_on": row["closed_on"],
        "version": row["version"],
    }


def week_page(looking: Looking, account: str | None, *, reader: str | None) -> WeekPage:
    """The week in words: of `account`, or of the whole office without one; `reader` is who is addressed."""
    words, week = looking.words, _week(looking, account)
    language: Literal["vi", "en"] = "vi" if words.language == "vi" else "en"
    shown = {
        "tuan": week.number,
        "tu": _day_text(looking, week.monday),
        "den": _day_text(looking, week.sunday),
    }
    rows = [*week.late, *week.this_week, *week.next_weeks, *week.waiting]
    derived = any(row["due_mark"] == "derived" for row in rows) or any(
        each.derived for awaited in week.expected for each in awaited.silent
    )
    return WeekPage(
        office=looking.office_row["title"],
        title=words("week.title", **shown),
        subtitle=_subtitle(looking, account, reader, week),
        day=_day_text(looking, week.today),
        mark=words("marker.sandbox") if looking.office_row["sandbox"] else None,
        language=language,
        sections=_sections(week, looking),
        none=words("week.none"),
        more=words("week.more", n="{n}"),
        notes=(f"{DERIVED} {words('marker.derived')}",) if derived else (),
    )


def _subtitle(looking: Looking, account: str | None, reader: str | None, week: Week) -> str:
    words = looking.words
    if reader is not None and is_superior(looking, reader):
        return words("week.to_superior", tuan=week.number)
    if account is not None:
        return words("week.of_account", tai_khoan=looking.account(account))
    return words("week.of_office")


def is_superior(looking: Looking, account: str) -> bool:
    roles = looking.directory.get("accounts", {}).get(account, {}).get("roles", ())
    return bool(SUPERIORS & set(roles))


def _sections(week: Week, looking: Looking) -> tuple[WeekSection, ...]:
    words = looking.words
    last = {
        "tu": _day_text(looking, week.monday - timedelta(days=7)),
        "den": _day_text(looking, week.monday - timedelta(days=1)),
    }
    task, who = words("column.task"), words("week.who")
    dated = (task, words("column.due"), words("column.late"), who)
    stands = (task, words("column.due"), words("column.state"), who)
    lies = (task, words("week.since"), words("column.state"), who)
    ended = (task, words("week.closed_on"), words("column.late"), words("column.state"))
    sunday, horizon = _day_text(looking, week.sunday), _day_text(looking, week.horizon)
    asked = (task, words("column.due"), words("week.answers"), words("week.silent"))
    expected = WeekSection(
        words("week.expected"), "open", asked, tuple(_awaited(one, looking) for one in week.expected)
    )
    return (
        WeekSection(words("week.late"), "late", dated, _lines(week.late, looking, by_date=True)),
        WeekSection(words("week.this_week", ngay=sunday), "soon", stands, _lines(week.this_week, looking)),
        WeekSection(words("week.next_weeks", ngay=horizon), "open", stands, _lines(week.next_weeks, looking)),
        WeekSection(
            words("week.lies_with"), "open", lies, tuple(_lying(one, looking) for one in week.lies_with)
        ),
        *([expected] if expected.lines else []),
        WeekSection(words("week.waiting"), "waiting", stands, _lines(week.waiting, looking)),
        WeekSection(
            words("week.closed", **last), "done", ended, tuple(_closed(row, looking) for row in week.closed)
        ),
    )


def _lines(rows: tuple[Row, ...], looking: Looking, *, by_date: bool = False) -> tuple[WeekLine, ...]:
    """Rows with their due dates; `by_date` tells how late they are, else their state."""
    return tuple(
        WeekLine(
            ref=row["ref"],
            content=_dated_content(row, looking),
            day=_due_text(row, looking),
            said=progress_marker(row, looking) if by_date else looking.state(row),
            who=_who(row, looking),
        )
        for row in rows
    )


def _dated_content(row: Row, looking: Looking) -> str:
    """What an item is about, with the term whose date it bears."""
    term = looking.dated_by(row)
    return content_text(row, looking) + (f" ({looking.words.inside(term)})" if term else "")


def _lying(lying: Lying, looking: Looking) -> WeekLine:
    row = lying.row
    return WeekLine(
        ref=row["ref"],
        content=content_text(row, looking),
        day="" if lying.since is None else _day_text(looking, lying.since),
        said=looking.state(row),
        who=_who(row, looking, presented=True),
    )


def _awaited(awaited: Awaited, looking: Looking) -> WeekLine:
    """A list of expected dossiers: how many have answered, and who has not."""
    listed, first = awaited.listed, min(awaited.silent, key=lambda each: each.due or "9999")
    return WeekLine(
        ref=listed.ref,
        content=str(listed.first["content"]),
        day=day_text(looking, first.due) + (DERIVED if first.derived else ""),
        said=f"{listed.answered}/{len(listed.owed)}",
        who="; ".join(looking.body(each.body) for each in awaited.silent),
    )


def _closed(row: Row, looking: Looking) -> WeekLine:
    return WeekLine(
        ref=row["ref"],
        content=content_text(row, looking),
        day=day_text(looking, row["closed_on"]),
        said=progress_marker(row, looking),
        who=looking.state(row),
    )


def _who(row: Row, looking: Looking, *, presented: bool = False) -> str:
    """Whoever must act; that it lies with the chair or vice chair is said as a presentation."""
    named = owners_text(row, looking)
    if presented and any(is_superior(looking, owner) for owner in row["owners"]):
        return looking.words("week.presented", tai_khoan=named)
    return named


def _due_text(row: Row, looking: Looking) -> str:
    return day_text(looking, row["due_on"]) + (DERIVED if row["due_mark"] == "derived" else "")


def _day_text(looking: Looking, day: date) -> str:
    return day_text(looking, day.isoformat())


# -- on the terminal -------------------------------------------------------------------------------------


def print_week(week: WeekPage) -> None:
    """Every line of every section; an empty section says so."""
    mark = f"  [{week.mark}]" if week.mark else ""
    click.echo(f"{week.office}: {week.title}{mark}")
    click.echo(week.subtitle)
    for section in week.sections:
        click.echo(f"\n{section.title} ({len(section.lines)})")
        if not section.lines:
            click.echo(week.none)
            continue
        item, day, said, who = section.headings
        print_table(
            ["", item, day, said, who],
            [(line.ref, line.content, line.day, line.said, line.who) for line in section.lines],
            wide=(1, 3, 4),
        )
    for at, note in enumerate(week.notes):
        click.echo(note if at else f"\n{note}")
