"""Consequences of a notice's end, in the transaction that settles it.

They update the state of cards and reminders. Organisers get a message about a card that could not
be posted, so that they can act; failed messages are listed in their digest.

A signer has one receipt per letter. Of several questions in a thread only the newest message
counts; an answered or replaced one is edited once more and then forgotten.
"""

from datetime import datetime, timedelta

from bot.letters import notices
from bot.letters.endorsement import Endorsement, State
from bot.letters.letter import Posting, PostingState
from bot.letters.notices import (
    TRAITS,
    LetterTopic,
    NoticeKind,
    SignatureTopic,
    Thread,
    Way,
    thread_of,
)
from bot.letters.people import Person
from bot.outbox.courier import Reference
from bot.outbox.retry import OUTCOME_UNKNOWN, Done, Verdict, judge
from bot.storage import endorsements, letters, outbox, postings, reminders, sent_messages
from bot.storage.database import Transaction, writing
from bot.storage.outbox import Owed
from bot.storage.sent_messages import SETTLING, SentMessage
from bot.storage.states import NoticeState, ReminderState

COUNTED_WITHIN = timedelta(seconds=15)
"""The time after which a new count appears in messages, after all of its changes together."""
_REACHED = {
    NoticeState.SENT: ReminderState.SENT,
    NoticeState.DROPPED: ReminderState.DROPPED,
    NoticeState.GIVEN_UP: ReminderState.FAILED,
}
_RECEIPTS = (NoticeKind.RECEIPT, NoticeKind.RECEIPT_CHANGED)


def follow(tx: Transaction, notice: Owed, done: Done, reference: Reference) -> None:
    """Write the consequences of a settled notice; a mail has few, as it never changes."""
    if TRAITS[notice.kind].way is Way.MAIL:
        _asked(tx, notice, done)
        return
    if notice.kind is NoticeKind.CARD:
        _card(tx, notice, done, reference)
        return
    if notice.kind is NoticeKind.ANSWERED:
        # A message is forgotten after its last edit, or if it no longer exists.
        last = done.state is NoticeState.SENT and reference.get("last")
        if last or _is_gone(done):
            sent_messages.drop(tx, notice.subject["message"])
        return
    if notice.kind is NoticeKind.BLANKED:
        # Slack may be away for longer than a notice is tried.
        late = done.state is NoticeState.GIVEN_UP and not _is_gone(done)
        until = datetime.fromisoformat(notice.subject["until"])
        if late and tx.now < until:
            subject = notice.subject
            again = notices.blanked(subject["channel"], subject["ts"], subject["language"], until)
            outbox.owe(tx, notice.workspace, [again])
        return
    if notice.kind is NoticeKind.REMINDER:
        _asked(tx, notice, done)
    if done.state is NoticeState.SENT and notice.kind is not NoticeKind.RECEIPT_CHANGED:
        _keep(tx, notice, reference)
    if notice.kind in _RECEIPTS:
        _receipt(tx, notice, done)


def _asked(tx: Transaction, notice: Owed, done: Done) -> None:
    subject = notice.subject
    kind, person = subject.get("kind", notice.kind), Person.parse(subject["person"])
    if kind == NoticeKind.REMINDER:
        reminders.settle(tx, int(subject["letter"]), person, subject["step"], _REACHED[done.state])
    elif kind == NoticeKind.INVITATION and done.state is not NoticeState.DROPPED:
        reminders.note_mailed(tx, int(subject["letter"]), person, done.error)


def _card(tx: Transaction, notice: Owed, done: Done, reference: Reference) -> None:
    posting = postings.find(tx, notice.subject["posting"])
    if posting is None or posting.state is PostingState.DOWN:
        return
    if done.state is NoticeState.SENT:
        place = reference.get("message_ts")
        # The card's removal may have been requested while it was being posted; that notice is
        # queued.
        leaves = posting.state is PostingState.LEAVING
        state = PostingState.LEAVING if leaves else PostingState.UP
        state = PostingState.DOWN if place is None else state
        postings.change(tx, posting.id, state, message_ts=place)
        letter = letters.find(tx, posting.letter)
        if letter is not None:
            # The count has changed also in the messages that ask people to sign.
            signs = [Thread.SIGN] if letter.phase_at(tx.now).is_signable else []
            sent_messages.owe_edits(tx, letter, [Thread.ORGANISE, *signs], wait=COUNTED_WITHIN)
    elif done.state is NoticeState.GIVEN_UP:
        state = _failed(posting, done.error)
        postings.change(tx, posting.id, state, error=done.error)
        # A posted card fails again at each change, but organisers are told once per error.
        if state is not PostingState.DOWN and done.error != posting.error:
            about, facts = LetterTopic.CARD_FAILED, {"error": done.error}
            if state is PostingState.UNKNOWN:
                about, facts = LetterTopic.CARD_UNKNOWN, {}
            facts |= {"channel": posting.channel, "posting": posting.id}
            outbox.tell_organisers(tx, notice.workspace, posting.letter, about, **facts)


