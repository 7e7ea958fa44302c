"""Notices: messages and changes to send to Slack. The text is composed when a notice is sent.

While a notice waits, another one with its key is not added: a thousand signatures in a second queue
one change of the card.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.letters.people import Person


class NoticeKind(StrEnum):
    """Kind of a notice."""

    CARD = "card"
    """Post, change or delete a letter's card in one channel."""
    RECEIPT = "receipt"
    """Tell a signer what they signed, once for each letter."""
    RECEIPT_CHANGED = "receipt_changed"
    """Edit a receipt to show the signer's current signatures."""
    ANSWERED = "answered"
    """Replace the buttons of an answered message by what happened."""
    BLANKED = "blanked"
    """Empty a message to somebody whose data is erased. It knows only where the message is."""
    HOME = "home"
    """Draw a Home tab that a person has just opened."""
    DESK = "desk"
    """Redraw a Home tab after a change."""
    WORD = "word"
    """Write to an organiser or objector about a letter."""
    DIGEST = "digest"
    """Tell an organiser in the morning what happened the day before."""
    SIGNER = "signer"
    """Inform or ask a signer about their signature."""
    FIRST_SIGNER = "first_signer"
    """Tell somebody that they were chosen as a first signer."""
    INVITATION = "invitation"
    """Invite somebody to sign, for the first time."""
    NEWS = "news"
    """Tell somebody who signed what became of the letter."""
    REMINDER = "reminder"
    """Remind somebody who hasn't answered."""
    MAIL = "mail"
    """Write to a mail address in answer to an act: a code, a receipt."""
    MAILING = "mailing"
    """Write to a mail address without being asked to."""


class LetterTopic(StrEnum):
    """The topic of a `WORD`: a message about a letter."""

    CLOSED = "closed"
    MADE_ORGANISER = "made_organiser"
    REMOVED_ORGANISER = "removed_organiser"
    """Sent to somebody whom another organiser removed."""
    BY_ANOTHER = "by_another"
    """Sent to organisers: another one removed an organiser, cancelled the letter, or deleted it."""
    CARD_FAILED = "card_failed"
    CARD_UNKNOWN = "card_unknown"
    WITHDRAWN_AFTER_DELIVERY = "withdrawn_after_delivery"
    DISPUTED = "disputed"
    OBJECTION_DECIDED = "objection_decided"
    """Sent to those who objected: how the entry stands now."""
    SIGNED_FOR_SEVERAL = "signed_for_several"
    """One person signed for several organisations."""
    SIGNED_ANEW = "signed_anew"
    """Somebody else signed for an organisation that an organiser had removed."""
    DEADLINE_SOONER = "deadline_sooner"
    """Sent to the invited who wait for an approval, also when an organiser closes the letter."""
    NAMES_PUBLIC = "names_public"
    ALL_ANSWERED = "all_answered"
    CHANGE_OVER = "change_over"
    """All signers answered a text change, or their time is up."""
    LAST_ORGANISER = "last_organiser"
    APPROVAL_ANSWERED = "approval_answered"
    """Sent to a signer and, if they approved, to whom they asked."""


class SignatureTopic(StrEnum):
    """The topic of a `SIGNER`: a message about one signature, to the person who gave it."""

    DROPPED = "dropped"
    ASKED_TO_KEEP = "asked_to_keep"
    TEXT_CORRECTED = "text_corrected"
    STILL_TO_ANSWER = "still_to_answer"
    ANSWER_SOONER = "answer_sooner"
    """The time to answer ends earlier than announced."""
    ASKED_TO_CORRECT = "asked_to_correct"
    CORRECTED = "corrected"
    RESPONSIBLE_CHANGED = "responsible_changed"
    EMBARGO_SOONER = "embargo_sooner"
    """The list is shown earlier than announced."""
    ON_THE_WEB = "on_the_web"
    """The list is about to be shown on a public page."""
    ENTRY_CHANGED = "entry_changed"
    """Another signer, or an organiser, changed the entry of their organisation."""
    ENTRY_PROPOSED = "entry_proposed"
    """Another signer changed the entry, which waits until one more agrees."""


class MailTopic(StrEnum):
    """The topic of a `MAIL` that says what no message in Slack says."""

    CODE = "code"
    """A code to type on a page."""
    APPROVAL = "approval"
    """A question to approve a signature, with a code to answer."""


class Way(StrEnum):
    """The kind of request that sends a notice."""

    MESSAGE = "message"
    """A direct message to a person, which can be looked up by its key."""
    CARD = "card"
    HOME = "home"
    EDIT = "edit"
    """A change of a direct message already sent."""
    MAIL = "mail"


