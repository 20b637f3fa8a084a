"""A chain like a real one, from a school's list to the papers of its decisions: every nominee stands once,
with the same words, in every paper, in its Word file and in its PDF.

TDKT_NOMINEES asks for a longer list than that of every run; for 2.000 the papers of a decision are also to
be made in ten seconds of the processor.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from benchmarks.listing import nominees
from exchange.papers.comparing import bare
from tests.commands.chain import Chain
from tests.commands.test_chain import SETS, WHOLE, typed
from tests.commands.test_chain_papers import Made, read

NOMINEES = int(os.environ.get("TDKT_NOMINEES", "40"))
ENOUGH = 10.0
"""Seconds of the processor in which a list of so many is made; the minutes have two."""
DAY = "2026-06-30"
DOSSIER, SESSION, DECISION = "D0001", "S01", "Q01"
BY = ("--as", "chuyen-vien", "--json")
NAME, PLACE = "Họ và tên, tên tập thể, hộ", ("Chức vụ, đơn vị", "Chức vụ, đơn vị (địa chỉ)")
"""Columns of papers: the name, and the position with the unit."""
Words = tuple[str, str]
"""A nominee's name, and position and unit."""


class LongChain(Chain):
    """The meeting of the chain's file on one long list, as a school sends it."""

    def __init__(self, folder: Path, count: int) -> None:
        given = dict(SETS[WHOLE[0]]["given"])
        self.lines = [f"{DOSSIER}/{no}" for no in range(1, count + 1)]
        self.failed = self.lines[6::7]
        """Those who do not get enough votes."""
        self.passed = [line for line in self.lines if line not in self.failed]
        dossier = {**given["dossiers"][0], "ref": DOSSIER, "lines": [{"ref": line} for line in self.lines]}
        there = len(given["session"]["roll"]["present"])
        against = {line: there - 1 if line in self.failed else 0 for line in self.lines}
        votes = [{"line": line, "for": there - no, "against": no} for line, no in against.items()]
        given["dossiers"] = [dossier]
        given["session"] = {
            **given["session"],
            "recusals": [],
            "votes": [{"title": "ldtt", "at": given["session"]["votes"][0]["at"], "lines": votes}],
        }
        given["decisions"] = [{**given["decisions"][0], "lines": self.passed}]
        given["to_province"] = None
        given["variants"] = {"A": {"dates": {DECISION: DAY}}}
        super().__init__(given, typed, folder)

    def _enter(self, dossier: Any, *, on: str) -> None:
        file = self.folder / "danh-sach.xlsx"
        file.write_bytes(nominees(len(self.lines)))
        said = ("--task", dossier["task"].partition("/")[2], "--from", dossier["body"], "--period", "2026")
        self.do(on, "chuyen-vien", "dossier", "import", str(file), *said)


@pytest.fixture(scope="module")
def chain(prepared_sandbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LongChain]:
    """The office after the issue of the decision."""
    folder = tmp_path_factory.mktemp("long")
    file = folder / "office.db"
    shutil.copyfile(prepared_sandbox, file)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TDKT_DB", f"sqlite:///{file}")
        patched.setenv("TDKT_HOME", str(folder))
        patched.setenv("TDKT_LANG", "en")
        played = LongChain(folder, NOMINEES)
        played.found()
        played.take_in()
        played.appraise()
        played.call()
        played.meet()
        played.decide({DECISION: DAY})
        yield played


@pytest.fixture(autouse=True)
def in_the_office(chain: LongChain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_DB", f"sqlite:///{chain.folder / 'office.db'}")


def recorded(chain: LongChain) -> dict[str, Words]:
    """What the record says of each line."""
    lines = chain.typed("dossier", "show", DOSSIER, "--json").json["nominees"]
    return {
        f"{DOSSIER}/{line['no']}": (line["name"], f"{line['position']}, {line['unit']}") for line in lines
    }


def rows(made: Made) -> list[tuple[str, str | None]]:
    """Name and place of each numbered row of the paper's lists, in its order."""
    found: list[tuple[str, str | None]] = []
    for head, *body in made.tables:
        if NAME in head:
            place = next((head.index(column) for column in PLACE if column in head), None)
            name = head.index(NAME)
            numbered = [row for row in body if row[0].isdecimal()]
            assert [row[0] for row in numbered] == [str(no) for no in range(1, len(numbered) + 1)]
            found += [(row[name], None if place is None else row[place]) for row in numbered]
    return found


def in_print(made: Made, names: Sequence[str]) -> bool:
    """Whether the PDF has exactly these names of nominees, in this order."""
    at = 0
    for name in names:
        at = made.printed.find(bare(name), at) + 1
        if not at:
            return False
    return all(made.printed.count(bare(name)) == count for name, count in Counter(names).items())


@pytest.mark.parametrize(
    ("ref", "kind", "times"),
    [
        (DOSSIER, "to_trinh_don_vi", ("lines",)),
        (DOSSIER, "bao_cao_tham_dinh", ("lines",)),
        (SESSION, "danh_sach_trich_ngang", ("lines",)),
        (SESSION, "bb_hop", ("lines", "lines")),
        (DOSSIER, "thong_bao_ket_qua", ("passed", "failed")),
        (DECISION, "quyet_dinh", ("passed",)),
        (DECISION, "bang_ky_nhan", ("passed",)),
        (DECISION, "danh_sach_cong_khai", ("passed",)),
    ],
)
def test_every_nominee_stands_once_with_the_same_words_in_the_word_file_and_the_pdf(
    chain: LongChain, ref: str, kind: str, times: tuple[str, ...]
) -> None:
    known = recorded(chain)
    assert len({*known.values()}) == NOMINEES
    wanted = [known[line] for group in times for line in getattr(chain, group)]
    begun = process_time()

    answer = chain.typed("paper", "make", ref, kind, "-o", str(chain.folder / kind), *BY)

    took = process_time() - begun
    assert answer.code == 0, answer.err
    (each,) = answer.json
    made = read(Path(each["files"][0]))
    found = rows(made)
    assert [name for name, _place in found] == [name for name, _place in wanted]
    places = zip(found, wanted, strict=True)
    assert all(place in (None, known) for (_name, place), (_same, known) in places)
    assert in_print(made, [name for name, _place in wanted])
    assert took < ENOUGH * max(1, len(wanted) / NOMINEES)


def test_the_lists_sums_and_counts_are_one(chain: LongChain) -> None:
    shown = chain.shown(DECISION)
    (listed,) = chain.typed("payment", "list", DECISION, "--json").json
    fund = chain.typed("fund", "show", "--json").json

    assert [line["line"] for line in shown["lines"]] == chain.passed
    assert [row["line"] for row in listed["lines"]] == chain.passed
    assert shown["total"] == 710_000 * len(chain.passed) == sum(row["amount"] for row in listed["lines"])
    assert fund["committed"] == shown["total"]
