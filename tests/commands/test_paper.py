"""`tdkt paper`: drafts are made anew, what is issued is kept and given back as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exchange.papers.comparing import pages_of
from tests.commands.conftest import Tdkt
from tests.dossiers import way
from tests.people import ACCOUNTANT, CHAIR, OFFICER, RECORDS_CLERK, SECRETARY, STANDING_MEMBER

KIND = "phieu_bo_sung"
GIVEN = ("--number", "05/PYC-VHXH", "--on", "03/03/2026")
KEEPERS = [STANDING_MEMBER, SECRETARY, OFFICER, RECORDS_CLERK, ACCOUNTANT]
LACKING = "Biên bản họp thôn; Báo cáo thành tích"


@pytest.fixture
def returned(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Tdkt:
    """An office with a dossier that was returned for a supplement; in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    what = ("--task", "T06", "--from", "thon-1", "--title", "gk", "--type", "phong_trao")
    assert tdkt("dossier", "new", *what, "--as", "thon-1").code == 0
    name = ("--kind", "person", "--name", "Nông Văn Mẫu")
    assert tdkt("dossier", "add", "D0001", *name, "--as", "thon-1").code == 0
    for words in way("submitted", ref="D0001", on="02/03/2026", lines=(1,), body="thon-1"):
        assert tdkt(*words).code == 0
    missing = ("--set", f"missing={LACKING}", "--set", "until=10/03/2026")
    assert tdkt("advance", "D0001", "return", *missing, "--as", OFFICER).code == 0
    return tdkt


def listed(returned: Tdkt) -> dict[str, object]:
    """What `paper list` says of the request for a supplement."""
    (found,) = (each for each in returned("paper", "list", "D0001", "--json").json if each["kind"] == KIND)
    return dict(found)


def text(file: Path) -> str:
    return " ".join("".join(pages_of(file.read_bytes())).split())


def test_a_draft_has_a_blank_for_its_number_and_says_that_it_is_none(returned: Tdkt) -> None:
    answer = returned("paper", "make", "D0001", KIND, "-o", "out")

    assert answer.code == 0
    assert answer.out.splitlines() == [f"Written to out/D0001-{KIND}.{end}." for end in ("docx", "pdf")]
    said = text(Path(f"out/D0001-{KIND}.pdf"))
    assert "- Biên bản họp thôn; - Báo cáo thành tích;" in said
    assert "Số: /PYC-VHXH" in said
    assert "BẢN THỬ" in said


def test_a_draft_is_the_same_again_and_another_file_in_its_place_stops_it(returned: Tdkt) -> None:
    returned("paper", "make", "D0001", KIND)
    first = Path(f"D0001-{KIND}.pdf").read_bytes()

    same = returned("paper", "make", "D0001", KIND)
    Path(f"D0001-{KIND}.pdf").write_bytes(b"mine")
    other = returned("paper", "make", "D0001", KIND, *GIVEN, "--as", OFFICER, "--json")

    assert same.code == 0
    assert (other.code, other.refusal["error"]) == (1, "file_exists")
    assert Path(f"D0001-{KIND}.pdf").read_bytes() == b"mine"
    # Nothing was kept of what could not be written.
    assert listed(returned)["state"] == "draft"
    assert first != b"mine"


def test_what_is_issued_is_kept_and_given_back_whatever_changes_afterwards(returned: Tdkt) -> None:
    made = returned("paper", "make", "D0001", KIND, "-o", "a", *GIVEN, "--as", OFFICER)
    for words in way("submitted", ref="D0001", on="04/03/2026", lines=(1,), body="thon-1"):
        returned(*words)
    again = returned("paper", "make", "D0001", KIND, "-o", "b")

    assert (made.code, again.code) == (0, 0)
    for end in ("docx", "pdf"):
        assert Path(f"a/D0001-{KIND}.{end}").read_bytes() == Path(f"b/D0001-{KIND}.{end}").read_bytes()
    shown = listed(returned)
    assert (shown["state"], shown["number"], shown["on"]) == ("kept", "05/PYC-VHXH", "2026-03-03")
    assert returned("audit", "verify").code == 0
    assert "Số: 05/PYC-VHXH" in text(Path(f"a/D0001-{KIND}.pdf"))


