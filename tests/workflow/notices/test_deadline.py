"""The notices that events cause: to whom, in which words, and never with a blank or a nominee's name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, SECRETARY, VILLAGE
from tests.workflow.shipped import at, catalogue, machine, setting
from tests.workflow.world import DOSSIER_WAYS, DOSSIER_WORDS, World
from workflow.engine.procedure import ItemEvent
from workflow.model.context import InputValue
from workflow.model.decision import Decision, NoticeDraft
from workflow.model.wording import fold
from workflow.notices.dossiers import CAUSED

CLOSING = "Phần mềm quản lý thi đua, khen thưởng xã Điềm He. Liên hệ: Phòng Văn hóa - Xã hội xã Điềm He."
NAMES = ("Nguyễn Thị A", "Trần Văn Bình", "Hộ ông Lò Văn Cầm")


def submitted(world: World, *, names: tuple[str, ...] = NAMES, title: str = "gk", body: str = VILLAGE) -> str:
    """A dossier with these nominees, handed in."""
    ref = world.opened(title=title, body=body)
    by = VILLAGE if body == VILLAGE else OFFICER
    kind = "household" if title == "gdvh" else "person"
    for name in names:
        world.do(ref, "add", by, {"kind": kind, "name": name})
    world.do(ref, "submit", by)
    return ref


def approved(world: World, **about: str) -> str:
    ref = submitted(world, **about)  # type: ignore[arg-type]
    for no in range(1, len(NAMES) + 1):
        world.do(ref, "result", SECRETARY, {**DOSSIER_WORDS["result"], "nominee": str(no)})
    world.do(ref, "review", SECRETARY)
    world.do(ref, "approve", CHAIR)
    return ref


def caused(world: World, ref: str, event: str, account: str, **words: str) -> tuple[NoticeDraft, ...]:
    """The notices that one more event of the dossier causes, as they are kept with it."""
    before = len(world.store.notices)
    answer = world.attempt(ref, event, account, {**world.words(ref, event), **words})
    assert isinstance(answer, Decision), answer
    kept = tuple(notice.draft for notice in world.store.notices[before:])
    assert kept == answer.notices
    return kept


def test_the_first_receipt_is_told_to_the_nominating_body(world: World) -> None:
    ref = world.opened()
    world.do(ref, "add", VILLAGE)

    assert caused(world, ref, "submit", VILLAGE)[:1] == (
        NoticeDraft(
            "received",
            None,
            VILLAGE,
            "[TĐKT Điềm He] Đã tiếp nhận hồ sơ D0001",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Đã tiếp nhận hồ sơ đề nghị khen thưởng D0001 (1 trường hợp) ngày 20/01/2026,"
            " số đến do Văn thư cấp.\n"
            "Tình trạng: đã nộp, chờ thẩm định."
            " Dự kiến có kết quả chậm nhất ngày cuối của thời hạn quy định.\n"
            f"{CLOSING}",
        ),
    )


def test_a_paper_dossier_is_received_on_the_day_on_which_it_was_complete(world: World) -> None:
    ref = world.opened()
    world.do(ref, "add", OFFICER)

    notice, _turn = caused(world, ref, "submit", OFFICER, complete_on="2026-01-16")

    assert (notice.to, "ngày 16/01/2026, số đến" in notice.text) == (VILLAGE, True)


def test_a_supplement_is_no_first_receipt(world: World) -> None:
    ref = world.dossier_in("returned")

    assert [notice.kind for notice in caused(world, ref, "submit", VILLAGE)] == ["to_act"]


def test_a_return_says_what_is_missing_and_no_date_that_nobody_set(world: World) -> None:
    ref = submitted(world)

    assert caused(world, ref, "return", SECRETARY, missing="Biên bản họp xét;\n danh sách trích ngang.") == (
        NoticeDraft(
            "returned",
            None,
            VILLAGE,
            "[TĐKT Điềm He] Đề nghị bổ sung, hoàn thiện hồ sơ D0001 chậm nhất ngày họp xét khen thưởng",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Qua kiểm tra, hồ sơ đề nghị khen thưởng D0001 còn thiếu hoặc chưa đúng:"
            " biên bản họp xét; danh sách trích ngang.\n"
            "Đề nghị đơn vị bổ sung, hoàn thiện và gửi lại chậm nhất ngày họp xét khen thưởng;"
            " thời hạn giải quyết tạm dừng tính đến khi nhận đủ hồ sơ.\n"
            f"{CLOSING}",
        ),
    )


def test_a_nominee_named_in_what_is_missing_becomes_a_number(world: World) -> None:
    ref = submitted(world)
    missing = "Báo cáo thành tích của bà NGUYỄN THỊ A và của ông tran van  binh"

    (notice,) = caused(world, ref, "return", SECRETARY, missing=missing)

    assert notice.text.split("\n")[1] == (
        "Qua kiểm tra, hồ sơ đề nghị khen thưởng D0001 còn thiếu hoặc chưa đúng:"
        " báo cáo thành tích của bà trường hợp số 1 và của ông trường hợp số 2."
    )


def test_an_award_tells_the_decision_and_how_many_of_the_dossier_it_names(world: World) -> None:
    ref = approved(world)

    assert caused(world, ref, "award", OFFICER) == (
        NoticeDraft(
            "decision_issued",
            None,
            VILLAGE,
            "[TĐKT Điềm He] Quyết định khen thưởng số 112/QĐ-UBND ngày 15/01/2026",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Chủ tịch UBND xã đã ban hành Quyết định số 112/QĐ-UBND ngày 15/01/2026 về việc khen thưởng,"
            " trong đó có 3 trường hợp thuộc hồ sơ D0001 của đơn vị (danh sách kèm theo Quyết định).\n"
            "Đề nghị đơn vị thông báo cho các tập thể, hộ gia đình, cá nhân được khen thưởng; thời gian trao"
            " tặng và chi tiền thưởng thực hiện theo thông báo của UBND xã.\n"
            f"{CLOSING}",
        ),
    )


def test_an_award_that_leaves_somebody_out_tells_the_result_too(world: World) -> None:
    ref = approved(world)

    issued, result = caused(world, ref, "award", OFFICER, not_awarded="2,3")

    assert issued.kind == "decision_issued"
    assert "trong đó có 1 trường hợp thuộc hồ sơ D0001" in issued.text
    assert (result.kind, result.to, result.subject) == (
        "not_awarded",
        VILLAGE,
        "[TĐKT Điềm He] Thông báo kết quả xét khen thưởng hồ sơ D0001",
    )
    assert result.text.split("\n")[1] == (
        "Kết quả xét hồ sơ D0001: 1 trường hợp được khen thưởng, 2 trường hợp không được khen thưởng"
        " (lý do từng trường hợp tại văn bản thông báo kèm theo)."
    )


def test_a_rejection_tells_the_result(world: World) -> None:
    ref = submitted(world)

    (notice,) = caused(world, ref, "reject", CHAIR)

    assert (notice.kind, notice.text.split("\n")[1]) == (
        "not_awarded",
        "Kết quả xét hồ sơ D0001: 0 trường hợp được khen thưởng, 3 trường hợp không được khen thưởng"
        " (lý do từng trường hợp tại văn bản thông báo kèm theo).",
    )


def test_a_body_without_an_account_is_told_through_the_officer(world: World) -> None:
    ref = world.opened(body="ubnd")
    world.do(ref, "add", OFFICER)

    notice, _turn = caused(world, ref, "submit", OFFICER)

    assert (notice.to, notice.text.split("\n")[0]) == (OFFICER, "Kính gửi: Ủy ban nhân dân xã Điềm He.")


def test_a_sandbox_marks_what_its_events_send() -> None:
    world = World.planned()
    world.setting = setting(sandbox=True)

    submitted(world)

    received, turn = (kept.draft for kept in world.store.notices)
    assert received.subject == "[BẢN THỬ] [TĐKT Điềm He] Đã tiếp nhận hồ sơ D0001"
    assert turn.subject == "[BẢN THỬ] [TĐKT Điềm He] Việc mới cần xử lý: D0001, thẩm định hồ sơ"
    for notice in (received, turn):
        assert notice.text.endswith("\nThông báo thử, không có giá trị thực hiện.")


def test_a_refused_event_sends_nothing(world: World) -> None:
    ref = submitted(world)
    before = list(world.store.notices)

    world.attempt(ref, "award", OFFICER, DOSSIER_WORDS["award"])

    assert world.store.notices == before


RECEIVED = [("received", VILLAGE), ("to_act", SECRETARY)]
REVIEWED = [*RECEIVED, ("to_act", CHAIR)]
APPROVED = [*REVIEWED, ("to_act", OFFICER)]
AWARDED = [*APPROVED, ("decision_issued", VILLAGE)]
FORWARDED = [*APPROVED, ("forwarded", VILLAGE)]
SENT = {
    "drafted": [],
    "submitted": RECEIVED,
    "returned": [*RECEIVED, ("returned", VILLAGE)],
    "reviewed": REVIEWED,
    "approved": APPROVED,
    "awarded": AWARDED,
    "forwarded": FORWARDED,
    "decided": [*FORWARDED, ("superior_result", VILLAGE)],
    "rejected": [*RECEIVED, ("not_awarded", VILLAGE)],
    "withdrawn": RECEIVED,
    "revoked": [*AWARDED, ("revoked", VILLAGE)],
}
"""Every notice of a dossier's way, each with its reader."""


