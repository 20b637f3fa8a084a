"""The year's board as values, and as one page that a chair opens in a browser or prints on A4 across.

The page stands alone: style inside, no script, nothing fetched. Words come ready from the caller; this
module knows no catalogue and no item.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["done", "open", "soon", "late", "waiting", "cancelled"]


@dataclass(frozen=True, slots=True)
class BoardTask:
    """One task in words. `due_marks` are signs of the board's `notes`; `progress` may be empty.

    `short_due` and `brief` say the date and what is remarkable of the progress where there is little room.
    """

    ref: str
    content: str
    lead: str
    cooperating: str
    state: str
    due: str
    short_due: str
    due_marks: str
    progress: str
    brief: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class BoardQuarter:
    """A quarter under its name; it may be empty."""

    label: str
    tasks: tuple[BoardTask, ...]


@dataclass(frozen=True, slots=True)
class BoardCount:
    """How many tasks stand alike, in words."""

    label: str
    number: int
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """`mark` says that the office is a sandbox, None for a real one; `notes` explain the signs at dates.

    `headings` are those of task, lead body, state, date and progress.
    """

    office: str
    title: str
    day: str
    mark: str | None
    language: Literal["vi", "en"]
    headings: tuple[str, str, str, str, str]
    quarters: tuple[BoardQuarter, ...]
    counts: tuple[BoardCount, ...]
    notes: tuple[tuple[str, str], ...] = field(default=())


STYLE = """
:root { color-scheme: light; --ink: #1c2430; --soft: #5a6676; --line: #d5dbe3; --paper: #ffffff; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 80rem; color: var(--ink); background: var(--paper);
  font: 15px/1.45 "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; }
h1 { margin: 0; font-size: 1.35rem; flex: 1 1 24rem; text-wrap: balance; }
header p { margin: 0; color: var(--soft); }
.mark { color: #8a1c1c; border: 2px solid; border-radius: .25rem; padding: 0 .5rem; font-weight: 700; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; padding: 0; margin: 1rem 0; list-style: none; }
.counts li { border: 1px solid var(--line); border-left: 5px solid var(--tone, var(--line));
  border-radius: .25rem; padding: .2rem .7rem; }
.counts b { font-size: 1.15rem; margin-right: .35rem; }
h2 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
h2 small { color: var(--soft); font-weight: 400; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid var(--line);
  overflow-wrap: break-word; }
th { color: var(--soft); font-weight: 600; font-size: .87em; }
td:first-child { border-left: 5px solid var(--tone, var(--line)); }
.ref { color: var(--soft); font-variant-numeric: tabular-nums; margin-right: .35rem; }
.due { white-space: nowrap; font-variant-numeric: tabular-nums; }
.with { color: var(--soft); font-size: .87em; }
.state { width: 21%; } .lead { width: 19%; } .day { width: 7.5rem; } .progress { width: 17%; }
.done { --tone: #2e7d4f; } .open { --tone: #4a6fa5; } .soon { --tone: #b7791f; }
.late { --tone: #b3261e; } .waiting { --tone: #7c6a9c; } .cancelled { --tone: #9aa3ad; }
.late .said { color: #b3261e; font-weight: 700; } .soon .said { color: #8a5a12; font-weight: 600; }
.cancelled td { color: var(--soft); }
footer { margin-top: 1rem; color: var(--soft); font-size: .85rem; }
footer p { margin: .15rem 0; }
@media (max-width: 46rem) {
  body { padding: .8rem; }
  table, tbody, tr, td { display: block; width: auto; }
  thead { display: none; }
  tr { border: 1px solid var(--line); border-left: 5px solid var(--tone, var(--line)); border-radius: .25rem;
    margin: .5rem 0; padding: .3rem .6rem; }
  td, td:first-child { border: 0; padding: .1rem 0; }
  td:empty { display: none; }
  td[data-name]::before { content: attr(data-name) ": "; color: var(--soft); font-size: .87em; }
}
@media print {
  @page { size: A4 landscape; margin: 10mm; }
  body { padding: 0; max-width: none; font-size: 9.5pt; line-height: 1.3;
    print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 13pt; } h2 { margin: .5rem 0 .1rem; break-after: avoid; }
  .counts { margin: .4rem 0; } tr { break-inside: avoid; } th, td { padding: .15rem .4rem; }
}
""".strip()


# The library's `html` loads a table of all entities, which would slow the board that is only printed.
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def page(board: Board) -> str:
    """The board as one HTML page, to be written in UTF-8."""
    title = f"{board.office}: {board.title}"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{board.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(f'{board.mark} {title}' if board.mark else title)}</title>",
        f"<style>\n{STYLE}\n</style>",
        "</head>",
        "<body>",
        *_header(board),
        *(line for quarter in board.quarters for line in _quarter(quarter, board.headings)),
        *_footer(board),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _header(board: Board) -> list[str]:
    mark = [f'<p class="mark">{_text(board.mark)}</p>'] if board.mark else []
    counts = [
        f'<li class="{count.tone or "all"}"><b>{count.number}</b>{_text(count.label)}</li>'
        for count in board.counts
    ]
    return [
        "<header>",
        f"<h1>{_text(board.title)}</h1>",
        f"<p>{_text(board.office)}</p>",
        f"<p>{_text(board.day)}</p>",
        *mark,
        "</header>",
        '<ul class="counts">',
        *counts,
        "</ul>",
    ]


def _quarter(quarter: BoardQuarter, headings: tuple[str, ...]) -> list[str]:
    classes = ("task", "lead", "state", "day", "progress")
    head = "".join(
        f'<th scope="col" class="{name}">{_text(heading)}</th>'
        for name, heading in zip(classes, headings, strict=True)
    )
    return [
        "<section>",
        f"<h2>{_text(quarter.label)} <small>({len(quarter.tasks)})</small></h2>",
        "<table>",
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        *(_task(task, headings) for task in quarter.tasks),
        "</tbody>",
        "</table>",
        "</section>",
    ]


def _task(task: BoardTask, headings: tuple[str, ...]) -> str:
    """A row; on a narrow screen each cell bears its heading."""
    with_ = f'<div class="with">{_text(task.cooperating)}</div>' if task.cooperating else ""
    cells = (
        ("", "", f'<span class="ref">{_text(task.ref)}</span>{_text(task.content)}'),
        (headings[1], "", _text(task.lead) + with_),
        (headings[2], "", _text(task.state)),
        (headings[3], "due", _text(task.due) + (f" {_text(task.due_marks)}" if task.due_marks else "")),
        (headings[4], "said", _text(task.progress)),
    )
    return f'<tr class="{task.tone}">' + "".join(_cell(*cell) for cell in cells) + "</tr>"


def _cell(heading: str, name: str, inside: str) -> str:
    named = f' data-name="{_text(heading)}"' if heading and inside else ""
    classed = f' class="{name}"' if name else ""
    return f"<td{classed}{named}>{inside}</td>"


def _footer(board: Board) -> list[str]:
    if not board.notes:
        return []
    notes = [f"<p>{_text(sign)} {_text(said)}</p>" for sign, said in board.notes]
    return ["<footer>", *notes, "</footer>"]
