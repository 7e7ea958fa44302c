"""Surfaces that show a letter, and people with every tie to one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.features.amendments.use_cases import texts
from bot.features.cards import use_cases as cards
from bot.features.delivery.use_cases import exports
from bot.features.desk.use_cases import home
from bot.features.invitations.use_cases import first_signers
from bot.features.organisations.use_cases import matches
from bot.features.reading.use_cases import pages
from bot.features.reminders.use_cases import reminders
from bot.features.signing.use_cases import own_signature, signatures
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Letter, PostingState
from bot.letters.people import Actor, Membership
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.storage import postings
from bot.storage.database import Database
from bot.use_cases import letter_lookup
from tests.support.clock import Clock
from tests.support.letters import (
    CHANNEL,
    ELSEWHERE,
    ORGANISER,
    a_draft,
    a_signature,
    a_trigger,
    an_actor,
    are_in_channel,
    cards_are_up,
    for_organisation,
    signs,
    the_letter,
)
from tests.support.scenes.invitations import are_invited
from tests.support.scenes.phases import FIRST_SIGNER, led_to

UNPOSTED, PRIVATE, PUBLIC, TAKEN_DOWN, FAILED = "unposted", "private", "public", "down", "failed"


INVITED = an_actor("U0INVITED", Membership.GUEST)


SIGNED = an_actor("U0SIGNED")
"""Signed, then left the channel."""


WITHDREW = an_actor("U0WITHDREW", Membership.OUTSIDER, team=ELSEWHERE)
"""Signed, withdrew, and left the channel."""


PRESENT = an_actor("U0PRESENT", Membership.GUEST)


FROM_ELSEWHERE = an_actor("U0THERE", Membership.OUTSIDER, team=ELSEWHERE)
"""A person of another organisation, in the channel."""


LEFT = an_actor("U0LEFT", Membership.GUEST)


COLLEAGUE = an_actor("U0COLLEAGUE")
"""A full member who is in no channel with a card."""


GUEST = an_actor("U0NOWHERE", Membership.GUEST)


OUTSIDER = an_actor("U0AWAY", Membership.OUTSIDER, team=ELSEWHERE)


EVERYONE = [
    ORGANISER, FIRST_SIGNER, INVITED, SIGNED, WITHDREW, PRESENT, FROM_ELSEWHERE, LEFT, COLLEAGUE,
    GUEST, OUTSIDER,
]  # fmt: skip


BY_NAME = {INVITED, SIGNED, FIRST_SIGNER}


IN_CHANNEL = {PRESENT, FROM_ELSEWHERE}


def may_see(actor: Actor, phase: Phase, posting: str) -> bool:
    """Return whether somebody may see the letter, as DESIGN says it."""
    if actor is ORGANISER:
        return True
    if posting == UNPOSTED:
        return phase is not Phase.DRAFT and actor is FIRST_SIGNER
    if actor in BY_NAME:
        return True
    if posting != FAILED and actor in IN_CHANNEL:
        return True
    return posting == PUBLIC and actor.membership is Membership.MEMBER


@dataclass(frozen=True, slots=True)
class Seen:
    """A letter in a phase, and somebody who looks for it."""

    database: Database
    letter: Letter
    actor: Actor


async def is_there(story: Awaitable[object]) -> bool:
    """Return whether a story shows the letter, if only by a refusal that says more."""
    try:
        shown = await story
    except Refused as said:
        return said.refusal.reason not in {
            Reason.NO_SUCH_LETTER,
            Reason.CANNOT_READ,
            Reason.NOT_INVITED,
        }
    return shown is not None


def _ids(found: Any) -> set[int]:
    return {one.id for one in found}


async def in_list(seen: Seen) -> bool:
    found = await letter_lookup.find(seen.database, actor=seen.actor, action=Action.READ)
    return seen.letter.id in _ids(found)


async def _by_number(seen: Seen) -> bool:
    found = await letter_lookup.find(
        seen.database, actor=seen.actor, action=Action.READ, word=str(seen.letter.id)
    )
    return bool(found)


async def is_at_home(seen: Seen) -> bool:
    page = await home.page(seen.database, actor=seen.actor)
    held, own = ([one.letter for one in some] for some in (page.signed, page.organised))
    return seen.letter.id in _ids([*page.open_letters, *own, *held])


LOOKS: dict[str, Callable[[Seen], Awaitable[bool]]] = {
    "list": in_list,
    "number": _by_number,
    "read": lambda s: is_there(letter_lookup.whole(s.database, letter=s.letter.id, actor=s.actor)),
    "signers": lambda s: is_there(
        pages.who_signed(s.database, letter=s.letter.id, actor=s.actor, after=None, limit=5)
    ),
    "sign form": lambda s: is_there(
        signatures.opening(s.database, letter=s.letter.id, actor=s.actor)
    ),
    "own signature": lambda s: is_there(
        own_signature.own_on(s.database, letter=s.letter.id, actor=s.actor)
    ),
    "texts": lambda s: is_there(texts.history(s.database, letter=s.letter.id, actor=s.actor)),
    "organisations": lambda s: is_there(
        matches.meant(
            s.database,
            letter=s.letter.id,
            actor=s.actor,
            signature=for_organisation(s.actor, s.letter, "Some Group"),
        )
    ),
    "export": lambda s: is_there(
        exports.under_embargo(s.database, letter=s.letter.id, actor=s.actor)
    ),
    "status": lambda s: is_there(
        letter_lookup.check(s.database, letter=s.letter.id, actor=s.actor, action=Action.SEE_STATUS)
    ),
}
"""Surfaces that show a letter to those who may see it, and to nobody else."""


CLICKS: dict[str, Callable[[Seen], Awaitable[object]]] = {
    "sign": lambda s: signs(s.database, s.actor, s.letter, a_signature(s.actor, s.letter)),
    "later": lambda s: reminders.later(
        s.database, letter=s.letter.id, actor=s.actor, trigger=a_trigger()
    ),
    "stop": lambda s: reminders.stop(s.database, letter=s.letter.id, actor=s.actor),
    "resume": lambda s: reminders.resume(s.database, letter=s.letter.id, actor=s.actor),
}
"""Clicks that a person can make up, whose answer would show the letter."""


async def _posted(database: Database, clock: Clock, letter: Letter, posting: str) -> None:
    """Post the letter, let some sign, and let those leave who are to have left."""
    public = [CHANNEL] if posting == PUBLIC else []
    await cards.post(
        database,
        letter=letter.id,
        actor=ORGANISER,
        channels=[CHANNEL],
        public=public,
        trigger=a_trigger(),
    )
    await cards_are_up(database, letter)
    stay = [ORGANISER, PRESENT, FROM_ELSEWHERE]
    await are_in_channel(database, [*stay, SIGNED, WITHDREW, LEFT])
    await signs(database, SIGNED, letter)
    given = await signs(database, WITHDREW, letter, a_signature(WITHDREW, letter, name="Another"))
    await withdrawals.withdraw(
        database, endorsement=given.endorsement, actor=WITHDREW, trigger=a_trigger()
    )
    clock.advance(timedelta(minutes=1))
    await are_in_channel(database, stay)
    (card,) = await cards.cards(database, letter=letter.id)
    if posting == TAKEN_DOWN:
        await database.write(lambda tx: postings.change(tx, card.id, PostingState.DOWN))
    if posting == FAILED:
        await database.write(
            lambda tx: tx.connection.exec_driver_sql(
                "UPDATE postings SET state = 'failed', message_ts = NULL"
            )
        )


async def led(database: Database, clock: Clock, phase: Phase, posting: str) -> Letter:
    """A letter in a phase with its cards as they are to be."""
    letter = await a_draft(database)
    if phase is Phase.DRAFT:
        return letter
    await first_signers.found(
        database, letter=letter.id, actor=ORGANISER, people=[FIRST_SIGNER.person]
    )
    await are_invited(database, letter, INVITED)
    if posting == UNPOSTED:
        await signs(database, FIRST_SIGNER, letter)
    else:
        await _posted(database, clock, letter, posting)
    if phase in {Phase.FOUNDING, Phase.OPEN}:
        return await the_letter(database, letter.id)
    return await led_to(database, clock, letter, phase)
