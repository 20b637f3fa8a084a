"""Help and mistakes speak the office's language, click's own words too; refusals are one line of JSON."""

from __future__ import annotations

import ast
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import click
import pytest

from commands.click_words import METAVARS, MODULES, VIETNAMESE
from tests import reference
from tests.commands.conftest import Tdkt
from tests.people import ADMINISTRATOR, OFFICER

DEVELOPERS = re.compile(
    "deprecated|declar|Boolean option|twice|Could not determine name|No options defined|colour|Windows"
    "|stream|iterable|version|Confirm the action|Press any key|UUID|format|unknown error|Choice\\("
    "|Could not open|start character|^(file|directory|path)$|filename!r"
)
"""What click says to who writes a program, or of values that no command here takes."""


def sentences() -> set[str]:
    """Every sentence that the installed click looks up."""
    found = set()
    for module in MODULES:
        assert module.__file__
        for node in ast.walk(ast.parse(Path(module.__file__).read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                words = node.args[: {"_": 1, "ngettext": 2}.get(node.func.id, 0)]
                found |= {str(each.value) for each in words if isinstance(each, ast.Constant)}
    return found


def test_every_sentence_that_click_may_say_here_has_its_vietnamese() -> None:
    said = sentences()

    assert sorted(each for each in said - VIETNAMESE.keys() if not DEVELOPERS.search(each)) == []
    assert sorted(VIETNAMESE.keys() - said - {"required", "default: {default}"}) == []


def test_a_word_for_a_value_is_vietnamese_wherever_a_help_page_has_one() -> None:
    named = set()
    for _name, command in reference.commands():
        for param in command.params:
            shown = "" if getattr(param, "is_flag", False) else param.make_metavar(reference.context(command))
            named |= set(re.findall(r"[A-Z]{2,}", shown))

    assert sorted(named - METAVARS.keys() - {"URL", "II", "III", "IV"}) == []


def stored(database: Path, language: str, patch: pytest.MonkeyPatch) -> None:
    patch.delenv("TDKT_LANG")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE office SET language = ?", (language,))
        connection.commit()


def test_help_and_mistakes_speak_the_language_that_the_office_stored(
    tdkt: Tdkt, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(database, "vi", monkeypatch)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    answers = [tdkt(*words) for words in (("-h",), ("dossier", "new", "-h"), ("dossier", "new"))]
    typed = tdkt("advance", "T01", "submit", "--set", "x", "--as", OFFICER)

    assert [answer.out.splitlines()[:1] for answer in answers[:2]] == [
        ["Cách dùng: tdkt [TÙY_CHỌN] [LỆNH] [THAM_SỐ]..."],
        ["Cách dùng: tdkt dossier new [TÙY_CHỌN]"],
    ]
    assert "[bắt buộc]" in answers[1].out
    assert answers[2].err == (
        "Câu lệnh chưa đúng: Thiếu tùy chọn '--task'. Xem hướng dẫn: tdkt dossier new -h\n"
    )
    assert typed.err == "“x” chưa đúng dạng. Viết --set tên=giá_trị.\n"


def test_the_environment_overrules_what_the_office_stored(
    tdkt: Tdkt, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(database, "vi", monkeypatch)
    monkeypatch.setenv("TDKT_LANG", "en")

    assert tdkt("-h").out.startswith("Usage: tdkt [OPTIONS] [COMMAND] [ARGS]...\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dosier",), "Không có lệnh 'dosier'. Có phải là 'dossier'?"),
        (("task", "lst"), "Không có lệnh 'lst'. Có phải là 'list'?"),
        (("calendar", "lst"), "Không có lệnh 'lst'. Chỉ có: check, propose, show."),
        (("inbox", "--htm"), "Không có tùy chọn '--htm'. Có phải là '--html'?"),
        (("advance", "T01"), "Thiếu 'MÃ…'."),
        (("show", "T01", "T02"), "Thừa (T02)."),
        (
            ("task", "list", "--quarter", "V"),
            "Giá trị của '--quarter' chưa đúng: 'V' không thuộc các giá trị",
        ),
        (("task", "list", "--year", "nay"), "Giá trị của '--year' chưa đúng: 'nay' không phải là số hợp lệ."),
        (("task", "list", "--state"), "Tùy chọn '--state' phải kèm giá trị."),
        (("task", "list", "--late=1"), "Tùy chọn '--late' không kèm giá trị."),
    ],
)
def test_a_mistake_in_the_command_is_told_in_vietnamese(
    words: tuple[str, ...], said: str, tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    answer = tdkt(*words)

    assert (answer.code, answer.err.startswith(f"Câu lệnh chưa đúng: {said}")) == (2, True), answer.err


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (("dosier", "--json"), 2, "usage"),
        (("--json", "show"), 2, "usage"),
        (("show", "T99", "--json"), 2, "unknown_ref"),
        (("advance", "T01", "approve", "--as", OFFICER, "--json"), 1, "refused"),
        (("advance", "T01", "submit", "--set", "x", "--as", OFFICER, "--json"), 2, "bad_set"),
        (("definition", "adopt", "none.yaml", "--as", ADMINISTRATOR, "--json"), 1, "definition_mistakes"),
    ],
)
def test_a_refusal_or_mistake_is_one_line_of_one_form(
    words: tuple[str, ...], code: int, error: str, tdkt: Tdkt
) -> None:
    answer = tdkt(*words)

    told = json.loads(answer.err)
    assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
    assert (told["error"], list(told)[:3]) == (error, ["error", "message", "reasons"])
    assert told["message"]
    assert [sorted(reason) for reason in told["reasons"]] == [["cite", "message", "rule", "who_can"]] * len(
        told["reasons"]
    )
    assert told["reasons"]


