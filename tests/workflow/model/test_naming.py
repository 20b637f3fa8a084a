"""Names that people type: the one thing that they mean, or what they may have meant."""

from __future__ import annotations

import pytest

from tests.people import CHAIR, FIFTH_MEMBER, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR, VILLAGE
from tests.workflow import shipped
from workflow.model import naming
from workflow.model.body_names import body_called
from workflow.model.naming import Candidate, NotNamed, called
from workflow.model.office import Office
from workflow.model.text import Text
from workflow.rules.inputs import title_called


def candidates(*names: str) -> list[Candidate]:
    """Things whose ids are the places of their names: `1`, `2`."""
    return [Candidate(str(at), Text(name, name), (name,)) for at, name in enumerate(names, 1)]


ACCOUNTS = [
    (VICE_CHAIR, VICE_CHAIR),
    ("Phó Chủ tịch", VICE_CHAIR),
    ("PHÓ CHỦ TỊCH", VICE_CHAIR),
    ("pho chu tich", VICE_CHAIR),
    ("Phó Chủ tịch UBND xã, Phó Chủ tịch Hội đồng", VICE_CHAIR),
    ("Phó Chủ tịch Hội đồng", VICE_CHAIR),
    ("vice chair", VICE_CHAIR),
    ("Chủ tịch UBND xã", CHAIR),
    ("Chair", CHAIR),
    ("uy vien thuong truc hoi dong", STANDING_MEMBER),
    ("Thư  ký Hội đồng ", SECRETARY),
    ("bi thu doan xa", FIFTH_MEMBER),
    ("Chuyên viên phòng Văn hoá - Xã hội", OFFICER),
]


@pytest.mark.parametrize(("typed", "meant"), ACCOUNTS)
def test_an_account_is_known_by_its_id_its_label_and_each_of_its_positions(typed: str, meant: str) -> None:
    assert naming.account_meant(typed, shipped.office()) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kinh_te", "kinh_te"),
        ("Phòng Kinh tế", "kinh_te"),
        ("phong kinh te", "kinh_te"),
        ("KINH TE", "kinh_te"),
        ("Thôn mẫu số 1", VILLAGE),
        ("thon 1", VILLAGE),
        ("Công an", "cong_an"),
        ("Phòng Kinh tế xã Điềm He", "kinh_te"),
    ],
)
def test_a_body_is_known_by_every_name_of_the_directory_and_as_documents_write_it(
    typed: str, meant: str
) -> None:
    assert body_called(typed, shipped.office()) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gk", "gk"),
        ("GK", "gk"),
        ("Giấy khen", "gk"),
        ("giay khen cua chu tich ubnd xa", "gk"),
        ("Lao động tiên tiến", "ldtt"),
        ("LĐTT", "ldtt"),
        ("advanced worker", "ldtt"),
        ("Chiến sĩ tiên tiến", "cstt"),
    ],
)
def test_a_title_is_known_by_its_label_and_what_another_chain_gives_too(typed: str, meant: str) -> None:
    assert title_called(typed, shipped.rules()) == meant


def told(found: str | NotNamed) -> tuple[str, list[str]]:
    assert isinstance(found, NotNamed)
    return found.code, [one.id for one in found.candidates]


def test_a_name_of_several_is_none_of_them_and_they_are_told() -> None:
    assert told(title_called("bằng khen", shipped.rules())) == ("several", ["bkt", "bkttg"])


@pytest.mark.parametrize("typed", ["lao dong tien tein", "tiên tiến", "lao động"])
def test_a_slip_a_word_and_a_beginning_are_told_with_what_is_near(typed: str) -> None:
    code, ids = told(title_called(typed, shipped.rules()))

    assert (code, "ldtt" in ids, len(ids) <= naming.NEAR) == ("near", True, True)


@pytest.mark.parametrize("typed", ["zzz", "", " ", "ă" * 1_000_000])
def test_what_is_near_to_nothing_is_told_with_all(typed: str) -> None:
    code, ids = told(title_called(typed, shipped.rules()))

    assert (code, ids) == ("unknown", [title.id for title in shipped.rules().titles])


def test_few_candidates_are_told_with_their_labels_in_both_languages() -> None:
    found = called("xyz", naming.labelled(shipped.rules().types))

    assert isinstance(found, NotNamed)
    assert found.listed.vi.startswith("cong_trang (")
    assert (found.listed.vi.count(";"), found.listed.vi == found.listed.en) == (
        len(shipped.rules().types) - 1,
        False,
    )
    assert naming.NotNamed("x", "unknown", ()).listed == Text("—", "—")


@pytest.mark.parametrize(
    ("typed", "meant"), [("Thôn Mã", "1"), ("THÔN MÃ", "1"), ("thôn ma", "2"), ("Thôn Hoà", "3")]
)
def test_marks_that_are_typed_tell_apart_what_would_be_alike_without(typed: str, meant: str) -> None:
    assert called(typed, candidates("Thôn Mã", "Thôn Ma", "Thôn Hòa")) == meant


def test_names_that_differ_by_their_marks_alone_are_several_without() -> None:
    assert told(called("thon-ma", candidates("Thôn Mã", "Thôn Ma"))) == ("several", ["1", "2"])


def test_an_id_is_meant_before_another_thing_s_name() -> None:
    assert called("2", candidates("2", "thôn")) == "2"


@pytest.mark.parametrize("typed", ["II", "ii", "2", "Quý II", "quy 2", "Q2", "qii", "quarter 2"])
def test_a_quarter_is_known_however_it_is_written(typed: str) -> None:
    assert called(typed, naming.QUARTERS) == "II"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Đang dự thảo", "drafted"), ("dang du thao", "drafted"), ("drafted", "drafted"), ("Completed", "done")],
)
def test_a_state_is_known_by_every_label_that_a_list_may_show(typed: str, meant: str) -> None:
    states = naming.states([shipped.machine("plan_task").definition])

    assert called(typed, states) == (meant if meant == "drafted" else called("completed", states))


def test_bodies_that_share_a_spelling_are_several() -> None:
    office = shipped.office()
    first, second, *rest = office.bodies
    shared = ("Ban chung",)
    both: Office = office._replace(
        bodies=(first._replace(spellings=shared), second._replace(spellings=shared), *rest)
    )

    assert told(body_called("ban chung", both)) == ("several", [first.id, second.id])
