"""Delivery as people and task schedulers meet it: contacts, tests of a channel, dead letters, doctor; real
processes that are killed, that are many, and that a slow server must not hold up; secrets told nowhere."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import door
from commands.failures import run
from storage.views import Reading
from tests.commands.conftest import Answer, Tdkt
from tests.commands.serving import start
from tests.conftest import Sandbox
from tests.ledger import read
from tests.people import ADMINISTRATOR, AUDITOR, CHAIR, OFFICER, SECRETARY, STANDING_MEMBER
from tests.processes import WATCHING, ended, says
from tests.runtime.mailing import (
    PASSWORD,
    SENDER,
    USER,
    Mailbox,
    address_of,
    certificate,
    dead_port,
    http_receiver,
    mail_server,
    plain_settings,
)
from tests.waiting import until

MORNING = "2026-02-27T08:00"


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mail server, set for the commands of this process and those that it starts."""
    with mail_server() as server:
        for name, value in plain_settings(server).items():
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, sandbox: Sandbox) -> str:
    """A sandbox of January on either database, whose officer and head are reached by mail."""
    address = sandbox(request.param, "2026-01-05T07:30")
    for account in (OFFICER, STANDING_MEMBER):
        words = ("office", "contact", account, "--email", address_of(account), "--as", ADMINISTRATOR)
        assert run(door(), ["--db", address, *words]) == 0
    return address


def contact(tdkt: Tdkt, account: str, *words: str, by: str = ADMINISTRATOR) -> Answer:
    return tdkt("office", "contact", account, *words, "--as", by)


# Contacts


def test_a_contact_is_kept_shown_and_removed_and_its_address_is_in_no_entry(
    tdkt: Tdkt, box: Mailbox, database: Path
) -> None:
    assert (
        contact(tdkt, OFFICER, "--email", "a@b.vn").out
        == "Officer of the division: contact over email kept.\n"
    )
    assert contact(tdkt, OFFICER, "--email", address_of(OFFICER)).code == 0
    assert tdkt("office", "contacts", "--json").json == [
        {"account": OFFICER, "channel": "email", "address": address_of(OFFICER)}
    ]
    assert address_of(OFFICER) in tdkt("office", "contacts").out
    assert contact(tdkt, OFFICER, "--remove", "email", "--json").json == {
        "account": OFFICER,
        "channel": "email",
        "kept": False,
    }
    assert tdkt("office", "contacts").out == "There is nothing to show.\n"

    entries = tdkt("audit", "log", "--json").out
    assert [row["event"] for row in json.loads(entries)][-3:] == ["contact", "contact", "remove_contact"]
    with Reading(f"sqlite:///{database}") as reading:
        kept = b"".join(row.data for row in reading.entries("diem-he", 2026))
    assert b"@" not in kept


def test_who_may_say_where_somebody_is_reached(tdkt: Tdkt, box: Mailbox) -> None:
    codes = {
        by: contact(tdkt, OFFICER, "--email", "a@b.vn", by=by).code
        for by in (ADMINISTRATOR, OFFICER, STANDING_MEMBER, SECRETARY, CHAIR, AUDITOR)
    }

    assert codes == {ADMINISTRATOR: 0, OFFICER: 0, STANDING_MEMBER: 0, SECRETARY: 1, CHAIR: 1, AUDITOR: 1}
    assert contact(tdkt, SECRETARY, "--email", "a@b.vn", by=SECRETARY).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--email", "Văn thư"), "is no mail address"),
        (("--email", "a@b.vn\nBcc: x@y.vn"), "is no mail address"),
        (("--email", ""), "is no mail address"),
        (("--via", "zalo"), "There is no channel “zalo”. Set are: email."),
        (("--remove", "email"), "has no contact over “email”"),
        ((), "Give exactly one of"),
        (("--email", "a@b.vn", "--remove", "email"), "Give exactly one of"),
    ],
)
def test_a_bad_contact_is_one_sentence(tdkt: Tdkt, box: Mailbox, words: tuple[str, ...], said: str) -> None:
    answer = contact(tdkt, OFFICER, *words)

    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.splitlines()) <= 2


