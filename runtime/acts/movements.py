"""What people do about movements of emulation: launch, put right, register bodies, review, close, take back.

Each is an act on the whole office under its lock: an entry in the year's log, whose words are erasable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from runtime.acts.acting import Acting, Answered, Done
from storage import movements
from storage.unit import UnitOfWork
from workflow.model.decision import FreeText
from workflow.model.errors import TdktError, UnknownReference, UsageMistake
from workflow.model.facts import Plain
from workflow.model.movements import DAYS, LISTS, WORDS, Movement, Registration, Review, movement_meant
from workflow.model.naming import NotNamed, UnknownName
from workflow.rules.inputs import option_read, parse_code, parse_date, parse_text, title_called


class MovementDays(UsageMistake):
    """The last day {den} is before the first one {tu}; check both days."""

    code = "movement_days"


class DayAhead(UsageMistake):
    """{ngay} has not come yet; give the day on which it was done."""

    code = "day_ahead"


class MovementClosed(TdktError):
    """{ref} was closed on {ngay}; open it again with tdkt movement reopen {ref}."""

    code = "movement_closed"


class MovementOpen(TdktError):
    """{ref} is not closed; see it with tdkt movement show {ref}."""

    code = "movement_open"


class MovementLinked(TdktError):
    """Dossiers are about {ref}; link them to another movement first (set_movement), or close it."""

    code = "movement_linked"


class NotRegistered(UsageMistake):
    """{ten} is not registered for {ref}; see tdkt movement show {ref}."""

    code = "not_registered"


class UnknownReview(UsageMistake):
    """{ref} has no review {so}; see tdkt movement show {ref}."""

    code = "unknown_review"


Given = Mapping[str, Any]
"""What is said of a movement by the names of its fields: words as typed, lists of them; an empty word or list
takes away what was said before."""


def launch(acting: Acting, given: Given, *, role: str) -> Movement:
    """Keeps a new movement. Raises InputMistakes, UnknownName, UnknownReference, MovementDays."""
    said = _read(acting, given)
    begun = said.pop("from_day", None) or said.get("paper_on") or acting.today

    def work(unit: UnitOfWork) -> Done[Movement]:
        new = Movement(movements.next_number(unit), None, None, (), (), None, None, begun)._replace(**said)
        _ordered(new)
        entry = _record(acting, unit, "movement_new", new, _facts(new), role=role, words=_words(new))
        movements.store(unit, new, entry=entry)
        return Done(new)

    return acting.act(work)


def edit(acting: Acting, ref: str, given: Given, *, role: str) -> Movement:
    """Says otherwise what is given of a movement. Raises as `launch`, and UnknownMovement."""
    said = _read(acting, given)

    def work(unit: UnitOfWork, found: Movement) -> Movement:
        changed = found._replace(**{**movements.words_of(unit, found), **said})
        _ordered(changed)
        facts = {name: value for name, value in _facts(changed).items() if name in said}
        entry = _record(acting, unit, "movement_edit", changed, facts, role=role, words=_words(changed))
        movements.change(unit, changed, entry=entry)
        return changed

    return _with(acting, ref, work)


def drop(acting: Acting, ref: str, reason: str, *, role: str) -> Movement:
    """Takes a movement back that was typed by mistake. Raises UnknownMovement, MovementLinked."""
    words = {"reason": _text("reason", reason)}

    def work(unit: UnitOfWork, found: Movement) -> Movement:
        if movements.is_linked(unit, found):
            raise MovementLinked(ref=found.ref)
        _record(acting, unit, "movement_drop", found, {}, role=role, words=words)
        movements.remove(unit, found.number)
        return found

    return _with(acting, ref, work)


def register(acting: Acting, ref: str, bodies: Sequence[str], *, on: date, role: str) -> Movement:
    """Registers bodies, or changes the day of those that are. Raises UnknownMovement, UnknownName,
    MovementClosed, DayAhead."""
    known = tuple(dict.fromkeys(acting.known_body(body) for body in bodies))
    _not_ahead(acting, on)

    def work(unit: UnitOfWork, found: Movement) -> Movement:
        _open(found)
        facts: dict[str, Plain] = {"bodies": [*known], "registered_on": on.isoformat()}
        entry = _record(acting, unit, "movement_register", found, facts, role=role)
        for body in known:
            movements.register(unit, Registration(found.number, body, on), entry=entry)
        return found

    return _with(acting, ref, work)


def unregister(acting: Acting, ref: str, bodies: Sequence[str], *, role: str) -> Movement:
    """Takes registrations back. Raises UnknownMovement, UnknownName, MovementClosed, NotRegistered."""
    known = tuple(dict.fromkeys(acting.known_body(body) for body in bodies))

    def work(unit: UnitOfWork, found: Movement) -> Movement:
        _open(found)
        standing = movements.bodies(unit, found.number)
        for body in known:
            if body not in standing:
                named = acting.directory.body(body)
                raise NotRegistered(ten=named.short if named else body, ref=found.ref)
        _record(acting, unit, "movement_unregister", found, {"bodies": [*known]}, role=role)
        for body in known:
            movements.unregister(unit, found.number, body)
        return found

    return _with(acting, ref, work)


def review(
    acting: Acting, ref: str, text: str, *, on: date, paper: str | None, role: str
) -> tuple[Movement, Review]:
    """Keeps a preliminary review. Raises UnknownMovement, InputMistakes, MovementClosed, DayAhead."""
    words, number = {"text": _text("text", text)}, _code("paper", paper) if paper else None
    _not_ahead(acting, on)

    def work(unit: UnitOfWork, found: Movement) -> tuple[Movement, Review]:
        _open(found)
        no = max(movements.reviews(unit, found.number), default=0) + 1
        new = Review(found.number, no, on, number, words["text"])
        facts = _given({"no": no, "held_on": on.isoformat(), "paper": number})
        entry = _record(acting, unit, "movement_review", found, facts, role=role, words=words)
        movements.review(unit, new, entry=entry)
        return found, new

    return _with(acting, ref, work)


def drop_review(acting: Acting, ref: str, no: int, *, role: str) -> Movement:
    """Takes a preliminary review back. Raises UnknownMovement, MovementClosed, UnknownReview."""

    def work(unit: UnitOfWork, found: Movement) -> Movement:
        _open(found)
        if no not in movements.reviews(unit, found.number):
            raise UnknownReview(ref=found.ref, so=no)
        _record(acting, unit, "movement_unreview", found, {"no": no}, role=role)
        movements.drop_review(unit, found.number, no)
        return found

    return _with(acting, ref, work)


def close(acting: Acting, ref: str, result: str, *, on: date, paper: str | None, role: str) -> Movement:
    """Closes a movement with its result. Raises UnknownMovement, InputMistakes, MovementClosed, MovementDays,
    DayAhead."""
    words, number = {"result": _text("result", result)}, _code("paper", paper) if paper else None
    _not_ahead(acting, on)

    def work(unit: UnitOfWork, found: Movement) -> Movement:
        _open(found)
        closed = found._replace(closed_on=on, closing_paper=number)
        _ordered(closed)
        facts = _given({"closed_on": on.isoformat(), "paper": number})
        entry = _record(acting, unit, "movement_close", closed, facts, role=role, words=words)
        movements.change(unit, closed, closing=entry)
        return closed

    return _with(acting, ref, work)


def reopen(acting: Acting, ref: str, reason: str, *, role: str) -> Movement:
    """Takes a closing back. Raises UnknownMovement, InputMistakes, MovementOpen."""
    words = {"reason": _text("reason", reason)}

    def work(unit: UnitOfWork, found: Movement) -> Movement:
        if found.open:
            raise MovementOpen(ref=found.ref)
        opened = found._replace(closed_on=None, closing_paper=None)
        _record(acting, unit, "movement_reopen", found, {}, role=role, words=words)
        movements.change(unit, opened, closing=None)
        return opened

    return _with(acting, ref, work)


# -- what is typed ----------------------------------------------------------------------------------------


def _read(acting: Acting, given: Given) -> dict[str, Any]:
    """What is given, as a movement keeps it."""
    said = {name: _value(acting, name, typed) for name, typed in given.items()}
    if said.get("paper_on"):
        _not_ahead(acting, said["paper_on"])
    return said


def _value(acting: Acting, name: str, typed: Any) -> Any:
    """One field as it is kept. A movement has a name and a first day in any case: no empty word is either."""
    if name in LISTS:
        return _titles(acting, typed) if name == "titles" else _tasks(acting, typed)
    if not typed and name not in ("name", "from_day"):
        return None
    if name in WORDS:
        return _text(name, typed)
    if name in DAYS:
        return _day(name, typed)
    return _code(name, typed) if name == "paper" else typed


OPTIONS = {"launched_by": "by", "paper_on": "date", "from_day": "from", "until_day": "until"}
"""How what is not called as its field is typed."""


def _text(name: str, typed: str) -> str:
    return _parsed(parse_text, name, typed, like="TEXT")


def _code(name: str, typed: str) -> str:
    return _parsed(parse_code, name, typed, like="05/KH-UBND")


def _day(name: str, typed: str) -> date:
    return _parsed(parse_date, name, typed, like="31/03/2026")


def _parsed(parse: Callable[[str], Answered], name: str, typed: str, *, like: str) -> Answered:
    return option_read(parse, "movement", OPTIONS.get(name, name), typed, like=like)


def _titles(acting: Acting, typed: Sequence[str]) -> tuple[str, ...]:
    found = [title_called(each, acting.setting.rules) for each in typed]
    for each in found:
        if isinstance(each, NotNamed):
            raise UnknownName("title", each)
    return tuple(dict.fromkeys(each for each in found if isinstance(each, str)))


def _tasks(acting: Acting, typed: Sequence[str]) -> tuple[str, ...]:
    """The rows that are named, each with its year."""
    keys = acting.keys([part for each in typed for part in each.replace(",", " ").split()])
    for key, version in keys.items():
        if version is None or not key.ref.startswith("T"):
            raise UnknownReference(ref=acting.ref(key))
    return tuple(f"{key.year}/{key.ref}" for key in keys)


def _ordered(said: Movement) -> None:
    for last in (said.until_day, said.closed_on):
        if last is not None and last < said.from_day:
            raise MovementDays(den=last, tu=said.from_day)


def _not_ahead(acting: Acting, day: date) -> None:
    if day > acting.today:
        raise DayAhead(ngay=day)


def _open(found: Movement) -> None:
    if found.closed_on is not None:
        raise MovementClosed(ref=found.ref, ngay=found.closed_on)


# -- what is written --------------------------------------------------------------------------------------


def _with(acting: Acting, ref: str, work: Callable[[UnitOfWork, Movement], Answered]) -> Answered:
    """Does the work on the movement that is named, under the office's lock."""

    def found_first(unit: UnitOfWork) -> Done[Answered]:
        return Done(work(unit, movement_meant(ref, movements.locked(unit))))

    return acting.act(found_first)


def _facts(said: Movement) -> dict[str, Plain]:
    """What the log says of a movement beside its words."""
    days = {"paper_on": said.paper_on, "from_day": said.from_day, "until_day": said.until_day}
    return {
        **_given({"scope": said.scope, "way": said.way, "paper": said.paper}),
        **_given({name: day.isoformat() if day else None for name, day in days.items()}),
        **_given({"titles": [*said.titles] or None, "tasks": [*said.tasks] or None}),
    }


def _given(facts: Mapping[str, Plain | None]) -> dict[str, Plain]:
    return {name: value for name, value in facts.items() if value is not None}


def _words(said: Movement) -> dict[str, str | None]:
    return {name: getattr(said, name) for name in WORDS}


def _record(
    acting: Acting,
    unit: UnitOfWork,
    event: str,
    about: Movement,
    facts: Mapping[str, Plain],
    *,
    role: str,
    words: Mapping[str, str | None] | None = None,
) -> str:
    texts = tuple(FreeText(name, text) for name, text in (words or {}).items() if text)
    return acting.record(unit, event, {"movement": about.ref, **facts}, role=role, texts=texts)
