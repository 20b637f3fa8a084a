"""What the appraisal says of a line, held against what the conditions of its title come to: when it is said,
and again when the line is awarded.

The officer's word stands; where it says otherwise than the conditions somebody confirms it, and a line that
fails one is taken as an exception only where the pack lets it be.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from workflow.model.achievements import by_name
from workflow.model.conditions import condition_text
from workflow.model.context import Context
from workflow.model.decision import Reason
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.registry import Guard, Params, Registry, Warned
from workflow.model.text import Text
from workflow.rules.eligibility import Answer, Assessment, assess, packs_for
from workflow.rules.gathering import Gathering, described_by
from workflow.rules.known import EXPECTED, listed_of
from workflow.rules.nominees import named_lines
from workflow.rules.outcomes import decided_lines, lines_at_stake

NEEDS = ("words", "records")


def _named(context: Context) -> tuple[Assessment, ...]:
    """The lines that the event names, by what is known of them now."""
    return _assessed(context, named_lines(context))


def _assessed(context: Context, lines: Iterable[Nominee]) -> tuple[Assessment, ...]:
    dossier, key, beside = Dossier.of(context.item), context.item.key, context.facts.beside
    setting = context.setting
    gathering = Gathering(
        dossier,
        described_by(beside.get("words", ())),
        by_name(beside.get("records", ())),
        setting.office,
    )
    listed = listed_of(dossier, year=key.year, ref=key.ref)
    packs = packs_for(setting.rules, setting.laws, context.today)
    return tuple(assess(gathering.known(line), listed, packs) for line in lines)


def _exception_allowed(context: Context, _: Params) -> Reason | None:
    """Only what the pack lets be overridden is; of several failures the first that does not is told."""
    if context.inputs.get("verdict") != "exception":
        return None
    barred = [(each.no, answer) for each in _named(context) for answer in each.barring]
    if not barred:
        return None
    first = barred[0][1]
    lines = (no for no, answer in barred if answer.condition == first.condition)
    return Reason("not_overridable", _said([first], lines, context), cite=first.condition.cite)


def _warning_explained(context: Context, _: Params) -> Reason | None:
    """What the list as a whole exceeds is accepted with a reason."""
    if context.inputs.get("verdict") != "met" or "reason" in context.inputs:
        return None
    warned = [each for each in _named(context) if each.warnings]
    if not warned:
        return None
    first = warned[0].warnings[0]
    operands = _said([first], (each.no for each in warned), context)
    return Reason("warning_unexplained", operands, cite=first.condition.cite)


def _otherwise_judged(context: Context, _: Params) -> tuple[Reason, ...]:
    """A verdict that what is known speaks against; what is not known speaks against none."""
    verdict = context.inputs.get("verdict")
    against = {"met": "not_met", "not_met": "met"}.get(str(verdict))
    if against is None:
        return ()
    found = [each for each in _named(context) if each.verdict == against]
    if verdict == "not_met":
        lines = ", ".join(str(each.no) for each in found)
        return (Reason("conditions_met", {"so": lines}),) if found else ()
    return _failing(found, context)


def _fails_since(context: Context, _: Params) -> tuple[Reason, ...]:
    """What was met when it was appraised, and is known to fail at the decision."""
    return failing_since(context, [line for line in decided_lines(context) if line.verdict == "met"])


def failing_since(context: Context, lines: Iterable[Nominee]) -> tuple[Reason, ...]:
    """Which of the lines that were found to meet their conditions are known to fail one now."""
    return _failing((each for each in _assessed(context, lines) if each.verdict == "not_met"), context)


def _ratings_final(context: Context, _: Params) -> Reason | None:
    """A rating that is only expected keeps nobody from the council, and everybody from the decision."""
    expected = [
        str(each.no)
        for each in _assessed(context, lines_at_stake(context))
        if any(said.key == EXPECTED for answer in each.answers for said in answer.looked)
    ]
    return Reason("rating_unknown", {"so": ", ".join(expected)}) if expected else None


def _failing(found: Iterable[Assessment], context: Context) -> tuple[Reason, ...]:
    """What lines fail, those that fail the same together."""
    failed: dict[Text, list[int]] = {}
    for each in found:
        failing = [answer for answer in each.answers if answer.verdict == "not_met" and not answer.warns]
        failed.setdefault(_texts(failing, context), []).append(each.no)
    return tuple(
        Reason("conditions_not_met", {"so": ", ".join(map(str, lines)), "dieu_kien": text})
        for text, lines in failed.items()
    )


def _said(answers: Iterable[Answer], lines: Iterable[int], context: Context) -> dict[str, Text | str | int]:
    return {"so": ", ".join(map(str, lines)), "dieu_kien": _texts(answers, context)}


def _texts(answers: Iterable[Answer], context: Context) -> Text:
    said = [condition_text(answer.condition, context.setting.rules) for answer in answers]
    return Text("; ".join(each.vi for each in said), "; ".join(each.en for each in said))


VERDICTS = Registry(
    guards=MappingProxyType(
        {
            "exception_allowed": Guard(_exception_allowed, needs=NEEDS),
            "warning_explained": Guard(_warning_explained, needs=NEEDS),
            "ratings_final": Guard(_ratings_final, needs=NEEDS),
        }
    ),
    doubts=MappingProxyType(
        {
            "otherwise_judged": Warned(_otherwise_judged, needs=NEEDS),
            "fails_since": Warned(_fails_since, needs=NEEDS),
        }
    ),
)
