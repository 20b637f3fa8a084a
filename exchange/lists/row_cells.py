"""The cells of one row by what their columns are for, and what is told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exchange.lists.columns import Field
from exchange.lists.heads import Heading
from exchange.lists.proposals import Proposals
from exchange.lists.rows import Entry
from exchange.lists.sentences import found
from exchange.lists.titles import Titles
from exchange.lists.values import Finding, Kind
from exchange.sheets.workbook import Cell, Sheet, place
from workflow.model.wording import LEFT_BY_OLD_CONVERTERS


@dataclass(frozen=True, slots=True)
class Table:
    """A table of nominees with what its reading needs. `default` are the titles, and `kind` the kind of
    nominee, of which the list's own heading speaks."""

    sheet: Sheet
    heading: Heading
    titles: Titles
    today: date
    default: tuple[str, ...]
    kind: Kind | None

    @property
    def proposals(self) -> Proposals:
        return Proposals(self.heading, self.titles, self.default)


class RowCells:
    """One entry while its cells are read; `findings` are what was told of them so far."""

    def __init__(self, entry: Entry, table: Table) -> None:
        self.entry = entry
        self.table = table
        self.heading = table.heading
        self.findings: list[Finding] = []

    def cell(self, *names: Field) -> Cell | None:
        """The first filled cell of the columns."""
        columns, cells = self.heading.columns, self.entry.cells
        # A row shows nothing in most of what a heading may have: this is asked some thirty times of each.
        for name in names:
            for column in columns.get(name, ()):
                if column.at in cells:
                    return cells[column.at]
        return None

    def text(self, *names: Field) -> str:
        """In one line; empty where nothing is written, or what is has no value."""
        cell = self.cell(*names)
        if cell is None or cell.kind in ("error", "uncalculated"):
            return ""
        text = cell.text.translate(LEFT_BY_OLD_CONVERTERS)
        if text != cell.text and not any(
            each.code == "u01a3_text" and each.cell == cell.place for each in self.findings
        ):
            self.tell("u01a3_text", cell)
        return " ".join(text.split())

    def tell(self, code: str, cell: Cell, **operands: object) -> None:
        at = place(self.entry.row, cell.column)
        self.findings.append(found(code, self.table.sheet.name, at, **operands))

    def tell_broken(self, cell: Cell) -> bool:
        """Tells of a cell without a value, and answers whether it is one."""
        if cell.kind == "error":
            self.tell("broken_cell", cell, text=cell.text)
        elif cell.kind == "uncalculated":
            self.tell("uncalculated", cell)
        return cell.kind in ("error", "uncalculated")
