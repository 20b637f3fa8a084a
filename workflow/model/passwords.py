"""Which passwords are refused: by their length, and by how little is left without what anybody guesses.

Length counts, no kinds of signs are asked for (NIST SP 800-63B §3.1.1.2): a sentence is good and easy to
keep. The list of common words is made here by hand, for an office in Vietnam.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Literal

from workflow.model.wording import fold

LEAST, MOST = 12, 256
LEFT, DISTINCT = 6, 5
"""Signs that must be left, and how many different ones."""
Fault = Literal["short", "long", "common"]

STEMS = (
    *("matkhau", "password", "passwd", "pass", "admin", "quantri", "dangnhap", "login", "user", "taikhoan"),
    *("vietnam", "hanoi", "saigon", "hochiminh", "bacho", "tiengviet", "vanphong", "phanmem", "maytinh"),
    *("ubnd", "uyban", "nhandan", "hoidong", "thidua", "khenthuong", "tdkt", "canbo", "congchuc", "chutich"),
    *("xinchao", "hello", "welcome", "letmein", "secret", "bimat", "master", "computer", "internet", "test"),
    *("iloveyou", "anhyeuem", "emyeuanh", "toiyeu", "yeuem", "yeuanh", "giadinh", "conyeu", "bome", "mayman"),
    *("khongbiet", "khongco", "deptrai", "xinhdep", "hanhphuc", "samsung", "iphone", "google", "facebook"),
    *("zalo", "abc", "aabbcc", "abcd", "changeme", "doimatkhau", "macdinh", "default", "football", "bongda"),
)
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "qazwsxedcrfv")
"""What lies or counts in a row: four of it, forwards or backwards, are one guess."""
IN_A_ROW = 4
AS_LETTERS = "@$!"
LETTERS = str.maketrans(f"013457{AS_LETTERS}", "oieastasi")
"""What is written for a letter that it looks like."""
YEAR = re.compile(r"(?:19|20)\d\d")
DATE = re.compile(r"[0-3]?\d[./-]?[01]?\d[./-]?(?:(?:19|20)\d\d|\d\d)(?!\d)")
LEAST_NAME = 3


def password_fault(password: str, names: Collection[str]) -> Fault | None:
    """What is wrong with a password in NFC; None where nothing is. `names` are the person's and the
    office's."""
    if len(password) < LEAST:
        return "short"
    if len(password) > MOST:
        return "long"
    left = _left(_plain(password), names)
    return "common" if len(left) < LEFT or len(set(left)) < DISTINCT else None


def _plain(password: str) -> str:
    """Without case, marks, blanks and stops. Not by `fold`, which remembers what it was given."""
    marks = unicodedata.normalize("NFD", password.casefold().replace("đ", "d"))
    return "".join(sign for sign in marks if sign.isalnum() or sign in AS_LETTERS)


def _left(text: str, names: Collection[str]) -> str:
    """What remains without common words, names, dates, rows and repetitions."""
    taken = [False] * len(text)
    for first, last in _guessed(text, names):
        taken[first:last] = [True] * (last - first)
    return "".join(sign for sign, gone in zip(text, taken, strict=True) if not gone)


def _guessed(text: str, names: Collection[str]) -> Iterator[tuple[int, int]]:
    spoken = text.translate(LETTERS)
    words = {word for name in names for word in re.split(r"[\W_]+", fold(name)) if len(word) >= LEAST_NAME}
    words |= {re.sub(r"[\W_]+", "", fold(name)) for name in names if len(name) >= LEAST_NAME}
    for word in (*STEMS, *words):
        for where in (text, spoken):
            yield from (match.span() for match in re.finditer(re.escape(word), where))
    for pattern in (YEAR, DATE):
        yield from (match.span() for match in pattern.finditer(text))
    for row in ROWS:
        for line in (row, row[::-1]):
            for at in range(len(text) - IN_A_ROW + 1):
                if text[at : at + IN_A_ROW] in line:
                    yield (at, at + IN_A_ROW)
    # Of what comes again at once only the first counts: `xyxyxyxy` says no more than `xy`.
    for match in re.finditer(r"(.{1,32}?)\1+", text):
        yield (match.start() + len(match[1]), match.end())
