"""Direct messages that were sent and may still change: receipts, and what needs an answer."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Integer, Row, Select, String, and_, delete, literal, or_, select, update

from bot.letters import notices
from bot.letters.letter import Letter
from bot.letters.notices import PRIORITY, Notice, NoticeKind, Thread
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.outbox import generated_id, json_object
from bot.storage.prepared import insert_into
from bot.storage.states import NoticeState
from bot.storage.tables import Instant, outbox, sent_messages

SETTLING = timedelta(seconds=5)
"""Time in which those who answer in a message see it change, so that no edit is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A direct message that was sent, and where it is."""

    id: str
    letter: int
    person: Person
    kind: NoticeKind
    subject: Mapping[str, Any]
    """The subject of the notice that sent it."""
    channel: str
    ts: str
    replaced: bool
    """A newer one about the same was sent."""


def _message(row: Row[Any]) -> SentMessage:
    return SentMessage(
        id=row.id,
        letter=row.letter,
        person=Person(row.team, row.user),
        kind=NoticeKind(row.kind),
        subject=row.subject,
        channel=row.channel,
        ts=row.ts,
        replaced=row.replaced,
    )


def _of(letter: int, person: Person) -> Select[Any]:
    return select(sent_messages).where(
        sent_messages.c.letter == letter,
        sent_messages.c.team == person.team,
        sent_messages.c.user == person.user,
    )


def find(tx: Transaction, message: str) -> SentMessage | None:
    """Return a message that may still change, by the id of the notice that sent it."""
    row = tx.connection.execute(
        select(sent_messages).where(sent_messages.c.id == message)
    ).one_or_none()
    return None if row is None else _message(row)


def receipt_of(tx: Transaction, letter: int, person: Person) -> SentMessage | None:
    """Return somebody's receipt of a letter; None where they have none."""
    rows = tx.connection.execute(
        _of(letter, person)
        .where(sent_messages.c.kind == NoticeKind.RECEIPT.value)
        .order_by(sent_messages.c.sent_at.desc())
    )
    return next((_message(row) for row in rows), None)


def keep(tx: Transaction, message: SentMessage, workspace: str, thread: str) -> list[str]:
    """Keep where a message is; return the ids of those of its thread that it replaces."""
    older = and_(
        sent_messages.c.letter == message.letter,
        sent_messages.c.team == message.person.team,
        sent_messages.c.user == message.person.user,
        sent_messages.c.thread == thread,
        sent_messages.c.id != message.id,
    )
    replaced = list(tx.connection.execute(select(sent_messages.c.id).where(older)).scalars())
    if replaced:
        tx.connection.execute(update(sent_messages).where(older).values(replaced=True))
    tx.connection.execute(
        insert_into(tx, sent_messages)
        .values(
            id=message.id,
            letter=message.letter,
            workspace=workspace,
            team=message.person.team,
            user=message.person.user,
            kind=message.kind.value,
            thread=thread,
            subject=dict(message.subject),
            channel=message.channel,
            ts=message.ts,
            replaced=message.replaced,
            sent_at=tx.now,
        )
        .on_conflict_do_nothing()
    )
    return replaced


def drop(tx: Transaction, message: str) -> None:
    """Forget where a message is: it does not change any more, or is not there."""
    tx.connection.execute(delete(sent_messages).where(sent_messages.c.id == message))


def drop_at(tx: Transaction, person: Person, channel: str, ts: str, letter: int) -> None:
    """Do the same for a message by its place."""
    tx.connection.execute(
        delete(sent_messages).where(
            sent_messages.c.letter == letter,
            sent_messages.c.team == person.team,
            sent_messages.c.user == person.user,
            sent_messages.c.channel == channel,
            sent_messages.c.ts == ts,
        )
    )


def edits_of(tx: Transaction, letter: int, person: Person) -> list[Notice]:
    """Return the notices for what somebody was asked about a letter, which may be answered now."""
    rows = tx.connection.execute(
        _of(letter, person).where(sent_messages.c.thread != Thread.RECEIPT.value)
    )
    return [notices.answered(letter, row.id, person, tx.now + SETTLING) for row in rows]


def owe_edits(tx: Transaction, letter: Letter, threads: Collection[Thread]) -> None:
    """Owe an edit of everything that was asked in some threads of a letter: it ended.

    One statement: ten thousand may have been asked.
    """
    sent = sent_messages.c
    is_of = [sent.thread.startswith(str(thread)) for thread in threads]
    who = sent.team + ":" + sent.user
    found = select(
        generated_id(tx),
        literal(letter.workspace, String),
        literal(letter.id, Integer),
        literal(NoticeKind.ANSWERED.value, String),
        literal("answered:", String) + sent.id,
        json_object(tx)("message", sent.id, "person", who),
        sent.user,
        literal(PRIORITY[NoticeKind.ANSWERED], Integer),
        literal(NoticeState.WAITING.value, String),
        literal(tx.now, Instant),
        literal(0, Integer),
        literal("", String),
        literal(tx.now, Instant),
    ).where(sent.letter == letter.id, or_(*is_of))
    columns = [
        "id", "workspace", "letter", "kind", "key", "subject", "target", "priority", "state", "due_at",
        "attempts", "error", "created_at",
    ]  # fmt: skip
    tx.connection.execute(
        insert_into(tx, outbox)
        .from_select(columns, found, include_defaults=False)
        .on_conflict_do_nothing()
    )
