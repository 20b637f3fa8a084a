"""Which path a dossier goes, row by row, as the engine takes it in: title × type × ground of a shipped pack.

`python -m tests.paths` prints docs/paths.md, for whoever changes a rule pack or a guard at the door.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tests.people import OFFICER
from tests.workflow.shipped import rules
from tests.workflow.world import World
from workflow.model.decision import Decision
from workflow.model.definition import AwardTitle
from workflow.model.dossiers import Dossier
from workflow.model.ways import vote_text

HEAD = """\
# Which path a dossier goes

Made by `python -m tests.paths`, which opens a dossier of each kind; a test holds this page equal to what
came of it. Titles have no type of commendation, forms (*giấy khen*, *bằng khen*) are given by type. The
ground is one of law art. 85, on which a dossier goes by the simplified procedure; where a path has one
ground alone, that is taken. What is not a row is refused, with why. **H** from primary text · **M** one
source or strong practice · **L** practice alone; the second letter is the vote's. Everything below H is data
that an office overrides in its own rule pack. Once received, the head moves a dossier to another path with
`tdkt advance REF move_path`: to the council where there is a vote, else as the pack allows.

| title or form | type | ground | path | vote | published | decided by | conf. |
|---|---|---|---|---|---|---|---|
"""

PUBLISHED = {
    "none": "–",
    "village": "10 days in the village, before",
    "commune": "10 days by the commune, after",
}
DECIDES = {"commune": "commune", "province": "province (forwarded)", "government": "government (forwarded)"}


class Entered(NamedTuple):
    """What came of opening a dossier: the dossier, or the rules that refused it."""

    title: str
    type: str | None
    ground: str | None
    dossier: Dossier | None
    refused: tuple[str, ...] = ()


@cache
def entered() -> tuple[Entered, ...]:
    """Every title that is known, with every type and every ground, those that are left out among them."""
    pack, world = rules(), World.planned()
    return tuple(
        _opened(world, title, type, ground)
        for title in (*(each.id for each in pack.titles), *(each.id for each in pack.other_chains))
        for type in (None, *(each.id for each in pack.types))
        for ground in (None, *(each.id for each in pack.grounds))
    )


def _opened(world: World, title: str, type: str | None, ground: str | None) -> Entered:
    made = world.new_dossier(title=title, type=type, ground=ground, by=OFFICER)
    if isinstance(made, Decision):
        return Entered(title, type, ground, Dossier.of(made.item))
    return Entered(title, type, ground, None, tuple(reason.rule for reason in made.refused.reasons))


def markdown() -> str:
    pack = rules()
    elsewhere = "\n".join(f"- {other.label.vi}: *{other.refused.vi}*" for other in pack.other_chains)
    secret = "\n".join(
        f"- {ground.label.vi}: *{ground.refused.vi}*" for ground in pack.grounds if ground.refused
    )
    return f"{HEAD}{''.join(_rows())}\nNever taken in:\n\n{elsewhere}\n{secret}\n"


def _rows() -> Iterator[str]:
    told: set[Entered] = set()
    for each in entered():
        title = rules().title(each.title)
        if each.dossier is None or title is None:
            continue
        same = each._replace(ground=each.dossier.ground)
        if same not in told:
            told.add(same)
            yield f"| {' | '.join(_cells(title, each.dossier))} |\n"


def _cells(title: AwardTitle, dossier: Dossier) -> tuple[str, ...]:
    pack, way = rules(), title.way(dossier.type, dossier.ground)
    assert way is not None
    type, ground = pack.type(dossier.type), pack.ground(dossier.ground or "")
    voted = dossier.path == "council"
    return (
        title.label.vi,
        type.label.vi if type else "–",
        ground.label.vi if ground else "–",
        dossier.path or "",
        vote_text(title.vote).en if voted else "–",
        PUBLISHED[way.published],
        DECIDES[title.level],
        f"{way.conf} / {title.conf}" if voted else way.conf,
    )


if __name__ == "__main__":
    print(markdown(), end="")
