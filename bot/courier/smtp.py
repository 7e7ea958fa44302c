"""Mails given to a mail server, one connection each, and the outcome."""

import asyncio
import ssl
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from email.policy import SMTP as SEVEN_BIT
from email.policy import SMTPUTF8

from aiosmtplib import SMTP, SMTPException, SMTPRecipientRefused, SMTPResponseException

from bot.mail_url import MailServer
from bot.outbox.courier import Later, Outcome, Refused, Sent, Unknown

CONNECT_S, DATA_S, QUIT_S = 15, 30, 1
"""Seconds that a server may take until it takes the recipient, to take the mail, and to part."""
AWAY = timedelta(seconds=15)
"""Pause in all mails while the server is unreachable or asks for patience."""
SHUT = timedelta(minutes=5)
"""Pause in all mails if the server will not have this sender: somebody must change a setting."""
_SEVEN_BIT = SEVEN_BIT.clone(cte_type="7bit")


class Postbox:
    """A mail server with the address that mails come from. It has to prove its name by TLS."""

    def __init__(self, server: MailServer, sender: str) -> None:
        self.sender, self._server = sender, server
        self._tls = ssl.create_default_context() if server.tls or server.starttls else None

    def client(self) -> SMTP:
        """Return a client that is not connected yet."""
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=server.starttls,
            tls_context=self._tls,
            username=server.user or None,
            password=server.password or None,
            # By default it looks the machine's own name up.
            local_hostname=self.sender.rpartition("@")[2],
            timeout=CONNECT_S,
        )

    async def give(self, to: str, message: EmailMessage) -> tuple[str, Outcome]:
        """Give a mail to the server; return the status of its last answer, and the outcome.

        Until the server has the whole mail, nothing was sent. After that, a lost answer leaves open
        whether it was.
        """
        smtp = self.client()
        try:
            async with asyncio.timeout(CONNECT_S):
                await smtp.connect()
                options: list[str] = []
                if not to.isascii():
                    await smtp.ehlo()
                    if not smtp.supports_extension("smtputf8"):
                        return "none", Refused(error="mail_refused")
                    options = ["SMTPUTF8"]
                encoding = "utf-8" if options else "ascii"
                await smtp.mail(self.sender, options=options, encoding=encoding)
                await smtp.rcpt(to, encoding=encoding)
            async with asyncio.timeout(DATA_S):
                try:
                    await smtp.data(message.as_bytes(policy=SMTPUTF8 if options else _SEVEN_BIT))
                except SMTPResponseException as error:
                    return str(error.code), _refused(error.code)
                except (SMTPException, OSError, TimeoutError):
                    return "none", Unknown(error="mail_cut")
            with suppress(SMTPException, OSError, TimeoutError):
                await smtp.quit(timeout=QUIT_S)
            return "250", Sent()
        except SMTPRecipientRefused as error:
            return str(error.code), _refused(error.code)
        except SMTPResponseException as error:
            return str(error.code), Later(
                retry_after=AWAY if error.code < 500 else SHUT, error="mail_server"
            )
        except (SMTPException, OSError, TimeoutError) as error:
            is_away = isinstance(error, OSError) and not is_about_tls(error)
            return "none", Later(retry_after=AWAY if is_away else SHUT, error="mail_server")
        finally:
            smtp.close()


def is_about_tls(error: Exception) -> bool:
    """Return whether a server could not prove its name."""
    return any(isinstance(one, ssl.SSLError) for one in (error, error.__cause__, error.__context__))


def _refused(status: int) -> Refused:
    return Refused(error="mail_later" if status < 500 else "mail_refused")
