"""What an item is likely to need next, with the line to type for it: the same in lists, pages and answers.

The step is the one that leads on from where the item stands. Whether it may be done yet is asked of the
machine (`tdkt why`); an input that only some items have is told where that can be seen without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from runtime.office.looking import Looking
from runtime.office.token_file import usual_account
from runtime.office.words import Words
from runtime.views.decision_steps import VERBS, after_issue, draft_line, next_event
from runtime.views.session_steps import SessionStep, council_step, session_step
from workflow.model.conditions import BY_DECLARATION
from workflow.model.dossiers import Dossier
from workflow.model.facts import Item, Key
from workflow.model.machine import Call, Event, Input
from workflow.model.paper_kinds import lacking
from workflow.model.proposals import agreeing
from workflow.model.references import in_ranges
from workflow.model.sessions import CouncilSession
from workflow.model.subjects import AWARD_DECISION, DOSSIER, SESSION, TASK, Subject
from workflow.model.tasks import Task
from workflow.model.text import Text
from workflow.model.ways import Way, way_of


class Step(NamedTuple):
    """An event with its label, the line that asks for it, and the account that is to do it, where it is
    clear which. Where it is asked of another item than the one that it leads on, `of` is the
    subject of that, and `on` the item itself, None of one that is to be made."""

    event: str
    label: str
    line: str
    by: str | None
    of: str = ""
    on: Item | None = None


def next_step(looking: Looking, item: Item, *, reader: str | None = None) -> Step | None:
    """What leads on from where the item stands; None where nothing is to be done. Of several who may do it
    the `reader` is meant."""
    meeting = _at_the_council(looking, item, reader)
    if meeting is not None:
        by = meeting.by or _doer(looking, item, reader)
        label = looking.words.of(_event_of(looking, item, SESSION, meeting.event))
        elsewhere = SESSION.id if item.subject == DOSSIER.id else ""
        return Step(meeting.event, label, meeting.line + _as(looking, by), by, elsewhere, meeting.session)
    if item.proposal is None:  # what was proposed waits for somebody's agreement first
        if item.subject == AWARD_DECISION.id and (left := after_issue(looking, item)) is not None:
            return Step("", left.label, left.line + _as(looking, left.by), left.by)
        if item.subject == DOSSIER.id and (drafting := _to_draft(looking, item, reader)) is not None:
            return drafting
    event = _awaited(looking, item)
    if event is None:
        return None
    by = _doer(looking, item, reader)
    asked = [
        input._replace(
            required=input.required
            or _papers_lack(looking, item, input)
            or input.name in ASKED_ANYWAY
            or (event.id == "accept" and _undeclared(looking, item, input))
        )
        for input in event.inputs
        if all(_holds(looking, item, call) for call in input.when)
    ]
    if item.subject == DOSSIER.id and event.id in TOGETHER:
        line = _together(looking, item, event.id) + _as(looking, by)
    else:
        line = command_line(looking, item.key, event.id, asked, lines=_lines(event, item), actor=by)
    return Step(event.id, looking.words.of(event.label), line, by)


def _at_the_council(looking: Looking, item: Item, reader: str | None) -> SessionStep | None:
    """The step of a session, or of a dossier that waits for one; none by an older machine, which has votes
    recorded on the dossier itself."""
    if item.subject == SESSION.id:
        return session_step(looking, item, reader)
    waits = item.subject == DOSSIER.id and item.state == "appraised" and item.kind == "council"
    if not waits or looking.machine(item.digest).event("into_session") is None:
        return None
    return council_step(looking, item, reader)


def _to_draft(looking: Looking, item: Item, reader: str | None) -> Step | None:
    """The draft of a decision for a dossier that the council is done with and the commune decides. Whoever is
    to approve its result may do that before, the signature does it else."""
    if item.state != "reviewed" or item.kind != "council" or reader in item.owners:
        return None
    line = draft_line(looking, item) if _commune_decides(looking, item) else None
    if line is None:
        return None
    by = _one_of(looking.directory.holding("officer"), reader)
    label = looking.words.of(_event_of(looking, item, AWARD_DECISION, "new"))
    return Step("new", label, line + _as(looking, by), by, AWARD_DECISION.id)


def _event_of(looking: Looking, item: Item, subject: Subject, id: str) -> Text:
    """What an event of the subject is called, in the machine of the item where it is of that subject."""
    machines = (looking.machine(item.digest), *looking.machines)
    found = (event for machine in machines if machine.subject == subject.id and (event := machine.event(id)))
    return next((event.label for event in found), Text(id, id))


def next_of(looking: Looking, items: Iterable[Item]) -> Step | None:
    """What leads most of the items on, asked of all of those at once where one command can."""
    alike: dict[str, list[tuple[str, Step]]] = {}
    for item in (each for one in items for each in _going_on(looking, one)):
        if (step := next_step(looking, item)) is not None:
            ref = looking.ref(item.key)
            alike.setdefault(step.line.replace(ref, "", 1), []).append((ref, step))
    if not alike:
        return None
    most = max(alike.values(), key=len)
    first, step = most[0]
    if step.event in TOGETHER and step.event != SEVERAL:
        return step
    refs = " ".join(in_ranges(sorted(ref for ref, _step in most)))
    return step._replace(line=step.line.replace(first, refs, 1))


def _going_on(looking: Looking, item: Item) -> tuple[Item, ...]:
    """The items in which the work goes on: after a session's minutes its dossiers."""
    if item.subject != SESSION.id or item.state != "minuted":
        return (item,)
    found = (looking.reading.item(item.key._replace(ref=ref)) for ref in CouncilSession.of(item).agenda)
    return tuple(each for each in found if each is not None)


