"""What became of a command in words: the same from an office that is open for acting and for looking."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest, advance
from runtime.office.looking import Looking
from runtime.office.results import Result
from runtime.office.settings import Options
from runtime.views.answers import Answer, ReasonTold, answer_of, foreseen
from runtime.views.steps import Step
from tests.people import OFFICER, SECRETARY, STANDING_MEMBER
from workflow.model.context import Actor

ENGLISH = {"TDKT_LANG": "en"}


@pytest.fixture
def options(founded_file: Callable[[str], Path], tmp_path: Path) -> Options:
    path = tmp_path / "tdkt.db"
    shutil.copyfile(founded_file("2026-01-05T08:00"), path)
    return Options(db=f"sqlite:///{path}", actor=OFFICER)


@pytest.fixture
def acting(options: Options) -> Iterator[Acting]:
    with Acting(options, ENGLISH) as acting:
        yield acting


@pytest.fixture
def looking(options: Options) -> Iterator[Looking]:
    with Looking(options, ENGLISH) as looking:
        yield looking


def asked(acting: Acting, event: str, *, by: str = OFFICER, dry_run: bool = False) -> Result:
    acting.actor = Actor(by)
    (result,) = advance(acting, ["T01"], EventRequest(event, dry_run=dry_run))
    return result


def test_what_was_done_is_told_alike_from_either_side(acting: Acting, looking: Looking) -> None:
    result = asked(acting, "submit")

    told = answer_of(looking, result, by=OFFICER)

    assert told == answer_of(acting, result, by=OFFICER)
    assert (told.outcome, told.ref, told.head) == (
        "done",
        "T01",
        "T01  Submit: Being drafted → Submitted to the head",
    )
    assert told.undone == "To put it right: whoever handed it in recalls it while nobody has acted on it."
    assert answer_of(looking, result, by=OFFICER, alone=False).undone == ""


def test_a_refusal_is_told_alike_from_either_side(acting: Acting, looking: Looking) -> None:
    result = asked(acting, "submit", by=SECRETARY)

    told = answer_of(looking, result, by=SECRETARY)

    assert told == answer_of(acting, result, by=SECRETARY)
    assert told == Answer(
        "refused",
        "T01",
        "Refused: submit T01, because:",
        (
            ReasonTold(
                "role",
                "This is for: Officer of the division",
                "Ask the holder of that position to do it, or act as the right account with --as",
                who_can="Who can: Officer of the division (chuyen-vien).",
                able="Who can: Officer of the division.",
            ),
        ),
    )


def test_a_trial_tells_who_is_to_go_on_and_who_hears_of_it(acting: Acting, looking: Looking) -> None:
    result = asked(acting, "submit", dry_run=True)

    ahead = foreseen(looking, result)

    assert ahead is not None
    assert (ahead.state, ahead.due, ahead.target) == ("Submitted to the head", "", "")
    assert ahead.next == Step(
        "review",
        "Review",
        f'tdkt advance T01 review --set opinion="<Opinion>" --as {STANDING_MEMBER}',
        STANDING_MEMBER,
    )
    assert ahead.told == (looking.position(STANDING_MEMBER),)
    assert looking.state(looking.item("T01")) == "Being drafted"


def test_a_trial_foresees_what_the_act_then_comes_to(acting: Acting, looking: Looking) -> None:
    tried = foreseen(looking, asked(acting, "submit", dry_run=True))

    result = asked(acting, "submit")

    assert foreseen(looking, result) == tried
    kept = looking.reading.notices(*looking.span, to=STANDING_MEMBER)
    assert [(each.account, each.subject) for each in result.told] == [
        (STANDING_MEMBER, notice.subject) for notice in kept
    ]


def test_an_answer_told_again_and_a_refusal_foresee_nothing(acting: Acting, looking: Looking) -> None:
    refused, done = asked(acting, "submit", by=SECRETARY), asked(acting, "submit")

    again = Result.of(done.stored())

    assert again == done
    assert [foreseen(looking, result) for result in (refused, again)] == [None, None]
