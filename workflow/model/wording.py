"""How words reach a reader: placeholders filled, dates written out, notices composed, text folded.

The sentences themselves are data of the message catalogue; this module only puts values into them in the
way that domain/labels.md §8 lays down, and chooses no recipient, channel or language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # building its classes costs looking commands a tenth of their start
    from workflow.model.messages import Catalogue

PLACEHOLDER = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")
"""`{name}`, `{name|what is said when there is none}`, or `{n|task|tasks}`: a number and what it counts. A
lone brace is a brace."""

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
CAPITAL_ALWAYS = (
    "Ban Thanh tra",
    "Chủ tịch",
    "Hội đồng",
    "Phó Chủ tịch",
    "Phó Trưởng phòng",
    "Phòng",
    "Quyết định",
    "Thủ tướng",
    "Trưởng phòng",
    "Ủy ban",
    "Ủy viên",
    "Văn phòng",
)
"""Bodies, positions and papers that Vietnamese office style capitalises within a sentence too."""

WORD = re.compile(r"\w+")

SHORT_CONTENT = 60
"""Characters of a task's content in a subject, so that a mail client shows all of it."""

SHORT = 64
"""Letters of a text of which it is worth while to keep how it is compared."""

LEFT_BY_OLD_CONVERTERS = str.maketrans({"ƣ": "ư", "Ƣ": "Ư"})
WITHOUT_DECOMPOSITION = str.maketrans({"đ": "d"})

Value = str | int | None


class UnknownPlaceholder(KeyError):
    """A text asks for a value that nobody gives; correct the placeholder in the message catalogue."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name)
        self.name = name
        self.text = text

    def __str__(self) -> str:
        return (
            f"no value for {{{self.name}}} in “{self.text}”; correct the placeholder in the message catalogue"
        )


def placeholders(text: str) -> tuple[str, ...]:
    """The names that `text` asks for, in order, each once."""
    return tuple(dict.fromkeys(match[1] for match in PLACEHOLDER.finditer(text)))


def fill(text: str, /, **values: Value) -> str:
    """`text` with its placeholders replaced; values stand literally, whatever braces they hold.

    None or an empty value takes the placeholder's alternative; without one, None is as good as missing.
    `{n|task|tasks}` makes `1 task`, `2 tasks`.
    Raises UnknownPlaceholder.
    """

    def value_of(match: re.Match[str]) -> str:
        name, alternative = match[1], match[2]
        value = values.get(name)
        one, counted, many = (alternative or "").partition("|")
        if counted and value is not None:
            return f"{value} {one if str(value) == '1' else many}"
        if alternative is not None and not counted and value in (None, ""):
            return alternative
        if value is None:
            raise UnknownPlaceholder(name, text)
        return str(value)

    return PLACEHOLDER.sub(value_of, text)


def date_vi(d: date) -> str:
    return f"{d.day:02}/{d.month:02}/{d.year:04}"


def birth_text(said: str) -> str:
    """A day, month or year of birth, kept as `1974-03-02`, `1974-03` or `1974`, as people write it."""
    return "/".join(reversed(said.split("-")))


def date_with_weekday_vi(d: date) -> str:
    return f"{date_vi(d)} ({WEEKDAYS[d.weekday()]})"


def shorten(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut after a whole word and closed by an ellipsis.

    A first word longer than the limit is cut within. White space becomes single blanks.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[: max(limit - 1, 0)]
    if line[len(head)] != " " and " " in head:
        head = head[: head.rindex(" ")]
    return head.rstrip(" ,;:.-–(“") + "…" if limit > 0 else ""


def mid_sentence(label: str) -> str:
    """`label` as it stands within a sentence: small first letter, except for abbreviations and bodies."""
    if label.startswith(CAPITAL_ALWAYS) or label[1:2].isupper():
        return label
    return label[:1].lower() + label[1:]


def position(label: str) -> str:
    """The first of the positions that an account's label lists: people are called by it in one breath."""
    return label.partition(",")[0].strip()


def without_names(text: str, instead: Mapping[str, str]) -> str:
    """`text` with other words where it says one of the names, longer names first.

    A name of several words is known without case and marks too, whatever stands between its words; of a
    single word, which without its marks would often be another one, only the case is disregarded.
    """
    for name in sorted(instead, key=len, reverse=True):
        words = WORD.findall(unicodedata.normalize("NFC", name))
        same = fold if len(words) > 1 else str.casefold
        wanted = [same(word) for word in words]
        found = [(same(match[0]), match.start(), match.end()) for match in WORD.finditer(text)]
        places = [
            (found[start][1], found[start + len(wanted) - 1][2])
            for start in range(len(found) - len(wanted) + 1)
            if wanted and [word for word, *_ in found[start : start + len(wanted)]] == wanted
        ]
        text = _replaced(text, places, instead[name])
    return text


def _replaced(text: str, places: list[tuple[int, int]], words: str) -> str:
    """`text` with `words` at the places, which come in order; overlapping ones are one place."""
    parts: list[str] = []
    last = 0
    for start, end in places:
        if start >= last:
            parts += [text[last:start], words]
        last = max(last, end)
    return "".join((*parts, text[last:]))


class Sender(NamedTuple):
    """Who writes: the office's title and contact; a sandbox marks what it writes as a trial."""

    title: str
    contact: str
    sandbox: bool


