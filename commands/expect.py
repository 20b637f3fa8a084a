"""`tdkt expect`: the dossiers that bodies owe to a task: who is silent, who answered; ask, answer, chase.

`list` looks and must start fast: what acts is imported where it is called. What is done to many is shown
first, then asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.printing import hanging, print_facts, print_table, say
from commands.readers import item_of
from commands.session import Noun, Session, completes, print_json, with_option
from runtime.office.looking import Looking
from runtime.office.typed import typed_date
from runtime.views import expected
from runtime.views.items import DERIVED
from workflow.model.errors import UnknownReference, UsageMistake
from workflow.model.facts import Key
from workflow.model.links import DAYS, MOST_DAYS
from workflow.model.tasks import Task

if TYPE_CHECKING:
    from runtime.acts.acting import Acting
    from runtime.acts.expect import ListResult
    from workflow.model.expecting import Expectation
    from workflow.services.advance import Tried
    from workflow.services.expect import Listed


class AnswerOrUndo(UsageMistake):
    """Give --nothing (with --on DATE) where the body proposes nothing, or --silent alone to undo that."""

    code = "answer_or_undo"


command = Noun(
    name="expect",
    words=(
        "Expected dossiers: which bodies owe one, who is silent; ask, answer, chase.",
        "Hồ sơ cần nhận: đơn vị nào phải gửi, đơn vị nào chưa trả lời; đề nghị, ghi nhận, đôn đốc.",
    ),
)


# -- list ------------------------------------------------------------------------------------------------


@command.command(
    "list",
    words=(
        "Who owes a dossier to which task, who has answered, who is silent and how often it was written to.",
        "Đơn vị nào cần gửi hồ sơ cho nhiệm vụ nào, đã trả lời chưa, đã đôn đốc mấy lần.",
    ),
    example="expect list T06",
    paged=True,
)
@click.argument("ref", required=False, shell_complete=completes("items"))
@with_option("--silent", is_flag=True, words=("Only who has not answered.", "Chỉ đơn vị chưa trả lời."))
def list_(session: Session, ref: str | None, silent: bool) -> None:
    looking = session.looking
    own = _task(session, ref) if ref is not None else None
    lists = expected.lists_of(looking, of=own)
    proposed = () if silent else expected.proposed_lists(looking, of=own)
    if session.json:
        shown_owed = (owed for listed in lists for owed in (listed.silent if silent else listed.owed))
        records = [record for each in proposed for record in expected.proposed_records(looking, each)]
        print_json([*(expected.owed_record(owed) for owed in shown_owed), *records])
        return
    shown = [listed for listed in lists if listed.silent or not silent]
    for each in proposed:
        _print_proposed(looking, each)
    if not shown and not proposed:
        say(looking.words("expect.all_answered" if lists else "expect.none"))
    if shown and proposed:
        click.echo()
    for at, listed in enumerate(shown):
        if at:
            click.echo()
        _print_list(looking, listed, listed.silent if silent else listed.owed)
    if any(owed.derived for listed in shown for owed in listed.owed):
        click.echo(f"\n{DERIVED} {looking.words('marker.derived')}")


def _print_proposed(looking: Looking, proposed: expected.ProposedList) -> None:
    ref = looking.ref(proposed.task.key)
    click.echo(hanging(f"{ref}  ", looking.content(proposed.task)))
    say(looking.words("expect.unconfirmed", n=len(proposed.bodies), ref=ref))
    click.echo("; ".join(looking.body(id) for id in proposed.bodies))


def _task(session: Session, ref: str) -> Key:
    item = item_of(session, ref)
    if not isinstance(item.details, Task):
        raise UnknownReference(ref=ref)
    return item.key


def _print_list(looking: Looking, listed: expected.OwedList, owed: Sequence[expected.Owed]) -> None:
    words = looking.words
    click.echo(hanging(f"{looking.ref(listed.key)}  ", listed.content))
    if listed.owed[0].guidance:
        say(words("expect.ground", noi_dung=expected.ground_text(looking, listed)))
    counts = expected.counts_text(looking, listed)
    click.echo(f"{counts[:1].upper()}{counts[1:]}")
    print_table(
        [words(f"column.{name}") for name in ("body", "status", "asked_on", "due", "answer", "chased")],
        [
            (
                looking.body(row.body),
                expected.status_text(looking, row),
                looking.day(row.expectation.asked_on),
                looking.day(row.due) + (DERIVED if row.derived else ""),
                expected.answer_text(looking, row),
                expected.chased_text(looking, row),
            )
            for row in owed
        ],
    )


# -- open ------------------------------------------------------------------------------------------------


@command.command(
    "open",
    words=(
        "Ask bodies for their dossiers to a task. Shows whom first, then asks. Done again it adds bodies or "
        "sets another date; answers stand.",
        "Lập danh sách đơn vị cần gửi hồ sơ cho một nhiệm vụ. Cho xem trước rồi hỏi lại. Thực hiện lần nữa "
        "để thêm đơn vị hoặc đổi hạn; các trả lời đã có được giữ nguyên.",
    ),
    example="expect open T09 --without truong-hoc --as chuyen-vien --yes",
)
@click.argument("ref", shell_complete=completes("items"))
@with_option("--due", metavar="DATE", words=("Until when (else the task's date).", "Hạn gửi hồ sơ."))
@with_option(
    "--bodies",
    metavar="BODY,…",
    words=("Only these bodies (else all that owe).", "Chỉ các đơn vị này (mặc định: mọi đơn vị phải gửi)."),
)
@with_option(
    "--without",
    metavar="BODY,…",
    words=("All that owe but these.", "Mọi đơn vị phải gửi, trừ các đơn vị này."),
)
@with_option("--dry-run", is_flag=True, words=("Show, write nothing.", "Chỉ xem, không ghi."))
def open_(
    session: Session, ref: str, due: str | None, bodies: str | None, without: str | None, dry_run: bool
) -> None:
    from runtime.acts.expect import open_for

    acting = session.acting
    acting.require_actor()
    named, left_out = _names(acting, bodies), _names(acting, without)
    day = typed_date(due) if due is not None else None

    def attempt(dry: bool) -> Sequence[ListResult]:
        return open_for(acting, ref, bodies=named, due=day, without=left_out, dry_run=dry)

    (listed,) = _carried_out(session, attempt, show=_print_opening, question="question_open", dry_run=dry_run)
    if session.json:
        print_json(_listed_json(listed))
        return
    words, now = session.words, listed.before if dry_run else listed.after
    told = "expect.opened" if listed.rows and not dry_run else "expect.unchanged"
    if dry_run and listed.rows:
        say(words("message.dry_run"), err=True)
    else:
        say(
            words(
                told, ref=session.acting.ref(listed.item.key), dem=expected.counted_text(words, _tally(now))
            )
        )


def _names(acting: Acting, typed: str | None) -> tuple[str, ...]:
    """The ids of bodies that are typed with commas between them; each once. Raises UnknownName."""
    names = (name for name in (typed or "").split(",") if name.strip())
    return tuple(dict.fromkeys(acting.known_body(name) for name in names))


def _print_opening(session: Session, lists: Sequence[Listed]) -> None:
    """The bodies that are new or asked otherwise than before."""
    (listed,), words = lists, session.words
    known = {row.body for row in listed.before}
    say(words("expect.would_open", ref=session.acting.ref(listed.item.key), n=len(listed.rows)))
    print_table(
        [words(f"column.{name}") for name in ("body", "due", "status", "note")],
        [
            (
                _body(session, row.body),
                words.day(row.due_on or listed.item.due_on),
                words(f"expect.status.{row.status}") + (f" {row.dossier}" if row.dossier else ""),
                "" if row.body in known else words("expect.new"),
            )
            for row in _in_order(session, listed.rows)
        ],
    )


# -- answer ----------------------------------------------------------------------------------------------


@command.command(
    "answer",
    words=(
        "Record that a body proposes nothing, which is an answer; --silent takes that back. A dossier "
        "answers by itself when it is submitted.",
        "Ghi nhận đơn vị không có đề nghị khen thưởng; --silent để bỏ ghi nhận. Hồ sơ được nộp thì phần mềm "
        "tự ghi nhận.",
    ),
    example="expect answer T06 tram-y-te --nothing --as tram-y-te",
)
@click.argument("ref", shell_complete=completes("items"))
@click.argument("body", shell_complete=completes("bodies"))
@with_option("--nothing", is_flag=True, words=("It proposes nothing.", "Không có đề nghị."))
@with_option("--silent", is_flag=True, words=("It has not answered after all.", "Bỏ ghi nhận đó."))
@with_option("--on", "day", metavar="DATE", words=("When it said so (else today).", "Ngày trả lời."))
def answer(session: Session, ref: str, body: str, nothing: bool, silent: bool, day: str | None) -> None:
    if nothing == silent or (silent and day is not None):
        raise AnswerOrUndo()
    from runtime.acts.expect import answer_for

    acting = session.acting
    acting.require_actor()
    body, on = acting.known_body(body), typed_date(day) if day is not None else None
    (listed,) = _allowed(
        session, answer_for(acting, ref, body, status="nothing" if nothing else "silent", on=on)
    )
    if session.json:
        print_json(_listed_json(listed))
        return
    words = session.words
    row = next(row for row in listed.after if row.body == body)
    said = words.inside(words(f"expect.status.{row.status}"))
    shown = {"ref": acting.ref(listed.item.key), "don_vi": _body(session, body), "tinh_trang": said}
    say(words("expect.recorded", **shown))


# -- chase -----------------------------------------------------------------------------------------------


@command.command(
    "chase",
    words=(
        "Write to all bodies that are silent, of one task or of every open list: once a day. Shows whom "
        "first, then asks.",
        "Đôn đốc mọi đơn vị chưa trả lời của một nhiệm vụ hoặc của mọi danh sách, mỗi ngày một lần. Cho xem "
        "trước rồi hỏi lại.",
    ),
    example="expect chase T06 --as chuyen-vien --yes",
)
@click.argument("ref", required=False, shell_complete=completes("items"))
@with_option("--bodies", metavar="BODY,…", words=("Only these bodies.", "Chỉ các đơn vị này."))
@with_option("--again", is_flag=True, words=("Also who was written to today.", "Cả đơn vị đã đôn đốc."))
@with_option("--dry-run", is_flag=True, words=("Show, write nothing.", "Chỉ xem, không gửi."))
def chase(session: Session, ref: str | None, bodies: str | None, again: bool, dry_run: bool) -> None:
    from runtime.acts.expect import chase_silent

    acting = session.acting
    acting.require_actor()
    named = _names(acting, bodies)

    def attempt(dry: bool) -> Sequence[ListResult]:
        return chase_silent(acting, ref, bodies=named, again=again, dry_run=dry)

    lists = _carried_out(session, attempt, show=_print_chase, question="question_chase", dry_run=dry_run)
    if session.json:
        print_json([_chased_json(listed) for listed in lists])
        return
    _tell_chase(session, lists, dry_run=dry_run)


def _print_chase(session: Session, lists: Sequence[Listed]) -> None:
    """Each notice: for which body, to whom, how often it was written to before."""
    words = session.words
    say(words("expect.would_chase", n=sum(len(listed.notices) for listed in lists)))
    print_table(
        [words(f"column.{name}") for name in ("ref", "body", "due", "recipient", "chased")],
        [
            (
                session.acting.ref(listed.item.key),
                _body(session, row.body),
                words.day(row.due_on or listed.item.due_on),
                _readers(session, row.body),
                row.chased - 1 or "",
            )
            for listed in lists
            for row in _in_order(session, listed.rows)
        ],
    )


def _readers(session: Session, body: str) -> str:
    from workflow.model.roles import speaking_for

    acting = session.acting
    labels = (acting.directory.account(id) for id in speaking_for(acting.directory, body, acting.today))
    return "; ".join(session.words.of(account.label) for account in labels if account)


def _tell_chase(session: Session, lists: Sequence[Listed], *, dry_run: bool) -> None:
    words = session.words
    bodies = sum(len(listed.rows) for listed in lists)
    skipped = [
        f"{session.acting.ref(listed.item.key)} {_body(session, row.body)}"
        for listed in lists
        for row in _in_order(session, listed.after)
        if row.body in listed.skipped
    ]
    if not bodies and not skipped:
        say(words("expect.nobody_to_chase"))
    elif bodies and dry_run:
        say(words("message.dry_run"), err=True)
    elif bodies:
        notices = sum(len(listed.notices) for listed in lists)
        say(words("expect.chased", m=bodies, n=notices))
    if skipped:
        say(words("expect.chased_today", don_vi="; ".join(skipped)))


# -- link ------------------------------------------------------------------------------------------------


@command.command(
    "link",
    words=(
        "Make a link for each body, by which it answers without an account; it is printed once. Without a "
        "body list the links.",
        "Tạo đường dẫn để từng đơn vị trả lời mà không cần tài khoản; chỉ in một lần. Không ghi đơn vị thì "
        "liệt kê các đường dẫn.",
    ),
    example="expect link T06 tram-y-te --days 30 --as chuyen-vien",
)
@click.argument("ref", shell_complete=completes("items"))
@click.argument("bodies", metavar="[BODY…]", nargs=-1, shell_complete=completes("bodies"))
@with_option(
    "--days",
    type=click.IntRange(1, MOST_DAYS),
    default=DAYS,
    show_default=True,
    words=("For how many days it is good.", "Số ngày còn hiệu lực."),
)
@with_option("--at", metavar="URL", words=("The console's address.", "Địa chỉ trang làm việc."))
@with_option("--end", is_flag=True, words=("End their links.", "Hủy đường dẫn của các đơn vị này."))
def link(session: Session, ref: str, bodies: tuple[str, ...], days: int, at: str | None, end: bool) -> None:
    if not bodies:
        _print_links(session, ref)
        return
    from runtime.acts.links import make_links, revoke_links
    from runtime.office.looking import local_time
    from workflow.services.advance import Tried

    acting, words = session.acting, session.words
    acting.require_actor()
    if end:
        ended = revoke_links(acting, ref, bodies)
        if isinstance(ended, Tried):
            _refused(session, ended)
        elif session.json:
            print_json({"ended": ended})
        else:
            say(words("message.links_ended", n=ended))
        return
    made = make_links(acting, ref, bodies, days=days)
    if isinstance(made, Tried):
        _refused(session, made)
        return
    if session.json:
        print_json([{"body": each.body, "path": each.path, "expires_at": each.expires_at} for each in made])
        return
    for each in made:
        print_facts(
            [
                (words("column.body"), _body(session, each.body)),
                (words("column.link"), f"{(at or '').rstrip('/')}{each.path}"),
                (words("column.good_until"), words.of(local_time(each.expires_at, acting.zone))),
            ]
        )
    say(words("web.sent.made_why"))


def _refused(session: Session, tried: Tried) -> None:
    from commands.reasons import refuse

    refuse(session, tried.refused, what=session.acting.ref(tried.item.key))


def _print_links(session: Session, ref: str) -> None:
    from runtime.views.links import link_records

    looking, words = session.looking, session.words
    records = link_records(looking, _task(session, ref))
    if session.json:
        print_json(records)
        return
    if not records:
        say(words("message.no_links"))
        return
    print_table(
        [*(words(f"column.{name}") for name in ("body", "good_until", "state")), words("web.sent.came")],
        [
            (
                looking.body(each.body),
                looking.moment(each.expires_at),
                words("message.link_good" if each.open else "message.link_ended"),
                each.sent or "",
            )
            for each in records
        ],
    )


# -- what they share -------------------------------------------------------------------------------------


def _carried_out(
    session: Session,
    attempt: Callable[[bool], Sequence[ListResult]],
    *,
    show: Callable[[Session, Sequence[Listed]], None],
    question: str,
    dry_run: bool,
) -> Sequence[Listed]:
    """What came of the lists, or would come in a dry run; where nothing changes nobody is asked."""
    from workflow.services.expect import Listed

    outcomes = attempt(True)
    if not dry_run and not all(isinstance(outcome, Listed) for outcome in outcomes):
        # What is refused is tried in earnest all the same, so that it is logged.
        outcomes = attempt(False)
    lists = _allowed(session, outcomes)
    if not any(listed.rows for listed in lists):
        return lists
    return session.ask_and_do(
        lists,
        lambda: _allowed(session, attempt(False)),
        show=lambda: show(session, lists),
        question=session.words(f"expect.{question}"),
        dry_run=dry_run,
    )


def _allowed(session: Session, outcomes: Sequence[ListResult]) -> Sequence[Listed]:
    """The outcomes; a refused one is told and ends the command."""
    from commands.reasons import refuse
    from workflow.services.expect import Listed

    done = [outcome for outcome in outcomes if isinstance(outcome, Listed)]
    refused = [outcome for outcome in outcomes if not isinstance(outcome, Listed)]
    if refused:
        refuse(session, refused[0].refused, what=session.acting.ref(refused[0].item.key))
    return done


def _listed_json(listed: Listed) -> dict[str, Any]:
    """A list for scripts after a command: its counts, and the rows that it changed."""
    return {
        "ref": listed.item.key.ref,
        "year": listed.item.key.year,
        "owed": len(listed.after),
        **_tally(listed.after),
        "changed": [_row_json(row, listed) for row in listed.rows],
    }


def _chased_json(listed: Listed) -> dict[str, Any]:
    return {
        "ref": listed.item.key.ref,
        "year": listed.item.key.year,
        "bodies": [row.body for row in listed.rows],
        "notices": len(listed.notices),
        "to": [notice.to for notice in listed.notices],
        "skipped": list(listed.skipped),
    }


def _row_json(row: Expectation, listed: Listed) -> dict[str, Any]:
    return {
        "body": row.body,
        "status": row.status,
        "due": row.due_on or listed.item.due_on,
        "asked_on": row.asked_on,
        "answered_on": row.answered_on,
        "dossier": row.dossier,
        "new": row.body not in {known.body for known in listed.before},
    }


def _in_order(session: Session, rows: Sequence[Expectation]) -> list[Expectation]:
    """The rows as the directory has their bodies."""
    place = {body.id: at for at, body in enumerate(session.acting.directory.bodies)}
    return sorted(rows, key=lambda row: (place.get(row.body, len(place)), row.body))


def _tally(rows: Sequence[Expectation]) -> dict[str, int]:
    return {status: sum(row.status == status for row in rows) for status in ("received", "nothing", "silent")}


def _body(session: Session, id: str) -> str:
    found = session.acting.directory.body(id)
    return found.short if found else id
