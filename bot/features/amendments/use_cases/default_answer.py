"""The default when signers don't answer an amendment in time."""

from bot.features.invitations.use_cases.invitations import mark_withdrawn
from bot.letters import notices
from bot.letters.endorsement import Endorsement, State
from bot.letters.letter import Letter
from bot.letters.notices import SignatureTopic
from bot.letters.rules import Silence
from bot.storage import endorsements, letters, outbox
from bot.storage.database import Transaction
from bot.use_cases.audit import Act, record
from bot.use_cases.parties import refresh


def drop_silent_of(tx: Transaction, letter: Letter) -> Letter:
    """End what silence ends on one letter, locked, which it gives as it is then."""
    if letter.answer_by is None or tx.now < letter.answer_by:
        return letter
    if letter.rules.silence is Silence.DROP:
        for one in endorsements.behind(tx, letter.id, letter.meaning):
            letter = _drop(tx, letter, one)
    letters.change(tx, letter.id, answer_by=None)
    return letter


def _drop(tx: Transaction, letter: Letter, one: Endorsement) -> Letter:
    if one.state_at(letter, tx.now) is not State.DROPPED:
        return letter
    endorsements.end(tx, one.id, State.DROPPED)
    record(tx, letter, Act.DROPPED, None, signatory=one.signatory, endorsement=one.id)
    letter = refresh(tx, letter, one.signatory, leaves=True)
    mark_withdrawn(tx, letter, one)
    if one.person is not None:
        outbox.owe(
            tx,
            letter.workspace,
            [notices.signer(SignatureTopic.DROPPED, letter.id, one.id, one.person)],
        )
    return letter
