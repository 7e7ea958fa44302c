"""Mails: what one says, and whether something is an address."""

import re
from dataclasses import dataclass

from bot.letters.refusals import Reason, Refused

LONGEST = 254
"""Most characters of an address (RFC 5321)."""
_LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"]{1,64}")
_DOMAIN = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The content of a mail, as plain text."""

    subject: str
    paragraphs: tuple[str, ...]
    code: str = ""
    """A code to type, on a line of its own after the first paragraph."""
    link: tuple[str, str] | None = None
    """A link's label and address, after the paragraphs."""
    end: tuple[str, str] | None = None
    """The label and address of a page that ends mails like this one, about this letter."""
    foot: tuple[str, ...] = ()
    """Small lines at the end, such as who runs this."""
    never: str = ""
    """The label of the link by which the address is never written to again."""
    unsubscribe: bool = False
    """True if it answers no act of its reader, so that mail programs offer to end such mails."""


def is_address(text: str) -> bool:
    """Return whether a text is a mail address."""
    try:
        normalised(text)
    except Refused:
        return False
    return True


def normalised(address: str) -> str:
    """Return an address with its domain in lower-case IDNA and its local part in lower case.

    Raises:
        Refused: it is empty, or not a mail address.
    """
    if not address.strip():
        raise Refused.because(Reason.EMPTY, field="address")
    address = address.strip() if len(address) <= 2 * LONGEST else ""
    local, _, domain = address.lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        domain = ""
    whole, dots = f"{local}@{domain}", local.strip(".") != local or ".." in local
    is_address = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) and whole.isprintable()
    if dots or not is_address or len(whole) > LONGEST:
        raise Refused.because(Reason.NO_ADDRESS, field="address")
    return whole
