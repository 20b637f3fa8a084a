"""`tdkt incident`: what went wrong while the program ran by itself, for an operator to see and to clear."""

from __future__ import annotations

import click

from commands.printing import print_labelled, say
from commands.session import Noun, Session, completes, print_json, with_option
from runtime.views.incidents import incident_page

INDENT = 5
SHORT_LETTER = "I"

command = Noun(
    name="incident",
    words=("What went wrong while nobody looked.", "Sự cố khi phần mềm tự chạy."),
)


@command.command(
    "list",
    words=(
        "Incidents that are open: what could not be done, since when, how often, and what to do.",
        "Các sự cố chưa xử lý: việc gì chưa thực hiện được, từ lúc nào, bao nhiêu lần, cách xử lý.",
    ),
    example="incident list --all",
    paged=True,
)
@with_option("--all", "every", is_flag=True, words=("Those that were cleared too.", "Kể cả sự cố đã xử lý."))
def list_(session: Session, every: bool) -> None:
    looking = session.looking
    found = looking.reading.incidents(looking.office, cleared=every)
    if session.json:
        print_json(found)
        return
    if not found:
        say(looking.words("message.no_incident"))
    for number, incident in enumerate(found):
        page = incident_page(looking, incident)
        click.echo(("\n" if number else "") + f"{page.id:<{INDENT}}{page.said}")
        print_labelled([fact for fact in page.facts if fact[1]], indent=INDENT)


@command.command(
    "clear",
    words=(
        "Clear incidents whose cause is mended: what they held up is tried again at the next tick. Written "
        "down in the log.",
        "Đóng sự cố đã khắc phục: phần việc bị vướng được thực hiện lại ở lần kiểm tra sau. Có ghi nhật ký.",
    ),
    example="incident clear I01 --as quan-tri",
)
@click.argument("ids", nargs=-1, required=True, metavar="ID…", shell_complete=completes("incidents"))
@with_option("--note", metavar="TEXT", words=("A free remark.", "Ghi chú."))
def clear(session: Session, ids: tuple[str, ...], note: str | None) -> None:
    from commands.reasons import permitted
    from runtime.acts import incidents

    wanted = [as_id(id) for id in ids]
    role = permitted(session, "clear_incident", what=f"“{', '.join(wanted)}”")
    cleared = incidents.clear(session.acting, wanted, role=role, note=note)
    if session.json:
        print_json([incident.id for incident in cleared])
        return
    click.echo(
        session.words("message.incidents_cleared", danh_sach=", ".join(incident.id for incident in cleared))
    )


def as_id(typed: str) -> str:
    """`i1` is I01. What is no number stays as it was typed, and nobody knows it."""
    number = typed.strip().upper().removeprefix(SHORT_LETTER)
    return f"{SHORT_LETTER}{int(number):02}" if number.isdecimal() and number.isascii() else typed
