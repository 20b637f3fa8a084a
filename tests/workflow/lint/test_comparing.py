"""What an edition changes in somebody's rights; a spelling changes none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.people import CHAIR, OFFICER, RECORDS_CLERK, SECOND_VILLAGE, VILLAGE
from tests.workflow.shipped import machine, office, rules
from workflow.lint.comparing import Change, Powers, changes
from workflow.lint.registries import roles_of_relations
from workflow.model.definition import Machine, Office, RulePack, Text, Vote, Way
from workflow.model.machine import Event
from workflow.model.office import Membership, Publication, Seat

MAY = date(2026, 5, 1)
TASKS, DOSSIERS = machine("plan_task").definition, machine("nomination_dossier").definition


def changed(
    *,
    directory: Office | None = None,
    machines: tuple[Machine, ...] | None = None,
    pack: RulePack | None = None,
) -> tuple[Change, ...]:
    """What is otherwise than in the shipped office."""
    before = Powers(office(), (TASKS, DOSSIERS), (rules(),))
    after = Powers(directory or office(), machines or before.machines, (pack or rules(),))
    return changes(before, after, relations=roles_of_relations())


def whats(found: tuple[Change, ...]) -> list[tuple[str, bool, tuple[str, ...]]]:
    return [(change.what, change.gains, change.roles) for change in found]


def with_account(account: str, **fields: object) -> Office:
    accounts = tuple(
        each._replace(**fields) if each.id == account else each  # type: ignore[arg-type]
        for each in office().accounts
    )
    return office()._replace(accounts=accounts)


def with_body(id: str, **fields: object) -> Office:
    bodies = tuple(
        each._replace(**fields) if each.id == id else each  # type: ignore[arg-type]
        for each in office().bodies
    )
    return office()._replace(bodies=bodies)


def by_statute(**rules: Any) -> Office:
    """The office with another rule of how its council votes."""
    return office()._replace(membership=office().membership._replace(**rules))


def seated(*seats: Seat) -> Office:
    return office()._replace(membership=Membership(members=seats))


def with_event(event: str, **fields: object) -> tuple[Machine, ...]:
    events = tuple(
        each._replace(**fields) if each.id == event else each  # type: ignore[arg-type]
        for each in TASKS.events
    )
    return (TASKS._replace(version=2, events=events), DOSSIERS)


def test_the_same_edition_changes_nothing() -> None:
    assert changed() == ()


def test_names_labels_and_spellings_change_nothing() -> None:
    bodies = tuple(body._replace(name=f"{body.name}!", spellings=("khác",)) for body in office().bodies)
    labels = tuple(account._replace(label=Text("Khác", "Other")) for account in office().accounts)
    other = office()._replace(version=9, title="Khác", contact="Khác", bodies=bodies, accounts=labels)

    assert changed(directory=other) == ()


@pytest.mark.parametrize(
    ("old", "new", "agreed"),
    [
        (Publication(), Publication(days=30), True),
        (Publication(days=30), Publication(days=365), True),
        (Publication(days=30), Publication(days=10), False),
        (Publication(days=30), Publication(), False),
        (Publication(days=30), Publication(days=30, unnamed=("gdvh",)), False),
        (Publication(days=30, unnamed=("gdvh",)), Publication(days=30, unnamed=("gk",)), True),
    ],
)
def test_naming_more_in_public_takes_agreement_and_naming_less_none(
    old: Publication, new: Publication, agreed: bool
) -> None:
    before, after = (Powers(office()._replace(publish=each), (TASKS,), (rules(),)) for each in (old, new))

    found = changes(before, after, relations=roles_of_relations())

    assert whats(found) == [("office_field", True, ())] * agreed


def test_a_role_that_an_account_gains_and_one_that_it_loses() -> None:
    found = changed(directory=with_account(RECORDS_CLERK, roles=("officer",)))

    assert whats(found) == [("roles_gained", True, ("officer",)), ("roles_lost", False, ("records_clerk",))]


def test_a_new_account_and_one_that_is_gone() -> None:
    accounts = (*office().accounts[1:], office().accounts[0]._replace(id="chu-tich-2"))

    found = changed(directory=office()._replace(accounts=accounts))

    roles = ("chair", "council_member")
    assert whats(found) == [("account_new", True, roles), ("account_gone", False, roles)]


@pytest.mark.parametrize(
    ("directory", "what"),
    [
        (with_account(OFFICER, body="ubnd"), "account_moved"),
        (with_account(OFFICER, person=CHAIR), "account_person"),
        (office()._replace(agrees=("administrator",)), "office_field"),
        (office()._replace(division="ubnd"), "office_field"),
        (office()._replace(bodies=tuple(body._replace(nominates=True) for body in office().bodies)), "body"),
        (with_body(VILLAGE, payroll="other"), "body"),
        (with_body(VILLAGE, valid_to=MAY), "body"),
        (with_body(VILLAGE, valid_to=MAY, succeeded_by=SECOND_VILLAGE), "body"),
        (seated(*(Seat(id) for id in office().holding("council_member")[1:])), "seat"),
        (by_statute(written_opinions=True), "office_field"),
        (by_statute(written_secret=True), "office_field"),
        (by_statute(double_entry=True), "office_field"),
        (by_statute(min_base=4), "office_field"),
    ],
)
def test_what_a_right_rests_on_is_told(directory: Office, what: str) -> None:
    assert {change.what for change in changed(directory=directory)} == {what}


def test_what_a_body_is_asked_for_and_its_kind_give_no_right() -> None:
    assert changed(directory=with_body(VILLAGE, asked_for=("gk",), kind="other", has_seal=True)) == ()


def test_a_seat_is_told_with_its_days() -> None:
    seats = [Seat(id) for id in office().holding("council_member")]
    seats[0] = Seat(CHAIR, since=date(2026, 4, 1), until=MAY)

    (change,) = changed(directory=seated(*seats))

    assert change == Change(
        "seat",
        {
            "chuc_vu": office().account(CHAIR).label,  # type: ignore[union-attr]
            "cu": Text("thành viên không thời hạn", "a member without end"),
            "moi": Text(
                "thành viên từ 01/04/2026 đến hết 01/05/2026", "a member from 2026-04-01 to 2026-05-01"
            ),
        },
    )


def test_an_event_opened_to_another_role_is_told_with_its_states() -> None:
    (change,) = changed(machines=with_event("approve", by=("approver", "secretary")))

    assert change == Change(
        "may",
        {
            "quy_trinh": TASKS.label,
            "su_kien": Text("Phê duyệt", "Approve"),
            "trang_thai": Text("“Đã thẩm định”", "“Reviewed”"),
        },
        ("secretary",),
    )


def test_an_event_that_the_system_may_do_too_gives_nobody_a_right() -> None:
    assert changed(machines=with_event("approve", by=("approver", "system"))) == ()


def test_an_event_in_another_state_is_told() -> None:
    approve = TASKS.event("approve")
    assert approve is not None
    sooner = (approve.transitions[0]._replace(sources=("submitted", "reviewed")),)

    found = changed(machines=with_event("approve", transitions=sooner))

    assert whats(found) == [("may", True, ("chair", "vice_chair")), ("ways", True, ())]


@pytest.mark.parametrize(
    ("fields", "whats_changed"),
    [
        ({"guards": ()}, ["guard_gone"]),
        ({"effects": ()}, []),
        ({"warnings": ()}, []),
        ({"label": Text("Duyệt", "Okay")}, []),
    ],
)
def test_a_rule_that_falls_away_is_told_and_a_label_is_not(
    fields: dict[str, object], whats_changed: list[str]
) -> None:
    assert [change.what for change in changed(machines=with_event("approve", **fields))] == whats_changed


def test_an_effect_that_falls_away_is_told_since_guards_rest_on_it() -> None:
    assert [change.what for change in changed(machines=with_event("submit", effects=()))] == ["effects"]


def test_votes_and_titles_are_told() -> None:
    titles = tuple(
        replace(title, vote=Vote("present", 50, strict=True, secret=False)) if title.id == "cstdcs" else title
        for title in rules().titles
        if title.id != "tvh"
    )

    found = changed(pack=replace(rules(), quorum=(1, 2), titles=titles))

    assert [change.what for change in found] == ["quorum", "vote", "title_gone"]
    assert found[1].operands["moi"] == Text(
        "trên 50% số có mặt, biểu quyết công khai", "more than 50% of those present, open"
    )


def test_a_pack_that_follows_is_held_against_the_one_before_and_then_against_its_own_edition() -> None:
    later = replace(rules(), name="commune-next", version=1, quorum=(1, 2))
    now, then = (Powers(office(), (TASKS, DOSSIERS), packs) for packs in ((rules(),), (rules(), later)))
    lower = Powers(office(), (TASKS, DOSSIERS), (rules(), replace(later, version=2, quorum=(1, 3))))

    told = [
        changes(*pair, relations=roles_of_relations()) for pair in ((now, then), (then, then), (then, lower))
    ]

    assert [[(each.what, each.operands) for each in found] for found in told] == [
        [("quorum", {"cu": "2/3", "moi": "1/2"})],
        [],
        [("quorum", {"cu": "1/2", "moi": "1/3"})],
    ]


def test_another_way_is_told_by_its_type_and_how_sure_it_is_is_not() -> None:
    form = rules().title("gk")
    assert form is not None
    ways = {type: way._replace(conf="L", cite=None) for type, way in form.ways.items() if type != "doi_ngoai"}
    ways["dot_xuat"] = Way("council")
    titles = (replace(form, ways=ways), *(title for title in rules().titles if title is not form))

    found = changed(pack=replace(rules(), titles=titles))

    assert [(change.what, change.operands["danh_hieu"], change.operands["cu"]) for change in found] == [
        (
            "way",
            Text(
                f"{form.label.vi} (Khen thưởng đột xuất)",
                f"{form.label.en} (For an outstanding deed)",
            ),
            Text(
                "thủ tục đơn giản khi: Lập thành tích đột xuất",
                "simplified on: An outstanding deed",
            ),
        ),
        (
            "way",
            Text(f"{form.label.vi} (Khen thưởng đối ngoại)", f"{form.label.en} (For foreigners)"),
            Text(
                "thủ tục đơn giản khi: Quá trình cống hiến, niên hạn, đối ngoại",
                "simplified on: Contribution, years of service, foreign relations",
            ),
        ),
    ]
    assert [change.operands["moi"] for change in found] == [
        Text("Hội đồng xét", "by the council"),
        Text("không khen", "not given"),
    ]


def test_every_field_of_a_machine_is_compared_or_is_no_right() -> None:
    """Whoever adds a field of an event says here whether it gives a right."""
    assert Event._fields == (
        "id",
        "label",
        "past",
        "by",
        "transitions",
        "inputs",
        "guards",
        "effects",
        "warnings",
        "notices",
        "doubts",
        "undoes",
    )
