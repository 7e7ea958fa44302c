"""The address of a mail server, as SMTP_URL gives it."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

_NONE = "isn't the address of a mail server"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A server that mails are given to."""

    host: str
    port: int
    tls: bool
    """Whether the connection is encrypted from its beginning."""
    starttls: bool
    """Whether it must become encrypted before anything is sent: anywhere but on this machine."""
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(url: str) -> MailServer:
    """Return the server at an address.

    Raises:
        ValueError: it is not the address of one; the message does not quote it.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(_NONE) from None
    if parts.scheme not in {"smtp", "smtps"} or not host or parts.path.strip("/") or parts.query:
        raise ValueError(_NONE)
    tls = parts.scheme == "smtps"
    return MailServer(
        host=host,
        port=port or (465 if tls else 587),
        tls=tls,
        starttls=not tls and not _is_loopback(host),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
