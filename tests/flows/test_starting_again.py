"""An organiser starts a letter from an earlier one, and invites those who signed that."""

from tests.flows.conftest import RunningBot
from tests.support.scenes.passing import until_quiet
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


async def test_the_next_letter(running_bot: RunningBot) -> None:
    """From the menu of a delivered letter to a message each, and no name is shown on the way."""
    bot, organiser = running_bot, running_bot.organiser
    number = await a_posted_letter(bot)
    await sign_as_oneself(bot.member)
    await sign_for(bot.another, "Web Group")
    await organiser.command(CHANNEL, f"/letter close #{number}")
    await organiser.sees_modal("Deadline")
    assert await organiser.submit() is None
    await organiser.close(everything=True)
    await organiser.command(CHANNEL, f"/letter new #{number}")
    await organiser.sees_modal("New letter")
    await organiser.sees("Organisers, rules and channels come from letter #1.")
    await organiser.fill({"Title": "The next Internet", "The letter": "We ask again."})
    assert await organiser.submit() is None
    await organiser.sees("From \u2068The Coalition\u2069")
    await organiser.click("Post")
    await organiser.sees_modal("Post")
    assert await organiser.submit() is None
    await organiser.sees_modal("Posted")
    await organiser.close(everything=True)
    await organiser.sees("The next Internet", channel=CHANNEL)
    await organiser.command(CHANNEL, f"/letter invitations #{number + 1}")
    await organiser.click("Invite those who signed #1")
    said = await organiser.sees("not invited here yet: 1 person, 1 organisation")
    assert "Web Group" not in said
    await organiser.fill({"Your own words": "As last time?", "when": "now"})
    assert await organiser.submit() is None
    await organiser.sees("2 added. 2 get a message.")
    await organiser.close()
    await organiser.sees("2 not answered yet")
    for person in (bot.member, bot.another):
        await person.sees("As last time?", channel="app")
    await until_quiet(bot)
    assert await bot.member.was_sent("You’re invited to sign") == 1
    assert await bot.third.was_sent("You’re invited to sign") == 0
    await organiser.click("Invite those who signed #1")
    await organiser.sees("not invited here yet: 0 people, 0 organisations")
