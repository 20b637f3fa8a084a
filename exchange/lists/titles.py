"""Titles and forms of commendation as lists write them: by their names, their initials, or loosely.

The names are the rule pack's. `LĐTT`, `Lao động TT` and `TT LĐTT` are abbreviations, of which nobody needs
to be told; `Chiến sỹ TĐ cấp cơ sở` is another spelling, which is said. What means none of them, or several,
is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflow.model.definition import AwardTitle, OtherTitle, RulePack, Text
from workflow.model.wording import fold

UNHEARD = re.compile(r"[^\w]+")
PARTS = re.compile(r"[,;+\n/]|\bvà\b|(?<=\s)[-&](?=\s)")
YEAR = re.compile(r"\s*[,(]?\s*(?:năm\s*(?:học\s*)?)?20\d\d(?:\s*[-–]\s*20\d\d)?\s*\)?\s*$", re.IGNORECASE)
COUNTED = re.compile(r"^\s*\d[.)]\s*")
"""What stands between the titles of one cell: `LĐTT, CSTĐCS`."""
LONGEST = 200

WRITTEN_OUT: Mapping[str, tuple[str, ...]] = {
    "ld": ("lao", "dong"),
    "ldtt": ("lao", "dong", "tien", "tien"),
    "ldxs": ("lao", "dong", "xuat", "sac"),
    "cstd": ("chien", "si", "thi", "dua"),
    "cstdcs": ("chien", "si", "thi", "dua", "co", "so"),
    "cstdt": ("chien", "si", "thi", "dua", "tinh"),
    "cs": ("co", "so"),
    "td": ("thi", "dua"),
    "gd": ("gia", "dinh"),
    "vh": ("van", "hoa"),
    "gdvh": ("gia", "dinh", "van", "hoa"),
    "gk": ("giay", "khen"),
    "bk": ("bang", "khen"),
    "ubnd": ("uy", "ban", "nhan", "dan"),
    "cstt": ("chien", "si", "tien", "tien"),
    "ttldtt": ("tap", "the", "lao", "dong", "tien", "tien"),
    "ct": ("chu", "tich"),
    "tdcs": ("thi", "dua", "co", "so"),
    "ttg": ("thu", "tuong", "chinh", "phu"),
    "ttldxs": ("tap", "the", "lao", "dong", "xuat", "sac"),
}
AMBIGUOUS = "tt"
"""`TT` is *tập thể* where it begins, *tiên tiến* where it ends a title."""
SILENT = frozenset(
    {"danh", "hieu", "hinh", "thuc", "de", "nghi", "tang", "xet", "thuong", "cong", "nhan", "dat", "dn"}
)
"""Words before a title that say no more than that it is one."""
LOOSE = frozenset({"cua", "cap", "chu", "tich", "uy", "ban", "nhan", "dan", "xa", "phuong"})
"""Words that lists leave out of a title, or put into it."""
RESPELT, PUT_IN = {"sy": "si"}, frozenset({"cap"})
"""Words that are written otherwise than a title's name has them, and such as it has not."""

Words = tuple[str, ...]
Title = AwardTitle | OtherTitle


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text means: a title's id, or another system's that no dossier here is for. `respelt`: it is more
    than an abbreviation away from the title's name."""

    title: str | None
    other: OtherTitle | None = None
    respelt: bool = False


