"""The phrases with which plans speak of time, found in a text from left to right.

`phrases_in` accounts for every word of the text: what no wording takes and `FILLERS` does not cover is told
as `rest`, so that no date is taken of a text half understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from exchange.plan.document import plain
from exchange.plan.periods import Named
from exchange.plan.wordings import COMPILED, Match, Meaning, weekday
from workflow.model.body_tokens import BULLETS
from workflow.model.signs import composed


@dataclass(slots=True)
class Phrases:
    """What one text says of time.

    `always`: work all year round. `lunar`: a day of the moon's calendar. `relative`: counted from another
    event. `rest`: words are not read. `dangling`: a unit without its number (*ngày … tháng … năm 2026*).
    """

    named: list[Named] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    always: bool = False
    lunar: bool = False
    relative: bool = False
    rest: bool = False
    dangling: bool = False


# The letters

NUMBER_WORDS = {"một": 1, "nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7}
NUMBER_WORDS |= {"bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12}
# Told with their marks: without them `sau` is both six and after, `nam` both five and year.
NUMBER_WORD = re.compile(
    r"\b(tháng|qu[ýí](?: thứ)?|tuần(?: thứ)?|thứ)\s+"
    r"(mười một|mười hai|mười|một|nhất|hai|ba|tư|bốn|năm(?!\s*:?\s*\d)|sáu|bảy|bẩy|tám|chín)\b(?!\s+lần)"
)
NUMBER_BEFORE = re.compile(r"\b(ba|sáu|chín|mười hai)(?=\s+tháng\b)")
LUNAR_MARK = re.compile(r"\bâm(?:\s+lịch)?\b|\bâl\b|\bam\s+lich\b")
ARROW = re.compile(r"[→÷~⇒]")
SUMMER = re.compile(r"\bhè\b")
CUT = re.compile(r"(?<=/) \| (?=\d)|(?<=\d) \| (?=/)|(?<=tháng) \| (?=\d)|(?<=quý) \| (?=[\divx])")


def words_of(text: str) -> str:
    """The text in plain letters, its number words as digits; ` | ` stands where a line ends."""
    lines = composed(text).casefold().split("\n")
    bare = [line.strip().lstrip(BULLETS + " ") for line in lines if line.strip()]
    joined = " | ".join(_without_count(line, place) for place, line in enumerate(bare, start=1))
    joined = NUMBER_WORD.sub(lambda match: f"{match[1]} {NUMBER_WORDS[match[2]]}", CUT.sub(" ", joined))
    joined = NUMBER_BEFORE.sub(lambda match: str(NUMBER_WORDS[match[1]]), joined)
    joined = SUMMER.sub("mua he", LUNAR_MARK.sub(" amlich ", ARROW.sub("-", joined)))
    return plain(joined)


def _without_count(line: str, place: int) -> str:
    """The line without the number or letter that counts it: `2. Tháng 12` as the second one."""
    return re.sub(rf"^\(?(?:{place}|{'abcd'[min(place, 4) - 1]})[.)]\s+(?=\w)", "", line)


FILLERS = re.compile(
    r"truoc|ngay|cham|nhat|la|het|den|toi|tu|vao|trong|hoan|thanh|tat|xong|thoi|gian|han|du|kien|khoang|va|moc"
    r"|cua|bao|cao|nop|gui|thuc|hien|trien|khai|to|chuc|ket|muon|tre|som|cung|luc|sang|chieu|gio|dip|duong|lich"
    r"|dl|chu|cn|lam|tai|nhiem|vu"
)
"""Words beside a date that change nothing about it."""

BOUNDS = frozenset(("truoc", "nhat", "den", "toi", "het", "han"))
OPEN_DAY = re.compile(r"\bngay[\W_]*$")
OPENERS = frozenset(("tu", "sau", "ke"))
UNTIL = frozenset(("den", "toi"))
AND = frozenset(("va", "hoac"))
UNITS = frozenset(("thang", "quy", "qui"))


def phrases_in(words: str) -> Phrases:
    """All phrases of `words` (see `words_of`), from left to right."""
    said = Phrases()
    end, gap = 0, ""
    for meaning, match in _found(words):
        gap += words[end : match.start()]
        end = match.end()
        if callable(meaning):
            first, *others = meaning(match)
            said.named += [_linked(first, gap, said.named), *others]
            # `ngày … tháng 6`: the day was left open.
            said.rest = said.rest or (first.day is None and OPEN_DAY.search(gap) is not None)
            _account(gap, said)
            gap = ""
        elif meaning == "weekdays":
            said.weekdays.append(weekday(match))
        elif meaning is not None:
            setattr(said, meaning, True)
    _account(gap + words[end:], said)
    return said


def _found(words: str) -> Iterator[tuple[Meaning, Match]]:
    """The matches without overlaps, the leftmost first; a pattern is searched again only where it must be."""
    at = 0
    waiting = {index: match for index, (_, one) in enumerate(COMPILED) if (match := one.search(words))}
    while waiting:
        index, match = min(waiting.items(), key=lambda item: (item[1].start(), item[0]))
        yield COMPILED[index][0], match
        at = match.end()
        for stale in [key for key, found in waiting.items() if found.start() < at]:
            again = COMPILED[stale][1].search(words, at)
            if again:
                waiting[stale] = again
            else:
                del waiting[stale]


def _linked(named: Named, gap: str, before: list[Named]) -> Named:
    """The value with what the words between it and the ones before say of it."""
    words = re.findall(r"[a-z]+", gap)
    said = [word for word in words if word in BOUNDS | OPENERS]
    until = "-" in gap or not UNTIL.isdisjoint(words)
    apart = (";" in gap or "|" in gap) and bool(before) and not before[-1].opened
    period = named.day is None and (not named.derived or named.months == 12) and not named.whole
    return replace(
        named,
        ranged=bool(before) and until and not apart,
        joined=bool(before) and (not AND.isdisjoint(words) or "+" in gap or "&" in gap),
        bounded=bool(said) and said[-1] in BOUNDS,
        opened=bool(said) and said[-1] in OPENERS,
        shifted=period and words[-1:] == ["truoc"],
    )


def _account(gap: str, said: Phrases) -> None:
    """Tells where words between the phrases say something that is not read."""
    left = [word for word in re.findall(r"\w+", gap) if not FILLERS.fullmatch(word)]
    said.rest = said.rest or bool(left)
    said.dangling = said.dangling or not UNITS.isdisjoint(left)
