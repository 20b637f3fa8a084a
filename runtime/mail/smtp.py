"""E-mail: sends one frozen mail over SMTP, with TLS, login and a checked certificate.

Each mail has a connection of its own, so that a failure of one does not spoil the next. The password is taken
out of whatever a server answers before it is told.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime, parseaddr

from runtime.mail.channels import Mail, Undelivered
from runtime.mail.settings import SmtpSettings
from workflow.notices.delivery import Trouble

TEMPORARY = range(400, 500)
LONGEST_ANSWER = 300


def as_message(mail: Mail, *, sender: str) -> EmailMessage:
    """The mail as it goes out; the same mail gives the same bytes at every try."""
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = sender
    message["To"] = mail.address
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.made_at)
    message["Message-ID"] = f"<{mail.id}@{mail.office}.tdkt>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body + "\n", charset="utf-8", cte="base64")
    return message


class SmtpChannel:
    """A mail server. Implements `runtime.mail.channels.Channel`."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    def send(self, mail: Mail) -> str:
        message = as_message(mail, sender=self._settings.sender)
        envelope = parseaddr(self._settings.sender)[1]
        with self._connected() as server:
            self._step(server.mail(envelope), refused="setup")
            self._step(server.rcpt(mail.address), refused="recipient")
            try:
                answer = server.data(message.as_bytes())
            except smtplib.SMTPDataError as error:
                answer = (error.smtp_code, _bytes(error.smtp_error))
            said = self._step(answer, refused="recipient")
            # The server has taken the mail: where QUIT fails, the mail must not count as unsent.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        return said

    def knock(self) -> None:
        """Connects, checks the certificate and logs in, and sends nothing. Raises Undelivered."""
        with self._connected() as server, suppress(smtplib.SMTPException, OSError):
            server.quit()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A connection with login; whatever fails in the block is raised as Undelivered."""
        server: smtplib.SMTP | None = None
        try:
            server = self._greeted()
            self._logged_in(server)
            yield server
        except Undelivered:
            raise
        except smtplib.SMTPAuthenticationError as error:
            trouble: Trouble = "server" if error.smtp_code in TEMPORARY else "setup"
            raise self._undelivered(trouble, error.smtp_code, _bytes(error.smtp_error)) from None
        except smtplib.SMTPNotSupportedError as error:
            raise Undelivered("setup", self._clean(str(error))) from None
        except ssl.SSLCertVerificationError as error:
            why = f"the server's certificate is not trusted: {error.verify_message}"
            raise Undelivered("setup", self._clean(why)) from None
        except ssl.SSLError as error:
            raise Undelivered("setup", self._clean(f"TLS was refused: {error.reason or error}")) from None
        except smtplib.SMTPResponseException as error:
            raise self._undelivered("server", error.smtp_code, _bytes(error.smtp_error)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered("server", self._clean(_told(error))) from None
        finally:
            if server is not None:
                server.close()

    def _greeted(self) -> smtplib.SMTP:
        settings = self._settings
        # The name to greet with: looking up the machine's own name may hang.
        name = parseaddr(settings.sender)[1].rpartition("@")[2]
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host,
                settings.port,
                local_hostname=name,
                timeout=settings.timeout,
                context=self._trust(),
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, local_hostname=name, timeout=settings.timeout)
        return server

    def _logged_in(self, server: smtplib.SMTP) -> None:
        settings = self._settings
        server.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            server.starttls(context=self._trust())
            server.ehlo()
        if settings.user is not None and settings.password is not None:
            server.login(settings.user, settings.password)

    def _trust(self) -> ssl.SSLContext:
        """Certificates are always checked, against the system's authorities or the given file."""
        try:
            return ssl.create_default_context(cafile=self._settings.ca_file)
        except (OSError, ssl.SSLError):
            raise Undelivered("setup", f"{self._settings.ca_file} holds no certificate") from None

    def _step(self, answer: tuple[int, bytes], *, refused: Trouble) -> str:
        """The server's answer to one step. Raises Undelivered, of the kind `refused` where it is final."""
        code, said = answer
        if code // 100 == 2:
            return self._clean(f"{code} {_text(said)}")
        raise self._undelivered("later" if code in TEMPORARY else refused, code, said)

    def _undelivered(self, trouble: Trouble, code: int, said: bytes) -> Undelivered:
        return Undelivered(trouble, self._clean(f"{code} {_text(said)}"))

    def _clean(self, said: str) -> str:
        """The words in one line, without the password."""
        secret = self._settings.password
        line = " ".join(said.split())
        return (line.replace(secret, "…") if secret else line)[:LONGEST_ANSWER]


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")


def _told(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said or type(error).__name__
