"""Names of bodies as documents write them, found in an office's directory.

A cell of a plan lists bodies with bullets, full stops, semicolons or line breaks between them, and the
names themselves hold commas and dashes; so known names are matched before anything is split. What the
directory does not know is handed back as written; no body is ever invented.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.model.office import Office

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
MARKS = "+*•·∙▪▫◦●○■□►➢✓\uf0b7\uf0a7\uf0d8"
"""Bullets that are no dashes; the last three are Word's own in its symbol fonts."""
BULLETS = DASHES + MARKS

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
LOOKALIKES = str.maketrans({"ð": "đ", **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")})
UNHEARD = re.compile(rf"[\s,.;:\"'“”{re.escape(DASHES)}]+")

TOKEN = re.compile(
    rf"(?P<break>\s*[\n\v]\s*)|(?P<space>\s+)|(?P<semicolon>;)|(?P<comma>[,/&])"
    rf"|(?P<stop>\.+(?=[\s;,{re.escape(BULLETS)}]|$))"
    rf"|(?P<mark>[{re.escape(MARKS)}])|(?P<dash>(?<![^\s.;])[{re.escape(DASHES)}](?=[\s\w]))"
    rf"|(?P<remark>\([^()\n]*\))|(?P<word>(?:\.(?=\w)|[^\s.;,/&])+|.)"
)
ENUMERATOR = re.compile(r"^[ \t]*\d{1,2}[.)][ \t]+", re.MULTILINE)
LOOK_AHEAD = 8
"""Separators in a row that are looked over for the next name; more of them are a decoration."""

INSIDE_NAMES = frozenset({"word", "comma", "dash", "break"})


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a cell; `sort` is the name of its group in `TOKEN`, `words` its folded words."""

    sort: str
    start: int
    end: int
    text: str
    words: tuple[str, ...]

    @property
    def capitalised(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Directory:
    """The folded names of an office's bodies, ready to be matched; made once per reading."""

    ids: Mapping[tuple[str, ...], str]
    longest: int
    title: tuple[str, ...]

    @classmethod
    def of(cls, office: Office) -> Directory:
        """Where two bodies share a name, the first of the office's file has it."""
        title = folded(office.title)
        ids: dict[tuple[str, ...], str] = {}
        for body in office.bodies:
            for name in (body.name, body.short, *body.spellings):
                ids.setdefault(_without_level(folded(name), title), body.id)
        ids.pop((), None)
        longest = max((len(name) for name in ids), default=0)
        return cls(MappingProxyType(ids), longest, title)

    def find(self, name: str) -> str | None:
        """The id of the body that a single `name` means, or None."""
        return self.ids.get(_without_level(folded(name), self.title))

    def at_start(self, text: str) -> str | None:
        """The id of the longest known name that `text` begins with, whatever follows it."""
        words = folded(text[: self.longest * 40])
        for length in range(min(self.longest, len(words)), 0, -1):
            if words[:length] in self.ids:
                return self.ids[words[:length]]
        return None


def folded(name: str) -> tuple[str, ...]:
    """The words of a name without case, commas, full stops, dashes and the place of the tone mark.

    `Uỷ ban` and `Ủy ban`, `hoá` and `hóa` are alike; letters keep their diacritics: `xã` is not `xa`.
    """
    text = unicodedata.normalize("NFKC", name).casefold().translate(LOOKALIKES)
    return tuple(_tone_last(word) for word in UNHEARD.sub(" ", text).split())


def _tone_last(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES)) + tones


LEVELS = (folded("thị trấn"), folded("xã"), folded("phường"))
"""Level words that documents leave out or add at the end of a name. `tỉnh` is another body's, never here."""

AND = folded("và")

OPENERS = frozenset(
    folded(
        "ban bch bộ các chi công cơ cụm đài đảng đoàn đồn đơn hđnd hđtđkt hội khối liên mặt mttq ngân phòng"
        " sở tổ trạm trung trường ubmttq ubnd ủy uỷ thanh thành thôn thường toàn văn viện"
    )
)
"""First words of names of bodies; a capitalised one after a comma, a dash or `và` begins another name."""

DASHED = frozenset(folded("ban bộ công hội phòng sở tổ trung văn"))
"""First words of names that may hold a spaced dash themselves (`Phòng Kinh tế - Hạ tầng`)."""


def _without_level(words: tuple[str, ...], title: tuple[str, ...]) -> tuple[str, ...]:
    """`words` without a closing `xã`, `xã Điềm He` or `Điềm He`; never shortened to nothing."""
    for end in _endings(title):
        if len(words) > len(end) and words[-len(end) :] == end:
            return words[: -len(end)]
    return words


def _endings(title: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if not title:
        return LEVELS
    return (*(level + title for level in LEVELS), title, *LEVELS)


@dataclass(frozen=True, slots=True)
class Mention:
    """One body named in a cell: `id` where the directory knows it, the name `written`, a closing `remark`."""

    id: str | None
    written: str
    remark: str | None = None

    @property
    def body(self) -> str:
        return self.id or self.written


def mentions(cell: str, directory: Directory) -> tuple[Mention, ...]:
    """The bodies that a cell lists, in its order, repetitions included.

    Line breaks of the cell are its paragraphs. Time grows with the length of the cell only.
    """
    return _Cell(cell, directory).mentions()


class _Cell:
    """One cell under reading: its tokens, and where a name begins and ends among them."""

    def __init__(self, cell: str, directory: Directory) -> None:
        self.text = ENUMERATOR.sub("- ", unicodedata.normalize("NFC", cell))
        self.directory = directory
        self.tokens = tuple(_tokens(self.text))
        self.bullet = self.tokens[0].text if self.tokens and self.tokens[0].sort == "dash" else None

    def mentions(self) -> tuple[Mention, ...]:
        found: list[Mention] = []
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.sort == "remark" and found:
                found[-1] = Mention(found[-1].id, found[-1].written, token.text[1:-1].strip())
            if token.sort != "word" or not token.words or token.words == AND:
                at += 1
                continue
            id, end = self._known(at) or (None, self._end_of_unknown(at))
            found.append(Mention(id, self._written(at, end)))
            at = end
        return tuple(found)

    def _known(self, start: int) -> tuple[str, int] | None:
        """The longest known name that begins at `start` and ends where a name can end."""
        for id, end in reversed(self._candidates(start)):
            for closed in self._closings(end):
                if self._ends(closed, start, known=True):
                    return id, closed
        return None

    def _candidates(self, start: int) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        words: tuple[str, ...] = ()
        for at in range(start, min(start + 4 * self.directory.longest, len(self.tokens))):
            token = self.tokens[at]
            if token.sort not in INSIDE_NAMES or len(words) >= self.directory.longest:
                break
            words += token.words
            if token.words and words in self.directory.ids:
                found.append((self.directory.ids[words], at + 1))
        return found

    def _closings(self, end: int) -> list[int]:
        """Where a name may end when it stands whole at `end`: after its level word and place, or there."""
        closings = [end]
        for ending in _endings(self.directory.title):
            following = self.tokens[end : end + len(ending)]
            if tuple(word for token in following for word in token.words) == ending:
                closings.append(end + len(following))
        return sorted(set(closings), reverse=True)

    def _end_of_unknown(self, start: int) -> int:
        for at in range(start + 1, len(self.tokens)):
            if self.tokens[at].sort != "remark" and self._ends(at, start, known=False):
                return at
        return len(self.tokens)

    def _ends(self, at: int, start: int, *, known: bool) -> bool:
        """Whether the name begun at `start` ends before the token `at`."""
        if at >= len(self.tokens):
            return True
        token = self.tokens[at]
        match token.sort:
            case "semicolon" | "mark" | "remark":
                return True
            case "stop":
                return not self._abbreviates(at)
            case "break":
                return self._another_follows(at) or self._next_is_capitalised(at) or self._after(at) is None
            case "dash":
                return self._another_follows(at) or self._dash_ends(at, start)
            case "comma":
                return self._another_follows(at) or (known and self._next_is_capitalised(at))
            case _ if token.words == AND:
                return self._another_follows(at) or (known and self._next_is_capitalised(at))
        return known and bool(self._candidates(at))

    def _abbreviates(self, at: int) -> bool:
        """`TT. HĐND`: a full stop after two letters, in mid-name."""
        following = self._after(at)
        return following == at + 1 and len(self.tokens[at - 1].text) == 2

    def _dash_ends(self, at: int, start: int) -> bool:
        following = self._after(at)
        if following is None or self.tokens[at - 1].sort == "break" or self.tokens[at - 1].words in LEVELS:
            return True
        return self.tokens[at].text == self.bullet and self.tokens[start].words[0] not in DASHED

    def _another_follows(self, at: int) -> bool:
        following = self._after(at)
        if following is None:
            return False
        token = self.tokens[following]
        opens = token.words[0] in OPENERS and (token.capitalised or token.words == folded("các"))
        return opens or bool(self._candidates(following))

    def _next_is_capitalised(self, at: int) -> bool:
        following = self._after(at)
        return following is not None and self.tokens[following].capitalised

    def _after(self, at: int) -> int | None:
        """The index of the first word after the separator `at`, or None when the cell ends."""
        for index in range(at + 1, min(at + 1 + LOOK_AHEAD, len(self.tokens))):
            if self.tokens[index].sort == "word" and self.tokens[index].words:
                return index
            if self.tokens[index].sort in ("semicolon", "remark"):
                return None
        return None

    def _written(self, start: int, end: int) -> str:
        written = self.text[self.tokens[start].start : self.tokens[end - 1].end]
        return " ".join(written.split()).strip(' .,;:"“”' + DASHES)


def _tokens(text: str) -> Iterator[Token]:
    for match in TOKEN.finditer(text):
        sort = match.lastgroup or "word"
        if sort != "space":
            words = folded(match[0]) if sort == "word" else ()
            yield Token(sort, match.start(), match.end(), match[0], words)
