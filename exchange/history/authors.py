"""Authors of an initiative as a cell lists them: `Nguyễn Thị A (60%), Trần Văn B: 40 %`."""

from __future__ import annotations

import re

APART = re.compile(r"[;\n]|,(?![^(]*\))|\s+và\s+|(?<=%\))\s+|(?<=%)\s+(?=[^\W_])|\s(?=\d{1,2}\.\s)")
SHARE = re.compile(r"[\s:(–-]*(\d{1,3})\s*%\s*\)?")
COUNTED = re.compile(r"^\s*(?:\d{1,2}[.)]|[-+•*])\s*")


def authors(text: str, shares: str = "") -> list[tuple[str, int | None]]:
    """Each name as written, with the share that stands behind it or at the same place of another cell."""
    parts = [part for part in APART.split(text) if part.strip()]
    beside = [int(number) for number in re.findall(r"\d{1,3}", shares)]
    found: list[tuple[str, int | None]] = []
    for at, part in enumerate(parts):
        match = SHARE.search(part)
        name = COUNTED.sub("", part[: match.start()] if match else part).strip(" .,;:")
        share = int(match[1]) if match else beside[at] if at < len(beside) else None
        found.append((name, share))
    return found
