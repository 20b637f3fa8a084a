"""Whether lines meet the conditions of their titles: each check by what is known, and what holds of all."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflow.shipped import catalogue, rules, shipped
from workflow.model.achievements import AWARD, INITIATIVE, PERSON, RATING, Achievement, Source
from workflow.model.conditions import CHECKS, RATINGS, SCOPES
from workflow.model.definition import Condition, RulePack
from workflow.model.dossiers import Dossier, LineFacts, Nominee
from workflow.model.wording import fill
from workflow.rules import known as knowing
from workflow.rules.conditions import JUDGES
from workflow.rules.eligibility import Assessment, assess, packs_for
from workflow.rules.known import Known, Listed, Said, listed_of

NAME = "Vi Văn Tòng"
LISTED = Listed(2026, "D0001", "", "2026", "clean", {"ldtt": 10, "cstdcs": 2})


def since_october() -> RulePack:
    pack = shipped("rules/commune-2026-10/1").definition
    assert isinstance(pack, RulePack)
    return pack


def line(title: str = "ldtt", kind: str = PERSON, no: int = 1, **said: Any) -> Nominee:
    own = {name: said.pop(name) for name in list(said) if name in Nominee._fields}
    return Nominee(no, kind, title, facts=LineFacts(**said), **own)


def award(title: str, period: str, **said: Any) -> Achievement:
    return Achievement(1, AWARD, PERSON, NAME, period=period, value=title)._replace(**said)


def rated(value: str, period: str, **said: Any) -> Achievement:
    return Achievement(2, RATING, PERSON, NAME, period=period, value=value)._replace(**said)


def initiative(period: str | None, scope: str | None = "commune", **said: Any) -> Achievement:
    return Achievement(3, INITIATIVE, PERSON, NAME, period=period, value=scope)._replace(**said)


def condition(check: str, **params: Any) -> Condition:
    return Condition(check, params, "Luật", "H")


def judged(asked: Condition, known: Known, listed: Listed = LISTED) -> str:
    return JUDGES[asked.check](asked, known, listed, rules()).verdict


# -- one check at a time ---------------------------------------------------------------------------------

RATING_ASKED = condition("rating_at_least", rating="httnv")


@pytest.mark.parametrize(
    ("facts", "records", "verdict"),
    [
        ({}, [], "no_info"),
        ({"rating": "httnv"}, [], "met"),
        ({"rating": "htxsnv"}, [], "met"),
        ({"rating": "htnv"}, [], "not_met"),
        ({"rating": "htnv", "expected": True}, [], "no_info"),
        ({"rating": "httnv", "expected": True}, [], "met"),
        ({"rating": "htxsnv"}, [rated("htnv", "2026")], "not_met"),  # the register's is the final one
        ({"rating": "htxsnv"}, [rated("htnv", "2026", expected=True)], "met"),
        ({"rating": "htxsnv"}, [rated("htnv", "2025")], "met"),
        ({}, [rated("httnv", "2026")], "met"),
        ({}, [rated("httnv", "2026", nature="withdrawn")], "no_info"),
    ],
)
def test_a_rating_is_the_registers_final_one_before_the_lists(
    facts: dict[str, Any], records: list[Achievement], verdict: str
) -> None:
    assert judged(RATING_ASKED, Known(line(**facts), tuple(records))) == verdict


@pytest.mark.parametrize(
    ("check", "params", "facts", "verdict"),
    [
        ("months_of_work", {"months": 6}, {"months": 6}, "met"),
        ("months_of_work", {"months": 6}, {"months": 5, "rating": "httnv"}, "not_met"),
        ("months_of_work", {"months": 6}, {"rating": "httnv"}, "met"),
        ("months_of_work", {"months": 6}, {}, "no_info"),
        ("score_at_least", {"score": 90}, {"score": "90"}, "met"),
        ("score_at_least", {"score": 90}, {"score": "89.99"}, "not_met"),
        ("score_at_least", {"score": 90}, {}, "no_info"),
        ("opinion_at_least", {"percent": 60}, {"opinion": "3/5"}, "met"),
        ("opinion_at_least", {"percent": 60}, {"opinion": "59/99"}, "not_met"),
        ("opinion_at_least", {"percent": 60}, {"opinion": "0/0"}, "no_info"),
        ("opinion_at_least", {"percent": 60}, {}, "no_info"),
        ("share_of_members", {"title": "ldtt", "percent": 70}, {"people": 10, "ldtt": 7}, "met"),
        ("share_of_members", {"title": "ldtt", "percent": 70}, {"people": 8, "ldtt": 5}, "not_met"),
        ("share_of_members", {"title": "ldtt", "percent": 70}, {"ldtt": 5}, "no_info"),
        ("share_of_members", {"title": "ldtt", "percent": 70}, {"people": 8}, "no_info"),
        ("share_of_members", {"title": "bkt", "percent": 70}, {"people": 2}, "no_info"),
        ("members_with", {"title": "cstdcs", "number": 1}, {"cstdcs": 1}, "met"),
        ("members_with", {"title": "cstdcs", "number": 1}, {"cstdcs": 0}, "not_met"),
        ("members_with", {"title": "cstdcs", "number": 1}, {}, "no_info"),
        ("all_complete", {}, {"not_completed": 0}, "met"),
        ("all_complete", {}, {"not_completed": 1}, "not_met"),
        ("all_complete", {}, {}, "no_info"),
        ("none_disciplined", {}, {"disciplined": 0}, "met"),
        ("none_disciplined", {}, {"disciplined": 1}, "not_met"),
        ("none_disciplined", {}, {}, "met"),  # declared
        ("asked", {}, {}, "no_info"),
    ],
)
def test_what_the_list_says_of_a_line_meets_a_condition_or_not(
    check: str, params: dict[str, Any], facts: dict[str, Any], verdict: str
) -> None:
    assert judged(condition(check, **params), Known(line(**facts))) == verdict


def test_members_that_stand_in_the_same_list_count_where_the_collective_states_no_number() -> None:
    asked = condition("share_of_members", title="ldtt", percent=70)
    members = Known(line("ttldtt", "collective", people=10), members={"ldtt": 7})

    assert judged(asked, members) == "met"
    assert judged(asked, members._replace(members={"ldtt": 6})) == "no_info"  # some may stand elsewhere


@pytest.mark.parametrize("check", ["none_disciplined", "not_under_procedure", "declared"])
def test_the_bodys_declaration_is_asked_for_once_and_meets_what_it_speaks_of(check: str) -> None:
    verdicts = {
        said: judged(condition(check), Known(line()), LISTED._replace(declared=said))
        for said in ("clean", "not_clean", None)
    }

    assert verdicts == {"clean": "met", "not_clean": "no_info", None: "no_info"}


def test_a_line_that_is_held_is_blocked_whatever_was_declared() -> None:
    assert judged(condition("not_under_procedure"), Known(line(held=True))) == "not_met"


SAME = condition("title_same_period", title="ldtt")


@pytest.mark.parametrize(
    ("records", "beside", "verdict"),
    [
        ([], [], "no_info"),
        ([award("ldtt", "2026")], [], "met"),
        ([award("ldtt", "2025")], [], "no_info"),
        ([award("ldtt", "2026", revoked_on=date(2026, 6, 1))], [], "not_met"),
        ([], [line("ldtt", no=2)], "met"),
        ([], [line("ldtt", no=2, verdict="not_met")], "not_met"),
        ([], [line("ldtt", no=2, result="fail")], "not_met"),
        ([], [line("ldtt", no=2, outcome="withdrawn")], "not_met"),
        ([award("ldtt", "2026")], [line("ldtt", no=2, outcome="withdrawn")], "met"),
        ([award("ldtt", "2026", source=Source(2026, "D0001", 2))], [], "no_info"),  # came of this very list
    ],
)
def test_a_title_of_the_same_period_was_given_or_stands_beside_the_line(
    records: list[Achievement], beside: list[Nominee], verdict: str
) -> None:
    assert judged(SAME, Known(line("cstdcs"), tuple(records), beside=tuple(beside))) == verdict


THREE = condition("titles_in_a_row", title="cstdcs", times=3)


@pytest.mark.parametrize(
    ("years", "revoked", "verdict"),
    [
        (["2024", "2025", "2026"], [], "met"),
        (["2023", "2024", "2025"], [], "met"),
        (["2023-2024", "2024-2025", "2025-2026"], [], "met"),
        (["2022", "2023", "2024"], [], "no_info"),
        (["2023", "2025"], [], "no_info"),
        (["2023", "2024"], ["2025"], "not_met"),  # neither row can be whole
        (["2024", "2025"], ["2023"], "no_info"),
        (["2023", "2024", "2025"], ["2025"], "met"),  # given anew
    ],
)
def test_titles_in_a_row_end_with_the_period_or_the_one_before(
    years: list[str], revoked: list[str], verdict: str
) -> None:
    gone = [award("cstdcs", year, revoked_on=date(2026, 6, 1)) for year in revoked]
    records = [*gone, *(award("cstdcs", year) for year in years)]

    assert judged(THREE, Known(line("cstdt"), tuple(records))) == verdict


MERIT = condition("rated_in_a_row", rating="htxsnv", years=2, titles=("cstdcs",), initiatives=True)


@pytest.mark.parametrize(
    ("records", "verdict"),
    [
        ([award("cstdcs", "2025"), award("cstdcs", "2026")], "met"),
        ([award("cstdcs", "2024"), award("cstdcs", "2025")], "met"),
        ([rated("htxsnv", "2025"), rated("htxsnv", "2026"), initiative("2025"), initiative("2026")], "met"),
        ([rated("htxsnv", "2025"), rated("htxsnv", "2026"), initiative("2026"), initiative("2026")], "met"),
        ([rated("htxsnv", "2025"), rated("htxsnv", "2026"), initiative("2026")], "no_info"),
        ([award("cstdcs", "2025"), rated("htxsnv", "2026"), initiative("2026")], "met"),  # mixed years
        ([award("cstdcs", "2025"), rated("htxsnv", "2026"), initiative("2025")], "no_info"),  # that title's
        ([award("cstdcs", "2025"), rated("httnv", "2026")], "no_info"),  # 2024 is not known
        ([rated("httnv", "2024"), award("cstdcs", "2025"), rated("httnv", "2026")], "not_met"),
        ([rated("httnv", "2025")], "not_met"),
        ([rated("httnv", "2025", expected=True)], "no_info"),
        ([award("cstdcs", "2025")], "no_info"),
    ],
)
def test_years_of_merit_are_rated_or_titled_and_have_an_initiative_each(
    records: list[Achievement], verdict: str
) -> None:
    assert judged(MERIT, Known(line("bkt"), tuple(records))) == verdict


@pytest.mark.parametrize(
    ("scope", "records", "facts", "verdict"),
    [
        ("commune", [initiative("2026")], {}, "met"),
        ("commune", [initiative("2025")], {}, "no_info"),
        ("commune", [initiative("2026", "nation")], {}, "met"),
        ("commune", [initiative(None, None, dated=date(2026, 5, 20))], {}, "met"),
        ("commune", [initiative(None)], {}, "no_info"),
        ("province", [initiative("2026")], {}, "no_info"),
        ("province", [initiative("2026", None)], {}, "no_info"),
        ("province", [initiative("2026", "province")], {}, "met"),
        ("commune", [], {"initiative_no": "21/QĐ-UBND", "initiative_on": date(2026, 5, 20)}, "met"),
        ("commune", [], {"initiative_no": "21/QĐ-UBND"}, "no_info"),  # its day is not stated
        ("province", [], {"initiative_no": "21/QĐ-UBND", "initiative_on": date(2026, 5, 20)}, "no_info"),
    ],
)
def test_an_initiative_counts_by_its_scope_and_its_time(
    scope: str, records: list[Achievement], facts: dict[str, Any], verdict: str
) -> None:
    asked = condition("initiative", scope=scope, years=1)

    assert judged(asked, Known(line("cstdcs", **facts), tuple(records))) == verdict


def test_the_initiative_that_the_list_names_is_the_registers_where_it_has_it() -> None:
    facts: dict[str, Any] = {"initiative_no": "21/QĐ-UBND", "initiative_on": date(2026, 5, 20)}
    kept = initiative("2026", decision="21/qđ-ubnd")
    asked = condition("initiative", scope="commune", number=2, years=1)

    assert judged(asked, Known(line(**facts), (kept,))) == "no_info"
    assert judged(asked, Known(line(**facts), (kept._replace(decision="22/QĐ-UBND"),))) == "met"


def test_a_school_years_initiative_is_of_the_year_in_which_it_ends() -> None:
    listed = LISTED._replace(period="2025-2026")
    asked = condition("initiative", scope="commune", years=1)
    days = {date(2025, 7, 31): "no_info", date(2025, 8, 1): "met", date(2026, 5, 20): "met"}

    found = {day: judged(asked, Known(line(), (initiative(None, dated=day),)), listed) for day in days}

    assert found == days


@pytest.mark.parametrize(
    ("title", "records", "unsure", "verdict"),
    [
        ("ldtt", [], [], "met"),
        ("ldtt", [award("ldtt", "2026")], [], "not_met"),
        ("ldtt", [award("ldtt", "2025")], [], "met"),
        ("ldtt", [award("ldtt", "2026", revoked_on=date(2026, 1, 1))], [], "met"),
        ("ldtt", [award("ldtt", "2026", source=Source(2026, "D0001", 1))], [], "met"),
        ("ldtt", [award("gk", "2026")], [], "met"),  # a title beside a form
        ("ldtt", [], [award("ldtt", "2026")], "no_info"),
        ("gk", [award("gk", "2026")], [], "no_info"),  # perhaps for something else
        ("gk", [award("bkt", "2026")], [], "no_info"),
    ],
)
def test_what_was_awarded_already_is_not_awarded_again(
    title: str, records: list[Achievement], unsure: list[Achievement], verdict: str
) -> None:
    known = Known(line(title), tuple(records), tuple(unsure))

    assert judged(condition("not_awarded_for_same"), known) == verdict


def test_titles_held_are_counted_within_the_years() -> None:
    records = tuple(award("cstdcs", year) for year in ("2021", "2022", "2024"))
    asked = condition("titles_held", title="cstdcs", times=3)

    assert judged(asked, Known(line("bkttg"), records)) == "met"
    assert judged(replace_years(asked, 5), Known(line("bkttg"), records)) == "no_info"
    assert judged(replace_years(asked, 6), Known(line("bkttg"), records)) == "met"


def replace_years(asked: Condition, years: int) -> Condition:
    return asked._replace(params={**asked.params, "years": years})


# -- a whole line ----------------------------------------------------------------------------------------


def verdicts(found: Assessment) -> dict[str, str]:
    return {answer.condition.check: answer.verdict for answer in found.answers}


def test_a_line_is_as_good_as_its_worst_answer_and_warned_of_the_lists_share() -> None:
    known = Known(line("cstdcs", initiative_no="21/QĐ-UBND", initiative_on=date(2026, 5, 20)))
    beside = known._replace(beside=(line("ldtt", no=2),))
    many = LISTED._replace(counts={"ldtt": 10, "cstdcs": 3})

    lacking, whole, warned = (
        assess(each, listed, [rules()])
        for each, listed in ((known, LISTED), (beside, LISTED), (beside, many))
    )

    assert (lacking.verdict, whole.verdict, warned.verdict) == ("no_info", "met", "met")
    assert (lacking.clear, whole.clear, warned.clear) == (False, True, False)
    assert [answer.condition.check for answer in warned.warnings] == ["cap"]
    assert verdicts(lacking)["title_same_period"] == "no_info"


def test_what_is_not_sure_asks_instead_of_refusing() -> None:
    known = Known(line("cstdcs", rating="htnv"))

    found = assess(known, LISTED, [since_october()])

    rating = next(answer for answer in found.answers if answer.condition.check == "rating_at_least")
    assert (rating.verdict, rating.asked, rating.bars) == ("no_info", True, False)


def test_only_what_the_pack_lets_override_may_be_taken_as_an_exception() -> None:
    short = assess(Known(line("ldtt", rating="httnv", months=3)), LISTED, [rules()])
    low = assess(Known(line("ldtt", rating="htnv")), LISTED, [rules()])

    assert (short.verdict, short.barring) == ("not_met", ())
    assert [answer.condition.check for answer in low.barring] == ["rating_at_least"]


def test_the_newer_law_holds_for_older_dossiers_where_it_is_more_favourable() -> None:
    known = Known(
        line("cstdcs", rating="htxsnv", initiative_no="21/QĐ-UBND", initiative_on=date(2026, 5, 20))
    )
    packs = packs_for(rules(), [rules(), since_october()], date(2026, 10, 2))

    found, held = assess(known, LISTED, packs), assess(known._replace(line=line("cstdcs")), LISTED, packs)

    assert (found.verdict, found.pack) == ("met", "commune-2026-10/1")
    assert (held.verdict, held.pack) == ("no_info", None)  # by neither: told by its own


def test_a_law_that_is_not_in_force_yet_or_not_said_to_be_favourable_is_not_asked() -> None:
    strict = replace(since_october(), more_favourable=None)

    assert packs_for(rules(), [rules(), since_october()], date(2026, 9, 30)) == (rules(),)
    assert packs_for(rules(), [rules(), strict], date(2026, 10, 2)) == (rules(),)
    assert packs_for(since_october(), [rules(), since_october()], date(2026, 10, 2)) == (since_october(),)


def test_a_list_counts_the_lines_that_stand() -> None:
    lines = (line("ldtt"), line("ldtt", no=2, outcome="withdrawn"), line("cstdcs", no=3))
    dossier = Dossier("truong-thcs", "", "ldtt", nominees=lines, declared="clean")

    found = listed_of(dossier, year=2026, ref="D0001")

    assert found == Listed(2026, "D0001", "", "2026", "clean", {"ldtt": 1, "cstdcs": 1})


# -- of all that may be known ----------------------------------------------------------------------------

YEARS = ("2023", "2024", "2025", "2026", "2025-2026", None)
TITLES = ("ldtt", "cstdcs", "bkt", "gk")
DAYS = st.one_of(st.none(), st.dates(date(2023, 1, 1), date(2026, 12, 31)))
RECORDS = st.one_of(
    st.builds(award, st.sampled_from(TITLES), st.sampled_from(YEARS), dated=DAYS, number=st.integers(1, 9)),
    st.builds(rated, st.sampled_from(RATINGS), st.sampled_from(YEARS[:5]), expected=st.booleans()),
    st.builds(initiative, st.sampled_from(YEARS), st.sampled_from((*SCOPES, None)), dated=DAYS),
)
COUNTS = st.one_of(st.none(), st.integers(0, 12))
FACTS = st.builds(
    LineFacts,
    rating=st.sampled_from((*RATINGS, None)),
    expected=st.sampled_from((True, None)),
    score=st.sampled_from(("88", "90", "94.5", None)),
    people=COUNTS,
    ldtt=COUNTS,
    cstdcs=COUNTS,
    disciplined=COUNTS,
    not_completed=COUNTS,
    months=COUNTS,
    opinion=st.sampled_from(("40/41", "10/41", "0/0", None)),
    initiative_no=st.sampled_from(("21/QĐ-UBND", None)),
    initiative_on=DAYS,
)
KNOWN = st.builds(
    lambda title, kind, facts, records, unsure, held: Known(
        Nominee(1, kind, title, facts=facts, held=held), tuple(records), tuple(unsure)
    ),
    st.sampled_from([title.id for title in rules().titles]),
    st.sampled_from(("person", "collective", "household")),
    FACTS,
    st.lists(RECORDS, max_size=6),
    st.lists(RECORDS, max_size=2),
    st.booleans(),
)
LISTS = st.builds(
    lambda type, period, declared: LISTED._replace(type=type, period=period, declared=declared),
    st.sampled_from(("", "cong_trang", "dot_xuat")),
    st.sampled_from(("2026", "2025-2026")),
    st.sampled_from(("clean", "not_clean", None)),
)
PACKS = st.sampled_from((rules(), since_october()))


@given(known=KNOWN, listed=LISTS, pack=PACKS)
def test_every_condition_has_one_of_three_answers_and_says_what_it_rests_on(
    known: Known, listed: Listed, pack: RulePack
) -> None:
    for answer in assess(known, listed, [pack]).answers:
        assert answer.verdict in ("met", "not_met", "no_info")
        assert answer.looked
        assert answer.verdict == "met" or answer.settles
        assert not (answer.condition.conf == "L" and answer.verdict == "not_met")
        for prefix, said in (*(("looked", said) for said in answer.looked), ("settles", answer.settles)):
            assert said is None or _in_words(prefix, said)


def _in_words(prefix: str, said: Said) -> bool:
    text = catalogue().words[f"{prefix}.{said.key}"]
    given = {name: str(getattr(value, "vi", value)) for name, value in said.operands.items()}
    return "{" not in fill(text.vi, **given) + fill(text.en, **given)


@given(known=KNOWN, listed=LISTS, pack=PACKS, data=st.data())
def test_the_order_of_records_is_irrelevant(
    known: Known, listed: Listed, pack: RulePack, data: st.DataObject
) -> None:
    mixed = known._replace(records=tuple(data.draw(st.permutations(known.records))))

    assert assess(mixed, listed, [pack]).verdict == assess(known, listed, [pack]).verdict


GIVEN_LATER = {"rating", "score", "people", "months", "not_completed", "disciplined", "opinion"}


@given(known=KNOWN, listed=LISTS, more=RECORDS, facts=FACTS, pack=PACKS)
def test_knowing_more_never_makes_what_is_met_unknown(
    known: Known, listed: Listed, more: Achievement, facts: LineFacts, pack: RulePack
) -> None:
    own = known.line.facts
    filled = {name: getattr(facts, name) for name in GIVEN_LATER if getattr(own, name) is None}
    if "rating" in filled:
        filled["expected"] = None
    line = known.line._replace(facts=own._replace(**filled))
    before = assess(known, listed, [pack])
    after = assess(known._replace(line=line, records=(*known.records, more)), listed, [pack])

    # A form of the same period is a question of its own: it may be for the same achievement.
    apart = {"not_awarded_for_same"}
    lost = [
        old.condition.check
        for old, new in zip(before.answers, after.answers, strict=True)
        if (old.verdict, new.verdict) == ("met", "no_info") and not new.asked
    ]
    assert set(lost) <= apart


def test_every_check_has_a_judge_and_every_word_of_theirs_is_said() -> None:
    folder = Path(knowing.__file__).parent
    sources = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8") for name in ("conditions", "in_a_row", "known")
    )
    used = set(re.findall(r'"([a-z_]+)"', sources))
    words = {key.partition(".")[2] for key in catalogue().words if key.startswith(("looked.", "settles."))}

    assert JUDGES.keys() == CHECKS.keys()
    assert words - used == set()


def test_two_thousand_lines_with_histories_take_little_work_each() -> None:
    """Counted in calls, of which a busy machine makes no more; `benchmarks/remembering.py` has the time."""
    history = tuple(
        make(value, str(year))
        for year in range(2010, 2026)
        for make, value in ((award, "ldtt"), (award, "cstdcs"), (rated, "htxsnv"))
    ) + tuple(initiative(str(year)) for year in range(2024, 2027))
    lines = [
        Known(line(title, kind=PERSON, no=no, rating="htxsnv"), history)
        for no, title in enumerate(["ldtt", "cstdcs", "bkt", "cstdt"] * 500, 1)
    ]
    listed = LISTED._replace(type="cong_trang")
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = [assess(each, listed, [rules(), since_october()]) for each in lines]
    finally:
        sys.setprofile(before)

    assert {each.title: each.verdict for each in found} == {
        "ldtt": "met",
        "cstdcs": "met",
        "bkt": "met",
        "cstdt": "no_info",
    }
    assert calls / len(lines) < 750, calls / len(lines)
