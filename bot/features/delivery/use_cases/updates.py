"""Showing an update under a letter, and telling everyone who signed."""

from collections.abc import Sequence
from dataclasses import replace

from bot.letters import notices
from bot.letters.draft import SUMMARY_MOST, refuse_texts
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused, raise_for
from bot.letters.send_windows import NotNow, next_window
from bot.storage import letters, outbox, reminder_targets
from bot.storage.database import (
    Database,
    Transaction,
    reading,
    reading_aside,
    writing,
    writing_aside,
)
from bot.use_cases.addressees import next_daytime
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, once
from bot.use_cases.letter_jobs import apart

UPDATE = 0
"""The number of a message that shows the update under the letter, which is sent by mail alone."""
TOLD_MOST = 2
"""Most messages to everyone who signed: after the delivery, and with the answer."""
PORTION = 100
"""The most of these messages that are queued in one transaction."""


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
    tells: int | None = None,
    trigger: str,
) -> int:
    """Show an update under a letter, or tell everyone who signed; return how many are told.

    Without words, the update disappears. `tells` is how many can be told (`reach`), or None
    to tell nobody. Each signer gets one message, in their daytime, which `tell` queues.

    Raises:
        Refused: the letter takes no updates now, the actor does not run it, the words are missing
            or too long, or those who signed can't be told (again).
    """

    def act() -> dict[str, int]:
        found, said = admit(tx, letter, actor, Action.UPDATE), words.strip()
        if not shows and tells is None:
            raise Refused.because(Reason.EMPTY, "shows")
        raise_for(refuse_texts(("words" if tells is None else "note", said, SUMMARY_MOST)))
        if shows and said != found.news:
            letters.change(tx, letter, news=said, news_at=tx.now if said else None)
            record(tx, found, Act.UPDATED, actor.person, ground=said)
            card_changed(tx, found)
            if said and tells is None:
                people = reminder_targets.signers(tx, found)
                _owe(tx, found, UPDATE, [one for one in people if one[0].by_mail])
        if tells is not None:
            if not found.phase.is_delivered:
                raise Refused.because(Reason.NOT_DELIVERED, title=found.title)
            if found.told >= TOLD_MOST:
                raise Refused.because(Reason.TOLD_ALREADY)
            letters.change(tx, letter, told_words=said, told=found.told + 1, telling="")
            record(tx, found, Act.TOLD, actor.person, ground=said, count=tells)
        return {"told": tells or 0}

    return once(tx, actor.workspace, trigger, act)["told"]


async def tell(database: Database) -> None:
    """Queue the messages to everyone who signed, in portions, between which others can write."""
    for letter in await database.read(letters.telling):
        with apart("tell", letter):
            after, people = await _untold(database, letter=letter)
            for start in range(0, len(people) + 1, PORTION):
                portion = people[start : start + PORTION]
                if not await _queue(database, letter=letter, after=after, people=portion):
                    break
                after = str(portion[-1][0]) if portion else ""


@reading_aside
def _untold(tx: Transaction, *, letter: int) -> tuple[str, list[tuple[Person, str]]]:
    found = letters.find(tx, letter)
    if found is None or found.telling is None:
        return "", []
    people = sorted(reminder_targets.signers(tx, found), key=lambda one: str(one[0]))
    return found.telling, [one for one in people if str(one[0]) > found.telling]


@writing
def _queue(
    tx: Transaction, *, letter: int, after: str, people: Sequence[tuple[Person, str]]
) -> bool:
    """Queue a portion of the messages; return False if another process did, or began anew."""
    found = letters.find(tx, letter, lock=True)
    if found is None or found.telling != after:
        return False
    _owe(tx, found, found.told, people)
    last = str(people[-1][0]) if len(people) == PORTION else None
    letters.change(tx, letter, telling=last)
    return True


def _owe(
    tx: Transaction, letter: Letter, number: int, people: Sequence[tuple[Person, str]]
) -> None:
    told = [
        replace(notices.news(letter.id, number, one), due_at=next_window(tx.now, tz))
        for one, tz in people
    ]
    outbox.owe(tx, letter.workspace, told)


@reading
def told(tx: Transaction, *, letter: int, number: int, person: Person) -> Letter | NotNow | None:
    """Return the letter for message `number` to a signer (`UPDATE` too), or when to send it.

    None if they withdrew, were removed or want no more messages, or there is a newer message.
    """
    found = letters.find(tx, letter)
    if found is None:
        return None
    if not found.news if number == UPDATE else found.told != number or not found.phase.is_delivered:
        return None
    if not reminder_targets.signers(tx, found, person):
        return None
    at = tx.now if person.by_mail else next_daytime(tx, found.workspace, person)
    return NotNow(until=at) if at > tx.now else found.as_seen_by(Role.MEMBER, tx.now)
