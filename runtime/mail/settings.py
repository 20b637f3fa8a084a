"""How notices leave the office: the mail server and the other channels, from the environment or a file.

`TDKT_SMTP_*` and `TDKT_APPRISE_<NAME>`, or the TOML file that `TDKT_NOTIFY_FILE` names; the environment wins.
Every mistake is gathered as a value (a code and its operands, never a secret), for `doctor` and the commands
that send to print. No server is connected to here.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from workflow.model.causes import NO_TEXT, cause_of
from workflow.model.signs import composed, unreadable_sign
from workflow.model.text import Text
from workflow.notices.addresses import NamedAddress, named_address
from workflow.notices.delivery import EMAIL, INBOX

SMTP, APPRISE = "TDKT_SMTP_", "TDKT_APPRISE_"
NOTIFY_FILE = "TDKT_NOTIFY_FILE"
SMTP_KEYS = (
    "host",
    "port",
    "security",
    "user",
    "password",
    "password_file",
    "from",
    "reply_to",
    "ca_file",
    "timeout",
    "answer_timeout",
)
PORTS: Mapping[str, int] = MappingProxyType({"starttls": 587, "tls": 465, "none": 25})
"""The ways to secure the connection (the first where none is set), each with its usual port."""
TIMEOUT = 30.0
LONGEST_TIMEOUT = 60.0
"""Seconds of each step. A conversation has a dozen steps and must end before the lease of its message."""
ANSWER_TIMEOUT = 600.0
"""Seconds, and the most, that a server may take to say what becomes of a mail (RFC 5321, 4.5.3.2.6). Giving
up earlier would send the mail twice."""
LARGEST_PORT = 65_535
AS_TYPED = frozenset({"password", "password_file", "ca_file"})
"""What has its very bytes: a secret, the name of a file."""
CHANNEL = re.compile(r"[a-z][a-z0-9_-]{0,15}")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class SettingsFault:
    """One mistake in the settings; its sentence is the catalogue's `message.delivery.<says>`."""

    says: str
    operands: Mapping[str, str | Text] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail server and how to log in to it. `timeout` is in seconds, of each step of a conversation but the
    answer to a whole mail, which has `answer_timeout`; `reply_to` is where readers' answers go."""

    host: str
    port: int
    security: str
    sender: NamedAddress
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_file: str | None = None
    timeout: float = TIMEOUT
    answer_timeout: float = ANSWER_TIMEOUT
    reply_to: NamedAddress | None = None


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """Every channel that is set correctly, and the mistakes in the others.

    `targets` are the URLs of apprise's channels, by name.
    """

    smtp: SmtpSettings | None = None
    targets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    faults: tuple[SettingsFault, ...] = ()

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the channels that can send."""
        return ((EMAIL,) if self.smtp else ()) + tuple(self.targets)


def delivery_settings(environment: Mapping[str, str]) -> DeliverySettings:
    """The settings of the environment and of the files that it names."""
    faults: list[SettingsFault] = []
    document = _document(environment, faults)
    smtp = _smtp(_merged(environment, document, faults), faults)
    targets = dict(_targets(environment, document, faults))
    return DeliverySettings(smtp, MappingProxyType(targets), tuple(faults))


def secret_files(environment: Mapping[str, str]) -> tuple[Path, ...]:
    """The files that hold a password or a channel's address, which nobody else on the machine should read."""
    named = environment.get(NOTIFY_FILE)
    password = _merged(environment, _document(environment, []), []).get("password_file")
    return tuple(Path(file) for file in (named, password) if file)


def _document(environment: Mapping[str, str], faults: list[SettingsFault]) -> Mapping[str, Any]:
    """The file's tables; an empty mapping where there is none or it cannot be used."""
    named = environment.get(NOTIFY_FILE)
    if not named:
        return {}
    try:
        found = tomllib.loads(Path(named).read_text(encoding="utf-8"))
    except OSError as error:
        faults.append(SettingsFault("unreadable", {"tep": named, "ly_do": cause_of(error)}))
    except tomllib.TOMLDecodeError as error:
        # The parser's own words may quote the line, and a password in it: only the line's number is told.
        place = re.search(r"at line (\d+)", str(error))
        faults.append(SettingsFault("no_toml", {"tep": named, "so": place[1] if place else "?"}))
    except UnicodeDecodeError:
        faults.append(SettingsFault("no_toml", {"tep": named, "so": "?"}))
    else:
        tables = {"smtp": SMTP_KEYS, "apprise": None}
        for name, table in found.items():
            keys = tables.get(name, ())
            if not isinstance(table, dict) or name not in tables:
                faults.append(SettingsFault("unknown_key", {"tep": named, "truong": name}))
            elif keys is not None:
                unknown = [key for key in table if key not in keys]
                faults += [
                    SettingsFault("unknown_key", {"tep": named, "truong": f"smtp.{key}"}) for key in unknown
                ]
        return {name: table for name, table in found.items() if name in tables and isinstance(table, dict)}
    return {}


