"""`tdkt tick`: once, for every office, as the program itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt


def test_a_tick_fires_what_is_due_once(tdkt: Tdkt) -> None:
    first = tdkt("tick", "--now", "2026-02-27T08:00", "--json")
    second = tdkt("tick", "--json")

    assert first.json == {
        "rows": 6,
        "notices": 6,
        "items": 6,
        "refs": ["T04", "T05", "T01", "T02", "T03", "T06"],
        "failed": [],
        "messages": {"sent": 0, "failed": 0, "dead": 0},
    }
    assert second.json == {**first.json, "rows": 0, "notices": 0, "items": 0, "refs": []}
    assert tdkt("tick").out == "Nothing was due.\n"


def test_a_tick_says_what_it_did_and_keeps_the_time(tdkt: Tdkt) -> None:
    assert tdkt("tick", "--now", "2026-02-27T08:00").out == "6 deadlines fired, 6 notices made.\n"
    assert tdkt("tick", "--now", "2026-02-27T07:59").code == 2


def test_a_tick_that_fires_nothing_keeps_the_time_too(tdkt: Tdkt) -> None:
    assert tdkt("tick", "--now", "2026-01-05T08:00").code == 0
    assert tdkt("tick", "--now", "2026-01-20T08:00").out == "Nothing was due.\n"
    assert tdkt("tick", "--now", "2026-01-19T08:00").code == 2


@pytest.fixture
def two_offices(tdkt: Tdkt, tmp_path: Path) -> Tdkt:
    """A second sandbox in the same database."""
    shipped = Path("definitions/offices/diem-he")
    own = tmp_path / "second" / "1.yaml"
    own.parent.mkdir()
    text = (shipped / "1.yaml").read_text(encoding="utf-8").replace("name: diem-he", "name: van-quan", 1)
    own.write_text(text, encoding="utf-8")
    (own.parent / "ke-hoach-2026.txt").write_bytes((shipped / "ke-hoach-2026.txt").read_bytes())
    made = tdkt("init", "--sandbox", "--office", str(own), "--now", "2026-01-05T08:00")
    assert made.code == 0, made.err
    return tdkt


def test_all_offices_are_swept_one_after_the_other(two_offices: Tdkt) -> None:
    swept = two_offices("tick", "--now", "2026-01-05T08:30", "--json").json

    assert swept == {
        "rows": 4,
        "notices": 4,
        "items": 4,
        "refs": ["diem-he/T04", "diem-he/T05", "van-quan/T04", "van-quan/T05"],
        "failed": [],
        "messages": {"sent": 0, "failed": 0, "dead": 0},
    }


def test_a_chosen_office_is_swept_alone(two_offices: Tdkt) -> None:
    assert two_offices("tick", "--office", "van-quan", "--json").json["refs"] == ["T04", "T05"]
    assert two_offices("tick").out == (
        "diem-he: 2 deadlines fired, 2 notices made.\nvan-quan: Nothing was due.\n"
    )
    assert two_offices("tick", "--office", "nowhere").code == 2


def test_without_a_database_a_tick_says_so(bare: Tdkt, tmp_path: Path) -> None:
    answer = bare("tick", "--db", str(tmp_path / "none.db"))

    assert (answer.code, answer.out) == (4, "")
    assert not (tmp_path / "none.db").exists()
