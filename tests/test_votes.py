"""docs/votes.md is what the rules compute, and every vote of the shipped pack stands in it."""

from __future__ import annotations

from pathlib import Path

from tests.votes import kinds, markdown
from tests.workflow.shipped import rules

PAGE = Path(__file__).parents[1] / "docs" / "votes.md"


def test_the_page_says_what_the_rules_compute() -> None:
    """Print it anew with `python -m tests.votes`."""
    assert PAGE.read_text(encoding="utf-8") == markdown()


def test_every_title_with_a_vote_stands_on_the_page() -> None:
    voted = [title.label.vi for title in rules().titles if title.vote is not None]

    assert sorted(label for titles in kinds().values() for label in titles) == sorted(voted)
    assert [label for label in voted if label not in markdown()] == []
