"""`tdkt definition`: listing, reading, checking, drawing, exporting and adopting definitions."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from commands.printing import MOST_REMARKS
from runtime.views.papers.kinds import RECORDS
from storage.views import Reading
from tests.commands.conftest import SHIPPED, Edited, Tdkt
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, STANDING_MEMBER

OFFICE = "offices/diem-he/1.yaml"
NAMES = [
    "calendar/vn-2026/1",
    "calendar/vn-2027/1",
    "machine/award_decision/1",
    "machine/council_session/1",
    "machine/nomination_dossier/1",
    "machine/off_plan/1",
    "machine/plan_task/1",
    "messages/tdkt/1",
    "office/diem-he/1",
    *(f"paper/{kind}/1" for kind in sorted(RECORDS)),
    "policy/deadlines/1",
    "rules/commune/1",
    "rules/commune-2026-10/1",
]


def titles(rows: list[dict[str, Any]]) -> list[str]:
    return [f"{row['kind']}/{row['name']}/{row['version']}" for row in rows]


SECOND_OFFICER = (
    "  thu-ky:\n",
    "  chuyen-vien-2:\n    label: {vi: Chuyên viên 2, en: Officer 2}\n    roles: [officer]\n"
    "    body: van_hoa_xa_hoi\n  thu-ky:\n",
)
SECOND = ("version: 1", "version: 2")


# Looking


def test_what_runs_and_what_is_shipped_is_one_line_where_it_is_the_same(tdkt: Tdkt) -> None:
    rows = tdkt("definition", "list", "--json").json

    digest = sha256((SHIPPED / OFFICE).read_bytes()).hexdigest()
    assert titles(rows) == NAMES
    # Templates run as they are shipped until the office has its own.
    where = {row["kind"]: tuple(row["where"]) for row in rows}
    assert {kind: places for kind, places in where.items() if places != ("running", "shipped")} == {
        "paper": ("shipped",)
    }
    assert rows[8] == {
        "kind": "office",
        "name": "diem-he",
        "version": 1,
        "digest": digest,
        "where": ["running", "shipped"],
        "path": str(SHIPPED / OFFICE),
    }


def test_without_a_database_the_shipped_ones_are_listed(
    bare: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_DB", str(tmp_path / "none.db"))

    rows = bare("definition", "list", "--json").json
    shown = bare("definition", "list")

    assert titles(rows) == NAMES
    assert {tuple(row["where"]) for row in rows} == {("shipped",)}
    assert shown.out.splitlines()[1].split() == [
        "Calendar",
        "calendar/vn-2026",
        "1",
        rows[0]["digest"][:12],
        "Shipped",
    ]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("deadlines", 2),
        ("policy/deadlines", 2),
        ("deadlines/2", 2),
        ("deadlines/1", 1),
        ("policy/deadlines/1", 1),
    ],
)
def test_a_definition_is_shown_as_it_is_written_the_newest_where_no_version_is_named(
    tdkt: Tdkt, edited: Edited, name: str, version: int
) -> None:
    second = edited("policies/deadlines/1.yaml", SECOND)
    assert tdkt("definition", "adopt", str(second), "--as", ADMINISTRATOR).code == 0

    answer = tdkt("definition", "show", name)

    written = SHIPPED / "policies/deadlines/1.yaml" if version == 1 else second
    assert (answer.code, answer.out) == (0, written.read_text("utf-8"))


@pytest.mark.parametrize("name", ["nothing", "deadlines/9", "office/deadlines", "", "a/b/c/d"])
def test_an_unknown_definition_is_a_usage_error_that_says_where_to_look(tdkt: Tdkt, name: str) -> None:
    answer = tdkt("definition", "show", name)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"There is no definition “{name}”. See tdkt definition list.\n"


def test_a_name_of_two_kinds_must_be_told_apart(tdkt: Tdkt, database: Path) -> None:
    own = database.parent / "definitions" / "calendars" / "deadlines"
    own.mkdir(parents=True)
    (own / "1.yaml").write_text("definition: calendar\n", encoding="utf-8")

    answer = tdkt("definition", "show", "deadlines")

    assert answer.code == 2
    assert "Choose one of: calendar/deadlines, policy/deadlines." in answer.err


def test_a_machine_is_drawn_in_vietnamese(tdkt: Tdkt) -> None:
    drawn = tdkt("definition", "diagram", "plan_task").out

    assert drawn.startswith('stateDiagram-v2\n    state "Đang chuẩn bị" as s_drafted\n')
    assert "    s_drafted --> s_submitted: Trình\n" in drawn


def test_what_is_no_machine_has_no_diagram(tdkt: Tdkt) -> None:
    answer = tdkt("definition", "diagram", "deadlines")

    assert answer.code == 2
    assert answer.err == (
        "policy/deadlines/1 is no machine and has no diagram."
        " There are: award_decision, council_session, nomination_dossier, off_plan, plan_task.\n"
    )


def test_the_schema_is_that_of_the_kind(bare: Tdkt) -> None:
    one, every = bare("definition", "schema", "policy").json, bare("definition", "schema").json

    assert (one["title"], every["title"]) == ("tdkt policy", "tdkt definition")
    assert bare("definition", "schema", "poem").code == 2


# Checking


def test_all_that_the_office_would_run_is_sound(tdkt: Tdkt) -> None:
    answer = tdkt("definition", "check")

    assert (answer.code, answer.out) == (0, f"{len(NAMES)} files checked: no mistakes, 0 warnings.\n")
    assert answer.err == ""


def test_an_own_file_with_a_mistake_is_found_without_being_named(
    tdkt: Tdkt, database: Path, edited: Edited
) -> None:
    own = database.parent / "definitions" / "offices" / "diem-he" / "2.yaml"
    own.parent.mkdir(parents=True)
    edited(OFFICE, SECOND, ("policy: deadlines", "policy: none-such")).rename(own)

    answer = tdkt("definition", "check", "--json")

    assert answer.code == 1
    assert answer.json == [
        {
            "path": str(own),
            "line": 13,
            "severity": "error",
            "rule": "names_nothing",
            "message": "policy: there is no definition 'none-such' of this kind",
        }
    ]


def test_every_mistaken_line_of_the_files_named_is_told(bare: Tdkt) -> None:
    """By lines: of one line the registries may have more to say than the files' own lists."""
    folder = SHIPPED.parent / "tests" / "workflow" / "documents" / "bad"
    expected = dict.fromkeys(
        f"{path.with_suffix('.yaml')}:{line.partition(':')[0]}"
        for path in sorted(folder.glob("*.mistakes"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )

    told = bare("definition", "check", str(folder))
    data = bare("definition", "check", str(folder), "--json")

    assert (told.code, data.code) == (1, 1)
    lines = [f"{each['path']}:{each['line']}" for each in data.json]
    assert list(dict.fromkeys(lines)) == list(expected)
    shown = [":".join(line.split(":")[:2]) for line in told.err.splitlines()]
    assert shown[:MOST_REMARKS] == lines[:MOST_REMARKS]


def test_a_doubt_is_told_and_fails_nothing(bare: Tdkt, edited: Edited) -> None:
    file = edited("policies/deadlines/1.yaml", ("after: 1 wd,", "after: 6 wd,"))
    weekend = edited("calendars/vn-2026/1.yaml", ("days_off:\n", 'days_off:\n  2026-01-03: "Thứ Bảy"\n'))

    doubt = bare("definition", "check", str(weekend))
    file.write_text(
        (SHIPPED / "policies/deadlines/1.yaml").read_text("utf-8").replace("after: 1 wd,", "after: 6 wd,")
    )
    error = bare("definition", "check", str(file))

    assert doubt.code == 0
    assert "edited.yaml:" in doubt.err
    assert ": warning: 2026-01-03 is a weekend, off by itself" in doubt.err
    assert error.code == 1
    assert "the ladder goes up in time, but 5 follows 6" in error.err


def test_a_file_that_is_not_there_is_a_mistake_of_its_own(bare: Tdkt, tmp_path: Path) -> None:
    answer = bare("definition", "check", str(tmp_path / "none.yaml"))

    assert answer.code == 1
    assert answer.err.startswith(f"{tmp_path}/none.yaml:1: the file cannot be read: No such file")


# Exporting


def test_a_definition_is_exported_beside_the_database_and_overwritten_only_when_asked(
    tdkt: Tdkt, database: Path
) -> None:
    target = database.parent / "definitions" / OFFICE

    first = tdkt("definition", "export", "office/diem-he")
    same = tdkt("definition", "export", "office/diem-he")
    target.write_text("mine", encoding="utf-8")
    other = tdkt("definition", "export", "office/diem-he", "--json")
    kept = target.read_text(encoding="utf-8")
    forced = tdkt("definition", "export", "office/diem-he", "--yes")

    assert (first.code, first.out) == (0, f"Written to {target}.\n")
    assert same.code == 0
    assert (other.code, other.refusal["error"], kept) == (1, "file_exists", "mine")
    assert forced.code == 0
    assert target.read_bytes() == (SHIPPED / OFFICE).read_bytes()


def test_all_are_exported_into_a_folder_or_none_of_them(tdkt: Tdkt, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    (folder / "rules" / "commune").mkdir(parents=True)
    (folder / "rules" / "commune" / "1.yaml").write_text("mine", encoding="utf-8")

    refused = tdkt("definition", "export", "--all", str(folder))
    before = [path for path in folder.rglob("*") if path.is_file()]
    done = tdkt("definition", "export", "--all", str(folder), "--yes", "--json")

    assert (refused.code, len(before)) == (1, 1)
    assert titles(done.json) == NAMES
    checked = tdkt("definition", "check", str(folder)).out
    assert checked == f"{len(NAMES)} files checked: no mistakes, 0 warnings.\n"


@pytest.mark.parametrize("words", [[], ["--all", "plan_task", "somewhere"]])
def test_it_must_be_clear_what_is_exported(tdkt: Tdkt, words: list[str]) -> None:
    answer = tdkt("definition", "export", *words)

    assert answer.code == 2
    assert answer.err == "Name one definition, or give --all. See them with tdkt definition list.\n"


# Adopting


def test_a_new_version_of_the_office_is_in_force_and_its_people_must_act(
    tdkt: Tdkt, database: Path, edited: Edited
) -> None:
    before = tdkt("task", "list", "--json").json
    file = edited(OFFICE, SECOND, SECOND_OFFICER, ("title: Điềm He", "title: Điềm He mới"))

    proposed = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--json")
    waiting = tdkt("task", "list", "--json").json
    answer = tdkt("definition", "agree", "office/diem-he", "--as", CHAIR, "--yes", "--json")

    after = tdkt("task", "list", "--json").json
    assert (proposed.code, waiting, answer.code) == (0, before, 0)
    told = ("kind", "version", "adopted", "in_force", "warnings", "proposal")
    assert {name: proposed.json[name] for name in told} == {
        "kind": "office",
        "version": 2,
        "adopted": False,
        "in_force": False,
        "warnings": [],
        "proposal": 1,
    }
    assert (answer.json["agreed"], answer.json["in_force"]) == (True, True)
    assert after[0]["owners"] == ["chuyen-vien-2", OFFICER]
    assert [{**row, "owners": None} for row in after] == [{**row, "owners": None} for row in before]
    assert tdkt("office", "show", "--json").json["title"] == "Điềm He mới"
    assert tdkt("audit", "verify").code == 0
    with Reading(f"sqlite:///{database}") as reading:
        (entry,) = reading.entries("diem-he", 2026, event="agree_definition")
    assert (entry.actor, entry.role) == (CHAIR, "chair")
    record = json.loads(entry.data)
    assert {name: value for name, value in record.items() if name.startswith("input.")} == {
        "input.kind": "office",
        "input.name": "diem-he",
        "input.version": 2,
        "input.digest": answer.json["digest"],
        "input.proposed_by": ADMINISTRATOR,
    }


def test_postgresql_keeps_plans_and_definitions_alike(
    bare: Tdkt, postgres_database: str, edited: Edited
) -> None:
    place = ("--db", postgres_database)
    file = edited(OFFICE, SECOND, SECOND_OFFICER)

    assert bare("init", "--sandbox", *place).code == 0
    assert bare("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--json", *place).code == 0
    adopted = bare("definition", "agree", "diem-he", "--as", CHAIR, "--yes", "--json", *place)
    board = bare("plan", "show", "--json", *place).json

    assert (adopted.code, adopted.json["in_force"]) == (0, True)
    assert board["quarters"][0]["tasks"][0]["owners"] == ["chuyen-vien-2", OFFICER]
    assert titles(bare("definition", "list", "--json", *place).json)[8:10] == [
        "office/diem-he/1",
        "office/diem-he/2",
    ]


def test_what_changes_is_shown_and_a_dry_run_writes_nothing(
    tdkt: Tdkt, database: Path, edited: Edited
) -> None:
    before = database.read_bytes()
    file = edited(
        "policies/deadlines/1.yaml",
        SECOND,
        ("[30 cd, 14 cd, 7 cd, 1 cd]", "[30 cd, 7 cd, 1 cd]"),
    )

    answer = tdkt("definition", "adopt", str(file), "--dry-run")

    changed = [line for line in answer.out.splitlines() if line[:1] in "+-"]
    assert answer.code == 0
    assert changed == [
        "-version: 1",
        "+version: 2",
        "-reminders: [30 cd, 14 cd, 7 cd, 1 cd]",
        "+reminders: [30 cd, 7 cd, 1 cd]",
    ]
    assert database.read_bytes() == before


def test_the_same_again_is_said_and_not_written(tdkt: Tdkt, database: Path) -> None:
    before = database.read_bytes()

    answer = tdkt("definition", "adopt", str(SHIPPED / OFFICE), "--as", STANDING_MEMBER)

    assert (answer.code, answer.out) == (0, "office/diem-he/1 was adopted before; nothing was written.\n")
    assert database.read_bytes() == before


def test_an_edited_release_is_refused_with_the_version_to_write(tdkt: Tdkt, edited: Edited) -> None:
    answer = tdkt("definition", "adopt", str(edited(OFFICE, SECOND_OFFICER)), "--as", ADMINISTRATOR)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err == (
        "office/diem-he/1 is in use and is never edited. Write version: 2 in the file, then adopt it.\n"
    )


def test_who_may_not_adopt_is_refused_told_who_can_and_logged(
    tdkt: Tdkt, database: Path, edited: Edited
) -> None:
    answer = tdkt("definition", "adopt", str(edited(OFFICE, SECOND)), "--as", CHAIR, "--json")

    assert answer.code == 1
    assert [(each["rule"], each["who_can"]) for each in answer.refusal["reasons"]] == [
        ("role", [STANDING_MEMBER, ADMINISTRATOR])
    ]
    with Reading(f"sqlite:///{database}") as reading:
        (entry,) = reading.entries("diem-he", 2026, refused=True)
    assert (entry.event, entry.actor) == ("adopt_definition", CHAIR)


def test_a_file_that_would_break_the_office_is_not_adopted(
    tdkt: Tdkt, database: Path, edited: Edited
) -> None:
    before = database.read_bytes()
    file = edited(OFFICE, SECOND, ("roles: [chair, council_member]", "roles: [council_member]"))

    answer = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--json")

    assert answer.code == 1
    errors = [each for each in answer.refusal["mistakes"] if each["severity"] == "error"]
    assert {(each["rule"], each["path"]) for each in errors} == {
        ("role_nobody_holds", str(file)),
        ("nobody_agrees", str(file)),
    }
    assert database.read_bytes() == before


def test_another_office_is_not_adopted_here(tdkt: Tdkt, edited: Edited) -> None:
    answer = tdkt(
        "definition", "adopt", str(edited(OFFICE, ("name: diem-he", "name: khac"))), "--as", ADMINISTRATOR
    )

    assert answer.code == 1
    assert answer.err.startswith("This is the office “khac”, not diem-he.")


def test_what_the_office_does_not_name_is_stored_without_effect(tdkt: Tdkt, edited: Edited) -> None:
    file = edited("policies/deadlines/1.yaml", ("name: deadlines", "name: strict"))

    answer = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR)

    assert answer.code == 0
    assert answer.out == (
        "policy/strict has no version yet.\n"
        "policy/strict/1 is stored, but not in force: the office's definition does not name it.\n"
    )


def test_a_file_with_mistakes_is_told_by_line_and_not_adopted(tdkt: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("definition: policy\nname: [\n", encoding="utf-8")

    answer = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR)

    assert (answer.code, answer.out) == (1, "")
    assert answer.err.startswith(f"{file}:3: ")
    assert answer.err.endswith("1 mistake; nothing was written. Correct the lines above, then repeat.\n")


def test_what_is_found_in_a_file_is_told_in_vietnamese_with_its_dates(
    bare: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")
    calendar = (SHIPPED / "calendars/vn-2026/1.yaml").read_text(encoding="utf-8")
    own = tmp_path / "lich.yaml"
    own.write_text(calendar.replace("  2026-01-01:", "  2027-01-01:"), encoding="utf-8")
    line = calendar.splitlines().index("  2026-01-01: Tết Dương lịch") + 1

    answer = bare("definition", "check", str(own))

    assert answer.code == 1
    assert answer.err.splitlines()[0] == f"{own}:{line}: 01/01/2027 không thuộc năm 2026"
