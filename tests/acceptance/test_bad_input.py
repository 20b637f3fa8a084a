"""What a person may type or own wrongly: one sentence with the cure, the right code, nothing written."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from commands.session import CONFLICT, DATABASE, REFUSED, USAGE
from storage import schema
from storage.database import Database
from tests.acceptance.office import Office
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, STANDING_MEMBER, VILLAGE
from tests.processes import Said

SUBMIT = ("--as", OFFICER, "advance", "T01", "submit")


class Wrong(NamedTuple):
    """A command line, how it must end, and what its sentence must hold: the fault and the way out."""

    words: tuple[str, ...]
    code: int
    says: tuple[str, ...]


def new_dossier(body: str, title: str) -> tuple[str, ...]:
    line = f"--as thon-1 dossier new --task T17 --from {body} --title {title} --type cong_trang"
    return tuple(line.split())


TYPED = {
    "no reference": Wrong(("show", "X9"), USAGE, ("“X9” is not a reference", "T07, D0042")),
    "no reference to advance": Wrong(
        ("--as", OFFICER, "advance", "T0a", "submit"), USAGE, ("“T0a” is not a reference",)
    ),
    "a nominee of a task": Wrong(("show", "T01/1"), USAGE, ("“T01/1” is not a reference",)),
    "a nominee numbered nought": Wrong(("show", "D0001/0"), USAGE, ("“D0001/0” is not a reference",)),
    "a nominee instead of a dossier": Wrong(
        ("--as", VILLAGE, "advance", "D0001/3", "submit"),
        USAGE,
        ("“D0001/3” is one nominee", "whole dossier"),
    ),
    "a file's name beyond all length": Wrong(("definition", "check", "T01" * 500), USAGE, ("too long",)),
    "a reference to nothing": Wrong(("show", "T99"), USAGE, ("no “T99”", "tdkt task list")),
    "a dossier that is none": Wrong(("dossier", "show", "T01"), USAGE, ("no “T01”", "tdkt dossier list")),
    "another office's reference": Wrong(("show", "yen-bai/2026/T01"), USAGE, ("yen-bai",)),
    "another year's reference": Wrong(("show", "2031/T01"), USAGE, ("T01",)),
    "a year without a plan": Wrong(
        ("task", "list", "--year", "2031"), USAGE, ("no plan of 2031", "tdkt plan import")
    ),
    "a nominee without a line": Wrong(
        ("--as", VILLAGE, "dossier", "remove", "D0001"), USAGE, ("“D0001” names no nominee", "D0042/3")
    ),
    "a range that runs backwards": Wrong(
        ("--as", OFFICER, "advance", "T18..T01", "submit"), USAGE, ("T18..T01", "T01..T06")
    ),
    "an unknown event": Wrong(
        ("--as", OFFICER, "advance", "T01", "sumbit"),
        USAGE,
        ("“sumbit”", "Did you mean: submit (Submit)?"),
    ),
    "an unknown event to why": Wrong(("why", "T01", "sumbit"), USAGE, ("“sumbit”", "submit")),
    "an unknown input": Wrong(
        (*SUBMIT, "--set", "colour=red"), USAGE, ("there is no “colour”", "expects: —")
    ),
    "a missing input": Wrong(
        ("--as", STANDING_MEMBER, "advance", "T01", "return"),
        USAGE,
        ("“Return” lacks: Reason. ", "--set reason=…"),
    ),
    "a misspelt input": Wrong(
        ("--as", STANDING_MEMBER, "advance", "T01", "return", "--set", "raeson=x"),
        USAGE,
        ("there is no “raeson”", "“Reason” is missing", "reason=<Reason>"),
    ),
    "an input of another type": Wrong(
        ("--as", OFFICER, "advance", "T01", "set_deadline", "--set", "date=mai", "--set", "source=CV"),
        USAGE,
        ("“mai” is no date", "2026-03-31 or 31/03/2026", "date=<Date>"),
    ),
    "a set without a value": Wrong((*SUBMIT, "--set", "reason"), USAGE, ("“reason”", "--set name=value")),
    "a set without a name": Wrong((*SUBMIT, "--set", "=x"), USAGE, ("“=x”", "--set name=value")),
    "an input given twice": Wrong(
        ("--as", STANDING_MEMBER, "advance", "T01", "return", "--set", "reason=a", "--set", "reason=b"),
        USAGE,
        ("“reason” is given twice",),
    ),
    "a key beyond its length": Wrong((*SUBMIT, "--key", "k" * 129), USAGE, ("128", "shorter")),
    "a remark that no paper can print": Wrong(
        (*SUBMIT, "--note", "a\x1b[2Jb"), USAGE, ("U+001B", "take it out")
    ),
    "an unknown body": Wrong(
        new_dossier("thon-9", "ldtt"),
        USAGE,
        ("“thon-9”", VILLAGE),
    ),
    "an unknown title": Wrong(
        new_dossier(VILLAGE, "giai-nobel"),
        USAGE,
        ("“giai-nobel”", "ldtt"),
    ),
    "nobody who acts": Wrong(
        ("advance", "T01", "submit"), USAGE, ("Nobody is named", "Add --as ACCOUNT", CHAIR, ADMINISTRATOR)
    ),
    "an unknown account": Wrong(
        ("--as", "giam-doc", "advance", "T01", "submit"), USAGE, ("“giam-doc”", "tdkt office people")
    ),
    "an unknown office": Wrong(("--office", "yen-bai", "task", "list"), USAGE, ("“yen-bai”", "diem-he")),
    "an unknown option": Wrong((*SUBMIT, "--colour"), USAGE, ("--colour", "tdkt advance -h")),
    "an unknown noun": Wrong(("tasks", "list"), USAGE, ("tasks", "tdkt -h")),
    "an unknown verb": Wrong(("task", "lst"), USAGE, ("lst", "tdkt task -h")),
    "an argument too few": Wrong(("show",), USAGE, ("REF", "tdkt show -h")),
    "an option without its value": Wrong(("task", "list", "--year"), USAGE, ("--year", "-h")),
    "a year that is none": Wrong(("task", "list", "--year", "nay"), USAGE, ("nay",)),
    "a version that is none": Wrong((*SUBMIT, "--if-version", "x"), USAGE, ("--if-version",)),
    "a stale version": Wrong((*SUBMIT, "--if-version", "7"), CONFLICT, ("version 1, not 7", "repeat")),
    "a time that is none": Wrong(("task", "list", "--now", "mai"), USAGE, ("“mai”", "2026-03-31T08:00")),
    "a time that is past": Wrong(
        ("task", "list", "--now", "2025-12-31"), USAGE, ("2026-01-05 00:00", "2025-12-31")
    ),
    "an office that stands already": Wrong(("init", "--sandbox"), REFUSED, ("already", "--db")),
    "a beginning that is no date": Wrong(
        ("init", "--started-on", "hôm nay"), USAGE, ("“hôm nay”", "2026-03-31 or 31/03/2026")
    ),
}


def one_sentence(said: Said) -> None:
    """One line with its full stop, nothing on stdout, and no sign of the program's inside."""
    assert said.out == ""
    assert re.fullmatch(r"[^\n]+\n", said.err), said.err
    assert "Traceback" not in said.err
    assert "Error" not in said.err
    assert said.err[0].isupper() or said.err[0] in "“'/" or said.err.startswith("sqlite")


