"""What somebody was awarded, how they were rated, which initiative of theirs was recognised: records of
persons, collectives and households, the commune's own and those of other authorities before it.

Whom a record is about is told by the name *and* the birth date or the place. Who is called alike and not told
apart by these is asked about, never merged. Pure; what a title's conditions make of records is decided in
`workflow.rules`.
"""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from workflow.model.errors import UsageMistake
from workflow.model.office import Office
from workflow.model.papers import number_key
from workflow.model.wording import as_name, fold

AWARD, RATING, INITIATIVE = KINDS = ("award", "rating", "initiative")
PERSON, COLLECTIVE, HOUSEHOLD = SUBJECTS = ("person", "collective", "household")
GIVEN, POSTHUMOUS, ADJUSTED, WITHDRAWN = NATURES = ("given", "posthumous", "adjusted", "withdrawn")
MOST_NAMES = 4096
"""Names whose compared forms are kept: a list of nominees is held against ten times as many records."""


class UnknownRecord(UsageMistake):
    """There is no record {so}; look it up with tdkt history search."""

    code = "unknown_record"


class Source(NamedTuple):
    """The line of a dossier from whose award a record came by itself."""

    year: int
    ref: str
    line: int


class Achievement(NamedTuple):
    """One record. `number` is its own within the office, 0 before it is kept.

    `born` is `1985-08-15`, or as much of it as is known: `1985-08`, `1985`. `unit` is the place as written,
    `body` the one of the directory that it is. `period` is a year or a school year, `2025-2026`. `value` is
    the title or form of an award, the rating, the scope of an initiative, None where no id of ours fits;
    `words` say it as written, of an initiative its name. `decision` and `dated` are its paper, `authority`
    who decided. `share` is an author's percent of an initiative. `expected` marks a rating that is only
    foreseen. `known_on` is the day since which the office knows it. `revoked_by` is the paper that did.
    """

    number: int
    kind: str
    subject: str
    name: str
    born: str | None = None
    unit: str | None = None
    body: str | None = None
    period: str | None = None
    value: str | None = None
    words: str | None = None
    decision: str | None = None
    dated: date | None = None
    authority: str | None = None
    share: int | None = None
    nature: str = GIVEN
    expected: bool = False
    known_on: date | None = None
    revoked_on: date | None = None
    revoked_by: str | None = None
    source: Source | None = None

    @property
    def since(self) -> date | None:
        """Since when it is known: from its paper's day, else as the office has it."""
        return self.dated or self.known_on

    @property
    def stands(self) -> bool:
        """Whether it counts for somebody: what was revoked or withdrawn does not."""
        return self.stands_on(date.max)

    def stands_on(self, day: date) -> bool:
        """Whether it counted on that day, by what was known then."""
        revoked = self.revoked_on is not None and self.revoked_on <= day
        return self.nature != WITHDRAWN and not revoked and (self.since is None or self.since <= day)


class Whom(NamedTuple):
    """Whom a record or a line is about: what tells one who is called so from another.

    `place` is the body's id, else the unit's folded name behind a `~`; `heirs` are the bodies that came after
    it, so that who moved with a merged village stays the same.
    """

    subject: str
    name: str
    born: str | None = None
    place: str | None = None
    heirs: frozenset[str] = frozenset()


Likeness = Literal["same", "unsure", "unlike"]


@lru_cache(maxsize=MOST_NAMES)
def name_key(name: str) -> str:
    """By which records of a name are found, whatever its case, blanks and tone marks."""
    return fold(name)


@lru_cache(maxsize=MOST_NAMES)
def _spelled(name: str) -> str:
    return as_name(name)


def whom(
    subject: str,
    name: str,
    office: Office,
    *,
    born: str | None = None,
    unit: str | None = None,
    body: str | None = None,
) -> Whom:
    """Whom these words are about; a body counts before a unit."""
    if body is None:
        return Whom(subject, name, born, f"~{name_key(unit)}" if unit else None)
    heirs: list[str] = []
    found = office.body(body)
    while found is not None and found.succeeded_by and found.succeeded_by not in heirs:
        heirs.append(found.succeeded_by)
        found = office.body(found.succeeded_by)
    return Whom(subject, name, born, body, frozenset(heirs))


def whom_of(record: Achievement, office: Office) -> Whom:
    return whom(record.subject, record.name, office, born=record.born, unit=record.unit, body=record.body)


