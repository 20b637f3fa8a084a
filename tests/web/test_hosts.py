"""Under which name a PC serves its LAN: a name that leads nowhere, or elsewhere, is told with the cure."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest

from runtime.office.sentences import sentence
from web.hosts import NameElsewhere, NameUnknown, addresses_of, names_here, served_names


def test_a_name_of_this_pc_leads_to_its_addresses() -> None:
    assert "127.0.0.1" in addresses_of("localhost")
    assert addresses_of("127.0.0.1") == ("127.0.0.1",)


@pytest.mark.parametrize("name", ["khong-co-may-nay.invalid", "", "a..b", "x" * 300, "tên máy.invalid"])
def test_a_name_that_leads_nowhere_is_told_with_what_this_pc_has(name: str) -> None:
    with pytest.raises(NameUnknown) as caught:
        addresses_of(name)

    assert caught.value.exit_code == 2
    assert caught.value.operands == {"ten": name, "danh_sach": ", ".join(names_here())}
    assert sentence(caught.value, "vi").startswith(f"Không tìm thấy máy nào có tên '{name}'. Máy này là ")


def test_a_name_of_another_pc_is_told_with_what_this_pc_has() -> None:
    with pytest.raises(NameElsewhere) as caught:
        addresses_of("192.0.2.77")

    assert caught.value.exit_code == 2
    assert caught.value.operands["noi"] == "192.0.2.77"
    assert sentence(caught.value, "vi").startswith("'192.0.2.77' (192.0.2.77) là máy khác. Máy này là ")


def test_what_is_offered_can_be_chosen_and_served_at() -> None:
    for name in names_here():
        for address in addresses_of(name):
            with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as tried:
                tried.bind((address, 0))


def test_a_certificate_is_for_the_name_and_for_all_addresses_of_the_lan() -> None:
    served = served_names("localhost")

    assert served[0] == "localhost"
    assert len(served) == len(set(served))
    lan = {name for name in names_here() if name != socket.gethostname()}
    assert {each for each in lan if not ip_address(each).is_loopback} <= set(served)
