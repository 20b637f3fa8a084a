"""What the page of a session has beside every item's: its agenda, members, votes and what is likely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from runtime.views.session_forecast import (
    forecast_facts,
    forecast_rows,
    proposed_recusals,
    session_forecast,
)
from runtime.views.session_people import member_rows
from runtime.views.session_titles import title_rows
from runtime.views.sessions import (
    agenda_rows,
    minutes_usual,
    quorum,
    silent_members,
)
from web.desk import Desk
from web.links import event_path, item_path
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

BEFORE = frozenset({"prepared", "called", "postponed"})
HELD = frozenset({"opened", "closed", "minuted"})
PAPERS = (
    ("giay_moi", BEFORE | HELD),
    ("danh_sach_trich_ngang", BEFORE | HELD),
    ("phieu_bau", frozenset({"opened"})),
    ("bb_kiem_phieu", HELD),
    ("bb_hop", frozenset({"closed", "minuted"})),
    ("to_trinh_hoi_dong", frozenset({"minuted"})),
)
"""The papers of a session, and in which of its states they can be of use."""


SCREENS = {
    **dict.fromkeys(("agenda_add", "agenda_remove"), "agenda"),
    **dict.fromkeys(("open", "arrive", "leave", "preside"), "roll"),
    "roll": "roll?again=yes",
    "conclude": "conclude",
}
"""Events that are asked on a screen of their own, by the end of its address."""
STANDS = {"vote_open": "to_open", "show_hands": "to_count", "count": "to_count", "check_count": "to_check"}
"""Those of the votes, with where the vote stands that they are asked of."""


def step_path(desk: Desk, item: Item, event: str) -> str:
    """Where the event is asked: on its screen, else as a form."""
    path = item_path(item.key)
    if event in SCREENS:
        return f"{path}/{SCREENS[event]}"
    session = CouncilSession.of(item)
    if event == "recuse" and proposed_recusals(desk.looking, session):
        return f"{path}/recusals"
    if event in STANDS:
        for row in title_rows(desk.looking, item):
            other_way = {"show_hands": row.slips, "count": not row.slips}.get(event, False)
            if row.stands == STANDS[event] and not other_way:
                return f"{path}/vote/{row.title}"
    return event_path(item.key, event)


def values(desk: Desk, item: Item) -> Mapping[str, Any]:
    looking, session = desk.looking, CouncilSession.of(item)
    members, path = member_rows(looking, item), item_path(item.key)
    here, least = len(session.here), quorum(looking, session)
    running = item.state in BEFORE or item.state == "opened"
    seen = session_forecast(looking, item) if running and "dossiers" in desk.parts else None
    acts = desk.acting.actor_or_none is not None and "dossiers" in desk.parts
    return {
        "session": {
            "screens": _screens(desk, item) if acts else (),
            "agenda": agenda_rows(looking, item),
            "links": "dossiers" in desk.parts,
            "members": members,
            "here": here if item.state == "opened" and not session.by_writing else None,
            "least": least,
            "enough": here >= least,
            "silent": len(silent_members(looking, item)) if item.state == "called" and acts else 0,
            "titles": [(f"{path}/vote/{row.title}", row) for row in title_rows(looking, item)],
            "votes": item.state in HELD,
            "forecast_facts": forecast_facts(looking, seen) if seen else (),
            "forecast_rows": forecast_rows(looking, seen) if seen else (),
            "papers": [
                (kind, f"{path}/papers/{kind}.docx", f"{path}/papers/{kind}.pdf")
                for kind, states in PAPERS
                if item.state in states and "papers" in desk.parts
            ],
        }
    }


def _screens(desk: Desk, item: Item) -> list[tuple[str, str]]:
    """The screens that are of use in the state, by their name in `web.session.to`; what is usual stands in
    them already."""
    looking, session, path = desk.looking, CouncilSession.of(item), item_path(item.key)
    found = []
    if item.state in BEFORE:
        found.append(("agenda", f"{path}/agenda"))
    if item.state == "called" or (item.state == "opened" and not session.by_writing):
        found.append(("open" if item.state == "called" else "roll", f"{path}/roll"))
    if item.state in ("called", "opened") and proposed_recusals(looking, session):
        found.append(("recusals", f"{path}/recusals"))
    if item.state == "opened" and any(line.secret for line in session.undecided):
        found.append(("board", event_path(item.key, "board")))
    if item.state in ("opened", "closed") and session.undecided:
        found.append(("conclude", f"{path}/conclude"))
    if item.state == "opened" and not session.undecided:
        found.append(("close", event_path(item.key, "close")))
    if item.state == "closed":
        usual = minutes_usual(looking, item)
        words = [
            ("paper_date", looking.day(session.held_on)),
            *(("signers", id) for id in (usual.signers or "").split(",") if id),
            *((("sheet", "seen"),) if usual.secret else ()),
        ]
        found.append(("minute", f"{event_path(item.key, 'minute')}?{urlencode(words)}"))
    return found
