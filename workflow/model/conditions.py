"""What titles ask of a nominee: the closed set of conditions, as data of a rule pack, and how each is said.

Whether a line meets them is for `workflow.rules.eligibility`, which has one judge for each check named here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, cast

from workflow.model.text import Param, Text
from workflow.model.ways import Confidence

if TYPE_CHECKING:  # a rule pack has the conditions of its titles
    from workflow.model.definition import RulePack

RATINGS = ("khtnv", "htnv", "httnv", "htxsnv")
"""How a year's work is rated, the lowest first."""

RATING_LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "khtnv": Text("Không hoàn thành nhiệm vụ", "Tasks not completed"),
        "htnv": Text("Hoàn thành nhiệm vụ", "Tasks completed"),
        "httnv": Text("Hoàn thành tốt nhiệm vụ", "Tasks completed well"),
        "htxsnv": Text("Hoàn thành xuất sắc nhiệm vụ", "Tasks completed excellently"),
    }
)

SCOPES = ("commune", "province", "nation")
"""How far an initiative is recognised to reach, the nearest first; a wider one counts for a nearer."""

SCOPE_LABELS: Mapping[str, Text] = MappingProxyType(
    {
        "commune": Text("cấp cơ sở", "in its unit"),
        "province": Text("cấp tỉnh", "in the province"),
        "nation": Text("toàn quốc", "in the nation"),
    }
)


def reaches(value: str, least: str, steps: tuple[str, ...]) -> bool:
    """Whether a rating or a scope comes up to another one; a word that is none of the steps does not."""
    return value in steps and steps.index(value) >= steps.index(least)


class Condition(NamedTuple):
    """One thing that a title asks: a named `check` with its parameters, such as `rating_at_least` with
    `{"rating": "httnv"}`, and the text that it rests on.

    It is asked in dossiers of the `types` and of the kinds of `nominees`; of all where there are none. A line
    that fails it may be taken as an exception where it may be `override`n. `label` says what only a person
    can settle; `checked_on` and `review_by` stand where they are other than the pack's.
    """

    check: str
    params: Mapping[str, Param]
    cite: str
    conf: Confidence
    types: tuple[str, ...] = ()
    nominees: tuple[str, ...] = ()
    override: bool = False
    label: Text | None = None
    checked_on: date | None = None
    review_by: date | None = None

    def asked_of(self, type: str, kind: str) -> bool:
        return (not self.types or type in self.types) and (not self.nominees or kind in self.nominees)

    def word(self, name: str) -> str:
        return cast("str", self.params[name])

    def number(self, name: str) -> int:
        """A number that the pack gives; one where it gives none, as of times and of initiatives."""
        return cast("int", self.params.get(name, 1))

    def names(self, name: str) -> tuple[str, ...]:
        return cast("tuple[str, ...]", self.params.get(name, ()))


class Favourable(NamedTuple):
    """That a pack also holds for what was received before it, where it is the more favourable: by which
    text."""

    cite: str
    conf: Confidence = "M"


Says = Callable[[Condition, Callable[[str], Text]], Text]
"""A condition in words, with the names of titles by their ids."""


def _rated(condition: Condition, _title: Callable[[str], Text]) -> Text:
    label = RATING_LABELS[condition.word("rating")]
    return Text(f"{label.vi} trở lên", f"{label.en}, or better")


def _initiative(condition: Condition, _title: Callable[[str], Text]) -> Text:
    n, scope = condition.number("number"), SCOPE_LABELS[condition.word("scope")]
    vi, en = (
        f"{n:02} sáng kiến được công nhận {scope.vi}",
        f"{n} initiative{'s' * (n > 1)} recognised {scope.en}",
    )
    if "years" not in condition.params:
        return Text(vi, en)
    years = condition.number("years")
    within = Text(f"trong {years:02} năm", f"within {years} years")
    if years == 1:
        within = Text("trong kỳ xét", "in the period")
    return Text(f"{vi} {within.vi}", f"{en} {within.en}")


