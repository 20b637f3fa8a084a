"""A session of the council as a simulation holds it: one morning, everybody who may votes in favour.

Says what is done and who may not do it; `runtime.simulate.people` finds somebody and does it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from workflow.model.definition import Office, RulePack
from workflow.model.dossiers import Nominee

BOARD = 3
OPENED, VOTED, CLOSED = "08:00", "08:30", "10:00"


class Sat(NamedTuple):
    """An event of the session with its inputs, and the persons who leave it to somebody else."""

    event: str
    words: Mapping[str, str]
    barred: frozenset[str] = frozenset()


class Sitting(NamedTuple):
    """Who sits about the lines of the dossier `ref`: the members in the room, of whom one presides."""

    office: Office
    ref: str
    lines: tuple[Nominee, ...]
    members: tuple[str, ...]
    presiding: str

    def events(self, rules: RulePack, today: date) -> Iterator[Sat]:
        """All events after its making, in their order."""
        day = today.isoformat()
        yield Sat("agenda_add", {"dossiers": self.ref})
        when = {"invitation_no": "01/GM-MP", "invitation_on": day, "date": day}
        yield Sat("call", {**when, "at": OPENED, "place": "Mô phỏng"})
        there = {"present": ",".join(self.members), "presiding": self.presiding}
        yield Sat("open", {"at": OPENED, **there})
        for line in self.lines:
            for member in self._own([line], self.members):
                yield Sat("recuse", {"lines": self._refs([line]), "member": member, "why": "named"})
        secret = [line for line in self.lines if self._secret(rules, line)]
        if secret:
            yield Sat("board", {"members": ",".join(self._tellers(secret))})
        titles = sorted(self.lines, key=lambda line: line.title)
        for title, group in groupby(titles, key=lambda line: line.title):
            yield Sat("vote_open", {"title": title, "at": VOTED})
            yield from self._counted(tuple(group), by_slips=title in {line.title for line in secret})
        yield from (Sat("conclude", {"lines": self._refs(own)}, barred) for own, barred in self._parted())
        yield Sat("close", {"at": CLOSED})
        signers = {"signers": ",".join(self._signers())}
        yield Sat("minute", {"paper_date": day, **signers, **({"sheet": "seen"} if secret else {})})

    def _counted(self, lines: Sequence[Nominee], *, by_slips: bool) -> Iterator[Sat]:
        for own, barred in self._parted(lines):
            counts = ";".join(f"{self._refs([line])}:for={self._voting(line)},against=0" for line in own)
            yield Sat("count" if by_slips else "show_hands", {"counts": counts}, barred)
            if by_slips:
                yield Sat("check_count", {"lines": self._refs(own)}, barred)

    def _parted(
        self, lines: Sequence[Nominee] | None = None
    ) -> Iterator[tuple[tuple[Nominee, ...], frozenset[str]]]:
        """The lines of nobody who acts together, each other one alone: nobody writes down the own."""
        lines = self.lines if lines is None else lines
        if of_others := tuple(line for line in lines if line.account is None):
            yield of_others, frozenset()
        for line in lines:
            if line.account is not None:
                yield (line,), self.office.people([line.account])

    def _voting(self, line: Nominee) -> int:
        own = self.office.people([line.account] if line.account else [])
        return len(self.office.people(self.members) - own)

    def _own(self, lines: Iterable[Nominee], accounts: Iterable[str]) -> list[str]:
        persons = self.office.people(line.account for line in lines if line.account)
        return [id for id in accounts if self.office.person(id) in persons]

    def _refs(self, lines: Iterable[Nominee]) -> str:
        return ",".join(f"{self.ref}/{line.no}" for line in lines)

    def _secret(self, rules: RulePack, line: Nominee) -> bool:
        title = rules.title(line.title)
        return title is not None and title.vote is not None and title.vote.secret

    def _tellers(self, lines: Iterable[Nominee]) -> list[str]:
        barred = {self.presiding, *self._own(lines, self.members)}
        return [id for id in self.members if id not in barred][-BOARD:]

    def _signers(self) -> list[str]:
        return [id for role in ("secretary", "chair", "vice_chair") for id in self.office.holding(role)]
