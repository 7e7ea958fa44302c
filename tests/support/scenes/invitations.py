"""People and organisations who are invited, for tests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import answers as answering
from bot.features.invitations.use_cases import invitations
from bot.features.invitations.use_cases.entry import Entered
from bot.letters.endorsement import Kind
from bot.letters.invitation import Invitation, InvitationState, Saying
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.storage.database import Database
from bot.storage.workspaces import Acquaintance
from tests.support.letters import ORGANISER, a_trigger, rows


def a_person(actor: Actor, **changed: Any) -> Invitee:
    """Make somebody of the workspace to invite."""
    return Invitee(kind=Kind.PERSON, person=actor.person, **changed)


def an_organisation(name: str, through: Actor | None = None, **changed: Any) -> Invitee:
    """Make an organisation to invite, through a contact here or without one."""
    person = None if through is None else through.person
    return Invitee(kind=Kind.ORGANISATION, organisation=name, person=person, **changed)


def acquaintance(actor: Actor, tz: str = "UTC") -> Acquaintance:
    """Make Slack's description of somebody."""
    return Acquaintance(person=actor.person, tz=tz, membership=actor.membership, reachable=True)


async def invites(
    database: Database,
    letter: Letter,
    *wanted: Invitee,
    met: Sequence[Actor] = (),
    actor: Actor = ORGANISER,
    trigger: str | None = None,
) -> Entered:
    """An organiser puts these on the list of those who are invited."""
    return await invitations.invite(
        database,
        letter=letter.id,
        actor=actor,
        wanted=wanted,
        met=[acquaintance(one) for one in met],
        trigger=trigger or a_trigger(),
    )


async def may_object(
    database: Database, letter: Letter, actor: Actor, *organisations: str, by: Actor = ORGANISER
) -> None:
    """Somebody is invited to sign for organisations, so that their objections count at once."""
    wanted = [an_organisation(name, actor) for name in organisations]
    await invites(database, letter, *wanted, met=[actor], actor=by)


async def are_invited(database: Database, letter: Letter, *people: Actor) -> list[Invitation]:
    """These people of the workspace are invited; gives all the invitations of the letter."""
    await invites(database, letter, *(a_person(one) for one in people), met=people)
    return await the_invitations(database, letter)


async def the_invitations(database: Database, letter: Letter) -> list[Invitation]:
    """All invitations of a letter, the first one first."""
    return await database.read(lambda tx: invitation_rows.of_letter(tx, letter.id))


async def states(database: Database, letter: Letter) -> list[InvitationState]:
    """List the states of all invitations of a letter, the first one first."""
    return [invitation.state for invitation in await the_invitations(database, letter)]


async def answers(
    database: Database,
    actor: Actor,
    invitation: Invitation,
    saying: Saying,
    day: date | None = None,
) -> Invitation:
    """Answer an invitation as the one who was invited."""
    return await answering.answer(
        database,
        invitation=invitation.id,
        actor=actor,
        saying=saying,
        day=day,
        trigger=a_trigger(),
    )


async def told(database: Database) -> list[str]:
    """User ids of those whose first message is owed, or was."""
    owed = [row for row in await rows(database, "outbox") if row["kind"] == "invitation"]
    return sorted(row["target"] for row in owed)
