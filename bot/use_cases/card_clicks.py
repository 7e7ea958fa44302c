"""A click on a card proves that the person is in its channel, and where the card is."""

from bot.letters import notices
from bot.letters.people import Actor
from bot.letters.posting import Posting, PostingState
from bot.storage import outbox, postings
from bot.storage.database import Database, Transaction, writing
from bot.use_cases import membership

_ADOPTED = frozenset({PostingState.UNKNOWN, PostingState.WAITING, PostingState.FAILED})
"""States of a card that a click can come from though nobody knows that it is there."""


async def clicked(
    database: Database, *, actor: Actor, letter: int, posting: str, channel: str, message_ts: str
) -> None:
    """Keep what a click proves, if channel and message are those of a card of this letter.

    Mostly nothing is new: then the click does not wait for a write.
    """
    workspace = actor.workspace

    def news(tx: Transaction) -> tuple[bool, bool]:
        """Return whether it is new where the card is, and that the person is in its channel."""
        found = postings.find(tx, posting)
        here = (letter, workspace, channel)
        if found is None or (found.letter, found.workspace, found.channel) != here:
            return False, False
        lost = _is_lost(found)
        if not lost and found.message_ts != message_ts:
            return False, False
        return lost, not postings.is_member(tx, workspace, channel, actor.person.user)

    is_adopted, is_here = await database.read(news)
    if is_adopted:
        place = {"posting": posting, "channel": channel, "message_ts": message_ts}
        await adopt(database, workspace=workspace, **place)
    if is_here:
        await membership.remember(database, actor=actor, channel=channel)


def _is_lost(posting: Posting) -> bool:
    return posting.message_ts is None and posting.state in _ADOPTED


@writing
def adopt(tx: Transaction, *, workspace: str, posting: str, channel: str, message_ts: str) -> None:
    """Note where a card is that a click came from, if nobody knew that."""
    found = postings.find(tx, posting)
    here = (workspace, channel)
    if found is not None and _is_lost(found) and (found.workspace, found.channel) == here:
        postings.change(tx, posting, PostingState.UP, message_ts=message_ts)
        outbox.owe(tx, workspace, [notices.card(found.letter, posting, channel)])
