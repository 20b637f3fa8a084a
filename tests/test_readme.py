"""What the papers show is what happens: every session in them is run, every excerpt is the file's own."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.papers import blocks, marked, read
from tests.sessions import Shell, fits, steps

needs_a_shell = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("sh") is None, reason="the sessions are those of a Unix shell"
)


@needs_a_shell
@pytest.mark.parametrize(
    ("paper", "language"),
    [
        ("README.md", "en"),
        ("README.vi.md", "vi"),
        ("docs/concepts.md", "en"),
        ("docs/operations.md", "en"),
        ("docs/simulation.md", "en"),
    ],
)
def test_every_session_of_a_paper_prints_what_the_paper_shows(
    paper: str, language: str, tmp_path: Path
) -> None:
    shell = Shell(tmp_path, language=language)

    differing = [
        f"{block}\n$ {step.typed}\n" + "\n".join(got)
        for block in blocks(paper, "console")
        for step in steps(block)
        if not fits(step.expected, got := shell.run(step.typed))
    ]

    if differing:
        pytest.fail("it prints now:\n\n" + "\n\n".join(differing), pytrace=False)


@pytest.mark.parametrize("paper", ["README.md", "README.vi.md"])
def test_the_first_screen_quotes_ten_lines_of_the_shipped_definition(paper: str) -> None:
    file = read("definitions/machines/plan_task/1.yaml")
    shown = marked(paper, "plan_task/1").text

    runs = [run.strip("\n") for run in re.split(r".*# ….*", shown)]

    assert ([run for run in runs if f"\n{run}\n" not in file], len("\n".join(runs).split("\n"))) == ([], 10)


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [
        (("a … c",), ("a b c", ""), True),
        (("a … c",), ("a b d",), False),
        (("first", "…", "last"), ("first", "1", "2", "last"), True),
        (("first", "…", "last"), ("first", "1", "2", "3"), False),
        (("first",), ("first", "second"), False),
        ((), ("",), True),
        ((), ("an unexpected line",), False),
    ],
)
def test_an_output_that_drifts_does_not_fit(
    expected: tuple[str, ...], got: tuple[str, ...], same: bool
) -> None:
    assert fits(expected, got) is same
