"""`tdkt dossier notice-list`: the list for the notice board, without birth dates and addresses.

Looking only.
"""

from __future__ import annotations

from pathlib import Path

import click

from commands.printing import print_table, print_wrapped, say
from commands.readers import item_of
from commands.session import Command, Session, print_json, with_option
from runtime.office.typed import typed_date
from workflow.model.dossiers import Dossier
from workflow.model.errors import UnknownReference
from workflow.model.facts import Item


@click.command(
    cls=Command,
    name="notice-list",
    words=(
        "The list of nominees to post, without birth dates and addresses: HTML or Word.",
        "Danh sách công khai, không có ngày sinh, địa chỉ: tệp HTML hoặc Word.",
    ),
    example="dossier notice-list D0003 --docx niem-yet.docx",
    paged=True,
)
@click.argument("refs", nargs=-1, required=True, metavar="REF…")
@with_option("--html", metavar="FILE", words=("Write it as a page to print.", "Ghi thành trang để in."))
@with_option("--docx", metavar="FILE", words=("Write it as a Word file.", "Ghi thành tệp Word."))
@with_option(
    "--from",
    "since",
    metavar="DATE",
    words=(
        "The first day; else that of the publication, or today.",
        "Ngày bắt đầu; không ghi là ngày đã công khai, hoặc hôm nay.",
    ),
)
@with_option(
    "--to",
    "remarks_to",
    metavar="TEXT",
    words=("Where remarks go; else the office's contact.", "Nơi nhận ý kiến; không ghi là nơi liên hệ."),
)
def notice_list(
    session: Session,
    refs: tuple[str, ...],
    html: str | None,
    docx: str | None,
    since: str | None,
    remarks_to: str | None,
) -> None:
    from commands.files import write_bytes, write_text
    from exchange.notice_list import page, word_file
    from runtime.views import notice_list as views

    items = [_dossier(session, ref) for ref in dict.fromkeys(refs)]
    looking = session.looking.speaking("vi")
    day = typed_date(since) if since else None
    found = views.posted(looking, items, since=day, remarks_to=remarks_to)
    listed = views.notice_list(looking, items, found)
    overwrite = session.options.yes
    if html is not None:
        write_text(Path(html), page(listed), overwrite=overwrite)
    if docx is not None:
        write_bytes(Path(docx), word_file(listed), overwrite=overwrite)
    if session.json:
        print_json(found)
        return
    for file in filter(None, (html, docx)):
        say(session.words("message.posted_written", tep=file))
    if not (html or docx):
        rows = [(row.no, row.name, row.unit, row.title) for group in listed.groups for row in group.rows]
        print_wrapped(f"{listed.title} {listed.about}")
        print_table(listed.headings, rows)
        for sentence in listed.below:
            print_wrapped(sentence)


def _dossier(session: Session, ref: str) -> Item:
    item = item_of(session, ref)
    if not isinstance(item.details, Dossier):
        raise UnknownReference(ref=ref)
    return item
