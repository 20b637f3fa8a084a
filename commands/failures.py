"""From errors to one sentence and an exit code: 0 done, 1 refused, 2 usage, 3 conflict, 4 database.

What is not listed here is a bug and keeps its traceback.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import click

from commands.printing import print_remarks, say
from commands.session import DATABASE, DONE, INTERRUPTED, USAGE, named_values, pick, print_json, spoken
from commands.streams import guarded
from runtime.office.settings import Options, environment, language
from runtime.office.words import Words
from workflow.model.causes import cause_of
from workflow.model.errors import MISSING, InputMistake, InputMistakes, TdktError, UnknownValue, UsageMistake
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from runtime.office.kept import OfficeCache
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

COMPLETING = "_TDKT_COMPLETE"
"""Set by a shell that asks for completions."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
LONGEST_SHOWN = 60
WORD = re.compile(r"\S{300,}")
"""Longer than any path or address that is meant."""


class OutputFull(TdktError):
    """The output cannot be written: {ly_do}. Make room or write it elsewhere; what was asked for was done."""

    code = "output_full"


class BadPath(UsageMistake):
    """{tep} is too long for a file's name; check it, then repeat."""

    code = "bad_path"


class Exit(Exception):
    """A command ends with a code after it has said what there was to say."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def run(door: click.Command, arguments: Sequence[str], *, kept: OfficeCache | None = None) -> int:
    """Runs one command line; every expected failure is one sentence on stderr. Answers with the exit code.
    `kept` is what earlier ones on the same database left."""
    with guarded():
        return _run(door, arguments, Options(kept=kept))


def _run(door: click.Command, arguments: Sequence[str], options: Options) -> int:
    as_json = "--json" in arguments
    try:
        door.main(
            args=[as_utf8(word) for word in arguments], prog_name="tdkt", standalone_mode=False, obj=options
        )
    except Exit as ended:
        return ended.code
    except TdktError as error:
        tell(error, as_json=as_json)
        return error.exit_code
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return USAGE
    except click.ClickException as mistake:
        _tell_usage(mistake, as_json=as_json)
        return USAGE
    except (click.exceptions.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            tell(BadPath(tep=shorten(str(error.filename), LONGEST_SHOWN)), as_json=as_json)
            return USAGE
        if error.errno not in FULL:
            raise
        tell(OutputFull(ly_do=cause_of(error)), as_json=as_json)
        _drop_output()
        return DATABASE
    except SystemExit:
        if COMPLETING in os.environ:
            raise
        # What click does when nobody reads on, as in `tdkt task list | head`: what was asked for was done.
        _drop_output()
        return DONE
    return DONE


def as_utf8(word: str) -> str:
    """A word of the command line read as UTF-8, whatever the locale took its bytes for, where it is UTF-8."""
    if word.isascii():
        return word
    try:
        return os.fsencode(word).decode("utf-8")
    except UnicodeError:
        return word


def _drop_output() -> None:
    """Lets what is still to be written go nowhere, so that the interpreter's end does not stumble on it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def shipped_words(stored: str | None = None) -> Words:
    """The package's own catalogue, for what no open office can word; loads YAML, so only here.

    `stored` is the language of the office, where one was open.
    """
    from runtime.office import seeds

    chosen = language(stored, environment()) if stored else spoken()
    return Words(seeds.shipped_words(), language=chosen)


def sentence(error: TdktError) -> str:
    """The error in the reader's language, ending with the cure; in English where the catalogue has none."""
    if isinstance(error, InputMistakes):
        return _sentence_of_inputs(error)
    from workflow.model.naming import UnknownName

    if isinstance(error, UnknownName):
        return _sentence_of_name(error)
    name = SENTENCES.get(error.code, error.code)
    if isinstance(error, UnknownValue):
        name = f"unknown_{error.operands['what']}"
    key = f"message.{name}"
    operands: dict[str, Any] = {}
    for name, value in error.operands.items():
        operands[OPERANDS.get(f"{error.code}.{name}", OPERANDS.get(name, name))] = value
    words = _words_of(error)
    try:
        return words(key, **operands) if words.has(key) else str(error)
    except KeyError:  # the sentence of that name tells something else, of which this error knows nothing
        return str(error)


