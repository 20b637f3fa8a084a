"""The notices that events cause: to whom, in which words, and never with a blank or a nominee's name."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, RECORDS_CLERK, SECRETARY, STANDING_MEMBER, VILLAGE
from tests.workflow.shipped import at, catalogue, machine, setting
from tests.workflow.world import DOSSIER_WORDS, WAYS, World
from workflow.engine.procedure import ItemEvent
from workflow.model.context import InputValue
from workflow.model.decision import Decision, NoticeDraft
from workflow.model.dossiers import Dossier, Nominee, PathId
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


EVERY_LINE = {"nominee": ",".join(str(no) for no in range(1, len(NAMES) + 1))}


def confirmed(world: World, *, title: str = "gk") -> str:
    """A dossier whose lines the council is to vote on."""
    ref = submitted(world, title=title)
    world.do(ref, "accept", OFFICER)
    world.do(ref, "appraise", OFFICER, {**world.words(ref, "appraise"), **EVERY_LINE})
    world.do(ref, "confirm", STANDING_MEMBER)
    return ref


def approved(world: World, *, title: str = "gk") -> str:
    ref = confirmed(world, title=title)
    world.council(ref)
    world.do(ref, "approve", CHAIR)
    return ref


def forwarded(world: World) -> str:
    ref = approved(world, title="bkt")
    world.do(ref, "forward", OFFICER)
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
            "[TĐKT Điềm He] Đã nhận hồ sơ D0001",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Đã nhận hồ sơ D0001 (1 trường hợp) ngày 20/01/2026, số do Văn thư cấp.\n"
            "Phòng Văn hóa - Xã hội sẽ kiểm tra thành phần hồ sơ và thông báo lại.\n"
            f"{CLOSING}",
        ),
    )


def test_a_receipt_says_the_day_and_the_number_under_which_it_was_registered(world: World) -> None:
    ref = world.opened()
    world.do(ref, "add", OFFICER)
    about = {"paper_date": "2026-01-16", "received_on": "2026-01-19", "intake_no": "35"}

    (notice,) = caused(world, ref, "submit", OFFICER, **about)

    assert (notice.kind, notice.to) == ("received", VILLAGE)
    assert "(1 trường hợp) ngày 19/01/2026, số 35.\n" in notice.text


def test_a_receipt_of_long_ago_is_told_once_it_is_agreed_to(world: World) -> None:
    ref = world.opened()
    world.do(ref, "add", OFFICER)
    assert caused(world, ref, "propose_receipt", OFFICER) == ()

    notice, turn = caused(world, ref, "agree_receipt", RECORDS_CLERK)

    assert (notice.kind, notice.to, turn.kind, turn.to) == ("received", VILLAGE, "to_check", OFFICER)
    assert "ngày 08/01/2026, số 12.\n" in notice.text


def test_a_supplement_is_no_first_receipt(world: World) -> None:
    ref = world.dossier_in("returned")

    assert [notice.kind for notice in caused(world, ref, "submit", VILLAGE)] == ["to_check"]


def test_a_complete_dossier_is_told_to_the_body_with_the_day_that_it_counts_from(world: World) -> None:
    ref = submitted(world)

    assert caused(world, ref, "accept", OFFICER) == (
        NoticeDraft(
            "accepted",
            None,
            VILLAGE,
            "[TĐKT Điềm He] Hồ sơ D0001 đã đủ thành phần",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Hồ sơ D0001 đã đủ thành phần từ ngày 20/01/2026."
            " Dự kiến có kết quả chậm nhất ngày cuối của thời hạn quy định.\n"
            f"{CLOSING}",
        ),
    )


def test_a_dossier_considered_as_it_is_is_told_to_the_body(world: World) -> None:
    ref = world.dossier_in("returned")
    world.now = at("2026-01-28T09:00")

    assert caused(world, ref, "consider_as_is", OFFICER) == (
        NoticeDraft(
            "as_is",
            None,
            VILLAGE,
            "[TĐKT Điềm He] Xem xét hồ sơ D0001 theo hồ sơ hiện có",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Đã quá thời hạn bổ sung ngày 27/01/2026. Hồ sơ D0001 được xem xét theo hồ sơ hiện có.\n"
            f"{CLOSING}",
        ),
    )


def test_a_return_says_what_is_missing_and_until_when(world: World) -> None:
    ref = submitted(world)

    assert caused(world, ref, "return", SECRETARY, missing="Biên bản họp xét;\n danh sách trích ngang.") == (
        NoticeDraft(
            "returned",
            None,
            VILLAGE,
            "[TĐKT Điềm He] Đề nghị bổ sung, hoàn thiện hồ sơ D0001 chậm nhất ngày 27/01/2026 (thứ Ba)",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Qua kiểm tra, hồ sơ đề nghị khen thưởng D0001 còn thiếu hoặc chưa đúng:"
            " biên bản họp xét; danh sách trích ngang.\n"
            "Đề nghị đơn vị bổ sung, hoàn thiện và gửi lại chậm nhất ngày 27/01/2026 (thứ Ba)."
            " Thời hạn giải quyết tính từ ngày nhận đủ hồ sơ.\n"
            f"{CLOSING}",
        ),
    )


def test_a_return_of_an_older_machine_names_no_date_that_nobody_set(world: World) -> None:
    item = world.item(world.dossier_in("submitted"))

    values = CAUSED["returned"].values(ItemEvent(item, item, {"missing": "Biên bản."}, {}))

    assert values == {"giay_to_thieu": "biên bản", "han_bo_sung": None}


def test_a_nominee_named_in_what_is_missing_becomes_a_number(world: World) -> None:
    ref = submitted(world)
    missing = "Báo cáo thành tích của bà NGUYỄN THỊ A và của ông tran van  binh"

    (notice,) = caused(world, ref, "return", SECRETARY, missing=missing)

    assert notice.text.split("\n")[1] == (
        "Qua kiểm tra, hồ sơ đề nghị khen thưởng D0001 còn thiếu hoặc chưa đúng:"
        " báo cáo thành tích của bà trường hợp số 1 và của ông trường hợp số 2."
    )


def test_whoever_confirms_is_told_once_the_last_line_is_appraised(world: World) -> None:
    ref = submitted(world)
    world.do(ref, "accept", OFFICER)
    first = caused(world, ref, "appraise", OFFICER, nominee="1,2")

    last = caused(world, ref, "appraise", OFFICER, nominee="3", verdict="no_info")
    again = caused(world, ref, "appraise", OFFICER, nominee="3", verdict="not_met")

    assert (first, again) == ((), ())
    assert last == (
        NoticeDraft(
            "to_confirm",
            None,
            STANDING_MEMBER,
            "[TĐKT Điềm He] Kết quả thẩm định chờ duyệt: D0001",
            "Kính gửi: Trưởng phòng Văn hóa - Xã hội, Ủy viên thường trực Hội đồng.\n"
            "Hồ sơ D0001 đã thẩm định 3 trường hợp: 2 đủ điều kiện, 0 chưa đủ, 1 chưa đủ thông tin.\n"
            "Đề nghị đồng chí xem xét.\n"
            f"{CLOSING}",
        ),
    )


def test_what_the_council_reviewed_comes_to_the_officer_with_its_counts(world: World) -> None:
    """A line that is verified is left for later."""
    ref = confirmed(world)
    world.do(ref, "hold", OFFICER, {**DOSSIER_WORDS["hold"], "nominee": "3"})

    world.council(ref, {2: {"for": "3", "against": "6"}})

    notice, turn = (notice.draft for notice in world.store.notices[-2:])

    assert (notice.kind, notice.to, notice.subject) == (
        "to_propose",
        OFFICER,
        "[TĐKT Điềm He] Hội đồng đã xét hồ sơ D0001",
    )
    assert notice.text.split("\n")[1:3] == [
        "Kết quả: 1 đạt, 1 không đạt, 1 để lại.",
        "Đề nghị lập tờ trình, dự thảo quyết định chậm nhất ngày cuối của thời hạn quy định.",
    ]
    assert (turn.kind, turn.to) == ("to_act", CHAIR)


def test_a_line_that_its_body_withdraws_is_told_to_whoever_has_the_dossier_in_hand(world: World) -> None:
    ref = confirmed(world)

    notices = caused(world, ref, "withdraw_line", VILLAGE, nominee="2,3")

    assert [(notice.kind, notice.to) for notice in notices] == [
        ("line_withdrawn", OFFICER),
        ("line_withdrawn", SECRETARY),
    ]
    assert notices[0].subject == "[TĐKT Điềm He] Thôn mẫu số 1 rút 2 trường hợp khỏi hồ sơ D0001"
    assert notices[0].text.split("\n")[1:3] == [
        "Thôn mẫu số 1 rút 2 trường hợp khỏi hồ sơ D0001 theo văn bản số 03/TTr ngày 20/01/2026.",
        "Chương trình họp và dự thảo quyết định (nếu có) đã bỏ các trường hợp này.",
    ]


def test_so_is_a_whole_dossier_but_none_that_was_never_handed_in(world: World) -> None:
    drafted, handed_in = world.dossier_in("drafted"), submitted(world)

    assert caused(world, drafted, "withdraw", VILLAGE) == ()
    assert [(notice.kind, notice.to) for notice in caused(world, handed_in, "withdraw", VILLAGE)] == [
        ("line_withdrawn", OFFICER),
        ("line_withdrawn", SECRETARY),
    ]


def test_each_paper_of_the_superior_is_told_with_how_many_still_wait(world: World) -> None:
    ref = forwarded(world)

    (first,) = caused(world, ref, "record_result", OFFICER, awarded="1")
    (last,) = caused(world, ref, "record_result", OFFICER, awarded="2", not_awarded="3")

    assert (first.kind, first.to) == ("superior_result", VILLAGE)
    told = "Theo văn bản số 300/QĐ-UBND ngày 20/01/2026 của cấp trên, hồ sơ D0001 của đơn vị có"
    assert [notice.text.split("\n")[1] for notice in (first, last)] == [
        f"{told} 1 trường hợp được khen thưởng, 0 trường hợp không được khen thưởng;"
        " còn 2 trường hợp chờ kết quả.",
        f"{told} 1 trường hợp được khen thưởng, 1 trường hợp không được khen thưởng;"
        " còn 0 trường hợp chờ kết quả.",
    ]


def test_what_the_superior_still_wants_is_told_to_the_body(world: World) -> None:
    ref = forwarded(world)

    assert caused(world, ref, "superior_returned", OFFICER) == (
        NoticeDraft(
            "superior_returned",
            None,
            VILLAGE,
            "[TĐKT Điềm He] Cấp trên yêu cầu bổ sung hồ sơ D0001",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Sở Nội vụ yêu cầu bổ sung: bản sao quyết định, chậm nhất ngày 05/02/2026 (thứ Năm).\n"
            f"{CLOSING}",
        ),
    )


def test_an_award_tells_the_decision_and_how_many_of_the_dossier_it_names(world: World) -> None:
    ref = approved(world)

    assert caused(world, ref, "award", OFFICER) == (
        NoticeDraft(
            "decision_issued",
            None,
            VILLAGE,
            "[TĐKT Điềm He] Quyết định khen thưởng số 112/QĐ-UBND ngày 20/01/2026",
            "Kính gửi: Thôn mẫu số 1.\n"
            "Chủ tịch UBND xã đã ban hành Quyết định số 112/QĐ-UBND ngày 20/01/2026 về việc khen thưởng,"
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

    (notice,) = caused(world, ref, "submit", OFFICER)

    assert (notice.to, notice.text.split("\n")[0]) == (OFFICER, "Kính gửi: Ủy ban nhân dân xã Điềm He.")


def test_a_sandbox_marks_what_its_events_send() -> None:
    world = World.planned()
    world.setting = setting(sandbox=True)

    submitted(world)

    received, turn = (kept.draft for kept in world.store.notices)
    assert received.subject == "[BẢN THỬ] [TĐKT Điềm He] Đã nhận hồ sơ D0001"
    assert turn.subject == "[BẢN THỬ] [TĐKT Điềm He] Hồ sơ mới cần kiểm tra: D0001"
    for notice in (received, turn):
        assert notice.text.endswith("\nThông báo thử, không có giá trị thực hiện.")


def test_a_refused_event_sends_nothing(world: World) -> None:
    ref = submitted(world)
    before = list(world.store.notices)

    world.attempt(ref, "award", OFFICER, DOSSIER_WORDS["award"])

    assert world.store.notices == before


TURNS: tuple[tuple[str, str, PathId], ...] = (
    ("to_check", "submitted", "council"),
    ("to_session", "appraised", "council"),
    ("to_opinion", "appraised", "simplified"),
)
RECEIVED = [("received", VILLAGE), ("to_check", OFFICER)]
APPRAISED = [*RECEIVED, ("accepted", VILLAGE), ("to_confirm", STANDING_MEMBER)]
BY_COUNCIL = [*APPRAISED, ("to_session", SECRETARY), ("to_propose", OFFICER), ("to_act", CHAIR)]
BY_APPRAISAL = [*APPRAISED, ("to_act", CHAIR)]
DECIDED = [("forwarded", VILLAGE), ("superior_result", VILLAGE)]
Sent = list[tuple[str, str]]


def sent(reviewed: Sent) -> dict[str, Sent]:
    """Every notice of a dossier's way, each with its reader, by what a reviewed one has caused."""
    approved = [*reviewed, ("to_act", OFFICER)]
    awarded = [*approved, ("decision_issued", VILLAGE)]
    return {
        "drafted": [],
        "submitted": RECEIVED,
        "returned": [*RECEIVED, ("returned", VILLAGE)],
        "appraised": [*APPRAISED, ("to_session", SECRETARY)],
        "reviewed": reviewed,
        "approved": approved,
        "awarded": awarded,
        "forwarded": [*approved, *DECIDED[:1]],
        "decided": [*approved, *DECIDED],
        "rejected": [*RECEIVED, ("not_awarded", VILLAGE)],
        "withdrawn": [],
        "revoked": [*awarded, ("revoked", VILLAGE)],
    }


