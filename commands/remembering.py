"""What `tdkt history`, `tdkt rating` and `tdkt initiative` share: importing a list, and typed records."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from commands.failures import Exit
from commands.files import NotTheWorkbook, table_file
from commands.printing import print_remarks, print_table, progress_of, say
from commands.session import BODY, REFUSED, TITLE, Session, print_json, with_option
from commands.typed import worded
from runtime.office.typed import typed_date
from workflow.model.achievements import NATURES, SUBJECTS, Achievement
from workflow.model.conditions import RATINGS, SCOPES
from workflow.model.errors import UsageMistake

if TYPE_CHECKING:
    from exchange.history.values import ReadHistory
    from runtime.acts.remembering import Kept
    from runtime.views.reassessing import Reassessed
    from workflow.services.remembering import Compared

RATED = worded(RATINGS[::-1], "choice")
PERIOD = re.compile(r"\s*((?:19|20)\d\d)(?:\s*[-–/]\s*((?:19|20)\d\d))?\s*")
SHARE = re.compile(r"(?P<name>[^=]+)(?:=\s*(?P<share>\d{1,3})\s*%?)?")
SHOWN = 20
"""Records of a list that are shown before it is asked; the rest is counted."""


class BadYear(UsageMistake):
    """'{gia_tri}' is no year; write 2025, or a school year like 2025-2026."""

    code = "bad_record_year"


class BadBirth(UsageMistake):
    """'{gia_tri}' is no day of birth; write 02/03/1974, 03/1974 or 1974."""

    code = "bad_birth"


class BadAuthor(UsageMistake):
    """'{gia_tri}' is no author; write NAME or NAME=PERCENT, and shares of 1 to 100."""

    code = "bad_author"


class BadShares(UsageMistake):
    """The authors' shares add up to {n} %; they must make 100 %."""

    code = "bad_shares"


# -- a list ----------------------------------------------------------------------------------------------


def import_list(session: Session, file: str, kind: str | None, *, dry_run: bool) -> None:
    """Shows what is read and what is new of it, asks, and keeps all of it or nothing."""
    from commands.reasons import permitted
    from runtime.acts.remembering import Kept, foreseen, keep_list
    from runtime.views.reassessing import reassessed

    acting, words = session.acting, session.words
    role = permitted(session, "history", what=words("history.records"))
    content = table_file(file)
    read = _read(session, file, content, kind)
    records = [each.record for each in read.records]
    with progress_of(len(records)) as progress:
        found = foreseen(acting, records, progress=progress)
    kept = Kept(len(found.new), len(found.changed), len(found.same))
    lines = reassessed(session.looking, found)
    if not records:
        _tell_nothing(session, file, read)
    if found.to_keep:
        digest = hashlib.sha256(content).hexdigest()

        def keep() -> Kept:
            with progress_of(len(records)) as told:
                named = refs(session, lines)
                return keep_list(acting, records, digest=digest, role=role, told=named, progress=told)

        kept = session.ask_and_do(
            kept,
            keep,
            show=lambda: _show(session, file, read, found),
            question=words("history.question", n=len(found.to_keep)),
            dry_run=dry_run,
        )
    elif not session.json:
        _show(session, file, read, found)
    _tell(session, file, read, found, kept, lines, dry_run=dry_run)


def refs(session: Session, lines: Sequence[Reassessed]) -> list[str]:
    """The lines by which people call them: with the year where it is not the plan's newest."""
    return [f"{line.year}/{line.ref}" for line in lines]


def tell_reassessed(session: Session, lines: Sequence[Reassessed]) -> None:
    """Which lines stand otherwise to their conditions."""
    words = session.words
    if lines:
        say(words("history.reassessed", n=len(lines)))
    for line, ref in zip(lines, refs(session, lines), strict=True):
        was, now = (words(f"choice.{verdict}") for verdict in (line.was, line.now))
        say(words("history.reassessed_line", ref=ref, cu=was, moi=now, n=line.open), indent=2)
    if lines:
        say(words("history.reassessed_next", ref=refs(session, lines)[0]))


def _read(session: Session, file: str, content: bytes, kind: str | None) -> ReadHistory:
    from exchange.history.reading import read_history
    from exchange.sheets.faults import Unreadable

    acting = session.acting
    setting = acting.setting
    try:
        return read_history(
            content, office=setting.office, rules=setting.rules, today=acting.today, kind=kind
        )
    except Unreadable as error:
        raise NotTheWorkbook(tep=file, ly_do=error.said(session.words.language)) from error


def _tell_nothing(session: Session, file: str, read: ReadHistory) -> None:
    if session.json:
        print_json(_as_json(read, None))
    else:
        _print_findings(session, file, read)
    raise Exit(REFUSED)


