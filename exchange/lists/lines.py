"""One row of a list as lines: the nominee once, and a line for each title that is proposed.

What a cell says is read by `names`, `births`, `amounts`, `persons` and `proposals`; here stands which cell
says what, and what is told of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from exchange.lists import amounts, persons
from exchange.lists.births import day_in
from exchange.lists.columns import Column, Field
from exchange.lists.initiatives import initiative, initiative_in_note
from exchange.lists.names import ReadName, is_body, is_in_old_code, other_place, read_name, spelling_key
from exchange.lists.posts import position as position_of
from exchange.lists.posts import position_and_unit
from exchange.lists.proposals import CROSSES, KIND_NAMES, SHOWN, Proposed
from exchange.lists.row_births import row_birth
from exchange.lists.row_cells import RowCells, Table
from exchange.lists.rows import Entry
from exchange.lists.sentences import SENTENCES, filled
from exchange.lists.values import Finding, Initiative, Kind, Line
from exchange.sheets.workbook import Cell
from workflow.model.definition import Text
from workflow.model.wording import fold, shorten

NAMES = frozenset({"nfd", "nbsp", "spaces", "line_break", "zero_width"})
"""What tidies a name: nobody needs it of a row that must be written anew."""
FAMILY_NAME, GIVEN_NAME = re.compile(r"ho|.*\bdem"), re.compile(r"ten(?: dem| goi)?|dem")
"""Titles of columns that hold a part of a name each."""


@dataclass(slots=True)
class Nominee:
    """An entry as its lines, with what was found in its row."""

    entry: Entry
    lines: list[Line]
    findings: list[Finding] = field(default_factory=list)

    @property
    def first(self) -> Line:
        return self.lines[0]


def read_nominee(entry: Entry, table: Table) -> Nominee:
    """Without a line where the cell of the name holds no name, which is told."""
    return _Reading(entry, table).nominee()


class _Reading(RowCells):
    """One entry on the way to its lines."""

    def __init__(self, entry: Entry, table: Table) -> None:
        super().__init__(entry, table)
        self.named, self.column = self._name_cell()

    def nominee(self) -> Nominee:
        cell, column = self.named, self.column
        name = read_name(cell.text, cell.written)
        if not any(letter.isalpha() for letter in name.name) or cell.kind in ("error", "uncalculated"):
            if not self.tell_broken(cell):
                self.tell("unclear_name", cell, text=shorten(cell.text, SHOWN))
            return Nominee(self.entry, [], self.findings)
        if is_in_old_code(name.name):
            self.tell("old_font", cell)
        self._tell_name(cell, name)
        kind = self._kind(name, column)
        proposed = self.table.proposals.of(self.entry, kind, self.tell) or (self._untitled(cell),)
        said = self._said(name, kind)
        lines = [self._line(kind, said, each) for each in proposed]
        failed = self.cell("failed")
        if failed is not None and fold(failed.text) in CROSSES:
            self.tell("not_reached", failed)
            lines = [replace(line, ask=SENTENCES["not_reached"].say) for line in lines]
        return Nominee(self.entry, lines, self.findings)

    # Name and kind

    def _name_cell(self) -> tuple[Cell, Column]:
        """The first column of names that holds one; `Họ và tên đệm` goes on with `Tên`, and a heading over
        two columns with both."""
        columns = [column for column in self.heading.all("name") if column.at in self.entry.cells]
        first = columns[0]
        cell = self.entry.cells[first.at]
        further = [column for column in columns[1:] if column.heading == first.heading]
        if FAMILY_NAME.fullmatch(fold(first.heading)):
            further = [column for column in columns[1:] if GIVEN_NAME.fullmatch(fold(column.heading))]
        if further:
            text = " ".join(self.entry.text(column.at).strip() for column in (first, *further))
            cell = replace(cell, text=text, written=text)
        return cell, first

    def _tell_name(self, cell: Cell, name: ReadName) -> None:
        for code in name.mended:
            self.tell(code, cell)
        if word := other_place(name.name):
            self.tell("tone_place", cell, word=word, other=spelling_key(word).capitalize())

    def _kind(self, name: ReadName, column: Column) -> Kind:
        said = persons.kind_named(self.text("kind")) or self.entry.group.kind or name.kind
        if said:
            return said
        heading = fold(column.heading)
        if "chu ho" in heading or heading.startswith("ho gia dinh"):
            return "household"
        if is_body(name.name) or heading in ("ten tap the", "tap the") or not self._is_of_names(column):
            return "collective"
        kinds = {kind for title in self.table.default for kind in self._kinds_for(title)}
        by_title = cast("Kind", next(iter(kinds))) if len(kinds) == 1 else None
        return self.table.kind or by_title or "person"

    def _is_of_names(self, column: Column) -> bool:
        """Whether a column may hold persons: one of villages or of offices does not."""
        return any(word in fold(column.heading) for word in ("ho", "ten", "nguoi", "ca nhan"))

    def _kinds_for(self, title: str) -> tuple[str, ...]:
        known = self.table.titles.by_id.get(title)
        return known.nominees if known else ()

    # Titles

    def _untitled(self, cell: Cell) -> Proposed:
        self.tell("no_title", cell)
        return Proposed(None, None, "", NO_TITLE)

    def _line(self, kind: Kind, said: Mapping[str, Any], proposed: Proposed) -> Line:
        title, ask = proposed.title, proposed.ask
        known = self.table.titles.by_id.get(title or "")
        if known and kind not in known.nominees:
            wrong = {"title": known.label, "kind": KIND_NAMES[kind]}
            self.tell("title_not_for", proposed.cell or self.named, **wrong)
            ask = filled(SENTENCES["title_not_for"].say, **wrong)
        return Line(
            kind=kind,
            title=title,
            level=known.level if known else None,
            title_cell=proposed.cell.place if proposed.cell else None,
            title_text=proposed.text or None,
            ask=ask,
            **said,
        )

    # What else the row says

    def _said(self, name: ReadName, kind: Kind) -> Mapping[str, Any]:
        """What all lines of the row have: the fields of `Line` but for kind and title."""
        position, unit = self._post()
        birth, sex = row_birth(self)
        people, ldtt, cstdcs = self._members(kind)
        rating_cell, score_cell = self.cell("rating", "own_rating"), self.cell("score", "own_score")
        opinion_cell = self.cell("opinion")
        note = "; ".join(filter(None, (self.text("note"), name.aside))) or None
        category = self.text("category")
        return {
            "sheet": self.table.sheet.name,
            "row": self.entry.row,
            "name": name.name,
            "name_cell": self.named.place,
            "stt": self.entry.stt,
            "position": position,
            "unit": unit or self.entry.group.unit,
            "born": birth,
            "female": self._female(name, sex, kind),
            "rating": persons.rating(self._rating(rating_cell)) if rating_cell else None,
            "expected": rating_cell is not None and persons.is_expected(rating_cell.text),
            "rating_cell": rating_cell.place if rating_cell else None,
            "initiative": self._initiative(note or ""),
            "score": self._score(score_cell),
            "score_cell": score_cell.place if score_cell else None,
            "people": people,
            "ldtt": ldtt,
            "cstdcs": cstdcs,
            "disciplined": self._count("disciplined"),
            "not_completed": self._count("not_completed"),
            "months": self._count("months"),
            "opinion": self._opinion(opinion_cell),
            "opinion_cell": opinion_cell.place if opinion_cell else None,
            "achievement": self.text("achievement") or None,
            "amount": self._amount(),
            "category": persons.category(category) if category else None,
            "earlier": self.text("earlier") or (persons.earlier_in_note(note) if note else None),
            "note": note,
        }

    def _post(self) -> tuple[str | None, str | None]:
        both = self.text("post")
        position, unit = position_and_unit(both) if both else (None, None)
        return position_of(self.text("position")) or position, self.text("unit") or unit

    def _female(self, name: ReadName, born: bool | None, kind: Kind) -> bool | None:
        if born is not None:
            return born
        # `Họ và tên` may stand over a column for men and one for women.
        own = self.column.heading.rpartition(" – ")[2]
        said = persons.female(self.text("sex", "salutation") or own)
        if said is not None:
            return said
        column = self.heading.first("female") or self.heading.first("male")
        if column is None or kind == "collective":
            return name.female
        marked = fold(self.entry.text(column.at)) not in NO_MARKS
        return marked if column.field == "female" else not marked

    def _members(self, kind: Kind) -> tuple[int | None, int | None, int | None]:
        """How many belong to it, and how many of them hold the two titles: `5/8 đạt LĐTT` may be a remark."""
        people, ldtt, cstdcs = self._count("people"), self._held("ldtt", kind), self._held("cstdcs", kind)
        if kind == "collective" and ldtt is None and "ldtt" in fold(self.text("note")):
            shared = amounts.share(self.text("note"))
            if shared:
                return people or shared[1], shared[0], cstdcs
        return people, ldtt, cstdcs

    def _held(self, title: Literal["ldtt", "cstdcs"], kind: Kind) -> int | None:
        """How many members hold a title, by a column that counts them or one of crosses that holds a
        number."""
        for column in self.heading.all("mark"):
            cell = self.entry.cell(column.at)
            if column.title == title and cell and self.table.proposals.counts(column, cell, kind):
                return amounts.whole(cell)
        return self._count(title)

    def _count(self, name: Field) -> int | None:
        cell = self.cell(name)
        if cell is None or self.tell_broken(cell) or fold(cell.text) in ("-", "–"):
            return None
        number = 0 if fold(cell.text) in ("khong", "khong co") else amounts.whole(cell)
        if number is None:
            self.tell("unclear_number", cell, text=shorten(cell.text, SHOWN))
        return number

    def _score(self, cell: Cell | None) -> float | None:
        if cell is None or self.tell_broken(cell):
            return None
        score = amounts.points(cell)
        if score is None:
            self.tell("unclear_number", cell, text=shorten(cell.text, SHOWN))
        return score

    def _amount(self) -> int | None:
        cell = self.cell("amount")
        if cell is None or self.tell_broken(cell):
            return None
        column = self.heading.first("amount")
        amount = amounts.money(cell, amounts.scale_in(column.heading) if column else 1)
        if amount is None and any(letter.isdigit() for letter in cell.text):
            self.tell("unclear_number", cell, text=shorten(cell.text, SHOWN))
        return amount

    def _opinion(self, cell: Cell | None) -> str | None:
        """As written; Excel makes a day of `5/8`."""
        if cell is None or self.tell_broken(cell):
            return None
        if cell.day is None:
            return self._share(cell)
        # Whichever of the two a program took for the month, no more agreed than were asked.
        share = "/".join(map(str, sorted((cell.day.day, cell.day.month))))
        self.tell("date_for_share", cell, text=cell.text, share=share)
        return share

    def _share(self, cell: Cell) -> str:
        """Votes or a percentage; a bare number in a column of percentages is one."""
        text = " ".join(cell.text.split())
        if cell.kind in ("number", "percent"):
            text = text.replace(".", ",")
        columns = [column.heading for column in self.heading.all("opinion") if column.at == cell.column]
        if cell.kind == "number" and any("%" in heading for heading in columns):
            text += "%"
        votes = amounts.share(text)
        if votes and votes[0] > votes[1]:
            self.tell("opinion_over", cell, text=shorten(text, SHOWN))
        return text

    def _rating(self, cell: Cell) -> str:
        if (
            not self.tell_broken(cell)
            and persons.rating(cell.text) is None
            and fold(cell.text) not in NO_MARKS
        ):
            self.tell("rating_unknown", cell, text=shorten(cell.text, SHOWN))
        return cell.text

    def _initiative(self, note: str) -> Initiative | None:
        paper, day = self.cell("initiative_paper"), self.cell("initiative_date")
        read = initiative(
            self.text("initiative"),
            paper.text if paper else "",
            (day.day or day_in(day.text, self.table.today)) if day else None,
            self.table.today,
        )
        if read is None or read.number is None:
            noted = initiative_in_note(note, self.table.today)
            read = noted._replace(name=read.name if read else noted.name) if noted else read
        if read and read.number and read.date is None:
            cell = paper or self.cell("note", "initiative")
            if cell is not None:
                self.tell("date_missing", cell, number=read.number)
        return read


NO_MARKS = frozenset({"", "-", "–", "0", "khong", "k"})
NO_TITLE = Text("chưa ghi danh hiệu đề nghị", "no title is proposed")


def without_names(findings: list[Finding]) -> Iterator[Finding]:
    """The findings of a row: where one is an error the row is written anew, whatever blanks a name has."""
    wrong = any(each.severity == "error" for each in findings)
    return (each for each in findings if not (wrong and each.code in NAMES))
