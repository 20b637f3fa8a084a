"""What the conditions of their titles come to for the lines of a dossier, as records and in words.

Looking only: it gathers what is known of all lines at once and asks `workflow.rules.eligibility`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.office.words import Words
from storage.achievement_views import records_of
from workflow.model.conditions import condition_text
from workflow.model.definition import RulePack
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.facts import Item
from workflow.rules.eligibility import Answer, Assessment, assess, label, packs_for
from workflow.rules.gathering import ByName, Described, Gathering, names_of
from workflow.rules.known import Listed, Said, listed_of

SIGNS = {"met": "✓", "not_met": "✗", "no_info": "?"}


class ConditionRecord(NamedTuple):
    """One condition for a line: what it asks by which text, what was looked at, and what would settle it.
    `asked`: by what is known it fails, but its text is not sure enough to refuse. `warns`: it is about the
    whole list and fails no line."""

    check: str
    text: str
    cite: str
    conf: str
    verdict: str
    override: bool
    asked: bool
    warns: bool
    looked_at: tuple[str, ...]
    settled_by: str | None


class LineConditions(NamedTuple):
    """A line with all conditions of its title; `pack` is the one that they are of."""

    ref: str
    no: int
    name: str | None
    title: str
    verdict: str
    pack: str
    conditions: tuple[ConditionRecord, ...]


class Assessed(NamedTuple):
    """The lines of a dossier as its conditions judge them, by number, with the names that stand."""

    lines: Mapping[int, Assessment]
    names: Mapping[int, str]
    packs: tuple[RulePack, ...]

    def standing(self, line: Nominee) -> Assessment | None:
        """What is still of weight: nothing of a line that came to its end, or whose title asks nothing."""
        found = None if line.final else self.lines.get(line.no)
        return found if found and found.answers else None

    def pack(self, found: Assessment) -> RulePack:
        """The pack by whose conditions the line was judged."""
        return next((pack for pack in self.packs if label(pack) == found.pack), self.packs[0])


def assessed(
    looking: Looking,
    item: Item,
    *,
    only: Collection[int] | None = None,
    changed: Callable[[ByName], ByName] = lambda records: records,
) -> Assessed:
    """All lines, or `only` some, by what is known of them now: one query for their words and one for all
    their records, which may be looked at as they will be once they are `changed`."""
    found = gathered(looking, item, changed=changed)
    lines = [line for line in Dossier.of(item).nominees if only is None or line.no in only]
    return Assessed(
        {line.no: assess(found.gathering.known(line), found.listed, found.packs) for line in lines},
        found.names,
        found.packs,
    )


class Gathered(NamedTuple):
    """All that the lines of a dossier are judged by, and the names that stand."""

    gathering: Gathering
    listed: Listed
    packs: tuple[RulePack, ...]
    names: Mapping[int, str]


def gathered(
    looking: Looking, item: Item, *, changed: Callable[[ByName], ByName] = lambda records: records
) -> Gathered:
    key, dossier = item.key, Dossier.of(item)
    lines = looking.lines(key)
    described = {line.nominee.no: Described(line.name, line.born, line.unit) for line in lines}
    records = changed(records_of(looking.reading, looking.office, names_of(described)))
    return Gathered(
        Gathering(dossier, described, records, looking.directory),
        listed_of(dossier, year=key.year, ref=key.ref),
        packs_for(looking.pack(item.rules), looking.laws, looking.today),
        {line.nominee.no: line.name for line in lines if line.name},
    )


def clear_lines(item: Item, of: Assessed, *, without: Collection[str]) -> tuple[int, ...]:
    """The lines that one act may appraise as met: all is met, nothing is warned of or being verified, nobody
    has found otherwise yet, and none is about one of the accounts."""
    return tuple(
        line.no
        for line in Dossier.of(item).standing
        if line.verdict in (None, "no_info") and not line.held and line.account not in without
        if of.lines[line.no].clear
    )


def line_conditions(looking: Looking, item: Item, found: Assessment, of: Assessed) -> LineConditions:
    pack, words = of.pack(found), looking.words
    return LineConditions(
        ref=f"{item.key.ref}/{found.no}",
        no=found.no,
        name=of.names.get(found.no),
        title=found.title,
        verdict=found.verdict,
        pack=label(pack),
        conditions=tuple(_record(answer, pack, words) for answer in found.answers),
    )


def _record(answer: Answer, pack: RulePack, words: Words) -> ConditionRecord:
    condition = answer.condition
    return ConditionRecord(
        check=condition.check,
        text=words.of(condition_text(condition, pack)),
        cite=condition.cite,
        conf=condition.conf,
        verdict=answer.verdict,
        override=condition.override,
        asked=answer.asked,
        warns=answer.warns,
        looked_at=tuple(sentence("looked", said, words) for said in answer.looked),
        settled_by=sentence("settles", answer.settles, words) if answer.settles else None,
    )


def sentence(part: str, said: Said, words: Words) -> str:
    """What was `looked` at, or what `settles` it."""
    return words(f"{part}.{said.key}", **said.operands).strip()


# -- in words --------------------------------------------------------------------------------------------


def verdict_text(looking: Looking, found: Assessment, of: Assessed) -> str:
    """How the line stands to its conditions: `Chưa đủ thông tin 2/5: …` names those that are not met."""
    words, pack = looking.words, of.pack(found)
    open_ = [answer for answer in found.answers if answer.verdict != "met" and not answer.warns]
    by = [words("line.by_pack", ten=label(pack))] if found.pack else []
    if not open_:
        return "; ".join([words("choice.met"), *by, *_warned(looking, found, pack)])
    texts = "; ".join(words.of(condition_text(answer.condition, pack)) for answer in open_)
    said = words("line.conditions_open", ket_luan=words(f"choice.{found.verdict}"), danh_sach=texts)
    return "; ".join([said, *_warned(looking, found, pack)])


def _warned(looking: Looking, found: Assessment, pack: RulePack) -> Iterator[str]:
    for answer in found.warnings:
        text = looking.words.of(condition_text(answer.condition, pack))
        yield looking.words("line.condition_warned", noi_dung=text)


def condition_lines(line: LineConditions, words: Words) -> Iterator[str]:
    """Each in a line: its sign, what it asks, what was looked at, by which text, what would settle it."""
    for each in line.conditions:
        sign = "!" if each.warns and each.verdict != "met" else SIGNS[each.verdict]
        said = [f"{sign} {_with_looked(each)}", words("line.by_text", can_cu=each.cite)]
        said += [words("line.asked")] if each.asked else []
        said += [words("line.settled_by", noi_dung=each.settled_by)] if each.settled_by else []
        said += [words("line.overridable")] if each.override and each.verdict == "not_met" else []
        yield ". ".join(said)


def _with_looked(each: ConditionRecord) -> str:
    return f"{each.text} – {'; '.join(each.looked_at)}"


def basis_of(line: LineConditions) -> str:
    """What an appraisal of one line rests on where its author says nothing else."""
    said = (f"{SIGNS[each.verdict]} {_with_looked(each)}" for each in line.conditions)
    return "; ".join((*said, *_cites([line])))


def basis_of_all(looking: Looking, lines: Sequence[LineConditions]) -> str:
    """What an appraisal of several lines rests on: by title what was asked, by which texts."""
    titles: dict[str, list[LineConditions]] = {}
    for line in lines:
        if line.conditions:
            titles.setdefault(line.title, []).append(line)
    said = []
    for title, those in titles.items():
        asked = dict.fromkeys(each.text for line in those for each in line.conditions)
        said.append(f"{looking.title(title)}: {'; '.join((*asked, *_cites(those)))}")
    return ". ".join(said)


def _cites(lines: Sequence[LineConditions]) -> tuple[str, ...]:
    """The texts on which the conditions rest, each once."""
    found = dict.fromkeys(each.cite for line in lines for each in line.conditions)
    return (f"({'; '.join(found)})",) if found else ()
