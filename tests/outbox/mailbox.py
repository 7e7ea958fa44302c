"""A Slack in memory for the outbox's tests: it keeps what arrives, and can go wrong on demand."""

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from bot.features.cards import use_cases as cards
from bot.features.invitations.use_cases import answers
from bot.features.reminders.use_cases import reminders
from bot.features.signing.use_cases import own_signature
from bot.features.signing.use_cases.own_signature import Receipt
from bot.letters.letter import PostingState
from bot.letters.notices import TRAITS, NoticeKind, Way
from bot.letters.people import Person
from bot.letters.send_windows import NotNow
from bot.outbox.courier import (
    Absent,
    CannotLook,
    Looked,
    NotOwed,
    Outcome,
    Owed,
    Sent,
    Unknown,
    Wait,
)
from bot.storage.database import Database
from bot.use_cases import direct_messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One call that Slack took."""

    at: datetime
    kind: NoticeKind
    target: str
    notice: str
    key: str
    shows: int = 0
    """Of a card: the tally that it shows."""
    says: str = ""
    """Of a receipt: the entries."""
    edited: str = ""
    """Of an edit: the message."""


def _entries(receipt: Receipt) -> str:
    return ", ".join(party.entry for _, party in receipt.held) or "nothing"


class Killed(BaseException):
    """The process died here."""


class Fate(Enum):
    """The fate of a call, other than an answer."""

    LOST = "Slack takes it, and the answer is lost"
    KILLED_BEFORE = "the process dies before Slack takes it"
    KILLED_AFTER = "the process dies before it hears the answer"


@dataclass
class Mailbox:
    """A courier whose Slack is a list."""

    database: Database
    now: Callable[[], datetime]
    can_look: bool = True
    fates: deque[Outcome | Fate | None] = field(default_factory=deque[Outcome | Fate | None])
    """Taken one for each send; an outcome is answered as it is, and None lets all go well."""
    arrived: list[Arrived] = field(default_factory=list[Arrived])
    looks: int = 0
    meanwhile: Callable[[], Awaitable[object]] | None = None
    """Happens while the next call is under way."""

    async def send(self, notice: Owed) -> Outcome:
        """Read what is owed and keep it, or meet its fate."""
        fate = self.fates.popleft() if self.fates else None
        if self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            await happens()
        if fate is Fate.KILLED_BEFORE:
            raise Killed
        if fate is not None and not isinstance(fate, Fate):
            return fate
        outcome = await self._take(notice)
        if fate is Fate.KILLED_AFTER:
            raise Killed
        return Unknown(error="timeout") if fate is Fate.LOST else outcome

    async def _take(self, notice: Owed) -> Outcome:
        shows, says, place = 0, "", ""
        reference: dict[str, str | None] = {}
        if notice.kind is NoticeKind.CARD:
            card = await cards.card(self.database, posting=notice.subject["posting"])
            if card is None or card.posting.state is PostingState.UNKNOWN:
                return NotOwed()
            shows = card.letter.tally.total
            gone = card.posting.state is PostingState.LEAVING
            up = card.posting.message_ts or f"{len(self.arrived)}.0"
            reference = {"message_ts": None if gone else up}
        elif notice.kind is NoticeKind.RECEIPT:
            subject = notice.subject
            person = Person.parse(subject["person"])
            signed = await own_signature.receipt(
                self.database, letter=subject["letter"], person=person, first=True
            )
            if signed is None:
                return NotOwed()
            says = _entries(signed)
            reference = {"channel": f"D{notice.target}", "ts": f"{len(self.arrived)}.0"}
        elif TRAITS[notice.kind].way is Way.EDIT:
            sent = await direct_messages.find(self.database, subject=notice.subject)
            if sent is None:
                return NotOwed()
            place = sent.ts
            if notice.kind is NoticeKind.RECEIPT_CHANGED:
                signed = await own_signature.receipt(
                    self.database, letter=sent.letter, person=sent.person
                )
                assert signed is not None
                says = _entries(signed)
        elif unsent := await self._unsent(notice):
            return unsent
        self.arrived.append(
            Arrived(
                at=self.now(),
                kind=notice.kind,
                target=notice.target,
                notice=notice.id,
                key=notice.key,
                shows=shows,
                says=says,
                edited=place,
            )
        )
        return Sent(reference=reference)

    async def _unsent(self, notice: Owed) -> Outcome | None:
        if notice.kind not in {NoticeKind.INVITATION, NoticeKind.REMINDER}:
            return None
        letter, person = notice.subject["letter"], Person.parse(notice.subject["person"])
        if notice.kind is NoticeKind.INVITATION:
            due = await answers.first(self.database, letter=letter, person=person)
        else:
            step = notice.subject["step"]
            due = await reminders.due_now(self.database, letter=letter, person=person, step=step)
        if isinstance(due, NotNow):
            return Wait(until=due.until)
        return NotOwed() if due is None else None

    async def look(self, notice: Owed) -> Looked:
        """Look whether a notice arrived."""
        self.looks += 1
        if not self.can_look:
            return CannotLook(error="missing_scope")
        known = any(
            arrived.notice == notice.id
            or (notice.forgotten_since is not None and arrived.key == notice.key)
            for arrived in self.arrived
        )
        place = {"channel": f"D{notice.target}", "ts": "found"}
        return Sent(reference=place) if known else Absent()

    def of(self, kind: NoticeKind) -> list[Arrived]:
        """Return the messages of a kind that arrived, in order."""
        return [arrived for arrived in self.arrived if arrived.kind is kind]
