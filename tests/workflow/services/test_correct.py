"""Over any sequence of acts and corrections no value is lost, and nobody corrects or agrees alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import (
    ACCOUNTANT,
    CHAIR,
    OFFICER,
    RECORDS_CLERK,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.memory_unit import memory_unit
from tests.workflow.world import COUNTS, World
from workflow.model.corrections import CORRECTABLE, Corrected, corrected, recounts
from workflow.model.errors import InputMistakes
from workflow.model.naming import UnknownEvent
from workflow.model.recorded import Recorded, Words

ACTORS = (OFFICER, SECRETARY, STANDING_MEMBER, RECORDS_CLERK, CHAIR, VICE_CHAIR, VILLAGE)
NUMBERS = ("112/QĐ-UBND", "121/QĐ-UBND", "211/QĐ-UBND")
NAMES = ("Nguyễn Thị B", "Nguyễn Thị C", "Nguyễn Thị D")
REASON = {"reason": "Nhập nhầm"}
AWARD = {"decision_number": "100/QĐ-UBND", "decision_date": "2026-01-15", "signer": CHAIR}

corrections = st.one_of(
    st.builds(lambda number: {"decision_number": number, **REASON}, st.sampled_from(NUMBERS)),
    st.builds(lambda name: {"nominee": "1", "new_name": name, **REASON}, st.sampled_from(NAMES)),
    st.builds(lambda signer: {"signer": signer, **REASON}, st.sampled_from([CHAIR, VICE_CHAIR])),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("propose_correction"), st.sampled_from(ACTORS), corrections),
        st.tuples(st.just("agree_correction"), st.sampled_from(ACTORS), st.just({})),
        st.tuples(st.just("drop_correction"), st.sampled_from(ACTORS), st.just(REASON)),
        st.tuples(st.just("reopen"), st.just(SECRETARY), st.just(REASON)),
        st.tuples(
            st.just("result"),
            st.just(SECRETARY),
            st.sampled_from(
                [{"nominee": "1", **COUNTS, "for": str(n), "against": str(9 - n)} for n in (6, 7)]
            ),
        ),
        st.tuples(st.just("review"), st.just(SECRETARY), st.just({})),
        st.tuples(st.just("approve"), st.just(CHAIR), st.just({})),
        st.tuples(
            st.just("award"),
            st.just(OFFICER),
            st.sampled_from([AWARD, {**AWARD, "funds_by": ACCOUNTANT}]),
        ),
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(
    older=st.booleans(), state=st.sampled_from(["submitted", "reviewed", "approved", "awarded"]), steps=steps
)
def test_no_value_is_lost_and_nobody_agrees_alone(
    older: bool, state: str, steps: list[tuple[str, str, dict[str, str]]]
) -> None:
    world = World.planned(older=older)
    ref = world.dossier_in(state)

    for event, actor, words in steps:
        try:
            world.attempt(ref, event, actor, words)
        except (InputMistakes, UnknownEvent):  # votes are the older one's, funds the newer one's
            continue

    with memory_unit(world.store, now=world.now) as unit:
        recorded, words_kept = unit.recorded(world.key(ref)), unit.words(world.key(ref))
    now = corrected(recorded)
    assert given_values(recorded, now) == shown_values(now)
    assert given_names(recorded, now, words_kept) <= {word.value for word in words_kept}
    votes = [each for each in recorded if each.event == "result"]
    assert len(recounts(recorded)) == max(0, len(votes) - 1)
    office = world.setting.office
    for correction in now.corrections:
        if correction.status == "agreed" and correction.decided is not None:
            proposed, agreed = (
                office.people(each.persons) for each in (correction.proposed, correction.decided)
            )
            assert proposed.isdisjoint(agreed)


def given_values(recorded: tuple[Recorded, ...], now: Corrected) -> set[object]:
    """What was ever recorded and may be corrected: by a move, or by a correction that was agreed to."""
    moves = [each for each in recorded if each.from_state != each.to_state]
    agreed = [each.proposed for each in now.corrections if each.status == "agreed"]
    return {each.inputs[name] for each in (*moves, *agreed) for name in CORRECTABLE if name in each.inputs}


def shown_values(now: Corrected) -> set[object]:
    return {value.value for fact in now.facts for value in (fact.standing, *fact.replaced)}


def given_names(recorded: tuple[Recorded, ...], now: Corrected, kept: tuple[Words, ...]) -> set[str]:
    """The name that the line had first, and those that were agreed to."""
    words = {(word.entry, word.field): word.value for word in kept}
    agreed = [each.proposed.entry for each in now.corrections if each.status == "agreed"]
    return {"Nguyễn Thị A"} | {words[entry, "new_name"] for entry in agreed if (entry, "new_name") in words}
