"""The Sign form keeps what its signer wrote, however quickly they press."""

from structlog.testing import capture_logs

from bot.use_cases import exporting
from tests.flows.conftest import RunningBot
from tests.support.stories import CHANNEL, a_posted_letter


async def sorted_under(bot: RunningBot, number: int) -> list[str]:
    """What the signatures of a letter are sorted under, in order of the list."""
    found = await exporting.export(bot.process.database, letter=number)
    return [endorsement.signature.sort_name for _, endorsement in found.entries]


async def test_own_sort_name(running_bot: RunningBot) -> None:
    """What the signer wrote to sort under stays: through the look at the line and a change."""
    number = await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"Your name": "Ada King", "Sort under": "Lovelace, Ada"})
    await member.submit()
    await member.sees("Please check how it reads")
    await member.submit()
    await member.sees_modal("Signed")
    assert await sorted_under(running_bot, number) == ["Lovelace, Ada"]

    await member.close(everything=True)
    await member.click("Sign", channel=CHANNEL)
    await member.click("Change")
    await member.sees_modal("Change signature")
    await member.fill({"Your name": "Ada King Noel"})
    await member.submit()
    await member.sees("Please check how it reads")
    await member.submit()
    await member.sees_modal("Signed")
    assert await sorted_under(running_bot, number) == ["Lovelace, Ada"]


async def test_submitted_before_the_fields(running_bot: RunningBot) -> None:
    """Who presses Sign faster than the fields of a new choice come gets the fields, no blame."""
    await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await running_bot.simulator.faults({"method": "views.update", "kind": "internal_error"})
    # To print the traceback takes longer than Slack waits.
    with capture_logs():
        await member.fill({"How do you sign?": "For an organisation"})
    await running_bot.simulator.faults()

    assert await member.submit() is None
    await member.sees("Your role there")
    await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)
