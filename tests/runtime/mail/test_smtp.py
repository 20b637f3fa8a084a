"""E-mail against a real server: TLS, login, refusals of every kind, and the same bytes at every try."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.mail.channels import Mail, Undelivered
from runtime.mail.letter import letter
from runtime.mail.settings import SmtpSettings
from runtime.mail.smtp import SmtpChannel
from tests.runtime.mailing import (
    NEVER,
    PASSWORD,
    SENDER,
    USER,
    Mailbox,
    certificate,
    dead_port,
    mail_server,
)
from tests.waiting import LIMIT

MAIL = Mail(
    id="8263acc806d81a6c9927a8ba2e462206dcc10f31",
    office="diem-he",
    address="van.thu@diemhe.example.vn",
    subject="[BẢN THỬ] [TĐKT Điềm He] Nhắc việc: Báo cáo tổng kết, hạn 31/03/2026 (thứ Ba)",
    body="Kính gửi: Chuyên viên Phòng Văn hóa - Xã hội.\n.Một dòng bắt đầu bằng dấu chấm.\n" + "ộ" * 3000,
    made_at=datetime(2026, 2, 27, 1, 0, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("trust"))


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as server:
        yield server


def plain(box: Mailbox, *, timeout: float = LIMIT, answer_timeout: float = LIMIT) -> SmtpChannel:
    return SmtpChannel(
        SmtpSettings("127.0.0.1", box.port, "none", SENDER, timeout=timeout, answer_timeout=answer_timeout)
    )


def undelivered(channel: SmtpChannel, mail: Mail = MAIL) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        channel.send(mail)
    return caught.value


def test_a_mail_arrives_in_vietnamese_with_its_id_and_its_date(box: Mailbox) -> None:
    said = plain(box).send(MAIL)

    (mail,) = box.mails
    assert said == "250 2.0.0 OK"
    assert box.to == [MAIL.address]
    assert (mail["Subject"], mail["To"], mail["From"]) == (MAIL.subject, MAIL.address, SENDER.address)
    assert mail.get_content().replace("\r\n", "\n") == MAIL.body + "\n"
    assert mail["Message-ID"] == f"<{MAIL.id}@diem-he.tdkt>"
    assert mail["Date"].datetime == MAIL.made_at
    assert mail["Auto-Submitted"] == "auto-generated"
    assert box.taken[0][1].isascii()


def test_every_try_sends_the_same_bytes(box: Mailbox) -> None:
    for _ in range(3):
        plain(box).send(MAIL)

    assert len(box.taken) == 3
    assert len(set(box.taken)) == 1
    assert letter(MAIL, sender=SENDER) == box.taken[0][1]


def test_starttls_with_login_is_what_an_ordinary_server_asks_for(trust: tuple[Path, Path]) -> None:
    with mail_server(trust=trust, login=True) as box:
        channel = SmtpChannel(
            SmtpSettings("127.0.0.1", box.port, "starttls", SENDER, USER, PASSWORD, str(trust[0]), LIMIT)
        )
        channel.send(MAIL)

        assert box.to == [MAIL.address]


def test_a_certificate_that_nobody_vouches_for_is_refused(trust: tuple[Path, Path]) -> None:
    with mail_server(trust=trust, login=True) as box:
        channel = SmtpChannel(
            SmtpSettings("127.0.0.1", box.port, "starttls", SENDER, USER, PASSWORD, timeout=LIMIT)
        )
        trouble = undelivered(channel)

        assert (trouble.trouble, box.taken) == ("setup", [])
        assert "certificate is not trusted" in trouble.said


def test_a_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    other = certificate(tmp_path, host="DNS:mail.example.vn")
    with mail_server(trust=other) as box:
        channel = SmtpChannel(
            SmtpSettings("127.0.0.1", box.port, "starttls", SENDER, ca_file=str(other[0]), timeout=LIMIT)
        )
        trouble = undelivered(channel)

        assert (trouble.trouble, box.taken) == ("setup", [])


def test_a_server_that_offers_no_tls_gets_no_mail_in_the_clear(box: Mailbox) -> None:
    trouble = undelivered(SmtpChannel(SmtpSettings("127.0.0.1", box.port, "starttls", SENDER, timeout=LIMIT)))

    assert (trouble.trouble, box.taken) == ("setup", [])


def test_a_refused_login_is_a_fault_of_the_settings_and_never_says_the_password(
    trust: tuple[Path, Path],
) -> None:
    wrong = "mat-khau-sai-8842"
    with mail_server(trust=trust, login=True) as box:
        channel = SmtpChannel(
            SmtpSettings("127.0.0.1", box.port, "starttls", SENDER, USER, wrong, str(trust[0]), LIMIT)
        )
        trouble = undelivered(channel)

    assert trouble.trouble == "setup"
    assert trouble.said.startswith("535 ")
    assert wrong not in trouble.said + str(trouble) + repr(trouble)


def test_a_password_that_a_server_repeats_is_not_told(box: Mailbox) -> None:
    box.answers[MAIL.address] = f"550 no {PASSWORD} here"
    channel = SmtpChannel(
        SmtpSettings("127.0.0.1", box.port, "none", SENDER, password=PASSWORD, timeout=LIMIT)
    )

    assert undelivered(channel).said == "550 no … here"


@pytest.mark.parametrize(
    ("answer", "trouble"), [("550 5.1.1 no such user", "recipient"), ("450 4.2.0 greylisted", "later")]
)
def test_a_recipient_is_refused_for_good_or_for_now(box: Mailbox, answer: str, trouble: str) -> None:
    box.answers[MAIL.address] = answer

    found = undelivered(plain(box))

    assert (found.trouble, found.said) == (trouble, answer)


@pytest.mark.parametrize(
    ("answer", "trouble"), [("554 5.7.1 spam", "recipient"), ("452 4.3.1 disk full", "later")]
)
def test_a_mail_is_refused_for_good_or_for_now(box: Mailbox, answer: str, trouble: str) -> None:
    box.data_answer = answer

    assert undelivered(plain(box)).trouble == trouble


def test_a_server_that_is_not_there_is_told() -> None:
    with dead_port() as port:
        away = SmtpChannel(SmtpSettings("127.0.0.1", port, "none", SENDER, timeout=LIMIT))
        assert undelivered(away).trouble == "server"


def test_a_server_that_takes_longer_than_a_step_to_answer_for_a_mail_is_waited_for(box: Mailbox) -> None:
    box.answering.clear()

    def answer_late() -> None:
        box.arrived.wait(LIMIT)
        # Nobody sets this: it is the time that a step may take, twice.
        threading.Event().wait(0.4)
        box.answering.set()

    with ThreadPoolExecutor(1) as server:
        server.submit(answer_late)
        said = plain(box, timeout=0.2).send(MAIL)

    assert (said, len(box.taken)) == ("250 2.0.0 OK", 1)


def test_a_mail_that_is_never_answered_for_may_have_arrived() -> None:
    with mail_server() as box:
        # It would never answer: what is told here is told by the timeout.
        box.answering.clear()
        assert undelivered(plain(box, answer_timeout=0.3)).trouble == "unanswered"
        assert not box.answering.is_set()


def test_a_server_that_is_lost_over_one_mail_is_no_reason_to_hold_the_next(box: Mailbox) -> None:
    box.answers[MAIL.address] = NEVER

    assert undelivered(plain(box, timeout=0.3)).trouble == "later"
    assert plain(box).send(replace(MAIL, address="ke.toan@diemhe.example.vn")) == "250 2.0.0 OK"


def test_a_server_that_does_not_speak_tls_where_tls_is_set_is_told(box: Mailbox) -> None:
    trouble = undelivered(SmtpChannel(SmtpSettings("127.0.0.1", box.port, "tls", SENDER, timeout=LIMIT)))

    assert trouble.trouble in ("setup", "server")
    assert box.taken == []