@pytest.mark.parametrize("wrong", TYPED.values(), ids=TYPED.keys())
def test_a_mistake_in_typing_is_told_in_one_sentence_and_writes_nothing(
    wrong: Wrong, sqlite_office: Office
) -> None:
    before = sqlite_office.path.read_bytes()

    said = sqlite_office.tdkt(*wrong.words)

    assert said.code == wrong.code, said
    one_sentence(said)
    assert [each for each in wrong.says if each not in said.err] == []
    assert sqlite_office.path.read_bytes() == before


@pytest.mark.parametrize("wrong", TYPED.values(), ids=TYPED.keys())
def test_a_mistake_in_typing_is_told_in_vietnamese_and_as_data(wrong: Wrong, sqlite_office: Office) -> None:
    english = sqlite_office.tdkt(*wrong.words)
    vietnamese = sqlite_office.tdkt(*wrong.words, TDKT_LANG="vi")
    data = sqlite_office.tdkt("--json", *wrong.words)

    assert (vietnamese.code, data.code) == (wrong.code, wrong.code)
    one_sentence(vietnamese)
    assert vietnamese.err != english.err
    assert data.out == ""
    assert set(data.refusal) >= {"error", "reasons"}
    for reason in data.refusal["reasons"]:
        assert set(reason) == {"rule", "message", "cite", "who_can"}
    assert data.refusal["message"] == english.err.rstrip("\n")


# -- input files ---------------------------------------------------------------------------------------

FILES = {
    "not JSON": ("reason: x", "it is no JSON"),
    "half JSON": ('{"reason": "x"', "it is no JSON"),
    "a list": ('["reason"]', "it is no JSON object"),
    "a text": ('"reason"', "it is no JSON object"),
    "an object within": ('{"reason": {"vi": "x"}}', "'reason' is neither a text nor a number"),
    "a list of lists": ('{"reason": [["x"]]}', "'reason' is neither a text nor a number"),
    "nested beyond reason": ("[" * 100_000, "it is no JSON"),
}


