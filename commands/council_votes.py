"""The verbs of `tdkt council` for votes: opening one, its counts, checking and concluding them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.council_asking import Asked, ask_all, given, shown
from commands.printing import print_table, say
from commands.session import TITLE, Command, Session, print_json, with_option
from commands.show import print_listed
from commands.typed import worded
from workflow.model.errors import UsageMistake
from workflow.model.sessions import CouncilSession

if TYPE_CHECKING:
    from collections.abc import Mapping

    from commands.council_counts import Counts
    from runtime.views.session_votes import VoteLine

CONCLUSIONS = ("award", "forward", "not_awarded", "later", "other_form")


class NoCounts(UsageMistake):
    """Give the counts: --sheet FILE, --all-for, or --line D0001/5:for=7,against=1 for each line."""

    code = "no_counts"


class WhichLines(UsageMistake):
    """Name the lines, or add --all to conclude as the counts say."""

    code = "which_lines"


_dry_run = with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
_title = click.argument("title", required=False, metavar="[ID]", shell_complete=TITLE["shell_complete"])
_all_for = with_option(
    "--all-for",
    is_flag=True,
    words=(
        "Everybody is in favour of every line that --line does not name.",
        "Tất cả tán thành mọi trường hợp không nêu ở --line.",
    ),
)
_line = with_option(
    "--line",
    "typed",
    multiple=True,
    metavar="REF:NAME=VALUE",
    words=(
        "The counts of one line, like D0001/5:for=7,against=1.",
        "Số phiếu của một trường hợp, như D0001/5:for=7,against=1.",
    ),
)
_sheet = with_option(
    "--sheet",
    metavar="FILE",
    words=("A table with a row for each line.", "Bảng (.xlsx, .ods, .csv), mỗi trường hợp một hàng."),
)
_slip = with_option(
    "--slip", metavar="NAME", words=("Of this slip alone, like P2.", "Chỉ của phiếu này, như P2.")
)


@click.command(
    cls=Command,
    name="vote",
    words=(
        "Open the vote on a title; of a show of hands record it at once.",
        "Bắt đầu biểu quyết một danh hiệu; giơ tay thì ghi luôn kết quả.",
    ),
    example="council vote S03 gk --at 10:00 --all-for --as thu-ky",
)
@click.argument("ref")
@click.argument("title", metavar="ID", shell_complete=TITLE["shell_complete"])
@with_option("--at", metavar="TIME", words=("The hour.", "Giờ biểu quyết."))
@with_option("--lines", metavar="LINES", words=("Only these lines.", "Chỉ các trường hợp này."))
@_all_for
@_line
@with_option(
    "--void",
    is_flag=True,
    words=("Take the vote back, with a --reason.", "Hủy lượt biểu quyết ghi nhầm, kèm --reason."),
)
@with_option("--reason", words=("Why it is taken back.", "Lý do hủy."))
@_dry_run
def vote(
    session: Session,
    ref: str,
    title: str,
    at: str | None,
    lines: str | None,
    all_for: bool,
    typed: tuple[str, ...],
    void: bool,
    reason: str | None,
    dry_run: bool,
) -> None:
    from commands.council_counts import hands
    from runtime.views.session_votes import counts_word, lines_to_open, title_meant

    item, id = shown(session, ref), title_meant(session.looking, title)
    if void:
        _void(session, ref, id, reason, dry_run=dry_run)
        return
    opening = Asked("vote_open", given({"title": id, "at": at, "lines": lines}))
    found = lines_to_open(session.looking, item, id, at)
    steps = [opening]
    if all_for or typed:
        counts = hands(found, typed, all_for=all_for, only=lines)
        steps.append(Asked("show_hands", {"counts": counts_word(counts)}))
    ask_all(session, ref, steps, dry_run=dry_run, below=lambda: _print_lines(session, ref, found))


def _void(session: Session, ref: str, title: str, reason: str | None, *, dry_run: bool) -> None:
    """The last vote on the title is taken back."""
    standing = CouncilSession.of(shown(session, ref)).standing_ballots
    last = next((ballot.no for ballot in reversed(standing) if ballot.title == title), None)
    words = given({"ballot": str(last) if last else None, "reason": reason})
    ask_all(session, ref, [Asked("void_vote", words)], dry_run=dry_run)


def _print_lines(session: Session, ref: str, lines: Sequence[VoteLine]) -> None:
    """How these lines stand after the act."""
    from runtime.views.session_page import line_tables

    looking, refs = session.looking, frozenset(each.line.ref for each in lines)
    for table in line_tables(looking, shown(session, ref), only=refs):
        print_listed(table)


@click.command(
    cls=Command,
    name="sheet",
    words=(
        "Write the table for the counts of a vote, to be filled in and read by `council count --sheet`.",
        "Ghi bảng để điền kết quả kiểm phiếu, nạp lại bằng lệnh tdkt council count --sheet.",
    ),
    example="council sheet S03 bkt phieu.xlsx",
)
@click.argument("ref")
@click.argument("title", metavar="ID", shell_complete=TITLE["shell_complete"])
@click.argument("file", metavar="FILE")
def sheet(session: Session, ref: str, title: str, file: str) -> None:
    from commands.files import write_bytes
    from exchange.sheets.chase import tables_workbook
    from runtime.views.count_sheet import count_sheet
    from runtime.views.session_votes import lines_to_count, title_meant

    looking = session.looking
    found = lines_to_count(looking, shown(session, ref), title_meant(looking, title))
    book = count_sheet(looking.speaking("vi"), shown(session, ref), found)
    write_bytes(Path(file), tables_workbook(book), overwrite=bool(session.options.yes))
    if session.json:
        print_json({"ref": ref, "file": file, "lines": [each.line.ref for each in found]})
    else:
        say(looking.words("council.sheet_written", n=len(found), tep=file))


@click.command(
    cls=Command,
    name="count",
    words=(
        "Enter what was counted on every line of a title.",
        "Nhập kết quả mọi trường hợp của một danh hiệu.",
    ),
    example="council count S03 bkt --sheet phieu.csv --yes --as thu-ky",
)
@click.argument("ref")
@_title
@_sheet
@_all_for
@_line
@_dry_run
def count(
    session: Session,
    ref: str,
    title: str | None,
    sheet: str | None,
    all_for: bool,
    typed: tuple[str, ...],
    dry_run: bool,
) -> None:
    from commands.council_counts import print_counts
    from runtime.views.session_votes import counts_word

    lines = _counted_lines(session, ref, title)
    counts = _typed(session, lines, sheet, typed, all_for=all_for)
    slips = lines[0].line.group is not None
    asked = Asked("count" if slips else "show_hands", {"counts": counts_word(counts)})
    ask_all(
        session,
        ref,
        [asked],
        dry_run=dry_run,
        question=sheet is not None,
        preview=(lambda: print_counts(session, lines, counts)) if sheet is not None else None,
        below=lambda: _print_lines(session, ref, lines),
    )


def _counted_lines(session: Session, ref: str, title: str | None) -> Sequence[VoteLine]:
    """The lines of the vote that is counted; a count that stands is put right where nothing else waits."""
    from runtime.views.session_votes import NoVoteOpen, lines_to_count, title_meant

    looking, item = session.looking, shown(session, ref)
    id = title_meant(looking, title) if title else None
    try:
        return lines_to_count(looking, item, id)
    except NoVoteOpen:
        return lines_to_count(looking, item, id, again=True)


def _typed(
    session: Session,
    lines: Sequence[VoteLine],
    file: str | None,
    typed: Sequence[str],
    *,
    all_for: bool,
) -> Mapping[str, Counts]:
    """The counts as the sheet, or the options, say them. Raises NoCounts."""
    from commands.council_counts import from_sheet, hands, slips

    if file is not None:
        if all_for or typed:
            raise NoCounts()
        return from_sheet(session, file, lines)
    if not (all_for or typed):
        raise NoCounts()
    by = slips if lines[0].line.group is not None else hands
    return by(lines, typed, all_for=all_for)


@click.command(
    cls=Command,
    name="check",
    words=(
        "Compare what another person entered with the board's signed sheet.",
        "Đối chiếu kết quả người khác đã nhập với biên bản kiểm phiếu có chữ ký.",
    ),
    example="council check S03 bkt --as chuyen-vien",
)
@click.argument("ref")
@_title
@_sheet
@_all_for
@_line
@_slip
@_dry_run
def check(
    session: Session,
    ref: str,
    title: str | None,
    sheet: str | None,
    all_for: bool,
    typed: tuple[str, ...],
    slip: str | None,
    dry_run: bool,
) -> None:
    from runtime.views.session_votes import counts_word

    lines = [each for each in _counted_lines(session, ref, title) if slip in (None, each.line.group)]
    anew = bool(sheet or all_for or typed)
    counts = _typed(session, lines, sheet, typed, all_for=all_for) if anew else {}
    words = {
        "slip": slip,
        "lines": ",".join(each.line.ref for each in lines) if title and not slip else None,
        "counts": counts_word(counts) if counts else None,
    }
    ask_all(
        session,
        ref,
        [Asked("check_count", given(words))],
        dry_run=dry_run,
        below=lambda: _print_lines(session, ref, lines),
    )


@click.command(
    cls=Command,
    name="recount",
    words=("Let slips be counted again.", "Yêu cầu kiểm lại phiếu."),
    example='council recount S03 P1 --reason "Kiểm sót một phiếu" --as chu-tich',
)
@click.argument("ref")
@click.argument("slip", metavar="NAME")
@with_option("--reason", required=True, words=("Why.", "Lý do."))
@_dry_run
def recount(session: Session, ref: str, slip: str, reason: str, dry_run: bool) -> None:
    ask_all(session, ref, [Asked("recount", {"slip": slip, "reason": reason})], dry_run=dry_run)


@click.command(
    cls=Command,
    name="conclude",
    words=(
        "Conclude on lines: as their counts say, or left for later.",
        "Kết luận từng trường hợp: theo kết quả phiếu, hoặc để lại xét sau.",
    ),
    example="council conclude S05 --all --yes --as chu-tich",
)
@click.argument("ref")
@click.argument("lines", required=False, metavar="[LINES]")
@with_option(
    "--all", "every", is_flag=True, words=("All lines with a result.", "Mọi trường hợp đã có kết quả.")
)
@with_option(
    "--to",
    "conclusion",
    type=worded(CONCLUSIONS, "choice"),
    words=(
        "The conclusion, else what the count says.",
        "Kết luận; không ghi thì theo kết quả phiếu.",
    ),
)
@with_option("--reason", words=("Why.", "Lý do."))
@_dry_run
def conclude(
    session: Session,
    ref: str,
    lines: str | None,
    every: bool,
    conclusion: str | None,
    reason: str | None,
    dry_run: bool,
) -> None:
    if (lines is None) is not every:
        raise WhichLines()
    words = given({"lines": lines, "conclusion": conclusion, "reason": reason})
    ask_all(
        session,
        ref,
        [Asked("conclude", words)],
        dry_run=dry_run,
        question=every,
        preview=(lambda: _print_usual(session, ref)) if every else None,
    )


def _print_usual(session: Session, ref: str) -> None:
    """What the lines come to by their counts."""
    from runtime.views.session_votes import conclusions

    looking = session.looking
    say(looking.words("council.to_conclude"))
    rows = conclusions(looking, shown(session, ref))
    print_table([looking.words(f"column.{name}") for name in ("ref", "name", "title", "conclusion")], rows)
