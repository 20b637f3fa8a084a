"""`tdkt initiative`: the register of recognised initiatives with their authors and shares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.printing import print_facts, print_table, say
from commands.remembering import (
    describes,
    import_list,
    keep_typed,
    typed_authors,
    typed_fields,
    typed_name,
    typed_period,
)
from commands.session import BODY, Noun, Session, print_json, with_option
from runtime.office.typed import typed_date
from workflow.model.achievements import INITIATIVE, PERSON, Achievement
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:
    from runtime.views.achievements import Recognised

command = Noun(
    name="initiative",
    words=("The register of recognised initiatives.", "Sổ sáng kiến được công nhận."),
)


class NoInitiative(UsageMistake):
    """No recognised initiative is called '{ten}'; see tdkt initiative list."""

    code = "no_initiative"


@command.command(
    "import",
    words=("Import a list of recognised initiatives.", "Nạp danh sách sáng kiến được công nhận."),
    example="initiative import sang-kien.csv --dry-run --as chuyen-vien",
)
@click.argument("file", metavar="FILE")
@with_option("--dry-run", is_flag=True, words=("Read and compare, write nothing.", "Chạy thử, không ghi."))
def import_(session: Session, file: str, dry_run: bool) -> None:
    import_list(session, file, INITIATIVE, dry_run=dry_run)


@command.command(
    "add",
    words=("Record one recognised initiative.", "Ghi một sáng kiến được công nhận."),
    example='initiative add "Thư viện xanh" --author "Trần Thị Năm" --decision 21/QĐ-UBND --as chuyen-vien',
)
@click.argument("name", metavar="NAME")
@with_option(
    "--author",
    multiple=True,
    required=True,
    metavar="NAME=PERCENT",
    words=("An author; repeatable.", "Tác giả, tỷ lệ đóng góp; có thể lặp lại."),
)
@describes("decision", "dated", "scope", "authority", "period", "unit", "body")
def add(session: Session, name: str, author: tuple[str, ...], **given: Any) -> None:
    authors = typed_authors(author)
    fields = {"value": "commune", **typed_fields(session, given)}
    if fields.get("period") is None and fields.get("dated") is not None:
        fields["period"] = str(fields["dated"].year)
    initiative = Achievement(0, INITIATIVE, PERSON, "", words=typed_name(name))._replace(**fields)
    keep_typed(session, [initiative._replace(name=who, share=share) for who, share in authors])


@command.command(
    "list",
    words=("The recognised initiatives.", "Các sáng kiến được công nhận."),
    example="initiative list --on 31/12/2025",
    paged=True,
)
@with_option("--period", metavar="YEAR", words=("Of this year or school year.", "Của năm, năm học này."))
@with_option("--body", **BODY, words=("Of this body.", "Của đơn vị này."))
@with_option("--on", "day", metavar="DATE", words=("As of this day.", "Tính đến ngày này."))
def list_(session: Session, period: str | None, body: str | None, day: str | None) -> None:
    from runtime.views import achievements as views
    from workflow.model.body_names import body_meant

    looking = session.looking
    records = views.register(
        looking,
        INITIATIVE,
        period=typed_period(period) if period else None,
        body=body_meant(body, looking.directory) if body else None,
        on=typed_date(day) if day else None,
    )
    found = views.recognised(records)
    if session.json:
        print_json(found)
    elif not found:
        say(session.words("message.empty_list"))
    else:
        _print(session, found)


@command.command(
    "show",
    words=("One initiative, by words of its name.", "Một sáng kiến, theo chữ trong tên."),
    example='initiative show "thu vien"',
)
@click.argument("name", metavar="NAME")
def show(session: Session, name: str) -> None:
    from runtime.views import achievements as views
    from workflow.model.wording import fold

    looking, words = session.looking, session.words
    records = views.register(looking, INITIATIVE, period=None, body=None, on=None)
    found = [each for each in views.recognised(records) if fold(name) in fold(each.name)]
    if not found:
        raise NoInitiative(ten=name)
    if session.json:
        print_json(found)
        return
    for each in found:
        say(f"“{each.name}”")
        print_facts(
            [
                (words("history_column.paper"), views.paper(looking, each.first)),
                (words("history_column.authority"), each.first.authority or ""),
                (words("history_column.period"), each.first.period or ""),
                (words("history_column.authors"), _authors(each)),
            ],
            indent=2,
        )


def _print(session: Session, found: Sequence[Recognised]) -> None:
    from runtime.views import achievements as views

    words, looking = session.words, session.looking
    names = ("number", "initiative", "period", "paper", "authors")
    print_table(
        [words(f"history_column.{name}") for name in names],
        [
            (
                each.first.number,
                each.name,
                each.first.period,
                views.paper(looking, each.first),
                _authors(each),
            )
            for each in found
        ],
    )


def _authors(each: Recognised) -> str:
    return "; ".join(
        record.name if record.share is None else f"{record.name} {record.share}%" for record in each.records
    )