def _show(session: Session, file: str, read: ReadHistory, found: Compared) -> None:
    from runtime.views import achievements as views

    words, looking = session.words, session.looking
    _print_findings(session, file, read)
    for doubted in found.doubts:
        said = {"ten": doubted.record.name, "so": doubted.standing.number}
        say(
            words(f"history.{doubted.doubt}", **said, gia_tri=views.what(looking, doubted.standing)), err=True
        )
    if not found.to_keep:
        return
    shown = [*found.new, *(after for _before, after in found.changed)]
    print_table(
        [words(f"history_column.{name}") for name in ("name", "born", "period", "what", "paper")],
        [
            (
                record.name,
                views.born(record.born),
                record.period,
                views.what(looking, record),
                views.paper(looking, record),
            )
            for record in shown[:SHOWN]
        ],
    )
    if len(shown) > SHOWN:
        say(words("history.more", n=len(shown) - SHOWN))


def _print_findings(session: Session, file: str, read: ReadHistory) -> None:
    """What is only tidied is not told of a list: nobody mends thousands of blanks."""
    words = session.words
    told = [each for each in read.findings if each.severity != "info"]
    print_remarks(
        [
            (":".join(filter(None, (file, each.sheet, each.cell))), words.of(each.say), each.severity)
            for each in told
        ],
        words,
    )


def _tell(
    session: Session,
    file: str,
    read: ReadHistory,
    found: Compared,
    kept: Kept,
    lines: Sequence[Reassessed],
    *,
    dry_run: bool,
) -> None:
    words = session.words
    if session.json:
        print_json({**_as_json(read, found), "kept": kept, "reassessed": lines, "dry_run": dry_run})
    elif not found.to_keep:
        say(words("history.nothing_new", tep=file))
    elif dry_run:
        tell_reassessed(session, lines)
        say(words("message.dry_run"), err=True)
    else:
        tell_reassessed(session, lines)
        say(words("history.kept", n=kept.new, m=kept.changed, k=kept.same))


def _as_json(read: ReadHistory, found: Compared | None) -> dict[str, Any]:
    return {
        "records": [
            {"sheet": each.sheet, "row": each.row, "cell": each.cell, "record": each.record}
            for each in read.records
        ],
        "findings": read.findings,
        "left": read.left,
        "new": len(found.new) if found else 0,
        "changed": len(found.changed) if found else 0,
        "same": len(found.same) if found else 0,
        "doubts": found.doubts if found else [],
    }


# -- a typed record --------------------------------------------------------------------------------------


def describes(*names: str) -> Callable[[Any], Any]:
    """The options of these fields of a record, in their order."""

    def decorate(function: Any) -> Any:
        for name in reversed(names):
            function = OPTIONS[name](function)
        return function

    return decorate


OPTIONS: Mapping[str, Callable[[Any], Any]] = {
    "name": with_option("--name", words=("The name.", "Họ tên, tên tập thể, chủ hộ.")),
    "subject": with_option(
        "--subject", type=worded(SUBJECTS, "nominee_kind"), words=("Whom it is about.", "Đối tượng.")
    ),
    "born": with_option(
        "--born", metavar="DATE", words=("Day, month or year of birth.", "Ngày, tháng hoặc năm sinh.")
    ),
    "unit": with_option("--unit", words=("The unit or the village.", "Đơn vị công tác hoặc thôn.")),
    "body": with_option("--body", **BODY, words=("The body of the office.", "Đơn vị trong danh mục.")),
    "period": with_option(
        "--period", metavar="YEAR", words=("Its year or school year.", "Năm hoặc năm học (2025, 2025-2026).")
    ),
    "title": with_option("--title", **TITLE, words=("The title or form.", "Danh hiệu, hình thức.")),
    "rating": with_option(
        "--rating",
        type=RATED,
        words=("The rating.", "Mức xếp loại."),
    ),
    "scope": with_option(
        "--scope",
        type=worded(SCOPES, "scope"),
        words=("How far it reaches.", "Phạm vi ảnh hưởng."),
    ),
    "words": with_option(
        "--words",
        words=("As the paper has it; an initiative's name.", "Cách ghi trên văn bản; tên sáng kiến."),
    ),
    "decision": with_option("--decision", metavar="N", words=("The decision's number.", "Số quyết định.")),
    "dated": with_option("--dated", metavar="DATE", words=("The decision's day.", "Ngày quyết định.")),
    "authority": with_option("--authority", words=("Who decided.", "Cơ quan, người quyết định.")),
    "share": with_option(
        "--share", type=click.IntRange(0, 100), words=("An author's percent.", "Tỷ lệ đóng góp (%).")
    ),
    "nature": with_option("--nature", type=worded(NATURES, "nature"), words=("Its nature.", "Tính chất.")),
    "expected": with_option(
        "--expected", is_flag=True, default=None, words=("Foreseen only.", "Mới là dự kiến.")
    ),
    "revoked_on": with_option("--revoked-on", metavar="DATE", words=("Revoked on.", "Ngày hủy bỏ, thu hồi.")),
    "revoked_by": with_option(
        "--revoked-by", metavar="N", words=("The paper that revoked it.", "Số quyết định hủy bỏ.")
    ),
}
"""What may be typed of a record."""


