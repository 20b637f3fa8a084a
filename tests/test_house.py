"""The house's papers agree: the locks cover pyproject.toml, the README's commands are one line each."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUNNING, TESTING = (
    (ROOT / name).read_text("utf-8") for name in ("requirements.lock", "requirements-test.lock")
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked(wanted: Iterable[str]) -> set[str]:
    """The packages of requirements as pyproject.toml writes them."""
    return {normalised(re.split(r"[\[=<>!~ ]", each)[0]) for each in wanted}


def locked(lock: str) -> set[str]:
    return {normalised(name) for name in re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)}


def test_the_lock_pins_everything_that_building_and_running_the_project_asks_for() -> None:
    building = [*PROJECT["build-system"]["requires"], *PROJECT["dependency-groups"]["build"]]
    running = [each for name, extra in EXTRAS.items() if name != "test" for each in extra]

    assert asked([*building, *PROJECT["project"]["dependencies"], *running]) - locked(RUNNING) == set()


def test_the_tests_lock_pins_what_testing_asks_for_beside_and_nothing_twice() -> None:
    assert asked(EXTRAS["test"]) - locked(RUNNING) - locked(TESTING) == set()
    assert locked(RUNNING) & locked(TESTING) == set()


def test_no_tool_of_the_tests_is_locked_for_running() -> None:
    assert {"pytest", "pytest-xdist", "hypothesis", "mypy", "ruff"} & locked(RUNNING) == set()


@pytest.mark.parametrize("lock", [RUNNING, TESTING], ids=["running", "testing"])
def test_every_package_of_a_lock_has_hashes_and_no_lock_names_a_host(lock: str) -> None:
    packages = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)[1:]

    assert [each.splitlines()[0] for each in packages if "--hash=sha256:" not in each] == []
    assert re.findall(r"\w+://\S*|^-.*", lock, re.MULTILINE) == []


@pytest.mark.parametrize(("marker", "end"), [("demo", "tdkt demo"), ("test", "python -m pytest")])
def test_the_readme_gives_each_command_as_one_line(marker: str, end: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    found = re.findall(f"<!-- {marker}-command -->\n```sh\n(.*)\n```\n<!-- /{marker}-command -->", readme)

    assert [command.endswith(f".venv/bin/{end}") for command in found] == [True]
