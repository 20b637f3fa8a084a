"""Under which name and addresses this PC serves its LAN."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import ip_address

from workflow.model.errors import UsageMistake

# Addresses of documentation (RFC 5737, 3849): nothing is sent to them, the system only chooses a way there.
_AWAY = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


class NameUnknown(UsageMistake):
    """No PC is found under the name '{ten}'. This one is {danh_sach}: choose one of these for --lan."""

    code = "lan_name_unknown"


class NameElsewhere(UsageMistake):
    """'{ten}' ({noi}) is another PC. This one is {danh_sach}: choose one of these for --lan."""

    code = "lan_name_elsewhere"


def addresses_of(name: str) -> tuple[str, ...]:
    """The IP addresses to which a host name of this PC leads; an address leads to itself.

    Raises NameUnknown, NameElsewhere.
    """
    found = _resolved(name)
    if not found:
        raise NameUnknown(ten=name, danh_sach=", ".join(names_here()))
    if not any(map(_is_here, found)):
        raise NameElsewhere(ten=name, noi=", ".join(found), danh_sach=", ".join(names_here()))
    return found


def served_names(name: str) -> tuple[str, ...]:
    """The name with its addresses and this PC's others: all that a certificate must be for.

    Raises what `addresses_of` does.
    """
    return tuple(dict.fromkeys([name, *addresses_of(name), *_own_addresses()]))


def names_here() -> tuple[str, ...]:
    """The name of this PC and its addresses in the LAN, as people may type them."""
    own = socket.gethostname()
    known = [own] if any(map(_is_here, _resolved(own))) else []
    return (*known, *_own_addresses()) or ("127.0.0.1",)


def _own_addresses() -> list[str]:
    """Those by which other PCs reach this one, the one towards them first."""
    found: dict[str, None] = {}
    for family, away in _AWAY:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((away, 9))
            found[asking.getsockname()[0]] = None
    found.update(dict.fromkeys(_resolved(socket.gethostname())))
    return [each for each in found if _is_here(each) and not ip_address(each).is_loopback]


def _resolved(name: str) -> tuple[str, ...]:
    """Without those that lead somewhere only by the network card that is named with them."""
    try:
        answers = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    found = dict.fromkeys(str(place[0]) for *_, place in answers)
    return tuple(each for each in found if not ip_address(each.partition("%")[0]).is_link_local)


def _is_here(address: str) -> bool:
    """Whether this PC can serve at the address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with suppress(OSError), socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.bind((address, 0))
        return True
    return False
