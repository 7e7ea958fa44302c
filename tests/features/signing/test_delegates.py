import asyncio
from datetime import timedelta

import pytest

from bot.features.organisations.use_cases import matches, removals, standing
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.letter import Tally
from bot.letters.people import Actor
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Confirmation, Embargo, Hidden, Rules
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    PERMITTED,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    changes,
    everything,
    for_organisation,
    members,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.refusing import refused


async def test_one_organisation(database: Database) -> None:
    """Two delegates of an organisation are one signatory, under the first one's entry."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "The Web Group"))
    await signs(
        database,
        OTHER_MEMBER,
        letter,
        for_organisation(OTHER_MEMBER, letter, "WEB GROUP", "Spain"),
        confirms=True,
    )
    assert await the_list(database, letter) == ["The Web Group"]
    assert await the_tally(database, letter) == Tally(organisations=1)


@pytest.mark.parametrize("first_goes", [True, False])
async def test_a_delegate_withdraws(database: Database, *, first_goes: bool) -> None:
    """When the first delegate withdraws the next one's entry waits; others change nothing."""
    letter = await an_open_letter(database)
    delegates = members(4)
    signed = [
        await signs(
            database,
            one,
            letter,
            for_organisation(one, letter, "Web Group", via=via),
            confirms=True,
        )
        for one, via in zip(delegates, ("a Fund", "a Net", "a Lab", "a Union"), strict=True)
    ]
    goes = 0 if first_goes else 2
    await withdrawals.withdraw(
        database,
        endorsement=signed[goes].endorsement,
        actor=delegates[goes],
        trigger=a_trigger(),
    )
    stands = "Web Group via a Net" if first_goes else "Web Group via a Fund"
    assert [party["entry"] for party in await rows(database, "signatories")] == [stands]
    waiting = int(first_goes)
    tally = Tally(organisations=1 - waiting, waiting=waiting)
    assert await the_tally(database, letter) == tally


@pytest.mark.on_both
async def test_delegates_at_once(database: Database) -> None:
    """Delegates who sign in one moment keep their order, also through a correction."""
    letter = await an_open_letter(database)
    delegates = members(12)
    signed = await asyncio.gather(
        *(
            signs(
                database,
                one,
                letter,
                for_organisation(one, letter, "Web Group", f"Land {n:02}A"),
                confirms=True,
            )
            for n, one in enumerate(delegates)
        )
    )
    assert await the_list(database, letter) == ["Web Group (Land 00A)"]
    for n in (11, 6):
        await changes(
            database,
            endorsement=signed[n].endorsement,
            actor=delegates[n],
            signature=for_organisation(delegates[n], letter, "Web Group", f"Land {n:02}B"),
            trigger=a_trigger(),
        )
        assert await the_list(database, letter) == ["Web Group (Land 00A)"]
    for n, one in enumerate(delegates[:-1]):
        await withdrawals.withdraw(
            database, endorsement=signed[n].endorsement, actor=one, trigger=a_trigger()
        )
        after = f"{n + 1:02}" + ("B" if n + 1 in (11, 6) else "A")
        (party,) = await rows(database, "signatories")
        assert (party["entry"], party["waits"]) == (f"Web Group (Land {after})", "look")


@pytest.mark.on_both
async def test_delegates_through_two_processes(
    database_url: str, database: Database, clock: Clock
) -> None:
    """No voice for an organisation is lost where two processes take them at once."""
    letter = await an_open_letter(database)
    delegates = members(40)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    async with Database(database_url, clock=clock.now) as other:
        doors = [database, other]
        # Both have their connections open, so that they really meet.
        assert await the_tally(other, letter) == Tally(organisations=1)
        signed = await asyncio.gather(
            *(
                signs(
                    doors[n % 2],
                    one,
                    letter,
                    for_organisation(one, letter, "Web Group"),
                    confirms=True,
                )
                for n, one in enumerate(delegates)
            )
        )
    (party,) = await rows(database, "signatories")
    assert party["endorsements"] == 41
    assert await the_tally(database, letter) == Tally(organisations=1)
    for one, given in zip(delegates, signed, strict=True):
        await withdrawals.withdraw(
            database, endorsement=given.endorsement, actor=one, trigger=a_trigger()
        )
    assert await the_list(database, letter) == ["Web Group"]


