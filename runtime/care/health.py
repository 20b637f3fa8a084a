"""What `tdkt doctor` checks: the machine, the database and each office, with one function a check.

A check yields results: an id, how bad it is, and the operands of its sentence in the catalogue
(`message.doctor.<says>`). Nothing is repaired and nothing is written.
"""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from exchange.papers import fonts
from runtime.acts.acting import Acting
from runtime.acts.incidents import where
from runtime.care.checking import read_file, remarks
from runtime.care.upkeep import rows_verified
from runtime.mail.apprise import is_installed, is_target
from runtime.mail.settings import (
    DeliverySettings,
    SettingsFault,
    SmtpSettings,
    delivery_settings,
    secret_files,
)
from runtime.office.looking import local_time
from runtime.office.seeds import newest, seeds, shipped_digest
from runtime.office.sentences import sentence
from runtime.office.settings import FILES, Options, database_url, definitions_directory
from runtime.office.words import Words
from storage.database import NETWORK_FILE_SYSTEMS, Database, file_system_of
from storage.errors import DatabaseUnusable
from storage.log.audit import verify
from storage.named_files import Wrong, named_in, unnamed_files, wrong_files
from storage.paper_files import ENDING, PaperFiles, files_of
from storage.records import Incident
from storage.revision import HEAD
from storage.views import Reading
from storage.wholefile import ENDINGS
from workflow.files.compiled import from_json
from workflow.files.telling import listed
from workflow.lint.offices import lint_office
from workflow.lint.registries import roles_of_relations
from workflow.model.conditions import condition_text
from workflow.model.definition import RulePack
from workflow.model.errors import TdktError
from workflow.model.facts import Key
from workflow.model.money import dotted, k_text
from workflow.model.ways import vote_text, way_text
from workflow.notices.delivery import EMAIL

OK, WARNING, PROBLEM = "ok", "warning", "problem"
OURS = ("cli", "commands", "runtime", "exchange", "storage", "workflow", "definitions")
LIBRARIES = ("SQLAlchemy", "APScheduler", "click", "transitions", "alembic", "PyYAML", "psycopg")
SAFE_WAL = (3, 51, 3)
"""The first SQLite whose WAL mode cannot corrupt a file that two connections reset at once."""
KNOCK_TIMEOUT = 5.0
"""Seconds that the mail server has for each step of a login."""
EXTRA = 3
"""SQLite's number of `synchronous=EXTRA`."""
MEGABYTE = 1_000_000
LOW_DISK, NO_DISK = 500, 50
"""Free megabytes below which the disk is worth a warning, and a problem."""
LATE = timedelta(hours=1)
"""A row that is due for longer is a sign that nobody sweeps."""
UNSENT = timedelta(days=1)
"""Digests wait for their hour and failing servers are tried again; a message older than this is late."""
REVIEW_NEAR = timedelta(days=60)
SURE = "H"
"""What a value of a rule pack is that need not be compared before go-live."""
LEFT = timedelta(hours=1)
"""A backup's temporary file that is older belongs to no backup under way."""
READING_PAPERS = 5.0
"""Seconds for which the files of papers are read; those that are missing come first, then the newest."""
OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO
SHIPPED_WHOLE = ("machine", "calendar", "policy", "rules")
"""Kinds that an office runs as they are shipped; its own office file differs, and words are completed."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line of doctor's report.

    Its sentence is the catalogue's `message.doctor.<says>` with the operands; where there is an `error`, the
    error's own. `details` are printed with --verbose.
    """

    check: str
    status: str
    says: str
    operands: Mapping[str, object] = field(default_factory=dict)
    office: str | None = None
    details: tuple[str, ...] = ()
    error: TdktError | None = None


def diagnose(options: Options, environment: Mapping[str, str]) -> list[CheckResult]:
    """The results of all checks, in the order of the lists below.

    Where the database cannot be used, that is one result with its error, and no check follows it.
    """
    found = [*(finding for check in OF_MACHINE for finding in check()), *_font(environment)]
    try:
        with Reading(database_url(options, environment)) as reading:
            names = [row.office for row in reading.offices()]
            found += [finding for check in OF_DATABASE for finding in check(reading, options, environment)]
        chosen = options.office or environment.get("TDKT_OFFICE")
        for name in [chosen] if chosen else names:
            found += _of_office(name, options, environment)
    except TdktError as error:
        found.append(_failed("database", error))
    return found


