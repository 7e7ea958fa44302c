"""An organiser who was removed invites nobody, and nobody is invited to many letters at once."""

from bot.features.invitations.use_cases import answers as answering
from bot.features.invitations.use_cases import invitations
from bot.features.lifecycle import use_cases as lifecycle
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    rows,
)
from tests.support.scenes.invitations import a_person, acquaintance, invites


async def test_removed_organiser_invites_nobody(database: Database) -> None:
    """Nobody gets an invitation in the name of somebody who is no organiser any more."""
    letter = await an_open_letter(database)
    await lifecycle.add_organiser(
        database, letter=letter.id, actor=ORGANISER, person=MEMBER.person,
        membership=MEMBER.membership,
    )  # fmt: skip
    await invites(database, letter, a_person(OTHER_MEMBER), met=[OTHER_MEMBER], actor=MEMBER)
    person = OTHER_MEMBER.person
    assert await answering.first(database, letter=letter.id, person=person) is not None
    await lifecycle.remove_organiser(
        database, letter=letter.id, actor=ORGANISER, person=MEMBER.person
    )
    assert await answering.first(database, letter=letter.id, person=person) is None


async def test_many_letters_at_once(database: Database, clock: Clock) -> None:
    """A person gets three invitations of one organiser in a day, also where all are sent at once."""
    letters = [await an_open_letter(database, title=f"Letter {number}") for number in range(8)]
    for letter in letters:
        await invitations.invite(
            database,
            letter=letter.id,
            actor=ORGANISER,
            wanted=[a_person(MEMBER)],
            met=[acquaintance(MEMBER)],
            at_once=True,
            trigger=a_trigger(),
        )
    await invites(database, letters[0], a_person(OTHER_MEMBER), met=[OTHER_MEMBER])
    owed = [row for row in await rows(database, "outbox") if row["kind"] == "invitation"]
    due = [row["due_at"] for row in owed if row["target"] == MEMBER.person.user]
    assert [(at - clock.now()).days for at in due] == [0, 0, 0, 1, 1, 1, 2, 2]
    (other,) = (row["due_at"] for row in owed if row["target"] != MEMBER.person.user)
    assert (other - clock.now()).days == 0
