"""`tdkt dossier attach|papers|paper`: the papers that a dossier consists of, and their files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.printing import print_table, say
from commands.readers import item_of
from commands.session import Command, Session, completes, print_json, with_option
from commands.typed import worded
from workflow.model.dossiers import Dossier
from workflow.model.errors import UnknownReference, UsageMistake
from workflow.model.facts import Item
from workflow.model.references import reference

if TYPE_CHECKING:
    from runtime.acts.attaching import Attachment
    from runtime.office.results import Result

HOWS = ("scan", "digital", "file", "seen")


class FileOrSeen(UsageMistake):
    """Give the files of the paper, or --seen where it was seen on paper."""

    code = "file_or_seen"


@click.command(
    cls=Command,
    name="attach",
    words=(
        "Attach a paper: a PDF, a picture or a Word file, or that the original was seen on paper.",
        "Đính kèm giấy tờ: tệp PDF, ảnh hoặc Word, hoặc ghi đã xem bản giấy.",
    ),
    example="dossier attach D0001 to_trinh to-trinh.pdf --as thon-1",
)
@click.argument("ref", metavar="REF[/NO]")
@click.argument("kind", shell_complete=completes("papers"))
@click.argument("files", nargs=-1, metavar="FILE…")
@with_option("--seen", is_flag=True, words=("It was seen on paper.", "Đã xem bản giấy."))
@with_option(
    "--how",
    type=worded(HOWS, "choice"),
    words=(
        "How it stands; if left out, the file tells.",
        "Bản quét (scan), ký số (digital), chưa ký (file); không ghi thì nhận theo tệp.",
    ),
)
@with_option(
    "--beside",
    is_flag=True,
    words=("One more file of the paper that is there.", "Thêm tệp vào giấy tờ đã có, không thay bản cũ."),
)
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def attach(
    session: Session,
    ref: str,
    kind: str,
    files: tuple[str, ...],
    seen: bool,
    how: str | None,
    beside: bool,
    dry_run: bool,
) -> None:
    from runtime.acts.attaching import Attachment
    from runtime.acts.attaching import attach as attach_papers

    if bool(files) == seen:
        raise FileOrSeen()
    named = reference(ref)
    item = ref.rpartition("/")[0] if named.line is not None else ref
    session.acting.require_actor()
    confirmed = bool(session.options.yes)
    asked = Attachment(kind, files, how, named.line, beside, dry_run, confirmed)
    _tell(session, item, attach_papers(session.acting, item, asked), asked)


def _tell(session: Session, ref: str, results: list[Result], asked: Attachment) -> None:
    """What came of all of them, told once where they are one paper, and what is still asked for."""
    from commands.reasons import report
    from runtime.views.dossier_papers import papers_text

    failed = [result for result in results if not result.done]
    report(session, results if session.json else (failed or results)[:1], dry_run=asked.dry_run)
    if session.json or failed or asked.dry_run:
        return
    if text := papers_text(session.looking, session.looking.item(ref)):
        say(f"{text}.")


@click.command(
    cls=Command,
    name="papers",
    words=(
        "Which papers a dossier is asked for, who makes each, and what is there.",
        "Thành phần hồ sơ: giấy tờ cần có, ai lập, đã có những gì.",
    ),
    example="dossier papers D0003",
)
@click.argument("ref")
def papers(session: Session, ref: str) -> None:
    from runtime.views.dossier_papers import asked_rows, paper_rows, papers_shown, papers_text, signed_by

    item, looking = _dossier(session, ref), session.looking
    if session.json:
        print_json(papers_shown(looking, item))
        return
    words = looking.words
    asked, there = asked_rows(looking, item), paper_rows(looking, item)
    if asked:
        say(f"{papers_text(looking, item) or words('papers.none_needed')}.")
        if signed := signed_by(looking, item):
            say(signed)
        print_table([words(f"papers.column.{name}") for name in ("kind", "made_by", "form", "there")], asked)
    if there:
        names = ("no", "kind", "how", "on", "file", "digest")
        click.echo()
        print_table([words(f"papers.column.{name}") for name in names], there)
    if not asked and not there:
        say(words("message.empty_list"))


@click.command(
    cls=Command,
    name="paper",
    words=(
        "Give the file of a paper back, as it was attached.",
        "Lấy lại tệp của một giấy tờ, đúng như khi đính kèm.",
    ),
    example="dossier paper D0005 1 --out to-trinh-1.pdf",
)
@click.argument("ref")
@click.argument("no", type=click.IntRange(1))
@with_option("--out", "file", required=True, metavar="FILE", words=("Where to.", "Ghi ra tệp."))
def paper(session: Session, ref: str, no: int, file: str) -> None:
    from commands.files import write_bytes
    from runtime.views.paper_file import read_paper

    found, content = read_paper(session.looking, _dossier(session, ref), no)
    write_bytes(Path(file), content, overwrite=bool(session.options.yes))
    if session.json:
        print_json({"file": file, "size": len(content), "digest": found.digest})
        return
    say(session.words("papers.given_back", so=no, ref=ref, tep=file))


def _dossier(session: Session, ref: str) -> Item:
    item = item_of(session, ref)
    if not isinstance(item.details, Dossier):
        raise UnknownReference(ref=ref)
    return item
