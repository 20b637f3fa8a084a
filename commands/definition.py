"""`tdkt definition`: the files that say how the office works: list, read, check, draw, edit, adopt.

Parsing is what these commands are for, so they load YAML; only `adopt` opens the database for writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.failures import Exit
from commands.migrating import migrate
from commands.printing import print_remarks, print_table, say
from commands.session import REFUSED, Noun, Session, print_json, with_option
from runtime.office.sentences import failure_json
from runtime.office.words import Words
from workflow.model.errors import UsageMistake
from workflow.model.wording import mid_sentence

if TYPE_CHECKING:
    from runtime.acts.agreeing import Agreed
    from runtime.acts.recalendaring import Recalendaring
    from runtime.care.checking import Examined, FileRemark
    from runtime.views.editions import Edition
    from workflow.lint.comparing import Change

DIGEST_SHOWN = 12
MOVING = ("calendar", "office")
"""Kinds whose new version may change the office's working days."""
KINDS = ("machine", "office", "calendar", "policy", "rules", "messages", "paper")


class NotAMachine(UsageMistake):
    """{gia_tri} is no machine and has no diagram; there are: {danh_sach}."""

    code = "not_a_machine"


class NameOne(UsageMistake):
    """Name one definition, or give --all; see them with `tdkt definition list`."""

    code = "name_one_definition"


@click.group(cls=Noun, name="definition", words=("Definition files.", "Các tệp định nghĩa."))
def command(**_: object) -> None:
    pass


command.add_command(migrate)


def words_of(session: Session) -> Words:
    """The office's words; without a database those of the package."""
    from commands.failures import shipped_words
    from runtime.views.editions import looked_into

    looking = looked_into(session.options, session.environment)
    if looking is None:
        return shipped_words()
    with looking:
        return looking.words.complete()


def _editions(session: Session) -> tuple[Edition, ...]:
    from runtime.views.editions import editions

    return editions(session.options, session.environment)


# Looking at definitions


@command.command(
    "list",
    words=("Every definition and where it stands.", "Các định nghĩa và nơi lưu."),
    example="definition list",
    paged=True,
)
def list_definitions(session: Session) -> None:
    found = _editions(session)
    if session.json:
        print_json([_edition_json(edition) for edition in found])
        return
    words = words_of(session)
    print_table(
        [words(f"column.{name}") for name in ("definition_kind", "definition", "version", "digest", "where")],
        [
            (
                words(f"definition_kind.{edition.kind}"),
                f"{edition.kind}/{edition.name}",
                edition.version,
                edition.digest[:DIGEST_SHOWN],
                _places(edition, words),
            )
            for edition in found
        ],
    )


def _places(edition: Edition, words: Words) -> str:
    first, *others = (words(f"definition_place.{place}") for place in edition.places)
    return ", ".join([first, *map(mid_sentence, others)])


def _edition_json(edition: Edition) -> dict[str, Any]:
    return {
        "kind": edition.kind,
        "name": edition.name,
        "version": edition.version,
        "digest": edition.digest,
        "where": list(edition.places),
        "path": str(edition.path) if edition.path else None,
    }


@command.command(
    "show",
    words=(
        "The YAML of a definition, of a Word template its text.",
        "Nội dung YAML của một định nghĩa; nếu là mẫu Word thì phần chữ.",
    ),
    example="definition show policy/deadlines",
    paged=True,
)
@click.argument("name", metavar="[KIND/]NAME[/VERSION]")
def show(session: Session, name: str) -> None:
    from runtime.care.differing import readable
    from runtime.views.editions import chosen

    edition = chosen(_editions(session), name)
    if session.json:
        print_json({**_edition_json(edition), "source": edition.source})
    else:
        text = readable(edition.source)
        click.echo(text, nl=not text.endswith("\n"))


@command.command(
    "diagram",
    words=("A machine as a Mermaid diagram.", "Sơ đồ Mermaid của một quy trình."),
    example="definition diagram plan_task",
    paged=True,
)
@click.argument("name", metavar="NAME[/VERSION]")
def diagram(session: Session, name: str) -> None:
    from exchange.diagrams import mermaid
    from runtime.acts.founding import DefinitionMistakes
    from runtime.care.checking import read_edition
    from runtime.views.editions import chosen
    from workflow.model.definition import Machine

    found = _editions(session)
    edition = chosen(found, name)
    parsed = read_edition(edition).parsed
    if edition.kind != "machine":
        machines = sorted({edition.name for edition in found if edition.kind == "machine"})
        raise NotAMachine(gia_tri=edition.title, danh_sach=", ".join(machines))
    if not isinstance(parsed.definition, Machine):
        raise DefinitionMistakes(parsed.mistakes)
    drawn = mermaid(parsed.definition)
    if session.json:
        print_json({**_edition_json(edition), "mermaid": drawn})
    else:
        click.echo(drawn, nl=False)


