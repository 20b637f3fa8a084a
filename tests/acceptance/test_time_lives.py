"""Random lives of tasks and dossiers on both databases: a row fires once its time has passed, and only once.

The office is commanded and swept through the real door; its rows are compared before and after each step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from runtime.acts import sweep as acts
from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.acts.open_dossier import open_dossier
from runtime.office.settings import Options
from storage.log.audit import verify
from storage.throwaway import thrown_away
from storage.views import Reading
from tests.acceptance.deadlines import local
from tests.acceptance.office import OFFICE, Office
from tests.ledger import Id, Row, deadline_rows, faults_of
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VILLAGE
from workflow.model.context import Actor
from workflow.model.errors import TdktError

BEGUN = local("2026-02-01T09:00")
ACTS: Mapping[str, tuple[str, dict[str, str]]] = {
    "submit": (OFFICER, {}),
    "return": (CHAIR, {"reason": "Làm lại"}),
    "review": (STANDING_MEMBER, {"opinion": "Nhất trí"}),
    "extend": (CHAIR, {"reason": "Chờ số liệu"}),
    "set_deadline": (STANDING_MEMBER, {"source": "Công văn 12"}),
    "cancel": (CHAIR, {"reason": "Không làm"}),
}
DOSSIER_ACTS: Mapping[str, tuple[str, dict[str, str]]] = {
    "submit": (VILLAGE, {}),
    "return": (SECRETARY, {"missing": "Biên bản", "reason": "Thiếu"}),
    "accept": (OFFICER, {"original": "seen", "seen": "all"}),
    "appraise": (OFFICER, {"nominee": "1", "verdict": "met"}),
    "confirm": (STANDING_MEMBER, {}),
    "reject": (CHAIR, {"reason": "Không đạt"}),
    "withdraw": (VILLAGE, {"reason": "Nộp nhầm"}),
    "withdraw_line": (OFFICER, {"nominee": "1", "reason": "Nộp nhầm"}),
}

tasks = st.sampled_from(["T01", "T04", "T06", "T17", "T18"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(0, 60), st.integers(0, 23)),
        st.tuples(tasks, st.sampled_from(sorted(ACTS)), st.integers(-10, 90)),
        st.tuples(st.just("D0001"), st.sampled_from(sorted(DOSSIER_ACTS)), st.integers(0, 20)),
    ),
    max_size=15,
)


@pytest.fixture
def with_dossier(office: Office) -> Office:
    """The sandbox in February, with a dossier that a village prepares under T06."""
    with office.acting(VILLAGE, now="2026-02-01T09:00") as acting:
        made = open_dossier(acting, "T06", body=VILLAGE, title="gk", type="phong_trao")
        advance(
            acting,
            [made.ref],
            EventRequest("add", {"kind": "person", "name": "Nguyễn Văn A"}, confirmed=True),
        )
    return office


@contextmanager
def life(office: Office, copy_of: Callable[[Office], Office]) -> Iterator[Acting]:
    """A copy of the office for one example: in memory, or on PostgreSQL a database of its own."""
    if not office.url.startswith("sqlite"):
        with copy_of(office).acting(OFFICER) as acting:
            yield acting
        return
    with Reading(office.url) as reading:
        copy = thrown_away(reading, OFFICE)
    with Acting(Options(office=OFFICE), {}, database=copy) as acting:
        yield acting


def asked(acting: Acting, sql: str) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = acting.database.driver.execute(sql).fetchall()
    return found


def rows(acting: Acting) -> dict[Id, Row]:
    return {row.id: row for row in deadline_rows(partial(asked, acting))}


def sweep(acting: Acting) -> None:
    """What was due fires, now, and nothing else; of what that made nothing is due already."""
    before = rows(acting)
    due = {id for id, row in before.items() if row.is_due(acting.now)}

    done = acts.sweep(acting)

    after = rows(acting)
    assert done.rows == len(due)
    for id, row in before.items():
        expected = row
        if id in due:
            late = int((acting.now - row.at).total_seconds())
            expected = row._replace(status="fired", fired_at=acting.now, late_s=late)
        assert after[id] == expected
    assert [row for row in after.values() if row.is_due(acting.now)] == []


def act(acting: Acting, ref: str, event: str, days: int) -> None:
    """What somebody does fires nothing: of the item's rows that stood some may end, everything else stays."""
    who, words = (DOSSIER_ACTS if ref.startswith("D") else ACTS)[event]
    day = (acting.today + timedelta(days=days)).isoformat()
    today = acting.today.isoformat()
    dates = {
        "extend": {"until": day},
        "set_deadline": {"date": day},
        "return": {"until": day} if ref.startswith("D") else {},
        "accept": {"complete_on": today},
        "withdraw": {"paper_number": "03/CV", "paper_date": today},
        "withdraw_line": {"paper_number": "03/CV", "paper_date": today},
    }
    before = rows(acting)

    acting.actor = Actor(who)
    with suppress(TdktError):
        advance(acting, [ref], EventRequest(event, {**words, **dates.get(event, {})}, confirmed=True))

    after = rows(acting)
    assert {row.status for id, row in after.items() if id not in before} <= {"pending", "cancelled"}
    for id, row in before.items():
        if row.status != "pending" or row.ref != ref:
            assert after[id] == row
        else:
            assert after[id].status in ("pending", "cancelled")


def lived(acting: Acting, happened: list[tuple[str, Any, int]]) -> None:
    acting.now = BEGUN
    for what, how, much in happened:
        if what == "wait":
            acting.now += timedelta(days=how, hours=much)
            sweep(acting)
        else:
            act(acting, what, how, much)
    acting.now += timedelta(days=400)
    sweep(acting)

    assert faults_of(partial(asked, acting)) == []
    assert verify(acting.database, OFFICE).faults == ()


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happened=steps)
def test_a_row_fires_once_if_its_time_passes_in_its_state(
    with_dossier: Office, copy_of: Callable[[Office], Office], happened: list[tuple[str, Any, int]]
) -> None:
    with life(with_dossier, copy_of) as acting:
        lived(acting, happened)


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happened=steps)
def test_a_row_fires_once_on_postgresql_too(
    with_dossier: Office, copy_of: Callable[[Office], Office], happened: list[tuple[str, Any, int]]
) -> None:
    with life(with_dossier, copy_of) as acting:
        lived(acting, happened)
