"""The subjects: what kinds of items there are, how each is referred to, how accounts stand to its items.

Light, since looking asks it. Details and relations of a subject stand in a module beside this one; its rules
are gathered in `workflow.services.procedures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflow.model import dossiers, tasks
from workflow.model.roles import Relation


class Subject(NamedTuple):
    """`letter` and at least so many `digits` make a reference: `T07`, `D0042`."""

    id: str
    letter: str
    digits: int
    relations: Mapping[str, Relation]

    def ref(self, number: int) -> str:
        return f"{self.letter}{number:0{self.digits}}"


class Subjects:
    """Subjects in the order in which lists show their items. Immutable."""

    __slots__ = ("_by_id", "_by_letter", "pattern")

    def __init__(self, *subjects: Subject) -> None:
        self._by_id = {subject.id: subject for subject in subjects}
        self._by_letter = {subject.letter: subject for subject in subjects}
        self.pattern = f"[{''.join(letter + letter.lower() for letter in self._by_letter)}]"
        """What one of their letters matches, typed in either case."""

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._by_id.values())

    def __getitem__(self, id: str) -> Subject:
        return self._by_id[id]

    def of(self, ref: str) -> Subject | None:
        """The subject of a reference; None where no subject has its letter."""
        return self._by_letter.get(ref[:1])

    def order(self, ref: str) -> tuple[int, int]:
        """Where a list puts the reference: by subject, then by number."""
        return list(self._by_letter).index(ref[0]), int(ref[1:])

    def read(self, text: str) -> str | None:
        """The reference that was typed, in full: `t7` is `T07`. None where it is none."""
        match = re.fullmatch(rf"({self.pattern})0*(\d{{1,6}})", text)
        subject = self.of(match[1].upper()) if match else None
        return subject.ref(int(match[2])) if match and subject else None


TASK = Subject("task", "T", 2, tasks.RELATIONS)
DOSSIER = Subject("dossier", "D", 4, dossiers.RELATIONS)
SUBJECTS = Subjects(TASK, DOSSIER)
