"""What no line of a paper ends within: the number of a paper, a share, a period of two years, and a person's
họ and tên lót.

A Word file has signs that hold them together. In print they are whole boxes with the signs that everybody
types, so that a number is found where it is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

NBSP, HYPHEN = "\u00a0", "\u2011"
WHOLE = (
    rf"[\w/]*/[A-ZĐ]\w*(?:[-{HYPHEN}]\w+)*"
    rf"|\b\d{{4}}[ {NBSP}][-–{HYPHEN}][ {NBSP}]\d{{4}}\b"
    rf"|\d+(?:,\d+)?[ {NBSP}]%"
)
"""`07/TTr-HĐTĐKT`, `2025 - 2026`, `77,77 %`; typst reads this pattern too."""
_WHOLE = re.compile(WHOLE)
_HELD, _TYPED = str.maketrans({" ": NBSP, "-": HYPHEN}), str.maketrans({NBSP: " ", HYPHEN: "-"})


def held(text: str) -> str:
    """The text with the signs of a Word file."""
    return _WHOLE.sub(lambda found: found[0].translate(_HELD), text)


def spelled(persons: Iterable[str]) -> Callable[[str], str]:
    """How texts are spelled in print: as they are typed, the names of persons with their hold. The Word
    file has the names as they are looked for."""
    names = {name: name.replace(" ", NBSP, 1) for name in persons if name.count(" ") > 1}
    # Cells are one name and looked up; in running text few names stand, and many would be a slow pattern.
    few = sorted(names, key=len, reverse=True)[:200]
    within = re.compile("|".join(map(re.escape, few))) if few else None

    def spell(text: str) -> str:
        if text in names:
            return names[text]
        text = _WHOLE.sub(lambda found: found[0].translate(_TYPED), text)
        return within.sub(lambda found: names[found[0]], text) if within else text

    return spell