def _rated_in_a_row(condition: Condition, title: Callable[[str], Text]) -> Text:
    years, label = condition.number("years"), RATING_LABELS[condition.word("rating")]
    vi = f"{years:02} năm liên tục {label.vi.lower()} trở lên"
    en = f"{years} years in a row: {label.en.lower()}, or better"
    titles = [title(id) for id in condition.names("titles")]
    if titles:
        vi += f" (năm được tặng {' hoặc '.join(each.vi for each in titles)} cũng tính)"
        en += f" (a year with {' or '.join(each.en for each in titles)} counts too)"
    if condition.params.get("initiatives"):
        vi += f", có {years:02} sáng kiến"
        en += f", with {years} initiatives"
    return Text(vi, en)


def _titles_held(condition: Condition, title: Callable[[str], Text]) -> Text:
    times, label = condition.number("times"), title(condition.word("title"))
    vi, en = f"{times:02} lần được tặng {label.vi}", f"{label.en}, {times} time{'s' * (times > 1)}"
    if "years" not in condition.params:
        return Text(vi, en)
    years = condition.number("years")
    return Text(f"{vi} trong {years:02} năm", f"{en} within {years} years")


def _cap(condition: Condition, title: Callable[[str], Text]) -> Text:
    capped, of, percent = (
        title(condition.word("title")),
        title(condition.word("of")),
        condition.number("percent"),
    )
    return Text(
        f"Số {capped.vi} không quá {percent}% số {of.vi}",
        f"{capped.en}: at most {percent}% of {of.en}",
    )


def _about_title(vi: str, en: str) -> Says:
    """A sentence about one title, with the condition's numbers."""

    def says(condition: Condition, title: Callable[[str], Text]) -> Text:
        label, numbers = title(condition.word("title")), condition.params
        given = {name: value for name, value in numbers.items() if name != "title"}
        return Text(vi.format(title=label.vi, **given), en.format(title=label.en, **given))

    return says


def _plain(vi: str, en: str) -> Says:
    return lambda condition, _title: Text(vi.format(**condition.params), en.format(**condition.params))


def _label(condition: Condition, _title: Callable[[str], Text]) -> Text:
    assert condition.label is not None, "the shape of a rules file gives it"
    return condition.label


CHECKS: Mapping[str, Says] = MappingProxyType(
    {
        "rating_at_least": _rated,
        "rated_in_a_row": _rated_in_a_row,
        "initiative": _initiative,
        "title_same_period": _about_title("{title} cùng kỳ xét", "{title} of the same period"),
        "titles_in_a_row": _about_title("{times:02} lần liên tục {title}", "{times} times in a row: {title}"),
        "titles_held": _titles_held,
        "share_of_members": _about_title(
            "Từ {percent}% số người được tặng {title}", "At least {percent}% of the members: {title}"
        ),
        "members_with": _about_title(
            "Có ít nhất {number:02} người được tặng {title}", "At least {number} of the members: {title}"
        ),
        "all_complete": _plain("Mọi cá nhân hoàn thành nhiệm vụ", "All members completed their tasks"),
        "months_of_work": _plain("Làm việc từ {months:02} tháng", "At least {months} months of work"),
        "score_at_least": _plain("Đạt từ {score} điểm", "A score of {score} or more"),
        "opinion_at_least": _plain(
            "Từ {percent}% người dự họp đồng ý", "Agreed to by at least {percent}% of the meeting"
        ),
        "cap": _cap,
        "none_disciplined": _plain("Không bị kỷ luật trong kỳ xét", "Nobody disciplined in the period"),
        "not_under_procedure": _plain(
            "Không đang bị xem xét kỷ luật, điều tra, xác minh đơn thư",
            "Under no discipline procedure, investigation or verification of a complaint",
        ),
        "not_awarded_for_same": _plain(
            "Thành tích chưa được khen thưởng", "The achievement was not awarded yet"
        ),
        "declared": _label,
        "asked": _label,
    }
)
"""Every check that a pack may name, with how it is said."""

BY_DECLARATION = ("none_disciplined", "not_under_procedure", "declared")
"""The checks that the body's declaration meets, which is asked for once a dossier."""

OF_MEMBERS = ("share_of_members", "members_with", "all_complete")
"""The checks that only what has members can meet."""


def condition_text(condition: Condition, pack: RulePack) -> Text:
    """The condition in words: `Hoàn thành tốt nhiệm vụ trở lên`."""

    def named(id: str) -> Text:
        title = pack.title(id)
        return title.label if title else Text(id, id)

    return CHECKS[condition.check](condition, named)
