"""Whatever is tried in whatever order: nobody is awarded without an appraisal, a quorum, a threshold and
other eyes, what is paid is what the lists say, and the log says all of it.

What is held here is worked out from the rows and entries alone, not by the rules that let them be written.
TDKT_AWARD_LIVES asks for more lives than the few of every run.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.acceptance.chamber import COUNCIL, Chamber
from tests.acceptance.hurry import Hurry, handed_in
from tests.acceptance.office import Office, replayed
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, RECORDS_CLERK, SECRETARY
from tests.storage.office import ROOT
from workflow.model.award_decisions import AwardDecision, DecisionLine
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.model.sessions import CouncilSession

LIVES = int(os.environ.get("TDKT_AWARD_LIVES", "3"))
STEPS = 200
QUORUM = -(-2 * len(COUNCIL) // 3)
SALARIES = {True: 2_340_000, False: 2_530_000}
"""The base salary before July 2026, and since."""
TENTHS = {"ldtt": 3, "cstdcs": 10}
"""What a title pays, in tenths of the base salary."""
Entry = Mapping[str, Any]


@pytest.fixture(scope="module")
def begun(founded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two offices' files with the dossiers that were handed in: in the second one person is the officer, the
    council's secretary and the records clerk."""
    home = tmp_path_factory.mktemp("begun")
    found = []
    for few in (False, True):
        office = Office(f"sqlite:///{home / f'{few}.db'}", home)
        shutil.copyfile(founded_sqlite, office.path)
        if few:
            _with_few_people(office)
        with Chamber(office) as chamber:
            handed_in(chamber)
            assert chamber.acting.directory.person(OFFICER) == ("chi-lan" if few else OFFICER)
        found.append(office.path)
    return found[0], found[1]