def _papers_lack(looking: Looking, item: Item, input: Input) -> bool:
    """Whether the input says of papers that were seen what the dossier could not go on without."""
    return input.type == "papers" and bool(lacking(Dossier.of(item), looking.pack(item.rules)))


def _undeclared(looking: Looking, item: Item, input: Input) -> bool:
    """Whether the input is the body's declaration, which a condition needs and nobody has recorded."""
    dossier, pack = Dossier.of(item), looking.pack(item.rules)
    titles = {(line.title, line.kind) for line in dossier.standing}
    return (
        input.name == "declared"
        and dossier.declared is None
        and any(
            condition.check in BY_DECLARATION
            for title, kind in titles
            if (known := pack.title(title)) is not None
            for condition in known.conditions_of(dossier.type, kind)
        )
    )


ASKED_ANYWAY = ("funds_by", "posted_from", "posted_until")
"""Inputs that may be left out of their event and are mostly wanted: who confirmed the money of an award, and
where a village posts its list when it did."""
TOGETHER = ("add", "appraise")
"""Events that take one line of a dossier at a time, and have a command for many."""
SEVERAL = "appraise"
"""That one of them whose command takes several dossiers."""


def _together(looking: Looking, item: Item, event: str) -> str:
    line = f"tdkt dossier {event} {looking.ref(item.key)}"
    if event == "add":
        title = looking.pack(item.rules).title(Dossier.of(item).title)
        kind = title.nominees[0] if title else "person"
        return f'{line} --kind {kind} --from-lines "<{looking.words("column.list_file")}>"'
    return f"{line} --all"


def command_line(
    looking: Looking,
    key: Key,
    event: str,
    inputs: Iterable[Input],
    *,
    lines: Sequence[int] = (),
    actor: str | None = None,
) -> str:
    """The line that asks for an event: `tdkt advance T01 review --set opinion="<Ý kiến>" --as thu-ky`. What
    must be filled in stands between angle brackets; `lines` are those of a dossier that it is about."""
    asked = [(input.name, _value(input, looking.words, lines)) for input in inputs if input.required]
    verb = VERBS.get(event) if key.ref.startswith(AWARD_DECISION.letter) else None
    if verb is None or any(name not in verb.options for name, _value_ in asked):
        given = "".join(f" --set {name}={value}" for name, value in asked)
        line = f"tdkt advance {looking.ref(key)} {event}{given}"
    else:
        given = "".join(f" {verb.options[name]} {value}".replace("  ", " ") for name, value in asked)
        line = f"tdkt decision {verb.name} {looking.ref(key)}{given}"
    return line + _as(looking, actor)


def _value(input: Input, words: Words, lines: Sequence[int]) -> str:
    if input.type == "nominees" and lines:
        return ",".join(map(str, lines))
    return f'"<{"|".join(input.choices) or words.of(input.label)}>"'


def _as(looking: Looking, actor: str | None) -> str:
    """How the line names the account, where another one would act without it."""
    return f" --as {actor}" if actor and actor != usual_actor(looking) else ""


def dossier_line(
    looking: Looking, task: Key, body: str, speakers: Sequence[str], *, reader: str | None = None
) -> str:
    """The line by which a body opens a dossier under a task: of a form that the commune decides, the first of
    its types, to be changed where another one is meant."""
    titles = [title for title in looking.rules.titles if title.level == "commune"]
    title = next((title for title in titles if title.form), titles[0] if titles else None)
    named = f" --title {title.id}" if title else ""
    kind = f" --type {next(iter(title.ways))}" if title and title.form else ""
    who = _as(looking, _one_of(speakers, reader))
    return f"tdkt dossier new --task {looking.ref(task)} --from {body}{named}{kind}{who}"


