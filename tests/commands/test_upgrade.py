"""`tdkt upgrade`: says what it does, backs an SQLite file up beside it, asks, and the commands work after."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from storage.revision import HEAD
from tests.commands.conftest import Tdkt
from tests.people import (
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SCHOOL,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VILLAGE,
)
from tests.postgres import Cluster
from tests.storage.old_office import write_postgresql, write_sqlite
from workflow.model.office import PROVIDED

PLAN = Path(__file__).resolve().parents[2] / "definitions" / "offices" / "diem-he" / "ke-hoach-2026.txt"


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An SQLite database with schema 0001, named by TDKT_DB."""
    path = tmp_path / "tdkt.db"
    monkeypatch.setenv("TDKT_DB", write_sqlite(path))
    return path


def copies(path: Path) -> list[Path]:
    return sorted(path.parent.glob("tdkt-*.db"))


def revision(path: Path) -> str:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    connection.close()
    return str(found)


def test_every_command_says_that_it_is_needed(old: Path, bare: Tdkt) -> None:
    lines = (("task", "list"), ("--as", CHAIR, "advance", "T01", "return"), ("tick",), ("init",))

    said = [bare(*line) for line in lines]

    assert [each.code for each in said] == [4] * 4
    assert {each.err for each in said} == {
        f"The database {old} was made by an older tdkt. Run tdkt upgrade to bring it up, then repeat.\n"
    }
    assert revision(old) == "0001"


def test_it_backs_up_upgrades_and_the_commands_work(old: Path, bare: Tdkt) -> None:
    before = old.read_bytes()

    answer = bare("upgrade", "--yes")

    (copy,) = copies(old)
    assert answer.code == 0, answer.err
    assert answer.out == (
        f"Upgraded from schema 0001 to {HEAD}.\n"
        f"The backup from before the upgrade is {copy} (checked, 34 entries in its log).\n"
    )
    assert re.fullmatch(r"tdkt-0001-\d{4}-\d\d-\d\d\.db", copy.name)
    assert (revision(copy), revision(old)) == ("0001", HEAD)
    assert len(copy.read_bytes()) == len(before)
    assert bare("audit", "verify").code == 0
    assert bare("show", "D0001").out.startswith("D0001")
    assert bare("--as", STANDING_MEMBER, "advance", "T01", "review", "--set", "opinion=Nhất trí").code == 0
    assert bare("tick", "--now", "2026-04-20T09:00").code == 0
    assert {each["status"] for each in bare("deadline", "list", "--json").json} == {
        "pending",
        "fired",
        "cancelled",
    }
    assert [each["status"] for each in bare("doctor", "--json").json if each["check"] == "ledger"] == ["ok"]
    assert bare("audit", "verify").code == 0


def test_a_backup_from_before_is_upgraded_like_any_other(old: Path, bare: Tdkt) -> None:
    bare("upgrade", "--yes")
    (copy,) = copies(old)

    assert bare("upgrade", "--yes", "--no-backup", "--db", str(copy)).code == 0
    assert bare("task", "list", "--json", "--db", str(copy)).json == bare("task", "list", "--json").json


def test_a_second_time_there_is_nothing_to_do(old: Path, bare: Tdkt) -> None:
    bare("upgrade", "--yes")
    before = old.read_bytes()

    said, data = bare("upgrade"), bare("upgrade", "--json")

    assert (said.code, said.out) == (
        0,
        f"The database {old} has schema {HEAD} already; there is nothing to upgrade.\n",
    )
    assert data.json == {
        "database": str(old),
        "from": HEAD,
        "to": HEAD,
        "upgraded": False,
        "backup": None,
    }
    assert old.read_bytes() == before
    assert len(copies(old)) == 1


def test_a_dry_run_and_nobody_to_ask_change_nothing(old: Path, bare: Tdkt) -> None:
    before = old.read_bytes()

    foreseen, unasked = bare("upgrade", "--dry-run"), bare("upgrade")

    assert (foreseen.code, unasked.code, unasked.out) == (0, 1, "")
    assert foreseen.out.startswith(
        f"The database {old}: from schema 0001 to {HEAD}.\n"
        f"Before that, it is backed up to {old.parent}/tdkt-0001-"
    )
    assert unasked.err.startswith(f"The database {old}: from schema 0001 to {HEAD}.\n")
    assert unasked.err.endswith("Repeat and confirm, or add --yes.\n")
    assert (old.read_bytes(), copies(old)) == (before, [])


