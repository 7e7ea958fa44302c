"""The first check of every use case: the letter exists here, and the role allows the action.

A click on a card also proves the card's place, and that the person is in its channel.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.letters import notices
from bot.letters.letter import Letter, Posting, PostingState, refuse
from bot.letters.notices import Notice, Thread
from bot.letters.people import Actor, Membership, Person, Role, Ties, role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refusal, Refused
from bot.letters.rules import MaySign, PublicPage
from bot.storage import inbox, letters, outbox, postings, sent_messages, workspaces
from bot.storage.database import Database, Transaction, writing
from bot.use_cases import membership

REDRAWN_AFTER = timedelta(seconds=3)
"""Delay within which all changes of a Home are combined into one redraw."""
_ADOPTED = frozenset({PostingState.UNKNOWN, PostingState.WAITING, PostingState.FAILED})
"""States of a card that is not known to be posted, although it may be clicked."""


def role_in(tx: Transaction, letter: Letter, actor: Actor) -> Role:
    """Return the actor's role in a letter, from their stored ties."""
    ties = postings.ties(tx, letter.id, actor.person)
    if actor.person.by_mail and letter.rules.page is PublicPage.SIGNING:
        ties = replace(ties, present=True)
    return role_with(letter, actor.membership, ties)


def role_with(letter: Letter, membership: Membership, ties: Ties) -> Role:
    """Return a person's role in a letter, from their membership and ties."""
    return role(membership, ties, posted=letter.opened_at is not None, public=letter.public)


def refuse_uninvited(tx: Transaction, letter: Letter, actor: Actor) -> Refusal | None:
    """Return why somebody may not sign a letter that only invited people may; None if they may."""
    if letter.rules.may_sign is not MaySign.INVITED:
        return None
    ties = postings.ties(tx, letter.id, actor.person)
    known = ties.invited or ties.chosen or ties.organises
    return None if known else Refusal(Reason.INVITED_ONLY, facts={"title": letter.title})


def may_read(tx: Transaction, letter: Letter, person: Person, membership: Membership) -> bool:
    """Return whether a person may read a letter now; checked before each message about it."""
    held = role_with(letter, membership, postings.ties(tx, letter.id, person))
    return refuse(letter, Action.READ, held, tx.now) is None


def admit(
    tx: Transaction, letter: int, actor: Actor, action: Action, *, lock: bool = True
) -> Letter:
    """Return the letter if the actor may do the action with it now.

    It is locked for this transaction; a use case that only reads passes `lock=False`.

    Raises:
        Refused: the letter does not exist here, or its phase or the role forbids the action.
    """
    return admit_as(tx, letter, actor, action, lock=lock)[0]


def admit_as(
    tx: Transaction, letter: int, actor: Actor, action: Action, *, lock: bool = True
) -> tuple[Letter, Role]:
    """Return the letter like `admit`, with the actor's role in it."""
    found = letters.find(tx, letter, lock=lock)
    if found is None or found.workspace != actor.workspace:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    part = role_in(tx, found, actor)
    # Not by `raise_for`: each Sign passes here, and walks one module less.
    refusal = refuse(found, action, part, tx.now)
    if refusal is not None:
        raise Refused(refusal)
    return found, part


def once(
    tx: Transaction, workspace: str, key: str, act: Callable[[], Mapping[str, Any] | None]
) -> Mapping[str, Any]:
    """Perform an action once per delivery from Slack, however often it arrives; return its answer.

    Args:
        tx: The transaction, in which answer and effect are saved together.
        workspace: The workspace that the delivery came from.
        key: The `event_id` of an event, or the trigger of an interaction or a command.
        act: Performs the action, and returns an answer of JSON types, if there is one.
    """
    if not inbox.take(tx, workspace, key):
        return inbox.answers(tx, [key])[key]
    answer = act() or {}
    inbox.answer(tx, key, answer)
    return answer


def repeated(tx: Transaction, letter: int, actor: Actor, trigger: str | None) -> Letter | None:
    """Return the current letter if this trigger was handled before; else record it and return None.

    A `trigger` of None counts as new.
    """
    if trigger is None or inbox.take(tx, actor.workspace, trigger):
        return None
    return letters.find(tx, letter)


def card_changed(tx: Transaction, letter: Letter, *threads: Thread) -> None:
    """Queue an update of every card of a letter, and of messages that ask for an act.

    `threads` are those that the change shows in, besides invitations and organisers' messages.
    """
    outbox.owe(tx, letter.workspace, cards_of(tx, [letter.id]))
    threads = (Thread.SIGN, Thread.ORGANISE, *threads)
    sent_messages.owe_edits(tx, letter, threads, wait=sent_messages.SETTLING)


def cards_of(tx: Transaction, changed: Collection[int]) -> list[Notice]:
    """Return notices to redraw letters' cards and their organisers' Homes.

    A card that Slack refused for good is left out.
    """
    cards = [
        notices.card(posting.letter, posting.id, posting.channel)
        for posting in postings.of_letters(tx, changed)
        if posting.state is not PostingState.FAILED
    ]
    return cards + desks_of(tx, changed)


def desks_of(tx: Transaction, changed: Collection[int]) -> list[Notice]:
    """Return notices to redraw the Homes of letters' organisers, if they opened them before."""
    people = workspaces.organisers_at_home(tx, changed)
    return [notices.desk(person, tx.now + REDRAWN_AFTER) for person in people]


async def card_clicked(
    database: Database, *, actor: Actor, letter: int, posting: str, channel: str, message_ts: str
) -> None:
    """Record what a click on a card proves: the card's place, and who is in its channel.

    It proves nothing unless channel and message are those of a card of this letter. Usually both
    are known already; then the click does not wait for a write.
    """
    workspace = actor.workspace

    def news(tx: Transaction) -> tuple[bool, bool]:
        """Return whether the card's place is new, and whether the person's membership is."""
        found = postings.find(tx, posting)
        here = (letter, workspace, channel)
        if found is None or (found.letter, found.workspace, found.channel) != here:
            return False, False
        lost = _is_lost(found)
        if not lost and found.message_ts != message_ts:
            return False, False
        return lost, not postings.is_member(tx, workspace, channel, actor.person.user)

    is_adopted, is_here = await database.read(news)
    if is_adopted:
        place = {"posting": posting, "channel": channel, "message_ts": message_ts}
        await adopt_card(database, workspace=workspace, **place)
    if is_here:
        await membership.remember(database, actor=actor, channel=channel)


def _is_lost(posting: Posting) -> bool:
    return posting.message_ts is None and posting.state in _ADOPTED


@writing
def adopt_card(
    tx: Transaction, *, workspace: str, posting: str, channel: str, message_ts: str
) -> None:
    """Record the place of a card from which a click came, if the place was unknown."""
    found = postings.find(tx, posting)
    here = (workspace, channel)
    if found is not None and _is_lost(found) and (found.workspace, found.channel) == here:
        postings.change(tx, posting, PostingState.UP, message_ts=message_ts)
        outbox.owe(tx, workspace, [notices.card(found.letter, posting, channel)])
