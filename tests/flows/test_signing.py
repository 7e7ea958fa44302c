"""People sign on a card in a channel, see what they signed, change it and withdraw it."""

from datetime import timedelta

from tests.flows.conftest import RunningBot
from tests.support.scenes.delegates import confirms
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


async def test_as_oneself(running_bot: RunningBot) -> None:
    """Two clicks sign under the name that Slack suggests, and the card counts one more."""
    await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees("You’ll be listed as")
    await member.sees("First Member")
    assert await member.submit() is None

    await member.sees("Thank you! You’ve signed.")
    await running_bot.organiser.sees("1 signature", channel=CHANNEL)
    await member.sees("First Member", channel="app")


async def test_entry_before_yes(running_bot: RunningBot) -> None:
    """A changed entry is shown again before it is signed, with what it is sorted under."""
    await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"How are you signing?": "With title or affiliation"})
    await member.sees("Affiliation")
    await member.fill({"Your name": "Vint Cerf", "Title": "e.g. Internet pioneer"})
    assert await member.submit() is None
    await member.sees("Vint Cerf, e.g. Internet pioneer")
    view = await member.view()
    assert view is not None
    sort = next(block for block in view["blocks"] if block["block_id"].startswith("sort"))
    assert sort["element"]["initial_value"] == "Cerf, Vint"
    assert await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)

    assert await member.submit() is None
    await member.sees("Thank you")


async def test_organisation_once(running_bot: RunningBot) -> None:
    """Two people of one organisation are one signatory, under the entry of the first."""
    await a_posted_letter(running_bot)

    await sign_for(running_bot.member, "TEDIC", country="Paraguay")
    await confirms(running_bot.another, "Tedic (Paraguay)")

    await running_bot.organiser.sees("1 signature", channel=CHANNEL)
    await running_bot.organiser.click("Who signed", channel=CHANNEL)
    listed = await running_bot.organiser.sees("TEDIC (Paraguay)")
    assert listed.casefold().count("tedic") == 1


async def test_organisation_needs_authority(running_bot: RunningBot) -> None:
    """Without the tick nothing is signed, and the form says so at the box."""
    await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"How are you signing?": "For my organisation"})
    await member.sees("Organisation")
    await member.fill({"Organisation": "Freedom House", "Your role there": "Director"})
    errors = await member.submit()

    assert errors is not None
    assert list(errors) == ["authorised"]


async def test_bad_names(running_bot: RunningBot) -> None:
    """A name that is no name is refused beside its field, and nothing typed is lost."""
    await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"Your name": "https://example.org"})

    assert list(await member.submit() or {}) == ["name"]


async def test_second_click(running_bot: RunningBot) -> None:
    """A second click shows what was signed, with ways to change it and to withdraw it."""
    await a_posted_letter(running_bot)
    member = running_bot.member
    await sign_as_oneself(member)

    await member.click("Sign", channel=CHANNEL)
    await member.sees("First Member")
    await member.click("Change")
    await member.sees_modal("Your signature")
    await member.fill({"Your name": "F. Member"})
    assert await member.submit() is None
    await member.sees("F. Member")
    assert await member.submit() is None
    await member.sees("Saved.")
    await member.close(everything=True)

    await member.click("Sign", channel=CHANNEL)
    await member.sees("F. Member")
    await member.click("Withdraw")
    await member.sees("Withdrawn:")
    await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)


async def test_both_capacities(running_bot: RunningBot) -> None:
    """One person may sign as themselves and for an organisation; they are two signatories."""
    await a_posted_letter(running_bot)
    member = running_bot.member
    await sign_as_oneself(member)

    await member.click("Sign", channel=CHANNEL)
    await member.click("Also sign for an organisation")
    await member.sees("Organisation")
    await member.fill(
        {
            "Organisation": "Derechos Digitales",
            "Your role there": "Director",
            "Authorisation": ["I’m authorised to sign for this organisation"],
        }
    )
    assert await member.submit() is None
    assert await member.submit() is None
    await member.sees("Thank you")

    await running_bot.organiser.sees("2 signatures: 1 organisation, 1 person", channel=CHANNEL)


async def test_two_windows(running_bot: RunningBot) -> None:
    """Two windows of one person make one signature; the second is told so."""
    await a_posted_letter(running_bot)
    one = running_bot.person("U0MEMBER1", "one")
    two = running_bot.person("U0MEMBER1", "two")
    for window in (one, two):
        await window.click("Sign", channel=CHANNEL)
        await window.sees_modal("Sign the letter")

    first = await one.submit()
    second = await two.submit()

    assert first is None
    assert second is not None
    assert "To change it, close this window and press Sign again" in second["capacity"]
    await running_bot.organiser.sees("1 signature", channel=CHANNEL)


async def test_redelivered_after_withdrawal(running_bot: RunningBot) -> None:
    """A Sign that Slack sends again after a withdrawal has no second effect."""
    await a_posted_letter(running_bot)
    member, simulator = running_bot.member, running_bot.simulator
    await sign_as_oneself(member)
    await member.click("Sign", channel=CHANNEL)
    await member.click("Withdraw")
    await member.sees("Withdrawn:")

    await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)
    delivered = await simulator.records(kind="interactive")
    yes = next(one for one in delivered if one["title"] == "view_submission sign")
    await simulator.redeliver(yes["id"], retry_num=1, reason="http_timeout")
    await member.close(everything=True)

    await running_bot.organiser.click("Who signed", channel=CHANNEL)
    await running_bot.organiser.sees("No signatures yet")


async def test_deadline(running_bot: RunningBot) -> None:
    """From the second of the deadline on nobody signs, and the card says that it is closed."""
    await a_posted_letter(running_bot, deadline=running_bot.now + timedelta(hours=1))
    member = running_bot.member
    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")

    await running_bot.after(timedelta(hours=1))
    await member.submit()

    await member.sees("is closed, so no one can sign it now")
    await running_bot.organiser.sees("Closed ", channel=CHANNEL)


async def test_guest_and_visitor(running_bot: RunningBot) -> None:
    """Guests, and people of other organisations in a shared channel, sign like everybody."""
    await a_posted_letter(running_bot, "C0OPENINTERNET", "C0PARTNERS")

    await sign_as_oneself(running_bot.guest)
    await sign_as_oneself(running_bot.visitor, channel="partners")

    await running_bot.organiser.sees("2 signatures", channel=CHANNEL)


async def test_mine(running_bot: RunningBot) -> None:
    """`/letter mine` shows what one signed, and opens it."""
    await a_posted_letter(running_bot)
    member = running_bot.member
    await sign_as_oneself(member)

    await member.command(CHANNEL, "/letter mine")
    await member.sees("You signed", channel=CHANNEL)
    await member.click("Open", channel=CHANNEL)

    await member.sees_modal("Your signature")
