"""Posting a letter's card to channels, and removing it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.features.invitations.use_cases.invitations import announce
from bot.letters import notices
from bot.letters.letter import Letter, Posting, PostingState
from bot.letters.people import Actor, Role
from bot.letters.phases import Action, Phase, after
from bot.letters.refusals import Reason, Refused
from bot.storage import letters, outbox, postings
from bot.storage.database import Transaction, reading, writing
from bot.use_cases import letter_lookup
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, repeated

WORDS_MOST = 600
"""Most characters of an organiser's own words above a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Content of a card, read when it is sent: the letter as anyone may see it."""

    posting: Posting
    letter: Letter
    phase: Phase


@writing
def post(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    channels: Sequence[str],
    public: Collection[str] = (),
    text: str | None = None,
    words: str = "",
    trigger: str,
) -> list[str]:
    """Queue the letter's card for channels; the first post opens the letter and freezes its text.

    Args:
        tx: The transaction.
        letter: The letter.
        actor: An organiser.
        channels: The channels for its card.
        public: The channels among these that are known to be public.
        text: The SHA-256 of the text that the organiser was shown; None if they were shown none.
        words: The organiser's own words above the card.
        trigger: Slack's id of the submit.

    Returns:
        The channels that get a card now; channels that already have one are skipped.

    Raises:
        Refused: the letter cannot be posted now, its draft changed since the organiser saw it, all
            channels have its card already, or the words are too long.
    """

    def act() -> dict[str, list[str]]:
        found = admit(tx, letter, actor, Action.POST)
        if len(words) > WORDS_MOST:
            raise Refused.because(Reason.TOO_LONG, "words", most=WORDS_MOST, length=len(words))
        starts = found.phase.is_unposted
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
            letters.change(tx, letter, phase=after(found.phase, Action.POST).value)
        if found.opened_at is None:
            letters.change(tx, letter, opened_at=tx.now)
            announce(tx, found)
        if not found.public and not set(public).isdisjoint(channels):
            letters.change(tx, letter, public=True)
        for channel in new:
            _put_up(tx, found, channel, up.get(channel), words.strip())
        record(tx, found, Act.POSTED, actor.person, channels=new)
        return {"channels": new}

    return list(once(tx, actor.workspace, trigger, act)["channels"])


def _put_up(
    tx: Transaction, letter: Letter, channel: str, failed: Posting | None, words: str
) -> None:
    """Queue a card for a channel; `failed` is an earlier posting there that Slack refused."""
    if failed and failed.message_ts and failed.error != "message_not_found":
        # The earlier message still exists and only its update failed, so it is updated again.
        postings.change(tx, failed.id, PostingState.UP)
        posting = failed
    else:
        if failed:
            postings.change(tx, failed.id, PostingState.DOWN)
        posting = postings.add(tx, letter.id, letter.workspace, channel, words)
    outbox.owe(tx, letter.workspace, [notices.card(letter.id, posting.id, channel)])


@writing
def take_down(
    tx: Transaction, *, letter: int, actor: Actor, posting: str, trigger: str | None = None
) -> None:
    """Queue the removal of one card.

    Raises:
        Refused: the actor does not run the letter, or the card is not posted.
    """
    if repeated(tx, letter, actor, trigger) is not None:
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


@reading
def card(tx: Transaction, *, posting: str) -> Card | None:
    """Return the current content of a posting's card, or None if there is no such posting."""
    found = postings.find(tx, posting)
    letter = None if found is None else letters.find(tx, found.letter)
    if found is None or letter is None:
        return None
    seen = letter.as_seen_by(Role.MEMBER, tx.now)
    return Card(posting=found, letter=seen, phase=letter.phase_at(tx.now))


@reading
def cards(tx: Transaction, *, letter: int) -> list[Posting]:
    """Return a letter's postings that have not been removed."""
    return postings.of_letters(tx, [letter])


@reading
def earlier_channels(tx: Transaction, *, letter: int, actor: Actor) -> list[str]:
    """Return the channels of the letter that an unposted one was started from.

    Empty unless the actor organises both.
    """
    found = admit(tx, letter, actor, Action.POST, lock=False)
    before = letter_lookup.earlier(tx, found, actor) if found.opened_at is None else None
    return [] if before is None else [one.channel for one in postings.of_letters(tx, [before.id])]
