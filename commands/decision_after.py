"""What is done to an issued decision, each act for its own fault; gathered by `commands.decision`."""

from __future__ import annotations

from typing import cast

import click

from commands.session import ACCOUNT, Command, Session, with_option
from commands.typed import worded
from workflow.model.errors import UsageMistake

GROUNDS = ("a", "b", "c", "d", "other_fault")
LINE = with_option("--line", metavar="LINE", words=("One of its lines.", "Một trường hợp của quyết định."))
SIGNER = with_option("--signer", **ACCOUNT, words=("Who signs; else whoever may.", "Người ký."))


class LineApart(UsageMistake):
    """Name one line (--line) with its right --name or --unit; correct number, date and signer apart."""

    code = "line_apart"


def _advance(session: Session, ref: str, event: str, **words: str | None) -> None:
    from commands.advance import advance

    advance(session, (ref,), event, {name: word for name, word in words.items() if word is not None})


def _draft(
    session: Session, ref: str, kind: str, lines: str | None, restated: dict[str, str], **given: str | None
) -> None:
    """A draft that changes the decision; without lines it is about every line that is in force."""
    from commands.reasons import report
    from runtime.acts.drafting import draft
    from workflow.model.award_decisions import AwardDecision, DecisionKind
    from workflow.rules.line_inputs import lines_of
    from workflow.services.decisions import NewDecision

    acting = session.acting
    acting.require_actor()
    key = acting.key(ref)
    if lines is None:
        changed = AwardDecision.of(session.looking.item(key.in_year))
        named = tuple(line.ref for line in changed.standing)
    else:
        named = lines_of(lines)
    words = {name: word for name, word in given.items() if word is not None}
    asked = NewDecision(acting.office, key.year, words, named, cast("DecisionKind", kind), key.ref)
    report(session, draft(acting, [asked], restated=restated))


@click.command(
    cls=Command,
    name="rectify",
    words=("Record a letter that rectifies the paper.", "Đính chính bằng công văn."),
    example=(
        "decision rectify Q01 --paper 210/UBND-VHXH --paper-date 02/03/2026 --signer chu-tich"
        ' --what "Thiếu một căn cứ" --as chuyen-vien'
    ),
)
@click.argument("ref")
@with_option("--paper", required=True, metavar="NO", words=("Number of the letter.", "Số công văn."))
@with_option("--paper-date", required=True, metavar="DATE", words=("Its date.", "Ngày công văn."))
@with_option("--signer", required=True, **ACCOUNT, words=("Who signed it.", "Người ký."))
@with_option("--what", required=True, metavar="TEXT", words=("What is rectified.", "Nội dung đính chính."))
@LINE
@with_option("--name", metavar="TEXT", words=("Its name with the right tones.", "Tên đúng dấu."))
@with_option("--unit", metavar="TEXT", words=("Its unit with the right tones.", "Đơn vị đúng dấu."))
def rectify(
    session: Session,
    ref: str,
    paper: str,
    paper_date: str,
    signer: str,
    what: str,
    line: str | None,
    name: str | None,
    unit: str | None,
) -> None:
    letter = {"paper_number": paper, "paper_date": paper_date, "signer": signer, "what": what}
    _advance(session, ref, "rectify", **letter, lines=line, name=name, unit=unit)


@click.command(
    cls=Command,
    name="amend",
    words=("Draft a decision that amends lines, or adds some.", "Lập quyết định sửa đổi, bổ sung."),
    example='decision amend Q01 D0006/1 --name "Nông Văn Ém" --reason "In sai tên" --as chuyen-vien',
)
@click.argument("ref")
@click.argument("lines")
@with_option("--name", metavar="TEXT", words=("The right name of the line.", "Tên đúng."))
@with_option("--position", metavar="TEXT", words=("Its right position.", "Chức vụ đúng."))
@with_option("--unit", metavar="TEXT", words=("Its right unit.", "Đơn vị đúng."))
@with_option("--reason", required=True, metavar="TEXT", words=("Why.", "Lý do."))
@SIGNER
def amend(
    session: Session, ref: str, lines: str, reason: str, signer: str | None, **said: str | None
) -> None:
    restated = {name: word for name, word in said.items() if word is not None}
    _draft(session, ref, "amend", lines, restated, reason=reason, signer=signer)


@click.command(
    cls=Command,
    name="replace",
    words=("Draft a decision in the place of an issued one.", "Lập quyết định thay thế."),
    example='decision replace Q01 --reason "In sai nhiều tên" --as chuyen-vien',
)
@click.argument("ref")
@with_option("--reason", required=True, metavar="TEXT", words=("Why.", "Lý do."))
@SIGNER
def replace(session: Session, ref: str, reason: str, signer: str | None) -> None:
    _draft(session, ref, "replace", None, {}, reason=reason, signer=signer)


