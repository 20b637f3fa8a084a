"""`tdkt dossier`: from a village's list to the award, and what is refused on the way."""

from __future__ import annotations

import pytest

from tests.commands.conftest import Answer, Tdkt
from tests.dossiers import way
from tests.people import CHAIR, MEMBER, OFFICER, SECOND_VILLAGE, STANDING_MEMBER, VILLAGE

NEW = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")

FUNDS = ("funds_by", "ke-toan")


@pytest.fixture
def drafted_dossier(tdkt: Tdkt) -> str:
    ref: str = tdkt(*NEW, "--as", VILLAGE, "--json").json["ref"]
    tdkt("dossier", "add", ref, "--kind", "person", "--name", "Nguyễn Thị Mẫu", "--as", VILLAGE)
    tdkt("dossier", "add", ref, "--kind", "household", "--name", "Hộ mẫu", "--as", VILLAGE)
    return ref


@pytest.fixture
def submitted_dossier(tdkt: Tdkt, drafted_dossier: str) -> str:
    assert tdkt("advance", drafted_dossier, "submit", "--as", VILLAGE, "--yes").code == 0
    return drafted_dossier


@pytest.fixture
def confirmed_dossier(tdkt: Tdkt, submitted_dossier: str) -> str:
    """Appraised, and before the council."""
    for words in way("appraised", since="submitted", lines=(1, 2)):
        assert tdkt(*words).code == 0, words
    return submitted_dossier


def _shown(tdkt: Tdkt, ref: str) -> dict[str, object]:
    shown: dict[str, object] = tdkt("dossier", "show", ref, "--json").json
    return shown


def test_a_new_dossier_answers_with_its_reference(tdkt: Tdkt) -> None:
    answer = tdkt(*NEW, "--as", VILLAGE, "--json")

    assert answer.code == 0
    assert answer.json["ref"] == "D0001"


def test_a_dossier_shows_its_lines_with_their_names(tdkt: Tdkt, drafted_dossier: str) -> None:
    shown = _shown(tdkt, drafted_dossier)

    assert {
        name: shown[name] for name in ("ref", "task", "body", "type", "state", "received_on", "version")
    } == {
        "ref": "D0001",
        "task": "T17",
        "body": VILLAGE,
        "type": "cong_trang",
        "state": "drafted",
        "received_on": None,
        "version": 3,
    }
    lines = shown["nominees"]
    assert isinstance(lines, list)
    assert [(line["no"], line["kind"], line["name"], line["title"], line["outcome"]) for line in lines] == [
        (1, "person", "Nguyễn Thị Mẫu", "gk", "pending"),
        (2, "household", "Hộ mẫu", "gk", "pending"),
    ]


def test_a_line_is_edited_and_removed_and_its_number_is_not_given_again(
    tdkt: Tdkt, drafted_dossier: str
) -> None:
    tdkt("dossier", "edit", f"{drafted_dossier}/1", "--name", "Trần Văn Mẫu", "--as", VILLAGE)
    tdkt("dossier", "remove", f"{drafted_dossier}/2", "--as", VILLAGE)
    tdkt("dossier", "add", drafted_dossier, "--kind", "collective", "--name", "Tổ mẫu", "--as", VILLAGE)

    lines = _shown(tdkt, drafted_dossier)["nominees"]

    assert isinstance(lines, list)
    assert [(line["no"], line["name"]) for line in lines] == [(1, "Trần Văn Mẫu"), (3, "Tổ mẫu")]


def test_a_dossier_goes_all_the_way_to_the_award(tdkt: Tdkt, submitted_dossier: str) -> None:
    steps = way("awarded", since="submitted", lines=(1, 2), votes={"gk": (2,)})
    answers: list[Answer] = [tdkt(*words) for words in steps]

    shown = _shown(tdkt, submitted_dossier)

    assert {answer.code for answer in answers} == {0}
    lines = shown["nominees"]
    assert isinstance(lines, list)
    assert shown["state"] == "awarded"
    assert [
        (line["verdict"], line["result"], line["outcome"], line["why"], line["approved"]) for line in lines
    ] == [
        ("met", "pass", "awarded_here", None, CHAIR),
        ("met", "fail", "not_awarded", "vote", None),
    ]
    failed = " ".join(tdkt("show", f"{submitted_dossier}/2").out.split())
    assert "3 for / 9 present / 9 members (6 against, 0 invalid)" in failed