@pytest.mark.parametrize("state", DOSSIER_WAYS)
def test_a_dossiers_way_sends_these_and_no_other(world: World, state: str) -> None:
    world.dossier_in(state)

    assert [(kept.draft.kind, kept.draft.to) for kept in world.store.notices] == SENT[state]


def test_every_kind_gives_the_values_that_it_promises(world: World) -> None:
    ref = approved(world)
    awarded = world.attempt(ref, "award", OFFICER, {**DOSSIER_WORDS["award"], "not_awarded": "1"})
    assert isinstance(awarded, Decision)
    inputs: dict[str, InputValue] = {
        "missing": "x",
        "reason": "y",
        "paper_number": "45/TTr-UBND",
        "paper_date": at("2026-01-15").date(),
        "decision_number": "1/QĐ",
        "decision_date": at("2026-01-15").date(),
    }
    first = world.item(world.opened())

    told = {kind: each.values(ItemEvent(first, awarded.item, inputs, {})) for kind, each in CAUSED.items()}

    assert {kind: tuple(values or ()) for kind, values in told.items()} == {
        kind: each.gives + each.may_give for kind, each in CAUSED.items()
    }


def test_without_its_inputs_a_kind_has_nothing_to_say(world: World) -> None:
    """The linter refuses such a machine; the engine sends no blank all the same."""
    happened = ItemEvent(world.item(world.dossier_in("submitted")), world.item("D0001"), {}, {})

    asking = [kind for kind, each in CAUSED.items() if each.inputs]
    assert [kind for kind in asking if CAUSED[kind].values(happened) is not None] == []


