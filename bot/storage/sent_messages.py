"""Sent direct messages that may still change: receipts, and questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    String,
    and_,
    delete,
    literal,
    select,
    tuple_,
    update,
)

from bot.letters import notices
from bot.letters.letter import Letter
from bot.letters.notices import Notice, NoticeKind, Thread
from bot.letters.people import Person
from bot.storage.database import Transaction
from bot.storage.outbox import owe, owe_selected
from bot.storage.prepared import insert_into
from bot.storage.tables import Instant, people, sent_messages
from bot.storage.tables.columns import is_person

SETTLING = timedelta(seconds=5)
"""Time in which an answered message is updated by the click itself, so that no edit is needed."""

PLACE_KEPT = timedelta(days=7)
"""Time for which the place of a message to an erased person is kept, while Slack is away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A direct message that was sent: its channel, timestamp and subject."""

    id: str
    letter: int
    person: Person
    kind: NoticeKind
    subject: Mapping[str, Any]
    """The subject of the notice for this message."""
    channel: str
    ts: str
    replaced: bool
    """True if a newer message of the same thread was sent."""


_SAME = tuple(one.name for one in fields(SentMessage) if one.name not in {"person", "kind"})
"""Fields of a message that have columns of the same names."""


def _message(row: Row[Any]) -> SentMessage:
    same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
    return SentMessage(person=Person(row.team, row.user), kind=NoticeKind(row.kind), **same)


def _of(letter: int, person: Person) -> ColumnElement[bool]:
    return and_(sent_messages.c.letter == letter, is_person(sent_messages, person))


def find(tx: Transaction, message: str) -> SentMessage | None:
    """Return a message that may still change, by the id of its notice."""
    row = tx.execute(select(sent_messages).where(sent_messages.c.id == message)).one_or_none()
    return None if row is None else _message(row)


def receipt_of(tx: Transaction, letter: int, person: Person) -> SentMessage | None:
    """Return a person's receipt of a letter; None if there is none."""
    rows = tx.execute(
        select(sent_messages)
        .where(_of(letter, person), sent_messages.c.kind == NoticeKind.RECEIPT.value)
        .order_by(sent_messages.c.sent_at.desc())
    )
    return next((_message(row) for row in rows), None)


def keep(tx: Transaction, message: SentMessage, workspace: str, thread: str) -> list[str]:
    """Save a message's place; return the ids of the messages of its thread that it replaces."""
    older = and_(
        _of(message.letter, message.person),
        sent_messages.c.thread == thread,
        sent_messages.c.id != message.id,
    )
    replaced = list(tx.execute(select(sent_messages.c.id).where(older)).scalars())
    if replaced:
        tx.execute(update(sent_messages).where(older).values(replaced=True))
    tx.execute(
        insert_into(tx, sent_messages)
        .values(
            **{name: getattr(message, name) for name in _SAME},
            workspace=workspace,
            team=message.person.team,
            user=message.person.user,
            kind=message.kind.value,
            thread=thread,
            sent_at=tx.now,
        )
        .on_conflict_do_nothing()
    )
    return replaced


def drop(tx: Transaction, message: str) -> None:
    """Forget a message that will not change any more, or no longer exists."""
    tx.execute(delete(sent_messages).where(sent_messages.c.id == message))


def blank(tx: Transaction, *those: ColumnElement[bool]) -> None:
    """Queue edits that empty messages, whose places are then forgotten."""
    sent = sent_messages.c
    language = (
        select(people.c.locale)
        .where(
            people.c.workspace == sent.workspace, people.c.team == sent.team,
            people.c.user == sent.user,
        )
        .scalar_subquery()
    )  # fmt: skip
    rows = tx.execute(
        select(sent.workspace, sent.channel, sent.ts, language.label("language")).where(*those)
    ).all()
    for row in rows:
        until = tx.now + PLACE_KEPT
        owe(tx, row.workspace, [notices.blanked(row.channel, row.ts, row.language or "en", until)])
    tx.execute(delete(sent_messages).where(*those))


def drop_at(tx: Transaction, person: Person, channel: str, ts: str, letter: int) -> None:
    """Forget a message, given its channel and timestamp."""
    place = (sent_messages.c.channel == channel, sent_messages.c.ts == ts)
    tx.execute(delete(sent_messages).where(_of(letter, person), *place))


def edits_of(tx: Transaction, letter: int, person: Person) -> list[Notice]:
    """Return edits of messages that asked a person about a letter and may be answered by now."""
    asked = select(sent_messages.c.id).where(
        _of(letter, person), sent_messages.c.thread != Thread.RECEIPT.value
    )
    due_at = tx.now + SETTLING
    return [
        notices.answered(letter, message, person, due_at) for message in tx.execute(asked).scalars()
    ]


Place = tuple[str, str, str]
"""Team, user and id of a message, by which messages are sorted."""
FIRST: Place = ("", "", "")


def owe_edits(
    tx: Transaction,
    letter: Letter,
    threads: Collection[Thread],
    *,
    after: Place = FIRST,
    most: int | None = None,
    wait: timedelta = timedelta(0),
) -> Place | None:
    """Queue edits of the questions in some threads of a closed letter, one batch.

    Args:
        tx: The transaction.
        letter: The letter.
        threads: The threads; with `most`, only one.
        after: The last message of the previous batch.
        most: The batch size; None for all.
        wait: The time in which further changes are combined into the same edit.

    Returns:
        The last message of this batch, to continue from; None at the end.
    """
    sent = sent_messages.c
    place = tuple_(sent.team, sent.user, sent.id)
    last = None
    for one in threads:
        # A thread, or many that begin with it and a colon.
        asked = [sent.letter == letter.id, sent.thread >= str(one), sent.thread <= f"{one}:~"]
        if after != FIRST:
            asked.append(place > tuple_(*map(literal, after)))
        if most is not None:
            portion = select(sent.team, sent.user, sent.id).where(*asked).order_by(*place)
            last = tx.execute(portion.offset(most - 1).limit(1)).one_or_none()
        if last is not None:
            asked.append(place <= tuple_(*map(literal, last)))
        edits = owe_selected(
            tx,
            letter,
            NoticeKind.ANSWERED,
            *asked,
            key=literal("answered:", String) + sent.id,
            subject={"message": sent.id, "person": sent.team + ":" + sent.user},
            target=sent.user,
            due_at=literal(tx.now + wait, Instant),
        )
        tx.execute(edits.on_conflict_do_nothing())
    return None if last is None else (last.team, last.user, last.id)
