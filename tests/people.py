"""The accounts of the shipped office Điềm He by their positions, for tests that name who acts.

The villages' and the schools' representatives have the codes of the bodies that they speak for; the council's
members speak for their own bodies.
"""

from __future__ import annotations

CHAIR = "chu-tich"
VICE_CHAIR = "pho-chu-tich"
STANDING_MEMBER = "thuong-truc"
"""Head of the division and standing member of the council."""
SECRETARY = "thu-ky"
OFFICER = "chuyen-vien"
MEMBER, SECOND_MEMBER, THIRD_MEMBER = "uy-vien-1", "uy-vien-2", "uy-vien-3"
FOURTH_MEMBER, FIFTH_MEMBER = "uy-vien-4", "uy-vien-5"
RECORDS_CLERK = "van-thu"
ACCOUNTANT = "ke-toan"
VILLAGE, SECOND_VILLAGE, THIRD_VILLAGE = "thon-1", "thon-2", "thon-3"
SCHOOL = "truong-hoc"
NURSERY, PRIMARY = "truong-mam-non", "truong-tieu-hoc"
VILLAGES = (VILLAGE, SECOND_VILLAGE, THIRD_VILLAGE)
SCHOOLS = (NURSERY, PRIMARY, SCHOOL)
AGENCIES = (
    "van_phong",
    "kinh_te",
    "hanh_chinh_cong",
    "dang_uy",
    "mttq",
    "hoi_nong_dan",
    "hoi_phu_nu",
    "doan_thanh_nien",
    "hoi_cuu_chien_binh",
    "cong_an",
    "quan_su",
    "tram_y_te",
)
"""The bodies of the commune beside the division."""
ASKED = ("van_hoa_xa_hoi", *AGENCIES, *VILLAGES, *SCHOOLS)
"""Every body that is asked for dossiers, in the directory's order."""
REPRESENTATIVES = (
    "van-phong",
    "hanh-chinh-cong",
    "dang-uy",
    "hoi-nong-dan",
    "hoi-phu-nu",
    "hoi-cuu-chien-binh",
    "tram-y-te",
)
"""The heads of bodies who sit in no council."""
AUDITOR = "giam-sat"
ADMINISTRATOR = "quan-tri"
