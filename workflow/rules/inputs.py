"""From words of a command to the typed inputs that an event declares; every mistake is told at once.

Words come from outside: they are composed here and free of what a terminal or a paper would misread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from workflow.model.attachments import DIGEST
from workflow.model.body_names import body_called
from workflow.model.context import Context, InputValue
from workflow.model.decision import FreeText
from workflow.model.definition import Event, Input, RulePack, Text
from workflow.model.dossiers import Dossier
from workflow.model.errors import MISSING, UNKNOWN, InputMistake, InputMistakes
from workflow.model.facts import Plain
from workflow.model.machine import ERASABLE_TYPES
from workflow.model.naming import (
    Candidate,
    NotNamed,
    accounts,
    called,
    choice_label,
    choices,
    labelled,
    titles,
)
from workflow.model.paper_kinds import lacking
from workflow.model.proposals import decided_proposal
from workflow.model.signs import composed, unreadable_sign
from workflow.rules.line_inputs import counts_of, hour_of, lines_of, money_of, refs_of
from workflow.rules.not_an_input import NotAnInput, quoted

Read = TypeVar("Read")
Words = Callable[[], Mapping[str, Text]]
"""The catalogue, asked only where a word of it is needed."""
NOTHING = "—"
"""How an event that takes no inputs says so."""
LONGEST_TEXT = 4000
PAPER_NUMBER = re.compile(r"(?=.*\d)[\w&./\-–]{1,60}")
"""A paper's number and sign, `05/TTr-HĐTĐKT`: no blanks, so that no name slips into the log with it."""
_PREFIX = re.compile(r"^(số|so|no\.?)\s*:?\s*", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years outside are slips of the pen, and instants around the ends of the calendar overflow."""


def parse_date(text: str) -> date:
    """A date as `2026-03-31` or `31/03/2026`, of the years 2000 to 2100. Raises NotAnInput."""
    words = text.strip()
    if match := _DAY_FIRST.fullmatch(words):
        day, month, year = (int(part) for part in match.groups())
    elif match := _YEAR_FIRST.fullmatch(words):
        year, month, day = (int(part) for part in match.groups())
    else:
        raise _no_date(text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotAnInput(
            "no_year",
            "the year of '{gia_tri}' must be from {tu} to {den}",
            gia_tri=quoted(text),
            tu=FIRST_YEAR,
            den=LAST_YEAR,
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_date(text) from None


def _no_date(text: str) -> NotAnInput:
    said = "'{gia_tri}' is no date; write 2026-03-31 or 31/03/2026"
    return NotAnInput("no_date", said, gia_tri=quoted(text))


def parse_text(text: str, *_: object) -> str:
    """Free words with line feeds and tabs as their only control characters. Raises NotAnInput."""
    words = composed(text).strip()
    if not words:
        raise NotAnInput("empty", "it is empty; write it out")
    if len(words) > LONGEST_TEXT:
        raise NotAnInput("too_long", "it is longer than {n} characters; shorten it", n=LONGEST_TEXT)
    if sign := unreadable_sign(words):
        raise NotAnInput("invisible", "it holds the invisible character {ma}; take it out", ma=sign)
    return words


def parse_code(text: str, *_: object) -> str:
    """A paper's number and sign without its word `số`. Raises NotAnInput."""
    words = re.sub(r"\s*([/-])\s*", r"\1", _PREFIX.sub("", text.strip()))
    if not PAPER_NUMBER.fullmatch(words):
        said = "'{gia_tri}' is no paper number; write it like 05/BC-UBND"
        raise NotAnInput("no_paper_number", said, gia_tri=quoted(text))
    return words


def parse_integer(text: str, *_: object) -> int:
    """Raises NotAnInput."""
    words = text.strip()
    if not re.fullmatch(r"[0-9]{1,6}", words):
        said = "'{gia_tri}' is no whole number; write digits, like 12"
        raise NotAnInput("no_integer", said, gia_tri=quoted(text))
    return int(words)


DECIMAL = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,2})?")


def _decimal(text: str, *_: object) -> str:
    """A number with a point, whichever of both signs was typed, and without noughts at its end."""
    words = text.strip()
    if not DECIMAL.fullmatch(words):
        said = "'{gia_tri}' is no number; write it like 94.5"
        raise NotAnInput("no_decimal", said, gia_tri=quoted(text))
    whole, _point, rest = words.replace(",", ".").partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole)}.{rest}" if rest else str(int(whole))


