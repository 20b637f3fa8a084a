"""Who says "I do it" and who has it passed on: who may, what it changes, and when it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.people import (
    ADMINISTRATOR,
    AUDITOR,
    CHAIR,
    MEMBER,
    OFFICER,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    VICE_CHAIR,
    VILLAGE,
)
from tests.workflow.shipped import at, catalogue, machine, machine_of
from tests.workflow.world import World
from workflow.engine.case import Case
from workflow.engine.claiming import (
    Asking,
    Handover,
    claim,
    delegate,
    release,
    take_back,
)
from workflow.engine.machine import with_owners
from workflow.model.context import Actor, Setting
from workflow.model.decision import Reason, Refused, refused_entry
from workflow.model.definition import Text
from workflow.model.facts import Item, unclaimed
from workflow.model.substitution import Addressee, Substitution
from workflow.notices.people import delegation_notices

NOW = at("2026-01-20T09:00")
SINCE = Text("09:00 ngày 20/01/2026", "2026-01-20 09:00")


def away(setting: Setting, absent: str, stand_in: str) -> Setting:
    ordered = Substitution(1, absent, stand_in, date(2026, 1, 19), date(2026, 2, 1))
    return replace(setting, substitutions=(*setting.substitutions, ordered))


def case_of(setting: Setting, account: str) -> Case:
    return Case(setting.at(NOW), Actor(account), machine_of, catalogue)


def asked(item: Item, account: str, setting: Setting) -> Asking:
    return Asking(item, case_of(setting, account))


def handed(answer: Handover | Refused) -> Handover:
    assert isinstance(answer, Handover), answer
    return answer


def rules(answer: Handover | Refused) -> tuple[str, ...]:
    assert isinstance(answer, Refused), answer
    return tuple(reason.rule for reason in answer.reasons)


@pytest.fixture
def for_council(world: World) -> Item:
    """A submitted task that the council reviews: the standing member must, the secretary may."""
    ref = world.task_in("submitted", number=2)
    assert world.item(ref).owners == (STANDING_MEMBER,)
    return world.item(ref)


# -- claiming ------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", [STANDING_MEMBER, SECRETARY])
def test_whoever_may_act_claims_and_is_asked_alone(for_council: Item, diem_he: Setting, account: str) -> None:
    done = handed(claim(asked(for_council, account, diem_he)))

    assert (done.item.claimed_by, done.item.asked, done.item.owners) == (
        account,
        (account,),
        (STANDING_MEMBER,),
    )
    assert (done.item.state, done.item.version) == (for_council.state, for_council.version)
    assert (done.entry.event, done.entry.from_state, done.entry.to_state) == (
        "claim",
        "submitted",
        "submitted",
    )


def test_what_another_has_claimed_is_refused_with_who_and_since_when(
    for_council: Item, diem_he: Setting
) -> None:
    taken = handed(claim(asked(for_council, SECRETARY, diem_he))).item

    answer = claim(asked(taken, STANDING_MEMBER, diem_he))

    clerk = Text("Thư ký Hội đồng", "Council secretary")
    named: dict[str, Text | str | int] = {"chuc_vu": clerk, "ref": "T02", "gio": SINCE}
    assert answer == Refused("claim", (Reason("claimed", named),))


def test_claiming_again_changes_nothing(for_council: Item, diem_he: Setting) -> None:
    taken = handed(claim(asked(for_council, SECRETARY, diem_he))).item

    again = handed(claim(asked(taken, SECRETARY, diem_he)))

    assert (again.unchanged, again.item) == (True, taken)


def test_who_may_not_act_claims_nothing(for_council: Item, diem_he: Setting) -> None:
    answer = claim(asked(for_council, CHAIR, diem_he))

    assert isinstance(answer, Refused)
    assert [(reason.rule, reason.who_can) for reason in answer.reasons] == [
        ("role", (STANDING_MEMBER, SECRETARY))
    ]


def test_where_nobody_must_act_nothing_is_claimed_or_passed_on(world: World, diem_he: Setting) -> None:
    item = world.item(world.task_in("completed"))

    assert rules(claim(asked(item, OFFICER, diem_he))) == ("nobody_must_act",)
    assert rules(delegate(asked(item, OFFICER, diem_he), to=SECRETARY)) == ("nobody_must_act",)


def test_whoever_is_barred_from_deciding_claims_nothing(world: World) -> None:
    ref = world.task_in("submitted")
    world.do(ref, "review", STANDING_MEMBER)
    world.setting = away(world.setting, CHAIR, OFFICER)

    assert rules(claim(asked(world.item(ref), OFFICER, world.setting))) == ("four_eyes",)


def test_a_claim_in_anothers_name_stands_under_that_name(for_council: Item, diem_he: Setting) -> None:
    """So that it is the absent account's when it is back."""
    setting = away(diem_he, STANDING_MEMBER, MEMBER)

    done = handed(claim(asked(for_council, MEMBER, setting)))

    assert (done.item.claimed_by, done.entry.actor, done.entry.acting_for) == (
        STANDING_MEMBER,
        MEMBER,
        STANDING_MEMBER,
    )
    assert unclaimed(handed(release(asked(done.item, STANDING_MEMBER, diem_he))).item) == for_council


