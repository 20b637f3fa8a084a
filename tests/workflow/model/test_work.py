"""Whose work an item is on a day, and who does it in whose name."""

from __future__ import annotations

from datetime import date

from tests.people import OFFICER, RECORDS_CLERK, SECRETARY, STANDING_MEMBER
from tests.workflow.world import World
from workflow.model.facts import Item
from workflow.model.substitution import Substitution
from workflow.model.work import Doer, Work, doers, work_of

DAY = date(2026, 3, 10)
AWAY = Substitution(1, OFFICER, SECRETARY, date(2026, 3, 1), date(2026, 4, 1))


def owned(*owners: str, claimed_by: str | None = None, delegated_by: str | None = None) -> Item:
    return (
        World.planned().item("T01")._replace(owners=owners, claimed_by=claimed_by, delegated_by=delegated_by)
    )


def seen(item: Item, account: str, *substitutions: Substitution) -> Work | None:
    return work_of(item, account, substitutions=substitutions, day=DAY)


def doing(item: Item, *substitutions: Substitution) -> tuple[Doer, ...]:
    return doers(item, substitutions=substitutions, day=DAY)


def test_an_item_is_the_work_of_whoever_must_act_and_of_nobody_else() -> None:
    item = owned(OFFICER, SECRETARY)

    assert (seen(item, OFFICER), seen(item, STANDING_MEMBER)) == (Work(), None)
    assert doing(item) == (Doer(OFFICER), Doer(SECRETARY))
    assert seen(owned(), OFFICER) is None


def test_a_stand_in_does_it_in_the_name_of_the_absent_one_who_sees_who_does() -> None:
    item = owned(OFFICER)

    assert seen(item, SECRETARY, AWAY) == Work(acting_for=OFFICER)
    assert seen(item, OFFICER, AWAY) == Work(taken_by=SECRETARY, how="stood_in")
    assert doing(item, AWAY) == (Doer(OFFICER, SECRETARY, "stood_in"),)


def test_a_substitution_counts_on_its_days_only() -> None:
    past = AWAY._replace(until_day=DAY)

    assert (seen(owned(OFFICER), SECRETARY, past), doing(owned(OFFICER), past)) == (None, (Doer(OFFICER),))


def test_of_several_the_one_who_claimed_it_does_it() -> None:
    item = owned(OFFICER, SECRETARY, claimed_by=SECRETARY)

    assert seen(item, SECRETARY) == Work()
    assert seen(item, OFFICER) == Work(taken_by=SECRETARY, how="claimed")
    assert doing(item) == (Doer(OFFICER, SECRETARY, "claimed"), Doer(SECRETARY))


def test_what_was_passed_on_is_done_in_the_givers_name() -> None:
    item = owned(OFFICER, claimed_by=RECORDS_CLERK, delegated_by=OFFICER)

    assert seen(item, RECORDS_CLERK) == Work(acting_for=OFFICER)
    assert seen(item, OFFICER) == Work(taken_by=RECORDS_CLERK, how="delegated")
    assert doing(item) == (Doer(OFFICER, RECORDS_CLERK, "delegated"),)


def test_a_giver_or_a_claimant_beside_those_who_must_act_is_told_too() -> None:
    claimed = owned(OFFICER, claimed_by=STANDING_MEMBER)
    passed_on = owned(OFFICER, claimed_by=RECORDS_CLERK, delegated_by=STANDING_MEMBER)

    assert doing(claimed) == (Doer(OFFICER, STANDING_MEMBER, "claimed"), Doer(STANDING_MEMBER))
    assert doing(passed_on) == (
        Doer(OFFICER, RECORDS_CLERK, "delegated"),
        Doer(STANDING_MEMBER, RECORDS_CLERK, "delegated"),
    )