async def test_the_entry_that_stands(database: Database, clock: Clock) -> None:
    """The listed entry stays, even if another process's clock was behind."""
    letter = await an_open_letter(database)
    await signs(
        database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group", via="a Fund")
    )
    clock.advance(timedelta(seconds=-5))
    other = await signs(
        database,
        OTHER_MEMBER,
        letter,
        for_organisation(OTHER_MEMBER, letter, "Web Group", via="a Net"),
        confirms=True,
    )
    await changes(
        database,
        endorsement=other.endorsement,
        actor=OTHER_MEMBER,
        signature=for_organisation(OTHER_MEMBER, letter, "Web Group", via="a Lab"),
        trigger=a_trigger(),
    )
    assert await the_list(database, letter) == ["Web Group via a Fund"]


async def test_signed_already(database: Database) -> None:
    """A second delegate who does not know of the first is told who signed, and counts for nothing."""
    letter = await an_open_letter(database)
    first = for_organisation(MEMBER, letter, "The Web Group", name="First Delegate")
    await signs(database, MEMBER, letter, first)
    (party,) = await rows(database, "signatories")
    second = for_organisation(OTHER_MEMBER, letter, "WEB Group")
    before = await everything(database)
    refusal = await refused(
        signs(database, OTHER_MEMBER, letter, second), Reason.ORGANISATION_SIGNED
    )
    assert refusal.field == "organisation"
    assert dict(refusal.facts) == {
        "entry": "The Web Group",
        "signatory": party["id"],
        "by": "First Delegate",
    }
    assert await everything(database) == before


async def test_signed_already_under_embargo(database: Database) -> None:
    """Under an embargo a second delegate is not told who signed."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=9))
    letter = await an_open_letter(database, rules=rules)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    second = for_organisation(OTHER_MEMBER, letter, "Web Group")
    refusal = await refused(
        signs(database, OTHER_MEMBER, letter, second), Reason.ORGANISATION_SIGNED
    )
    assert refusal.facts["by"] == ""


async def test_refusals_under_embargo(database: Database) -> None:
    """No refusal of an objection tells what an embargo hides, of people or of organisations."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=9))
    letter = await an_open_letter(database, rules=rules)
    first = await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Secret Group"))
    await signs(database, MEMBER, letter)
    hidden = {row["entry"]: row["id"] for row in await rows(database, "signatories")}

    async def objects(actor: Actor, entry: str, reason: Reason | None) -> None:
        story = standing.object_to(
            database, signatory=hidden[entry], actor=actor, name="An Objector", role="Chair",
            reason="Nobody asked us.", trigger=a_trigger(),
        )  # fmt: skip
        if reason is None:
            await story
        else:
            assert not (await refused(story, reason)).facts.get("entry")

    await objects(OTHER_MEMBER, "A Member", Reason.NOT_AN_ORGANISATION)
    await objects(MEMBER, "Secret Group", Reason.OWN_SIGNATURE)
    await objects(OTHER_MEMBER, "Secret Group", None)
    await objects(OTHER_MEMBER, "Secret Group", None)
    await withdrawals.withdraw(
        database, endorsement=first.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    await objects(GUEST, "Secret Group", Reason.SIGNATURE_GONE)


async def test_found_to_object(database: Database) -> None:
    """Others find what the list shows, and signers their own; of the rest nobody learns anything."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.ORGANISER))
    for name in ("Waiting Guild", "Removed Guild"):
        await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, name))
    await adds(database, letter, a_row(organisation="Listed Guild", **PERMITTED))
    await signs(database, GUEST, letter, a_signature(GUEST, letter, name="A Guest"))
    ids = {one["entry"]: one["id"] for one in await rows(database, "signatories")}
    for removed in ("Removed Guild", "A Guest"):
        await removals.remove(
            database, signatory=ids[removed], actor=ORGANISER, why="It is false.",
            trigger=a_trigger(),
        )  # fmt: skip

    async def finds(actor: Actor, name: str) -> str:
        try:
            found = await matches.named(database, letter=letter.id, actor=actor, name=name)
        except Refused as refusal:
            return refusal.refusal.reason
        return found.party.entry

    nothing = Reason.NO_SUCH_SIGNATORY
    for name in ("Waiting Guild", "Removed Guild", "A Guest", "Nobody"):
        assert await finds(OTHER_MEMBER, name) is nothing
    assert await finds(OTHER_MEMBER, "Listed Guild") == "Listed Guild"
    assert await finds(MEMBER, "Waiting Guild") == "Waiting Guild"
    assert await finds(ORGANISER, "Removed Guild") == "Removed Guild"


@pytest.mark.on_both
async def test_one_name_in_two_countries(database: Database) -> None:
    """Two organisations of one name that name different countries are two."""
    letter = await an_open_letter(database)
    for one, country in zip(members(3), ("Spain", "Kenya", "Spain"), strict=True):
        await signs(
            database,
            one,
            letter,
            for_organisation(one, letter, "Web Group", country),
            confirms=country == "Spain",
        )
    assert await the_list(database, letter) == ["Web Group (Kenya)", "Web Group (Spain)"]


async def test_two_things(database: Database) -> None:
    """A person's own endorsement and theirs for an organisation are two: one goes, one stays."""
    letter = await an_open_letter(database)
    own = await signs(database, MEMBER, letter)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    assert await the_tally(database, letter) == Tally(people=1, organisations=1)
    await withdrawals.withdraw(
        database, endorsement=own.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert await the_list(database, letter) == ["Web Group"]
    assert await the_tally(database, letter) == Tally(organisations=1)


async def test_two_organisations(database: Database) -> None:
    """One person may sign for two organisations, and for each once."""
    letter = await an_open_letter(database)
    for name in ("Web Group", "Net Group"):
        await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, name))
    again = for_organisation(MEMBER, letter, "The net group")
    await refused(signs(database, MEMBER, letter, again), Reason.ALREADY_SIGNED)
    assert await the_tally(database, letter) == Tally(organisations=2)


