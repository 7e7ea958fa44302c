"""Consequences of a notice's end, in the transaction that settles it.

A card stands where it stands, a reminder was sent or not, and a card that was given up is told to
those who run the letter, so that they can act on it. Of messages they read in their digest.
"""

from bot.letters import notices
from bot.letters.notices import LetterTopic, NoticeKind
from bot.letters.people import Person
from bot.letters.posting import Posting, PostingState
from bot.outbox import direct_messages
from bot.outbox.courier import Reference
from bot.outbox.errors import Verdict, judge
from bot.outbox.mending import PASSING
from bot.outbox.retry import OUTCOME_UNKNOWN, Done
from bot.storage import letters, outbox, postings, reminders
from bot.storage.database import Transaction
from bot.storage.outbox import Owed
from bot.storage.states import NoticeState, ReminderState

_REACHED = {
    NoticeState.SENT: ReminderState.SENT,
    NoticeState.DROPPED: ReminderState.DROPPED,
    NoticeState.GIVEN_UP: ReminderState.FAILED,
}


def follow(tx: Transaction, notice: Owed, done: Done, reference: Reference) -> None:
    """Write what follows from a notice that is settled."""
    if notice.kind is NoticeKind.CARD:
        _card(tx, notice, done, reference)
    if notice.kind is NoticeKind.REMINDER:
        letter, person = int(notice.subject["letter"]), Person.parse(notice.subject["person"])
        reminders.settle(tx, letter, person, notice.subject["step"], _REACHED[done.state])
    direct_messages.follow(tx, notice, done, reference)


def _card(tx: Transaction, notice: Owed, done: Done, reference: Reference) -> None:
    posting = postings.find(tx, notice.subject["posting"])
    if posting is None or posting.state is PostingState.DOWN:
        return
    if done.state is NoticeState.SENT:
        place = reference.get("message_ts")
        # Its removal may have been asked for while it went up; that notice waits.
        leaves = posting.state is PostingState.LEAVING
        state = PostingState.LEAVING if leaves else PostingState.UP
        state = PostingState.DOWN if place is None else state
        postings.change(tx, posting.id, state, message_ts=place)
    elif done.state is NoticeState.GIVEN_UP:
        state = _failed(posting, done.error)
        postings.change(tx, posting.id, state, error=done.error)
        # A card that is up fails again at each change: that is told once, until another error comes.
        if state is not PostingState.DOWN and done.error != posting.error:
            about, facts = LetterTopic.CARD_FAILED, {"error": done.error}
            if state is PostingState.UNKNOWN:
                about, facts = LetterTopic.CARD_UNKNOWN, {}
            facts |= {"channel": posting.channel, "posting": posting.id}
            organisers = letters.organisers_of(tx, posting.letter)
            told = [notices.word(about, posting.letter, one, **facts) for one in organisers]
            outbox.owe(tx, notice.workspace, told)


def _failed(posting: Posting, error: str) -> PostingState:
    leaving = posting.state is PostingState.LEAVING
    if leaving and error == "message_not_found":
        return PostingState.DOWN
    if posting.message_ts is None and error == OUTCOME_UNKNOWN:
        return PostingState.UNKNOWN
    if posting.message_ts is not None and judge(error) is not Verdict.TARGET:
        # The card is in its channel and only behind: its next change may pass.
        return posting.state
    if leaving and error in PASSING:
        # Its removal is still wanted when that is over.
        return PostingState.LEAVING
    return PostingState.FAILED
