"""The week's page for the Monday briefing as values, and as one HTML page that prints on a single A4 sheet.

The page stands alone: style inside, no script, nothing fetched. Words come ready from the caller; this module
knows no catalogue and no item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

WeekTone = Literal["late", "soon", "open", "waiting", "done"]

LINES = 40
"""Rows that one A4 sheet holds beside headings and sections."""
ROOMY = LINES // 2
"""Rows up to which each may take two lines."""
FAIR = 5
"""Rows that a section keeps however long the others are."""


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One item in words: `day` is the date that its section is about, `said` how it stands, `who` has it."""

    ref: str
    content: str
    day: str
    said: str
    who: str


@dataclass(frozen=True, slots=True)
class WeekSection:
    """A part of the page; `headings` are those of item, date, standing and person. It may be empty."""

    title: str
    tone: WeekTone
    headings: tuple[str, str, str, str]
    lines: tuple[WeekLine, ...]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """`mark` says that the office is a sandbox, None for a real one; `notes` explain signs.

    `none` stands in an empty section, `more` with `{n}` in one that was cut.
    """

    office: str
    title: str
    subtitle: str
    day: str
    mark: str | None
    language: Literal["vi", "en"]
    sections: tuple[WeekSection, ...]
    none: str
    more: str
    notes: tuple[str, ...] = ()


def shared_room(lengths: Sequence[int], *, lines: int = LINES, fair: int = FAIR) -> list[int]:
    """How many rows each section may show: `fair` ones each, the rest of the page to the first that needs it.

    A section that is cut gives one of its rows to the remark that says so.
    """
    rooms = [min(length, fair) for length in lengths]
    left = lines - sum(rooms)
    for at, length in enumerate(lengths):
        given = min(length - rooms[at], max(left, 0))
        rooms[at] += given
        left -= given
    return [room if room == length else room - 1 for room, length in zip(rooms, lengths, strict=True)]


STYLE = """
:root { color-scheme: light; --ink: #1c2430; --soft: #5a6676; --line: #d5dbe3; --paper: #ffffff; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem; max-width: 60rem; color: var(--ink); background: var(--paper);
  font: 14px/1.35 "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; align-items: baseline; }
h1 { margin: 0; font-size: 1.25rem; flex: 1 1 20rem; }
header p { margin: 0; color: var(--soft); }
header .subtitle { flex-basis: 100%; color: var(--ink); }
.mark { color: #8a1c1c; border: 2px solid; border-radius: .25rem; padding: 0 .5rem; font-weight: 700; }
h2 { font-size: .95rem; margin: .8rem 0 .15rem; padding-left: .4rem; border-left: 5px solid var(--tone); }
h2 small { color: var(--soft); font-weight: 400; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .12rem .4rem; border-bottom: 1px solid var(--line);
  white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
th { color: var(--soft); font-weight: 600; font-size: .85em; }
.ref { color: var(--soft); font-variant-numeric: tabular-nums; margin-right: .35rem; }
.day { width: 6.4rem; font-variant-numeric: tabular-nums; } .said { width: 20%; } .who { width: 22%; }
td div { overflow: hidden; text-overflow: ellipsis; }
.roomy td div { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2;
  white-space: normal; }
.none { margin: 0; padding-left: .6rem; color: var(--soft); }
.late { --tone: #b3261e; } .soon { --tone: #b7791f; } .open { --tone: #4a6fa5; }
.waiting { --tone: #7c6a9c; } .done { --tone: #2e7d4f; }
.late td.said { color: #b3261e; font-weight: 600; }
footer { margin-top: .6rem; color: var(--soft); font-size: .85em; }
footer p { margin: 0; }
@media (max-width: 40rem) { th, td { white-space: normal; } }
@media print {
  @page { size: A4 portrait; margin: 12mm; }
  body { padding: 0; max-width: none; font-size: 8.5pt; line-height: 1.25;
    print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h1 { font-size: 12pt; } h2 { margin: .45rem 0 .05rem; break-after: avoid; } tr { break-inside: avoid; }
  th, td { padding: .08rem .3rem; }
}
""".strip()

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def page(week: WeekPage) -> str:
    """The week as one HTML page, to be written in UTF-8. Long sections are cut so that one sheet holds it."""
    rooms = shared_room([len(section.lines) for section in week.sections])
    mark = [f'<p class="mark">{_text(week.mark)}</p>'] if week.mark else []
    notes = ["<footer>", *(f"<p>{_text(note)}</p>" for note in week.notes), "</footer>"] if week.notes else []
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{week.language}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_text(f'{week.mark} {week.title}' if week.mark else week.title)}</title>",
        f"<style>\n{STYLE}\n</style>",
        "</head>",
        '<body class="roomy">' if sum(rooms) <= ROOMY else "<body>",
        "<header>",
        f"<h1>{_text(week.title)}</h1>",
        f"<p>{_text(week.office)}</p>",
        f"<p>{_text(week.day)}</p>",
        *mark,
        f'<p class="subtitle">{_text(week.subtitle)}</p>',
        "</header>",
        *(
            line
            for section, room in zip(week.sections, rooms, strict=True)
            for line in _section(section, week, room)
        ),
        *notes,
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _text(words: str) -> str:
    return words.translate(_ESCAPED)


def _section(section: WeekSection, week: WeekPage, room: int) -> list[str]:
    number = f"<small>({len(section.lines)})</small>"
    head = [f'<section class="{section.tone}">', f"<h2>{_text(section.title)} {number}</h2>"]
    if not section.lines:
        return [*head, f'<p class="none">{_text(week.none)}</p>', "</section>"]
    hidden = len(section.lines) - room
    more = [f'<p class="none">{_text(week.more.replace("{n}", str(hidden)))}</p>'] if hidden else []
    classes = ("item", "day", "said", "who")
    headings = "".join(
        f'<th scope="col" class="{name}">{_text(heading)}</th>'
        for name, heading in zip(classes, section.headings, strict=True)
    )
    return [
        *head,
        "<table>",
        f"<thead><tr>{headings}</tr></thead>",
        "<tbody>",
        *(_line(line) for line in section.lines[:room]),
        "</tbody>",
        "</table>",
        *more,
        "</section>",
    ]


def _line(line: WeekLine) -> str:
    """What does not fit into a cell is cut by the browser; the whole text shows under the pointer."""
    item = f'<span class="ref">{_text(line.ref)}</span>{_text(line.content)}'
    cells = [f'<td class="item" title="{_text(line.content)}"><div>{item}</div></td>']
    for name, words in (("day", line.day), ("said", line.said), ("who", line.who)):
        titled = f' title="{_text(words)}"' if words else ""
        cells.append(f'<td class="{name}"{titled}><div>{_text(words)}</div></td>')
    return f"<tr>{''.join(cells)}</tr>"