def test_an_unknown_account_has_no_contact(tdkt: Tdkt, box: Mailbox) -> None:
    assert contact(tdkt, "nobody", "--email", "a@b.vn").code == 2


def test_a_contact_over_a_channel_that_is_not_set_is_kept_and_told(tdkt: Tdkt) -> None:
    answer = contact(tdkt, OFFICER, "--email", "a@b.vn")

    assert answer.code == 0
    assert "is not set up" in answer.err
    told = [each for each in tdkt("doctor", "--json").json if each["check"] == "contacts"]
    assert [each["status"] for each in told] == ["warning"]
    assert "chuyen-vien (email)" in told[0]["message"]


def test_a_removed_contact_ends_what_waits_to_be_sent_there(
    tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact(tdkt, OFFICER, "--email", "a@b.vn")
    assert tdkt("tick", "--now", MORNING).code == 0
    contact(tdkt, OFFICER, "--remove", "email")
    with mail_server() as box:
        for name, value in plain_settings(box).items():
            monkeypatch.setenv(name, value)
        assert tdkt("tick", "--json").json["messages"] == {"sent": 0, "failed": 0, "dead": 0}

        assert box.taken == []
    statuses = {each["status"] for row in tdkt("notice", "list", "--json").json for each in row["delivery"]}
    assert statuses == {"cancelled"}


# A channel's test


def test_a_test_says_what_the_server_said(tdkt: Tdkt, box: Mailbox) -> None:
    contact(tdkt, OFFICER, "--email", address_of(OFFICER))

    own = tdkt("notice", "test", "email", "--as", OFFICER)
    other = tdkt("notice", "test", "email", "--to", OFFICER, "--as", ADMINISTRATOR, "--json")
    refused = tdkt("notice", "test", "email", "--to", OFFICER, "--as", SECRETARY)

    assert own.out == "A test notice went to chuyen-vien over email. The server said: 250 2.0.0 OK\n"
    assert other.json == {"channel": "email", "to": OFFICER, "answer": "250 2.0.0 OK"}
    assert refused.code == 1
    assert [mail["Subject"] for mail in box.mails] == [
        "[BẢN THỬ] [TĐKT Điềm He] Thử gửi thông báo qua kênh email"
    ] * 2
    assert len(set(box.ids)) == 2
    assert tdkt("notice", "list", "--json").json == []


def test_a_test_that_fails_says_why_and_how_badly(tdkt: Tdkt, box: Mailbox) -> None:
    contact(tdkt, OFFICER, "--email", address_of(OFFICER))
    box.answers[address_of(OFFICER)] = "550 5.1.1 no such user"
    refused = tdkt("notice", "test", "email", "--as", OFFICER)
    box.answers.clear()

    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith("The test notice did not go over email: 550 5.1.1 no such user.")


def test_a_test_needs_a_channel_a_contact_and_a_server(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    without = tdkt("notice", "test", "email", "--as", OFFICER)
    monkeypatch.setenv("TDKT_SMTP_HOST", "127.0.0.1")
    faulty = tdkt("notice", "test", "email", "--as", OFFICER)
    monkeypatch.setenv("TDKT_SMTP_FROM", SENDER.address)
    with dead_port() as port:
        monkeypatch.setenv("TDKT_SMTP_PORT", str(port))
        nowhere = tdkt("notice", "test", "email", "--as", OFFICER)
        contact(tdkt, OFFICER, "--email", "a@b.vn")
        away = tdkt("notice", "test", "email", "--as", OFFICER)

    assert [each.code for each in (without, faulty, nowhere, away)] == [2, 2, 2, 4]
    assert "There is no channel “email”" in without.err
    assert faulty.err.splitlines()[0].startswith("TDKT_SMTP_FROM is missing")
    assert "has no contact" in nowhere.err
    assert "refused" in away.err


def test_a_webhook_is_a_channel_like_any_other(tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    with http_receiver() as receiver:
        monkeypatch.setenv("TDKT_APPRISE_HOOK", receiver.url)
        assert contact(tdkt, OFFICER, "--via", "hook").code == 0
        answer = tdkt("notice", "test", "hook", "--as", OFFICER)

        assert answer.code == 0
        assert [each["title"] for each in receiver.taken] == [
            "[BẢN THỬ] [TĐKT Điềm He] Thử gửi thông báo qua kênh hook"
        ]


# Dead letters


@pytest.fixture
def dead(tdkt: Tdkt, box: Mailbox) -> Tdkt:
    """Two messages that their recipients' server refused for good."""
    for account in (OFFICER, STANDING_MEMBER):
        contact(tdkt, account, "--email", address_of(account))
        box.answers[address_of(account)] = "550 5.1.1 no such user"
    assert tdkt("tick", "--now", "2026-04-01T08:00", "--json").json["messages"]["dead"] == 2
    return tdkt


def test_dead_letters_are_listed_with_the_servers_words(dead: Tdkt, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = dead("notice", "list", "--dead", "--json").json
    shown = dead("notice", "list", "--dead").out

    assert [list(each) for each in listed] == [
        ["id", "account", "channel", "day", "part", "subject", "attempts", "error", "made_at"]
    ] * 2
    assert {(each["account"], each["error"]) for each in listed} == {
        (OFFICER, "550 5.1.1 no such user"),
        (STANDING_MEMBER, "550 5.1.1 no such user"),
    }
    assert all(each["id"][:12] in shown and each["error"] in shown for each in listed)
    assert max(map(len, shown.splitlines())) <= 100
    assert len(dead("notice", "list", "--dead", "--to", STANDING_MEMBER, "--json").json) == 1
    assert dead("notice", "list", "--dead", "--full").code == 2
    assert "[email: not delivered, needs attention]" in dead("notice", "list").out
    told = [each for each in dead("doctor", "--json").json if each["check"] == "notices"]
    assert [each["status"] for each in told] == ["warning"]
    assert "2 messages were given up" in told[0]["message"]


def test_a_dead_letter_is_tried_again_when_it_is_asked_for(dead: Tdkt, box: Mailbox) -> None:
    ids = [each["id"] for each in dead("notice", "list", "--dead", "--json").json]
    preview = dead("notice", "retry", "--all", "--dry-run", "--as", OFFICER)
    unasked = dead("notice", "retry", "--all", "--as", OFFICER)
    refused = dead("notice", "retry", "--all", "--yes", "--as", SECRETARY)
    box.answers.clear()
    one = dead("notice", "retry", ids[0][:8], "--yes", "--as", OFFICER, "--json")
    assert dead("tick", "--json").json["messages"] == {"sent": 1, "failed": 0, "dead": 0}
    rest = dead("notice", "retry", "--all", "--yes", "--as", OFFICER)
    assert dead("tick", "--json").json["messages"] == {"sent": 1, "failed": 0, "dead": 0}

    assert [each.code for each in (preview, unasked, refused, one, rest)] == [0, 1, 1, 0, 0]
    assert preview.out == "2 messages would be tried again; nothing was changed.\n"
    assert one.json == {"found": 1, "tried": 1}
    assert sorted(box.ids) == sorted(f"<{id}@diem-he.tdkt>" for id in ids)
    assert dead("notice", "list", "--dead", "--json").json == []
    assert dead("notice", "retry", "--all", "--yes", "--as", OFFICER).out == "There is nothing to show.\n"
    events = [row["event"] for row in dead("audit", "log", "--json").json]
    assert events.count("retry_notices") == 3  # one of them refused


@pytest.mark.parametrize("words", [(), ("--all", "abcdef12"), ("abcdef12",), ("a",)])
def test_a_retry_names_dead_letters_or_all(dead: Tdkt, words: tuple[str, ...]) -> None:
    assert dead("notice", "retry", *words, "--yes", "--as", OFFICER).code == 2


def test_a_new_address_is_where_a_dead_letter_goes_when_it_is_tried_again(dead: Tdkt, box: Mailbox) -> None:
    contact(dead, OFFICER, "--email", "moi@diemhe.example.vn")
    dead("notice", "retry", "--all", "--yes", "--as", OFFICER)
    dead("tick")

    assert box.to == ["moi@diemhe.example.vn"]


# What a tick says


def test_a_tick_sends_and_says_so(tdkt: Tdkt, box: Mailbox) -> None:
    contact(tdkt, OFFICER, "--email", address_of(OFFICER))

    said = tdkt("tick", "--now", MORNING).out

    assert said.splitlines()[-1] == "1 message sent."
    assert box.to == [address_of(OFFICER)]
    assert "[email" not in tdkt("notice", "list").out
    assert "[email: sent]" in tdkt("notice", "list", "--full").out
    delivered = tdkt("notice", "list", "--json").json[0]["delivery"]
    assert [(each["channel"], each["status"], len(each["message"])) for each in delivered] == [
        ("email", "sent", 40)
    ]


def test_a_tick_with_faulty_settings_fires_and_tells_each_fault(
    tdkt: Tdkt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_SMTP_SECURITY", "ssl")

    answer = tdkt("tick", "--now", MORNING)

    assert answer.code == 0
    assert "deadlines fired" in answer.out
    assert [line.split(" ")[0] for line in answer.err.splitlines()] == [
        "TDKT_SMTP_HOST",
        "TDKT_SMTP_FROM",
        "TDKT_SMTP_SECURITY",
    ]
    assert tdkt("doctor").code == 1


def test_doctor_knocks_at_the_mail_server_and_sends_nothing(
    tdkt: Tdkt, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[tuple[str, str]]:
        found = tdkt("doctor", "--json").json
        return [(each["status"], each["message"]) for each in found if each["check"] == "delivery"]

    ((fine, _said),) = told()
    with dead_port() as port:
        monkeypatch.setenv("TDKT_SMTP_PORT", str(port))
        (away, _channels) = told()
        code = tdkt("doctor").code

    assert fine == "ok"
    assert box.taken == []
    assert away == (
        "problem",
        f"The mail server 127.0.0.1:{port} cannot be reached: Connection refused. Check TDKT_SMTP_HOST, "
        "TDKT_SMTP_PORT and the network.",
    )
    assert code == 1


# Real processes


def test_a_tick_that_is_killed_after_the_server_took_the_mail_sends_it_again_under_the_same_id(
    url: str, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.answering.clear()
    process = start("tick", "--now", MORNING, url=url)
    until(lambda: len(box.taken) == 1, "the server has taken the mail")
    process.send_signal(signal.SIGKILL)
    ended(process)

    with mail_server() as second:
        monkeypatch.setenv("TDKT_SMTP_PORT", str(second.port))
        ticks = [
            ended(start("tick", "--now", f"2026-02-27T{clock}", "--json", url=url))
            for clock in ("08:10", "08:40", "09:00")
        ]

        assert [(tick.code, tick.json["messages"]["sent"]) for tick in ticks] == [(0, 0), (0, 1), (0, 0)]
        assert second.taken == box.taken
        assert second.ids == box.ids
    assert read(url, "SELECT status, attempts FROM message") == [("sent", 2)]
    notices = read(url, "SELECT status, message FROM notice WHERE channel = 'email'")
    assert {status for status, _message in notices} == {"sent"}
    assert len({message for _status, message in notices}) == 1


def test_several_serving_processes_send_each_message_once(url: str, box: Mailbox) -> None:
    serving = ("serve", "--every", "0.2", "--now", "2026-04-01T08:00")
    processes = [start(*serving, url=url) for _ in range(3)]
    for process in processes:
        says(process, WATCHING)
    until(lambda: len(box.taken) >= 2 and _all_sent(url), "two messages are sent")
    for process in processes:
        process.send_signal(signal.SIGTERM)
    endings = [ended(process).code for process in processes]

    assert endings == [0, 0, 0]
    assert len(box.ids) == len(set(box.ids)) == 2
    assert sorted(box.to) == sorted(map(address_of, (OFFICER, STANDING_MEMBER)))
    assert run(door(), ["--db", url, "audit", "verify"]) == 0


def _all_sent(url: str) -> bool:
    return _statuses(url) == {"sent"}


def _statuses(url: str) -> set[str]:
    return {status for (status,) in read(url, "SELECT status FROM message")}


def test_a_sandbox_served_from_a_sunday_night_delivers_the_quarters_reminders_at_once(
    url: str, request: pytest.FixtureRequest
) -> None:
    # Swept before there is a mail server: on a busy machine serving would send the first of six alone.
    assert run(door(), ["--db", url, "tick", "--now", "2026-03-01"]) == 0
    box: Mailbox = request.getfixturevalue("box")
    process = start("serve", "--every", "0.2", "--now", "2026-03-01", url=url)
    until(lambda: len(box.taken) == 1 and _all_sent(url), "the message is sent")
    process.send_signal(signal.SIGTERM)
    ended(process)

    (mail,) = box.mails
    assert mail["To"] == address_of(OFFICER)
    assert mail["Subject"] == "[BẢN THỬ] [TĐKT Điềm He] Công việc ngày 01/03/2026: 6 nội dung"
    assert "- T01: Báo cáo tổng kết công tác TĐKT năm 2025" in mail.get_content()


def test_a_slow_server_does_not_hold_up_what_is_due(
    tdkt: Tdkt, database: Path, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact(tdkt, OFFICER, "--email", address_of(OFFICER))
    with dead_port() as port:
        monkeypatch.setenv("TDKT_SMTP_PORT", str(port))
        assert tdkt("tick", "--now", "2026-03-27T08:30", "--json").json["messages"]["failed"] == 1
    monkeypatch.setenv("TDKT_SMTP_PORT", str(box.port))
    box.answering.clear()
    url = f"sqlite:///{database}"

    process = start("serve", "--every", "0.2", "--now", "2026-03-30T07:59:58", url=url)
    until(lambda: len(box.taken) == 1, "the server has taken the mail")
    until(lambda: ("T01",) in read(url, _FIRED_ON_THE_30TH), "T01 has fired")
    still = _statuses(url)
    box.answering.set()
    until(lambda: "sent" in _statuses(url), "the message is sent")
    process.send_signal(signal.SIGTERM)
    said = ended(process)

    assert still == {"failed"}
    assert said.code == 0
    assert "1 message sent." in said.out
    assert "Traceback" not in said.err


_FIRED_ON_THE_30TH = (
    "SELECT ref FROM deadline WHERE status = 'fired' AND fired_at >= '2026-03-30T01:00:00.000000Z'"
)


# Secrets


SHOWING = (
    "doctor",
    "doctor --json",
    "doctor --verbose",
    "notice list --full",
    "notice list --json",
    "notice list --dead",
    "office contacts",
    "office show --json",
    "audit log --json",
)


def test_a_secret_is_told_nowhere_and_stands_nowhere(
    tdkt: Tdkt, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings that work and settings that fail, every command that shows or stores, in words and as JSON."""
    trust = certificate(tmp_path)
    hidden = "khoa-bi-mat-cua-kenh-5519"
    with mail_server(trust=trust, login=True) as box, http_receiver() as receiver:
        settings = {
            **plain_settings(box),
            "TDKT_SMTP_SECURITY": "starttls",
            "TDKT_SMTP_CA_FILE": str(trust[0]),
            "TDKT_SMTP_USER": USER,
            "TDKT_SMTP_PASSWORD": PASSWORD,
            "TDKT_APPRISE_HOOK": f"json://user:{hidden}@127.0.0.1:{receiver.port}/{hidden}",
        }
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        said: list[Answer] = [
            contact(tdkt, OFFICER, "--email", address_of(OFFICER)),
            contact(tdkt, OFFICER, "--via", "hook"),
        ]
        said += [tdkt("notice", "test", channel, "--as", OFFICER) for channel in ("email", "hook")]
        assert [each.code for each in said] == [0, 0, 0, 0]
        said.append(tdkt("tick", "--now", MORNING))
        assert (len(box.taken), len(receiver.taken)) == (2, 2)
        receiver.status = 500
        monkeypatch.setenv("TDKT_SMTP_PASSWORD", PASSWORD + "x")
        said += [tdkt("tick", "--now", f"2026-03-30T{clock}") for clock in ("08:00", "10:00")]
        said += [tdkt("notice", "test", channel, "--as", OFFICER) for channel in ("email", "hook")]
        for line in SHOWING:
            said.append(tdkt(*line.split()))

    spoken = "".join(each.out + each.err for each in said)
    stored = database.read_bytes().decode("utf-8", "replace")
    for secret in (PASSWORD, hidden):
        assert secret not in spoken
        assert secret not in stored
    assert "535" in spoken