MAY_LACK = frozenset({"born", "unit", "body", "decision", "dated", "authority", "revoked_on", "revoked_by"})
"""What a record may do without: an empty value takes it away."""


def typed_fields(session: Session, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record that options gave, as it keeps them; an empty one is None where a record may do
    without it. Raises BadYear, BadBirth, BadDate, UnknownName, InputMistakes."""
    readers: Mapping[str, tuple[str, Callable[[str], Any]]] = {
        "name": ("name", typed_name),
        "words": ("words", typed_name),
        "born": ("born", _born),
        "period": ("period", typed_period),
        "body": ("body", lambda text: _body(session, text)),
        "title": ("value", lambda text: _title(session, text)),
        "rating": ("value", str),
        "scope": ("value", str),
        "dated": ("dated", typed_date),
        "revoked_on": ("revoked_on", typed_date),
    }
    found: dict[str, Any] = {}
    for name, value in given.items():
        if value is not None:
            field, read = readers.get(name, (name, lambda each: each))
            found[field] = None if value == "" and name in MAY_LACK else read(value)
    if found.get("unit") and "body" not in found:
        found["body"] = _body_if_any(session, found["unit"])
    return found


def typed_name(text: str) -> str:
    """Somebody's name or an initiative's, without needless blanks. Raises InputMistakes."""
    from workflow.rules.inputs import not_given, parse_text
    from workflow.rules.not_an_input import NotAnInput

    try:
        return " ".join(parse_text(text).split())
    except NotAnInput as mistake:
        raise not_given("history_add", "name", mistake, expected='"Nguyễn Văn Tư"') from None


def _born(text: str) -> str:
    from workflow.rules.inputs import birth_of
    from workflow.rules.not_an_input import NotAnInput

    try:
        return birth_of(text)
    except NotAnInput as error:
        raise BadBirth(gia_tri=text) from error


def typed_period(text: str) -> str:
    """`2025`, or `2025-2026` of a school year. Raises BadYear."""
    match = PERIOD.fullmatch(text)
    if match is None or (match[2] and int(match[2]) != int(match[1]) + 1):
        raise BadYear(gia_tri=text)
    return "-".join(filter(None, match.groups()))


def _body(session: Session, text: str) -> str:
    from workflow.model.body_names import body_meant

    return body_meant(text, session.acting.directory)


def _body_if_any(session: Session, text: str) -> str | None:
    from workflow.model.body_names import body_called
    from workflow.model.naming import NotNamed

    found = body_called(text, session.acting.directory)
    return None if isinstance(found, NotNamed) else found


def _title(session: Session, text: str) -> str:
    from workflow.model.naming import meant, titles

    return meant("title", text, titles(session.acting.setting.rules.titles))


def typed_authors(typed: Sequence[str]) -> list[tuple[str, int | None]]:
    """`Nguyễn Thị A=60` as a name with its share; one alone has all of it. Raises BadAuthor, BadShares."""
    found: list[tuple[str, int | None]] = []
    for text in typed:
        match = SHARE.fullmatch(text.strip())
        share = int(match["share"]) if match and match["share"] else None
        if match is None or not match["name"].strip() or (share is not None and not 1 <= share <= 100):
            raise BadAuthor(gia_tri=text)
        found.append((match["name"].strip(), share))
    if len(found) == 1 and found[0][1] is None:
        return [(found[0][0], 100)]
    given = sum(share or 0 for _name, share in found)
    if any(share is not None for _name, share in found) and given != 100:
        raise BadShares(n=given)
    return found


def keep_typed(session: Session, records: Sequence[Achievement]) -> None:
    """Keeps what was typed, and tells each with its number."""
    from commands.reasons import permitted
    from runtime.acts.remembering import foreseen
    from runtime.acts.remembering import keep_typed as keep
    from runtime.views import achievements as views
    from runtime.views.reassessing import reassessed

    acting, words = session.acting, session.words
    role = permitted(session, "history", what=words("history.records"))
    lines = reassessed(session.looking, foreseen(acting, records))
    kept = keep(acting, records, role=role, told=refs(session, lines))
    if session.json:
        print_json(kept)
        return
    for record in kept:
        said = views.what(session.looking, record)
        say(words("history.added", so=record.number, ten=record.name, gia_tri=said))
    tell_reassessed(session, lines)
