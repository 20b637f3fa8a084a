"""Which papers a dossier is asked for, by the shipped rule packs."""

from __future__ import annotations

from pathlib import Path

import pytest

from workflow.files.parsing import parse
from workflow.model.definition import RulePack
from workflow.model.paper_kinds import papers_asked

RULES = Path(__file__).parents[3] / "definitions" / "rules"
PACKS = ("commune", "commune-2026-10")


def pack_of(name: str) -> RulePack:
    path = RULES / name / "1.yaml"
    read = parse(path.read_text("utf-8"), path=path.name).definition
    assert isinstance(read, RulePack)
    return read


def asked(pack: RulePack, *titles: str, type: str = "", path: str = "council") -> dict[str, list[str]]:
    """The needed kinds by who makes them."""
    found: dict[str, list[str]] = {}
    for paper in papers_asked(pack.papers, titles, type=type, path=path):
        if paper.use.needed:
            found.setdefault(paper.use.made_by, []).append(paper.id)
    return found


LISTED = ["to_trinh", "danh_sach", "bien_ban"]


@pytest.mark.parametrize("name", PACKS)
def test_each_title_is_asked_for_its_papers(name: str) -> None:
    pack = pack_of(name)

    assert asked(pack, "ldtt") == {"body": LISTED}
    assert asked(pack, "cstdcs") == {"body": [*LISTED, "bao_cao", "sang_kien", "ket_qua_bo_phieu"]}
    assert asked(pack, "gk", type="phong_trao") == {"body": [*LISTED, "bao_cao"]}
    assert asked(pack, "gdvh", path="appraisal") == {"village": ["van_ban_de_nghi", "danh_sach", "bien_ban"]}
    assert asked(pack, "tvh") == {"village": ["bao_cao"], "commune": ["to_trinh", "bien_ban"]}


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("type", ["dot_xuat", "doi_ngoai", "phong_trao"])
def test_the_simplified_procedure_asks_for_a_letter_and_a_short_report(name: str, type: str) -> None:
    found = asked(pack_of(name), "gk", type=type, path="simplified")

    assert found == {"body": ["to_trinh", "bao_cao_tom_tat"]}


@pytest.mark.parametrize("name", PACKS)
def test_of_several_titles_the_one_that_needs_a_paper_counts(name: str) -> None:
    pack = pack_of(name)
    alone, together = (
        {paper.id: paper.blocks for paper in papers_asked(pack.papers, titles, type="", path="council")}
        for titles in (("ldtt",), ("ldtt", "cstdcs"))
    )

    assert (alone["bao_cao"], together["bao_cao"]) == (False, True)


@pytest.mark.parametrize("name", PACKS)
def test_every_way_of_every_title_has_papers_that_somebody_outside_makes(name: str) -> None:
    pack = pack_of(name)
    lacking = [
        (title.id, type)
        for title in pack.titles
        for type, way in title.ways.items()
        if not any(
            paper.from_outside for paper in papers_asked(pack.papers, (title.id,), type=type, path=way.path)
        )
    ]

    assert lacking == []


@pytest.mark.parametrize("name", PACKS)
def test_what_is_from_practice_alone_refuses_nothing(name: str) -> None:
    found = {p.id: p.blocks for p in papers_asked(pack_of(name).papers, ("xptb",), type="", path="council")}

    assert found == {"to_trinh": True, "bien_ban": False, "bao_cao": True}