def _portion(text: str, *_: object) -> str:
    match = re.fullmatch(r"([0-9]{1,6})\s*/\s*([0-9]{1,6})", text.strip())
    if match is None or int(match[1]) > int(match[2]):
        said = "'{gia_tri}' is no part of a number; write it like 40/41"
        raise NotAnInput("no_portion", said, gia_tri=quoted(text))
    return f"{int(match[1])}/{int(match[2])}"


OLDEST = 1900
"""Nobody is born before this year."""


def parse_birth(text: str, _declared: Input, context: Context, _words: Words) -> str:
    """A day, month or year of birth as `1974-03-02`, `1974-03` or `1974`, in the past. Raises NotAnInput."""
    return birth_of(text, today=context.today)


def birth_of(text: str, *, today: date = date.max) -> str:
    """The same where it is of no event. Raises NotAnInput."""
    words = text.strip()
    parts = [*reversed(re.split("[/.-]", words))] if not re.match(r"[0-9]{4}-", words) else words.split("-")
    numbers = [int(part) for part in parts if re.fullmatch("[0-9]{1,4}", part)]
    with suppress(ValueError):
        if len(numbers) == len(parts) <= 3 and len(parts[0]) == 4:
            first = date(*(*numbers, 1, 1)[:3])
            if first.year >= OLDEST and first <= today:
                return first.isoformat()[: (0, 4, 7, 10)[len(numbers)]]
    said = "'{gia_tri}' is no day of birth; write 02/03/1974, 03/1974 or 1974"
    raise NotAnInput("no_birth", said, gia_tri=quoted(text))


def _nominees(text: str, *_: object) -> tuple[int, ...]:
    parts = [part for part in re.split(r"[,; ]+", text.strip()) if part]
    if not parts or not all(re.fullmatch("[0-9]{1,6}", part) for part in parts):
        said = "'{gia_tri}' names no nominees; write their numbers, like 1,3"
        raise NotAnInput("no_nominees", said, gia_tri=quoted(text))
    return tuple(sorted({int(part) for part in parts}))


def _one(found: str | NotNamed) -> str:
    if isinstance(found, NotNamed):
        said = {
            "unknown": "'{gia_tri}' is not known; known are: {danh_sach.en}",
            "near": "'{gia_tri}' is not known; did you mean: {danh_sach.en}?",
            "several": "'{gia_tri}' may mean: {danh_sach.en}; type the id of one",
        }[found.code]
        raise NotAnInput(f"name_{found.code}", said, gia_tri=quoted(found.typed), danh_sach=found.listed)
    return found


def _choice(text: str, declared: Input, context: Context, words: Words) -> str:
    """By id as scripts write it, for which no word is looked up."""
    if text in declared.choices:
        return text
    word, kind = words().get, context.item.kind
    labels = {id: choice_label(id, context.machine, word, kind=kind) for id in declared.choices}
    return _one(called(text, choices(labels)))


def _body(text: str, _declared: Input, context: Context, _words: Words) -> str:
    return _one(body_called(text, context.setting.office))


def _account(text: str, _declared: Input, context: Context, _words: Words) -> str:
    return _one(called(text, accounts(context.setting.office.accounts)))


def _accounts(text: str, _declared: Input, context: Context, _words: Words) -> tuple[str, ...]:
    """Several with commas or semicolons between them, ids with blanks too, nobody twice; a label that holds
    a comma is the same account by both its parts."""
    known = accounts(context.setting.office.accounts)
    words, found, before = text.split(), list[str](), ""
    parts = words if {*words} <= {one.id for one in known} else re.split("[,;]", text)
    for part in (part.strip() for part in parts if part.strip()):
        id = _one(called(part, known))
        if id not in found:
            found.append(id)
        elif called(f"{before}, {part}", known) != id:
            said = "'{gia_tri}' is named twice; name each once"
            raise NotAnInput("named_twice", said, gia_tri=quoted(part))
        before = part
    return tuple(found)


def _ground(text: str, _declared: Input, context: Context, _words: Words) -> str:
    return _one(called(text, labelled(context.setting.rules.grounds)))


