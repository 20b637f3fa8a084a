"""Signing in and out, on both databases: invitations, passwords, sessions, tries that fail, and the log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from sqlalchemy import text

from runtime.acts import advance, logins
from runtime.acts.acting import Acting
from runtime.acts.advance import EventRequest
from runtime.acts.clock import accept_clock
from runtime.acts.logins import (
    InvitationGone,
    NoAccounts,
    NotForRecovery,
    PasswordCommon,
    PasswordShort,
    SignInRefused,
    StillEnabled,
    SubjectTaken,
    TryAgainAt,
)
from runtime.acts.passwords import STRANGER, is_older
from runtime.acts.sweep import sweep
from runtime.office.looking import Looking
from runtime.office.opened import NotHeld, NotSignedIn
from runtime.office.settings import Options
from runtime.views import logins as views
from storage.log.audit import verify
from storage.log.replay import replay
from tests.conftest import Sandbox
from tests.people import ADMINISTRATOR, CHAIR, OFFICER, SECRETARY
from workflow.model.context import Actor
from workflow.model.errors import UsageMistake
from workflow.model.logins import LIMITS, LONGEST_WAIT, OF_ADDRESS, OF_LOGIN, TERMINAL, WEB
from workflow.model.naming import UnknownName

FOUNDED = "2026-03-02T08:00"
NAME, PASSWORD = "Nông Thị Mẫu", "mèo ngủ trên mái nhà"
OTHER = "trâu gặm cỏ bên suối"
HERE = "192.0.2.7"

At = Callable[..., Acting]
"""Opens the office at a local time, for whoever is signed in."""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, sandbox: Sandbox) -> str:
    return sandbox(request.param, FOUNDED)


@pytest.fixture
def at(url: str) -> Iterator[At]:
    opened: list[Acting] = []

    def open_office(now: str | None = FOUNDED, **options: Any) -> Acting:
        opened.append(Acting(Options(db=url, now=now, **options), {}))
        return opened[-1]

    yield open_office
    for acting in opened:
        acting.database.close()


def looking(url: str, now: str = FOUNDED) -> Looking:
    return Looking(Options(db=url, now=now), {})


def administering(at: At) -> Acting:
    """The administrator at work, past the door: who must be signed in is tested for itself."""
    acting = at()
    acting.actor = Actor(ADMINISTRATOR)
    return acting


def invited(at: At, *accounts: str, name: str = NAME, **more: Any) -> logins.Invited:
    return logins.invite(administering(at), accounts or (OFFICER,), name, role="administrator", **more)


@pytest.fixture
def member(at: At) -> str:
    """A login that holds two accounts."""
    return logins.accept(at(), invited(at, OFFICER, SECRETARY).secret, password=PASSWORD)


def sign_in(
    at: At, name: str = NAME, password: str = PASSWORD, *, now: str | None = FOUNDED, **more: Any
) -> str:
    return logins.sign_in(at(now), name, password, address=more.pop("address", HERE), **more)


def entries(acting: Acting) -> list[Any]:
    return list(
        acting.database.connection.execute(
            text("SELECT actor, event, login, bytes FROM entry WHERE refused = FALSE ORDER BY log, seq")
        )
    )


# -- invitations -----------------------------------------------------------------------------------------


def test_an_invitation_makes_a_login_once(at: At, url: str) -> None:
    made = invited(at, OFFICER, SECRETARY)
    with looking(url).reading:
        seen = views.invitation_of(looking(url), made.secret)
    id = logins.accept(at(), made.secret, password=PASSWORD, language="vi")

    assert seen == made.invitation
    assert made.path == f"/i/{made.secret}"
    with pytest.raises(InvitationGone):
        logins.accept(at(), made.secret, password=OTHER)
    (shown,) = views.logins_shown(looking(url)).logins
    assert (shown.login, shown.name, shown.accounts, shown.enabled, shown.by) == (
        id,
        NAME,
        (OFFICER, SECRETARY),
        True,
        "password",
    )
    assert views.logins_shown(looking(url)).invitations == ()


def test_an_invitation_ends_and_can_be_withdrawn(at: At) -> None:
    late, gone = invited(at, days=7), invited(at)
    logins.revoke_invitation(administering(at), gone.id, role="administrator")

    for secret, now in ((late.secret, "2026-03-09T08:00"), (gone.secret, FOUNDED), ("anything", FOUNDED)):
        with pytest.raises(InvitationGone):
            logins.accept(at(now), secret, password=PASSWORD)
    with pytest.raises(InvitationGone):
        logins.revoke_invitation(administering(at), gone.id, role="administrator")


def test_two_who_use_one_invitation_at_a_time_make_one_login(at: At) -> None:
    made = invited(at)

    def use(_number: int) -> str | None:
        try:
            with at() as acting:
                return logins.accept(acting, made.secret, password=PASSWORD)
        except InvitationGone:
            return None

    with ThreadPoolExecutor(2) as pool:
        used = list(pool.map(use, range(2)))

    assert used.count(None) == 1


@pytest.mark.parametrize("days", [0, 31])
def test_an_invitation_needs_a_person_an_account_and_some_days(at: At, days: int) -> None:
    for accounts, name, limit in (((), NAME, 7), ((OFFICER,), " ", 7), ((OFFICER,), NAME, days)):
        with pytest.raises(UsageMistake):
            logins.invite(administering(at), accounts, name, role="administrator", days=limit)
    with pytest.raises(NoAccounts):
        logins.invite(administering(at), (), NAME, role="administrator")


def test_a_weak_password_leaves_the_invitation_as_it_was(at: At) -> None:
    made = invited(at)

    for password, error in (("ngắn quá", PasswordShort), (f"{NAME} 2026", PasswordCommon)):
        with pytest.raises(error):
            logins.accept(at(), made.secret, password=password)

    assert logins.accept(at(), made.secret, password=PASSWORD)


def test_a_forgotten_password_is_replaced_by_another_invitation(at: At, member: str) -> None:
    token = sign_in(at)
    again = invited(at, login=member)

    assert logins.accept(at(), again.secret, password=OTHER) == member
    assert logins.session_of(at(), token) is None
    assert sign_in(at, password=OTHER)
    with pytest.raises(SignInRefused):
        sign_in(at)


def test_whoever_lost_every_administrators_login_is_invited_by_the_program(at: At, member: str) -> None:
    with pytest.raises(NotForRecovery):
        logins.invite(at(), (CHAIR,), "Ai đó", role=None, recover=True)
    made = logins.invite(at(), (ADMINISTRATOR,), "Quản trị mới", role=None, recover=True)

    assert logins.accept(at(), made.secret, password=OTHER) != member
    assert [row.actor for row in entries(at()) if row.event == "invite"] == [ADMINISTRATOR, "system"]


# -- signing in ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [NAME, "nong thi mau", "  NÔNG  THỊ MẪU", OFFICER])
def test_a_person_signs_in_by_name_or_by_an_account_of_its_own(at: At, member: str, typed: str) -> None:
    now = logins.session_of(at(), sign_in(at, typed))

    assert now is not None
    assert (now.login, now.name, now.accounts, now.account, now.kind, now.due) == (
        member,
        NAME,
        (OFFICER, SECRETARY),
        OFFICER,
        WEB,
        False,
    )


def test_an_account_that_two_hold_names_neither(at: At, member: str) -> None:
    other = logins.accept(at(), invited(at, SECRETARY, name="Lý Văn Thử").secret, password=OTHER)

    with pytest.raises(SignInRefused):
        sign_in(at, SECRETARY)
    assert member != other
    assert sign_in(at, "Lý Văn Thử", OTHER)


def test_unknown_wrong_disabled_and_empty_are_refused_alike(at: At, member: str) -> None:
    logins.accept(at(), invited(at, CHAIR, name="Lý Văn Thử").secret, password=OTHER)
    gone = logins.login_named(at(), "Lý Văn Thử").id
    logins.disable(administering(at), gone, role="administrator")

    tries = ((NAME, OTHER), ("Không ai", PASSWORD), ("Lý Văn Thử", OTHER), (NAME, ""), ("", ""))
    for name, password in tries:
        with pytest.raises(SignInRefused):
            sign_in(at, name, password)


def test_a_known_and_an_unknown_name_take_as_long(at: At, member: str) -> None:
    def taken(name: str) -> float:
        begun = time.perf_counter()
        with pytest.raises(SignInRefused):
            sign_in(at, name, OTHER, address=str(begun))
        return time.perf_counter() - begun

    known, unknown = zip(*((taken(NAME), taken(f"Ai đó {no}")) for no in range(4)), strict=True)

    assert 0.5 < median(known) / median(unknown) < 2
    assert not is_older(STRANGER)


def test_tries_that_fail_are_slowed_by_login_and_heard_again(at: At, member: str) -> None:
    for _ in range(OF_LOGIN):
        with pytest.raises(SignInRefused):
            sign_in(at, password=OTHER)

    with pytest.raises(TryAgainAt) as slowed:
        sign_in(at)
    with pytest.raises(TryAgainAt):  # by another of its names, and from elsewhere
        sign_in(at, OFFICER, address="198.51.100.1")
    assert f"{slowed.value.operands['gio']:%H:%M}" == "08:01"
    assert sign_in(at, now="2026-03-02T08:01")
    for _ in range(OF_LOGIN):  # and the count began anew
        with pytest.raises(SignInRefused):
            sign_in(at, password=OTHER, now="2026-03-02T08:01")


def test_tries_are_slowed_by_address_too(at: At, member: str) -> None:
    for number in range(OF_ADDRESS):
        with pytest.raises(SignInRefused):
            sign_in(at, f"Ai đó {number}")

    with pytest.raises(TryAgainAt):
        sign_in(at)
    assert sign_in(at, address="198.51.100.1")


def test_many_tries_at_a_time_are_not_heard_either(at: At, member: str) -> None:
    def attempt(_number: int) -> type[Exception]:
        try:
            with at() as acting:
                logins.sign_in(acting, NAME, OTHER, address=HERE)
        except (SignInRefused, TryAgainAt) as error:
            return type(error)
        raise AssertionError("let in")

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(attempt, range(OF_LOGIN + 4)))

    assert answers.count(SignInRefused) == OF_LOGIN


def test_nobody_waits_for_longer_than_the_longest_wait(at: At, member: str) -> None:
    acting = at()
    start = acting.now
    for _ in range(60):
        acting.now += LONGEST_WAIT
        with pytest.raises(SignInRefused):
            logins.sign_in(acting, NAME, OTHER, address=HERE)
    acting.now += LONGEST_WAIT

    assert acting.now - start == LONGEST_WAIT * 61
    assert logins.sign_in(acting, NAME, PASSWORD, address=HERE)


def test_a_sandbox_whose_clock_stands_still_slows_nobody(at: At, member: str) -> None:
    for _ in range(OF_LOGIN + 1):
        with pytest.raises(SignInRefused):
            sign_in(at, password=OTHER, now=None)


# -- sessions --------------------------------------------------------------------------------------------


def test_a_session_slides_and_ends(at: At, member: str) -> None:
    token, acting = sign_in(at), at()
    idle = LIMITS[WEB].idle
    for _ in range(int(LIMITS[WEB].whole / idle)):
        acting.now += idle - timedelta(minutes=1)
        now = logins.session_of(acting, token)
        assert now is not None
        assert now.due
        logins.touch(acting, token)
        again = logins.session_of(acting, token)
        assert again is not None
        assert not again.due
    acting.now += idle

    assert logins.session_of(acting, token) is None


def test_a_session_ends_where_it_is_not_used(at: At, member: str) -> None:
    web, terminal = sign_in(at), sign_in(at, kind=TERMINAL)
    acting = at()
    acting.now += LIMITS[WEB].idle

    assert logins.session_of(acting, web) is None
    assert logins.session_of(acting, terminal) is not None
    acting.now += LIMITS[TERMINAL].idle
    assert logins.session_of(acting, terminal) is None


def test_another_account_is_chosen_of_those_that_are_held(at: At, member: str, url: str) -> None:
    token = sign_in(at, account=SECRETARY)

    assert logins.switch(at(), token, OFFICER).account == OFFICER
    for refused in (lambda: logins.switch(at(), token, CHAIR), lambda: sign_in(at, account=CHAIR)):
        with pytest.raises(NotHeld):
            refused()
    seen = views.session_of(looking(url), token)
    assert seen == logins.session_of(at(), token)
    assert seen is not None
    assert seen.account == OFFICER


def test_signing_out_ends_one_session_or_all(at: At, member: str, url: str) -> None:
    first, second, third = (sign_in(at) for _ in range(3))

    logins.sign_out(at(), first)
    logins.sign_out(at(), "anything")
    assert [bool(logins.session_of(at(), each)) for each in (first, second, third)] == [False, True, True]
    assert logins.sign_out_everywhere(at(), member, but=third) == 1
    (shown,) = views.logins_shown(looking(url)).logins
    assert (len(shown.sessions), bool(views.session_of(looking(url), second))) == (1, False)


def test_a_changed_password_ends_all_other_sessions(at: At, member: str) -> None:
    mine, others = sign_in(at), sign_in(at)

    with pytest.raises(SignInRefused):
        logins.change_password(at(), mine, OTHER, "một câu rất khác thường", address=HERE)
    logins.change_password(at(), mine, PASSWORD, OTHER, address=HERE)

    assert [bool(logins.session_of(at(), each)) for each in (mine, others)] == [True, False]
    assert sign_in(at, password=OTHER)


def test_a_disabled_login_is_out_until_it_is_enabled(at: At, member: str) -> None:
    token = sign_in(at)
    logins.disable(administering(at), member, role="administrator")

    assert logins.session_of(at(), token) is None
    with pytest.raises(NotSignedIn):
        _ = at(actor=OFFICER, login=member).actor
    logins.enable(administering(at), member, role="administrator")
    assert logins.session_of(at(), token) is None
    assert sign_in(at)


def test_an_erased_name_is_nowhere_and_the_log_verifies(at: At, member: str, url: str) -> None:
    kept = logins.login_named(at(), NAME)
    acting = administering(at)
    with pytest.raises(StillEnabled):
        logins.erase_login(acting, kept, role="administrator")
    logins.disable(acting, member, role="administrator")

    assert logins.erase_login(acting, logins.login_named(acting, member), role="administrator") == 2

    rows = acting.database.connection.execute(text("SELECT value FROM office_text")).scalars().all()
    assert NAME not in rows
    assert [each.name for each in views.logins_shown(looking(url)).logins if each.login == member] == [None]
    with pytest.raises(UnknownName):
        logins.login_named(acting, NAME)
    assert (verify(acting.database, acting.office).faults, replay(acting.database, acting.office).faults) == (
        (),
        (),
    )


def test_an_issuers_subject_signs_in_where_it_was_invited(at: At, member: str) -> None:
    subject = ("https://sso.example.vn", "0123")
    made, second = invited(at, CHAIR, name="Lý Văn Thử"), invited(at, SECRETARY, name="Lý Văn Khác")

    with pytest.raises(SignInRefused):
        logins.sign_in_subject(at(), *subject)
    id = logins.accept(at(), made.secret, subject=subject)
    with pytest.raises(SubjectTaken):
        logins.accept(at(), second.secret, subject=subject)

    now = logins.session_of(at(), logins.sign_in_subject(at(), *subject))
    assert now is not None
    assert (now.login, now.account) == (id, CHAIR)
    with pytest.raises(SignInRefused):  # it has no password
        sign_in(at, "Lý Văn Thử")


# -- acting ----------------------------------------------------------------------------------------------


def test_where_people_sign_in_only_who_holds_the_account_acts(at: At, member: str) -> None:
    for account, login, error in (
        (OFFICER, None, NotSignedIn),
        (CHAIR, member, NotHeld),
        (OFFICER, "0" * 32, NotSignedIn),
    ):
        acting = at(actor=account, login=login)
        with pytest.raises(error):
            advance.advance(acting, ["T01"], EventRequest("submit", {}))

    (done,) = advance.advance(at(actor=OFFICER, login=member), ["T01"], EventRequest("submit", {}))
    assert done.done
    last = entries(at())[-1]
    assert (last.actor, last.event, last.login) == (OFFICER, "submit", member)


def test_the_program_needs_no_login(at: At, member: str) -> None:
    acting = at("2026-03-31T08:00")

    assert sweep(acting).rows
    assert not accept_clock(acting)


def test_the_log_has_what_was_done_and_neither_names_nor_secrets(at: At, member: str) -> None:
    token = sign_in(at)
    logins.change_password(at(), token, PASSWORD, OTHER, address=HERE)

    found = [row for row in entries(at()) if row.event in ("invite", "accept_invitation", "change_password")]
    assert [(row.actor, row.event, row.login) for row in found] == [
        (ADMINISTRATOR, "invite", None),
        (OFFICER, "accept_invitation", member),
        (OFFICER, "change_password", member),
    ]
    said = b"".join(bytes(row.bytes) for row in found).decode()
    assert [word for word in (NAME, PASSWORD, OTHER, token, "argon2") if word in said] == []
    kept = "".join(
        str(tuple(row))
        for table in ("login_session", "invitation", "login", "login_attempt")
        for row in at().database.connection.execute(text(f"SELECT * FROM {table}"))
    )
    assert [word for word in (PASSWORD, OTHER, token, HERE) if word in kept] == []
    acting = at()
    assert (verify(acting.database, acting.office).faults, replay(acting.database, acting.office).faults) == (
        (),
        (),
    )


def test_accounts_are_given_and_taken(at: At, member: str) -> None:
    token = sign_in(at, account=OFFICER)
    logins.set_accounts(administering(at), member, ["Thư ký Hội đồng", CHAIR], role="administrator")

    now = logins.session_of(at(), token)
    assert now is not None
    assert (now.accounts, now.account) == ((CHAIR, SECRETARY), CHAIR)
