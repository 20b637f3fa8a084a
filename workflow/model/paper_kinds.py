"""Which papers a dossier consists of: kinds that the rule pack names, by title, type and path."""

# No postponed annotations: as texts each field's would be compiled at every start.

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from workflow.model.text import Text
from workflow.model.ways import Confidence, way_of

if TYPE_CHECKING:  # a rule pack is made of these kinds
    from workflow.model.definition import RulePack
    from workflow.model.dossiers import Dossier

Maker = Literal["village", "body", "commune"]
MAKERS = ("village", "body", "commune")


class PaperUse(NamedTuple):
    """For which `titles` a kind of paper is asked for; `types` narrow it where a title is a form, the `path`
    does of any. `made_by` says whose paper it is, `form` how a text numbers its form; what is not `needed`
    may be there."""

    titles: tuple[str, ...]
    made_by: Maker
    conf: Confidence
    types: tuple[str, ...] = ()
    path: str | None = None
    form: str | None = None
    needed: bool = True
    cite: str | None = None

    def fits(self, title: str, *, type: str, path: str) -> bool:
        return title in self.titles and (not self.types or type in self.types) and self.path in (None, path)


class PaperKind(NamedTuple):
    """A kind of paper, `to_trinh`, with its uses; without any it is asked for with no dossier, and may be
    there with every one."""

    id: str
    label: Text
    of: tuple[PaperUse, ...] = ()


class AskedPaper(NamedTuple):
    """A kind of paper as one dossier is asked for it."""

    id: str
    label: Text
    use: PaperUse

    @property
    def from_outside(self) -> bool:
        """Whether whoever nominates brings it, so that the dossier is not complete without it."""
        return self.use.needed and self.use.made_by != "commune"

    @property
    def blocks(self) -> bool:
        """Whether it is sure enough to refuse a dossier that lacks it; what is not is asked for."""
        return self.from_outside and self.use.conf != "L"


def papers_asked(
    kinds: Iterable[PaperKind], titles: Collection[str], *, type: str, path: str
) -> tuple[AskedPaper, ...]:
    """The kinds of papers of a dossier with lines of these titles, in the pack's order.

    Of a kind the use that needs it goes before one that does not."""
    of = (
        (kind, [use for use in kind.of if any(use.fits(title, type=type, path=path) for title in titles)])
        for kind in kinds
    )
    return tuple(
        AskedPaper(kind.id, kind.label, max(fitting, key=lambda use: use.needed))
        for kind, fitting in of
        if fitting
    )


def papers_of(dossier: "Dossier", pack: "RulePack") -> tuple[AskedPaper, ...]:
    """What the dossier is asked for."""
    path = way_of(dossier, pack).path
    return papers_asked(pack.papers, dossier.titles, type=dossier.type, path=path)


def lacking(dossier: "Dossier", pack: "RulePack") -> tuple[AskedPaper, ...]:
    """What is needed from outside and is not there."""
    there = dossier.kinds_there
    return tuple(paper for paper in papers_of(dossier, pack) if paper.from_outside and paper.id not in there)
