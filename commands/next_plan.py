"""What `tdkt plan next` does: shows the draft of the next year's plan, and writes it as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from commands.printing import aligned, print_table, say
from commands.session import Session, print_json
from commands.typed import QUARTER
from runtime.office.looking import Looking
from runtime.views.next_plan import Edits, NextPlan, next_plan
from runtime.views.next_plan_paper import plan_file, proposal_text, remark_text
from workflow.model.errors import UsageMistake
from workflow.model.plan import QUARTERS, Quarter
from workflow.model.references import reference


class NotAMove(UsageMistake):
    """'{gia_tri}' moves no row; write --move T10=III."""

    code = "not_a_move"


def edits_of(
    drop: Sequence[str], add: Sequence[str], keep_date: Sequence[str], move: Sequence[str], title: str | None
) -> Edits:
    """What was typed. Raises BadReference, NotAMove."""
    return Edits(_refs(drop), _refs(add), _refs(keep_date), dict(map(_moved, move)), title)


def _refs(typed: Sequence[str]) -> tuple[str, ...]:
    return tuple(reference(text).ref for text in typed)


def _moved(typed: str) -> tuple[str, Quarter]:
    ref, _sign, to = typed.partition("=")
    try:
        quarter = QUARTER.convert(to, None, None)
    except click.UsageError:
        raise NotAMove(gia_tri=typed) from None
    return reference(ref).ref, QUARTERS[("I", "II", "III", "IV").index(quarter)]


def show_next_plan(session: Session, year: int, edits: Edits, out: str | None) -> None:
    from commands.files import write_bytes

    looking = session.looking
    plan = next_plan(looking, year, edits)
    if out is not None:
        write_bytes(Path(out), plan_file(looking, plan), overwrite=session.options.yes)
    if session.json:
        print_json(plan)
        return
    _print(looking, plan)
    if out is None:
        say(looking.words("next_plan.not_written"))
    else:
        typed = f"tdkt plan import {out}"
        say(looking.words("next_plan.written", tep=out, n=len(plan.rows), lenh=typed))


def _print(looking: Looking, plan: NextPlan) -> None:
    words = looking.words
    say(words("next_plan.heading", nam=plan.year, tu=plan.year - 1, n=len(plan.rows)))
    say(plan.about)
    print_table(
        [
            words("column.number"),
            words("column.quarter"),
            words("column.content"),
            words("column.due"),
            words("next_plan.of"),
        ],
        [
            (
                row.number,
                row.quarter,
                row.content,
                looking.day(row.due) or words("next_plan.quarter_end"),
                row.of,
            )
            for row in plan.rows
        ],
    )
    if plan.remarks:
        click.echo(f"\n{words('next_plan.to_look')}")
        for line in aligned(
            [
                (each.ref, f"{remark_text(looking, each)} {proposal_text(looking, each)}".strip())
                for each in plan.remarks
            ]
        ):
            click.echo(line)
        click.echo()
