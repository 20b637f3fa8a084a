"""Imports point downwards only: the house's table of who may import what, held against every module.

import-linter checks what it can of this (see pyproject.toml); this test also covers `cli.py`, single modules,
third-party libraries, imports inside functions, and the purity of `workflow/`.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("commands", "web", "runtime", "exchange", "storage", "workflow", "definitions")
OURS = frozenset({"cli", *PACKAGES, "tests", "benchmarks"})


@dataclass(frozen=True)
class Row:
    """What the modules matching `files` may import; libraries under `lazily` only inside a function."""

    files: str
    ours: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    lazily: tuple[str, ...] = ()


# The first row that matches a module counts, so single modules stand before their package.
TABLE = (
    Row("definitions/*"),
    Row("workflow/files/*.py", ours=("workflow",), libraries=("yaml",)),
    Row("workflow/engine/machine.py", ours=("workflow",), libraries=("transitions",)),
    Row("workflow/*", ours=("workflow",)),
    Row(
        "storage/views*",
        ours=(
            "storage.views",
            "storage.address",
            "storage.columns",
            "storage.errors",
            "storage.records",
            "storage.expected_rows",
            "storage.intact",
            "storage.login_rows",
            "storage.revision",
            "storage.rows",
            "storage.server",
            "storage.subjects",
            "storage.values",
            "workflow",
        ),
    ),
    Row("storage/subjects/*", ours=("storage.subjects", "workflow")),
    Row("storage/*", ours=("storage", "workflow"), libraries=("sqlalchemy", "alembic"), lazily=("psycopg",)),
    Row("exchange/sheets/layout.py", ours=("exchange",), lazily=("xlsxwriter",)),
    Row("exchange/sheets/reading.py", ours=("exchange", "workflow"), lazily=("python_calamine",)),
    Row("exchange/sheets/chase.py", ours=("exchange", "workflow"), lazily=("xlsxwriter",)),
    Row(
        "exchange/sheets/deadline_sheet.py", ours=("exchange", "workflow"), lazily=("openpyxl", "xlsxwriter")
    ),
    Row("exchange/lists/*", ours=("exchange", "workflow"), lazily=("openpyxl", "xlsxwriter")),
    Row("exchange/pages/templates.py", ours=("exchange", "workflow"), libraries=("jinja2", "markupsafe")),
    Row("exchange/pages/*", ours=("exchange", "workflow")),
    Row("exchange/notice_list.py", ours=("exchange", "workflow"), lazily=("docx",)),
    Row("exchange/word_layout.py", ours=("exchange", "workflow"), lazily=("docx",)),
    Row("exchange/papers/remarks.py", ours=("exchange",), lazily=("docx",)),
    Row(
        "exchange/papers/filling.py",
        ours=("exchange",),
        libraries=("lxml",),
        lazily=("docxtpl", "jinja2"),
    ),
    Row(
        "exchange/papers/templates.py", ours=("exchange", "workflow"), libraries=("lxml",), lazily=("jinja2",)
    ),
    Row("exchange/papers/setting.py", ours=("exchange",), lazily=("typst",)),
    Row("exchange/papers/comparing.py", ours=("exchange",), lazily=("pypdfium2",)),
    Row("exchange/ics.py", ours=("exchange", "workflow"), lazily=("icalendar",)),
    Row("exchange/calendar_proposal.py", ours=("exchange", "workflow"), lazily=("holidays",)),
    Row("exchange/qr.py", lazily=("segno",)),
    Row("exchange/*", ours=("exchange", "workflow"), libraries=("lxml",)),
    Row("runtime/serve/scheduler.py", ours=("runtime", "workflow"), libraries=("apscheduler",)),
    Row("runtime/mail/apprise.py", ours=("runtime", "workflow"), lazily=("apprise",)),
    Row("runtime/acts/passwords.py", ours=("workflow",), lazily=("argon2",)),
    Row("runtime/*", ours=("runtime", "exchange", "storage", "workflow", "definitions")),
    Row("web/certificates.py", ours=("web", "runtime", "workflow"), libraries=("cryptography",)),
    Row("web/issuer.py", ours=("web", "workflow"), lazily=("authlib", "joserfc")),
    Row("web/requests.py", ours=("web", "workflow"), libraries=("starlette",)),
    Row("web/responses.py", ours=("web", "runtime"), libraries=("starlette",)),
    Row("web/app.py", ours=("web", "runtime", "exchange", "workflow"), libraries=("starlette",)),
    Row("web/rendering.py", ours=("web",), libraries=("jinja2",)),
    Row("web/server.py", ours=("web", "runtime", "workflow"), lazily=("uvicorn",)),
    Row("web/*", ours=("web", "runtime", "exchange", "workflow")),
    Row(
        "commands/web.py",
        ours=("commands", "web", "runtime", "exchange", "workflow"),
        libraries=("click",),
        lazily=("uvicorn",),
    ),
    Row(
        "commands/*",
        ours=("commands", "runtime", "exchange", "workflow"),
        libraries=("click",),
    ),
    Row(
        "cli.py",
        ours=("commands", "runtime", "exchange", "workflow"),
        libraries=("click",),
    ),
)

# `workflow/` does no I/O and reads no clock: what it must know is passed in.
# fmt: off
IMPURE_MODULES = frozenset({
    "asyncio", "getpass", "glob", "importlib", "io", "locale", "logging", "multiprocessing", "os",
    "pathlib", "pkgutil", "platform", "random", "secrets", "select", "shutil", "signal", "socket",
    "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid",
})
# fmt: on
IMPURE_CALLS = frozenset({"open", "print", "input", "__import__", "eval", "exec", "breakpoint"})
CLOCKS = frozenset({"now", "utcnow", "today"})


@dataclass(frozen=True)
class Import:
    line: int
    module: str
    lazy: bool

    @property
    def top(self) -> str:
        return self.module.partition(".")[0]

    def is_within(self, allowed: tuple[str, ...]) -> bool:
        return any(self.module == name or self.module.startswith(f"{name}.") for name in allowed)


def imports_of(node: ast.AST, *, lazy: bool = False) -> Iterator[Import]:
    """Every import at any depth. What only a function or a type checker executes is lazy."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(child.lineno, alias.name, lazy) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            source = "." * child.level + (child.module or "")
            yield from (Import(child.lineno, f"{source}.{alias.name}", lazy) for alias in child.names)
        else:
            deferred = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports_of(child, lazy=lazy or deferred or is_for_type_checkers(child))


