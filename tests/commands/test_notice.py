"""`tdkt notice list`: who was told what, for scripts and for people."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.people import VICE_CHAIR


@pytest.fixture
def swept(tdkt: Tdkt) -> Tdkt:
    assert tdkt("tick", "--now", "2026-04-08T09:00").code == 0
    return tdkt


def test_notices_for_scripts_have_the_promised_fields(tdkt: Tdkt) -> None:
    for now in ("2026-03-30T09:00", "2026-03-31T09:00", "2026-04-08T09:00"):
        assert tdkt("tick", "--now", now).code == 0

    rows = tdkt("notice", "list", "--json").json

    assert [list(row) for row in rows] == [
        [
            *("at", "ref", "year", "kind", "level", "to", "channel", "status"),
            *("text", "subject", "delivery", "instead_of"),
        ]
    ] * len(rows)
    assert {row["kind"] for row in rows} == {"ask", "reminder", "due_today", "overdue", "escalation"}
    assert {(row["channel"], row["status"]) for row in rows} == {("inbox", "sent")}
    assert all(row["level"] is not None for row in rows if row["kind"] == "escalation")


def test_notices_are_narrowed_by_recipient_and_reference(swept: Tdkt) -> None:
    to = swept("notice", "list", "--to", VICE_CHAIR, "--json").json
    of = swept("notice", "list", "--ref", "T04", "--json").json

    assert {(row["to"], row["level"]) for row in to} == {(VICE_CHAIR, "vice")}
    assert [(row["ref"], row["kind"]) for row in of] == [("T04", "ask")]


def test_people_read_one_line_each_with_words_for_kind_level_and_recipient(swept: Tdkt) -> None:
    said = swept("notice", "list", "--to", VICE_CHAIR, "--ref", "T01").out

    day, line = said.splitlines()
    assert day == "2026-04-08 (Wednesday)"
    assert " ".join(line.split()) == (
        "09:00 T01 To the vice chair Vice chair"
        " Kính báo cáo: nhiệm vụ chậm tiến độ theo Kế hoạch công tác TĐKT năm 2026"
    )


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_list_fits_a_page(swept: Tdkt, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("TDKT_LANG", language)
    monkeypatch.setenv("COLUMNS", "100")

    assert max(map(len, swept("notice", "list").out.splitlines())) <= 100


def test_full_prints_subject_and_text(swept: Tdkt) -> None:
    row = swept("notice", "list", "--ref", "T04", "--json").json[0]
    said = swept("notice", "list", "--ref", "T04", "--full").out

    assert row["subject"] in said
    assert all(line in said for line in row["text"].splitlines())


def test_an_erased_notice_stays_as_a_line(swept: Tdkt, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE notice SET subject = NULL, text = NULL WHERE ref = 'T04'")

    assert swept("notice", "list", "--ref", "T04", "--json").json[0]["text"] is None
    assert swept("notice", "list", "--ref", "T04").out.splitlines()[1].strip().startswith("09:00  T04")


def test_nothing_to_show_is_said_and_a_misspelt_account_is_a_mistake(tdkt: Tdkt) -> None:
    assert tdkt("notice", "list").out == "There is nothing to show.\n"
    assert tdkt("notice", "list", "--json").json == []
    assert tdkt("notice", "list", "--to", "nobody").code == 2
