import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import removals
from bot.features.signing.use_cases import own_signature
from bot.letters.endorsement import Capacity
from bot.letters.letter import Tally
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Rules
from bot.storage.database import Database
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    changes,
    everything,
    for_organisation,
    rows,
    signs,
    the_list,
    the_tally,
)
from tests.support.refusing import refused


async def test_change_the_same_party(database: Database, clock: Clock) -> None:
    """A correction keeps the endorsement and its time of signing, and changes the entry."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    signed_at = clock.now()
    clock.advance(timedelta(hours=2))
    corrected = a_signature(MEMBER, letter, Capacity.AFFILIATED, affiliation="A Fund")
    changed = await changes(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=corrected,
        trigger=a_trigger(),
    )
    assert changed.endorsement == signed.endorsement
    assert changed.entry == "A Member, A Fund"
    assert await the_list(database, letter) == ["A Member, A Fund"]
    ((_, held, _),) = await own_signature.mine(database, actor=MEMBER)
    assert (held.signature, held.signed_at, held.changed_at) == (
        corrected,
        signed_at,
        clock.now(),
    )
    assert await the_tally(database, letter) == Tally(people=1)


async def test_change_to_another_party(database: Database) -> None:
    """A change to another party is a new endorsement in place of the old one."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    changed = await changes(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Web Group"),
        trigger=a_trigger(),
    )
    assert changed.endorsement != signed.endorsement
    assert await the_list(database, letter) == ["Web Group"]
    assert await the_tally(database, letter) == Tally(organisations=1)
    again = await changes(
        database,
        endorsement=changed.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Net Group"),
        trigger=a_trigger(),
    )
    assert await the_list(database, letter) == ["Net Group"]
    assert await the_tally(database, letter) == Tally(organisations=1)
    ((_, held, _),) = await own_signature.mine(database, actor=MEMBER)
    assert held.id == again.endorsement


async def test_change_twice(database: Database) -> None:
    """A change that is delivered twice happens once and is answered alike."""
    letter = await an_open_letter(database)
    signed = await signs(database, MEMBER, letter)
    trigger = a_trigger()
    answers = await asyncio.gather(
        *(
            changes(
                database,
                endorsement=signed.endorsement,
                actor=MEMBER,
                signature=for_organisation(MEMBER, letter, "Web Group"),
                trigger=trigger,
            )
            for _ in range(3)
        )
    )
    assert len(set(answers)) == 1
    assert len(await rows(database, "endorsements")) == 2
    assert await the_tally(database, letter) == Tally(organisations=1)


async def test_change_into_what_is_held(database: Database) -> None:
    """A change into a party that the signer holds already is refused and changes nothing."""
    letter = await an_open_letter(database)
    own = await signs(database, MEMBER, letter)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group"))
    before = await everything(database)
    await refused(
        changes(
            database,
            endorsement=own.endorsement,
            actor=MEMBER,
            signature=for_organisation(MEMBER, letter, "web group"),
            trigger=a_trigger(),
        ),
        Reason.ALREADY_SIGNED,
    )
    assert await everything(database) == before


async def test_change_joins_an_organisation(database: Database) -> None:
    """A change to an organisation that signed already adds a voice, not an entry."""
    letter = await an_open_letter(database)
    await signs(database, OTHER_MEMBER, letter, for_organisation(OTHER_MEMBER, letter, "Web Group"))
    own = await signs(database, MEMBER, letter)
    await changes(
        database,
        endorsement=own.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "WEB Group", "Peru"),
        confirms=True,
        trigger=a_trigger(),
    )
    assert await the_list(database, letter) == ["Web Group"]
    assert await the_tally(database, letter) == Tally(organisations=1)


async def test_change_of_the_own_name(database: Database) -> None:
    """A signer who takes on the name of a voice from elsewhere is no second person beside it."""
    letter = await an_open_letter(database, rules=Rules(confirmation=Confirmation.SECOND))
    await adds(database, letter, a_row(organisation="Acme Fund", name="Jane Doe"))
    other = for_organisation(MEMBER, letter, "Acme Fund", name="Somebody Else", via="a Net")
    signed = await signs(database, MEMBER, letter, other, confirms=True)
    assert await the_list(database, letter) == ["Acme Fund"]
    await changes(
        database,
        endorsement=signed.endorsement,
        actor=MEMBER,
        signature=for_organisation(MEMBER, letter, "Acme Fund", name="Jane Doe", via="a Net"),
        trigger=a_trigger(),
    )
    assert await the_list(database, letter) == []
    (party,) = await rows(database, "signatories")
    assert (party["entry"], party["endorsements"]) == ("Acme Fund", 2)


@pytest.mark.on_both
async def test_nothing_printed_changes_once_closed(database: Database) -> None:
    """Once a letter has closed, how somebody is listed stays: only an organiser corrects it."""
    letter = await an_open_letter(database)
    own = a_signature(MEMBER, letter, name="Angelica Thron")
    person = (await signs(database, MEMBER, letter, own)).endorsement
    body = for_organisation(OTHER_MEMBER, letter, "Net Group", via="Amber Wach")
    one = (await signs(database, OTHER_MEMBER, letter, body)).endorsement
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    titled = a_signature(
        MEMBER, letter, Capacity.AFFILIATED, name="Angelica Thron", title="Chancellor"
    )
    for other in (a_signature(MEMBER, letter, name="Angelica Thorne"), titled):
        asked = await own_signature.refuse_change(
            database, endorsement=person, actor=MEMBER, signature=other
        )
        assert asked is not None
        assert (asked.reason, asked.field) == (Reason.STAYS_WHOSE_IT_IS, "name")
        story = changes(database, endorsement=person, actor=MEMBER, signature=other)
        await refused(story, Reason.STAYS_WHOSE_IT_IS)
    for more in ({"via": "Shell"}, {"country": "France"}, {"web": "net.example"}):
        other = for_organisation(OTHER_MEMBER, letter, "Net Group", **more)
        story = changes(database, endorsement=one, actor=OTHER_MEMBER, signature=other)
        assert (await refused(story, Reason.STAYS_WHOSE_IT_IS)).field == "organisation"
    again = replace(body, facts=replace(body.facts, role="Chair"))
    await changes(database, endorsement=one, actor=OTHER_MEMBER, signature=again)


@pytest.mark.parametrize("organisation", ["", "Wool Choir"])
async def test_no_change_of_a_removed_entry(database: Database, organisation: str) -> None:
    """An entry stays as it was removed, so that the history says what was."""
    letter = await an_open_letter(database)
    signature = a_signature(MEMBER, letter, name="A Member")
    if organisation:
        signature = for_organisation(MEMBER, letter, organisation)
    signed = await signs(database, MEMBER, letter, signature)
    await removals.remove(
        database, endorsement=signed.endorsement, actor=ORGANISER, why="It is false.",
        trigger=a_trigger(),
    )  # fmt: skip
    before = await everything(database)
    for other in (
        a_signature(MEMBER, letter, name="Another Name"),
        for_organisation(MEMBER, letter, "Wool Choir", country="Chile"),
    ):
        await refused(
            changes(database, endorsement=signed.endorsement, actor=MEMBER, signature=other),
            Reason.ENTRY_REMOVED,
        )
    assert await everything(database) == before
