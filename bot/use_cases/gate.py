"""The door of every story: the letter is there, it is the workspace's, and the role may do it."""

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from typing import Any

from bot.letters import notices
from bot.letters.letter import Letter, refuse
from bot.letters.notices import Notice
from bot.letters.people import Actor, Membership, Person, Role, Ties, role
from bot.letters.phases import Action
from bot.letters.posting import PostingState
from bot.letters.refusals import Reason, Refused
from bot.storage import inbox, letters, outbox, postings, workspaces
from bot.storage.database import Transaction

REDRAWN_AFTER = timedelta(seconds=3)
"""Time in which all changes of a Home are one redraw."""


def role_in(tx: Transaction, letter: Letter, actor: Actor) -> Role:
    """Return the actor's role in a letter: `people.role`, asked with what is known."""
    ties = postings.ties(tx, letter.id, actor.person)
    return role_with(letter, actor.membership, ties)


def role_with(letter: Letter, membership: Membership, ties: Ties) -> Role:
    """Return somebody's role in a letter by their ties to it."""
    posted = letter.opened_at is not None
    return role(membership, ties, posted=posted, public=letter.public)


def may_read(tx: Transaction, letter: Letter, person: Person, membership: Membership) -> bool:
    """Return whether somebody may read a letter now, for what is sent to them."""
    held = role_with(letter, membership, postings.ties(tx, letter.id, person))
    return refuse(letter, Action.READ, held, tx.now) is None


def admit(
    tx: Transaction, letter: int, actor: Actor, action: Action, *, lock: bool = True
) -> Letter:
    """The letter, where the actor may do that with it now; locked for this transaction.

    A story that only reads passes `lock=False`.

    Raises:
        Refused: there is no such letter here, or the table of rules says no.
    """
    return admit_as(tx, letter, actor, action, lock=lock)[0]


def admit_as(
    tx: Transaction, letter: int, actor: Actor, action: Action, *, lock: bool = True
) -> tuple[Letter, Role]:
    """The same, with the actor's role in the letter.

    Raises:
        Refused: there is no such letter here, or the table of rules says no.
    """
    found = letters.find(tx, letter, lock=lock)
    if found is None or found.workspace != actor.workspace:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    part = role_in(tx, found, actor)
    refusal = refuse(found, action, part, tx.now)
    if refusal is not None:
        raise Refused(refusal)
    return found, part


def once(
    tx: Transaction, workspace: str, key: str, act: Callable[[], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Do something once for a delivery of Slack's, however often that is delivered.

    Args:
        tx: The transaction, in which the answer is kept beside the effect.
        workspace: The workspace that it came from.
        key: The `event_id` of an event, the trigger of an interaction or a command.
        act: Does it and gives an answer of JSON types.

    Returns:
        The answer of the first time.
    """
    if not inbox.take(tx, workspace, key):
        return inbox.answers(tx, [key])[key]
    answer = act()
    inbox.answer(tx, key, answer)
    return answer


def repeated(tx: Transaction, letter: int, actor: Actor, trigger: str | None) -> Letter | None:
    """The letter as it is, where this act was carried out before; else None.

    From now on it counts as carried out, unless the transaction is undone. A `trigger` of None is
    one that nothing can repeat.
    """
    if trigger is None or inbox.take(tx, actor.workspace, trigger):
        return None
    return letters.find(tx, letter)


def card_changed(tx: Transaction, letter: Letter) -> None:
    """Owe a change of every card of a letter."""
    outbox.owe(tx, letter.workspace, cards_of(tx, [letter.id]))


def cards_of(tx: Transaction, changed: Collection[int]) -> list[Notice]:
    """Return the notices for all that shows some letters: their cards, and their organisers' Homes.

    A card that Slack refused for good has none.
    """
    return [
        *(
            notices.card(posting.letter, posting.id, posting.channel)
            for posting in postings.of_letters(tx, changed)
            if posting.state is not PostingState.FAILED
        ),
        *desks_of(tx, changed),
    ]


def desks_of(tx: Transaction, changed: Collection[int]) -> list[Notice]:
    """Return the notices for the Homes of those who run some letters and have opened theirs."""
    return [
        notices.desk(person, tx.now + REDRAWN_AFTER)
        for person in workspaces.organisers_at_home(tx, changed)
    ]
