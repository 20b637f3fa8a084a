"""`tdkt dossier attach`, `papers`, `paper`: what a dossier consists of, kept by digest, never by name."""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from tests.commands.conftest import Tdkt
from tests.people import ADMINISTRATOR, OFFICER, VILLAGE
from tests.sample_papers import pdf, png

NEW = ("dossier", "new", "--task", "T17", "--from", VILLAGE, "--title", "gk", "--type", "cong_trang")
OLD = 1_000_000_000
NEEDED = ["to_trinh", "danh_sach", "bien_ban", "bao_cao"]


@pytest.fixture
def drafted(tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tdkt:
    """A dossier of two lines, in a folder with files to attach."""
    monkeypatch.chdir(tmp_path)
    assert tdkt(*NEW, "--as", VILLAGE).code == 0
    for name in ("Một", "Hai"):
        tdkt("dossier", "add", "D0001", "--kind", "person", "--name", name, "--as", VILLAGE)
    for name, content in (("1.pdf", pdf("1")), ("2.pdf", pdf("2")), ("3.png", png()), ("x.txt", b"x")):
        (tmp_path / name).write_bytes(content)
    return tdkt


def attached(tdkt: Tdkt, kind: str, *files: str, ref: str = "D0001", by: str = VILLAGE) -> None:
    answer = tdkt("dossier", "attach", ref, kind, *files, "--as", by)
    assert answer.code == 0, answer.err


def papers(tdkt: Tdkt) -> list[tuple[object, ...]]:
    shown = tdkt("dossier", "papers", "D0001", "--json").json["papers"]
    return [
        (one["no"], one["kind"], one["revision"], one["stands"], one["how"], one["line"]) for one in shown
    ]


def kept(database: Path) -> set[str]:
    folder = database.with_name(f"{database.name}.files")
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def digest(file: str) -> str:
    return sha256(Path(file).read_bytes()).hexdigest()


def test_a_paper_is_kept_by_its_digest_and_given_back(drafted: Tdkt, database: Path) -> None:
    attached(drafted, "to_trinh", "1.pdf")

    back = drafted("dossier", "paper", "D0001", "1", "--out", "back.pdf", "--json")

    assert (back.json["digest"], Path("back.pdf").read_bytes()) == (digest("1.pdf"), pdf("1"))
    assert kept(database) == {digest("1.pdf")}
    assert stat.S_IMODE(database.with_name(f"{database.name}.files").stat().st_mode) == 0o700
    entry = drafted("audit", "log", "D0001", "--json").json[-1]
    assert entry["recorded"] == {
        "kind": "to_trinh",
        "how": "scan",
        "digest": digest("1.pdf"),
        "media": "pdf",
        "size": len(pdf("1")),
    }
    assert "1.pdf" not in drafted("audit", "show", "4", "--json").json["bytes"]
    assert drafted("audit", "verify").code == 0


def test_a_later_paper_is_a_revision_beside_the_one_before(drafted: Tdkt, database: Path) -> None:
    attached(drafted, "to_trinh", "1.pdf")
    attached(drafted, "to_trinh", "2.pdf", "3.png")
    attached(drafted, "bao_cao", "3.png", ref="D0001/2")

    again = drafted("dossier", "attach", "D0001", "to_trinh", "2.pdf", "--as", VILLAGE)

    assert papers(drafted) == [
        (1, "to_trinh", 1, False, "scan", None),
        (2, "to_trinh", 2, True, "scan", None),
        (3, "to_trinh", 2, True, "scan", None),
        (4, "bao_cao", 1, True, "scan", 2),
    ]
    assert (again.code, "This file is there already, as paper 2" in again.err) == (1, True)
    assert kept(database) == {digest(name) for name in ("1.pdf", "2.pdf", "3.png")}


def test_of_several_files_all_are_kept_or_none(drafted: Tdkt, database: Path) -> None:
    wrong = drafted("dossier", "attach", "D0001", "to_trinh", "1.pdf", "x.txt", "none.pdf", "--as", VILLAGE)
    stranger = drafted("dossier", "attach", "D0001", "to_trinh", "1.pdf", "--as", "thon-2")
    twice = drafted("dossier", "attach", "D0001", "to_trinh", "1.pdf", "1.pdf", "--as", VILLAGE)
    tried = drafted("dossier", "attach", "D0001", "to_trinh", "1.pdf", "--dry-run", "--as", VILLAGE)

    assert [wrong.code, stranger.code, twice.code, tried.code] == [2, 1, 1, 0]
    assert wrong.err == (
        "Nothing was attached. x.txt: this is neither a PDF nor a picture nor a Word file; scan it, or save"
        " it as a PDF; none.pdf: it cannot be read: No such file or directory.\n"
    )
    assert (papers(drafted), kept(database)) == ([], set())


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("to_trinh",), 2, "Give the files of the paper, or --seen"),
        (("to_trinh", "1.pdf", "--seen"), 2, "Give the files of the paper, or --seen"),
        (("to_trinh", "--seen"), 1, "Only who receives the dossier can say that a paper was seen"),
        (("don_thu", "1.pdf"), 2, "“don_thu” is not known"),
    ],
)
def test_what_is_typed_wrongly_is_told(drafted: Tdkt, words: tuple[str, ...], code: int, said: str) -> None:
    answer = drafted("dossier", "attach", "D0001", *words, "--as", VILLAGE)

    assert (answer.code, said in answer.err, answer.out) == (code, True, "")


