"""Which paper awarded which lines of a dossier: the commune's decisions and the superior's answers.

A dossier may have several of them. What an entry records of a paper is read here for the registers and for
the records of achievements alike.
"""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from workflow.model.dossiers import Nominee
from workflow.model.facts import Plain
from workflow.model.office import Office

AWARDS = ("award_nominees", "award_lines")
ANSWERS = ("superior_outcomes", "answer_lines")
REVOCATIONS = ("revoke_nominees", "revoke_lines", "revoke_named")
"""The effects of the events that a decision, a superior's paper and an annulment have, older ones too."""
AWARDED = frozenset({"awarded_here", "awarded_higher"})
REVOKED = "revoked"


class Awarding(NamedTuple):
    """The inputs of an entry that awards; `superior`: they are the superior's answer."""

    inputs: Mapping[str, Plain]
    superior: bool

    @property
    def lines(self) -> frozenset[int]:
        """The lines that it says it awards; none where it says none."""
        values = (self.inputs.get(name) for name in ("nominee", "awarded"))
        return frozenset(
            no for value in values if isinstance(value, list) for no in value if isinstance(no, int)
        )


def was_awarded(line: Nominee) -> bool:
    return line.outcome in AWARDED or line.outcome == REVOKED


def lines_awarded(
    nominees: Iterable[Nominee], papers: Sequence[Awarding], office: Office
) -> Iterator[tuple[Nominee, ...]]:
    """The lines that each paper awards, in the order of the papers. A decision of the commune that names no
    lines awards all that no other names and its signer may sign for."""
    left = [line for line in nominees if was_awarded(line)]
    named = frozenset(no for paper in papers for no in paper.lines)
    for paper in papers:
        all_else = not paper.superior and not paper.lines
        chosen = tuple(
            line
            for line in left
            if line.no in paper.lines
            or (all_else and line.no not in named and _may_sign(paper, line, office))
        )
        left = [line for line in left if line not in chosen]
        yield chosen


def _may_sign(paper: Awarding, line: Nominee, office: Office) -> bool:
    """Nobody signs the own award."""
    signer = paper.inputs.get("signer")
    return not (signer and line.account and office.person(line.account) == office.person(str(signer)))
