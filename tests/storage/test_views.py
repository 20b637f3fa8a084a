"""Looking reads the very values that acting does, on both databases."""

from __future__ import annotations

from datetime import date

from storage import items, offices, payment_views, search_views, substitutions
from storage.database import Database
from storage.values import DossierOutline, NomineeLine, OwnedItem
from storage.views import Reading
from tests.people import CHAIR, OFFICER, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.storage.office import OFFICE, YEAR, House, act, begin, key, new_dossier, stored
from workflow.model.decision import EntryDraft
from workflow.model.dossiers import Dossier, period_of
from workflow.model.facts import Item, Key
from workflow.model.subjects import DOSSIER
from workflow.model.substitution import Substitution

AWAY = Substitution(1, CHAIR, VICE_CHAIR, date(2026, 3, 2), date(2026, 4, 1), date(2026, 3, 20))
ORDER = EntryDraft(
    event="substitute", actor=STANDING_MEMBER, role="standing_member", from_state=None, to_state=None
)
REFS = ("T01", "T02", "T03", "T04")


def lived(database: Database, house: House) -> str:
    """Tasks at several steps, and a submitted dossier with a nominee and its terms."""
    ref = new_dossier(database, house).item.key.ref
    words = {"kind": "person", "name": "Nguyễn Thị A", "achievement": "Bờ vùng bờ thửa"}
    act(database, house, ref, "add", actor=VILLAGE, words=words)
    act(database, house, ref, "submit", actor=VILLAGE)
    act(database, house, "T01", "submit", actor=OFFICER)
    act(database, house, "T03", "cancel", actor=CHAIR, words={"reason": "thôi"})
    later = {"until": "2026-07-15", "reason": "chờ số liệu"}
    act(database, house, "T02", "extend", actor=CHAIR, words=later)
    return ref


def as_acting_has_it(database: Database, ref: str) -> Item:
    found = items.item_at(database, key(ref))
    assert found == stored(database, ref)
    assert found is not None
    return found


def test_an_item_is_the_same_value_on_both_sides(database: Database, database_url: str, house: House) -> None:
    dossier = lived(database, house)

    with Reading(database_url) as reading:
        seen = [reading.item(key(ref)) for ref in (*REFS, dossier)]
        nobody = reading.item(Key(OFFICE, YEAR, "T99"))

    assert seen == [as_acting_has_it(database, ref) for ref in (*REFS, dossier)]
    assert nobody is None


def test_lists_hold_the_same_items_in_their_orders(
    database: Database, database_url: str, house: House
) -> None:
    dossier = lived(database, house)
    owned = [as_acting_has_it(database, ref) for ref in (*REFS, dossier)]

    with Reading(database_url) as reading:
        tasks = reading.tasks(OFFICE, YEAR)
        (bare,), (whole,) = (reading.dossiers(OFFICE, YEAR, nominees=asked) for asked in (False, True))
        of_task = reading.dossiers(OFFICE, YEAR, task="T02"), reading.dossiers(OFFICE, YEAR, task="T01")
        waiting_for_somebody = reading.owned_items(OFFICE, YEAR)

    assert list(tasks) == offices.tasks_of(database, OFFICE, YEAR)
    assert whole == as_acting_has_it(database, dossier)
    assert (bare.key, Dossier.of(bare).nominees) == (whole.key, ())
    assert [len(found) for found in of_task] == [1, 0]
    assert [item.key.ref for item in waiting_for_somebody] == [
        item.key.ref
        for item in sorted(owned, key=lambda item: (item.due_on or date.max, item.key.ref))
        if item.owners
    ]


def test_what_lists_ask_of_all_says_what_the_items_say(
    database: Database, database_url: str, house: House
) -> None:
    lived(database, house)

    with Reading(database_url) as reading:
        (dossier,) = reading.dossiers(OFFICE, YEAR, True, nominees=True)
        (outline,) = reading.dossier_outlines(OFFICE, YEAR, True, states=[dossier.state])
        nominees = reading.nominees(OFFICE, YEAR, True, states=[dossier.state])
        other_states = reading.dossier_outlines(OFFICE, YEAR, states=["completed"])
        keys = reading.subject_keys(DOSSIER, OFFICE, YEAR, True)
        in_state = reading.subject_items(DOSSIER, OFFICE, YEAR, True, states=[dossier.state])
        owned = reading.owned(OFFICE, YEAR, True)
        whole = reading.owned_items(OFFICE, YEAR, True)
        rows = reading.deadlines(OFFICE, YEAR)
        some = reading.deadlines(OFFICE, YEAR, refs=["T02", dossier.key.ref])
        logged, heads = reading.logged(OFFICE), reading.heads(OFFICE)
        issued = payment_views.plan_years_issued(reading, OFFICE, YEAR)
        names = search_views.line_names(reading, OFFICE, YEAR)

    details = Dossier.of(dossier)
    assert outline == DossierOutline(
        key=dossier.key,
        state=dossier.state,
        parent=dossier.parent,
        rules=dossier.rules,
        body=details.body,
        type=details.type,
        period=period_of(dossier),
        path=details.path,
        session=details.session,
        titles=details.titles,
    )
    assert (nominees, keys, in_state) == ({dossier.key: details.nominees}, (dossier.key,), (dossier,))
    assert (other_states, issued) == ((), ())
    assert {each.key: each for each in owned} == {
        item.key: OwnedItem(
            key=item.key,
            state=item.state,
            owners=item.owners,
            claimed_by=item.claimed_by,
            delegated_by=item.delegated_by,
            due_on=item.due_on,
            target_on=item.target_on,
            proposed=item.proposal is not None or item.proposed_until is not None,
        )
        for item in whole
    }
    assert some == tuple(row for row in rows if row.ref in ("T02", dossier.key.ref)) != ()
    assert logged == sum(head.size for head in heads) > 0
    assert names == [(dossier.key.ref, 1, "Nguyễn Thị A")]


def test_the_lines_of_a_dossier_bear_their_words_as_far_as_they_are_kept(
    database: Database, database_url: str, house: House
) -> None:
    dossier = lived(database, house)
    item = as_acting_has_it(database, dossier)

    with Reading(database_url) as reading:
        (line,) = reading.lines(key(dossier))

    (nominee,) = Dossier.of(item).nominees
    assert line == NomineeLine(nominee, "Nguyễn Thị A", None, None, "Bờ vùng bờ thửa", *[None] * 6)


def test_offices_plans_and_substitutions_are_values(
    database: Database, database_url: str, house: House
) -> None:
    with begin(database) as unit:
        substitutions.store(unit, AWAY, entry=unit.record_act(ORDER, log=YEAR))
        unit.commit()

    with Reading(database_url) as reading:
        (office,) = reading.offices()
        (plan,) = reading.plans(OFFICE)
        found = reading.ordered(OFFICE)

    row = offices.office_rows(database)[OFFICE]
    assert office == (row.office, row.title, row.started_on, row.sandbox, row.clock, row.language, row.actor)
    assert (plan.year, plan.title) == (YEAR, "Kế hoạch 2026")
    assert found == substitutions.ordered(database, OFFICE) == (AWAY,)
