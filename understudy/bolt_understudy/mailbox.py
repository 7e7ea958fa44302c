"""A mail server beside the local Slack: it takes every mail, and shows them all."""

import asyncio
import re
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTPUTF8
from html import escape
from ssl import SSLContext
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

MOST = 500
"""Most mails that are kept; the oldest go first."""
_LINK = re.compile(r"https?://[^\s<>\"]+")
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox</title>
<link rel="stylesheet" href="/static/mailbox.css">
</head>
<body>
<main>
<h1>Mailbox</h1>
<p>Mails to everybody, the newest first. <a href="/mailbox">Look again</a></p>
{mails}
</main>
</body>
</html>
"""
_MAIL = """<article>
<h2 dir="auto">{subject}</h2>
<p>To {to} · {date}</p>
<pre dir="auto">{text}</pre>
</article>
"""


class Mailbox:
    """The mails of everybody."""

    def __init__(self) -> None:
        self.mails: deque[EmailMessage] = deque(maxlen=MOST)
        self.is_open = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a mail."""
        del server, session
        self.take(envelope)
        return "250 OK"

    def take(self, envelope: Envelope) -> None:
        """Keep the mail of an envelope."""
        content = envelope.original_content or b""
        mail = message_from_bytes(content, _class=EmailMessage, policy=SMTPUTF8)
        self.mails.append(mail)

    def page(self) -> str:
        """Return a page with all mails, as text in which addresses are links."""
        return _PAGE.format(
            mails="".join(map(_shown, reversed(self.mails))) or "<p>No mails yet.</p>"
        )

    @asynccontextmanager
    async def listening(self, port: int = 0, **options: Any) -> AsyncGenerator[int]:
        """Listen on this machine, with options of aiosmtpd's `SMTP`; yield the port."""
        tls: SSLContext | None = options.pop("tls", None)
        options = {"hostname": "localhost", "enable_SMTPUTF8": True} | options
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(self, **options), "127.0.0.1", port, ssl=tls
        )
        self.is_open = True
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            self.is_open = False
            server.close()


def _shown(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    text = escape(body.get_content()) if body is not None else ""
    headers = {name: escape(str(mail[name] or "")) for name in ("subject", "to", "date")}
    return _MAIL.format(text=_LINK.sub(r'<a href="\g<0>">\g<0></a>', text), **headers)