def test_somebody_who_may_must_be_named_to_keep_what_is_issued(returned: Tdkt) -> None:
    nobody = returned("paper", "make", "D0001", KIND, *GIVEN)
    chair = returned("paper", "make", "D0001", KIND, *GIVEN, "--as", CHAIR)

    assert (nobody.code, chair.code) == (2, 1)
    assert re.findall(r"([\w-]+) \(", nobody.err) == KEEPERS
    assert list(Path().glob(f"*{KIND}*")) == []


def test_certificates_are_no_paper_of_two_files(returned: Tdkt) -> None:
    answer = returned("paper", "make", "D0001", "giay_khen", "--json")

    assert (answer.code, answer.refusal["error"]) == (2, "paper_on_sheets")


def test_a_kept_paper_that_was_damaged_is_told_and_found_by_doctor(returned: Tdkt, database: Path) -> None:
    returned("paper", "make", "D0001", KIND, "-o", "a", *GIVEN, "--as", OFFICER)
    for file in database.with_name(database.name + ".files").iterdir():
        file.write_bytes(b"other")

    answer = returned("paper", "make", "D0001", KIND, "-o", "b", "--json")
    checks = {each["check"]: each["status"] for each in returned("doctor", "--json").json}

    assert answer.refusal["error"] == "paper_file_changed"
    assert checks["papers"] == "problem"
    assert not Path("b").exists()


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("make", "D0001", "quyet-dinh"), "unknown_paper_kind"),
        (("fields", "quyet-dinh"), "no_paper_kind"),
        (("show", "D0009", KIND), "unknown_ref"),
        (("make", "D0001", KIND, "--number", "05/PYC"), "usage"),
    ],
)
def test_what_there_is_not_is_a_usage_error(returned: Tdkt, words: tuple[str, ...], error: str) -> None:
    answer = returned("paper", *words, "--json")

    assert (answer.code, answer.refusal["error"]) == (2, error)


def test_what_has_nothing_to_say_yet_is_refused(returned: Tdkt) -> None:
    what = ("--task", "T06", "--from", "thon-2", "--title", "gk", "--type", "phong_trao")
    returned("dossier", "new", *what, "--as", "thon-2")

    answer = returned("paper", "make", "D0002", KIND, "--json")

    assert (answer.code, answer.refusal["error"]) == (1, "no_paper_yet")
    assert returned("paper", "list", "D0002").out == "No paper can be made yet.\n"


def test_the_template_that_the_office_adopted_is_filled(returned: Tdkt) -> None:
    from exchange.papers.package import packed, unpacked
    from tests.commands.conftest import SHIPPED

    parts = unpacked((SHIPPED / "papers" / KIND / "1.docx").read_bytes())
    own = parts["word/document.xml"].decode().replace("Kính gửi: ", "Kính gửi đơn vị ")
    Path(f"{KIND}-2.docx").write_bytes(packed({**parts, "word/document.xml": own.encode()}))
    assert returned("definition", "adopt", f"{KIND}-2.docx", "--as", STANDING_MEMBER).code == 0

    shown = returned("paper", "show", "D0001", KIND)

    assert "Kính gửi đơn vị Thôn mẫu số 1." in shown.out


def test_a_backup_takes_what_was_issued_along(returned: Tdkt) -> None:
    returned("paper", "make", "D0001", KIND, "-o", "a", *GIVEN, "--as", OFFICER)
    kept = listed(returned)

    assert returned("backup", "saved.db").code == 0

    files = {file.name: file.read_bytes() for file in Path("saved.db.files").iterdir()}
    assert files == {
        kept["word"]: Path(f"a/D0001-{KIND}.docx").read_bytes(),
        kept["pdf"]: Path(f"a/D0001-{KIND}.pdf").read_bytes(),
    }
