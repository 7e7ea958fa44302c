"""A signer who is remembered signs the next letter in two clicks, and is forgotten with one."""

import re

from bot.features.privacy.use_cases import erasure
from bot.letters.people import Person as Account
from tests.flows.conftest import RunningBot
from tests.support.letters import rows
from tests.support.reading import words_of
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for

MEMBER = Account("T0COALITION", "U0MEMBER2")


async def second_letter(bot: RunningBot) -> None:
    await a_posted_letter(bot, "C0PARTNERS", title="Keep the ferries")


async def test_with_title(running_bot: RunningBot) -> None:
    """The next letter's form opens on the same entry, and its first button signs."""
    bot, member = running_bot, running_bot.another
    await a_posted_letter(bot)
    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"How are you signing?": "With title or affiliation"})
    await member.sees("Affiliation")
    await member.fill({"Title": "Captain", "Affiliation": "Harbour Works"})
    assert await member.submit() is None
    await member.sees("heck how it will appear")
    assert await member.submit() is None
    await member.sees_modal("Signed")
    await member.click("Remember my details")
    await member.sees("We’ll fill in these details")
    await member.close(everything=True)

    await second_letter(bot)
    await member.click("Sign", channel="partners")
    view = await member.sees_modal("Sign the letter")
    assert view["submit"]["text"] == "Sign"
    assert await member.submit() is None
    assert "Remember my details" not in words_of(await member.sees_modal("Signed"))

    first, second = await rows(bot.process.database, "endorsements")
    assert (first["entry"], first["sort_name"]) == (second["entry"], second["sort_name"])
    assert "Captain" in first["entry"]


async def test_for_an_organisation(running_bot: RunningBot) -> None:
    """For an organisation the consent says that they may sign for it, in place of the box."""
    bot, member = running_bot, running_bot.another
    await a_posted_letter(bot)
    await sign_for(member, "TEDIC", country="Paraguay")
    await member.click("My signature", channel="app")
    await member.click("Remember my details")
    await member.close(everything=True)

    await second_letter(bot)
    await member.click("Sign", channel="partners")
    view = await member.sees_modal("Sign the letter")
    assert "You confirm that you’re authorised to sign for this organisation." in words_of(view)
    assert await member.submit() is None
    await member.sees_modal("Signed")
    assert [row["entry"] for row in await rows(bot.process.database, "endorsements")] == [
        "TEDIC (Paraguay)",
    ] * 2


async def test_forgotten(running_bot: RunningBot) -> None:
    """One click in the form forgets it, and the form begins again with the name that Slack says."""
    bot, member = running_bot, running_bot.another
    await a_posted_letter(bot)
    await sign_as_oneself(member, name="Another Name")
    await member.click("My signature", channel="app")
    await member.click("Remember my details")
    await member.close(everything=True)
    await second_letter(bot)
    await member.click("Sign", channel="partners")
    said = words_of(await member.sees_modal("Sign the letter"))
    assert "Another Name" in said
    assert len(re.findall(r"[\w’'-]+", said)) <= 75

    await member.click("Forget my details")

    await member.sees("Second Member")
    assert await rows(bot.process.database, "remembered_signatures") == []


async def test_erased(running_bot: RunningBot) -> None:
    """Nothing is kept unless somebody asks; they see it, and it goes with everything else."""
    bot, member = running_bot, running_bot.another
    await a_posted_letter(bot)
    await sign_as_oneself(member)
    database = bot.process.database
    assert await rows(database, "remembered_signatures") == []
    await member.click("My signature", channel="app")
    await member.click("Remember my details")
    await member.sees("We’ll fill in these details")
    kept = await erasure.kept_about(database, workspace="T0COALITION", person=MEMBER)
    (shown,) = kept.tables["remembered_signatures"]
    assert shown["name"] == "Second Member"

    await erasure.erase_person(database, workspace="T0COALITION", person=MEMBER)

    assert await rows(database, "remembered_signatures") == []