def likeness(one: Whom, other: Whom) -> Likeness:
    """Whether they are one. Names that differ only in tone marks are two, unless the birth date or the place
    says that it may be a slip; then it is asked."""
    if one.subject != other.subject or name_key(one.name) != name_key(other.name):
        return "unlike"
    together = _together(one, other)
    born = _born_alike(one.born, other.born)
    if _spelled(one.name) != _spelled(other.name):
        return "unsure" if born != "unlike" and (together or born == "same") else "unlike"
    if one.subject != PERSON:
        return "same" if together else "unlike" if _apart(one, other) else "unsure"
    if born != "unsure":
        return born
    return "same" if together else "unsure"


def _together(one: Whom, other: Whom) -> bool:
    if one.place is None or other.place is None:
        return False
    return one.place == other.place or one.place in other.heirs or other.place in one.heirs


def _apart(one: Whom, other: Whom) -> bool:
    """Whether their places are two, and not one that is told in two ways."""
    if one.place is None or other.place is None:
        return False
    return one.place.startswith("~") == other.place.startswith("~") and not _together(one, other)


def _born_alike(one: str | None, other: str | None) -> Likeness:
    """Whole dates are the same or not; of a year alone that fits it is not sure."""
    if one is None or other is None:
        return "unsure"
    if one == other and len(one) == len("2000-01-01"):
        return "same"
    return "unsure" if one.startswith(other) or other.startswith(one) else "unlike"


def by_name(records: Iterable[Achievement]) -> Mapping[str, tuple[Achievement, ...]]:
    """The records by the keys of their names."""
    found: dict[str, list[Achievement]] = {}
    for record in records:
        found.setdefault(name_key(record.name), []).append(record)
    return {key: tuple(those) for key, those in found.items()}


@lru_cache(maxsize=MOST_NAMES)
def _numbered(decision: str) -> str:
    return number_key(decision)


def same_record(record: Achievement) -> tuple[str | None, ...]:
    """What two records have in common that say the same of the same one: of whom, what, for when, by which
    paper."""
    said = record.value if record.kind != INITIATIVE and record.value else name_key(record.words or "")
    place = record.body or (name_key(record.unit) if record.unit else None)
    number = _numbered(record.decision) if record.decision else None
    about = (record.subject, _spelled(record.name), record.born, place)
    return (record.kind, *about, record.period, said, number, str(record.expected))


class Told(NamedTuple):
    """Records of who is called alike: `own` are surely theirs, of `asked` it is not sure."""

    own: tuple[Achievement, ...] = ()
    asked: tuple[Achievement, ...] = ()


def told_apart(records: Iterable[Achievement], about: Whom, office: Office) -> Told:
    """Which records are about `about`; those of others who are called alike are left out."""
    found: dict[Likeness, list[Achievement]] = {"same": [], "unsure": [], "unlike": []}
    for record in records:
        found[likeness(whom_of(record, office), about)].append(record)
    return Told(tuple(found["same"]), tuple(found["unsure"]))


class Somebody(NamedTuple):
    """One person, collective or household with what is known of it, oldest first."""

    whom: Whom
    records: tuple[Achievement, ...]

    @property
    def number(self) -> int:
        """By which it is chosen: the least number of its records."""
        return min(record.number for record in self.records)


def everybody(records: Iterable[Achievement], office: Office) -> tuple[Somebody, ...]:
    """The records by whom they are about, in the order of names. One that could be two people's stands alone:
    it is not merged with either."""
    people = (one for those in by_name(records).values() for one in _called_alike(those, office))
    return tuple(sorted(people, key=lambda each: (name_key(each.whom.name), each.whom.name, each.number)))


def _called_alike(records: Iterable[Achievement], office: Office) -> Iterator[Somebody]:
    found: list[tuple[Whom, list[Achievement]]] = []
    # What says most of whom it is about comes first, so that the rest finds them.
    for record in sorted(records, key=lambda each: (-len(each.born or ""), each.body is None, each.number)):
        about = whom_of(record, office)
        same = [those for known, those in found if likeness(known, about) == "same"]
        if len(same) == 1:
            same[0].append(record)
        else:
            found.append((about, [record]))
    return (Somebody(about, in_time(those)) for about, those in found)


def in_time(records: Iterable[Achievement]) -> tuple[Achievement, ...]:
    """By period, then by the day of their papers."""
    return tuple(sorted(records, key=lambda each: (each.period or "", each.dated or date.max, each.number)))


def rating_of(
    records: Sequence[Achievement], period: str | None, *, on: date = date.max
) -> Achievement | None:
    """The rating that stands for the period by what was known on the day: a final one before one that was
    only expected, the newest of two."""
    return max(
        (each for each in records if each.kind == RATING and each.period == period and each.stands_on(on)),
        key=lambda each: (not each.expected, each.since or date.min, each.number),
        default=None,
    )
