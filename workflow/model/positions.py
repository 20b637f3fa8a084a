"""Whose position words may mean: from what a list writes of a nominee to the accounts that could be it.

Lists write one position in many ways ("CT UBND xã", "Chủ tịch xã", "TP VH-XH"), and half of it in the column
of the unit. What is found here is asked, never believed: it rather finds one account too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby, pairwise
from types import MappingProxyType
from typing import NamedTuple

from workflow.model.office import Account, Body, Office
from workflow.model.wording import fold

Words = tuple[str, ...]


class Position(NamedTuple):
    """An account with the ways in which its holder may be called: the `labels` that list its positions, the
    names of its own body (`at`) and of the `other` bodies. `leads`: it speaks for its body."""

    account: str
    labels: tuple[Words, ...]
    at: frozenset[Words]
    other: frozenset[Words]
    in_committee: bool
    leads: bool


SHORT = MappingProxyType(
    {
        "bch": "ban chi huy",
        "bt": "bi thu",
        "ccb": "cuu chien binh",
        "ct": "chu tich",
        "cv": "chuyen vien",
        "gd": "giam doc",
        "hdtdkt": "hoi dong",
        "ht": "hieu truong",
        "pbt": "pho bi thu",
        "pct": "pho chu tich",
        "pgd": "pho giam doc",
        "pht": "pho hieu truong",
        "ptp": "pho truong phong",
        "tk": "thu ky",
        "tp": "truong phong",
        "ubmttq": "mttq",
        "uv": "uy vien",
        "uvtt": "uy vien thuong truc",
    }
)
"""Abbreviations of positions and bodies, folded."""
LONG = MappingProxyType(
    {
        "uy ban mat tran to quoc viet nam": "mttq",
        "uy ban mat tran to quoc": "mttq",
        "mat tran to quoc viet nam": "mttq",
        "mat tran to quoc": "mttq",
        "uy ban mttq": "mttq",
        "uy ban nhan dan": "ubnd",
        "uy ban": "ubnd",
        "hoi dong nhan dan": "hdnd",
        "hoi dong thi dua khen thuong": "hoi dong",
        "hoi dong tdkt": "hoi dong",
        "hd tdkt": "hoi dong",
        "doan thanh nien cong san ho chi minh": "doan",
        "doan tncs ho chi minh": "doan",
        "doan thanh nien": "doan",
        "hoi lien hiep phu nu": "hoi phu nu",
        "hoi lhpn": "hoi phu nu",
        "van hoa xa hoi": "vhxh",
        "vh xh": "vhxh",
        "viet nam": "",
        "dong chi": "",
    }
)
"""What several words are said shortly by, longer ones first."""
SAID_LONG = re.compile(rf"\b(?:{'|'.join(LONG)})\b")
DEPUTY_OF = frozenset({"bi", "chu", "ct", "giam", "gd", "hieu", "ht", "tp", "truong"})
"""The words before which `P.` says Phó; before others it says Phòng."""
LEADING: tuple[Words, ...] = (
    ("truong",),
    ("hieu", "truong"),
    ("giam", "doc"),
    ("bi", "thu"),
    ("chu", "tich"),
    ("chi", "huy", "truong"),
    ("doi", "truong"),
    ("to", "truong"),
)
"""How the positions begin whose holders speak for their body, whatever its account is called."""
BARE = 2
"""Words of a title without its body: Chủ tịch, Trưởng phòng, Kế toán."""
HOUSE: Words = ("ubnd",)
"""The commune's own house, which "xã" says too: Chủ tịch xã is whose committee it is."""
PARTS = re.compile(r"[,;/\n]|\bkiêm\b", re.IGNORECASE)
DASHES = re.compile(r"\s*[-–—]\s*")


def could_be(
    office: Office, body: str, *, position: str = "", unit: str = "", name: str = ""
) -> tuple[str, ...]:
    """The accounts that a person may be who is so described in a list of the body, in the directory's order.

    People hold several positions ("Phó Bí thư Đảng ủy - Chủ tịch UBND xã"): each of them counts. A position
    is known by the account's label, by its id, or by the body that an account speaks for. A title without a
    body (Chủ tịch, Kế toán) goes by the unit beside it, which is the nominating body where none is given, and
    counts where nothing clearer is said. Who it is may also stand where the name does.
    """
    clearly, by_title = _held_by_words(office, body, position, unit)
    named = _held_by_name(office, name)
    if clearly or named:
        return tuple(each.account for each in _positions(office) if each.account in {*clearly, *named})
    return by_title


