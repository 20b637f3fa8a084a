"""What is told of the titles of a whole list: that some are of another level, and that rows have several."""

from __future__ import annotations

from collections.abc import Sequence

from exchange.lists.dossiers import LEVELS
from exchange.lists.lines import Nominee
from exchange.lists.sentences import found
from exchange.lists.titles import Titles
from exchange.lists.values import Finding, Line
from workflow.model.definition import Text

LEVEL_NAMES = {
    "commune": Text("xã", "commune"),
    "province": Text("tỉnh", "province"),
    "government": Text("Chính phủ, Thủ tướng", "Government"),
}


def tell_titles(nominees: Sequence[Nominee], titles: Titles) -> None:
    """Tells of titles of another level than most of the list, and once of rows with several titles."""
    levels = {line.level for each in nominees for line in each.lines if line.level}
    lowest = min(levels, key=LEVELS.index, default=None)
    several = False
    for nominee in nominees:
        cells = list(dict.fromkeys(line.title_cell for line in nominee.lines if line.title_cell))
        for line in nominee.lines:
            if line.level not in (None, lowest):
                _tell_level(nominee, line, titles)
        if sum(line.title is not None for line in nominee.lines) > 1 and cells and not several:
            several = True
            nominee.findings.append(_several(nominee, cells, titles))


def _tell_level(nominee: Nominee, line: Line, titles: Titles) -> None:
    cell = line.title_cell or line.name_cell
    # One finding a cell: that it goes elsewhere also says by which name it is known.
    nominee.findings = [
        each
        for each in nominee.findings
        if not (each.cell == cell and each.code in ("title_spelling", "title_in_other_column"))
    ]
    level = LEVEL_NAMES[line.level or "commune"]
    nominee.findings.append(
        found("other_level", line.sheet, cell, title=titles.label(line.title or ""), level=level)
    )


def _several(nominee: Nominee, cells: Sequence[str], titles: Titles) -> Finding:
    labels = [titles.label(line.title) for line in nominee.lines if line.title]
    said = Text(", ".join(label.vi for label in labels), ", ".join(label.en for label in labels))
    area = cells[0] if len(cells) == 1 else f"{cells[0]}:{cells[-1]}"
    return found("two_titles", nominee.first.sheet, area, titles=said)
