"""One judge for each check of `workflow.model.conditions`: what is looked at, and what it comes to.

What is not known is never held against a line: a title that no record tells of may have been given, so the
answer is that it is not known, with what would settle it. A judge knows nothing of how sure its condition is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from workflow.model.achievements import Achievement
from workflow.model.conditions import RATINGS, SCOPE_LABELS, SCOPES, Condition, reaches
from workflow.model.definition import RulePack
from workflow.model.dossiers import Nominee
from workflow.model.text import Text
from workflow.rules.in_a_row import rated_in_a_row, titles_in_a_row
from workflow.rules.known import (
    Judged,
    Known,
    Listed,
    Said,
    awards,
    last_year,
    papers_text,
    rating,
    rating_said,
    recognised,
    title_label,
    unsure_said,
    year_of,
    years_up_to,
)

Judge = Callable[[Condition, Known, Listed, RulePack], Judged]


def _decided(holds: bool, looked: Said, settles: Said) -> Judged:
    """What is known for good: met, or not met with what would have to change."""
    return Judged("met", (looked,)) if holds else Judged("not_met", (looked,), settles)


# -- what the list says of the line ----------------------------------------------------------------------


def _rating_at_least(condition: Condition, known: Known, listed: Listed, _: RulePack) -> Judged:
    found, least = rating(known, listed), condition.word("rating")
    if found is None:
        return Judged("no_info", (Said("no_rating", {"ky": listed.period}),), Said("rating"))
    met = reaches(found.value, least, RATINGS)
    looked = rating_said(found, listed.period)
    if found.expected:
        # What is only expected bars nobody, and is to be confirmed before the decision.
        return Judged("met" if met else "no_info", looked, Said("final_rating"))
    return Judged("met", looked) if met else Judged("not_met", looked, Said("rating_changed"))


def _months_of_work(condition: Condition, known: Known, listed: Listed, _: RulePack) -> Judged:
    """Who was rated worked long enough to be, where nothing else is said."""
    months, least = known.line.facts.months, condition.number("months")
    if months is not None:
        return _decided(months >= least, Said("months", {"n": months}), Said("months"))
    found = rating(known, listed)
    if found is None:
        return Judged("no_info", (Said("no_months"),), Said("months"))
    return Judged("met", rating_said(found, listed.period))


def _score_at_least(condition: Condition, known: Known, _l: Listed, _p: RulePack) -> Judged:
    score = known.line.facts.score
    if score is None:
        return Judged("no_info", (Said("no_score"),), Said("score"))
    said = Text(score.replace(".", ","), score)
    return _decided(
        Decimal(score) >= condition.number("score"), Said("score", {"diem": said}), Said("score_changed")
    )


def _opinion_at_least(condition: Condition, known: Known, _l: Listed, _p: RulePack) -> Judged:
    opinion = known.line.facts.opinion
    agreed, _stroke, asked = (opinion or "").partition("/")
    if not asked or int(asked) == 0:
        return Judged("no_info", (Said("no_opinion"),), Said("opinion"))
    met = 100 * int(agreed) >= condition.number("percent") * int(asked)
    return _decided(met, _share("opinion", int(agreed), int(asked)), Said("opinion"))


# -- the members of a collective -------------------------------------------------------------------------


def _share(key: str, part: int, whole: int, **operands: object) -> Said:
    """A part of a number, its percentage cut to two places so that it never seems to reach a limit."""
    cut = Decimal(10_000 * part // whole) / 100
    percent = f"{cut.normalize():f}"
    said = Text(percent.replace(".", ","), percent)
    return Said(key, {"n": part, "m": whole, "ty_le": said, **operands})


def _with_title(title: str, known: Known) -> tuple[int, bool]:
    """How many members have a title, and whether the list states it; else those of its own lines."""
    stated = getattr(known.line.facts, title, None)
    if isinstance(stated, int):
        return stated, True
    return known.members.get(title, 0), False


def _share_of_members(condition: Condition, known: Known, _: Listed, pack: RulePack) -> Judged:
    title, people = condition.word("title"), known.line.facts.people
    if not people:
        return Judged("no_info", (Said("no_people"),), Said("people"))
    having, stated = _with_title(title, known)
    looked = _share("members", having, people, danh_hieu=title_label(pack, title))
    if 100 * having >= condition.number("percent") * people:
        return Judged("met", (looked,))
    return Judged("not_met" if stated else "no_info", (looked,), Said("members"))


def _members_with(condition: Condition, known: Known, _: Listed, pack: RulePack) -> Judged:
    title = condition.word("title")
    having, stated = _with_title(title, known)
    looked = Said("having", {"n": having, "danh_hieu": title_label(pack, title)})
    if having >= condition.number("number"):
        return Judged("met", (looked,))
    return Judged("not_met" if stated else "no_info", (looked,), Said("members"))


def _all_complete(_: Condition, known: Known, _l: Listed, _p: RulePack) -> Judged:
    lacking = known.line.facts.not_completed
    if lacking is None:
        return Judged("no_info", (Said("no_not_completed"),), Said("not_completed"))
    return _decided(lacking == 0, Said("not_completed", {"n": lacking}), Said("list_changed"))


# -- what the body declares ------------------------------------------------------------------------------

_DECLARED: Mapping[str | None, Judged] = MappingProxyType(
    {
        "clean": Judged("met", (Said("clean"),)),
        "not_clean": Judged("no_info", (Said("not_clean"),), Said("whom_not_clean")),
        None: Judged("no_info", (Said("not_declared"),), Said("declared")),
    }
)


def _declared(_: Condition, _known: Known, listed: Listed, _p: RulePack) -> Judged:
    return _DECLARED[listed.declared]


def _declared_as_said(condition: Condition, known: Known, listed: Listed, pack: RulePack) -> Judged:
    """What the pack words itself stands in the body's paper, or not: whoever appraises sees it."""
    found = _declared(condition, known, listed, pack)
    return found._replace(looked=(Said("clean_of_this"),)) if found.verdict == "met" else found


