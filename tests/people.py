"""The accounts of the shipped office Điềm He by their positions, for tests that name who acts.

The villages' and the school's representatives have the codes of the bodies that they speak for.
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
AUDITOR = "giam-sat"
ADMINISTRATOR = "quan-tri"
