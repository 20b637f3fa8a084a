"""Random bits of a lively office flip: nobody sees anything else untold, and nothing ends in a traceback."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from storage.log.bound import UNBOUND, WHOLE
from tests.commands.conftest import Tdkt
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VILLAGE

FLIPS = int(os.environ.get("TDKT_BIT_FLIPS", "5"))
SEED = 20261130
LIFE: Sequence[tuple[str, ...]] = (
    ("dossier new --task T17 --from thon-1 --title gk --type cong_trang", VILLAGE),
    ("dossier add D0001 --kind person --name Nguyễn-Văn-A --position Trưởng-thôn --no-account", VILLAGE),
    ("dossier add D0001 --kind household --name Hộ-bà-B", VILLAGE),
    ("advance D0001 submit --yes", VILLAGE),
    ("advance T01 submit", OFFICER),
    ("advance T01 review --set opinion=Nhất-trí", STANDING_MEMBER),
    ("advance T01 approve", CHAIR),
    ("advance T01 complete --set paper_number=05/BC-UBND --set paper_date=2026-01-05", OFFICER),
    ("deadline set T02 2026-03-20 --source Công-văn-12", OFFICER),
    ("expect open T17 --yes", OFFICER),
    ("claim T03", OFFICER),
    ("office contact thu-ky --email thu.ky@example.vn", SECRETARY),
)
LOOKS: Sequence[tuple[str, ...]] = (
    ("task", "list"),
    ("show", "T01"),
    ("show", "D0001", "--json"),
    ("plan", "show"),
    ("inbox", "--week", "--all"),
    ("deadline", "list", "--json"),
    ("dossier", "list"),
    ("expect", "list"),
    ("audit", "log"),
    ("office", "people"),
)
CHECKS = (("audit", "verify"), ("doctor",))


@pytest.fixture
def lively(tdkt: Tdkt) -> Tdkt:
    for words, account in LIFE:
        done = tdkt(
            *(word.replace("-", " ") if "Công" in word else word for word in words.split()), "--as", account
        )
        assert done.code == 0, (words, done)
    assert tdkt("tick", "--now", "2026-04-10").code == 0
    return tdkt


def seen(tdkt: Tdkt, looks: Sequence[tuple[str, ...]]) -> list[tuple[int, str]]:
    answers = [tdkt(*look) for look in looks]
    return [(answer.code, answer.out) for answer in answers]


def unbound(database: Path) -> list[object]:
    """What the log does not speak for, by the documented list."""
    with sqlite3.connect(database) as connection:
        connection.text_factory = bytes
        return [
            connection.execute(
                f"SELECT {', '.join(columns) if WHOLE not in columns else '*'} FROM {table}"
            ).fetchall()
            for table, columns in UNBOUND.items()
        ]


def test_no_flipped_bit_changes_untold_what_anybody_sees(lively: Tdkt, database: Path) -> None:
    content, chance = database.read_bytes(), random.Random(SEED)
    sound, checked, free = seen(lively, LOOKS), seen(lively, CHECKS), unbound(database)
    silent = []
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(content)), chance.randrange(8)
        database.write_bytes(content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :])
        found = seen(lively, LOOKS)
        verified = lively("audit", "verify").code
        told = verified != checked[0][0] or any(code == 4 for code, _out in found)
        if (
            found != sound
            and not told
            and lively("doctor").code == checked[1][0]
            and unbound(database) == free
        ):
            silent.append((place, bit))
    database.write_bytes(content)

    assert sound == seen(lively, LOOKS)
    assert silent == []
