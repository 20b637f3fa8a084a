"""Thời hạn: the page *ấn định thời hạn* as a table, as a workbook to fill in, and as it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from exchange.ics import calendar
from exchange.sheets.deadline_sheet import PageRow, page_workbook
from exchange.sheets.faults import Unreadable
from runtime.acts.deadline_sheet import SubmittedPage, answered, checked_page, set_dates
from runtime.office.looking import Looking
from runtime.office.typed import whole
from runtime.views.answers import ReasonTold, reasons_told, sentence_of_doubt
from runtime.views.deadline_sheet import new_text, old_text, page_row, remark_text, sheet_page
from runtime.views.deadlines import row_text
from runtime.views.due_days import calendar_name, due_days
from web.desk import Desk
from web.frame import new_key
from web.links import item_path
from web.pages.reports import XLSX
from web.replies import Download, Page, Redirect, Reply, Sent, Shown
from workflow.model.decision import Reason
from workflow.model.facts import Item
from workflow.model.tasks import Task
from workflow.rules.inputs import parse_code
from workflow.rules.not_an_input import NotAnInput
from workflow.services.deadline_sheet import Checked

MANY, COMING = 60, 2
"""Tasks on a page, and the reminders to come that are told of each."""


class Line(NamedTuple):
    """A row of the sheet with its reference, where it is seen, and what comes next."""

    ref: str
    to: str
    row: PageRow
    due: str
    target: str
    coming: str


def show(desk: Desk) -> Reply:
    return _shown(desk)


def _shown(desk: Desk, *, status: int = 200, **found: Any) -> Reply:
    looking, first = desk.looking, whole(desk.asked.one("from")) or 0
    tasks = looking.reading.tasks(looking.office, looking.year) if looking.plan_years else ()
    values = {
        "year": looking.year if tasks else "",
        "lines": _lines(looking, tasks[first : first + MANY]),
        "start": first,
        "pages": range(0, len(tasks), MANY),
        "sets": _may_set(desk),
        "file": "",
        "faults": (),
        "doubts": (),
        "against": (),
        "unreadable": "",
        "nothing": False,
    }
    return Shown("deadlines", {**values, **found}, status)


def _may_set(desk: Desk) -> bool:
    """Whether the position sees more than its own: who may set which date is said for each row."""
    return desk.account is not None and not desk.narrow


def _lines(looking: Looking, tasks: Sequence[Item]) -> list[Line]:
    coming = _coming(looking, tasks)
    return [
        Line(
            looking.ref(task.key),
            item_path(task.key),
            page_row(looking, task),
            looking.day(task.due_on),
            looking.day(task.target_on),
            "; ".join(coming[task.key.ref]),
        )
        for task in tasks
    ]


def _coming(looking: Looking, tasks: Sequence[Item]) -> Mapping[str, Sequence[str]]:
    """The next reminders of tasks of the year, in order of time."""
    refs = [task.key.ref for task in tasks]
    found: dict[str, list[str]] = {ref: [] for ref in refs}
    if not refs:
        return found
    for row in looking.reading.deadlines(looking.office, looking.year, refs=refs, pending=True):
        if row.kind != "due" and row.paused_on is None and len(found[row.ref]) < COMING:
            day = looking.day(looking.local(row.at)[0])
            found[row.ref].append(f"{day} {looking.words.inside(row_text(looking.words, row))}")
    return found


# -- to take away ----------------------------------------------------------------------------------------


def workbook(desk: Desk) -> Reply:
    looking = desk.looking
    return Download(f"thoi-han-{looking.year}.xlsx", XLSX, page_workbook(sheet_page(looking.speaking("vi"))))


def diary(desk: Desk) -> Reply:
    """The dates for a calendar; a body and the auditor get their own alone."""
    looking = desk.looking
    narrow = desk.narrow
    days = due_days(looking, account=desk.account if narrow or desk.asked.one("mine") else None)
    text = calendar(calendar_name(looking), days, stamp=looking.now)
    return Download(f"thoi-han-{looking.year}.ics", "text/calendar; charset=utf-8", text.encode())


# -- as it comes back ------------------------------------------------------------------------------------


def read(desk: Desk) -> Reply:
    """What the workbook would set; nothing is written."""
    desk.acting.require_actor()
    sent = desk.sent_file()
    checked = _checked(desk, sent)
    if not isinstance(checked, Checked):
        return checked
    return _preview(desk, sent, desk.console.held.hold(desk.account, sent), checked)


def _checked(desk: Desk, sent: Sent) -> Checked | Reply:
    """The workbook's changes, else the page that says why there are none."""
    words = desk.words
    try:
        checked = checked_page(desk.acting, sent.content)
    except Unreadable as error:
        return _shown(desk, status=422, file=sent.name, unreadable=error.said(words.language))
    doubts = [(each.cell or "", remark_text(words, each, "doubt")) for each in checked.doubts]
    if checked.faults:
        faults = [(each.cell or "", remark_text(words, each, "fault")) for each in checked.faults]
        status = 409 if checked.only_overtaken else 422
        return _shown(desk, status=status, file=sent.name, faults=faults, doubts=doubts)
    if not checked.changes:
        return _shown(desk, file=sent.name, nothing=True, doubts=doubts)
    return checked


