"""Taking in a nominee list: its dossiers are made, or brought to what it says now, all in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace
from datetime import date

from exchange.lists.inputs import typed
from exchange.lists.reading import read_list
from exchange.lists.values import Line, ReadList
from runtime.acts.acting import Acting, Attempt, Done
from runtime.office.results import result_of
from runtime.office.taken import Taken, any_changed
from storage.unit import UnitOfWork
from workflow.model.definition import RulePack
from workflow.model.facts import Key
from workflow.services.advance import Tried
from workflow.services.intake import ListedDossier, put_dossier, way_together


def read_sent(acting: Acting, content: bytes, *, file: str) -> ReadList:
    """The list by the titles and conditions that were in force on its paper's day. Raises Unreadable."""
    setting = acting.setting

    def rules_on(day: date) -> RulePack:
        then = setting.packs.get(setting.pack_on(day) or "") if day <= acting.today else None
        return then or setting.rules

    return read_list(
        content,
        office=acting.directory,
        rules=setting.rules,
        today=acting.today,
        file=file,
        rules_on=rules_on,
    )


def proposed(
    read: ReadList,
    rules: RulePack,
    *,
    task: Key,
    body: str,
    period: str,
    type: str | None = None,
    ground: str | None = None,
    without: frozenset[int] = frozenset(),
) -> tuple[ListedDossier, ...]:
    """The dossiers of a list: one for the lines that one level decides on one path. What repeats another line
    and what has no title stays out, and the rows `without`."""
    groups: dict[Hashable, list[Line]] = defaultdict(list)
    for line in read.lines:
        if line.title is not None and line.duplicate_of is None and line.row not in without:
            groups[way_together(rules, line.title, _type_of(rules, line.title, type) or "")].append(line)
    return tuple(
        _dossier(lines, rules, task=task, body=body, period=period, type=type, ground=ground)
        for lines in groups.values()
    )


def _type_of(rules: RulePack, title: str, type: str | None) -> str | None:
    """Forms of commendation have types, titles have none."""
    found = rules.title(title)
    return type if found is not None and found.form else None


def _dossier(
    lines: Sequence[Line],
    rules: RulePack,
    *,
    task: Key,
    body: str,
    period: str,
    type: str | None,
    ground: str | None,
) -> ListedDossier:
    titles = list(dict.fromkeys(str(line.title) for line in lines))
    # A form leads where there is one, since its type is the dossier's.
    leading = next((title for title in titles if _type_of(rules, title, type)), titles[0])
    return ListedDossier(
        task,
        body,
        leading,
        period,
        tuple(map(typed, lines)),
        _type_of(rules, leading, type),
        ground,
    )


def import_list(
    acting: Acting,
    asked: Sequence[ListedDossier],
    *,
    anew: bool = False,
    confirmed: bool = False,
    dry_run: bool = False,
) -> list[Taken]:
    """Takes all of them in, or none; with `anew` none changes a draft that stands. Raises UnknownName,
    UnknownValue, InputMistakes."""

    def work(unit: UnitOfWork) -> Done[list[Taken]]:
        return put_all(acting, unit, asked, anew=anew, confirmed=confirmed)

    return acting.act(work, dry_run=dry_run)


def put_all(
    acting: Acting, unit: UnitOfWork, asked: Sequence[ListedDossier], *, anew: bool, confirmed: bool
) -> Done[list[Taken]]:
    """What is done of the list within a unit of work; `written` where it changes something."""
    machine = acting.newest_machine("dossier")
    taken: list[Taken] = []
    refused: list[Attempt] = []
    # Once for all of them: what somebody else opens meanwhile would be locked after its task.
    tasks = () if anew else dict.fromkeys(wanted.task for wanted in asked)
    known = {
        task: tuple(task._replace(ref=dossier.ref) for dossier in unit.dossiers_of(task)) for task in tasks
    }
    for wanted in asked:
        each = replace(wanted, among=known.get(wanted.task, ()))
        answer = put_dossier(unit, each, acting.case, machine=machine, confirmed=confirmed)
        if isinstance(answer, Tried):
            taken.append(Taken(each, None, result_of(answer)))
            if not answer.refused.asked:
                refused.append(Attempt.of(answer))
        else:
            taken.append(Taken(each, answer))
    return Done(taken, written=any_changed(taken), refused=refused)
