"""`tdkt task`: the plan's tasks listed, shown, adopted as done before, given another lead body.

Listing must start fast: what acts is imported where it is called.
"""

from __future__ import annotations

from sys import stdin

import click

from commands.printing import print_table, say
from commands.readers import item_of
from commands.session import BODY, Noun, Session, completes, print_json, with_note, with_option
from commands.show import show_item
from commands.typed import QUARTER, worded
from runtime.views.items import tasks_of
from workflow.model.errors import UsageMistake

PART = worded(("host", "attend"), "part")
CONTENT_WIDTH = 44
with_part = with_option("--part", type=PART, words=("Host or attend.", "Tổ chức hay tham dự."))


class LacksTask(UsageMistake):
    """A task that came up needs --content, --paper and --on: what is asked, by which paper of which day."""

    code = "lacks_task"


class OneOf(UsageMistake):
    """Propose, agree, decline or withdraw: each is a command of its own; leave the other options out."""

    code = "one_of"


@click.group(cls=Noun, name="task", words=("The plan's tasks.", "Nhiệm vụ của kế hoạch."))
def command(**_: object) -> None:
    pass


@command.command(
    "list",
    words=(
        "The year's tasks, after what is open of earlier plans.",
        "Các nhiệm vụ trong năm, sau việc chưa xong của kế hoạch trước.",
    ),
    example="task list --quarter I",
    paged=True,
)
@with_option("--quarter", type=QUARTER, words=("Only this quarter.", "Chỉ quý này."))
@with_option(
    "--state", shell_complete=completes("task_states"), words=("Only in this state.", "Chỉ ở bước này.")
)
@with_option("--late", is_flag=True, words=("Only what is late.", "Chỉ việc quá hạn."))
def list_tasks(session: Session, quarter: str | None, state: str | None, late: bool) -> None:
    lines, words = tasks_of(session.looking, quarter=quarter, state=state, late=late), session.words
    if session.json:
        print_json([line.record for line in lines])
    elif not lines:
        say(words("message.empty_list"))
    else:
        print_table(
            [words(f"column.{name}") for name in ("ref", "quarter", "content", "due", "state", "late")],
            [
                (
                    line.ref,
                    line.record.quarter,
                    line.content,
                    line.due,
                    line.state,
                    line.progress,
                )
                for line in lines
            ],
        )


@command.command(
    "show", words=("One task in full.", "Xem một nhiệm vụ."), example="task show T06", paged=True
)
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    show_item(session, item_of(session, ref))


@command.command(
    "adopt",
    words=(
        "Record tasks that were done before the office began with tdkt.",
        "Ghi nhận nhiệm vụ đã làm trước khi dùng phần mềm.",
    ),
    example="task adopt T01 --on 30/12/2025 --paper 95/BC-UBND --as thuong-truc",
)
@click.argument("refs", nargs=-1, required=True, metavar="REF…")
@with_option("--on", "day", metavar="DATE", words=("When it was done.", "Ngày thực hiện."))
@with_option("--paper", metavar="NUMBER", words=("The paper that proves it.", "Số, ký hiệu văn bản."))
@with_option("--awarded", is_flag=True, words=("It ended with awards.", "Đã khen thưởng."))
@with_option(
    "--same-as",
    metavar="REF",
    words=(
        "The completed row of the plan before that is the same work: its paper is taken over.",
        "Nhiệm vụ cùng nội dung đã hoàn thành của kế hoạch trước: dùng chung văn bản.",
    ),
)
@with_note
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def adopt(
    session: Session,
    refs: tuple[str, ...],
    day: str | None,
    paper: str | None,
    awarded: bool,
    same_as: str | None,
    note: str | None,
    dry_run: bool,
) -> None:
    from commands.advance import advance

    if same_as is not None:
        _adopt_same(session, refs[0], same_as, note=note, dry_run=dry_run)
        return
    given = {"date": day, "paper": paper, "outcome": "awarded" if awarded else None}
    words = {name: value for name, value in given.items() if value is not None}
    advance(session, refs, "adopt", words, note=note, dry_run=dry_run)


