"""Names in place of ids at the command line: what is stored and what scripts read is the id."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Tdkt
from tests.dossiers import way
from tests.people import OFFICER, SECRETARY, VICE_CHAIR, VILLAGE


def test_a_dossier_is_opened_by_the_names_of_all_that_it_has(tdkt: Tdkt) -> None:
    given = (
        "--task",
        "T17",
        "--from",
        "Thôn mẫu số 1",
        "--title",
        "Giấy khen",
        "--type",
        "khen thuong dot xuat",
    )

    assert tdkt("dossier", "new", *given, "--as", "Trưởng thôn mẫu số 1").code == 0

    shown = tdkt("show", "D0001", "--json").json
    assert (shown["body"], shown["title"], shown["type"]) == (VILLAGE, "gk", "dot_xuat")
    assert (
        tdkt("audit", "log", "D0001", "--actor", "trưởng thôn mẫu số 1", "--json").json[0]["actor"] == VILLAGE
    )


def test_the_fixed_words_of_options_are_typed_by_what_they_are_called(tdkt: Tdkt) -> None:
    assert (
        tdkt("task", "list", "--quarter", "quý 2", "--json").json
        == tdkt("task", "list", "--quarter", "II", "--json").json
    )
    assert tdkt("task", "confirm", "T09", "--part", "tham du", "--as", OFFICER).code in (0, 1)
    tdkt("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "ldtt", "--as", VILLAGE)

    added = (
        "dossier",
        "add",
        "D0001",
        "--kind",
        "cá nhân",
        "--name",
        "Người A",
        "--no-account",
        "--as",
        VILLAGE,
    )

    assert tdkt(*added).code == 0
    assert tdkt("show", "D0001/1", "--json").json["kind"] == "person"
    assert tdkt("task", "list", "--quarter", "5").code == 2


def test_a_kind_of_task_is_typed_as_the_machine_calls_it(tdkt: Tdkt) -> None:
    assert tdkt("task", "kind", "T01", "Dự hội nghị", "--as", OFFICER).code == 0

    shown = tdkt("task", "show", "T01", "--json").json
    assert (shown["kind"], shown["part"]) == ("conference", "attend")
    assert tdkt("task", "kind", "T01", "hoi nghi", "--part", "host", "--as", OFFICER).code == 0
    assert tdkt("task", "show", "T01", "--json").json["part"] == "host"


def test_the_account_that_acts_is_named_by_its_position(tdkt: Tdkt) -> None:
    assert tdkt("office", "use", "Phó Chủ tịch", "--json").json["account"] == VICE_CHAIR
    assert tdkt("delegate", "T01", "--to", "thu ky hoi dong", "--as", OFFICER, "--json").json[
        "claimed_by"
    ] == (SECRETARY)


def test_inputs_and_their_choices_are_typed_by_what_people_call_them(tdkt: Tdkt) -> None:
    _submitted(tdkt)
    accept = ("advance", "D0001", "accept", "--as", OFFICER)

    done = tdkt(
        *accept, "--set", "ngày nhận đủ hồ sơ=05/01/2026", "--set", "original=đã xem", "--set", "seen=all"
    )

    assert done.code == 0, done.err
    assert tdkt("show", "D0001", "--json").json["facts"]["accept"] == {
        "complete_on": "2026-01-05",
        "original": "seen",
        "seen": ["to_trinh", "danh_sach", "bien_ban", "bao_cao"],
    }


def test_a_choice_that_is_not_there_is_met_with_those_that_are_by_their_labels(tdkt: Tdkt) -> None:
    _submitted(tdkt)
    accept = ("advance", "D0001", "accept", "--as", OFFICER, "--set", "complete_on=05/01/2026")

    unknown = tdkt(*accept, "--set", "original=bản sao")
    several = tdkt(*accept, "--set", "original=signed original")
    twice = tdkt(*accept, "--set", "Complete on=05/01/2026", "--set", "original=seen")

    assert [each.code for each in (unknown, several, twice)] == [2, 2, 2]
    labelled = "seen (Signed original seen); scan (Signed original scanned)"
    assert f"“bản sao” is not known; known are: {labelled}; digital (Digitally signed file)." in unknown.err
    assert f"“signed original” may mean: {labelled}" in several.err
    assert "“Complete on” is given twice; keep one of them." in twice.err


def _submitted(tdkt: Tdkt) -> None:
    """D0001 of one nominee, before the officer."""
    given = ("--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "phong_trao", "--as", VILLAGE)
    assert tdkt("dossier", "new", *given).code == 0
    named = ("--kind", "person", "--name", "Người A", "--as", VILLAGE)
    assert tdkt("dossier", "add", "D0001", *named).code == 0
    for step in way("submitted"):
        assert tdkt(*step).code == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "dossier new --task T17 --from thon-mau --title gk --as thon-1",
            "There is no body “thon-mau”. Did you mean: thon-1 (Thôn 1); thon-2 (Thôn 2); thon-3 (Thôn 3)? "
            "See all with tdkt office bodies.",
        ),
        (
            "dossier new --task T17 --from thon-1 --title bằng-khen --as thon-1",
            "More than one title is called “bằng-khen”: bkt (Commendation of the province's chair); "
            "bkttg (Commendation of the Prime Minister). Type the id of the one you mean.",
        ),
        (
            "dossier new --task T17 --from thon-1 --title gk --type dot-suat --as thon-1",
            "There is no type of commendation “dot-suat”. Choose one of: cong_trang (For merit over time); "
            "dot_xuat (For an outstanding deed); phong_trao (For an emulation movement); cong_hien (For a "
            "life's contribution); nien_han (For years of service); doi_ngoai (For foreigners).",
        ),
        (
            "advance T01 aprove --as chuyen-vien",
            "T01: There is no event “aprove”. Did you mean: approve (Approve)?",
        ),
        (
            "inbox --as chu-tch",
            "There is no account “chu-tch”. Did you mean: chu-tich (Chair); pho-chu-tich (Vice chair)?",
        ),
    ],
)
def test_what_names_nothing_or_several_is_told_with_what_may_be_meant(
    tdkt: Tdkt, line: str, said: str
) -> None:
    answer = tdkt(*line.split())

    assert (answer.code, answer.err[: len(said)]) == (2, said)
