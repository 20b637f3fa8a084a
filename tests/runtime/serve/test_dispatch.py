"""The dispatcher on both databases: bundles frozen once, order per person, backoff, dead letters, several
dispatchers; real servers on loopback, and faults by channels of the tests' own. Time is a parameter."""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from cli import door
from commands.failures import run
from runtime.mail.channels import Channel, Mail, Undelivered
from runtime.office.settings import Options
from runtime.serve.dispatch import Dispatched, Dispatching
from runtime.serve.sweeping import Sweeping
from storage.database import Database
from tests.conftest import Sandbox
from tests.people import CHAIR, OFFICER, SECRETARY, STANDING_MEMBER, VICE_CHAIR
from tests.runtime.mailing import address_of, http_receiver, mail_server, plain_settings
from tests.waiting import LIMIT, until
from workflow.notices.delivery import Trouble


@dataclass(slots=True)
class Office:
    """A sandbox of January, its time moved by hand."""

    url: str

    def sweep(self, now: str) -> None:
        list(Sweeping(Options(db=self.url, now=now), {}).sweep())

    def dispatch(
        self,
        now: str,
        channels: Mapping[str, Channel] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> list[Dispatched]:
        return list(self.dispatching(now, channels, environment).dispatch())

    def dispatching(
        self,
        now: str,
        channels: Mapping[str, Channel] | None = None,
        environment: Mapping[str, str] | None = None,
        **more: Any,
    ) -> Dispatching:
        options = Options(db=self.url, now=now)
        return Dispatching(options, environment or {}, channels=channels, share=lambda: 0.5, **more)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with Database(self.url) as database:
            return [tuple(row) for row in database.connection.execute(text(sql))]

    def reached(self, *contacts: tuple[str, str]) -> None:
        with Database(self.url) as database, database.transaction():
            for account, channel in contacts:
                database.connection.execute(
                    text("INSERT INTO contact VALUES ('diem-he', :account, :channel, :address, NULL)"),
                    {"account": account, "channel": channel, "address": address_of(account)},
                )
            database.commit()

    @property
    def messages(self) -> list[tuple[Any, ...]]:
        return self.rows("SELECT account, channel, part, status, attempts FROM message ORDER BY 1, 2, day, 3")

    @property
    def statuses(self) -> Counter[str]:
        return Counter(row[0] for row in self.rows("SELECT status FROM notice WHERE channel <> 'inbox'"))


JANUARY = "2026-01-05T07:30"


@pytest.fixture(scope="session")
def january(founded_file: Callable[[str], Path]) -> Path:
    return founded_file(JANUARY)


@pytest.fixture
def sqlite(sandbox: Sandbox) -> Office:
    return Office(sandbox("sqlite", JANUARY))


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, sandbox: Sandbox) -> Office:
    return Office(sandbox(request.param, JANUARY))


@dataclass(slots=True)
class Box:
    """A channel of the tests' own: takes mails, or says by address why not."""

    taken: list[Mail] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    refuses: dict[str, Trouble] = field(default_factory=dict)
    trouble: Trouble | None = None
    before: Callable[[Mail], None] = lambda _mail: None

    def send(self, mail: Mail) -> str:
        self.tried.append(mail.address)
        self.before(mail)
        trouble = self.refuses.get(mail.address, self.trouble)
        if trouble is not None:
            raise Undelivered(trouble, f"450 {trouble}")
        self.taken.append(mail)
        return "250 OK"


# What goes out


def test_six_reminders_of_one_morning_are_one_mail(office: Office) -> None:
    office.reached((OFFICER, "email"))
    office.sweep("2026-02-27T08:00")
    with mail_server() as box:
        done = office.dispatch("2026-02-27T08:00", environment=plain_settings(box))
        again = office.dispatch("2026-02-27T08:10", environment=plain_settings(box))

        (mail,) = box.mails
        assert [(each.frozen, each.sent) for each in done] == [(1, 1)]
        assert again == []
        assert mail["Subject"].startswith("[BẢN THỬ] [TĐKT Điềm He] Công việc ngày 27/02/2026")
        assert mail.get_content().count("\n- T0") == 6
        assert office.statuses == {"sent": 6}
        assert office.messages == [(OFFICER, "email", "digest", "sent", 1)]


