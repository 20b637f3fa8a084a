"""`tdkt doctor`: a healthy office, each way of being unwell, and no database at all."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Answer, Tdkt
from tests.people import ADMINISTRATOR
from tests.postgres import Cluster

POLICY = Path(__file__).resolve().parents[2] / "definitions" / "policies" / "deadlines" / "1.yaml"


def finding(answer: Answer, check: str) -> dict[str, Any]:
    """The one finding of a check."""
    found = [each for each in answer.json if each["check"] == check]
    assert len(found) == 1, found
    return dict(found[0])


def statuses(answer: Answer) -> dict[str, str]:
    return {each["check"]: each["status"] for each in answer.json}


def execute(database: Path, *statements: str) -> None:
    with sqlite3.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_fresh_sandbox_is_well_but_for_what_an_office_must_verify(tdkt: Tdkt) -> None:
    answer = tdkt("doctor", "--json")

    assert answer.code == 0
    assert {check for check, status in statuses(answer).items() if status != "ok"} <= {
        "calendars",
        "rules_values",
        "policy_values",
        "terminal",
        "font",
        "packages",
        "private",
    }
    assert list(answer.json[0]) == ["check", "status", "office", "message", "details"]


def test_each_check_is_one_line_that_says_what_to_do(tdkt: Tdkt) -> None:
    said = tdkt("doctor").out

    assert "✓ This is a sandbox; its time is 2026-01-05 08:00.\n" in said
    assert "roles are advisory" in said
    assert max(map(len, said.splitlines())) <= 100
    assert said.splitlines()[-1].startswith("0 problems, ")


def test_unsure_values_of_the_rule_pack_are_counted_and_listed_when_asked(tdkt: Tdkt) -> None:
    unsure = finding(tdkt("doctor", "--json"), "rules_values")

    assert unsure["status"] == "warning"
    assert str(len(unsure["details"])) in unsure["message"]
    assert unsure["details"][0] not in tdkt("doctor").out
    assert unsure["details"][0] in tdkt("doctor", "--verbose").out


def test_the_unsure_values_are_those_of_quorum_votes_ways_conditions_and_pay_with_how_sure_they_are(
    tdkt: Tdkt,
) -> None:
    listed = finding(tdkt("doctor", "--json"), "rules_values")["details"]

    statute = "Quy chế hoạt động của Hội đồng Thi đua - Khen thưởng xã"
    decrees = "Luật 06/2022/QH15; NĐ 152/2025/NĐ-CP"
    told = ("Quorum:", "Cultured", "Advanced worker:", "Commendation of the commune's chair (For a")
    assert [each for each in listed if each[3:].startswith(told)] == [
        f"M: Quorum: 2/3; {statute} (mặc định: 2/3 số thành viên)",
        f"L: Advanced worker: more than 50% of those present, open; {statute} (tỷ lệ phiếu mặc định)",
        f"M: Advanced worker: by the council; {decrees}",
        "M: Advanced worker: At least 6 months of work; NĐ 152/2025/NĐ-CP",
        "M: Advanced worker: Nobody disciplined in the period; Luật 06/2022/QH15, Điều 24",
        "M: Commendation of the commune's chair (For an emulation movement): by the council, simplified on:"
        f" Political task, timely encouragement; Found out by the head; {decrees}",
        "M: Commendation of the commune's chair (For an outstanding deed): simplified on: An outstanding"
        " deed; Luật 06/2022/QH15, Điều 85; NĐ 152/2025/NĐ-CP",
        "M: Cultured family: A score of 90 or more; NĐ 86/2023/NĐ-CP; tiêu chuẩn của Ủy ban nhân dân tỉnh",
        "L: Cultured family: Agreed to by at least 60% of the meeting; NĐ 86/2023/NĐ-CP",
        "M: Cultured family: Pays 0,0 of the base salary; NĐ 152/2025/NĐ-CP; quy định của địa phương",
        f"L: Cultured village: more than 50% of those present, open; {statute} (tỷ lệ phiếu mặc định)",
    ]
    assert not [each for each in listed if each.startswith("H")]


def test_usual_days_that_are_practice_are_listed_when_asked(tdkt: Tdkt) -> None:
    usual = finding(tdkt("doctor", "--json"), "usual_days")

    assert (usual["status"], len(usual["details"])) == ("ok", 13)
    assert "M: report, II: 05/06 - 20/06 (Thông lệ: số liệu đến hết ngày 31/5)" in usual["details"]
    assert usual["details"][0] in tdkt("doctor", "--verbose").out


def test_the_unsure_values_of_the_policy_are_its_terms_and_the_usual_days(tdkt: Tdkt) -> None:
    listed = finding(tdkt("doctor", "--json"), "policy_values")["details"]

    assert listed[:4] == [
        "L: To be checked: 3 wd",
        "M: Decision due: 10 wd",
        "L: To be forwarded: 10 wd",
        "L: Council review due",
    ]
    assert len(listed) > 4
    assert {line.partition(":")[0] for line in listed} == {"M", "L"}


def test_a_review_that_is_near_or_past_is_a_warning(tdkt: Tdkt) -> None:
    far = finding(tdkt("doctor", "--json", "--now", "2026-12-01"), "rules_review")
    near = finding(tdkt("doctor", "--json", "--now", "2027-02-01"), "rules_review")
    past = finding(tdkt("doctor", "--json", "--now", "2027-03-02"), "rules_review")

    assert [each["status"] for each in (far, near, past)] == ["ok", "warning", "warning"]
    assert "was to be reviewed by 2027-03-01" in past["message"]


def test_due_rows_that_nobody_fires_are_told_with_their_age(tdkt: Tdkt) -> None:
    late = finding(tdkt("doctor", "--json", "--now", "2026-01-06T09:00"), "ticking")
    tdkt("tick", "--now", "2026-01-06T09:00")

    assert (late["status"], late["message"]) == (
        "warning",
        "Something due since 2026-01-05 08:00 is not fired (25 hours). Run tdkt serve, or tdkt tick from the"
        " system's scheduler.",
    )
    assert finding(tdkt("doctor", "--json"), "ticking")["status"] == "ok"


@pytest.mark.broken_database
def test_a_row_that_is_marked_fired_without_an_entry_breaks_the_ledger(tdkt: Tdkt, database: Path) -> None:
    execute(
        database,
        "UPDATE deadline SET status = 'fired', fired_at = at, late_s = 0 WHERE ref = 'T01' AND name = 'due'",
    )

    answer = tdkt("doctor", "--json")

    assert (answer.code, finding(answer, "ledger")["status"]) == (1, "problem")


def test_a_broken_log_is_a_problem(tdkt: Tdkt, database: Path) -> None:
    execute(database, "UPDATE log_head SET root = zeroblob(32)")

    answer = tdkt("doctor", "--json")

    assert answer.code == 1
    assert finding(answer, "log")["status"] == "problem"
    assert finding(answer, "log")["details"] == [
        "The entries of the log 2026 do not make the root of its head."
    ]


def test_a_head_that_counts_otherwise_than_the_table_is_a_problem(tdkt: Tdkt, database: Path) -> None:
    execute(database, "UPDATE log_head SET size = size + 1")

    answer = tdkt("doctor", "--json")

    assert answer.code == 1
    assert next(each["message"] for each in answer.json if each["check"] == "log") == (
        "The head of the log 2026 says 21 entries, the table has 20. Run tdkt audit verify."
    )


def test_wal_mode_is_reported_where_it_can_corrupt(
    tdkt: Tdkt, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()
    monkeypatch.setattr("sqlite3.sqlite_version_info", (3, 51, 2))

    found = finding(tdkt("doctor", "--json"), "durability")

    assert found["status"] == "warning"
    assert "WAL" in found["message"]


def test_a_real_office_is_warned_of_its_sample_data(tdkt: Tdkt, tmp_path: Path) -> None:
    url = str(tmp_path / "real.db")
    assert tdkt("init", "--db", url).code == 0

    answer = tdkt("doctor", "--db", url, "--json")

    assert answer.code == 0
    assert finding(answer, "sample")["status"] == "warning"
    assert "This is a real office" in finding(answer, "sandbox")["message"]


def test_newer_files_of_the_office_are_told(tdkt: Tdkt, database: Path) -> None:
    own = database.parent / "definitions" / "policies" / "deadlines" / "2.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(POLICY.read_text(encoding="utf-8").replace("version: 1", "version: 2"), encoding="utf-8")

    found = finding(tdkt("doctor", "--json"), "definitions")

    assert found["status"] == "warning"
    assert "policy/deadlines/2" in found["message"]


def test_another_text_of_a_shipped_version_is_told_with_the_way_to_take_it_over(
    tdkt: Tdkt, tmp_path: Path
) -> None:
    """As in a database whose policy was shipped before the package's was edited."""
    url = str(tmp_path / "older.db")
    own = tmp_path / "definitions" / "policies" / "deadlines" / "1.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(POLICY.read_text("utf-8").replace("30 cd, 14 cd", "14 cd"), encoding="utf-8")
    assert tdkt("init", "--db", url).code == 0
    while_own = statuses(tdkt("doctor", "--db", url, "--json"))
    own.unlink()

    answer = tdkt("doctor", "--db", url, "--json")
    edited = tdkt("definition", "adopt", str(POLICY), "--db", url, "--as", ADMINISTRATOR)

    assert "shipped_definitions" not in while_own
    told = finding(answer, "shipped_definitions")
    assert (answer.code, told["status"]) == (0, "warning")
    assert f"policy/deadlines/1 ({POLICY})" in told["message"]
    assert edited.code == 1
    assert edited.err == (
        "policy/deadlines/1 is in use and is never edited. Write version: 2 in the file, then adopt it.\n"
    )