def test_without_a_backup_it_says_so(old: Path, bare: Tdkt) -> None:
    answer = bare("upgrade", "--yes", "--no-backup")

    assert answer.out == f"Upgraded from schema 0001 to {HEAD}.\nNo backup was made.\n"
    assert copies(old) == []


def test_a_backup_never_takes_the_name_of_another(old: Path, bare: Tdkt) -> None:
    planned = Path(bare("upgrade", "--dry-run", "--json").json["backup"])
    planned.write_text("mine", encoding="utf-8")

    made = Path(bare("upgrade", "--yes", "--json").json["backup"])

    assert (planned.read_text(encoding="utf-8"), made.name) == ("mine", f"{planned.stem}-2.db")
    assert revision(made) == "0001"


def test_a_log_that_is_wrong_stops_it_before_anything_changes(old: Path, bare: Tdkt) -> None:
    connection = sqlite3.connect(old)
    connection.execute("UPDATE log_head SET root = zeroblob(32)")
    connection.commit()
    connection.close()

    answer = bare("upgrade", "--yes")

    assert (answer.code, revision(old), copies(old)) == (1, "0001", [])
    assert "did not pass its check" in answer.err


def test_a_missing_and_a_newer_database_are_told_as_ever(old: Path, bare: Tdkt, tmp_path: Path) -> None:
    missing = bare("upgrade", "--db", str(tmp_path / "none.db"))
    connection = sqlite3.connect(old)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    newer = bare("upgrade", "--yes")

    assert (missing.code, newer.code) == (4, 4)
    assert "tdkt init" in missing.err
    assert "made by a newer tdkt" in newer.err
    assert not (tmp_path / "none.db").exists()


