"""Lists of expected dossiers as people look at them: who owes, until when, who is silent. Looking only.

Rows and counts, no words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from runtime.office.looking import Looking
from storage.views import Row
from workflow.model.lateness import days_past
from workflow.model.roles import speaking_for
from workflow.model.substitution import stand_in_of


@dataclass(frozen=True, slots=True)
class Owed:
    """One body's dossier. `due` is an ISO date; `late` are the calendar days that its silence is past it."""

    row: Row
    due: str | None
    derived: bool
    late: int
    speakers: tuple[str, ...]

    @property
    def body(self) -> str:
        return str(self.row["body"])

    @property
    def status(self) -> str:
        return str(self.row["status"])

    @property
    def waited_for(self) -> bool:
        """Whether the body is silent and its task still takes dossiers."""
        return self.status == "silent" and bool(self.row["open"])


@dataclass(frozen=True, slots=True)
class OwedList:
    """All that is owed to one task, in the directory's order."""

    ref: str
    owed: tuple[Owed, ...]

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.owed)

    @property
    def answered(self) -> int:
        return len(self.owed) - self.count("silent")

    @property
    def silent(self) -> tuple[Owed, ...]:
        return tuple(row for row in self.owed if row.status == "silent")

    @property
    def first(self) -> Row:
        """A row of the list, for what all share: the task."""
        return self.owed[0].row


def lists_of(looking: Looking, *, ref: str | None = None) -> tuple[OwedList, ...]:
    """The year's lists in the plan's order, or the one of a task."""
    rows = looking.reading.expectations(looking.office, looking.year, ref=ref)
    place = {body.id: at for at, body in enumerate(looking.directory.bodies)}
    return tuple(
        OwedList(
            task,
            tuple(
                _owed(row, looking)
                for row in sorted(those, key=lambda row: (place.get(row["body"], len(place)), row["body"]))
            ),
        )
        for task, those in groupby(rows, key=lambda row: str(row["ref"]))
    )


def _owed(row: Row, looking: Looking) -> Owed:
    due = row["due_on"] or row["task_due"]
    return Owed(
        row=row,
        due=due,
        derived=row["due_on"] is None and row["due_mark"] == "derived",
        late=_late(row, due, looking.today),
        speakers=speaking_for(looking.directory, row["body"]),
    )


def _late(row: Row, due: str | None, today: date) -> int:
    """To the day of the answer, else to the end of the task, else to today."""
    if due is None:
        return 0
    ended = row["answered_on"] or row["closed_on"]
    return days_past(date.fromisoformat(due), date.fromisoformat(ended) if ended else today)


def answers_for(owed: Owed, account: str, looking: Looking) -> bool:
    """Whether the account speaks for the body, itself or for somebody who is absent today."""
    there = (stand_in_of(id, looking.substitutions, looking.today) for id in owed.speakers)
    return account in owed.speakers or account in there


def owed_by(looking: Looking, account: str | None) -> list[Owed]:
    """What bodies owe to open tasks and have not answered, nearest due first; with an account what it would
    answer for."""
    owed = [row for listed in lists_of(looking) for row in listed.owed if row.waited_for]
    mine = [row for row in owed if account is None or answers_for(row, account, looking)]
    return sorted(mine, key=lambda row: (row.due or "9999", row.row["ref"]))
