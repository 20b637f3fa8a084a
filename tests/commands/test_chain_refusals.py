"""What the file of a chain says must be refused is refused, by its rule and its values, and leaves nothing
half done; the file is that of `test_chain.py`."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from commands.session import REFUSED
from tests.commands.chain import Chain
from tests.commands.chain_refusals import attempt
from tests.commands.test_chain import SETS, WHOLE, typed

RULES: Mapping[str, tuple[str, ...]] = {
    "counts": ("counts",),
    "quorum": ("quorum",),
    "conflict": ("stands_on_slip", "presiding_counts", "not_in_room"),
    "secrecy": ("secrecy",),
    "threshold": ("line_failed",),
    "authority": ("authority",),
    "date_order": ("date_order", "before_to_trinh"),
    "number_used": ("number_taken",),
    "asked": ("number_order",),
    "base_salary": ("base_salary",),
    "four_eyes": ("drafted_by_oneself",),
    "funds": ("funds",),
    "issued": ("list_issued",),
    "ground": ("ground",),
}
"""Our rules by what the file calls them."""
ATTEMPTS = [(name, *each) for name in WHOLE for each in SETS[name].get("must_be_refused", ())]
ASIDE = ("entry", "log_head", "command", "office")
"""The tables that say what was asked, where a refusal stands too, and the one with the sandbox's clock."""


@pytest.fixture(scope="module")
def stages(
    prepared_sandbox: Path, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[tuple[str, str], Path]:
    """The office's file at each stage of each set."""
    found: dict[tuple[str, str], Path] = {}
    for name in WHOLE:
        folder = tmp_path_factory.mktemp("stages")
        file = folder / "office.db"
        shutil.copyfile(prepared_sandbox, file)
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("TDKT_DB", f"sqlite:///{file}")
            patched.setenv("TDKT_LANG", "en")
            for stage, goes_on in staged(Chain(SETS[name]["given"], typed, folder)):
                goes_on()
                found[name, stage] = folder / f"{stage}.db"
                shutil.copyfile(file, found[name, stage])
    return found


def staged(chain: Chain) -> tuple[tuple[str, Callable[[], None]], ...]:
    """What leads to each stage from the one before it."""
    votes = chain.given["session"]["votes"]
    first = next(no for no, vote in enumerate(votes) if "slips" in vote)

    def called() -> None:
        chain.found()
        chain.take_in()
        chain.appraise()
        chain.call()

    def voting() -> None:
        chain.open()
        for vote in votes[:first]:
            chain.vote(vote)
        chain.open_vote(votes[first])

    def drafted() -> None:
        chain.enter_count(votes[first])
        for vote in votes[first + 1 :]:
            chain.vote(vote)
        chain.end()
        chain.fund()
        chain.begin()

    def submitted() -> None:
        dates = next(iter(chain.given["variants"].values()))["dates"]
        for id, day in dates.items():
            chain.submit(id, for_date=day)

    return (
        ("called", called),
        ("voting", voting),
        ("drafted", drafted),
        ("confirmed", chain.confirm),
        ("submitted", submitted),
    )


@pytest.mark.parametrize(
    ("name", "phrase", "rule", "says"), ATTEMPTS, ids=[phrase for _, phrase, *_ in ATTEMPTS]
)
def test_what_must_be_refused_is_told_with_its_cure_and_changes_nothing(
    stages: Mapping[tuple[str, str], Path],
    database: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    phrase: str,
    rule: str,
    says: str,
) -> None:
    chain = Chain(SETS[name]["given"], typed, database.parent)
    asked = attempt(chain, phrase, lambda stage: _come_to(stages[name, stage], database))
    before = kept(database)
    monkeypatch.setenv("TDKT_LANG", "vi")

    data = typed(*asked.words, "--now", asked.at, "--as", asked.by, "--json")
    answer = typed(*asked.words, "--now", asked.at, "--as", asked.by)

    assert [(each.code, each.out) for each in (data, answer)] == [(REFUSED, "")] * 2, answer
    messages = {each["rule"]: each["message"] for each in data.refusal["reasons"]}
    told = next((messages[each] for each in RULES[rule] if each in messages), None)
    assert told is not None, messages
    assert re.search(rf"^  - {re.escape(told)}\. \S[^\n]+\.$", answer.err, re.M), "with the cure beside it"
    assert set(re.findall(r"\d+", says)) <= set(re.findall(r"\d+", told)), told
    assert kept(database) == before


def _come_to(stage: Path, database: Path) -> None:
    shutil.copyfile(stage, database)


def kept(database: Path) -> dict[str, list[object]]:
    """All rows but what was asked and why it was refused."""
    with closing(sqlite3.connect(database)) as reading:
        tables = [name for (name,) in reading.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: reading.execute(f'SELECT * FROM "{table}"{_NOT_WHY.get(table, "")}').fetchall()
            for table in tables
            if table not in ASIDE
        }


_NOT_WHY = {"free_text": " WHERE input <> 'why'"}
