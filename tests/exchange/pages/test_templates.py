"""Templates: without style of their own, every word escaped, every name given; all of them in the package."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from exchange.pages.templates import FOLDER, standing_alone
from tests.exchange.pages.test_board import BOARD, Seen
from tests.processes import ROOT

TEMPLATES = sorted(FOLDER.glob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.name))
def test_a_template_holds_neither_style_nor_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert [word for word in ("<style", "style=", "<script", " on", "|safe", "| safe") if word in text] == []


def test_a_page_that_stands_alone_bears_the_whole_style_once() -> None:
    page = standing_alone("board", page=BOARD)

    assert page.count("<style>") == 1
    assert (FOLDER / "pages.css").read_text(encoding="utf-8") in page
    assert "style" not in [name for name, _value in Seen(page).attributes]


def test_a_name_that_nobody_gives_is_a_mistake() -> None:
    with pytest.raises(UndefinedError):
        standing_alone("week", page=BOARD)


def test_a_mark_of_the_office_cannot_become_a_tag() -> None:
    page = standing_alone("board", page=replace(BOARD, mark="<script>", language="vi"))

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_an_installed_package_has_every_template(tmp_path: Path) -> None:
    build = (sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path)
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)

    (wheel,) = tmp_path.glob("*.whl")
    packed = {Path(name).name for name in zipfile.ZipFile(wheel).namelist() if "exchange/pages/" in name}
    assert {path.name for path in FOLDER.iterdir() if path.is_file()} <= packed