def unusable(found: list[CheckResult]) -> bool:
    """Whether the database cannot be used at all."""
    return any(isinstance(finding.error, DatabaseUnusable) for finding in found)


def finding_text(finding: CheckResult, words: Words) -> str:
    """The finding's sentence, with what to do where it is not well."""
    if finding.error is not None:
        return sentence(finding.error, words)
    key = finding.says if "." in finding.says else f"doctor.{finding.says}"
    return words(f"message.{key}", **finding.operands)


def _failed(check: str, error: TdktError, office: str | None = None) -> CheckResult:
    return CheckResult(check, PROBLEM, "failed", {"ly_do": str(error)}, office, error=error)


def _of_office(name: str, options: Options, environment: Mapping[str, str]) -> list[CheckResult]:
    found: list[CheckResult] = []
    with (
        Acting(options._replace(office=name), environment) as acting,
        Reading(database_url(options, environment)) as reading,
    ):
        for check in OF_OFFICE:
            try:
                found += [replace(finding, office=name) for finding in check(acting, reading)]
            except TdktError as error:
                found.append(_failed(check.__name__.strip("_"), error, name))
            except Exception as error:  # what is stored may be broken in any way; the other checks go on
                operands = {"ly_do": where(error)}
                found.append(CheckResult(check.__name__.strip("_"), PROBLEM, "check_failed", operands, name))
    return found


# -- the machine -----------------------------------------------------------------------------------------


def _versions() -> Iterator[CheckResult]:
    known = [f"{name} {version}" for name in ("tdkt", *LIBRARIES) if (version := _version(name))]
    python = f"Python {platform.python_version()}"
    listed = ", ".join([*known, python, f"SQLite {sqlite3.sqlite_version}", platform.system()])
    yield CheckResult("versions", OK, "versions", {"danh_sach": listed})


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _packages() -> Iterator[CheckResult]:
    """Whether another distribution in the environment installs packages of our (common) names."""
    providers = metadata.packages_distributions()
    others = {name: sorted({*providers.get(name, ())} - {"tdkt"}) for name in OURS}
    listed = [f"{name} ({', '.join(whose)})" for name, whose in others.items() if whose]
    if listed:
        yield CheckResult("packages", PROBLEM, "packages_collide", {"danh_sach": ", ".join(listed)})
        return
    yield CheckResult("packages", OK, "packages_alone")


