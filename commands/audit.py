"""`tdkt audit`: the log as people and scripts read it, one entry in full, the verification, the export.

`log` and `show` look; `verify` and `export` read every byte. None needs an actor.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from commands.deadline import day_with_weekday
from commands.failures import Exit
from commands.printing import WIDTH, on_terminal, print_pairs
from commands.session import REFUSED, Noun, Session, completes, print_json, with_option
from runtime.office.looking import Looking, instant_of, local_text
from runtime.views.log import handed_text
from storage.views import Row
from workflow.model.definition import Machine
from workflow.model.errors import UnknownActor, UnknownValue, UsageMistake
from workflow.model.facts import Key
from workflow.model.wording import UnknownPlaceholder, shorten

if TYPE_CHECKING:
    from runtime.care.upkeep import OfficeVerified
    from runtime.office.words import Words

UNKNOWN = "…"
"""What stands for an operand that the log does not keep."""
SYSTEM = "system"
SHORT_ROLE = 26
"""Characters of an account's name at the end of a line."""


class UnknownEntry(UsageMistake):
    """The log has no entry {so}. See tdkt audit log."""

    code = "unknown_entry"


command = Noun(
    name="audit",
    words=(
        "The log: what was done and refused, by whom and when; whether it is sound.",
        "Nhật ký: ai đã làm gì, lúc nào, việc gì không được chấp nhận; kiểm tra tính toàn vẹn.",
    ),
)


# -- log -------------------------------------------------------------------------------------------------


@command.command(
    "log",
    words=(
        "The entries of the year's log, or those of one task or dossier, in order.",
        "Các mục nhật ký của năm, hoặc của một nhiệm vụ, hồ sơ, theo thứ tự.",
    ),
)
@click.argument("ref", required=False, shell_complete=completes("items"))
@with_option(
    "--actor",
    metavar="ACCOUNT",
    shell_complete=completes("accounts"),
    words=("Only this account's.", "Chỉ của tài khoản này."),
)
@with_option(
    "--event",
    metavar="EVENT",
    shell_complete=completes("events"),
    words=("Only this event.", "Chỉ việc này."),
)
@with_option("--since", metavar="DATE|TIME", words=("Only from then on.", "Chỉ từ thời điểm này."))
@with_option("--refused", is_flag=True, words=("Only refused attempts.", "Chỉ việc không được chấp nhận."))
@with_option(
    "--limit", type=click.IntRange(min=1), metavar="N", words=("Only the newest N.", "Chỉ N mục mới nhất.")
)
def log(
    session: Session,
    ref: str | None,
    actor: str | None,
    event: str | None,
    since: str | None,
    refused: bool,
    limit: int | None,
) -> None:
    looking = session.looking
    year, own = looking.log, None
    if ref is not None:
        _office, year, own = looking.item(ref).key
    asked: dict[str, Any] = {
        "ref": own,
        "actor": actor,
        "event": event,
        "since": _since(since, looking),
        "refused": refused,
    }
    office = looking.office
    entries: Iterable[Row] = (
        looking.reading.entries(office, year, **asked)
        if limit is None
        else looking.reading.newest_entries(office, year, limit=limit, **asked)
    )
    if session.json:
        shown = [entry_json(entry) for entry in entries]
        if not shown:
            _insist_on_known(looking, actor, event)
        print_json(shown)
        return
    _print_log(looking, entries, year=year, actor=actor, event=event)


def _since(text: str | None, looking: Looking) -> str | None:
    """A day or an instant as the database writes it. Raises BadTime."""
    if text is None:
        return None
    return _utc_text(instant_of(_iso_day(text), looking.zone))


def _iso_day(text: str) -> str:
    """A day as people write it, `31/03/2026`, as ISO; anything else as it is."""
    day, _, rest = text.strip().partition("/")
    month, _, year = rest.partition("/")
    if day.isdigit() and month.isdigit() and year.isdigit() and len(year) == 4:
        return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
    return text.strip()


def _utc_text(instant: Any) -> str:
    from datetime import UTC

    return str(instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))


