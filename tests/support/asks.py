"""People and organisations who are asked, for tests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.features.invitations import rows as invitation_rows
from bot.features.invitations.rules import ToAsk
from bot.features.invitations.use_cases import answers as answering
from bot.features.invitations.use_cases import invitations
from bot.features.invitations.use_cases.entry import Entered
from bot.letters.endorsement import Kind
from bot.letters.invitation import Ask, AskState, Saying
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.storage.database import Database
from bot.storage.workspaces import Acquaintance
from tests.support.letters import ORGANISER, a_delivery, rows


def a_person(actor: Actor, **changed: Any) -> ToAsk:
    """Somebody of the workspace who shall be asked."""
    return ToAsk(kind=Kind.PERSON, person=actor.person, **changed)


def an_organisation(name: str, through: Actor | None = None, **changed: Any) -> ToAsk:
    """An organisation that shall be asked, through a contact here or without one."""
    person = None if through is None else through.person
    return ToAsk(kind=Kind.ORGANISATION, organisation=name, person=person, **changed)


def acquaintance(actor: Actor, tz: str = "UTC") -> Acquaintance:
    """What Slack says of somebody."""
    return Acquaintance(person=actor.person, tz=tz, membership=actor.membership, reachable=True)


async def asks_for(
    database: Database,
    letter: Letter,
    *wanted: ToAsk,
    met: Sequence[Actor] = (),
    actor: Actor = ORGANISER,
    delivery: str | None = None,
) -> Entered:
    """An organiser puts these on the list of those who are asked."""
    return await invitations.ask(
        database,
        letter=letter.id,
        actor=actor,
        wanted=wanted,
        met=[acquaintance(one) for one in met],
        delivery=delivery or a_delivery(),
    )


async def are_asked(database: Database, letter: Letter, *people: Actor) -> list[Ask]:
    """These people of the workspace are asked; gives all the asks of the letter."""
    await asks_for(database, letter, *(a_person(one) for one in people), met=people)
    return await the_asks(database, letter)


async def the_asks(database: Database, letter: Letter) -> list[Ask]:
    """All asks of a letter, the first one first."""
    return await database.read(lambda tx: invitation_rows.of_letter(tx, letter.id))


async def states(database: Database, letter: Letter) -> list[AskState]:
    """Where all asks of a letter stand, the first one first."""
    return [ask.state for ask in await the_asks(database, letter)]


async def answers(
    database: Database, actor: Actor, ask: Ask, saying: Saying, day: date | None = None
) -> Ask:
    """The one who was asked says where it stands."""
    return await answering.answer(
        database, ask=ask.id, actor=actor, saying=saying, day=day, delivery=a_delivery()
    )


async def told(database: Database) -> list[str]:
    """User ids of those whose first message is owed, or was."""
    owed = [row for row in await rows(database, "outbox") if row["kind"] == "ask"]
    return sorted(row["target"] for row in owed)
