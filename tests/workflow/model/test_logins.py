"""How long a session lasts, and how tries that fail are slowed: for every history of tries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow.model.logins import (
    FIRST_WAIT,
    FORGOTTEN,
    LIMITS,
    LONGEST_WAIT,
    OF_LOGIN,
    SEEN_EVERY,
    WEB,
    Session,
    Tries,
    ends_at,
    failed_again,
    free_at,
    signed_in,
    wait_after,
)

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
GAPS = st.lists(st.timedeltas(timedelta(0), 2 * FORGOTTEN), max_size=60)


@given(GAPS)
def test_whoever_waits_as_told_is_heard_and_never_waits_longer_than_the_longest(
    gaps: list[timedelta],
) -> None:
    tries: Tries | None = None
    now = NOW
    for gap in gaps:
        now += gap
        again = free_at(tries, free=OF_LOGIN, now=now)
        if again is not None:
            assert now < again <= now + LONGEST_WAIT
            now = again
        assert free_at(tries, free=OF_LOGIN, now=now) is None
        tries = failed_again(tries, now=now)


@given(st.integers(1, 400), st.timedeltas(timedelta(seconds=1), timedelta(minutes=1)))
def test_who_tries_without_end_is_heard_rarely(hours: int, gap: timedelta) -> None:
    """As often as there are free tries and longest waits in the time, and the few shorter waits before."""
    tries, now, heard = None, NOW, 0
    span = timedelta(hours=min(hours, 23))
    while now < NOW + span:
        again = free_at(tries, free=OF_LOGIN, now=now)
        if again is not None:
            now = again
            continue
        tries, heard = failed_again(tries, now=now), heard + 1
        now += gap
    doublings = (LONGEST_WAIT // FIRST_WAIT).bit_length()
    assert heard <= OF_LOGIN + doublings + span // LONGEST_WAIT + 1


@given(st.integers(0, 10**6))
def test_waits_grow_and_are_bounded(failures: int) -> None:
    wait = wait_after(failures, free=OF_LOGIN)

    assert timedelta(0) <= wait <= wait_after(failures + 1, free=OF_LOGIN) <= LONGEST_WAIT
    assert (wait == timedelta(0)) == (failures < OF_LOGIN)


def test_a_clock_that_was_set_back_keeps_nobody_waiting() -> None:
    ahead = Tries(OF_LOGIN, NOW + timedelta(days=3))

    assert free_at(ahead, free=OF_LOGIN, now=NOW) is None


SESSION = Session(
    "a", "thu-ky", WEB, None, NOW, NOW, NOW + LIMITS[WEB].whole, None, None, "vi", "Nông Thị Mẫu"
)


@given(st.timedeltas(timedelta(0), LIMITS[WEB].whole), st.timedeltas(timedelta(0), 2 * LIMITS[WEB].whole))
def test_a_session_ends_unused_or_at_its_end(seen: timedelta, later: timedelta) -> None:
    session = SESSION._replace(seen_at=NOW + seen)
    now = NOW + seen + later
    found = signed_in(session, ["thu-ky"], now=now)

    assert (found is None) == (later >= LIMITS[WEB].idle or now >= session.expires_at)
    assert ends_at(session) <= session.expires_at
    if found is not None:
        assert (found.due, found.ends_at) == (later >= SEEN_EVERY, ends_at(session))


def test_a_revoked_session_and_a_disabled_login_are_out() -> None:
    assert signed_in(SESSION, ["thu-ky"], now=NOW) is not None
    assert signed_in(SESSION._replace(revoked_at=NOW), ["thu-ky"], now=NOW) is None
    assert signed_in(SESSION._replace(disabled_at=NOW), ["thu-ky"], now=NOW) is None
    assert signed_in(SESSION, [], now=NOW) is None


def test_the_first_account_is_chosen_where_the_chosen_one_was_taken() -> None:
    found = signed_in(SESSION, ["van-thu", "chuyen-vien"], now=NOW)

    assert found is not None
    assert (found.account, found.accounts) == ("chuyen-vien", ("chuyen-vien", "van-thu"))
