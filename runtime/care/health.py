"""What `tdkt doctor` looks at: the machine, the database, and each office, one function a check.

A check answers with findings: an id, how bad it is, and the operands of its sentence in the catalogue
(`message.doctor.<says>`). Nothing is repaired here, and nothing is written.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from runtime.acts.acting import Acting
from runtime.acts.incidents import where
from runtime.care.checking import read_file, remarks
from runtime.mail.apprise import is_installed, is_target
from runtime.mail.settings import Delivery, Fault, Smtp, delivery_settings
from runtime.office.looking import local_text
from runtime.office.seeds import newest, seeds
from runtime.office.settings import Options, database_url, definitions_directory
from runtime.serve.vitals import utc_text
from storage.database import NETWORK_FILE_SYSTEMS, Database, file_system_of
from storage.errors import DatabaseUnusable
from storage.log.audit import verify
from storage.revision import HEAD
from storage.views import Reading
from workflow.files.compiled import from_json
from workflow.lint.linting import lint_office
from workflow.model.errors import TdktError
from workflow.model.roles import ROLES_OF_RELATION
from workflow.notices.delivery import EMAIL

OK, WARNING, PROBLEM = "ok", "warning", "problem"
OURS = ("cli", "commands", "runtime", "exchange", "storage", "workflow", "definitions")
LIBRARIES = ("SQLAlchemy", "APScheduler", "click", "transitions", "alembic", "PyYAML", "rich", "psycopg")
SAFE_WAL = (3, 51, 3)
"""The first SQLite whose WAL mode cannot corrupt a file that two connections reset at once."""
KNOCK = 5.0
"""Seconds that the mail server is given to let us in."""
EXTRA = 3
MEGABYTE = 1_000_000
LOW_DISK, NO_DISK = 500, 50
"""Free megabytes below which the disk is worth a warning, and a problem."""
LATE = timedelta(hours=1)
UNSENT = timedelta(days=1)
"""Digests wait for their hour, and a failing server is tried again for a while: then a message is late."""
REVIEW_NEAR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. `error` is worded by its own sentence instead; `details` are for --verbose."""

    check: str
    status: str
    says: str
    operands: Mapping[str, object] = field(default_factory=dict)
    office: str | None = None
    details: tuple[str, ...] = ()
    error: TdktError | None = None


def examine(options: Options, environment: Mapping[str, str]) -> list[Finding]:
    """All findings in the order of the lists below; a database that cannot be used is one, with its error."""
    found = [finding for check in OF_MACHINE for finding in check()]
    try:
        with Reading(database_url(options, environment)) as reading:
            names = [str(row["office"]) for row in reading.offices()]
            found += [finding for check in OF_DATABASE for finding in check(reading, options, environment)]
        chosen = options.office or environment.get("TDKT_OFFICE")
        for name in [chosen] if chosen else names:
            found += _of_office(name, options, environment)
    except TdktError as error:
        found.append(_failed("database", error))
    return found


def unusable(found: list[Finding]) -> bool:
    """Whether the database itself is out of use."""
    return any(isinstance(finding.error, DatabaseUnusable) for finding in found)


def _failed(check: str, error: TdktError, office: str | None = None) -> Finding:
    return Finding(check, PROBLEM, "failed", {"ly_do": str(error)}, office, error=error)


def _of_office(name: str, options: Options, environment: Mapping[str, str]) -> list[Finding]:
    found: list[Finding] = []
    with (
        Acting(replace(options, office=name), environment) as acting,
        Reading(database_url(options, environment)) as reading,
    ):
        for check in OF_OFFICE:
            try:
                found += [replace(finding, office=name) for finding in check(acting, reading)]
            except TdktError as error:
                found.append(_failed(check.__name__.strip("_"), error, name))
            except Exception as error:  # what is stored may be broken in any way, and the rest is still told
                operands = {"ly_do": where(error)}
                found.append(Finding(check.__name__.strip("_"), PROBLEM, "check_failed", operands, name))
    return found


# -- the machine -----------------------------------------------------------------------------------------


def _versions() -> Iterator[Finding]:
    known = [f"{name} {version}" for name in ("tdkt", *LIBRARIES) if (version := _version(name))]
    python = f"Python {platform.python_version()}"
    listed = ", ".join([*known, python, f"SQLite {sqlite3.sqlite_version}", platform.system()])
    yield Finding("versions", OK, "versions", {"danh_sach": listed})


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _packages() -> Iterator[Finding]:
    """Our top-level names are common ones: another distribution in the environment may bear them too."""
    providers = metadata.packages_distributions()
    others = {name: sorted({*providers.get(name, ())} - {"tdkt"}) for name in OURS}
    listed = [f"{name} ({', '.join(whose)})" for name, whose in others.items() if whose]
    if listed:
        yield Finding("packages", PROBLEM, "packages_collide", {"danh_sach": ", ".join(listed)})
        return
    yield Finding("packages", OK, "packages_alone")


