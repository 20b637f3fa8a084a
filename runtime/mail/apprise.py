"""Every other channel, through `apprise` (extra `notify`): chats, text messages, webhooks.

A target is a URL with secrets in it, so neither the URL nor what the library logs is ever repeated.
"""

from __future__ import annotations

import re
from typing import Any

from runtime.mail.channels import Mail, Undelivered

STATUS = re.compile(r"\berror=(\d{3})\b")


def is_installed() -> bool:
    from importlib.util import find_spec

    return find_spec("apprise") is not None


def is_target(url: str) -> bool:
    """Whether the library knows what to do with the URL."""
    import apprise

    return bool(apprise.Apprise().add(url))


class AppriseChannel:
    """One target. Implements `runtime.mail.channels.Channel`; a mail's address is the target's name."""

    def __init__(self, name: str, url: str) -> None:
        self._name = name
        self._url = url

    def send(self, mail: Mail) -> str:
        try:
            import apprise
        except ModuleNotFoundError:
            raise Undelivered("setup", "apprise is not installed; install tdkt[notify]") from None
        target = apprise.Apprise()
        if not target.add(self._url):
            raise Undelivered("setup", f"apprise does not know the address of '{self._name}'")
        taken, code = _notified(apprise, target, mail)
        if not taken:
            raise Undelivered("server", f"'{self._name}' did not take the message{code}")
        return f"'{self._name}' took the message"


def _notified(apprise: Any, target: Any, mail: Mail) -> tuple[bool, str]:
    """Whether the receiver took the message, and the HTTP status of its answer, if it is known."""
    with apprise.LogCapture(level=apprise.logging.INFO, fmt="%(message)s") as log:
        try:
            taken = target.notify(body=mail.body, title=mail.subject, body_format=apprise.NotifyFormat.TEXT)
        except Exception as error:
            # The words of a plug-in's error may hold the URL: only the error's type is told.
            raise Undelivered("server", type(error).__name__) from None
        status = STATUS.search(log.getvalue()) if hasattr(log, "getvalue") else None
    return bool(taken), f" ({status[1]})" if status else ""
