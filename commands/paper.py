"""`tdkt paper`: the papers that the office makes of its record, in Word and as PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.files import FileExists, write_bytes
from commands.printing import print_table, say
from commands.session import Noun, Session, print_json, with_option
from runtime.office.typed import typed_date

if TYPE_CHECKING:
    from runtime.acts.keep_paper import NewPaper
    from runtime.views.papers.making import Paper
    from runtime.views.papers.parts import Given

command = Noun(
    name="paper",
    words=("Papers made of the record: Word and PDF.", "Văn bản lập từ dữ liệu: Word và PDF."),
)
PART = with_option(
    "--part", metavar="PART", words=("One of several of the kind.", "Chỉ một phần, khi có nhiều.")
)
NUMBER = with_option(
    "--number",
    metavar="N",
    words=("The records clerk's number: issued, kept.", "Số văn thư cấp: ban hành, lưu lại."),
)
DAY = with_option("--on", "day", metavar="DATE", words=("The day with it.", "Ngày kèm theo số."))


@command.command(
    "list",
    words=("Which papers an item may have, and how they stand.", "Văn bản của một mục và tình trạng."),
    example="paper list D0003",
    paged=True,
)
@click.argument("ref")
def list_papers(session: Session, ref: str) -> None:
    from runtime.views.papers import certificates
    from runtime.views.papers.listing import papers_of
    from runtime.views.papers.telling import newer_text

    found, words = papers_of(session.looking, session.looking.item(ref)), session.words
    if session.json:
        print_json(found)
        return
    if not found:
        say(words("paper.none"))
        return
    print_table(
        [words(f"paper.column.{name}") for name in ("kind", "name", "part", "number", "state", "digest")],
        [
            (
                each.kind,
                words(f"paper_kind.{each.kind}"),
                each.part,
                " ".join(filter(None, (each.number, session.looking.day(each.on) if each.on else None))),
                words(f"paper.state.{each.state}"),
                ", ".join(digest[:12] for digest in (each.word, each.pdf) if digest),
            )
            for each in found
        ],
    )
    for each in found:
        if each.newer is not None:
            say(newer_text(session.looking, each.kind, each.number, each.newer))
        if each.kind == certificates.KIND:
            say(words("paper.certificates", ref=ref))


@command.command(
    "make",
    words=(
        "Make a paper: a draft is made anew each time, what is issued once and kept.",
        "Lập văn bản: dự thảo lập lại mỗi lần, bản đã ban hành lập một lần và lưu lại.",
    ),
    example="paper make D0007 phieu_bo_sung -o van-ban",
)
@click.argument("ref")
@click.argument("kind")
@with_option("-o", "--out", "folder", metavar="DIR", words=("Into this folder.", "Ghi vào thư mục này."))
@with_option("--docx", is_flag=True, words=("The Word file alone.", "Chỉ tệp Word."))
@with_option("--pdf", is_flag=True, words=("The PDF alone.", "Chỉ tệp PDF."))
@PART
@NUMBER
@DAY
def make(
    session: Session,
    ref: str,
    kind: str,
    folder: str | None,
    docx: bool,
    pdf: bool,
    part: str | None,
    number: str | None,
    day: str | None,
) -> None:
    from runtime.views.papers.making import papers
    from runtime.views.papers.telling import newer_text

    item = session.looking.item(ref)
    found = list(papers(session.looking, item, kind, only=part, given=_given(number, day)))
    wanted = [ending for ending, asked in (("docx", docx), ("pdf", pdf)) if asked] or ["docx", "pdf"]
    stem = str(Path(folder or ".") / item.key.ref)
    # Before anything is kept, so that nothing is half done where a file stands in the way.
    _refuse_other_files(session, _files(stem, found, wanted))
    kept = _keep(session, ref, found)
    files = _files(stem, kept, wanted)
    _refuse_other_files(session, files)
    for file, content in files.items():
        write_bytes(file, content, overwrite=True)
    if session.json:
        print_json(
            [
                {
                    "kind": each.kind,
                    "part": each.part,
                    "kept": each.kept,
                    "files": [str(file) for file in _files(stem, [each], wanted)],
                }
                for each in kept
            ]
        )
        return
    for file in files:
        click.echo(session.words("message.page_written", tep=file))
    for each in kept:
        if each.newer is not None:
            say(newer_text(session.looking, each.kind, each.number, each.newer), err=True)


def _given(number: str | None, day: str | None) -> Given:
    from runtime.views.papers.parts import Given

    if (number is None) != (day is None):
        raise click.UsageError("--number and --on go together")
    return Given(number, typed_date(day) if day else None)


def _keep(session: Session, ref: str, found: Sequence[Paper]) -> list[Paper]:
    """What is issued and was not kept is kept now; somebody must be named for that."""
    from commands.reasons import permitted

    if all(each.kept or not each.final for each in found):
        return list(found)
    from runtime.acts.keep_paper import keep_paper
    from runtime.views.papers.making import kept_paper

    role = permitted(session, "keep_paper", what=ref)
    key = session.looking.item(ref).key
    return [
        kept_paper(session.looking, keep_paper(session.acting, key, _new(each), each.made, role=role))
        if each.final and not each.kept
        else each
        for each in found
    ]


def _new(paper: Paper) -> NewPaper:
    from runtime.acts.keep_paper import NewPaper

    return NewPaper(paper.kind, paper.part, paper.number, paper.on)


def _files(stem: str, found: Sequence[Paper], wanted: Sequence[str]) -> dict[Path, bytes]:
    """What is to stand in which file."""
    return {
        Path(f"{stem}-{each.stem}.{ending}"): each.made.word if ending == "docx" else each.made.pdf
        for each in found
        for ending in wanted
    }


def _refuse_other_files(session: Session, files: Mapping[Path, bytes]) -> None:
    """Raises FileExists for another file at any of the places, unless it may be overwritten."""
    for file, content in files.items():
        if not session.options.yes and file.is_file() and file.read_bytes() != content:
            raise FileExists(tep=file)


@command.command(
    "show",
    words=("What a paper says, without writing it.", "Nội dung văn bản, không ghi ra tệp."),
    example="paper show D0007 phieu_bo_sung",
    paged=True,
)
@click.argument("ref")
@click.argument("kind")
@PART
def show(session: Session, ref: str, kind: str, part: str | None) -> None:
    from runtime.views.papers.making import papers, said

    found = list(papers(session.looking, session.looking.item(ref), kind, only=part))
    if session.json:
        print_json([{"kind": each.kind, "part": each.part, "text": said(each)} for each in found])
        return
    for number, each in enumerate(found):
        if number:
            click.echo()
        click.echo("\n".join(said(each)))


@command.command(
    "fields",
    words=("What the Word template of a kind may ask for.", "Các trường mà mẫu Word của một loại được dùng."),
    example="paper fields quyet_dinh",
    paged=True,
)
@click.argument("kind")
def fields(session: Session, kind: str) -> None:
    from commands.definition import words_of
    from runtime.views.papers.listing import fields_of_kind

    found: list[dict[str, Any]] = [each._asdict() for each in fields_of_kind(kind)]
    if session.json:
        print_json(found)
        return
    words = words_of(session)
    print_table(
        [words(f"paper.column.{name}") for name in ("field", "holds", "means")],
        [
            (
                each["path"],
                words(f"paper.field_kind.{each['kind']}"),
                words(f"paper_field.{each['path'].rpartition('.')[2]}"),
            )
            for each in found
        ],
    )


@command.command(
    "certificates",
    words=(
        "The certificates of a decision, for pre-printed sheets.",
        "Giấy khen, giấy chứng nhận của một quyết định, in lên phôi.",
    ),
    example="paper certificates Q01 -o giay-khen.pdf",
)
@click.argument("ref", metavar="Q01")
@click.argument("lines", nargs=-1, metavar="[D0001/1…]")
@with_option("-o", "--out", "file", metavar="FILE", required=True, words=("The PDF.", "Tệp PDF."))
@with_option(
    "--grid",
    is_flag=True,
    words=("With a millimetre grid, to try the places.", "Kèm lưới milimét để thử vị trí."),
)
def certificates(session: Session, ref: str, lines: tuple[str, ...], file: str, grid: bool) -> None:
    from commands.files import write_bytes
    from runtime.views.papers.certificates import certificates as made

    found = made(session.looking, session.looking.item(ref), lines, grid=grid)
    write_bytes(Path(file), found.pdf, overwrite=session.options.yes)
    if session.json:
        print_json({"file": file, "lines": found.lines})
        return
    say(session.words("message.page_written", tep=file))