def _preview(
    desk: Desk, sent: Sent, held: str, checked: Checked, *, status: int = 200, wrong: bool = False
) -> Reply:
    words, acting = desk.words, desk.acting
    tried = set_dates(acting, checked.changes, SubmittedPage("", None), dry_run=True)
    contents = {item.key: Task.of(item).content for item in acting.tasks(acting.year)}
    return Shown(
        "deadlines_read",
        {
            "file": sent.name,
            "held": held,
            "form_key": desk.asked.one("key") or new_key(),
            "changes": [
                (
                    acting.ref(change.key),
                    contents[change.key],
                    old_text(words, change),
                    new_text(words, change),
                    change.source,
                )
                for change in checked.changes
            ],
            "doubts": [
                *((each.cell or "", remark_text(words, each, "doubt")) for each in checked.doubts),
                *(
                    (result.ref, sentence_of_doubt(doubt, words))
                    for result in tried.results
                    for doubt in result.confirmed
                ),
            ],
            "against": _against(
                desk, [(each.ref, each.refused.reasons) for each in tried.refused if each.refused]
            ),
            "approved_by": desk.asked.one("approved_by"),
            "wrong": wrong,
        },
        status,
    )


def _against(
    desk: Desk, refused: Sequence[tuple[str, Sequence[Reason]]]
) -> Sequence[tuple[str, tuple[ReasonTold, ...]]]:
    return [(ref, reasons_told(desk.looking, reasons)) for ref, reasons in refused]


def set_them(desk: Desk) -> Reply:
    """Sets every date that was shown, or none. What is sent twice is done once."""
    asked = desk.asked
    acting = desk.acting_by(asked.one("key"))
    acting.require_actor()
    sent = desk.console.held.given(desk.account, asked.one("held"))
    try:
        paper = parse_code(asked.one("approved_by")) if asked.one("approved_by") else None
    except NotAnInput:
        checked = _checked(desk, sent)
        if not isinstance(checked, Checked):
            return checked
        return _preview(desk, sent, asked.one("held"), checked, status=422, wrong=True)
    handed = SubmittedPage(sha256(sent.content).hexdigest(), paper)
    done = answered(acting, handed)
    if done is None:
        checked = _checked(desk, sent)
        if not isinstance(checked, Checked):
            return checked
        done = set_dates(acting, checked.changes, handed)
    if done.refused:
        told = [(each.ref, each.refused.reasons) for each in done.refused if each.refused]
        return _shown(desk, status=422, file=sent.name, against=_against(desk, told))
    return Redirect("/deadlines", said=(desk.words("sheet.done", n=len(done.results)),))


PAGES = (
    Page("GET", "/deadlines", show, part="deadlines"),
    Page("GET", "/deadlines/sheet.xlsx", workbook, part="deadlines"),
    Page("GET", "/deadlines/calendar.ics", diary, part="deadlines"),
    Page("POST", "/deadlines/import", read, part="deadlines", acts=True),
    Page("POST", "/deadlines/import/confirmed", set_them, part="deadlines", acts=True),
)
