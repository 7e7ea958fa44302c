"""The life of a letter as people see it: first signers, two deadlines, closed, delivered, late."""

from datetime import timedelta

from bot.letters.deadlines import Grace
from tests.flows.conftest import RunningBot
from tests.support.scenes.drafts import a_draft
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself


async def test_first_signers(running_bot: RunningBot) -> None:
    """First signers read and sign before the card is public; nobody else finds the letter."""
    number = await a_draft(running_bot)
    organiser, first_signer, other = running_bot.organiser, running_bot.member, running_bot.another

    await organiser.command(CHANNEL, f"/letter found #{number}")
    await organiser.sees_modal("First signers")
    await organiser.sees("lock: After this, signers are told or asked")
    await organiser.fill({"First signers": ["U0MEMBER1", "U0GUEST"]})
    assert await organiser.submit() is None
    await organiser.sees("can sign")
    await organiser.close(everything=True)
    await first_signer.sees("invites you to be one of the first to sign", channel="app")
    await first_signer.click("Read letter", channel="app")
    await first_signer.sees("No one else can see it yet")
    await first_signer.close(everything=True)
    await sign_as_oneself(first_signer, channel="app")
    await running_bot.guest.sees("invites you to be one of the first to sign", channel="app")
    await other.command(CHANNEL, "/letter list")
    await other.sees_modal("Letters")
    await other.sees_no("One Internet")
    await other.close()
    await other.command(CHANNEL, f"/letter read #{number}")
    await other.sees("Use its number or the start of its title", channel=CHANNEL)
    await organiser.command(CHANNEL, f"/letter status #{number}")
    said = await organiser.sees("First signers only, until", channel=CHANNEL)
    assert "1 signature" in said

    await organiser.click("command:post", channel=CHANNEL)
    await organiser.sees_modal("Post")
    await organiser.sees("If you change the text later, signers we can reach")
    await organiser.fill({"Channels": ["C0OPENINTERNET"]})
    assert await organiser.submit() is None
    await organiser.close(everything=True)

    await other.sees("1 signature", channel=CHANNEL)
    await sign_as_oneself(other)
    await other.sees("2 signatures", channel=CHANNEL)


async def test_found_needs_somebody(running_bot: RunningBot) -> None:
    """Choosing nobody, or only a bot, is said beside the field; a public letter cannot be founded."""
    number = await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, f"/letter found #{number}")
    await organiser.sees_modal("First signers")
    assert list(await organiser.submit() or {}) == ["people"]
    await organiser.fill({"First signers": ["U0LEFT"]})
    assert list(await organiser.submit() or {}) == ["people"]
    await organiser.close(everything=True)

    public = await a_posted_letter(running_bot, title="Two Internets")
    await organiser.command(CHANNEL, f"/letter found #{public}")
    await organiser.sees("is already public, so it’s too late for first", channel=CHANNEL)


async def test_two_deadlines(running_bot: RunningBot) -> None:
    """The card names the soft deadline; past it the worker lets it say until when one still can."""
    deadline = running_bot.now + timedelta(days=2)
    await a_posted_letter(running_bot, deadline=deadline, grace=Grace(minutes=90))
    member, organiser = running_bot.member, running_bot.organiser
    card = await member.sees("Sign by", channel=CHANNEL)
    assert "still sign" not in card
    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees("Late signers have until", channel=CHANNEL)

    await running_bot.at(deadline + timedelta(seconds=1))
    await member.sees("You can still sign until", channel=CHANNEL)
    await member.command(CHANNEL, "/letter list")
    await member.sees("You can still sign until")
    await member.close()
    await sign_as_oneself(member)
    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees("You can still sign until", channel=CHANNEL)

    await running_bot.at(deadline + timedelta(minutes=90))
    await member.sees("Thank you to everyone who signed.", channel=CHANNEL)
    await organiser.sees("The deadline for", channel="app")
    await running_bot.another.click("My signature", channel=CHANNEL)
    await running_bot.another.sees("is closed, so no one can sign it now")
