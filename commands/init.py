"""`tdkt init`: found an office and its database; asks nothing.

Here --office takes the name of a shipped or own definition, or a file.
"""

from __future__ import annotations

import click

from commands.printing import say
from commands.session import Command, Session, print_json, with_option
from runtime.office.typed import typed_date


@click.command(
    cls=Command,
    name="init",
    words=(
        "Found an office and its database. Asks nothing.",
        "Khởi tạo cơ quan và cơ sở dữ liệu. Không hỏi gì.",
    ),
    example="init --sandbox --now 2026-01-05 --db thu.db",
)
@with_option(
    "--sandbox",
    is_flag=True,
    words=(
        "A sandbox with the shipped plan and its own clock.",
        "Bản thử, có kế hoạch mẫu và thời gian riêng.",
    ),
)
@with_option(
    "--started-on", metavar="DATE", words=("When the office begins with tdkt.", "Ngày bắt đầu dùng phần mềm.")
)
def command(session: Session, sandbox: bool, started_on: str | None) -> None:
    from commands.today import print_next
    from runtime.acts.founding import found
    from runtime.views.today import today_of

    made = found(
        session.options,
        session.environment,
        office=session.options.office,
        sandbox=sandbox,
        started_on=typed_date(started_on) if started_on else None,
    )
    if session.json:
        print_json(
            {
                "office": made.office,
                "title": made.title,
                "database": made.where,
                "started_on": made.started_on,
                "sandbox": made.sandbox,
                "tasks": made.tasks,
            }
        )
        return
    session.options = session.options._replace(office=made.office)
    words = session.looking.words
    began = session.looking.day(made.started_on)
    say(words("message.founded", ten=made.title, noi=made.where, ngay=began))
    if made.sandbox:
        say(words("message.sandbox_founded", n=made.tasks))
    print_next(today_of(session.looking, None).next)
