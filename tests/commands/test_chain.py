"""A chain from given lists to the money must come out as its file says, value by value.

The file is named by TDKT_CHAIN, so that another one can be held against it; without one a small meeting of
the test's own is played (`chain-own.json` beside it).
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cli import door
from commands.failures import run
from tests.commands.chain import Chain
from tests.commands.conftest import Answer
from tests.workflow.shipped import rules
from workflow.model.money import dotted, in_words

FILE = Path(os.environ.get("TDKT_CHAIN") or Path(__file__).with_name("chain-own.json"))
SETS: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))["sets"]
WHOLE = [name for name, each in SETS.items() if "given" in each]
LATER = {each["based_on"]: name for name, each in SETS.items() if "based_on" in each}
"""The sets that begin with lists; others go on from one of them."""
NAMED = {
    "voting_in_room": "voting",
    "slip_group": "group",
    "base": "base",
    "outcome_after_minutes": "conclusion",
}
"""What the page of a session calls a value of the file."""
CONCLUSIONS = {"to_award": "award", "to_forward": "forward", "not_awarded": "not_awarded"}


class Met(NamedTuple):
    """The database after the meeting of a set, what was foreseen before it and what was shown after."""

    file: Path
    foreseen: Any
    shown: Any


def typed(*words: str) -> Answer:
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(door(), words)
    return Answer(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module", params=WHOLE)
def met(
    request: pytest.FixtureRequest, prepared_sandbox: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Met]:
    """The meeting of each set that begins with lists, played once."""
    folder = tmp_path_factory.mktemp("chain")
    file = folder / "met.db"
    shutil.copyfile(prepared_sandbox, file)
    chain = Chain(SETS[request.param]["given"], typed, folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TDKT_DB", f"sqlite:///{file}")
        patched.setenv("TDKT_LANG", "en")
        chain.found()
        chain.take_in()
        chain.appraise()
        chain.call()
        foreseen = typed("council", "forecast", chain.session, "--json").json
        chain.meet()
        shown = typed("council", "show", chain.session, "--json").json
    return request.param, Met(file, foreseen, shown)


@pytest.fixture
def chain(met: tuple[str, Met], database: Path) -> Chain:
    """The office after the meeting, to be gone on with."""
    name, played = met
    shutil.copyfile(played.file, database)
    return Chain(SETS[name]["given"], typed, database.parent)


def test_the_meeting_comes_out_line_by_line(met: tuple[str, Met]) -> None:
    name, played = met
    expect, shown = SETS[name]["expect"], played.shown

    for wanted in expect["forecast_before_meeting"]:
        found = next(line for line in played.foreseen["lines"] if line["line"] == wanted["line"])
        assert {name: found[name] for name in wanted} == wanted
    lines = {line["ref"]: line for line in shown["line_results"]}
    for wanted in expect["line_results"]:
        assert _of_page(lines[wanted["line"]], wanted) == _as_page(wanted)
    assert len(lines) == len(expect["line_results"])
    assert (len(shown["members"]), shown["quorum"]) == (expect["members"], expect["quorum"])


def _as_page(wanted: Mapping[str, Any]) -> dict[str, Any]:
    said = {NAMED.get(name, name): value for name, value in wanted.items() if name != "line"}
    return said | {"conclusion": CONCLUSIONS[wanted["outcome_after_minutes"]]}


def _of_page(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: found[name] for name in _as_page(wanted)}


def test_dossiers_are_reviewed_once_the_minutes_are_signed_and_awarded_by_their_decisions(
    chain: Chain, met: tuple[str, Met]
) -> None:
    states = SETS[met[0]]["expect"]["states"]
    reviewed = {each["dossier"]: chain.shown(each["dossier"])["state"] for each in states}
    first = next(iter(chain.given["variants"].values()))

    chain.decide(first["dates"])

    assert reviewed == {each["dossier"]: each["after_minutes"] for each in states}
    for wanted in states:
        found = chain.shown(wanted["dossier"])
        outcomes = {f"{found['ref']}/{line['no']}": line["outcome"] for line in found["nominees"]}
        assert (found["state"], outcomes) == (wanted["after_decisions"], wanted["outcomes"])


@pytest.mark.parametrize("variant", ["A", "B"])
def test_the_money_is_counted_by_the_day_of_issue(chain: Chain, met: tuple[str, Met], variant: str) -> None:
    expect = SETS[met[0]]["expect"]
    chain.decide(chain.given["variants"][variant]["dates"])

    for wanted in expect["money"][variant]["decisions"]:
        assert money_of(chain, wanted) == wanted
    fund = chain.typed("fund", "show", "--json").json
    wanted_fund = expect["fund"][variant]
    assert (fund["available"], fund["committed"], fund["left"]) == (
        wanted_fund["available_before"],
        wanted_fund["committed"],
        wanted_fund["left"],
    )


def test_each_fault_after_the_issue_has_an_act_of_its_own(chain: Chain, met: tuple[str, Met]) -> None:
    if met[0] not in LATER:
        pytest.skip("the file goes on from no meeting of this set")
    later = SETS[LATER[met[0]]]
    right, dates = {each["id"]: each["number"] for each in chain.given["decisions"]}, later["dates"]
    steps = {step["act"].partition(" ")[0]: step for step in later["afterwards"]}
    wrong = steps["correct"]["result"]["old_kept"]
    first, second = sorted(dates, key=lambda id: (dates[id], id))

    chain.fund()
    chain.draft(dates)
    chain.forward()
    for id in (first, second):
        chain.sign(id, dates[id])
        chain.issue(id, dates[id], number=wrong if id == first else right[id])
    for wanted in later["money"]["decisions"]:
        assert money_of(chain, wanted) == wanted

    chain.put_right(first, steps["correct"], wrong)
    assert chain.shown(first)["number"] == steps["correct"]["result"]["number"] == right[first]
    before = chain.shown(second)
    chain.rectify(second, steps["rectify"])
    after = chain.shown(second)
    assert (after["state"], after["lines"], after["total"]) == ("issued", before["lines"], before["total"])
    amended = steps["amend"]["result"]
    amending = chain.amend(first, steps["amend"])
    line = next(line for line in chain.shown(first)["lines"] if line["line"] == amended["line"])
    assert (chain.shown(first)["state"], line["amount"]) == ("issued", amended["amount"])
    annulled = steps["revoke"]["result"]
    chain.pay(first, second, amending, on=steps["amend"]["on"])
    due = chain.revoke(second, steps["revoke"])
    terms, recovered = steps["revoke"]["terms"], annulled["recover"]["money"]
    assert due == [terms["file_to_decider_due"], terms["decide_due"]]
    assert chain.shown(annulled["line"])["outcome"] == annulled["outcome"]
    assert (chain.shown(second)["state"], set(chain.shown(second)["markers"])) == (
        "issued",
        {"rectified", "partly_revoked"},
    )
    chain.settle(second, first, on=steps["revoke"]["on"])
    fund, wanted = chain.typed("fund", "show", "--json").json, later["fund_after"]
    assert {name: fund[name] for name in ("paid", "recovered", "left")} == {
        name: wanted[name] for name in ("paid", "recovered", "left")
    }
    assert recovered == wanted["recovered"]


def money_of(chain: Chain, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The decision's money as the file writes it."""
    found = chain.shown(wanted["decision"])
    total = found["total"]
    return {
        "decision": found["ref"],
        "date": found["issued_on"],
        "lcs": found["salary"],
        "rows": [_row(line, found["salary"]) for line in found["lines"]],
        "total": total,
        "total_print": dotted(total),
        "total_words": in_words(total),
    }


def _row(line: Mapping[str, Any], salary: int) -> dict[str, Any]:
    higher = rules().title(line["note_title"]) if line["note_title"] else None
    note = f"hưởng mức {higher.short}" if higher else ""
    return {
        "stt": line["no"],
        **{name: line[name] for name in ("line", "name", "kind", "k", "full", "amount")},
        "position_unit": ", ".join(filter(None, (line["position"], line["unit"]))),
        "lcs": salary,
        "note": note,
        "print": f"0 – {note}" if note else dotted(line["amount"]),
    }
