"""The subjects: what kinds of items there are, how each is referred to, how accounts stand to its items.

Light, since looking asks it. Details and relations of a subject stand in a module beside this one; its rules
are gathered in `workflow.services.procedures`, its tables in `storage.subjects`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflow.model import award_decisions, dossiers, session_roles, tasks
from workflow.model.roles import Relation


class Subject(NamedTuple):
    """`letter` and at least so many `digits` make a reference: `T07`, `D0042`; with `lines`, `D0042/3` is the
    item's third line. What happens to an item that `reaches` others may change these too, under their locks.
    `places` are references without a number: `NKH`."""

    id: str
    letter: str
    digits: int
    relations: Mapping[str, Relation]
    lines: bool = False
    reaches: bool = False
    places: tuple[str, ...] = ()

    def ref(self, number: int) -> str:
        return f"{self.letter}{number:0{self.digits}}"


class Subjects:
    """Subjects in the order in which lists show their items. Immutable."""

    __slots__ = ("_by_id", "_by_letter", "_by_place")

    def __init__(self, *subjects: Subject) -> None:
        self._by_id = {subject.id: subject for subject in subjects}
        self._by_letter = {subject.letter: subject for subject in subjects}
        self._by_place = {place: subject for subject in subjects for place in subject.places}

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._by_id.values())

    def __getitem__(self, id: str) -> Subject:
        return self._by_id[id]

    def of(self, ref: str) -> Subject | None:
        """The subject of a reference, typed in either case; None where no subject has its letter."""
        return self._by_place.get(ref.upper()) or self._by_letter.get(ref[:1].upper())

    def standing(self, ref: str) -> str | None:
        """The reference as a standing place bears it, typed in either case; None of what is numbered."""
        return ref.upper() if ref.upper() in self._by_place else None

    def order(self, ref: str) -> tuple[int, int]:
        """Where a list puts the item of a reference: by subject, then by number."""
        if (place := self._by_place.get(ref)) is not None:
            return [*self._by_id].index(place.id), 0
        return [*self._by_letter].index(ref[0]), int(ref[1:])


TASK = Subject("task", "T", 2, tasks.RELATIONS, places=(tasks.OFF_PLAN,))
DOSSIER = Subject("dossier", "D", 4, dossiers.RELATIONS, lines=True, reaches=True)
SESSION = Subject("session", "S", 2, session_roles.RELATIONS, lines=True, reaches=True)
AWARD_DECISION = Subject("award_decision", "Q", 2, award_decisions.RELATIONS, lines=True, reaches=True)
SUBJECTS = Subjects(TASK, DOSSIER, SESSION, AWARD_DECISION)
