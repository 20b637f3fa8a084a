"""Errors in one sentence, and as JSON: the same on the command line and in the console.

An error tells itself in the words of the office in which it was raised (`TdktError.words`). Where it brings
none, whoever tells it says in what: in an office's words, or in a language of the package's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from runtime.office.words import Words
from workflow.model.errors import MISSING, InputMistake, InputMistakes, TdktError, UnknownValue
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from workflow.model.machine import Input
    from workflow.model.naming import UnknownName

SENTENCES: Mapping[str, str] = {
    "conflict": "stale",
    "database_exists": "office_exists",
    "database_missing": "no_database",
    "locked": "database_locked",
    "newer_schema": "database_newer",
    "no_rights": "database_no_rights",
    "older_schema": "database_older",
}
"""Errors whose sentence in the catalogue bears another name than their code."""

OPERANDS: Mapping[str, str] = {
    "where": "noi",
    "why": "ly_do",
    "value": "gia_tri",
    "known": "danh_sach",
    "conflict.found": "m",
    "conflict.expected": "n",
    "database_exists.office": "ten",
    "outcome_unknown.key": "ten",
    "done_before.key": "ten",
    "key_taken.key": "ten",
}
"""Our operands under the catalogue's placeholder names, where need be for one error alone."""

LONGEST_SHOWN = 60
WORD = re.compile(r"\S{300,}")
"""Longer than any path or address that is meant."""


def shipped_words(language: str) -> Words:
    """The package's own catalogue, for what no open office can word; loads YAML, so only where it must."""
    from runtime.office import seeds

    return Words(seeds.shipped_words(), language=language)


def words_of(error: TdktError, told_in: Words | str) -> Words:
    """The words in which an error is told; `told_in` are those, or the language, of one that brings none."""
    if isinstance(error.words, Words):
        return error.words
    return told_in if isinstance(told_in, Words) else shipped_words(error.language or told_in)


def sentence(error: TdktError, told_in: Words | str) -> str:
    """The error in the reader's language, ending with the cure; in English where the catalogue has none.
    `told_in` as `words_of` has it."""
    words = words_of(error, told_in)
    if isinstance(error, InputMistakes):
        return _sentence_of_inputs(error, words)
    from workflow.model.naming import UnknownName

    if isinstance(error, UnknownName):
        return _sentence_of_name(error, words)
    name = SENTENCES.get(error.code, error.code)
    if isinstance(error, UnknownValue):
        name = f"unknown_{error.operands['what']}"
    key = f"message.{name}"
    operands: dict[str, Any] = {}
    for name, value in error.operands.items():
        operands[OPERANDS.get(f"{error.code}.{name}", OPERANDS.get(name, name))] = value
    try:
        return words(key, **operands) if words.has(key) else str(error)
    except KeyError:  # the sentence of that name tells something else, of which this error knows nothing
        return str(error)


LISTS: Mapping[str, str] = {
    "account": "tdkt office people",
    "body": "tdkt office bodies",
    "title": "tdkt title list",
}
"""Where all of a sort are listed, for whoever sees only those that are near to what was typed."""


def _sentence_of_name(error: UnknownName, words: Words) -> str:
    """What may have been meant by a name that nothing or several things bear."""
    told, ref = error.told, error.operands.get("ref")
    kind = words(f"named.{error.what}")
    said = words(f"message.name_{told.code}", ten=kind, gia_tri=told.typed, danh_sach=told.listed)
    if told.unlisted and (listing := LISTS.get(error.what)):
        said += " " + words("message.name_list", lenh=listing)
    return words("message.name_for", ref=ref, chi_tiet=said) if ref else said


def _sentence_of_inputs(error: InputMistakes, words: Words) -> str:
    """What is wrong with an event's inputs, called by their labels; what only is missing, in a short list."""
    event = error.operands["event"]
    said = words.of(error.label) if error.label else words(f"event.{event}.label")
    if all(mistake.code == MISSING for mistake in error.told):
        named = ", ".join(_input_label(mistake, words) for mistake in error.told)
        typed = " ".join(f"--set {mistake.name}=…" for mistake in error.told)
        return words("message.missing_input", su_kien=said, truong=named, danh_sach=typed)
    told = [
        words(f"input.{mistake.code}", truong=_input_label(mistake, words), **mistake.operands)
        for mistake in error.told
    ]
    expects = asked(error.inputs, words) if error.inputs else error.operands["expected"]
    return words("message.inputs", su_kien=said, chi_tiet="; ".join(told), danh_sach=expects)


def input_mistakes(error: InputMistakes, words: Words) -> Mapping[str, str]:
    """What is wrong with each input, by its name: a form tells it where the input stands."""
    return {
        mistake.name: words(f"input.{mistake.code}", truong=_input_label(mistake, words), **mistake.operands)
        for mistake in error.told
    }


def asked(inputs: Sequence[Input], words: Words) -> str:
    """The inputs as they are typed, each with its label: `paper_number=<Số văn bản>`."""
    from workflow.rules.inputs import expected

    return expected(inputs, called=lambda input: words.of(input.label))


def _input_label(mistake: InputMistake, words: Words) -> str:
    return words.of(mistake.label) if mistake.label else mistake.name


def bounded(said: str) -> str:
    """A sentence that quotes what was typed, without all of a word that nobody could read to its end."""
    return WORD.sub(lambda word: shorten(word[0], LONGEST_SHOWN), said)


def error_json(error: TdktError, told_in: Words | str) -> dict[str, Any]:
    """An error as every refusal and mistake is told to scripts; of a file with mistakes where they are."""
    words = words_of(error, told_in)
    told = failure_json(error.code, bounded(sentence(error, words)), mistakes(error, words))
    places = [
        {"file": each.path, "line": each.line, "message": words.of(each.message)}
        for each in getattr(error, "mistakes", ())
    ]
    return {**told, "mistakes": places} if places else told


def mistakes(error: TdktError, words: Words) -> list[str]:
    """What is wrong in a file, with its places, in the reader's language."""
    return [f"{each.path}:{each.line}: {words.of(each.message)}" for each in getattr(error, "mistakes", ())]


def failure_json(code: str, said: str, reasons: Sequence[str] = ()) -> dict[str, Any]:
    """`error`, `message`, `reasons`: the sentence itself is the reason where there is no other."""
    told: list[dict[str, Any]] = [
        {"rule": code, "message": each, "cite": None, "who_can": []} for each in reasons or [said]
    ]
    return {"error": code, "message": said, "reasons": told}