@lru_cache(maxsize=1024)
def _held_by_words(
    office: Office, body: str, position: str, unit: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The accounts whose position the words say together with its body, and those whose mere title they say.
    A list says few positions, each of many people."""
    nominating = office.body(body)
    at = _words(unit or (nominating.name if nominating else ""), office)
    said = [(_words(part, office), HOUSE if _of_commune(part, office) else at) for part in _parts(position)]
    known = _positions(office)
    return (
        tuple(
            each.account
            for each in known
            if position.strip() == each.account
            or any(_in_full(each, words, beside) for words, beside in said)
        ),
        tuple(
            each.account for each in known if any(_by_title(each, words, beside) for words, beside in said)
        ),
    )


@lru_cache(maxsize=4096)
def _held_by_name(office: Office, name: str) -> frozenset[str]:
    """The accounts whose position stands where a name does; few names begin like one."""
    said = [words for part in _parts(name) if (words := _words(part, office))[:1] in _beginnings(office)]
    return frozenset(
        each.account for words in said for each in _positions(office) if _in_full(each, words, ())
    )


@lru_cache(maxsize=8)
def _beginnings(office: Office) -> frozenset[Words]:
    """The first words of all positions."""
    return frozenset(label[:1] for each in _positions(office) for label in each.labels)


@lru_cache(maxsize=8)
def _positions(office: Office) -> tuple[Position, ...]:
    """The office's accounts by their positions; a directory has some fifty, and a year's lists ask often."""
    written = {body.id: _written(body, office) for body in office.bodies}

    def position(account: Account) -> Position:
        # A number in brackets only counts the accounts.
        label = re.sub(r"\(\d+\)", "", account.label.vi)
        return Position(
            account.id,
            tuple(_words(part, office) for part in (label, *label.split(","))),
            written.get(account.body or "", frozenset()),
            frozenset().union(*(written[id] for id in written if id not in (account.body, office.committee))),
            account.body == office.committee,
            bool({"representative", "head"} & {*account.roles}),
        )

    return tuple(map(position, office.accounts))


def _written(body: Body, office: Office) -> frozenset[Words]:
    names = (body.name, body.short, *body.spellings)
    return frozenset(words for name in names if (words := _words(name, office)))


def _parts(text: str) -> Iterable[str]:
    """The positions that a text lists; a dash stands between two of them or in one (Văn hóa - Xã hội)."""
    listed = PARTS.split(text)
    return dict.fromkeys((text, *listed, *(part for each in listed for part in DASHES.split(each))))


def _written_out(text: str) -> str:
    """A text folded, with one spelling of what has several."""
    words = re.sub(r"[^\w]+", " ", fold(text)).split()
    full = " ".join(
        ("pho" if after in DEPUTY_OF else "phong") if word == "p" else SHORT.get(word, word)
        for word, after in pairwise((*words, ""))
    )
    return SAID_LONG.sub(lambda match: LONG[match[0]], full)


def _of_commune(text: str, office: Office) -> bool:
    """Whether the position is said to be the commune's: Chủ tịch xã."""
    return re.search(rf"\bxa\b(?! hoi)|\b{re.escape(fold(office.title))}\b", _written_out(text)) is not None


def _words(text: str, office: Office) -> Words:
    """A text in the form in which its spellings are equal: folded, written out, without the commune."""
    full = _written_out(text)
    for place in (f"tinh {office.province}", office.title, "xã"):
        full = re.sub(rf"\b{re.escape(fold(place))}\b(?! hoi)", "", full)
    # "Trưởng phòng" beside "Phòng Kinh tế" says its word twice.
    return tuple(word for word, _again in groupby(full.split()))


def _beside(said: Words, at: Words) -> Words:
    """A position and its unit as one."""
    return tuple(word for word, _again in groupby((*said, *at)))


def _in_full(position: Position, said: Words, at: Words) -> bool:
    """Whether the words say the position together with its body."""
    spoken = (said, _beside(said, at))
    for label in (label for label in position.labels if len(label) > BARE):
        if label in spoken or (said[: len(label)] == label and _in_house(position, said[len(label) :])):
            return True
    return False


def _by_title(position: Position, said: Words, at: Words) -> bool:
    """Whether the words say a title that the position's holder may have at that unit."""
    if len(said) < BARE:
        return False
    for label in position.labels:
        if label == said and (_own(position, at) or at not in position.other):
            return True
        if len(label) > len(said) and label[: len(said)] == said and _own(position, at):
            return True
        if len(said) > len(label) and said[: len(label)] == label and _in_house(position, said[len(label) :]):
            return True
    return position.leads and (_leads(position, said) or _leads(position, _beside(said, at)))


def _in_house(position: Position, rest: Words) -> bool:
    """Whether what a text says after the position is where that is, and no other body."""
    return rest in position.at or rest[:1] == HOUSE


def _own(position: Position, at: Words) -> bool:
    """Whether the unit is the position's own, the commune's house as a whole, or not said."""
    return not at or at == HOUSE or at in position.at or (position.in_committee and HOUSE[0] in at)


def _leads(position: Position, said: Words) -> bool:
    """Whether it is the leading position of the body for which the account speaks, as Hiệu trưởng is."""
    for title in LEADING:
        if said[: len(title)] == title:
            rest = said[len(title) :]
            return not position.at.isdisjoint((rest, said, (title[-1], *rest)))
    return False
