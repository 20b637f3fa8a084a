"""`tdkt history`: who received what: old lists, records by hand, somebody's page, a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from commands.printing import print_facts, print_table, say
from commands.remembering import describes, import_list, keep_typed, typed_fields, typed_name
from commands.session import TITLE, Noun, Session, print_json, with_option
from commands.typed import worded
from workflow.model.achievements import AWARD, KINDS, Achievement, Somebody
from workflow.model.errors import UsageMistake

command = Noun(
    name="history",
    words=(
        "Who received what: awards, ratings, initiatives of all years and authorities.",
        "Lịch sử: khen thưởng, xếp loại, sáng kiến của mọi năm, mọi cấp.",
    ),
)


class NobodyKnown(UsageMistake):
    """Nothing is recorded of '{ten}'; look with tdkt history search."""

    code = "nobody_known"


class NothingCorrected(UsageMistake):
    """Say what is corrected, like --name or --dated; see tdkt history correct -h."""

    code = "nothing_corrected"


with_reason = with_option("--reason", required=True, words=("Why.", "Lý do."))


@command.command(
    "import",
    words=(
        "Import an old list (.xlsx, .xls, .ods, .csv, a table in .docx).",
        "Nạp danh sách cũ (.xlsx, .xls, .ods, .csv, bảng trong .docx).",
    ),
    example="history import khen-thuong-cu.csv --dry-run --as chuyen-vien",
)
@click.argument("file", metavar="FILE")
@with_option(
    "--kind",
    type=worded(KINDS, "achievement"),
    words=("Only records of this kind.", "Chỉ nạp loại này."),
)
@with_option("--dry-run", is_flag=True, words=("Read and compare, write nothing.", "Chạy thử, không ghi."))
def import_(session: Session, file: str, kind: str | None, dry_run: bool) -> None:
    import_list(session, file, kind, dry_run=dry_run)


@command.command(
    "show",
    words=(
        "What somebody received: by name, by a record's number, or of a dossier's line (D0042/3).",
        "Một người, tập thể, hộ đã được gì: theo tên, số ghi nhận, hoặc trường hợp của hồ sơ (D0042/3).",
    ),
    example='history show "Trường hợp D0006-1"',
    paged=True,
)
@click.argument("who", metavar="WHO")
def show(session: Session, who: str) -> None:
    from runtime.views.achievements import looked_up

    found = looked_up(session.looking, who)
    if not found.people and not found.asked:
        raise NobodyKnown(ten=who)
    if session.json:
        print_json(found)
    elif len(found.people) > 1:
        say(session.words("history.several", n=len(found.people), ten=who))
        _print_people(session, found.people)
    else:
        for one in found.people:
            _print_one(session, one)
        if found.asked:
            say(session.words("history.asked", n=len(found.asked)))
            _print_records(session, found.asked, named=True)


@command.command(
    "search",
    words=(
        "Find people by parts of their names, tone marks left out, and decisions by their numbers.",
        "Tìm theo một phần tên (không cần dấu) hoặc số quyết định.",
    ),
    example="history search truong hop",
    paged=True,
)
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
def search(session: Session, words: tuple[str, ...]) -> None:
    from runtime.views.achievements import searched

    found, more = searched(session.looking, words)
    if session.json:
        print_json({"people": found.people, "more": more})
        return
    if not found.people:
        say(session.words("message.empty_list"))
        return
    _print_people(session, found.people)
    if more:
        say(session.words("history.search_more", n=len(found.people)))


@command.command(
    "add",
    words=("Record an award that no dossier here gave.", "Ghi khen thưởng không qua hồ sơ ở đây."),
    example='history add "Nguyễn Văn Tư" --title cstdcs --period 2024 --as chuyen-vien',
)
@click.argument("name", metavar="NAME")
@describes(
    "title", "words", "period", "decision", "dated", "authority", "subject", "born", "unit", "body", "nature"
)
def add(session: Session, name: str, **given: Any) -> None:
    if given["title"] is None and given["words"] is None:
        raise click.MissingParameter(param_type="option", param_hint="--title")
    fields = typed_fields(session, given)
    subject = fields.pop("subject", None) or "person"
    keep_typed(session, [Achievement(0, AWARD, subject, typed_name(name))._replace(**fields)])


@command.command(
    "correct",
    words=(
        "Put a slip of a record right; an empty value takes away what was said.",
        "Sửa một ghi nhận bị sai; giá trị rỗng là bỏ nội dung đã ghi.",
    ),
    example='history correct 2 --period 2025 --reason "Nhập nhầm năm" --as chuyen-vien',
)
@click.argument("number", type=int)
@describes(
    "name", "subject", "born", "unit", "body", "period", "title", "rating", "scope", "words", "decision",
    "dated", "authority", "share", "nature", "revoked_on", "revoked_by",
)  # fmt: skip
@with_reason
def correct(session: Session, number: int, reason: str, **given: Any) -> None:
    from commands.reasons import permitted
    from runtime.acts import remembering

    acting, words = session.acting, session.words
    fields = typed_fields(session, given)
    if not fields:
        raise NothingCorrected()
    role = permitted(session, "history", what=words("history.records"))
    before, after = remembering.correct(
        acting, number, lambda record: record._replace(**fields), reason=reason, role=role
    )
    if session.json:
        print_json({"before": before, "after": after})
        return
    say(words("history.corrected" if after != before else "history.unchanged", so=number, ten=after.name))


@command.command(
    "remove",
    words=("Remove records that are wrong.", "Bỏ ghi nhận nhập sai."),
    example='history remove 2 --reason "Ghi hai lần" --as chuyen-vien --yes',
)
@click.argument("numbers", type=int, nargs=-1, required=True, metavar="NUMBER…")
@with_reason
def remove(session: Session, numbers: tuple[int, ...], reason: str) -> None:
    _remove(session, numbers, reason, event="history_remove", right="history", told="history.removed")


@command.command(
    "erase",
    words=(
        "Erase all that is recorded of somebody, chosen by a record's number.",
        "Xóa mọi ghi nhận về một người, chọn theo số ghi nhận.",
    ),
    example='history erase 1 --reason "Theo yêu cầu của người đó" --as quan-tri --yes',
)
@click.argument("number", type=int)
@with_reason
def erase(session: Session, number: int, reason: str) -> None:
    from runtime.views.achievements import looked_up

    people = looked_up(session.looking, str(number)).people
    numbers = tuple(record.number for one in people for record in one.records)
    _remove(session, numbers, reason, event="history_erase", right="erase", told="history.erased")


def _remove(
    session: Session, numbers: Sequence[int], reason: str, *, event: str, right: str, told: str
) -> None:
    """Shows whose records they are first: a number is easily taken for another one."""
    from commands.reasons import permitted
    from runtime.acts import remembering
    from runtime.views.achievements import numbered

    acting, words = session.acting, session.words
    role = permitted(session, right, what=words("history.records"))
    found = numbered(session.looking, numbers)
    gone = session.ask_and_do(
        found,
        lambda: remembering.remove(acting, numbers, reason=reason, role=role, event=event),
        show=lambda: _print_records(session, found, named=True),
        question=words("history.remove_question", n=len(found)),
    )
    if session.json:
        print_json({"removed": [record.number for record in gone]})
    else:
        say(words(told, n=len(gone)))


@command.command(
    "suggest",
    words=(
        "Who meets a title's conditions by what is recorded, and is not proposed in the task.",
        "Ai đủ điều kiện theo ghi nhận mà chưa được đề nghị ở nhiệm vụ này.",
    ),
    example="history suggest T17",
    paged=True,
)
@click.argument("task", metavar="TASK")
@with_option("--title", **TITLE, words=("Only this title.", "Chỉ danh hiệu này."))
def suggest(session: Session, task: str, title: str | None) -> None:
    from commands.readers import item_of
    from runtime.views import achievements as views
    from runtime.views.suggesting import suggested
    from workflow.model.naming import meant, titles

    looking, words = session.looking, session.words
    rules, item = looking.rules, item_of(session, task)
    only = meant("title", title, titles(rules.titles)) if title else None
    asked = [each for each in rules.titles if (each.annual if only is None else each.id == only)]
    found = suggested(looking, item, asked)
    if session.json:
        print_json(found)
        return
    if not found:
        say(words("history.suggest_none", ref=looking.ref(item.key)))
        return
    print_table(
        [words(f"history_column.{name}") for name in ("title", "number", "name", "born", "unit", "why")],
        [
            (
                looking.title(each.title),
                each.number,
                each.name,
                views.born(each.born),
                each.unit or (looking.body(each.body) if each.body else ""),
                "; ".join(each.why),
            )
            for each in found
        ],
    )
    say(words("history.suggest_declared"))


# -- in words --------------------------------------------------------------------------------------------


def _print_people(session: Session, people: Sequence[Somebody]) -> None:
    from runtime.views import achievements as views

    words, looking = session.words, session.looking
    names = ("number", "name", "born", "unit", "records", "last")
    print_table(
        [words(f"history_column.{name}") for name in names],
        [
            (
                one.number,
                one.whom.name,
                views.born(one.whom.born),
                next((place for each in one.records if (place := views.place(looking, each))), ""),
                len(one.records),
                ": ".join(filter(None, (one.records[-1].period, views.what(looking, one.records[-1])))),
            )
            for one in people
        ],
    )


def _print_one(session: Session, one: Somebody) -> None:
    from runtime.views import achievements as views

    words, looking = session.words, session.looking
    places = dict.fromkeys(filter(None, (views.place(looking, record) for record in one.records)))
    say(one.whom.name)
    print_facts(
        [
            (words("column.nominee_kind"), words(f"nominee_kind.{one.whom.subject}")),
            (words("history_column.born"), views.born(one.whom.born)),
            (words("history_column.unit"), "; ".join(places)),
        ],
        indent=2,
    )
    _print_records(session, one.records)


def _print_records(session: Session, records: Sequence[Achievement], *, named: bool = False) -> None:
    from runtime.views import achievements as views

    words, looking = session.words, session.looking
    names = ("number", *(("name", "born") if named else ()), "period", "what", "paper", "authority", "remark")
    print_table(
        [words(f"history_column.{name}") for name in names],
        [
            (
                record.number,
                *((record.name, views.born(record.born)) if named else ()),
                record.period,
                views.what(looking, record),
                views.paper(looking, record),
                record.authority,
                views.remarks(looking, record),
            )
            for record in records
        ],
    )