def test_it_speaks_vietnamese(old: Path, bare: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    assert bare("upgrade", "--yes").out.startswith(f"Đã nâng cấp từ lược đồ 0001 lên {HEAD}.\n")


def test_on_postgresql_it_makes_no_backup_and_says_how(
    bare: Tdkt, postgres_database: str, tmp_path: Path
) -> None:
    write_postgresql(postgres_database, tmp_path)

    foreseen = bare("upgrade", "--dry-run", "--db", postgres_database)
    done = bare("upgrade", "--yes", "--db", postgres_database)

    assert (foreseen.code, done.code) == (0, 0)
    assert "pg_dump --format=custom" in foreseen.out
    assert done.out.startswith(
        f"Upgraded from schema 0001 to {HEAD}.\nNo backup was made.\nOn PostgreSQL, give"
    )
    assert bare("tick", "--db", postgres_database, "--now", "2026-04-20T09:00").code == 0
    assert bare("audit", "verify", "--db", postgres_database).code == 0


def test_a_role_that_is_not_the_owner_is_told(
    bare: Tdkt, postgres_cluster: Cluster, postgres_database: str, tmp_path: Path
) -> None:
    write_postgresql(postgres_database, tmp_path)
    with psycopg.connect(postgres_database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE ROLE tdkt_visitor LOGIN")
        connection.execute("GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA public TO tdkt_visitor")
    visitor = re.sub("//.*@", "//tdkt_visitor@", postgres_database)

    answer = bare("upgrade", "--yes", "--db", visitor)

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (4, "", 1)
    assert "owner" in answer.err
    with psycopg.connect(postgres_database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP OWNED BY tdkt_visitor")
        connection.execute("DROP ROLE tdkt_visitor")


Brought = Callable[[str], Tdkt]
"""The office of a schema, brought up; its commands."""


@pytest.fixture(params=["sqlite", "postgresql"])
def brought(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare: Tdkt
) -> Brought:
    def up(revision: str) -> Tdkt:
        url = (
            write_sqlite(tmp_path / "tdkt.db", revision)
            if request.param == "sqlite"
            else write_postgresql(request.getfixturevalue("postgres_database"), tmp_path, revision)
        )
        monkeypatch.setenv("TDKT_DB", url)
        assert bare("upgrade", "--yes", "--no-backup").code == 0
        return bare

    return up


@pytest.fixture
def spring(brought: Brought) -> Tdkt:
    """The office of schema 0002, whose year stands at 10 April, brought up."""
    return brought("0002")


VOTE = ("nominee=1", "for=8", "against=1", "invalid=0", "present=9", "total=9")
SPRING_AND_SUMMER = (
    ("advance", "D0002", "submit", "--as", SECOND_VILLAGE, "--now", "2026-04-13T09:00"),
    ("advance", "T03", "submit", "--as", SECRETARY, "--now", "2026-04-14T09:00"),
    ("claim", "T02", "--release", "--as", OFFICER),
    ("deadline", "extend", "T04", "2026-05-29", "--reason", "Chấp thuận", "--as", CHAIR),
    ("tick", "--now", "2026-05-20T09:00"),
    ("advance", "D0003", "return", "--set", "missing=X", "--set", "reason=Y", "--as", SECRETARY),
    ("tick", "--now", "2026-06-01T09:00"),
    ("advance", "D0001", "result", *(word for each in VOTE for word in ("--set", each)), "--as", SECRETARY),
    ("advance", "D0001", "review", "--as", SECRETARY),
    ("tick", "--now", "2026-08-20T09:00"),
)


def test_what_ran_stood_still_and_was_told_goes_on_as_it_would_have_before(spring: Tdkt) -> None:
    """The figures are those that the version of schema 0002 came to by the same commands."""
    done = {line: spring(*line) for line in SPRING_AND_SUMMER}

    assert {line: (answer.code, answer.err) for line, answer in done.items() if answer.code} == {}
    assert [answer.out.splitlines()[-1] for line, answer in done.items() if line[0] == "tick"] == [
        "36 deadlines fired, 24 notices made.",
        "18 deadlines fired, 11 notices made.",
        "59 deadlines fired, 35 notices made.",
    ]
    rows = spring("deadline", "list", "--json").json
    assert Counter((row["status"], row["reason"]) for row in rows) == {
        ("fired", None): 177,
        ("pending", None): 74,
        ("cancelled", "moved"): 25,
        ("cancelled", "ended"): 9,
        ("cancelled", "past"): 3,
    }
    # Seven of the decision's ten days were gone when D0002 was returned, and three were left.
    terms = {term["id"]: term["due"] for term in spring("show", "D0002", "--json").json["terms"]}
    assert terms == {"decision": "2026-04-16", "review": "2026-04-13"}
    again = spring("plan", "import", "--dry-run", str(PLAN))
    assert again.out == "The plan of 2026 is the same; nothing was written.\n"
    assert spring("audit", "verify").code == 0
    assert {each["status"] for each in spring("doctor", "--json").json if each["check"] == "ledger"} == {"ok"}


def test_an_office_of_before_agrees_to_changed_rights(spring: Tdkt, tmp_path: Path) -> None:
    """What it has stored says nothing of who agrees: that is the chair."""
    source = spring("definition", "show", "office/diem-he", "--json").json["source"]
    file = tmp_path / "office.yaml"
    changed = source.replace("version: 1", "version: 2", 1).replace(
        "[records_clerk]", "[records_clerk, officer]"
    )
    assert changed.count("[records_clerk, officer]") == 1
    file.write_text(changed, encoding="utf-8")

    proposed = spring("definition", "adopt", str(file), "--as", STANDING_MEMBER, "--json").json
    alone = spring("definition", "agree", "diem-he", "--as", STANDING_MEMBER, "--yes")
    agreed = spring("definition", "agree", "diem-he", "--as", CHAIR, "--yes", "--json").json

    assert ([each["what"] for each in proposed["changes"]], alone.code) == (["roles_gained"], 1)
    assert (agreed["agreed"], agreed["proposed_by"]) == (True, STANDING_MEMBER)
    assert spring("audit", "verify").code == 0


THIRD = ("nominee=3", "for=8", "against=1", "invalid=0")
PAPER = ("paper_number=07/TTr-HĐTĐKT", "paper_date=2026-03-09")
AWARD = ("decision_number=45/QĐ-UBND", "decision_date=2026-04-08", f"signer={CHAIR}")
GIVEN = ("--type", "cong_trang")
AS_STORED = (
    ("advance", "D0001", "agree_correction", "--as", RECORDS_CLERK),
    ("task", "record", "T04", "--agree", "--as", STANDING_MEMBER),
    ("advance", "T09", "agree_correction", "--as", CHAIR),
    ("task", "add", "T20", "--decline", "Đã có trong kế hoạch", "--as", STANDING_MEMBER),
    ("advance", "D0002", "approve", "--as", CHAIR),
    ("advance", "D0002", "award", *(word for each in AWARD for word in ("--set", each)), "--as", OFFICER),
    ("advance", "D0003", "submit", "--as", SCHOOL),
    ("advance", "D0003", "result", *(word for each in VOTE for word in ("--set", each)), "--as", SECRETARY),
    ("advance", "D0003", "review", "--as", SECRETARY),
    ("advance", "D0003", "approve", "--as", CHAIR),
    (*("dossier", "new", "--task", "T11", "--from", VILLAGE, "--title", "gk"), *GIVEN, "--as", VILLAGE),
    ("definition", "agree", "diem-he", "--as", CHAIR),
    ("advance", "T10", "extend", "--set", "until=2026-07-17", "--set", "reason=Đồng ý", "--as", CHAIR),
    ("tick",),
)
"""What waited in the office of schema 0004 goes on by the definitions that it has stored."""


def test_what_waited_goes_on_by_the_definitions_that_an_office_has_stored(brought: Brought) -> None:
    tdkt = brought("0004")

    done = {line: tdkt(*line, "--yes", "--now", "2026-04-08T09:00") for line in AS_STORED}

    assert {line: answer.err for line, answer in done.items() if answer.code} == {}
    states = {row["ref"]: row["state"] for row in tdkt("dossier", "list", "--json").json}
    assert states == {
        "D0001": "awarded",
        "D0002": "awarded",
        "D0003": "approved",
        "D0004": "approved",
        "D0005": "withdrawn",
        "D0006": "submitted",
        "D0007": "drafted",
    }
    assert tdkt("show", "D0001", "--json").json["facts"]["award"]["decision_date"] == "2026-02-10"
    assert tdkt("audit", "verify").code == 0
    assert {each["status"] for each in tdkt("doctor", "--json").json if each["check"] == "ledger"} == {"ok"}


@pytest.mark.parametrize("revision", ["0001", "0004"])
def test_an_office_of_before_there_were_sessions_is_given_their_machines(
    brought: Brought, revision: str
) -> None:
    tdkt = brought(revision)

    adopted = [
        entry["recorded"]["name"]
        for entry in tdkt("audit", "log", "--json").json
        if entry["event"] == "adopt_definition" and entry["actor"] == "system"
    ]
    assert sorted(adopted) == sorted(PROVIDED)
    in_force = {(row["kind"], row["name"]) for row in tdkt("office", "show", "--json").json["definitions"]}
    assert in_force >= {("machine", name) for name in PROVIDED}
    people = {row["account"]: row["may"] for row in tdkt("office", "people", "--json").json}
    assert "vote_open" in people[SECRETARY]["session"]
    assert tdkt("audit", "verify").code == 0
    assert {each["status"] for each in tdkt("doctor", "--json").json if each["check"] == "ledger"} == {"ok"}


HALF_VOTED = (
    ("advance", "D0009", "result", *(word for each in THIRD for word in ("--set", each)), "--as", SECRETARY),
    ("advance", "D0009", "review", "--as", SECRETARY),
    ("advance", "D0009", "approve", *(word for each in PAPER for word in ("--set", each)), "--as", CHAIR),
)
"""In the office of schema 0006 the council had voted on two of three lines."""


def test_votes_that_were_begun_without_a_session_are_finished_without_one(brought: Brought) -> None:
    tdkt = brought("0006")

    offered = tdkt("show", "D0009", "--now", "2026-03-09T09:00").out
    done = {line: tdkt(*line, "--yes", "--now", "2026-03-09T09:00") for line in HALF_VOTED}

    assert "tdkt advance D0009 result --set nominee=" in " ".join(offered.split())
    assert {line: answer.err for line, answer in done.items() if answer.code} == {}
    shown = tdkt("show", "D0009", "--json").json
    assert (shown["state"], [line["result"] for line in shown["nominees"]]) == (
        "approved",
        ["pass", "fail", "pass"],
    )
    assert tdkt("audit", "verify").code == 0


def test_a_session_is_prepared_and_says_which_dossiers_must_be_carried_over_first(brought: Brought) -> None:
    tdkt = brought("0006")

    made = tdkt("council", "new", "--date", "2026-12-10", "--as", SECRETARY, "--json")
    put = tdkt("council", "agenda", "S01", "D0004", "--as", SECRETARY, "--json")

    assert (made.code, made.err) == (0, "")
    assert tdkt("show", "S01", "--json").json["state"] == "prepared"
    assert put.code == 1
    assert "older_machine" in {reason["rule"] for reason in put.refusal["reasons"]}
    assert tdkt("audit", "verify").code == 0