@command.command(
    "schema",
    words=("The JSON Schema of definition files, for editors.", "JSON Schema của tệp định nghĩa."),
    example="definition schema policy",
    paged=True,
)
@click.argument("kind", required=False, type=click.Choice(KINDS))
def schema(session: Session, kind: str | None) -> None:
    from workflow.files.schema import json_schema

    print_json(json_schema(kind))


# Checking


@command.command(
    "check",
    words=(
        "Check definition files or folders; without a path all that the office would run.",
        "Kiểm tra tệp hoặc thư mục định nghĩa; không nêu tệp thì kiểm tra tất cả những gì cơ quan dùng.",
    ),
    example="definition check han-moi.yaml",
)
@click.argument("paths", nargs=-1, metavar="PATH…")
def check(session: Session, paths: tuple[str, ...]) -> None:
    from runtime.care.checking import sound

    files, found = _check_files(session, paths) if paths else _check_all(session)
    words = words_of(session)
    said = _worded(found, words)
    if session.json:
        print_json(said)
    else:
        _print_remarks(said, words)
        _print_summary(files, said, words)
    if not sound(said):
        raise Exit(REFUSED)


def _check_files(session: Session, paths: Sequence[str]) -> tuple[int, tuple[FileRemark, ...]]:
    """The files named, and the offices among them with what they would run."""
    from runtime.care.checking import office_remarks, read_edition, read_file, remarks
    from runtime.views.editions import newest

    files = [read_file(path) for name in paths for path in _files_of(Path(name))]
    given = [file.parsed.definition for file in files if file.parsed.definition is not None]
    replaced = {(type(definition), definition.name) for definition in given}
    others = [
        definition
        for edition in newest(_editions(session))
        if (definition := read_edition(edition).parsed.definition) is not None
        and (type(definition), definition.name) not in replaced
    ]
    offices = [remark for file in files for remark in office_remarks(file, [*given, *others])]
    return len(files), (*remarks(files), *offices)


def _files_of(path: Path) -> list[Path]:
    """The definition files of a folder; a folder without any stands for itself, which cannot be read."""
    if not path.is_dir():
        return [path]
    return sorted((*path.rglob("*.yaml"), *path.rglob("*.docx"))) or [path]


def _check_all(session: Session) -> tuple[int, tuple[FileRemark, ...]]:
    """Every own and shipped file and what runs, and the office over the newest of all."""
    from runtime.care.checking import office_remarks, read_edition, remarks
    from runtime.views.editions import newest

    found = _editions(session)
    files = {edition.title + edition.digest: read_edition(edition) for edition in found}
    latest = [files[edition.title + edition.digest] for edition in newest(found)]
    definitions = [file.parsed.definition for file in latest if file.parsed.definition is not None]
    wanted = _office(session)
    offices = [
        remark
        for file in latest
        if file.parsed.definition is None or file.parsed.definition.name == wanted
        for remark in office_remarks(file, definitions)
    ]
    return len(files), (*remarks(files.values()), *offices)


def _office(session: Session) -> str:
    from runtime.acts.founding import DEFAULT_OFFICE
    from runtime.views.editions import looked_into

    looking = looked_into(session.options, session.environment)
    if looking is None:
        return session.options.office or DEFAULT_OFFICE
    with looking:
        return looking.office


def _worded(found: Iterable[FileRemark], words: Words) -> tuple[FileRemark, ...]:
    """The remarks in the reader's language."""
    return tuple(replace(remark, message=words.of(remark.message)) for remark in found)


def _print_remarks(said: Sequence[FileRemark], words: Words) -> None:
    places = [(f"{remark.path}:{remark.line}", remark.message, remark.severity) for remark in said]
    print_remarks(places, words)


def _print_summary(files: int, said: Sequence[FileRemark], words: Words) -> None:
    errors = sum(remark.severity == "error" for remark in said)
    if errors:
        say(words("message.definition_mistakes", n=errors), err=True)
    else:
        say(words("message.definition_sound", n=files, m=len(said) - errors))


# Editing and adopting