class Thread(StrEnum):
    """A subject about which only the newest message to a person counts."""

    RECEIPT = "receipt"
    SIGN = "sign"
    """Invitations to sign, and reminders of them."""
    KEEP = "keep"
    """Questions about a text change; a thread for each signature."""
    CORRECT = "correct"
    """Proposed corrections; a thread for each signature."""
    OBJECT = "object"
    """Decisions about an objection; a thread for each signatory."""
    ORGANISE = "organise"
    """Messages to organisers that end once they are dealt with; each is a thread of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Traits of one kind of notice, for the outbox."""

    priority: int
    """Lower numbers are sent first: notices that somebody waits for."""
    way: Way = Way.MESSAGE
    topics: type[LetterTopic] | type[SignatureTopic] | type[MailTopic] | None = None
    """The possible values of `about` in its subject; None if it has none."""
    missed: bool = False
    """True if the organisers' digest counts notices of this kind that were refused for good."""
    recurs: bool = True
    """True if it can be queued under the same key again after a restore."""
    thread: Thread | None = None
    """The thread of all its messages; None if `thread_of` determines it."""


TRAITS = {
    # Not after a restore: signatures since the copy are gone, and signing again makes a new one.
    NoticeKind.RECEIPT: Traits(priority=0, missed=True, recurs=False, thread=Thread.RECEIPT),
    # Not after a restore: people who open the Home get its current content.
    NoticeKind.HOME: Traits(priority=1, way=Way.HOME, recurs=False),
    # A failed card is reported separately (see `outbox/consequences`).
    NoticeKind.CARD: Traits(priority=2, way=Way.CARD, recurs=False),
    # Organisers are not told about failed messages to themselves.
    NoticeKind.WORD: Traits(priority=3, topics=LetterTopic),
    NoticeKind.SIGNER: Traits(priority=4, topics=SignatureTopic, missed=True),
    NoticeKind.FIRST_SIGNER: Traits(priority=4, missed=True, thread=Thread.SIGN),
    NoticeKind.INVITATION: Traits(priority=5, missed=True, thread=Thread.SIGN),
    NoticeKind.DIGEST: Traits(priority=5),
    # An edit notifies nobody, so that cards and messages go first.
    NoticeKind.RECEIPT_CHANGED: Traits(priority=5, way=Way.EDIT, recurs=False),
    NoticeKind.BLANKED: Traits(priority=5, way=Way.EDIT),
    NoticeKind.NEWS: Traits(priority=6, missed=True),
    NoticeKind.REMINDER: Traits(priority=6, missed=True, thread=Thread.SIGN),
    NoticeKind.ANSWERED: Traits(priority=7, way=Way.EDIT, recurs=False),
    # After all messages, because the next change or opening redraws it as well.
    NoticeKind.DESK: Traits(priority=7, way=Way.HOME, recurs=False),
    # Priorities of their own, because mails are claimed apart (`storage/outbox`).
    NoticeKind.MAIL: Traits(priority=8, way=Way.MAIL, topics=MailTopic, missed=True),
    NoticeKind.MAILING: Traits(priority=9, way=Way.MAIL, missed=True),
}
MAILS = frozenset(kind for kind, traits in TRAITS.items() if traits.way is Way.MAIL)
"""The kinds of notice that are mails."""
MESSAGES = tuple(kind for kind, traits in TRAITS.items() if traits.way is Way.MESSAGE)
"""The kinds of notice that are direct messages."""
PRIORITY = {kind: traits.priority for kind, traits in TRAITS.items()}
_THREADS: dict[StrEnum, Thread] = {
    SignatureTopic.ASKED_TO_KEEP: Thread.KEEP,
    SignatureTopic.TEXT_CORRECTED: Thread.KEEP,
    SignatureTopic.STILL_TO_ANSWER: Thread.KEEP,
    SignatureTopic.ANSWER_SOONER: Thread.KEEP,
    SignatureTopic.ASKED_TO_CORRECT: Thread.CORRECT,
    LetterTopic.DEADLINE_SOONER: Thread.SIGN,
    LetterTopic.OBJECTION_DECIDED: Thread.OBJECT,
    LetterTopic.CLOSED: Thread.ORGANISE,
    LetterTopic.CARD_FAILED: Thread.ORGANISE,
    LetterTopic.CARD_UNKNOWN: Thread.ORGANISE,
    LetterTopic.DISPUTED: Thread.ORGANISE,
    LetterTopic.LAST_ORGANISER: Thread.ORGANISE,
}
"""The topics of messages that ask for something."""
ENDING = frozenset(topic for topic, thread in _THREADS.items() if thread is Thread.ORGANISE)
"""The topics of organisers' messages that end once they are dealt with."""


def thread_of(kind: NoticeKind, subject: Mapping[str, Any]) -> str:
    """Return the thread of a direct message; empty if it needs no answer and never changes."""
    topics = TRAITS[kind].topics
    if topics is None:
        return str(TRAITS[kind].thread or "")
    about = topics(subject["about"])
    match thread := _THREADS.get(about):
        case None | Thread.SIGN:
            return str(thread or "")
        case Thread.OBJECT:
            return f"{thread}:{subject['facts']['signatory']}"
        case Thread.ORGANISE:
            facts = subject["facts"]
            return f"{thread}:{about}:{facts.get('which') or facts.get('posting', '')}"
        case _:
            return f"{thread}:{subject['endorsement']}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice to the channel or user with the id `target`, due at `due_at` or, if None, now."""

    kind: NoticeKind
    key: str
    letter: int | None
    """The letter, with which the notice is deleted; None for an App Home or a digest."""
    target: str
    subject: Mapping[str, Any]
    due_at: datetime | None = None
    click: str = ""
    """The log key of the click that caused it, unless that is the current click."""