def _terminal() -> Iterator[Finding]:
    encoding = locale.getencoding()
    fits = encoding.lower().replace("-", "").replace("_", "") == "utf8"
    status, says = (OK, "terminal_fits") if fits else (WARNING, "terminal_other")
    yield Finding("terminal", status, says, {"gia_tri": encoding})


OF_MACHINE: tuple[Callable[[], Iterator[Finding]], ...] = (_versions, _packages, _terminal)


# -- the database ----------------------------------------------------------------------------------------


def _database(reading: Reading, _options: Options, _environment: Mapping[str, str]) -> Iterator[Finding]:
    yield Finding("database", OK, "database", {"noi": reading.where, "so": HEAD})


def _durability(reading: Reading, options: Options, environment: Mapping[str, str]) -> Iterator[Finding]:
    settings = reading.settings()
    mode = settings.get("journal_mode")
    if mode is None:
        off = {name for name in ("fsync", "synchronous_commit") if settings[name] == "off"}
        listed = ", ".join(f"{name}={value}" for name, value in settings.items())
        yield Finding(
            "durability",
            PROBLEM if off else OK,
            "not_durable" if off else "durable",
            {"danh_sach": listed},
        )
    elif mode == "WAL" and sqlite3.sqlite_version_info < SAFE_WAL:
        # Asked before anything acts: an acting connection would turn it back.
        yield Finding("durability", WARNING, "wal_unsafe", {"so": sqlite3.sqlite_version})
    else:
        with Database(database_url(options, environment)) as database:
            synchronous = database.driver.execute("PRAGMA synchronous").fetchone()[0]
        named = {0: "OFF", 1: "NORMAL", 2: "FULL", EXTRA: "EXTRA"}[synchronous]
        status = OK if synchronous == EXTRA else WARNING
        listed = f"journal_mode={mode}, synchronous={named}"
        yield Finding("durability", status, "durable", {"danh_sach": listed})


