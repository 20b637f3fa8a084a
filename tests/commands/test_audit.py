"""`tdkt audit`: what the log says of work, refusals and remarks, and what is said when it is broken."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import in_session, way
from tests.people import (
    ADMINISTRATOR,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    SECOND_MEMBER,
    STANDING_MEMBER,
    THIRD_MEMBER,
    VILLAGE,
)

ABSENT = (MEMBER, SECOND_MEMBER, THIRD_MEMBER, FOURTH_MEMBER)

ROOT = Path(__file__).resolve().parents[2]
FIELDS = [
    *("seq", "at", "actor", "role", "ref", "year", "event", "from", "to", "refused", "reasons", "leaf"),
    *("acting_for", "login", "recorded", "why"),
]


@pytest.fixture
def worked(tdkt: Tdkt) -> Tdkt:
    """A task submitted, an approval refused, the task returned with a reason."""
    assert tdkt("advance", "T01", "submit", "--as", OFFICER).code == 0
    assert tdkt("advance", "T01", "approve", "--as", OFFICER).code == 1
    returned = ("advance", "T01", "return", "--set", "reason=thiếu số liệu", "--as", STANDING_MEMBER)
    assert tdkt(*returned).code == 0
    return tdkt


def test_the_log_for_scripts_has_exactly_the_promised_fields(worked: Tdkt) -> None:
    entries = worked("audit", "log", "--json").json

    assert [list(entry) for entry in entries] == [FIELDS] * 23
    assert [entry["seq"] for entry in entries] == list(range(23))
    assert {name: entries[21][name] for name in FIELDS if name != "leaf"} == {
        "seq": 21,
        "at": "2026-01-05T01:00:00.000000Z",
        "actor": OFFICER,
        "role": None,
        "ref": "T01",
        "year": 2026,
        "event": "approve",
        "from": "submitted",
        "to": None,
        "refused": True,
        "reasons": ["state", "role", "four_eyes"],
        "acting_for": None,
        "login": None,
        "recorded": {},
        "why": [
            "It stands at “Submitted to the head”; “approve” is not possible there",
            "This is for: Chair; Vice chair",
            "Whoever submitted it may not approve it",
        ],
    }
    assert all(len(bytes.fromhex(entry["leaf"])) == 32 for entry in entries)


@pytest.mark.parametrize(
    ("words", "seqs"),
    [
        (["T01"], [1, 20, 21, 22]),
        (["t1", "--actor", OFFICER], [20, 21]),
        (["diem-he/2026/T01", "--event", "return"], [22]),
        (["--refused"], [21]),
        (["--limit", "2"], [21, 22]),
        (["T01", "--limit", "1", "--actor", "system"], [1]),
        (["--since", "2026-01-06"], []),
        (["--since", "06/01/2026"], []),
        (["--since", "2026-01-05T08:00", "--event", "init"], [0]),
        (["--since", "2026-01-05T01:00:01+00:00"], []),
    ],
)
def test_the_log_is_narrowed(worked: Tdkt, words: list[str], seqs: list[int]) -> None:
    assert [entry["seq"] for entry in worked("audit", "log", *words, "--json").json] == seqs


def test_people_read_local_time_labels_and_the_rules_words(worked: Tdkt) -> None:
    said = worked("audit", "log", "T01").out.splitlines()

    assert said[:2] == ["2026-01-05 (Monday)", "    1  08:00  T01    Imported  (The program)"]
    assert said[2] == "              Due: 2026-03-31; Kind: Report; Lead: Phòng VH-XH"
    assert said[3].split("  T01    ")[1] == (
        "Submitted: Being drafted → Submitted to the head  (Officer of the division)"
    )
    assert said[4:8] == [
        "   21  08:00  T01    ✗ Approve: refused  (Officer of the division)",
        "              - It stands at “Submitted to the head”; “approve” is not possible there",
        "              - This is for: Chair; Vice chair",
        "              - Whoever submitted it may not approve it",
    ]
    assert said[8].startswith("   22  08:00  T01    Returned for correction: Submitted to the head")
    assert len(said) == 9


def test_a_reason_keeps_what_it_spoke_of(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many were there and how many must be: as they were when it was refused."""
    monkeypatch.setenv("TDKT_LANG", "vi")
    new = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
    tdkt(*new, "--as", VILLAGE)
    tdkt("dossier", "add", "D0001", "--kind", "person", "--name", "Nguyễn Mẫu", "--as", VILLAGE)
    *called, opened = in_session("S01", "05/01/2026", "D0001")
    for words in (*way("appraised"), *called):
        assert tdkt(*words).code == 0
    away = [word for member in ABSENT for word in ("--absent", member)]
    assert tdkt(*opened, *away).code == 1

    said = tdkt("audit", "log", "S01").out

    assert "S01    ✗ Khai mạc: không được chấp nhận" in said
    assert "Thư ký Hội đồng; Bí thư Đoàn xã" in " ".join(said.split())
    assert "- Có mặt 5/9, cần ít nhất 6 thành viên" in said


