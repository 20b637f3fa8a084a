"""The codes of receipts: whoever has one sees how what was handed in stands, and nothing personal.

A code is made of the office's own key, so it can be printed again at any time and guessed by nobody.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from hashlib import sha256

from workflow.model.facts import Key

GROUP, GROUPS = 4, 4
"""Sixteen signs, which are eighty bits, in groups that can be read out."""


def sent_code(key: bytes, entry: str) -> str:
    """Of what came by a link, by its entry's id: `ABCD-EFGH-IJKL-MNOP`."""
    return _code(key, f"submission {entry}")


def dossier_code(key: bytes, dossier: Key) -> str:
    """Of a dossier: `2026-D0001-ABCD-EFGH-IJKL-MNOP`."""
    return f"{dossier.year}-{dossier.ref}-{_code(key, f'dossier {dossier.year} {dossier.ref}')}"


def dossier_meant(key: bytes, office: str, code: str) -> Key | None:
    """The dossier whose code this is; None where it is none's."""
    year, _, rest = bare(code).partition("-")
    ref = rest.partition("-")[0]
    # Of signs beyond ASCII `compare_digest` would raise.
    if not (code.isascii() and year.isdecimal() and len(year) == 4):
        return None
    meant = Key(office, int(year), ref)
    return meant if hmac.compare_digest(dossier_code(key, meant), bare(code)) else None


def bare(code: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(code.split()).upper()


def _code(key: bytes, what: str) -> str:
    made = b32encode(hmac.new(key, f"receipt {what}".encode(), sha256).digest()).decode()
    return "-".join(made[at : at + GROUP] for at in range(0, GROUP * GROUPS, GROUP))
