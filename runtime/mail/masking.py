"""A password taken out of what a server says, also as a login writes it: some servers repeat that line."""

from __future__ import annotations

import re
from base64 import b64encode
from itertools import groupby

LEAST = 6
"""So many signs of a secret in a row are taken out, whichever they are: a line may be repeated in part."""
MASK = "…"


def masked(said: str, *, user: str, password: str) -> str:
    """What the server said, with a mask for the password and for what is told of it in base64."""
    if not password:
        return said
    forms = [password, *(_base64(form) for form in (password, f"\0{user}\0{password}"))]
    pieces = {form[at : at + LEAST] for form in forms for at in range(max(len(form) - LEAST, 0) + 1)}
    # Matches overlap, so each is looked for ahead of where it begins.
    anywhere = re.compile(f"(?=({'|'.join(map(re.escape, pieces))}))", re.IGNORECASE)
    secret = [False] * len(said)
    for found in anywhere.finditer(said):
        begin, end = found.span(1)
        secret[begin:end] = [True] * (end - begin)
    runs = groupby(zip(said, secret, strict=True), key=lambda sign: sign[1])
    return "".join(MASK if hidden else "".join(sign for sign, _ in run) for hidden, run in runs)


def _base64(form: str) -> str:
    return b64encode(form.encode()).decode().rstrip("=")
