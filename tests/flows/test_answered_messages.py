"""A message says what happened once it is answered, and is gone once it is replaced."""

from datetime import timedelta
from typing import Any

from bot.features.lifecycle import use_cases as lifecycle
from bot.features.reminders.use_cases import reminders
from bot.features.reminders.use_cases.reminders import When
from bot.use_cases import membership
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_amending import ASKED, NEW, OLD, ORGANISER, amend
from tests.flows.test_answering import are_invited, group, somebody
from tests.support.people import Person
from tests.support.reading import words_of
from tests.support.scenes.passing import until_quiet
from tests.support.stories import a_posted_letter, sign_as_oneself, sign_for

SIGNED = "Thank you! You’ve signed."


async def buttons(person: Person, words: str) -> list[str]:
    """The buttons of the one direct message with some words."""
    found = [one for one in await person.messages("app") if words in words_of(one)]
    assert len(found) == 1, (words, found)
    elements: list[dict[str, Any]] = [
        element
        for block in found[0]["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    return [element.get("text", {}).get("text", element["type"]) for element in elements]


async def reminded(bot: RunningBot, letter: int, person: Person) -> None:
    profile = await bot.process.bot.directory.profile(person.id)
    assert profile is not None
    database = bot.process.database
    await membership.meet(database, workspace=profile.person.team, people=[profile.acquaintance])
    await reminders.remind(
        database,
        letter=letter,
        actor=ORGANISER,
        when=When.NOW,
        named=[profile.person],
        trigger=f"r{bot.now}",
    )


async def test_signed_on_the_card(running_bot: RunningBot) -> None:
    """A person invited who signs on the card finds that in the invitation, and no buttons there."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, somebody(member))
    await member.sees("You’re invited to sign", channel="app")
    assert await buttons(member, "You’re invited to sign") == [
        "Read letter", "Sign", "No, thank you", "overflow",
    ]  # fmt: skip

    await sign_as_oneself(member)
    await until_quiet(bot)

    assert await buttons(member, SIGNED) == []
    assert await buttons(member, "You signed") == ["My signature", "Read letter"]


async def test_replaced_by_a_reminder(running_bot: RunningBot) -> None:
    """Of an invitation and its reminder, one message is left, which has the buttons."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, somebody(member))
    await member.sees("You’re invited to sign", channel="app")
    await bot.after(timedelta(days=1))
    await reminded(bot, letter, member)
    await member.sees("Stop reminders", channel="app")
    await until_quiet(bot)

    assert len(await member.messages("app")) == 1
    assert "Remind me later" in await buttons(member, "You’re invited to sign")


async def test_by_somebody_else(running_bot: RunningBot) -> None:
    """An invited contact reads that somebody else has signed, and may sign too."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await are_invited(bot, letter, group("TEDIC", member))
    await member.sees("is invited to sign", channel="app")

    await sign_for(bot.another, "TEDIC")
    await until_quiet(bot)

    assert await buttons(member, "signed for it") == ["Read letter", "Sign"]


async def test_closed(running_bot: RunningBot) -> None:
    """When the letter closes, a reminder that nobody answered says so and loses its buttons."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot)
    await reminded(bot, letter, member)
    await member.sees("Stop reminders", channel="app")
    await until_quiet(bot)

    await lifecycle.close(bot.process.database, letter=letter, actor=ORGANISER)
    await until_quiet(bot)

    assert await buttons(member, "Closed ") == []


async def test_text_change(running_bot: RunningBot) -> None:
    """A question that is asked again, or answered elsewhere, keeps no buttons."""
    bot, member = running_bot, running_bot.member
    letter = await a_posted_letter(bot, body=OLD)
    await sign_as_oneself(member)
    await amend(bot, letter)
    await member.sees(ASKED, channel="app")
    await until_quiet(bot)
    await amend(bot, letter, f"{NEW}!")
    await member.sees("demand one Internet.!", channel="app")
    await until_quiet(bot)
    assert "Keep my signature" in await buttons(member, ASKED)

    await member.click("My signature", channel="app")
    await member.click("Keep my signature")
    await member.close(everything=True)
    await until_quiet(bot)

    assert await buttons(member, "now covers the new text") == []
    (receipt,) = [
        one for one in await member.messages("app") if "You can change or withdraw" in words_of(one)
    ]
    assert "You kept your signature for the new text" in words_of(receipt)


async def test_withdrawn_and_signed_again(running_bot: RunningBot) -> None:
    """One receipt follows its signer: signed, withdrawn, signed again."""
    bot, member = running_bot, running_bot.member
    await a_posted_letter(bot)
    await sign_as_oneself(member)
    await member.sees("You signed", channel="app")
    await member.click("My signature", channel="app")
    await member.click("Withdraw")
    await member.close(everything=True)
    await member.sees("You withdrew your signature", channel="app")
    assert await buttons(member, "You withdrew your signature") == ["Sign again", "Read letter"]

    await member.click("Sign again", channel="app")
    await member.sees_modal("Sign the letter")
    assert await member.submit() is None
    await member.sees("You signed", channel="app")

    assert len(await member.messages("app")) == 1