def is_for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def impurities_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls that reach outside, and any mention of a clock of `datetime` or `date`, under whatever name."""
    clock_owners = {"datetime", "date"} | {
        alias.asname
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "datetime"
        for alias in node.names
        if alias.asname
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IMPURE_CALLS:
            yield node.lineno, f"calls {node.func.id}"
        elif isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            owner = ast.unparse(node.value).rpartition(".")[2]
            if owner in clock_owners:
                yield node.lineno, f"reads the clock by {ast.unparse(node)}"


def row_of(path: str) -> Row | None:
    return next((row for row in TABLE if fnmatch(path, row.files)), None)


def faults_of(path: str, source: str) -> list[str]:
    """What the module at `path` (from the root, with slashes) does against the table, in order of lines."""
    row = row_of(path)
    if row is None:
        return [f"{path}:1: stands in no row of the table"]
    tree = ast.parse(source)
    faults = [
        (each.line, f"imports {each.module}") for each in imports_of(tree) if not is_allowed(each, row, path)
    ]
    if path.startswith("workflow/"):
        faults += impurities_of(tree)
    return [f"{path}:{line}: {what}" for line, what in sorted(faults)]


def is_allowed(each: Import, row: Row, path: str) -> bool:
    if each.top in OURS:
        return each.is_within(row.ours)
    if each.top in sys.stdlib_module_names:
        return not (path.startswith("workflow/") and each.top in IMPURE_MODULES)
    return each.is_within(row.libraries) or (each.lazy and each.is_within(row.lazily))


def modules() -> list[Path]:
    return sorted(
        [*ROOT.glob("*.py"), *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]
    )


def test_no_module_imports_against_the_table() -> None:
    faults = [
        fault
        for path in modules()
        for fault in faults_of(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
    ]

    assert faults == []


def test_package_inits_are_empty() -> None:
    filled = [
        path.relative_to(ROOT) for path in modules() if path.name == "__init__.py" and path.stat().st_size
    ]

    assert filled == []


def test_definitions_hold_no_logic() -> None:
    assert {path.name for path in (ROOT / "definitions").rglob("*.py")} <= {"__init__.py"}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        (
            "workflow/rules/guards.py",
            "from datetime import datetime, timedelta\nfrom workflow.model.facts import Item",
        ),
        ("workflow/rules/guards.py", "def late(context): return context.now > context.due"),
        ("workflow/engine/machine.py", "from transitions import Machine"),
        ("workflow/files/parsing.py", "import yaml"),
        (
            "storage/log/entries.py",
            "import os\nfrom sqlalchemy import select\nfrom workflow.model.facts import Item",
        ),
        ("storage/migrations/versions/0001_first.py", "from alembic import op\nimport sqlalchemy as sa"),
        ("storage/server.py", "import sqlite3\ndef connect():\n    import psycopg"),
        (
            "exchange/plan/archive.py",
            "import lxml\nfrom lxml import etree\nimport workflow.model.plan",
        ),
        (
            "runtime/acts/acting.py",
            "from storage.unit import Unit\nfrom exchange.plan import document\nimport definitions",
        ),
        ("runtime/serve/scheduler.py", "from apscheduler.schedulers.background import BackgroundScheduler"),
        ("commands/task.py", "import click\nfrom runtime.views import board"),
        ("exchange/ics.py", "def written():\n    from icalendar import Calendar"),
        (
            "exchange/ics.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from icalendar import Calendar",
        ),
        ("cli.py", "import click\nfrom commands import task"),
    ],
)
def test_what_the_table_allows_passes(path: str, source: str) -> None:
    assert faults_of(path, source) == []


@pytest.mark.parametrize(
    ("path", "source", "faults"),
    [
        ("definitions/seeds.py", "import workflow", ["1: imports workflow"]),
        ("workflow/rules/guards.py", "from storage.log import entries", ["1: imports storage.log.entries"]),
        (
            "workflow/rules/guards.py",
            "def f():\n    import storage.log.entries",
            ["2: imports storage.log.entries"],
        ),
        (
            "workflow/rules/guards.py",
            "import yaml\nimport transitions",
            ["1: imports yaml", "2: imports transitions"],
        ),
        ("workflow/engine/machine.py", "import yaml", ["1: imports yaml"]),
        ("workflow/rules/guards.py", "from definitions import machines", ["1: imports definitions.machines"]),
        ("workflow/rules/guards.py", "from .facts import Item", ["1: imports .facts.Item"]),
        ("workflow/rules/guards.py", "import os.path, time", ["1: imports os.path", "1: imports time"]),
        ("workflow/rules/guards.py", "from pathlib import Path", ["1: imports pathlib.Path"]),
        (
            "workflow/rules/guards.py",
            "import logging\nimport random",
            ["1: imports logging", "2: imports random"],
        ),
        (
            "storage/log/entries.py",
            "from exchange.plan import document",
            ["1: imports exchange.plan.document"],
        ),
        ("storage/log/entries.py", "import click", ["1: imports click"]),
        ("storage/log/entries.py", "import psycopg", ["1: imports psycopg"]),
        ("storage/views.py", "from sqlalchemy import text", ["1: imports sqlalchemy.text"]),
        (
            "storage/views.py",
            "from storage.log.entries import entries",
            ["1: imports storage.log.entries.entries"],
        ),
        ("storage/views.py", "import psycopg", ["1: imports psycopg"]),
        ("exchange/plan/document.py", "from storage.log import entries", ["1: imports storage.log.entries"]),
        ("exchange/plan/document.py", "import yaml", ["1: imports yaml"]),
        ("runtime/acts/acting.py", "from commands import task", ["1: imports commands.task"]),
        ("runtime/acts/acting.py", "import apscheduler", ["1: imports apscheduler"]),
        ("runtime/acts/acting.py", "import sqlalchemy", ["1: imports sqlalchemy"]),
        ("runtime/serve/scheduler.py", "from storage.log import entries", ["1: imports storage.log.entries"]),
        ("commands/task.py", "import storage", ["1: imports storage"]),
        ("web/pages/item.py", "from storage import views", ["1: imports storage.views"]),
        ("web/server.py", "from commands import web", ["1: imports commands.web"]),
        ("web/guide.py", "from cryptography import x509", ["1: imports cryptography.x509"]),
        (
            "commands/task.py",
            "from storage.log import entries\nfrom storage import views",
            ["1: imports storage.log.entries", "2: imports storage.views"],
        ),
        ("commands/task.py", "from storage.views import Reading", ["1: imports storage.views.Reading"]),
        ("exchange/ics.py", "from icalendar import Calendar", ["1: imports icalendar.Calendar"]),
        ("commands/task.py", "import definitions", ["1: imports definitions"]),
        ("commands/task.py", "import tests.postgres", ["1: imports tests.postgres"]),
        ("cli.py", "def main():\n    import docx", ["2: imports docx"]),
        ("setup.py", "", ["1: stands in no row of the table"]),
    ],
)
def test_what_the_table_forbids_is_found(path: str, source: str, faults: list[str]) -> None:
    assert faults_of(path, source) == [f"{path}:{fault}" for fault in faults]


def test_clocks_and_calls_that_reach_outside_are_found_in_the_domain() -> None:
    source = dedent("""\
        import datetime as dt
        from datetime import date as day, datetime
        from dataclasses import field
        started = datetime.now(dt.UTC)
        also = dt.datetime.utcnow()
        today = day.today()
        later = field(default_factory=datetime.now)
        def read(path):
            print(open(path))
        def fine(context):
            return context.now, context.today()
        """)

    assert faults_of("workflow/rules/guards.py", source) == [
        "workflow/rules/guards.py:4: reads the clock by datetime.now",
        "workflow/rules/guards.py:5: reads the clock by dt.datetime.utcnow",
        "workflow/rules/guards.py:6: reads the clock by day.today",
        "workflow/rules/guards.py:7: reads the clock by datetime.now",
        "workflow/rules/guards.py:9: calls open",
        "workflow/rules/guards.py:9: calls print",
    ]
