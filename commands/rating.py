"""`tdkt rating`: the register of yearly ratings of persons and collectives."""

from __future__ import annotations

from typing import Any

import click

from commands.printing import print_table, say
from commands.remembering import (
    RATED,
    describes,
    import_list,
    keep_typed,
    typed_fields,
    typed_name,
    typed_period,
)
from commands.session import BODY, Noun, Session, print_json, with_option
from runtime.office.typed import typed_date
from workflow.model.achievements import RATING, Achievement

command = Noun(
    name="rating",
    words=("The register of yearly ratings.", "Sổ xếp loại hằng năm, theo năm học."),
)


@command.command(
    "import",
    words=("Import a list of ratings.", "Nạp danh sách xếp loại."),
    example="rating import khen-thuong-cu.csv --dry-run --as chuyen-vien",
)
@click.argument("file", metavar="FILE")
@with_option("--dry-run", is_flag=True, words=("Read and compare, write nothing.", "Chạy thử, không ghi."))
def import_(session: Session, file: str, dry_run: bool) -> None:
    import_list(session, file, RATING, dry_run=dry_run)


@command.command(
    "add",
    words=("Record one rating.", "Ghi xếp loại của một người, tập thể."),
    example='rating add "Nguyễn Văn Tư" httnv --period 2025 --unit "Trường học" --as chuyen-vien',
)
@click.argument("name", metavar="NAME")
@click.argument("rating", metavar="RATING", type=RATED)
@describes("period", "expected", "subject", "born", "unit", "body", "decision", "dated", "authority")
def add(session: Session, name: str, rating: str, **given: Any) -> None:
    if given["period"] is None:
        raise click.MissingParameter(param_type="option", param_hint="--period")
    fields = typed_fields(session, given)
    subject = fields.pop("subject", None) or "person"
    record = Achievement(0, RATING, subject, typed_name(name), value=rating)
    keep_typed(session, [record._replace(**fields)])


@command.command(
    "list",
    words=("The ratings that stand.", "Các xếp loại đang có hiệu lực."),
    example="rating list --period 2025",
    paged=True,
)
@with_option("--period", metavar="YEAR", words=("Of this year or school year.", "Của năm, năm học này."))
@with_option("--body", **BODY, words=("Of this body.", "Của đơn vị này."))
@with_option("--on", "day", metavar="DATE", words=("As of this day.", "Tính đến ngày này."))
def list_(session: Session, period: str | None, body: str | None, day: str | None) -> None:
    from runtime.views import achievements as views
    from workflow.model.body_names import body_meant

    looking, words = session.looking, session.words
    records = views.register(
        looking,
        RATING,
        period=typed_period(period) if period else None,
        body=body_meant(body, looking.directory) if body else None,
        on=typed_date(day) if day else None,
    )
    found = views.standing_ratings(records, looking)
    if session.json:
        print_json(found)
        return
    if not found:
        say(words("message.empty_list"))
        return
    print_table(
        [words(f"history_column.{name}") for name in ("number", "name", "born", "unit", "period", "what")],
        [
            (
                record.number,
                record.name,
                views.born(record.born),
                views.place(looking, record),
                record.period,
                views.what(looking, record),
            )
            for record in found
        ],
    )