SENT = {"council": sent(BY_COUNCIL), "appraisal": sent(BY_APPRAISAL), "simplified": sent(BY_APPRAISAL)}
HIGHER = ("forwarded", "decided")


@pytest.mark.parametrize(
    ("path", "state"),
    [
        (path, state)
        for path, states in WAYS.items()
        for state in states
        if not (path == "appraisal" and state in HIGHER)  # no superior decides on a family
    ],
)
def test_a_dossiers_way_sends_these_and_no_other(world: World, path: str, state: str) -> None:
    ref = world.dossier_in(state, path=path)

    sent = [(kept.draft.kind, kept.draft.to) for kept in world.store.notices if kept.key.ref == ref]
    assert sent == SENT[path][state]


def test_every_kind_gives_the_values_that_it_promises(world: World) -> None:
    ref = approved(world)
    awarded = world.attempt(ref, "award", OFFICER, {**DOSSIER_WORDS["award"], "not_awarded": "1"})
    assert isinstance(awarded, Decision)
    lines = Dossier.of(awarded.item).nominees
    inputs: dict[str, InputValue] = {
        "authority": "Sở Nội vụ",
        "until": at("2026-02-05").date(),
        "missing": "x",
        "reason": "y",
        "paper_number": "45/TTr-UBND",
        "paper_date": at("2026-01-15").date(),
        "decision_number": "1/QĐ",
        "decision_date": at("2026-01-15").date(),
    }
    first = world.item(world.opened())
    unseen = Nominee(4, "person", "gk")
    before = replace(
        Dossier.of(first), nominees=(unseen, unseen._replace(no=5)), supplement_until=at("2026-01-19").date()
    )
    after = replace(
        Dossier.of(awarded.item),
        nominees=(*lines, unseen._replace(verdict="met"), unseen._replace(no=5, outcome="withdrawn")),
    )
    happened = ItemEvent(first._replace(details=before), awarded.item._replace(details=after), inputs, {})

    told = {kind: each.values(happened) for kind, each in CAUSED.items()}
    for kind, state, path in TURNS:
        there = world.item(world.dossier_in(state))
        told[kind] = CAUSED[kind].values(
            happened._replace(after=there._replace(details=replace(Dossier.of(there), path=path)))
        )

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
            "submit": ("received", "to_check"),
            "agree_receipt": ("received", "to_check"),
            "recall": ("corrected",),
            "accept": ("accepted", "to_act"),
            "unaccept": ("corrected",),
            "return": ("returned",),
            "consider_as_is": ("as_is", "to_act"),
            "appraise": ("to_confirm",),
            "confirm": ("to_session", "to_opinion", "to_act"),
            "send_back": ("to_act",),
            "give_opinion": ("to_act",),
            "conclude": ("to_propose", "to_act"),
            "not_awarded": ("not_awarded",),
            "annul": ("revoked",),
            "reopen": ("corrected",),
            "publish_end": ("to_act",),
            "hold": ("to_confirm",),
            "release": ("not_awarded",),
            "withdraw_line": ("line_withdrawn", "to_confirm", "not_awarded"),
            "split": ("not_awarded",),
            "split_off": ("to_act",),
            "approve": ("to_act",),
            "award": ("decision_issued", "not_awarded"),
            "forward": ("forwarded",),
            "superior_returned": ("superior_returned",),
            "record_result": ("superior_result",),
            "reject": ("not_awarded",),
            "withdraw": ("line_withdrawn",),
            "revoke": ("revoked",),
            "move_path": ("to_act",),
            "agree_correction": ("corrected",),
            "decision_corrected": ("corrected",),
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
    assert [draft.kind for draft in kept] == ["received", "to_check", "returned", "to_check", "not_awarded"]
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