def test_one_reminder_arrives_as_the_reminder(office: Office) -> None:
    office.reached((OFFICER, "email"))
    office.sweep("2026-05-29T08:00")
    subject, words, ref = office.rows(
        "SELECT subject, text, ref FROM notice WHERE channel = 'inbox' AND kind = 'reminder' ORDER BY at, id"
    )[0]
    with Database(office.url) as database, database.transaction():
        database.connection.execute(
            text(
                "UPDATE notice SET status = 'cancelled' WHERE channel = 'email'"
                " AND NOT (kind = 'reminder' AND ref = :ref)"
            ),
            {"ref": ref},
        )
        database.commit()
    box = Box()

    office.dispatch("2026-05-29T08:00", {"email": box})

    (mail,) = box.taken
    lines = mail.body.splitlines()
    assert mail.subject == subject
    assert lines == words.splitlines()
    assert lines[-1] == "Thông báo thử, không có giá trị thực hiện."


def test_a_step_that_was_taken_before_the_mail_went_is_not_asked_for(office: Office) -> None:
    office.reached((STANDING_MEMBER, "email"), (CHAIR, "email"), (OFFICER, "email"))
    for account, *event in ((OFFICER, "submit"), (STANDING_MEMBER, "review", "--set", "opinion=Đạt")):
        said = ("--db", office.url, "--now", "2026-01-06T09:00", "--as", account)
        assert run(door(), (*said, "advance", "T01", *event)) == 0
    box = Box()

    office.dispatch("2026-01-07T08:00", {"email": box})

    assert [mail for mail in box.taken if "T01" in mail.subject + mail.body] == []
    assert office.rows(
        "SELECT to_account, status FROM notice WHERE channel = 'email' AND kind = 'to_act' ORDER BY status"
    ) == [(STANDING_MEMBER, "cancelled"), (CHAIR, "pending")]


def test_the_chair_is_written_to_on_monday_with_what_is_late(office: Office) -> None:
    office.reached((CHAIR, "email"))
    office.sweep("2026-04-14T09:00")
    box = Box()

    tuesday = office.dispatch("2026-04-14T09:00", {"email": box})
    office.sweep("2026-04-20T07:30")
    monday = office.dispatch("2026-04-20T07:30", {"email": box})

    assert [(each.frozen, each.sent) for each in (*tuesday, *monday)] == [(0, 0), (1, 1)]
    (mail,) = box.taken
    assert mail.subject == (
        "[BẢN THỬ] [TĐKT Điềm He] Kính báo cáo: tình hình thực hiện Kế hoạch công tác TĐKT tuần 17"
    )
    assert mail.body.startswith("Kính trình: Chủ tịch UBND xã")
    assert "Nhiệm vụ chậm tiến độ" in mail.body
    assert not {"nhắc", "đôn đốc"} & set(mail.body.lower().split())


def test_a_weeks_digest_that_the_service_missed_goes_when_it_is_back(office: Office) -> None:
    """Informed since the 8th, the vice chair should have read of it on Monday the 13th."""
    office.reached((VICE_CHAIR, "email"))
    office.sweep("2026-04-17T09:00")
    box = Box()

    office.dispatch("2026-04-17T09:00", {"email": box})

    assert [mail.address for mail in box.taken] == [address_of(VICE_CHAIR)]
    assert office.rows("SELECT day FROM message") in ([("2026-04-13",)], [(date(2026, 4, 13),)])


