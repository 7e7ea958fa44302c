"""A real mail server for tests, which can go wrong on demand."""

import asyncio
import ssl
from collections import deque
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bolt_understudy.mailbox import Mailbox


class PostOffice(Mailbox):
    """A mail server whose next mails meet a fate each: a status at a step, or another fault.

    `mail 550`, `rcpt 451`, `data 452` answer so; `cut` takes the mail and breaks the connection;
    `slow` takes it after some seconds. "" lets all go well.
    """

    def __init__(self, *fates: str) -> None:
        super().__init__()
        self.fates = deque(fates)
        self.raw: list[bytes] = []
        """The mails as they came, also those that were refused in the end."""
        self.tries = 0
        self._met: dict[Session, str] = {}
        """The fate of each connection."""

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        """Begin with the next fate."""
        del server, envelope
        self.tries += 1
        self._met[session] = self.fates.popleft() if self.fates else ""
        session.host_name = name
        return lines

    async def handle_MAIL(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take the sender, or meet the fate."""
        del server
        if answer := self._answer(session, "mail"):
            return answer
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take the recipient, or meet the fate."""
        del server, options
        if answer := self._answer(session, "rcpt"):
            # Real servers name the recipient.
            return f"{answer} <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take the mail, or meet the fate."""
        self.raw.append(envelope.original_content or b"")
        if answer := self._answer(session, "data"):
            return answer
        if self._met[session] == "slow":
            await asyncio.sleep(2)
        status = await super().handle_DATA(server, session, envelope)
        if self._met[session] == "cut":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return status

    def _answer(self, session: Session, step: str) -> str:
        at, _, status = self._met[session].partition(" ")
        return f"{status} no" if at == step else ""

    def one(self) -> EmailMessage:
        """The only mail."""
        (mail,) = self.mails
        return mail


def texts(mail: EmailMessage) -> tuple[str, str]:
    """The text of a mail, and its page."""
    text, page = mail.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(page, EmailMessage)
    said, shown = (part.get_content().replace("\r\n", "\n") for part in (text, page))
    return said, shown


def certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """Make a certificate that vouches for itself; return its file, and a server's context."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return public, context