def test_only_these_events_cause_notices() -> None:
    sent = {
        name: {event.id: event.notices for event in machine(name).definition.events if event.notices}
        for name in ("nomination_dossier", "plan_task")
    }

    assert sent == {
        "nomination_dossier": {
            "submit": ("received", "to_act"),
            "recall": ("corrected",),
            "reopen": ("corrected",),
            "agree_correction": ("corrected",),
            "return": ("returned",),
            "review": ("to_act",),
            "approve": ("to_act",),
            "award": ("decision_issued", "not_awarded"),
            "forward": ("forwarded",),
            "record_result": ("superior_result",),
            "reject": ("not_awarded",),
            "revoke": ("revoked",),
        },
        "plan_task": {
            "new": ("task_proposed",),
            "decline_task": ("task_declined",),
            "submit": ("to_act",),
            "recall": ("corrected",),
            "reopen": ("corrected",),
            "agree_correction": ("corrected",),
            "return": ("given_back",),
            "review": ("to_act",),
            "approve": ("to_act",),
            "propose_record": ("record_proposed",),
            "decline_record": ("record_declined",),
        },
    }


SYLLABLES = st.sampled_from(["Nguyễn", "Thị", "Đặng", "Lò", "Ánh", "Bình", "Cầm", "A"])
full_names = st.lists(SYLLABLES, min_size=2, max_size=4).map(" ".join)
spellings = st.sampled_from([str, str.upper, str.lower, fold, lambda name: name.replace(" ", "  ")])


@given(
    names=st.lists(full_names, min_size=1, max_size=3, unique=True),
    spelt=st.lists(st.tuples(st.integers(0, 2), spellings), min_size=1, max_size=4),
)
@settings(max_examples=40, deadline=None)
def test_no_notice_says_a_nominees_name(names: list[str], spelt: list[tuple[int, object]]) -> None:
    world = World.planned()
    ref = submitted(world, names=tuple(names))
    said = [how(names[number % len(names)]) for number, how in spelt if callable(how)]

    caused(world, ref, "return", SECRETARY, missing=f"Báo cáo của {', của '.join(said)}; biên bản")
    world.do(ref, "submit", VILLAGE)
    caused(world, ref, "reject", CHAIR)

    kept = [kept.draft for kept in world.store.notices]
    assert [draft.kind for draft in kept] == ["received", "to_act", "returned", "to_act", "not_awarded"]
    for draft in kept:
        for name in names:
            assert not says(f"{draft.subject}\n{draft.text}", name)
        assert not re.search(r"[{}|]|None|  |: \.| ,", f"{draft.subject}\n{draft.text}")


def says(text: str, name: str) -> bool:
    """Whether the words of a name follow each other in the text, in any case and with any marks."""
    words = " ".join(fold(word) for word in re.findall(r"\w+", text))
    return f" {fold(name)} " in f" {words} "


def test_the_catalogue_has_words_for_every_kind() -> None:
    assert set(CAUSED) <= set(catalogue().notices)
