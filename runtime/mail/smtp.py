"""E-mail: sends one frozen mail over SMTP, with TLS, login and a checked certificate.

Each mail has a connection of its own, so that a failure of one does not spoil the next. The password is taken
out of whatever a server answers before it is told.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from runtime.mail.channels import Mail, Undelivered
from runtime.mail.letter import letter
from runtime.mail.masking import masked
from runtime.mail.settings import SmtpSettings
from workflow.model.signs import shown
from workflow.notices.delivery import Trouble

TAKEN, READY, TEMPORARY, FINAL = range(200, 300), range(354, 355), range(400, 500), range(500, 600)
LONGEST_ANSWER = 300


class SmtpChannel:
    """A mail server. Implements `runtime.mail.channels.Channel`."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings

    def send(self, mail: Mail) -> str:
        settings = self._settings
        data = letter(mail, sender=settings.sender, reply_to=settings.reply_to)
        with self._connected() as server:
            # From here on the server is there: what it does with this mail says nothing of the next one.
            with self._told(lost="later"):
                self._step(server.mail(settings.sender.address), refused="setup")
                self._step(server.rcpt(mail.address), refused="recipient")
                self._step(server.docmd("DATA"), refused="recipient", wanted=READY)
                server.send(_stuffed(data))
            with self._told(lost="unanswered"):
                said = self._answer(server)
            # The server has taken the mail: where QUIT fails, the mail must not count as unsent.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        return said

    def _answer(self, server: smtplib.SMTP) -> str:
        """What becomes of the mail that the server has: it may search it first, so it is given longer."""
        assert server.sock is not None
        server.sock.settimeout(self._settings.answer_timeout)
        said = self._step(server.getreply(), refused="recipient")
        server.sock.settimeout(self._settings.timeout)
        return said

    def knock(self) -> None:
        """Connects, checks the certificate and logs in, and sends nothing. Raises Undelivered."""
        with self._connected() as server, suppress(smtplib.SMTPException, OSError):
            server.quit()

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A connection with login. Raises Undelivered where there is none."""
        server: smtplib.SMTP | None = None
        try:
            with self._told(lost="server"):
                server = self._greeted()
                self._logged_in(server)
            yield server
        finally:
            if server is not None:
                server.close()

    @contextmanager
    def _told(self, *, lost: Trouble) -> Iterator[None]:
        """Whatever fails in the block is raised as Undelivered; of the kind `lost` where no answer comes."""
        try:
            yield
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
            raise Undelivered(lost, self._clean(_told(error))) from None
        except UnicodeError:
            raise Undelivered("setup", f"{self._settings.host} is no name of a server") from None

    def _greeted(self) -> smtplib.SMTP:
        settings = self._settings
        # The name to greet with: looking up the machine's own name may hang.
        name = settings.sender.address.rpartition("@")[2]
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

    def _step(self, answer: tuple[int, bytes], *, refused: Trouble, wanted: range = TAKEN) -> str:
        """The server's answer to one step. Raises Undelivered, of the kind `refused` where it is final."""
        code, said = answer
        if code in wanted:
            return self._clean(f"{code} {_text(said)}")
        raise self._undelivered(refused if code in FINAL else "later", code, said)

    def _undelivered(self, trouble: Trouble, code: int, said: bytes) -> Undelivered:
        return Undelivered(trouble, self._clean(f"{code} {_text(said)}"))

    def _clean(self, said: str) -> str:
        """The words in one line, without the password and without what a terminal would obey."""
        user, password = self._settings.user or "", self._settings.password or ""
        line = " ".join(masked(said, user=user, password=password).split())
        return shown(line)[:LONGEST_ANSWER]


def _stuffed(data: bytes) -> bytes:
    """The mail as DATA takes it: a line that begins with a full stop gets one more, and one ends it all."""
    return re.sub(rb"^\.", b"..", data, flags=re.MULTILINE) + b".\r\n"


def _bytes(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said


def _text(said: bytes) -> str:
    return said.decode("utf-8", "replace")


def _told(error: Exception) -> str:
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return said or type(error).__name__
