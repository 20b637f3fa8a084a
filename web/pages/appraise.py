"""Appraisal line by line: what the conditions say of each, and a verdict for each, in one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from runtime.acts.series import Series, answered, ask_series
from runtime.office.results import Result
from runtime.office.sentences import input_mistakes
from runtime.office.typed import whole
from runtime.views.answers import Answer, answer_of, reasons_told
from runtime.views.appraising import NoneWaits, basis_for, by_conditions
from runtime.views.conditions import Assessed, assessed, condition_lines, line_conditions, verdict_text
from runtime.views.fields import fields_of
from runtime.views.item_page import item_page
from web.asking import done_since
from web.desk import Desk
from web.failures import told
from web.frame import new_key
from web.links import item_path
from web.pages.dossier_papers import dossier_meant
from web.replies import Page, Redirect, Reply, Shown
from web.saying import said_of
from workflow.model.dossiers import Dossier, Nominee
from workflow.model.errors import Conflict, InputMistakes
from workflow.model.facts import Item

EVENT = "appraise"
ON_A_PAGE = 20


class Judged(NamedTuple):
    """A condition in words, with the sign of how it stands."""

    verdict: str
    said: str


class LineShown(NamedTuple):
    """A line that may be appraised: how it stands, what its conditions say, what was chosen for it."""

    no: int
    name: str
    title: str
    verdict: str
    by_conditions: str
    conditions: Sequence[Judged]
    chosen: str
    reason: str


def ask(desk: Desk) -> Reply:
    return _page(desk, dossier_meant(desk))


def appraise(desk: Desk) -> Reply:
    item, asked = dossier_meant(desk), desk.asked
    every, reason, basis = asked.one("all") == "yes", asked.one("reason"), asked.one("basis")
    chosen = _chosen(desk, item)
    said = ["all", reason] if every else [*map(list, chosen), basis]
    acting = desk.acting_by(asked.one("key"))
    version = whole(asked.one("version"))
    series = Series(
        EVENT,
        (),
        said,
        confirmed=asked.one("confirmed") == "yes",
        version=item.version if version is None else version,
    )
    results = answered(acting, item.key.in_year, series)
    if results is None:
        if every:
            words = by_conditions(desk.looking, item, acting.actor, reason=reason or None)
        else:
            words = _words(desk, item, chosen, basis)
        if not words:
            nothing = NoneWaits(ref=desk.looking.ref(item.key))
            wrong = told(nothing, desk.words) if every else desk.words("web.appraise.choose")
            return _page(desk, item, wrong=wrong)
        asking = Series(EVENT, words, said, confirmed=series.confirmed, version=series.version)
        try:
            results = ask_series(acting, item.key.in_year, asking)
        except Conflict:
            return _conflict(desk, item)
    if failed := [result for result in results if not result.done]:
        return _refused(desk, item, failed)
    answers = [answer_of(desk.looking, each, by=desk.account) for each in results]
    left = desk.looking.reading.item(item.key)
    waits = bool(left and any(line.verdict is None for line in Dossier.of(left).standing))
    to = f"{item_path(item.key)}/appraise" if waits else item_path(item.key)
    return Redirect(to, said=[line for answer in answers for line in said_of(answer)])


class Choice(NamedTuple):
    """What was chosen for a line."""

    no: int
    verdict: str
    reason: str


def _chosen(desk: Desk, item: Item) -> Sequence[Choice]:
    asked = desk.asked
    return [
        Choice(line.no, verdict, asked.one(f"reason-{line.no}"))
        for line in Dossier.of(item).standing
        if (verdict := asked.one(f"verdict-{line.no}"))
    ]


def _words(desk: Desk, item: Item, chosen: Sequence[Choice], basis: str) -> Sequence[Mapping[str, str]]:
    """The inputs of the event, once for the lines of one verdict and reason."""
    groups: dict[tuple[str, str], list[int]] = {}
    for each in chosen:
        groups.setdefault((each.verdict, each.reason), []).append(each.no)
    found = []
    for (verdict, reason), numbers in groups.items():
        rests = basis or basis_for(desk.looking, item, numbers)
        named = {"nominee": ",".join(map(str, numbers)), "verdict": verdict}
        found.append({**named, **{k: v for k, v in (("basis", rests), ("reason", reason)) if v}})
    return found


def _refused(desk: Desk, item: Item, failed: Sequence[Result]) -> Reply:
    """What speaks against it, for whichever lines; of mere doubts with a box to say that it is meant."""
    wrong = [
        " ".join(input_mistakes(each.error, desk.words).values())
        for each in failed
        if isinstance(each.error, InputMistakes)
    ]
    doubted = all(each.asked for each in failed)
    answers = [answer_of(desk.looking, each, by=desk.account) for each in failed if each.refused]
    about: dict[str, Any] = {"doubts" if doubted else "against": answers}
    return _page(desk, item, wrong=" ".join(wrong), **about)


def _conflict(desk: Desk, item: Item) -> Reply:
    seen = whole(desk.asked.one("version"))
    since = done_since(item_page(desk.looking, item), item, seen)
    return _page(desk, item, meanwhile=since, status=409)


def _page(
    desk: Desk,
    item: Item,
    *,
    wrong: str = "",
    against: Sequence[Answer] = (),
    doubts: Sequence[Answer] = (),
    meanwhile: Sequence[Any] = (),
    status: int = 200,
) -> Reply:
    looking, asked = desk.looking, desk.asked
    (answer,) = desk.acting.why(item.key.in_year, EVENT, actor=desk.acting.actor)
    field = next(each for each in fields_of(looking, item, answer.inputs) if each.name == "verdict")
    of, lines = assessed(looking, item), Dossier.of(item).standing
    first = min(whole(asked.one("from")) or 0, len(lines))
    version = whole(asked.one("version"))
    path = f"{item_path(item.key)}/appraise"
    after = first + ON_A_PAGE
    values = {
        "ref": looking.ref(item.key),
        "about": looking.content(item),
        "state": looking.state(item),
        "item_path": item_path(item.key),
        "path": path,
        "label": desk.words.of(answer.label),
        "blocked": reasons_told(looking, answer.reasons),
        "options": field.options,
        "lines": [_line(desk, item, line, of) for line in lines[first:after]],
        "n": len(lines),
        "waiting": sum(line.verdict in (None, "no_info") for line in lines),
        "first": first,
        "before": f"{path}?from={max(first - ON_A_PAGE, 0)}" if first else "",
        "after": f"{path}?from={after}" if after < len(lines) else "",
        "basis": asked.one("basis"),
        "reason": asked.one("reason"),
        "version": item.version if meanwhile or version is None else version,
        "form_key": new_key() if doubts or meanwhile else asked.one("key") or new_key(),
        "all_again": asked.one("all") == "yes",
        "wrong": wrong,
        "against": against,
        "doubts": doubts,
        "meanwhile": meanwhile,
    }
    return Shown("appraise", values, 422 if status == 200 and (wrong or against or doubts) else status)


def _line(desk: Desk, item: Item, line: Nominee, of: Assessed) -> LineShown:
    looking, words, asked = desk.looking, desk.words, desk.asked
    judged = line_conditions(looking, item, of.lines[line.no], of)
    verdict = words(f"choice.{line.verdict}") if line.verdict else ""
    return LineShown(
        line.no,
        of.names.get(line.no, "—"),
        looking.title(line.title, pack=item.rules),
        "; ".join(filter(None, (verdict, words("line.held") if line.held else ""))),
        verdict_text(looking, of.lines[line.no], of) if judged.conditions else "",
        [
            Judged(each.verdict, said)
            for each, said in zip(judged.conditions, condition_lines(judged, words), strict=True)
        ],
        asked.one(f"verdict-{line.no}"),
        asked.one(f"reason-{line.no}"),
    )


PAGES = (
    Page("GET", "/items/{year}/{ref}/appraise", ask),
    Page("POST", "/items/{year}/{ref}/appraise", appraise, acts=True),
)