def _font(environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """The font that papers are printed in, and those of its kind that lack Vietnamese letters."""
    chosen = fonts.font(environment)
    short = [f"{each.family} ({each.folder})" for each in fonts.candidates(environment) if fonts.lacks(each)]
    told = {"gia_tri": chosen.family}
    if chosen.folder is None:
        yield CheckResult("font", WARNING, "font_own", told, details=tuple(short))
    else:
        yield CheckResult("font", OK, "font", told, details=tuple(short))


def _terminal() -> Iterator[CheckResult]:
    encoding = locale.getencoding()
    fits = encoding.lower().replace("-", "").replace("_", "") == "utf8"
    status, says = (OK, "terminal_fits") if fits else (WARNING, "terminal_other")
    yield CheckResult("terminal", status, says, {"gia_tri": encoding})


OF_MACHINE: tuple[Callable[[], Iterator[CheckResult]], ...] = (_versions, _packages, _terminal)


# -- the database ----------------------------------------------------------------------------------------


def _database(reading: Reading, _options: Options, _environment: Mapping[str, str]) -> Iterator[CheckResult]:
    yield CheckResult("database", OK, "database", {"noi": reading.where, "so": HEAD})


def _durability(reading: Reading, options: Options, environment: Mapping[str, str]) -> Iterator[CheckResult]:
    settings = reading.settings()
    mode = settings.get("journal_mode")
    if mode is None:
        off = {name for name in ("fsync", "synchronous_commit") if settings[name] == "off"}
        listed = ", ".join(f"{name}={value}" for name, value in settings.items())
        yield CheckResult(
            "durability",
            PROBLEM if off else OK,
            "not_durable" if off else "durable",
            {"danh_sach": listed},
        )
    elif mode == "WAL" and sqlite3.sqlite_version_info < SAFE_WAL:
        # Asked before anything acts: an acting connection would set the mode back to DELETE.
        yield CheckResult("durability", WARNING, "wal_unsafe", {"so": sqlite3.sqlite_version})
    else:
        with Database(database_url(options, environment)) as database:
            synchronous = database.driver.execute("PRAGMA synchronous").fetchone()[0]
        named = {0: "OFF", 1: "NORMAL", 2: "FULL", EXTRA: "EXTRA"}[synchronous]
        status = OK if synchronous == EXTRA else WARNING
        listed = f"journal_mode={mode}, synchronous={named}"
        yield CheckResult("durability", status, "durable", {"danh_sach": listed})


def _integrity(reading: Reading, _options: Options, _environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """The database's own checks of itself."""
    faults = reading.faults()
    if faults:
        told = {"ly_do": faults[0].rstrip(".")}
        yield CheckResult("integrity", PROBLEM, "not_intact", told, details=faults)
    else:
        yield CheckResult("integrity", OK, "intact")


def _private(reading: Reading, _options: Options, environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """Whether others on the machine can read or change the database, its folder or a file with a secret."""
    if os.name != "posix":
        return
    files = list(secret_files(environment))
    if reading.path is not None:
        path = Path(reading.path).absolute()
        files += [path, *(other for ending in ENDINGS[1:] if (other := _beside(path, ending)).exists())]
        if path.parent.stat().st_mode & stat.S_IWOTH:
            yield CheckResult("private", PROBLEM, "folder_open", {"noi": str(path.parent)})
    papers = files_of(None if reading.path is None else Path(reading.path), environment.get(FILES))
    files += [papers.folder] if papers else []
    open_ = [path for path in files if path.exists() and path.stat().st_mode & OF_OTHERS]
    if open_:
        yield CheckResult("private", WARNING, "files_open", {"danh_sach": ", ".join(map(str, open_))})
    else:
        yield CheckResult("private", OK, "private")


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _left(reading: Reading, _options: Options, _environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """What a killed backup left beside the database, a killed `attach` among its papers, and a lock file that
    nobody can open."""
    if reading.path is None:
        return
    path = Path(reading.path).absolute()
    old = time.time() - LEFT.total_seconds()
    folders = (path.parent, path.resolve().with_name(path.resolve().name + ENDING))
    found = (part for folder in folders for part in folder.glob(".*.part*"))
    parts = [part for part in found if part.is_file() and part.stat().st_mtime < old]
    if parts:
        yield CheckResult(
            "leftovers", WARNING, "leftovers", {"danh_sach": ", ".join(map(str, sorted(parts)))}
        )
    lock = _beside(path, ".lock")
    if lock.exists() and not (lock.is_file() and os.access(lock, os.R_OK | os.W_OK)):
        yield CheckResult("lock", PROBLEM, "lock_unusable", {"noi": str(lock)})


def _file(reading: Reading, _options: Options, _environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """Whether SQLite's file lies on a local disk that is writable and not full."""
    if reading.path is None:
        return  # a server's disk cannot be seen from here
    path = Path(reading.path).absolute()
    system = file_system_of(path)
    if system in NETWORK_FILE_SYSTEMS:
        yield CheckResult("location", PROBLEM, "network_path", {"noi": str(path), "ly_do": system})
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    status, says = (OK, "writable") if writable else (PROBLEM, "not_writable")
    yield CheckResult("permissions", status, says, {"noi": str(path)})
    free = shutil.disk_usage(path.parent).free // MEGABYTE
    status = OK if free >= LOW_DISK else WARNING if free >= NO_DISK else PROBLEM
    yield CheckResult("disk", status, "disk" if status == OK else "disk_low", {"n": free})
    signing_in = sum(
        each.disabled_at is None for row in reading.offices() for each in reading.logins(row.office)
    )
    yield CheckResult("os_account", OK, "advisory_logins" if signing_in else "advisory", {"n": signing_in})


def _papers(reading: Reading, _options: Options, environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """Whether every file that a paper names is there as it was attached, as far as a look may last, and what
    no paper names."""
    path = None if reading.path is None else Path(reading.path)
    named, files = named_in(reading.papers(), reading.other_files()), files_of(path, environment.get(FILES))
    if files is None:
        if named:
            yield CheckResult("papers", PROBLEM, "papers_no_folder")
        return
    wrong, looked = _looked_through(named, files)
    listed = [f"{', '.join(each.refs)} ({each.digest[:12]})" for each in wrong]
    if wrong:
        told = {"n": len(wrong), "danh_sach": "; ".join(listed[:5])}
        details = tuple(str(each.error) for each in wrong)
        yield CheckResult("papers", PROBLEM, "papers_wrong", told, details=details)
    elif named:
        yield CheckResult("papers", OK, "papers_right", {"n": len(named), "m": looked})
    left = unnamed_files(named, files, before=time.time() - LEFT.total_seconds())
    if left:
        told = {"n": len(left), "noi": str(files.folder)}
        names = tuple(each.digest for each in left)
        yield CheckResult("papers_left", WARNING, "papers_unnamed", told, details=names)


def _looked_through(named: Mapping[str, tuple[str, ...]], files: PaperFiles) -> tuple[list[Wrong], int]:
    """What is wrong with the files, and how many were read in full before the time was up. Whether one is
    there at all is looked at in any case."""
    end, wrong, looked = time.monotonic() + READING_PAPERS, [], 0
    for found in wrong_files(named, files):
        looked += 1
        if found is not None:
            wrong.append(found)
        if time.monotonic() > end:
            break
    return wrong, looked


def _server(reading: Reading, _options: Options, _environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """What stands between here and a server that writes."""
    if reading.pooled():
        yield CheckResult("pool", OK, "pooled")
    if reading.standby():
        yield CheckResult("standby", WARNING, "standby", {"noi": reading.where})


def _delivery(_reading: Reading, _options: Options, environment: Mapping[str, str]) -> Iterator[CheckResult]:
    """The mistakes in the mail settings, and the channels that are set; never a secret or a target's URL."""
    found = delivery_settings(environment)
    for fault in (*found.faults, *_targets(found)):
        yield CheckResult("delivery", PROBLEM, f"delivery.{fault.says}", fault.operands)
    listed = list(found.targets)
    if found.smtp is not None and not found.faults:
        yield from _mail_server(found.smtp)
    if found.smtp is not None:
        listed = [f"{EMAIL} ({found.smtp.host}:{found.smtp.port}, {found.smtp.security})", *listed]
    if listed:
        yield CheckResult("delivery", OK, "delivery", {"danh_sach": ", ".join(listed)})
    elif not found.faults:
        yield CheckResult("delivery", OK, "delivery_none")


def _mail_server(settings: SmtpSettings) -> Iterator[CheckResult]:
    """Tries to log in to the mail server, so that nobody waits in vain for a mail."""
    from runtime.mail.channels import Undelivered
    from runtime.mail.smtp import SmtpChannel

    patient = replace(settings, timeout=min(settings.timeout, KNOCK_TIMEOUT))
    try:
        SmtpChannel(patient).knock()
    except Undelivered as error:
        says = "delivery.no_entry" if error.trouble == "setup" else "delivery.unreachable"
        where = {"noi": f"{settings.host}:{settings.port}", "ly_do": error.said.rstrip(" .")}
        yield CheckResult("delivery", PROBLEM, says, where)


def _targets(found: DeliverySettings) -> Iterator[SettingsFault]:
    """Targets that apprise would not know how to send to."""
    if found.targets and not is_installed():
        yield SettingsFault("no_apprise")
    elif found.targets:
        yield from (
            SettingsFault("bad_target", {"ten": name})
            for name, url in found.targets.items()
            if not is_target(url)
        )


OF_DATABASE: tuple[Callable[[Reading, Options, Mapping[str, str]], Iterator[CheckResult]], ...] = (
    _database,
    _server,
    _durability,
    _integrity,
    _file,
    _private,
    _left,
    _papers,
    _delivery,
)


# -- an office -------------------------------------------------------------------------------------------


def _sandbox(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    if acting.row.sandbox:
        reached = local_time(acting.row.clock, acting.zone) if acting.row.clock else None
        yield CheckResult("sandbox", OK, "sandbox", {"gio": reached})
    else:
        yield CheckResult("sandbox", OK, "real", {"gio": acting.row.started_on})


def _clock(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """Whether the machine's clock can be right; raises what a sweep raises."""
    acting.check_clock(ahead=True)
    yield CheckResult("clock", OK, "clock")


def _log(acting: Acting, reading: Reading) -> Iterator[CheckResult]:
    """Compares every log's head with the number of its entries, verifies the newest log in full, and holds
    every row against the logs."""
    heads = reading.heads(acting.office)
    for head in heads:
        if head.size != head.entries:
            operands = {"nam": head.log, "n": head.size, "m": head.entries}
            yield CheckResult("log", PROBLEM, "heads_differ", operands)
    if not heads:
        yield CheckResult("log", WARNING, "log_none")
        return
    year = heads[-1].log
    found = verify(acting.database, acting.office, year)
    wrong = (*found.faults, *rows_verified(acting.database, acting.office).faults)
    if not wrong:
        yield CheckResult("log", OK, "log", {"nam": year, "n": sum(log.size for log in found.logs)})
        return
    faults = tuple(str(fault) for fault in wrong)
    yield CheckResult(
        "log", PROBLEM, "log_bad", {"nam": year, "ly_do": faults[0].rstrip(".")}, details=faults
    )


def _ledger(acting: Acting, reading: Reading) -> Iterator[CheckResult]:
    """Whether created = fired + cancelled + pending, and every fired row has its entry in the log."""
    created, fired, cancelled, pending, logged = reading.ledger(acting.office)
    if created == fired + cancelled + pending and fired == logged:
        operands = {"n": created, "m": fired, "so": cancelled, "gia_tri": pending}
        yield CheckResult("ledger", OK, "ledger", operands)
    else:
        yield CheckResult("ledger", PROBLEM, "ledger_off", {"n": created, "m": fired, "so": logged})


def _ticking(acting: Acting, reading: Reading) -> Iterator[CheckResult]:
    """Whether somebody sweeps: how long the oldest row is due that has not fired."""
    since = reading.waiting(acting.office, now=acting.now).due_since
    if since is None or acting.now - since <= LATE:
        yield CheckResult("ticking", OK, "ticking")
    else:
        yield CheckResult("ticking", WARNING, "not_ticking", _since(acting, since))


def _since(acting: Acting, since: datetime) -> dict[str, object]:
    hours = int((acting.now - since).total_seconds() // 3600)
    return {"gio": local_time(since, acting.zone), "n": hours}


def _incidents(acting: Acting, reading: Reading) -> Iterator[CheckResult]:
    """The office's open incidents."""
    found = reading.incidents(acting.office)
    if not found:
        yield CheckResult("incidents", OK, "incidents_none")
        return
    listed = ", ".join(f"{one.id} ({ref})" if (ref := _ref(acting, one)) else one.id for one in found)
    details = tuple(f"{one.id}: {one.code}, {one.detail}" for one in found)
    yield CheckResult(
        "incidents", PROBLEM, "incidents", {"n": len(found), "danh_sach": listed}, details=details
    )


def _ref(acting: Acting, incident: Incident) -> str:
    """The item of an incident as people read it; empty for one of the whole office."""
    if incident.ref is None or incident.year is None:
        return ""
    return acting.ref(Key(acting.office, incident.year, incident.ref))


def _outbox(acting: Acting, reading: Reading) -> Iterator[CheckResult]:
    """How long the oldest message waits that is not sent, for whatever reason."""
    since = reading.waiting(acting.office, now=acting.now).unsent_since
    if since is None or acting.now - since <= UNSENT:
        yield CheckResult("outbox", OK, "outbox")
    else:
        yield CheckResult("outbox", WARNING, "outbox_waits", _since(acting, since))


def _notices(acting: Acting, reading: Reading) -> Iterator[CheckResult]:
    """Messages that failed: those that are tried again, and those that were given up."""
    found = reading.outbox(acting.office)
    if found.failed:
        operands = {"n": found.failed, "ly_do": str(found.error).rstrip(".")}
        yield CheckResult("notices", WARNING, "messages_failing", operands)
    if found.dead:
        yield CheckResult("notices", WARNING, "messages_dead", {"n": found.dead})
    if not found.failed and not found.dead:
        yield CheckResult("notices", OK, "notices")


def _contacts(acting: Acting, reading: Reading) -> Iterator[CheckResult]:
    """Contacts over channels that are not set: their notices wait."""
    channels = delivery_settings(acting.environment).channels
    contacts = reading.contacts(acting.office)
    unset = [f"{one.account} ({one.channel})" for one in contacts if one.channel not in channels]
    if unset:
        yield CheckResult("contacts", WARNING, "delivery_unset", {"danh_sach": ", ".join(unset)})


def _stored(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """Whether every version that the office ever adopted can be read: items may still run on old ones."""
    broken = []
    for stored in acting.stored_definitions:
        try:
            from_json(stored.intact)
        except Exception:
            broken.append(f"{stored.kind}/{stored.name}/{stored.version}")
    if broken:
        yield CheckResult("stored_definitions", PROBLEM, "stored_broken", {"danh_sach": ", ".join(broken)})
    else:
        yield CheckResult("stored_definitions", OK, "stored", {"n": len(acting.stored_definitions)})


def _files(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """Each mistake in the office's own files with its place, before somebody tries to adopt them."""
    known = seeds(Path(definitions_directory(acting.options, acting.environment)))
    own = [seed for seed in known if seed.own and seed == newest(known, seed.kind, seed.name)]
    for remark in remarks(read_file(seed.path) for seed in own):
        if remark.severity == "error":
            place = {"noi": f"{remark.path}:{remark.line}", "ly_do": remark.message}
            yield CheckResult("definition_files", PROBLEM, "file_mistake", place)


def _calendars(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """Whether the calendars of this year and the next, which deadlines reach, are final."""
    calendar, this = acting.setting.calendar, acting.today.year
    years = sorted({this, this + 1})
    provisional = [str(year) for year in years if calendar.provisional(year)]
    if provisional:
        listed = {"danh_sach": ", ".join(provisional)}
        yield CheckResult("calendars", WARNING, "calendars_provisional", listed)
    else:
        yield CheckResult("calendars", OK, "calendars", {"danh_sach": calendar.version})


def _rules(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    pack = acting.setting.rules
    name = f"{pack.name}/{pack.version}"
    by, says, status = pack.review_by, "rules", OK
    if by is not None and by < acting.today:
        says, status = "rules_past", WARNING
    elif by is not None and by - acting.today <= REVIEW_NEAR:
        says, status = "rules_near", WARNING
    yield CheckResult("rules_review", status, says, {"ref": name, "gio": by})
    unsure = tuple(_unsure(pack, acting.words))
    status, says = (WARNING, "rules_unsure") if unsure else (OK, "rules_sure")
    yield CheckResult("rules_values", status, says, {"ref": name, "n": len(unsure)}, details=unsure)


def _policy(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """The lengths of terms and the usual days that the policy is not sure of."""
    policy, words = acting.setting.policy, acting.words
    terms = (
        f"{term.conf}: {words.of(term.label)}{f': {term.within}' if term.within else ''}"
        for term in policy.terms
        if term.conf not in (None, SURE)
    )
    usual = (
        f"{days.conf}: {days.kind} {days.quarter}: {days.source}"
        for days in policy.usual
        if days.conf != SURE
    )
    unsure = (*terms, *usual)
    status, says = (WARNING, "policy_unsure") if unsure else (OK, "policy_sure")
    yield CheckResult("policy_values", status, says, {"ref": policy.label, "n": len(unsure)}, details=unsure)


def _unsure(pack: RulePack, words: Words) -> Iterator[str]:
    """Every value of the pack that is not sure: the quorum, the base salaries, of each title its vote, terms,
    ways, conditions and pay, and which papers are asked for. What gives a sure way gives its terms too."""
    if pack.quorum_conf != SURE:
        part, whole = pack.quorum
        yield f"{pack.quorum_conf}: {words('text.quorum')}: {part}/{whole}; {pack.quorum_cite}"
    for salary in pack.base_salary:
        if salary.conf != SURE:
            yield f"{salary.conf}: {words('text.base_salary')}: {dotted(salary.amount)}; {salary.cite}"
    if (highest := pack.one_title_paid) is not None and highest.conf != SURE:
        yield f"{highest.conf}: {words('text.one_title_paid')}; {highest.cite}"
    of_titles = ((words.of(title.label), title.asking) for title in pack.titles)
    for label, asked in ((words("text.asking"), pack.asking), *of_titles):
        if asked is not None and asked.conf != SURE:
            yield f"{asked.conf}: {label}: {', '.join(asked.pauses)}; {asked.cite}"
    for title in pack.titles:
        label = words.of(title.label)
        if title.conf != SURE:
            sure = title.ways and all(way.conf == SURE for way in title.ways.values())
            terms = () if sure else (f"{name} {span}" for name, span in title.terms.items())
            cite = (pack.vote_cite if title.vote else None) or title.cite
            said = "; ".join((words.of(vote_text(title.vote)), *terms, cite))
            yield f"{title.conf}: {label}: {said}"
        for type, way in title.ways.items():
            named = pack.type(type)
            of = f" ({words.of(named.label)})" if named else ""
            if way.conf != SURE:
                said = words.of(way_text(way, pack))
                yield f"{way.conf}: {label}{of}: {said}; {way.cite or title.cite}"
        for condition in title.conditions:
            if condition.conf != SURE:
                said = words.of(condition_text(condition, pack))
                yield f"{condition.conf}: {label}: {said}; {condition.cite}"
        for pay in title.pays:
            if pay.conf != SURE:
                kinds = ", ".join(words(f"nominee_kind.{kind}") for kind in pay.nominees)
                of = f" ({kinds})" if kinds else ""
                yield f"{pay.conf}: {label}{of}: {words('text.k', k=k_text(pay.k))}; {pay.cite}"
    for kind in pack.papers:
        for use in kind.of:
            if use.conf != SURE:
                titles = (words.of(one.label) for id in use.titles if (one := pack.title(id)))
                yield f"{use.conf}: {words.of(kind.label)}: {', '.join(titles)}"


def _usual_days(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """The usual days that the deadline sheet offers from, which are practice and the office's to change."""
    policy = acting.setting.policy
    unsure = [days for days in policy.usual if days.conf != SURE]
    details = tuple(
        f"{days.conf}: {days.kind}, {days.quarter}: {_month_day(days.first)} - {_month_day(days.last)}"
        f" ({days.source})"
        for days in unsure
    )
    says = "usual_days" if unsure else "usual_days_none"
    yield CheckResult("usual_days", OK, says, {"ref": policy.label, "n": len(unsure)}, details=details)


def _month_day(day: tuple[int, int]) -> str:
    month, number = day
    return f"{number:02}/{month:02}"


def _roles(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """What the linter says of the office as it runs: roles that nobody holds, levels that reach nobody …"""
    running = [from_json(stored.intact) for stored in acting.definitions.values()]
    found = lint_office(acting.directory, definitions=running, relations=roles_of_relations())
    if not found:
        yield CheckResult("roles", OK, "roles")
        return
    status = PROBLEM if any(finding.severity == "error" for finding in found) else WARNING
    yield CheckResult("roles", status, "roles_lack", {"danh_sach": listed([each.message for each in found])})


def _sample(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """The sample bodies and accounts: right in a sandbox, a warning in a real office."""
    sample = acting.directory.sample
    if not sample:
        yield CheckResult("sample", OK, "sample_none")
        return
    status = OK if acting.row.sandbox else WARNING
    yield CheckResult("sample", status, "sample", {"danh_sach": ", ".join(sample)})


def _definitions(acting: Acting, _reading: Reading) -> Iterator[CheckResult]:
    """The office's own files that are newer than the versions that its database runs, and shipped ones of the
    same number with another text, which change nothing by themselves."""
    known = seeds(Path(definitions_directory(acting.options, acting.environment)))
    newer = []
    for (kind, name), stored in acting.definitions.items():
        seed = newest(known, kind, name)
        if seed is not None and seed.own and seed.version > stored.version:
            newer.append(f"{kind}/{name}/{seed.version}")
    if newer:
        yield CheckResult("definitions", WARNING, "definitions_newer", {"danh_sach": ", ".join(newer)})
    else:
        yield CheckResult("definitions", OK, "definitions")
    running = {(kind, name, one.version): one.digest for (kind, name), one in acting.definitions.items()}
    other = [
        f"{seed.kind}/{seed.name}/{seed.version} ({seed.path})"
        for seed in known
        if seed.kind in SHIPPED_WHOLE and not seed.own
        if running.get((seed.kind, seed.name, seed.version)) not in (None, shipped_digest(seed))
    ]
    if other:
        own = definitions_directory(acting.options, acting.environment)
        told = {"danh_sach": ", ".join(other), "noi": own}
        yield CheckResult("shipped_definitions", WARNING, "definitions_shipped", told)


OF_OFFICE: tuple[Callable[[Acting, Reading], Iterator[CheckResult]], ...] = (
    _sandbox,
    _clock,
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
    _policy,
    _usual_days,
    _roles,
    _sample,
    _definitions,
)
