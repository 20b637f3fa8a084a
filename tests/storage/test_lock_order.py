"""The heads of logs are locked last and in one order, whatever order asks for them: seen in what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from storage.database import Database
from storage.unit import UnitOfWork
from tests.people import ADMINISTRATOR
from tests.storage.office import YEAR, House, begin, key
from workflow.model.decision import EntryDraft

ACT = EntryDraft(event="backup", actor=ADMINISTRATOR, role="administrator", from_state=None, to_state=None)
LOGS = (YEAR + 6, YEAR, YEAR - 1)
"""Not in their order, and a set of them happens not to be either."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str | int]:
    """The items and the logs' heads that units lock, in the order in which they do."""
    found: list[str | int] = []
    lock, one = UnitOfWork.lock, UnitOfWork._one

    def item(unit: UnitOfWork, *args: Any, **options: Any) -> Any:
        found.append(args[0].ref)
        return lock(unit, *args, **options)

    def head(unit: UnitOfWork, name: str, params: Mapping[str, Any]) -> Any:
        if name == "lock_head":
            found.append(params["b_log"])
        return one(unit, name, params)

    monkeypatch.setattr(UnitOfWork, "lock", item)
    monkeypatch.setattr(UnitOfWork, "_one", head)
    return found


def test_heads_are_locked_in_the_order_of_their_logs(
    database: Database, house: House, asked: list[str | int]
) -> None:
    with begin(database) as unit:
        for log in LOGS:
            unit.record(ACT, log=log)
        unit.commit()

    # A log that has no head yet is asked for a second time, once it has.
    assert list(dict.fromkeys(asked)) == sorted(LOGS)
    assert sorted(LOGS) != list(set(LOGS))


def test_heads_are_locked_after_every_item(database: Database, house: House, asked: list[str | int]) -> None:
    with begin(database) as unit:
        unit.record(ACT, log=YEAR)
        for ref in ("T01", "T02"):
            unit.lock(key(ref))
            unit.record(ACT, log=YEAR, key=key(ref))
        unit.commit()

    assert asked == ["T01", "T02", YEAR]