def test_a_claim_is_let_go_by_the_claimant_alone(for_council: Item, diem_he: Setting) -> None:
    taken = handed(claim(asked(for_council, SECRETARY, diem_he))).item

    assert rules(release(asked(taken, STANDING_MEMBER, diem_he))) == ("claimed",)
    assert handed(release(asked(taken, SECRETARY, diem_he))).item == for_council
    assert rules(release(asked(for_council, SECRETARY, diem_he))) == ("not_claimed",)


def test_a_refused_attempt_is_logged_as_one(for_council: Item, diem_he: Setting) -> None:
    asking = asked(for_council, CHAIR, diem_he)
    answer = claim(asking)
    assert isinstance(answer, Refused)

    entry = refused_entry(answer, asking.case.actor, state=for_council.state)

    assert (entry.event, entry.actor, entry.refused, entry.rules) == ("claim", CHAIR, True, ("role",))
    assert (entry.from_state, entry.to_state) == ("submitted", None)


# -- passing on ----------------------------------------------------------------------------------


def test_an_item_is_passed_on_and_the_other_acts_in_the_givers_name(world: World) -> None:
    ref = world.task_in("submitted")
    done = handed(
        delegate(asked(world.item(ref), STANDING_MEMBER, world.setting), to=MEMBER, reason="Bận họp.")
    )
    world.store.items[world.key(ref)] = done.item

    moved = world.attempt(ref, "review", MEMBER, {"opinion": "Thống nhất"})

    assert (done.item.claimed_by, done.item.delegated_by, done.to) == (
        MEMBER,
        STANDING_MEMBER,
        (Addressee(MEMBER),),
    )
    assert [(text.field, text.value) for text in done.entry.texts] == [("reason", "Bận họp.")]
    assert done.entry.inputs == {"to": MEMBER}
    assert (moved.entry.actor, moved.entry.acting_for, moved.entry.refused) == (
        MEMBER,
        STANDING_MEMBER,
        False,
    )


def test_what_was_passed_on_ends_when_the_state_is_left(world: World) -> None:
    ref = world.task_in("submitted")
    done = handed(delegate(asked(world.item(ref), STANDING_MEMBER, world.setting), to=MEMBER))
    world.store.items[world.key(ref)] = done.item

    world.do(ref, "review", STANDING_MEMBER)

    item = world.item(ref)
    assert (item.claimed_by, item.delegated_by, item.claimed_at) == (None, None, None)
    world.do(ref, "return", CHAIR)
    assert world.item(ref).claimed_by is None


def test_an_event_that_keeps_the_state_keeps_the_claim(world: World) -> None:
    ref = world.task_in("drafted")
    world.store.items[world.key(ref)] = handed(claim(asked(world.item(ref), OFFICER, world.setting))).item

    world.do(ref, "set_deadline", OFFICER)

    assert world.item(ref).claimed_by == OFFICER


@pytest.mark.parametrize("to", [AUDITOR, ADMINISTRATOR])
def test_nothing_is_passed_on_to_whoever_has_no_business(
    submitted_task: Item, diem_he: Setting, to: str
) -> None:
    assert rules(delegate(asked(submitted_task, STANDING_MEMBER, diem_he), to=to)) == ("may_not_stand_in",)


def test_nothing_is_passed_on_to_itself(submitted_task: Item, diem_he: Setting) -> None:
    setting = away(diem_he, STANDING_MEMBER, MEMBER)

    assert rules(delegate(asked(submitted_task, STANDING_MEMBER, diem_he), to=STANDING_MEMBER)) == (
        "delegate_to_itself",
    )
    assert rules(delegate(asked(submitted_task, MEMBER, setting), to=MEMBER)) == ("delegate_to_itself",)
    assert rules(delegate(asked(submitted_task, MEMBER, setting), to=STANDING_MEMBER)) == (
        "delegate_to_itself",
    )


