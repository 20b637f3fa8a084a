"""Names of bodies as documents write them, found in an office's directory.

A cell of a plan lists bodies with bullets, full stops, semicolons or line breaks between them, and the
names themselves hold commas and dashes; so known names are matched before anything is split. What the
directory does not know is handed back as written; no body is ever invented and no word is lost.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import takewhile

from workflow.model.body_names import DASHES, LEVELS, Directory
from workflow.model.body_tokens import parted, tokens
from workflow.model.body_words import (
    FIELDS,
    GROUP_HEADS,
    GROUP_PARTS,
    JOINT_LEFT,
    JOINT_RIGHT,
    LONGEST_PHRASE,
    MANY,
    OFFICES_OF_COUNCILS,
    OFFICES_OF_FIELDS,
    OPENERS,
    PERSONS,
    POSTS,
    SHORTENED,
    Words,
    begins_with,
)

LOOK_AHEAD = 8
"""Separators in a row that are looked over for the next name; more of them are a decoration."""

INSIDE_NAMES = frozenset({"word", "comma", "dash", "break", "and", "stop"})
ODD_SORTS = frozenset({"semicolon", "mark", "remark"})
DUTY = re.compile(
    r"\(\s*(?:là )?(?:cơ quan |đơn vị )?(?:chủ trì|phối hợp|thường trực|đầu mối|thực hiện|tham mưu)", re.I
)
PLACES = frozenset({("tp",), ("tx",), ("tt",), ("p",), ("q",), ("h",), ("x",)})
EDGES = ' .,;:…&"“”' + DASHES


@dataclass(frozen=True, slots=True)
class Mention:
    """One body named in a cell: `id` where the directory knows it, the name `written`, a closing `remark`."""

    id: str | None
    written: str
    remark: str | None = None

    @property
    def body(self) -> str:
        return self.id or self.written

    def remarked(self, text: str) -> Mention:
        """This mention with one more remark, given with its brackets."""
        remark = text.strip("() ")
        return replace(self, remark=f"{self.remark}; {remark}" if self.remark else remark)


def mentions(cell: str, directory: Directory) -> tuple[Mention, ...]:
    """The bodies that a cell lists, in its order, repetitions included.

    Line breaks of the cell are its paragraphs. Time grows with the length of the cell only.
    """
    return _Cell(cell, directory).mentions()


class _Cell:
    """One cell under reading: its tokens, and where a name begins and ends among them."""

    def __init__(self, cell: str, directory: Directory) -> None:
        self.text = parted(unicodedata.normalize("NFC", cell))
        self.directory = directory
        self.inside = INSIDE_NAMES | ODD_SORTS if directory.odd else INSIDE_NAMES
        self.tokens = tuple(tokens(self.text))
        self.bullet = self.tokens[0].text if self.tokens and self.tokens[0].sort == "dash" else None
        self.shouted = self.text.isupper()

    def mentions(self) -> tuple[Mention, ...]:
        found: list[Mention] = []
        before: list[str] = []
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.sort == "remark" and token.heard and found:
                found[-1] = found[-1].remarked(token.text)
            elif token.sort == "remark" and token.heard:
                before.append(token.text)
            if token.sort != "word" or not token.heard:
                at += 1
                continue
            id, end = self._known(at) or (None, self._end_of_unknown(at))
            found.append(Mention(id, self._written(at, end)))
            at = end
        if found and before:
            found[0] = found[0].remarked(" ".join(before))
        return tuple(found) or tuple(Mention(None, text) for text in before)

    # Known names

    def _known(self, start: int) -> tuple[str, int] | None:
        """The longest known name that begins at `start` and ends where a name can end."""
        for id, end in reversed(self._candidates(start)):
            for closed in self._closings(end):
                if self._ends(closed, start, known=id):
                    return id, closed
        return None

    def _candidates(self, start: int) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        walk = self.directory.walk()
        for at in range(start, min(start + 4 * self.directory.longest, len(self.tokens))):
            token = self.tokens[at]
            if token.sort not in self.inside or walk.over:
                break
            for word in token.heard:
                walk = walk.step(word)
            if token.heard and walk.id:
                found.append((walk.id, at + 1))
        return found

    def _closings(self, end: int) -> list[int]:
        """Where a name may end when it stands whole at `end`: after its level word and place, or there."""
        closings = {end}
        for ending in self.directory.endings():
            heard: Words = ()
            at = end
            while at < len(self.tokens) and len(heard) < len(ending):
                if self.tokens[at].sort not in ("word", "break"):
                    break
                heard += self.tokens[at].words
                at += 1
            if heard == ending:
                closings.add(at)
        return sorted(closings, reverse=True)

    # Where a name ends

    def _end_of_unknown(self, start: int) -> int:
        for at in range(start + 1, len(self.tokens)):
            if self._ends(at, start):
                return at
        return len(self.tokens)

    def _ends(self, at: int, start: int, *, known: str | None = None) -> bool:
        """Whether the name begun at `start`, of the body `known`, ends before the token `at`."""
        if at >= len(self.tokens):
            return True
        match self.tokens[at].sort:
            case "semicolon" | "mark":
                return True
            case "remark":
                return known is not None or DUTY.match(self.tokens[at].text) is not None
            case "stop":
                return not self._shortens(at, start)
            case "break":
                return self._ends_at_break(at, start, known)
            case "comma" | "and" | "dash":
                return self._ends_in_list(at, start, known)
        return known is not None and bool(self._candidates(at))

    def _shortens(self, at: int, start: int) -> bool:
        """`P. Kinh tế`, `TT. HĐND`, `UBND TP. Huế`: a full stop that shortens a word and ends nothing."""
        following = self._after(at)
        if following is None or following > at + 2:
            return False
        token = self.tokens[at - 1]
        if len(token.text) == 1:
            return at - 1 == start or not self._another_follows(at, start)
        return token.words in SHORTENED and (at - 1 == start or token.words in PLACES)

    def _ends_at_break(self, at: int, start: int, known: str | None) -> bool:
        # What stands before the break has told already that the name goes on.
        if self.tokens[at - 1].sort in ("dash", "and", "stop"):
            return False
        if at + 1 < len(self.tokens) and self.tokens[at + 1].sort == "and":
            return self._ends(at + 1, start, known=known)
        following = self._after(at)
        return following is None or self._another_follows(at, start) or self.tokens[following].capitalised

    def _ends_in_list(self, at: int, start: int, known: str | None) -> bool:
        """Whether a comma, `và` or a dash parts two bodies, and not two words of one name."""
        token = self.tokens[at]
        following = self._after(at)
        if following is None:
            return True
        if self._is_joint_office(at, start, following) or self._is_post(start, following):
            return False
        if known and self._candidates(following):
            return True
        if self._is_tight(at) and (token.text == "&" or not known):
            return token.text == "/" and self._opens(following) and self.tokens[following].capitalised
        if self._is_group_part(start, following):
            return False
        if self._another_follows(at, start) or self._is_count(start, following):
            return True
        if token.sort == "dash":
            return self._dash_ends(at, start)
        return self.tokens[following].capitalised and not self._is_field(at, start, following, known)

    def _dash_ends(self, at: int, start: int) -> bool:
        if self.tokens[at - 1].sort == "break" or self.tokens[at - 1].words in LEVELS:
            return True
        return self.tokens[at].text == self.bullet and not self._heads(start, OFFICES_OF_FIELDS)

    def _is_joint_office(self, at: int, start: int, following: int) -> bool:
        """`Văn phòng HĐND và UBND` is one office, whatever joins the two councils."""
        left = tuple(
            word for token in self.tokens[max(start, at - LONGEST_PHRASE) : at] for word in token.words
        )
        return (
            self._heads(start, OFFICES_OF_COUNCILS)
            and any(left[-length:] in JOINT_LEFT for length in range(1, LONGEST_PHRASE + 1))
            and self._heads(following, JOINT_RIGHT)
        )

    def _is_post(self, start: int, following: int) -> bool:
        """`Đ/c Nguyễn Văn A, Trưởng thôn`: a person's post goes on with the person."""
        return self._heads(start, PERSONS) and self._heads(following, POSTS)

    def _is_tight(self, at: int) -> bool:
        """`KT&BĐCL`, `phòng/ban`: a sign between two words without a space."""
        token = self.tokens[at]
        around = self.text[token.start - 1 : token.end + 1]
        return token.text in ("&", "/") and not any(sign.isspace() for sign in around)

    def _is_group_part(self, start: int, following: int) -> bool:
        """`Các phòng, ban, đơn vị`: what goes on with a name of many."""
        if not (self._heads(start, GROUP_HEADS) and self._heads(following, GROUP_PARTS)):
            return False
        phrase = self.tokens[following + 1 : following + 1 + LOOK_AHEAD]
        others = takewhile(lambda token: token.sort == "word", phrase)
        return not any(token.capitalised for token in others)

    def _is_count(self, start: int, following: int) -> bool:
        """`Công an xã, 12 ấp`, but not `Thôn 1, 2`."""
        return (
            self.tokens[following].text.isdigit()
            and begins_with(self._phrase(following)[1:], GROUP_PARTS)
            and not self._heads(start, GROUP_PARTS)
        )

    def _is_field(self, at: int, start: int, following: int, known: str | None) -> bool:
        """Whether an office's name goes on with another of its fields: `Sở Văn hóa, Thể thao và Du lịch`."""
        if not self._heads(start, OFFICES_OF_FIELDS) or self.tokens[at - 1].words in LEVELS:
            return False
        if known:
            return self._heads(following, FIELDS)
        return self.tokens[at].sort == "and" or self.shouted or not self._is_acronym(following)

    def _is_acronym(self, at: int) -> bool:
        """Two letters are a field (`Phòng VH, TT`), more are a body (`VNPT`)."""
        return any(len(word.initials) > 2 for word in self.tokens[at].heard)

    def _another_follows(self, at: int, start: int) -> bool:
        following = self._after(at)
        if following is None:
            return False
        if self._candidates(following) or self._heads(following, MANY):
            return True
        if not self._opens(following):
            return False
        # `phòng thủ` and `tổ chức` begin as bodies do: a small letter opens another name after a comma only.
        return self.tokens[following].capitalised or (
            self.tokens[at].sort == "comma" and not self._heads(start, GROUP_HEADS)
        )

    def _opens(self, at: int) -> bool:
        shortened = self.tokens[at + 1 : at + 2]
        return self._heads(at, OPENERS) or bool(
            shortened and shortened[0].sort == "stop" and self.tokens[at].words in SHORTENED
        )

    def _heads(self, at: int, phrases: frozenset[Words]) -> bool:
        return begins_with(self._phrase(at), phrases)

    def _phrase(self, at: int) -> Words:
        """The words that stand side by side from `at` on, as many as a phrase may have."""
        beside = takewhile(lambda token: token.sort == "word", self.tokens[at : at + LONGEST_PHRASE])
        return tuple(word for token in beside for word in token.words)

    def _after(self, at: int) -> int | None:
        """The index of the first word after the separator `at`, or None when the cell ends."""
        for index in range(at + 1, min(at + 1 + LOOK_AHEAD, len(self.tokens))):
            if self.tokens[index].sort == "word" and self.tokens[index].heard:
                return index
            if self.tokens[index].sort in ("semicolon", "remark"):
                return None
        return None

    def _written(self, start: int, end: int) -> str:
        written = self.text[self.tokens[start].start : self.tokens[end - 1].end]
        return " ".join(written.split()).strip(EDGES)
