"""The conditions of nominees as people see them, and the appraisals that rest on them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.at_work import typed
from tests.commands.conftest import Answer, Tdkt
from tests.dossiers import Typed, way
from tests.people import OFFICER

SCHOOL = "truong-hoc"
NEW = ("dossier", "new", "--task", "T17", "--from", SCHOOL, "--title", "ldtt", "--as", SCHOOL)
LINES = (
    ("person", "Vi Văn Tòng", "ldtt", "--born", "02/03/1974", "--rating", "htxsnv"),
    ("person", "Vi Văn Tòng", "cstdcs", "--born", "02/03/1974", "--initiative-no", "21/QĐ-UBND"),
    ("person", "Trần Văn Độ", "ldtt", "--rating", "htnv"),
    ("person", "Lộc Thị Én", "ldtt", "--rating", "httnv", "--expected"),
    ("collective", "Tổ Văn phòng", "ttldtt", "--people", "8", "--ldtt", "5", "--rating", "httnv"),
    ("person", "Bế Văn Chài", "ldtt", "--rating", "httnv", "--months", "4"),
)


REF, SHARED = "D0001", "D0002"


def preparation() -> Iterator[Typed]:
    """A school's list of the year, accepted with its declaration, and one with too many CSTĐCS."""
    yield NEW
    for kind, name, title, *facts in LINES:
        yield *added(REF, kind, name, title), *facts
    yield "advance", REF, "submit", "--set", "declared=clean", "--as", SCHOOL, "--yes"
    yield NEW
    for name, title in (("Một", "ldtt"), ("Một", "cstdcs"), ("Hai", "cstdcs")):
        yield added(SHARED, "person", name, title)
    yield "advance", SHARED, "submit", "--as", SCHOOL, "--yes"
    for ref in (REF, SHARED):
        complete = ("--complete-on", "05/01/2026", "--original", "seen", "--all-seen")
        yield "dossier", "accept", ref, *complete, "--as", OFFICER


def added(ref: str, kind: str, name: str, title: str) -> Typed:
    about = ("--kind", kind, "--name", name, "--title", title, "--no-account")
    return "dossier", "add", ref, *about, "--as", SCHOOL, "--yes"