@command.command(
    "export",
    words=(
        "Write a definition to a file, to be edited: into DIR or the office's own directory.",
        "Ghi một định nghĩa ra tệp để sửa: vào DIR hoặc thư mục riêng của cơ quan.",
    ),
    example="definition export policy/deadlines xuat",
)
@click.argument("name", required=False, metavar="[[KIND/]NAME[/VERSION]]")
@click.argument("directory", required=False, metavar="[DIR]")
@with_option(
    "--all", "everything", is_flag=True, words=("All that the office runs.", "Tất cả định nghĩa đang dùng.")
)
def export(session: Session, name: str | None, directory: str | None, everything: bool) -> None:
    from runtime.office.settings import definitions_directory
    from runtime.views.editions import chosen

    if everything == (name is not None) and (directory is not None or name is None):
        raise NameOne()
    found = _editions(session)
    if everything:
        directory, wanted = name, sorted({f"{edition.kind}/{edition.name}" for edition in found})
    else:
        wanted = [str(name)]
    editions = [chosen(found, title) for title in wanted]
    folder = Path(directory or definitions_directory(session.options, session.environment))
    written = _write(session, folder, editions)
    if session.json:
        print_json(written)
        return
    for file in written:
        click.echo(words_of(session)("message.page_written", tep=file["path"]))


def _write(session: Session, folder: Path, editions: Sequence[Edition]) -> list[dict[str, Any]]:
    """Every file or none: another text at any of the places stops all of them. Raises FileExists."""
    from commands.files import FileExists, write_bytes

    targets = [(edition, folder / edition.file) for edition in editions]
    for edition, target in targets:
        if not session.options.yes and target.exists() and not _same(target, edition.written):
            raise FileExists(tep=target)
    for edition, target in targets:
        write_bytes(target, edition.written, overwrite=True)
    return [{**_edition_json(edition), "path": str(target)} for edition, target in targets]


def _same(target: Path, content: bytes) -> bool:
    try:
        return target.read_bytes() == content
    except OSError:
        return False


@command.command(
    "adopt",
    words=(
        "Check a definition file and put it in force; what changes rights is proposed to whoever agrees.",
        "Kiểm tra một tệp định nghĩa và áp dụng; nếu thay đổi quyền thì đề xuất để người khác đồng ý.",
    ),
    example="definition adopt han-moi.yaml --dry-run --as quan-tri",
)
@click.argument("file", metavar="FILE")
@with_option("--dry-run", is_flag=True, words=("Check and compare, write nothing.", "Chạy thử, không ghi."))
def adopt(session: Session, file: str, dry_run: bool) -> None:
    from commands.reasons import permitted
    from runtime.care.checking import examine, read_file, sound

    acting = session.acting
    role = None if dry_run else permitted(session, "adopt_definition", what=Path(file).name)
    examined = examine(acting, read_file(Path(file)))
    if isinstance(examined, tuple) or not sound(examined.remarks):
        _tell_mistakes(session, examined if isinstance(examined, tuple) else examined.remarks)
        raise Exit(REFUSED)
    if not session.json:
        _print_remarks(_worded(examined.remarks, acting.words), acting.words)
        if not examined.stands:
            _print_changes(examined, acting.words)
            print_rights(examined.changes, acting.words)
    if examined.needs_agreement:
        _propose(session, examined, role=role)
        return
    moved = _adopted(session, examined, role=role, dry_run=dry_run)
    _tell_adopted(session, examined, moved, dry_run=dry_run)


def _adopted(session: Session, examined: Examined, *, role: str | None, dry_run: bool) -> Recalendaring:
    """Puts the file in force; what a changed calendar would move is shown first, and asked about."""
    from commands.recalendaring import move
    from runtime.acts import definitions
    from runtime.acts.recalendaring import Recalendaring

    if examined.stands:
        return Recalendaring()
    adopting = partial(
        definitions.adopt, session.acting, definitions.to_store(examined.file.parsed), role=role
    )
    days = examined.in_force and examined.kind in MOVING
    foreseen = adopting(dry_run=True) if days else Recalendaring()
    return move(session, foreseen, adopting, of="calendar", dry_run=dry_run)


def _tell_mistakes(session: Session, found: Sequence[FileRemark]) -> None:
    said = _worded(found, session.words)
    if session.json:
        errors = [remark for remark in said if remark.severity == "error"]
        told = session.words("message.definition_mistakes", n=len(errors))
        reasons = [f"{remark.path}:{remark.line}: {remark.message}" for remark in errors]
        print_json({**failure_json("definition_mistakes", told, reasons), "mistakes": said}, err=True)
        return
    _print_remarks(said, session.words)
    _print_summary(1, said, session.words)


