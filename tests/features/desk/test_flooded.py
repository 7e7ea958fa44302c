"""A flood on an organiser's desk is bounded, and hides nothing of another letter."""

from dataclasses import replace
from datetime import timedelta

from bot.features.desk.slack import home_view
from bot.features.desk.slack.home_view import MOST, needs_blocks
from bot.features.desk.use_cases import home
from bot.features.desk.use_cases.needs import NeedKind, needs
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import standing
from bot.letters.letter import Letter, PostingState
from bot.letters.people import Actor
from bot.locales import words
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    ORGANISER,
    a_trigger,
    an_open_letter,
    for_organisation,
    members,
    rows,
    signs,
)
from tests.support.reading import fields, words_of
from tests.support.scenes.worst_facts import a_posting

T = words("en-GB")
NAMES = ("Fen Trust", "Harbour Watch", "Lantern House", "Moor Society", "Quay Forum", "Reed Guild")


async def test_many_objections(database: Database) -> None:
    """Objections to many entries of a letter are one need, and those of another letter are seen."""
    flooded, other = await an_open_letter(database), await an_open_letter(database)
    await objected(database, flooded, *NAMES)
    await objected(database, other, "Weir Council")

    shown = (await home.page(database, actor=ORGANISER)).needs
    found = [one for one in shown if one.kind is NeedKind.OBJECTION]
    assert {one.letter.id: (one.entry, one.count) for one in found} == {
        flooded.id: ("", len(NAMES)),
        other.id: ("Weir Council", 0),
    }
    said = words_of({"blocks": needs_blocks(words("en-GB"), shown)})
    assert "*6 entries* have objections." in said
    assert "Weir Council" in said


async def objected(database: Database, letter: Letter, *names: str) -> None:
    people = members(2 * len(names))
    for name, signer, objector in zip(names, people, people[len(names) :], strict=False):
        await signs(database, signer, letter, for_organisation(signer, letter, name))
        known = await rows(database, "signatories")
        await standing.object_to(
            database,
            signatory=next(row["id"] for row in known if row["entry"] == name),
            actor=objector,
            name="An Objector",
            role="Chair",
            reason="Nobody asked our board about it.",
            trigger=a_trigger(),
        )


async def test_made_organiser_of_many(database: Database, clock: Clock) -> None:
    """An organiser added to many letters sees their own first, and is told once a day."""
    own = await an_open_letter(database)
    await objected(database, own, "Weir Council")
    sender = members(1)[0]
    member = members(2)[1]
    await made_organiser(database, own, ORGANISER, member)
    for number in range(home.MOST_OWN + 1):
        other = await an_open_letter(database, actor=sender)
        clock.advance(timedelta(seconds=1))
        for added in (ORGANISER, member):
            await made_organiser(database, other, sender, added)
        if number < MOST:
            await objected(database, other, *NAMES[:4])
    page = await home.page(database, actor=ORGANISER)
    assert page.organised[0].letter.id == own.id
    assert page.needs[0].letter.id == own.id
    # So does who was made an organiser of it before the others.
    page = await home.page(database, actor=member)
    assert [page.organised[0].letter.id, page.needs[0].letter.id] == [own.id, own.id]
    assert (len(page.organised), page.more_organised) == (home.MOST_OWN, 2)
    (turn,) = [
        one
        for _, one in fields(home_view.home(T, page)["blocks"])
        if one.get("value") == "0:letters:2"
    ]
    rest = await home.page(database, actor=member, number=2)
    assert turn["text"]["text"] == "Show more"
    shown = {one.letter.id for one in (*page.organised, *rest.organised)}
    assert (len(shown), rest.more_organised) == (home.MOST_OWN + 2, 0)
    told = [one for one in await rows(database, "outbox") if one["target"] == ORGANISER.person.user]
    assert len([one for one in told if one["subject"].get("about") == "made_organiser"]) == 1


async def made_organiser(database: Database, letter: Letter, actor: Actor, added: Actor) -> None:
    await lifecycle.add_organiser(
        database,
        letter=letter.id,
        actor=actor,
        person=added.person,
        membership=added.membership,
    )


async def test_many_cards(database: Database) -> None:
    """Many cards of a letter that could not be posted are one need; a few are each their own."""
    for count, shown in ((3, 3), (12, 1)):
        letter = await an_open_letter(database)
        failed = [
            replace(a_posting(number, PostingState.FAILED), letter=letter.id)
            for number in range(count)
        ]
        found = await database.read(lambda tx, of=letter, cards=failed: needs(tx, [of], cards))
        assert len(found) == shown
    said = words_of({"blocks": needs_blocks(words("en-GB"), found)})
    assert "*12 cards* may not be in their channels." in said
