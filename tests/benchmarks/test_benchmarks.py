"""The benchmarks measure what they say: every figure has its name and line, and both sides write the same.

Nothing here looks at a time.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import BENCHMARKS, main
from benchmarks.advancing import Pair, UnequalRows, sqlite_pair
from benchmarks.growing import fill
from benchmarks.house import OFFICE, REFS, ROUND, YEAR, advance, open_house
from benchmarks.measuring import Figure, Turns, in_turns
from benchmarks.statements import WHOLE, WITHIN, advance_statements
from benchmarks.sweeping import postgresql_field, sqlite_field
from benchmarks.verifying import read_and_hash
from benchmarks.years import busy_office, province_year
from storage.log.audit import verify

NAMES = [
    "advance-sqlite",
    "advance-sqlite-wal",
    "advance-postgresql",
    "advance-batch",
    "advance-statements",
    "start-help",
    "start-list",
    "start-show",
    "start-inbox",
    "growth-list",
    "growth-show",
    "growth-advance",
    "import-docx",
    "import-docx-command",
    "import-list-read",
    "import-list-command",
    "paper-make",
    "history-search-sqlite",
    "history-search-postgresql",
    "history-lines",
    "history-keep",
    "verify",
    "verify-state",
    "sweep-sqlite",
    "sweep-postgresql",
    "simulate-year",
    "province-year",
    "console",
    "console-long",
]
FIELDS = ["name", "ratio", "median", "unit", "runs", "against"]


def test_every_figure_of_the_report_has_its_name() -> None:
    assert list(BENCHMARKS) == NAMES


def test_a_short_run_prints_a_line_for_each_figure(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["advance-sqlite", "start-help", "--runs", "1"])

    lines = [line.split(", ") for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert [len(line) for line in lines] == [len(FIELDS)] * 2
    assert [(line[0], line[3], line[4], line[5]) for line in lines] == [
        ("advance-sqlite", "ms per advance", "1", "bare sqlite3 loop on journal DELETE"),
        ("start-help", "ms per start", "1", "python -c pass"),
    ]
    assert all(float(line[1]) > 0 and float(line[2]) > 0 for line in lines)


def test_figures_are_an_array_for_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["advance-sqlite", "--json", "--runs", "1"])

    (figure,) = json.loads(capsys.readouterr().out)
    assert code == 0
    assert list(figure) == FIELDS
    assert (figure["name"], figure["runs"]) == ("advance-sqlite", 1)


def test_an_unknown_name_is_a_usage_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["advance-oracle"])

    assert ended.value.code == 2
    assert "advance-oracle" in capsys.readouterr().err


def test_figures_are_medians_of_turns() -> None:
    turns = Turns(measured=[2.0, 4.0, 9.0], baseline=[1.0, 1.0, 3.0])

    assert (turns.median, turns.speed, turns.cost) == (4.0, 1 / 3, 3.0)


def test_both_sides_run_in_turns_and_the_warm_up_does_not_count() -> None:
    ran: list[tuple[str, int]] = []

    def side(name: str) -> Any:
        def sample(turn: int) -> float:
            ran.append((name, turn))
            return float(turn)

        return sample

    turns = in_turns(side("a"), side("b"), runs=2, warm_up=1)

    assert ran == [("a", 0), ("b", 0), ("a", 1), ("b", 1), ("a", 2), ("b", 2)]
    assert (turns.measured, turns.baseline) == ([1.0, 2.0], [1.0, 2.0])


def test_a_line_has_no_comma_of_its_own() -> None:
    figure = Figure("verify", 0.5, 1.25, "µs per entry", 3, "bare loop")

    assert figure.line() == "verify, 0.50, 1.250, µs per entry, 3, bare loop"


@pytest.mark.usefixtures("postgres_cluster")
def test_an_advance_sends_postgresql_few_statements() -> None:
    counted = {figure.name: figure.median for figure in advance_statements()}

    assert counted.keys() == {"advance-statements-within", "advance-statements"}
    assert 6 <= counted["advance-statements-within"] <= WITHIN
    assert counted["advance-statements-within"] < counted["advance-statements"] <= WHOLE


# What is random or made of it: compared by its length alone.
RANDOM = {
    "command": {"key", "digest"},
    "entry": {"id", "bytes", "leaf"},
    "free_text": {"entry", "salt"},
    "item": {"last_entry"},
    "log_head": {"root", "range"},
    "deadline": set(),
    "dossier": set(),
    "nominee": set(),
    "notice": {"id"},
    "task": set(),
}


def written(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    shown = [f"length({name})" if name in RANDOM[table] else name for name in columns]
    return sorted(connection.execute(f"SELECT {', '.join(shown)} FROM {table}").fetchall(), key=repr)


def same_rows(pair: Pair) -> dict[str, bool]:
    engine, bare = pair.acting.database.driver, pair.bare.connection
    return {table: written(engine, table) == written(bare, table) for table in RANDOM}


def test_engine_and_bare_loop_write_the_same_rows() -> None:
    with sqlite_pair() as pair:
        for turn in (0, 1, len(REFS)):
            pair.engine_turn(turn)
            pair.bare_turn(turn)
        same, entries = same_rows(pair), _records(pair.bare)

        assert same == dict.fromkeys(RANDOM, True)
        assert entries == _records_of_engine(pair)
        assert verify_bare(pair) == ()


def test_engine_and_bare_loop_write_the_same_rows_in_a_batch() -> None:
    with sqlite_pair() as pair:
        pair.engine_batch(0)
        pair.bare_batch(0)

        assert same_rows(pair) == dict.fromkeys(RANDOM, True)
        assert verify_bare(pair) == ()


def test_unequal_rows_are_no_measurement() -> None:
    with sqlite_pair() as pair:
        advance(pair.acting, REFS[:1], ROUND[0], 0)

        with pytest.raises(UnequalRows):
            pair.check_rows()


def _records(bare: Any) -> list[dict[str, Any]]:
    return _said(bare.connection)


def _records_of_engine(pair: Pair) -> list[dict[str, Any]]:
    return _said(pair.acting.database.driver)


def _said(connection: Any) -> list[dict[str, Any]]:
    """The entries as they are written, without what is random in them."""
    found = connection.execute("SELECT bytes FROM entry WHERE log = ? ORDER BY seq", (YEAR,))
    records = [json.loads(row[0]) for row in found]
    return [
        {
            name: value
            for name, value in record.items()
            if name not in ("nonce", "key", "mac") and not name.startswith("text.")
        }
        for record in records
    ]


def verify_bare(pair: Pair) -> tuple[object, ...]:
    """The faults that our own verifier finds in what the bare loop wrote."""
    from storage.database import Database

    (path,) = [row[2] for row in pair.bare.connection.execute("PRAGMA database_list")]
    with Database(f"sqlite:///{path}") as database:
        return verify(database, OFFICE, YEAR).faults


def test_the_filled_database_holds_together(tmp_path: Path) -> None:
    path = tmp_path / "grown.db"
    with open_house(f"sqlite:///{path}") as acting:
        fill(path, 3_000)
        offices = [
            row[0] for row in acting.database.driver.execute("SELECT office FROM office ORDER BY office")
        ]
        faults = [verify(acting.database, office).faults for office in offices]

    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM item").fetchone() == (3_000,)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert offices == ["diem-he", "xa-0001"]
    assert faults == [()] * len(offices)
    connection.close()


def test_the_bare_reader_counts_the_entries_and_notices_a_changed_one(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    with open_house(f"sqlite:///{path}"):
        assert read_and_hash(path) == 145

    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER entry_never_updated")
    connection.execute("UPDATE entry SET bytes = CAST('{}' AS BLOB) WHERE seq = 7")
    connection.commit()
    connection.close()
    with pytest.raises(RuntimeError, match="entry 7"):
        read_and_hash(path)


# -- sweeps and years ------------------------------------------------------------------------------------


@pytest.mark.parametrize("field", [sqlite_field, postgresql_field])
def test_engine_bare_loop_and_job_store_fire_the_same_number_of_rows(
    field: Any, request: pytest.FixtureRequest
) -> None:
    if field is postgresql_field:
        request.getfixturevalue("postgres_cluster")  # skips where no server is installed
    with field(few=100, many=300, due=10) as everybody:
        seconds = [everybody.turn(turn) for turn in range(3)]
        everybody.check_rows()
        pending = [
            sum(count for _at, count in crowd.dates())
            for crowd in (everybody.few, everybody.many, everybody.unengined)
        ]
        faults = verify(everybody.many.acting.database, OFFICE, YEAR).faults

    assert [list(turn) for turn in seconds] == [
        ["claim many", "claim few", "many", "bare", "few", "store"]
    ] * 3
    assert (pending, faults) == ([100, 300, 300], ())


def test_the_bare_sweep_writes_the_rows_of_the_engine() -> None:
    with sqlite_field(few=100, many=100, due=10) as everybody:
        for turn in range(2):
            everybody.turn(turn)
        engine, bare = everybody.many.acting.database.driver, everybody.bare.connection

        assert {table: written(engine, table) == written(bare, table) for table in RANDOM} == dict.fromkeys(
            RANDOM, True
        )
        assert verify(everybody.unengined.acting.database, OFFICE, YEAR).faults == ()


def test_the_simulated_office_has_sixty_dossiers_and_three_hundred_nominees(tmp_path: Path) -> None:
    busy_office(f"sqlite:///{tmp_path / 'office.db'}")

    connection = sqlite3.connect(tmp_path / "office.db")
    counted = [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("task", "dossier", "nominee")
    ]
    connection.close()
    # The plan's 18 rows, and the place of what it does not name.
    assert counted == [19, 60, 300]


@pytest.mark.usefixtures("postgres_cluster")
def test_a_province_fires_as_many_rows_as_its_offices_do_alone(capsys: pytest.CaptureFixture[str]) -> None:
    figure = province_year(offices=2, until=datetime(2026, 4, 15, tzinfo=UTC))

    told = capsys.readouterr().err
    rows = int(told.partition("2 offices: ")[2].partition(" rows fired")[0])
    assert (figure.name, figure.unit, figure.against) == ("province-year", "s", "one office alone")
    assert rows >= 100
    assert rows % 2 == 0