def _none_disciplined(condition: Condition, known: Known, listed: Listed, pack: RulePack) -> Judged:
    """Of a collective the list may count them; else the body's declaration says it."""
    n = known.line.facts.disciplined
    if n is None:
        return _declared(condition, known, listed, pack)
    return _decided(n == 0, Said("disciplined", {"n": n}), Said("list_changed"))


def _not_under_procedure(condition: Condition, known: Known, listed: Listed, pack: RulePack) -> Judged:
    if known.line.held:
        return Judged("not_met", (Said("held"),), Said("release"))
    return _declared(condition, known, listed, pack)


def _asked(_: Condition, _known: Known, _l: Listed, _p: RulePack) -> Judged:
    return Judged("no_info", (Said("person_only"),), Said("person_only"))


# -- what somebody was awarded ---------------------------------------------------------------------------


def _title_same_period(condition: Condition, known: Known, listed: Listed, pack: RulePack) -> Judged:
    """Awarded already, or proposed beside it in the same dossier, where that has not come to nothing."""
    title = condition.word("title")
    label = title_label(pack, title)
    found = [each for each in awards(known.records, [title], listed) if each.period == listed.period]
    standing = [each for each in found if each.stands]
    if standing:
        return Judged("met", (Said("awarded", {"danh_hieu": label, "danh_sach": papers_text(standing)}),))
    proposed = [line for line in known.beside if line.title == title]
    hopeful = [line for line in proposed if _hopeful(line)]
    if hopeful:
        return Judged("met", (Said("beside", {"danh_hieu": label, "so": hopeful[0].no}),), Said("beside"))
    if proposed:
        looked = Said("beside_failed", {"danh_hieu": label, "so": proposed[0].no})
        return Judged("not_met", (looked,), Said("title_first", {"danh_hieu": label}))
    settles = Said("title", {"danh_hieu": label, "cac_nam": listed.period})
    if found:
        revoked = Said("revoked", {"danh_hieu": label, "danh_sach": papers_text(found)})
        return Judged("not_met", (revoked,), settles)
    looked = Said("no_title", {"danh_hieu": label, "ky": listed.period})
    return Judged("no_info", (looked, *unsure_said(known)), settles)


def _hopeful(line: Nominee) -> bool:
    return not line.came_to_nothing and line.verdict != "not_met" and line.result != "fail"


