"""`tdkt help`: pages for whoever begins, one screen each; of a command its `-h`.

The pages are those of `docs/help`, in both languages; an installed program carries them beside this module.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

from commands.printing import pasted
from commands.session import Command, Noun, Session, pick, spoken
from workflow.model.naming import Candidate, called
from workflow.model.text import Text

PAGES = (
    ("year", Text("Năm", "Year"), Text("một năm làm việc", "a year's work")),
    ("dossier", Text("Hồ sơ", "Dossier"), Text("hồ sơ, từ lập đến quyết định", "a dossier up to its award")),
    ("council", Text("Hội đồng", "Council"), Text("Hội đồng xét, ghi kết quả", "the council's votes")),
    (
        "decision",
        Text("Quyết định", "Decision"),
        Text("quyết định khen thưởng, sửa, hủy bỏ", "award decisions and what comes after"),
    ),
    ("movement", Text("Phong trào", "Movement"), Text("phong trào thi đua", "movements of emulation")),
    ("money", Text("Tiền thưởng", "Money"), Text("quỹ, chi tiền thưởng", "the fund, payments, the register")),
    ("report", Text("Báo cáo", "Report"), Text("báo cáo, thống kê", "reports and statistics")),
    (
        "deadlines",
        Text("Thời hạn", "Deadlines"),
        Text("thời hạn, nhắc việc, gia hạn", "deadlines, reminders, extensions"),
    ),
    (
        "mistakes",
        Text("Sửa sai", "Mistakes"),
        Text("sửa điều đã nhập sai", "putting right what was typed wrong"),
    ),
)
"""The pages in the order of the list: id, name, what they are about."""
PLACES = (Path(__file__).parent / "pages", Path(__file__).parents[1] / "docs" / "help")
"""Of an installed program, and of its source."""
CODE = re.compile(r"\n*^```\w*\n(.*?)^```\n*", re.MULTILINE | re.DOTALL)


def page(name: str, language: str) -> str:
    """A page as it stands in the docs."""
    place = next(place for place in PLACES if place.is_dir())
    return (place / f"{name}.{language}.md").read_text("utf-8")


def plain(page: str) -> str:
    """A page as a terminal shows it: no marks, each command on a line below what it is for."""
    indented = CODE.sub(lambda code: f"\n{_commands(code[1])}\n", page.removeprefix("# "))
    return indented.replace("`", "").strip() + "\n"


def _commands(code: str) -> str:
    return "".join(f"{pasted(line, indent=2)}\n" for line in code.splitlines())


@click.command(
    cls=Command,
    name="help",
    words=(
        f"One page on: {', '.join(id for id, _name, _about in PAGES)}; of a command -h.",
        f"Một trang về: {', '.join(id for id, _name, _about in PAGES)}; hoặc một lệnh.",
    ),
    example="help dossier",
    paged=True,
)
@click.argument("words", nargs=-1, metavar="[PAGE|COMMAND]")
@click.pass_context
def command(context: click.Context, _session: Session, words: tuple[str, ...]) -> None:
    if not words:
        click.echo(_listed(), nl=False)
        return
    known = [Candidate(id, name, name) for id, name, _about in PAGES]
    found = called(" ".join(words), known)
    if isinstance(found, str):
        click.echo(plain(page(found, spoken())), nl=False)
        return
    click.echo(_help_of(context, words))


def _listed() -> str:
    lines = [f"  tdkt help {id:<10} {getattr(about, spoken())}\n" for id, _name, about in PAGES]
    head = pick(("Pages, one screen each:", "Các trang hướng dẫn, mỗi trang một màn hình:"))
    tail = pick(
        (
            "Of a command: tdkt help advance, or tdkt advance -h. All commands: tdkt -h.",
            "Về một lệnh: tdkt help advance, hoặc tdkt advance -h. Mọi lệnh: tdkt -h.",
        )
    )
    return f"{head}\n{''.join(lines)}{tail}\n"


def _help_of(context: click.Context, words: tuple[str, ...]) -> str:
    """The `-h` of the command that the words name."""
    here = context.find_root()
    for word in words:
        group = here.command
        if isinstance(group, Noun):
            _name, found, _rest = group.resolve_command(here, [word])
        else:
            found = group.get_command(here, word) if isinstance(group, click.Group) else None
        if found is None:
            pages = [id for id, _name, _about in PAGES]
            listed = ", ".join(pages)
            said = (
                f"'{word}' is neither a command nor a page; pages are: {listed}.",
                f"'{word}' không phải là lệnh hay trang hướng dẫn; các trang: {listed}.",
            )
            commands = here.find_root().command
            assert isinstance(commands, click.Group)
            known = [*pages, *commands.list_commands(here)]
            raise click.NoSuchCommand(word, pick(said), known, ctx=context)
        here = found.context_class(found, info_name=word, parent=here, **found.context_settings)
    return here.get_help()
