"""Every event leaves the same entry, whether it was asked of the console or of the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from runtime.acts.acting import Acting
from runtime.office.looking import Looking
from runtime.office.settings import Options
from runtime.views.fields import fields_of
from tests.commands.conftest import Tdkt
from tests.people import OFFICER
from tests.web.conftest import Serving
from workflow.model.facts import Item
from workflow.model.machine import Input
from workflow.model.subjects import AWARD_DECISION, SESSION

OWN = ("at", "key", "mac", "nonce")
"""What two entries of the same act never share."""
APART = frozenset({"attach"})
"""What the console asks on a page of its own, with the file itself."""
MOST = 60
"""Events that are done at least; the others are refused, alike on both sides."""
WORDS = {
    "birth": "03/1974",
    "code": "17/QĐ-UBND",
    "counts": "D0010/1:for=8,against=0",
    "date": "02/03/2026",
    "decimal": "94,5",
    "digest": "0f" * 32,
    "hour": "08:40",
    "integer": "3",
    "lines": "D0016/5",
    "money": "60.000.000",
    "portion": "40/41",
    "refs": "D0004",
    "text": "Nội dung mẫu",
}
"""A word of each type that is typed; of others the first that may be chosen is taken."""


class Asking(NamedTuple):
    """An event of an item, with the account that may do it and what it types."""

    item: str
    event: str
    account: str
    words: dict[str, str]


def askings(database: Path) -> Iterator[Asking]:
    """One asking for each event of the office's machines: of an item where somebody may, done by them, else
    of the first item of its kind, whose refusal is an entry too."""
    options, here = Options(db=f"sqlite:///{database}"), {"TDKT_LANG": "vi"}
    found: dict[tuple[str, str], Asking] = {}
    may: set[tuple[str, str]] = set()
    with Looking(options, here) as looking, Acting(options, here) as acting:
        for item in items(looking):
            for answer in acting.why(item.key.in_year, None, actor=None):
                known = item.subject, answer.event
                able = answer.allowed and bool(answer.who_can)
                if known in may or (known in found and not able):
                    continue
                account = answer.who_can[0] if answer.who_can else OFFICER
                found[known] = Asking(
                    item.key.in_year, answer.event, account, typed(looking, item, answer.inputs)
                )
                may |= {known} if able else set()
    yield from found.values()


def items(looking: Looking) -> Iterator[Item]:
    reading, office = looking.reading, looking.office
    yield from reading.tasks(office, 2026)
    yield from reading.dossiers(office, 2026, nominees=True)
    for subject in (SESSION, AWARD_DECISION):
        yield from reading.subject_items(subject, office, 2026)


def typed(looking: Looking, item: Item, inputs: tuple[Input, ...]) -> dict[str, str]:
    words = {}
    for input, field in zip(inputs, fields_of(looking, item, inputs), strict=True):
        word = field.options[0].value if field.options else WORDS.get(input.type, "")
        if word:
            words[input.name] = word
    return words


def entries(database: Path) -> list[dict[str, Any]]:
    """The log's entries without what is of each act alone."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT bytes FROM entry ORDER BY log, seq")
        found = [json.loads(bytes(row[0])) for row in rows]
    return [
        {name: name if name.startswith("text.") else value for name, value in each.items() if name not in OWN}
        for each in found
    ]


def texts(database: Path) -> list[tuple[Any, ...]]:
    """The free words, which the log has as salted digests alone."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(
            "SELECT ref, line, input, value FROM free_text ORDER BY 1, 2, 3, 4"
        ).fetchall()


def test_every_event_leaves_the_entry_that_the_command_line_leaves(
    office_at_work: Path, tmp_path: Path, serving: Serving, bare: Tdkt
) -> None:
    clicking, typing = (tmp_path / name for name in ("clicking.db", "typing.db"))
    for copy in (clicking, typing):
        shutil.copyfile(office_at_work / "co-quan.db", copy)
    web = serving(f"sqlite:///{clicking}").sign_in()
    done: set[str] = set()
    before = len(entries(clicking))

    for asking in askings(office_at_work / "co-quan.db"):
        if asking.event in APART:
            continue
        web.post("/position", account=asking.account)
        page = f"/items/{asking.item}/do/{asking.event}"
        form = {**asking.words, "confirmed": "yes", "key": f"{asking.item}-{asking.event}"}
        answer = web.client.post(page, data=form, headers={"Sec-Fetch-Site": "same-origin"})
        sets = [word for name, value in asking.words.items() for word in ("--set", f"{name}={value}")]
        line = ("--db", f"sqlite:///{typing}", "advance", asking.item, asking.event, *sets)
        said = bare(*line, "--as", asking.account, "--yes", "--json")
        clicked, commanded = entries(clicking), entries(typing)
        assert clicked[before:] == commanded[before:], (asking, answer.status_code, said)
        assert (answer.status_code == 200) == (said.code == 0), (asking, answer.text, said)
        done |= {f"{asking.item[5]} {asking.event}"} if said.code == 0 else set()
        before = len(clicked)

    assert texts(clicking) == texts(typing)
    assert len(done) >= MOST, sorted(done)
