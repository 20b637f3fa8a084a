"""The ways that dossiers go: by the council's vote, by appraisal alone or by the simplified procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from workflow.model.text import Text

if TYPE_CHECKING:  # a rule pack is made of ways
    from workflow.model.definition import RulePack
    from workflow.model.dossiers import Dossier

Path = Literal["council", "appraisal", "simplified"]
Confidence = Literal["H", "M", "L"]
CONFIDENCES = ("H", "M", "L")


class Way(NamedTuple):
    """How a dossier of one title, or of one type of a form of commendation, comes to its decision.

    `published` is whose publication the path asks for: the village's before the dossier, or the commune's
    after the council. `grounds` are those of article 85 on which the dossier may go by the simplified path;
    a simplified way rests on one of them.
    """

    path: Path
    conf: Confidence = "M"
    cite: str | None = None
    published: Literal["none", "village", "commune"] = "none"
    grounds: tuple[str, ...] = ()

    def on(self, ground: str | None) -> Way | None:
        """The way on a ground of article 85; None where it may not rest on this one."""
        if ground is None:
            return self
        return self._replace(path="simplified") if ground in self.grounds else None


class Ground(NamedTuple):
    """A ground of the simplified procedure (law art. 85), with why no dossier on it is `refused` entry."""

    id: str
    label: Text
    refused: Text | None = None


class OtherTitle(NamedTuple):
    """A title that people know but that another chain gives, such as the army's: why it is `refused`."""

    id: str
    label: Text
    refused: Text


def way_of(dossier: Dossier, rules: RulePack) -> Way:
    """How a dossier goes by its first title, whose path the others share; on its own path once that is fixed.

    What the pack gives no way goes by the vote, as everything did before there were ways.
    """
    title = rules.title(dossier.titles[0])
    found = title.way(dossier.type, dossier.ground) if title else None
    if found is None:
        found = Way("council" if title and title.vote else "appraisal")
    return found._replace(path=dossier.path or found.path)
