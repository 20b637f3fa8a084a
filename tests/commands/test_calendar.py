"""`tdkt calendar`, and what adopting a changed calendar does to the deadlines of a running office."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage.views import Reading
from tests.commands.conftest import Answer, Tdkt
from tests.people import ADMINISTRATOR
from workflow.files.parsing import parse
from workflow.lint.linting import lint
from workflow.model.definition import CalendarYear
from workflow.model.roles import ROLES

SHIPPED = Path(__file__).resolve().parents[2] / "definitions" / "calendars"
LAST_DAY_OF_MARCH = '  2026-03-31: "Nghỉ theo thông báo mới"\n'

NewCalendar = Callable[[str], Path]


@pytest.fixture
def new_calendar(tmp_path: Path) -> NewCalendar:
    """The calendar of 2026 as version 2 with more days off."""

    def made(days: str) -> Path:
        text = (SHIPPED / "vn-2026" / "1.yaml").read_text(encoding="utf-8")
        text = text.replace("version: 1", "version: 2").replace("days_off:\n", f"days_off:\n{days}")
        path = tmp_path / "2.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return made


@pytest.fixture
def without_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without the extra `calendar`."""
    monkeypatch.setitem(sys.modules, "holidays", None)


def ledger(database: Path) -> dict[str, int]:
    with Reading(f"sqlite:///{database}") as reading:
        rows = reading.deadlines("diem-he", 2026)
    statuses = [row.status for row in rows]
    return {name: statuses.count(name) for name in ("pending", "fired", "cancelled")} | {"all": len(rows)}


# show


def test_a_year_is_shown_at_a_glance_within_a_hundred_columns(tdkt: Tdkt) -> None:
    answer = tdkt("calendar", "show", "2026")

    assert answer.code == 0
    assert max(map(len, answer.out.splitlines())) <= 100
    assert answer.out.startswith("Calendar of 2026 (vn-2026/1)\nAs officially announced.\nSource: ")
    assert answer.out.partition("Days worked")[2] == (
        " to make up (2)\n"
        "  2026-01-10 (Saturday)  Làm bù cho thứ Sáu 02/01\n"
        "  2026-08-22 (Saturday)  Làm bù cho thứ Hai 31/08\n"
        "\n"
        "Last working day of the quarter\n"
        "  I    2026-03-31 (Tuesday)\n"
        "  II   2026-06-30 (Tuesday)\n"
        "  III  2026-09-30 (Wednesday)\n"
        "  IV   2026-12-31 (Thursday)\n"
        "\n"
        "Working days\n"
        "01  02  03  04  05  06  07  08  09  10  11  12\n"
        "21  15  22  20  20  22  23  21  20  22  20  23\n"
    )


def test_a_month_is_shown_by_weeks_with_days_off_in_brackets_and_a_worked_saturday_with_a_plus(
    tdkt: Tdkt,
) -> None:
    answer = tdkt("calendar", "show", "08/2026")

    assert answer.code == 0
    weeks = answer.out.split("\n\n")[1].splitlines()
    assert [week.split() for week in weeks[-3:]] == [
        ["17", "18", "19", "20", "21", "22+", "(23)"],
        ["24", "25", "26", "27", "28", "(29)", "(30)"],
        ["(31)"],
    ]


def test_a_provisional_year_says_so_in_both_languages(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    english = tdkt("calendar", "show", "2027").out.splitlines()[1]
    monkeypatch.setenv("TDKT_LANG", "vi")
    vietnamese = tdkt("calendar", "show", "2027").out.splitlines()[1]

    assert (english, vietnamese) == (
        "Provisional: not announced officially yet.",
        "Dự kiến: chưa có thông báo chính thức.",
    )


def test_scripts_get_a_month_as_one_object(tdkt: Tdkt) -> None:
    shown = tdkt("calendar", "show", "2026-09", "--json").json

    assert {name: shown[name] for name in shown if name != "source"} == {
        "year": 2026,
        "month": 9,
        "name": "vn-2026",
        "version": 1,
        "provisional": False,
        "days_off": [
            {"date": "2026-09-01", "name": "Quốc khánh"},
            {"date": "2026-09-02", "name": "Quốc khánh"},
        ],
        "work_days": [],
        "quarter_ends": [{"quarter": "III", "date": "2026-09-30"}],
        "working_days": [{"month": 9, "days": 20}],
    }


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-13", "“2026-13” is no year and no month. Write 2026 or 2026-08.\n"),
        ("tháng 8", "“tháng 8” is no year and no month. Write 2026 or 2026-08.\n"),
        ("0000", "“0000” is no year and no month. Write 2026 or 2026-08.\n"),
        ("2031", "There is no calendar of 2031. Draft one with tdkt calendar propose 2031.\n"),
    ],
)
def test_what_is_no_year_with_a_calendar_is_told_in_one_sentence(tdkt: Tdkt, typed: str, said: str) -> None:
    assert tdkt("calendar", "show", typed) == Answer(2, "", said)


# check


