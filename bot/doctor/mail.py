"""Checks of mail: the server, its certificate, the sender, the keys, and a mail to one address."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime

from aiosmtplib import SMTPAuthenticationError, SMTPException, SMTPResponseException
from sqlalchemy.exc import SQLAlchemyError

from bot.courier.mail_courier import compose
from bot.courier.smtp import CONNECT_S, Postbox, is_about_tls
from bot.doctor.findings import Finding, fine, wrong
from bot.letters.ids import new_id
from bot.letters.mail import Mail, normalised
from bot.letters.refusals import Refused
from bot.logs import name_of
from bot.mail_url import MailServer, mail_server
from bot.outbox.courier import Sent
from bot.settings import Settings, split_keys
from bot.storage.database import Database
from bot.use_cases import mail
from bot.use_cases.mail import Keyring, LostKeyError

_TEST = Mail(
    subject="A test email from Undersigned",
    paragraphs=("Emails from Undersigned arrive here.", "`undersigned doctor` sent this one."),
)


async def mail_checks(settings: Settings, now: datetime, to: str) -> AsyncIterator[Finding]:
    """Check everything that a mail needs, and send one to an address, if any."""
    url, sender, secret = settings.smtp_url, settings.mail_from, settings.secret_keys
    if url is None or sender is None or secret is None:
        if to:
            said = "No email can be sent: SMTP_URL isn't set."
            yield wrong("mail", said, "Set SMTP_URL, MAIL_FROM and SECRET_KEYS.")
        return
    server = mail_server(url.get_secret_value())
    postbox = Postbox(server, sender)
    found = await _server_finding(postbox, server)
    yield found or fine("mail_server", f"{server.host} accepts email from {sender}.")
    try:
        async with Database(settings.database_url) as database:
            await mail.check(database, keys=Keyring(split_keys(secret)))
            yield fine("mail_keys", "SECRET_KEYS can decrypt the addresses in the database.")
    except LostKeyError:
        said = "SECRET_KEYS has none of the keys that addresses were encrypted with."
        yield wrong("mail_keys", said, "Put the previous key back, after the new one.")
    except (SQLAlchemyError, OSError):
        pass  # The checks of the database say why.
    if to and found is None:
        yield await _sent(postbox, now, to)


async def _server_finding(postbox: Postbox, server: MailServer) -> Finding | None:
    """Return what keeps the server from taking mails; None if it would take one."""
    smtp = postbox.client()
    try:
        async with asyncio.timeout(CONNECT_S):
            await smtp.connect()
            await smtp.mail(postbox.sender)
    except SMTPAuthenticationError as error:
        said = f"{server.host} doesn't accept the user and password of SMTP_URL ({error.code})."
        return wrong("mail_login", said, "Write @ as %40 there, and : as %3A.")
    except SMTPResponseException as error:
        said = f"{server.host} doesn't accept email from {postbox.sender} ({error.code})."
        return wrong(
            "mail_sender", said, "Set MAIL_FROM to an address that this user may send from."
        )
    except (SMTPException, OSError, TimeoutError) as error:
        if is_about_tls(error):
            said = f"{server.host} can't prove that it is {server.host}: its certificate is for another name, has expired, or is from an authority that this machine doesn't know."
            return wrong(
                "mail_server",
                said,
                "Use the name in its certificate. For an authority of your own, set SSL_CERT_FILE.",
            )
        said = f"{server.host} can't be used at port {server.port} ({name_of(error)})."
        return wrong(
            "mail_server",
            said,
            "Port 465 goes with smtps://, and port 587 with smtp://, where the server has to offer STARTTLS. Ask your provider, and check the firewall.",
        )
    else:
        return None
    finally:
        smtp.close()


async def _sent(postbox: Postbox, now: datetime, to: str) -> Finding:
    try:
        address = normalised(to)
    except Refused:
        return wrong("mail", f"{to} isn't an email address.", "Write it like name@example.org.")
    message = compose(_TEST, notice=new_id(now), language="en", sender=postbox.sender, to=address)
    status, outcome = await postbox.give(address, message)
    if isinstance(outcome, Sent):
        return fine("mail", f"The server accepted an email to {address}: check whether it arrived.")
    said = f"The server didn't accept an email to {address} ({status})."
    return wrong("mail", said, "Check the address, and the server's log.")
