"""The console's own words: every one is used, with the operands that its pages give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runtime.office.seeds import shipped_words
from runtime.office.words import CONSOLE
from workflow.model.wording import placeholders

ROOT = Path(__file__).parents[2]
SOURCES = [
    *sorted((ROOT / "web").rglob("*.py")),
    *sorted((ROOT / "web").rglob("*.html")),
    *sorted((ROOT / "runtime" / "views").rglob("*.py")),
]
CALL = re.compile(r"""\b(?:w|words)\(\s*f?(['"])(web\.[^'"]+)\1(.*?)\)""", re.DOTALL)
"""How Python and the templates ask for a word: `w('web.lines', n=3)`."""
OPERAND = re.compile(r"(?<![\w.])([a-z_]+)=(?!=)")


def asked() -> list[tuple[str, str, set[str]]]:
    return [
        (path.name, match[2], {*OPERAND.findall(match[3])})
        for path in SOURCES
        for match in CALL.finditer(path.read_text("utf-8"))
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_of_the_pages_is_there_with_the_operands_that_it_is_given(language: str) -> None:
    words = shipped_words()
    wrong = []
    for file, key, operands in asked():
        if "{" in key or key.endswith("."):
            continue  # made of an id: held by the test below and by the pages' own
        text = words.get(key)
        if text is None or {*placeholders(getattr(text, language))} != operands:
            wrong.append((file, key, operands))

    assert wrong == []


def test_every_word_of_the_console_is_asked_for_somewhere() -> None:
    source = "\n".join(path.read_text("utf-8") for path in SOURCES)
    unused = [
        key
        for key in shipped_words()
        # What it says in the place of a command is asked for by the command line's key: test_instead.py.
        if key.startswith("web.") and not key.startswith(CONSOLE)
        if key not in source and key.rpartition(".")[0] + "." not in source
    ]

    assert unused == []
