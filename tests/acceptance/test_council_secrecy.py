"""Nothing that is kept or handed out links a member of the council to a choice.

Two meetings that differ only in who voted how leave the same bytes behind, once chance is the same for both:
the database's file, its rollback journals, a backup, the log, notices, pages and papers. TDKT_SECRET_MEETINGS
asks for more meetings than the few of every run.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from sqlalchemy import text

from runtime.views.papers.kinds import PAPERS
from storage.backup import back_up
from storage.unit import UnitOfWork
from tests.acceptance.chamber import COUNCIL, MET, MINUTE, THERE, Chamber
from tests.acceptance.office import Office
from tests.people import ADMINISTRATOR, CHAIR, FIFTH_MEMBER, MEMBER, PRIMARY, SECRETARY
from tests.storage.office import ROOT
from workflow.model.errors import InputMistakes

MEETINGS = int(os.environ.get("TDKT_SECRET_MEETINGS", "2"))
LINES = ("D0001/1", "D0001/2", "D0002/1")
"""Two on one slip, and one on a slip of its own that its nominee does not get."""

Slip = Mapping[str, str]
"""What stands on a member's slip, by line: `for`, `against`; a line that is not there is spoilt."""


class Meeting(NamedTuple):
    """What each member has on each slip that it got, by the slip's lines."""

    slips: tuple[tuple[tuple[str, ...], Mapping[str, Slip]], ...]

    def counts(self, chance: Random) -> str:
        """The board's sheet: slips come out of the box in any order, and nobody's name is on one."""
        return ";".join(found for lines, given in self.slips for found in _sheet(lines, given, chance))


def _sheet(lines: tuple[str, ...], given: Mapping[str, Slip], chance: Random) -> Iterator[str]:
    box = list(given.values())
    chance.shuffle(box)
    for line in lines:
        found = [slip.get(line) for slip in box]
        counts = {"for": found.count("for"), "against": found.count("against"), "invalid": found.count(None)}
        told = ",".join(f"{name}={count}" for name, count in counts.items())
        yield f"{line}:collected={len(box)},{told}"


def held(chance: Random) -> Meeting:
    """Each member does as chance has it; no line is unanimous, which would tell all of them."""

    def slip(lines: tuple[str, ...]) -> Slip:
        said = {line: chance.choices(("for", "against", None), (6, 2, 1))[0] for line in lines}
        return {line: choice for line, choice in said.items() if choice}

    voters = ((LINES[:2], THERE), (LINES[2:], tuple(id for id in THERE if id != FIFTH_MEMBER)))
    while True:
        meeting = Meeting(tuple((lines, {id: slip(lines) for id in those}) for lines, those in voters))
        if all(
            len({given.get(each) for given in on.values()}) > 1
            for lines, on in meeting.slips
            for each in lines
        ):
            return meeting


def dealt_anew(meeting: Meeting, chance: Random) -> Meeting:
    """The same slips in the hands of other members."""

    def dealt(given: Mapping[str, Slip]) -> dict[str, Slip]:
        slips = list(given.values())
        chance.shuffle(slips)
        return dict(zip(given, slips, strict=True))

    return Meeting(tuple((lines, dealt(given)) for lines, given in meeting.slips))


