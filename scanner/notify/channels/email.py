"""E-mail by SMTP with STARTTLS or TLS. The message id is the same however often it is sent."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from scanner.config.channels import EmailConfig
from scanner.notify.channels import Tools
from scanner.notify.errors import NotSent, TryLater
from scanner.notify.http import TIMEOUT
from scanner.notify.message import Message

_PORTS = {"starttls": 587, "ssl": 465, "none": 25}
_MOST_BYTES = 100_000
_TEMPORARY = range(400, 500)  # SMTP codes


def send(message: Message, channel: EmailConfig, tools: Tools) -> None:
    """Hand the mail to the server; a recipient that is refused fails the message."""
    try:
        with _connected(channel) as server:
            if channel.username and channel.password:
                server.login(tools.secrets.fill(channel.username), tools.secrets.fill(channel.password))
            refused = server.send_message(mail(message, channel, tools))
    except ssl.SSLCertVerificationError:
        raise NotSent("its certificate is not trusted; name the authority as 'ca_file'") from None
    except smtplib.SMTPNotSupportedError:
        raise NotSent("the server offers neither the encryption nor the login that is configured") from None
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _by_code(min(codes, default=0)) from None
    except smtplib.SMTPResponseException as error:
        raise _by_code(error.smtp_code) from None
    except (smtplib.SMTPException, OSError) as error:
        raise TryLater(f"could not be reached ({type(error).__name__})") from None
    if refused:
        raise NotSent(f"{len(refused)} of {len(channel.recipients)} recipients were refused")


def _by_code(code: int) -> NotSent:
    return (TryLater if code in _TEMPORARY else NotSent)(f"answered SMTP {code}")


def _connected(channel: EmailConfig) -> smtplib.SMTP:
    port = channel.port or _PORTS[channel.security]
    trust = ssl.create_default_context(cafile=channel.ca_file)
    if channel.security == "ssl":
        return smtplib.SMTP_SSL(channel.host, port, timeout=TIMEOUT, context=trust)
    server = smtplib.SMTP(channel.host, port, timeout=TIMEOUT)
    if channel.security == "starttls":
        try:
            server.starttls(context=trust)
        except BaseException:
            server.close()
            raise
    return server


def mail(message: Message, channel: EmailConfig, tools: Tools) -> EmailMessage:
    """Return the mail."""
    made = EmailMessage(policy=SMTP)
    made["Subject"] = message.title(channel.lang)
    made["From"] = channel.sender
    made["To"] = ", ".join(channel.recipients)
    made["Date"] = format_datetime(tools.now)
    made["Message-ID"] = f"<{hashlib.sha256(message.id.encode()).hexdigest()[:32]}@{_domain(channel.sender)}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(message.text(channel.lang, _MOST_BYTES) + "\n")
    return made


def _domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2] or "pandian.invalid"