def test_accepted_it_has_another_name_within_its_state(tdkt: Tdkt, submitted_dossier: str) -> None:
    def names() -> list[str]:
        looks = (("dossier", "show", "D0001"), ("dossier", "list"), ("inbox", "--as", OFFICER))
        facts_first = (tdkt(*words).out.partition("Possible events")[0] for words in looks)
        return [" ".join(said.split()) for said in facts_first]

    before = names()
    accepted = tdkt(
        *(
            "dossier",
            "accept",
            submitted_dossier,
            "--complete-on",
            "05/01/2026",
            "--original",
            "seen",
            "--all-seen",
        ),
        *("--checklist", "Tờ trình, biên bản", "--as", OFFICER),
    )

    assert accepted.code == 0
    shown = _shown(tdkt, submitted_dossier)
    assert (shown["state"], shown["complete_on"]) == ("submitted", "2026-01-05")
    assert ["Submitted, to be checked" in said for said in before] == [True, True, True]
    assert ["Complete, under appraisal" in said for said in names()] == [True, True, True]
    assert "Signed original seen" in tdkt("dossier", "show", submitted_dossier).out
    assert "Tờ trình, biên bản" in tdkt("dossier", "show", submitted_dossier).out


def test_several_lines_are_appraised_in_one_act(tdkt: Tdkt, submitted_dossier: str) -> None:
    for words in way("complete", since="submitted"):
        tdkt(*words)
    both = (f"{submitted_dossier}/1", f"{submitted_dossier}/2")

    met = tdkt("dossier", "appraise", *both, "--verdict", "met", "--basis", "Hồ sơ thôn", "--as", OFFICER)
    version: int = tdkt("dossier", "show", submitted_dossier, "--json").json["version"]
    again = tdkt(
        *("dossier", "appraise", both[1], "--verdict", "exception", "--proposal", "postpone"),
        *("--reason", "Mới chuyển đến", "--as", OFFICER),
    )

    assert (met.code, again.code) == (0, 0)
    shown = _shown(tdkt, submitted_dossier)
    lines = shown["nominees"]
    assert isinstance(lines, list)
    assert shown["version"] == version + 1
    assert [(line["verdict"], line["proposal"]) for line in lines] == [
        ("met", "yes"),
        ("exception", "postpone"),
    ]
    said = ("Conditions met", "Hồ sơ thôn"), ("Exception accepted", "Left for later", "Mới chuyển đến")
    for ref, words in zip(both, said, strict=True):
        assert [each for each in words if each not in tdkt("show", ref).out] == []


def test_an_exception_without_a_reason_is_refused_with_its_cure(tdkt: Tdkt, submitted_dossier: str) -> None:
    for words in way("complete", since="submitted"):
        tdkt(*words)

    line = f"{submitted_dossier}/1"
    answer = tdkt("dossier", "appraise", line, "--verdict", "exception", "--as", OFFICER, "--json")

    assert answer.code == 1
    assert [reason["rule"] for reason in answer.refusal["reasons"]] == ["exception_explained"]


def test_lines_of_two_dossiers_are_not_appraised_in_one_act(tdkt: Tdkt) -> None:
    answer = tdkt("dossier", "appraise", "D0001/1", "D0002/1", "--verdict", "met", "--as", OFFICER)

    assert (answer.code, answer.out) == (2, "")
    assert "D0001, D0002" in answer.err


def test_one_decision_for_some_lines_and_one_for_the_rest_are_both_told(
    tdkt: Tdkt, confirmed_dossier: str
) -> None:
    for words in way("approved", since="appraised", lines=(1, 2)):
        assert tdkt(*words).code == 0
    states = []
    for line, number in ((2, "112/QĐ-UBND"), (1, "113/QĐ-UBND")):
        decided = ("nominee", line), ("decision_number", number), ("decision_date", "05/01/2026"), FUNDS
        pairs = [word for name, value in decided for word in ("--set", f"{name}={value}")]
        tdkt("advance", confirmed_dossier, "award", *pairs, "--set", f"signer={CHAIR}", "--as", OFFICER)
        states.append(_shown(tdkt, confirmed_dossier)["state"])

    awards = tdkt("register", "awards", "--json").json
    decisions = tdkt("register", "decisions", "--json").json
    page = tdkt("dossier", "show", confirmed_dossier).out.partition("Possible events")[0]

    assert states == ["approved", "awarded"]
    assert [(row["ref"], row["number"]) for row in awards] == [
        ("D0001/2", "112/QĐ-UBND"),
        ("D0001/1", "113/QĐ-UBND"),
    ]
    assert [(row["number"], row["persons"], row["households"]) for row in decisions] == [
        ("112/QĐ-UBND", 0, 1),
        ("113/QĐ-UBND", 1, 0),
    ]
    assert [number for number in ("112/QĐ-UBND", "113/QĐ-UBND") if number not in page] == []