def _with_few_people(office: Office) -> None:
    seed = (ROOT / "definitions" / "offices" / "diem-he" / "1.yaml").read_text("utf-8")
    text = seed.replace("version: 1", "version: 2", 1)
    one = "person: chi-lan"
    for old, new in (
        (f"\n  {OFFICER}:\n", f"\n  {OFFICER}:\n    {one}\n"),
        (f"\n  {SECRETARY}:\n", f"\n  {SECRETARY}:\n    {one}\n"),
        (f"\n  {RECORDS_CLERK}: {{", f"\n  {RECORDS_CLERK}: {{{one}, "),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path = office.home / "office.yaml"
    path.write_text(text, "utf-8")
    for words in (("adopt", str(path), "--as", ADMINISTRATOR), ("agree", "office/diem-he", "--as", CHAIR)):
        assert office.tdkt("--yes", "definition", *words).code == 0


def test_no_sequence_of_commands_awards_or_pays_what_it_must_not(
    begun: tuple[Path, Path], tmp_path: Path
) -> None:
    """And a good part of the lives come to an award, so that this is said of awards that there are."""
    came_to: Counter[str] = Counter()
    for seed in range(LIVES):
        office = Office(f"sqlite:///{tmp_path / f'{seed}.db'}", tmp_path)
        shutil.copyfile(begun[seed % 2], office.path)
        with Chamber(office) as chamber:
            life = Hurry(chamber, Random(seed))
            life.goes_on(STEPS)
            kept = Kept(office, chamber)
            awards_are_sound(kept)
        sums_are_one(office, kept)
        assert replayed(office.entries()) == office.stored()
        assert office.faults() == ()
        came_to.update(dict.fromkeys(life.came_to, 1))

    assert min(came_to[each] for each in ("issue", "paid", "minute")) >= max(1, LIVES // 5), came_to


class Kept:
    """What the office keeps at the end: its items, and the entries of what was done to each."""

    def __init__(self, office: Office, chamber: Chamber) -> None:
        refs = [ref for ref in office.stored() if ref[0] in "DSQ"]
        self.items = {ref: chamber.item(ref) for ref in refs}
        self.people = chamber.acting.directory.people
        self.done: dict[str, list[Entry]] = defaultdict(list)
        for entry in office.entries():
            if not entry["refused"] and entry["item"] is not None:
                self.done[entry["item"]].append(entry)

    def decisions(self) -> Iterator[tuple[str, Item, AwardDecision]]:
        """Those that were issued and award something."""
        for ref, item in self.items.items():
            if ref[0] == "Q" and item.state in ("issued", "replaced", "revoked"):
                details = AwardDecision.of(item)
                if details.kind != "revoke":
                    yield ref, item, details

    def who(self, ref: str, event: str) -> frozenset[str]:
        """The persons who did it."""
        return self.people(entry["actor"] for entry in self.done[ref] if entry["event"] == event)


def awards_are_sound(kept: Kept) -> None:
    awarded = {}
    for ref, _item, decision in kept.decisions():
        drafters = kept.people(each for each in (decision.drafted_by, decision.drafted_for) if each)
        signers = kept.people([decision.signer]) | kept.who(ref, "sign")
        assert drafters
        assert not drafters & signers, ref
        assert decision.number is not None
        assert decision.funds_by is not None
        assert not kept.people([decision.funds_by]) & drafters
        for line in decision.lines:
            if line.state != "dropped":
                awarded[line.ref] = line.state
                line_is_sound(kept, line, signers)
    outcomes = {
        f"{ref}/{line.no}": line.outcome
        for ref, item in kept.items.items()
        if ref[0] == "D"
        for line in Dossier.of(item).nominees
    }
    assert {ref for ref, state in awarded.items() if state == "in"} == {
        ref for ref, outcome in outcomes.items() if outcome == "awarded_here"
    }


def line_is_sound(kept: Kept, line: DecisionLine, signers: frozenset[str]) -> None:
    """Appraised and confirmed by others, passed by a quorum with a count that another person checked."""
    dossier = Dossier.of(kept.items[line.dossier])
    nominee = dossier.nominee(line.line)
    assert nominee is not None
    assert nominee.verdict in ("met", "exception", "not_met"), line  # of the last, the council knew
    appraisers, confirmers = kept.who(line.dossier, "appraise"), kept.who(line.dossier, "confirm")
    assert appraisers
    assert confirmers
    own = kept.people([nominee.account]) if nominee.account else frozenset()
    assert not own & (appraisers | confirmers | signers)
    assert dossier.session is not None
    assert kept.items[dossier.session].state == "minuted"
    session = CouncilSession.of(kept.items[dossier.session])
    voted = next(each for each in session.lines if each.ref == line.ref)
    ballot = next(each for each in session.ballots if each.no == voted.ballot)
    assert not ballot.voided
    assert len(ballot.in_room) >= QUORUM
    assert not own & kept.people({*ballot.in_room} - {*voted.recused})
    in_favour, eligible = voted.for_ or 0, len(COUNCIL) - len(voted.recused)
    if line.title == "cstdcs":
        slip = session.slip(str(voted.group))
        assert slip is not None
        assert slip.checked_by
        assert not kept.people(slip.checked_by) & kept.people(slip.counted_by)
        assert 5 * in_favour >= 4 * eligible
    else:
        assert 2 * in_favour > len({*ballot.in_room} - {*voted.recused})


def sums_are_one(office: Office, kept: Kept) -> None:
    """Each list's lines are those of its payment list, and the sums of these are the fund's. A line pays
    nothing, or the difference, only as long as the other title of its person counts."""
    sums: Counter[str] = Counter()
    counting = {
        line.ref
        for item in kept.items.values()
        if isinstance(item.details, AwardDecision)
        and item.details.kind != "revoke"
        and item.state not in ("dropped", "revoked")
        for line in item.details.lines
        if line.state == "in"
    }
    for ref, item, decision in kept.decisions():
        shown = office.tdkt("show", ref, "--json").json
        (listed,) = office.tdkt("payment", "list", ref, "--json").json
        rows = {row["line"]: row for row in listed["lines"]}
        stay = [line for line in shown["lines"] if line["state"] == "in"]
        assert [line["no"] for line in shown["lines"]] == [*range(1, len(decision.lines) + 1)]
        assert [line["line"] for line in shown["lines"]] == [line.ref for line in decision.lines]
        assert shown["total"] == sum(line["amount"] for line in stay)
        for line in stay:
            tenths, salary = TENTHS[line["title"]], SALARIES[str(decision.issued_on) < "2026-07-01"]
            assert line["full"] == -(-tenths * salary // 10 // 10_000) * 10_000
            assert (line["amount"] == line["full"]) == (line["higher"] is None)
            alone = line["higher"] not in counting
            due = line["full"] if alone else line["amount"]
            assert rows[line["line"]]["amount"] == (due if item.state == "issued" else 0)
        assert all(row["amount"] == 0 for ref, row in rows.items() if ref not in counting)
        for row in rows.values():
            assert row["open"] == row["amount"] - row["paid"] + row["recovered"]
            sums.update({"due": row["amount"], "paid": row["paid"], "recovered": row["recovered"]})
            sums["claimed"] += max(row["amount"], row["paid"] - row["recovered"])
    fund = office.tdkt("fund", "show", "--json").json
    assert [fund[name] for name in ("committed", "paid", "recovered")] == [
        sums[name] for name in ("due", "paid", "recovered")
    ]
    assert fund["left"] == fund["available"] - sums["claimed"]
