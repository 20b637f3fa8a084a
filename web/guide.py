"""The page for the other PCs of a LAN: how each comes to trust the office's own authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from runtime.office.words import Words
from web.certificates import Certificates

PARTS: Mapping[str, tuple[str, ...]] = {
    "windows": ("look", "install", "store", "confirm", "remove"),
    "firefox": ("windows", "open", "import", "trust"),
    "android": ("open", "install", "look"),
}


class Part(NamedTuple):
    """What is to be done in one kind of browser, step by step."""

    heading: str
    steps: tuple[str, ...]


def guide_values(certificates: Certificates, *, address: str, words: Words) -> Mapping[str, Any]:
    """What `guide.html` shows. `address` is where the console is, `https://vp-ubnd:8010/`.

    Windows shows an authority's fingerprint by SHA-1 only, the others by SHA-256.
    """
    operands = {"tep": certificates.cer.name, "ten": certificates.name, "noi": address}

    def said(key: str) -> str:
        return words(f"guide.{key}", **operands)

    parts = [
        Part(said(part), tuple(said(f"{part}_{step}") for step in steps)) for part, steps in PARTS.items()
    ]
    return {
        "language": words.language,
        "address": address,
        "file": certificates.cer.name,
        "title": said("title"),
        "why": said("why"),
        "before": Part(said("first"), (said("get"), said("compare"))),
        "fingerprints": [
            (said(algorithm), certificates.fingerprint(algorithm)) for algorithm in ("sha256", "sha1")
        ],
        "parts": parts,
        "after": Part(said("open"), (said("address"),)),
    }
