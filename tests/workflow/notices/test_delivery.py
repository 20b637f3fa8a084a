"""When notices leave: quiet hours, digests, further parts, backoff; addresses; ids."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.people import CHAIR, OFFICER, VICE_CHAIR
from tests.workflow.shipped import at, calendar, office, policy
from workflow.model.definition import Digest, Quiet
from workflow.notices.delivery import (
    FARTHEST_WAIT,
    Bundle,
    FailedTry,
    Reader,
    Section,
    Times,
    Waiting,
    after_failure,
    bundle,
    digest_of,
    gives_up_at,
    has_settled,
    in_quiet_hours,
    is_weekly,
    may_send,
    message_id,
    reading_together,
    wait_after,
)

TIMES = Times(policy(), calendar(), office().zone)


def waiting(kind: str = "reminder", since: str = "2026-04-01T08:00", id: str = "n") -> Waiting:
    return Waiting(id, kind, at(since), 2026, "T01", "Chủ đề", "Nội dung")


def closed(
    *notices: Waiting,
    now: str,
    frozen: tuple[tuple[date, str], ...] = (),
    weekly: bool = False,
    settled: bool = True,
) -> Bundle | None:
    readers = [Reader(OFFICER, weekly, notices)]
    return bundle(readers, frozen=frozen, settled=settled, times=TIMES, now=at(now))


def message(day: str, part: str, *notices: Waiting, weekly: bool = False) -> Bundle:
    """A message to the one reader."""
    return Bundle(date.fromisoformat(day), part, (Section(OFFICER, weekly, notices),))


# Times


@pytest.mark.parametrize(
    ("clock", "quiet"),
    [
        ("17:59", False), ("18:00", True), ("23:59", True), ("00:00", True), ("06:59", True),
        ("07:00", False), ("12:00", False),
    ],
)  # fmt: skip
def test_quiet_hours_pass_midnight_and_their_end_is_not_quiet(clock: str, quiet: bool) -> None:
    assert in_quiet_hours(time.fromisoformat(clock), Quiet()) is quiet


def test_equal_hours_are_no_quiet_hours_and_others_may_lie_within_a_day() -> None:
    noon = Quiet(time(12), time(13))

    assert not any(in_quiet_hours(time(hour), Quiet(time(9), time(9))) for hour in range(24))
    assert [hour for hour in range(24) if in_quiet_hours(time(hour), noon)] == [12]


@pytest.mark.parametrize(
    ("now", "may"),
    [
        ("2026-04-01T08:00", True),
        ("2026-04-01T19:00", False),
        ("2026-04-04T10:00", False),  # Saturday
        ("2026-01-10T10:00", True),  # Saturday that is made up
        ("2026-11-24T10:00", False),  # the new holiday
    ],
)
def test_nothing_is_sent_in_quiet_hours_nor_on_days_off(now: str, may: bool) -> None:
    assert may_send(at(now), TIMES) is may


def test_an_office_may_send_on_days_off() -> None:
    times = replace(TIMES, policy=replace(policy(), quiet=Quiet(days_off=False)))

    assert may_send(at("2026-04-04T10:00"), times)


@pytest.mark.parametrize(
    ("now", "day", "opens"),
    [
        ("2026-04-13T07:29", "2026-04-06", "2026-04-06T07:30"),
        ("2026-04-13T07:30", "2026-04-13", "2026-04-13T07:30"),
        ("2026-04-17T18:00", "2026-04-13", "2026-04-13T07:30"),
        # Monday 27/4 is off: that week's goes on Tuesday, and bears Monday's name.
        ("2026-04-27T10:00", "2026-04-20", "2026-04-20T07:30"),
        ("2026-04-28T07:30", "2026-04-27", "2026-04-28T07:30"),
    ],
)
def test_the_weeks_digest_goes_on_monday_or_the_next_working_day(now: str, day: str, opens: str) -> None:
    assert digest_of(at(now), TIMES, weekly=True) == (date.fromisoformat(day), at(opens))


def test_chair_and_vice_chair_are_written_to_once_a_week_the_others_daily() -> None:
    weekly = {
        account.id for account in office().accounts if is_weekly(account.id, office=office(), policy=policy())
    }

    assert weekly == {CHAIR, VICE_CHAIR}


# Bundles


def test_everything_that_waits_goes_as_the_days_digest_from_its_hour_on() -> None:
    two = (waiting(id="a"), waiting("ask", id="b"))

    assert closed(*two, now="2026-04-01T07:59") is None
    assert closed(*two, now="2026-04-01T08:00") == message("2026-04-01", "digest", *two)
    assert closed(*two, now="2026-04-01T18:00") is None
    assert closed(now="2026-04-01T08:00") is None


def test_what_comes_after_the_days_message_waits_for_the_next() -> None:
    today = ((date(2026, 4, 1), "digest"),)

    assert closed(waiting(), now="2026-04-01T10:00", frozen=today) is None
    assert closed(waiting(), now="2026-04-02T08:00", frozen=today) == message(
        "2026-04-02", "digest", waiting()
    )


def test_what_cannot_wait_follows_on_the_same_day_a_few_times() -> None:
    today = date(2026, 4, 1)
    kinds = ("returned", "due_today", "substitution", "invitation", "reminder")
    several = tuple(waiting(kind, id=kind) for kind in kinds)
    parts: list[tuple[date, str]] = [(today, "digest")]
    made = []
    while (more := closed(*several, now="2026-04-01T10:00", frozen=tuple(parts))) is not None:
        made.append(more)
        parts.append((more.day, more.part))

    assert [each.part for each in made] == ["urgent-1", "urgent-2", "urgent-3"]
    assert made[0].notices == several[:4]


def test_a_weekly_reader_gets_what_was_due_when_the_week_opened() -> None:
    before, after = waiting("escalation", "2026-04-10T08:00"), waiting("escalation", "2026-04-13T08:00")

    assert closed(before, now="2026-04-10T08:00", weekly=True) is None
    assert closed(before, after, now="2026-04-13T09:00", weekly=True) == message(
        "2026-04-13", "digest", before, weekly=True
    )
    frozen = ((date(2026, 4, 13), "digest"),)
    assert closed(after, now="2026-04-16T09:00", weekly=True, frozen=frozen) is None
    assert closed(after, now="2026-04-20T07:30", weekly=True, frozen=frozen) == message(
        "2026-04-20", "digest", after, weekly=True
    )


def test_a_weekly_reader_is_not_written_to_between_for_a_due_date_but_for_a_substitution() -> None:
    due, substitution = waiting("due_today", "2026-04-15T08:00"), waiting("substitution", "2026-04-15T09:00")

    assert closed(due, now="2026-04-15T10:00", weekly=True) is None
    assert closed(due, substitution, now="2026-04-15T10:00", weekly=True) == message(
        "2026-04-15", "urgent-1", substitution, weekly=True
    )


def test_a_digest_waits_for_the_sweep_and_what_cannot_wait_does_not() -> None:
    today = ((date(2026, 4, 1), "digest"),)

    assert closed(waiting(), now="2026-04-01T08:00", settled=False) is None
    assert closed(waiting("returned"), now="2026-04-01T10:00", settled=False, frozen=today) is not None


def test_a_row_that_never_fires_holds_the_digest_for_a_quarter_of_an_hour_only() -> None:
    due = at("2026-04-01T08:00")

    assert has_settled(None, due)
    assert not has_settled(due, due + timedelta(minutes=14))
    assert has_settled(due, due + timedelta(minutes=15))


KINDS = st.sampled_from(("reminder", "returned", "due_today", "escalation", "substitution"))


@given(
    made=st.lists(st.tuples(KINDS, st.integers(0, 14 * 24 * 60)), max_size=30),
    looks=st.lists(st.integers(0, 15 * 24 * 60), max_size=40),
    weekly=st.booleans(),
)
def test_every_notice_goes_into_one_message_and_at_most_one_digest_a_day(
    made: list[tuple[str, int]], looks: list[int], weekly: bool
) -> None:
    """Three weeks from Wednesday 1 April; the last look is long after everything was made."""
    start = at("2026-04-01T00:00")
    notices = [
        Waiting(f"n{number}", kind, start + timedelta(minutes=minute), 2026, "T01", "x", "x")
        for number, (kind, minute) in enumerate(made)
    ]
    bundles: list[Bundle] = []
    moments = [*sorted(looks), *(day * 24 * 60 + 9 * 60 for day in range(15, 28))]
    for minute in moments:
        now = start + timedelta(minutes=minute)
        taken = {notice.id for each in bundles for notice in each.notices}
        left = [each for each in notices if each.since <= now and each.id not in taken]
        frozen = {(each.day, each.part) for each in bundles}
        readers = [Reader(OFFICER, weekly, left)]
        found = bundle(readers, frozen=frozen, settled=True, times=TIMES, now=now)
        if found is not None:
            assert may_send(now, TIMES)
            bundles.append(found)

    assert sorted(notice.id for each in bundles for notice in each.notices) == sorted(
        each.id for each in notices
    )
    named = [(each.day, each.part) for each in bundles]
    assert len(named) == len(set(named))
    assert all(sum(day == each for each, _part in named) <= 4 for day, _part in named)
    if weekly:
        assert all(day.weekday() == 0 for day, part in named if part == "digest")


# Several readers at one address


def test_the_accounts_of_one_mail_address_read_together() -> None:
    contacts = [
        (CHAIR, "email", "Van.Phong@diemhe.gov.vn"),
        (CHAIR, "zalo", "zalo"),
        (OFFICER, "email", "chuyenvien@diemhe.gov.vn"),
        (VICE_CHAIR, "email", "van.phong@diemhe.gov.vn"),
        (VICE_CHAIR, "zalo", "zalo"),
    ]

    assert list(reading_together(contacts)) == [
        ("email", (CHAIR, VICE_CHAIR)),
        ("zalo", (CHAIR,)),
        ("email", (OFFICER,)),
        ("zalo", (VICE_CHAIR,)),
    ]


def together(
    now: str, *readers: Reader, frozen: tuple[tuple[date, str], ...] = (), settled: bool = True
) -> Bundle | None:
    return bundle(readers, frozen=frozen, settled=settled, times=TIMES, now=at(now))


def test_two_positions_at_one_address_get_one_digest_with_a_part_for_each() -> None:
    head, member = waiting(id="a"), waiting("escalation", id="b")
    readers = (Reader("head", False, [head]), Reader("away", False, []), Reader("member", False, [member]))

    found = together("2026-04-01T08:00", *readers)

    assert found == Bundle(
        date(2026, 4, 1), "digest", (Section("head", False, (head,)), Section("member", False, (member,)))
    )
    frozen = ((found.day, found.part),)
    assert together("2026-04-01T10:00", *readers, frozen=frozen) is None


def test_on_monday_the_weeks_digest_goes_with_the_days() -> None:
    late, mine = waiting("escalation", "2026-04-10T08:00", id="a"), waiting(since="2026-04-12T08:00", id="b")
    readers = (Reader(CHAIR, True, [late]), Reader(OFFICER, False, [mine]))

    assert together("2026-04-10T09:00", *readers) == Bundle(
        date(2026, 4, 10), "digest", (Section(OFFICER, False, (mine,)),)
    )
    assert together("2026-04-13T07:30", *readers) is None
    assert together("2026-04-13T08:00", *readers) == Bundle(
        date(2026, 4, 13), "digest", (Section(CHAIR, True, (late,)), Section(OFFICER, False, (mine,)))
    )


def test_without_anything_for_the_daily_reader_the_week_opens_at_its_own_hour() -> None:
    late = waiting("escalation", "2026-04-10T08:00")
    readers = (Reader(CHAIR, True, [late]), Reader(OFFICER, False, []))

    found = together("2026-04-13T07:30", *readers)

    assert found == Bundle(date(2026, 4, 13), "digest", (Section(CHAIR, True, (late,)),))
    # What comes for the other one later that day waits, or the address would get two.
    more = (Reader(CHAIR, True, []), Reader(OFFICER, False, [waiting(since="2026-04-13T08:00", id="c")]))
    assert together("2026-04-13T09:00", *more, frozen=((found.day, found.part),)) is None
    assert together("2026-04-14T08:00", *more, frozen=((found.day, found.part),)) is not None


@given(
    made=st.lists(st.tuples(st.integers(0, 2), KINDS, st.integers(0, 14 * 24 * 60)), max_size=30),
    looks=st.lists(st.integers(0, 15 * 24 * 60), max_size=40),
    sorts=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_an_address_gets_every_notice_once_and_one_digest_a_day(
    made: list[tuple[int, str, int]], looks: list[int], sorts: tuple[bool, bool, bool]
) -> None:
    start = at("2026-04-01T00:00")
    notices = [
        (reader, Waiting(f"n{number}", kind, start + timedelta(minutes=minute), 2026, "T01", "x", "x"))
        for number, (reader, kind, minute) in enumerate(made)
    ]
    bundles: list[Bundle] = []
    for minute in [*sorted(looks), *(day * 24 * 60 + 9 * 60 for day in range(15, 28))]:
        now = start + timedelta(minutes=minute)
        taken = {notice.id for each in bundles for notice in each.notices}
        readers = [
            Reader(
                f"a{reader}",
                weekly,
                [n for at, n in notices if at == reader and n.since <= now and n.id not in taken],
            )
            for reader, weekly in enumerate(sorts)
        ]
        frozen = {(each.day, each.part) for each in bundles}
        found = bundle(readers, frozen=frozen, settled=True, times=TIMES, now=now)
        if found is not None:
            assert may_send(now, TIMES)
            bundles.append(found)

    told = sorted(
        (section.account, notice.id)
        for each in bundles
        for section in each.sections
        for notice in section.notices
    )
    assert told == sorted((f"a{reader}", notice.id) for reader, notice in notices)
    named = [(each.day, each.part) for each in bundles]
    assert len(named) == len(set(named))
    assert all(sum(day == each for each, _part in named) <= 4 for day, _part in named)


# After a try


def test_waits_double_from_a_minute_to_an_hour() -> None:
    minutes = [wait_after(attempts, share=0.5) / timedelta(minutes=1) for attempts in range(1, 10)]

    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@given(attempts=st.integers(0, 10_000), share=st.floats(0, 1))
def test_a_wait_is_spread_and_never_longer_than_the_farthest(attempts: int, share: float) -> None:
    wait = wait_after(attempts, share=share)

    assert timedelta(seconds=48) <= wait <= timedelta(minutes=72) < FARTHEST_WAIT


@pytest.mark.parametrize(
    ("begun", "given_up"),
    [
        ("2026-04-01T08:00", "2026-04-02T08:00"),
        ("2026-04-03T16:30", "2026-04-06T16:30"),  # from Friday over the weekend
        ("2026-02-13T08:00", "2026-02-23T08:00"),  # over Tết
    ],
)
def test_tries_end_a_day_later_days_off_not_counted(begun: str, given_up: str) -> None:
    assert gives_up_at(at(begun), TIMES) == at(given_up)


def test_what_becomes_of_a_try_depends_on_the_trouble() -> None:
    begun, now = at("2026-04-01T08:00"), at("2026-04-01T09:00")
    late = at("2026-04-02T08:00")

    def fate(trouble: str, now: datetime) -> FailedTry:
        return after_failure(trouble, attempts=3, begun_at=begun, share=0.5, times=TIMES, now=now)  # type: ignore[arg-type]

    assert fate("recipient", now) == FailedTry("dead", now)
    assert fate("later", now) == fate("server", now) == FailedTry("failed", now + timedelta(minutes=4))
    assert fate("setup", now) == FailedTry("failed", now + timedelta(hours=1))
    assert {fate(trouble, late) for trouble in ("later", "server", "setup")} == {FailedTry("dead", late)}


# Names and addresses


def test_a_messages_id_is_the_same_for_the_same_person_channel_day_and_part() -> None:
    one = message_id("diem-he", OFFICER, "email", date(2026, 4, 1), "digest")
    others = {
        message_id("diem-hei", OFFICER, "email", date(2026, 4, 1), "digest"),
        message_id("diem-he", "chuyen-vienemail", "", date(2026, 4, 1), "digest"),
        message_id("diem-he", OFFICER, "zalo", date(2026, 4, 1), "digest"),
        message_id("diem-he", OFFICER, "email", date(2026, 4, 2), "digest"),
        message_id("diem-he", OFFICER, "email", date(2026, 4, 1), "urgent-1"),
    }

    assert one == message_id("diem-he", OFFICER, "email", date(2026, 4, 1), "digest")
    assert (len(one), set(one) <= set("0123456789abcdef")) == (40, True)
    assert one not in others
    assert len(others) == 5


def test_a_digest_of_other_days_and_hours_follows_the_policy() -> None:
    friday = replace(policy(), digest=Digest(weekday="friday", weekly=time(16), weekly_for=("officer",)))
    times = replace(TIMES, policy=friday)

    assert is_weekly(OFFICER, office=office(), policy=friday)
    assert digest_of(datetime(2026, 4, 10, 9, 0, tzinfo=UTC), times, weekly=True) == (
        date(2026, 4, 10),
        at("2026-04-10T16:00"),
    )