@pytest.mark.parametrize(("content", "why"), FILES.values(), ids=FILES.keys())
def test_a_data_file_that_gives_no_inputs_is_told(content: str, why: str, sqlite_office: Office) -> None:
    file = sqlite_office.home / "inputs.json"
    file.write_text(content, encoding="utf-8")
    before = sqlite_office.path.read_bytes()

    said = sqlite_office.tdkt("--as", STANDING_MEMBER, "advance", "T01", "return", "--data", str(file))

    assert said.code == REFUSED
    one_sentence(said)
    assert str(file) in said.err
    assert why in said.err
    assert sqlite_office.path.read_bytes() == before


def test_a_data_file_that_cannot_be_read_is_told(sqlite_office: Office) -> None:
    latin = sqlite_office.home / "latin.json"
    latin.write_bytes('{"reason": "Thiếu"}'.encode("utf-16"))
    files = (sqlite_office.home / "absent.json", sqlite_office.home, latin)

    said = [
        sqlite_office.tdkt("--as", STANDING_MEMBER, "advance", "T01", "return", "--data", str(file))
        for file in files
    ]

    assert [each.code for each in said] == [REFUSED] * 3
    for each in said:
        one_sentence(each)
    assert ["No such file" in said[0].err, "directory" in said[1].err, "no JSON" in said[2].err] == [True] * 3


def test_data_files_may_have_a_mark_and_numbers_and_lists(sqlite_office: Office) -> None:
    sqlite_office.tdkt("--as", OFFICER, "advance", "T01", "submit")
    file = sqlite_office.home / "inputs.json"
    file.write_text(json.dumps({"reason": "Thiếu số liệu"}), encoding="utf-8-sig")

    said = sqlite_office.tdkt(
        "--as", STANDING_MEMBER, "advance", "T01", "return", "--data", str(file), "--json"
    )

    assert (said.code, said.json["to"]) == (0, "drafted")


# -- the database ----------------------------------------------------------------------------------------

LOOKING, ACTING = ("task", "list"), SUBMIT