@pytest.fixture(scope="module")
def ready(founded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office's file: the meeting is opened, its board elected, one member recused from the own line."""
    home = tmp_path_factory.mktemp("ready")
    office = Office(f"sqlite:///{home / 'office.db'}", home)
    shutil.copyfile(founded_sqlite, office.path)
    with Chamber(office) as chamber:
        first = chamber.dossier(("cstdcs", None), ("cstdcs", None), body=PRIMARY)
        session = chamber.opened(first, chamber.dossier(("cstdcs", FIFTH_MEMBER)))
        chamber.does(session, "recuse", lines=LINES[2], why="named", member=FIFTH_MEMBER)
    return office.path


class Traces(NamedTuple):
    """All that a meeting leaves behind, by what it is."""

    files: Mapping[str, bytes]
    journals: tuple[tuple[bytes, ...], ...]
    said: Mapping[str, str]


def journal_pages(journal: bytes, page: int) -> tuple[bytes, ...]:
    """The pages in a rollback journal, each after its number; its nonce and the sums with it are chance."""
    sector = int.from_bytes(journal[20:24]) or 512
    return tuple(journal[at : at + 4 + page] for at in range(sector, len(journal) - page, page + 8))


def traces(
    ready: Path, home: Path, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, *, seed: int
) -> Traces:
    """What is left of the meeting in a fresh copy of the office, with the same chance for every meeting."""
    home.mkdir()
    office, chance = Office(f"sqlite:///{home / 'office.db'}", home), Random(seed)
    shutil.copyfile(ready, office.path)
    monkeypatch.setattr(os, "urandom", chance.randbytes)
    journals: list[bytes] = []
    append = UnitOfWork.append

    def told(unit: UnitOfWork) -> None:
        append(unit)
        beside = office.path.with_name("office.db-journal")
        if beside.exists():
            journals.append(beside.read_bytes())

    monkeypatch.setattr(UnitOfWork, "append", told)
    with Chamber(office) as chamber:
        chamber.comes(MET)
        chamber.does("S01", "vote_open", title="cstdcs", at="08:30")
        chamber.does("S01", "count", counts=meeting.counts(Random()))
        chamber.does("S01", "check_count", MEMBER)
        chamber.does("S01", "conclude", CHAIR)
        chamber.does("S01", "close", at="10:30")
        chamber.does("S01", "minute", **MINUTE)
    said = {words: shown(office, words) for words in PAGES}
    for kind, each in PAPERS.items():
        if "session" in each.subjects:
            shown(office, f"paper make S01 {kind} -o {home / kind} --as {SECRETARY}")
    with office.open() as database:
        back_up(database, home / "backup.db")
    page = int.from_bytes(office.path.read_bytes()[16:18])
    files = {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    monkeypatch.undo()
    return Traces(files, tuple(journal_pages(each, page) for each in journals), said)


def shown(office: Office, words: str) -> str:
    said = office.tdkt(*words.split())
    assert (said.code, said.err) == (0, ""), said
    return said.out


PAGES = (
    "show S01",
    "show S01 --json",
    "show D0001",
    "show D0002 --json",
    "audit log --json",
    "audit log S01",
    "council show S01",
    "council show S01 --json",
    f"inbox --as {SECRETARY} --json",
    f"notice list --to {CHAIR} --full",
)


def test_who_voted_how_changes_no_byte_of_what_is_left(
    ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(20260126)
    for number in range(MEETINGS):
        meeting = held(chance)
        other = dealt_anew(meeting, chance)
        while other == meeting:
            other = dealt_anew(meeting, chance)

        one = traces(ready, tmp_path / "office", meeting, monkeypatch, seed=number)
        shutil.rmtree(tmp_path / "office")
        two = traces(ready, tmp_path / "office", other, monkeypatch, seed=number)

        assert one.files.keys() == two.files.keys() >= {"office.db", "backup.db"}
        assert [name for name in one.files if one.files[name] != two.files[name]] == []
        assert len(one.journals) >= 6
        assert all(one.journals)
        assert one.journals == two.journals
        assert one.said == two.said
        shutil.rmtree(tmp_path / "office")


def test_another_count_does_change_what_is_left(
    ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the comparison above would hold of anything."""
    chance = Random(7)
    one = traces(ready, tmp_path / "one", held(chance), monkeypatch, seed=1)

    two = traces(ready, tmp_path / "two", held(chance), monkeypatch, seed=1)

    assert one.files["office.db"] != two.files["office.db"]
    assert one.journals != two.journals


def test_beside_a_count_no_member_is_named_but_who_wrote_it_down(
    ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    traces(ready, tmp_path / "office", held(Random(3)), monkeypatch, seed=3)
    office = Office(f"sqlite:///{tmp_path / 'office' / 'office.db'}", tmp_path)

    counting = [each for each in office.entries() if "input.counts" in each]

    assert {each["event"] for each in counting} == {"count", "conclude"}
    assert all(_members_in(each) <= {each["actor"]} for each in counting)
    with office.open() as database:
        row = database.connection.execute(text("SELECT * FROM council_session")).one()._asdict()
        lines = database.connection.execute(text("SELECT * FROM session_line")).all()
    with_members = {name for name, value in row.items() if _members_in(value)}
    assert with_members == {
        *("presiding", "secretary", "members", "board", "roll", "presided", "recusals", "ballots", "slips")
    }
    assert {name for line in lines for name, value in line._asdict().items() if _members_in(value)} == {
        *("account", "presiding", "recused")
    }


def test_what_is_typed_twice_is_seen_by_nobody_before_it_was(ready: Path, tmp_path: Path) -> None:
    office = Office(f"sqlite:///{tmp_path / 'office.db'}", tmp_path)
    shutil.copyfile(ready, office.path)
    blind = tmp_path / "office.yaml"
    seed = (ROOT / "definitions" / "offices" / "diem-he" / "1.yaml").read_text("utf-8")
    blind.write_text(
        seed.replace("version: 1", "version: 2", 1).replace(
            "\nplan: ", "\nmembership: {double_entry: true}\nplan: ", 1
        ),
        "utf-8",
    )
    assert office.tdkt("--yes", "definition", "adopt", str(blind), "--as", ADMINISTRATOR).code == 0
    assert office.tdkt("--yes", "definition", "agree", "office/diem-he", "--as", CHAIR).code == 0
    pages = ["show S01", "council show S01 --json", "audit log S01 --json", "audit log S01"]
    counts = "D0001/1:against=3,collected=8,for=5,invalid=0;D0001/2:against=3,collected=8,for=5,invalid=0"
    with Chamber(office) as chamber:
        chamber.comes(MET)
        chamber.does("S01", "vote_open", title="cstdcs", at="08:30", lines="D0001/1-2")
        miscounted = counts.replace("against=3", "against=4", 1)
        assert chamber.refused("S01", "count", counts=miscounted) == ["counts"]
        chamber.does("S01", "count", counts=counts)
        logged = json.loads(shown(office, "audit log S01 --event count --json"))
        seqs = [each["seq"] for each in logged]
        assert [each["refused"] for each in logged] == [True, False]
        pages += [f"audit show {seq}{form}" for seq in seqs for form in ("", " --json")]

        before = {words: shown(office, words) for words in pages}
        with pytest.raises(InputMistakes, match="missing: counts"):
            chamber.asked("S01", "check_count", MEMBER)
        chamber.does("S01", "check_count", MEMBER, counts=counts)
        after = {words: shown(office, words) for words in pages}

    told = ("against=3", "against 3", "against 4", "5 / 3 / 0", '"for_": 5')
    assert [words for words, said in before.items() if any(each in said for each in told)] == []
    assert all(any(each in said for each in told) for said in after.values()), after


def _members_in(value: object) -> set[str]:
    said: Iterable[str] = COUNCIL
    return {id for id in said if f'"{id}"' in json.dumps(value, default=str).replace("\\", "")}
