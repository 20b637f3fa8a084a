"""Lines of dossiers as papers name them: the name as it was confirmed, its position and unit, what it is
proposed for."""

from __future__ import annotations

from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.views.list_rows import SEXES
from runtime.views.papers.heads import written_out
from storage.values import NomineeLine
from workflow.model.definition import RulePack
from workflow.model.dossiers import Dossier, Nominee, period_of
from workflow.model.errors import TdktError
from workflow.model.facts import Item, Key
from workflow.model.wording import fold


class NameErased(TdktError):
    """The name of {ref} was erased, and a paper cannot do without it."""

    code = "paper_name_erased"


class ShownLine(NamedTuple):
    """`called` is the name as a sentence has it, `position` with the unit or, where neither stands, the
    body; `village` is the body alone."""

    ref: str
    name: str
    called: str
    kind: str
    position: str
    body: str
    achievement: str
    born: str
    nominee: Nominee


class Lines:
    """The lines of one year's dossiers; each dossier is read once."""

    def __init__(self, looking: Looking, year: int) -> None:
        self._looking = looking
        self._year = year
        self._dossiers: dict[str, tuple[Item, dict[int, NomineeLine]]] = {}

    def dossier(self, ref: str) -> Item:
        return self._read(ref)[0]

    def __call__(self, ref: str, no: int) -> ShownLine:
        """Raises NameErased."""
        item, lines = self._read(ref)
        line = lines[no]
        if line.name is None:
            raise NameErased(ref=f"{ref}/{no}")
        body = self._looking.directory.body(Dossier.of(item).body)
        place = [each for each in (line.position, line.unit) if each] or [body.name if body else ""]
        if line.position and not line.unit and body is not None:
            place.append(body.name)
        return ShownLine(
            ref=f"{ref}/{no}",
            name=line.name,
            called=_called(line),
            kind=line.nominee.kind,
            position=written_out(", ".join(place)),
            body=body.name if body else "",
            achievement=line.achievement or "",
            born=(line.born or "")[:4],
            nominee=line.nominee,
        )

    def words(self, ref: str, no: int) -> NomineeLine:
        """What stands of a line's words."""
        return self._read(ref)[1][no]

    def _read(self, ref: str) -> tuple[Item, dict[int, NomineeLine]]:
        if ref not in self._dossiers:
            key = Key(self._looking.office, self._year, ref)
            item = self._looking.reading.item(key)
            assert item is not None, "lines are of dossiers that stand"
            lines = {line.nominee.no: line for line in self._looking.reading.lines(key)}
            self._dossiers[ref] = item, lines
        return self._dossiers[ref]


def lines_of(looking: Looking, year: int) -> Lines:
    """Those of the year, which all papers of one page read once."""
    return looking.once("lines", str(year), lambda: Lines(looking, year))


def _called(line: NomineeLine) -> str:
    """`Bà Lộc Thị An` of a person whose sex is known, else the name."""
    sex = SEXES.get(fold(line.sex or "")) if line.nominee.kind == "person" else None
    said = {"female": "Bà", "male": "Ông"}.get(sex or "")
    return f"{said} {line.name}" if said else line.name or ""


def award_phrase(rules: RulePack, title: str) -> str:
    """`danh hiệu “Lao động tiên tiến”`; a form as it is called."""
    found = rules.title(title)
    label = written_out(found.label.vi) if found else title
    return label if found and found.form else f"danh hiệu “{label}”"


def award_text(looking: Looking, item: Item, title: str) -> str:
    """The same by the rules that the dossier goes by."""
    return award_phrase(looking.pack(item.rules), title)


def title_text(looking: Looking, item: Item, title: str) -> str:
    """`“Lao động tiên tiến”`; a form without the marks."""
    return award_text(looking, item, title).removeprefix("danh hiệu ")


def label_text(looking: Looking, item: Item, title: str) -> str:
    """`Lao động tiên tiến`."""
    return title_text(looking, item, title).strip("“”")


def period_text(item: Item) -> str:
    """The period of a dossier, as `said_period` says it."""
    return said_period(period_of(item))


def said_period(period: str) -> str:
    """`năm 2026`, `năm học 2025 - 2026`; what is said in words stands as it is said."""
    if not period[:4].isdigit():
        return period
    if "-" in period:
        first, _dash, last = period.partition("-")
        return f"năm học {first.strip()} - {last.strip()}"
    return f"năm {period}"
