"""Direct messages that may still change: where each is, and the edits that follow.

A signer has one receipt of a letter. Of what a person is asked, the newest message counts; one that
was answered or replaced is edited once more, and then forgotten.
"""

from bot.letters import notices
from bot.letters.endorsement import State
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
        _edited(tx, notice, done, reference)
        return
    if done.state is NoticeState.SENT and notice.kind is not NoticeKind.RECEIPT_CHANGED:
        _keep(tx, notice, reference)
    if notice.kind in _RECEIPTS:
        _receipt(tx, notice, done)


def letter_of(tx: Transaction, notice: Owed) -> int | None:
    """Return the letter that a direct message is about."""
    if "letter" in notice.subject:
        return int(notice.subject["letter"])
    signed = endorsements.find(tx, notice.subject["endorsement"])
    return None if signed is None else signed.letter


def _edited(tx: Transaction, notice: Owed, done: Done, reference: Reference) -> None:
    """Forget a message that was edited for the last time, or that is not there."""
    last = done.state is NoticeState.SENT and reference.get("last")
    gone = done.state is NoticeState.GIVEN_UP and judge(done.error) is Verdict.TARGET
    if last or gone:
        sent_messages.drop(tx, notice.subject["message"])


def _keep(tx: Transaction, notice: Owed, reference: Reference) -> None:
    """Keep where a message is that may change, and owe an edit of those that it replaces."""
    thread = thread_of(notice.kind, notice.subject)
    channel, ts = reference.get("channel"), reference.get("ts")
    if not thread or not channel or not ts or not _asks(tx, notice):
        return
    letter = letter_of(tx, notice)
    if letter is None:
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


def _asks(tx: Transaction, notice: Owed) -> bool:
    """Return whether a message can need an answer: news of a small fix mostly needs none."""
    if notice.subject.get("about") != SignatureTopic.TEXT_CORRECTED:
        return True
    signed = endorsements.find(tx, notice.subject["endorsement"])
    letter = None if signed is None else letters.find(tx, signed.letter)
    if signed is None or letter is None:
        return False
    return signed.state_at(letter, tx.now) is State.ASKED


def _receipt(tx: Transaction, notice: Owed, done: Done) -> None:
    """After a receipt: send or edit it where that was meant, and edit what is answered by now."""
    letter, person = int(notice.subject["letter"]), Person.parse(notice.subject["person"])
    there = sent_messages.receipt_of(tx, letter, person)
    changed = notice.kind is NoticeKind.RECEIPT_CHANGED
    if done.state is NoticeState.DROPPED and changed is (there is None):
        # It came or went meanwhile.
        outbox.owe(tx, notice.workspace, [notices.receipt(letter, person, changed=not changed)])
        return
    gone = done.state is NoticeState.GIVEN_UP and judge(done.error) is Verdict.TARGET
    if changed and there is not None and gone:
        sent_messages.drop(tx, there.id)
        outbox.owe(tx, notice.workspace, [notices.receipt(letter, person)])
        return
    outbox.owe(tx, notice.workspace, sent_messages.edits_of(tx, letter, person))
