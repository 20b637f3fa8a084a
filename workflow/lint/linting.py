"""What is well-formed in a definition but unwise or cannot work, as findings with their place.

Each kind of definition has a module beside this one, with one small function a rule, in the order in which
findings are told. The linter reads values that the parser has accepted; whether a rule pack is due for review
needs a clock and is not here.
"""

from __future__ import annotations

from collections.abc import Collection

from workflow.lint.calendars import lint_calendar
from workflow.lint.catalogues import lint_messages
from workflow.lint.findings import Finding
from workflow.lint.machines import lint_machine
from workflow.lint.policies import lint_policy
from workflow.lint.rule_packs import lint_rules
from workflow.model.definition import CalendarYear, Catalogue, DeadlinePolicy, Definition, Machine, RulePack


def lint(definition: Definition, *, roles: Collection[str]) -> tuple[Finding, ...]:
    """The findings of one definition by itself; an office has none here, see `workflow.lint.offices`."""
    match definition:
        case Machine():
            return lint_machine(definition)
        case DeadlinePolicy():
            return lint_policy(definition, roles=roles)
        case CalendarYear():
            return lint_calendar(definition)
        case RulePack():
            return lint_rules(definition)
        case Catalogue():
            return lint_messages(definition)
    return ()
