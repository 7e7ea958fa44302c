"""Showing an update under a letter, and telling everyone who signed."""

from dataclasses import replace

from bot.letters import notices
from bot.letters.draft import SUMMARY_MOST, refuse_texts
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused, raise_for
from bot.letters.send_windows import NotNow, next_window
from bot.storage import endorsements, letters, outbox, reminder_targets, reminders
from bot.storage.database import Transaction, reading, reading_aside, writing_aside
from bot.use_cases.addressees import next_daytime
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, once

UPDATE = 0
"""The number of a message that shows the update under the letter, which is sent by mail alone."""
TOLD_MOST = 2
"""Most messages to everyone who signed: after the delivery, and with the answer."""


@reading_aside
def reach(tx: Transaction, *, letter: int, actor: Actor) -> int:
    """Return how many of those who signed can be told now; raise Refused as `publish` does."""
    found = admit(tx, letter, actor, Action.UPDATE, lock=False)
    tells = found.phase.is_delivered and found.told < TOLD_MOST
    return len(reminder_targets.signers(tx, found)) if tells else 0


@writing_aside
def publish(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    words: str,
    shows: bool = True,
    tells: bool = False,
    trigger: str,
) -> int:
    """Show an update under a letter, or tell everyone who signed; return how many are told.

    Without words, the update disappears. Each signer gets one message, in their daytime.

    Raises:
        Refused: the letter takes no updates now, the actor does not run it, the words are missing
            or too long, or those who signed can't be told (again).
    """

    def act() -> dict[str, int]:
        found, said, count = admit(tx, letter, actor, Action.UPDATE), words.strip(), 0
        if not shows and not tells:
            raise Refused.because(Reason.EMPTY, "shows")
        raise_for(refuse_texts(("note" if tells else "words", said, SUMMARY_MOST)))
        if shows and said != found.news:
            letters.change(tx, letter, news=said, news_at=tx.now if said else None)
            record(tx, found, Act.UPDATED, actor.person, ground=said)
            card_changed(tx, found)
            if said and not tells:
                _tell(tx, found, UPDATE, by_mail=True)
        if tells:
            if not found.phase.is_delivered:
                raise Refused.because(Reason.NOT_DELIVERED, title=found.title)
            if found.told >= TOLD_MOST:
                raise Refused.because(Reason.TOLD_ALREADY)
            letters.change(tx, letter, told_words=said, told=found.told + 1)
            count = _tell(tx, found, found.told + 1)
            record(tx, found, Act.TOLD, actor.person, ground=said, count=count)
        return {"told": count}

    return once(tx, actor.workspace, trigger, act)["told"]


def _tell(tx: Transaction, letter: Letter, number: int, *, by_mail: bool = False) -> int:
    """Queue a message to everyone who signed, or only to those who get it `by_mail`."""
    told = [
        replace(notices.news(letter.id, number, one), due_at=next_window(tx.now, tz))
        for one, tz in reminder_targets.signers(tx, letter)
        if one.by_mail or not by_mail
    ]
    outbox.owe(tx, letter.workspace, told)
    return len(told)


@reading
def told(tx: Transaction, *, letter: int, number: int, person: Person) -> Letter | NotNow | None:
    """Return the letter for message `number` to a signer (`UPDATE` too), or when to send it.

    None if they withdrew or want no more messages, or there is a newer message.
    """
    found = letters.find(tx, letter)
    signed = endorsements.held_by(tx, [(letter, person)])
    if found is None or not signed:
        return None
    if not found.news if number == UPDATE else found.told != number or not found.phase.is_delivered:
        return None
    if reminders.wish(tx, letter, person).stopped:
        return None
    at = tx.now if person.by_mail else next_daytime(tx, found.workspace, person)
    return NotNow(until=at) if at > tx.now else found.as_seen_by(Role.MEMBER, tx.now)