def test_titles_of_two_levels_do_not_stand_in_one_dossier(tdkt: Tdkt, drafted_dossier: str) -> None:
    answer = tdkt(
        *("dossier", "add", drafted_dossier, "--kind", "person", "--name", "A", "--title", "cstdt"),
        *("--as", VILLAGE, "--json"),
    )

    assert answer.code == 1
    assert [reason["rule"] for reason in answer.refusal["reasons"]] == ["one_level"]


def test_a_reference_without_a_line_is_a_usage_mistake(tdkt: Tdkt, drafted_dossier: str) -> None:
    answer = tdkt("dossier", "edit", drafted_dossier, "--name", "A", "--as", VILLAGE)

    assert answer.code == 2
    assert "D0042/3" in answer.err


def test_the_list_counts_the_lines(tdkt: Tdkt, drafted_dossier: str) -> None:
    rows = tdkt("dossier", "list", "--task", "T17", "--json").json

    assert [(row["ref"], row["body"], row["nominees"]) for row in rows] == [(drafted_dossier, VILLAGE, 2)]


def test_no_name_of_a_nominee_stands_in_the_log(tdkt: Tdkt, submitted_dossier: str) -> None:
    log = tdkt("audit", "log", submitted_dossier, "--json")

    assert log.code == 0
    assert "Mẫu" not in log.out


