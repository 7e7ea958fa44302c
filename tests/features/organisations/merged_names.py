"""Organisations that signed under several names, and an organiser who finds them to be one."""

from bot.features.organisations.use_cases import merges
from bot.letters.letter import Letter
from bot.letters.people import Actor
from bot.storage.database import Database
from tests.support.letters import (
    ORGANISER,
    a_trigger,
    an_actor,
    for_organisation,
    rows,
    signs,
)

WHOLE, SHORT, SLIP = (
    "Electronic Frontier Foundation", "EFF", "Electronic Fronteir Foundation",
)  # fmt: skip


THIRD = an_actor("U0THIRD")


async def signed_for(
    database: Database, letter: Letter, *signed: tuple[Actor, str]
) -> dict[str, str]:
    """Each signs for an organisation; the ids of the endorsements by their names."""
    given = {}
    for actor, name in signed:
        one = await signs(
            database, actor, letter, for_organisation(actor, letter, name), confirms=True
        )
        given[name] = one.endorsement
    return given


async def ids(database: Database) -> dict[str, str]:
    """Signatories by the entries that they were first signed with."""
    return {
        str(row["entry"]): str(row["id"])
        for row in await rows(database, "signatories")
        if row["kind"] == "organisation"
    }


async def one(database: Database, keeps: str, goes: str, actor: Actor = ORGANISER) -> None:
    """An organiser finds two entries to be one."""
    known = await ids(database)
    await merges.merge(
        database, keeps=known[keeps], goes=(known[goes],), actor=actor, trigger=a_trigger()
    )
