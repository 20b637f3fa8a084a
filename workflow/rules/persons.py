"""Whom a line is about, and who therefore has no part in what (flows.md §6).

That a line is somebody's who acts here, or the same one's as another line, is not believed of what words say
alone: a person confirms it, or says otherwise. `same_title` and `words` are read without locks, so these are
questions, and no reasons against what two people do at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from workflow.model.achievements import AWARD, Achievement, likeness, whom, whom_of
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.definition import Text
from workflow.model.dossiers import DescribedLine, Dossier, barred_from_confirming, period_of
from workflow.model.facts import Key
from workflow.model.recorded import Recorded, last_of
from workflow.model.registry import Guard, Params, Registry, Warned
from workflow.model.wording import as_name
from workflow.rules.appraisal import own_lines
from workflow.rules.common import account_label, acts_among, others
from workflow.rules.nominees import described, link_said, named_line, possible_accounts


def _to_ask(context: Context) -> tuple[str, ...]:
    """The accounts that the line may be about, where that is neither said nor known already."""
    line = named_line(context)
    possible = () if link_said(context) else possible_accounts(context)
    return () if line is not None and line.account in possible else possible


def _one_link(context: Context, _: Params) -> Reason | None:
    """It is said once whose line it is; where it may be several people's, it is said."""
    if {"account", "linked"} <= context.inputs.keys():
        return Reason("link_twice")
    possible = _to_ask(context)
    if len(possible) < 2:
        return None
    labels = [account for id in possible if (account := context.setting.office.account(id))]
    named = Text(
        "; ".join(f"{account.label.vi} ({account.id})" for account in labels),
        "; ".join(f"{account.label.en} ({account.id})" for account in labels),
    )
    return Reason("link_several", {"danh_sach": named, **_numbered(context)})


def _numbered(context: Context) -> dict[str, int]:
    """The number of a line that stands; one that is added has none to be known by."""
    line = named_line(context)
    return {"so": line.no} if line else {}


def _link_asked(context: Context, _: Params) -> tuple[Reason, ...]:
    """The one account that the line may be about, or the one that it stays linked to under other words."""
    possible, line = _to_ask(context), named_line(context)
    if possible:
        label = account_label(context, possible[0])
        return (Reason("link_proposed", {"chuc_vu": label, "tai_khoan": possible[0], **_numbered(context)}),)
    if line is None or line.account is None or link_said(context) or not _renamed(context, line.account):
        return ()
    return (Reason("link_stays", {"chuc_vu": account_label(context, line.account), "so": line.no}),)


def _renamed(context: Context, account: str) -> bool:
    """Whether the event gives the line other words, which do not say that it is still that account's."""
    anew = not context.inputs.keys().isdisjoint(("name", "position"))
    return anew and account not in possible_accounts(context)


def _twice(context: Context, _: Params) -> tuple[Reason, ...]:
    """The same one for the same title and period, in another line or in another dossier. Of persons the name
    tells it; of collectives and households, of whom many are called alike, their unit too."""
    line, words = named_line(context), described(context)
    if context.inputs.keys().isdisjoint(("name", "title")) or "name" not in words:
        return ()
    kind = str(context.inputs.get("kind", line.kind if line else ""))
    lines: tuple[DescribedLine, ...] = context.facts.beside.get("same_title", ())
    own = (context.item.key.year, context.item.key.ref)

    def same(other: DescribedLine) -> bool:
        if (other.year, other.ref) == own and line is not None and other.no == line.no:
            return False
        units = {as_name(unit) for unit in (words.get("unit"), other.unit) if unit}
        apart = kind != "person" and len(units) > 1
        return other.kind == kind and as_name(other.name) == as_name(words["name"]) and not apart

    return tuple(_told(context, other, here=(other.year, other.ref) == own) for other in lines if same(other))


def _told(context: Context, other: DescribedLine, *, here: bool) -> Reason:
    if here:
        return Reason("twice_here", {"so": other.no})
    key = Key(context.item.key.office, other.year, other.ref)
    return Reason("twice_elsewhere", {"so": other.no, "ref": context.setting.ref(key)})


def _awarded_before(context: Context, _: Params) -> tuple[Reason, ...]:
    """Who received the title for the period already, as far as the records tell; who may be another of that
    name is asked about too. What came of a dossier here is told as a line of that."""
    line, words = named_line(context), described(context)
    if context.inputs.keys().isdisjoint(("name", "title", "born")) or "name" not in words:
        return ()
    dossier, office = Dossier.of(context.item), context.setting.office
    kind = str(context.inputs.get("kind", line.kind if line else ""))
    title = str(context.inputs.get("title", line.title if line else dossier.title))
    about = whom(
        kind, words["name"], office, born=words.get("born"), unit=words.get("unit"), body=dossier.body
    )
    records: tuple[Achievement, ...] = context.facts.beside.get("awards", ())
    same = (
        record
        for record in records
        if (record.kind, record.value, record.period) == (AWARD, title, period_of(context.item))
        and record.stands
        and record.source is None
    )
    found = next((record for record in same if likeness(whom_of(record, office), about) != "unlike"), None)
    label = context.title(title)
    if found is None or label is None:
        return ()
    paper = {"so_qd": found.decision} if found.decision else {}
    said: dict[str, Text | str | int] = {
        "danh_hieu": label.label,
        "nam": str(found.period),
        **paper,
        **_numbered(context),
    }
    return (Reason("awarded_before", said),)


