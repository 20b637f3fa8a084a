"""Papers under `kill -9` and on both databases: a dossier has all the files of a paper or none."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from storage.named_files import named_files
from storage.paper_files import PaperFiles
from tests.acceptance.office import Office, replayed
from tests.people import OFFICER, VILLAGE
from tests.processes import ended
from tests.sample_papers import pdf

ROUNDS, FILES = 3, 12
NEW = ("dossier", "new", "--task", "T06", "--from", VILLAGE, "--title", "gk", "--type", "phong_trao")


@pytest.fixture
def scans(tmp_path: Path) -> list[str]:
    """Files of half a megabyte each, so that writing them takes a while."""
    paths = [tmp_path / f"trang-{number}.pdf" for number in range(FILES)]
    for path in paths:
        path.write_bytes(pdf(path.name).replace(b"%%EOF", b"\n" * (1 << 19) + b"%%EOF"))
    return [str(path) for path in paths]


def test_a_killed_attach_leaves_all_of_its_files_or_none(
    sqlite_office: Office, scans: list[str], tmp_path: Path
) -> None:
    chance = random.Random(20261201)
    assert sqlite_office.tdkt(*NEW, "--as", VILLAGE).code == 0
    drafted = tmp_path / "drafted.db"
    shutil.copyfile(sqlite_office.path, drafted)
    folder = sqlite_office.path.with_name(f"{sqlite_office.path.name}.files")
    found = set()

    for _round in range(ROUNDS):
        shutil.copyfile(drafted, sqlite_office.path)
        shutil.rmtree(folder, ignore_errors=True)
        process = sqlite_office.start("--as", VILLAGE, "dossier", "attach", "D0001", "to_trinh", *scans)
        while not folder.exists() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(chance.random() / 5)
        process.kill()
        ended(process)

        shown = sqlite_office.process("dossier", "papers", "D0001", "--json").json["papers"]
        assert len(shown) in (0, FILES)
        with sqlite_office.open() as database:
            named = named_files(database)
        assert [PaperFiles(folder).fault(digest) for digest in named] == [None] * len(shown)
        assert sqlite_office.faults() == ()
        assert sqlite_office.stored() == replayed(sqlite_office.entries())
        found.add(len(shown))

    again = sqlite_office.tdkt("--as", VILLAGE, "dossier", "attach", "D0001", "danh_sach", *scans)
    assert (again.code, 0 in found) == (0, True)


def test_papers_are_kept_on_both_databases_alike(office: Office, scans: list[str], tmp_path: Path) -> None:
    server = office.url.startswith("postgresql")
    folder = str(tmp_path / "giay-to") if server else None
    office.tdkt(*NEW, "--as", VILLAGE)
    attach = ("--as", VILLAGE, "dossier", "attach", "D0001", "to_trinh", scans[0])

    unnamed = office.tdkt(*attach)
    done = office.tdkt(*attach[:-1], scans[1], TDKT_FILES=folder)
    back = office.tdkt(
        "dossier",
        "paper",
        "D0001",
        "1" if server else "2",
        "--out",
        str(tmp_path / "b.pdf"),
        TDKT_FILES=folder,
    )
    told = office.tdkt("doctor", "--json", TDKT_FILES=folder).json

    assert (unnamed.code, done.code, back.code) == (2 if server else 0, 0, 0)
    assert (tmp_path / "b.pdf").read_bytes() == Path(scans[1]).read_bytes()
    assert [one["status"] for one in told if one["check"] == "papers"] == ["ok"]
    verified = office.tdkt("audit", "verify", TDKT_FILES=folder)
    assert (verified.code, office.tdkt("--as", OFFICER, "dossier", "papers", "D0001").code) == (0, 0)
