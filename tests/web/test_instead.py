"""What the console tells names no command: its readers never open a terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.office.seeds import shipped_words
from runtime.office.sentences import SENTENCES
from runtime.office.words import CONSOLE, Words
from tests.web.conftest import Browser, Serving, typed_command
from workflow.model.wording import placeholders

ROOT = Path(__file__).parents[2]
TERMINAL = ("commands", "runtime/simulate", "web/hosts.py")
"""What tells on the command line alone; of the console what goes before it serves."""
SOURCES = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in ("commands", "runtime", "web", "exchange", "workflow", "storage")
    for path in sorted((ROOT / folder).rglob("*.py"))
}
CODES = {sentence: code for code, sentence in SENTENCES.items()}
CLASS = re.compile(r"class (\w+)\(\w+\):(?:(?!\nclass ).)*?\n    code = \"(\w+)\"", re.DOTALL)
ERRORS = [(match[2], match[1]) for text in SOURCES.values() for match in CLASS.finditer(text)]


def told_at_the_terminal_alone(key: str) -> bool:
    """Whether only commands word the key, or raise the error that it tells; of a key that is composed nobody
    knows, so the console may tell it."""
    code = CODES.get(key.removeprefix("message."), key.removeprefix("message."))
    classes = {name for told, name in ERRORS if told == code}
    names = "|".join(classes)
    raised = re.compile(rf"raise ({names})\b|(?<!class )\b({names})\(") if classes else None
    tellers = {
        path
        for path, text in SOURCES.items()
        if re.search(rf"[\"']{re.escape(key)}[\"']", text) or (raised is not None and raised.search(text))
    }
    return bool(tellers) and all(path.startswith(TERMINAL) for path in tellers)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_console_tells_nobody_to_type_a_command(language: str) -> None:
    shipped = shipped_words()
    words = Words(shipped, language=language, console=True)
    named = [
        key
        for key in shipped
        if not key.startswith(CONSOLE)
        if (said := words.found(key))
        and typed_command(words.of(said))
        and not told_at_the_terminal_alone(key)
    ]

    assert named == []


def test_what_it_tells_instead_is_of_a_sentence_that_there_is_and_of_what_that_knows() -> None:
    shipped = shipped_words()
    lacking = {
        key: unknown
        for key, text in shipped.items()
        if key.startswith(CONSOLE)
        for said in (text.vi, text.en)
        if (instead_of := shipped.get(key.removeprefix(CONSOLE))) is None
        or (unknown := {*placeholders(said)} - {*placeholders(instead_of.vi)})
    }

    assert lacking == {}


def test_findings_in_what_people_send_name_no_command() -> None:
    """A file's findings are worded beside their readers, for the command line and the console alike."""
    said = [
        (path, text)
        for path, source in SOURCES.items()
        if path.startswith("exchange")
        for text in written_in(source)
        if typed_command(text)
    ]

    assert said == []


def written_in(source: str) -> Iterator[str]:
    """The strings of a module but for its docstrings."""
    tree = ast.parse(source)
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def test_a_reference_that_is_not_there_is_looked_for_on_pages(web: Browser) -> None:
    page = web.sign_in("chuyen-vien").get("/items/2026/D9999").text

    assert "Không có “D9999”. Tìm ở trang Kế hoạch năm, Hồ sơ," in page


def test_a_finding_is_cured_on_a_page(web: Browser) -> None:
    web.sign_in("quan-tri").post("/status/check")
    page = wait_for(web, "/status")

    assert "áp dụng ở trang Cài đặt, mục định nghĩa" in page


def wait_for(web: Browser, path: str) -> str:
    """The page once what it began is over."""
    for _ in range(600):
        page = web.get(path).text
        if "data-again" not in page:
            return str(page)
    raise AssertionError("it never ended")


def test_where_no_office_can_be_opened_no_command_is_told_either(serving: Serving, tmp_path: Path) -> None:
    web = serving(f"sqlite:///{tmp_path / 'nowhere.db'}")

    page = web.get("/inbox").text

    assert "Người quản trị đưa tệp trở lại đúng nơi" in page
