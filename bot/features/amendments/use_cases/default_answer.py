"""The default when signers don't answer an amendment in time.

Thousands of signers may not answer. The worker ends their signatures in batches; a click ends only
the signatures that it concerns.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.features.invitations.use_cases.signed import mark_withdrawn
from bot.letters import notices
from bot.letters.endorsement import Endorsement, State
from bot.letters.invitation import Saying
from bot.letters.letter import Letter
from bot.letters.notices import SignatureTopic, Thread
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Silence
from bot.storage import endorsements, letters, outbox, sent_messages
from bot.storage.database import Transaction
from bot.use_cases.audit import Act, record
from bot.use_cases.parties import leave, tell_if_answered

PORTION = 50
"""The most unanswered signatures ended in one transaction."""


@dataclass(frozen=True, slots=True)
class Reached:
    """The progress in ending a letter's unanswered signatures."""

    endorsement: str = ""
    """The id of the last signature ended."""
    message: sent_messages.Place | None = None
    """The last question whose edit was queued; None while signatures are still being ended."""


def drop_portion(
    tx: Transaction, letter: Letter, at: Reached, most_edits: int | None
) -> tuple[Letter, Reached | None]:
    """End the next batch of unanswered signatures; after the last, queue edits of the questions.

    `at`: the progress of the previous batch. `most_edits`: the most edits to queue in this
    transaction; None for no limit.

    Returns:
        The changed letter, and the new progress, or None if everything is done.
    """
    if letter.answer_by is None or tx.now < letter.answer_by:
        return letter, None
    if at.message is None and letter.rules.silence is Silence.DROP:
        silent = endorsements.behind(
            tx, letter.id, letter.meaning, after=at.endorsement, limit=PORTION
        )
        letter = _drop(tx, letter, silent)
        if len(silent) == PORTION:
            return letter, Reached(silent[-1].id)
    after = at.message or sent_messages.FIRST
    rest = sent_messages.owe_edits(tx, letter, [Thread.KEEP], after=after, most=most_edits)
    if rest is not None:
        return letter, Reached(message=rest)
    letters.change(tx, letter.id, answer_by=None)
    tell_if_answered(tx, letter, is_late=True)
    return letter, None


def drop_all(tx: Transaction, letter: Letter) -> Letter:
    """End all unanswered signatures of a locked letter whose time is up; return the letter.

    Raises:
        Refused: there are too many for one transaction; the worker is still ending them.
    """
    letter, rest = drop_portion(tx, letter, Reached(), most_edits=None)
    if rest is not None:
        raise Refused.because(Reason.STILL_DROPPING, title=letter.title)
    return letter


def drop_own(
    tx: Transaction, letter: Letter, people: Collection[Person], parties: Collection[str]
) -> Letter:
    """End the unanswered signatures of these people and signatories; the worker ends the rest.

    Ends one batch at most. The letter must be locked. Returns the changed letter.
    """
    is_over = letter.answer_by is not None and letter.answer_by <= tx.now
    if not is_over or letter.rules.silence is not Silence.DROP:
        return letter
    own = endorsements.held_by(tx, [(letter.id, person) for person in people])
    found = [one for ones in own.values() for one in ones]
    if parties:
        found += [one for ones in endorsements.of_parties(tx, parties).values() for one in ones]
    silent = {one.id: one for one in found if one.state_at(letter, tx.now) is State.DROPPED}
    return _drop(tx, letter, list(silent.values())[:PORTION])


def _drop(tx: Transaction, letter: Letter, silent: Sequence[Endorsement]) -> Letter:
    if not silent:
        return letter
    endorsements.end_many(tx, letter, silent, State.DROPPED)
    for one in silent:
        record(tx, letter, Act.DROPPED, None, signatory=one.signatory, endorsement=one.id)
    letter = leave(tx, letter, silent)
    for one in silent:
        mark_withdrawn(tx, letter, one, Saying.LAPSE)
    told = [
        notice
        for one in silent
        if one.person is not None
        for notice in (
            notices.signer(SignatureTopic.DROPPED, letter.id, one.id, one.person),
            notices.receipt(letter.id, one.person, changed=True),
        )
    ]
    outbox.owe(tx, letter.workspace, told)
    return letter