def _title(text: str, _declared: Input, context: Context, _words: Words) -> str:
    rules = context.setting.rules
    found = title_called(text, rules)
    other = rules.other(found) if isinstance(found, str) else None
    if other is not None:
        said = f"'{{gia_tri}}': {other.refused.en}"
        raise NotAnInput("other_chain", said, gia_tri=other.label, ly_do=other.refused)
    return _one(found)


def title_called(typed: str, rules: RulePack) -> str | NotNamed:
    """The id of a title, else of one that another chain gives, which is known and refused."""
    found = called(typed, titles(rules.titles))
    if isinstance(found, str):
        return found
    other = called(typed, titles(rules.other_chains))
    return other if isinstance(other, str) else found


def _type(text: str, _declared: Input, context: Context, _words: Words) -> str:
    return _one(called(text, labelled(context.setting.rules.types)))


def _paper(text: str, _declared: Input, context: Context, _words: Words) -> str:
    return _one(called(text, labelled(context.setting.rules.papers)))


ALL_PAPERS = "all"


def _papers(text: str, _declared: Input, context: Context, _words: Words) -> tuple[str, ...]:
    """Kinds with commas between them, or every one that is still asked for from outside."""
    if text.strip().casefold() == ALL_PAPERS:
        return tuple(paper.id for paper in lacking(Dossier.of(context.item), context.setting.rules))
    known = labelled(context.setting.rules.papers)
    return tuple(dict.fromkeys(_one(called(part, known)) for part in text.split(",") if part.strip()))


def _digest(text: str, *_: object) -> str:
    words = text.strip().lower()
    if not DIGEST.fullmatch(words):
        said = "'{gia_tri}' is no SHA-256 digest; it has 64 digits and letters a to f"
        raise NotAnInput("no_digest", said, gia_tri=quoted(text))
    return words


_YEAR_BEFORE = re.compile(r"(?<![\w/])([0-9]{4})/[A-Za-z]")


def _of_own_year(text: str, context: Context) -> str:
    """References of the item's own plan year: what an item is about never lies in another one."""
    year = context.item.key.year
    if any(int(typed) != year for typed in _YEAR_BEFORE.findall(text)):
        said = "'{gia_tri}' is of another plan year than {nam}; name items of that year"
        raise NotAnInput("other_year", said, gia_tri=quoted(text), nam=year)
    return text


_PARSERS: Mapping[str, Callable[[str, Input, Context, Words], InputValue]] = MappingProxyType(
    {
        "text": parse_text,
        "code": parse_code,
        "date": lambda text, *_: parse_date(text),
        "integer": parse_integer,
        "decimal": _decimal,
        "portion": _portion,
        "birth": parse_birth,
        "nominees": _nominees,
        "choice": _choice,
        "body": _body,
        "account": _account,
        "accounts": _accounts,
        "title": _title,
        "type": _type,
        "ground": _ground,
        "paper": _paper,
        "papers": _papers,
        "digest": _digest,
        "hour": lambda text, *_: hour_of(text),
        "refs": lambda text, _declared, context, _words: refs_of(_of_own_year(text, context)),
        "lines": lambda text, _declared, context, _words: lines_of(_of_own_year(text, context)),
        "counts": lambda text, *_: counts_of(text),
        "money": lambda text, *_: money_of(text),
    }
)


def declared(event: Event, context: Context) -> tuple[Input, ...]:
    """The inputs that the event has for this item."""
    return tuple(
        input
        for input in event.inputs
        if all(context.registry.predicates[call.name](context, call.params) for call in input.when)
    )


def expected(inputs: Sequence[Input], *, called: Callable[[Input], str] = lambda input: input.type) -> str:
    """The inputs as a person may type them: `paper_number=<code>`, optional ones in brackets.

    `called` says what the value of one is; it may say the input's label.
    """
    if not inputs:
        return NOTHING
    shown = (f"{input.name}=<{'|'.join(input.choices) or called(input)}>" for input in inputs)
    return ", ".join(
        text if input.required else f"[{text}]" for input, text in zip(inputs, shown, strict=True)
    )