def _print_changes(examined: Examined, words: Words) -> None:
    """What the file changes against the version that runs, as lines left out and put in."""
    from runtime.care.differing import difference

    if examined.before is None:
        say(words("message.definition_new", gia_tri=f"{examined.kind}/{examined.definition.name}"))
        return
    for line in difference(examined.before, examined.file.parsed.source):
        click.echo(line)


def _tell_adopted(session: Session, examined: Examined, moved: Recalendaring, *, dry_run: bool) -> None:
    from commands.recalendaring import moves_json

    words, adopted = session.words, not dry_run and not examined.stands
    if session.json:
        shown = {
            **_definition_json(examined),
            "adopted": adopted,
            "in_force": examined.in_force,
            "warnings": _worded(examined.remarks, session.words),
            "moved": moves_json(moved),
            "proposal": None,
            "changes": [],
        }
        print_json(shown)
    elif examined.stands:
        say(words("message.definition_stands", gia_tri=examined.title))
    elif dry_run:
        say(words("message.dry_run"), err=True)
    elif examined.in_force:
        say(words("message.definition_adopted", gia_tri=examined.title))
    else:
        why = (
            words("message.definition_newer", so=examined.newer)
            if examined.newer is not None
            else words("message.definition_unnamed")
        )
        say(words("message.definition_stored", gia_tri=examined.title, ly_do=why))


# Agreeing


def print_rights(changed: Sequence[Change], words: Words) -> None:
    """Who may now do what he could not, and what nobody may any more."""
    from runtime.office.changing import change_text

    for gains in (True, False):
        those = [change_text(change, words) for change in changed if change.gains is gains]
        if those:
            say(words("message.rights_gained" if gains else "message.rights_lost"))
        for said in those:
            click.echo(f"  - {said}.")


def _rights_json(changed: Sequence[Change], words: Words) -> list[dict[str, Any]]:
    from runtime.office.changing import change_text

    return [
        {
            "what": change.what,
            "gains": change.gains,
            "roles": list(change.roles),
            "message": change_text(change, words),
        }
        for change in changed
    ]


def _propose(session: Session, examined: Examined, *, role: str | None) -> None:
    """Keeps the file until somebody else agrees; without a role, for a dry run, only tells that it would."""
    from commands.reasons import refuse
    from runtime.acts import agreeing, definitions
    from workflow.model.decision import Refused

    words, number, who = session.words, None, ""
    if role is not None:
        new = definitions.to_store(examined.file.parsed)
        answer = agreeing.propose(session.acting, new, role=role, changed=examined.changes)
        if isinstance(answer, Refused):
            refuse(session, answer, what=examined.title, stand_ins=False)
        number, who = answer.number, _accounts(session, agreeing.may_agree(session.acting, answer.by))
    if session.json:
        shown = {
            **_definition_json(examined),
            "adopted": False,
            "in_force": False,
            "warnings": _worded(examined.remarks, session.words),
            "moved": [],
            "proposal": number,
            "changes": _rights_json(examined.changes, words),
        }
        print_json(shown)
    elif number is None:
        say(words("message.definition_needs_agreement", gia_tri=examined.title))
        say(words("message.dry_run"), err=True)
    else:
        say(words("message.definition_proposed", gia_tri=examined.title, danh_sach=who))


def _definition_json(examined: Examined) -> dict[str, Any]:
    return {
        "kind": examined.kind,
        "name": examined.definition.name,
        "version": examined.definition.version,
        "digest": examined.file.parsed.digest,
    }


def _accounts(session: Session, ids: Sequence[str]) -> str:
    found = (session.acting.directory.account(id) for id in ids)
    return "; ".join(f"{session.words.of(each.label)} ({each.id})" for each in found if each)


@command.command(
    "proposals",
    words=("Definitions that wait for agreement.", "Các định nghĩa đang chờ đồng ý."),
    example="definition proposals",
    paged=True,
)
def list_proposals(session: Session) -> None:
    from runtime.views.proposals import proposals_of

    looking = session.looking
    found, words = proposals_of(looking), looking.words
    if session.json:
        print_json(found)
        return
    if not found:
        say(words("message.no_proposals"))
        return
    print_table(
        [words(f"column.{name}") for name in ("definition", "proposed_by", "proposed_at", "who_agrees")],
        [
            (
                shown.record.title,
                looking.position(shown.record.proposed_by),
                looking.moment(shown.record.proposed_at),
                "; ".join(looking.position(id) for id in shown.who_can),
            )
            for shown in found
        ],
    )


