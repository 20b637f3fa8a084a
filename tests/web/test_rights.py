"""Role × event × state over HTTP: what a position may not do, no crafted request of its does.

TDKT_CRAFTED_REQUESTS asks for more of them than the few of every run.
"""

from __future__ import annotations

import os
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import groupby, islice, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from runtime.acts.acting import Acting
from runtime.office.looking import Looking
from runtime.office.settings import Options
from tests.people import SECOND_VILLAGE, VILLAGE
from tests.web.conftest import Browser, Serving
from tests.web.usual import usual_words
from web.frame import new_key
from web.links import event_path, item_path
from workflow.model.context import Actor
from workflow.model.facts import Item
from workflow.model.sight import sees
from workflow.model.subjects import SUBJECTS
from workflow.services.judging import known_events

REQUESTS = int(os.environ.get("TDKT_CRAFTED_REQUESTS", "300"))
HERE = {"TDKT_LANG": "vi"}


class Cell(NamedTuple):
    """An event that a position asks of an item."""

    account: str
    item: Item
    event: str


def positions(looking: Looking) -> Sequence[str]:
    """Of the accounts with the same roles the first, and the representatives of bodies with dossiers."""
    found = {frozenset(account.roles): account.id for account in reversed(looking.directory.accounts)}
    return list(dict.fromkeys((*found.values(), VILLAGE, SECOND_VILLAGE)))


def items(looking: Looking) -> Sequence[Item]:
    """One item for each state of each machine in which the office has one."""
    found = {
        (item.digest, item.state): item
        for subject in SUBJECTS
        for item in looking.reading.subject_items(subject, *looking.span)
    }
    return [item for item in found.values() if looking.machine(item.digest).events]


def cells(looking: Looking) -> Sequence[Cell]:
    """As many as are asked for, each event as often as the others; by chance, which every run repeats."""
    chance, by_event = random.Random(13), dict[tuple[str, str], list[Cell]]()
    for account in positions(looking):
        for item in items(looking):
            for event in looking.machine(item.digest).events:
                by_event.setdefault((item.digest, event.id), []).append(Cell(account, item, event.id))
    for those in by_event.values():
        chance.shuffle(those)
    in_turn = (cell for turn in zip_longest(*by_event.values()) for cell in turn if cell is not None)
    return sorted(islice(in_turn, REQUESTS), key=lambda cell: cell.account)


def kept(database: Path) -> dict[str, list[Any]]:
    """All rows but those that say what was tried in vain."""
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}"{NOT_WHY.get(name, "")}').fetchall()
            for (name,) in tables
            if name not in ("entry", "log_head")
        }


NOT_WHY = {"free_text": " WHERE input <> 'why'"}
REFUSED = re.compile('<div class="warn" id="first-mistake" tabindex="-1"><h2>')
"""How a page begins to tell why an event was not done, other than by what was typed wrong."""


def test_what_a_position_may_not_none_of_its_requests_does(work: Path, serving: Serving) -> None:
    url, database = f"sqlite:///{work / 'co-quan.db'}", work / "co-quan.db"
    web, before = serving(url).sign_in(), kept(database)
    tally = Counter[str]()

    with Looking(Options(db=url), HERE) as looking, Acting(Options(db=url), HERE) as acting:
        asked = cells(looking)
        for account, of_account in groupby(asked, key=lambda cell: cell.account):
            web.take(account)
            for cell in of_account:
                tally[tried(looking, acting, web, cell)] += 1
            assert kept(database) == before, account
        everywhere, everybody = items(looking), {*positions(looking)}
        every = {
            (item.digest, event.id) for item in everywhere for event in looking.machine(item.digest).events
        }

    assert {(cell.item.digest, cell.event) for cell in asked} == every
    assert {cell.item.key for cell in asked} == {item.key for item in everywhere}
    assert {cell.account for cell in asked} == everybody
    # The engine itself refused nearly all of what is seen: no slip in the form keeps a request from it.
    assert tally["refused"] > 10 * tally["mistaken"]
    assert min(tally["hidden"], tally["unknown"]) > 0


def tried(looking: Looking, acting: Acting, web: Browser, cell: Cell) -> str:
    """How the request ended, which is refused as it must be; `may` where it is the position's right."""
    account, item, event = cell
    machine = acting.machine(item.digest)
    hidden = not sees(looking.directory, account, item, looking.today)
    known = event in known_events(machine)
    if known and not hidden and acting.why(item.key.in_year, event, actor=Actor(account))[0].allowed:
        return "may"
    words = usual_words(looking, item, event, machine.events[event].inputs)
    path = event_path(item.key, event)
    if event == "attach":  # a form of inputs leads to this one, in which a file comes, or that it was seen
        path, words = f"{item_path(item.key)}/attached", {**words, "how": "seen"}
    form = {**words, "version": str(item.version), "confirmed": "yes", "key": new_key()}
    sent = {"Sec-Fetch-Site": "same-origin"}
    answer = web.client.post(path, data=form, headers=sent, follow_redirects=False)
    if hidden:
        assert answer.status_code == 404, cell
        return "hidden"
    if answer.status_code == 400:
        assert not known, cell
        return "unknown"
    assert answer.status_code in (403, 422), (cell, answer.text)
    return "refused" if REFUSED.search(answer.text) else "mistaken"
