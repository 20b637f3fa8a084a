"""Names of nominees as lists write them: tidied for keeping, compared without what makes no difference.

What the office prints is the spelling that was sent; only what nobody typed on purpose is mended.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from workflow.model.signs import composed
from workflow.model.wording import LEFT_BY_OLD_CONVERTERS, TONES

NameKind = Literal["person", "collective", "household"]

OLD_PLACES = tuple(
    (unicodedata.normalize("NFC", first + second + tone), unicodedata.normalize("NFC", first + tone + second))
    for first, second in ("oa", "oe", "uy")
    for tone in sorted(TONES)
)
"""A tone over the second of two vowels, and the same over the first: `oà` and `òa`."""
LONGEST = 300
"""Signs of a collective's name; what is longer is prose."""
TONELESS = {ord(tone): None for tone in TONES}
NEW_OPEN = re.compile(
    rf"[^\W\d_]*(?<![qQ])(?:{'|'.join(new for new, _old in OLD_PLACES)})(?![^\W\d_])", re.IGNORECASE
)
"""A syllable that ends in one of these pairs, and so is written both ways: `Thuỷ`; in `Hoàng` none is."""

OLD_CODE = re.compile(r"[®µ¸¨©ª«¬¶·¹º»¼½¾]")
"""Signs that stand for Vietnamese letters in TCVN3, and in no name."""
SALUTATION = re.compile(
    r"(?:(?P<both>ông\s*[,/&(-]?\s*(?:và\s+|hoặc\s+)?bà\)?)|(?P<man>ông|anh|thầy(?:\s+giáo)?|ô(?=\.))"
    r"|(?P<woman>bà|chị|cô(?:\s+giáo)?|b(?=\.))"
    r"|(?P<comrade>đồng chí|đ/c|đ\.c\.?|đc|em|cháu|hội viên|đoàn viên|đảng viên|học sinh))"
    r"[\s.:]+(?=[^\W\d_])",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\d{1,4}\s*[.)]\s*(?=[^\W\d_])")
"""A number before a name, in lists without a column of numbers."""
SURNAMES = frozenset({"đoàn", "ban", "bàn"})
LETTER = 3
BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]?\s*$")
UNSEEN_BLANKS = re.compile("[\u200b\u200c\u200d\ufeff\u2060\u00ad]")
HOUSEHOLD = re.compile(r"(?:hộ\s+(?:gia\s+đình|gđ|kinh\s+doanh)|hộ|gia\s+đình|gđ)[\s:.]+", re.IGNORECASE)
COLLECTIVE = re.compile(r"tập thể[\s:]+(?=[^\W\d_])", re.IGNORECASE)
BODIES = re.compile(
    r"(?:tổ|nhóm|đội|phòng|ban|thôn|xóm|bản|làng|khối|khu|lớp|trường|chi\s+(?:bộ|hội|đoàn)|hội|đoàn|công\s+đoàn"
    r"|trạm|văn phòng|đảng\s+(?:bộ|ủy|uỷ)|liên\s+đội|trung\s+tâm|ủy\s+ban|uỷ\s+ban|ubnd|hđnd|cán bộ,?"
    r"|nhân\s+dân"
    r"|câu\s+lạc\s+bộ|clb|hợp\s+tác\s+xã|htx|công\s+ty|doanh\s+nghiệp|bộ\s+phận|đơn\s+vị|cơ\s+quan|ubmttq|mttq|mặt\s+trận"
    r"|công\s+an|dân\s+quân|trung\s+đội|tiểu\s+đội)\s",
    re.IGNORECASE,
)
"""First words of the names of collectives; no Vietnamese surname is one of them but in capitals alone."""


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name as it is kept, the kind and the sex that its salutation says, and the codes of what was mended
    in it: `nfd`, `nbsp`, `spaces`, `line_break`, `u01a3`, `zero_width`. `aside` stood in brackets behind
    it."""

    name: str
    kind: NameKind | None = None
    female: bool | None = None
    mended: tuple[str, ...] = ()
    aside: str | None = None


def spelling_key(name: str) -> str:
    """Names with one key are one name: without case, blanks and the place of the tone mark."""
    key = " ".join(unicodedata.normalize("NFC", name.translate(LEFT_BY_OLD_CONVERTERS)).casefold().split())
    for new, old in OLD_PLACES:
        key = key.replace(new, old)
    return key


def without_tones(compared: str) -> str:
    """What is left of a name as `as_name` has it: what `Hương` and `Hường` share."""
    return compared.translate(TONELESS)


def other_place(name: str) -> str | None:
    """The first word of which the tone may as well stand over the vowel before: `Thuỷ`."""
    found = NEW_OPEN.search(name)
    return found[0] if found else None


def read_name(text: str, written: str) -> ReadName:
    """Of a cell's text, and as the file has it. The name is empty where the cell is too long to hold one."""
    if len(text) > LONGEST:
        return ReadName("")
    mended = tuple(_mended(written or text))
    if "zero_width" in mended:
        # Who lays out a page puts it where a line may break: between words, where no other blank may stand.
        text = composed(written.replace("\u200b", " "))
    name = " ".join(text.translate(LEFT_BY_OLD_CONVERTERS).split())
    name = COUNTED.sub("", name, count=1).rstrip(" ;.,")
    kind: NameKind | None = None
    female = None
    if household := HOUSEHOLD.match(name):
        kind, name = "household", name[household.end() :]
    while said := SALUTATION.match(name):
        name = name[said.end() :]
        female = True if said["woman"] else False if said["man"] else female
    if collective := COLLECTIVE.match(name):
        kind = "collective"
        # `Tập thể cán bộ, nhân viên …` is what they are called.
        name = name[collective.end() :] if name[collective.end()].isupper() else name
    name, aside = _without_brackets(name)
    return ReadName(_cased(name, kind), kind, female, mended, aside)


