"""A list as a body sent it: what was read and found in its cells, the dossiers that it comes to, one
confirmation. The file is chosen once: it is held from step to step (`web.held`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePath
from typing import Any, NamedTuple

from exchange.lists.inputs import typed as line_inputs
from exchange.lists.sender_file import has_macros
from exchange.lists.values import ReadList
from exchange.sheets.faults import Unreadable
from runtime.acts.import_list import import_list, proposed, read_sent
from runtime.office.taken import Taken, any_changed, any_refused
from runtime.views.answers import ReasonTold, reasons_told
from runtime.views.expected import owing_to
from runtime.views.list_shown import (
    ProposedShown,
    annotated_list,
    findings_told,
    lines_shown,
    list_facts,
    proposed_shown,
)
from web.desk import Desk
from web.failures import told
from web.frame import new_key
from web.links import item_path
from web.pages.dossiers import XLSX, fields_of_new, may_send_for
from web.replies import Download, Page, Redirect, Reply, Sent, Shown
from workflow.model.errors import TdktError
from workflow.services.intake import ListedDossier
from workflow.services.listing import LineMistakes

MOST_LINES, MOST_FINDINGS = 100, 150
"""Shown on the page; the annotated file has all findings."""
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
GIVEN = ("task", "body", "type", "ground", "period")
NEEDED = ("task", "body")
"""What its head may not say."""


class ProposedTold(NamedTuple):
    """A dossier as the list would leave it, with what speaks against it."""

    shown: ProposedShown
    reasons: tuple[ReasonTold, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A list that was sent: its token, the file, what was read of it."""

    token: str
    sent: Sent
    read: ReadList


def ask(desk: Desk) -> Reply:
    return _page(desk, None)


def look_or_take(desk: Desk) -> Reply:
    """Shows what the list comes to; with the confirmation takes it in, if it still comes to what was seen."""
    asked = desk.asked
    if asked.one("do") == "take" and desk.done_before(desk.acting_by(asked.one("key"))):
        return Redirect("/dossiers", said=(desk.words("web.done_before"),))
    try:
        look = _look(desk)
    except Unreadable as error:
        return _page(desk, None, mistakes={"file": error.said(desk.language)})
    except TdktError as error:
        if error.code != "file_gone":
            raise
        return _page(desk, None, mistakes={"file": told(error, desk.words)})
    if look is None:
        return _page(desk, None, mistakes={"file": desk.words("web.import.choose_file")})
    if look.read.refused:
        whole = [desk.words.of(each.say) for each in look.read.findings if not each.cell]
        if len(whole) == len(look.read.findings):  # it is no list at all
            return _page(desk, None, mistakes={"file": " ".join(whole)})
        return _page(desk, look, refused=True)
    mistakes = _mistakes(desk, look)
    if mistakes:
        return _page(desk, look, mistakes=mistakes)
    try:
        dossiers = _proposed(desk, look)
        tried = import_list(desk.acting, dossiers, anew=_anew(desk), confirmed=True, dry_run=True)
    except LineMistakes as error:
        return _page(desk, look, wrong=_in_its_row(desk, look, error))
    except TdktError as error:
        if error.exit_code > 2:
            raise
        return _page(desk, look, wrong=told(error, desk.words))
    if asked.one("do") != "take" or not any_changed(tried):
        if any_refused(tried) and asked.one("do") == "take":
            # Tried in earnest, so that the refusal is logged.
            import_list(desk.acting, dossiers, anew=_anew(desk), confirmed=True)
        return _page(desk, look, tried=tried)
    if asked.one("seen") != _seen(desk, tried):
        return _page(desk, look, tried=tried, changed=True)
    if any(each.listed and each.listed.confirmed for each in tried) and asked.one("confirmed") != "yes":
        return _page(desk, look, tried=tried, unconfirmed=True)
    return _take(desk, look, dossiers)


def _take(desk: Desk, look: Look, dossiers: Sequence[ListedDossier]) -> Reply:
    words, looking = desk.words, desk.looking
    acting = desk.acting_by(desk.asked.one("key"))
    taken = import_list(acting, dossiers, anew=_anew(desk), confirmed=True)
    if any_refused(taken):
        return _page(desk, look, tried=taken)
    keys = [each.listed.item.key for each in taken if each.listed]
    said = [
        words("intake.done", ref=looking.ref(each.listed.item.key), n=len(each.asked.lines))
        for each in taken
        if each.listed
    ]
    return Redirect(item_path(keys[0]) if len(keys) == 1 else "/dossiers", said=said)


def annotated_file(desk: Desk) -> Reply:
    """The sender's own file with the findings in its cells, to be sent back."""
    sent = desk.console.held.given(desk.account, desk.asked.place["token"])
    macros = has_macros(sent.content)
    read = read_sent(desk.acting, sent.content, file=sent.name)
    made = annotated_list(desk.words, read, sent.content, macros=macros)
    name = f"{PurePath(sent.name).stem}-{desk.words.speaking('vi')('web.import.annotated_name')}"
    return Download(f"{name}.{'xlsm' if macros else 'xlsx'}", XLSM if macros else XLSX, made.content)


def _look(desk: Desk) -> Look | None:
    """The file that came with the form, else the one that stays. Raises Unreadable, FileGone."""
    asked, held, account = desk.asked, desk.console.held, desk.account
    came = asked.files.get("file", ())
    if came:
        sent = came[-1]
        return Look(held.hold(account, sent), sent, read_sent(desk.acting, sent.content, file=sent.name))
    if token := asked.one("token"):
        sent = held.given(account, token)
        return Look(token, sent, read_sent(desk.acting, sent.content, file=sent.name))
    return None