def test_what_somebody_should_know_of_the_calendars_is_told_and_is_no_error(tdkt: Tdkt) -> None:
    pytest.importorskip("holidays")

    answer = tdkt("calendar", "check", "--json")

    assert answer.code == 0
    assert [(each["year"], each["severity"], each["rule"]) for each in answer.json if "02" in each["message"]]
    assert {(each["year"], each["rule"]) for each in answer.json} == {
        (2026, "package"),
        (2027, "provisional"),
    }
    told = [each["message"] for each in answer.json if each["rule"] == "package"]
    assert told[0] == (
        "2026-01-02: the file has this day off (Nghỉ hoán đổi, làm bù thứ Bảy 10/01), "
        "the package holidays does not."
    )


@pytest.mark.usefixtures("without_holidays")
def test_without_the_package_the_check_says_that_nothing_was_compared(tdkt: Tdkt) -> None:
    answer = tdkt("calendar", "check", "2026")

    assert answer == Answer(
        0,
        "Calendars checked, 2026: no mistakes, 1 remark.\n",
        "Not compared with the package holidays, which is not installed. "
        'Install it with pip install "tdkt[calendar]".\n',
    )


@pytest.mark.usefixtures("without_holidays")
def test_exchanged_days_that_do_not_balance_are_a_remark(tdkt: Tdkt, database: Path) -> None:
    text = (SHIPPED / "vn-2026" / "1.yaml").read_text(encoding="utf-8")
    own = database.parent / "definitions" / "calendars" / "vn-2026" / "2.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        text.replace("version: 1", "version: 2").replace("  2026-01-10: Làm bù cho thứ Sáu 02/01\n", ""),
        "utf-8",
    )

    answer = tdkt("calendar", "check", "2026", "--json")

    assert (answer.code, [each["rule"] for each in answer.json]) == (0, ["swaps", "no_package"])


