"""Replaying the log gives the stored states, whatever was commanded: long random lives on both databases.

TDKT_REPLAY_STEPS makes them longer; TDKT_REPLAY_SEEDS makes more of them.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.open_dossier import open_dossier
from runtime.acts.sweep import sweep
from runtime.office.results import Result
from tests.acceptance.office import Office, replayed
from tests.people import (
    AUDITOR,
    CHAIR,
    OFFICER,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from workflow.engine.explaining import Explanation
from workflow.model.errors import TdktError

STEPS = int(os.environ.get("TDKT_REPLAY_STEPS", "160"))
SEEDS = range(1, 1 + int(os.environ.get("TDKT_REPLAY_SEEDS", "2")))
ACTORS = (OFFICER, STANDING_MEMBER, CHAIR, VICE_CHAIR, SECRETARY, VILLAGE, SECOND_VILLAGE, AUDITOR)
TASKS = tuple(f"T{number:02}" for number in range(1, 19))
GIVING = ("T06", "T09", "T17")
INPUT = re.compile(r"(?P<optional>\[?)(?P<name>\w+)=<(?P<type>[^>]+)>")


class Life:
    """A random year of an office, and what each command answered."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office = office
        self.chance = random.Random(seed)
        self.now = datetime(2026, 1, 5, 1, tzinfo=UTC)
        self.answered: dict[str, tuple[str, int]] = {}
        self.said: Counter[str] = Counter()
        self._actings: dict[str, Acting] = {}

    def acting(self, actor: str) -> Acting:
        if actor not in self._actings:
            self._actings[actor] = self.office.acting(actor, now=self.now.isoformat())
        return self._actings[actor]

    def close(self) -> None:
        for acting in self._actings.values():
            acting.database.close()
        self._actings.clear()

    def step(self) -> None:
        """One command of whoever; usage mistakes and conflicts are part of life."""
        turn = self.chance.random()
        try:
            if turn < 0.06:
                self.pass_time()
            elif turn < 0.16:
                self.nominate()
            else:
                self.advance()
        except TdktError as error:
            self.said[error.code] += 1

    def pass_time(self) -> None:
        """The clock goes on, and what is due fires, as often as not."""
        self.close()
        self.now += timedelta(days=self.chance.randrange(45), minutes=self.chance.randrange(1440))
        if self.chance.random() < 0.7:
            ticked = sweep(self.acting(OFFICER))
            self.said["fired"] += ticked.rows

    def nominate(self) -> None:
        body = self.chance.choice((VILLAGE, SECOND_VILLAGE))
        acting = self.acting(body)
        task = self.chance.choice(GIVING)
        made = open_dossier(acting, task, body=body, title="ldtt")
        if self.heard(made):
            for number in range(self.chance.randrange(3)):
                words = {"kind": "person", "name": f"Người {number}"}  # in several dossiers, which is meant
                self.heard(*advance(acting, [made.ref], EventRequest("add", words, confirmed=True)))

    def advance(self) -> None:
        """Mostly something that is possible by somebody who may, sometimes anything by anybody."""
        actor, ref, asked = self.possible() if self.chance.random() < 0.8 else self.anything()
        words = {name: value for name, value in self.inputs(asked.expects) if value is not None}
        version = 1 if self.chance.random() < 0.1 else None
        note = self.chance.choice((None, "Ghi chú"))
        self.heard(
            *advance(
                self.acting(actor),
                [ref],
                EventRequest(asked.event, words, version=version, note=note, confirmed=True),
            )
        )

    def possible(self) -> tuple[str, str, Explanation]:
        for _try in range(20):
            actor, ref, asked = self.anything()
            if asked.allowed:
                return actor, ref, asked
        return self.anything()

    def anything(self) -> tuple[str, str, Explanation]:
        refs = (*TASKS, *[ref for ref in self.answered if ref.startswith("D")] * 2)
        actor, ref = self.chance.choice(ACTORS), self.chance.choice(refs)
        acting = self.acting(actor)
        answers = acting.why(ref, None, actor=acting.actor)
        return actor, ref, self.chance.choice([each for each in answers if each.allowed] or answers)

    def inputs(self, expects: str) -> list[tuple[str, str | None]]:
        today = self.now.date()
        later = today + timedelta(days=self.chance.randrange(1, 120))
        values = {
            "text": "Nội dung",
            "code": f"{self.chance.randrange(1, 99)}/BC-UBND",
            "integer": "9",
            "decimal": "94.5",
            "portion": "40/41",
            "birth": "1974-03",
            "nominees": "1",
            "account": CHAIR,
            "body": "van_hoa_xa_hoi",
            "title": "ldtt",
            "date": (later if self.chance.random() < 0.5 else today).isoformat(),
        }
        counts = {"for": "8", "against": "1", "invalid": "0"}
        return [
            (each["name"], counts.get(each["name"], values.get(each["type"], each["type"].split("|")[0])))
            for each in INPUT.finditer(expects)
            if not each["optional"] or self.chance.random() < 0.3
        ]

    def heard(self, *results: Result) -> bool:
        """Keeps what a done command said of its item."""
        for result in results:
            if result.done:
                assert result.to_state is not None
                assert result.version is not None
                self.answered[result.ref] = (result.to_state, result.version)
            self.said["done" if result.done else "refused"] += 1
        return all(result.done for result in results)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_replayed_log_is_what_is_stored_and_what_was_answered(office: Office, seed: int) -> None:
    life = Life(office, seed)

    for _step in range(STEPS):
        life.step()
    life.close()

    stored = office.stored()
    assert replayed(office.entries()) == stored
    assert {ref: stored[ref] for ref in life.answered} == life.answered
    assert office.faults() == ()
    assert min(life.said[each] for each in ("done", "refused", "fired", "conflict")) > 0, life.said
    assert life.said["done"] > STEPS / 3, "a life in which little happens proves little"
    ledger_balances(office, refused=life.said["refused"])


def ledger_balances(office: Office, *, refused: int) -> None:
    """Created = fired + cancelled + pending; each fired row has its one entry; nothing pends twice."""
    with office.open() as database:
        rows = database.connection.execute(
            text("SELECT ref, name, occurrence, status FROM deadline ORDER BY ref, name, occurrence")
        ).all()
    entries = office.entries()
    by_status = Counter(row.status for row in rows)
    assert set(by_status) <= {"fired", "cancelled", "pending"}
    assert len(rows) == sum(by_status.values())
    fired = Counter(
        (entry["item"], entry["input.row"], entry["input.occurrence"])
        for entry in entries
        if entry["role"] == "system" and "input.row" in entry
    )
    assert fired == Counter((row.ref, row.name, row.occurrence) for row in rows if row.status == "fired")
    assert set(fired.values()) == {1}
    standing = Counter((row.ref, row.name) for row in rows if row.status == "pending")
    assert set(standing.values()) <= {1}
    assert sum(entry["refused"] for entry in entries) == refused