def _failed(posting: Posting, error: str) -> PostingState:
    leaving = posting.state is PostingState.LEAVING
    if leaving and error == "message_not_found":
        return PostingState.DOWN
    if posting.message_ts is None and error == OUTCOME_UNKNOWN:
        return PostingState.UNKNOWN
    if posting.message_ts is not None and judge(error) is not Verdict.TARGET:
        # The card is in its channel but outdated; its next change may succeed.
        return posting.state
    # A removal that failed because of the channel is still wanted once the channel is reachable.
    return PostingState.LEAVING if leaving and error in PASSING else PostingState.FAILED


def _is_gone(done: Done) -> bool:
    return done.state is NoticeState.GIVEN_UP and judge(done.error) is Verdict.TARGET


def _keep(tx: Transaction, notice: Owed, reference: Reference) -> None:
    subject = notice.subject
    thread = thread_of(notice.kind, subject)
    channel, ts = reference.get("channel"), reference.get("ts")
    if not thread or not channel or not ts:
        return
    signed = endorsements.find(tx, subject["endorsement"]) if "endorsement" in subject else None
    if subject.get("about") == SignatureTopic.TEXT_CORRECTED and not _is_asked(tx, signed):
        return
    if signed is None and "letter" not in subject:
        return
    letter = int(subject["letter"]) if signed is None else signed.letter
    person = Person.parse(subject["person"])
    message = SentMessage(
        id=notice.id,
        letter=letter,
        person=person,
        kind=notice.kind,
        subject=subject,
        channel=channel,
        ts=ts,
        replaced=False,
    )
    replaced = sent_messages.keep(tx, message, notice.workspace, thread)
    edits = [notices.answered(letter, one, person, tx.now + SETTLING) for one in replaced]
    outbox.owe(tx, notice.workspace, edits)


def _is_asked(tx: Transaction, signed: Endorsement | None) -> bool:
    letter = None if signed is None else letters.find(tx, signed.letter)
    if signed is None or letter is None:
        return False
    return signed.state_at(letter, tx.now) is State.ASKED


def _receipt(tx: Transaction, notice: Owed, done: Done) -> None:
    letter, person = int(notice.subject["letter"]), Person.parse(notice.subject["person"])
    there = sent_messages.receipt_of(tx, letter, person)
    changed = notice.kind is NoticeKind.RECEIPT_CHANGED
    if done.state is NoticeState.DROPPED and changed is (there is None):
        # The receipt was sent or removed in between.
        owed = [notices.receipt(letter, person, changed=not changed)]
    elif changed and there is not None and _is_gone(done):
        sent_messages.drop(tx, there.id)
        owed = [notices.receipt(letter, person)]
    else:
        owed = sent_messages.edits_of(tx, letter, person)
    outbox.owe(tx, notice.workspace, owed)


EVERY = timedelta(minutes=30)
FOR = timedelta(days=30)
"""Time after the close of its letter during which a card is retried."""

PASSING = frozenset(
    {"access_denied", "app_access_restricted", "channel_is_limited_access", "channel_not_found",
     "ekm_access_denied", "is_archived", "is_inactive", "not_in_channel",
     "posting_to_channel_denied", "restricted_action",
     "restricted_action_non_threadable_channel", "restricted_action_read_only_channel"}
)  # fmt: skip
"""Errors of a channel that its people can fix: by inviting the app, or by a setting."""


@writing
def mend(tx: Transaction) -> int:
    """Queue an update of each card that may succeed by now; return how many.

    Only cards that were posted are retried: whether to post a first card is an organiser's
    decision. A card that keeps failing is reported once per error.
    """
    wrong = [
        posting
        for posting in postings.wrong(tx, tx.now - FOR)
        if posting.error in PASSING or judge(posting.error) not in {Verdict.TARGET, Verdict.BUG}
    ]
    for posting in wrong:
        notice = notices.card(posting.letter, posting.id, posting.channel)
        outbox.owe(tx, posting.workspace, [notice])
    return len(wrong)
