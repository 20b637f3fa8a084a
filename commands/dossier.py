"""`tdkt dossier`: nomination dossiers and their nominees; every change is an event of the machine.

Listing must start fast: what acts is imported where it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from commands.dossier_lists import export, receipt, template
from commands.dossier_papers import attach, paper, papers
from commands.notice_list import notice_list
from commands.printing import say
from commands.readers import item_of
from commands.session import (
    ACCOUNT,
    TITLE,
    TYPE,
    Noun,
    Session,
    completes,
    print_json,
    with_note,
    with_option,
)
from commands.show import print_dossiers, show_what
from commands.typed import worded
from runtime.views.items import dossiers_of
from workflow.model.dossiers import Dossier
from workflow.model.errors import UnknownReference, UsageMistake
from workflow.model.references import reference

NOBODY = "none"
"""How `--no-account` says that a line is about nobody who holds an account."""
KINDS = ("person", "collective", "household")
ORIGINALS = ("seen", "scan", "digital")
VERDICTS = ("met", "not_met", "no_info", "exception")
RATINGS = ("htxsnv", "httnv", "htnv", "khtnv")
CATEGORIES = ("lanh_dao_tinh", "lanh_dao_so", "doanh_nhan", "lanh_dao", "truc_tiep")
DECLARED = ("clean", "not_clean")
PROPOSALS = ("yes", "no", "postpone", "other_form")


class NoLine(UsageMistake):
    """'{ref}' names no nominee; write the dossier and the line, like D0042/3."""

    code = "no_line"


class SeveralDossiers(UsageMistake):
    """These are lines of several dossiers ({danh_sach}); appraise those of one at a time."""

    code = "several_dossiers"


class AllAlone(UsageMistake):
    """--all and --all-met take dossiers alone, --all a --reason beside them: D0042 D0043 --all."""

    code = "all_alone"


class NoVerdict(UsageMistake):
    """--basis, --proposal and --reason go with a verdict; add --verdict."""

    code = "no_verdict"


@click.group(cls=Noun, name="dossier", words=("Nomination dossiers.", "Hồ sơ đề nghị khen thưởng."))
def command(**_: object) -> None:
    pass


for _own in (template, export, receipt, attach, papers, paper, notice_list):
    command.add_command(_own)


_ground = with_option(
    "--ground",
    metavar="GROUND",
    shell_complete=completes("grounds"),
    words=(
        "The ground of the simplified procedure (law art. 85).",
        "Căn cứ áp dụng thủ tục đơn giản (Điều 85 của Luật).",
    ),
)
_period = with_option(
    "--period",
    metavar="PERIOD",
    words=(
        "The year or school year it is about, like 2026 or 2025-2026.",
        "Năm hoặc năm học được xét, như 2026 hoặc 2025-2026.",
    ),
)


@command.command(
    "new",
    words=("Open a dossier under a task.", "Lập hồ sơ của một nhiệm vụ."),
    example="dossier new --task T06 --from thon-2 --title gk --type phong_trao --as thon-2",
)
@with_option("--task", required=True, metavar="REF", words=("The task.", "Nhiệm vụ."))
@with_option(
    "--from",
    "body",
    required=True,
    metavar="BODY",
    shell_complete=completes("nominating"),
    words=("The nominating body.", "Đơn vị đề nghị."),
)
@with_option("--title", required=True, **TITLE, words=("The title proposed.", "Danh hiệu, hình thức."))
@with_option(
    "--type",
    "type_",
    **TYPE,
    words=(
        "The type of commendation, of a form alone (giấy khen, bằng khen).",
        "Loại hình khen thưởng, chỉ của hình thức khen thưởng (giấy khen, bằng khen).",
    ),
)
@_ground
@_period
@with_option(
    "--movement",
    metavar="M01",
    shell_complete=completes("movements"),
    words=(
        "The movement it is about; type and period follow from it.",
        "Phong trào thi đua; loại hình và năm xét theo phong trào.",
    ),
)
@with_note
def new(session: Session, task: str, body: str, title: str, type_: str | None, **given: str | None) -> None:
    from commands.reasons import report
    from runtime.acts.open_dossier import open_dossier

    acting = session.acting
    acting.require_actor()
    report(session, [open_dossier(acting, task, body=body, title=title, type=type_, **given)])


def _describes_nominee(*, required: bool) -> Callable[[Any], Any]:
    """The options that describe one nominee."""
    options = (
        with_option(
            "--kind",
            type=worded(KINDS, "nominee_kind"),
            required=required,
            words=("Person, collective or household.", "Cá nhân, tập thể hoặc hộ."),
        ),
        with_option("--name", required=required, words=("The nominee's name.", "Tên.")),
        with_option("--title", **TITLE, words=("The title proposed.", "Danh hiệu, hình thức.")),
        with_option("--position", words=("The nominee's position.", "Chức vụ.")),
        with_option("--unit", words=("Where the nominee works or lives.", "Đơn vị, địa chỉ.")),
        with_option("--achievement", words=("What was achieved.", "Thành tích.")),
        with_option(
            "--born",
            metavar="DATE",
            words=("The day, month or year of birth.", "Ngày, tháng hoặc năm sinh."),
        ),
        with_option("--sex", words=("The nominee's sex.", "Giới tính.")),
        with_option(
            "--rating",
            type=worded(RATINGS, "choice"),
            words=("The rating of the period.", "Mức xếp loại của kỳ xét."),
        ),
        with_option(
            "--expected",
            flag_value="expected",
            words=("The rating is only expected so far.", "Xếp loại mới là dự kiến."),
        ),
        with_option("--initiative", words=("What the recognised initiative is called.", "Tên sáng kiến.")),
        with_option(
            "--initiative-no",
            metavar="NUMBER",
            words=("The decision that recognised it.", "Số quyết định công nhận sáng kiến."),
        ),
        with_option(
            "--initiative-on",
            metavar="DATE",
            words=("The date of that decision.", "Ngày quyết định công nhận sáng kiến."),
        ),
        with_option("--score", metavar="NUMBER", words=("The score, like 94.5.", "Điểm, như 94,5.")),
        with_option(
            "--opinion",
            metavar="N/M",
            words=(
                "How many agreed, of how many who were asked: 40/41.",
                "Số ý kiến đồng ý trên số người được hỏi, như 40/41.",
            ),
        ),
        with_option(
            "--people",
            metavar="N",
            words=("How many are in the collective or household.", "Tổng số người của tập thể, hộ."),
        ),
        with_option(
            "--ldtt",
            metavar="N",
            words=("Advanced workers among them.", "Số Lao động tiên tiến của tập thể."),
        ),
        with_option(
            "--cstdcs",
            metavar="N",
            words=("Emulation fighters among them.", "Số Chiến sĩ thi đua cơ sở của tập thể."),
        ),
        with_option(
            "--disciplined",
            metavar="N",
            words=("How many were disciplined by warning or above.", "Số người bị kỷ luật từ cảnh cáo."),
        ),
        with_option(
            "--not-completed",
            metavar="N",
            words=(
                "How many did not complete their tasks.",
                "Số người không hoàn thành nhiệm vụ.",
            ),
        ),
        with_option(
            "--months",
            metavar="N",
            words=("Months of work in the period.", "Số tháng công tác trong kỳ xét."),
        ),
        with_option(
            "--category",
            type=worded(CATEGORIES, "choice"),
            words=("Whether the person leads or works directly.", "Phân loại đối tượng khen thưởng."),
        ),
        with_option("--earlier", words=("Earlier awards, as the list has them.", "Danh hiệu các năm trước.")),
        with_option("--amount", words=("What was contributed.", "Giá trị đóng góp.")),
        with_option("--remark", words=("What else the list remarks.", "Ghi chú của danh sách.")),
        with_option(
            "--account",
            **ACCOUNT,
            words=(
                "The account that the nominee holds, and decides nothing by about this line.",
                "Tài khoản mà người được đề nghị giữ; người đó không xử lý trường hợp của mình.",
            ),
        ),
        with_option(
            "--no-account",
            "linked",
            flag_value=NOBODY,
            words=(
                "The nominee holds none of the accounts, whatever the position says.",
                "Người được đề nghị không giữ tài khoản nào, dù chức vụ ghi như vậy.",
            ),
        ),
    )

    def decorate(function: Any) -> Any:
        for part in reversed(options):
            function = part(function)
        return function

    return decorate


@command.command(
    "add",
    words=("Add a nominee.", "Thêm trường hợp đề nghị."),
    example='dossier add D0001 --kind person --name "Trần Văn Ê" --as thon-1',
)
@click.argument("ref")
@_describes_nominee(required=False)
@with_option(
    "--from-lines",
    "file",
    metavar="FILE",
    words=(
        "Many at once: a table (.xlsx, .ods, .csv) with a column for each of these, or a name a line.",
        "Nhiều trường hợp: bảng (.xlsx, .ods, .csv) có các cột như trên, hoặc mỗi dòng một tên.",
    ),
)
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def add(session: Session, ref: str, file: str | None, dry_run: bool, **given: str | None) -> None:
    from commands.advance import ask
    from commands.lines import add_from_lines
    from runtime.acts.advance import EventRequest

    if file is not None:
        add_from_lines(session, ref, file, _given(given), dry_run=dry_run)
        return
    for name in ("kind", "name"):
        if given[name] is None:
            raise click.MissingParameter(param_type="option", param_hint=f"--{name}")
    ask(session, (ref,), EventRequest("add", _given(given), dry_run=dry_run))


@command.command(
    "import",
    words=("Take in a list as it was sent.", "Nhập danh sách đề nghị do đơn vị gửi."),
    example="dossier import danh-sach.csv --task T17 --from thon-1 --dry-run --as chuyen-vien",
)
@click.argument("file", metavar="FILE")
@with_option("--task", metavar="REF", words=("The task its dossiers belong to.", "Nhiệm vụ của hồ sơ."))
@with_option(
    "--from",
    "body",
    metavar="BODY",
    shell_complete=completes("nominating"),
    words=("Whose list it is, where its head does not say.", "Đơn vị gửi, nếu đầu danh sách không ghi."),
)
@with_option(
    "--type",
    "type_",
    **TYPE,
    words=("The type of commendation of the forms in it.", "Loại hình khen thưởng của các hình thức."),
)
@_ground
@_period
@with_option(
    "--without",
    "without",
    metavar="ROW",
    multiple=True,
    type=int,
    words=("A row of the list that stays out.", "Hàng của danh sách không nhập."),
)
@with_option(
    "--new",
    "anew",
    is_flag=True,
    words=(
        "Dossiers of their own, whatever drafts the body has.",
        "Lập hồ sơ mới, không sửa hồ sơ đang lập của đơn vị.",
    ),
)
@with_option(
    "--annotate",
    metavar="OUT",
    words=(
        "Write the sender's own file with the findings in its cells.",
        "Ghi tệp của đơn vị kèm các lỗi trong từng ô để gửi lại.",
    ),
)
@with_option("--dry-run", is_flag=True, words=("Read and compare, write nothing.", "Chạy thử, không ghi."))
def import_list(
    session: Session,
    file: str,
    type_: str | None,
    without: tuple[int, ...],
    **given: Any,
) -> None:
    from commands.list_import import ListOptions, import_file

    import_file(session, file, ListOptions(type=type_, without=frozenset(without), **given))


@command.command(
    "edit",
    words=("Correct a nominee.", "Sửa trường hợp đề nghị."),
    example='dossier edit D0001/1 --position "Trưởng ban" --as thon-1',
)
@click.argument("ref", metavar="REF/NO")
@_describes_nominee(required=False)
def edit(session: Session, ref: str, **given: str | None) -> None:
    item, no = _line(ref)
    _advance(session, item, "edit", {"nominee": str(no), **_given(given)})


@command.command(
    "remove",
    words=("Remove a nominee.", "Bỏ trường hợp đề nghị."),
    example="dossier remove D0001/1 --as thon-1",
)
@click.argument("ref", metavar="REF/NO")
def remove(session: Session, ref: str) -> None:
    item, no = _line(ref)
    _advance(session, item, "remove", {"nominee": str(no)})


@command.command(
    "accept",
    words=("Accept a dossier as complete.", "Xác nhận đủ hồ sơ."),
    example="dossier accept D0002 --complete-on 02/03/2026 --original seen --all-seen --as chuyen-vien",
)
@click.argument("ref")
@with_option(
    "--complete-on",
    required=True,
    metavar="DATE",
    words=("The day on which it was complete.", "Ngày nhận đủ hồ sơ."),
)
@with_option(
    "--original",
    required=True,
    type=worded(ORIGINALS, "choice"),
    words=(
        "The signed original: seen on paper, a scan, or signed digitally.",
        "Bản có chữ ký: đã xem bản giấy (seen), bản quét (scan), ký số (digital).",
    ),
)
@with_option(
    "--seen",
    metavar="KIND[,KIND…]",
    shell_complete=completes("papers"),
    words=("Papers that were seen on paper.", "Giấy tờ đã xem bản giấy."),
)
@with_option(
    "--all-seen",
    "seen",
    flag_value="all",
    words=("Every paper that is still asked for was seen.", "Đã xem bản giấy mọi giấy tờ còn thiếu."),
)
@with_option("--checklist", words=("The papers that are there.", "Thành phần hồ sơ đã nhận."))
@with_option(
    "--declared",
    type=worded(DECLARED, "choice"),
    words=(
        "Whether the body's paper declares that nobody is disciplined or under procedure.",
        "Văn bản của đơn vị có cam kết không có ai bị kỷ luật, đang bị xem xét.",
    ),
)
@with_option(
    "--posted-from",
    metavar="DATE",
    words=("Posted in the village from this day on.", "Niêm yết tại thôn từ ngày."),
)
@with_option(
    "--posted-until",
    metavar="DATE",
    words=("Posted in the village until the end of this day.", "Niêm yết tại thôn đến hết ngày."),
)
def accept(session: Session, ref: str, **given: str | None) -> None:
    _advance(session, ref, "accept", _given(given))


@command.command(
    "appraise",
    words=(
        "Appraise nominees; without a verdict, see what each one's conditions come to.",
        "Thẩm định trường hợp; không ghi kết quả thì xem từng điều kiện của mỗi trường hợp.",
    ),
    example="dossier appraise D0003/1 D0003/2 --verdict met --as chuyen-vien",
)
@click.argument("refs", nargs=-1, required=True, metavar="REF[/NO]…")
@with_option(
    "--verdict",
    type=worded(VERDICTS, "choice"),
    words=(
        "Whether the conditions are met, or what is known is not enough.",
        "Đủ điều kiện (met), chưa đủ (not_met), chưa đủ thông tin (no_info), ngoại lệ (exception).",
    ),
)
@with_option(
    "--all-met",
    is_flag=True,
    words=(
        "All nominees of the dossiers that meet their conditions, at once.",
        "Ghi Đủ điều kiện một lần cho mọi trường hợp đã đạt đủ điều kiện.",
    ),
)
@with_option(
    "--all",
    "every",
    is_flag=True,
    words=(
        "All nominees of the dossiers that wait, by what their conditions say; asked once.",
        "Ghi kết quả theo điều kiện cho mọi trường hợp chưa thẩm định; hỏi lại một lần.",
    ),
)
@with_option("--basis", words=("What it rests on; if left out, what was looked at.", "Căn cứ."))
@with_option(
    "--proposal",
    type=worded(PROPOSALS, "choice"),
    words=(
        "What is proposed; if left out, the verdict's.",
        "Đề nghị (yes), không (no), để lại (postpone), hình thức khác (other_form).",
    ),
)
@with_option(
    "--reason",
    words=("Why an exception is made, or a warning accepted.", "Lý do chấp nhận ngoại lệ, cảnh báo."),
)
def appraise(
    session: Session, refs: tuple[str, ...], all_met: bool, every: bool, **given: str | None
) -> None:
    from commands.conditions import appraise_all, appraise_lines, print_assessed

    words, whole = _given(given), all(reference(ref).line is None for ref in refs)
    if all_met or every:
        if not whole or (all_met and every) or words.keys() - ({"reason"} if every else {*()}):
            raise AllAlone()
        appraise_all(session, refs, met_alone=all_met, reason=words.get("reason"))
    elif "verdict" in words:
        dossier, numbers = _lines_of_one(refs)
        appraise_lines(session, dossier, numbers, words)
    elif words:
        raise NoVerdict()
    elif whole and len(refs) == 1:
        print_assessed(session, item_of(session, refs[0]))
    else:
        dossier, numbers = _lines_of_one(refs)
        print_assessed(session, item_of(session, dossier), numbers)


def _lines_of_one(refs: tuple[str, ...]) -> tuple[str, tuple[int, ...]]:
    """The dossier of the lines, and their numbers. Raises NoLine, SeveralDossiers."""
    lines = [_line(ref) for ref in refs]
    dossiers = dict.fromkeys(item for item, _no in lines)
    if len(dossiers) > 1:
        raise SeveralDossiers(danh_sach=", ".join(dossiers))
    return next(iter(dossiers)), tuple(no for _item, no in lines)


_why = with_option("--reason", required=True, words=("Why.", "Lý do."))


@command.command(
    "move",
    words=("Put a draft under another task.", "Chuyển hồ sơ đang lập sang nhiệm vụ khác."),
    example='dossier move D0001 T09 --reason "Nhầm nhiệm vụ" --as chuyen-vien',
)
@click.argument("ref")
@click.argument("task", metavar="TASK")
@_why
def move(session: Session, ref: str, task: str, reason: str) -> None:
    _advance(session, ref, "move", {"task": task, "reason": reason})


@command.command(
    "copy",
    words=(
        "Open a dossier with the lines of one that was withdrawn or rejected.",
        "Lập hồ sơ mới từ các trường hợp của hồ sơ đã rút hoặc không đủ điều kiện.",
    ),
    example='dossier copy D0005 --task T06 --reason "Lập lại hồ sơ" --as thon-1 --yes',
)
@click.argument("ref")
@with_option("--task", required=True, metavar="REF", words=("The task.", "Nhiệm vụ."))
@_why
@with_option("--type", **TYPE, words=("Another type of commendation.", "Loại hình khen thưởng khác."))
@_ground
@_period
@with_note
def copy(session: Session, ref: str, task: str, reason: str, **given: str | None) -> None:
    from commands.reasons import report
    from runtime.acts.copy_dossier import copy_dossier

    acting = session.acting
    acting.require_actor()
    confirmed = bool(session.options.yes)
    report(session, [copy_dossier(acting, ref, task=task, reason=reason, confirmed=confirmed, **given)])


@command.command(
    "split",
    words=(
        "Let lines of a dossier go on in a dossier of their own.",
        "Tách một số trường hợp sang hồ sơ riêng.",
    ),
    example='dossier split D0004/2 --reason "Xét riêng" --as chuyen-vien',
)
@click.argument("ref", metavar="REF/NO[,NO…]")
@_why
@with_option(
    "--title",
    **TITLE,
    words=(
        "Another title or form; then they are appraised anew.",
        "Danh hiệu, hình thức khác; khi đó thẩm định lại.",
    ),
)
@with_option("--type", **TYPE, words=("The type of the other form.", "Loại hình của hình thức mới."))
@_ground
@with_note
@with_option("--dry-run", is_flag=True, words=("Decide, write nothing.", "Chạy thử, không ghi."))
def split(
    session: Session,
    ref: str,
    note: str | None,
    dry_run: bool,
    **given: str | None,
) -> None:
    from commands.advance import ask
    from runtime.acts.advance import EventRequest

    first, *others = ref.split(",")
    item, no = _line(first)
    words = {"nominee": ",".join([str(no), *others]), **_given(given)}
    ask(session, (item,), EventRequest("split", words, note=note, dry_run=dry_run))


@command.command(
    "list",
    words=(
        "The year's dossiers, after what is open of earlier years.",
        "Các hồ sơ trong năm, sau hồ sơ chưa xong của các năm trước.",
    ),
    example="dossier list --task T06",
    paged=True,
)
@with_option("--task", metavar="REF", words=("Only this task's.", "Chỉ của nhiệm vụ này."))
@with_option(
    "--state", shell_complete=completes("dossier_states"), words=("Only in this state.", "Chỉ ở bước này.")
)
def list_dossiers(session: Session, task: str | None, state: str | None) -> None:
    looking = session.looking
    parent = item_of(session, task).key if task else None
    lines = dossiers_of(looking, task=parent, state=state)
    if session.json:
        print_json([line.record for line in lines])
    elif lines:
        print_dossiers(lines, looking.words)
    else:
        say(looking.words("message.empty_list"))


@command.command(
    "show", words=("One dossier in full.", "Xem một hồ sơ."), example="dossier show D0004", paged=True
)
@click.argument("ref")
def show(session: Session, ref: str) -> None:
    item = item_of(session, ref)
    if not isinstance(item.details, Dossier):
        raise UnknownReference(ref=ref)
    show_what(session, item, ref)


def _advance(session: Session, ref: str, event: str, words: dict[str, str]) -> None:
    from commands.advance import advance

    advance(session, (ref,), event, words)


def _given(options: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in options.items() if value is not None}


def _line(ref: str) -> tuple[str, int]:
    """The dossier and the number of a line's reference. Raises BadReference, NoLine."""
    typed = reference(ref)
    if typed.line is None or not typed.ref.startswith("D"):
        raise NoLine(ref=ref)
    return typed.item, typed.line
