"""Where the console does what a command does. What is not named here stands on the command line alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from workflow.model.text import Text


class CommandKnown(NamedTuple):
    """A command by its full name, with what it is for."""

    name: str
    said: Text


PLACES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "/inbox": ("inbox",),
        "/items/{year}/{ref}/do/{event}": (
            "advance",
            "deadline extend",
            "deadline propose",
            "deadline set",
            "deadline untarget",
            "task adopt",
            "task confirm",
            "task lead",
            "task record",
            "task kind",
            "dossier accept",
            "dossier add",
            "dossier appraise",
            "dossier attach",
            "dossier edit",
            "dossier move",
            "dossier remove",
            "dossier split",
            "council agenda",
            "council ask-written",
            "council board",
            "council call",
            "council cancel",
            "council change",
            "council check",
            "council close",
            "council conclude",
            "council minutes",
            "council open",
            "council postpone",
            "council recount",
            "council recuse",
            "council reopen",
            "council reply",
            "council roll",
            "council vote",
            "council count",
            "decision add",
            "decision correct",
            "decision drop",
            "decision drop-line",
            "decision funds",
            "decision issue",
            "decision recall-copies",
            "decision rectify",
            "decision reissue",
            "decision remove",
            "decision return",
            "decision sign",
            "decision submit",
            "decision unsign",
        ),
        "/items/{year}/{ref}/hand": (
            "claim",
            "delegate",
        ),
        "/items/{year}/{ref}/change/{kind}": (
            "decision amend",
            "decision replace",
            "decision revoke",
        ),
        "/items/{year}/{ref}": (
            "show",
            "why",
            "task show",
            "dossier show",
            "council show",
            "council forecast",
            "decision show",
            "dossier papers",
        ),
        "/plan": (
            "plan show",
            "plan import",
            "task list",
        ),
        "/dossiers": (
            "dossier list",
            "dossier import",
            "dossier new",
        ),
        "/sessions": (
            "council list",
            "council new",
        ),
        "/decisions": (
            "decision list",
            "decision new",
        ),
        "/registers/{register}": (
            "register awards",
            "register decisions",
            "register dossiers",
            "register papers",
        ),
        "/dossiers/template": ("dossier template",),
        "/money/{year}/{ref}": (
            "payment carry",
            "payment record",
            "payment recover",
            "payment undo",
            "certificate hand",
            "certificate list",
            "certificate number",
            "certificate return",
        ),
        "/money": (
            "fund set",
            "fund show",
            "payment list",
        ),
        "/items/{year}/{ref}/links": ("expect link",),
        "/items/{year}/{ref}/receipt": ("dossier receipt",),
        "/chase": (
            "expect list",
            "expect chase",
            "expect answer",
            "expect open",
        ),
        "/reports": (
            "report year",
            "report half",
            "report statistics",
            "report fund",
            "report coverage",
            "report chase",
            "plan next",
        ),
        "/items/{year}/{ref}/papers": (
            "paper certificates",
            "paper list",
            "paper make",
        ),
        "/deadlines": (
            "deadline list",
            "deadline sheet",
            "deadline ics",
        ),
        "/search": ("history search",),
        "/search/{number}": ("history show",),
        "/log": ("audit log",),
        "/log/{log}/{seq}": ("audit show",),
        "/log/verify": ("audit verify",),
        "/log/export": ("audit export",),
        "/settings": ("office people",),
        "/settings/holder": ("office holder",),
        "/settings/substitutions": (
            "office substitute",
            "office substitutions",
        ),
        "/settings/contacts": (
            "office contact",
            "office contacts",
        ),
        "/settings/bodies": ("office bodies",),
        "/settings/definitions": (
            "definition list",
            "definition adopt",
            "definition check",
        ),
        "/settings/definitions/{kind}/{name}/{version}": (
            "definition show",
            "definition export",
        ),
        "/settings/proposals/{number}": (
            "definition proposals",
            "definition agree",
            "definition decline",
            "definition withdraw",
        ),
        "/status": (
            "doctor",
            "incident list",
            "backup",
            "notice retry",
        ),
        "/status/incident": ("incident clear",),
    }
)
"""The commands by the page of the console that does the same; events are buttons of their item."""


def only_typed(commands: Iterable[CommandKnown], pages: Collection[str]) -> tuple[CommandKnown, ...]:
    """The commands that none of these pages does."""
    done = {f"tdkt {name}" for page, names in PLACES.items() if page in pages for name in names}
    return tuple(command for command in commands if command.name not in done)