def _merged(
    environment: Mapping[str, str], document: Mapping[str, Any], faults: list[SettingsFault]
) -> Mapping[str, str]:
    """The mail server's settings by key, as text. A password in the environment replaces the file's."""
    given = {key: str(value) for key, value in document.get("smtp", {}).items() if key in SMTP_KEYS}
    own = {key: value for key in SMTP_KEYS if (value := environment.get(SMTP + key.upper()))}
    if "password" in own or "password_file" in own:
        given = {key: value for key, value in given.items() if not key.startswith("password")}
    known = {SMTP + key.upper() for key in SMTP_KEYS}
    for name in sorted(environment):
        if name.startswith(SMTP) and name not in known:
            faults.append(SettingsFault("unknown_variable", {"truong": name}))
    return {key: value if key in AS_TYPED else composed(value) for key, value in {**given, **own}.items()}


def _smtp(given: Mapping[str, str], faults: list[SettingsFault]) -> SmtpSettings | None:
    """The mail server, where its settings are complete and without a mistake."""
    if not given:
        return None
    found = list(_misfits(given))
    password = _password(given, found)
    if not (given.get("user", "") + (password or "")).isascii():
        found.append(SettingsFault("smtp_login_marks"))
    sender = named_address(given.get("from", ""))
    faults += found
    # With any mistake nothing is sent: a mail might go out without TLS, or in another's name.
    if found or sender is None:
        return None
    security = given.get("security", "starttls")
    return SmtpSettings(
        host=given["host"],
        port=int(given.get("port", PORTS[security])),
        security=security,
        sender=sender,
        user=given.get("user"),
        password=password,
        ca_file=given.get("ca_file"),
        timeout=float(given.get("timeout", TIMEOUT)),
        answer_timeout=float(given.get("answer_timeout", ANSWER_TIMEOUT)),
        reply_to=named_address(given.get("reply_to", "")),
    )


def _misfits(given: Mapping[str, str]) -> Iterator[SettingsFault]:
    for key in ("host", "from"):
        if key not in given:
            yield SettingsFault("smtp_lacks", {"truong": SMTP + key.upper()})
    for key, value in given.items():
        if sign := "U+000A" if "\n" in value else unreadable_sign(value):
            yield SettingsFault("smtp_invisible", {"truong": SMTP + key.upper(), "so": sign})
        elif key in ("from", "reply_to") and named_address(value) is None:
            yield SettingsFault(f"smtp_bad_{key}", {"gia_tri": value})
    security = given.get("security", "starttls")
    if security not in PORTS:
        yield SettingsFault("smtp_bad_security", {"gia_tri": security, "danh_sach": ", ".join(PORTS)})
    if not _is_number(given.get("port", "25"), 1, LARGEST_PORT, whole=True):
        yield SettingsFault("smtp_bad_port", {"gia_tri": given["port"]})
    if not _is_number(given.get("timeout", "30"), 0.1, LONGEST_TIMEOUT):
        yield SettingsFault("smtp_bad_timeout", {"gia_tri": given["timeout"]})
    if not _is_number(given.get("answer_timeout", "600"), 0.1, ANSWER_TIMEOUT):
        yield SettingsFault("smtp_bad_answer_timeout", {"gia_tri": given["answer_timeout"]})
    yield from _login_misfits(given, security)
    if (file := given.get("ca_file")) is not None:
        if security == "none":
            yield SettingsFault("smtp_ca_without_tls")
        elif not Path(file).is_file():
            yield SettingsFault("unreadable", {"tep": file, "ly_do": "no such file"})


def _login_misfits(given: Mapping[str, str], security: str) -> Iterator[SettingsFault]:
    if "password" in given and "password_file" in given:
        yield SettingsFault("smtp_two_passwords")
    has_password = "password" in given or "password_file" in given
    if "user" in given and not has_password:
        yield SettingsFault("smtp_no_password")
    if has_password and "user" not in given:
        yield SettingsFault("smtp_no_user")
    if "user" in given and security == "none" and given.get("host") not in LOOPBACK:
        yield SettingsFault("smtp_open_login")


def _is_number(text: str, least: float, most: float, *, whole: bool = False) -> bool:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        return False
    return least <= number <= most


def _password(given: Mapping[str, str], faults: list[SettingsFault]) -> str | None:
    """The password itself, or the first line of its file."""
    if (file := given.get("password_file")) is None or "password" in given:
        return given.get("password")
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:  # a name with a null byte is a ValueError too
        why = NO_TEXT if isinstance(error, UnicodeDecodeError) else cause_of(error)
        faults.append(SettingsFault("unreadable", {"tep": file, "ly_do": why}))
        return None
    if not lines or not lines[0]:
        faults.append(SettingsFault("smtp_empty_password", {"tep": file}))
        return None
    return lines[0]


def _targets(
    environment: Mapping[str, str], document: Mapping[str, Any], faults: list[SettingsFault]
) -> Iterator[tuple[str, str]]:
    """Names and URLs of the other channels; no fault repeats a URL, which holds secrets."""
    listed = {str(name): url for name, url in document.get("apprise", {}).items()}
    own = {
        name.removeprefix(APPRISE).lower(): url
        for name, url in environment.items()
        if name.startswith(APPRISE) and url
    }
    for name, url in sorted({**listed, **own}.items()):
        if not CHANNEL.fullmatch(name) or name in (EMAIL, INBOX):
            faults.append(SettingsFault("bad_channel", {"ten": name}))
        elif not isinstance(url, str) or "://" not in url:
            faults.append(SettingsFault("bad_target", {"ten": name}))
        else:
            yield name, url
