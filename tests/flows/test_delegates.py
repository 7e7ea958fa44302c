"""Two delegates of one organisation: the second one confirms what the first signed, or another is meant."""

from dataclasses import replace
from typing import Any

import pytest

from bot.features.letter_rules import use_cases as letter_rules
from bot.letters.people import Person
from bot.letters.rules import Confirmation, Embargo, Hidden, Rules
from tests.flows.conftest import RunningBot
from tests.support.letters import the_letter
from tests.support.scenes.delegates import confirms, names_organisation
from tests.support.scenes.drafts import ORGANISER
from tests.support.scenes.invitations import may_object
from tests.support.stories import CHANNEL, a_posted_letter, sign_for


async def a_letter_with(bot: RunningBot, **rules: Any) -> int:
    """An open letter under these rules."""
    number = await a_posted_letter(bot)
    await letter_rules.set_rules(
        bot.process.database, letter=number, actor=ORGANISER, rules=Rules(**rules)
    )
    return number


async def a_contact(bot: RunningBot, organisation: str) -> None:
    """The second member is invited to sign for an organisation, and may object for it."""
    database = bot.process.database
    letter = await the_letter(database, 1, ORGANISER)
    actor = replace(ORGANISER, person=Person("T0COALITION", "U0MEMBER2"))
    await may_object(database, letter, actor, organisation, by=ORGANISER)


async def test_second_confirms(running_bot: RunningBot) -> None:
    """An organisation that needs a second person counts once one confirms; both are told."""
    await a_letter_with(running_bot, confirmation=Confirmation.SECOND)
    member, another = running_bot.member, running_bot.another

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"How are you signing?": "For my organisation"})
    await member.sees("second person")
    await member.close()
    await sign_for(member, "TEDIC", country="Paraguay")
    await member.sees("needs to press Sign and confirm", channel="app")
    await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)

    await names_organisation(another, "Tedic (Paraguay)", role="Board")
    shown = await another.sees("has already signed *\u2068One Internet\u2069*")
    assert "TEDIC (Paraguay)" in shown
    assert "Signed by \u2068First Member\u2069" in shown
    assert await another.submit() is None
    said = await another.sees("Thank you! You’ve signed")
    assert "On the list" in said

    await running_bot.organiser.sees("1 signature", channel=CHANNEL)
    await member.sees("On the list", channel="app")
    await member.click("My signature", channel="app")
    await member.sees("On the list")


async def test_needs_more(running_bot: RunningBot) -> None:
    """A second person alone lists no organisation whose letter asks for an organiser's record."""
    await a_letter_with(running_bot, confirmation=Confirmation.ORGANISER)
    await sign_for(running_bot.member, "TEDIC")

    said = await confirms(running_bot.another, "TEDIC")

    assert "A second person" not in said
    assert "n organiser needs to record" in said
    await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)
    await running_bot.another.command(CHANNEL, "/letter mine")
    await running_bot.another.sees("n organiser needs to record", channel=CHANNEL)
    await running_bot.another.open_home()
    await running_bot.another.sees("n organiser needs to record", home=True)


async def test_not_oneself(running_bot: RunningBot) -> None:
    """A signer for an organisation cannot confirm it themselves."""
    await a_letter_with(running_bot, confirmation=Confirmation.SECOND)
    member = running_bot.member
    await sign_for(member, "TEDIC")

    await member.click("Sign", channel=CHANNEL)
    await member.click("Also sign as myself")
    await member.sees_modal("Sign the letter")
    await member.fill({"How are you signing?": "For my organisation"})
    await member.sees("Organisation")
    await member.fill(
        {
            "Organisation": "The TEDIC",
            "Your role there": "Board",
            "Authorisation": ["I’m authorised to sign for this organisation"],
        }
    )
    assert await member.submit() is None
    await member.submit()
    await member.sees("To change it, close this window and press Sign again")
    await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)


async def test_embargo_tells_nothing(running_bot: RunningBot) -> None:
    """Under an embargo a second signer sees the entry that they confirm, but not who signed."""
    embargo = Embargo(hides=Hidden.NAMES, until_listed=50)
    await a_letter_with(running_bot, confirmation=Confirmation.SECOND, embargo=embargo)
    await sign_for(running_bot.member, "Web Group", country="Spain")

    another = running_bot.another
    await names_organisation(another, "WEB GROUP")
    shown = await another.sees_modal("Already signed")
    words = await another.text()
    assert "Web Group (Spain)" in words
    assert "First Member" not in str(shown)
    assert await another.submit() is None
    await another.sees("On the list")
    await running_bot.organiser.click("Who signed", channel=CHANNEL)
    await running_bot.organiser.sees("Web Group (Spain)")


