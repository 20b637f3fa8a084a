"""Initiatives as lists write them: name, number and day in columns of their own, in one, or in the
remarks."""

from __future__ import annotations

import re
from datetime import date

from exchange.lists.births import ANYWHERE, day_in
from exchange.lists.values import Initiative
from workflow.model.wording import fold

NUMBER = re.compile(
    r"(?<![\d/])(\d{1,5}(?:/20\d\d)?(?:-[A-ZĐ]\w*)?\s*/\s*[A-ZĐa-zđ][\w.&]*(?:-\w[\w.&]*|\s+-\s*[A-ZĐ][\w.&]*)*)(?<!\.)"
)
"""`21/QĐ-UBND`, `05/2026/TTr-TYT`, `41-CV/ĐTN`."""
LEADING = re.compile(
    r"(?:\b(?:được|đã)?\s*(?:công nhận\s+)?(?:tại|theo)?\s*(?:QĐ|quyết định)?\s*(?:số)?\s*:?\s*)$",
    re.IGNORECASE,
)
"""What leads over from an initiative's name to the decision's number."""
QUOTED = " .,;:–-(“”\"'"
IN_NOTE = re.compile(r"\bSK(?:KN)?\b|sáng kiến|đề tài", re.IGNORECASE)
BEHIND = re.compile(r":\s*([^\d\s].+)")
"""A name behind the decision."""
NONE = frozenset({"", "khong", "khong co", "chua", "chua co", "-", "0", "ko", "k"})


def number_in(text: str) -> str | None:
    """The number of a paper, without blanks."""
    match = NUMBER.search(text)
    return re.sub(r"\s", "", match[1]) if match else None


def initiative(name: str, paper: str, day: date | None, today: date) -> Initiative | None:
    """Of the text with its name, of that with the decision, and of a day in a cell of its own. Each of the
    texts may hold all of it: `Góc vui chơi (QĐ số 21/QĐ-UBND ngày 20/5/2026)`."""
    texts = (paper, name)
    number = next(filter(None, map(number_in, texts)), None)
    if day is None and number is not None:
        day = next(filter(None, (day_in(text, today) for text in texts)), None)
    elif day is None:
        day = day_in(paper, today)
    read = Initiative(_named(name) or (_named(paper) if NUMBER.search(paper) else None), number, day)
    return read if read.said else None


def _named(text: str) -> str | None:
    """The name that stands before the decision; None for what says that there is none."""
    text = " ".join(text.split())
    number = NUMBER.search(text)
    if number:
        text = text[: number.start()]
        text = LEADING.sub("", text)
    name = ANYWHERE.sub("", text).strip(QUOTED) if number else text.strip(QUOTED)
    return None if fold(name) in NONE or len(name) < 3 else name


def initiative_in_note(note: str, today: date) -> Initiative | None:
    """`SK: QĐ 21/QĐ-UBND 20/5/2026` in the remarks, or with its name: `SK số 31/QĐ-UBND …: Số hóa văn
    kiện`."""
    said = IN_NOTE.search(note)
    found = NUMBER.search(note, said.end()) if said else None
    if said is None or found is None:
        return None
    named = BEHIND.search(note, found.end())
    name = named[1].strip(QUOTED) if named else _named(note[said.end() : found.end()])
    return Initiative(name or None, number_in(found[0]), day_in(note[found.end() :], today))
