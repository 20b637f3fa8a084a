"""Tình trạng phần mềm: what waits and what failed, doctor's findings, incidents, messages that were given up,
the last backup; those who look after the office may clear, try again and back up.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from runtime.acts import incidents
from runtime.acts.acting import Acting
from runtime.acts.contacts import dead_letters, retry
from runtime.care.health import diagnose, finding_text
from runtime.care.upkeep import back_up_beside, backups_beside
from runtime.office.settings import Options
from runtime.views.incidents import incident_page
from web.desk import Desk, NotForYou
from web.doing import once, permitted
from web.failures import told
from web.replies import Page, Redirect, Reply, Shown

CHECK, BACKUP = "check", "backup"
MEGABYTE = 1_000_000
MOST_LETTERS, MOST_COPIES = 50, 10


class Finding(NamedTuple):
    """One line of doctor's report."""

    status: str
    said: str
    details: tuple[str, ...]


def show(desk: Desk) -> Reply:
    return _page(desk, "")


def _page(desk: Desk, mistake: str) -> Reply:
    looking, jobs = desk.looking, desk.console.jobs
    if jobs.newest(CHECK) is None:
        _begin_check(desk)
    checked, copied = jobs.newest(CHECK), jobs.newest(BACKUP)
    waiting = looking.reading.waiting(looking.office, now=looking.now)
    outbox = looking.reading.outbox(looking.office)
    copies = backups_beside(desk.options, desk.environment)
    words, path = looking.words, looking.reading.path
    values: dict[str, Any] = {
        "mistake": mistake,
        "findings": _findings(desk),
        "checked": checked,
        "checked_at": looking.moment(checked.begun) if checked else "",
        "check_error": told(checked.error, words) if checked and checked.failed else "",
        "figures": (
            (words("web.state.due_since"), looking.moment(waiting.due_since) if waiting.due_since else ""),
            (words("web.state.incidents"), str(waiting.incidents)),
            (words("web.state.outbox"), str(outbox.pending)),
            (words("web.state.failing"), str(outbox.failed)),
            (words("web.state.dead"), str(outbox.dead)),
            (words("web.state.trouble"), outbox.error or ""),
        ),
        "program": (
            (words("web.state.version"), _version()),
            (words("web.state.database"), "SQLite" if path else "PostgreSQL"),
            (words("web.state.place"), path or ""),
            (words("web.state.size"), _megabytes(desk, Path(path).stat().st_size) if path else ""),
        ),
        "incidents": [incident_page(looking, each) for each in looking.reading.incidents(looking.office)],
        "letters": [
            (
                looking.day(each.day),
                looking.position(each.account),
                each.channel,
                str(each.attempts),
                each.error,
            )
            for each in looking.reading.dead_messages(looking.office)[:MOST_LETTERS]
        ],
        "may_clear": desk.may("clear_incident"),
        "may_retry": desk.may("retry_notices"),
        "is_file": path is not None,
        "copied": copied,
        "copy_error": told(copied.error, words) if copied and copied.failed else "",
        "copy_said": _copy_said(desk),
        "copies": [
            (looking.moment(each.at), str(each.path), _megabytes(desk, each.size))
            for each in copies[:MOST_COPIES]
        ],
    }
    return Shown("status", values, 422 if mistake else 200)


def _version() -> str:
    try:
        return version("tdkt")
    except PackageNotFoundError:
        return "—"


def _megabytes(desk: Desk, size: int) -> str:
    figure = f"{size / MEGABYTE:.1f}"
    return f"{figure.replace('.', ',') if desk.language == 'vi' else figure} MB"


def _own(desk: Desk) -> Options:
    """The console's options, of the office that is looked at."""
    return desk.options._replace(office=desk.looking.office, actor=None)


def _begin_check(desk: Desk) -> None:
    options, environment = _own(desk), dict(desk.environment)
    desk.console.jobs.start(CHECK, lambda _job: diagnose(options, environment))


def _findings(desk: Desk) -> list[Finding]:
    """What the last check found, the worst first."""
    job = desk.console.jobs.newest(CHECK)
    if job is None or not job.over or job.failed:
        return []
    order = ("problem", "warning", "ok")
    found = sorted(job.value, key=lambda finding: order.index(finding.status))
    return [Finding(each.status, finding_text(each, desk.words), tuple(each.details)) for each in found]


def check(desk: Desk) -> Reply:
    _begin_check(desk)
    return Redirect("/status")


def _copy_said(desk: Desk) -> list[str]:
    """What the last backup of this console came to."""
    job, words = desk.console.jobs.newest(BACKUP), desk.words
    if job is None or not job.over or job.failed:
        return []
    made = job.value
    said = [
        words("message.backup_done", tep=made.path),
        words("message.backup_checked", n=made.entries, noi=made.source),
    ]
    if made.files or made.lacking:
        said.append(words("message.backup_files", n=made.files, noi=f"{made.path}.files"))
    return said + [f"{', '.join(each.refs)}: {told(each.error, words)}" for each in made.lacking]


def back_up(desk: Desk) -> Reply:
    """Begins a backup, unless one is under way. Raises NotForYou."""
    if not desk.may("clear_incident"):
        raise NotForYou(chuc_vu=desk.looking.position(desk.account) if desk.account else "—")
    options, environment, day = _own(desk), dict(desk.environment), desk.looking.today
    desk.console.jobs.start(BACKUP, lambda _job: back_up_beside(options, environment, day=day))
    return Redirect("/status")


def clear(desk: Desk) -> Reply:
    def act(acting: Acting) -> tuple[str, ...]:
        id = desk.asked.one("incident")
        role = permitted(acting, "clear_incident", what=f"“{id}”")
        cleared = incidents.clear(acting, [id], role=role, note=desk.asked.one("note") or None)
        ids = ", ".join(incident.id for incident in cleared)
        return (desk.words("message.incidents_cleared", danh_sach=ids),)

    return once(desk, act, "/status", again=lambda said: _page(desk, said))


def try_again(desk: Desk) -> Reply:
    def act(acting: Acting) -> tuple[str, ...]:
        role = permitted(acting, "retry_notices", what=desk.words("message.dead_letters"))
        revived = retry(acting, dead_letters(acting, None), role=role)
        return (desk.words("message.retry_done", n=revived),)

    return once(desk, act, "/status", again=lambda said: _page(desk, said))


PAGES = (
    Page("GET", "/status", show, part="status"),
    Page("POST", "/status/check", check, part="status"),
    Page("POST", "/status/backup", back_up, part="status"),
    Page("POST", "/status/incident", clear, part="status", acts=True),
    Page("POST", "/status/retry", try_again, part="status", acts=True),
)