# -- one person in several positions, or in somebody's place ---------------------------------------------


def _free_to_confirm(context: Context, _: Params) -> Reason | None:
    """Nobody confirms a list that it stands in, or that its own body sends; a stand-in has no more rights
    than either person."""
    barred = barred_from_confirming(context.standing)
    if not acts_among(context, barred):
        return None
    named = context.item.details.named
    rule = "conflict" if acts_among(context, named) else "own_body"
    label = account_label(context, context.actor.account)
    return Reason(rule, {"chuc_vu": label}, who_can=others(context, barred=barred))


def _not_own_undecided(context: Context, _: Params) -> Reason | None:
    """Nobody rejects the own line; what has come to its end before is nobody's."""
    own = own_lines(context, Dossier.of(context.item).standing)
    if not own:
        return None
    who = others(context, barred=frozenset(str(line.account) for line in own))
    return Reason("conflict", {"chuc_vu": account_label(context, str(own[0].account))}, who_can=who)


def _not_own_forward(context: Context, _: Params) -> Reason | None:
    """Chair and vice chair send no list to the superior that has their own line; each does the other's, and
    the officer records what is signed."""
    office, lines = context.setting.office, Dossier.of(context.item).to_award
    signing = office.holding("chair") + office.holding("vice_chair")
    own = own_lines(context, lines)
    if context.actor.capacity not in signing or not own:
        return None
    who = others(context, barred=frozenset(str(line.account) for line in own))
    label = account_label(context, str(own[0].account))
    return Reason("own_line", {"chuc_vu": label, "so": own[0].no}, who_can=who)


CONFIRMED_BY = "confirmed_by"
"""The input by which a dossier that is split off says who confirmed the appraisal of its lines before."""


def confirmed_by(recorded: Sequence[Recorded]) -> frozenset[str]:
    """Who confirmed the appraisal last, and in whose name, here or in the dossier that it was split off."""
    last = last_of(recorded, ("confirm", "split_off"))
    if last is None or last.event == "confirm":
        return last.persons if last else frozenset()
    said = last.inputs.get(CONFIRMED_BY)
    return frozenset(str(id) for id in said) if isinstance(said, list) else frozenset()


def _confirmed_by(context: Context) -> frozenset[str]:
    return confirmed_by(context.facts.beside.get("recorded", ()))


def _confirmed_by_another(context: Context, _: Params) -> Reason | None:
    """Whoever confirmed the appraisal does not approve what came of it, from whatever position."""
    confirmed = _confirmed_by(context)
    if not acts_among(context, confirmed):
        return None
    return Reason("confirmed_by_oneself", who_can=others(context, barred=confirmed))


def _signer_apart(context: Context, _: Params) -> Reason | None:
    """Whoever drafts the decision or confirmed the appraisal does not sign it."""
    signer, office = context.inputs.get("signer"), context.setting.office
    if not isinstance(signer, str):
        return None
    drafted = acts_among(context, frozenset({signer}))
    if not drafted and office.person(signer) not in office.people(_confirmed_by(context)):
        return None
    barred = office.people({*_confirmed_by(context), context.actor.account, context.actor.capacity})
    signing = office.holding("chair") + office.holding("vice_chair")
    who = tuple(id for id in signing if office.person(id) not in barred)
    rule = "signer_drafted" if drafted else "signer_confirmed"
    return Reason(rule, {"chuc_vu": account_label(context, signer)}, who_can=who)


PERSONS = Registry(
    guards=MappingProxyType(
        {
            "one_link": Guard(_one_link, needs=("words", "holders")),
            "free_to_confirm": Guard(_free_to_confirm, of_persons=True),
            "not_own_undecided": Guard(_not_own_undecided, of_persons=True),
            "not_own_forward": Guard(_not_own_forward, of_persons=True),
            "confirmed_by_another": Guard(_confirmed_by_another, needs=("recorded",), of_persons=True),
            "signer_apart": Guard(_signer_apart, needs=("recorded",)),
        }
    ),
    doubts=MappingProxyType(
        {
            "link_asked": Warned(_link_asked, needs=("words", "holders")),
            "twice": Warned(_twice, needs=("words", "same_title")),
            "awarded_before": Warned(_awarded_before, needs=("words", "awards")),
        }
    ),
)
