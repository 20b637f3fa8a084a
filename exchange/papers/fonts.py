"""The font that papers are printed in: Times New Roman where the system has it, else one of its measures,
else typst's own. A font that lacks Vietnamese letters, as an older Liberation Serif does, is passed over."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = "TDKT_FONTS"
"""The environment's name for a folder to look in before those of the system."""
WITH_D = "đĐ"
VOWELS = "aăâeêioôơuưy"
TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
MODIFIED = "ăâêôơư"


def letters() -> str:
    """The 134 letters of Vietnamese that ASCII lacks, small and large, and the sign of the đồng."""
    small = [*MODIFIED, *(unicodedata.normalize("NFC", v + tone) for v in VOWELS for tone in TONES)]
    return "".join((*small, *(each.upper() for each in small), *WITH_D, "₫"))


@dataclass(frozen=True, slots=True)
class Font:
    """A font family; `folder` has its files, None where typst has them in itself."""

    family: str
    folder: Path | None


OWN = Font("Libertinus Serif", None)
FILES: Mapping[str, tuple[str, ...]] = {
    "Times New Roman": (
        "times.ttf",
        "times new roman.ttf",
        "times_new_roman.ttf",
        "timesnewroman.ttf",
    ),
    "Liberation Serif": ("liberationserif-regular.ttf",),
    "Tinos": ("tinos-regular.ttf",),
}
"""What the files of a family are called, whatever the case of their letters; the first family is liked
best."""


def font(environment: Mapping[str, str]) -> Font:
    """The first that can write Vietnamese in all four looks."""
    return _font(tuple(map(str, folders(environment))))


@cache
def _font(places: tuple[str, ...]) -> Font:
    return next((found for found in _candidates(map(Path, places)) if lacks(found) is None), OWN)


def candidates(environment: Mapping[str, str]) -> tuple[Font, ...]:
    """Every font of these families that is there, the best liked first."""
    return tuple(_candidates(folders(environment)))


def folders(environment: Mapping[str, str]) -> list[Path]:
    """Where systems keep their fonts, as far as there is such a folder."""
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or "/nonexistent")
    places: list[str | Path] = [
        environment.get(FOLDER, ""),
        home / ".local/share/fonts",
        home / ".fonts",
        home / "Library/Fonts",
        "/usr/local/share/fonts",
        "/usr/share/fonts",
        "/Library/Fonts",
        "/System/Library/Fonts",
        Path(environment.get("WINDIR", "/nonexistent")) / "Fonts",
        Path(environment.get("LOCALAPPDATA", "/nonexistent")) / "Microsoft/Windows/Fonts",
    ]
    return [Path(each) for each in places if str(each) and Path(each).is_dir()]


def _candidates(places: Iterable[Path]) -> Iterator[Font]:
    found: dict[str, list[Path]] = {}
    for place in places:
        for folder, _below, files in os.walk(place):
            for name in files:
                found.setdefault(name.lower(), []).append(Path(folder))
    for family, names in FILES.items():
        for name in names:
            for its in sorted(found.get(name, []), reverse=True):
                yield Font(family, its)


def lacks(font: Font) -> str | None:
    """What keeps the font from writing Vietnamese, in typst's words; None where nothing does."""
    from exchange.papers.setting import NotSet, compiled, families

    # A family that is not there would leave every word away without a word about it.
    if font.folder is not None and font.family not in families(font.folder):
        return f"{font.folder}: {font.family}"
    try:
        compiled({"main": _PROBE.replace("FAMILY", font.family).encode()}, font, day=date(2026, 1, 1))
    except NotSet as error:
        return str(error)
    return None


_PROBE = f"""#set document(title: "Chữ Việt")
#set text(font: "FAMILY", lang: "vi", fallback: false)
#for weight in ("regular", "bold") {{
  for style in ("normal", "italic") [#text(weight: weight, style: style)[{letters()}] ]
}}
"""
