"""Whoever must act on an item that has come to it is told so, by the one rule of whose work it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.people import CHAIR, MEMBER, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.workflow.world import World
from workflow.model.decision import Decision, NoticeDraft
from workflow.model.substitution import Substitution
from workflow.notices.turn import stale


def told(world: World, ref: str, event: str, account: str, **words: str) -> list[NoticeDraft]:
    """The notices of one more event."""
    answer = world.attempt(ref, event, account, {**world.words(ref, event), **words})
    assert isinstance(answer, Decision), answer
    return list(answer.notices)


def test_a_submitted_task_comes_to_its_reviewer(world: World) -> None:
    (notice,) = told(world, "T01", "submit", OFFICER)

    assert (notice.kind, notice.to, notice.subject) == (
        "to_act",
        STANDING_MEMBER,
        "[TĐKT Điềm He] Việc mới cần xử lý: T01, thẩm định",
    )
    assert notice.text.split("\n")[:4] == [
        "Kính gửi: Trưởng phòng Văn hóa - Xã hội, Ủy viên thường trực Hội đồng.",
        "Chuyển đồng chí xử lý nhiệm vụ số 1 (T01): Báo cáo tổng kết công tác TĐKT năm 2025, phương hướng,"
        " nhiệm vụ công tác năm 2026.",
        "Hiện nay: đã trình lãnh đạo phòng. Thời hạn: 31/03/2026 (thứ Ba).",
        "Đề nghị thẩm định.",
    ]


def test_to_the_chair_it_is_presented(world: World) -> None:
    world.do("T01", "submit", OFFICER)

    (notice,) = told(world, "T01", "review", STANDING_MEMBER)

    assert (notice.to, notice.subject) == (CHAIR, "[TĐKT Điềm He] Kính trình: T01, xem xét, phê duyệt")
    assert notice.text.split("\n")[0] == "Kính trình: Chủ tịch UBND xã, Chủ tịch Hội đồng."
    assert notice.text.split("\n")[3] == "Kính trình đồng chí xem xét, phê duyệt."


def test_an_approved_task_comes_back_to_its_officer(world: World) -> None:
    world.task_in("reviewed")

    (notice,) = told(world, "T01", "approve", CHAIR)

    assert (notice.to, notice.text.split("\n")[3]) == (OFFICER, "Đề nghị hoàn thành nhiệm vụ.")


def test_a_returned_task_comes_back_with_its_reason(world: World) -> None:
    world.task_in("submitted")

    (notice,) = told(world, "T01", "return", STANDING_MEMBER, reason="Thiếu số liệu quý IV.")

    assert (notice.kind, notice.to, notice.text.split("\n")[1:3]) == (
        "given_back",
        OFFICER,
        [
            "Trả lại đồng chí để hoàn thiện nhiệm vụ số 1 (T01): Báo cáo tổng kết công tác TĐKT năm 2025,"
            " phương hướng, nhiệm vụ công tác năm 2026. Lý do: Thiếu số liệu quý IV.",
            "Thời hạn: 31/03/2026 (thứ Ba). Đề nghị hoàn thiện, trình theo quy định.",
        ],
    )


def test_the_reason_of_a_return_names_no_nominee_of_the_tasks_dossiers(world: World) -> None:
    first, second = world.opened("T17"), world.opened("T17")
    world.do(first, "add", VILLAGE, {"kind": "person", "name": "Nguyễn Thị A"})
    world.do(second, "add", VILLAGE, {"kind": "person", "name": "Lò Văn Cầm"})
    world.do("T17", "submit", OFFICER)

    (notice,) = told(
        world, "T17", "return", STANDING_MEMBER, reason="Hồ sơ của NGUYEN THI A và Lò Văn Cầm chưa đủ"
    )

    assert f"Lý do: Hồ sơ của trường hợp {first}/1 và trường hợp {second}/1 chưa đủ." in notice.text


def test_a_second_request_gives_its_reason(world: World) -> None:
    ref = world.dossier_in("returned")
    world.do(ref, "submit", VILLAGE)

    (notice,) = told(
        world, ref, "return", SECRETARY, missing="Biên bản họp xét.", reason="Bản gửi lại chưa ký."
    )

    assert "còn thiếu hoặc chưa đúng: biên bản họp xét; bản gửi lại chưa ký." in notice.text


def test_whoever_stands_in_is_told_and_for_whom(world: World) -> None:
    away = Substitution(1, CHAIR, MEMBER, date(2026, 1, 1), date(2026, 12, 31))
    world.setting = replace(world.setting, substitutions=(away,))
    world.do("T01", "submit", OFFICER)

    (notice,) = told(world, "T01", "review", STANDING_MEMBER)

    assert (notice.to, notice.instead_of) == (MEMBER, CHAIR)
    assert notice.text.split("\n")[0] == (
        "Kính chuyển: Trưởng phòng Kinh tế (xử lý công việc thay Chủ tịch UBND xã)."
    )


def test_whoever_acted_is_not_told_of_the_own_act(world: World) -> None:
    """The officer stands in for the reviewer, so that what it submits comes to itself."""
    away = Substitution(1, STANDING_MEMBER, OFFICER, date(2026, 1, 1), date(2026, 12, 31))
    world.setting = replace(world.setting, substitutions=(away,))

    assert told(world, "T01", "submit", OFFICER) == []


def test_nor_under_another_account_of_the_same_person(world: World) -> None:
    office = world.setting.office
    one = [
        account._replace(person="ba-lan") if account.id in (OFFICER, STANDING_MEMBER) else account
        for account in office.accounts
    ]
    world.setting = replace(world.setting, office=office._replace(accounts=tuple(one)))

    assert told(world, "T01", "submit", OFFICER) == []


def test_the_approver_is_the_one_that_the_item_asks_for(world: World) -> None:
    """The chair is the only line, does not vote on it and does not approve it: the vice chair does."""
    ref = world.opened()
    world.do(ref, "add", VILLAGE, {"kind": "person", "name": "Một người", "position": "Chủ tịch UBND xã"})
    for event, account in (
        ("submit", VILLAGE),
        ("accept", OFFICER),
        ("appraise", OFFICER),
        ("confirm", STANDING_MEMBER),
    ):
        world.do(ref, event, account)

    world.council(ref)

    notice = world.store.notices[-1].draft
    assert (notice.kind, notice.to) == ("to_act", VICE_CHAIR)
    assert world.item(ref).owners == (VICE_CHAIR,)


def test_a_waiting_tasks_date_presses_nobody(world: World) -> None:
    assert world.item("T04").waiting

    (notice,) = told(world, "T04", "submit", OFFICER)

    assert "Thời hạn: chưa ấn định." in notice.text


@pytest.mark.parametrize("event", ["submit", "review"])
def test_a_turn_is_stale_once_its_step_is_taken(world: World, event: str) -> None:
    for name, account in (("submit", OFFICER), ("review", STANDING_MEMBER), ("approve", CHAIR)):
        notices = told(world, "T01", name, account)
        if name == event:
            (notice,) = notices
            assert not stale(world.item("T01"), meant=notice.to)

    assert stale(world.item("T01"), meant=notice.to)
