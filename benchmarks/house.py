"""The office that is measured: founded and filled through the real door, and an endless round of events.

A round is submit, review, approve, extend and return of one task, then submit and return of one dossier: five
people, typed inputs, free texts, guards, locks, a new round of deadlines, terms that end, pause and begin, a
notice, and all stands where it stood.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from runtime.acts import advance as acts
from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest
from runtime.acts.founding import found
from runtime.acts.import_plan import import_plan
from runtime.acts.open_dossier import open_dossier
from runtime.office.results import Result
from runtime.office.settings import Options
from storage.database import file_system_of
from workflow.model.context import Actor
from workflow.model.plan import PlanReading
from workflow.services.import_plan import row_of

OFFICE, YEAR, NOW = "diem-he", 2026, "2026-01-05"
FIRST_COPY, COPIES = 19, 100
DOSSIERS, DOSSIERS_OF = 5, "T17"
COPIED = ("T15", "T16", "T17")
"""Tasks of the shipped plan that are due with the year and pass through the council; none whose approval
opens a list of expected dossiers, which happens once and not in every round."""
DUE = date(2026, 12, 31)
IN_MEMORY = frozenset({"tmpfs", "ramfs"})


@dataclass(frozen=True, slots=True)
class Step:
    """An event of the round with what it comes to, which the bare loops write without deciding it: the terms
    whose rows end (with the reason) and stand still from then on, and those that begin; `rules` are doubts
    that are set aside."""

    event: str
    actor: str
    role: str
    source: str
    target: str
    owner: str
    texts: tuple[tuple[str, str], ...] = ()
    machine: str = "plan_task/1"
    ends: tuple[tuple[str, str], ...] = ()
    pauses: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


ROUND = (
    Step("submit", "chuyen-vien", "officer", "drafted", "submitted", "thuong-truc"),
    Step(
        "review",
        "thuong-truc",
        "standing_member",
        "submitted",
        "reviewed",
        "chu-tich",
        (("opinion", "Nhất trí với đề nghị, đủ điều kiện trình phê duyệt."),),
    ),
    Step("approve", "chu-tich", "chair", "reviewed", "approved", "chuyen-vien"),
    Step(
        "extend",
        "chu-tich",
        "chair",
        "approved",
        "approved",
        "chuyen-vien",
        (("reason", "Chờ hướng dẫn của cấp trên."),),
    ),
    Step(
        "return",
        "chu-tich",
        "chair",
        "approved",
        "drafted",
        "chuyen-vien",
        (("reason", "Bổ sung số liệu của các thôn."),),
    ),
)
"""Five events; after them a task is in preparation again, due a day later."""

DOSSIER_ROUND = (
    Step(
        "submit",
        "thon-1",
        "representative",
        "returned",
        "submitted",
        "chuyen-vien",
        machine="nomination_dossier/1",
        ends=(("supplement", "ended"),),
        begins=("check",),
        rules=("papers_missing",),
    ),
    Step(
        "return",
        "thu-ky",
        "secretary",
        "submitted",
        "returned",
        "thon-1",
        (("missing", "Báo cáo thành tích"), ("reason", "Bản đã nộp chưa có xác nhận.")),
        machine="nomination_dossier/1",
        ends=(("check", "ended"),),
        begins=("supplement",),
    ),
)
"""Two events of a dossier that was returned before; the second one tells its body by a notice."""
EVENTS = len(ROUND) + len(DOSSIER_ROUND)

REFS = tuple(sorted(f"T{number}" for number in range(FIRST_COPY, FIRST_COPY + COPIES)))
"""The copied tasks in the order in which a command locks them."""
DOSSIER_REFS = tuple(f"D{number:04}" for number in range(1, DOSSIERS + 1))


def until(round: int) -> date:
    """The date to which a task's round, counted from 0, extends it."""
    return DUE + timedelta(days=round + 1)


def words_of(step: Step, round: int) -> Mapping[str, str]:
    """The inputs of a step as a person types them."""
    words = dict(step.texts)
    if step.event == "extend":
        return {**words, "until": until(round).isoformat()}
    return {**words, "until": DUE.isoformat()} if "missing" in words else words


def open_house(url: str, *, journal_mode: str = "DELETE") -> Acting:
    """The office with a hundred copied tasks and the dossiers of the round, open for acting."""
    acting = open_office(url, copied=COPIED, copies=COPIES, journal_mode=journal_mode)
    for ref in DOSSIER_REFS:
        _open_dossier(acting, ref)
    return acting


def open_office(url: str, *, copied: tuple[str, ...], copies: int, journal_mode: str = "DELETE") -> Acting:
    """A new sandbox at the URL: the shipped plan and copies of its tasks, imported; open for acting."""
    found(Options(db=url, now=NOW), {}, sandbox=True)
    acting = Acting(Options(db=url), {}, journal_mode=journal_mode)
    rows = {item.key.ref: row_of(item) for item in acting.tasks(YEAR)}
    shipped = [row for row in rows.values() if row is not None]
    models = [row for ref in copied if (row := rows[ref]) is not None]
    made = [
        replace(models[number % len(models)], number=number)
        for number in range(FIRST_COPY, FIRST_COPY + copies)
    ]
    reading = PlanReading(year=YEAR, title="", tasks=(*shipped, *made), problems=(), unknown_bodies=())
    import_plan(acting, reading, document="0" * 64, role=None)
    return acting


def _open_dossier(acting: Acting, ref: str) -> None:
    """A dossier of two nominees that was submitted and returned once, as every round finds and leaves it."""
    acting.actor = Actor("thon-1")
    made = open_dossier(acting, DOSSIERS_OF, body="thon-1", title="gk", type="cong_trang")
    adding = [EventRequest("add", {"kind": "person", "name": name}, confirmed=True) for name in ("A", "B")]
    lines = [acts.advance(acting, [ref], each) for each in adding]
    if made.ref != ref or not all(result.done for line in lines for result in line):
        raise RuntimeError(f"{ref} could not be made: {made}, {lines}")
    advance_dossier(acting, ref)


def advance(acting: Acting, refs: tuple[str, ...], step: Step, round: int) -> list[Result]:
    """One command through the engine; every one of its items must move."""
    acting.actor = Actor(step.actor)
    results = acts.advance(acting, refs, EventRequest(step.event, words_of(step, round), confirmed=True))
    wrong = [result for result in results if not result.done]
    if wrong:
        raise RuntimeError(f"{step.event} did not move {wrong[0]}")
    return results


def advance_round(acting: Acting, refs: tuple[str, ...], round: int) -> None:
    """Every event of the round, a command each."""
    for step in ROUND:
        advance(acting, refs, step, round)


def advance_dossier(acting: Acting, ref: str) -> None:
    """Every event of the dossier's round, a command each."""
    for step in DOSSIER_ROUND:
        advance(acting, (ref,), step, 0)


def turn_of(turn: int) -> tuple[str, int, str]:
    """The task, its round and the dossier of a turn: tasks and dossiers take turns."""
    return REFS[turn % len(REFS)], turn // len(REFS), DOSSIER_REFS[turn % len(DOSSIER_REFS)]


def work_folder() -> Path:
    """A folder on a real disk, where a commit has something to wait for."""
    for parent in (Path(tempfile.gettempdir()), Path.home(), Path.cwd()):
        if file_system_of(parent) not in IN_MEMORY:
            return parent
    raise RuntimeError("every folder here is kept in memory; set TMPDIR to one on a disk")
