"""Kế hoạch năm: the board by quarter with a picture of the year, and the taking in of the plan's document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from exchange.pages.board import Board, BoardQuarter, BoardTask
from runtime.acts import planning
from runtime.acts.import_plan import import_plan
from runtime.acts.issued_plan import completing, issuing_row
from runtime.acts.plan_reading import PlanWording, changes_told, derived_told, unknown_told, vanished_told
from runtime.office.looking import Looking
from runtime.office.typed import whole
from runtime.views.answers import reasons_told
from runtime.views.board import board_of
from runtime.views.movements import COLUMNS, movement_cells, movement_lines
from runtime.views.year_picture import year_picture
from web.desk import Desk
from web.frame import new_key
from web.links import event_path, item_path
from web.replies import Page, Redirect, Reply, Sent, Shown
from workflow.model.decision import Refused
from workflow.model.facts import Key
from workflow.model.references import reference

FEW, MANY = 30, 100
"""Tasks of a quarter on the year's page, and on a page of the quarter's own."""


class Row(NamedTuple):
    """A task of the board with where it is seen."""

    task: BoardTask
    to: str


class Group(NamedTuple):
    """A quarter of the board, as much of it as the page shows; `no` counts the board's quarters."""

    no: int
    label: str
    size: int
    rows: Sequence[Row]


def show(desk: Desk) -> Reply:
    if not desk.looking.plan_years:
        return _asking(desk, first=True)
    asked = desk.asked
    looking = desk.looking_at(whole(asked.one("year")))
    board = board_of(looking)
    quarter = whole(asked.one("quarter"))
    if quarter is not None and quarter < len(board.quarters):
        return _quarter(looking, board, quarter, whole(asked.one("from")) or 0)
    return Shown(
        "plan",
        {
            "year": looking.year,
            "years": looking.plan_years,
            "board": board,
            "picture": year_picture(board, looking.words),
            "groups": [_group(looking, no, each, 0, FEW) for no, each in enumerate(board.quarters)],
            "few": FEW,
            "movement_columns": [looking.words(f"column.{name}") for name in COLUMNS],
            "movements": [movement_cells(looking, line) for line in movement_lines(looking)],
            "imports": desk.may("import"),
        },
    )


def _quarter(looking: Looking, board: Board, no: int, start: int) -> Reply:
    group = _group(looking, no, board.quarters[no], start, MANY)
    pages = range(0, group.size, MANY)
    return Shown(
        "plan_quarter",
        {"year": looking.year, "board": board, "group": group, "start": start, "pages": pages, "many": MANY},
    )


def _group(looking: Looking, no: int, quarter: BoardQuarter, start: int, most: int) -> Group:
    shown = quarter.tasks[start : start + most]
    return Group(no, quarter.label, len(quarter.tasks), [Row(task, _to(looking, task.ref)) for task in shown])


def _to(looking: Looking, ref: str) -> str:
    """Where the task of a printed reference is seen: one without a year is of the newest plan."""
    meant = reference(ref, looking.subjects)
    return item_path(Key(looking.office, meant.year or looking.plan_years[0], meant.ref))


# -- taking in the document ------------------------------------------------------------------------------


def ask(desk: Desk) -> Reply:
    return _asking(desk, first=not desk.looking.plan_years)


def _asking(desk: Desk, *, first: bool, status: int = 200, **found: object) -> Reply:
    values = {
        "first": first,
        "imports": desk.may("import"),
        "name": "",
        "problems": (),
        "against": (),
        **found,
    }
    return Shown("plan_import", values, status)


def read(desk: Desk) -> Reply:
    """What the document says and what would change; nothing is written."""
    sent = desk.sent_file()
    compared, reader = _compared(desk, sent)
    if not compared.reading.importable:
        return _mistaken(desk, sent, compared)
    return Shown(
        "plan_read",
        {
            "name": sent.name,
            "held": desk.console.held.hold(desk.account, sent),
            "form_key": new_key(),
            "compared": compared,
            "doubts": compared.reading.problems,
            "derived": derived_told(compared, reader),
            "changes": () if compared.new else changes_told(compared, reader),
            "vanished": "" if compared.new else vanished_told(compared, reader),
            "unknown": unknown_told(compared, reader),
            "imports": desk.may("import"),
            "day": desk.looking.day,
            "body": desk.looking.body,
        },
    )


def _compared(desk: Desk, sent: Sent) -> tuple[planning.Comparison, PlanWording]:
    reader = PlanWording.of(desk.acting)
    return planning.compare(desk.acting, sent.content, language=reader.words.language), reader


def _mistaken(desk: Desk, sent: Sent, compared: planning.Comparison) -> Reply:
    first = not desk.looking.plan_years
    return _asking(desk, first=first, status=422, name=sent.name, problems=compared.reading.problems)


def take_in(desk: Desk) -> Reply:
    """Imports what was shown; the document is read and compared again, for the plan may have changed."""
    asked = desk.asked
    acting = desk.acting_by(asked.one("key"))
    acting.require_actor()
    if desk.done_before(acting):
        return Redirect("/plan")
    role = acting.entitled("import")
    if isinstance(role, Refused):
        reasons = reasons_told(desk.looking, role.reasons)
        return _asking(desk, first=not desk.looking.plan_years, status=422, against=reasons)
    sent = desk.console.held.given(desk.account, asked.one("held"))
    compared, reader = _compared(desk, sent)
    if not compared.reading.importable:
        return _mistaken(desk, sent, compared)
    words, year = reader.words, compared.reading.year
    if not compared.to_write:
        return Redirect(f"/plan?year={year}", said=(words("message.plan_unchanged", nam=year),))
    done = import_plan(acting, compared.reading, document=compared.document, role=role)
    said = (
        words("message.plan_imported", nam=year, n=done.added)
        if compared.new
        else words("message.plan_updated", nam=year, n=done.added, m=done.changed)
    )
    return _after(desk, compared, said)


def _after(desk: Desk, compared: planning.Comparison, said: str) -> Reply:
    """To the board; where the issued plan completes a row of the plan before, to that row's filled form."""
    issued, year = compared.reading.issued, compared.reading.year
    assert year is not None
    row = issuing_row(desk.acting, year) if issued is not None else None
    if row is None or issued is None:
        return Redirect(f"/plan?year={year}", said=(said,))
    event, inputs = completing(row, issued)
    ref, day = f"{row.key.year}/{row.key.ref}", desk.words.day(issued.on)
    question = desk.words("message.plan_issued_question", ref=ref, so=issued.number, ngay=day, nam=year)
    return Redirect(f"{event_path(row.key, event)}?{urlencode(inputs)}", said=(said, question))


PAGES = (
    Page("GET", "/plan", show, part="plan"),
    Page("GET", "/plan/import", ask, part="plan"),
    Page("POST", "/plan/import", read, part="plan", acts=True),
    Page("POST", "/plan/import/confirmed", take_in, part="plan", acts=True),
)
