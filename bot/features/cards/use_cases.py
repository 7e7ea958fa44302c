"""A letter's card goes up in channels, and comes down."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.invitations.use_cases.invitations import announce
from bot.letters import notices
from bot.letters.letter import Letter
from bot.letters.people import Actor, Role
from bot.letters.phases import Action, Phase, after
from bot.letters.posting import Posting, PostingState
from bot.letters.refusals import Reason, Refused
from bot.storage import letters, outbox, postings
from bot.storage.database import Database, Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Content of a card, read when it is sent: the letter as anyone may see it."""

    posting: Posting
    letter: Letter
    phase: Phase
    """The phase that holds at that moment."""


@writing
def post(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    channels: Sequence[str],
    text: str | None = None,
    delivery: str,
) -> list[str]:
    """Owe the letter's card to channels; the first time opens the letter and freezes its text.

    Args:
        tx: The transaction.
        letter: The letter.
        actor: An organiser.
        channels: Where its card shall go.
        text: The SHA-256 of the text that the organiser looked at; None where they saw none.
        delivery: The trigger of the submit.

    Returns:
        The channels that are new; those that have the card already are left as they are.

    Raises:
        Refused: it cannot be posted now, its draft is another one than the organiser saw, or all
            the channels have it already.
    """

    def act() -> dict[str, list[str]]:
        found = admit(tx, letter, actor, Action.POST)
        starts = found.phase in {Phase.DRAFT, Phase.FOUNDING}
        if starts and found.deadline <= tx.now:
            raise Refused.because(Reason.DEADLINE_NOT_AHEAD, "deadline")
        if starts and text not in {None, found.text_sha256}:
            raise Refused.because(Reason.DRAFT_CHANGED, number=letter)
        up = {
            posting.channel: posting
            for posting in postings.of_letters(tx, [letter])
            if posting.state is not PostingState.LEAVING
        }
        new = [
            channel
            for channel in dict.fromkeys(channels)
            if channel not in up or up[channel].state is PostingState.FAILED
        ]
        if not new:
            raise Refused.because(Reason.ALREADY_POSTED, "channels")
        if starts:
            opened = after(found.phase, Action.POST)
            letters.change(tx, letter, phase=opened.value, opened_at=tx.now)
            announce(tx, found)
        for channel in new:
            failed = up.get(channel)
            if failed and failed.message_ts and failed.error != "message_not_found":
                # It still stands there, and was only out of reach: that one is changed again.
                postings.change(tx, failed.id, PostingState.UP)
                outbox.owe(tx, found.workspace, [notices.card(letter, failed.id, channel)])
                continue
            if failed:
                postings.change(tx, failed.id, PostingState.DOWN)
            posting = postings.add(tx, letter, found.workspace, channel)
            outbox.owe(tx, found.workspace, [notices.card(letter, posting.id, channel)])
        record(tx, found, Act.POSTED, actor.person, channels=new)
        return {"channels": new}

    return list(once(tx, actor.workspace, delivery, act)["channels"])


@writing
def take_down(
    tx: Transaction, *, letter: int, actor: Actor, posting: str, delivery: str | None = None
) -> None:
    """Owe the removal of one card.

    Raises:
        Refused: the actor does not run the letter, or the card is not up.
    """
    if repeated(tx, letter, actor, delivery) is not None:
        return
    run = admit(tx, letter, actor, Action.TAKE_DOWN)
    found = postings.find(tx, posting)
    if found is None or found.letter != letter or found.state is PostingState.DOWN:
        raise Refused.because(Reason.NOT_POSTED)
    record(tx, run, Act.CARD_REMOVED, actor.person, channel=found.channel)
    if found.message_ts is None and found.state is PostingState.FAILED:
        postings.change(tx, posting, PostingState.DOWN)
    else:
        postings.change(tx, posting, PostingState.LEAVING)
        outbox.owe(tx, found.workspace, [notices.card(found.letter, posting, found.channel)])


async def adopt(
    database: Database, *, workspace: str, posting: str, channel: str, message_ts: str
) -> None:
    """Note where a card is that a click came from, if nobody knew that.

    Mostly it is known: then the click waits for nobody who writes.
    """
    if await _is_lost(database, workspace, posting, channel):
        await _found(database, workspace, posting, channel, message_ts)


@reading
def _is_lost(tx: Transaction, workspace: str, posting: str, channel: str) -> bool:
    return _lost(tx, workspace, posting, channel) is not None


@writing
def _found(tx: Transaction, workspace: str, posting: str, channel: str, message_ts: str) -> None:
    lost = _lost(tx, workspace, posting, channel)
    if lost is not None:
        postings.change(tx, posting, PostingState.UP, message_ts=message_ts)
        outbox.owe(tx, workspace, [notices.card(lost.letter, posting, channel)])


def _lost(tx: Transaction, workspace: str, posting: str, channel: str) -> Posting | None:
    found = postings.find(tx, posting)
    if (
        found is not None
        and found.workspace == workspace
        and found.channel == channel
        and found.message_ts is None
        and found.state in {PostingState.UNKNOWN, PostingState.WAITING, PostingState.FAILED}
    ):
        return found
    return None


@reading
def card(tx: Transaction, *, posting: str) -> Card | None:
    """Return the present content of a posting's card, or None where there is no card."""
    found = postings.find(tx, posting)
    letter = None if found is None else letters.find(tx, found.letter)
    if found is None or letter is None:
        return None
    seen = letter.as_seen_by(Role.MEMBER, tx.now)
    return Card(posting=found, letter=seen, phase=letter.phase_at(tx.now))


@reading
def cards(tx: Transaction, *, letter: int) -> list[Posting]:
    """A letter's cards that are not down."""
    return postings.of_letters(tx, [letter])