def test_nothing_is_frozen_or_sent_in_quiet_hours_or_on_days_off(office: Office) -> None:
    office.reached((OFFICER, "email"))
    box = Box()

    office.sweep("2026-02-27T19:00")
    for now in ("2026-02-27T19:00", "2026-02-28T10:00", "2026-03-01T10:00", "2026-03-02T07:59"):
        office.dispatch(now, {"email": box})
    assert (box.tried, office.messages) == ([], [])
    office.dispatch("2026-03-02T08:00", {"email": box})
    assert box.tried == []  # rows of this morning have still to fire
    office.sweep("2026-03-02T08:00")
    office.dispatch("2026-03-02T08:00", {"email": box})

    assert len(box.taken) == 1


def test_a_channel_that_is_not_set_freezes_nothing_and_its_notices_wait(office: Office) -> None:
    office.reached((OFFICER, "email"), (OFFICER, "zalo"))
    office.sweep("2026-02-27T08:00")

    assert office.dispatch("2026-02-27T08:00") == []
    box = Box()
    office.dispatch("2026-02-27T08:00", {"zalo": box})

    assert office.messages == [(OFFICER, "zalo", "digest", "sent", 1)]
    assert office.statuses == {"sent": 6, "pending": 6}


def test_a_webhook_takes_a_notice_through_apprise_with_its_mark(office: Office) -> None:
    office.reached((OFFICER, "hook"))
    office.sweep("2026-02-27T08:00")
    with http_receiver() as receiver:
        environment = {"TDKT_APPRISE_HOOK": receiver.url}
        receiver.status = 503
        failed = office.dispatch("2026-02-27T08:00", environment=environment)
        receiver.status = 200
        sent = office.dispatch("2026-02-27T08:05", environment=environment)

        (taken,) = receiver.taken
        ((id,),) = office.rows("SELECT id FROM message")
        # In how many turns depends on how busy the machine is.
        tried = [
            (sum(each.failed for each in turns), sum(each.sent for each in turns)) for turns in (failed, sent)
        ]
        assert tried == [(1, 0), (0, 1)]
        assert taken["title"].startswith("[BẢN THỬ] [TĐKT Điềm He] Công việc ngày 27/02/2026")
        assert f"Mã thông báo: {id[:12]}" in taken["message"]
        assert taken["message"].startswith("Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.")


def test_an_erased_notice_and_one_without_contact_are_not_sent(office: Office) -> None:
    office.reached((OFFICER, "email"), (STANDING_MEMBER, "email"))
    office.sweep("2026-04-01T08:00")
    with Database(office.url) as database, database.transaction():
        database.connection.execute(text("DELETE FROM contact WHERE account = 'thuong-truc'"))
        database.connection.execute(
            text("UPDATE notice SET subject = NULL, text = NULL WHERE channel = 'inbox' AND ref <> 'T01'")
        )
        database.commit()
    box = Box()

    office.dispatch("2026-04-01T08:00", {"email": box})

    assert box.tried == [address_of(OFFICER)]
    assert set(office.statuses) == {"sent", "cancelled"}
    assert "T02" not in box.taken[0].body


# Trouble


def test_a_message_never_changes_after_it_is_frozen(office: Office) -> None:
    office.reached((OFFICER, "email"))
    office.sweep("2026-02-27T08:00")
    seen: list[Mail] = []
    box = Box(trouble="later", before=seen.append)

    for now in ("2026-02-27T08:00", "2026-02-27T09:00", "2026-02-27T12:00"):
        assert run(door(), ["--db", office.url, "advance", "T01", "submit", "--as", OFFICER]) in (0, 1)
        office.dispatch(now, {"email": box})

    assert len(seen) == 3
    assert len(set(seen)) == 1


