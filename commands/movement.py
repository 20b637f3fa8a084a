"""`tdkt movement`: movements of emulation, which run beside the plan over quarters and years.

Looking must start fast: what acts is imported where it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.printing import print_facts, print_table, print_wrapped, say
from commands.session import TITLE, Noun, Session, completes, print_json, with_option
from commands.typed import worded
from runtime.office.typed import typed_date
from runtime.views import movements as views
from workflow.model.movements import SCOPES, WAYS

if TYPE_CHECKING:
    from workflow.model.movements import Movement


@click.group(cls=Noun, name="movement", words=("Movements of emulation.", "Phong trào thi đua."))
def command(**_: object) -> None:
    pass


_movement = click.argument("ref", metavar="M01", shell_complete=completes("movements"))
_why = with_option("--reason", required=True, words=("Why.", "Lý do."))
_paper = with_option("--paper", metavar="NO", words=("Number of its paper.", "Số văn bản."))
_on = with_option(
    "--on", "day", metavar="DATE", words=("The day, today if left out.", "Ngày; không ghi là hôm nay.")
)
_drop = with_option("--drop", is_flag=True, words=("Take it back.", "Bỏ việc đã ghi."))


def _describes(function: Any) -> Any:
    """The options that describe a movement."""
    options = (
        with_option("--by", "launched_by", metavar="TEXT", words=("Who launched it.", "Cơ quan phát động.")),
        with_option(
            "--paper",
            metavar="NO",
            words=("Number of the plan that launched it.", "Số kế hoạch phát động."),
        ),
        with_option("--date", "paper_on", metavar="DATE", words=("Its date.", "Ngày kế hoạch phát động.")),
        with_option(
            "--scope",
            type=worded(SCOPES, "choice"),
            words=(
                "Where it runs: the locality, a cluster, one agency.",
                "Phạm vi: địa phương (locality), cụm (cluster), cơ quan (agency).",
            ),
        ),
        with_option(
            "--way",
            type=worded(WAYS, "choice"),
            words=("Thematic or regular.", "Chuyên đề (thematic), thường xuyên (regular)."),
        ),
        with_option(
            "--from",
            "from_day",
            metavar="DATE",
            words=("The first day; else the paper's.", "Ngày bắt đầu; không ghi là ngày kế hoạch."),
        ),
        with_option(
            "--until",
            "until_day",
            metavar="DATE",
            words=("The last day, in any year.", "Ngày kết thúc, có thể ở năm sau."),
        ),
        with_option("--criteria", metavar="TEXT", words=("What it asks.", "Nội dung, tiêu chí.")),
        with_option(
            "--title",
            "titles",
            multiple=True,
            **TITLE,
            words=("A title or form that it gives.", "Danh hiệu, hình thức khen của phong trào."),
        ),
        with_option(
            "--task",
            "tasks",
            multiple=True,
            metavar="REF",
            words=(
                "A row that it belongs to beside the rows of movements of its quarters.",
                "Nhiệm vụ của phong trào, ngoài các dòng phong trào trong những quý đó.",
            ),
        ),
    )
    for part in reversed(options):
        function = part(function)
    return function


@command.command(
    "new",
    words=("Keep a movement that was launched.", "Ghi phong trào đã phát động."),
    example='movement new "Dân vận khéo" --paper 12/KH-UBND --date 02/02/2026 --as chuyen-vien',
)
@click.argument("name", metavar="NAME")
@_describes
def new(session: Session, name: str, **given: Any) -> None:
    from runtime.acts.movements import launch

    said = {field: value for field, value in given.items() if value}
    role = _permitted(session, name)
    _tell(session, "movement_kept", launch(session.acting, {"name": name, **said}, role=role))


@command.command(
    "edit",
    words=(
        "Put a movement right; an empty value takes away what was said.",
        "Sửa phong trào; giá trị rỗng là bỏ nội dung đã ghi.",
    ),
    example="movement edit M01 --until 30/11/2027 --as chuyen-vien",
)
@_movement
@with_option("--name", words=("Its name.", "Tên."))
@_describes
def edit(session: Session, ref: str, **given: Any) -> None:
    from runtime.acts.movements import edit as put_right

    said = {field: value for field, value in given.items() if value is not None and value != ()}
    said |= {field: () for field in ("titles", "tasks") if given[field] == ("",)}
    role = _permitted(session, ref)
    _tell(session, "movement_kept", put_right(session.acting, ref, said, role=role))


@command.command(
    "drop",
    words=("Take back a movement that was typed by mistake.", "Bỏ phong trào ghi nhầm."),
    example='movement drop M02 --reason "Ghi hai lần" --as chuyen-vien',
)
@_movement
@_why
def drop(session: Session, ref: str, reason: str) -> None:
    from runtime.acts.movements import drop as take_back

    role = _permitted(session, ref)
    _tell(session, "movement_dropped", take_back(session.acting, ref, reason, role=role))


@command.command(
    "register",
    words=("Register bodies for a movement.", "Ghi đơn vị đăng ký tham gia phong trào."),
    example="movement register M01 thon-1 thon-2 --on 02/03/2026 --as chuyen-vien",
)
@_movement
@click.argument("bodies", nargs=-1, required=True, metavar="BODY…", shell_complete=completes("bodies"))
@_on
@_drop
def register(session: Session, ref: str, bodies: tuple[str, ...], day: str | None, drop: bool) -> None:
    from runtime.acts import movements as acts

    role = _permitted(session, ref)
    acting = session.acting
    if drop:
        _tell(session, "movement_unregistered", acts.unregister(acting, ref, bodies, role=role))
        return
    on = typed_date(day) if day else acting.today
    _tell(session, "movement_registered", acts.register(acting, ref, bodies, on=on, role=role))


@command.command(
    "review",
    words=("Keep a preliminary review.", "Ghi kết quả sơ kết phong trào."),
    example='movement review M01 "Đạt 15/19 tiêu chí" --paper 15/BC-UBND --as chuyen-vien',
)
@_movement
@click.argument("text", metavar="TEXT")
@_on
@_paper
def review(session: Session, ref: str, text: str, day: str | None, paper: str | None) -> None:
    from runtime.acts.movements import review as keep

    role = _permitted(session, ref)
    on = typed_date(day) if day else session.acting.today
    found, _kept = keep(session.acting, ref, text, on=on, paper=paper, role=role)
    _tell(session, "movement_reviewed", found)


@command.command(
    "unreview",
    words=("Take a preliminary review back.", "Bỏ kết quả sơ kết ghi nhầm."),
    example="movement unreview M01 1 --as chuyen-vien",
)
@_movement
@click.argument("no", metavar="NO", type=int)
def unreview(session: Session, ref: str, no: int) -> None:
    from runtime.acts.movements import drop_review

    role = _permitted(session, ref)
    _tell(session, "movement_unreviewed", drop_review(session.acting, ref, no, role=role))


@command.command(
    "close",
    words=("Close a movement with its result.", "Tổng kết phong trào."),
    example='movement close M01 "Đạt 19/19 tiêu chí" --paper 20/BC-UBND --as chuyen-vien',
)
@_movement
@click.argument("result", metavar="TEXT")
@_on
@_paper
def close(session: Session, ref: str, result: str, day: str | None, paper: str | None) -> None:
    from runtime.acts.movements import close as end

    role = _permitted(session, ref)
    on = typed_date(day) if day else session.acting.today
    _tell(session, "movement_closed_now", end(session.acting, ref, result, on=on, paper=paper, role=role))


@command.command(
    "reopen",
    words=("Take the closing of a movement back.", "Mở lại phong trào đã tổng kết."),
    example='movement reopen M02 --reason "Tỉnh kéo dài phong trào" --as chuyen-vien',
)
@_movement
@_why
def reopen(session: Session, ref: str, reason: str) -> None:
    from runtime.acts.movements import reopen as open_again

    role = _permitted(session, ref)
    _tell(session, "movement_reopened", open_again(session.acting, ref, reason, role=role))


def _permitted(session: Session, ref: str) -> str:
    from commands.reasons import permitted

    session.acting.require_actor()
    return permitted(session, "movement", what=session.acting.words("message.movement_of", ref=ref))


def _tell(session: Session, message: str, found: Movement) -> None:
    if session.json:
        days = {"from": found.from_day, "until": found.until_day, "closed_on": found.closed_on}
        print_json({"movement": found.ref, **days})
    else:
        say(session.words(f"message.{message}", ref=found.ref))


@command.command(
    "list", words=("All movements.", "Các phong trào thi đua."), example="movement list", paged=True
)
def list_movements(session: Session) -> None:
    looking = session.looking
    lines = views.movement_lines(looking)
    if session.json:
        print_json(lines)
    elif lines:
        _table(session, views.COLUMNS, [views.movement_cells(looking, line) for line in lines])
    else:
        say(looking.words("message.empty_list"))


@command.command(
    "show",
    words=(
        "One movement: criteria, bodies, reviews, dossiers, awards.",
        "Xem một phong trào: tiêu chí, đơn vị, sơ kết, hồ sơ, khen thưởng.",
    ),
    example="movement show M01",
    paged=True,
)
@_movement
def show(session: Session, ref: str) -> None:
    shown = views.movement_shown(session.looking, ref)
    if session.json:
        print_json(shown)
        return
    page = views.movement_page(session.looking, shown)
    print_wrapped(page.heading)
    print_facts(page.facts)
    for columns, rows in (
        (views.TAKING_PART, page.taking_part),
        (views.REVIEWS, page.reviews),
        (views.DOSSIERS, page.dossiers),
    ):
        if rows:
            click.echo()
            _table(session, columns, rows)


def _table(session: Session, columns: tuple[str, ...], rows: Any) -> None:
    print_table([session.words(f"column.{name}") for name in columns], rows)
