"""Names of bodies: known ones in every spelling, unknown ones as written, none invented."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.files.parsing import parse
from workflow.model.bodies import Mention, mentions
from workflow.model.body_names import Directory, folded
from workflow.model.definition import Office
from workflow.model.office import Body

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
    # Abbreviations, with full stops and without
    ("P. VH-XH", ["van_hoa_xa_hoi"]),
    ("P.VH&XH; P. Kinh tế", ["van_hoa_xa_hoi", "kinh_te"]),
    ("P. KT&BĐCL, P. HC-TH", ["P. KT&BĐCL", "P. HC-TH"]),
    ("P. Kinh tế; TT. Y tế", ["kinh_te", "TT. Y tế"]),
    ("TT. PVHCC xã, TTPVHCC", ["hanh_chinh_cong", "hanh_chinh_cong"]),
    ("BCH QS xã, CA xã, TYT", ["quan_su", "cong_an", "tram_y_te"]),
    ("UB MTTQ VN xã, UBMTTQVN xã", ["mttq", "mttq"]),
    ("HCCB, ĐTN, Hội LHPN, HND", ["hoi_cuu_chien_binh", "doan_thanh_nien", "hoi_phu_nu", "hoi_nong_dan"]),
    ("CT UBND xã", ["CT UBND xã"]),
    ("CAX, BCHQSX", ["cong_an", "quan_su"]),
    ("UBND TP. Huế; UBND P. Trung Mỹ Tây", ["UBND TP. Huế", "UBND P. Trung Mỹ Tây"]),
    ("Thôn A. Thôn B. Các thôn.", ["Thôn A", "Thôn B", "cac_thon"]),
    ("UBND xã.Phòng Kinh tế", ["ubnd", "kinh_te"]),
    ("p. kinh tế; Vp. HĐND và UBND xã,", ["kinh_te", "van_phong"]),
    # One office of two councils, whatever joins them
    ("VP HĐND&UBND xã", ["van_phong"]),
    ("VP. HĐND & UBND; VP HĐND-UBND, Văn phòng HĐND, UBND xã", ["van_phong"] * 3),
    ("Văn phòng Hội đồng nhân dân\nvà Ủy ban nhân dân xã", ["van_phong"]),
    ("Văn phòng Đoàn ĐBQH và HĐND tỉnh, Công an tỉnh", ["Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Công an tỉnh"]),
    # Fields of one office, and two bodies
    ("Phòng Kinh tế, Hạ tầng và Đô thị; Công an phường", ["Phòng Kinh tế, Hạ tầng và Đô thị", "cong_an"]),
    ("Phòng Kinh tế và Hạ tầng", ["Phòng Kinh tế và Hạ tầng"]),
    ("Phòng VH-XH, Kinh tế", ["Phòng VH-XH, Kinh tế"]),
    ("Sở Văn hóa, Thể thao và Du lịch, Sở Nội vụ", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ"]),
    ("SỞ KHOA HỌC VÀ CÔNG NGHỆ, CÔNG AN XÃ", ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "cong_an"]),
    ("Phòng NN và PTNT, Phòng TN&MT", ["Phòng NN và PTNT", "Phòng TN&MT"]),
    ("Công an tỉnh, VNPT, Viettel …", ["Công an tỉnh", "VNPT", "Viettel"]),
    ("Trung tâm Y tế, Bưu điện và Điện lực", ["Trung tâm Y tế", "Bưu điện", "Điện lực"]),
    ("Phòng Văn hóa- Xã hội, trường học", ["van_hoa_xa_hoi", "trường học"]),
    ("Công an/Quân sự", ["cong_an", "quan_su"]),
    # Many at once, as written
    ("Các Phòng, Ban, Ngành và Đoàn thể", ["Các Phòng, Ban, Ngành và Đoàn thể"]),
    ("Các thôn, khu phố; Trạm Y tế", ["Các thôn, khu phố", "tram_y_te"]),
    ("Các trường Mầm non, Tiểu học, THCS", ["Các trường Mầm non, Tiểu học, THCS"]),
    ("các phòng/ban/ngành", ["các phòng/ban/ngành"]),
    ("Công an xã, 12 ấp, Thôn 1, 2", ["cong_an", "12 ấp", "Thôn 1, 2"]),
    ("UBMTTQ và các đoàn thể", ["mttq", "các đoàn thể"]),
    ("→ Các thôn\n→ UBND xã", ["cac_thon", "ubnd"]),
    ("Công chức Tài chính - Kế toán", ["Công chức Tài chính - Kế toán"]),
    ("Ban vì sự tiến bộ phụ nữ, dân số", ["Ban vì sự tiến bộ phụ nữ, dân số"]),
    ("Công chức Địa chính - Xây dựng và Môi trường", ["Công chức Địa chính - Xây dựng và Môi trường"]),
    # Persons
    ("Đ/c Nguyễn Văn A, Trưởng thôn, đ/c Trần B", ["Đ/c Nguyễn Văn A, Trưởng thôn", "đ/c Trần B"]),
    ("Đ/c Nguyễn Văn A - Phó Chủ tịch UBND xã", ["Đ/c Nguyễn Văn A - Phó Chủ tịch UBND xã"]),
    # Lists with numbers
    ("1) Phòng VH-XH\n2) Bưu điện xã", ["van_hoa_xa_hoi", "Bưu điện xã"]),
    ("1. Sở Y tế. 2. Công an xã", ["Sở Y tế", "cong_an"]),
    ("a/ Phòng VH-XH\nb/ Trạm Y tế", ["van_hoa_xa_hoi", "tram_y_te"]),
    ("(Theo phân công)", ["(Theo phân công)"]),
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


def test_a_duty_in_brackets_is_a_remark_of_unknown_names_too_and_may_stand_before_them(
    directory: Directory,
) -> None:
    assert mentions("(Chủ trì) UBND xã; Hạt Kiểm lâm (phối hợp); Trường (cơ sở 2)", directory) == (
        Mention("ubnd", "UBND xã", "Chủ trì"),
        Mention(None, "Hạt Kiểm lâm", "phối hợp"),
        Mention(None, "Trường (cơ sở 2)"),
    )


def test_what_abbreviates_two_bodies_names_neither(office: Office) -> None:
    two = Directory.of(
        office._replace(bodies=(Body("a", "Phòng Kinh tế", "Phòng A"), Body("b", "Phòng Kế toán", "Phòng B")))
    )

    assert [two.find(name) for name in ("P. KT", "P. Kinh tế", "P. Kế toán")] == [None, "a", "b"]


ODD_NAMES = (
    "P. VH-XH",
    "TT. VH/TT & DL",
    "Phòng A, B và C",
    "Tổ 1/2",
    "Trường TH (cơ sở 2)",
    "Cty; X",
    "Q. 1+2",
)


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("cell", ["{}", "- {}.\n- UBND xã", "{}, UBND xã", "{}. UBND xã.", "{} và UBND xã"])
def test_a_spelling_added_to_the_directory_always_works(office: Office, name: str, cell: str) -> None:
    added = Body("added", "Tổ bổ sung mới", "Tổ bổ sung", (name,))
    directory = Directory.of(office._replace(bodies=(added, *office.bodies)))

    listed = named(cell.format(name), directory)
    assert listed == ["added", "ubnd"][: len(listed)]
    assert named(f"Các thôn. {name}.", directory) == ["cac_thon", "added"]


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


PIECES = (
    *("P. VH-XH", "TT", "Sở Y tế", "và", "&", ", ", "; ", ". ", "\n- ", "(chủ trì)", "(", ")", "Đ/c A"),
    *("UBND xã", "12 ấp", "HĐND", "các", "1)", " - ", "/", "a.b", "-", "…"),
)


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_no_word_of_a_cell_is_lost(pieces: list[str], directory: Directory) -> None:
    cell = "".join(pieces)

    found = mentions(cell, directory)

    kept = "".join(f"{mention.written} {mention.remark or ''}" for mention in found)
    heard = {letter for letter in re.sub(r"\bvà\b|^\s*1\)", "", cell) if letter.isalpha()}
    assert heard <= set(kept)


@pytest.mark.parametrize(
    "piece", ["P. ", "a, ", "và ", "( ", "Văn phòng HĐND & ", "\n", " - ", "UBND ", "Các thôn "]
)
def test_a_cell_of_a_million_letters_is_read_in_time_that_grows_with_it(
    piece: str, directory: Directory
) -> None:
    def once(cell: str) -> float:
        begun = time.process_time()
        mentions(cell, directory)
        return time.process_time() - begun

    def seconds(cell: str) -> float:
        return min(once(cell) for _ in range(3))  # the least: a collection of garbage is none of it

    short, long = seconds(piece * 400), seconds(piece * 3_200)

    assert long < 30 * max(short, 0.005)


@given(cell=st.text(alphabet="UBNDxã -–.,;()\n&/và Các thôn", max_size=80))
def test_nothing_is_named_that_the_cell_does_not_hold(cell: str, directory: Directory) -> None:
    # `xã.Các` is written out as `xã. Các`.
    held = "".join(cell.split())

    for form in ("NFC", "NFD"):
        for mention in mentions(unicodedata.normalize(form, cell), directory):
            assert mention.written.replace(" ", "") in held
