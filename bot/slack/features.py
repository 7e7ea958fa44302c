"""The registry of handlers, messages and jobs, filled by each feature's `register` at the start.

Handlers are found by the id in Slack's payload, messages by the kind of their notice.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from bot.letters.letter import Letter
from bot.letters.mail import Mail
from bot.letters.notices import TRAITS, LetterTopic, MailTopic, NoticeKind, SignatureTopic
from bot.letters.people import Actor, Person
from bot.letters.refusals import Reason, Refused
from bot.letters.send_windows import NotNow
from bot.letters.signatory import Signatory
from bot.locales import Words
from bot.slack.block_kit import Message
from bot.slack.bot import Bot
from bot.slack.models.shapes import OpenView
from bot.slack.models.values import S
from bot.slack.payloads import (
    Answer,
    Caller,
    Click,
    ClickHandler,
    Command,
    Event,
    Reply,
    Shortcut,
    Submission,
)
from bot.slack.windows import Part, Place
from bot.use_cases import Database, membership
from bot.use_cases.mail import Keyring

SubmitHandler = Callable[[Submission], Awaitable[Answer]]
CloseHandler = Callable[[Bot, Caller, OpenView], Awaitable[None]]
CommandHandler = Callable[[Command], Awaitable[Reply | None]]
ShortcutHandler = Callable[[Shortcut], Awaitable[None]]
MessageKind = NoticeKind | LetterTopic | SignatureTopic | MailTopic
"""The kind of a direct message: its notice's topic, or its notice's kind if that has no topics."""
COMMAND_MOST = 1000
"""Most characters of a command after its first word."""
T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A message that is due: its reader, and the facts stored with its notice."""

    database: Database
    person: Person
    subject: Mapping[str, Any]
    """The subject of the notice, of JSON types (see `letters/notices`)."""
    keys: Keyring | None = None
    """The keys of people's addresses, for a mail."""
    public_url: str = ""
    contact: str = ""

    @property
    def facts(self) -> Mapping[str, Any]:
        """The values for the placeholders in a topic's sentence."""
        return self.subject.get("facts", {})


@dataclass(frozen=True, slots=True)
class Edited:
    """The new content of a direct message."""

    message: Message
    last: bool
    """True if it has no active buttons, and so never changes again."""


@dataclass(frozen=True, slots=True)
class Telling(Generic[T]):
    """The two steps of composing one kind of direct message."""

    read: Callable[[Envelope], Awaitable[T | NotNow | None]]
    """Return the current data of the message; None if it is no longer due."""
    write: Callable[[Words, T], Message | Awaitable[Message]]


@dataclass(frozen=True, slots=True)
class Mailing(Generic[T]):
    """The two steps of composing one kind of mail."""

    read: Callable[[Envelope], Awaitable[T | NotNow | None]]
    """Return the current data of the mail; None if it is no longer due."""
    write: Callable[[str, T], Mail]
    """Return the mail in a language, by its IETF tag; of the same data always the same mail."""


@dataclass(frozen=True, slots=True)
class Edit(Generic[T]):
    """The two steps of editing a direct message already sent."""

    read: Callable[[Envelope], Awaitable[T | None]]
    """Return the current data of the message; None if it stays unchanged."""
    write: Callable[[Words, T], Edited | Awaitable[Edited] | None]
    """Return the new content; None if the message stays unchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCall:
    """A change of a letter's card in one channel."""

    channel: str
    message_ts: str | None = None
    """The card's timestamp; None if it was never posted."""
    message: Message | None = None
    """The content; None if the card is to be deleted."""


@dataclass(frozen=True, slots=True)
class Job:
    """A task of the worker, run at least once in each interval."""

    name: str
    every: timedelta
    run: Callable[[Bot], Awaitable[object]]


CardReader = Callable[[Database, str], Awaitable[CardCall | None]]
"""Returns the change of the card with a posting id; None if there is no such card."""
HomeDrawer = Callable[[Database, Actor, Words], Awaitable[dict[str, Any]]]
"""Draws a person's App Home."""
PartDrawer = Callable[[Bot, Caller, Place, str], Awaitable[dict[str, Any]]]
"""Draws a part of a window, with the result of the last action (`mrkdwn`, may be empty)."""


PageMaker = Callable[[Bot], Sequence[Any]]
"""Returns the routes of public pages, for Starlette."""


