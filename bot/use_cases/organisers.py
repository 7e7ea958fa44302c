"""Making a person an organiser of a letter, and telling organisers what others did."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.letters import notices
from bot.letters.letter import Letter
from bot.letters.notices import LetterTopic, Thread
from bot.letters.people import Membership, Person
from bot.letters.refusals import Reason, Refused
from bot.storage import letters, outbox, sent_messages
from bot.storage.database import Transaction
from bot.use_cases.audit import Act, record


def let_run(
    tx: Transaction, letter: Letter, person: Person, membership: Membership, *, by: Person | None
) -> None:
    """Make a full member an organiser of a letter; `by` is None for an operator.

    Raises:
        Refused: the person is one already, or no full member.
    """
    if membership is not Membership.MEMBER:
        raise Refused.because(Reason.ORGANISER_MUST_BE_MEMBER)
    if letters.organises(tx, letter.id, person):
        raise Refused.because(Reason.ALREADY_ORGANISER)
    letters.add_organiser(tx, letter.id, letter.workspace, person)
    facts: dict[str, Any] = {} if by else {"operator": True}
    record(tx, letter, Act.ORGANISER_ADDED, by, about=person, **facts)
    tell(tx, letter, person, LetterTopic.MADE_ORGANISER, by)
    sent_messages.owe_edits(tx, letter, [Thread.ORGANISE])


def tell(
    tx: Transaction, letter: Letter, person: Person, about: LetterTopic, by: Person | None
) -> None:
    """Tell somebody what they are in a letter now, once a day by the same person."""
    told = notices.word(about, letter.id, person, by=by.user if by else "", at=str(tx.now))
    if by is not None:
        told = replace(told, key=f"{about}:{letter.workspace}:{by}:{person}")
    if not outbox.owed_since(tx, [told.key], tx.now - timedelta(days=1)):
        outbox.owe(tx, letter.workspace, [told])


def tell_others(tx: Transaction, letter: Letter, by: Person, done: str, who: str = "") -> None:
    """Tell the other organisers of a letter, which may be about to go, what one of them has done."""
    facts = {"title": letter.title, "by": by.user, "done": done, "who": who, "at": str(tx.now)}
    others = [one for one in letters.organisers_of(tx, letter.id) if one != by]
    told = [notices.word(LetterTopic.BY_ANOTHER, letter.id, one, **facts) for one in others]
    outbox.owe(tx, letter.workspace, [replace(one, letter=None) for one in told])
