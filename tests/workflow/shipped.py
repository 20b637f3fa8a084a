"""The shipped definitions as tests use them: parsed with the real registries, each file once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.older import stored_source
from tests.people import (
    ACCOUNTANT,
    ADMINISTRATOR,
    AUDITOR,
    CHAIR,
    FIFTH_MEMBER,
    FOURTH_MEMBER,
    MEMBER,
    OFFICER,
    RECORDS_CLERK,
    REPRESENTATIVES,
    SCHOOLS,
    SECOND_MEMBER,
    SECRETARY,
    STANDING_MEMBER,
    THIRD_MEMBER,
    VICE_CHAIR,
    VILLAGES,
)
from workflow.engine.machine import RunnableMachine
from workflow.files.parsing import Parsed, parse
from workflow.lint.registries import vocabulary
from workflow.model.calendar import WorkCalendar
from workflow.model.context import Setting
from workflow.model.definition import (
    CalendarYear,
    Catalogue,
    DeadlinePolicy,
    Machine,
    Office,
    RulePack,
    Span,
)
from workflow.services.procedures import PROCEDURES

DEFINITIONS = Path(__file__).parents[2] / "definitions"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLAN_BEGIN = date(2026, 1, 1)


@cache
def shipped(place: str) -> Parsed:
    """A shipped file by its place below `definitions/`, without mistakes."""
    path = DEFINITIONS / f"{place}.yaml"
    parsed = parse(path.read_text(encoding="utf-8"), path=place, vocabulary=vocabulary())
    assert parsed.mistakes == ()
    return parsed


@cache
def machine(name: str) -> RunnableMachine:
    parsed = shipped(f"machines/{name}/1")
    assert isinstance(parsed.definition, Machine)
    return RunnableMachine(parsed.definition, digest=parsed.digest, procedures=PROCEDURES)


@cache
def older_dossiers() -> RunnableMachine:
    """The dossiers' machine of before there were sessions, in which votes are typed line by line."""
    source = stored_source("machine", "nomination_dossier")
    parsed = parse(source, path="stored", vocabulary=vocabulary())
    assert isinstance(parsed.definition, Machine)
    return RunnableMachine(parsed.definition, digest=parsed.digest, procedures=PROCEDURES)


def machine_of(digest: str) -> RunnableMachine:
    """The machine that an item pins, as services ask for it."""
    names = ("plan_task", "nomination_dossier", "council_session", "award_decision", "off_plan")
    return next((each for name in names if (each := machine(name)).digest == digest), older_dossiers())


def newest(subject: str) -> RunnableMachine | None:
    """The shipped machine of a subject's items."""
    names = {"task": "plan_task", "dossier": "nomination_dossier", "award_decision": "award_decision"}
    return machine(names[subject]) if subject in names else None


def office() -> Office:
    definition = shipped("offices/diem-he/1").definition
    assert isinstance(definition, Office)
    return definition


def rules() -> RulePack:
    definition = shipped("rules/commune/1").definition
    assert isinstance(definition, RulePack)
    return definition


def pack_digest() -> str:
    """The digest of the shipped rule pack."""
    return shipped("rules/commune/1").digest


def policy(version: int = 1) -> DeadlinePolicy:
    """The shipped policy, under another number where a test has several."""
    definition = shipped("policies/deadlines/1").definition
    assert isinstance(definition, DeadlinePolicy)
    return replace(definition, version=version)


def bare_policy() -> DeadlinePolicy:
    """A first version that starts no terms and repeats nothing, as offices have stored it."""
    return replace(policy(), terms=(), repeat=None)


def pausing(policy: DeadlinePolicy, version: int) -> DeadlinePolicy:
    """The policy as offices have stored it: the term to decide counts from the receipt and stands still while
    the dossier is returned, and the supplement has five working days, each time anew."""
    older: dict[str, dict[str, Any]] = {
        "decision": {"since": "received_on", "pauses": ("returned",)},
        "review": {"runs": ("submitted",), "pauses": ("returned",)},
        "supplement": {"on": None, "within": Span(5, "wd"), "resume": "anew"},
    }
    terms = tuple(replace(term, **older.get(term.id, {})) for term in policy.terms)
    return replace(policy, version=version, terms=terms)


def catalogue() -> Catalogue:
    definition = shipped("messages/tdkt/1").definition
    assert isinstance(definition, Catalogue)
    return definition


LATER_PACK = "rules/commune-2026-10/1"
"""The pack of what is received since the law changed."""


def later_rules() -> RulePack:
    definition = shipped(LATER_PACK).definition
    assert isinstance(definition, RulePack)
    return definition


def later_digest() -> str:
    return shipped(LATER_PACK).digest


@cache
def calendar() -> WorkCalendar:
    years = [shipped(f"calendars/vn-{year}/1").definition for year in (2026, 2027)]
    return WorkCalendar.of(year for year in years if isinstance(year, CalendarYear))


def setting(
    *, started_on: date = PLAN_BEGIN, sandbox: bool = False, directory: Office | None = None
) -> Setting:
    """The shipped office's setting on a morning of January, or that of another directory. Its policy is bare:
    only tests of terms have terms."""
    return Setting(
        office=directory or office(),
        rules=rules(),
        calendar=calendar(),
        policy=bare_policy(),
        started_on=started_on,
        now=at("2026-01-20T09:00"),
        sandbox=sandbox,
        packs={pack_digest(): rules(), later_digest(): later_rules()},
        laws=(rules(), later_rules()),
    )


def with_roles(**roles: tuple[str, ...]) -> Office:
    """The shipped office with other roles for some accounts; `thu_ky` means the account `thu-ky`."""
    wanted = {name.replace("_", "-"): held for name, held in roles.items()}
    accounts = tuple(
        account._replace(roles=wanted.get(account.id, account.roles)) for account in office().accounts
    )
    return office()._replace(accounts=accounts)


def at(text: str) -> datetime:
    """An instant in UTC from local words, `2026-03-31` (its midnight) or `2026-03-31T08:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


ACCOUNTS = (
    CHAIR,
    VICE_CHAIR,
    STANDING_MEMBER,
    SECRETARY,
    OFFICER,
    MEMBER,
    SECOND_MEMBER,
    THIRD_MEMBER,
    FOURTH_MEMBER,
    FIFTH_MEMBER,
    RECORDS_CLERK,
    ACCOUNTANT,
    *REPRESENTATIVES,
    *VILLAGES,
    *SCHOOLS,
    AUDITOR,
    ADMINISTRATOR,
)
"""Every position of the shipped office, in the file's order."""