def _titles_held(condition: Condition, known: Known, listed: Listed, pack: RulePack) -> Judged:
    title, times = condition.word("title"), condition.number("times")
    label = title_label(pack, title)
    found = [each for each in awards(known.records, [title], listed) if each.stands]
    if "years" in condition.params:
        years = years_up_to(listed, condition.number("years"))
        found = [each for each in found if last_year(each.period) in years]
    looked = Said("no_title", {"danh_hieu": label, "ky": ""})
    if found:
        looked = Said("awarded", {"danh_hieu": label, "danh_sach": papers_text(found)})
    if len(found) >= times:
        return Judged("met", (looked,))
    return Judged(
        "no_info",
        (looked, *unsure_said(known)),
        Said("titles", {"danh_hieu": label, "n": times - len(found)}),
    )


def _not_awarded_for_same(_: Condition, known: Known, listed: Listed, pack: RulePack) -> Judged:
    """A title is given once a period; of forms given in the same period somebody says that it was for
    another achievement."""
    title = pack.title(known.line.title)
    forms = [each.id for each in pack.titles if each.form]
    alike = forms if title is not None and title.form else [known.line.title]

    def of_period(records: tuple[Achievement, ...]) -> list[Achievement]:
        given = awards(records, alike, listed)
        return [each for each in given if each.stands and each.period == listed.period]

    found = of_period(known.records)
    if found:
        looked = Said("awarded_already", {"danh_sach": papers_text(found)})
        if title is not None and title.form:
            return Judged("no_info", (looked,), Said("another_achievement"))
        return Judged("not_met", (looked,), Said("take_line_out"))
    if of_period(known.unsure):
        return Judged("no_info", unsure_said(known), Said("tell_apart"))
    return Judged("met", (Said("not_awarded", {"ky": listed.period}),))


def _cap(condition: Condition, _: Known, listed: Listed, pack: RulePack) -> Judged:
    """The share among the list's own lines, a part of one rounded up: a small body may have one at all."""
    title, of = condition.word("title"), condition.word("of")
    having, whole = listed.counts.get(title, 0), listed.counts.get(of, 0)
    labels = {"danh_hieu": title_label(pack, title), "tren": title_label(pack, of)}
    if not whole:
        return Judged("met", (Said("nothing_to_compare", labels),))
    looked = _share("counted", having, whole, **labels)
    return _decided(having <= -(-condition.number("percent") * whole // 100), looked, Said("cap"))


# -- initiatives -----------------------------------------------------------------------------------------


def _initiative(condition: Condition, known: Known, listed: Listed, _: RulePack) -> Judged:
    scope, wanted = condition.word("scope"), condition.number("number")
    years = condition.number("years") if "years" in condition.params else None
    counting, open_ = [], []
    for each in recognised(known):
        fits = _fits(each, scope=scope, years=years, listed=listed)
        if fits is None:
            open_.append(each)
        elif fits:
            counting.append(each)
    looked = [Said("initiatives", {"danh_sach": papers_text(counting)})] if counting else []
    if len(counting) >= wanted:
        return Judged("met", tuple(looked))
    if open_:
        looked.append(Said("initiatives_open", {"danh_sach": papers_text(open_)}))
    if not looked:
        looked.append(Said("no_initiative"))
    settles = Said("initiative", {"n": wanted - len(counting), "pham_vi": SCOPE_LABELS[scope]})
    if open_:
        settles = Said("initiative_open")
    return Judged("no_info", (*looked, *unsure_said(known)), settles)


def _fits(record: Achievement, *, scope: str, years: int | None, listed: Listed) -> bool | None:
    """Whether an initiative counts; None where its scope or its time is not known."""
    if record.value is None and scope != SCOPES[0]:
        return None
    if not reaches(record.value or SCOPES[0], scope, SCOPES):
        return False
    if years is None:
        return True
    year = year_of(record, listed)
    return None if year is None else year in years_up_to(listed, years)


JUDGES: Mapping[str, Judge] = MappingProxyType(
    {
        "rating_at_least": _rating_at_least,
        "rated_in_a_row": rated_in_a_row,
        "initiative": _initiative,
        "title_same_period": _title_same_period,
        "titles_in_a_row": titles_in_a_row,
        "titles_held": _titles_held,
        "share_of_members": _share_of_members,
        "members_with": _members_with,
        "all_complete": _all_complete,
        "months_of_work": _months_of_work,
        "score_at_least": _score_at_least,
        "opinion_at_least": _opinion_at_least,
        "cap": _cap,
        "none_disciplined": _none_disciplined,
        "not_under_procedure": _not_under_procedure,
        "not_awarded_for_same": _not_awarded_for_same,
        "declared": _declared_as_said,
        "asked": _asked,
    }
)
