"""What became of a command, in words and as JSON: refusals, warnings, doubts and results are told alike on
the command line and in the console. Prints nothing and knows no exit code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, Protocol

from runtime.office.sentences import error_json, sentence
from runtime.office.words import Words
from runtime.views.steps import Step, next_step
from runtime.views.undoing import undone_text
from workflow.model.facts import Key
from workflow.model.subjects import DOSSIER, SUBJECTS, TASK, Subject
from workflow.model.substitution import Substitution, stand_in_of
from workflow.model.wording import in_runs, position
from workflow.services.create import NEW

if TYPE_CHECKING:
    from runtime.office.looking import Looking
    from runtime.office.results import Result
    from workflow.engine.claiming import Handover
    from workflow.model.decision import Reason, Refused
    from workflow.model.machine import Machine
    from workflow.model.office import Office


class OfficeAtHand(Protocol):
    """An office that is open, be it for looking or for acting, as far as it is asked here."""

    @property
    def words(self) -> Words: ...
    @property
    def directory(self) -> Office: ...
    @property
    def substitutions(self) -> tuple[Substitution, ...]: ...
    @property
    def today(self) -> date: ...
    @property
    def office(self) -> str: ...
    @property
    def year(self) -> int: ...
    def newest(self, subject: str, /) -> Machine | None: ...
    def ref(self, key: Key, /) -> str: ...


@dataclass(frozen=True, slots=True)
class ReasonTold:
    """Why not, without full stops: what stands against it, and the way out. `cite` names the source in a line
    of its own and `who_can` those who could take the way out; empty where there are none. `able` is `who_can`
    as the console tells it, without ids of accounts."""

    rule: str
    text: str
    cure: str
    cite: str = ""
    who_can: str = ""
    able: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One result, told: `T01  Trình: A → B, hạn …`, or the head of a refusal with its reasons.

    `ref` is the item as people read it. `confirmed` are doubts that were set aside. `into` says which dossier
    took up what was parted from this one, `undone` how it is taken back; empty where there is nothing to say.
    """

    outcome: Literal["done", "asked", "refused", "error"]
    ref: str
    head: str
    reasons: tuple[ReasonTold, ...] = ()
    warnings: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    into: str = ""
    undone: str = ""


def answer_of(office: OfficeAtHand, result: Result, *, by: str | None, alone: bool = True) -> Answer:
    """What became of an item. `by` is the account that acted. How it is taken back is told of an item that
    was asked `alone`."""
    words, shown = office.words, office.ref(key_of(office, result))
    told = Answer(
        "done",
        shown,
        "",
        warnings=tuple(sentence_of_warning(warning, words) for warning in result.warnings),
        confirmed=tuple(
            words("message.doubt_confirmed", ly_do=sentence_of_doubt(doubt, words))
            for doubt in result.confirmed
        ),
    )
    if result.error is not None:
        return replace(told, outcome="error", head=f"{shown}: {sentence(result.error, words)}")
    label = event_label(office, result)
    acts_for = acting_for_text(office, by, result.acting_for)
    if result.refused is not None:
        asked = result.asked
        head = words(
            "message.asked_head" if asked else "message.refused_head", su_kien=words.inside(label), ref=shown
        )
        return replace(
            told,
            outcome="asked" if asked else "refused",
            head=head if asked else f"{head}{acts_for}",
            reasons=reasons_told(office, result.refused.reasons),
        )
    into = "" if result.into is None else office.ref(key_of(office, replace(result, ref=result.into)))
    return replace(
        told,
        head=f"{shown}  {label}: {_moved(office, result)}{acts_for}",
        into=words("message.split_into", ref=into) if into else "",
        undone=undone_told(office, result) if alone else "",
    )


def _moved(office: OfficeAtHand, result: Result) -> str:
    """`A → B; 3 trường hợp: 1–3, hạn: 31/3/2026`."""
    words = office.words
    before, after = (state_label(office, result, state) for state in (result.from_state, result.to_state))
    moved = after if result.from_state is None or before == after else f"{before} → {after}"
    dates = (("column.due", result.due), ("column.target", result.target))
    due = "".join(f", {words(key)}: {words.day(date.fromisoformat(day))}" for key, day in dates if day)
    done = f"; {_lines_done(result.lines, words)}" if result.lines else ""
    return f"{moved}{done}{due}"


def _lines_done(lines: Sequence[int], words: Words) -> str:
    return words("message.lines_done", n=len(lines), so=in_runs(lines))