def _insist_on_known(looking: Looking, actor: str | None, event: str | None) -> None:
    """An empty answer to a misspelt question is a usage mistake. Raises UnknownActor, UnknownValue."""
    accounts = [account.id for account in looking.directory.accounts]
    if actor is not None and actor != SYSTEM and actor not in accounts:
        raise UnknownActor(actor=actor, known=", ".join([*accounts, SYSTEM]))
    if event is not None:
        known = Wording(looking).events()
        if event not in known and not looking.words.has(f"event.{event}.past"):
            raise UnknownValue(what="event", value=event, known=", ".join(known))


def entry_json(entry: Row) -> dict[str, Any]:
    """An entry for scripts; `reasons` are rule ids, `leaf` is in hex."""
    return {
        "seq": entry["seq"],
        "at": entry["at"],
        "actor": entry["actor"],
        "role": entry["role"],
        "ref": entry["ref"],
        "event": entry["event"],
        "from": entry["from_state"],
        "to": entry["to_state"],
        "refused": entry["refused"],
        "reasons": entry["rules"],
        "leaf": entry["leaf"].hex(),
        "acting_for": entry["acting_for"],
    }


class Wording:
    """An entry's ids in words: by the office's machines, and by its catalogue for what stands outside."""

    def __init__(self, looking: Looking) -> None:
        self.looking = looking
        self.words = looking.words
        self._machines = {machine.subject: machine for machine in looking.machines}
        self._kinds: dict[tuple[int, str], str] = {}

    def events(self) -> list[str]:
        return list(dict.fromkeys(event.id for machine in self.looking.machines for event in machine.events))

    def _machine(self, ref: str | None) -> Machine:
        return self._machines["dossier" if (ref or "").startswith("D") else "task"]

    def event(self, entry: Row, *, past: bool = True) -> str:
        """What was done; the verb for what was only tried."""
        event = self.looking.event(entry["event"], self._machine(entry["ref"])) if entry["ref"] else None
        if event is None:
            return self.words(f"event.{entry['event']}.{'past' if past else 'label'}")
        return self.words.of(event.past if past else event.label)

    def state(self, entry: Row, state: str | None, *, year: int) -> str:
        if state is None or entry["ref"] is None:
            return ""
        states = self._machine(entry["ref"]).states
        found = next((each for each in states if each.id == state), None)
        return self.words.of(found.label_for(self._kind(year, entry["ref"]))) if found else state

    def _kind(self, year: int, ref: str) -> str:
        if (year, ref) not in self._kinds:
            item = self.looking.reading.item(Key(self.looking.office, year, ref))
            self._kinds[(year, ref)] = item.kind if item else ""
        return self._kinds[(year, ref)]

    def reasons(self, entry: Row, *, year: int) -> list[str]:
        """The rules' words; an operand that the log does not keep is `…`."""
        operands = {
            "vai_tro": self._who(entry),
            "su_kien": self.words.inside(self.event(entry, past=False)),
            "trang_thai": self.state(entry, entry["from_state"], year=year) or UNKNOWN,
        }
        return [self._reason(rule, operands) for rule in entry["rules"]]

    def _who(self, entry: Row) -> str:
        """The roles that an event is for."""
        from workflow.model.subjects import SUBJECTS

        machine = self._machine(entry["ref"])
        event, relations = machine.event(entry["event"]), SUBJECTS[machine.subject].relations
        roles = dict.fromkeys(role for name in (event.by if event else ()) for role in relations[name].roles)
        return "; ".join(self.words(f"role.{role}") for role in roles) or UNKNOWN

    def _reason(self, rule: str, operands: dict[str, str]) -> str:
        known = dict(operands)
        while True:
            try:
                return self.words(f"rule.{rule}.text", **known)
            except UnknownPlaceholder as missing:
                known[missing.name] = UNKNOWN


def _print_log(
    looking: Looking, entries: Iterable[Row], *, year: int, actor: str | None, event: str | None
) -> None:
    words, wording, last, shown = looking.words, Wording(looking), "", False
    for entry in entries:
        day, _, clock = local_text(entry["at"], looking.zone).partition(" ")
        if day != last:
            head = _emphasised(day_with_weekday(looking, day))
            click.echo(f"\n{head}" if shown else head)
        last, shown = day, True
        for line in _lines(entry, wording, clock=clock, year=year):
            click.echo(line)
    if not shown:
        _insist_on_known(looking, actor, event)
        click.echo(words("message.empty_list"))


