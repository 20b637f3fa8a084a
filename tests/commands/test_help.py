"""`tdkt help`: pages of one screen in both languages, whose commands do what they say in their order."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from commands.help import PAGES, page, plain
from tests.commands.conftest import SHIPPED, Tdkt
from tests.dossiers import Typed, for_the_province, way
from tests.papers import HELP, blocks

COLUMNS, LINES = 80, 30
LANGUAGES = ("en", "vi")


def dossier(ref: str, to: str, session: str = "S01") -> Iterator[Typed]:
    """A dossier of two nominees, brought to a stage."""
    yield (
        *("dossier", "new", "--task", "T06", "--from", "thon-1", "--title", "gk"),
        *("--type", "phong_trao", "--as", "thon-1"),
    )
    for no in (1, 2):
        yield ("dossier", "add", ref, "--kind", "person", "--name", f"Người {ref}-{no}", "--as", "thon-1")
    yield from way(to, ref=ref, lines=(1, 2), session=session)


BEFORE = {
    "dossier": [*dossier("D0001", "reviewed")],
    "council": [*dossier("D0001", "appraised"), *for_the_province("D0002")],
    "decision": [*dossier("D0001", "reviewed")],
    "money": [*dossier("D0001", "awarded")],
    "mistakes": [
        *dossier("D0001", "drafted"),
        *dossier("D0002", "complete"),
        *dossier("D0003", "reviewed"),
        *dossier("D0004", "awarded", "S02"),
    ],
}
"""What was done before somebody reads a page."""


def commands(name: str, language: str) -> list[str]:
    """The commands that a page shows, in its order."""
    return [
        line for block in blocks(f"docs/help/{name}.{language}.md", "sh") for line in block.text.split("\n")
    ]


def screen_lines(text: str) -> int:
    """How many lines a text takes on a narrow terminal."""
    assert not any(east_asian_width(sign) in "WF" for sign in text)
    return sum(max(1, -(-len(line) // COLUMNS)) for line in text.splitlines())


def test_the_pages_are_those_that_are_listed() -> None:
    assert tuple(id for id, _name, _about in PAGES) == HELP


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", HELP)
def test_a_page_is_one_screen_of_a_narrow_terminal(name: str, language: str) -> None:
    shown = plain(page(name, language))

    assert (screen_lines(shown) <= LINES, [sign for sign in "`#" if sign in shown]) == (True, [])
    assert [
        line for line in shown.splitlines() if len(line) > COLUMNS and not line.startswith("  tdkt ")
    ] == []


@pytest.mark.parametrize("name", HELP)
def test_every_command_of_a_page_does_what_it_says(
    name: str, tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(SHIPPED / "offices/diem-he/ke-hoach-2026.txt", tmp_path / "ke-hoach-2026.txt")
    for words in BEFORE.get(name, ()):
        assert tdkt(*words).code == 0, words

    typed = commands(name, "vi")
    failed = [(line, told.err) for line in typed if (told := tdkt(*shlex.split(line)[1:])).code]

    assert (failed, typed) == ([], commands(name, "en"))


def test_help_lists_the_pages_shows_one_and_gives_a_command_s_own(
    bare: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = bare("help").out
    assert [f"tdkt help {name}" in listed for name in HELP] == [True] * len(HELP)
    assert bare("help", "council").out == plain(page("council", "en"))
    assert bare("help", "advance").out == bare("advance", "-h").out
    assert bare("help", "dossier", "add").out == bare("dossier", "add", "-h").out

    monkeypatch.setenv("TDKT_LANG", "vi")
    assert bare("help", "hội đồng").out == plain(page("council", "vi"))


def test_help_on_what_is_neither_a_page_nor_a_command_names_the_pages(bare: Tdkt) -> None:
    answer = bare("help", "nothing")

    assert (answer.code, answer.out) == (2, "")
    assert (
        "pages are: year, dossier, council, decision, movement, money, report, deadlines, mistakes"
        in answer.err
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("help", "mistake"), "movement, money, report, deadlines, mistakes. Did you mean 'mistakes'?"),
        (("help", "calendar", "lst"), "No such command 'lst'. There are: check, propose, show."),
        (("calendar", "lst"), "No such command 'lst'. There are: check, propose, show."),
        (("calendar", "shwo"), "No such command 'shwo'. Did you mean 'show'?"),
    ],
)
def test_a_page_or_verb_that_is_not_there_is_met_with_those_that_are(
    words: tuple[str, ...], said: str, bare: Tdkt
) -> None:
    answer = bare(*words)

    assert (answer.code, said in " ".join(answer.err.split())) == (2, True), answer.err