@pytest.mark.parametrize("words", [LOOKING, ACTING, ("why", "T01"), ("show", "T01")])
def test_a_missing_database_is_told_with_its_cure_and_none_is_made(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    office = Office(f"sqlite:///{tmp_path / 'none.db'}", tmp_path)

    said = office.tdkt(*words)

    assert said.code == DATABASE
    one_sentence(said)
    assert str(office.path) in said.err
    assert "tdkt init" in said.err
    assert list(tmp_path.iterdir()) == []


EVERYTHING = (
    "task list",
    "dossier list",
    "show T01",
    "plan show",
    "why T01",
    "audit log",
    "audit verify",
    "deadline list",
    "notice list",
    "notice list --dead",
    "notice retry --all",
    "notice test email",
    "office contacts",
    "office contact chuyen-vien --email a@b.vn",
    "office show",
    "office people",
    "inbox",
    "advance T01 submit",
    "task adopt T01 --on 2026-01-02 --paper 1/BC",
    "dossier new --task T17 --from thon-1 --title ldtt",
    "deadline set T01 2026-05-01 --source CV",
    "office use chu-tich",
    "incident list",
    "incident clear I01",
    "tick",
    "serve",
    "backup copy.db",
)


@pytest.mark.parametrize("line", EVERYTHING)
def test_every_command_tells_a_missing_a_foreign_and_an_empty_database(line: str, tmp_path: Path) -> None:
    missing = Office(f"sqlite:///{tmp_path / 'missing.db'}", tmp_path)
    foreign = Office(f"sqlite:///{tmp_path / 'foreign.db'}", tmp_path)
    foreign.path.write_text("Kế hoạch\n" * 500, encoding="utf-8")
    bare = Office(f"sqlite:///{tmp_path / 'bare.db'}", tmp_path)
    with Database(bare.url, create=True) as database:
        schema.create(database)

    said = [office.tdkt("--as", OFFICER, *line.split()) for office in (missing, foreign, bare)]

    assert [each.code for each in said] == [DATABASE, DATABASE, USAGE]
    for each in said:
        one_sentence(each)
    assert ["tdkt init" in each.err for each in (said[0], said[2])] == [True, True]
    assert sorted(path.suffix for path in tmp_path.iterdir() if path.suffix != ".lock") == [".db", ".db"]


UNUSABLE = {
    "an empty file": b"",
    "a text": "Kế hoạch năm 2026\n".encode() * 100,
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(5000),
}


@pytest.mark.parametrize("words", [LOOKING, ACTING], ids=["looking", "acting"])
@pytest.mark.parametrize("content", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_file_that_is_no_database_is_told_and_left_alone(
    content: bytes, words: tuple[str, ...], tmp_path: Path
) -> None:
    office = Office(f"sqlite:///{tmp_path / 'other.db'}", tmp_path)
    office.path.write_bytes(content)

    said = office.tdkt(*words)

    assert said.code == DATABASE
    one_sentence(said)
    assert str(office.path) in said.err
    assert office.path.read_bytes() == content


@pytest.mark.parametrize("words", [LOOKING, ACTING, ("init", "--sandbox")], ids=["look", "act", "init"])
def test_a_folder_in_the_databases_place_is_told(words: tuple[str, ...], tmp_path: Path) -> None:
    office = Office(f"sqlite:///{tmp_path}", tmp_path)

    said = office.tdkt(*words)

    assert said.code == DATABASE
    one_sentence(said)


@pytest.mark.broken_database
@pytest.mark.parametrize("words", [LOOKING, ACTING], ids=["looking", "acting"])
def test_a_damaged_database_is_told(words: tuple[str, ...], sqlite_office: Office) -> None:
    content = bytearray(sqlite_office.path.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    sqlite_office.path.write_bytes(bytes(content))

    said = sqlite_office.tdkt(*words)

    assert said.code == DATABASE
    one_sentence(said)
    assert "backup" in said.err
    assert sqlite_office.path.read_bytes() == content


@pytest.mark.broken_database
@pytest.mark.parametrize("words", [LOOKING, ACTING], ids=["looking", "acting"])
def test_a_database_cut_short_is_told(words: tuple[str, ...], sqlite_office: Office) -> None:
    content = sqlite_office.path.read_bytes()
    sqlite_office.path.write_bytes(content[: len(content) // 3])

    said = sqlite_office.tdkt(*words)

    assert said.code == DATABASE
    one_sentence(said)


@pytest.mark.parametrize("words", [LOOKING, ACTING, ("init",)], ids=["looking", "acting", "init"])
def test_a_database_of_a_newer_version_is_told(words: tuple[str, ...], office: Office) -> None:
    with office.open() as database:
        database.driver.execute("UPDATE alembic_version SET version_num = '9999'")

    said = office.tdkt(*words)

    assert said.code == DATABASE
    one_sentence(said)
    assert "newer" in said.err
    assert "pgrade tdkt" in said.err


URLS = {
    "an unknown kind": "mysql://root@localhost/tdkt",
    "memory": "sqlite://",
    "a port that is none": "postgresql://localhost:abc/tdkt",
    "a server that is not there": "postgresql://tdkt@localhost:1/tdkt",
    "a socket that is not there": "postgresql://tdkt@/tdkt?host=/nowhere",
    "a folder that is not there": "sqlite:////nowhere/at/all/office.db",
    "another machine's folder": "sqlite://///server/share/office.db",
}


@pytest.mark.parametrize("words", [LOOKING, ACTING], ids=["looking", "acting"])
@pytest.mark.parametrize("url", URLS.values(), ids=URLS.keys())
def test_an_address_that_leads_nowhere_is_told(url: str, words: tuple[str, ...], tmp_path: Path) -> None:
    said = Office(url, tmp_path).tdkt(*words)

    assert said.code == DATABASE
    one_sentence(said)


def test_a_network_path_is_refused_and_no_folder_made_for_it(tmp_path: Path) -> None:
    office = Office("sqlite://///tdkt-server/share/office.db", tmp_path)

    said = office.tdkt("init", "--sandbox")

    assert said.code == DATABASE
    one_sentence(said)
    assert "network" in said.err
    assert "PostgreSQL" in said.err
    assert not Path("/tdkt-server").exists()


def test_a_password_in_an_address_is_not_repeated(tmp_path: Path) -> None:
    said = [
        Office("postgresql://tdkt:bi-mat@localhost:1/tdkt", tmp_path).tdkt(*words)
        for words in (LOOKING, ACTING)
    ]

    assert [each.code for each in said] == [DATABASE] * 2
    assert ["bi-mat" in each.err for each in said] == [False] * 2


def test_a_lock_timeout_that_is_none_is_told(sqlite_office: Office) -> None:
    said = [sqlite_office.tdkt(*LOOKING, TDKT_LOCK_TIMEOUT=value) for value in ("x", "-1", "nan", "1e9")]

    assert [each.code for each in said] == [USAGE] * 4
    for each in said:
        one_sentence(each)
