"""docs/paths.md is what the engine takes in, and nothing is neither taken in nor refused."""

from __future__ import annotations

from pathlib import Path

from tests.paths import entered, markdown
from tests.workflow.shipped import rules

PAGE = Path(__file__).parents[1] / "docs" / "paths.md"


def test_the_page_says_what_the_engine_takes_in() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown()


def test_every_title_type_and_ground_goes_one_way_or_is_refused_with_why() -> None:
    wrong = [each for each in entered() if (each.dossier is None) == (not each.refused)]
    pathless = [each for each in entered() if each.dossier is not None and each.dossier.path is None]

    assert (wrong, pathless) == ([], [])


def test_no_refusal_is_told_twice() -> None:
    assert [each for each in entered() if len(set(each.refused)) != len(each.refused)] == []


def test_a_dossier_goes_as_the_pack_says_and_on_the_ground_that_was_given() -> None:
    for title, type, ground, dossier, _ in entered():
        if dossier is None:
            continue
        way = rules().way(title, type or "", dossier.ground)
        assert way is not None
        assert (dossier.path, dossier.ground) == (way.path, ground or dossier.ground)


def test_what_is_a_state_secret_is_refused_whatever_the_title() -> None:
    assert [each for each in entered() if each.ground == "bi_mat" and each.dossier is not None] == []
