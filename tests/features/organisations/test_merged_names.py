"""Merged organisations go on meaning all their names, each in its country, and get them back."""

from datetime import timedelta

from bot.features.amendments.use_cases import amendments
from bot.features.organisations.use_cases import merge_history, merges
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter, Tally
from bot.letters.people import Actor
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    BODY,
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_trigger,
    an_open_letter,
    changes,
    for_organisation,
    rows,
    signs,
    the_list,
    the_tally,
)

NAME, OTHER = "Rights Now", "Droits Maintenant"


async def speaks(
    database: Database, letter: Letter, actor: Actor, name: str, country: str = ""
) -> str:
    """Somebody signs for an organisation; the id of the endorsement."""
    signature = for_organisation(actor, letter, name, country, name=actor.person.user)
    return (await signs(database, actor, letter, signature, confirms=True)).endorsement


async def merged(database: Database, keeps: str, goes: str) -> None:
    """An organiser merges two entries."""
    known = {row["entry"]: row["id"] for row in await rows(database, "signatories")}
    await merges.merge(
        database, keeps=known[keeps], goes=(known[goes],), actor=ORGANISER, trigger=a_trigger()
    )


async def undone(database: Database, letter: Letter) -> None:
    """An organiser undoes the last merge."""
    _, made = await merge_history.merges_of(database, letter=letter.id, actor=ORGANISER)
    await merge_history.undo_merge(
        database, merge=made[0].merge, actor=ORGANISER, trigger=a_trigger()
    )


async def test_each_in_its_country(database: Database) -> None:
    """A signer for the merged name and country joins; one for another country does not."""
    letter = await an_open_letter(database)
    await speaks(database, letter, MEMBER, NAME, "Kenya")
    await speaks(database, letter, OTHER_MEMBER, OTHER, "France")
    await merged(database, f"{OTHER} (France)", f"{NAME} (Kenya)")
    await speaks(database, letter, GUEST, NAME, "Kenya")
    assert await the_tally(database, letter) == Tally(organisations=1)
    await speaks(database, letter, ORGANISER, NAME, "Spain")
    assert await the_list(database, letter) == [f"{OTHER} (France)", f"{NAME} (Spain)"]


async def test_two_countries_that_nobody_names(database: Database) -> None:
    """Two that were apart by countries nobody names any more are of none once they are merged."""
    letter = await an_open_letter(database)
    both = ((MEMBER, "Kenya"), (OTHER_MEMBER, "France"))
    given = [await speaks(database, letter, actor, NAME, country) for actor, country in both]
    for (actor, country), endorsement in zip(both, given, strict=True):
        signature = for_organisation(actor, letter, NAME, name=actor.person.user, via=country)
        await changes(database, endorsement=endorsement, actor=actor, signature=signature)
    assert await the_tally(database, letter) == Tally(organisations=2)
    await merged(database, f"{NAME} via Kenya", f"{NAME} via France")
    await speaks(database, letter, GUEST, NAME, "Spain")
    assert await the_tally(database, letter) == Tally(organisations=1)


async def test_renamed_since(database: Database) -> None:
    """A signer who has changed to the other's name since stays with it when the merge is undone."""
    letter = await an_open_letter(database)
    await speaks(database, letter, MEMBER, NAME)
    await speaks(database, letter, OTHER_MEMBER, OTHER)
    given = await speaks(database, letter, GUEST, OTHER)
    await merged(database, NAME, OTHER)
    signature = for_organisation(GUEST, letter, NAME, name=GUEST.person.user)
    await changes(database, endorsement=given, actor=GUEST, signature=signature)
    await undone(database, letter)
    counted = {row["entry"]: row["endorsements"] for row in await rows(database, "signatories")}
    assert counted == {NAME: 2, OTHER: 1}


async def test_words_that_came_back(database: Database, clock: Clock) -> None:
    """A signature that a merge ended is for the text it was given for, also if that came back."""
    letter = await an_open_letter(database)
    for name in (NAME, OTHER):
        await speaks(database, letter, MEMBER, name)
    await merged(database, NAME, OTHER)
    for body in ("Other words.", BODY):
        clock.advance(timedelta(hours=1))
        await amends(
            database, letter=letter.id, actor=ORGANISER, body=body, note="Why.",
            kind=AmendmentKind.MATERIAL, answer_by=clock.now() + timedelta(days=2),
        )  # fmt: skip
    await undone(database, letter)
    assert {row["meaning"] for row in await rows(database, "endorsements")} == {3}
    clock.advance(timedelta(days=3))
    await amendments.drop_silent(database)
    assert await the_tally(database, letter) == Tally(organisations=2)