def test_a_mistake_in_a_file_is_an_error_with_its_line(tdkt: Tdkt, database: Path) -> None:
    own = database.parent / "definitions" / "calendars" / "vn-2026" / "2.yaml"
    own.parent.mkdir(parents=True)
    text = (SHIPPED / "vn-2026" / "1.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("version: 1", "version: 2").replace("2026-01-10:", "2026-01-12:"), "utf-8")
    line = next(
        number for number, each in enumerate(own.read_text("utf-8").splitlines(), 1) if "2026-01-12" in each
    )

    answer = tdkt("calendar", "check", "2026", "--json")

    assert answer.code == 1
    errors = [each for each in answer.json if each["severity"] == "error"]
    assert [(each["rule"], each["path"], each["line"]) for each in errors] == [
        ("work_day_not_on_weekend", str(own), line)
    ]


# propose


def test_a_draft_parses_passes_the_linter_and_knows_what_the_package_misses(tdkt: Tdkt) -> None:
    pytest.importorskip("holidays")

    answer = tdkt("calendar", "propose", "2026", "--dry-run")

    parsed = parse(answer.out, path="draft")
    drafted = parsed.definition
    assert (answer.code, parsed.mistakes) == (0, ())
    assert isinstance(drafted, CalendarYear)
    assert lint(drafted, roles=ROLES) == ()
    assert (drafted.name, drafted.version, drafted.provisional) == ("vn-2026", 2, True)
    shipped = parse((SHIPPED / "vn-2026" / "1.yaml").read_text(encoding="utf-8"), path="1").definition
    assert isinstance(shipped, CalendarYear)
    assert (drafted.days_off, drafted.work_days) == (shipped.days_off, shipped.work_days)
    assert '  2026-01-10: "Làm bù cho thứ Sáu 02/01"  # the package misses it\n' in answer.out


@pytest.mark.parametrize("year", range(2026, 2041))
def test_the_draft_of_any_year_near_passes_the_linter_and_has_the_day_of_culture(year: int) -> None:
    pytest.importorskip("holidays")
    from exchange.calendar_proposal import draft, draft_yaml, proposed

    text = draft_yaml(draft(proposed(year), None, name=f"vn-{year}", number=1))

    drafted = parse(text, path="draft").definition
    assert isinstance(drafted, CalendarYear)
    assert lint(drafted, roles=ROLES) == ()
    cultural = [day for day in drafted.days_off if (day.month, day.day) == (11, 24)]
    assert len(cultural) == (text.count(f"{year}-11-24"))


def test_a_draft_of_a_new_year_is_written_once_and_says_that_the_office_must_name_it(
    tdkt: Tdkt, database: Path
) -> None:
    pytest.importorskip("holidays")
    path = database.parent / "definitions" / "calendars" / "vn-2028" / "1.yaml"

    first = tdkt("calendar", "propose", "2028")
    again = tdkt("calendar", "propose", "2028")

    assert (first.code, path.is_file()) == (0, True)
    assert first.out.splitlines()[1].startswith("The office does not use vn-2028 yet.")
    assert (again.code, again.err) == (
        1,
        f"{path} exists already. Choose another name, or add --yes to overwrite it.\n",
    )


@pytest.mark.usefixtures("without_holidays")
def test_without_the_package_a_draft_is_refused_with_the_cure(tdkt: Tdkt) -> None:
    assert tdkt("calendar", "propose", "2028") == Answer(
        1,
        "",
        "Drafting a calendar needs the package holidays. "
        'Install it with pip install "tdkt[calendar]", or write the file yourself.\n',
    )


# A changed calendar


def test_a_dry_run_shows_every_old_and_new_date_and_writes_nothing(
    tdkt: Tdkt, database: Path, new_calendar: NewCalendar
) -> None:
    before = ledger(database)

    answer = tdkt("definition", "adopt", str(new_calendar(LAST_DAY_OF_MARCH)), "--dry-run")

    assert answer.code == 0
    assert "T01  Due date                  2026-03-31        2026-03-30\n" in answer.out
    assert "     Reminder, 14 days before  2026-03-17 08:00  2026-03-16 08:00\n" in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 100
    assert ledger(database) == before
    assert tdkt("definition", "adopt", str(new_calendar(LAST_DAY_OF_MARCH)), "--dry-run") == answer


def test_without_agreement_a_calendar_that_moves_deadlines_is_not_adopted(
    tdkt: Tdkt, database: Path, new_calendar: NewCalendar
) -> None:
    before = ledger(database)

    answer = tdkt("definition", "adopt", str(new_calendar(LAST_DAY_OF_MARCH)), "--as", ADMINISTRATOR)

    assert (answer.code, answer.err) == (
        1,
        "Not confirmed, so nothing was changed. Repeat and confirm, or add --yes.\n",
    )
    assert ledger(database) == before
    assert tdkt("calendar", "show", "2026", "--json").json["version"] == 1


def test_an_adopted_calendar_moves_deadlines_with_an_entry_each_and_the_ledger_balances(
    tdkt: Tdkt, database: Path, new_calendar: NewCalendar
) -> None:
    before = ledger(database)

    answer = tdkt(
        "definition", "adopt", str(new_calendar(LAST_DAY_OF_MARCH)), "--as", ADMINISTRATOR, "--yes", "--json"
    )

    moved = {each["ref"] for each in answer.json["moved"]}
    after = ledger(database)
    with Reading(f"sqlite:///{database}") as reading:
        entries = list(reading.entries("diem-he", 2026, event="calendar"))
        rows = reading.deadlines("diem-he", 2026)
    assert (answer.code, answer.json["adopted"]) == (0, True)
    assert {entry.ref for entry in entries} == moved
    assert {(entry.actor, entry.role) for entry in entries} == {(ADMINISTRATOR, "administrator")}
    record = json.loads(entries[0].data)
    assert (record["input.old"], record["input.new"]) == ("2026-03-31", "2026-03-30")
    assert after["all"] == after["pending"] + after["fired"] + after["cancelled"]
    assert after["cancelled"] - before["cancelled"] == sum(row.reason == "calendar" for row in rows)
    assert after["pending"] == before["pending"]
    assert {row.calendar for row in rows if row.ref in moved and row.status == "pending"} == {
        "vn-2026/2+vn-2027/1"
    }
    assert {row.calendar for row in rows if row.ref not in moved} == {"vn-2026/1+vn-2027/1"}
    assert tdkt("audit", "verify").code == 0
    assert "The calendar was changed" in tdkt("deadline", "list", "T01").out


def test_an_office_file_that_names_another_calendar_moves_deadlines_too(
    tdkt: Tdkt, tmp_path: Path, new_calendar: NewCalendar
) -> None:
    own = new_calendar(LAST_DAY_OF_MARCH)
    own.write_text(own.read_text("utf-8").replace("name: vn-2026", "name: xa-2026"), "utf-8")
    office = (SHIPPED.parent / "offices" / "diem-he" / "1.yaml").read_text(encoding="utf-8")
    assert "vn-2026" in office
    file = tmp_path / "office.yaml"
    file.write_text(office.replace("version: 1", "version: 2", 1).replace("vn-2026", "xa-2026"), "utf-8")

    stored = tdkt("definition", "adopt", str(own), "--as", ADMINISTRATOR, "--json").json
    named = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--yes", "--json").json

    assert (stored["in_force"], stored["moved"]) == (False, [])
    assert {(each["due_old"], each["due_new"]) for each in named["moved"]} >= {("2026-03-31", "2026-03-30")}


def test_a_calendar_that_leaves_no_working_day_is_refused_and_nothing_is_written(
    tdkt: Tdkt, database: Path, tmp_path: Path
) -> None:
    days = (date(2027, 1, 1) + timedelta(days=n) for n in range(365))
    off = "".join(f"  {day}: nghỉ\n" for day in days if day.weekday() < 5)
    file = tmp_path / "2027.yaml"
    file.write_text(
        "definition: calendar\nname: vn-2027\nversion: 2\nyear: 2027\nsource: thử\n"
        f"days_off:\n{off}work_days: {{}}\n",
        encoding="utf-8",
    )
    before = ledger(database)

    answer = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--yes")

    assert (answer.code, answer.err) == (
        1,
        "The calendar leaves no working day within a year of 2027-01-01. Correct the days off in its file.\n",
    )
    assert ledger(database) == before
    assert tdkt("calendar", "show", "2027", "--json").json["version"] == 1
