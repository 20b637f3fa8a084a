"""docs/money.md is what the shipped rule pack pays."""

from pathlib import Path

from tests.money_table import markdown

PAGE = Path(__file__).parents[1] / "docs" / "money.md"


def test_the_page_says_what_the_shipped_pack_pays() -> None:
    assert PAGE.read_text(encoding="utf-8") == markdown()
