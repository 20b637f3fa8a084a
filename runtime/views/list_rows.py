"""A dossier's nominees as the rows of a list that goes out: who is on it, and what each cell says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from exchange.lists.list_sheet import Cell
from exchange.lists.outgoing import Name
from runtime.office.looking import Looking
from storage.values import NomineeLine
from workflow.model.definition import AwardTitle, RulePack
from workflow.model.dossiers import CAME_TO_NOTHING, Dossier, LineFacts
from workflow.model.facts import Item
from workflow.model.office import Body
from workflow.model.wording import birth_text, date_vi, fold

SEXES: Mapping[str, str] = MappingProxyType(
    {"nu": "female", "ba": "female", "female": "female", "nam": "male", "ong": "male", "male": "male"}
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """A nominee with the titles that are proposed under the same words and facts."""

    line: NomineeLine
    titles: tuple[str, ...]
    numbers: tuple[int, ...]
    """Of its lines in the dossier."""

    @property
    def kind(self) -> str:
        return self.line.nominee.kind


@dataclass(frozen=True, slots=True)
class Goes:
    """Whom a list names; `left_out` are the numbers of lines that it does not: what came to nothing, was
    erased, or for the superior also what is being verified."""

    rows: tuple[ListRow, ...]
    left_out: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(sorted(number for row in self.rows for number in row.numbers))

    def of(self, kind: str) -> tuple[ListRow, ...]:
        return tuple(row for row in self.rows if row.kind == kind)


def goes_out(looking: Looking, item: Item, *, higher: bool) -> Goes:
    """The lines of the dossier in its order, one nominee in one row; where the list is the `higher` level's,
    one title in one row."""
    rows: dict[object, ListRow] = {}
    left_out = []
    for line in looking.reading.lines(item.key):
        nominee = line.nominee
        if line.name is None or nominee.outcome in CAME_TO_NOTHING or (higher and nominee.held):
            left_out.append(nominee.no)
            continue
        same: tuple[object, ...] = (nominee.kind, nominee.facts, *line[1:])
        # What stands twice in the dossier stands twice in the list.
        if higher or (same in rows and nominee.title in rows[same].titles):
            same = (*same, nominee.no)
        before = rows.get(same, ListRow(line, (), ()))
        titles, numbers = (*before.titles, nominee.title), (*before.numbers, nominee.no)
        rows[same] = ListRow(before.line, titles, numbers)
    return Goes(tuple(rows.values()), tuple(left_out))


@dataclass(frozen=True, slots=True)
class Written:
    """One row as it is written: in a dossier of a body, by the pack's titles, in Vietnamese words."""

    looking: Looking
    item: Item
    number: int
    row: ListRow

    @property
    def pack(self) -> RulePack:
        return self.looking.pack(self.item.rules)

    @property
    def body(self) -> Body | None:
        return self.looking.directory.body(Dossier.of(self.item).body)

    def cell(self, name: Name) -> Cell:
        return CELLS[name](self) if name in CELLS else self._known(name)

    def cells(self, names: Iterable[Name]) -> tuple[Cell, ...]:
        return tuple(self.cell(name) for name in names)

    def _known(self, name: Name) -> Cell:
        """What the line has under that name, a number as one."""
        line = self.row.line
        value = getattr(line.nominee.facts if name in LineFacts._fields else line, name)
        return value if value is None or isinstance(value, int) else str(value)

    def chosen(self, form: bool) -> Iterator[AwardTitle]:
        """The titles, or the forms."""
        found = (self.pack.title(id) for id in self.row.titles)
        return (title for title in found if title is not None and title.form == form)


def _by_sex(written: Written, key: str) -> Cell:
    """The words for a woman or a man; none where the sex was typed as something else."""
    known = SEXES.get(fold(written.row.line.sex or ""))
    return written.looking.words(f"list.{key}.{known}") if known else None


def _titles(written: Written) -> Cell:
    return "; ".join(written.looking.title(id, pack=written.item.rules) for id in written.row.titles)


def _choice(written: Written, value: str | None) -> Cell:
    return written.looking.words(f"choice.{value}") if value else None


def _rating(written: Written) -> Cell:
    facts = written.row.line.nominee.facts
    said = _choice(written, facts.rating)
    return written.looking.words("list.expected", muc=said) if said and facts.expected else said


def _number(text: str | None) -> Cell:
    """A number where the text is one: `94.5`, `5000000`."""
    try:
        return None if text is None else float(text)
    except ValueError:
        return text


def _unit(written: Written, *, village: bool) -> Cell:
    """Where somebody works or lives; of a village's people the one, of all others the other."""
    body = written.body
    return written.row.line.unit if (body is not None and body.kind == "thon") == village else None


def _initiative_on(written: Written) -> Cell:
    day = written.row.line.nominee.facts.initiative_on
    return None if day is None else date_vi(day)


CELLS: Mapping[Name, Callable[[Written], Cell]] = MappingProxyType(
    {
        "number": lambda written: written.number,
        "salutation": lambda written: _by_sex(written, "salutation"),
        "sex": lambda written: _by_sex(written, "sex"),
        "born": lambda written: birth_text(written.row.line.born) if written.row.line.born else None,
        "kind": lambda written: written.looking.words(f"nominee_kind.{written.row.kind}"),
        "category": lambda written: _choice(written, written.row.line.nominee.facts.category),
        "rating": _rating,
        "score": lambda written: _number(written.row.line.nominee.facts.score),
        "amount": lambda written: _number(written.row.line.amount),
        "initiative_on": _initiative_on,
        "title": _titles,
        "share": lambda _written: None,
        "field": lambda _written: None,
        "division": lambda written: _unit(written, village=False),
        "address": lambda written: _unit(written, village=True),
        "body": lambda written: written.body.name if written.body else None,
        "category_code": lambda written: written.row.line.nominee.facts.category,
        "form_code": lambda written: ", ".join(title.id for title in written.chosen(form=True)) or None,
        "title_code": lambda written: ", ".join(title.id for title in written.chosen(form=False)) or None,
    }
)
"""What is not simply what the line has under the column's name."""