def test_tries_are_put_off_longer_and_longer(office: Office) -> None:
    office.reached((OFFICER, "email"))
    office.sweep("2026-02-27T08:00")
    box = Box(trouble="server")

    for minute in range(60):
        office.dispatch(f"2026-02-27T08:{minute:02}", {"email": box})
        if len(box.tried) == 6:
            break

    ((attempts, minutes),) = [(len(box.tried), minute)]
    assert (attempts, minutes) == (6, 31)  # 0, 1, 3, 7, 15, 31
    assert office.messages == [(OFFICER, "email", "digest", "failed", 6)]


def test_a_server_down_for_a_day_ends_in_a_dead_letter_and_the_next_days_goes_out(office: Office) -> None:
    office.reached((OFFICER, "email"), (OFFICER, "hook"))
    office.sweep("2026-03-30T08:00")
    mail, hook = Box(trouble="server"), Box()
    channels = {"email": mail, "hook": hook}

    hours = [f"2026-03-{day}T{hour:02}:00" for day in (30, 31) for hour in range(8, 18)]
    for now in hours:
        office.sweep(now)
        office.dispatch(now, channels)
    statuses = {row[2:4]: row for row in office.messages if row[1] == "email"}

    # Monday's died on Tuesday at eight; Tuesday's is still tried, and the other channel was never held up.
    assert [row[3] for row in office.messages if row[1] == "email"] == ["dead", "failed"]
    assert [row[3] for row in office.messages if row[1] == "hook"] == ["sent", "sent"]
    assert len(statuses) == 2
    mail.trouble = None
    office.dispatch("2026-04-01T07:00", channels)
    assert [row[3] for row in office.messages if row[1] == "email"] == ["dead", "sent"]
    assert office.statuses["dead"] > 0


def test_a_refusal_for_good_is_a_dead_letter_at_once_and_holds_up_nobody(office: Office) -> None:
    office.reached((OFFICER, "email"), (STANDING_MEMBER, "email"))
    office.sweep("2026-04-01T08:00")
    box = Box(refuses={address_of(OFFICER): "recipient"})

    (done,) = office.dispatch("2026-04-01T08:00", {"email": box})

    assert (done.sent, done.dead, done.failed) == (1, 1, 0)
    assert [row[:1] + row[3:] for row in office.messages] == [
        (OFFICER, "dead", 1),
        (STANDING_MEMBER, "sent", 1),
    ]


def test_an_earlier_message_that_fails_holds_the_same_persons_later_ones_only(office: Office) -> None:
    office.reached((OFFICER, "email"), (OFFICER, "hook"), (STANDING_MEMBER, "email"))
    mail, hook = Box(refuses={address_of(OFFICER): "later"}), Box()
    channels = {"email": mail, "hook": hook}
    office.sweep("2026-03-30T16:00")
    office.dispatch("2026-03-30T16:00", channels)
    office.sweep("2026-03-31T08:00")
    office.dispatch("2026-03-31T08:00", channels)
    office.sweep("2026-04-01T08:00")
    # Tuesday's message exists and waits behind Monday's, which is tried first.
    before = len(mail.tried)
    mail.refuses.clear()
    office.dispatch("2026-04-01T08:00", channels)

    assert mail.tried[before:].count(address_of(OFFICER)) == 3
    assert [each.made_at for each in mail.taken if each.address == address_of(OFFICER)] == sorted(
        each.made_at for each in mail.taken if each.address == address_of(OFFICER)
    )
    assert [each.address for each in hook.taken] == [address_of(OFFICER)] * 3


def test_settings_that_a_server_refuses_are_tried_slowly(office: Office) -> None:
    office.reached((OFFICER, "email"))
    office.sweep("2026-02-27T08:00")
    box = Box(trouble="setup")

    for now in ("08:00", "08:30", "08:59", "09:00"):
        office.dispatch(f"2026-02-27T{now}", {"email": box})

    assert len(box.tried) == 2


def test_a_server_in_trouble_is_asked_once_in_a_pass(office: Office) -> None:
    office.reached((OFFICER, "email"), (STANDING_MEMBER, "email"))
    office.sweep("2026-04-01T08:00")
    box = Box(trouble="server")

    office.dispatch("2026-04-01T08:00", {"email": box})

    assert len(box.tried) == 1
    assert sorted(row[3] for row in office.messages) == ["failed", "pending"]


