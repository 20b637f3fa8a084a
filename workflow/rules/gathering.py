"""From a dossier's lines, their words and the records of those names to what is known of each line.

Whom a record is about is told by `workflow.model.achievements`; here it is told which lines are about the
same one, and which persons of a list are members of a collective in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from workflow.model.achievements import (
    COLLECTIVE,
    PERSON,
    Achievement,
    Whom,
    likeness,
    name_key,
    told_apart,
    whom,
)
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.office import Office
from workflow.model.recorded import Words
from workflow.model.wording import as_name
from workflow.rules.known import Known

ByName = Mapping[str, tuple[Achievement, ...]]


class Described(NamedTuple):
    """The words of a line that tell whom it is about; without a name nothing is known of anybody."""

    name: str | None = None
    born: str | None = None
    unit: str | None = None


def described_by(words: Iterable[Words]) -> Mapping[int, Described]:
    """The lines of an item by the words that stand of them."""
    found: dict[int, dict[str, str]] = {}
    for word in words:
        if word.line and word.field in Described._fields:
            found.setdefault(word.line, {})[word.field] = word.value
    return {no: Described(**said) for no, said in found.items()}


def names_of(described: Mapping[int, Described]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said.name for said in described.values() if said.name))


class Gathering:
    """What is known of the lines of one dossier, worked out once for all of them; lives as long as a
    question."""

    def __init__(
        self, dossier: Dossier, described: Mapping[int, Described], records: ByName, office: Office
    ) -> None:
        self._described = described
        self._records = records
        self._office = office
        self._body = dossier.body
        self._whom = {line.no: self._about(line) for line in dossier.nominees}
        self._alike: dict[str, list[Nominee]] = {}
        for line in dossier.nominees:
            if (about := self._whom[line.no]) is not None:
                self._alike.setdefault(name_key(about.name), []).append(line)
        self._members = self._counted(dossier)

    def known(self, line: Nominee) -> Known:
        about = self._whom[line.no]
        if about is None:
            return Known(line)
        key = name_key(about.name)
        told = told_apart(self._records.get(key, ()), about, self._office)
        beside = tuple(
            other for other in self._alike[key] if other.no != line.no and self._same(about, other)
        )
        return Known(line, told.own, told.asked, beside, self._members_of(line, about))

    def _about(self, line: Nominee) -> Whom | None:
        said = self._described.get(line.no, Described())
        if not said.name:
            return None
        return whom(line.kind, said.name, self._office, born=said.born, unit=said.unit, body=self._body)

    def _same(self, about: Whom, other: Nominee) -> bool:
        theirs = self._whom[other.no]
        return theirs is not None and likeness(about, theirs) == "same"

    def _counted(self, dossier: Dossier) -> Mapping[str, Counter[str]]:
        """How many persons of the list each unit has, by title; a withdrawn line counts no more."""
        units: dict[str, Counter[str]] = {}
        for line in dossier.nominees:
            unit = self._described.get(line.no, Described()).unit
            if line.kind == PERSON and unit and not line.came_to_nothing:
                units.setdefault(as_name(unit), Counter())[line.title] += 1
        return units

    def _members_of(self, line: Nominee, about: Whom) -> Mapping[str, int]:
        if line.kind != COLLECTIVE:
            return MappingProxyType({})
        return self._members.get(as_name(about.name), Counter())
