"""Someone invited by name has answered once they sign, and is tied to an account if that is unclear."""

from bot.features.invitations.use_cases import tables
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_invitation_tables import kept, pastes
from tests.flows.organisers.test_inviting import opens_list
from tests.flows.organisers.test_matching import corrects
from tests.flows.test_answering import ORGANISER
from tests.support.scenes.passing import until_quiet
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself


async def invited_by_name(bot: RunningBot, *names: str) -> None:
    """The organiser pastes names, and says that none of them is a member."""
    await opens_list(bot)
    await pastes(bot, "\n".join(names))
    await bot.organiser.sees("Check who you’ll invite")
    for name in names:
        await corrects(bot, name, {"Account": None})
    assert await bot.organiser.submit() is None
    await bot.organiser.sees_modal("Invited")


async def states(bot: RunningBot) -> list[str]:
    """The state of each invitation, the first one first."""
    return [state for _, _, state in await kept(bot)]


async def test_signs_under_the_name(running_bot: RunningBot) -> None:
    """A signature under exactly an invited name answers for it, in the list and in the table."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await invited_by_name(bot, "First Member", "Third Member")
    assert (await organiser.sees("2 not answered yet")).count("Write to them yourself.") == 2
    await organiser.close(everything=True)
    await sign_as_oneself(bot.member)
    await until_quiet(bot)
    assert await states(bot) == ["signed", "invited"]
    await opens_list(bot)
    await organiser.sees("1 not answered yet · 1 signed")
    rows = await tables.rows(bot.process.database, letter=1, actor=ORGANISER, names={})
    assert [row.state for row in rows] == ["signed", "invited"]
    # Withdrawn, they can be asked again.
    await bot.member.command(CHANNEL, "/letter mine")
    await bot.member.click("Open", channel=CHANNEL)
    await bot.member.click("Withdraw")
    await bot.member.sees("Withdrawn:")
    assert await states(bot) == ["withdrew", "invited"]


async def test_two_of_the_name(stopped_bot: RunningBot) -> None:
    """If two people sign under an invited name, nobody has answered until an organiser says who."""
    bot, organiser = stopped_bot, stopped_bot.organiser
    await bot.simulator.change_person("U0MEMBER2", real_name="First Member")
    async with bot.working():
        await a_posted_letter(bot)
        await opens_list(bot)
        await pastes(bot, "First Member")
        await organiser.sees("2 members have this name.")
        assert await organiser.submit() is None
        await organiser.sees("1 added.")
        await organiser.close(everything=True)
        await sign_as_oneself(bot.member)
        await until_quiet(bot)
        assert await states(bot) == ["signed"]
        await sign_as_oneself(bot.another)
        await until_quiet(bot)
        assert await states(bot) == ["invited"]
        await opens_list(bot)
        await organiser.sees("Someone with this name signed.")
        await organiser.click("Choose account…")
        await organiser.choose("Account", "U0MEMBER2")
        await organiser.sees("Account chosen:")
        assert await kept(bot) == [("First Member", "U0MEMBER2", "signed")]