class Remarks(NamedTuple):
    """What a notice says below its text: that nobody has set the date (`derived`), that the service was down
    (`late_days` > 0), what else came meanwhile (`missed`), which positions nobody holds (`vacant`), the
    plan's date beside an internal target (`plan_due`)."""

    derived: bool = False
    late_days: int = 0
    missed: str = ""
    vacant: str = ""
    plan_due: str = ""


NO_REMARKS = Remarks()


def render_notice(
    catalogue: Catalogue,
    kind: str,
    values: Mapping[str, Value],
    sender: Sender,
    *,
    superior: bool = False,
    remarks: Remarks = NO_REMARKS,
) -> tuple[str, str]:
    """Subject (one line) and text of the notice `kind`, in Vietnamese, as a plain message would show it.

    `kind` is a key of the catalogue's notices. With `superior` (the chair or vice chair is asked to act)
    the wording `superior.<kind>` is taken where the catalogue has one. `{noi_dung_ngan}` is made of
    `noi_dung`. Raises KeyError for an unknown kind, UnknownPlaceholder for a value that the text lacks.
    """
    notice = catalogue.notices.get(f"superior.{kind}") if superior else None
    if notice is None:
        notice = catalogue.notices[kind]
    given = _ready(values, sender, remarks)
    lines = [notice.text.strip()]
    lines += [_remark(catalogue, "derived_remark")] if remarks.derived else []
    lines += [_remark(catalogue, "target_remark")] if remarks.plan_due else []
    lines += [_remark(catalogue, "late_remark")] if remarks.late_days > 0 else []
    lines += [_remark(catalogue, "missed_remark")] if remarks.missed else []
    lines += [_remark(catalogue, "vacant_remark")] if remarks.vacant else []
    lines += [_remark(catalogue, "closing")]
    lines += [_remark(catalogue, "sandbox_closing")] if sender.sandbox else []
    subject = f"{_remark(catalogue, 'sandbox_prefix')} {notice.subject}" if sender.sandbox else notice.subject
    return " ".join(fill(subject, **given).split()), "\n".join(fill(line, **given) for line in lines)


def _remark(catalogue: Catalogue, name: str) -> str:
    return catalogue.words[f"notice.{name}"].vi


def _ready(values: Mapping[str, Value], sender: Sender, remarks: Remarks) -> dict[str, Value]:
    """The caller's values with those that every notice has and those that follow from others."""
    given: dict[str, Value] = {
        "ten_xa": sender.title,
        "lien_he": sender.contact,
        "tre_gui": remarks.late_days,
        **values,
        "moc_da_qua": remarks.missed,
        "chuc_danh_trong": remarks.vacant,
        "han_ke_hoach": remarks.plan_due,
    }
    if "noi_dung" in given:
        given.setdefault("noi_dung_ngan", shorten(str(given["noi_dung"]), SHORT_CONTENT))
    if isinstance(state := given.get("trang_thai"), str):
        given["trang_thai"] = mid_sentence(state)
    return given


def in_runs(numbers: Iterable[int]) -> str:
    """Ascending numbers as people write them: `1–3, 5, 7, 8`; a run is three of them or more."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = ([f"{run[0]}–{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs)
    return ", ".join(part for parts in said for part in parts)


def refs_in_runs(refs: Iterable[str]) -> str:
    """Lines of dossiers as people list them: `D0001/1–5, D0002/2, 4`."""
    by_dossier: dict[str, list[int]] = {}
    for ref in refs:
        dossier, _slash, no = ref.partition("/")
        by_dossier.setdefault(dossier, []).append(int(no))
    return ", ".join(f"{dossier}/{in_runs(sorted(numbers))}" for dossier, numbers in by_dossier.items())


def fold(text: str) -> str:
    """`text` as it is compared when people search: no case, marks, invisible characters or double blanks.

    `đ` counts as `d`, and `ƣ`, which old converters left where `ư` was meant, as `u` like every `ư`.
    """
    # Words, names and cells come again and again; a document does not.
    return _folded_once(text) if len(text) <= SHORT else _folded(text)


TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Grave, acute, tilde, hook and dot below: the marks of the five tones, combining."""


def toneless(text: str) -> str:
    """`text` without the marks of tones; `ă`, `ê`, `ơ` and `đ` are letters of their own, and stay."""
    letters = (letter for letter in unicodedata.normalize("NFD", text) if letter not in TONES)
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).split())


def _folded(text: str) -> str:
    base = unicodedata.normalize("NFD", text.translate(LEFT_BY_OLD_CONVERTERS)).casefold()
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFD", base)
        if unicodedata.category(letter) not in ("Mn", "Cf")
    )
    return " ".join(unicodedata.normalize("NFC", bare.translate(WITHOUT_DECOMPOSITION)).split())


_folded_once = lru_cache(maxsize=4096)(_folded)

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""The marks of huyền, sắc, ngã, hỏi and nặng."""


def as_name(text: str) -> str:
    """A name as it is compared: `Hoà` and `Hòa` are one, whatever the case and the blanks; `Hoá` is another.

    The tone of a syllable stands behind it, since its place over one vowel or the next is a matter of taste.
    """
    return _as_name_once(text) if len(text) <= SHORT else _as_name(text)


def _as_name(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.translate(LEFT_BY_OLD_CONVERTERS).casefold())
    return " ".join(
        "".join(sorted(syllable, key=lambda letter: letter in TONES)) for syllable in letters.split()
    )


_as_name_once = lru_cache(maxsize=4096)(_as_name)
