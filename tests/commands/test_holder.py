"""`tdkt office holder`: who holds a position when; the name is personal and can be erased."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Tdkt
from tests.conftest import Sandbox
from tests.people import ADMINISTRATOR, CHAIR, STANDING_MEMBER, VILLAGE

FIRST, SECOND = "Nguyễn Thị Mẫu", "Trần Văn Mẫu"


def named(tdkt: Tdkt, name: str, *words: str) -> None:
    done = tdkt("office", "holder", CHAIR, name, *words, "--as", ADMINISTRATOR)
    assert (done.code, done.err) == (0, "")


def held(tdkt: Tdkt) -> list[tuple[Any, ...]]:
    (account,) = [each for each in tdkt("office", "people", "--json").json if each["account"] == CHAIR]
    return [(each["name"], each["from_day"], each["until_day"]) for each in account["holders"]]


def test_whoever_comes_after_another_ends_the_others_days(tdkt: Tdkt) -> None:
    named(tdkt, FIRST, "--from", "01/07/2025")
    named(tdkt, SECOND, "--from", "2026-04-01", "--to", "2026-12-31")

    assert held(tdkt) == [(FIRST, "2025-07-01", "2026-03-31"), (SECOND, "2026-04-01", "2026-12-31")]
    page = tdkt("office", "people", "--full").out
    assert f"  Holder: {FIRST}, from 2025-07-01 to 2026-03-31\n" in page
    assert f"  Held by: {SECOND}, from 2026-04-01 to 2026-12-31\n" in page
    assert tdkt("audit", "verify").code == 0


def test_set_anew_it_is_corrected_and_it_can_be_taken_back(tdkt: Tdkt) -> None:
    named(tdkt, "Nguyễn Thị Mau", "--from", "2025-07-01")
    named(tdkt, FIRST, "--from", "2025-07-01")
    corrected = held(tdkt)

    removed = tdkt("office", "holder", CHAIR, "--remove", "--as", ADMINISTRATOR)
    again = tdkt("office", "holder", CHAIR, "--remove", "--as", ADMINISTRATOR)

    assert corrected == [(FIRST, "2025-07-01", None)]
    assert (removed.code, removed.out) == (0, "Chair: who held it from 2025-07-01 was removed.\n")
    assert (again.code, again.err.startswith("Nobody is said to hold chu-tich on 2026-01-05.")) == (2, True)
    assert held(tdkt) == []
    assert tdkt("audit", "verify").code == 0


def test_the_name_stands_outside_the_log_and_goes_for_good(tdkt: Tdkt, database: Path) -> None:
    named(tdkt, FIRST)
    (entry,) = tdkt("audit", "log", "--event", "holder", "--json").json

    erased = tdkt("audit", "erase", str(entry["seq"]), "--as", STANDING_MEMBER, "--yes")

    assert (erased.code, held(tdkt)) == (0, [(None, "2026-01-05", None)])
    assert "Holder: erased, from 2026-01-05" in tdkt("office", "people", "--full").out
    with sqlite3.connect(database) as connection:
        assert FIRST.encode() not in b"".join(row[0] for row in connection.execute("SELECT bytes FROM entry"))
    assert tdkt("audit", "verify").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Give a name (with --from, --to), or --remove"),
        (("  ",), "Give a name (with --from, --to), or --remove"),
        ((FIRST, "--remove"), "Give a name (with --from, --to), or --remove"),
        (("--remove", "--to", "2026-02-01"), "Give a name (with --from, --to), or --remove"),
        ((FIRST, "--from", "hôm qua"), "“hôm qua” is not a date."),
        ((FIRST, "--from", "2026-02-02", "--to", "2026-02-01"), "The last day 2026-02-01 is before"),
    ],
)
def test_what_makes_no_sense_is_one_sentence(tdkt: Tdkt, words: tuple[str, ...], said: str) -> None:
    answer = tdkt("office", "holder", CHAIR, *words, "--as", ADMINISTRATOR)

    assert (answer.code, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(said)
    assert held(tdkt) == []


def test_only_whoever_keeps_the_directory_names_holders(tdkt: Tdkt) -> None:
    refused = tdkt("office", "holder", CHAIR, FIRST, "--as", VILLAGE, "--json")

    assert (refused.code, [reason["rule"] for reason in refused.refusal["reasons"]]) == (1, ["role"])
    assert held(tdkt) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_line_with_the_holders_name_is_asked_about(
    kind: str, tdkt: Tdkt, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_DB", sandbox(kind, "2026-01-05T08:00"))
    named(tdkt, SECOND, "--from", "2025-07-01")
    tdkt("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "ldtt", "--as", VILLAGE)
    line = ("dossier", "add", "D0001", "--kind", "person", "--name", SECOND.upper(), "--as", VILLAGE)

    asked, confirmed = tdkt(*line), tdkt(*line, "--yes", "--json")

    assert (asked.code, CHAIR in asked.err) == (1, True)
    assert confirmed.code == 0
    assert tdkt("show", "D0001", "--json").json["nominees"][0]["account"] == CHAIR
