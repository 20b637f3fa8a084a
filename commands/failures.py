"""From errors to an exit code, with one sentence: 0 done, 1 refused, 2 usage, 3 conflict, 4 database.

What is not listed here is a bug and keeps its traceback.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from commands.printing import print_remarks, say
from commands.session import DATABASE, DONE, INTERRUPTED, USAGE, named_values, pick, print_json, spoken
from commands.streams import guarded
from runtime.office import sentences
from runtime.office.sentences import LONGEST_SHOWN, bounded, error_json, failure_json, mistakes, words_of
from runtime.office.settings import Options, environment, language
from workflow.model.causes import cause_of
from workflow.model.errors import TdktError, UsageMistake
from workflow.model.wording import shorten

if TYPE_CHECKING:
    from runtime.office.kept import OfficeCache
    from runtime.office.words import Words

COMPLETING = "_TDKT_COMPLETE"
"""Set by a shell that asks for completions."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


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
    """The package's own words, for what no open office can word; `stored` is the office's language, where one
    was open."""
    return sentences.shipped_words(language(stored, environment()) if stored else spoken())


def sentence(error: TdktError) -> str:
    """The error in a sentence, in the language that the command line speaks where it brings no words."""
    return sentences.sentence(error, spoken())


def tell(error: TdktError, *, as_json: bool) -> None:
    """One sentence on stderr, or the same as JSON; of a file with mistakes each of them before it."""
    if as_json:
        print_json(error_json(error, spoken()), err=True)
        return
    words = words_of(error, spoken())
    print_remarks([(None, said, "error") for said in mistakes(error, words)], words)
    say(bounded(sentences.sentence(error, words)), err=True)


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