def _adopt_same(session: Session, ref: str, other: str, *, note: str | None, dry_run: bool) -> None:
    """Asks whether the row takes the other's paper over or waits for a supplement with official figures."""
    from commands.advance import advance
    from runtime.acts.same_as import words_of_same

    acting, words = session.acting, session.words
    acting.require_actor()
    inputs = words_of_same(acting, ref, other)
    question = words("message.same_question", ref=ref, goc=inputs["same_as"], so=inputs["paper"])
    if not dry_run and stdin.isatty() and not session.confirmed(question):
        say(words("message.same_left_open", ref=ref), err=True)
        return
    advance(session, (ref,), "adopt_same", dict(inputs), note=note, dry_run=dry_run)


@command.command(
    "record",
    words=(
        "Record what was done on paper since the office began: proposed here, agreed to by another person.",
        "Ghi nhận việc đã làm (trên giấy) từ khi dùng phần mềm: người này đề nghị, người khác đồng ý.",
    ),
    example="task record T01 --on 20/02/2026 --paper 21/BC-UBND --as chuyen-vien",
)
@click.argument("refs", nargs=-1, required=True, metavar="REF…")
@with_option("--on", "day", metavar="DATE", words=("The paper's date.", "Ngày văn bản."))
@with_option("--paper", metavar="NUMBER", words=("The paper's number.", "Số, ký hiệu văn bản."))
@with_option("--agree", is_flag=True, words=("Agree to what was proposed.", "Đồng ý với đề nghị."))
@with_option("--decline", metavar="REASON", words=("Decline what was proposed.", "Không đồng ý, kèm lý do."))
@with_option("--withdraw", is_flag=True, words=("Withdraw what was proposed.", "Rút đề nghị."))
@with_note
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def record(
    session: Session,
    refs: tuple[str, ...],
    day: str | None,
    paper: str | None,
    agree: bool,
    decline: str | None,
    withdraw: bool,
    note: str | None,
    dry_run: bool,
) -> None:
    from commands.advance import advance

    given = {name: value for name, value in (("date", day), ("paper", paper)) if value is not None}
    asked = chosen(
        ("propose_record", given, bool(given)),
        ("agree_record", {}, agree),
        ("decline_record", {"reason": decline or ""}, decline is not None),
        ("withdraw_record", {}, withdraw),
    )
    advance(session, refs, *asked, note=note, dry_run=dry_run)


@command.command(
    "confirm",
    words=(
        "Confirm what was derived of tasks, or correct it: host or attend, lead body; give a short name.",
        "Xác nhận hoặc sửa nội dung phần mềm suy ra: tổ chức hay tham dự, cơ quan chủ trì; đặt tên gọi ngắn.",
    ),
    example='task confirm T02 --name "Hội nghị tổng kết" --as chuyen-vien',
)
@click.argument("refs", nargs=-1, required=True, metavar="REF…")
@with_option("--part", type=PART, words=("Host or attend.", "Tổ chức hay tham dự."))
@with_option("--lead", "body", **BODY, words=("The lead body.", "Cơ quan chủ trì."))
@with_option("--name", metavar="TEXT", words=("A short name of its own.", "Tên gọi ngắn."))
@with_note
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def confirm(
    session: Session,
    refs: tuple[str, ...],
    part: str | None,
    body: str | None,
    name: str | None,
    note: str | None,
    dry_run: bool,
) -> None:
    from commands.advance import advance

    given = {"part": part, "body": body, "name": name}
    words = {input: value for input, value in given.items() if value is not None}
    advance(session, refs, "confirm", words, note=note, dry_run=dry_run)