@pytest.mark.parametrize(
    ("typed", "agreed"), [("c", True), ("có", True), ("y", True), ("k", False), ("", False)]
)
def test_a_question_is_answered_in_either_language(
    typed: str, agreed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from commands.session import Session
    from runtime.office.settings import Options

    monkeypatch.setenv("TDKT_LANG", "vi")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr(click.termui, "visible_prompt_func", lambda _prompt: typed)

    assert Session(Options()).confirmed("Ghi chứ?") is agreed


def test_why_a_file_is_not_read_or_written_is_told_in_vietnamese(
    tdkt: Tdkt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")
    none, list_, text = tmp_path / "khong-co", tmp_path / "ds.json", tmp_path / "chu.json"
    list_.write_text("[1]")
    text.write_text("{")
    submit = ("advance", "T01", "submit", "--as", OFFICER, "--data")
    add = ("dossier", "add", "D0001", "--kind", "person", "--as", OFFICER, "--from-lines")

    said = [
        tdkt(*words).err
        for words in (
            (*submit, str(none)),
            (*submit, str(list_)),
            (*submit, str(text)),
            (*add, str(none)),
            ("backup", str(none / "xa.db")),
            ("backup", str(tmp_path)),
            ("simulate", "--from", "2026-04-01", "--to", "2026-04-02", "--scenario", str(none)),
        )
    ]

    causes = [each.split(": ", 1)[1].split(".", 1)[0] for each in said]
    assert causes == [
        "không có tệp hoặc thư mục này",
        "không phải đối tượng JSON",
        "không phải JSON",
        "không có tệp hoặc thư mục này",
        "chưa có thư mục chứa tệp này",
        "đây là thư mục, không phải tệp",
        "không có tệp hoặc thư mục này",
    ]


def test_whoever_names_no_account_sees_each_with_its_label(bare: Tdkt, tdkt: Tdkt) -> None:
    said = tdkt("dossier", "remove", "D0001/1").err

    assert "; chuyen-vien (Officer of the division); " in said


def test_a_date_in_a_vietnamese_sentence_is_written_as_an_office_writes_it(
    tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_LANG", "vi")

    said = tdkt("simulate", "--from", "2026-03-01", "--to", "2026-02-01").err

    assert re.findall(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", said) == []
    assert ["01/02/2026" in said, "01/03/2026" in said] == [True, True]
