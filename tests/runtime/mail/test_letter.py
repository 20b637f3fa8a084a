"""A mail's bytes: whatever words it bears come back whole by the standard, in lines that servers take.

The reader of headers is this file's own, by RFC 2047: Python's adds what its writer loses.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.mail.channels import Mail
from runtime.mail.letter import letter
from workflow.model.signs import unreadable_sign
from workflow.notices.addresses import NamedAddress

MAIL = Mail(
    "8263acc8", "diem-he", "van.thu@diemhe.vn", "Nhắc việc", "Kính gửi", datetime(2026, 2, 27, tzinfo=UTC)
)
SENDER = NamedAddress("TĐKT xã Điềm He", "tdkt@diemhe.vn")
ENCODED = re.compile(r"=\?utf-8\?b\?([A-Za-z0-9+/]+={0,2})\?=")
SEEN = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))
WORDS = st.text(SEEN, min_size=1, max_size=200).map(lambda text: unicodedata.normalize("NFC", text))


def head(data: bytes) -> dict[str, str]:
    """The headers, their lines joined as the standard joins them."""
    top = data.decode("ascii").partition("\r\n\r\n")[0]
    lines = re.sub(r"\r\n(?=[ \t])", "", top).split("\r\n")
    return dict(line.split(": ", 1) for line in lines)


def decoded(words: str) -> str:
    """Encoded words read one by one; blanks between two of them count for nothing."""
    apart = re.sub(r"(?<=\?=) +(?==\?)", "", words)
    return ENCODED.sub(lambda found: base64.b64decode(found[1]).decode(), apart)


def well_formed(data: bytes) -> bool:
    top = data.partition(b"\r\n\r\n")[0].decode("ascii")
    encoded = [line for line in top.split("\r\n") if "=?utf-8?b?" in line]
    return (
        max(map(len, data.split(b"\r\n"))) <= 76
        and all(len(word) <= 75 for line in encoded for word in line.split())
        and "?==?" not in top
        and b"\n" not in data.replace(b"\r\n", b"")
    )


@given(WORDS)
def test_any_subject_comes_back_as_it_was(subject: str) -> None:
    data = letter(replace(MAIL, subject=subject), sender=SENDER)

    assert decoded(head(data)["Subject"]) == subject
    assert well_formed(data)


@given(WORDS)
def test_any_name_comes_back_as_it_was(name: str) -> None:
    data = letter(
        MAIL, sender=NamedAddress(name, SENDER.address), reply_to=NamedAddress(name, "van.thu@a.vn")
    )

    for field, address in (("From", SENDER.address), ("Reply-To", "van.thu@a.vn")):
        phrase, _blank, angle = head(data)[field].rpartition(" ")
        assert angle == f"<{address}>"
        assert decoded(phrase[1:-1] if phrase.startswith('"') else phrase) == name
    assert well_formed(data)


@given(st.text(SEEN | st.just("\n")))
def test_any_body_comes_back_as_it_was(body: str) -> None:
    data = letter(replace(MAIL, body=body), sender=SENDER)

    text = base64.b64decode(data.partition(b"\r\n\r\n")[2]).decode()
    assert text == unicodedata.normalize("NFC", body).replace("\n", "\r\n") + "\r\n"
    assert well_formed(data)


@pytest.mark.parametrize("length", range(1, 201, 7))
def test_a_name_of_any_length_keeps_its_letters_whole(length: int) -> None:
    for name in ("ộ" * length, ("ế " * length).strip(), "😀" * length, ("Hội - " * length)[:length].strip()):
        data = letter(MAIL, sender=NamedAddress(name, SENDER.address))
        assert decoded(head(data)["From"].rpartition(" ")[0].strip('"')) == name
        assert well_formed(data)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("", "tdkt@diemhe.vn"),
        ("Commune of Diem He", '"Commune of Diem He" <tdkt@diemhe.vn>'),
        ("Thi dua, khen thuong", '"Thi dua, khen thuong" <tdkt@diemhe.vn>'),
        ('To "Mot"', "=?utf-8?b?VG8gIk1vdCI=?= <tdkt@diemhe.vn>"),
        ("=?utf-8?b?eA==?=", "=?utf-8?b?PT91dGYtOD9iP2VBPT0/PQ==?= <tdkt@diemhe.vn>"),
    ],
)
def test_a_name_of_plain_letters_stands_as_it_is_unless_it_could_be_misread(name: str, line: str) -> None:
    assert head(letter(MAIL, sender=NamedAddress(name, SENDER.address)))["From"] == line


@given(st.text())
def test_nothing_that_a_terminal_obeys_is_sent(text: str) -> None:
    data = letter(replace(MAIL, subject=f"a{text}", body=text), sender=NamedAddress(f"a{text}", "a@b.vn"))

    told = [decoded(head(data)["Subject"]), decoded(head(data)["From"])]
    body = base64.b64decode(data.partition(b"\r\n\r\n")[2]).decode().replace("\r\n", "\n")
    assert [unreadable_sign(words) for words in (*told, body)] == [None] * 3
    assert "\n" not in "".join(told)


def test_machines_are_told_who_wrote_it_and_where_answers_go() -> None:
    found = head(letter(MAIL, sender=SENDER, reply_to=NamedAddress("", "van.thu@diemhe.gov.vn")))

    assert {name: found[name] for name in found.keys() - {"From", "Subject"}} == {
        "To": "van.thu@diemhe.vn",
        "Reply-To": "van.thu@diemhe.gov.vn",
        "Date": "Fri, 27 Feb 2026 00:00:00 +0000",
        "Message-ID": "<8263acc8@diem-he.tdkt>",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "base64",
    }
