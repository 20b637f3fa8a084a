"""The ways that dossiers go: by the council's vote, by appraisal alone or by the simplified procedure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from workflow.model.text import Text

if TYPE_CHECKING:  # a rule pack is made of ways
    from workflow.model.definition import RulePack, Vote
    from workflow.model.dossiers import Dossier

Path = Literal["council", "appraisal", "simplified"]
PATHS = ("council", "appraisal", "simplified")
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


def vote_text(vote: Vote | None) -> Text:
    """A title's vote in words."""
    if vote is None:
        return Text("không biểu quyết", "no vote")
    of = {"total": Text("tổng số thành viên", "all members"), "present": Text("số có mặt", "those present")}
    how = Text("bỏ phiếu kín", "secret") if vote.secret else Text("biểu quyết công khai", "open")
    least = Text("trên", "more than") if vote.strict else Text("từ", "at least")
    base = of[vote.base]
    return Text(
        f"{least.vi} {vote.percent}% {base.vi}, {how.vi}",
        f"{least.en} {vote.percent}% of {base.en}, {how.en}",
    )


def way_text(way: Way | None, pack: RulePack) -> Text:
    """A way in words: its path, whose publication it asks for, the grounds that simplify it."""
    if way is None:
        return Text("không khen", "not given")
    said = {
        "council": [Text("Hội đồng xét", "by the council")],
        "appraisal": [Text("chỉ thẩm định", "by appraisal alone")],
        "simplified": [],
    }[way.path]
    if way.published == "village":
        said.append(Text("thôn công khai trước", "published by the village before"))
    if way.published == "commune":
        said.append(Text("xã công khai sau khi xét", "published by the commune afterwards"))
    grounds = [ground.label for id in way.grounds if (ground := pack.ground(id))]
    if grounds or way.path == "simplified":
        vi, en = ("; ".join(getattr(label, language) for label in grounds) for language in ("vi", "en"))
        said.append(Text(f"thủ tục đơn giản khi: {vi}", f"simplified on: {en}"))
    return Text(", ".join(each.vi for each in said), ", ".join(each.en for each in said))
