"""The names of an office's bodies, folded and laid out so that a text can be followed along them.

A name is walked word by word. A word in capitals may also stand for the first letters of the words that come
next: `P. VH-XH` walks along `Phòng Văn hóa - Xã hội`, `VP HĐND&UBND` along the office of both councils. So an
office's file need not hold every abbreviation; what fits two bodies names neither.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from workflow.model.naming import NotNamed, UnknownName, bodies, called
from workflow.model.office import Body, Office

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
LOOKALIKES = str.maketrans({"ð": "đ", "Ð": "Đ", **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")})
UNHEARD = re.compile(rf"[\s,.;:/&+*•()\"'“”{re.escape(DASHES)}]+")
ODD = frozenset(";()+*•")
"""Signs that end a name everywhere, unless a name of the directory itself holds one."""

HEADS = frozenset({"p", "vp", "tt", "ub", "hđ", "bch"})
"""Abbreviations that head a name in small letters too: `Vp. HĐND`, `p. Kinh tế`."""

LEAST = 3
"""Words for which an abbreviation must stand: `CA` alone would be a village's initials too."""


class Word(NamedTuple):
    """A word without case and place of the tone mark; `initials` are its letters where it may abbreviate."""

    text: str
    initials: str


def words(name: str) -> Iterator[Word]:
    """The words of a name without case, signs, `và` and the place of the tone mark.

    `Uỷ ban` and `Ủy ban`, `hoá` and `hóa` are alike; letters keep their diacritics: `xã` is not `xa`.
    """
    text = unicodedata.normalize("NFKC", name).translate(LOOKALIKES)
    for piece in UNHEARD.sub(" ", text).split():
        word = _tone_last(piece.casefold())
        if word != AND:
            yield Word(word, _initials(piece))


def folded(name: str) -> tuple[str, ...]:
    """The texts of the name's `words`."""
    return tuple(word.text for word in words(name))


def _tone_last(word: str) -> str:
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES)) + tones


def _initials(piece: str) -> str:
    """`UBND` as `ubnd`; empty for a word in small letters or with a tone mark, which no initial has."""
    if not (piece.isalpha() and piece.isupper()):
        return ""
    letters = unicodedata.normalize("NFD", piece)
    if any(letter in TONES for letter in letters):
        return ""
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


AND = _tone_last("và")

LEVELS = (folded("thị trấn"), folded("đặc khu"), folded("xã"), folded("phường"))
"""Level words that documents leave out or add at the end of a name. `tỉnh` is another body's, never here."""

WRITTEN_OUT = {
    short: folded(name)
    for short, name in (
        ("hđnd", "hội đồng nhân dân"),
        ("ubnd", "ủy ban nhân dân"),
        ("mttq", "mặt trận Tổ quốc"),
        ("ubmttq", "ủy ban mặt trận Tổ quốc"),
        ("tđkt", "thi đua khen thưởng"),
        ("lhpn", "liên hiệp phụ nữ"),
        ("tncs", "thanh niên cộng sản"),
        ("hcm", "Hồ Chí Minh"),
    )
}
"""Abbreviations that stand in the full names of bodies; documents write these names out too."""