def test_nothing_is_passed_on_to_whoever_is_barred_from_deciding(world: World) -> None:
    ref = world.task_in("reviewed")
    dossier = world.opened()
    words = {"kind": "person", "name": "Người A", "position": MEMBER}
    world.attempt(dossier, "add", VILLAGE, words)
    world.appraised(dossier)
    world.council(dossier)

    assert rules(delegate(asked(world.item(ref), CHAIR, world.setting), to=OFFICER)) == ("four_eyes",)
    assert rules(delegate(asked(world.item(dossier), CHAIR, world.setting), to=MEMBER)) == (
        "own_line",
        "conflict",
    )
    assert (
        handed(delegate(asked(world.item(dossier), CHAIR, world.setting), to=SECOND_MEMBER)).taker
        == SECOND_MEMBER
    )


def test_what_is_passed_on_already_is_passed_on_no_further(submitted_task: Item, diem_he: Setting) -> None:
    given = handed(delegate(asked(submitted_task, STANDING_MEMBER, diem_he), to=MEMBER)).item

    assert rules(delegate(asked(given, STANDING_MEMBER, diem_he), to=SECOND_MEMBER)) == ("delegated",)
    assert rules(delegate(asked(given, MEMBER, diem_he), to=SECOND_MEMBER)) == ("delegated",)
    assert rules(claim(asked(given, STANDING_MEMBER, diem_he))) == ("delegated",)
    assert rules(release(asked(given, MEMBER, diem_he))) == ("delegated",)
    assert handed(claim(asked(given, MEMBER, diem_he))).unchanged


def test_both_end_it_and_the_other_one_is_told(submitted_task: Item, diem_he: Setting) -> None:
    given = handed(delegate(asked(submitted_task, STANDING_MEMBER, diem_he), to=MEMBER)).item

    back = handed(take_back(asked(given, STANDING_MEMBER, diem_he)))
    returned = handed(take_back(asked(given, MEMBER, diem_he)))

    assert (back.item, back.to, back.entry.acting_for) == (submitted_task, (Addressee(MEMBER),), None)
    assert (returned.item, returned.to) == (submitted_task, (Addressee(STANDING_MEMBER),))
    assert returned.entry.acting_for == STANDING_MEMBER
    assert rules(take_back(asked(given, OFFICER, diem_he))) == ("delegated",)
    assert rules(take_back(asked(submitted_task, STANDING_MEMBER, diem_he))) == ("not_delegated",)


def test_a_claim_lapses_with_the_right_to_act(for_council: Item, diem_he: Setting) -> None:
    """The directory was changed: the secretary is one no more."""
    taken = handed(claim(asked(for_council, SECRETARY, diem_he))).item
    office = diem_he.office
    without = tuple(
        each._replace(roles=("council_member",)) if each.id == SECRETARY else each for each in office.accounts
    )
    runnable = machine("plan_task")

    assert with_owners(runnable, taken, setting=diem_he) == taken
    changed = replace(diem_he, office=office._replace(accounts=without))
    assert with_owners(runnable, taken, setting=changed) == for_council


# -- reminders -----------------------------------------------------------------------------------


def told(world: World, ref: str, now: str) -> list[tuple[str, str]]:
    """Who got what about the item, by the first line of each text."""
    return [
        (kept.draft.to, kept.draft.text.split("\n")[0])
        for kept in world.tick(now)
        if kept.key == world.key(ref)
    ]


def test_reminders_go_to_the_claimant_alone(world: World) -> None:
    ref = world.task_in("submitted", number=2)
    claimed = handed(claim(asked(world.item(ref), SECRETARY, world.setting))).item
    world.store.items[world.key(ref)] = claimed

    assert told(world, ref, "2026-02-27T08:00") == [(SECRETARY, "Kính gửi: Thư ký Hội đồng.")]


def test_reminders_of_what_was_passed_on_say_in_whose_name(world: World) -> None:
    ref = world.task_in("submitted", number=2)
    world.setting = replace(
        away(world.setting, MEMBER, SECOND_MEMBER),
        substitutions=(Substitution(1, MEMBER, SECOND_MEMBER, date(2026, 3, 1), date(2026, 4, 1)),),
    )
    given = handed(delegate(asked(world.item(ref), STANDING_MEMBER, world.setting), to=MEMBER)).item
    world.store.items[world.key(ref)] = given

    line = "Kính chuyển: {} (xử lý công việc thay Trưởng phòng Văn hóa - Xã hội)."
    assert told(world, ref, "2026-02-27T08:00") == [(MEMBER, line.format("Trưởng phòng Kinh tế"))]
    assert told(world, ref, "2026-03-17T08:00") == [(SECOND_MEMBER, line.format("Chủ tịch UBMTTQ xã"))]