def _emphasised(text: str) -> str:
    return click.style(text, bold=True) if on_terminal() else text


def _lines(entry: Row, wording: Wording, *, clock: str, year: int) -> Iterator[str]:
    """One line an entry, and one for each reason of a refused one."""
    looking, words = wording.looking, wording.words
    before = wording.state(entry, entry["from_state"], year=year)
    after = wording.state(entry, entry["to_state"], year=year)
    said = wording.event(entry, past=not entry["refused"])
    if detail := handed_text(looking, entry):
        said = f"{said}: {detail}"
    if entry["refused"]:
        said = f"{said}: {words.inside(words('event.refused.past'))}"
    elif before and after and before != after:
        said = f"{said}: {before} → {after}"
    who = looking.doer(entry) if entry["acting_for"] else shorten(looking.doer(entry), SHORT_ROLE)
    head = f"{entry['seq']:>5}  {clock}  {entry['ref'] or '':<5}  "
    mark = "✗ " if entry["refused"] else ""
    line = f"{head}{mark}{said}  ({who})"
    if len(line) > WIDTH:
        line = f"{head}{mark}{shorten(said, WIDTH - len(head) - len(mark) - len(who) - 4)}  ({who})"
    yield click.style(line, fg="red") if entry["refused"] and on_terminal() else line
    for reason in wording.reasons(entry, year=year):
        yield " " * len(head) + f"  - {shorten(reason, WIDTH - len(head) - 4)}"


# -- show ------------------------------------------------------------------------------------------------


@command.command(
    "show",
    words=(
        "All of one entry: its exact bytes, and the words that belong to it as far as they were not erased.",
        "Toàn bộ một mục: nội dung đã ghi và các đoạn văn kèm theo nếu chưa bị xóa.",
    ),
)
@click.argument("seq", type=click.IntRange(min=0))
def show(session: Session, seq: int) -> None:
    looking = session.looking
    year = looking.log
    entry = next(iter(looking.reading.entries(looking.office, year, seq=seq)), None)
    if entry is None:
        raise UnknownEntry(so=seq)
    said = json.loads(entry["bytes"])
    texts = _texts(looking, entry, said)
    if session.json:
        exact = {
            "id": entry["id"],
            "log": year,
            "bytes": entry["bytes"].decode(),
            "leaf_matches": _leaf_matches(entry),
        }
        print_json({**entry_json(entry), **exact, "texts": texts})
        return
    _print_entry(looking, entry, said, texts, year=year)


def _leaf_matches(entry: Row) -> bool:
    from hashlib import sha256

    return bool(sha256(b"\x00" + entry["bytes"]).digest() == entry["leaf"])


def _texts(looking: Looking, entry: Row, said: dict[str, Any]) -> list[dict[str, Any]]:
    """The free texts that the entry gives digests of; `matches` is null for one that does not stand any more.

    A nominee's words stand with the nominee, and with the entry that wrote them last.
    """
    from hashlib import sha256

    rows = {
        row["field"].rpartition("/")[2]: row
        for row in looking.reading.texts_of_entry(looking.office, entry["id"])
    }
    found: list[dict[str, Any]] = []
    for key, digest in said.items():
        if not key.startswith("text."):
            continue
        name = key.removeprefix("text.")
        row = rows.get(name)
        matches = row and sha256(row["salt"] + row["value"].encode()).hexdigest() == digest
        found.append(
            {"name": name, "value": row["value"] if row else None, "digest": digest, "matches": matches}
        )
    return found


def _print_entry(
    looking: Looking, entry: Row, said: dict[str, Any], texts: list[dict[str, Any]], *, year: int
) -> None:
    words, wording = looking.words, Wording(looking)
    sound = words("message.leaf_matches" if _leaf_matches(entry) else "message.leaf_differs")
    refused = words("event.refused.past") if entry["refused"] else None
    print_pairs(
        [
            (words("column.seq"), f"{entry['seq']} ({year})"),
            (words("column.at"), local_text(entry["at"], looking.zone)),
            (words("column.ref"), entry["ref"]),
            (words("column.event"), wording.event(entry, past=not entry["refused"])),
            (words("column.who_does"), handed_text(looking, entry)),
            (words("column.refused"), refused),
            (words("column.actor"), looking.doer(entry)),
            (words("column.role"), words(f"role.{entry['role']}") if entry["role"] else None),
            (words("column.from"), wording.state(entry, entry["from_state"], year=year)),
            (words("column.to"), wording.state(entry, entry["to_state"], year=year)),
            (words("column.leaf"), f"{entry['leaf'].hex()} ({sound})"),
        ]
    )
    for reason in wording.reasons(entry, year=year):
        click.echo(f"  - {reason}")
    click.echo()
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    for text in texts:
        state = {True: "text_matches", False: "text_differs", None: "text_erased"}[text["matches"]]
        click.echo(f"\n{text['name']} ({words(f'message.{state}')})")
        if text["value"] is not None:
            click.echo(f"  {text['value']}")


