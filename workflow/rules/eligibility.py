"""Whether the lines of a dossier meet what their titles ask: met, not met, or not known enough.

Pure: what is known of each line (`Known`), of the list that it stands in (`Listed`) and the rule packs come
in as values, gathered at once for all lines. Each answer says what was looked at and what would settle it;
the judges of the single checks stand in `workflow.rules.conditions`. Nothing is refused here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from workflow.model.conditions import Condition
from workflow.model.definition import RulePack
from workflow.rules.conditions import JUDGES
from workflow.rules.known import Known, Listed, Said, Verdict

WARNINGS = ("cap",)
"""The checks of what is the whole list's: a line is warned of them and fails by none."""


class Answer(NamedTuple):
    """What one condition comes to for a line. `asked`: it fails, but is not sure enough to refuse."""

    condition: Condition
    verdict: Verdict
    looked: tuple[Said, ...]
    settles: Said | None
    asked: bool = False

    @property
    def warns(self) -> bool:
        return self.condition.check in WARNINGS

    @property
    def bars(self) -> bool:
        """Whether it keeps the line from being taken as an exception."""
        return self.verdict == "not_met" and not self.condition.override


class Assessment(NamedTuple):
    """What the conditions of its title come to for a line. `pack` is the one whose conditions these are,
    where another than the line's own is the more favourable: `commune-2026-10/1`."""

    no: int
    title: str
    answers: tuple[Answer, ...]
    pack: str | None = None

    @property
    def verdict(self) -> Verdict:
        """The worst of its answers; what nothing is asked of meets it."""
        verdicts = {answer.verdict for answer in self.answers if not answer.warns}
        return next((worst for worst in ("not_met", "no_info") if worst in verdicts), "met")

    @property
    def warnings(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.warns and answer.verdict != "met")

    @property
    def barring(self) -> tuple[Answer, ...]:
        return tuple(answer for answer in self.answers if answer.bars)

    @property
    def clear(self) -> bool:
        """Whether all is met and nothing is warned of, so that many such lines are appraised at once."""
        return self.verdict == "met" and not self.warnings


def assess(known: Known, listed: Listed, packs: Sequence[RulePack]) -> Assessment:
    """The line by the first pack, which is the dossier's own; by the first of the others, which hold where
    they are more favourable, that it meets and the own one it does not."""
    own, *others = packs
    found = _by_pack(known, listed, own)
    if found.verdict == "met":
        return found
    better = (_by_pack(known, listed, pack)._replace(pack=label(pack)) for pack in others)
    return next((each for each in better if each.verdict == "met"), found)


def label(pack: RulePack) -> str:
    return f"{pack.name}/{pack.version}"


def packs_for(own: RulePack, laws: Iterable[RulePack], today: date) -> tuple[RulePack, ...]:
    """The pack of a dossier, and those since then that also hold for it where they are more favourable."""
    later = (pack for pack in laws if own.effective_from < pack.effective_from <= today)
    return (own, *(pack for pack in later if pack.more_favourable))


def _by_pack(known: Known, listed: Listed, pack: RulePack) -> Assessment:
    line, title = known.line, pack.title(known.line.title)
    asked = title.conditions_of(listed.type, line.kind) if title else ()
    answers = tuple(_answer(condition, known, listed, pack) for condition in asked)
    return Assessment(line.no, line.title, answers)


def _answer(condition: Condition, known: Known, listed: Listed, pack: RulePack) -> Answer:
    judged = JUDGES[condition.check](condition, known, listed, pack)
    asked = condition.conf == "L" and judged.verdict == "not_met"
    return Answer(condition, "no_info" if asked else judged.verdict, judged.looked, judged.settles, asked)
