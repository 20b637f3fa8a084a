"""`tdkt dossier template` and `export`: lists of nominees that go out as workbooks. Looking only.

What they write is Vietnamese, whatever the reader's language.
"""

from __future__ import annotations

from pathlib import Path

import click

from commands.printing import print_facts, say
from commands.readers import item_of
from commands.session import TITLE, Command, Session, completes, print_json, with_option
from workflow.model.dossiers import Dossier
from workflow.model.errors import TdktError, UnknownReference


class NothingUsual(TdktError):
    """{ten} usually proposes nothing; name the titles of the list with --title."""

    code = "nothing_usual"


@click.command(
    cls=Command,
    name="template",
    words=(
        "Write the blank list of nominees to send out, with drop-downs; `import` reads it when it is back.",
        "Ghi danh sách trống để gửi các đơn vị, có sẵn ô chọn; nhận lại thì nhập bằng `import`.",
    ),
    example="dossier template danh-sach.xlsx --from thon-2",
)
@click.argument("file", metavar="FILE")
@with_option(
    "--title",
    "typed",
    multiple=True,
    **TITLE,
    words=(
        "A title that may be proposed in it (repeat it); else those that the body usually proposes.",
        "Danh hiệu, hình thức đề nghị (ghi nhiều lần được); không ghi là các danh hiệu thường lệ.",
    ),
)
@with_option(
    "--from",
    "body",
    metavar="BODY",
    shell_complete=completes("nominating"),
    words=("The body that will fill it in.", "Đơn vị sẽ điền danh sách."),
)
def template(session: Session, file: str, typed: tuple[str, ...], body: str | None) -> None:
    from commands.files import write_bytes
    from exchange.lists.list_sheet import list_workbook
    from runtime.views.blank_list import blank_list, titles_asked
    from workflow.model.body_names import body_meant

    looking = session.looking
    whose = looking.directory.body(body_meant(body, looking.directory)) if body else None
    asked = titles_asked(looking, typed, whose)
    if not asked:
        raise NothingUsual(ten=whose.short if whose else looking.row.title)
    listed = blank_list(looking.speaking("vi"), asked, whose)
    write_bytes(Path(file), list_workbook(listed), overwrite=session.options.yes)
    if session.json:
        columns = [column.heading for column in listed.columns]
        print_json({"file": file, "titles": [title.id for title in asked], "columns": columns})
    else:
        named = looking.titles([title.id for title in asked])
        say(looking.words("message.template_written", tep=file, danh_sach=named))


@click.command(
    cls=Command,
    name="receipt",
    words=(
        "Print a dossier's receipt: its code, how it stands, who has it, until when; no names of persons.",
        "In giấy biên nhận của hồ sơ: mã, tình trạng, nơi đang xử lý, hạn tiếp theo; không ghi họ tên.",
    ),
    example="dossier receipt D0001",
)
@click.argument("ref", shell_complete=completes("items"))
@with_option("--at", metavar="URL", words=("The console's address.", "Địa chỉ trang làm việc."))
def receipt(session: Session, ref: str, at: str | None) -> None:
    from runtime.views.links import receipt_code, receipt_of

    item = item_of(session, ref)
    if not isinstance(item.details, Dossier):
        raise UnknownReference(ref=ref)
    looking = session.looking
    code = receipt_code(looking, item.key)
    found = receipt_of(looking, code)
    assert found is not None
    if session.json:
        print_json({"ref": item.key.ref, "year": item.key.year, "code": code, "path": f"/r/{code}"})
        return
    link = f"{(at or '').rstrip('/')}/r/{code}"
    print_facts(
        [
            *((label, said) for label, said in found.facts if said),
            (looking.words("web.village.code"), code),
            (looking.words("column.link"), link),
        ]
    )


@click.command(
    cls=Command,
    name="export",
    words=(
        "Write a dossier's list back as a workbook, without remarks, discipline and what was erased.",
        "Ghi danh sách của hồ sơ ra bảng tính, không kèm ghi chú, kỷ luật, thông tin đã xóa.",
    ),
    example="dossier export D0004 danh-sach.xlsx",
)
@click.argument("ref")
@click.argument("file", metavar="FILE")
@with_option(
    "--province",
    is_flag=True,
    words=("In the columns that the province asks for.", "Theo các cột của tỉnh."),
)
def export(session: Session, ref: str, file: str, province: bool) -> None:
    from commands.files import write_bytes
    from runtime.views.dossier_list import list_file

    item = item_of(session, ref)
    if not isinstance(item.details, Dossier):
        raise UnknownReference(ref=ref)
    looking = session.looking
    goes, content = list_file(looking, item, province=province)
    write_bytes(Path(file), content, overwrite=session.options.yes)
    if session.json:
        print_json({"ref": item.key.ref, "file": file, "lines": goes.numbers, "left_out": goes.left_out})
        return
    say(looking.words("message.list_written", tep=file, n=len(goes.numbers)))
    if goes.left_out:
        numbers = ", ".join(map(str, goes.left_out))
        say(looking.words("message.lines_left_out", danh_sach=numbers), err=True)
