"""Files that somebody sent and has still to confirm: shown first with what they hold, taken in only then."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from web.replies import Sent
from workflow.model.errors import UsageMistake

MOST, MOST_FILES = 64 * 1024 * 1024, 200
"""Bytes of all that are held, and how many; the oldest go first."""


class FileGone(UsageMistake):
    """The file is no longer at hand; choose it again."""

    code = "file_gone"


class _Held(NamedTuple):
    account: str | None
    sent: Sent


class HeldFiles:
    """The files of this process, each for the position that sent it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, _Held] = OrderedDict()

    def hold(self, account: str | None, sent: Sent) -> str:
        """Answers with what names the file in the form that confirms it."""
        token = secrets.token_urlsafe(18)
        with self._lock:
            self._held[token] = _Held(account, sent)
            while len(self._held) > 1 and (len(self._held) > MOST_FILES or self._size > MOST):
                self._held.popitem(last=False)
        return token

    @property
    def _size(self) -> int:
        return sum(len(held.sent.content) for held in self._held.values())

    def given(self, account: str | None, token: str) -> Sent:
        """Raises FileGone."""
        with self._lock:
            held = self._held.get(token)
        if held is None or held.account != account:
            raise FileGone()
        return held.sent
