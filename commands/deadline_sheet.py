"""`tdkt deadline sheet`: the page *ấn định thời hạn*: write it, and set at once what was filled in.

Writing looks; applying tells every old and new date, asks once, and sets all or nothing through the engine.
The page itself is Vietnamese, whatever the reader's language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from commands.files import NotTheWorkbook, table_file
from commands.printing import print_remarks, print_table, say
from commands.session import CONFLICT, REFUSED, Command, Session, print_json, with_option
from runtime.views.items import DERIVED
from workflow.model.errors import UsageMistake
from workflow.model.tasks import Task

if TYPE_CHECKING:
    from runtime.acts.acting import Acting
    from runtime.acts.deadline_sheet import SheetResult, SubmittedPage
    from runtime.office.words import Words
    from workflow.services.deadline_sheet import Change, Checked, Remark


class OnlyWithApply(UsageMistake):
    """--approved-by, --key and --dry-run belong to a page that is applied; add --apply."""

    code = "only_with_apply"


class BadPaper(UsageMistake):
    """'{gia_tri}' is no paper number; write it like 05/TB-UBND."""

    code = "bad_paper"


@click.command(
    cls=Command,
    name="sheet",
    example="deadline sheet thoi-han.xlsx",
    words=(
        "The page ấn định thời hạn: write it as a workbook; with --apply set all dates filled in, at once.",
        "Trang ấn định thời hạn: ghi thành bảng tính; kèm --apply: ấn định cùng lúc mọi ngày đã điền.",
    ),
)
@click.argument("file", metavar="FILE")
@with_option(
    "--apply", is_flag=True, words=("Set what was filled in, all or nothing.", "Ấn định các ngày đã điền.")
)
@with_option(
    "--approved-by",
    metavar="PAPER",
    words=(
        "With --apply: the number of the paper that approved the page.",
        "Kèm --apply: số văn bản phê duyệt trang.",
    ),
)
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def sheet(session: Session, file: str, apply: bool, approved_by: str | None, dry_run: bool) -> None:
    if apply:
        _apply(session, file, approved_by=approved_by, dry_run=dry_run)
        return
    if approved_by is not None or session.options.key is not None or dry_run:
        raise OnlyWithApply()
    _write(session, file)


# -- writing it --------------------------------------------------------------------------------------------


def _write(session: Session, file: str) -> None:
    from commands.files import write_bytes
    from exchange.sheets.deadline_sheet import page_workbook
    from runtime.views.deadline_sheet import sheet_page, sheet_records

    looking = session.looking
    page = sheet_page(looking.speaking("vi"))
    write_bytes(Path(file), page_workbook(page), overwrite=session.options.yes)
    if session.json:
        print_json(sheet_records(looking))
    else:
        say(looking.words("sheet.written", n=len(page.rows), tep=file))


# -- applying it -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PageWording:
    """The file as typed, and by what words its remarks are told."""

    file: str
    words: Words

    def said(self, remark: Remark, kind: Literal["fault", "doubt"]) -> str:
        from runtime.views.deadline_sheet import remark_text

        return remark_text(self.words, remark, kind)

    def tell(self, remarks: Sequence[Remark], kind: Literal["fault", "doubt"]) -> None:
        """`file:E7: what is wrong`, one a line."""
        severity = "error" if kind == "fault" else "warning"
        places = (self.file if each.cell is None else f"{self.file}:{each.cell}" for each in remarks)
        said = [(place, self.said(each, kind), severity) for place, each in zip(places, remarks, strict=True)]
        print_remarks(said, self.words)


def _apply(session: Session, file: str, *, approved_by: str | None, dry_run: bool) -> None:
    from runtime.acts.deadline_sheet import SubmittedPage, answered, set_dates

    acting = session.acting
    acting.require_actor()
    reader = PageWording(file, acting.words)
    content = table_file(file)
    handed = SubmittedPage(sha256(content).hexdigest(), _paper(approved_by))
    before = answered(acting, handed) if session.options.key is not None else None
    if before is not None:
        _tell_outcome(session, reader, handed, None, before)
        return
    checked = _checked(acting, file, content)
    if checked.faults or not checked.changes:
        _tell_nothing_set(session, reader, handed, checked)
        return
    tried = set_dates(acting, checked.changes, handed, dry_run=True)
    # What is refused is tried in earnest all the same, without a question, so that it is logged.
    question = None if tried.refused else acting.words("sheet.question", n=len(checked.changes))
    done = session.ask_and_do(
        tried,
        lambda: set_dates(acting, checked.changes, handed),
        show=lambda: _print_preview(session, reader, handed, checked, tried),
        question=question,
        dry_run=dry_run,
    )
    _tell_outcome(session, reader, handed, checked, done, dry_run=dry_run)


def _paper(number: str | None) -> str | None:
    """Raises BadPaper."""
    from workflow.rules.inputs import parse_code
    from workflow.rules.not_an_input import NotAnInput

    if number is None:
        return None
    try:
        return parse_code(number)
    except NotAnInput as error:
        raise BadPaper(gia_tri=number) from error


def _checked(acting: Acting, file: str, content: bytes) -> Checked:
    """Raises NotTheWorkbook."""
    from exchange.sheets.faults import Unreadable
    from runtime.acts.deadline_sheet import checked_page

    try:
        return checked_page(acting, content)
    except Unreadable as error:
        raise NotTheWorkbook(tep=file, ly_do=error.said(acting.words.language)) from error


def _print_preview(
    session: Session, reader: PageWording, handed: SubmittedPage, checked: Checked, tried: SheetResult
) -> None:
    from runtime.views.answers import sentence_of_doubt

    _print_changes(session, reader, checked)
    for result in tried.results:
        for doubt in result.confirmed:
            click.echo(f"  ! {result.ref}: {sentence_of_doubt(doubt, reader.words)}.", err=True)
    _print_approval(session, reader, handed)


# -- in words and as data --------------------------------------------------------------------------------


def _tell_nothing_set(session: Session, reader: PageWording, handed: SubmittedPage, checked: Checked) -> None:
    """Mistakes with their cells, or that nothing is to be set. Ends with 1, or 3 where it was overtaken."""
    from commands.failures import Exit

    words = reader.words
    if session.json:
        print_json(_sheet_json(session, reader, handed, checked, None))
    else:
        if checked.faults:
            head = "sheet.overtaken" if checked.only_overtaken else "sheet.mistakes"
            say(words(head, tep=reader.file, n=len(checked.faults)), err=True)
        reader.tell(checked.faults, "fault")
        _print_doubts(reader, checked)
        if not checked.faults:
            say(words("sheet.nothing"))
    if checked.faults:
        raise Exit(CONFLICT if checked.only_overtaken else REFUSED)


def _print_doubts(reader: PageWording, checked: Checked) -> None:
    reader.tell(checked.doubts, "doubt")
    if checked.unchanged:
        refs = ", ".join(key.ref for key in checked.unchanged)
        said = reader.words("sheet.unchanged", n=len(checked.unchanged), danh_sach=refs)
        click.echo(said, err=True)


def _print_changes(session: Session, reader: PageWording, checked: Checked) -> None:
    """Every date that would be set; rows that stay as they are are left out."""
    from runtime.views.deadline_sheet import new_text, old_text

    words = reader.words
    contents = {item.key: Task.of(item).content for item in session.acting.tasks(session.acting.year)}
    say(words("sheet.to_set", n=len(checked.changes)))
    print_table(
        [words(f"column.{name}") for name in ("ref", "content", "old", "new", "source")],
        [
            (
                session.acting.ref(change.key),
                contents[change.key],
                old_text(reader.words, change),
                new_text(reader.words, change),
                change.source,
            )
            for change in checked.changes
        ],
    )
    if any(change.mark == "derived" for change in checked.changes):
        click.echo(f"{DERIVED} {words('marker.derived')}")
    _print_doubts(reader, checked)


def _print_approval(session: Session, reader: PageWording, handed: SubmittedPage) -> None:
    words, acting = reader.words, session.acting
    if handed.approved_by is not None:
        say(words("sheet.approved_by", so=handed.approved_by))
        return
    account = acting.directory.account(acting.actor.account)
    name = words.of(account.label) if account else acting.actor.account
    say(words("sheet.answered_by", tai_khoan=name))


def _tell_outcome(
    session: Session,
    reader: PageWording,
    handed: SubmittedPage,
    checked: Checked | None,
    outcome: SheetResult,
    *,
    dry_run: bool = False,
) -> None:
    """What was set, or who was refused and why; ends with 1 where nothing was set for that."""
    from commands.failures import Exit

    words = reader.words
    if session.json:
        print_json(_sheet_json(session, reader, handed, checked, outcome))
    else:
        _print_refused(session, reader, outcome)
        if outcome.written:
            said = "sheet.repeated" if outcome.repeated else "sheet.done"
            say(words(said, n=len(outcome.results)))
        elif all(result.ref for result in outcome.refused) and outcome.refused:
            say(words("sheet.refused", n=len(outcome.refused)), err=True)
        if dry_run:
            say(words("message.dry_run"), err=True)
    if outcome.refused:
        raise Exit(REFUSED)


def _print_refused(session: Session, reader: PageWording, outcome: SheetResult) -> None:
    from commands.reasons import print_reasons
    from runtime.views.answers import event_label

    words, acting = reader.words, session.acting
    for result in outcome.refused:
        assert result.refused is not None
        label = event_label(acting, result) if result.ref else words("event.deadline_sheet.label")
        head = words("message.refused_head", su_kien=words.inside(label), ref=result.ref or reader.file)
        click.echo(head, err=True)
        print_reasons(result.refused.reasons, words, office=acting)


def _sheet_json(
    session: Session,
    reader: PageWording,
    handed: SubmittedPage,
    checked: Checked | None,
    outcome: SheetResult | None,
) -> dict[str, Any]:
    """One document for whatever came of the page; `changes` is empty where the command was given before."""
    from runtime.views.answers import result_json
    from workflow.services.deadline_sheet import Checked

    checked = checked or Checked()
    done = outcome.results if outcome and outcome.written else ()
    refused = outcome.refused if outcome else ()
    return {
        "file": handed.digest,
        "year": session.acting.year,
        "approved_by": handed.approved_by,
        "written": bool(outcome and outcome.written),
        "changes": [_change_json(change) for change in checked.changes],
        "unchanged": [key.ref for key in checked.unchanged],
        "mistakes": [_remark_json(fault, reader, "fault") for fault in checked.faults],
        "warnings": [_remark_json(doubt, reader, "doubt") for doubt in checked.doubts],
        "refused": [result_json(result, reader.words) for result in refused],
        "set": [
            {"ref": result.ref, "year": result.year, "due": result.due, "version": result.version}
            for result in done
        ],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "ref": change.key.ref,
        "year": change.key.year,
        "cell": change.cell,
        "from": change.old,
        "mark": change.mark,
        "to": change.new,
        "of_target": change.of_target,
        "source": change.source,
        "note": change.note or None,
    }


def _remark_json(remark: Remark, reader: PageWording, kind: Literal["fault", "doubt"]) -> dict[str, Any]:
    return {"cell": remark.cell, "rule": remark.rule, "message": reader.said(remark, kind)}