@command.command(
    "agree",
    words=(
        "Agree to what somebody else proposed: it is in force from now on.",
        "Đồng ý với định nghĩa người khác đề xuất: áp dụng từ lúc này.",
    ),
    example="definition agree diem-he --as chu-tich --yes",
)
@click.argument("name", metavar="[KIND/]NAME[/VERSION]")
@with_option("--dry-run", is_flag=True, words=("Show what it changes.", "Chỉ xem thay đổi, không ghi."))
def agree(session: Session, name: str, dry_run: bool) -> None:
    from commands.reasons import refuse
    from commands.recalendaring import print_moves
    from runtime.acts import agreeing
    from runtime.care.checking import examine, read_stored, sound

    acting = session.acting
    if not dry_run:
        acting.require_actor()
    proposed = agreeing.named(agreeing.waiting(acting), name)
    examined = examine(acting, read_stored(proposed.definition))
    if isinstance(examined, tuple) or not sound(examined.remarks):
        # What was sound when it was proposed may not be so after what was adopted since.
        _tell_mistakes(session, examined if isinstance(examined, tuple) else examined.remarks)
        raise Exit(REFUSED)
    refused = None if dry_run else agreeing.refusal(acting, proposed)
    if refused is not None:
        refuse(session, refused, what=examined.title)
    foreseen = agreeing.agree(acting, proposed, dry_run=True)

    def show() -> None:
        _print_remarks(_worded(examined.remarks, acting.words), acting.words)
        _print_changes(examined, acting.words)
        print_rights(foreseen.changes, acting.words)
        print_moves(session, foreseen.moved, said="calendar_moves")

    answer = session.ask_and_do(
        foreseen,
        lambda: agreeing.agree(acting, proposed),
        show=show,
        question=session.words("message.agree_question", gia_tri=examined.title),
        dry_run=dry_run,
    )
    _tell_agreed(session, examined, answer, proposed.by, dry_run=dry_run)


def _tell_agreed(session: Session, examined: Examined, done: Agreed, by: str, *, dry_run: bool) -> None:
    from commands.recalendaring import moves_json

    words = session.words
    if session.json:
        shown = {
            **_definition_json(examined),
            "agreed": not dry_run,
            "in_force": examined.in_force,
            "proposed_by": by,
            "changes": _rights_json(done.changes, words),
            "moved": moves_json(done.moved),
        }
        print_json(shown)
    elif dry_run:
        say(words("message.dry_run"), err=True)
    else:
        say(words("message.definition_agreed", gia_tri=examined.title))


@command.command(
    "decline",
    words=("Decline what somebody proposed.", "Không đồng ý với định nghĩa được đề xuất."),
    example='definition decline diem-he --reason "Chưa cần" --as chu-tich',
)
@click.argument("name", metavar="[KIND/]NAME[/VERSION]")
@with_option("--reason", metavar="TEXT", required=True, words=("Why.", "Lý do."))
def decline(session: Session, name: str, reason: str) -> None:
    _end(session, name, "decline_definition", reason)


@command.command(
    "withdraw",
    words=("Take back what one proposed.", "Rút lại định nghĩa đã đề xuất."),
    example="definition withdraw diem-he --as quan-tri",
)
@click.argument("name", metavar="[KIND/]NAME[/VERSION]")
@with_option("--reason", metavar="TEXT", words=("Why.", "Lý do."))
def withdraw(session: Session, name: str, reason: str | None) -> None:
    _end(session, name, "withdraw_definition", reason)


def _end(session: Session, name: str, event: str, reason: str | None) -> None:
    from commands.reasons import refuse
    from runtime.acts import agreeing
    from workflow.model.decision import Refused
    from workflow.rules.inputs import read_note

    acting = session.acting
    acting.require_actor()
    proposed = agreeing.named(agreeing.waiting(acting), name)
    answer = agreeing.end(acting, proposed, event, reason=read_note(reason, event=event))
    if isinstance(answer, Refused):
        refuse(session, answer, what=proposed.title)
    if session.json:
        print_json(
            {"number": proposed.number, "definition": proposed.title, "status": agreeing.ENDING[event]}
        )
    else:
        say(session.words(f"message.{event}", gia_tri=proposed.title))
