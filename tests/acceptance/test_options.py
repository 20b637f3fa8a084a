"""Options before the noun and after the verb, the environment, the languages, several offices, references."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands.session import DONE, REFUSED, USAGE
from tests.acceptance.office import START, YEAR, Office
from tests.people import AUDITOR, CHAIR, OFFICER, VILLAGE
from tests.processes import ROOT

SHIPPED = ROOT / "definitions" / "offices" / "diem-he"
ADVANCE = ("advance", "T01", "submit")


def test_shared_options_work_before_the_noun_and_after_the_verb_alike(sqlite_office: Office) -> None:
    url = sqlite_office.url
    lines = (
        ("--db", url, "--json", "--year", "2026", "task", "list"),
        ("task", "--db", url, "--json", "--year", "2026", "list"),
        ("task", "list", "--db", url, "--json", "--year", "2026"),
        ("--db", url, "task", "--year", "2026", "list", "--json"),
        ("--db", str(sqlite_office.path), "task", "list", "--json", "--office", "diem-he"),
    )

    said = [sqlite_office.tdkt(*line, TDKT_DB=None) for line in lines]

    assert [each.code for each in said] == [DONE] * len(lines)
    assert len({each.out for each in said}) == 1
    assert len(said[0].json) == 18


def test_the_option_after_wins(sqlite_office: Office) -> None:
    nowhere = f"sqlite:///{sqlite_office.home / 'none.db'}"

    listed = sqlite_office.tdkt(
        "--db", nowhere, "--year", "2031", "task", "list", "--year", "2026", "--db", sqlite_office.url
    )
    between = sqlite_office.tdkt("--db", nowhere, "task", "--db", sqlite_office.url, "list")
    acted = sqlite_office.tdkt("--as", AUDITOR, *ADVANCE, "--as", OFFICER)

    assert [each.code for each in (listed, between, acted)] == [DONE] * 3
    assert [entry["actor"] for entry in sqlite_office.entries() if entry["event"] == "submit"] == [OFFICER]


def test_the_actor_is_the_option_else_the_environment_else_the_stored_one(office: Office) -> None:
    assert office.tdkt(*ADVANCE).code == USAGE
    assert office.tdkt("office", "use", AUDITOR).code == DONE
    stored = office.tdkt(*ADVANCE)
    environment = office.tdkt(*ADVANCE, TDKT_ACTOR=VILLAGE)
    option = office.tdkt("--as", OFFICER, *ADVANCE, TDKT_ACTOR=VILLAGE)

    assert [each.code for each in (stored, environment, option)] == [REFUSED, REFUSED, DONE]
    tried = [entry["actor"] for entry in office.entries() if entry["event"] == "submit"]
    assert tried == [AUDITOR, VILLAGE, OFFICER]


def test_an_unknown_actor_of_the_environment_is_told_as_one(sqlite_office: Office) -> None:
    said = sqlite_office.tdkt(*ADVANCE, TDKT_ACTOR="giam-doc")

    assert said.code == USAGE
    assert "“giam-doc”" in said.err


def test_looking_needs_no_actor(sqlite_office: Office) -> None:
    lines = (
        ("task", "list"),
        ("dossier", "list"),
        ("show", "T01"),
        ("plan", "show"),
        ("why", "T01"),
        ("audit", "log"),
        ("audit", "show", "0"),
        ("audit", "verify"),
        ("deadline", "list"),
        ("notice", "list"),
        ("office", "show"),
        ("office", "people"),
        ("definition", "list"),
    )

    before = sqlite_office.path.read_bytes()
    said = {line: sqlite_office.tdkt(*line) for line in lines}

    assert {line: each.code for line, each in said.items()} == dict.fromkeys(lines, DONE)
    assert {line: each.err for line, each in said.items() if each.err} == {}
    imported = sqlite_office.tdkt("plan", "import", str(SHIPPED / "ke-hoach-2026.txt"), "--dry-run")
    assert imported.code == DONE
    assert sqlite_office.path.read_bytes() == before


def test_references_are_understood_in_every_form(office: Office) -> None:
    forms = ("T07", "t7", "T7", "T007", "2026/T07", "diem-he/2026/T07", "diem-he/2026/t7", " T07 ")

    shown = {office.tdkt("show", form, "--json").out for form in forms}
    moved = [office.tdkt("--as", OFFICER, "advance", "diem-he/2026/t7", "submit", "--json")]
    moved += [office.tdkt("--as", OFFICER, "advance", "2026/T08", "submit", "--json")]
    why = office.tdkt("why", "diem-he/2026/T07", "submit", "--json")

    assert len(shown) == 1
    assert [(each.code, each.json["ref"]) for each in moved] == [(DONE, "T07"), (DONE, "T08")]
    assert (why.json["ref"], why.json["allowed"]) == ("T07", False)


# -- languages -------------------------------------------------------------------------------------------

VIETNAMESE, ENGLISH = "Không có “T99”.", "There is no “T99”."
SPOKEN = {
    "TDKT_LANG before the locale": ({"TDKT_LANG": "en", "LANG": "vi_VN.UTF-8"}, ENGLISH),
    "the locale": ({"TDKT_LANG": None, "LANG": "vi_VN.UTF-8"}, VIETNAMESE),
    "LC_ALL before LANG": ({"TDKT_LANG": None, "LC_ALL": "vi_VN", "LANG": "en_US"}, VIETNAMESE),
    "LC_MESSAGES before LANG": ({"TDKT_LANG": None, "LC_MESSAGES": "vi_VN", "LANG": "C"}, VIETNAMESE),
    "another locale": ({"TDKT_LANG": None, "LANG": "fr_FR.UTF-8"}, ENGLISH),
    "nothing": ({"TDKT_LANG": None}, ENGLISH),
}


@pytest.mark.parametrize(("environment", "begins"), SPOKEN.values(), ids=SPOKEN.keys())
def test_a_sandbox_follows_tdkt_lang_then_the_locale_then_speaks_english(
    environment: dict[str, str | None], begins: str, sqlite_office: Office
) -> None:
    assert sqlite_office.tdkt("show", "T99", **environment).err.startswith(begins)
    headings = sqlite_office.tdkt("task", "list", **environment).out.splitlines()[0].split()
    assert ("State" in headings) is (begins == ENGLISH)


def test_a_real_office_speaks_vietnamese_whatever_the_locale_until_told_otherwise(tmp_path: Path) -> None:
    office = Office(f"sqlite:///{tmp_path / 'real.db'}", tmp_path)
    english: dict[str, str | None] = {"TDKT_LANG": None, "LANG": "en_US.UTF-8"}
    assert office.tdkt("init", "--started-on", "2026-01-05", **english).code == DONE

    no_plan = office.tdkt("task", "list", **english)
    no_actor = office.tdkt("advance", "T01", "submit", **english)
    asked_for = office.tdkt("task", "list", **{**english, "TDKT_LANG": "en"})

    assert no_plan.err.startswith("Chưa có kế hoạch")
    assert no_actor.err.startswith(("Chưa rõ ai thực hiện", "Chưa có kế hoạch"))
    assert asked_for.err.startswith("There is no plan")


def test_a_real_office_refuses_another_time(tmp_path: Path) -> None:
    office = Office(f"sqlite:///{tmp_path / 'real.db'}", tmp_path)
    office.tdkt("init")

    said = [
        office.tdkt("--now", START, "--as", OFFICER, *words)
        for words in (("tick",), ("deadline", "list"), ("office", "use", CHAIR))
    ]

    assert [each.code for each in said] == [USAGE] * 3
    assert office.tdkt("init", "--db", str(tmp_path / "other.db"), "--now", START).code == USAGE
    assert not (tmp_path / "other.db").exists()


# -- several offices -------------------------------------------------------------------------------------


@pytest.fixture
def two_offices(office: Office) -> Office:
    """The sandbox with a second office, of a file of its own, in the same database."""
    folder = office.home / "yen-trach"
    folder.mkdir()
    text = (SHIPPED / "1.yaml").read_text(encoding="utf-8")
    own = text.replace("name: diem-he\n", "name: yen-trach\n").replace(
        "title: Điềm He\n", "title: Yên Trạch\n"
    )
    (folder / "1.yaml").write_text(own, encoding="utf-8")
    shutil.copy(SHIPPED / "ke-hoach-2026.txt", folder)
    said = office.tdkt("init", "--sandbox", "--office", str(folder / "1.yaml"), "--now", START, "--json")
    assert (said.code, said.json["office"], said.json["tasks"]) == (DONE, "yen-trach", 18), said
    return office


def test_of_several_offices_one_must_be_chosen(two_offices: Office) -> None:
    lines = (("task", "list"), ("--as", OFFICER, *ADVANCE), ("audit", "log"))

    said = [two_offices.tdkt(*line) for line in lines]

    assert [each.code for each in said] == [USAGE] * 3
    assert ["--office: diem-he, yen-trach" in each.err for each in said] == [True] * 3


def test_each_office_has_its_own_items_log_and_actor(two_offices: Office) -> None:
    by_option = two_offices.tdkt("--office", "yen-trach", "--as", OFFICER, *ADVANCE)
    by_environment = two_offices.tdkt("--as", OFFICER, "advance", "T02", "submit", TDKT_OFFICE="diem-he")
    option_wins = two_offices.tdkt(
        "--as", OFFICER, "advance", "T03", "submit", "--office", "yen-trach", TDKT_OFFICE="diem-he"
    )
    two_offices.tdkt("office", "use", CHAIR, "--office", "yen-trach")

    assert [each.code for each in (by_option, by_environment, option_wins)] == [DONE] * 3
    moved = {
        name: [ref for ref, (state, _version) in two_offices.stored(name).items() if state == "submitted"]
        for name in ("diem-he", "yen-trach")
    }
    assert moved == {"diem-he": ["T02"], "yen-trach": ["T01", "T03"]}
    assert (two_offices.faults("diem-he"), two_offices.faults("yen-trach")) == ((), ())
    shown = two_offices.tdkt("office", "show", "--json", "--office", "diem-he").json
    assert shown["actor"] is None


def test_a_full_reference_names_its_office(two_offices: Office) -> None:
    two_offices.tdkt("--office", "yen-trach", "--as", OFFICER, *ADVANCE)

    for form in (f"yen-trach/{YEAR}/T01", f"diem-he/{YEAR}/T01"):
        said = two_offices.tdkt("show", form, "--json", "--office", "diem-he")
        assert (said.code, said.json["state"] == "submitted") == (DONE, form.startswith("yen"))
    foreign = two_offices.tdkt(
        "--office", "diem-he", "--as", OFFICER, "advance", f"yen-trach/{YEAR}/T02", "submit"
    )
    assert foreign.code == USAGE
    assert two_offices.stored("yen-trach")["T02"] == ("drafted", 1)


def test_a_tick_serves_every_office(two_offices: Office) -> None:
    said = two_offices.tdkt("tick", "--now", "2026-04-20T09:00", "--json")

    assert said.code == DONE
    assert {ref.split("/")[0] for ref in said.json["refs"]} == {"diem-he", "yen-trach"}
    for name in ("diem-he", "yen-trach"):
        assert two_offices.faults(name) == ()
        notices = two_offices.tdkt("notice", "list", "--office", name, "--json").json
        assert len(notices) == 4 * 4 + 4  # each late task's officer and three others, and the waiting ones
