"""Organisers are told what happens without them, and a message ends when it is dealt with."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import standing
from bot.letters.people import Membership, Person
from bot.letters.rules import Embargo, Hidden, Rules
from bot.storage.states import Decision
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_amending import ASKED, OLD, ORGANISER, amend
from tests.flows.test_answered_messages import buttons
from tests.flows.test_answering import are_invited, somebody
from tests.support.reading import words_of
from tests.support.scenes.delegates import objects
from tests.support.scenes.passing import until_quiet
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


async def told(bot: RunningBot) -> list[str]:
    """The words of the organiser's own messages."""
    return [words_of(one) for one in await bot.organiser.messages("app")]


async def test_closed_then_delivered(running_bot: RunningBot) -> None:
    """That the deadline has passed offers Deliver until the letter is delivered."""
    bot, organiser = running_bot, running_bot.organiser
    letter = await a_posted_letter(bot, deadline=bot.now + timedelta(hours=1))
    await sign_as_oneself(bot.member)
    await bot.after(timedelta(hours=1))
    await organiser.sees("has passed and the letter is closed", channel="app")
    assert "Deliver" in await buttons(organiser, "is closed")
    await until_quiet(bot)
    await handover.deliver(bot.process.database, letter=letter, actor=ORGANISER)
    await until_quiet(bot)
    assert await buttons(organiser, "This has been dealt with") == []


async def test_objection_decided(running_bot: RunningBot) -> None:
    """An objection asks for a review until an organiser has decided, and the others see that."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await sign_for(bot.member, "TEDIC")
    await objects(bot.another, "TEDIC")
    await organiser.sees("objected to the signature of", channel="app")
    assert "Review" in await buttons(organiser, "objected to the signature of")
    await until_quiet(bot)
    assert "Review" in await buttons(organiser, "objected to the signature of")
    _, (one,) = await standing.unlisted(bot.process.database, letter=1, actor=ORGANISER)
    await standing.decide(
        bot.process.database,
        signatory=one.party.id,
        actor=ORGANISER,
        decision=Decision.LISTED,
        why="Their board agreed.",
        trigger="decide",
    )
    await until_quiet(bot)
    assert await buttons(organiser, "This has been dealt with") == []
    await organiser.sees_no("dealt with. Sign by", channel="app")


@pytest.mark.parametrize("listed", [None, 1])
async def test_names_become_public(running_bot: RunningBot, listed: int | None) -> None:
    """When an embargo ends by time or by number, the organisers hear that everyone sees the names."""
    bot = running_bot
    until = None if listed else bot.now + timedelta(hours=2)
    embargo = Embargo(hides=Hidden.NAMES, until=until, until_listed=listed)
    await a_posted_letter(bot, rules=Rules(embargo=embargo))
    await sign_as_oneself(bot.member)
    await bot.after(timedelta(hours=0 if listed else 2))
    await bot.organiser.sees("can now see who signed", channel="app")


async def test_all_have_answered(running_bot: RunningBot) -> None:
    """When the last of the invited has answered, the organisers hear it, with the answers."""
    bot = running_bot
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, somebody(bot.member), somebody(bot.third))
    await bot.member.sees("You’re invited to sign", channel="app")
    await bot.third.sees("You’re invited to sign", channel="app")
    await bot.member.click("No, thank you", channel="app")
    await until_quiet(bot)
    assert not any("has answered" in one for one in await told(bot))
    await sign_as_oneself(bot.third)
    await until_quiet(bot)
    (said,) = [one for one in await told(bot) if "has answered" in one]
    assert "1 declined · 1 signed" in said


async def test_a_text_change_is_over(running_bot: RunningBot) -> None:
    """The organisers hear once when everyone has answered, or when the time is up for the rest."""
    bot = running_bot
    letter = await a_posted_letter(bot, body=OLD)
    await sign_as_oneself(bot.member)
    await amend(bot, letter)
    await bot.member.click("Keep my signature", channel="app")
    await bot.organiser.sees("1 kept, 0 withdrew", channel="app")
    await bot.after(timedelta(days=3))
    await until_quiet(bot)
    assert sum("is closed" in one for one in await told(bot)) == 1
    await amend(bot, letter, "We insist.")
    await bot.member.sees(ASKED, channel="app")
    await bot.after(timedelta(days=3))
    await bot.organiser.sees("0 kept, 0 withdrew, 1 without an answer", channel="app")


async def test_the_last_organiser(running_bot: RunningBot) -> None:
    """An organiser left alone hears it, until there is a second one again."""
    bot, database = running_bot, running_bot.process.database
    letter = await a_posted_letter(bot)
    third = Person("T0COALITION", bot.third.id)

    async def is_added() -> None:
        member = Membership.MEMBER
        await lifecycle.add_organiser(
            database, letter=letter, actor=ORGANISER, person=third, membership=member
        )

    await is_added()
    leaving = replace(ORGANISER, person=third)
    await lifecycle.remove_organiser(database, letter=letter, actor=leaving, person=third)
    await bot.organiser.sees("You’re now the only organiser", channel="app")
    await until_quiet(bot)
    await is_added()
    await until_quiet(bot)
    assert await buttons(bot.organiser, "This has been dealt with") == []


async def test_embargo_and_deadline(running_bot: RunningBot) -> None:
    """Moving the deadline says that the embargo stays where it is."""
    bot, organiser = running_bot, running_bot.organiser
    embargo = Embargo(hides=Hidden.NAMES, until=bot.now + timedelta(days=5))
    letter = await a_posted_letter(bot, rules=Rules(embargo=embargo))
    await organiser.command(CHANNEL, f"/letter close #{letter}")
    await organiser.sees_modal("Deadline")
    later = int((bot.now + timedelta(days=20)).timestamp())
    await organiser.fill({"Deadline": "Move the deadline", "New deadline": later})
    assert await organiser.submit() is None
    await organiser.sees(
        "The embargo doesn’t move with the deadline. The names are hidden. They appear on"
    )
