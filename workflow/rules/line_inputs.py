"""Inputs that name items and lines of other items, what was counted on them, hours and sums of money.

Each parser is told the words alone and raises NotAnInput; `workflow.rules.inputs` gathers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workflow.rules.not_an_input import NotAnInput, quoted

_SEPARATOR = re.compile(r"[,;\s]+")
_REF = re.compile(r"(?:[0-9]{4}/)?([A-Za-z])([0-9]{1,6})")
_LINE = re.compile(rf"({_REF.pattern})/([1-9][0-9]{{0,5}})(?:-([1-9][0-9]{{0,5}}))?")
_HOUR = re.compile(r"([0-9]{1,2})(?:[:hg]|\s*giờ\s*)([0-9]{2})?(?:\s*phút)?", re.IGNORECASE)
_COUNT = re.compile(r"([a-z]+)=([0-9]{1,5})")
_MONEY = re.compile(r"[0-9]{1,3}(?:[.,\s][0-9]{3})*|[0-9]{1,15}")
MOST_LINES = 5_000
"""Lines that one range may name: a slip of the pen is no list."""
DIGITS = {"T": 2, "D": 4, "S": 2, "Q": 2}
"""How many digits the number of a reference has at least, by its letter."""


def refs_of(text: str) -> tuple[str, ...]:
    """References as `D0001,D0002`, each once in the order of the words; a year before one is left out."""
    found = dict.fromkeys(_ref(part, text) for part in _parts(text))
    if not found:
        raise _no_refs(text)
    return tuple(found)


def lines_of(text: str) -> tuple[str, ...]:
    """Lines of dossiers as `D0001/1-3,D0002/2`, each once in the order of the words."""
    found = dict.fromkeys(line for part in _parts(text) for line in _lines(part, text))
    if not found:
        raise _no_lines(text)
    return tuple(found)


def counts_of(text: str) -> tuple[str, ...]:
    """What was counted on lines, `D0001/5:for=7,against=1;D0001/6:for=8,against=0`: one word a line, its
    counts in the order of the alphabet. A line that is named twice is refused."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        named, _colon, said = part.partition(":")
        counts = dict(pair for word in said.split(",") for pair in _count(word, text))
        for line in lines_of(named):
            if line in found:
                raise NotAnInput("counted_twice", "'{gia_tri}' is counted twice; keep one", gia_tri=line)
            found[line] = ",".join(f"{name}={counts[name]}" for name in sorted(counts))
    if not found:
        raise _no_counts(text)
    return tuple(f"{line}:{said}" for line, said in found.items())


def counted(words: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """The counts that `counts_of` wrote, by line and name."""
    found: dict[str, dict[str, int]] = {}
    for word in words:
        line, _colon, said = word.partition(":")
        pairs = (each.partition("=") for each in said.split(","))
        found[line] = {name: int(count) for name, _is, count in pairs}
    return found


def hour_of(text: str) -> str:
    """An hour of the day as `08:40`, typed `8:40`, `8h40` or `8 giờ 40`."""
    match = _HOUR.fullmatch(text.strip())
    if match is None or not (int(match[1]) < 24 and int(match[2] or 0) < 60):
        said = "'{gia_tri}' is no hour; write it like 08:40"
        raise NotAnInput("no_hour", said, gia_tri=quoted(text))
    return f"{int(match[1]):02}:{int(match[2] or 0):02}"


def money_of(text: str) -> int:
    """Whole đồng, typed with points between thousands or without."""
    words = re.sub(r"\s*(đồng|đ|vnđ|vnd|₫)\.?$", "", text.strip(), flags=re.IGNORECASE)
    if not _MONEY.fullmatch(words):
        said = "'{gia_tri}' is no sum in đồng; write it like 60.000.000"
        raise NotAnInput("no_money", said, gia_tri=quoted(text))
    return int(re.sub(r"\D", "", words))


def _parts(text: str) -> list[str]:
    return [part for part in _SEPARATOR.split(text.strip()) if part]


def _ref(part: str, whole: str) -> str:
    match = _REF.fullmatch(part)
    if match is None or match[1].upper() not in DIGITS:
        raise _no_refs(whole)
    return _written(match[1], match[2])


def _written(letter: str, number: str) -> str:
    return f"{letter.upper()}{int(number):0{DIGITS[letter.upper()]}}"


def _lines(part: str, whole: str) -> Iterator[str]:
    match = _LINE.fullmatch(part)
    if match is None or match[2].upper() != "D":
        raise _no_lines(whole)
    first = int(match[4])
    last = int(match[5] or first)
    if not 0 <= last - first < MOST_LINES:
        raise _no_lines(whole)
    for no in range(first, last + 1):
        yield f"{_written(match[2], match[3])}/{no}"


def _count(word: str, whole: str) -> Iterator[tuple[str, int]]:
    match = _COUNT.fullmatch(re.sub(r"\s", "", word))
    if match is None:
        raise _no_counts(whole)
    yield match[1], int(match[2])


def _no_refs(text: str) -> NotAnInput:
    return NotAnInput("no_refs", "'{gia_tri}' names no items; write D0001,D0002", gia_tri=quoted(text))


def _no_lines(text: str) -> NotAnInput:
    said = "'{gia_tri}' names no lines; write D0001/1,D0002/3 or D0001/1-5"
    return NotAnInput("no_lines", said, gia_tri=quoted(text))


def _no_counts(text: str) -> NotAnInput:
    said = "'{gia_tri}' is no count of lines; write D0001/5:for=7,against=1"
    return NotAnInput("no_counts", said, gia_tri=quoted(text))
