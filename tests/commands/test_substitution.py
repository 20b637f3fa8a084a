"""`tdkt office substitute`: who acts for whom on which days, ordered, seen by both, acted on and ended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.people import (
    ADMINISTRATOR,
    AUDITOR,
    CHAIR,
    MEMBER,
    OFFICER,
    SECOND_VILLAGE,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)

MONDAY = "2026-03-02T08:00"


@pytest.fixture
def march(tdkt: Tdkt) -> Tdkt:
    """The sandbox on Monday, 2 March; T02 lies with the chair."""
    for words in (
        ("advance", "T02", "submit", "--as", OFFICER, "--now", MONDAY),
        ("advance", "T02", "review", "--set", "opinion=Đồng ý", "--as", SECRETARY),
    ):
        assert tdkt(*words).code == 0
    return tdkt


def order(tdkt: Tdkt, absent: str, by: str, *, until: str = "2026-03-09", as_: str = STANDING_MEMBER) -> None:
    done = tdkt("office", "substitute", absent, "--by", by, "--until", until, "--as", as_)
    assert (done.code, done.err) == (0, "")


def listed(tdkt: Tdkt, *words: str) -> list[tuple[str, str, str, str, str | None, bool]]:
    names = ("absent", "stand_in", "from", "until", "ended_on", "today")
    shown = tdkt("office", "substitutions", *words, "--json").json
    return [tuple(each[name] for name in names) for each in shown]


def refused(tdkt: Tdkt, *words: str) -> list[str]:
    answer = tdkt("office", "substitute", *words, "--json")
    assert answer.code == 1
    return [each["rule"] for each in answer.refusal["reasons"]]


def test_an_order_says_its_days_and_stands_in_the_list_and_in_the_log(march: Tdkt) -> None:
    done = march(
        *("office", "substitute", CHAIR, "--by", VICE_CHAIR, "--from", "02/03/2026", "--until", "2026-03-09"),
        *("--reason", "Đi công tác", "--basis", "số 12/QĐ-UBND", "--as", STANDING_MEMBER),
    )

    assert (done.code, done.err) == (0, "")
    assert (
        done.out == "From 2026-03-02 to 2026-03-08 (inclusive) Vice chair acts for Chair. Both were told.\n"
    )
    (row,) = march("office", "substitutions", "--json").json
    assert row == {
        "number": 1,
        "absent": CHAIR,
        "stand_in": VICE_CHAIR,
        "from": "2026-03-02",
        "until": "2026-03-09",
        "ended_on": None,
        "today": True,
        "reason": "Đi công tác",
        "basis": "12/QĐ-UBND",
        "at": "2026-03-02T01:00:00.000000Z",
        "actor": STANDING_MEMBER,
    }
    last = march("audit", "log", "--json").json[-1]
    assert (last["event"], last["actor"], last["role"], last["ref"]) == (
        "substitute",
        STANDING_MEMBER,
        "standing_member",
        None,
    )
    assert "Substitution ordered: Vice chair acts for Chair" in march("audit", "log").out
    assert march("audit", "verify").code == 0


def test_both_get_a_notice_in_the_words_of_the_office(march: Tdkt) -> None:
    march(
        *(
            "office",
            "substitute",
            CHAIR,
            "--by",
            VICE_CHAIR,
            "--until",
            "2026-03-09",
            "--reason",
            "Đi công tác.",
        ),
        *("--basis", "12/QĐ-UBND", "--as", STANDING_MEMBER),
    )

    told = [each for each in march("notice", "list", "--json").json if each["kind"] == "substitution"]

    assert [(each["to"], each["kind"], each["ref"], each["status"]) for each in told] == [
        (VICE_CHAIR, "substitution", None, "sent"),
        (CHAIR, "substitution", None, "sent"),
    ]
    assert {each["text"].split("\n")[1] for each in told} == {
        "Từ ngày 02/03/2026 đến hết ngày 08/03/2026, Phó Chủ tịch UBND xã xử lý công việc thi đua,"
        " khen thưởng thay Chủ tịch UBND xã (lý do: Đi công tác; căn cứ: 12/QĐ-UBND)."
    }
    assert "Substitution" in march("notice", "list").out


def test_the_reason_can_be_erased_and_the_log_still_verifies(march: Tdkt, database: Path) -> None:
    march(
        "office",
        "substitute",
        CHAIR,
        "--by",
        VICE_CHAIR,
        "--until",
        "9/3/2026",
        "--reason",
        "Ốm",
        "--as",
        CHAIR,
    )
    seq = str(march("audit", "log", "--json").json[-1]["seq"])
    before = march("audit", "show", seq, "--json").json

    erased = march("audit", "erase", seq, "--as", STANDING_MEMBER, "--yes")

    assert erased.code == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT count(*) FROM office_text").fetchone() == (0,)
    after = march("audit", "show", seq, "--json").json
    assert ([each["value"] for each in before["texts"]], before["texts"][0]["matches"]) == (["Ốm"], True)
    assert "Ốm" not in before["bytes"]
    assert ([each["value"] for each in after["texts"]], after["texts"][0]["matches"]) == ([None], None)
    assert march("office", "substitutions", "--json").json[0]["reason"] is None
    assert march("audit", "verify").code == 0


@pytest.mark.parametrize("actor", [CHAIR, VICE_CHAIR, STANDING_MEMBER, SECRETARY])
def test_who_may_order_it(march: Tdkt, actor: str) -> None:
    """The three who lead, and the absent account for itself."""
    order(march, SECRETARY, MEMBER, as_=actor)

    assert listed(march) == [(SECRETARY, MEMBER, "2026-03-02", "2026-03-09", None, True)]


def test_nobody_else_orders_it_not_even_a_stand_in_of_one_who_may(march: Tdkt) -> None:
    order(march, CHAIR, MEMBER)

    assert refused(march, SECRETARY, "--by", OFFICER, "--until", "2026-03-09", "--as", MEMBER) == ["role"]
    assert listed(march) == [(CHAIR, MEMBER, "2026-03-02", "2026-03-09", None, True)]
    last = march("audit", "log", "--refused", "--json").json[-1]
    assert (last["event"], last["actor"], last["reasons"]) == ("substitute", MEMBER, ["role"])


def test_every_objection_is_told_with_the_chain_and_the_other_order(march: Tdkt) -> None:
    order(march, CHAIR, VICE_CHAIR)
    order(march, VICE_CHAIR, STANDING_MEMBER, as_=CHAIR)

    answer = march(
        "office",
        "substitute",
        STANDING_MEMBER,
        "--by",
        CHAIR,
        "--until",
        "2026-03-05",
        "--as",
        STANDING_MEMBER,
    )
    twice = march("office", "substitute", CHAIR, "--by", SECRETARY, "--until", "2026-03-05", "--as", CHAIR)

    head = "Head of the division and standing member"
    assert (answer.code, answer.out) == (1, "")
    assert f"circle: {head} → Chair → Vice chair → {head}." in answer.err
    assert "Vice chair stands in for Chair already, from 2026-03-02 to 2026-03-08." in twice.err
    assert refused(march, AUDITOR, "--by", ADMINISTRATOR, "--until", "2026-03-05", "--as", CHAIR) == [
        "may_not_stand_in",
        "may_not_stand_in",
    ]


def test_nobody_orders_itself_as_the_stand_in(march: Tdkt) -> None:
    answer = march(
        *("office", "substitute", CHAIR, "--by", VICE_CHAIR, "--until", "2026-03-05", "--as", VICE_CHAIR)
    )

    assert (answer.code, answer.out) == (1, "")
    assert "Vice chair may not order itself to act for somebody else." in answer.err
    assert (
        march(
            "office", "substitute", VICE_CHAIR, "--by", CHAIR, "--until", "2026-03-05", "--as", VICE_CHAIR
        ).code
        == 0
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--by", VICE_CHAIR, "--from", "2026-03-09", "--until", "2026-03-09"),
            "From 2026-03-09 to 2026-03-09 there is no day."
            " The day of return (--until) must be after the first one (--from).",
        ),
        (
            ("--by", VICE_CHAIR, "--from", "2026-02-02", "--until", "2026-03-02"),
            "It would be over already: 2026-03-02 is not later than today, 2026-03-02. Give a later --until.",
        ),
        (
            ("--by", CHAIR, "--until", "2026-03-09"),
            "“chu-tich” cannot stand in for itself. Choose another account with --by.",
        ),
        (
            ("--by", VICE_CHAIR, "--until", "soon"),
            "“soon” is not a date. Write it like 2026-03-31 or 31/03/2026.",
        ),
        (("--by", "x", "--until", "2026-03-09"), None),
        (("--by", VICE_CHAIR, "--until", "2026-03-09", "--basis", "not a number"), None),
        (("--by", VICE_CHAIR), "Give --by and --until to order a substitution, or --end alone to end one."),
        (
            ("--until", "2026-03-09"),
            "Give --by and --until to order a substitution, or --end alone to end one.",
        ),
        (
            ("--end", "--by", VICE_CHAIR),
            "Give --by and --until to order a substitution, or --end alone to end one.",
        ),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    march: Tdkt, words: tuple[str, ...], sentence: str | None
) -> None:
    answer = march("office", "substitute", CHAIR, *words, "--as", CHAIR)

    assert (answer.code, answer.out, len(answer.err.splitlines())) == (2, "", 1)
    assert sentence is None or answer.err == f"{sentence}\n"
    assert listed(march, "--all") == []


def test_an_unknown_account_is_named(march: Tdkt) -> None:
    answer = march(
        "office", "substitute", "nobody", "--by", VICE_CHAIR, "--until", "2026-03-09", "--as", CHAIR
    )

    assert (answer.code, answer.err.startswith("There is no account “nobody”.")) == (2, True)


# -- acting --------------------------------------------------------------------------------------


def test_the_stand_in_acts_and_everybody_sees_for_whom(march: Tdkt) -> None:
    order(march, CHAIR, MEMBER)

    mine = march("inbox", "--as", MEMBER, "--json").json
    chairs = march("inbox", "--as", CHAIR, "--json").json
    why = march("why", "T02", "approve", "--as", MEMBER)
    done = march("advance", "T02", "approve", "--as", MEMBER)

    assert [(each["ref"], each["acting_for"], each["taken_by"]) for each in mine] == [("T02", CHAIR, None)]
    assert [(each["ref"], each["acting_for"], each["taken_by"]) for each in chairs] == [("T02", None, MEMBER)]
    acts = "[Head of economy acts for Chair]"
    assert why.out.splitlines()[0] == f"✓ approve (Approve)  {acts}"
    assert done.out.splitlines()[0].endswith(acts)
    entry = march("audit", "log", "T02", "--json").json[-1]
    assert (entry["actor"], entry["acting_for"], entry["role"]) == (MEMBER, CHAIR, "chair")
    assert "(Head of economy acts for Chair)" in march("audit", "log", "T02").out
    assert "(Head of economy acts for Chair)" in march("show", "T02").out
    shown = march("audit", "show", str(entry["seq"])).out
    assert "Head of economy acts for Chair" in shown


def test_the_inbox_marks_what_is_anothers(march: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    order(march, CHAIR, MEMBER)
    monkeypatch.setenv("TDKT_LANG", "vi")
    monkeypatch.setenv("COLUMNS", "100")

    shown = {
        account: march("inbox", *(("--as", account) if account else ())).out.splitlines()
        for account in (MEMBER, CHAIR, OFFICER, None)
    }

    assert shown[MEMBER][-2:] == ["", "Xử lý công việc thay Chủ tịch UBND xã: T02"]
    assert shown[CHAIR][-2:] == ["", "Đã có Trưởng phòng Kinh tế xử lý công việc thay: T02"]
    assert "xử lý công việc thay" not in "".join(shown[OFFICER])
    assert shown[None][-1] == "Đã có Trưởng phòng Kinh tế xử lý công việc thay: T02"
    assert max(len(line) for lines in shown.values() for line in lines) <= 100


def test_for_scripts_the_result_says_for_whom(march: Tdkt) -> None:
    order(march, CHAIR, MEMBER)

    refused = march("advance", "T02", "cancel", "--set", "reason=x", "--as", VICE_CHAIR, "--json").refusal
    done = march("advance", "T02", "approve", "--as", MEMBER, "--key", "k1", "--json").json
    again = march("advance", "T02", "approve", "--as", MEMBER, "--key", "k1", "--json").json

    assert (done["acting_for"], again["acting_for"]) == (CHAIR, CHAIR)
    assert refused["reasons"][0]["who_can"] == [CHAIR]


def test_a_refusal_says_who_is_there_today(march: Tdkt) -> None:
    order(march, CHAIR, MEMBER)

    answer = march("advance", "T02", "approve", "--as", SECRETARY)

    assert "Who can: Chair (chu-tich; uy-vien-1 acts today), Vice chair (pho-chu-tich)." in answer.err


def test_who_submitted_does_not_approve_for_the_chair(march: Tdkt) -> None:
    order(march, CHAIR, OFFICER)

    answer = march("advance", "T02", "approve", "--as", OFFICER)

    assert answer.code == 1
    assert (
        answer.err.splitlines()[0]
        == "Refused: approve T02, because:  [Officer of the division acts for Chair]"
    )
    assert "Whoever submitted it may not approve it" in answer.err
    last = march("audit", "log", "T02", "--json").json[-1]
    assert (last["refused"], last["actor"], last["acting_for"], last["reasons"]) == (
        True,
        OFFICER,
        CHAIR,
        ["four_eyes"],
    )


def test_reminders_reach_the_stand_in_and_say_for_whom(march: Tdkt) -> None:
    order(march, OFFICER, SECRETARY, until="2026-03-18")

    march("tick", "--now", "2026-03-17T08:00")
    there = march("notice", "list", "--to", SECRETARY, "--ref", "T01", "--json").json
    march("tick", "--now", "2026-03-24T08:00")
    back = march("notice", "list", "--to", OFFICER, "--ref", "T01", "--json").json

    assert [each["text"].split("\n")[0] for each in there] == [
        "Kính chuyển: Thư ký Hội đồng (xử lý công việc thay Chuyên viên Phòng Văn hóa - Xã hội)."
    ] * len(there)
    assert [each["at"][:10] for each in back] == ["2026-03-24"]


def test_the_stand_in_is_briefed_on_the_work_too(march: Tdkt) -> None:
    order(march, OFFICER, MEMBER, until="2026-04-01")

    week = march("inbox", "--week", "--as", MEMBER, "--json", "--now", "2026-03-23T08:00").json

    assert {"T01", "T03"} <= {row["ref"] for row in week["next_weeks"]}


def test_a_dossier_is_opened_and_its_silence_answered_for_a_village(march: Tdkt) -> None:
    order(march, VILLAGE, SECOND_VILLAGE)
    new = (
        "--task",
        "T06",
        "--from",
        VILLAGE,
        "--title",
        "gk",
        "--type",
        "phong_trao",
        "--as",
        SECOND_VILLAGE,
    )

    made = march("dossier", "new", *new, "--json")
    march("expect", "open", "T06", "--as", OFFICER, "--yes")
    owed = [each["body"] for each in march("inbox", "--as", SECOND_VILLAGE, "--json").json]
    answered = march("expect", "answer", "T06", VILLAGE, "--nothing", "--as", SECOND_VILLAGE)

    assert (made.code, made.json["acting_for"]) == (0, VILLAGE)
    assert VILLAGE in owed
    assert answered.code == 0
    last = march("audit", "log", "T06", "--json").json[-1]
    assert (last["event"], last["actor"], last["acting_for"]) == ("expect_answer", SECOND_VILLAGE, VILLAGE)


# -- ending --------------------------------------------------------------------------------------


def test_it_ends_by_itself_on_the_day_of_return(march: Tdkt) -> None:
    order(march, CHAIR, MEMBER)

    answer = march("advance", "T02", "approve", "--as", MEMBER, "--now", "2026-03-09T00:00")

    assert answer.code == 1
    assert listed(march) == []
    assert listed(march, "--all") == [(CHAIR, MEMBER, "2026-03-02", "2026-03-09", None, False)]


def test_one_that_runs_is_ended_from_today_and_both_are_told(march: Tdkt) -> None:
    order(march, CHAIR, MEMBER)

    done = march("office", "substitute", CHAIR, "--end", "--as", CHAIR, "--now", "2026-03-04T10:00")

    assert done.out == "Head of economy no longer acts for Chair from 2026-03-04 on. Both were told.\n"
    assert march("advance", "T02", "approve", "--as", MEMBER).code == 1
    assert listed(march) == []
    assert listed(march, "--all") == [(CHAIR, MEMBER, "2026-03-02", "2026-03-09", "2026-03-04", False)]
    told = march("notice", "list", "--json").json[-2:]
    assert [(each["to"], each["kind"]) for each in told] == [
        (MEMBER, "substitution"),
        (CHAIR, "substitution"),
    ]
    assert "Từ ngày 04/03/2026, Chủ tịch UBND xã trực tiếp xử lý" in told[0]["text"]
    assert march("audit", "log", "--event", "end_substitution", "--json").json[-1]["actor"] == CHAIR


def test_of_none_that_runs_the_next_one_is_ended_and_never_runs(march: Tdkt) -> None:
    for first, until in (("2026-04-01", "2026-04-03"), ("2026-03-20", "2026-03-25")):
        done = march(
            *(
                "office",
                "substitute",
                CHAIR,
                "--by",
                VICE_CHAIR,
                "--from",
                first,
                "--until",
                until,
                "--as",
                CHAIR,
            )
        )
        assert done.code == 0

    march("office", "substitute", CHAIR, "--end", "--as", CHAIR)

    assert listed(march) == [(CHAIR, VICE_CHAIR, "2026-04-01", "2026-04-03", None, False)]
    assert "—" in march("office", "substitutions", "--all").out


def test_where_there_is_none_nothing_is_ended_and_the_attempt_is_logged(march: Tdkt) -> None:
    assert refused(march, CHAIR, "--end", "--as", CHAIR) == ["no_substitution"]
    assert refused(march, CHAIR, "--end", "--as", OFFICER) == ["role", "no_substitution"]
    assert [each["event"] for each in march("audit", "log", "--refused", "--json").json] == [
        "end_substitution",
        "end_substitution",
    ]


def test_after_one_was_ended_its_days_are_free_again(march: Tdkt) -> None:
    order(march, CHAIR, MEMBER)
    march("office", "substitute", CHAIR, "--end", "--as", CHAIR)

    order(march, CHAIR, VICE_CHAIR)

    assert listed(march) == [(CHAIR, VICE_CHAIR, "2026-03-02", "2026-03-09", None, True)]


def test_none_are_told_as_none(march: Tdkt) -> None:
    assert march("office", "substitutions").out == "There are no substitutions.\n"
    assert march("office", "substitutions", "--json").json == []
    assert march("office", "substitutions", "--as", "nobody").code == 2


def test_a_listing_needs_no_actor_and_fits_the_page(march: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")
    march(
        *(
            "office",
            "substitute",
            OFFICER,
            "--by",
            STANDING_MEMBER,
            "--until",
            "2026-03-09",
            "--as",
            CHAIR,
        ),
        *(
            "--reason",
            "Đi học lớp bồi dưỡng nghiệp vụ công tác thi đua, khen thưởng do tỉnh tổ chức tại Lạng Sơn",
        ),
    )

    monkeypatch.setenv("COLUMNS", "100")

    shown = march("office", "substitutions").out

    assert max(map(len, shown.splitlines())) <= 100
    assert " ".join(shown.splitlines()[0].split()) == (
        "Người vắng Người xử lý thay Từ ngày Đến hết ngày Lý do Căn cứ"
    )
