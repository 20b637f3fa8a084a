"""`tdkt task`: the plan's tasks listed, shown, adopted as done before, given another lead body.

Listing must start fast: what acts is imported where it is called.
"""

from __future__ import annotations

import click

from commands.items import day_text, known_state, progress_short, task_json
from commands.printing import print_table
from commands.session import Noun, Session, print_json, with_option
from commands.show import show_item
from workflow.model.wording import shorten

CONTENT_WIDTH = 44


@click.group(cls=Noun, name="task", words=("The plan's tasks.", "Nhiệm vụ của kế hoạch."))
def command(**_: object) -> None:
    pass


@command.command("list", words=("The year's tasks.", "Các nhiệm vụ trong năm."))
@with_option(
    "--quarter", type=click.Choice(["I", "II", "III", "IV"]), words=("Only this quarter.", "Chỉ quý này.")
)
@with_option("--state", words=("Only in this state.", "Chỉ ở bước này."))
@with_option("--late", is_flag=True, words=("Only what is late.", "Chỉ việc quá hạn."))
def list_tasks(session: Session, quarter: str | None, state: str | None, late: bool) -> None:
    looking, state = session.looking, known_state(session, "task", state)
    rows = [
        row
        for row in looking.reading.tasks(looking.office, looking.year)
        if (quarter is None or row["quarter"] == quarter)
        and (state is None or row["state"] == state)
        and (not late or looking.days_late(row) > 0)
    ]
    if session.json:
        print_json([task_json(row, looking) for row in rows])
        return
    words = looking.words
    if not rows:
        click.echo(words("message.empty_list"))
        return
    print_table(
        [words(f"column.{name}") for name in ("ref", "quarter", "content", "due", "state", "late")],
        [
            (
                row["ref"],
                row["quarter"],
                shorten(row["content"], CONTENT_WIDTH),
                day_text(looking, row["due_on"]),
                looking.state(row),
                progress_short(row, looking),
            )
            for row in rows
        ],
        wide=(2, 4),
    )


@command.command("show", words=("One task in full.", "Xem một nhiệm vụ."))
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    show_item(session, ref)


@command.command(
    "adopt",
    words=(
        "Record tasks that were done before the office began with tdkt.",
        "Ghi nhận nhiệm vụ đã làm trước khi dùng phần mềm.",
    ),
)
@click.argument("refs", nargs=-1, required=True, metavar="REF…")
@with_option("--on", "day", required=True, metavar="DATE", words=("When it was done.", "Ngày thực hiện."))
@with_option(
    "--paper", required=True, metavar="NUMBER", words=("The paper that proves it.", "Số, ký hiệu văn bản.")
)
@with_option("--awarded", is_flag=True, words=("It ended with awards.", "Đã khen thưởng."))
@with_option("--note", words=("A free remark.", "Ghi chú."))
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def adopt(
    session: Session,
    refs: tuple[str, ...],
    day: str,
    paper: str,
    awarded: bool,
    note: str | None,
    dry_run: bool,
) -> None:
    from commands.advance import advance

    words = {"date": day, "paper": paper, **({"outcome": "awarded"} if awarded else {})}
    advance(session, refs, "adopt", words, note=note, dry_run=dry_run)


@command.command("lead", words=("Change the lead body.", "Đổi cơ quan chủ trì."))
@click.argument("ref")
@click.argument("body")
def lead(session: Session, ref: str, body: str) -> None:
    from commands.advance import advance

    advance(session, (ref,), "lead", {"body": body})
