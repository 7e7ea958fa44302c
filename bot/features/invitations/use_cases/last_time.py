"""Inviting those who signed the letter that a letter was started from."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases.entry import Entered
from bot.features.invitations.use_cases.invitations import invite
from bot.letters.letter import Letter, Sight
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.storage.database import Database, Transaction, reading_aside
from bot.use_cases import letter_lookup
from bot.use_cases.gate import admit
from bot.use_cases.letter_jobs import Written, in_portions


@reading_aside
def last_time(
    tx: Transaction, *, letter: int, actor: Actor
) -> tuple[Letter, Letter, list[Invitee]]:
    """Return a letter, the earlier one, and who signed that and can be invited to this one.

    Raises:
        Refused: the letter allows no invitations now, the actor does not organise both letters, or
            an embargo hides who signed the earlier one, as other organisers see who is invited.
    """
    found = admit(tx, letter, actor, Action.INVITE, lock=False)
    earlier = letter_lookup.earlier(tx, found, actor)
    if earlier is None:
        raise Refused.because(Reason.NOT_ORGANISER, title=found.title)
    if earlier.sight(Role.MEMBER, tx.now) is not Sight.ALL:
        raise Refused.because(Reason.UNDER_EMBARGO, title=earlier.title)
    return found, earlier, invitation_rows.signers_of(tx, earlier.id, found)


async def invite_again(
    database: Database, *, letter: int, actor: Actor, words: str, at_once: bool, trigger: str
) -> Entered:
    """Invite everyone who signed last time, with an organiser's own words."""
    _, _, signed = await last_time(database, letter=letter, actor=actor)

    async def write(some: Sequence[Invitee], id_: str) -> Written:
        entered = await invite(
            database, letter=letter, actor=actor, wanted=some, at_once=at_once, trigger=id_
        )
        return asdict(entered), {}

    counts, _ = await in_portions([replace(one, words=words) for one in signed], trigger, write)
    return Entered(**counts) if counts else Entered(added=0)