def _words_of(error: TdktError) -> Words:
    return error.words if isinstance(error.words, Words) else shipped_words(error.language)


LISTS: Mapping[str, str] = {
    "account": "tdkt office people",
    "body": "tdkt office bodies",
    "title": "tdkt title list",
}
"""Where all of a sort are listed, for whoever sees only those that are near to what was typed."""


def _sentence_of_name(error: UnknownName) -> str:
    """What may have been meant by a name that nothing or several things bear."""
    words, told, ref = _words_of(error), error.told, error.operands.get("ref")
    kind = words(f"named.{error.what}")
    said = words(f"message.name_{told.code}", ten=kind, gia_tri=told.typed, danh_sach=told.listed)
    if told.unlisted and (listing := LISTS.get(error.what)):
        said += " " + words("message.name_list", lenh=listing)
    return words("message.name_for", ref=ref, chi_tiet=said) if ref else said


def _sentence_of_inputs(error: InputMistakes) -> str:
    """What is wrong with an event's inputs, called by their labels; what only is missing, in a short list."""
    words, event = _words_of(error), error.operands["event"]
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


def asked(inputs: Sequence[Input], words: Words) -> str:
    """The inputs as they are typed, each with its label: `paper_number=<Số văn bản>`."""
    from workflow.rules.inputs import expected

    return expected(inputs, called=lambda input: words.of(input.label))


def _input_label(mistake: InputMistake, words: Words) -> str:
    return words.of(mistake.label) if mistake.label else mistake.name


def bounded(said: str) -> str:
    """A sentence that quotes what was typed, without all of a word that nobody could read to its end."""
    return WORD.sub(lambda word: shorten(word[0], LONGEST_SHOWN), said)


def tell(error: TdktError, *, as_json: bool) -> None:
    """One sentence on stderr, or the same as JSON; of a file with mistakes each of them before it."""
    if as_json:
        print_json(error_json(error), err=True)
        return
    print_remarks([(None, said, "error") for said in _mistakes(error)], _words_of(error))
    say(bounded(sentence(error)), err=True)


def error_json(error: TdktError) -> dict[str, Any]:
    """An error as every refusal and mistake is told to scripts; of a file with mistakes where they are."""
    said, mistakes = bounded(sentence(error)), getattr(error, "mistakes", ())
    told, of = failure_json(error.code, said, _mistakes(error)), _words_of(error).of
    places = [{"file": each.path, "line": each.line, "message": of(each.message)} for each in mistakes]
    return {**told, "mistakes": places} if places else told


def _mistakes(error: TdktError) -> list[str]:
    """What is wrong in a file, with its places, in the reader's language."""
    of = _words_of(error).of
    return [f"{each.path}:{each.line}: {of(each.message)}" for each in getattr(error, "mistakes", ())]


def failure_json(code: str, said: str, reasons: Sequence[str] = ()) -> dict[str, Any]:
    """`error`, `message`, `reasons`: the sentence itself is the reason where there is no other."""
    told: list[dict[str, Any]] = [
        {"rule": code, "message": each, "cite": None, "who_can": []} for each in reasons or [said]
    ]
    return {"error": code, "message": said, "reasons": told}


USAGE_SENTENCE = (
    "The command is not right: {said} See: {command} -h",
    "Câu lệnh chưa đúng: {said} Xem hướng dẫn: {command} -h",
)


def _tell_usage(mistake: click.ClickException, *, as_json: bool) -> None:
    context = getattr(mistake, "ctx", None)
    with context.scope(cleanup=False) if context else nullcontext():
        said, command = _said(mistake), context.command_path if context else "tdkt"
        told = pick(USAGE_SENTENCE).format(said=said, command=command)
    if as_json:
        print_json(failure_json("usage", told), err=True)
    else:
        say(told, err=True)


def _said(mistake: click.ClickException) -> str:
    """click's sentence, with the words that stand for values as the help page has them."""
    said = bounded(" ".join(mistake.format_message().split()))
    if isinstance(mistake, click.BadParameter) and mistake.param is not None:
        hint = mistake.param.get_error_hint(mistake.ctx)
        said = said.replace(hint, named_values(hint))
    return said if said.endswith((".", "?", "?)")) else f"{said}."
