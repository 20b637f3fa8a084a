"""A Word template is a definition like any other: shown, exported, checked, adopted."""

from __future__ import annotations

from pathlib import Path

import pytest

from exchange.papers.package import packed, unpacked
from tests.commands.conftest import SHIPPED, Tdkt
from tests.people import ADMINISTRATOR, CHAIR

KIND = "quyet_dinh"
TEMPLATE = SHIPPED / "papers" / KIND / "1.docx"


def saved(file: Path, old: str = "chi từ {{ fund }}", new: str = "nguồn: {{ fund }}") -> Path:
    """The shipped template with other words, as Word would save it."""
    parts = unpacked(TEMPLATE.read_bytes())
    text = parts["word/document.xml"].decode()
    assert old in text
    file.write_bytes(packed({**parts, "word/document.xml": text.replace(old, new).encode()}))
    return file


def test_a_template_is_shown_by_its_words(tdkt: Tdkt) -> None:
    answer = tdkt("definition", "show", f"paper/{KIND}")

    assert answer.code == 0
    assert "Về việc tặng {{ award }} {{ period }}\n" in answer.out


def test_a_template_is_exported_as_the_word_file_that_it_is(tdkt: Tdkt, tmp_path: Path) -> None:
    answer = tdkt("definition", "export", f"paper/{KIND}", str(tmp_path))

    assert answer.code == 0
    assert (tmp_path / "papers" / KIND / "1.docx").read_bytes() == TEMPLATE.read_bytes()


def test_what_an_office_wrote_is_adopted_and_shown_then(tdkt: Tdkt, tmp_path: Path) -> None:
    file = saved(tmp_path / f"{KIND}-2.docx")

    tried = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR, "--dry-run")
    done = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR)
    again = tdkt("definition", "adopt", str(file), "--as", ADMINISTRATOR)

    assert (tried.code, done.code, again.code) == (0, 0, 0)
    assert done.out.endswith(f"paper/{KIND}/2 is in force.\n")
    assert again.out == f"paper/{KIND}/2 was adopted before; nothing was written.\n"
    assert "nguồn: {{ fund }}" in tdkt("definition", "show", f"paper/{KIND}").out
    assert tdkt("audit", "verify").code == 0


def test_a_third_version_is_shown_by_the_words_that_it_changes(tdkt: Tdkt, tmp_path: Path) -> None:
    tdkt("definition", "adopt", str(saved(tmp_path / f"{KIND}-2.docx")), "--as", ADMINISTRATOR)
    third = saved(tmp_path / f"{KIND}-3.docx", "chi từ {{ fund }}", "lấy từ {{ fund }}")

    answer = tdkt("definition", "adopt", str(third), "--as", ADMINISTRATOR, "--dry-run")

    changed = [line for line in answer.out.splitlines() if line[:1] in "+-"]
    assert [line[0] for line in changed] == ["-", "+"]
    assert "lấy từ {{ fund }}" in changed[1]


def test_a_template_in_use_is_never_edited(tdkt: Tdkt, tmp_path: Path) -> None:
    tdkt("definition", "adopt", str(saved(tmp_path / f"{KIND}-2.docx")), "--as", ADMINISTRATOR)
    other = saved(tmp_path / f"{KIND}-2.docx", "chi từ {{ fund }}", "lấy từ {{ fund }}")

    answer = tdkt("definition", "adopt", str(other), "--as", ADMINISTRATOR)

    assert (answer.code, answer.err) == (
        1,
        f"paper/{KIND}/2 is in use and is never edited. Save the file as {KIND}-3.docx, then adopt it.\n",
    )


def test_who_may_not_adopt_a_template_is_refused(tdkt: Tdkt, tmp_path: Path) -> None:
    answer = tdkt("definition", "adopt", str(saved(tmp_path / f"{KIND}-2.docx")), "--as", CHAIR)

    assert answer.code == 1


def test_a_broken_field_is_told_by_its_paragraph_and_nothing_is_adopted(bare: Tdkt, tmp_path: Path) -> None:
    file = saved(tmp_path / f"{KIND}-2.docx", "{{ fund }}", "{{ nguon }}")

    answer = bare("definition", "check", str(file))

    assert answer.code == 1
    assert "there is no field 'nguon' here; known: annexed, authority, award" in answer.err
    assert "paragraph 25 “" in answer.err


def test_what_shows_only_where_it_is_filled_is_found_before_it_is_used(bare: Tdkt, tmp_path: Path) -> None:
    file = saved(tmp_path / f"{KIND}-2.docx", "{{ total }}", "{{ rows[99].name }}")

    answer = bare("definition", "check", str(file), "--json")

    assert answer.code == 1
    assert [each["rule"] for each in answer.json] == ["paper_template"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Quyết định mẫu.docx", "name the file after its kind and its version, as in quyet_dinh-2.docx"),
        ("quyet-dinh.docx", "name the file after its kind and its version, as in quyet_dinh-2.docx"),
        ("to_khai-1.docx", "there is no paper 'to_khai'; known: "),
    ],
)
def test_a_file_must_say_by_its_name_which_template_it_is(
    bare: Tdkt, tmp_path: Path, name: str, said: str
) -> None:
    answer = bare("definition", "check", str(saved(tmp_path / name)))

    assert answer.code == 1
    assert said in answer.err


def test_what_is_no_word_file_is_told(bare: Tdkt, tmp_path: Path) -> None:
    (tmp_path / f"{KIND}-2.docx").write_bytes(b"\xd0\xcf\x11\xe0 an old .doc")

    answer = bare("definition", "check", str(tmp_path / f"{KIND}-2.docx"))

    assert answer.code == 1
    assert "this is no Word file (.docx); save it as one in Word" in answer.err
