"""Việc cần xử lý: what the position must act on, nearest date first; what others have; what came back."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from runtime.views.inbox import InboxLine, inbox_of
from runtime.views.steps import next_step
from web.desk import Desk
from web.links import item_path
from web.pages.item import step_path
from web.replies import Page, Redirect, Reply, Shown
from workflow.model.facts import Key


class Line(NamedTuple):
    """A thing to be done, with where it is seen and where its likeliest step is taken."""

    line: InboxLine
    to: str
    step: str
    step_to: str
    tone: str


def front(desk: Desk) -> Reply:
    """The first page of the position: its work, else the plan."""
    if desk.account is None:
        return Shown("choosing", {})
    return Redirect("/inbox" if "inbox" in desk.parts else "/plan")


def inbox(desk: Desk) -> Reply:
    looking = desk.looking
    account = desk.account
    mine = [_line(desk, line) for line in inbox_of(looking, account)]
    own = {(line.line.record.year, line.line.record.ref) for line in mine}
    others = [
        _line(desk, line)
        for line in inbox_of(looking, None)
        if (line.record.year, line.record.ref) not in own and "dossiers" in desk.parts
    ]
    back = [line for line in mine if line.line.record.state == "returned"]
    sent = looking.reading.submissions(looking.office, state="received") if "chase" in desk.parts else ()
    return Shown("inbox", {"mine": mine, "others": others[:50], "back": len(back), "sent": len(sent)})


def _line(desk: Desk, line: InboxLine) -> Line:
    record, looking = line.record, desk.looking
    key = Key(looking.office, record.year, record.ref)
    if record.subject == "expectation":
        new = f"/dossiers/new?{urlencode({'task': key.in_year, 'body': record.body or ''})}"
        return Line(line, new, desk.words("expect.todo"), new, _tone(line))
    if record.subject == "definition":
        return Line(line, "/settings", desk.words("proposal.todo"), "/settings", _tone(line))
    item = looking.reading.item(key)
    step = next_step(looking, item, reader=desk.account) if item else None
    where = step_path(desk, item, step.event) if item and step and step.event else item_path(key)
    return Line(line, item_path(key), step.label if step else "", where, _tone(line))


def _tone(line: InboxLine) -> str:
    record = line.record
    return "late" if record.late else "waiting" if record.waiting else "open"


PAGES = (
    Page("GET", "/", front),
    Page("GET", "/inbox", inbox, part="inbox"),
)