class Titles:
    """The titles of a rule pack, ready to be known; made once per reading, and lives as long."""

    def __init__(self, rules: RulePack, places: Sequence[str] = ()) -> None:
        """`places` are the names of the commune and the province, which lists put behind a title."""
        self.rules = rules
        self.by_id = {title.id: title for title in rules.titles}
        self.loose = LOOSE | {word for place in places for word in _words(place)}
        self.names = tuple(_names(rules))
        self.known: dict[str, Meant | None] = {}

    def exactly(self, text: str) -> Meant | None:
        """The one title that the whole text names; None where it names none."""
        if len(text) > LONGEST:
            return None
        if text not in self.known:
            said = YEAR.sub("", COUNTED.sub("", text))
            self.known[text] = self._meant(_without_silent(_words(said)))
        return self.known[text]

    def _meant(self, words: Words) -> Meant | None:
        for name, title in self.names:
            if name == words:
                return _meaning(title, respelt=False)
        loose = self._loosely(words)
        found = {title.id: title for name, title in self.names if loose and self._loosely(name) == loose}
        # `Cờ thi đua` may be the province's or the Government's.
        respelt = any(word in RESPELT or word in PUT_IN for word in words)
        return _meaning(*found.values(), respelt=respelt) if len(found) == 1 else None

    def begun(self, text: str, among: Sequence[str]) -> str | None:
        """The one title of `among` of which the text is the beginning: of *Bằng khen …* `BK`."""
        words = _without_silent(_words(text[:LONGEST]))
        found = {
            title.id
            for name, title in self.names
            if title.id in among and words and name[: len(words)] == words
        }
        return found.pop() if len(found) == 1 else None

    def _loosely(self, words: Words) -> Words:
        return tuple(RESPELT.get(word, word) for word in words if word not in self.loose)

    def parts(self, text: str) -> tuple[str, ...]:
        """The titles of one cell, each as written; the cell as it is where none of them is known."""
        found = tuple(part.strip() for part in PARTS.split(text) if part.strip())
        if any(self.exactly(part) for part in found):
            return found
        # `LĐTT CSTĐCS`, with nothing between.
        several = tuple(text.split()) if all(self.exactly(word) for word in text.split()) else ()
        return several or (" ".join(text.split()),)

    def within(self, text: str) -> tuple[str, ...]:
        """The titles that a longer text names, in its order: those of a list's own heading."""
        words = tuple(RESPELT.get(word, word) for word in _words(text[: 2 * LONGEST]))
        found: list[str] = []
        at = 0
        while at < len(words):
            name, title = self._at(words, at)
            if isinstance(title, AwardTitle):
                found.append(title.id)
            at += len(name) or 1
        return tuple(dict.fromkeys(found))

    def _at(self, words: Words, at: int) -> tuple[Words, Title | None]:
        """The longest name that stands at a place of a text."""
        nothing: tuple[Words, Title | None] = ((), None)
        fitting = [(name, title) for name, title in self.names if words[at : at + len(name)] == name]
        return max(fitting, key=lambda each: len(each[0]), default=nothing)

    def for_kind(self, title: str, kind: str) -> str:
        """`ldtt` in a list of collectives is their own title: the one named *Tập thể …*, where there is
        one."""
        known = self.by_id.get(title)
        if known is None or kind in known.nominees:
            return title
        wanted = ("tap", "the", *_words(known.label.vi))
        fitting = (other for name, other in self.names if name == wanted and isinstance(other, AwardTitle))
        return next((other.id for other in fitting if kind in other.nominees), title)

    def label(self, title: str) -> Text:
        known = self.by_id.get(title)
        return known.label if known else Text(title, title)


def _meaning(title: Title, *, respelt: bool) -> Meant:
    return Meant(title.id, None, respelt) if isinstance(title, AwardTitle) else Meant(None, title, respelt)


def _names(rules: RulePack) -> Iterator[tuple[Words, Title]]:
    """Every title by its name, and by what stands before whose it is: *Giấy khen* của Chủ tịch UBND xã."""
    known: tuple[Title, ...] = (*rules.titles, *rules.other_chains)
    for title in known:
        names = {_words(title.label.vi), (title.id,)}
        short = _words(title.label.vi.partition(" của ")[0])
        # `Bằng khen của Thủ tướng` names the Government's head as well without it.
        names |= {name[:-2] for name in names if name[-4:] == WRITTEN_OUT["ttg"]}
        if sum(_words(other.label.vi.partition(" của ")[0]) == short for other in rules.titles) == 1:
            names.add(short)
        yield from ((name, title) for name in sorted(names))


def _words(text: str) -> Words:
    """Words without case and marks, abbreviations written out: `lao dong tien tien` of `Lao động TT`."""
    heard = UNHEARD.sub(" ", fold(text)).split()
    found: list[str] = []
    for at, word in enumerate(heard):
        if word == AMBIGUOUS:
            found += ("tien", "tien") if found[-1:] == ["dong"] or at + 1 == len(heard) else ("tap", "the")
        else:
            found += WRITTEN_OUT.get(word, (word,))
    return tuple(found)


def _without_silent(words: Words) -> Words:
    kept = list(words)
    while kept and kept[0] in SILENT:
        del kept[0]
    return tuple(kept)
