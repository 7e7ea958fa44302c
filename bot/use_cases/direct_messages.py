"""Direct messages that were sent and may still change."""

from collections.abc import Mapping
from typing import Any

from bot.letters.people import Actor, Person
from bot.storage import sent_messages
from bot.storage.database import Transaction, reading, writing
from bot.storage.sent_messages import SentMessage


@reading
def find(tx: Transaction, *, subject: Mapping[str, Any]) -> SentMessage | None:
    """Return the message that a notice edits: the one with the given id, or the person's receipt.

    None if the message does not change any more, or was never sent.
    """
    if "message" in subject:
        return sent_messages.find(tx, subject["message"])
    return sent_messages.receipt_of(tx, int(subject["letter"]), Person.parse(subject["person"]))


@writing
def changed_in_place(tx: Transaction, *, letter: int, actor: Actor, channel: str, ts: str) -> None:
    """Forget a message that already shows its answer, so that it is not edited again."""
    sent_messages.drop_at(tx, actor.person, channel, ts, letter)