def agree_line(looking: Looking, title: str, who_can: Sequence[str], *, reader: str | None = None) -> str:
    """The line by which a definition that is proposed is put in force."""
    return f"tdkt definition agree {title}" + _as(looking, _one_of(who_can, reader))


def usual_actor(looking: Looking) -> str | None:
    """The account that acts where --as is left out."""
    return usual_account(looking.environment, looking.office, looking.row.actor)


def _doer(looking: Looking, item: Item, reader: str | None) -> str | None:
    if item.proposal is None:
        return _one_of([doer.by or doer.owner for doer in looking.doers(item)], reader)
    if reader is not None and looking.decides(item, reader):
        return reader
    return next(iter(looking.deciders(item)), None)


def _one_of(able: Sequence[str], reader: str | None) -> str | None:
    return reader if reader in able else next(iter(able), None)


def _awaited(looking: Looking, item: Item) -> Event | None:
    machine = looking.machine(item.digest)
    if item.proposal is not None:
        return agreeing(item, machine)
    of_subject = {TASK.id: _of_task, DOSSIER.id: _of_dossier, AWARD_DECISION.id: next_event}
    found = of_subject.get(item.subject)
    id = found(looking, item) if found else None
    event = machine.event(id) if id else None
    here = event is not None and any(item.state in each.sources for each in event.transitions)
    return event if here else None


LEADING_ON: Mapping[str, str] = MappingProxyType(
    {"drafted": "submit", "submitted": "review", "reviewed": "approve", "proposed": "agree_task"}
)
"""Of a task: the event that leads on from a state."""


def _of_task(looking: Looking, item: Item) -> str | None:
    if looking.waits(item) and item.due_mark == "derived":
        return "set_deadline"
    if item.state != "approved":
        return LEADING_ON.get(item.state)
    kind, key = looking.kind(item), item.key
    if kind is None or not kind.gives_awards:
        return "complete"
    found = looking.reading.dossiers(key.office, key.year, task=key.ref)
    return "award" if any(dossier.state == "awarded" for dossier in found) else "complete"


def _of_dossier(looking: Looking, item: Item) -> str | None:
    dossier = Dossier.of(item)
    match item.state:
        case "drafted" | "returned":
            return "submit" if dossier.staying else "add"
        case "submitted" if dossier.complete_on is None:
            return "accept"
        case "submitted":
            return "appraise" if _unappraised(dossier) else "confirm"
        case "appraised" if item.kind == "simplified":
            return "give_opinion"
        case "appraised":
            return "result" if _unvoted(dossier) else "review"
        case "reviewed" if _way(looking, item).published == "commune" and dossier.full_on is None:
            return "publish" if dossier.published_from is None else "publish_end"
        case "reviewed":
            return "approve"
        case "approved" if dossier.to_approve:
            return "approve"
        case "approved":
            return "award" if _commune_decides(looking, item) else "forward"
        case "forwarded":
            return "record_result"
    return None


def _unappraised(dossier: Dossier) -> list[int]:
    return [line.no for line in dossier.standing if line.verdict is None and not line.held]


def _unvoted(dossier: Dossier) -> list[int]:
    return [line.no for line in dossier.standing if line.result is None and not line.held]


def _lines(event: Event, item: Item) -> Sequence[int]:
    """The lines of a dossier that still wait for the event."""
    return _unappraised(Dossier.of(item)) if event.id == "appraise" else ()


def _way(looking: Looking, item: Item) -> Way:
    return way_of(Dossier.of(item), looking.pack(item.rules))


def _commune_decides(looking: Looking, item: Item) -> bool:
    titles = (looking.pack(item.rules).title(id) for id in item.details.titles)
    return all(title is not None and title.level == "commune" for title in titles)


def _proved(looking: Looking, item: Item, call: Call) -> bool:
    kind, asked = looking.kind(item), call.params["is"]
    return kind is not None and isinstance(asked, (list, tuple)) and kind.proof in asked


def _gives_awards(looking: Looking, item: Item, _call: Call) -> bool:
    kind = looking.kind(item)
    return kind is not None and kind.gives_awards


HOLDS: Mapping[str, Callable[[Looking, Item, Call], bool]] = MappingProxyType(
    {
        "proof": _proved,
        "gives_awards": _gives_awards,
        "none_forwarded": lambda _looking, item, _call: not Task.of(item).forwarded,
        "published_in_village": lambda looking, item, _call: _way(looking, item).published == "village",
    }
)
"""What can be seen of an item without its machine, of the conditions under which an input is asked for."""


def _holds(looking: Looking, item: Item, call: Call) -> bool:
    return call.name in HOLDS and HOLDS[call.name](looking, item, call)