def test_a_foreign_package_of_our_name_is_a_problem(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "importlib.metadata.packages_distributions",
        lambda: {"storage": ["tdkt", "other"], "cli": ["tdkt"]},
    )

    answer = tdkt("doctor", "--json")

    assert answer.code == 1
    assert "storage (other)" in finding(answer, "packages")["message"]


def test_without_a_database_it_says_so_and_how_to_make_one(bare: Tdkt, tmp_path: Path) -> None:
    place = tmp_path / "none.db"

    answer = bare("doctor", "--db", str(place))

    assert answer.code == 4
    assert "✗ There is no database at" in answer.out
    assert "tdkt init" in answer.out
    assert not place.exists()


@pytest.mark.parametrize("content", [b"", b"no database at all, only words" * 50])
def test_a_file_that_is_no_database_is_told(bare: Tdkt, tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "broken.db"
    place.write_bytes(content)

    answer = bare("doctor", "--db", str(place), "--json")

    assert answer.code == 4
    assert statuses(answer)["database"] == "problem"


def test_it_speaks_vietnamese(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    assert "✓ Vai trò nào cũng có người giữ.\n" in tdkt("doctor").out


def test_a_postgresql_database_is_examined_too(bare: Tdkt, durable_cluster: Cluster) -> None:
    url = durable_cluster.url(durable_cluster.create_database())
    assert bare("init", "--db", url, "--sandbox", "--now", "2026-01-05").code == 0

    answer = bare("doctor", "--db", url, "--json")

    assert answer.code == 0
    assert "fsync=on" in finding(answer, "durability")["message"]
    assert "permissions" not in statuses(answer)