# -- verify and export -----------------------------------------------------------------------------------


@command.command(
    "verify",
    words=(
        "Read every byte of the logs again and check hashes, columns, heads and states. Exit code 1 when "
        "something is wrong.",
        "Đọc lại toàn bộ nhật ký, kiểm tra mã băm, các cột, mã gốc, trạng thái. Mã thoát 1 khi có sai lệch.",
    ),
)
def verify(session: Session) -> None:
    from runtime.care.upkeep import verify_logs

    words = _words(session)

    def begun(entries: int) -> None:
        if sys.stderr.isatty() and not session.json:
            click.echo(words("message.log_reading", n=entries), err=True)

    found = verify_logs(session.options, session.environment, log=session.options.year, begun=begun)
    if session.json:
        print_json([line for each in found for line in _verified_json(each)])
    else:
        several = len(found) > 1
        for each in found:
            for line in _verified_lines(each, words, head=f"{each.office} " if several else ""):
                click.echo(line)
    if not all(each.found.ok for each in found):
        raise Exit(REFUSED)


def _words(session: Session) -> Words:
    """The words of the first office that is verified: there may be several."""
    from commands.tick import words_of
    from runtime.serve.sweeping import offices_to_sweep

    return words_of(session, offices_to_sweep(session.options, session.environment)[0])


def _verified_json(each: OfficeVerified) -> Iterator[dict[str, Any]]:
    """One object a log; faults that belong to no readable log come with the log that they name."""
    heads = {log.log: log for log in each.found.logs}
    for year in sorted({*heads, *(fault.log for fault in each.found.faults)}):
        faults = [fault for fault in each.found.faults if fault.log == year]
        head = heads.get(year)
        yield {
            "office": each.office,
            "log": year,
            "sound": not faults,
            "entries": head.size if head else None,
            "root": head.root if head else None,
            "faults": [
                {"code": fault.code, "seq": fault.seq, "ref": fault.ref, "message": str(fault)}
                for fault in faults
            ],
        }


def _verified_lines(each: OfficeVerified, words: Words, *, head: str) -> Iterator[str]:
    if not each.found.logs and not each.found.faults:
        yield head + words("message.log_empty")
    broken = {fault.log for fault in each.found.faults}
    for log in each.found.logs:
        if log.log not in broken:
            yield f"{head}{log.log}: {words('message.log_verified', n=log.size, goc=log.root)}"
    for fault in each.found.faults:
        why = words(f"message.log_fault.{fault.code}", ref=fault.ref)
        if fault.seq is not None:
            yield f"{head}{fault.log}: {words('message.log_broken', so=fault.seq, ly_do=why)}"
        else:
            yield head + words("message.log_broken_as_whole", nam=fault.log, ly_do=why)


@command.command(
    "export",
    words=(
        "Write the log to a file, one JSON object a line, for checking elsewhere; - is stdout.",
        "Xuất nhật ký ra tệp, mỗi dòng một mục JSON, để kiểm tra ở nơi khác; - là màn hình.",
    ),
)
@click.argument("file")
def export(session: Session, file: str) -> None:
    from pathlib import Path

    from commands.files import FileExists
    from runtime.care.upkeep import export_log

    words = session.looking.words
    if file != "-" and Path(file).exists() and not session.confirmed(words("message.overwrite", tep=file)):
        raise FileExists(tep=file)
    count = export_log(
        session.options, session.environment, log=session.looking.log, file=file, stdout=sys.stdout
    )
    if file != "-":
        click.echo(words("message.log_exported", n=count, tep=file), err=True)
