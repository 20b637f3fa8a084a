"""The pages that an office publishes for everybody, as values and as the files of a folder.

They are drawn by the templates `published_….html`, with one stylesheet beside them: no script, nothing
fetched from elsewhere. Words come ready from the caller; the same values make the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

INDEX, LOG, STYLE, HEAD = "index.html", "nhat-ky.html", "style.css", "head.json"


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line of a decision as everybody may read it; there is nothing else of a person."""

    no: str
    name: str
    unit: str
    title: str


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """An issued decision. `about` says which other one it changes, `state` what came after it. One whose
    names are published has a page, `file`, until the end of `until`; `notes` say whom its list leaves out."""

    number: str
    day: str
    title: str
    about: str
    counted: str
    state: str
    file: str | None
    until: str
    lines: tuple[PublicLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicYear:
    """The decisions of one year under their caption, the newest first."""

    caption: str
    decisions: tuple[PublicDecision, ...]


@dataclass(frozen=True, slots=True)
class PublicTask:
    """A row of the plan, without any person."""

    number: int
    content: str
    state: str
    due: str


@dataclass(frozen=True, slots=True)
class PublicQuarter:
    label: str
    tasks: tuple[PublicTask, ...]


@dataclass(frozen=True, slots=True)
class PublicPlan:
    """A year's plan. `counts` are rows of a label with a number for each quarter and one for the year."""

    file: str
    label: str
    title: str
    summary: str
    quarters: tuple[PublicQuarter, ...]
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublicLog:
    """The head of a log: how many entries it has, and the root that stands for all of them, in hex."""

    log: int
    size: int
    root: str


@dataclass(frozen=True, slots=True)
class PublicSite:
    """All that is published. `said` are fixed words by name; `recorded` tells the instant of the last entry
    in words, `recorded_at` in UTC. `mark` says that the office is a sandbox, None for a real one."""

    id: str
    office: str
    title: str
    language: Literal["vi", "en"]
    mark: str | None
    recorded: str
    recorded_at: str | None
    remarks: str
    years: tuple[PublicYear, ...]
    plans: tuple[PublicPlan, ...]
    logs: tuple[PublicLog, ...]
    said: Mapping[str, str]


def files(site: PublicSite) -> dict[str, bytes]:
    """The files of the folder by name, in UTF-8; the index is the last one, for it leads to the others."""
    return {name: content.encode() for name, content in _texts(site)}


def _texts(site: PublicSite) -> Iterator[tuple[str, str]]:
    from exchange.pages.templates import FOLDER, linked

    def page(template: str, file: str, **values: object) -> tuple[str, str]:
        return file, linked(template, STYLE, page=site, here=file, **values)

    yield STYLE, (FOLDER / "published.css").read_text(encoding="utf-8")
    yield HEAD, json.dumps(_head(site), ensure_ascii=False, indent=2) + "\n"
    for year in site.years:
        for decision in year.decisions:
            if decision.file is not None:
                yield page("published_decision", decision.file, decision=decision)
    for plan in site.plans:
        yield page("published_plan", plan.file, plan=plan)
    checking = (FOLDER / "check_log.py").read_text(encoding="utf-8")
    yield page("published_log", LOG, program=checking.partition('"""\n\n')[2], head_file=HEAD)
    yield page("published_index", INDEX, log_file=LOG)


def _head(site: PublicSite) -> dict[str, Any]:
    logs = [{"log": each.log, "size": each.size, "root": each.root} for each in site.logs]
    return {"office": site.id, "recorded_at": site.recorded_at, "tree": "RFC 6962, SHA-256", "logs": logs}
