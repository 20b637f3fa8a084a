"""Mail addresses as every server takes them, and addresses with names as people write them."""

from __future__ import annotations

import pytest

from workflow.notices.addresses import NamedAddress, mail_address, named_address


@pytest.mark.parametrize(
    "address", ["a@b.vn", "van.thu@diemhe.langson.gov.vn", "x+y_z'@a-b.example", f"{'a' * 64}@b.vn"]
)
def test_an_address_that_every_server_takes_stays_as_it_is(address: str) -> None:
    assert mail_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        "", "a", "@b.vn", "a@", "a@b", "a@@b.vn", "a b@c.vn", "Văn thư <a@b.vn>", "văn.thư@b.vn", "a@b..vn",
        ".a@b.vn", "a.@b.vn", "a@-b.vn", "a@b.vn\nBcc: c@d.vn", "a@b.vn,c@d.vn", f"{'a' * 65}@b.vn",
        f"a@{'b.' * 130}vn", "a@b.vn ", "a@điềm..vn", f"a@{'đ' * 64}.vn", "a@điềm he.vn", "a@\udc80.vn",
    ],
)  # fmt: skip
def test_what_no_server_takes_is_no_address(address: str) -> None:
    assert mail_address(address) is None


def test_a_domain_with_marks_has_its_form_for_servers() -> None:
    assert mail_address("van.thu@điềmhe.vn") == "van.thu@xn--imhe-zua5176b.vn"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("tdkt@diemhe.gov.vn", ""),
        ("<tdkt@diemhe.gov.vn>", ""),
        ("TĐKT xã Điềm He <tdkt@diemhe.gov.vn>", "TĐKT xã Điềm He"),
        ("Thi đua, khen thưởng <tdkt@diemhe.gov.vn>", "Thi đua, khen thưởng"),
        ('"Thi đua, khen thưởng" <tdkt@diemhe.gov.vn>', "Thi đua, khen thưởng"),
        (r'"Tổ \"Một\"" <tdkt@diemhe.gov.vn>', 'Tổ "Một"'),
        ('Tổ "Một" <tdkt@diemhe.gov.vn>', 'Tổ "Một"'),
        ("  A\t B <tdkt@diemhe.gov.vn> ", "A B"),
        ("=?utf-8?b?eA==?= <tdkt@diemhe.gov.vn>", "=?utf-8?b?eA==?="),
    ],
)
def test_an_address_may_have_a_name_as_people_write_it(written: str, name: str) -> None:
    assert named_address(written) == NamedAddress(name, "tdkt@diemhe.gov.vn")


@pytest.mark.parametrize(
    "written", ["", "Điềm He", "A <>", "A <b>", "A\n <a@b.vn>", "A\x1b[m <a@b.vn>", "A <a@b.vn> B"]
)
def test_anything_else_is_no_address_with_a_name(written: str) -> None:
    assert named_address(written) is None
