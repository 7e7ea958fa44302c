"""Sending of notices to people who are known by a mail address.

A mail is composed from current data when it is sent. Nothing is retried here. If it is unknown
whether a mail arrived, the outbox has it sent again: the same mail, with the same Message-ID.
"""

from email.errors import MessageError
from email.header import Header
from email.headerregistry import (
    BaseHeader,
    HeaderRegistry,
    UniqueUnstructuredHeader,
    UnstructuredHeader,
)
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime
from time import monotonic
from typing import Any

from bot.courier.smtp import Postbox
from bot.letters.ids import made_at
from bot.letters.mail import Mail
from bot.letters.notices import NoticeKind
from bot.letters.people import Person
from bot.letters.send_windows import NotNow
from bot.locales import words
from bot.logs import Trouble
from bot.outbox.courier import Absent, Later, Looked, NotOwed, Outcome, Owed, Refused, Sent, Wait
from bot.pages.rendering import render
from bot.slack.bot import Calls
from bot.slack.features import Envelope, Features, kind_of
from bot.use_cases import Database, mail
from bot.use_cases.mail import Keyring


class _Whole(UnstructuredHeader):
    """A header that is not encoded however long it is: otherwise no program reads its address."""

    def fold(self: Any, *, policy: Policy) -> str:
        """Return the header on one line."""
        return f"{self.name}: {self}{policy.linesep}"


class _Subject(UniqueUnstructuredHeader):
    """A subject that keeps its spaces: the library's own folding loses some between two lines."""

    def fold(self: Any, *, policy: EmailPolicy) -> str:
        """Return the header in ASCII, or as it is if the server takes UTF-8."""
        if policy.utf8 or self.isascii():
            return BaseHeader.fold(self, policy=policy)
        coded = Header(str(self), "utf-8", header_name=self.name).encode(linesep=policy.linesep)
        return f"{self.name}: {coded}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("subject", _Subject)  # pyright: ignore[reportArgumentType] - as the library's own
_HEADERS.map_to_type("list-unsubscribe", _Whole)  # pyright: ignore[reportArgumentType] - as the library's own
_POLICY = SMTP.clone(header_factory=_HEADERS)


class MailCourier:
    """Courier of the mails of one workspace."""

    def __init__(
        self,
        database: Database,
        features: Features,
        calls: Calls,
        *,
        keys: Keyring,
        postbox: Postbox,
        public_url: str,
        contact: str,
    ) -> None:
        self._database, self._features, self._calls = database, features, calls
        self._keys, self._postbox, self._public_url = keys, postbox, public_url
        self._contact = contact
        self._trouble = Trouble("mail.not_taken", "mail.taken")

    async def send(self, notice: Owed) -> Outcome:
        """Compose the mail of a notice, and give it to the server."""
        person, database = Person.parse(notice.subject["person"]), self._database
        to = await mail.address(
            database, keys=self._keys, workspace=notice.workspace, person=person
        )
        if to is None:
            return NotOwed()
        kind = kind_of(NoticeKind(notice.subject["kind"]), notice.subject)
        mailing = self._features.mails.get(kind)
        if mailing is None:
            # There is nothing to say by mail.
            return NotOwed()
        found = await mailing.read(
            Envelope(
                database=database,
                person=person,
                subject=notice.subject,
                keys=self._keys,
                public_url=self._public_url,
                contact=self._contact,
            )
        )
        if found is None:
            return NotOwed()
        if isinstance(found, NotNow):
            return Wait(until=found.until)
        try:
            message = compose(
                mailing.write(to.language, found),
                notice=notice.id,
                language=to.language,
                sender=self._postbox.sender,
                to=to.address,
                never=f"{self._public_url}/l/never/{person.user}/?lang={to.language}"
                if self._public_url
                else "",
            )
        except (ValueError, MessageError):
            # Its words may name people, so that they are not logged.
            return Refused(error="mail_malformed")
        began = monotonic()
        status, outcome = await self._postbox.give(to.address, message)
        self._calls.mails[status] += 1
        self._calls.mail_seconds += monotonic() - began
        match outcome:
            case Later():
                self._trouble.came(status)
            case Sent():
                self._trouble.ended()
            case _:
                pass
        return outcome

    async def look(self, notice: Owed) -> Looked:
        """Find nothing: a mail in doubt is sent again."""
        del notice
        return Absent()


def compose(
    content: Mail, *, notice: str, language: str, sender: str, to: str, never: str = ""
) -> EmailMessage:
    """Return a mail with a text and a page; of the same content always the same.

    Args:
        content: What it says.
        notice: The notice's id, from which Message-ID and date follow.
        language: An IETF tag.
        sender: The address that it comes from.
        to: The reader's address.
        never: The address at which the reader asks for no more mails; "" for none.

    Raises:
        ValueError: a header would have several lines.
    """
    # Letters only: digits could be taken for a code.
    name = notice.translate(str.maketrans("0123456789", "ghijklmnop"))
    message = EmailMessage(_POLICY)
    message["From"], message["To"], message["Subject"] = sender, to, content.subject
    message["Date"] = format_datetime(made_at(notice))
    message["Message-ID"] = f"<{name}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if content.unsubscribe and never:
        message["List-Unsubscribe"] = f"<{never}>"
    links = [content.link] if content.link else []
    said = [content.end] if content.end else []
    said += [(content.never, never)] if content.never and never else []
    ends = [*content.foot, *(f"{label}: {address}" for label, address in said)]
    first, *rest = content.paragraphs
    lines = [first, *([content.code] if content.code else []), *rest]
    lines += [f"{label}:\n{address}" for label, address in links]
    message.set_content(
        "\n\n".join([*lines, *(["-- \n" + "\n".join(ends)] if ends else [])]) + "\n"
    )
    page = render(
        "mail.html",
        mail=content,
        never=never if content.never else "",
        language=language,
        direction=words(language).locale.text_direction,
    )
    message.add_alternative(page.decode(), subtype="html")
    message.set_boundary(name)
    return message
