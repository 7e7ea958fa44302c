"""Direct messages that may still change: where each is, and the edits that follow.

A signer has one receipt of a letter. Of what a person is asked, the newest message counts; one that
was answered or replaced is edited once more, and then forgotten.
"""

from bot.letters import notices
from bot.letters.endorsement import Endorsement, State
from bot.letters.notices import NoticeKind, SignatureTopic, thread_of
from bot.letters.people import Person
from bot.outbox.courier import Reference
from bot.outbox.errors import Verdict, judge
from bot.outbox.retry import Done
from bot.storage import endorsements, letters, outbox, sent_messages
from bot.storage.database import Transaction
from bot.storage.outbox import Owed
from bot.storage.sent_messages import SETTLING, SentMessage
from bot.storage.states import NoticeState

_RECEIPTS = (NoticeKind.RECEIPT, NoticeKind.RECEIPT_CHANGED)


def follow(tx: Transaction, notice: Owed, done: Done, reference: Reference) -> None:
    """Write what follows for direct messages from a notice that is settled."""
    if notice.kind is NoticeKind.ANSWERED:
        # One that was edited for the last time, or that is not there, is forgotten.
        last = done.state is NoticeState.SENT and reference.get("last")
        if last or _is_gone(done):
            sent_messages.drop(tx, notice.subject["message"])
        return
    if done.state is NoticeState.SENT and notice.kind is not NoticeKind.RECEIPT_CHANGED:
        _keep(tx, notice, reference)
    if notice.kind in _RECEIPTS:
        _receipt(tx, notice, done)


def _is_gone(done: Done) -> bool:
    return done.state is NoticeState.GIVEN_UP and judge(done.error) is Verdict.TARGET


def _keep(tx: Transaction, notice: Owed, reference: Reference) -> None:
    thread = thread_of(notice.kind, notice.subject)
    channel, ts = reference.get("channel"), reference.get("ts")
    if not thread or not channel or not ts:
        return
    subject = notice.subject
    signed = endorsements.find(tx, subject["endorsement"]) if "endorsement" in subject else None
    if subject.get("about") == SignatureTopic.TEXT_CORRECTED and not _asks(tx, signed):
        return
    if "letter" in subject:
        letter = int(subject["letter"])
    elif signed is not None:
        letter = signed.letter
    else:
        return
    person = Person.parse(notice.subject["person"])
    message = SentMessage(
        id=notice.id,
        letter=letter,
        person=person,
        kind=notice.kind,
        subject=notice.subject,
        channel=channel,
        ts=ts,
        replaced=False,
    )
    replaced = sent_messages.keep(tx, message, notice.workspace, thread)
    due_at = tx.now + SETTLING
    edits = [notices.answered(letter, one, person, due_at) for one in replaced]
    outbox.owe(tx, notice.workspace, edits)


def _asks(tx: Transaction, signed: Endorsement | None) -> bool:
    """Return whether news of a small fix needs an answer: mostly it needs none."""
    letter = None if signed is None else letters.find(tx, signed.letter)
    if signed is None or letter is None:
        return False
    return signed.state_at(letter, tx.now) is State.ASKED


def _receipt(tx: Transaction, notice: Owed, done: Done) -> None:
    letter, person = int(notice.subject["letter"]), Person.parse(notice.subject["person"])
    there = sent_messages.receipt_of(tx, letter, person)
    changed = notice.kind is NoticeKind.RECEIPT_CHANGED
    if done.state is NoticeState.DROPPED and changed is (there is None):
        # It came or went meanwhile.
        outbox.owe(tx, notice.workspace, [notices.receipt(letter, person, changed=not changed)])
        return
    if changed and there is not None and _is_gone(done):
        sent_messages.drop(tx, there.id)
        outbox.owe(tx, notice.workspace, [notices.receipt(letter, person)])
        return
    outbox.owe(tx, notice.workspace, sent_messages.edits_of(tx, letter, person))
