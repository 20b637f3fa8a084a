"""A mail as the bytes that go out: headers by RFC 5322 and RFC 2047, the body in base64.

Written here and not by `email`, whose writer loses blanks at encoded words' ends, makes words longer than
75 signs and lets them touch, for which strict servers refuse a mail.
"""

from __future__ import annotations

import re
from base64 import b64encode, encodebytes
from collections.abc import Iterator
from email.utils import format_datetime

from runtime.mail.channels import Mail
from workflow.model.signs import composed, shown
from workflow.notices.addresses import NamedAddress

LINE, WORD = 76, 75
"""Signs that a line with an encoded word, and the word itself, may have."""
BEGIN, END = "=?utf-8?b?", "?="
FOLD = "\r\n "
PLAIN = re.compile(r"(?!.*=\?)[!-~]+(?: [!-~]+)*")
"""Text that every reader takes as it stands, where it fits on its line."""


def letter(mail: Mail, *, sender: NamedAddress, reply_to: NamedAddress | None = None) -> bytes:
    """The mail's bytes, the same at every try."""
    head = [
        _mailbox("From", sender),
        _mailbox("To", NamedAddress("", mail.address)),
        *([_mailbox("Reply-To", reply_to)] if reply_to else []),
        _text("Subject", mail.subject),
        f"Date: {format_datetime(mail.made_at)}",
        f"Message-ID: <{mail.id}@{mail.office}.tdkt>",
        # RFC 3834: no machine answers it, so that nobody's notice of absence comes back.
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        'Content-Type: text/plain; charset="utf-8"',
        "Content-Transfer-Encoding: base64",
    ]
    body = shown(composed(mail.body)).replace("\n", "\r\n") + "\r\n"
    lines = encodebytes(body.encode()).decode().splitlines()
    return "\r\n".join([*head, "", *lines, ""]).encode("ascii")


def _text(name: str, text: str) -> str:
    words = _one_line(text)
    as_it_stands = f"{name}: {words}"
    if PLAIN.fullmatch(words) and len(as_it_stands) <= LINE:
        return as_it_stands
    return f"{name}: {_encoded(words, taken=len(name) + 2)}"


def _mailbox(name: str, box: NamedAddress) -> str:
    if not box.name:
        return f"{name}: {box.address}"
    words = _one_line(box.name)
    quoted = f'{name}: "{words}"'
    # Within quotation marks two signs would need a backslash, which not every reader takes away again.
    if not PLAIN.fullmatch(words) or set(words) & set('"\\') or len(quoted) > LINE:
        quoted = f"{name}: {_encoded(words, taken=len(name) + 2)}"
    address = f"<{box.address}>"
    room = LINE - len(quoted.rpartition("\r\n")[2])
    return f"{quoted}{' ' if len(address) < room else FOLD}{address}"


def _one_line(text: str) -> str:
    return shown(composed(text).replace("\n", " ").replace("\t", " "))


def _encoded(text: str, *, taken: int) -> str:
    """The text as encoded words, one a line; `taken` signs stand before it on its first line."""
    return FOLD.join(f"{BEGIN}{b64encode(part).decode()}{END}" for part in _parts(text, taken=taken))


def _parts(text: str, *, taken: int) -> Iterator[bytes]:
    """UTF-8 in pieces that fill a line each. No letter is cut: each word is decoded by itself."""
    part, room = b"", _bytes_in(LINE - taken)
    for letter in map(str.encode, text):
        if len(part) + len(letter) > room:
            yield part
            part, room = b"", _bytes_in(WORD)
        part += letter
    yield part


def _bytes_in(signs: int) -> int:
    """How many bytes an encoded word of so many signs holds."""
    return (signs - len(BEGIN) - len(END)) // 4 * 3