def card(letter: int, posting: str, channel: str) -> Notice:
    """Return a notice to change a posting's card."""
    return Notice(
        kind=NoticeKind.CARD,
        key=f"card:{posting}",
        letter=letter,
        target=channel,
        subject={"posting": posting},
    )


def _to_person(
    kind: NoticeKind,
    key: str,
    of: int | None,
    person: Person,
    due_at: datetime | None = None,
    **subject: Any,
) -> Notice:
    if person.by_mail:
        subject["kind"] = kind
        kind = (
            NoticeKind.MAILING if TRAITS[kind].priority and kind not in MAILS else NoticeKind.MAIL
        )
    return Notice(
        kind=kind,
        key=key,
        letter=of,
        target=person.user,
        subject=subject | {"person": str(person)},
        due_at=due_at,
    )


def receipt(letter: int, person: Person, *, changed: bool = False) -> Notice:
    """Return a notice of a signer's receipt; `changed` if they have one already."""
    kind = NoticeKind.RECEIPT_CHANGED if changed else NoticeKind.RECEIPT
    # Both have the same key, so that two changes of one receipt cannot overtake each other.
    return _to_person(kind, f"receipt:{letter}:{person}", letter, person, letter=letter)


def receipt_anew(letter: int, person: Person, at: datetime, why: str = "") -> Notice:
    """Return a new receipt for a signer who might not notice that their entry is off the list.

    `why` is the reason that an organiser gave them.
    """
    key = f"receipt:{letter}:{person}:{at.isoformat()}"
    return _to_person(NoticeKind.RECEIPT, key, letter, person, letter=letter, anew=True, why=why)


def answered(letter: int, message: str, person: Person, due_at: datetime) -> Notice:
    """Return a notice to edit an answered message, by the id of the notice that sent it."""
    key = f"answered:{message}"
    return _to_person(NoticeKind.ANSWERED, key, letter, person, due_at, message=message)


def blanked(channel: str, ts: str, language: str, until: datetime) -> Notice:
    """Return a notice to empty a message, by its place; it is tried `until` then."""
    return Notice(
        kind=NoticeKind.BLANKED,
        key=f"blanked:{channel}:{ts}",
        letter=None,
        target=channel,
        subject={"channel": channel, "ts": ts, "language": language, "until": until.isoformat()},
    )


def home(person: Person) -> Notice:
    """Return a notice to draw a Home tab that a person has just opened."""
    return _to_person(NoticeKind.HOME, f"home:{person}", None, person)


def desk(person: Person, due_at: datetime) -> Notice:
    """Return a notice to redraw an opened Home tab; it includes all changes until then."""
    return _to_person(NoticeKind.DESK, f"desk:{person}", None, person, due_at)


def digest(workspace: str, person: Person, day: date) -> Notice:
    """Return a notice of an organiser's digest of one of their days."""
    key, when = f"digest:{person}:{day}", day.isoformat()
    return _to_person(NoticeKind.DIGEST, key, None, person, workspace=workspace, day=when)


def word(about: LetterTopic, letter: int, person: Person, **facts: Any) -> Notice:
    """Return a message to an organiser or objector, with the sentence `about` and its `facts`."""
    which = ":".join(str(value) for value in facts.values())
    key = f"word:{about}:{letter}:{person}:{which}"
    return _to_person(NoticeKind.WORD, key, letter, person, about=about, letter=letter, facts=facts)


def signer(
    about: SignatureTopic, letter: int, endorsement: str, person: Person, **facts: Any
) -> Notice:
    """Return a message to a signer, with the sentence `about` and its `facts`."""
    which = ":".join(str(value) for value in facts.values())
    key = f"signer:{about}:{endorsement}:{which}"
    return _to_person(
        NoticeKind.SIGNER, key, letter, person, about=about, endorsement=endorsement, facts=facts
    )


def mail(about: MailTopic, key: str, letter: int | None, person: Person, **facts: Any) -> Notice:
    """Return a mail in answer to an act, with its `facts`."""
    whole = f"mail:{about}:{key}"
    return _to_person(NoticeKind.MAIL, whole, letter, person, about=about, facts=facts)


def invitation(letter: int, person: Person, by: Person | None = None) -> Notice:
    """Return an invitation to sign, for the person and for their organisations."""
    key = f"invitation:{letter}:{person}"
    return _to_person(NoticeKind.INVITATION, key, letter, person, letter=letter, by=str(by or ""))


def news(letter: int, number: int, person: Person) -> Notice:
    """Return message `number` of a letter to everyone who signed."""
    key = f"news:{letter}:{number}:{person}"
    return _to_person(NoticeKind.NEWS, key, letter, person, letter=letter, number=number)


def first_signer(letter: int, person: Person, by: Person, words: str = "") -> Notice:
    """Return a message to a first signer from the organiser who chose them."""
    key = f"first_signer:{letter}:{person}"
    return _to_person(
        NoticeKind.FIRST_SIGNER, key, letter, person, letter=letter, by=by.user, words=words
    )
