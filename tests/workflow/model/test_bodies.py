"""Names of bodies: known ones in every spelling, unknown ones as written, none invented."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.files.parsing import parse
from workflow.model.bodies import Directory, Mention, folded, mentions
from workflow.model.definition import Office

OFFICE = Path(__file__).parents[3] / "definitions/offices/diem-he/1.yaml"


@pytest.fixture(scope="module")
def office() -> Office:
    definition = parse(OFFICE.read_text(encoding="utf-8"), path=str(OFFICE)).definition
    assert isinstance(definition, Office)
    return definition


@pytest.fixture(scope="module")
def directory(office: Office) -> Directory:
    return Directory.of(office)


def named(cell: str, directory: Directory) -> list[str]:
    return [mention.body for mention in mentions(cell, directory)]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("UBND xã", "ubnd"),
        ("ubnd XÃ", "ubnd"),
        ("UBND", "ubnd"),
        ("UBND phường", "ubnd"),
        ("UBND thị trấn", "ubnd"),
        ("UBND xã Điềm He", "ubnd"),
        ("Uỷ ban nhân dân xã", "ubnd"),
        ("ỦY BAN NHÂN DÂN XÃ ĐIỀM HE", "ubnd"),
        ("Hội đồng Thi đua — Khen thưởng", "hoi_dong_tdkt"),
        ("Hội đồng thi đua, khen thưởng xã", "hoi_dong_tdkt"),
        ("Phòng Văn hoá‑Xã hội", "van_hoa_xa_hoi"),
        ("Phòng\u00a0Văn\u200b hóa − Xã hội xã", "van_hoa_xa_hoi"),
        ("các cơ quan đơn vị liên quan.", "co_quan_lien_quan"),
        ("Ðiềm He", None),
        ("UBND tỉnh", None),
        ("UBND tỉnh Lạng Sơn", None),
        ("UBND xã Hội Hoan", None),
        ("Hội đồng TĐKT tỉnh", None),
        ("Phòng Văn hóa - Xã", None),
        ("Phòng Văn hóa - Xã hội tỉnh", None),
        ("UBND xa", None),
        ("", None),
    ],
)
def test_a_name_is_found_without_case_commas_dashes_and_level_but_never_another_bodys(
    name: str, id: str | None, directory: Directory
) -> None:
    assert directory.find(name) == id


def test_every_spelling_of_the_directory_is_found_in_both_unicode_forms(
    office: Office, directory: Directory
) -> None:
    for body in office.bodies:
        for name in (body.name, body.short, *body.spellings):
            for form in ("NFC", "NFD"):
                spelling = unicodedata.normalize(form, name)
                assert mentions(spelling, directory) == (Mention(body.id, name),)


CELLS: list[tuple[str, list[str]]] = [
    ("", []),
    (" - ;. ", []),
    ("- UBND xã. - HĐTĐKT xã.", ["ubnd", "hoi_dong_tdkt"]),
    ("- UBND xã - Phòng Văn hóa – Xã hội", ["ubnd", "van_hoa_xa_hoi"]),
    ("-UBND xã.-HĐ TĐKT xã", ["ubnd", "hoi_dong_tdkt"]),
    ("– UBND xã – Phòng Văn hóa – Xã hội", ["ubnd", "van_hoa_xa_hoi"]),
    ("• UBND xã\n• Các thôn", ["ubnd", "cac_thon"]),
    ("1. UBND xã\n2. Các thôn", ["ubnd", "cac_thon"]),
    ("UBND xã Phòng VHXH", ["ubnd", "van_hoa_xa_hoi"]),
    ("UBND xã, HĐTĐKT xã và Phòng VH-XH", ["ubnd", "hoi_dong_tdkt", "van_hoa_xa_hoi"]),
    ("UBND xã/HĐTĐKT xã & các thôn", ["ubnd", "hoi_dong_tdkt", "cac_thon"]),
    ("Hội đồng Thi đua - Khen thưởng xã - UBND xã", ["hoi_dong_tdkt", "ubnd"]),
    ("Các cơ quan, đơn vị liên quan.; các thôn.", ["co_quan_lien_quan", "cac_thon"]),
    ("Phòng Văn hóa – Xã\nhội", ["van_hoa_xa_hoi"]),
    ("- UBND xã - Kho bạc Nhà nước - Hạt Kiểm lâm", ["ubnd", "Kho bạc Nhà nước", "Hạt Kiểm lâm"]),
    ("- UBND xã - Công an xã - Trạm Y tế", ["ubnd", "cong_an", "tram_y_te"]),
    ("- Phòng Kinh tế - Hạ tầng - UBND xã", ["Phòng Kinh tế - Hạ tầng", "ubnd"]),
    ("- UBND xã - Tư pháp", ["ubnd", "Tư pháp"]),
    ("Ban Tôn giáo, Trung tâm Y tế", ["Ban Tôn giáo", "Trung tâm Y tế"]),
    ("Trạm Y tế, Công an xã", ["tram_y_te", "cong_an"]),
    ("UBND xã, Viettel", ["ubnd", "Viettel"]),
    ("Sở Giáo dục và Đào tạo", ["Sở Giáo dục và Đào tạo"]),
    ("Các ban, ngành, đoàn thể", ["Các ban, ngành, đoàn thể"]),
    ("Ban Chỉ huy\nphòng thủ dân sự xã", ["Ban Chỉ huy phòng thủ dân sự xã"]),
    ("Ban Chỉ huy\nquân sự xã", ["quan_su"]),
    ("TT. HĐND xã; UBND xã", ["TT. HĐND xã", "ubnd"]),
    ("UBND xã Hội Hoan", ["UBND xã Hội Hoan"]),
]


@pytest.mark.parametrize(("cell", "bodies"), CELLS)
def test_a_cell_is_split_between_names_and_never_inside_one(
    cell: str, bodies: list[str], directory: Directory
) -> None:
    assert named(cell, directory) == bodies


def test_a_remark_in_brackets_belongs_to_the_name_before_it(directory: Directory) -> None:
    assert mentions("UBND xã (chủ trì); Các thôn", directory) == (
        Mention("ubnd", "UBND xã", "chủ trì"),
        Mention("cac_thon", "Các thôn"),
    )


def test_of_two_bodies_with_one_name_the_first_has_it(office: Office) -> None:
    assert Directory.of(office).find("Các thôn") == "cac_thon"
    assert folded("Thôn") == folded("THÔN,")


@given(data=st.data())
def test_known_bodies_in_any_order_with_any_separator_are_all_found(
    office: Office, directory: Directory, data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.sampled_from(office.bodies), min_size=1, max_size=6))
    cell = ""
    for body in chosen:
        name = data.draw(st.sampled_from((body.name, body.short, *body.spellings)))
        cell += data.draw(st.sampled_from(["; ", ". - ", " - ", "\n", ".; ", "\n- ", ", "])) + name

    assert named(cell, directory) == [body.id for body in chosen]


@given(cell=st.text(alphabet="UBNDxã -–.,;()\n&/và Các thôn", max_size=80))
def test_nothing_is_named_that_the_cell_does_not_hold(cell: str, directory: Directory) -> None:
    held = " ".join(cell.split())

    for form in ("NFC", "NFD"):
        for mention in mentions(unicodedata.normalize(form, cell), directory):
            assert mention.written in held