@click.command(
    cls=Command,
    name="revoke",
    words=("Draft a decision that annuls one, or lines of it.", "Lập quyết định hủy bỏ (một phần)."),
    example=(
        "decision revoke Q01 --lines D0006/1 --ground a --conclusion 05/KL-UBND --conclusion-date 02/03/2026"
        ' --received 02/03/2026 --reason "Sáng kiến sao chép" --as chuyen-vien'
    ),
)
@click.argument("ref")
@with_option("--lines", metavar="LINES", words=("Its lines; else all.", "Các trường hợp."))
@with_option(
    "--ground",
    required=True,
    type=worded(GROUNDS, "choice"),
    words=("The point of art. 93.2.", "Điểm a, b, c hoặc d khoản 2 Điều 93."),
)
@with_option(
    "--conclusion", required=True, metavar="NO", words=("Number of the conclusion.", "Số văn bản kết luận.")
)
@with_option("--conclusion-date", required=True, metavar="DATE", words=("Its date.", "Ngày kết luận."))
@with_option("--received", required=True, metavar="DATE", words=("Received on.", "Ngày nhận kết luận."))
@with_option("--reason", required=True, metavar="TEXT", words=("What it concludes.", "Nội dung kết luận."))
@SIGNER
def revoke(
    session: Session,
    ref: str,
    lines: str | None,
    ground: str,
    conclusion: str,
    conclusion_date: str,
    received: str,
    reason: str,
    signer: str | None,
) -> None:
    said = {"ground": ground, "conclusion": conclusion, "reason": reason, "signer": signer}
    days = {"conclusion_on": conclusion_date, "received_on": received}
    _draft(session, ref, "revoke", lines, {}, **said, **days)


@click.command(
    cls=Command,
    name="recall-copies",
    words=("Record that copies sent wrongly are recalled.", "Thu hồi văn bản gửi nhầm."),
    example=(
        "decision recall-copies Q01 --paper 07/TB-UBND --paper-date 02/03/2026"
        ' --to-whom "Trường học" --as chuyen-vien'
    ),
)
@click.argument("ref")
@with_option("--paper", required=True, metavar="NO", words=("Number of the notice.", "Số thông báo."))
@with_option("--paper-date", required=True, metavar="DATE", words=("Its date.", "Ngày thông báo."))
@with_option("--to-whom", required=True, metavar="TEXT", words=("Where it went by mistake.", "Nơi gửi nhầm."))
def recall_copies(session: Session, ref: str, paper: str, paper_date: str, to_whom: str) -> None:
    said = {"paper_number": paper, "paper_date": paper_date, "to_whom": to_whom}
    _advance(session, ref, "recall_copies", **said)


@click.command(
    cls=Command,
    name="correct",
    words=("Propose to correct what was typed wrongly.", "Đề nghị sửa dữ liệu ghi sai so với giấy."),
    example='decision correct Q01 --number 121/QĐ-UBND --reason "Ghi nhầm số" --as chuyen-vien',
)
@click.argument("ref")
@with_option("--number", metavar="NO", words=("The number on the paper.", "Số trên giấy."))
@with_option("--date", "day", metavar="DATE", words=("The date on the paper.", "Ngày trên giấy."))
@with_option("--signer", **ACCOUNT, words=("The signer on the paper.", "Người ký trên giấy."))
@LINE
@with_option("--name", metavar="TEXT", words=("Its name on the paper.", "Tên trên giấy."))
@with_option("--unit", metavar="TEXT", words=("Its unit on the paper.", "Đơn vị trên giấy."))
@with_option("--reason", required=True, metavar="TEXT", words=("Why.", "Lý do."))
def correct(
    session: Session,
    ref: str,
    number: str | None,
    day: str | None,
    signer: str | None,
    line: str | None,
    name: str | None,
    unit: str | None,
    reason: str,
) -> None:
    paper = {"decision_number": number, "decision_date": day, "signer": signer}
    if line is None and name is None and unit is None:
        _advance(session, ref, "propose_correction", **paper, reason=reason)
        return
    if line is None or not (name or unit) or any(paper.values()):
        raise LineApart
    # Words of a line stand in its dossier, and are corrected there.
    dossier, no = _line_of(session, ref, line)
    words = {"nominee": no, "new_name": name, "new_unit": unit}
    _advance(session, dossier, "propose_correction", **words, reason=reason)


def _line_of(session: Session, ref: str, typed: str) -> tuple[str, str]:
    """The dossier and the number of the decision's line as typed. Raises NotADecision, NoSuchLine and
    InputMistakes."""
    from runtime.acts.paying import NoSuchLine, decision_meant
    from workflow.model.award_decisions import AwardDecision
    from workflow.rules.inputs import option_read
    from workflow.rules.line_inputs import lines_of

    acting = session.acting
    key = decision_meant(acting, ref)
    named = option_read(lines_of, "propose_correction", "line", typed, like="D0001/1")
    line = AwardDecision.of(session.looking.item(key.in_year)).line(named[0])
    if line is None or len(named) > 1:
        raise NoSuchLine(ref=acting.ref(key), so=typed)
    return acting.ref(key._replace(ref=line.dossier)), str(line.line)


@click.command(
    cls=Command,
    name="reissue",
    words=("Agree to print a certificate anew.", "Đồng ý cấp lại giấy chứng nhận."),
    example="decision reissue Q01 D0006/1 --why lost --paper-date 02/03/2026 --as thuong-truc",
)
@click.argument("ref")
@click.argument("lines")
@with_option(
    "--why",
    required=True,
    type=worded(("lost", "damaged", "restated"), "choice"),
    words=("Lost, damaged, or stated anew.", "Bị mất, bị hỏng, nội dung được sửa đổi."),
)
@with_option("--paper-date", required=True, metavar="DATE", words=("Date of the request.", "Ngày đơn."))
def reissue(session: Session, ref: str, lines: str, why: str, paper_date: str) -> None:
    _advance(session, ref, "reissue", lines=lines, why=why, paper_date=paper_date)


COMMANDS = (rectify, amend, replace, revoke, recall_copies, correct, reissue)