@pytest.fixture(scope="module")
def prepared_sandbox(prepared_sandbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sandbox with both lists."""
    path = tmp_path_factory.mktemp("listed") / "tdkt.db"
    shutil.copyfile(prepared_sandbox, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TDKT_DB", f"sqlite:///{path}")
        for words in preparation():
            typed(words)
    return path


def appraise(tdkt: Tdkt, ref: str, *words: str) -> Answer:
    return tdkt("dossier", "appraise", ref, *words, "--as", OFFICER)


def test_every_line_is_told_with_what_its_conditions_come_to(tdkt: Tdkt) -> None:
    said = tdkt("dossier", "appraise", REF).out
    told = tdkt("dossier", "appraise", REF, "--json").json

    assert [(line["ref"], line["verdict"]) for line in told] == [
        ("D0001/1", "met"),
        ("D0001/2", "no_info"),
        ("D0001/3", "not_met"),
        ("D0001/4", "met"),
        ("D0001/5", "not_met"),
        ("D0001/6", "not_met"),
    ]
    assert "Conditions not met: At least 70% of the members: Advanced worker" in said
    shown = tdkt("show", REF, "--json").json["nominees"]
    assert [line["conditions"] for line in shown] == [line["verdict"] for line in told]
    assert "By its conditions: Conditions not met: Tasks completed well, or better" in tdkt("show", REF).out


def test_why_names_of_a_line_the_text_what_was_looked_at_and_what_would_settle_it(
    tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = tdkt("why", f"{REF}/2", "--json").json["conditions"]
    monkeypatch.setenv("TDKT_LANG", "vi")
    said = tdkt("why", f"{REF}/3").out.splitlines()

    assert (line["verdict"], line["pack"]) == ("no_info", "commune/1")
    open_ = [each for each in line["conditions"] if each["verdict"] != "met"]
    assert [(each["check"], each["cite"], each["looked_at"]) for each in open_] == [
        (
            "initiative",
            "Luật 06/2022/QH15, Điều 23",
            ["initiatives without a day or a scope: 21/QĐ-UBND"],
        )
    ]
    assert open_[0]["settled_by"] == "enter the day and the scope of the recognition"
    assert said[0] == "Điều kiện Lao động tiên tiến: Chưa đủ điều kiện"
    assert said[1] == (
        "  ✗ Hoàn thành tốt nhiệm vụ trở lên – xếp loại 2026: Hoàn thành nhiệm vụ. Căn cứ: Luật 06/2022/QH15,"
        " Điều 24. Cần: văn bản xếp loại lại, nếu xếp loại ghi sai"
    )


def test_all_that_are_met_are_appraised_in_one_act_and_the_rest_is_told(tdkt: Tdkt) -> None:
    done = appraise(tdkt, REF, "--all-met")

    lines = tdkt("show", REF, "--json").json
    assert done.code == 0
    assert [line["no"] for line in lines["nominees"] if line["verdict"] == "met"] == [1, 4]
    assert [change["event"] for change in lines["history"]].count("appraise") == 1
    assert "Still open, 4 nominees:" in done.out
    assert "D0001/5  Tổ Văn phòng: Conditions not met: At least 70%" in done.out
    again = appraise(tdkt, REF, "--all-met")
    assert (again.code, again.err.startswith("No nominee of D0001")) == (1, True)


def test_without_a_basis_what_was_looked_at_is_recorded(tdkt: Tdkt) -> None:
    appraise(tdkt, f"{REF}/3", "--verdict", "not_met")
    appraise(tdkt, f"{REF}/4", "--verdict", "met", "--basis", "Theo văn bản")

    bases = [tdkt("show", f"{REF}/{no}", "--json").json["history"][-1]["recorded"]["basis"] for no in (3, 4)]
    assert bases[0].startswith(
        "✗ Hoàn thành tốt nhiệm vụ trở lên – xếp loại 2026: Hoàn thành nhiệm vụ; "
        "✓ Làm việc từ 06 tháng – xếp loại 2026: Hoàn thành nhiệm vụ; "
    )
    assert bases[1] == "Theo văn bản"


def test_a_verdict_against_what_is_known_is_confirmed_first(tdkt: Tdkt) -> None:
    asked = appraise(tdkt, f"{REF}/3", "--verdict", "met")
    denied = appraise(tdkt, f"{REF}/1", "--verdict", "not_met")
    unknown = appraise(tdkt, f"{REF}/2", "--verdict", "met")
    meant = appraise(tdkt, f"{REF}/3", "--verdict", "met", "--yes")

    assert (asked.code, denied.code, unknown.code, meant.code) == (1, 1, 0, 0)
    assert "By what is known line 3 does not meet: Tasks completed well, or better" in asked.err
    assert "By what is known line 1 meets all conditions" in denied.err


def test_an_exception_is_made_only_of_what_the_pack_lets_be_overridden(tdkt: Tdkt) -> None:
    exception = ("--verdict", "exception", "--reason", "Nghỉ thai sản")

    refused = appraise(tdkt, f"{REF}/3", *exception)
    allowed = appraise(tdkt, f"{REF}/6", *exception)

    assert (refused.code, allowed.code) == (1, 0)
    assert "Line 3 fails what allows no exception: Tasks completed well, or better" in refused.err
    assert "Luật 06/2022/QH15, Điều 24" in refused.err


def test_more_of_a_title_than_the_share_is_accepted_with_a_reason(tdkt: Tdkt) -> None:
    bare = appraise(tdkt, f"{SHARED}/2", "--verdict", "met", "--json")
    explained = appraise(tdkt, f"{SHARED}/2", "--verdict", "met", "--reason", "Xã đã cân đối chung")

    assert [reason["rule"] for reason in bare.refusal["reasons"]] == ["warning_unexplained"]
    assert explained.code == 0


def test_what_does_not_go_together_is_refused_with_the_cure(tdkt: Tdkt) -> None:
    answers = [
        tdkt("dossier", "appraise", *words)
        for words in (
            (REF, "--all-met", "--verdict", "met"),
            (f"{REF}/1", "--all-met"),
            (f"{REF}/1", "--basis", "x"),
            (REF, "--verdict", "met"),
            (f"{REF}/99",),
        )
    ]

    assert [answer.code for answer in answers] == [2, 2, 2, 2, 2]
    assert "--all and --all-met take dossiers alone" in answers[0].err
    assert "add --verdict" in answers[2].err


def test_all_that_wait_are_appraised_by_their_conditions_once_somebody_agrees(tdkt: Tdkt) -> None:
    shown = tdkt("dossier", "appraise", REF, SHARED, "--all", "--as", OFFICER)
    done = tdkt("dossier", "appraise", REF, SHARED, "--all", "--as", OFFICER, "--yes")
    again = tdkt("dossier", "appraise", REF, "--all", "--as", OFFICER, "--yes")
    accepted = ("--all", "--reason", "Xã đã cân đối", "--as", OFFICER, "--yes")

    assert (shown.code, done.code, again.code) == (1, 0, 1)
    assert "D0001/3  Trần Văn Độ" in shown.out
    found = [line["verdict"] for line in tdkt("show", REF, "--json").json["nominees"]]
    assert found == ["met", "no_info", "not_met", "met", "not_met", "not_met"]
    assert [line["verdict"] for line in tdkt("show", SHARED, "--json").json["nominees"]] == ["no_info"] * 3
    assert tdkt("dossier", "appraise", SHARED, *accepted).code == 1  # nothing is known of them yet


def test_an_expected_rating_goes_to_the_council_and_no_further(tdkt: Tdkt) -> None:
    votes: dict[str, tuple[int, ...]] = {"ldtt": (), "cstdcs": ()}
    for words in way("approved", ref=SHARED, since="complete", lines=(1, 2, 3), votes=votes):
        more = ("--reason", "Xã đã cân đối") if "appraise" in words else ()
        assert tdkt(*words, *more).code == 0, words
    (all_titles,) = way("awarded", ref=SHARED, since="approved")
    award = (*all_titles, "--set", "nominee=1")
    rating = ("rating", "add", "Một", "--period", "2026", "--body", SCHOOL, "--as", OFFICER)

    tdkt(*rating[:3], "httnv", *rating[3:], "--expected")
    expected = tdkt(*award, "--json")
    tdkt(*rating[:3], "htnv", *rating[3:])
    failing = tdkt(*award, "--json")
    meant = tdkt(*award, "--yes")

    assert [reason["rule"] for reason in expected.refusal["reasons"]] == ["rating_unknown"]
    assert [reason["rule"] for reason in failing.refusal["reasons"]] == ["conditions_not_met"]
    assert (expected.code, failing.code, meant.code) == (1, 1, 0)


def test_a_line_that_rests_on_an_annulled_award_is_flagged_where_it_is_looked_at(tdkt: Tdkt) -> None:
    kept = ("--period", "2026", "--body", SCHOOL, "--decision", "12/QĐ-UBND", "--dated", "04/01/2026")
    assert tdkt("history", "add", "Hai", "--title", "ldtt", *kept, "--as", OFFICER).code == 0
    reasoned = ("--verdict", "met", "--reason", "Đơn vị nhỏ", "--yes")
    assert appraise(tdkt, f"{SHARED}/3", *reasoned).code == 0
    before = tdkt("show", SHARED, "--json").json["resting"]

    annulling = ("--revoked-on", "05/01/2026", "--revoked-by", "61/QĐ-UBND", "--reason", "Hủy bỏ")
    assert tdkt("history", "correct", "1", *annulling, "--as", OFFICER).code == 0

    (found,) = tdkt("show", SHARED, "--json").json["resting"]
    assert before == []
    assert found == {
        "line": f"{SHARED}/3",
        "year": 2026,
        "title": "cstdcs",
        "under": "ldtt",
        "decision": "12/QĐ-UBND",
        "revoked_by": "61/QĐ-UBND",
        "revoked_on": "2026-01-05",
    }
    said = f"line {SHARED}/3"
    for words in (("show", SHARED), ("why", SHARED), ("why", f"{SHARED}/3")):
        assert said in " ".join(tdkt(*words).out.split()), words
    assert said not in tdkt("why", f"{SHARED}/1").out
