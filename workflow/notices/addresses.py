"""Mail addresses and mailboxes as every server takes them."""

from __future__ import annotations

import re
from typing import NamedTuple

from workflow.model.signs import unreadable_sign

_LOCAL_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"(?P<local>{_LOCAL_PART})@(?:{_LABEL}(?:\.{_LABEL})+)")
_NAMED = re.compile(r"(?P<name>.*)<(?P<address>[^<>]*)>", re.DOTALL)
LONGEST_LOCAL_PART, LONGEST_ADDRESS = 64, 254


class NamedAddress(NamedTuple):
    """Whom a mail is from: `TĐKT xã Điềm He`, `tdkt@diemhe.gov.vn`. The name may be empty."""

    name: str
    address: str


def mail_address(text: str) -> str | None:
    """The address as every server takes it; None where `text` is none, or has a name or blanks about it.

    A domain with marks becomes its form for servers (`xn--…`). A local part with marks is refused: it takes
    SMTPUTF8 at every server on the way, and whether they know it shows only when a mail is lost.
    """
    local, _at, domain = text.rpartition("@")
    try:
        plain = text if text.isascii() else f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return None
    found = _ADDRESS.fullmatch(plain)
    if found is None or len(found["local"]) > LONGEST_LOCAL_PART or len(plain) > LONGEST_ADDRESS:
        return None
    return plain


def named_address(text: str) -> NamedAddress | None:
    """`Name <address>`, the name with or without quotation marks, or an address; None for anything else."""
    if unreadable_sign(text) or "\n" in text:
        return None
    named = _NAMED.fullmatch(text.strip())
    address = mail_address(named["address"].strip() if named else text.strip())
    if address is None:
        return None
    return NamedAddress(_unquoted(" ".join(named["name"].split())) if named else "", address)


def _unquoted(name: str) -> str:
    quoted = len(name) > 1 and name[0] == name[-1] == '"'
    return re.sub(r"\\(.)", r"\1", name[1:-1]) if quoted else name
