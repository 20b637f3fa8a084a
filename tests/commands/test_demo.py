"""`tdkt demo` as a newcomer runs it: to its end, the same each time, and with papers to look at."""

import os
import re
import subprocess
import sys
from pathlib import Path

from exchange.papers.comparing import bare, pages_of
from tests.papers import ROOT
from tests.sample_pictures import PICTURES, SHOWN, digest_of, pages
from tests.waiting import LIMIT


def demo(folder: Path) -> tuple[str, dict[str, bytes]]:
    """What it prints, without its folder's name and the log's salted root, and the papers that it leaves."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "demo"],
        env=os.environ | {"TMPDIR": str(folder), "TEMP": str(folder), "TDKT_LANG": "en"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT,
        check=False,
    )
    printed = done.stdout.decode()
    assert done.returncode == 0, printed[-2000:]
    (home,) = folder.glob("tdkt-demo-*")
    told = re.sub(r"root [0-9a-f]{64}", "root", printed.replace(str(home), "HOME"))
    return told, {file.name: file.read_bytes() for file in (home / "papers").iterdir()}


def test_the_demo_ends_with_its_papers_and_its_database_and_is_the_same_each_time(tmp_path: Path) -> None:
    printed, papers = demo(tmp_path / "first")
    again, papers_again = demo(tmp_path / "second")

    both = [name for name in SHOWN if name != "Q01-giay-khen"]
    made = {f"{name}.{form}" for name in both for form in ("docx", "pdf")}
    assert set(papers) == made | {"Q01-giay-khen.pdf", "ke-hoach-2027.docx"}
    assert re.search(r"\nThe papers to look at: HOME.papers\nTDKT_DB=sqlite:///HOME.demo\.db\n$", printed)
    assert (again, papers_again) == (printed, papers)
    (left,) = (tmp_path / "second").glob("tdkt-demo-*/papers")
    shown = {file.name: digest_of(file.read_bytes()) for file in PICTURES.iterdir()}
    said = bare("".join("".join(pages_of(file.read_bytes())) for file in left.glob("[QSD]*.pdf")))
    assert "GiấykhencủaChủtịchỦybannhândânxã" in said
    assert "ChủtịchUBNDxã" not in said
    # Otherwise: python -m tests.sample_pictures
    assert shown == dict(pages(left))