@dataclass(slots=True)
class Hanging(Box):
    """A channel that keeps one address waiting until it is let go."""

    address: str = ""
    let_go: threading.Event = field(default_factory=threading.Event)

    def send(self, mail: Mail) -> str:
        if mail.address == self.address:
            assert self.let_go.wait(LIMIT)
        return Box.send(self, mail)


def goes_on(office: Office, dispatching: Dispatching, *, till: list[str]) -> None:
    """Passes one after the other, as a service makes them, until the messages stand so."""

    def stand() -> bool:
        list(dispatching.dispatch())
        return [row[3] for row in office.messages] == till

    until(stand, f"the messages are {till}")


def test_one_recipient_that_hangs_holds_nobody_else_up(office: Office) -> None:
    office.reached((OFFICER, "email"), (STANDING_MEMBER, "email"), (CHAIR, "email"))
    office.sweep("2026-04-20T07:00")
    office.sweep("2026-04-20T08:00")
    box = Hanging(address=address_of(OFFICER))
    dispatching = office.dispatching("2026-04-20T08:00", {"email": box}, running=True, patience=0.01)

    goes_on(office, dispatching, till=["sent", "pending", "sent"])
    assert sorted(box.tried) == sorted(map(address_of, (STANDING_MEMBER, CHAIR)))

    box.let_go.set()
    goes_on(office, dispatching, till=["sent"] * 3)
    assert len(box.taken) == len({mail.id for mail in box.taken}) == 3
    assert {row[3:] for row in office.messages} == {("sent", 1)}


def test_a_tick_ends_with_every_message_answered(sqlite: Office) -> None:
    sqlite.reached((OFFICER, "email"), (STANDING_MEMBER, "email"))
    sqlite.sweep("2026-04-01T08:00")
    box = Hanging(address=address_of(OFFICER))
    box.before = lambda _mail: box.let_go.set()

    done = list(sqlite.dispatching("2026-04-01T08:00", {"email": box}, patience=0.01).dispatch())

    assert sum(each.sent for each in done) == 2
    assert box.tried == [address_of(STANDING_MEMBER), address_of(OFFICER)]
    assert {row[3:] for row in sqlite.messages} == {("sent", 1)}


def test_a_message_under_way_is_no_other_dispatchers(office: Office) -> None:
    office.reached((OFFICER, "email"))
    office.sweep("2026-02-27T08:00")
    slow, other = Hanging(address=address_of(OFFICER)), Box()
    dispatching = office.dispatching("2026-02-27T08:00", {"email": slow}, running=True, patience=0.01)
    list(dispatching.dispatch())

    office.dispatch("2026-02-27T08:22", {"email": other})
    slow.let_go.set()
    goes_on(office, dispatching, till=["sent"])

    assert (len(slow.taken), other.taken) == (1, [])


def test_a_mail_that_nobody_answered_for_is_tried_again_after_an_hour_and_not_before(sqlite: Office) -> None:
    sqlite.reached((OFFICER, "email"))
    sqlite.sweep("2026-02-27T08:00")
    box = Box(trouble="unanswered")

    for clock in ("08:00", "08:59", "09:00", "09:30"):
        sqlite.dispatch(f"2026-02-27T{clock}", {"email": box})

    assert len(box.tried) == 2


def test_a_fault_of_ours_in_one_mail_is_put_off_and_the_others_go(office: Office) -> None:
    office.reached((OFFICER, "email"), (STANDING_MEMBER, "email"))
    office.sweep("2026-04-01T08:00")

    def stumble(mail: Mail) -> None:
        if mail.address == address_of(OFFICER):
            raise UnicodeError("mat-khau")

    (done,) = office.dispatch("2026-04-01T08:00", {"email": Box(before=stumble)})

    assert (done.sent, done.failed) == (1, 1)
    assert office.rows("SELECT error FROM message WHERE status = 'failed'") == [("UnicodeError",)]