@dataclass(frozen=True, slots=True)
class EventAnswer(Generic[S]):
    """The shape of one kind of event, and its handler."""

    shape: type[S]
    handler: Callable[[Event[S]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAct:
    """An action in the menu of an entry's row, for organisers."""

    label: Callable[[Words], str]
    offered: Callable[[Letter, Signatory], bool]
    """Return whether a row has the action, by the letter in its current phase and the entry."""
    act: Callable[[Click, Signatory], Awaitable[str]]
    """Perform the action and return the result (`mrkdwn`), or open a form and return ""."""


class Features:
    """All handlers, messages and jobs that the features of one process registered."""

    def __init__(self) -> None:
        self.clicks: dict[str, ClickHandler] = {}
        self.submissions: dict[str, SubmitHandler] = {}
        self.closings: dict[str, CloseHandler] = {}
        self.commands: dict[str, CommandHandler] = {}
        self.shortcuts: dict[str, ShortcutHandler] = {}
        self.events: dict[str, EventAnswer[Any]] = {}
        self.messages: dict[MessageKind, Telling[Any]] = {}
        self.mails: dict[MessageKind, Mailing[Any]] = {}
        self.edits: dict[MessageKind, Edit[Any]] = {}
        self.cards: dict[NoticeKind, CardReader] = {}
        self.homes: dict[NoticeKind, HomeDrawer] = {}
        self.jobs: dict[str, Job] = {}
        self.parts: dict[Part, PartDrawer] = {}
        self.rows: dict[str, RowAct] = {}
        self.pages: list[PageMaker] = []

    def on_click(self, action: str, handler: ClickHandler) -> None:
        """Register the handler of elements whose action id is `action` or `action:…`."""
        _register(self.clicks, action, handler)

    def on_submit(self, callback: str, handler: SubmitHandler) -> None:
        """Register the handler of a submitted modal, by its callback id."""
        _register(self.submissions, callback, handler)

    def on_close(self, callback: str, handler: CloseHandler) -> None:
        """Register the handler of a closed modal with `notify_on_close`, by its callback id."""
        _register(self.closings, callback, handler)

    def on_command(self, word: str, handler: CommandHandler) -> None:
        """Register `/letter word`; the empty word is the command alone, `?` any other word."""
        _register(self.commands, word, handler)

    def on_shortcut(self, callback: str, handler: ShortcutHandler) -> None:
        """Register a global or message shortcut."""
        _register(self.shortcuts, callback, handler)

    def on_event(
        self, kind: str, shape: type[S], handler: Callable[[Event[S]], Awaitable[None]]
    ) -> None:
        """Register the handler of an event of the Events API."""
        _register(self.events, kind, EventAnswer(shape, handler))

    def on_message(
        self,
        kind: MessageKind,
        read: Callable[[Envelope], Awaitable[T | NotNow | None]],
        write: Callable[[Words, T], Message | Awaitable[Message]],
    ) -> None:
        """Register the steps of composing a direct message (`Telling`)."""
        _register(self.messages, kind, Telling(read, write))

    def on_mail(
        self,
        kind: MessageKind,
        read: Callable[[Envelope], Awaitable[T | NotNow | None]],
        write: Callable[[str, T], Mail],
    ) -> None:
        """Register the steps of composing a mail to somebody without an account (`Mailing`)."""
        _register(self.mails, kind, Mailing(read, write))

    def on_edit(
        self,
        kind: MessageKind,
        read: Callable[[Envelope], Awaitable[T | None]],
        write: Callable[[Words, T], Edited | Awaitable[Edited] | None],
    ) -> None:
        """Register the steps of editing a sent message (`Edit`), by its first notice's kind."""
        _register(self.edits, kind, Edit(read, write))

    def on_card(self, kind: NoticeKind, read: CardReader) -> None:
        """Register the reader of a card's changes."""
        _register(self.cards, kind, read)

    def on_home(self, kind: NoticeKind, draw: HomeDrawer) -> None:
        """Register the function that draws the App Home."""
        _register(self.homes, kind, draw)

    def on_part(self, part: Part, draw: PartDrawer) -> None:
        """Register a part of a letter's window, or of the window of all letters."""
        _register(self.parts, part, draw)

    def on_row(self, name: str, act: RowAct) -> None:
        """Register an action on an entry; menus follow the order of registration."""
        _register(self.rows, name, act)

    def every(
        self, interval: timedelta, name: str, run: Callable[[Bot], Awaitable[object]]
    ) -> None:
        """Register a job of the worker, run at least once in each interval."""
        _register(self.jobs, name, Job(name, interval, run))

    def on_pages(self, make: PageMaker) -> None:
        """Register public pages on the web."""
        self.pages.append(make)

    async def run_command(self, command: Command) -> Reply | None:
        """Run the handler of a command, or of a button that runs a command.

        Raises:
            Refused: there are more than `COMMAND_MOST` characters after the command.
        """
        if len(command.rest) > COMMAND_MOST:
            raise Refused.because(Reason.TOO_LONG, most=COMMAND_MOST)
        # Nobody but members of a channel can write a command in it.
        await membership.acted_in(command.database, actor=command.actor, channel=command.channel)
        handler = self.commands.get(command.word) or self.commands["?"]
        return await handler(command)


def kind_of(kind: NoticeKind, subject: Mapping[str, Any]) -> MessageKind:
    """Return the kind of message of a notice: its topic, if its kind has topics."""
    topics = TRAITS[kind].topics
    return kind if topics is None else topics(subject["about"])


def _register(registered: dict[K, V], name: K, value: V) -> None:
    if name in registered:
        raise ValueError(f"{name!r} is registered twice")
    registered[name] = value
