"""What is attached to a dossier, and what is asked of one that lacks papers."""

from __future__ import annotations

from tests.people import OFFICER, VILLAGE
from tests.workflow.services.test_splitting import apart, listed
from tests.workflow.world import FILE, World
from tests.workflow.world import rules_of as rules
from workflow.model.attachments import Paper, standing, with_paper
from workflow.model.decision import Decision
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item
from workflow.services.advance import Tried

OTHER = "1e" * 32
DAY = World.planned().setting.at(World.planned().now).today
ACCEPT = {"complete_on": "2026-01-20", "original": "seen"}


def drafted(*, title: str = "gk") -> tuple[World, str]:
    """A draft of one line, in a world that keeps two files."""
    world = World.planned()
    world.store.files[OTHER] = 2000
    ref = world.opened(title=title)
    kind = "collective" if title in ("ttldtt", "xptb") else "person"
    world.do(ref, "add", VILLAGE, {"kind": kind, "name": "Người 1"})
    return world, ref


def attach(world: World, ref: str, kind: str, digest: str = FILE, by: str = VILLAGE, **more: str) -> Item:
    return world.do(ref, "attach", by, {"kind": kind, "how": "scan", "digest": digest, **more})


def papers(item: Item) -> list[tuple[object, ...]]:
    return [(each.no, each.kind, each.revision, each.digest) for each in Dossier.of(item).papers]


def test_a_file_beside_the_last_is_of_its_revision_and_another_is_the_next() -> None:
    world, ref = drafted()
    attach(world, ref, "to_trinh")
    attach(world, ref, "to_trinh", OTHER, beside="beside")
    item = attach(world, ref, "to_trinh", FILE, nominee="1")
    item = attach(world, ref, "to_trinh", "1e" * 32, nominee="1")

    assert papers(item) == [
        (1, "to_trinh", 1, FILE),
        (2, "to_trinh", 1, OTHER),
        (3, "to_trinh", 1, FILE),
        (4, "to_trinh", 2, OTHER),
    ]
    assert [each.no for each in standing(Dossier.of(item).papers)] == [1, 2, 4]


def test_a_size_is_the_kept_files_own() -> None:
    world, ref = drafted()

    item = attach(world, ref, "to_trinh", OTHER)

    assert Dossier.of(item).papers == (Paper(1, "to_trinh", "scan", DAY, digest=OTHER, size=2000),)
    assert world.store.entries[-1].entry.inputs["size"] == 2000


def test_a_number_is_never_given_twice() -> None:
    left = (Paper(3, "khac", "seen", DAY),)

    assert with_paper(left, Paper(0, "khac", "seen", DAY))[1].no == 4


def test_what_is_named_or_given_wrongly_is_refused() -> None:
    world, ref = drafted()

    def tried(by: str, **words: str) -> list[str]:
        return rules(world.attempt(ref, "attach", by, {"kind": "to_trinh", **words}))

    assert tried(VILLAGE, how="scan") == ["no_file"]
    assert tried(VILLAGE, how="scan", digest="2d" * 32) == ["no_file"]
    assert tried(VILLAGE, how="seen") == ["seen_by_office"]
    assert tried(OFFICER, how="seen", digest=FILE) == ["seen_has_no_file"]
    assert tried(VILLAGE, how="scan", digest=FILE, nominee="7") == ["unknown_nominee"]


def test_what_practice_alone_asks_for_is_asked_and_not_refused() -> None:
    world, ref = drafted(title="xptb")
    world.do(ref, "submit", OFFICER, {"paper_number": "01/TTr", "paper_date": "2026-01-19"})

    def accepted(seen: str, *, confirmed: bool = False) -> Decision | Tried:
        return world.attempt(ref, "accept", OFFICER, {**ACCEPT, "seen": seen}, confirmed=confirmed)

    assert rules(accepted("to_trinh")) == ["papers_there"]
    assert rules(accepted("to_trinh,bao_cao")) == ["papers_missing"]
    accepted("to_trinh,bao_cao", confirmed=True)
    assert Dossier.of(world.item(ref)).complete_on == DAY


def test_what_is_split_off_keeps_the_papers_but_those_of_lines_that_stay() -> None:
    world = World.planned()
    ref = listed(world, None, None)
    attach(world, ref, "to_trinh")
    attach(world, ref, "bao_cao", nominee="1")
    attach(world, ref, "bao_cao", nominee="2")
    world.appraised(ref)

    new = apart(world, ref, "2")

    about = [(each.no, each.kind, each.line) for each in Dossier.of(new).papers if each.digest]
    assert about == [(1, "to_trinh", None), (3, "bao_cao", 2)]
