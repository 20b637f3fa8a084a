"""Passwords as argon2id hashes. The library is loaded where a password is hashed or checked, nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflow.model.errors import TdktError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

STRANGER = "$argon2id$v=19$m=65536,t=3,p=4$twlvyh0WVzymfUhBTVs80g$cLaJxD1wt+tMENo/Dgu6bYHvYbIE0b4vO9vteolR/Bw"
"""The hash of nobody's password: checked where there is no such login, so that this takes as long."""


class NoPasswordLibrary(TdktError):
    """Passwords need the package argon2-cffi: install tdkt[web], then repeat."""

    code = "no_password_library"


def hashed(password: str) -> str:
    """Takes a tenth of a second and 64 MiB, as it should."""
    return _hasher().hash(password)


def is_it(password: str, kept: str) -> bool:
    """Whether it is the password of the hash."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def is_older(kept: str) -> bool:
    """Whether the hash was made with parameters that have changed since."""
    return _hasher().check_needs_rehash(kept)


def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError:
        raise NoPasswordLibrary() from None
    return PasswordHasher()
