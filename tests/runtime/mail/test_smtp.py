"""E-mail against a real server: TLS, login, refusals of every kind, and the same bytes at every try."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.mail.channels import Mail, Undelivered
from runtime.mail.settings import SmtpSettings
from runtime.mail.smtp import SmtpChannel, as_message
from tests.runtime.mailing import (
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


def plain(box: Mailbox, *, timeout: float = LIMIT) -> SmtpChannel:
    return SmtpChannel(SmtpSettings("127.0.0.1", box.port, "none", SENDER, timeout=timeout))


def undelivered(channel: SmtpChannel, mail: Mail = MAIL) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        channel.send(mail)
    return caught.value


def test_a_mail_arrives_in_vietnamese_with_its_id_and_its_date(box: Mailbox) -> None:
    said = plain(box).send(MAIL)

    (mail,) = box.mails
    assert said == "250 2.0.0 OK"
    assert box.to == [MAIL.address]
    assert (mail["Subject"], mail["To"], mail["From"]) == (MAIL.subject, MAIL.address, SENDER)
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
    assert as_message(MAIL, sender=SENDER).as_bytes() == box.taken[0][1]


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


def test_a_server_that_is_not_there_or_hangs_is_told_within_the_timeout() -> None:
    with dead_port() as port:
        away = SmtpChannel(SmtpSettings("127.0.0.1", port, "none", SENDER, timeout=LIMIT))
        assert undelivered(away).trouble == "server"

    with mail_server() as box:
        # It would never answer: what is told here is told by the timeout.
        box.answering.clear()
        assert undelivered(plain(box, timeout=0.3)).trouble == "server"
        assert not box.answering.is_set()


def test_a_server_that_does_not_speak_tls_where_tls_is_set_is_told(box: Mailbox) -> None:
    trouble = undelivered(SmtpChannel(SmtpSettings("127.0.0.1", box.port, "tls", SENDER, timeout=LIMIT)))

    assert trouble.trouble in ("setup", "server")
    assert box.taken == []