def _without_brackets(name: str) -> tuple[str, str | None]:
    """A person's name without what stands in brackets behind it; of a body it is part of the name."""
    found = BRACKETS.search(name)
    # `Hoàng Văn Nam (A)` is told apart from the other one by it.
    if found is None or found.start() == 0 or len(found[1]) <= LETTER or is_body(name):
        return name, None
    return name[: found.start()], found[1].strip() or None


def _mended(written: str) -> list[str]:
    inner = written.replace("\r\n", "\n").strip("\n")
    found = {
        "nfd": not unicodedata.is_normalized("NFC", written),
        "nbsp": "\xa0" in written,
        # A blank at the end is nobody's concern; one at the beginning moves the name when lists are sorted.
        "spaces": "  " in inner.rstrip() or inner[:1] == " ",
        "line_break": "\n" in inner.strip(),
        "zero_width": UNSEEN_BLANKS.search(written.strip("\ufeff")) is not None,
        "u01a3": "ƣ" in written or "Ƣ" in written,
    }
    return [code for code, holds in found.items() if holds]


def _cased(name: str, kind: str | None) -> str:
    """A person's name in capitals is written as names are; of a body's they may be initials."""
    if not name.isupper() or kind == "collective" or is_body(name) or len(name) < 3:
        return name
    return " ".join(word.capitalize() for word in name.split())


def is_in_old_code(text: str) -> bool:
    """Whether it was typed for a font of the time before Unicode, as `NguyÔn V¨n MÉu` was."""
    return OLD_CODE.search(text) is not None


def is_body(name: str) -> bool:
    """Whether it begins as the names of collectives do."""
    return BODIES.match(name + " ") is not None and not _is_person(name)


def _is_person(name: str) -> bool:
    """`Đoàn Văn Mẫu`: a surname that bodies bear, with a middle name of persons or capitals all through."""
    words = name.split()
    if len(words) < 3 or words[0].casefold() not in SURNAMES:
        return False
    return words[1].casefold() in ("văn", "thị") or all(word.istitle() for word in words)
