"""The headings between the lines of a list: *I. Tập thể*, *II. Danh hiệu LĐTT*, *1. Giáo viên (12)*.

Headings of one style stand on one level, whichever style comes first: a title's group may hold groups of
objects, or the other way round. What an inner heading does not say, the outer one does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from exchange.lists.titles import Titles
from exchange.lists.values import Kind

STYLES = (
    ("roman", re.compile(r"[IVX]+(?=[\s.)/:-]|$)")),
    ("letter", re.compile(r"[A-ZĐ](?=[.)/:]|\s*$|\s+[^\W\d_])")),
    ("arabic", re.compile(r"\d{1,2}(?:\.\d{1,2})*(?=[\s.)/:-]|$)")),
    ("small", re.compile(r"[a-zđ](?=[.)/:])")),
    ("dash", re.compile(r"[-+*•]")),
)
MARK = re.compile(r"[\s.)/:-]+")
KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("collective", re.compile(r"\btập thể\b", re.IGNORECASE)),
    ("household", re.compile(r"\bhộ\b|\bgia đình\b", re.IGNORECASE)),
    ("person", re.compile(r"\bcá nhân\b", re.IGNORECASE)),
)
PLACES = re.compile(
    r"(?:thôn|xóm|bản|khối|khu phố|tổ dân phố|trường|phòng|trạm|văn phòng|hội|đoàn)\s+\S", re.IGNORECASE
)
DECLARED = re.compile(
    r"\(\s*0*(\d{1,4})\s*(?:tập thể|cá nhân|hộ(?: gia đình)?|người|đồng chí|đ/c)?\s*\)"
    r"|:\s*0*(\d{1,4})\s*(?:tập thể|cá nhân|hộ(?: gia đình)?|người|đồng chí|đ/c)",
    re.IGNORECASE,
)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Group:
    """What the headings above a line say of it: the kind of nominee, the titles, the place."""

    kind: Kind | None = None
    titles: tuple[str, ...] = ()
    unit: str | None = None
    text: str = ""
    declared: int | None = None

    def over(self, inner: Group) -> Group:
        """Both as one, of which the inner one counts where it says something."""
        return Group(
            inner.kind or self.kind,
            inner.titles or self.titles,
            inner.unit or self.unit,
            inner.text,
            inner.declared,
        )


class Groups:
    """The headings that hold at a place of a list, from the outermost."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.open: list[tuple[str, Group]] = []

    @property
    def now(self) -> Group:
        group = Group()
        for _style, inner in self.open:
            group = group.over(inner)
        return group

    def enter(self, text: str) -> Group:
        """The heading that begins here; it ends those of its own level and below."""
        style, rest = _style(" ".join(text.split()))
        styles = [known for known, _group in self.open]
        if style in styles:
            del self.open[styles.index(style) :]
        group = self._read(rest)
        self.open.append((style, group))
        return group

    def _read(self, text: str) -> Group:
        declared = DECLARED.search(text)
        return Group(
            kind_said(text),
            self.titles.within(text),
            DECLARED.sub("", text).strip(" :.-") if PLACES.match(text) else None,
            text,
            int(declared[1] or declared[2]) if declared else None,
        )


def _style(text: str) -> tuple[str, str]:
    """The level's style by how the heading is counted, and the rest of it."""
    for style, pattern in STYLES:
        if match := pattern.match(text):
            return style, text[match.end() :].lstrip(" .)/:-")
    return "none", text


def kind_said(text: str) -> Kind | None:
    """The one kind of nominee of which a text speaks; None where it is none or several."""
    found = [kind for kind, pattern in KINDS if pattern.search(text[:LONGEST])]
    return found[0] if len(found) == 1 else None


def is_counted(text: str) -> bool:
    """Whether it begins as a heading does: `II.`, `A)`, `1.1`."""
    return _style(text)[0] != "none"
