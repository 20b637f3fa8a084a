"""`tdkt inbox`: what waits for one account, and the page of the Monday briefing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import Answer, Tdkt
from tests.dossiers import way
from tests.people import CHAIR, MEMBER, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE

MONDAY = "2026-04-06T07:30"
GROUPS = ("late", "this_week", "next_weeks", "lies_with", "waiting", "closed")


@pytest.fixture
def at_work(tdkt: Tdkt) -> Tdkt:
    """T01 lies with the head, T02 with the chair, D0001 with the secretary until 13 March for the council's
    review and 18 March for the decision, T05's date is this week's, T03 was finished last week."""
    done: list[Answer] = [
        tdkt("init", "--sandbox", "--now", "2026-03-02T08:00"),
        tdkt("advance", "T01", "submit", "--as", OFFICER, "--now", "2026-03-04T08:00"),
        tdkt("advance", "T02", "submit", "--as", OFFICER),
        tdkt("advance", "T02", "review", "--set", "opinion=Đồng ý", "--as", SECRETARY),
        tdkt(
            *("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk"),
            *("--type", "phong_trao", "--as", VILLAGE),
        ),
        tdkt("dossier", "add", "D0001", "--kind", "person", "--name", "Nguyễn Văn Kín", "--as", VILLAGE),
        *(tdkt(*words) for words in way("appraised", on="04/03/2026")),
        tdkt("deadline", "set", "T05", "2026-04-10", "--source", "Giấy mời 12", "--as", OFFICER),
        tdkt("deadline", "set", "T07", "2026-04-20", "--source", "Giấy mời 13", "--as", OFFICER),
        tdkt(
            *("task", "record", "T03", "--paper", "15/KH-UBND", "--on", "2026-03-30"),
            *("--as", OFFICER, "--now", "2026-03-31T09:00"),
        ),
        tdkt("task", "record", "T03", "--agree", "--as", STANDING_MEMBER),
    ]
    assert [answer.code for answer in done[1:]] == [0] * 13, [answer.err for answer in done]
    return tdkt


def groups(week: dict[str, Any]) -> dict[str, list[str]]:
    return {group: [row["ref"] for row in week[group]] for group in GROUPS}


def test_the_whole_office_is_briefed_by_groups(at_work: Tdkt) -> None:
    week = at_work("inbox", "--week", "--all", "--json", "--now", MONDAY).json

    assert (week["account"], week["week"], week["from"], week["to"]) == (None, 15, "2026-04-06", "2026-04-12")
    assert groups(week) == {
        "late": ["D0001", "T01", "T02", "T06"],
        "this_week": ["T05"],
        "next_weeks": ["T07"],
        "lies_with": ["D0001", "T01", "T02"],
        "waiting": ["T04", "T12"],
        "closed": ["T03"],
    }
    assert [(row["ref"], row["owners"], row["since"]) for row in week["lies_with"]] == [
        ("D0001", [SECRETARY], "2026-03-04"),
        ("T01", [STANDING_MEMBER], "2026-03-04"),
        ("T02", [CHAIR], "2026-03-04"),
    ]


@pytest.mark.parametrize(
    ("account", "whole"),
    [
        (CHAIR, True),
        (VICE_CHAIR, True),
        (STANDING_MEMBER, True),
        (SECRETARY, True),
        (OFFICER, False),
        (VILLAGE, False),
        (MEMBER, False),
    ],
)
def test_those_who_lead_see_the_whole_office_the_others_their_own(
    at_work: Tdkt, account: str, whole: bool
) -> None:
    week = at_work("inbox", "--week", "--json", "--as", account, "--now", MONDAY).json

    assert week["account"] == (None if whole else account)


def test_ones_own_work_is_what_one_must_act_on_or_has_acted_on(at_work: Tdkt) -> None:
    village = at_work("inbox", "--week", "--json", "--as", VILLAGE, "--now", MONDAY).json
    officer = at_work("inbox", "--week", "--json", "--as", OFFICER, "--now", MONDAY).json

    assert groups(village) == {group: ["D0001"] if group in ("late", "lies_with") else [] for group in GROUPS}
    assert groups(officer)["lies_with"] == ["D0001", "T01", "T02"]
    member = at_work("inbox", "--week", "--json", "--as", MEMBER, "--now", MONDAY).json
    assert groups(member)["lies_with"] == []
    assert groups(officer)["closed"] == ["T03"]


def test_a_task_due_on_sunday_is_this_weeks_and_on_the_next_day_the_coming_weeks(at_work: Tdkt) -> None:
    at_work("deadline", "set", "T05", "2026-04-12", "--source", "x", "--as", OFFICER, "--now", MONDAY)
    at_work("deadline", "set", "T07", "2026-04-13", "--source", "x", "--as", OFFICER)
    at_work("deadline", "set", "T04", "2026-04-26", "--source", "x", "--as", OFFICER)
    at_work("deadline", "set", "T12", "2026-04-27", "--source", "x", "--as", OFFICER)

    week = groups(at_work("inbox", "--week", "--all", "--json").json)

    assert (week["this_week"], week["next_weeks"]) == (["T05"], ["T07", "T04"])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_briefing_fits_a_page_and_says_no_ids_and_no_names(
    at_work: Tdkt, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("TDKT_LANG", language)
    monkeypatch.setenv("COLUMNS", "100")

    said = at_work("inbox", "--week", "--all", "--now", MONDAY).out

    assert max(map(len, said.splitlines())) <= 100
    found = [word for word in ("week.", "column.", "submitted", CHAIR, "Nguyễn Văn Kín") if word in said]
    assert found == []


def test_a_superior_is_reported_to_and_never_reminded(
    at_work: Tdkt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")
    file = tmp_path / "week.html"

    answer = at_work("inbox", "--week", "--as", CHAIR, "--html", str(file), "--now", MONDAY)

    page = file.read_text("utf-8")
    assert (answer.code, answer.out) == (0, f"Đã ghi vào {file}.\n")
    assert "Kính báo cáo: tình hình thực hiện Kế hoạch công tác TĐKT tuần 15" in page
    assert "Kính trình: Chủ tịch UBND xã, Chủ tịch Hội đồng" in page
    assert [word for word in ("nhắc", "đôn đốc", "Nguyễn Văn Kín") if word in page.lower()] == []


def test_nothing_to_tell_is_told(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    said = tdkt("inbox", "--week", "--as", MEMBER).out

    assert said.count("Không có.") == len(GROUPS)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--all"], 2),
        (["--html", "page.html"], 2),
        (["--week"], 2),
        (["--week", "--as", "nobody"], 2),
        (["--week", "--all", "--as", "nobody"], 2),
    ],
)
def test_what_cannot_be_understood_is_a_usage_mistake(tdkt: Tdkt, words: list[str], code: int) -> None:
    answer = tdkt("inbox", *words)

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (code, "", 1)


def test_a_page_is_written_over_only_where_that_is_said(tdkt: Tdkt, tmp_path: Path) -> None:
    file = tmp_path / "week.html"
    words = ("inbox", "--week", "--all", "--html", str(file))

    codes = [tdkt(*words).code, tdkt(*words).code, tdkt(*words, "--yes").code]

    assert codes == [0, 1, 0]


def test_below_each_row_stands_the_command_that_leads_on(at_work: Tdkt) -> None:
    data = at_work("inbox", "--as", CHAIR, "--now", MONDAY, "--json").json

    lines = at_work("inbox", "--as", CHAIR).out.splitlines()

    assert [(line.split()[0], below) for line, below in zip(lines[1::2], lines[2::2], strict=True)] == [
        (row["ref"], f"    {row['next']}") for row in data
    ]
    assert [row["next"] for row in data] == [f"tdkt advance T02 approve --as {CHAIR}"]


def test_a_page_too_narrow_for_a_table_has_the_commands_too(
    at_work: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")

    said = at_work("inbox", "--as", CHAIR, "--now", MONDAY).out

    assert said.splitlines()[0].split() == ["Ref", "T02"]
    assert said.endswith(f"    tdkt advance T02 approve \\\n      --as {CHAIR}\n\n")