def named_inputs(event: Event, words: Mapping[str, str]) -> dict[str, str]:
    """The words by the inputs' own names, where they are called by their labels; other words stay.

    Raises InputMistakes where one is given by two names.
    """
    known = [Candidate(input.name, input.label, input.label) for input in event.inputs]
    by_name: dict[str, str] = {}
    for typed, word in words.items():
        found = called(typed, known)
        name = found if isinstance(found, str) else typed
        if name in by_name:
            label = next((input.label for input in event.inputs if input.name == name), None)
            mistake = NotAnInput("repeated", "it is given twice; keep one of them")
            raise InputMistakes(
                event=event.id,
                told=[_mistake(name, label, mistake)],
                expected=expected(event.inputs),
                label=event.label,
                inputs=event.inputs,
            )
        by_name[name] = word
    return by_name


def read_inputs(
    event: Event,
    words: Mapping[str, str],
    *,
    context: Context,
    catalogue: Words = lambda: MappingProxyType({}),
) -> dict[str, InputValue]:
    """The typed inputs, in the order of their declaration. `catalogue` says how choices are called.

    Raises InputMistakes with every unknown, missing and unfit one, and the list of what is expected.
    """
    known = declared(event, context)
    names = {input.name for input in known}
    told = [InputMistake(quoted(name), None, UNKNOWN, {}, "") for name in words if name not in names]
    values: dict[str, InputValue] = {}
    for input in known:
        word = words.get(input.name)
        if word is None:
            if input.required:
                told.append(InputMistake(input.name, input.label, MISSING, {}, ""))
            continue
        try:
            values[input.name] = _PARSERS[input.type](composed(word), input, context, catalogue)
        except NotAnInput as mistake:
            told.append(_mistake(input.name, input.label, mistake))
    if told:
        shown = expected(known)
        raise InputMistakes(event=event.id, told=told, expected=shown, label=event.label, inputs=known)
    return values


def read_note(note: str | None, *, event: str) -> str | None:
    """The free remark beside an event's inputs; an empty one is none. Raises InputMistakes."""
    if note is None or not note.strip():
        return None
    try:
        return parse_text(note)
    except NotAnInput as mistake:
        raise not_given(event, "note", mistake, expected="--note TEXT") from None


def not_given(event: str, name: str, mistake: NotAnInput, *, expected: str) -> InputMistakes:
    """The error of one option of a command, whose value does not fit."""
    return InputMistakes(event=event, told=[_mistake(name, None, mistake)], expected=expected)


def option_read(parse: Callable[[str], Read], event: str, name: str, typed: str, *, like: str) -> Read:
    """The value of one option of a command, `like` an example of it. Raises InputMistakes."""
    try:
        return parse(typed)
    except NotAnInput as mistake:
        raise not_given(event, name, mistake, expected=f"--{name} {like}") from None


def _mistake(name: str, label: Text | None, mistake: NotAnInput) -> InputMistake:
    return InputMistake(name, label, mistake.code, mistake.operands, str(mistake))


def split_inputs(
    event: Event, inputs: Mapping[str, InputValue]
) -> tuple[dict[str, Plain], tuple[FreeText, ...]]:
    """Inputs for the log, and the free texts among them that stay outside it."""
    types = {input.name: input.type for input in event.inputs}
    plain: dict[str, Plain] = {}
    texts: list[FreeText] = []
    for name, value in inputs.items():
        if types.get(name) in ERASABLE_TYPES:
            texts.append(FreeText(name, str(value)))
        elif isinstance(value, tuple):
            plain[name] = list(value)
        else:
            plain[name] = value if isinstance(value, (str, int)) else value.isoformat()
    return plain, tuple(texts)


def proposed_inputs(event: Event, context: Context) -> dict[str, InputValue]:
    """The inputs of the proposal that the event decides about, typed again; none where it decides about none
    or another one waits."""
    proposal = context.item.proposal
    if proposal is None or proposal.event != decided_proposal(event):
        return {}
    made = context.machine.event(proposal.event)
    return typed_inputs(made, proposal.inputs) if made else {}


def typed_inputs(event: Event, inputs: Mapping[str, Plain]) -> dict[str, InputValue]:
    """The event's inputs as the log has them, typed again."""
    dates = {input.name for input in event.inputs if input.type == "date"}
    return {
        name: date.fromisoformat(str(value)) if name in dates else _typed(value)
        for name, value in inputs.items()
    }


def _typed(value: Plain) -> InputValue:
    if isinstance(value, list):
        words = tuple(str(part) for part in value)
        return tuple(map(int, words)) if all(word.isdigit() for word in words) else words
    return value if isinstance(value, int) else str(value)