def test_one_that_dies_between_sending_and_recording_is_sent_again_with_the_same_id(office: Office) -> None:
    office.reached((OFFICER, "email"))
    office.sweep("2026-02-27T08:00")

    class Killed(BaseException):
        pass

    sent: list[Mail] = []

    def die(mail: Mail) -> None:
        sent.append(mail)
        raise Killed

    with suppress(Killed):
        office.dispatch("2026-02-27T08:00", {"email": Box(before=die)})
    box = Box()
    office.dispatch("2026-02-27T08:29", {"email": box})
    assert box.taken == []
    office.dispatch("2026-02-27T08:30", {"email": box})
    office.dispatch("2026-02-27T08:55", {"email": box})

    assert box.taken == sent
    assert office.messages == [(OFFICER, "email", "digest", "sent", 2)]


def test_a_lease_and_a_wait_that_a_wrong_clock_left_hold_nothing(office: Office) -> None:
    office.reached((OFFICER, "email"))
    office.sweep("2026-02-27T08:00")
    office.dispatch("2026-02-27T08:00", {"email": Box(trouble="later")})
    ahead = "'2036-02-27T01:00:00.000000Z'"
    with Database(office.url) as database, database.transaction():
        database.connection.execute(text(f"UPDATE message SET next_at = {ahead}, leased_until = {ahead}"))
        database.commit()
    box = Box()

    office.dispatch("2026-02-27T08:01", {"email": box})

    assert len(box.taken) == 1


# Several positions at one address


def shared(office: Office, *accounts: str) -> None:
    """The accounts all read at one address."""
    office.reached(*((account, "email") for account in accounts))
    with Database(office.url) as database, database.transaction():
        database.connection.execute(text("UPDATE contact SET address = 'Van.Phong@diemhe.example.vn'"))
        database.commit()


def test_several_positions_at_one_address_get_one_mail_a_day(office: Office) -> None:
    shared(office, OFFICER, STANDING_MEMBER, CHAIR)
    with mail_server() as box:
        for day in ("04-01", "06-29"):
            for clock in ("07:30", "08:00", "15:00"):
                office.sweep(f"2026-{day}T{clock}")
                office.dispatch(f"2026-{day}T{clock}", environment=plain_settings(box))
        mails = box.mails

    days = [mail["Date"].datetime.date() for mail in mails]
    assert days == [date(2026, 4, 1), date(2026, 6, 29)]
    both = [
        mail
        for mail in mails
        if "Với tư cách Chuyên viên Phòng Văn hóa - Xã hội:" in mail.get_content()
        and "Với tư cách Trưởng phòng Văn hóa - Xã hội, Ủy viên thường trực Hội đồng:" in mail.get_content()
    ]
    assert both
    # On Monday the chair's week goes with it.
    assert "Với tư cách Chủ tịch UBND xã, Chủ tịch Hội đồng:" in mails[1].get_content()
    assert set(office.statuses) <= {"sent", "pending"}
    told = office.rows(
        "SELECT count(*) FROM notice n JOIN message m ON m.office = n.office AND m.id = n.message"
        " WHERE n.to_account <> m.account AND n.status = 'sent'"
    )
    assert told[0][0] > 0


def test_a_shared_message_that_fails_and_is_tried_again_is_everybodys(office: Office) -> None:
    shared(office, OFFICER, STANDING_MEMBER)
    office.sweep("2026-04-01T08:00")
    box = Box(trouble="later")

    office.dispatch("2026-04-01T08:00", {"email": box})
    failed = office.rows("SELECT DISTINCT to_account, status FROM notice WHERE channel = 'email' ORDER BY 1")
    box.trouble = None
    office.dispatch("2026-04-01T08:05", {"email": box})

    assert failed == [(OFFICER, "failed"), (STANDING_MEMBER, "failed")]
    assert set(office.statuses) == {"sent"}
    assert len(box.tried) == 2
    assert [row[0] for row in office.messages] == [OFFICER]