@pytest.mark.parametrize("name", ["Jane Doe", "jane  DOE", ""])
async def test_no_second_beside_oneself(database: Database, name: str) -> None:
    """A signer elsewhere who signs here may be one person: both stay, and count as one."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    added = await adds(database, letter, a_row(organisation="Acme Fund", name=name))
    jane = for_organisation(MEMBER, letter, "ACME Fund", name="Jane Doe")
    signed = await signs(database, MEMBER, letter, jane, confirms=True)
    assert await the_list(database, letter) == []
    assert await the_tally(database, letter) == Tally(waiting=1)
    ended = {row["id"]: row["ended"] for row in await rows(database, "endorsements")}
    assert ended == {added.endorsement: None, signed.endorsement: None}
    other = for_organisation(OTHER_MEMBER, letter, "Acme Fund")
    await signs(database, OTHER_MEMBER, letter, other, confirms=True)
    assert await the_list(database, letter) == ["Acme Fund"]


async def test_who_added_it_is_no_second(database: Database) -> None:
    """An organiser who added somebody's voice is not the second person who confirms it."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    await adds(database, letter, a_row(organisation="Acme Fund", name="Jane Doe", **PERMITTED))
    own = for_organisation(ORGANISER, letter, "Acme Fund", via="a Net")
    await signs(database, ORGANISER, letter, own, confirms=True)
    assert await the_list(database, letter) == []
    (party,) = await rows(database, "signatories")
    assert (party["entry"], party["endorsements"]) == ("Acme Fund via a Net", 1)


async def test_a_name_takes_over_no_paper(database: Database) -> None:
    """A paper signer's name, typed by another, does not speak for it; it stays when they leave."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(organisation="Acme Fund", name="Jane Doe", **PERMITTED))
    signature = for_organisation(MEMBER, letter, "Acme Fund", name="Jane Doe", via="a Lab")
    signed = await signs(database, MEMBER, letter, signature, confirms=True)
    assert await the_list(database, letter) == ["Acme Fund"]
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=MEMBER, trigger=a_trigger()
    )
    assert await the_list(database, letter) == ["Acme Fund"]


@pytest.mark.on_both
async def test_at_once_with_oneself(database: Database) -> None:
    """A paper signature stays among many who sign at one moment, whatever they are called."""
    letter = await an_open_letter(database)
    await adds(database, letter, a_row(organisation="Acme Fund", name="Jane Doe"))
    named = [("Jane Doe", "a Fund"), ("A Member", "a Net"), ("Jane Doe", "a Lab")]
    await asyncio.gather(
        *(
            signs(
                database,
                one,
                letter,
                for_organisation(one, letter, "Acme Fund", name=name, via=via),
                confirms=True,
            )
            for one, (name, via) in zip(members(3), named, strict=True)
        )
    )
    (party,) = await rows(database, "signatories")
    assert (party["entry"], party["endorsements"]) == ("Acme Fund", 4)