def sum_told(office: OfficeAtHand, results: Sequence[Result]) -> str:
    """Of an act on the lines of several dossiers how many they are, and which dossiers are left; else
    nothing."""
    done = [result for result in results if result.lines]
    if len(results) == 1 or not done:
        return ""
    words = office.words
    left = [office.ref(key_of(office, result)) for result in results if not result.done]
    lines = sum(len(result.lines) for result in done)
    said = [words("message.sum_lines", n=lines, k=len(done), m=len(results))]
    said += [words("message.sum_left", danh_sach=", ".join(left))] if left else []
    return " ".join(said)


def refusal_told(office: OfficeAtHand, refused: Refused, *, what: str, stand_ins: bool = True) -> Answer:
    """A refusal of what `what` names in words. `stand_ins`: whether it could be done in another's name."""
    words = office.words
    label = words.inside(words(f"event.{refused.event}.label"))
    head = words("message.refused_head", su_kien=label, ref=what)
    return Answer("refused", what, head, reasons_told(office, refused.reasons, stand_ins=stand_ins))


def handover_told(office: OfficeAtHand, handover: Handover) -> str:
    """Who has the item now, or no longer, and in whose name that was said."""
    from workflow.engine.claiming import DELEGATE, RELEASE, TAKE_BACK  # loads the machine: for acts alone

    words, item, entry = office.words, handover.item, handover.entry

    def label(account: str | None) -> str:
        return position_text(office, str(account))

    ref = office.ref(item.key)
    if entry.event == TAKE_BACK:  # whoever it was passed on to gives it back in no other's name
        taker, giver = label(handover.taker), label(handover.giver)
        return words("message.delegation_ended", ref=ref, nguoi=taker, ten=giver)
    acts_for = acting_for_text(office, entry.actor, entry.acting_for)
    if entry.event == DELEGATE:
        name, giver = label(item.claimed_by), label(item.delegated_by)
        return words("message.delegation_stored", ref=ref, nguoi=name, ten=giver) + acts_for
    if entry.event == RELEASE:
        return words("message.claim_released", ref=ref, nguoi=label(handover.taker)) + acts_for
    key = "message.claim_kept" if handover.unchanged else "message.claim_stored"
    return words(key, ref=ref, nguoi=label(item.claimed_by)) + acts_for


def reasons_told(
    office: OfficeAtHand, reasons: Sequence[Reason], *, words: Words | None = None, stand_ins: bool = True
) -> tuple[ReasonTold, ...]:
    """Each reason with its source, its way out and who could take it; in `words` where these are not the
    office's."""
    words = words or office.words
    return tuple(
        ReasonTold(
            reason.rule,
            _sentence(reason, words, "text"),
            _sentence(reason, words, "cure"),
            words("message.cited", can_cu=reason.cite) if reason.cite else "",
            _who_can(office, reason, words, stand_ins=stand_ins),
            _who_can(office, reason, words, stand_ins=stand_ins, ids=False),
        )
        for reason in reasons
    )


def _sentence(reason: Reason, words: Words, part: str) -> str:
    """What the reason says, or its cure; about another item than the asked one with its reference."""
    operands = {
        name: words.inside(value) if name == "su_kien" else words.of(value)
        for name, value in reason.operands.items()
    }
    of = operands.pop("cua", None)
    said = words(f"rule.{reason.rule}.{part}", **operands)
    said = said[:1].upper() + said[1:]
    return f"{of}: {said}" if of and part == "text" else said


def _who_can(office: OfficeAtHand, reason: Reason, words: Words, *, stand_ins: bool, ids: bool = True) -> str:
    if not reason.who_can:
        return ""
    named = ", ".join(_named(id, office, words, stand_ins=stand_ins, ids=ids) for id in reason.who_can)
    return words("message.who_can", danh_sach=named)


def _named(id: str, office: OfficeAtHand, words: Words, *, stand_ins: bool, ids: bool) -> str:
    """The account by its label, and its id; an absent one with who acts for it today."""
    account = office.directory.account(id)
    if account is None:
        return id
    there = stand_in_of(id, office.substitutions, office.today) if stand_ins else id
    acting = office.directory.account(there)
    named = there if ids or acting is None else words.of(acting.label)
    beside = [
        *([id] if ids else []),
        *([words("message.stands_in_today", tai_khoan=named)] if there != id else []),
    ]
    return f"{words.of(account.label)} ({'; '.join(beside)})" if beside else words.of(account.label)


def sentence_of_warning(reason: Reason, words: Words) -> str:
    return words(
        f"warning.{reason.rule}", **{name: words.of(value) for name, value in reason.operands.items()}
    )