@command.command(
    "kind",
    words=("Correct the kind of a task.", "Sửa loại của nhiệm vụ."),
    example="task kind T15 report --as chuyen-vien",
)
@click.argument("ref")
@click.argument("kind")
@with_option("--part", type=PART, words=("Host or attend.", "Tổ chức hay tham dự."))
@with_note
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def correct_kind(
    session: Session, ref: str, kind: str, part: str | None, note: str | None, dry_run: bool
) -> None:
    from commands.advance import advance
    from runtime.acts.add_task import kind_meant

    session.acting.require_actor()
    meant, called_part = kind_meant(session.acting, kind)
    taken = part or called_part
    words = {"kind": meant, **({"part": taken} if taken else {})}
    advance(session, (ref,), "confirm", words, note=note, dry_run=dry_run)


@command.command(
    "add",
    words=(
        "A task that came up beside the plan: proposed here, agreed to by another person.",
        "Nhiệm vụ phát sinh ngoài kế hoạch: người này đề nghị bổ sung, người khác đồng ý.",
    ),
    example='task add --content "Báo cáo đột xuất" --paper 15/SNV --on 27/02/2026 --as chuyen-vien',
)
@click.argument("ref", required=False)
@with_option("--content", metavar="TEXT", words=("What is to be done.", "Nội dung nhiệm vụ."))
@with_option("--paper", metavar="NUMBER", words=("The paper that asks for it.", "Số văn bản giao việc."))
@with_option("--on", "day", metavar="DATE", words=("That paper's date.", "Ngày văn bản."))
@with_option("--quarter", type=QUARTER, words=("Its quarter.", "Quý."))
@with_option("--due", metavar="DATE", words=("Its date; else the quarter's end.", "Thời hạn, hoặc cuối quý."))
@with_option("--kind", default="other", metavar="KIND", words=("Its kind.", "Loại nhiệm vụ."))
@with_part
@with_option("--lead", **BODY, words=("The lead body.", "Cơ quan chủ trì."))
@with_option("--agree", is_flag=True, words=("Agree to the task REF.", "Đồng ý bổ sung."))
@with_option("--decline", metavar="REASON", words=("Decline the task REF.", "Không đồng ý, kèm lý do."))
@with_option("--withdraw", is_flag=True, words=("Withdraw the task REF.", "Rút đề nghị."))
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def add(
    session: Session,
    ref: str | None,
    content: str | None,
    paper: str | None,
    day: str | None,
    quarter: str | None,
    due: str | None,
    kind: str,
    part: str | None,
    lead: str | None,
    agree: bool,
    decline: str | None,
    withdraw: bool,
    dry_run: bool,
) -> None:
    from commands.advance import advance
    from commands.reasons import report
    from runtime.acts.add_task import NewTask, add_task
    from workflow.rules.inputs import not_given
    from workflow.rules.not_an_input import NotAnInput

    if ref is not None:
        asked = chosen(
            ("agree_task", {}, agree),
            ("decline_task", {"reason": decline or ""}, decline is not None),
            ("withdraw_task", {}, withdraw),
        )
        advance(session, (ref,), *asked, dry_run=dry_run)
        return
    if content is None or paper is None or day is None:
        raise LacksTask()
    session.acting.require_actor()
    new = NewTask(content, paper, day, quarter, due, kind, part, lead)
    try:
        result = add_task(session.acting, new, dry_run=dry_run)
    except NotAnInput as mistake:
        raise not_given("new", "task", mistake, expected="--content TEXT --paper NUMBER --on DATE") from None
    report(session, [result], dry_run=dry_run)


def chosen(*ways: tuple[str, dict[str, str], bool]) -> tuple[str, dict[str, str]]:
    """The one event that the options ask for, with its inputs; the first where they ask for none, so that it
    tells what it needs. Raises OneOf."""
    asked = [(event, words) for event, words, meant in ways if meant]
    if len(asked) > 1:
        raise OneOf()
    return asked[0] if asked else ways[0][:2]


@command.command(
    "lead",
    words=("Change the lead body.", "Đổi cơ quan chủ trì."),
    example="task lead T02 kinh_te --as chuyen-vien",
)
@click.argument("ref")
@click.argument("body", shell_complete=completes("bodies"))
def lead(session: Session, ref: str, body: str) -> None:
    from commands.advance import advance

    advance(session, (ref,), "lead", {"body": body})