def _file(reading: Reading, options: Options, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Where SQLite's file lies: the disk must be local, writable and not full."""
    url = database_url(options, environment)
    if not url.startswith("sqlite"):
        return
    path = Path(reading.where).absolute()
    system = file_system_of(path)
    if system in NETWORK_FILE_SYSTEMS:
        yield Finding("location", PROBLEM, "network_path", {"noi": str(path), "ly_do": system})
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    status, says = (OK, "writable") if writable else (PROBLEM, "not_writable")
    yield Finding("permissions", status, says, {"noi": str(path)})
    free = shutil.disk_usage(path.parent).free // MEGABYTE
    status = OK if free >= LOW_DISK else WARNING if free >= NO_DISK else PROBLEM
    yield Finding("disk", status, "disk" if status == OK else "disk_low", {"n": free})
    yield Finding("os_account", OK, "advisory")


def _delivery(_reading: Reading, _options: Options, environment: Mapping[str, str]) -> Iterator[Finding]:
    """What the mail settings come to; a secret is never told, nor anything of a target's address."""
    found = delivery_settings(environment)
    for fault in (*found.faults, *_targets(found)):
        yield Finding("delivery", PROBLEM, f"delivery.{fault.says}", fault.operands)
    listed = list(found.targets)
    if found.smtp is not None and not found.faults:
        yield from _mail_server(found.smtp)
    if found.smtp is not None:
        listed = [f"{EMAIL} ({found.smtp.host}:{found.smtp.port}, {found.smtp.security})", *listed]
    if listed:
        yield Finding("delivery", OK, "delivery", {"danh_sach": ", ".join(listed)})
    elif not found.faults:
        yield Finding("delivery", OK, "delivery_none")


def _mail_server(settings: Smtp) -> Iterator[Finding]:
    """Whether the mail server can be reached and lets us in, before somebody waits for a mail."""
    from runtime.mail.channels import Undelivered
    from runtime.mail.smtp import SmtpChannel

    patient = replace(settings, timeout=min(settings.timeout, KNOCK))
    try:
        SmtpChannel(patient).knock()
    except Undelivered as error:
        says = "delivery.no_entry" if error.trouble == "setup" else "delivery.unreachable"
        where = {"noi": f"{settings.host}:{settings.port}", "ly_do": error.said.rstrip(" .")}
        yield Finding("delivery", PROBLEM, says, where)


def _targets(found: Delivery) -> Iterator[Fault]:
    """What is wrong with the targets, as far as the library that sends to them knows."""
    if found.targets and not is_installed():
        yield Fault("no_apprise")
    elif found.targets:
        yield from (
            Fault("bad_target", {"ten": name}) for name, url in found.targets.items() if not is_target(url)
        )


OF_DATABASE: tuple[Callable[[Reading, Options, Mapping[str, str]], Iterator[Finding]], ...] = (
    _database,
    _durability,
    _file,
    _delivery,
)


# -- an office -------------------------------------------------------------------------------------------


def _sandbox(acting: Acting, _reading: Reading) -> Iterator[Finding]:
    if acting.row.sandbox:
        reached = local_text(acting.row.clock, acting.zone) if acting.row.clock else None
        yield Finding("sandbox", OK, "sandbox", {"gio": reached})
    else:
        yield Finding("sandbox", OK, "real", {"gio": acting.row.started_on.isoformat()})


def _log(acting: Acting, reading: Reading) -> Iterator[Finding]:
    """Heads against counts for every log; the newest is read in full."""
    heads = reading.heads(acting.office)
    for head in heads:
        if head["size"] != head["entries"]:
            operands = {"nam": head["log"], "n": head["size"], "m": head["entries"]}
            yield Finding("log", PROBLEM, "heads_differ", operands)
    if not heads:
        yield Finding("log", WARNING, "log_none")
        return
    year = heads[-1]["log"]
    found = verify(acting.database, acting.office, year)
    if found.ok:
        yield Finding("log", OK, "log", {"nam": year, "n": sum(log.size for log in found.logs)})
        return
    faults = tuple(str(fault) for fault in found.faults)
    yield Finding("log", PROBLEM, "log_bad", {"nam": year, "ly_do": faults[0].rstrip(".")}, details=faults)


def _ledger(acting: Acting, reading: Reading) -> Iterator[Finding]:
    """created = fired + cancelled + pending, and every fired row has its entry in the log."""
    row = reading.health(acting.office)
    created, fired, cancelled, pending = (row[name] for name in ("created", "fired", "cancelled", "pending"))
    if created == fired + cancelled + pending and fired == row["logged"]:
        operands = {"n": created, "m": fired, "so": cancelled, "gia_tri": pending}
        yield Finding("ledger", OK, "ledger", operands)
    else:
        yield Finding("ledger", PROBLEM, "ledger_off", {"n": created, "m": fired, "so": row["logged"]})


def _ticking(acting: Acting, reading: Reading) -> Iterator[Finding]:
    """Whether anybody ticks: the age of the oldest row that is due and not fired."""
    since = reading.waiting(acting.office, now=utc_text(acting.now))["due"]
    if _waits(acting, since) <= LATE:
        yield Finding("ticking", OK, "ticking")
    else:
        yield Finding("ticking", WARNING, "not_ticking", _since(acting, since))


def _waits(acting: Acting, since: str | None) -> timedelta:
    return acting.now - datetime.fromisoformat(since) if since else timedelta(0)


def _since(acting: Acting, since: str) -> dict[str, object]:
    hours = int(_waits(acting, since).total_seconds() // 3600)
    return {"gio": local_text(since, acting.zone), "n": hours}


def _incidents(acting: Acting, reading: Reading) -> Iterator[Finding]:
    """What could not be done while nobody looked, and nobody has cleared."""
    found = reading.incidents(acting.office)
    if not found:
        yield Finding("incidents", OK, "incidents_none")
        return
    listed = ", ".join(f"{row['id']} ({row['ref']})" if row["ref"] else row["id"] for row in found)
    details = tuple(f"{row['id']}: {row['code']}, {row['detail']}" for row in found)
    yield Finding("incidents", PROBLEM, "incidents", {"n": len(found), "danh_sach": listed}, details=details)


def _outbox(acting: Acting, reading: Reading) -> Iterator[Finding]:
    """The age of the oldest message that is not sent, whatever keeps it."""
    since = reading.waiting(acting.office, now=utc_text(acting.now))["outbox"]
    if _waits(acting, since) <= UNSENT:
        yield Finding("outbox", OK, "outbox")
    else:
        yield Finding("outbox", WARNING, "outbox_waits", _since(acting, since))


def _notices(acting: Acting, reading: Reading) -> Iterator[Finding]:
    """Messages that do not get out, those that are still tried and those that are not."""
    found = reading.outbox(acting.office)
    if found["failed"]:
        operands = {"n": found["failed"], "ly_do": str(found["error"]).rstrip(".")}
        yield Finding("notices", WARNING, "messages_failing", operands)
    if found["dead"]:
        yield Finding("notices", WARNING, "messages_dead", {"n": found["dead"]})
    if not found["failed"] and not found["dead"]:
        yield Finding("notices", OK, "notices")


def _contacts(acting: Acting, reading: Reading) -> Iterator[Finding]:
    """Contacts over channels that no settings know: what is meant for them waits."""
    channels = delivery_settings(acting.environment).channels
    rows = reading.contacts(acting.office)
    unset = [f"{row['account']} ({row['channel']})" for row in rows if row["channel"] not in channels]
    if unset:
        yield Finding("contacts", WARNING, "delivery_unset", {"danh_sach": ", ".join(unset)})


def _stored(acting: Acting, _reading: Reading) -> Iterator[Finding]:
    """Every version that the office ever adopted can be read, for items may still run on it."""
    broken = []
    for each in acting.stored_definitions():
        try:
            from_json(each.compiled)
        except Exception:
            broken.append(f"{each.kind}/{each.name}/{each.version}")
    if broken:
        yield Finding("stored_definitions", PROBLEM, "stored_broken", {"danh_sach": ", ".join(broken)})
    else:
        yield Finding("stored_definitions", OK, "stored", {"n": len(acting.stored_definitions())})


def _files(acting: Acting, _reading: Reading) -> Iterator[Finding]:
    """Mistakes in the office's own files, before anybody adopts them: one finding each, with its place."""
    known = seeds(Path(definitions_directory(acting.options, acting.environment)))
    own = [seed for seed in known if seed.own and seed == newest(known, seed.kind, seed.name)]
    for remark in remarks(read_file(seed.path) for seed in own):
        if remark.severity == "error":
            place = {"noi": f"{remark.path}:{remark.line}", "ly_do": remark.message.rstrip(".")}
            yield Finding("definition_files", PROBLEM, "file_mistake", place)


def _calendars(acting: Acting, _reading: Reading) -> Iterator[Finding]:
    """The years that deadlines reach: this one, the next, and those of the plans."""
    calendar, this = acting.setting.calendar, acting.today.year
    years = sorted({this, this + 1})
    provisional = [str(year) for year in years if calendar.provisional(year)]
    if provisional:
        listed = {"danh_sach": ", ".join(provisional)}
        yield Finding("calendars", WARNING, "calendars_provisional", listed)
    else:
        yield Finding("calendars", OK, "calendars", {"danh_sach": calendar.version})


def _rules(acting: Acting, _reading: Reading) -> Iterator[Finding]:
    pack = acting.setting.rules
    name = f"{pack.name}/{pack.version}"
    by, says, status = pack.review_by, "rules", OK
    if by is not None and by < acting.today:
        says, status = "rules_past", WARNING
    elif by is not None and by - acting.today <= REVIEW_NEAR:
        says, status = "rules_near", WARNING
    yield Finding("rules_review", status, says, {"ref": name, "gio": by.isoformat() if by else None})
    unsure = [title for title in pack.titles if title.conf == "L"]
    details = tuple(f"{acting.words.of(title.label)}: {title.cite}" for title in unsure)
    status, says = (WARNING, "rules_unsure") if unsure else (OK, "rules_sure")
    yield Finding("rules_values", status, says, {"ref": name, "n": len(unsure)}, details=details)


def _roles(acting: Acting, _reading: Reading) -> Iterator[Finding]:
    """What the linter finds in the office as it runs: roles that nobody holds, levels that reach nobody."""
    stored = [from_json(each.compiled) for each in acting.definitions.values()]
    found = lint_office(acting.directory, definitions=stored, relations=ROLES_OF_RELATION)
    if not found:
        yield Finding("roles", OK, "roles")
        return
    listed = "; ".join(each.message for each in found)
    status = PROBLEM if any(each.severity == "error" for each in found) else WARNING
    yield Finding("roles", status, "roles_lack", {"danh_sach": listed})


def _sample(acting: Acting, _reading: Reading) -> Iterator[Finding]:
    """Sample bodies and accounts are what a sandbox is for, and a warning in a real office."""
    sample = acting.directory.sample
    if not sample:
        yield Finding("sample", OK, "sample_none")
        return
    status = OK if acting.row.sandbox else WARNING
    yield Finding("sample", status, "sample", {"danh_sach": ", ".join(sample)})


def _definitions(acting: Acting, _reading: Reading) -> Iterator[Finding]:
    """An office's own files beside its database that are newer than what the database runs."""
    known = seeds(Path(definitions_directory(acting.options, acting.environment)))
    newer = []
    for (kind, name), stored in acting.definitions.items():
        seed = newest(known, kind, name)
        if seed is not None and seed.own and seed.version > stored.version:
            newer.append(f"{kind}/{name}/{seed.version}")
    if newer:
        yield Finding("definitions", WARNING, "definitions_newer", {"danh_sach": ", ".join(newer)})
    else:
        yield Finding("definitions", OK, "definitions")


OF_OFFICE: tuple[Callable[[Acting, Reading], Iterator[Finding]], ...] = (
    _sandbox,
    _log,
    _ledger,
    _ticking,
    _incidents,
    _outbox,
    _notices,
    _contacts,
    _stored,
    _files,
    _calendars,
    _rules,
    _roles,
    _sample,
    _definitions,
)