def sentence_of_doubt(doubt: Reason, words: Words) -> str:
    return _sentence(doubt, words, "text")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would follow from an event that was only tried. `due` and `target` are the item's dates where the
    event moves them, else empty; `told` are the positions to which a notice goes, each once."""

    state: str
    next: Step | None
    due: str
    target: str
    told: tuple[str, ...]


def foreseen(looking: Looking, result: Result) -> Foreseen | None:
    """What follows from a result that was done or tried; None of one that was neither, or is told again.

    The next step is found from the item as it would stand and from what stands beside it now.
    """
    item = result.item
    if item is None:
        return None
    due, target = (
        looking.day(date.fromisoformat(day) if day else None) for day in (result.due, result.target)
    )
    told = dict.fromkeys(looking.position(each.account) for each in result.told)
    return Foreseen(looking.state(item), next_step(looking, item), due, target, tuple(told))


def undone_told(office: OfficeAtHand, result: Result) -> str:
    """How what was done, or would be, is taken back; empty where that is not known."""
    return undone_text(
        office.words,
        result.undone_by,
        lambda event: event_label(office, replace(result, event=event)),
        subject=subject_of(result.ref).id,
    )


def acting_for_text(office: OfficeAtHand, by: str | None, absent: str | None) -> str:
    """In brackets in whose name the account `by` acts; nothing where in its own."""
    if by is None or absent is None:
        return ""
    own, other = position_text(office, by), position_text(office, absent)
    return f"  [{office.words('marker.acts_for', chuc_vu_thay=own, chuc_vu_vang=other)}]"


def position_text(office: OfficeAtHand, id: str) -> str:
    """An account's position as it stands within a sentence; the id of one that nobody knows."""
    account = office.directory.account(id)
    return position(office.words.of(account.label)) if account else id


def event_label(office: OfficeAtHand, result: Result) -> str:
    """The verb of a result's event, as a command names it; a dossier that is refused bears its task's ref."""
    own = SUBJECTS.of(result.ref) or TASK
    # What is refused before it is an item has no kind either.
    born = result.event == NEW and not result.kind and own is TASK
    for subject in (DOSSIER if born else own, *SUBJECTS):
        machine = office.newest(subject.id)
        if machine is not None and (event := machine.event(result.event)) is not None:
            return office.words.of(event.label)
    return result.event


def subject_of(ref: str) -> Subject:
    """The subject of the item; what is refused before it is one counts as a task."""
    return SUBJECTS.of(ref) or TASK


def state_label(office: OfficeAtHand, result: Result, state: str | None) -> str:
    """A state of the result's item as the newest machine calls it; a dash for none."""
    if state is None:
        return "—"
    machine = office.newest(subject_of(result.ref).id)
    found = next((each for each in machine.states if each.id == state), None) if machine else None
    if found is None:
        return state
    return office.words.of(found.label_for(result.kind, forwarded=result.forwarded, stage=result.stage))


def key_of(office: OfficeAtHand, result: Result) -> Key:
    return Key(office.office, office.year if result.year is None else result.year, result.ref)


def reason_json(reason: Reason, words: Words) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "message": _sentence(reason, words, "text"),
        "cite": reason.cite,
        "who_can": list(reason.who_can),
    }


def refused_json(refused: Refused, words: Words) -> dict[str, Any]:
    """A refusal as every mistake is told: a code, one sentence of all of it, its reasons."""
    reasons = [reason_json(reason, words) for reason in refused.reasons]
    message = " ".join(f"{reason['message']}." for reason in reasons)
    code = "not_confirmed" if refused.asked else "refused"
    return {"error": code, "message": message, "reasons": reasons}


def result_json(result: Result, words: Words) -> dict[str, Any]:
    asked = {"ref": result.ref, "year": result.year, "event": result.event}
    if result.refused is not None:
        return {
            **asked,
            "done": False,
            **refused_json(result.refused, words),
            "acting_for": result.acting_for,
        }
    if result.error is not None:
        return {**asked, "done": False, **error_json(result.error, words)}
    return {
        **asked,
        "done": True,
        "from": result.from_state,
        "to": result.to_state,
        "version": result.version,
        "due": result.due,
        "warnings": [sentence_of_warning(warning, words) for warning in result.warnings],
        "confirmed": [doubt.rule for doubt in result.confirmed],
        "acting_for": result.acting_for,
        "undone_by": result.undone_by,
        "target": result.target,
        "lines": list(result.lines),
        "into": result.into,
    }
