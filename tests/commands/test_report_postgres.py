"""The chase record and the briefing on PostgreSQL: the same statements, the same answers."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.dossiers import given
from tests.people import OFFICER, STANDING_MEMBER

PAPER = given("paper_number=1/TTr", "paper_date=05/01/2026")


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


def test_both_databases_keep_the_same_registers_and_pages(
    tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = ("dossier", "new", "--task", "T17", "--from", "thon-1", "--title", "gk", "--type", "cong_trang")
    acts = (
        (*new, "--note", "Ghi thêm", "--as", OFFICER),
        ("dossier", "add", "D0001", "--kind", "person", "--name", "Nguyễn Văn Đức", "--as", OFFICER),
        (
            "advance",
            "D0001",
            "submit",
            *PAPER,
            "--as",
            OFFICER,
        ),
        ("advance", "D0001", "return", *given("missing=Biên bản", "until=12/01/2026"), "--as", OFFICER),
        ("advance", "D0001", "submit", "--as", OFFICER, "--yes"),
        ("task", "record", "T01", "--on", "05/01/2026", "--paper", "20/BC-UBND", "--as", OFFICER, "--yes"),
        ("task", "record", "T01", "--agree", "--as", STANDING_MEMBER, "--yes"),
    )

    def lived() -> list[object]:
        for words in acts:
            assert tdkt(*words).code == 0, words
        assert tdkt("advance", "D0001", "approve", *PAPER, "--as", OFFICER).code == 1
        registers = [tdkt("register", name, "--json").json for name in ("papers", "dossiers")]
        found = tdkt("register", "dossiers", "--find", "duc", "--json").json
        history = [change["recorded"] for change in tdkt("show", "D0001", "--json").json["history"]]
        why = tdkt("audit", "log", "D0001", "--full", "--json").json[-1]["why"]
        return [registers, found, history, why]

    on_sqlite = lived()
    monkeypatch.setenv("TDKT_DB", sandbox("postgresql", "2026-01-05T08:00"))

    assert lived() == on_sqlite
