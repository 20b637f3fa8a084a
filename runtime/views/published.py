"""What the office publishes for everybody: its issued decisions, how its plan goes, the heads of its logs.

Of a person there is the name, the nominating body and the title, as long as the office's file says
(`publish`), and nothing else. States are as of the record's last entry, so that the same record makes the
same pages whenever they are made; a later day only takes names away whose days are over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Literal, NamedTuple

from exchange.pages.published import (
    PublicDecision,
    PublicLine,
    PublicLog,
    PublicPlan,
    PublicQuarter,
    PublicSite,
    PublicTask,
    PublicYear,
)
from runtime.office.looking import Looking
from runtime.views.board import COUNTED, tone_of
from runtime.views.items import QUARTERS
from runtime.views.notice_list import counted, written_out
from runtime.views.register import paper_in_row
from workflow.model.award_decisions import AWARDING, IN_FORCE, OF_ANOTHER, REPLACED, REVOKED, AwardDecision
from workflow.model.days import utc_text
from workflow.model.facts import Item, Key
from workflow.model.publishing import public_name, tells_more
from workflow.model.subjects import AWARD_DECISION
from workflow.model.tasks import Task

SHOWN_MARKS = ("rectified", "amended", "replaced", "partly_revoked", "revoked")
"""What came after a decision that concerns everybody; that copies were recalled does not."""
FIXED = (
    *("skip", "pages", "decisions", "log", "intro", "decision", "decision_no", "title", "about", "state"),
    *("none", "progress", "to_log", "day", "until", "list", "no", "name", "unit", "back", "counts"),
    *("whole_year", "task", "due", "log_intro", "heads", "year", "size", "root", "head_file", "how"),
    *("how_keep", "how_export", "how_check", "how_verify", "year_sign"),
)
"""The words of the pages that say the same in every office."""


def published(looking: Looking) -> PublicSite:
    """All years, or the one that is asked for. Raises NoPlan where that has none."""
    words, today = looking.words, looking.today
    recorded = _last_entry(looking)
    seen = looking if recorded is None else looking.at(recorded)
    years = looking.plan_years if looking.options.year is None else (looking.year,)
    committee = looking.directory.body(looking.directory.committee)
    language: Literal["vi", "en"] = "vi" if words.language == "vi" else "en"
    return PublicSite(
        id=looking.office,
        office=committee.name if committee else looking.row.title,
        title=words("published.site"),
        language=language,
        mark=words("marker.sandbox") if looking.row.sandbox else None,
        recorded=words("published.recorded", gio=looking.moment(recorded)) if recorded else "",
        recorded_at=utc_text(recorded) if recorded else None,
        remarks=words("published.remarks", noi=looking.directory.contact),
        years=tuple(_decisions(seen, years, today)),
        plans=tuple(_plan(seen, year) for year in years),
        logs=tuple(
            PublicLog(head.log, head.size, head.root.hex()) for head in looking.reading.heads(looking.office)
        ),
        said={name: words(f"published.{name}") for name in FIXED},
    )


def _last_entry(looking: Looking) -> datetime | None:
    reading, office = looking.reading, looking.office
    last = (entry for log in reading.logs(office) for entry in reading.newest_entries(office, log, limit=1))
    return max((entry.at for entry in last), default=None)


# -- decisions -------------------------------------------------------------------------------------------


class Issued(NamedTuple):
    """A decision with its number and its day."""

    item: Item
    details: AwardDecision
    number: str
    on: date


def _decisions(looking: Looking, years: Sequence[int], today: date) -> Iterator[PublicYear]:
    found = (item for year in years for item in _of_year(looking, year))
    issued = [
        Issued(item, details, details.number, details.issued_on)
        for item in found
        if (details := AwardDecision.of(item)).number and details.issued_on
    ]
    issued.sort(key=lambda each: (each.on, each.item.key), reverse=True)
    for year, own in groupby(issued, key=lambda each: each.on.year):
        caption = looking.words("published.of_year", nam=year)
        yield PublicYear(caption, tuple(_decision(looking, each, today) for each in own))


def _of_year(looking: Looking, year: int) -> tuple[Item, ...]:
    return looking.reading.subject_items(AWARD_DECISION, looking.office, year)


def _decision(looking: Looking, issued: Issued, today: date) -> PublicDecision:
    details, key = issued.details, issued.item.key
    until = looking.directory.publish.last_day(issued.on)
    awards = details.kind in AWARDING and issued.item.state in IN_FORCE
    lines = _named(looking, issued) if awards and until and today <= until else []
    return PublicDecision(
        number=issued.number,
        day=looking.day(issued.on),
        title=written_out("; ".join(_title(looking, issued.item, title) for title in details.titles)),
        about=_about(looking, details, key),
        counted=counted(looking, [line.kind for line in details.standing]),
        state=_state(looking, issued),
        file=f"quyet-dinh-{key.year}-{key.ref.lower()}.html" if lines else None,
        until=looking.day(until),
        lines=tuple(lines),
        notes=tuple(_notes(looking, details, len(lines))),
    )


def _title(looking: Looking, item: Item, title: str) -> str:
    return looking.title(title, pack=item.rules)


def _about(looking: Looking, details: AwardDecision, key: Key) -> str:
    """Which decision it changes, and how."""
    if details.kind not in OF_ANOTHER or details.changes is None:
        return ""
    changed = looking.reading.item(key._replace(ref=details.changes))
    was = AwardDecision.of(changed) if changed else None
    number = paper_in_row(looking, was.number, was.issued_on) if was and was.number else ""
    return looking.words(f"published.{details.kind}", so=number)


def _state(looking: Looking, issued: Issued) -> str:
    """What came after it, by the papers that say so; else its state."""
    papers: dict[str, list[str]] = {}
    for mark in issued.details.marks:
        if mark.kind in SHOWN_MARKS:
            papers.setdefault(mark.kind, []).append(paper_in_row(looking, mark.paper, mark.on))
    said = [looking.words(f"marker.{kind}", van_ban="; ".join(each)) for kind, each in papers.items()]
    if not said or issued.item.state not in (*IN_FORCE, *papers):
        said.insert(0, looking.state(issued.item))
    return "; ".join(said)


def _named(looking: Looking, issued: Issued) -> list[PublicLine]:
    """The lines that stand in it, numbered anew as in the list for publication. A name that was erased, or
    that tells more than a name, is left out with its line."""
    key, unnamed = issued.item.key, looking.directory.publish.unnamed
    names = {
        f"{ref}/{line.nominee.no}": public_name(line.name or "")
        for ref in issued.details.dossiers
        for line in looking.reading.lines(key._replace(ref=ref))
    }
    shown = [
        (line, name)
        for line in issued.details.standing
        if line.title not in unnamed and (name := names.get(line.ref)) and not tells_more(name)
    ]
    bodies = {body.id: body.name for body in looking.directory.bodies}
    return [
        PublicLine(
            str(no), name, bodies.get(line.body, ""), written_out(_title(looking, issued.item, line.title))
        )
        for no, (line, name) in enumerate(shown, 1)
    ]


def _notes(looking: Looking, details: AwardDecision, named: int) -> Iterator[str]:
    """How many lines the list leaves out."""
    if silent := len(details.standing) - named:
        yield looking.words("published.unnamed", n=silent)
    if restated := sum(line.state == REPLACED for line in details.lines):
        yield looking.words("published.restated", n=restated)
    if annulled := sum(line.state == REVOKED for line in details.lines):
        yield looking.words("published.annulled", n=annulled)


# -- the plan --------------------------------------------------------------------------------------------


def _plan(looking: Looking, year: int) -> PublicPlan:
    """The rows of the plan's document; what came up beside it was never public."""
    words, reading, office = looking.words, looking.reading, looking.office
    rows = [(item, task) for item in reading.tasks(office, year) if not (task := Task.of(item)).arisen]
    quarters = tuple(
        PublicQuarter(
            words(f"quarter.{quarter.lower()}"),
            tuple(_task(looking, item, task) for item, task in rows if task.quarter == quarter),
        )
        for quarter in QUARTERS
    )
    tones = [(task.quarter, tone_of(looking, item)) for item, task in rows]

    def numbers(gathered: Sequence[str]) -> tuple[int, ...]:
        own = [quarter for quarter, tone in tones if tone in gathered]
        return (*(own.count(quarter) for quarter in QUARTERS), len(own))

    counts = [(words(f"board.{name}"), numbers(gathered)) for name, gathered, _tone in COUNTED]
    done, derived = counts[0][1][-1], any(_derived(item) for item, _task in rows)
    return PublicPlan(
        file=f"ke-hoach-{year}.html",
        label=words("published.plan", nam=year),
        title=next((plan.title for plan in reading.plans(office) if plan.year == year), ""),
        summary=words("published.done", n=done, m=len(rows)),
        quarters=quarters,
        counts=((words("board.total"), numbers([tone for _quarter, tone in tones])), *counts),
        notes=(words("published.derived"),) if derived else (),
    )


def _task(looking: Looking, item: Item, task: Task) -> PublicTask:
    sign = " *" if _derived(item) else ""
    return PublicTask(task.number, task.content, looking.state(item), f"{looking.day(item.due_on)}{sign}")


def _derived(item: Item) -> bool:
    """Whether nobody has approved its date yet."""
    return item.closed_on is None and item.due_mark == "derived"
