"""One row of a list as lines: the nominee once, and a line for each title that is proposed.

What a cell says is read by `names`, `births`, `amounts`, `persons` and `proposals`; here stands which cell
says what, and what is told of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, cast

from exchange.lists import amounts, persons
from exchange.lists.births import Birth, day_in, has_year, read_birth
from exchange.lists.columns import Column, Field
from exchange.lists.heads import Heading
from exchange.lists.initiatives import initiative, initiative_in_note
from exchange.lists.names import ReadName, is_body, is_in_old_code, other_place, read_name, spelling_key
from exchange.lists.posts import position as position_of
from exchange.lists.posts import position_and_unit
from exchange.lists.proposals import CROSSES, KIND_NAMES, SHOWN, Proposals, Proposed
from exchange.lists.rows import Entry
from exchange.lists.sentences import SENTENCES, filled, found
from exchange.lists.titles import Titles
from exchange.lists.values import Finding, Initiative, Kind, Line
from exchange.sheets.workbook import Cell, Sheet, place
from workflow.model.definition import Text
from workflow.model.wording import LEFT_BY_OLD_CONVERTERS, fold, shorten

NAMES = frozenset({"nfd", "nbsp", "spaces", "line_break", "zero_width"})
"""What tidies a name: nobody needs it of a row that must be written anew."""
OLDEST = 110
YOUNGEST = 5
BIRTHS: tuple[tuple[Field, bool, bool | None], ...] = (
    ("born", False, None),
    ("birth_year", True, None),
    ("male_born", True, False),
    ("female_born", True, True),
    ("male", True, False),
    ("female", True, True),
)
"""Columns of births: whether of years alone, and of which sex."""
PARTS: tuple[Field, ...] = ("day_born", "month_born", "birth_year")


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


class _Reading:
    """One entry while its cells are read."""

    def __init__(self, entry: Entry, table: Table) -> None:
        self.entry = entry
        self.table = table
        self.heading = table.heading
        self.findings: list[Finding] = []
        self.cell, self.column = self._name_cell()

    def nominee(self) -> Nominee:
        cell, column = self.cell, self.column
        name = read_name(cell.text, cell.written)
        if not any(letter.isalpha() for letter in name.name) or cell.kind in ("error", "uncalculated"):
            if not self._tell_broken(cell):
                self._tell("unclear_name", cell, text=shorten(cell.text, SHOWN))
            return Nominee(self.entry, [], self.findings)
        if is_in_old_code(name.name):
            self._tell("old_font", cell)
        self._tell_name(cell, name)
        kind = self._kind(name, column)
        proposed = self.table.proposals.of(self.entry, kind, self._tell) or (self._untitled(cell),)
        said = self._said(name, kind)
        return Nominee(self.entry, [self._line(kind, said, each) for each in proposed], self.findings)

    # Name and kind

    def _name_cell(self) -> tuple[Cell, Column]:
        """The first column of names that holds one; `Họ và tên đệm` goes on with `Tên`."""
        columns = [column for column in self.heading.all("name") if column.at in self.entry.cells]
        first = columns[0]
        cell = self.entry.cells[first.at]
        if "dem" in fold(first.heading) and len(columns) > 1:
            text = f"{cell.text.strip()} {self.entry.text(columns[1].at)}"
            cell = replace(cell, text=text, written=text)
        return cell, first

    def _tell_name(self, cell: Cell, name: ReadName) -> None:
        for code in name.mended:
            self._tell(code, cell)
        if word := other_place(name.name):
            self._tell("tone_place", cell, word=word, other=spelling_key(word).capitalize())

    def _kind(self, name: ReadName, column: Column) -> Kind:
        said = persons.kind_named(self._text("kind")) or self.entry.group.kind or name.kind or self.table.kind
        if said:
            return said
        heading = fold(column.heading)
        if "chu ho" in heading or heading.startswith("ho gia dinh"):
            return "household"
        if is_body(name.name) or heading in ("ten tap the", "tap the") or not self._is_of_names(column):
            return "collective"
        kinds = {kind for title in self.table.default for kind in self._kinds_for(title)}
        return cast("Kind", next(iter(kinds))) if len(kinds) == 1 else "person"

    def _is_of_names(self, column: Column) -> bool:
        """Whether a column may hold persons: one of villages or of offices does not."""
        return any(word in fold(column.heading) for word in ("ho", "ten", "nguoi", "ca nhan"))

    def _kinds_for(self, title: str) -> tuple[str, ...]:
        known = self.table.titles.by_id.get(title)
        return known.nominees if known else ()

    # Titles

    def _untitled(self, cell: Cell) -> Proposed:
        self._tell("no_title", cell)
        return Proposed(None, None, "", NO_TITLE)

    def _line(self, kind: Kind, said: Mapping[str, Any], proposed: Proposed) -> Line:
        title, ask = proposed.title, proposed.ask
        known = self.table.titles.by_id.get(title or "")
        if known and kind not in known.nominees:
            wrong = {"title": known.label, "kind": KIND_NAMES[kind]}
            self._tell("title_not_for", proposed.cell or self.cell, **wrong)
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
        birth, sex = self._birth(kind)
        people, ldtt, cstdcs = self._members(kind)
        rating_cell, score_cell = self._cell("rating", "own_rating"), self._cell("score", "own_score")
        opinion_cell = self._cell("opinion")
        note = "; ".join(filter(None, (self._text("note"), name.aside))) or None
        category = self._text("category")
        return {
            "sheet": self.table.sheet.name,
            "row": self.entry.row,
            "name": name.name,
            "name_cell": self.cell.place,
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
            "achievement": self._text("achievement") or None,
            "amount": self._amount(),
            "category": persons.category(category) if category else None,
            "earlier": self._text("earlier") or (persons.earlier_in_note(note) if note else None),
            "note": note,
        }

    def _post(self) -> tuple[str | None, str | None]:
        both = self._text("post")
        position, unit = position_and_unit(both) if both else (None, None)
        return position_of(self._text("position")) or position, self._text("unit") or unit

    def _birth(self, kind: Kind) -> tuple[str | None, bool | None]:
        if self._cell("day_born") and self._cell("month_born"):
            return self._birth_in_parts(), None
        crossed: bool | None = None
        for name, years, sex in BIRTHS:
            cell = self._cell(name)
            if cell is None or (name in ("male", "female") and not has_year(cell)):
                continue
            if sex is not None and fold(cell.text) in CROSSES:
                crossed = sex
                continue
            if self._tell_broken(cell):
                return None, sex
            birth = read_birth(cell, self.table.sheet, year_column=years, today=self.table.today)
            return (birth.born if self._tell_birth(cell, birth) else None), sex
        return None, crossed

    def _birth_in_parts(self) -> str | None:
        """A birth whose day, month and year stand in columns of their own."""
        cells = [cell for name in PARTS if (cell := self._cell(name)) is not None]
        first, last = cells[0], cells[-1]
        text = "/".join(cell.text.strip() for cell in cells)
        whole = replace(first, kind="text", text=text, number=None, day=None)
        birth = read_birth(whole, self.table.sheet, year_column=False, today=self.table.today)
        if birth.how:
            at = f"{place(self.entry.row, first.column)}:{place(self.entry.row, last.column)}"
            shown = {"text": text, "day": birth.shown, "year": (birth.born or "")[:4]}
            self.findings.append(found(birth.how, self.table.sheet.name, at, **shown))
        return birth.born

    def _tell_birth(self, cell: Cell, birth: Birth) -> bool:
        """Answers whether it may be a nominee's."""
        if birth.how:
            shown = shorten(cell.text, SHOWN)
            self._tell(birth.how, cell, text=shown, day=birth.shown, year=(birth.born or "")[:4])
        age = self.table.today.year - int(birth.born[:4]) if birth.born else None
        odd = age is not None and not YOUNGEST <= age <= OLDEST
        if odd:
            self._tell("odd_birth", cell, year=(birth.born or "")[:4])
        return not odd

    def _female(self, name: ReadName, born: bool | None, kind: Kind) -> bool | None:
        if born is not None:
            return born
        # `Họ và tên` may stand over a column for men and one for women.
        own = self.column.heading.rpartition(" – ")[2]
        said = persons.female(self._text("sex", "salutation") or own)
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
        if kind == "collective" and ldtt is None and "ldtt" in fold(self._text("note")):
            shared = amounts.share(self._text("note"))
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
        cell = self._cell(name)
        if cell is None or self._tell_broken(cell) or fold(cell.text) in ("-", "–"):
            return None
        number = 0 if fold(cell.text) in ("khong", "khong co") else amounts.whole(cell)
        if number is None:
            self._tell("unclear_number", cell, text=shorten(cell.text, SHOWN))
        return number

    def _score(self, cell: Cell | None) -> float | None:
        if cell is None or self._tell_broken(cell):
            return None
        score = amounts.points(cell)
        if score is None:
            self._tell("unclear_number", cell, text=shorten(cell.text, SHOWN))
        return score

    def _amount(self) -> int | None:
        cell = self._cell("amount")
        if cell is None or self._tell_broken(cell):
            return None
        column = self.heading.first("amount")
        amount = amounts.money(cell, amounts.scale_in(column.heading) if column else 1)
        if amount is None and any(letter.isdigit() for letter in cell.text):
            self._tell("unclear_number", cell, text=shorten(cell.text, SHOWN))
        return amount

    def _opinion(self, cell: Cell | None) -> str | None:
        """As written; Excel makes a day of `5/8`."""
        if cell is None or self._tell_broken(cell):
            return None
        if cell.day is None:
            return self._share(cell)
        # Whichever of the two a program took for the month, no more agreed than were asked.
        share = "/".join(map(str, sorted((cell.day.day, cell.day.month))))
        self._tell("date_for_share", cell, text=cell.text, share=share)
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
            self._tell("opinion_over", cell, text=shorten(text, SHOWN))
        return text

    def _rating(self, cell: Cell) -> str:
        if (
            not self._tell_broken(cell)
            and persons.rating(cell.text) is None
            and fold(cell.text) not in NO_MARKS
        ):
            self._tell("rating_unknown", cell, text=shorten(cell.text, SHOWN))
        return cell.text

    def _initiative(self, note: str) -> Initiative | None:
        paper, day = self._cell("initiative_paper"), self._cell("initiative_date")
        read = initiative(
            self._text("initiative"),
            paper.text if paper else "",
            (day.day or day_in(day.text, self.table.today)) if day else None,
            self.table.today,
        )
        if read is None or read.number is None:
            noted = initiative_in_note(note, self.table.today)
            read = noted._replace(name=read.name if read else noted.name) if noted else read
        if read and read.number and read.date is None:
            cell = paper or self._cell("note", "initiative")
            if cell is not None:
                self._tell("date_missing", cell, number=read.number)
        return read

    # Cells

    def _cell(self, *names: Field) -> Cell | None:
        """The first filled cell of the columns."""
        columns, cells = self.heading.columns, self.entry.cells
        # A row shows nothing in most of what a heading may have: this is asked some thirty times of each.
        for name in names:
            for column in columns.get(name, ()):
                if column.at in cells:
                    return cells[column.at]
        return None

    def _text(self, *names: Field) -> str:
        """In one line; empty where nothing is written, or what is has no value."""
        cell = self._cell(*names)
        if cell is None or cell.kind in ("error", "uncalculated"):
            return ""
        text = cell.text.translate(LEFT_BY_OLD_CONVERTERS)
        if text != cell.text and not any(
            each.code == "u01a3_text" and each.cell == cell.place for each in self.findings
        ):
            self._tell("u01a3_text", cell)
        return " ".join(text.split())

    def _tell(self, code: str, cell: Cell, **operands: object) -> None:
        at = place(self.entry.row, cell.column)
        self.findings.append(found(code, self.table.sheet.name, at, **operands))

    def _tell_broken(self, cell: Cell) -> bool:
        """Tells of a cell without a value, and answers whether it is one."""
        if cell.kind == "error":
            self._tell("broken_cell", cell, text=cell.text)
        elif cell.kind == "uncalculated":
            self._tell("uncalculated", cell)
        return cell.kind in ("error", "uncalculated")


NO_MARKS = frozenset({"", "-", "–", "0", "khong", "k"})
NO_TITLE = Text("chưa ghi danh hiệu đề nghị", "no title is proposed")


def without_names(findings: list[Finding]) -> Iterator[Finding]:
    """The findings of a row: where one is an error the row is written anew, whatever blanks a name has."""
    wrong = any(each.severity == "error" for each in findings)
    return (each for each in findings if not (wrong and each.code in NAMES))
