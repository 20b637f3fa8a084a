"""Settings of delivery: from the environment or a file, what is wrong gathered, no secret ever told."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.mail.settings import DeliverySettings, SettingsFault, SmtpSettings, delivery_settings
from workflow.notices.addresses import NamedAddress

SERVER = {"TDKT_SMTP_HOST": "mail.example.vn", "TDKT_SMTP_FROM": "tdkt@diemhe.example.vn"}
SENDER = NamedAddress("", "tdkt@diemhe.example.vn")
SECRET = "mat-khau-rat-bi-mat-7391"


def faults(**environment: str) -> list[str]:
    return [fault.says for fault in delivery_settings(environment).faults]


def test_nothing_set_is_no_channel_and_no_fault() -> None:
    assert delivery_settings({}) == DeliverySettings()
    assert delivery_settings({"TDKT_DB": "x"}).channels == ()


def test_a_server_is_secured_by_starttls_unless_it_is_said_otherwise() -> None:
    assert delivery_settings(SERVER).smtp == SmtpSettings("mail.example.vn", 587, "starttls", SENDER)
    assert delivery_settings({**SERVER, "TDKT_SMTP_SECURITY": "tls"}).smtp == SmtpSettings(
        "mail.example.vn", 465, "tls", SENDER
    )
    assert delivery_settings({**SERVER, "TDKT_SMTP_SECURITY": "none"}).smtp == SmtpSettings(
        "mail.example.vn", 25, "none", SENDER
    )


def test_a_sender_may_have_a_name() -> None:
    named = "Thi đua xã Điềm He <tdkt@diemhe.example.vn>"

    found = delivery_settings({**SERVER, "TDKT_SMTP_FROM": named}).smtp

    assert found is not None
    assert found.sender == NamedAddress("Thi đua xã Điềm He", "tdkt@diemhe.example.vn")


def test_answers_may_go_elsewhere_and_a_server_may_be_given_less_time() -> None:
    more = {"TDKT_SMTP_REPLY_TO": "Văn thư <van.thu@điềmhe.vn>", "TDKT_SMTP_ANSWER_TIMEOUT": "90"}

    found = delivery_settings({**SERVER, **more}).smtp

    assert found is not None
    assert found.reply_to == NamedAddress("Văn thư", "van.thu@xn--imhe-zua5176b.vn")
    assert found.answer_timeout == 90


def test_a_password_comes_from_the_environment_or_the_first_line_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    user = {**SERVER, "TDKT_SMTP_USER": "u"}

    for more in ({"TDKT_SMTP_PASSWORD": SECRET}, {"TDKT_SMTP_PASSWORD_FILE": str(file)}):
        found = delivery_settings({**user, **more})
        assert found.faults == ()
        assert found.smtp is not None
        assert found.smtp.password == SECRET


def test_a_file_says_the_same_and_the_environment_wins(tmp_path: Path) -> None:
    file = tmp_path / "notify.toml"
    file.write_text(
        '[smtp]\nhost = "a.example.vn"\nport = 2525\nfrom = "a@example.vn"\nuser = "u"\n'
        f'password = "{SECRET}"\ntimeout = 7.5\n\n[apprise]\nzalo = "json://host/1"\nphone = "json://host/2"\n',
        encoding="utf-8",
    )
    environment = {"TDKT_NOTIFY_FILE": str(file)}

    found = delivery_settings(environment)
    assert found.faults == ()
    assert found.smtp == SmtpSettings(
        "a.example.vn", 2525, "starttls", NamedAddress("", "a@example.vn"), "u", SECRET, timeout=7.5
    )
    assert found.targets == {"zalo": "json://host/1", "phone": "json://host/2"}
    assert found.channels == ("email", "phone", "zalo")

    own = {"TDKT_SMTP_HOST": "b.example.vn", "TDKT_SMTP_PASSWORD": "other", "TDKT_APPRISE_ZALO": "json://b"}
    found = delivery_settings({**environment, **own})
    assert found.smtp is not None
    assert (found.smtp.host, found.smtp.port, found.smtp.password) == ("b.example.vn", 2525, "other")
    assert found.targets["zalo"] == "json://b"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"TDKT_SMTP_HOST": ""}, "smtp_lacks"),
        ({"TDKT_SMTP_FROM": ""}, "smtp_lacks"),
        ({"TDKT_SMTP_FROM": "Điềm He"}, "smtp_bad_from"),
        ({"TDKT_SMTP_FROM": "Điềm He\nBcc: a@b.vn <tdkt@b.vn>"}, "smtp_invisible"),
        ({"TDKT_SMTP_FROM": "Điềm\x1b[31m <tdkt@b.vn>"}, "smtp_invisible"),
        ({"TDKT_SMTP_HOST": "mail\udc80"}, "smtp_invisible"),
        ({"TDKT_SMTP_REPLY_TO": "văn.thư@b.vn"}, "smtp_bad_reply_to"),
        ({"TDKT_SMTP_USER": "văn thư", "TDKT_SMTP_PASSWORD": SECRET}, "smtp_login_marks"),
        ({"TDKT_SMTP_USER": "u", "TDKT_SMTP_PASSWORD": "mật khẩu"}, "smtp_login_marks"),
        ({"TDKT_SMTP_ANSWER_TIMEOUT": "601"}, "smtp_bad_answer_timeout"),
        ({"TDKT_SMTP_SECURITY": "ssl"}, "smtp_bad_security"),
        ({"TDKT_SMTP_PORT": "0"}, "smtp_bad_port"),
        ({"TDKT_SMTP_PORT": "smtp"}, "smtp_bad_port"),
        ({"TDKT_SMTP_TIMEOUT": "-1"}, "smtp_bad_timeout"),
        ({"TDKT_SMTP_TIMEOUT": "nan"}, "smtp_bad_timeout"),
        ({"TDKT_SMTP_USER": "u"}, "smtp_no_password"),
        ({"TDKT_SMTP_PASSWORD": SECRET}, "smtp_no_user"),
        (
            {"TDKT_SMTP_USER": "u", "TDKT_SMTP_PASSWORD": SECRET, "TDKT_SMTP_PASSWORD_FILE": "/x"},
            "smtp_two_passwords",
        ),
        ({"TDKT_SMTP_USER": "u", "TDKT_SMTP_PASSWORD_FILE": "/nowhere/x"}, "unreadable"),
        ({"TDKT_SMTP_USER": "u", "TDKT_SMTP_PASSWORD_FILE": "/dev/null"}, "smtp_empty_password"),
        (
            {"TDKT_SMTP_USER": "u", "TDKT_SMTP_PASSWORD": SECRET, "TDKT_SMTP_SECURITY": "none"},
            "smtp_open_login",
        ),
        ({"TDKT_SMTP_CA_FILE": "/nowhere/ca.pem"}, "unreadable"),
        ({"TDKT_SMTP_CA_FILE": "/dev/null", "TDKT_SMTP_SECURITY": "none"}, "smtp_ca_without_tls"),
        ({"TDKT_NOTIFY_FILE": "/nowhere/notify.toml"}, "unreadable"),
    ],
)
def test_each_way_of_being_wrong_is_one_fault(change: dict[str, str], says: str) -> None:
    assert set(faults(**{**SERVER, **change})) == {says}


def test_a_login_in_the_clear_is_for_this_machine_alone() -> None:
    login = {"TDKT_SMTP_USER": "u", "TDKT_SMTP_PASSWORD": SECRET, "TDKT_SMTP_SECURITY": "none"}

    assert faults(**{**SERVER, **login, "TDKT_SMTP_HOST": "127.0.0.1"}) == []


def test_a_misspelt_variable_is_told() -> None:
    assert delivery_settings({**SERVER, "TDKT_SMTP_PASWORD": SECRET}).faults == (
        SettingsFault("unknown_variable", {"truong": "TDKT_SMTP_PASWORD"}),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[smtp\n", ("no_toml", "1")),
        (f"[smtp]\nhost = 'a'\npassword = {SECRET}\n", ("no_toml", "3")),
        ("[smtp]\npasword = 'x'\n", ("unknown_key", "smtp.pasword")),
        ("[mail]\nhost = 'x'\n", ("unknown_key", "mail")),
        ("smtp = 3\n", ("unknown_key", "smtp")),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(
    text: str, fault: tuple[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "notify.toml"
    file.write_text(text, encoding="utf-8")

    found = list(delivery_settings({"TDKT_NOTIFY_FILE": str(file)}).faults)

    says, where = fault
    key = "so" if says == "no_toml" else "truong"
    assert [(each.says, each.operands[key]) for each in found][:1] == [(says, where)]
    assert SECRET not in repr(found)


@pytest.mark.parametrize("name", ["EMAIL", "INBOX", "1ZALO", "A" * 17, "ZA LO"])
def test_a_channel_needs_a_name_of_its_own(name: str) -> None:
    assert faults(**{f"TDKT_APPRISE_{name}": "json://host"}) == ["bad_channel"]


def test_a_target_is_an_address() -> None:
    assert faults(TDKT_APPRISE_ZALO=SECRET) == ["bad_target"]


def test_no_secret_shows_where_settings_are_shown() -> None:
    environment = {
        **SERVER,
        "TDKT_SMTP_USER": "u",
        "TDKT_SMTP_PASSWORD": SECRET,
        "TDKT_APPRISE_ZALO": f"json://user:{SECRET}@host",
    }
    found = delivery_settings(environment)

    assert found.faults == ()
    assert SECRET not in repr(found) + str(found)
