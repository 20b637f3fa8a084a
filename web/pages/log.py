"""Nhật ký: what was done and refused, by whom and when; one entry with its bytes and the proof that it is in
the log; the verification of all logs; the log as a file.

Whoever sees some of the office's items only sees the log without free words and without names of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any, NamedTuple
from urllib.parse import urlencode

from runtime.care.upkeep import export_log, verify_logs
from runtime.care.verified import verified_lines
from runtime.office.looking import Looking
from runtime.office.settings import Options
from runtime.office.typed import typed_date, whole
from runtime.views.log import (
    SYSTEM,
    LogLine,
    UnknownEntry,
    entries_of,
    entry_at,
    entry_page,
    entry_shown,
    events_in,
    inclusion_of,
    log_lines,
)
from runtime.views.veiled import any_veiled
from web.desk import Desk
from web.failures import told
from web.frame import Choice
from web.jobs import Job
from web.links import item_path
from web.replies import Download, Page, Redirect, Reply, Shown
from workflow.model.calendar import at_local
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.facts import Key

AT_ONCE = 50
"""Entries of one page."""
VERIFY = "verify"


class CountWaits(TdktError):
    """A count of {nam} is still to be typed by a second person; the log can be taken out after that."""

    code = "count_waits"


class Row(NamedTuple):
    """An entry, where it is seen in full, and where its item is; `day` where it is the first of its day."""

    line: LogLine
    day: str
    to: str
    item_to: str


def show(desk: Desk) -> Reply:
    looking = desk.looking
    logs = looking.reading.logs(looking.office)
    asked = whole(desk.asked.one("log"))
    year = asked if asked in logs else looking.log
    kept = {name: word for name in FILTERS if (word := desk.asked.one(name))}
    rows: tuple[Row, ...] = ()
    older = mistake = ""
    try:
        rows, older = _rows(desk, year, kept)
    except UsageMistake as error:
        mistake = told(error, looking.words)
    values: dict[str, Any] = {
        "year": year,
        "logs": [Choice(str(each), str(each), each == year) for each in logs],
        "kept": {name: kept.get(name, "") for name in FILTERS},
        "accounts": [(account.id, looking.words.of(account.label)) for account in looking.directory.accounts]
        + [(SYSTEM, looking.words("role.system"))],
        "events": events_in(looking, year),
        "rows": rows,
        "older": older and f"/log?{urlencode({**kept, 'log': year, 'before': older})}",
        "newest": f"/log?{urlencode({**kept, 'log': year})}" if desk.asked.one("before") else "",
        "mistake": mistake,
    }
    return Shown("log", values, 422 if mistake else 200)


FILTERS = ("ref", "actor", "event", "since", "until", "refused")


def _rows(desk: Desk, year: int, kept: Mapping[str, str]) -> tuple[tuple[Row, ...], str]:
    """The entries of the page, and the number before which the older ones are. Raises UsageMistake."""
    looking, before = desk.looking, desk.asked.one("before")
    own = None
    if "ref" in kept:
        key = looking.item(kept["ref"]).key
        year, own = key.year, key.ref
    found = list(
        entries_of(
            looking,
            year,
            ref=own,
            limit=AT_ONCE + 1,
            actor=kept.get("actor"),
            event=kept.get("event"),
            since=_begin(looking, kept["since"]) if "since" in kept else None,
            until=_begin(looking, kept["until"], after=1) if "until" in kept else None,
            refused="refused" in kept,
            before=whole(before),
        )
    )
    more, shown = len(found) > AT_ONCE, found[-AT_ONCE:]
    narrow = desk.narrow
    lines = [*log_lines(looking, shown, full=False, names=not narrow)][::-1]
    days = [None, *(line.day for line in lines)]
    items = {
        entry.seq: item_path(Key(looking.office, entry.log, entry.ref))
        for entry in shown
        if entry.ref and not narrow and looking.reading.item(Key(looking.office, entry.log, entry.ref))
    }
    rows = (
        Row(
            line,
            looking.day_with_weekday(line.day) if line.day != earlier else "",
            f"/log/{year}/{line.seq}",
            items.get(line.seq, ""),
        )
        for line, (earlier, _day) in zip(lines, pairwise(days), strict=True)
    )
    return tuple(rows), str(shown[0].seq) if more else ""


def _begin(looking: Looking, text: str, *, after: int = 0) -> Any:
    """The instant at which the day that was typed begins, or the one after it. Raises BadDate."""
    day: date = typed_date(text)
    return at_local(day + timedelta(days=after), time(0), looking.zone)


def entry(desk: Desk) -> Reply:
    looking, place = desk.looking, desk.asked.place
    seq, log = whole(place["seq"]), whole(place["log"])
    if seq is None or log is None:
        raise UnknownEntry(so=place["seq"])
    found = entry_at(looking, seq, log=log)
    narrow = desk.narrow
    item = looking.reading.item(Key(looking.office, found.log, found.ref)) if found.ref else None
    return Shown(
        "entry",
        {
            "page": entry_page(looking, found, names=not narrow),
            "bytes": entry_shown(looking, found).bytes,
            "proof": inclusion_of(looking, found),
            "leaf": found.leaf.hex(),
            "log": found.log,
            "seq": found.seq,
            "item_to": item_path(item.key) if item and not narrow else "",
        },
    )


def export(desk: Desk) -> Reply:
    """The log as a file, as `tdkt audit export` writes it. Raises CountWaits, NoLog."""
    looking, asked = desk.looking, whole(desk.asked.one("log"))
    year = looking.log if asked is None else asked
    if any_veiled(looking, year):
        raise CountWaits(nam=year)
    written = StringIO()
    export_log(_own(desk), desk.environment, log=year, file="-", stdout=written)
    name = f"nhat-ky-{looking.office}-{year}.jsonl"
    return Download(name, "application/jsonl; charset=utf-8", written.getvalue().encode())


def _own(desk: Desk) -> Options:
    """The console's options, of the office that is looked at."""
    return desk.options._replace(office=desk.looking.office)


def verification(desk: Desk) -> Reply:
    """How far the verification is, or what the last one found."""
    looking, job = desk.looking, desk.console.jobs.newest(VERIFY)
    lines: list[str] = []
    sound = False
    if job is not None and job.over and not job.failed:
        lines = [line for office in job.value for line in verified_lines(office, looking.words)]
        sound = all(office.sound for office in job.value)
    return Shown(
        "verification",
        {
            "job": job,
            "at": looking.moment(job.begun) if job else "",
            "lines": lines,
            "sound": sound,
            "error": told(job.error, looking.words) if job and job.failed else "",
        },
    )


def verify(desk: Desk) -> Reply:
    """Begins to verify, unless that is under way already."""
    options, environment = _own(desk), dict(desk.environment)

    def work(job: Job) -> Any:
        return verify_logs(options, environment, begun=lambda n: job.begin(2 * n), read=job.step)

    desk.console.jobs.start(VERIFY, work)
    return Redirect("/log/verify")


PAGES = (
    Page("GET", "/log", show, part="log"),
    Page("GET", "/log/verify", verification, part="log"),
    Page("POST", "/log/verify", verify, part="log"),
    Page("GET", "/log/export", export, part="log"),
    Page("GET", "/log/{log}/{seq}", entry, part="log"),
)