def test_free_texts_are_read_where_all_is_asked_for(worked: Tdkt) -> None:
    assert "thiếu số liệu" not in worked("audit", "log", "T01").out
    assert "Reason: thiếu số liệu" in worked("audit", "log", "T01", "--full").out

    def reason(*words: str) -> object:
        recorded = worked("audit", "log", "T01", "--json", *words).json[-1]["recorded"]
        return recorded.get("reason")

    assert (reason(), reason("--full")) == (None, "thiếu số liệu")


def test_no_line_of_the_log_is_wider_than_a_page(worked: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    worked("tick", "--now", "2026-07-20T09:00")
    for language in ("en", "vi"):
        monkeypatch.setenv("TDKT_LANG", language)
        assert max(map(len, worked("audit", "log").out.splitlines())) <= 100


def test_a_misspelt_account_or_event_is_a_usage_mistake_not_an_empty_log(tdkt: Tdkt) -> None:
    answers = [
        tdkt("audit", "log", *words)
        for words in (["--actor", "nobody"], ["--event", "sbmit"], ["--since", "soon"], ["T99"], ["X1"])
    ]

    assert [(answer.code, answer.out) for answer in answers] == [(2, "")] * 5


def test_an_entry_is_shown_with_its_bytes_and_its_words(worked: Tdkt) -> None:
    shown = worked("audit", "show", "22", "--json").json
    leaf = hashlib.sha256(b"\x00" + shown["bytes"].encode()).hexdigest()

    assert (shown["leaf"], shown["leaf_matches"]) == (leaf, True)
    assert [(text["name"], text["value"], text["matches"]) for text in shown["texts"]] == [
        ("reason", "thiếu số liệu", True)
    ]
    assert json.loads(shown["bytes"])["text.reason"] == shown["texts"][0]["digest"]
    assert "thiếu số liệu" not in shown["bytes"]


def test_the_first_entry_has_the_number_0(worked: Tdkt) -> None:
    assert worked("audit", "show", "0", "--json").json["event"] == "init"


def test_erased_and_altered_words_are_told_apart(worked: Tdkt, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE free_text SET value = 'khác'")
    assert worked("audit", "show", "22", "--json").json["texts"][0]["matches"] is False
    assert "does NOT match" in worked("audit", "show", "22").out
    altered = worked("audit", "verify", "--json")
    assert (altered.code, [fault["code"] for fault in altered.json[0]["faults"]]) == (1, ["words", "words"])
    assert worked("audit", "log", "T01", "--full").code == 0

    with sqlite3.connect(database) as connection:
        connection.execute("DELETE FROM free_text")
    text = worked("audit", "show", "22", "--json").json["texts"][0]
    assert (text["value"], text["matches"]) == (None, None)
    lost = worked("audit", "verify")
    assert (lost.code, "reason: it is missing, entry 22 wrote it" in lost.out) == (1, True)


def test_words_are_erased_with_an_entry_of_their_own(worked: Tdkt) -> None:
    erase = ("audit", "erase", "T01", "--as", ADMINISTRATOR)
    assert worked(*erase).code == 1
    assert worked("audit", "erase", "T01", "--as", VILLAGE, "--yes").code == 1

    assert worked(*erase, "--yes").out == "Erased of T01: 2 texts; the log is as sound as before.\n"

    assert worked("audit", "show", "22", "--json").json["texts"][0]["matches"] is None
    assert worked("audit", "log", "T01", "--json").json[-1]["event"] == "erase"
    assert worked("audit", "verify").code == 0
    assert worked(*erase, "--yes").code == 2


def test_a_nominees_words_belong_to_the_entry_that_wrote_them_last(tdkt: Tdkt) -> None:
    made = ("--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang", "--as", VILLAGE)
    assert tdkt("dossier", "new", *made).code == 0
    added = ("--kind", "person", "--name", "Nguyễn Văn A", "--as", VILLAGE)
    assert tdkt("dossier", "add", "D0001", *added).code == 0
    seq = tdkt("audit", "log", "D0001", "--event", "add", "--json").json[0]["seq"]

    assert [
        (text["name"], text["value"], text["matches"])
        for text in tdkt("audit", "show", str(seq), "--json").json["texts"]
    ] == [("name", "Nguyễn Văn A", True)]


def test_an_entry_that_is_not_there_is_a_usage_mistake(tdkt: Tdkt) -> None:
    answer = tdkt("audit", "show", "999")

    assert (answer.code, answer.out, answer.err) == (2, "", "The log has no entry 999. See tdkt audit log.\n")


def test_a_sound_log_verifies(worked: Tdkt) -> None:
    answer = worked("audit", "verify", "--json")

    assert answer.code == 0
    assert [(log["office"], log["log"], log["sound"], log["entries"]) for log in answer.json] == [
        ("diem-he", 2026, True, 23)
    ]
    assert worked("audit", "verify").out.startswith("2026: The log is sound: 23 entries, root ")


def test_a_broken_log_is_told_with_its_place_and_exit_code_1(worked: Tdkt, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER entry_never_updated")
        connection.execute(
            "UPDATE entry SET bytes = replace(bytes, 'thuong-truc', 'chu-tich') WHERE seq = 22"
        )
        connection.execute("UPDATE entry SET bytes = CAST(bytes AS BLOB)")

    answer = worked("audit", "verify")

    assert (answer.code, answer.out) == (
        1,
        "2026: The log is wrong at entry 22: its bytes do not have its hash. Stop writing, keep the file and"
        " compare it with a backup.\n",
    )
    assert worked("audit", "verify", "--json").json[0]["faults"][0]["code"] == "leaf"
    assert "does NOT match the bytes" in worked("audit", "show", "22").out


def test_a_state_that_the_items_machine_lacks_is_shown_by_its_id(worked: Tdkt, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER entry_never_updated")
        connection.execute("UPDATE entry SET from_state = 'on_hold' WHERE seq = 22")

    assert "Returned for correction: on_hold → Being drafted" in worked("audit", "log", "T01").out


def test_a_head_that_does_not_fit_is_told_for_the_whole_log(worked: Tdkt, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE log_head SET root = ?", (b"\0" * 32,))

    answer = worked("audit", "verify")

    assert answer.code == 1
    assert answer.out.startswith("The log of 2026 is wrong: its entries do not make the root of its head.")


def test_a_year_without_a_log_is_a_usage_mistake(tdkt: Tdkt) -> None:
    assert tdkt("audit", "verify", "--year", "2031").code == 2
    assert tdkt("audit", "export", "-", "--year", "2031").code == 2


def test_the_export_is_whole_and_can_be_checked_elsewhere(worked: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    assert worked("audit", "export", str(file)).code == 0
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]

    assert len(lines) == 24
    assert [line["seq"] for line in lines[:-1]] == list(range(23))
    assert lines[-1]["head"]["size"] == 23
    assert {hashlib.sha256(b"\x00" + line["bytes"].encode()).hexdigest() for line in lines[:-1]} == {
        line["leaf"] for line in lines[:-1]
    }
    assert worked("audit", "export", "-").out == file.read_text(encoding="utf-8")


def test_an_export_overwrites_nothing_unasked_and_leaves_nothing_half(tdkt: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text("mine", encoding="utf-8")

    refused = tdkt("audit", "export", str(file))
    nowhere = tdkt("audit", "export", str(tmp_path / "none" / "log.jsonl"))

    assert (refused.code, file.read_text(encoding="utf-8")) == (1, "mine")
    assert (nowhere.code, nowhere.out) == (1, "")
    assert tdkt("audit", "export", str(file), "--yes").code == 0
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix in (".part", ".jsonl")) == [
        "log.jsonl"
    ]


def test_a_reader_who_stops_reading_and_a_plain_terminal_get_no_traceback(worked: Tdkt) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for _ in range(3):
        worked("tick", "--now", "2026-07-20T09:00")
    said = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" "{ROOT / "cli.py"}" audit log --json | head -1'],
        env=environment,
        capture_output=True,
        check=False,
    )

    assert (said.returncode, said.stdout, said.stderr) == (0, b"[\n", b"")