@dataclass(slots=True)
class _Node:
    """A place in the tree of all names. `id`: the body whose name ends here; `group`: it has no initials."""

    id: str | None = None
    group: bool = False
    after: dict[str, _Node] = field(default_factory=dict)
    by_initial: dict[str, list[_Node]] = field(default_factory=dict)

    def next(self, word: str) -> _Node:
        if word not in self.after:
            node = self.after[word] = _Node()
            self.by_initial.setdefault(unicodedata.normalize("NFD", word)[0], []).append(node)
        return self.after[word]


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a text has come along the names: word by word at `exact`, and with initials at `short`."""

    exact: _Node | None
    short: tuple[_Node, ...] = ()
    length: int = 0

    def step(self, word: Word) -> Walk:
        exact = self.exact.after.get(word.text) if self.exact else None
        short = tuple(node.after[word.text] for node in self.short if word.text in node.after)
        initials = word.initials
        if not self.length and word.text in HEADS:
            initials = word.text
        # A single letter abbreviates at the head of a name only: `P. Kinh tế`, never `Phòng K`.
        if initials and (len(initials) > 1 or not self.length):
            short += self._abbreviated(initials)
        return Walk(exact, short, self.length + (len(initials) or 1))

    def _abbreviated(self, initials: str) -> tuple[_Node, ...]:
        reached = self.short if self.exact is None else (self.exact, *self.short)
        for place, initial in enumerate(initials, start=1):
            further = tuple(node for at in reached for node in at.by_initial.get(initial, ()))
            # `CAX` is `Công an xã`, whose level word stands in no name.
            if place == len(initials) > 2 and initial == "x" and not further:
                return reached
            reached = further
        return reached

    @property
    def over(self) -> bool:
        return self.exact is None and not self.short

    @property
    def id(self) -> str | None:
        """The body that is named so far, None where it is none or might be several."""
        if self.exact and self.exact.id:
            return self.exact.id
        fitting = {node.id for node in self.short if node.id and not node.group}
        return fitting.pop() if len(fitting) == 1 and self.length >= LEAST else None


@dataclass(frozen=True, slots=True)
class Directory:
    """The names of an office's bodies, ready to be matched; made once per reading.

    `longest` is the number of words of the longest name, `title` the office's own place in words. `odd`: some
    name holds a sign that ends names elsewhere.
    """

    root: _Node
    longest: int
    title: tuple[str, ...]
    odd: bool

    @classmethod
    def of(cls, office: Office) -> Directory:
        """Where two bodies share a name, the first of the office's file has it."""
        title = folded(office.title)
        root = _Node()
        longest = 0
        for body in office.bodies:
            for name in _names(body, title):
                _enter(root, name, body)
                longest = max(longest, len(name))
        odd = any(ODD & set(name) for body in office.bodies for name in _written(body))
        return cls(root, longest, title, odd)

    def walk(self) -> Walk:
        return Walk(self.root)

    def find(self, name: str) -> str | None:
        """The id of the body that a single `name` means, or None."""
        heard = tuple(words(name))
        for ending in ((), *self.endings()):
            kept = len(heard) - len(ending)
            if kept > 0 and tuple(word.text for word in heard[kept:]) == ending:
                walk = self.walk()
                for word in heard[:kept]:
                    walk = walk.step(word)
                if walk.id:
                    return walk.id
        return None

    def at_start(self, text: str) -> str | None:
        """The id of the longest known name that `text` begins with, whatever follows it."""
        found = None
        walk = self.walk()
        for word in words(text[: self.longest * 40]):
            walk = walk.step(word)
            found = walk.id or found
        return found

    def endings(self) -> tuple[tuple[str, ...], ...]:
        """What may close a name: `xã Điềm He`, `Điềm He`, `xã`; the longest first."""
        return _endings(self.title)


def body_called(typed: str, office: Office) -> str | NotNamed:
    """The id of the body that somebody types: by any of its names, as loosely as people type them, else as
    a document would write it (`P. VH-XH xã Điềm He`)."""
    found = called(typed, bodies(office.bodies))
    if isinstance(found, NotNamed) and found.code != "several":
        return Directory.of(office).find(typed) or found
    return found


def body_meant(typed: str, office: Office) -> str:
    """The same where the body must be known. Raises UnknownName."""
    found = body_called(typed, office)
    if isinstance(found, NotNamed):
        raise UnknownName("body", found)
    return found


def _written(body: Body) -> tuple[str, ...]:
    return (body.name, body.short, *body.spellings)


def _names(body: Body, title: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    for name in _written(body):
        short = _without_level(tuple(words(name)), title)
        written_out = tuple(part for word in short for part in WRITTEN_OUT.get(word, (word,)))
        yield from dict.fromkeys((short, written_out))


def _without_level(name: tuple[Word, ...], title: tuple[str, ...]) -> tuple[str, ...]:
    """`name` without a closing `xã`, `xã Điềm He` or `Điềm He`, unless a common word (`Đoàn`) is left."""
    texts = tuple(word.text for word in name)
    for end in _endings(title):
        kept = len(texts) - len(end)
        if texts[kept:] == end and (kept > 1 or (kept == 1 and name[0].initials)):
            return texts[:kept]
    return texts


def _endings(title: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    if not title:
        return LEVELS
    return (*(level + title for level in LEVELS), title, *LEVELS)


def _enter(root: _Node, name: tuple[str, ...], body: Body) -> None:
    node = root
    for word in name:
        node = node.next(word)
    if name and node.id is None:
        # The initials of a group (`CT`) or of a village are other words far more often.
        node.id, node.group = body.id, body.group or body.kind == "thon"
