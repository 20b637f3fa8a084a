"""Việc cần xử lý: what the position must act on, nearest date first; what others have; what came back."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode

from runtime.office.typed import whole
from runtime.views.inbox import InboxLine, in_words, waiting_for
from web.desk import Desk
from web.links import item_path
from web.pages.item import step_path
from web.replies import Page, Redirect, Reply, Shown
from workflow.model.facts import Key
from workflow.model.subjects import AWARD_DECISION, SESSION

SHOWN = 50
"""Things on one page."""
NEW = {SESSION.id: "/sessions/new", AWARD_DECISION.id: "/decisions/new"}
"""Where an item of the subject is made."""


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
    """The position's own work, or all that waits for others (`?others=yes`), a page at a time."""
    looking, first = desk.looking, desk.asked.one("from", "0")
    owned = looking.reading.owned(*looking.span)
    mine = waiting_for(looking, desk.account, owned)
    waiting, reader, whose = mine, desk.account, ""
    if desk.asked.one("others") and not desk.narrow:
        own = {(each.year, each.ref) for each in mine}
        everybody = waiting_for(looking, None, owned)
        waiting = tuple(each for each in everybody if (each.year, each.ref) not in own)
        reader, whose = None, "others"
    sent = looking.reading.submissions(looking.office, state="received") if "chase" in desk.parts else ()
    start = whole(first) or 0
    shown = [_line(desk, line) for line in in_words(looking, reader, waiting[start : start + SHOWN])]
    return Shown(
        "inbox",
        {
            "lines": shown,
            "all": len(waiting),
            "start": start,
            "after": start + SHOWN if start + SHOWN < len(waiting) else 0,
            "back": sum(each.came_back for each in mine),
            "sent": len(sent),
            "whose": whose,
            "narrow": desk.narrow,
        },
    )


def _line(desk: Desk, line: InboxLine) -> Line:
    record, looking = line.record, desk.looking
    key = Key(looking.office, record.year, record.ref)
    if record.subject == "expectation":
        new = f"/dossiers/new?{urlencode({'task': key.in_year, 'body': record.body or ''})}"
        return Line(line, new, desk.words("expect.todo"), new, _tone(line))
    if record.subject == "definition":
        return Line(line, "/settings", desk.words("proposal.todo"), "/settings", _tone(line))
    return Line(line, item_path(key), line.step.label if line.step else "", _where(desk, line), _tone(line))


def _where(desk: Desk, line: InboxLine) -> str:
    """Where the likeliest step is taken: of the item, or of another one that leads it on."""
    item, step = line.item, line.step
    if item is not None and step is not None and step.of and step.on is None:
        return NEW[step.of]
    if item is None or step is None or not step.event:
        return item_path(Key(desk.looking.office, line.record.year, line.record.ref))
    return step_path(desk, step.on or item, step.event)


def _tone(line: InboxLine) -> str:
    record = line.record
    return "late" if record.late else "waiting" if record.waiting else "open"


PAGES = (
    Page("GET", "/", front),
    Page("GET", "/inbox", inbox, part="inbox"),
)
