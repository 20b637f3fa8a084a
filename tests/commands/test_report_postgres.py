"""The chase record and the briefing on PostgreSQL: the same statements, the same answers."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.people import OFFICER


def test_both_databases_give_the_same_record_and_week(
    tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = (("report", "chase", "--json"), ("inbox", "--week", "--all", "--json"))

    def lived() -> list[object]:
        acts = (
            ("tick", "--now", "2026-02-27T08:00"),
            ("advance", "T01", "submit", "--as", OFFICER, "--now", "2026-03-20T10:00"),
            ("tick", "--now", "2026-04-08T08:00"),
        )
        assert {tdkt(*words).code for words in acts} == {0}
        return [tdkt(*words).json for words in looked]

    on_sqlite = lived()
    monkeypatch.setenv("TDKT_DB", sandbox("postgresql", "2026-01-05T08:00"))

    assert lived() == on_sqlite
