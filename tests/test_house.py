"""The house's papers agree: the lock covers pyproject.toml, the README's commands are one line each."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_pins_everything_that_the_project_asks_for() -> None:
    papers = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = chain(
        papers["build-system"]["requires"],
        papers["project"]["dependencies"],
        *papers["project"]["optional-dependencies"].values(),
        *papers["dependency-groups"].values(),
    )
    locked = {normalised(name) for name in re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE)}

    assert {normalised(re.split(r"[\[=<>!~ ]", each)[0]) for each in asked} - locked == set()


def test_every_package_of_the_lock_has_hashes_and_the_lock_names_no_host() -> None:
    packages = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]

    assert [each.splitlines()[0] for each in packages if "--hash=sha256:" not in each] == []
    assert re.findall(r"\w+://\S*|^-.*", LOCK, re.MULTILINE) == []


@pytest.mark.parametrize(("marker", "end"), [("demo", "tdkt demo"), ("test", "python -m pytest")])
def test_the_readme_gives_each_command_as_one_line(marker: str, end: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    found = re.findall(f"<!-- {marker}-command -->\n```sh\n(.*)\n```\n<!-- /{marker}-command -->", readme)

    assert [command.endswith(f".venv/bin/{end}") for command in found] == [True]