def _anew(desk: Desk) -> bool:
    return desk.asked.one("anew") == "yes"


def _given(desk: Desk, look: Look) -> Mapping[str, str]:
    """What was chosen, else what the list says, else the only task to which the body owes a dossier."""
    asked, read = desk.asked, look.read
    body = asked.one("body") or read.body or ""
    owing = owing_to(desk.looking, body) if body and not asked.one("task") else ()
    return {
        "task": asked.one("task") or (owing[0].in_year if len(owing) == 1 else ""),
        "body": body,
        "type": asked.one("type") or read.type or "",
        "ground": asked.one("ground"),
        "period": asked.one("period") or read.period or str(desk.looking.year),
    }


def _mistakes(desk: Desk, look: Look) -> dict[str, str]:
    words, given = desk.words, _given(desk, look)
    found = {}
    if not given["body"]:
        found["body"] = words("web.import.no_body")
    elif not may_send_for(desk, given["body"]):
        found["body"] = words("web.dossiers.not_your_body")
    if not given["task"]:
        found["task"] = words("web.import.no_task")
    if not re.fullmatch(r"[\d\s,;]*", desk.asked.one("without")):
        found["without"] = words("web.import.bad_rows")
    return found


def _proposed(desk: Desk, look: Look) -> Sequence[ListedDossier]:
    given, acting = _given(desk, look), desk.acting
    return proposed(
        look.read,
        acting.setting.rules,
        task=acting.key(given["task"]),
        body=given["body"],
        period=given["period"],
        type=given["type"] or None,
        ground=given["ground"] or None,
        without=frozenset(map(int, re.findall(r"\d{1,9}", desk.asked.one("without")))),
    )


def _in_its_row(desk: Desk, look: Look, error: LineMistakes) -> str:
    rows = (f"{line.sheet}!{line.row}" for line in look.read.lines if line_inputs(line) == error.line)
    return f"{next(rows, look.read.file)}: {told(error.error, desk.words)}"


def _seen(desk: Desk, tried: Sequence[Taken]) -> str:
    """What was shown, by which a confirmation tells that it still is so."""
    shown = [proposed_shown(desk.looking, each) for each in tried]
    return sha256(repr(shown).encode()).hexdigest()


def _confirms(desk: Desk, look: Look, tried: Sequence[Taken]) -> Sequence[tuple[str, str]]:
    """The hidden fields that take in what is shown, once."""
    kept = (("key", new_key()), ("token", look.token), ("seen", _seen(desk, tried)))
    typed = (("without", desk.asked.one("without")), ("anew", "yes" if _anew(desk) else ""))
    return [*kept, *_given(desk, look).items(), *typed]


def _page(
    desk: Desk,
    look: Look | None,
    *,
    tried: Sequence[Taken] = (),
    mistakes: Mapping[str, str] | None = None,
    wrong: str = "",
    refused: bool = False,
    changed: bool = False,
    unconfirmed: bool = False,
) -> Reply:
    looking, asked, words = desk.looking, desk.asked, desk.words
    # The list may say what must be known; once it is read, it must have been.
    told_by_list = "" if look else words("web.import.from_list")
    fields = [
        each._replace(required=look is not None, hint=told_by_list) if each.name in NEEDED else each
        for each in fields_of_new(desk, needs=frozenset())
        if each.name in GIVEN
    ]
    given = _given(desk, look) if look else {name: asked.one(name) for name in GIVEN}
    findings = findings_told(words, look.read) if look else ()
    findings = tuple(sorted(findings, key=lambda each: ("error", "warning", "info").index(each.severity)))
    shown = [proposed_shown(looking, each) for each in tried]
    values: dict[str, Any] = {
        "fields": fields,
        "typed": {name: (word,) if word else () for name, word in given.items()},
        "without": asked.one("without"),
        "anew": _anew(desk),
        "look": look,
        "facts": list_facts(looking, look.read) if look else (),
        "lines": lines_shown(looking, look.read.lines[:MOST_LINES]) if look else None,
        "n": len(look.read.lines) if look else 0,
        "more": max(len(look.read.lines) - MOST_LINES, 0) if look else 0,
        "findings": findings[:MOST_FINDINGS],
        "more_findings": max(len(findings) - MOST_FINDINGS, 0),
        "severities": {name: words(f"annotation.severity.{name}") for name in ("error", "warning", "info")},
        "proposed": [ProposedTold(each, reasons_told(looking, each.reasons)) for each in shown],
        "doubted": any(each.doubts for each in shown),
        "takes": any_changed(tried),
        "unchanged": bool(tried) and not any_refused(tried) and not any_changed(tried),
        "confirms": _confirms(desk, look, tried) if look and tried else (),
        "changed": changed,
        "unconfirmed": unconfirmed,
        "mistakes": mistakes or {},
        "wrong": wrong,
    }
    status = (
        409 if changed else 422 if mistakes or wrong or refused or unconfirmed or any_refused(tried) else 200
    )
    return Shown("list_import", values, status)


PAGES = (
    Page("GET", "/dossiers/import", ask, part="dossiers"),
    Page("POST", "/dossiers/import", look_or_take, part="dossiers", acts=True),
    Page("GET", "/dossiers/import/{token}", annotated_file, part="dossiers"),
)