def test_a_dossier_refused_at_birth_is_told_in_words(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    refused = tdkt(*NEW, "--as", SECOND_VILLAGE)

    assert refused.err.splitlines()[0] == "Không thực hiện được việc “lập” với T17, vì:"
    assert "✗ Lập: không được chấp nhận  (Trưởng thôn mẫu số 2)" in tdkt("audit", "log", "T17").out
    assert "Chưa hiển thị: 1 việc không được chấp nhận." in tdkt("show", "T17").out


def test_why_tells_of_a_line_what_stops_it(tdkt: Tdkt, confirmed_dossier: str) -> None:
    said = tdkt("why", f"{confirmed_dossier}/1", "award")
    events = [answer["event"] for answer in tdkt("why", f"{confirmed_dossier}/1", "--json").json["events"]]

    assert said.code == 0
    assert "missing for nominee 1" in said.out
    assert {"appraise", "hold", "award"} <= set(events)
    assert "approve" not in events
    assert tdkt("why", f"{confirmed_dossier}/99").code == 2


# -- whose line it is ------------------------------------------------------------------------------------

A_PERSON = ("--kind", "person", "--name", "Hoàng Văn Mẫu", "--as", VILLAGE)


def flat(page: str) -> str:
    return " ".join(page.split())


def accounts(tdkt: Tdkt, ref: str) -> list[str | None]:
    lines = _shown(tdkt, ref)["nominees"]
    assert isinstance(lines, list)
    return [line["account"] for line in lines]


def test_a_position_that_could_be_somebodys_is_asked_before_the_line_is_added(
    tdkt: Tdkt, drafted_dossier: str
) -> None:
    words = ("dossier", "add", drafted_dossier, *A_PERSON, "--position", "CT UBND xã")

    asked = tdkt(*words)
    as_data = tdkt(*words, "--json")
    before = accounts(tdkt, drafted_dossier)
    added = tdkt(*words, "--yes")

    assert (asked.code, added.code) == (1, 0)
    assert f"Line given may be Chair ({CHAIR})" in asked.err
    assert "--account ACCOUNT" in asked.err
    assert "--no-account" in asked.err
    assert as_data.code == 1
    assert before == [None, None]
    assert accounts(tdkt, drafted_dossier) == [None, None, CHAIR]
    page = tdkt("show", f"{drafted_dossier}/3").out
    assert "Chair" in page
    assert "whose holder then decides nothing about it" in flat(tdkt("audit", "log", drafted_dossier).out)


def test_a_line_is_somebodys_or_nobodys_as_it_is_said(tdkt: Tdkt, drafted_dossier: str) -> None:
    words = ("dossier", "add", drafted_dossier, *A_PERSON, "--position", "CT UBND xã")

    nobody = tdkt(*words, "--no-account")
    both = tdkt(*words, "--no-account", "--account", CHAIR)
    unknown = tdkt(*words, "--account", "chanh-van-phong")
    edited = tdkt("dossier", "edit", f"{drafted_dossier}/1", "--account", MEMBER, "--as", VILLAGE)
    taken_back = tdkt("dossier", "edit", f"{drafted_dossier}/1", "--no-account", "--as", VILLAGE)

    assert [each.code for each in (nobody, both, unknown, edited, taken_back)] == [0, 1, 2, 0, 0]
    assert "Give one of the two" in both.err
    assert accounts(tdkt, drafted_dossier) == [None, None, None]
    for line in (1, 3):
        assert "Nobody who holds an account" in flat(tdkt("show", f"{drafted_dossier}/{line}").out)


def test_of_several_accounts_one_is_named(tdkt: Tdkt, drafted_dossier: str) -> None:
    words = ("dossier", "add", drafted_dossier, *A_PERSON, "--position", "Trưởng phòng xã")

    unsaid = tdkt(*words, "--yes")

    assert unsaid.code == 1
    assert f"Head of the division and standing member ({STANDING_MEMBER}); Head of economy ({MEMBER})" in (
        unsaid.err
    )
    assert tdkt(*words, "--account", MEMBER).code == 0
    assert accounts(tdkt, drafted_dossier) == [None, None, MEMBER]


def test_the_same_person_twice_is_told_by_dossier_and_line(tdkt: Tdkt, drafted_dossier: str) -> None:
    other: str = tdkt(*NEW, "--as", VILLAGE, "--json").json["ref"]
    words = ("dossier", "add", "--kind", "person", "--name", "NGUYỄN THỊ MẪU", "--as", VILLAGE)

    here, elsewhere = tdkt(*words, drafted_dossier), tdkt(*words, other)

    assert (here.code, elsewhere.code) == (1, 1)
    assert "Line 1 of this dossier has the same name" in here.err
    assert "Line 1 of dossier D0001 has the same name" in elsewhere.err
    assert "MẪU" not in here.err + elsewhere.err
    assert tdkt(*words, other, "--yes").code == 0


def test_a_copy_is_linked_as_the_lines_that_it_has_are(tdkt: Tdkt, drafted_dossier: str) -> None:
    line = ("dossier", "add", drafted_dossier, *A_PERSON)
    assert tdkt(*line, "--position", "CT UBND xã", "--account", MEMBER).code == 0
    assert tdkt(*line, "--name", "B", "--position", "PCT UBND xã", "--no-account").code == 0
    assert tdkt(*line, "--name", "C", "--position", "Trưởng phòng xã", "--no-account").code == 0
    assert tdkt("advance", drafted_dossier, "withdraw", "--set", "reason=Nộp nhầm", "--as", VILLAGE).code == 0
    copy = ("dossier", "copy", drafted_dossier, "--task", "T11", "--reason", "Làm lại", "--as", VILLAGE)

    asked = tdkt(*copy)
    copied = tdkt(*copy, "--yes", "--json")

    assert asked.code == 1
    assert "Line 4 may be Vice chair (pho-chu-tich)" in asked.err
    assert accounts(tdkt, copied.json["ref"]) == [None, None, MEMBER, "pho-chu-tich", None]
    assert any("Line 5 may be one of several accounts" in said for said in copied.json["warnings"])


def test_a_dossier_is_about_its_plans_year_unless_it_says_otherwise(tdkt: Tdkt) -> None:
    usual: str = tdkt(*NEW, "--as", VILLAGE, "--json").json["ref"]
    school: str = tdkt(*NEW, "--period", "2025-2026", "--as", VILLAGE, "--json").json["ref"]

    assert [_shown(tdkt, ref)["period"] for ref in (usual, school)] == ["2026", "2025-2026"]
    assert "2025-2026" in tdkt("show", school).out