def test_a_file_beyond_the_limit_is_refused(drafted: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_FILE_LIMIT", "1")
    Path("large.pdf").write_bytes(pdf() + b"\n" * (1 << 20))

    large = drafted("dossier", "attach", "D0001", "to_trinh", "large.pdf", "--as", VILLAGE)
    monkeypatch.setenv("TDKT_FILE_LIMIT", "0")
    unset = drafted("dossier", "attach", "D0001", "to_trinh", "1.pdf", "--as", VILLAGE)

    assert (large.code, "large.pdf: the file is larger than 1 MB" in large.err) == (2, True)
    assert (unset.code, "TDKT_FILE_LIMIT is “0”" in unset.err) == (2, True)


def test_no_digest_is_recorded_of_a_file_that_is_not_kept(drafted: Tdkt) -> None:
    given = ("--set", "kind=to_trinh", "--set", "how=scan", "--set", f"digest={digest('1.pdf')}")

    answer = drafted("advance", "D0001", "attach", *given, "--as", VILLAGE)

    assert (answer.code, "No such file is kept beside the database" in answer.err) == (1, True)


def test_what_lacks_is_asked_at_the_submission_and_refused_at_the_acceptance(drafted: Tdkt) -> None:
    attached(drafted, "to_trinh", "1.pdf")
    submit = ("advance", "D0001", "submit", "--as", VILLAGE)
    accept = ("dossier", "accept", "D0001", "--complete-on", "05/01/2026", "--as", OFFICER, "--json")

    asked = drafted("why", "D0001", "submit", "--as", VILLAGE, "--json").json["asks"]
    unsure, meant = drafted(*submit), drafted(*submit, "--yes")
    refused = drafted(*accept, "--original", "scan", "--seen", "danh_sach")
    done = drafted(*accept, "--original", "scan", "--all-seen")

    lacking = "The dossier lacks: List of nominees (danh_sach); Minutes of the meeting (bien_ban)"
    assert [said.startswith(lacking) for said in asked] == [True]
    assert (unsure.code, meant.code, refused.code, done.code) == (1, 0, 1, 0)
    assert [reason["rule"] for reason in refused.refusal["reasons"]] == ["papers_there"]
    assert "(danh_sach)" not in refused.refusal["reasons"][0]["message"]
    shown = drafted("dossier", "papers", "D0001", "--json").json
    assert ([one["kind"] for one in shown["asked"] if one["there"]], shown["lacking"]) == (NEEDED, [])
    assert [how for *_, how, _line in papers(drafted)] == ["scan", "seen", "seen", "seen"]


def test_a_scan_that_is_not_there_is_no_signed_original_and_a_village_has_no_seal(drafted: Tdkt) -> None:
    drafted("advance", "D0001", "submit", "--as", VILLAGE, "--yes")

    refused = drafted(
        *("dossier", "accept", "D0001", "--complete-on", "05/01/2026", "--original", "digital"),
        *("--all-seen", "--as", OFFICER),
    )

    assert (refused.code, "a village has no seal" in refused.err) == (1, True)
    assert "A village has no seal" in drafted("dossier", "papers", "D0001").out


def test_what_was_submitted_stays_and_the_officer_attaches_beside_it(drafted: Tdkt) -> None:
    attached(drafted, "to_trinh", "1.pdf")
    drafted("advance", "D0001", "submit", "--as", VILLAGE, "--yes")

    late = drafted("dossier", "attach", "D0001", "to_trinh", "2.pdf", "--as", VILLAGE)
    attached(drafted, "to_trinh", "2.pdf", by=OFFICER)

    assert late.code == 1
    assert [(no, stands) for no, _kind, _revision, stands, *_ in papers(drafted)] == [(1, False), (2, True)]


# -- care ------------------------------------------------------------------------------------------------


def checks(tdkt: Tdkt) -> dict[str, str]:
    found = tdkt("doctor", "--json").json
    return {one["check"]: one["status"] for one in found if one["check"].startswith("papers")}


def test_doctor_tells_missing_changed_and_unnamed_files(drafted: Tdkt, database: Path) -> None:
    attached(drafted, "to_trinh", "1.pdf")
    folder = database.with_name(f"{database.name}.files")
    right = checks(drafted)
    (folder / ("0" * 64)).write_bytes(b"x")
    young = checks(drafted)
    os.utime(folder / ("0" * 64), (OLD, OLD))
    (folder / digest("1.pdf")).write_bytes(pdf("1")[:-1])
    changed = checks(drafted)
    (folder / digest("1.pdf")).unlink()
    missing = drafted("doctor")

    assert (right, young) == ({"papers": "ok"}, {"papers": "ok"})
    assert changed == {"papers": "problem", "papers_left": "warning"}
    assert (missing.code, "1 file of papers is missing or changed: 2026/D0001" in missing.out) == (1, True)
    unread = drafted("dossier", "paper", "D0001", "1", "--out", "back.pdf")
    assert (unread.code, Path("back.pdf").exists()) == (4, False)


def test_a_backup_takes_along_what_it_names_and_forgets_the_rest(drafted: Tdkt, database: Path) -> None:
    attached(drafted, "to_trinh", "1.pdf")
    attached(drafted, "danh_sach", "2.pdf")
    (database.with_name(f"{database.name}.files") / ("0" * 64)).write_bytes(b"x")
    Path("copy.db.files").mkdir()
    (Path("copy.db.files") / ("1" * 64)).write_bytes(b"of an older copy")

    made = drafted("backup", "copy.db", "--json")

    assert (made.json["files"], made.json["lacking"]) == (2, [])
    assert {path.name for path in Path("copy.db.files").iterdir()} == {digest("1.pdf"), digest("2.pdf")}
    back = drafted("--db", "copy.db", "dossier", "paper", "D0001", "2", "--out", "back.pdf")
    assert (back.code, Path("back.pdf").read_bytes()) == (0, pdf("2"))


def test_a_backup_is_made_and_says_which_file_it_lacks(drafted: Tdkt, database: Path) -> None:
    attached(drafted, "to_trinh", "1.pdf")
    (database.with_name(f"{database.name}.files") / digest("1.pdf")).unlink()

    made = drafted("backup", "copy.db")

    assert (made.code, "2026/D0001: The file" in made.err, Path("copy.db").exists()) == (1, True, True)


def test_erasing_deletes_a_file_with_its_last_reference_and_nothing_more(
    drafted: Tdkt, database: Path
) -> None:
    attached(drafted, "bao_cao", "1.pdf", ref="D0001/1")
    attached(drafted, "bao_cao", "2.pdf", ref="D0001/2")
    attached(drafted, "khac", "2.pdf")
    erase = ("audit", "erase", "--as", ADMINISTRATOR, "--yes", "--json")

    line = drafted(*erase, "D0001/1")
    after_line = kept(database)
    other = drafted(*erase, "D0001/2")
    after_other = kept(database)
    whole = drafted(*erase, "D0001")

    assert [each.json["papers"] for each in (line, other, whole)] == [1, 1, 1]
    assert [each.json["erased"] for each in (line, other, whole)] == [2, 2, 1]
    assert (after_line, after_other, kept(database)) == ({digest("2.pdf")}, {digest("2.pdf")}, set())
    gone = drafted("dossier", "paper", "D0001", "1", "--out", "back.pdf")
    assert (gone.code, "has no file" in gone.err) == (2, True)
    assert [one[1] for one in papers(drafted)] == ["bao_cao", "bao_cao", "khac"]
    assert (drafted("audit", "verify").code, checks(drafted)) == (0, {})
