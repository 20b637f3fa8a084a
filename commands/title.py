"""`tdkt title`: the titles and forms of commendation that a dossier may propose. Looking only."""

from __future__ import annotations

import click

from commands.printing import print_table, print_wrapped
from commands.session import TYPE, Noun, Session, print_json, with_option
from runtime.views.titles import title_cells, title_lines, title_record, titles_of

command = Noun(
    name="title",
    words=("Titles and forms of commendation.", "Danh hiệu thi đua, hình thức khen thưởng."),
)


@command.command(
    "list",
    words=(
        "The titles of the law in force: id, name, for whom, who decides.",
        "Danh hiệu, hình thức theo quy định đang áp dụng: mã, tên, cho ai, ai quyết định.",
    ),
    example='title list --type "Khen thưởng đột xuất"',
    paged=True,
)
@with_option("--type", **TYPE, words=("Only forms given for this type.", "Chỉ hình thức của loại hình này."))
@with_option(
    "--full",
    is_flag=True,
    words=(
        "With how each goes, its vote, what it asks and its text.",
        "Kèm trình tự xét, tỷ lệ phiếu, tiêu chuẩn, căn cứ.",
    ),
)
def list_(session: Session, type: str | None, full: bool) -> None:
    looking = session.looking
    titles = titles_of(looking, type=type)
    if session.json:
        print_json([title_record(title) for title in titles])
        return
    words = looking.words
    print_table(
        [words(f"column.{name}") for name in ("id", "title", "nominee_kind", "decides")],
        [title_cells(looking, title) for title in titles],
        below=["; ".join(title_lines(looking, title)) for title in titles] if full else (),
    )
    types = "; ".join(f"{each.id} ({words.of(each.label)})" for each in looking.rules.types)
    click.echo()
    print_wrapped(f"{words('column.type')} (--type): {types}")