async def test_reads_like_an_organisation(running_bot: RunningBot) -> None:
    """A name that reads like an organisation's is asked about, and told that it waits if kept."""
    await a_letter_with(running_bot, confirmation=Confirmation.SECOND)
    member, another = running_bot.member, running_bot.another
    for person in (member, another):
        await person.click("Sign", channel=CHANNEL)
        await person.sees_modal("Sign the letter")
        await person.fill({"Your name": "Harbour International"})
        assert await person.submit() is None
        if await person.text() and "Check how it will appear" in await person.text():
            assert await person.submit() is None
        await person.sees("This reads like an organisation. Sign for it instead?")

    await member.click("Yes, sign for it")
    await member.sees_modal("Sign the letter")
    await member.sees("Harbour International")
    await member.sees("Authorisation")

    await another.click("No, it’s my name")
    await another.sees("heck how it will appear")
    assert await another.submit() is None
    said = await another.sees("Not on the list yet. An organiser needs to confirm this name.")
    assert "You signed as" in said
    await another.sees("An organiser needs to confirm this name.", channel="app")
    await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)


async def test_own_name_under_embargo(running_bot: RunningBot) -> None:
    """Under an embargo the name of an organisation that signed reads as any other name does."""
    embargo = Embargo(hides=Hidden.ALL, until_listed=50)
    await a_letter_with(running_bot, confirmation=Confirmation.SECOND, embargo=embargo)
    await sign_for(running_bot.member, "Violet Ember")
    said: set[str] = set()
    people = {"Violet Ember": running_bot.another, "Violet Umber": running_bot.third}
    for name, person in people.items():
        await person.click("Sign", channel=CHANNEL)
        await person.sees_modal("Sign the letter")
        await person.fill({"Your name": name})
        assert await person.submit() is None
        await person.sees("heck how it will appear")
        assert await person.submit() is None
        said.add((await person.sees("Thank you! You’ve signed.")).replace(name, "NAME"))
        await person.sees(f"\u2068{name}\u2069", channel="app")
        assert "needs to confirm this name" not in str(await person.messages("app"))
    assert len(said) == 1
    await running_bot.organiser.command(CHANNEL, "/letter organisations")
    await running_bot.organiser.sees("Needs an organiser to check the name")


async def test_did_you_mean(running_bot: RunningBot) -> None:
    """A name like one that signed is asked about: it is a click to that one, or past it."""
    await a_letter_with(running_bot)
    await sign_for(running_bot.member, "Electronic Frontier Foundation")
    another, third = running_bot.another, running_bot.third

    await names_organisation(another, "Electronic Fronteir Foundation")
    await another.sees_modal("Is it the same?")
    await another.sees("Electronic Frontier Foundation")
    await another.click("Yes, same one")
    await another.sees_modal("Already signed")
    assert await another.submit() is None
    said = await another.sees("Thank you! You’ve signed")
    assert "Electronic Frontier Foundation" in said

    await names_organisation(third, "Electronic Frontiers Foundation")
    await third.sees_modal("Is it the same?")
    await third.click("No, a different one")
    await third.sees("heck how it will appear")
    assert await third.submit() is None
    await third.sees("Thank you! You’ve signed.")
    await running_bot.organiser.sees("2 signatures", channel=CHANNEL)


async def test_asked_anew_for_another_name(running_bot: RunningBot) -> None:
    """A signer who said no, and then changes the name into another one like it, is asked again."""
    await a_letter_with(running_bot)
    await sign_for(running_bot.member, "Electronic Frontier Foundation")
    another = running_bot.another

    await names_organisation(another, "Electronic Frontiers Foundation")
    await another.click("No, a different one")
    await another.click("Edit")
    await another.sees_modal("Sign the letter")
    await another.fill({"Organisation": "Electronic Fronteir Foundation"})
    assert await another.submit() is None

    await another.sees_modal("Is it the same?")


@pytest.mark.parametrize("way", ["Confirm", "Yes, same one", "Object"])
async def test_first_withdrew(running_bot: RunningBot, way: str) -> None:
    """After the first has withdrawn, the second's signature goes on, under their own entry."""
    await a_letter_with(running_bot)
    member, another = running_bot.member, running_bot.another
    await sign_for(member, "Electronic Frontier Foundation")
    meant = way == "Yes, same one"
    typed = "Electronic Fronteir Foundation" if meant else "The Electronic Frontier Foundation"
    await names_organisation(another, typed)
    await another.sees_modal("Is it the same?" if meant else "Already signed")
    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Your signature")
    await member.click("Withdraw")
    await member.sees_modal("Withdrawn")

    if way == "Object":
        await another.click(way)
        await another.sees("nothing was saved")
        return
    if meant:
        await another.click(way)
    else:
        assert await another.submit() is None
    await another.sees("That signature was withdrawn in the meantime. You")
    await another.sees(typed)
    assert await another.submit() is None
    await another.sees("Thank you! You’ve signed.")
    await running_bot.organiser.sees("1 signature", channel=CHANNEL)


async def test_both_at_once(running_bot: RunningBot) -> None:
    """A signer whose entry was on the screen when another delegate signed is asked first."""
    await a_letter_with(running_bot)
    another = running_bot.another
    await names_organisation(another, "TEDIC")
    await another.sees("heck how it will appear")
    await sign_for(running_bot.member, "TEDIC")

    assert await another.submit() is None
    await another.sees_modal("Already signed")
    assert await another.submit() is None
    await another.sees("Thank you! You’ve signed")

    await running_bot.organiser.sees("1 signature", channel=CHANNEL)
