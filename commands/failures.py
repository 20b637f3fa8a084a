"""From errors to one sentence and an exit code: 0 done, 1 refused, 2 usage, 3 conflict, 4 database.

What is not listed here is a bug and keeps its traceback.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

import click

from commands.session import DATABASE, DONE, INTERRUPTED, USAGE
from runtime.office.settings import environment, language
from runtime.office.words import Words
from workflow.model.errors import TdktError, UnknownValue, UsageMistake
from workflow.model.wording import shorten

MESSAGES: Mapping[str, str] = {
    "database": "message.database",
    "database_missing": "message.no_database",
    "database_read_only": "message.database_read_only",
    "database_corrupt": "message.database_corrupt",
    "disk_full": "message.disk_full",
    "newer_schema": "message.database_newer",
    "older_schema": "message.database_older",
    "no_rights": "message.database_no_rights",
    "network_path": "message.network_path",
    "locked": "message.database_locked",
    "no_actor": "message.no_actor",
    "only_with_week": "message.only_with_week",
    "policy_not_adopted": "message.policy_not_adopted",
    "only_with_apply": "message.only_with_apply",
    "unknown_actor": "message.unknown_actor",
    "unknown_ref": "message.unknown_ref",
    "bad_ref": "message.bad_ref",
    "not_an_item": "message.not_an_item",
    "bad_path": "message.bad_path",
    "unknown_event": "message.unknown_event",
    "no_office": "message.no_office",
    "several_offices": "message.several_offices",
    "no_plan": "message.no_plan",
    "no_plan_at_all": "message.no_plan_at_all",
    "sandbox_only": "message.sandbox_only",
    "bad_time": "message.bad_time",
    "clock_backwards": "message.clock_backwards",
    "released_definition": "message.released_definition",
    "definition_edited": "message.definition_edited",
    "definition_other_office": "message.definition_other_office",
    "definition_ambiguous": "message.definition_ambiguous",
    "unknown_definition": "message.unknown_definition",
    "name_one_definition": "message.name_one_definition",
    "not_a_machine": "message.not_a_machine",
    "unknown_entry": "message.unknown_entry",
    "unknown_incident": "message.unknown_incident",
    "port_unusable": "message.port_unusable",
    "office_unreadable": "message.office_unreadable",
    "no_log": "message.no_log",
    "bad_date": "message.bad_date",
    "substitution_without_days": "message.substitution_without_days",
    "substitution_past": "message.substitution_past",
    "substitute_itself": "message.substitute_itself",
    "substitution_options": "message.substitution_options",
    "delegation_options": "message.delegation_options",
    "bad_paper": "message.bad_paper",
    "past_day": "message.past_day",
    "not_a_workbook": "message.not_a_workbook",
    "backup_needs_sqlite": "message.backup_needs_sqlite",
    "backup_own_path": "message.backup_own_path",
    "backup_bad": "message.backup_bad",
    "file_exists": "message.file_exists",
    "unwritable_file": "message.unwritable_file",
    "not_confirmed": "message.not_confirmed",
    "no_working_day": "message.no_working_day",
    "no_calendar": "message.no_calendar",
    "bad_period": "message.bad_period",
    "no_holidays": "message.no_holidays",
    "year_unknown": "message.year_unknown",
    "plan_other_year": "message.plan_other_year",
    "bad_set": "message.bad_set",
    "bad_range": "message.bad_range",
    "bad_data": "message.bad_data",
    "bad_database_url": "message.bad_database_url",
    "bad_lock_timeout": "message.bad_lock_timeout",
    "repeated_input": "message.repeated_input",
    "inputs": "message.inputs",
    "unreadable_text": "message.unreadable_text",
    "no_line": "message.no_line",
    "conflict": "message.stale",
    "bad_address": "message.bad_address",
    "unknown_channel": "message.unknown_channel",
    "no_contact": "message.no_contact",
    "unknown_message": "message.unknown_message",
    "one_contact": "message.one_contact",
    "which_letters": "message.which_letters",
    "dead_alone": "message.dead_alone",
    "deadlock": "message.deadlock",
    "database_exists": "message.office_exists",
    "output_full": "message.output_full",
    "unreadable_file": "message.unreadable_file",
    "simulated_past": "message.simulated_past",
    "empty_span": "message.empty_span",
    "scenario_mistakes": "message.scenario_mistakes",
    "scenario_or_compare": "message.scenario_or_compare",
    "no_list": "message.no_list",
    "not_a_task": "message.not_a_task",
    "not_expected": "message.not_expected",
    "answer_or_undo": "message.answer_or_undo",
}
"""The catalogue's sentence for an error; one without a sentence there speaks English."""

OPERANDS: Mapping[str, str] = {
    "where": "noi",
    "why": "ly_do",
    "actor": "tai_khoan",
    "event": "su_kien",
    "value": "gia_tri",
    "known": "danh_sach",
    "conflict.found": "m",
    "conflict.expected": "n",
    "inputs.mistakes": "chi_tiet",
    "inputs.expected": "danh_sach",
    "database_exists.office": "ten",
}
"""Our operands under the catalogue's placeholder names, where need be for one error alone."""


COMPLETING = "_TDKT_COMPLETE"
"""Set by a shell that asks for completions."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


LONGEST_SHOWN = 60


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


def run(door: click.Command, arguments: Sequence[str]) -> int:
    """Runs one command line; every expected failure is one sentence on stderr. Answers with the exit code."""
    as_json = "--json" in arguments
    try:
        door.main(args=[as_utf8(word) for word in arguments], prog_name="tdkt", standalone_mode=False)
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
        tell(OutputFull(ly_do=error.strerror), as_json=as_json)
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

    spoken = language(stored, environment())
    return Words(seeds.shipped_words(), language=spoken)


def sentence(error: TdktError) -> str:
    """The error in the reader's language, ending with the cure."""
    key = MESSAGES.get(error.code)
    if isinstance(error, UnknownValue):
        key = f"message.unknown_{error.operands['what']}"
    if key is None:
        return str(error)
    operands: dict[str, Any] = {}
    for name, value in error.operands.items():
        operands[OPERANDS.get(f"{error.code}.{name}", OPERANDS.get(name, name))] = value
    words = error.words if isinstance(error.words, Words) else shipped_words()
    try:
        return words(key, **operands) if words.has(key) else str(error)
    except KeyError:
        return str(error)


def tell(error: TdktError, *, as_json: bool) -> None:
    """One sentence on stderr, or the same as JSON."""
    said = sentence(error)
    if as_json:
        reason: dict[str, Any] = {"rule": error.code, "message": said, "cite": None, "who_can": []}
        click.echo(
            json.dumps({"error": error.code, "message": said, "reasons": [reason]}, ensure_ascii=False),
            err=True,
        )
        return
    for mistake in getattr(error, "mistakes", ()):
        click.echo(str(mistake), err=True)
    click.echo(said, err=True)


def _tell_usage(mistake: click.ClickException, *, as_json: bool) -> None:
    context = getattr(mistake, "ctx", None)
    command = context.command_path if context else "tdkt"
    said = shipped_words()("message.usage", chi_tiet=mistake.format_message().rstrip("."), lenh=command)
    if as_json:
        click.echo(
            json.dumps({"error": "usage", "message": said, "reasons": []}, ensure_ascii=False), err=True
        )
        return
    click.echo(said, err=True)
