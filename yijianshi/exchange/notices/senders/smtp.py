"""E-mail through an SMTP server: ``smtp://host:port`` (STARTTLS where offered) or ``smtps://user:password@host:port``.

The delivery's id is the Message-ID, so a server or mailbox that gets one twice can tell.
"""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from yijianshi.exchange.notices.senders.port import Away, Letter, Refused

TIMEOUT_SECONDS = 10.0
_PERMANENT = range(500, 600)


class MailServer:
    """One server, a connection for each message."""

    def __init__(self, address: str, sender: str, timeout: float = TIMEOUT_SECONDS) -> None:
        self._to, self._sender, self._timeout = urlsplit(address), sender, timeout
        if self._to.scheme not in ("smtp", "smtps") or not self._to.hostname:
            raise ValueError("YIJIANSHI_MAIL_ADDRESS is written smtp://host[:port] or smtps://[user:password@]host[:port]")

    def send(self, letter: Letter) -> None:
        """Hand over *letter*; raises Away, Refused."""
        try:
            with self._connect() as server:
                self._open(server)
                server.send_message(self._written(letter))
        except smtplib.SMTPRecipientsRefused as error:
            code = next((answer[0] for answer in error.recipients.values()), 0)
            raise _why(code) from None
        except smtplib.SMTPResponseException as error:
            raise _why(error.smtp_code) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Away(type(error).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        host, port = self._to.hostname or "", self._to.port
        if self._to.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=self._timeout, context=ssl.create_default_context())
        return smtplib.SMTP(host, port or 25, timeout=self._timeout)

    def _open(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        if self._to.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if self._to.username:
            server.login(unquote(self._to.username), unquote(self._to.password or ""))

    def _written(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, letter.address, letter.subject
        message["Date"] = formatdate()
        message["Message-ID"] = f"<{letter.id}@{self._sender.rpartition('@')[2] or 'localhost'}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies
        message.set_content(letter.text)
        return message


def _why(code: int) -> Away | Refused:
    return Refused(f"SMTP {code}", "refused by the server") if code in _PERMANENT else Away(f"SMTP {code}")