def test_a_reminder_goes_to_the_stand_in_of_that_morning(world: World) -> None:
    world.setting = replace(
        world.setting,
        substitutions=(Substitution(1, OFFICER, SECRETARY, date(2026, 2, 20), date(2026, 3, 17)),),
    )

    mornings = {day: told(world, "T01", f"{day}T08:00") for day in ("2026-02-27", "2026-03-17")}

    assert mornings == {
        "2026-02-27": [
            (
                SECRETARY,
                "Kính chuyển: Thư ký Hội đồng (xử lý công việc thay Chuyên viên Phòng Văn hóa - Xã hội).",
            )
        ],
        "2026-03-17": [(OFFICER, "Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.")],
    }
    entries = [kept.entry for kept in world.store.entries if kept.key == world.key("T01")]
    assert [(entry.inputs["to"], entry.inputs.get("instead_of")) for entry in entries[-2:]] == [
        ([SECRETARY], [OFFICER]),
        ([OFFICER], None),
    ]


def test_an_escalation_for_an_absent_head_goes_to_whoever_is_there_but_not_to_the_one_who_is_late(
    world: World,
) -> None:
    spring = (date(2026, 4, 1), date(2026, 5, 1))
    world.setting = replace(
        world.setting,
        substitutions=(
            Substitution(1, STANDING_MEMBER, MEMBER, *spring),
            Substitution(2, VICE_CHAIR, OFFICER, *spring),
        ),
    )
    for morning in ("2026-03-31T08:00", "2026-04-01T00:00"):
        world.tick(morning)

    assert [to for to, _ in told(world, "T01", "2026-04-01T08:00")] == [OFFICER, MEMBER]
    assert told(world, "T01", "2026-04-07T08:00")[0][0] == VICE_CHAIR


# -- notices -------------------------------------------------------------------------------------


def drafts(
    done: Handover, setting: Setting, names: dict[str, str] | None = None
) -> list[tuple[str, str, str]]:
    made = delegation_notices(
        done,
        names=names or {},
        case=case_of(setting, done.taker),
    )
    return [(draft.to, draft.subject, draft.text) for draft in made]


def test_the_other_one_is_told_what_to_do_for_whom_and_why(submitted_task: Item, diem_he: Setting) -> None:
    done = handed(delegate(asked(submitted_task, STANDING_MEMBER, diem_he), to=MEMBER, reason="Bận họp."))

    assert drafts(done, diem_he) == [
        (
            MEMBER,
            "[TĐKT Điềm He] Chuyển xử lý T01: Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng…",
            "Kính gửi: Trưởng phòng Kinh tế.\n"
            "T01: Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng, nhiệm vụ công tác năm 2026."
            " Thời hạn: 31/03/2026 (thứ Ba). Hiện nay: đã trình lãnh đạo phòng.\n"
            "Trưởng phòng Văn hóa - Xã hội chuyển Trưởng phòng Kinh tế xử lý việc này (lý do: Bận họp).\n"
            "Đề nghị thẩm định.\n"
            "Phần mềm quản lý thi đua, khen thưởng xã Điềm He. Liên hệ: Phòng Văn hóa - Xã hội xã Điềm He.",
        )
    ]


def test_a_superior_is_asked_in_words_of_its_own(reviewed_task: Item, diem_he: Setting) -> None:
    done = handed(delegate(asked(reviewed_task, CHAIR, diem_he), to=VICE_CHAIR))

    ((to, _subject, text),) = drafts(done, diem_he)
    assert to == VICE_CHAIR
    assert text.startswith("Kính trình: Phó Chủ tịch UBND xã.\n")
    assert "Đề nghị" not in text


def test_no_nominee_is_named_in_a_notice(submitted_dossier: Item, diem_he: Setting) -> None:
    done = handed(
        delegate(
            asked(submitted_dossier, OFFICER, diem_he), to=MEMBER, reason="Xem kỹ hồ sơ của Nguyễn Thị A."
        )
    )

    ((_to, subject, text),) = drafts(done, diem_he, {"1": "Nguyễn Thị A"})

    assert "Nguyễn" not in subject + text
    assert "(lý do: Xem kỹ hồ sơ của trường hợp số 1)" in text
