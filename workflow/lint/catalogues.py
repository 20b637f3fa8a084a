"""Which values the texts of a catalogue ask for and nobody gives."""

from __future__ import annotations

from collections.abc import Iterator

from workflow.files.telling import told
from workflow.lint.findings import Finding
from workflow.model.definition import Catalogue
from workflow.model.wording import PLACEHOLDER
from workflow.notices.chase import CHASE_GIVES, CHASE_KINDS
from workflow.notices.deadline import ALWAYS_GIVEN
from workflow.services.procedures import PROCEDURES


def lint_messages(catalogue: Catalogue) -> tuple[Finding, ...]:
    return tuple(_value_nobody_gives(catalogue))


def _value_nobody_gives(catalogue: Catalogue) -> Iterator[Finding]:
    """A placeholder without a value would fail the act (an event, a chase) that makes the notice."""
    caused = {kind: each for procedure in PROCEDURES.values() for kind, each in procedure.caused.items()}
    given = {kind: (*each.gives, *ALWAYS_GIVEN) for kind, each in caused.items()}
    given |= dict.fromkeys(CHASE_KINDS, CHASE_GIVES)
    given |= {f"superior.{kind}": gives for kind, gives in given.items()}
    for kind, gives in given.items():
        notice = catalogue.notices.get(kind)
        texts = {"subject": notice.subject, "text": notice.text} if notice else {}
        for part, text in texts.items():
            for name, alternative in dict.fromkeys(PLACEHOLDER.findall(text)):
                if (not alternative or "|" in alternative) and name not in gives:
                    message = told(
                        "nobody gives {{{name}}}: write {{{name}|what is said without it}}", name=name
                    )
                    yield Finding("error", "value_nobody_gives", ("notices", kind, part), message)