# Several


def test_several_dispatchers_send_each_message_once(office: Office) -> None:
    accounts = (OFFICER, STANDING_MEMBER, CHAIR, VICE_CHAIR, SECRETARY)
    office.reached(*((account, channel) for account in accounts for channel in ("email", "hook")))
    office.sweep("2026-04-20T07:00")
    office.sweep("2026-04-20T08:00")
    boxes = {"email": Box(), "hook": Box()}

    with ThreadPoolExecutor(4) as several:
        passes = [several.submit(office.dispatch, "2026-04-20T08:00", boxes) for _number in range(4)]
        sent = sum(done.sent for each in passes for done in each.result())

    taken = [mail.id for box in boxes.values() for mail in box.taken]
    assert len(taken) == len(set(taken)) == sent == len(office.messages) == 8
    assert {row[3:] for row in office.messages} == {("sent", 1)}
    assert set(office.statuses) == {"sent"}


# Always


TROUBLES = st.sampled_from((None, None, None, "recipient", "later", "unanswered", "server", "setup"))


@settings(max_examples=5)
@given(troubles=st.lists(TROUBLES, min_size=30, max_size=60), dies=st.sets(st.integers(0, 40), max_size=4))
def test_every_notice_ends_in_exactly_one_message_in_order(
    troubles: list[Trouble | None], dies: set[int], january: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever the servers say and whenever a dispatcher dies: nothing is lost, nothing is in two messages,
    each person's messages over each channel arrive in order."""
    path = tmp_path_factory.mktemp("any") / "office.db"
    shutil.copy(january, path)
    office = Office(f"sqlite:///{path}")
    office.reached((OFFICER, "email"), (STANDING_MEMBER, "email"), (CHAIR, "email"), (OFFICER, "hook"))
    answers: Iterator[Trouble | None] = iter(troubles)
    count = 0

    class Killed(BaseException):
        pass

    arrived: list[tuple[str, Mail]] = []

    @dataclass(slots=True)
    class Unreliable:
        name: str

        def send(self, mail: Mail) -> str:
            nonlocal count
            count += 1
            trouble = next(answers, None)
            if trouble is not None:
                raise Undelivered(trouble, trouble)
            arrived.append((self.name, mail))
            if count in dies:
                raise Killed
            return "250"

    channels: dict[str, Channel] = {"email": Unreliable("email"), "hook": Unreliable("hook")}
    days = ("2026-03-30", "2026-03-31", "2026-04-01", "2026-04-06", "2026-04-08", "2026-04-13", "2026-04-20")
    for day in (*days, "2026-04-21", "2026-04-22", "2026-04-23"):
        for clock in ("08:00", "09:30", "17:30"):
            office.sweep(f"{day}T{clock}")
            with suppress(Killed):
                office.dispatch(f"{day}T{clock}", channels)

    unended = office.rows(
        "SELECT n.id FROM notice n LEFT JOIN message m ON m.office = n.office AND m.id = n.message"
        " WHERE n.channel <> 'inbox' AND (m.id IS NULL AND n.at < '2026-04-20' OR n.status <> m.status)"
    )
    assert unended == []
    first: dict[str, tuple[str, Mail]] = {}
    for name, mail in arrived:
        first.setdefault(mail.id, (name, mail))
        assert first[mail.id][1] == mail
    for key in {(name, mail.address) for name, mail in first.values()}:
        made = [mail.made_at for name, mail in first.values() if (name, mail.address) == key]
        assert made == sorted(made)
    sent = {row[0] for row in office.rows("SELECT id FROM message WHERE status = 'sent'")}
    assert sent <= set(first)
