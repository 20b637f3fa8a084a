"""What stands around every page: who works, the menu, what was just done."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from web.desk import Desk
from workflow.model.sight import Part
from workflow.model.subjects import AWARD_DECISION, DOSSIER, SESSION, SUBJECTS, TASK
from workflow.model.substitution import stood_in_for

MENU: tuple[tuple[Part, str], ...] = (
    ("inbox", "/inbox"),
    ("plan", "/plan"),
    ("dossiers", "/dossiers"),
    ("sessions", "/sessions"),
    ("decisions", "/decisions"),
    ("money", "/money"),
    ("chase", "/chase"),
    ("search", "/search"),
    ("reports", "/reports"),
    ("papers", "/papers"),
    ("deadlines", "/deadlines"),
    ("log", "/log"),
    ("settings", "/settings"),
    ("status", "/status"),
)
"""The menu in the order of flows.md §5."""


class Choice(NamedTuple):
    """A thing that can be chosen: of a menu, a list, a switch."""

    id: str
    label: str
    chosen: bool = False


class Crumb(NamedTuple):
    """A place of the menu."""

    part: str
    to: str
    label: str
    here: str
    """`page` on that page, `true` on one that belongs there, else empty: for `aria-current`."""


def new_key() -> str:
    """A form's key: sent twice, it is done once."""
    return secrets.token_urlsafe(18)


PLACES: Mapping[str, Part] = MappingProxyType(
    {TASK.id: "plan", DOSSIER.id: "dossiers", SESSION.id: "sessions", AWARD_DECISION.id: "decisions"}
)
"""Where items of a subject stand in the menu."""


def _here(desk: Desk, part: str | None, place: Part, to: str) -> str:
    """Whether a place of the menu is where the page stands, as `Crumb.here`."""
    subject = SUBJECTS.of(desk.asked.place.get("ref", "")) if part is None else None
    if place != (PLACES.get(subject.id) if subject else part):
        return ""
    return "page" if desk.asked.path == to else "true"


def frame_of(desk: Desk, part: str | None) -> Mapping[str, Any]:
    """The values that `page.html` needs beside a page's own."""
    looking, words = desk.looking, desk.words
    account = desk.account
    absent = stood_in_for(account, looking.substitutions, looking.today) if account else ()
    return {
        "w": words,
        "language": desk.language,
        "office": looking.row.title,
        "sandbox": words("marker.sandbox") if looking.row.sandbox else "",
        "day": looking.day_with_weekday(looking.today),
        "hour": looking.local(looking.now)[1],
        "zone": words("web.zone") if looking.zone == "Asia/Ho_Chi_Minh" else looking.zone,
        "signed": desk.signed,
        "passwords": desk.console.gate.passwords,
        "position": looking.position(account) if account else "",
        "stands_in": [looking.position(id) for id in absent],
        "positions": [Choice(id, looking.account(id), id == account) for id in desk.accounts],
        "menu": [
            Crumb(id, to, words(f"web.menu.{id}"), _here(desk, part, id, to))
            for id, to in MENU
            if id in desk.parts
        ],
        "said": desk.asked.said,
        "here": desk.asked.path,
        "key": new_key(),
        "log_size": looking.reading.logged(looking.office),
    }
