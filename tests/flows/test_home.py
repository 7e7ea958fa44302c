"""The App Home is drawn when it is opened, and useful for anybody."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.slack.block_kit import View
from bot.slack.payloads import Click
from bot.slack.windows import Part, Place
from tests.flows.conftest import RunningBot
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself


async def test_empty_workspace(running_bot: RunningBot) -> None:
    """In an empty workspace a member can start a letter from the Home, and a guest is told."""
    member, guest = running_bot.member, running_bot.guest

    await member.open_home()
    await member.click("command:new", home=True)
    assert (await member.view() or {})["type"] == "modal"
    await guest.open_home()
    said = await guest.sees("You can sign letters here", home=True)

    assert "Start a letter" not in said


async def test_sign_from_home(running_bot: RunningBot) -> None:
    """Somebody signs from the Home, which then shows it, with a way to change it."""
    await a_posted_letter(running_bot)
    member = running_bot.member
    await member.open_home()
    await member.sees("One Internet", home=True)

    await member.click("Sign", home=True)
    await member.sees_modal("Sign the letter")
    assert await member.submit() is None
    await member.sees("Thank you")
    await member.close(everything=True)
    await member.click("sign:0", home=True)

    await member.sees_modal("Your signature")


async def test_withdraw_from_home(running_bot: RunningBot) -> None:
    """A signature withdrawn from the Home is gone from it right away."""
    await a_posted_letter(running_bot)
    member = running_bot.member
    await sign_as_oneself(member)
    await member.open_home()
    await member.sees("First Member", home=True)

    await member.click("My signature", home=True)
    await member.click("Withdraw")

    await member.sees("Withdrawn:")
    await member.sees_no("First Member", home=True)


async def test_organiser(running_bot: RunningBot) -> None:
    """An organiser finds their letters, opens one, and goes on from there."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.open_home()
    await organiser.click("window:overview", home=True)
    await organiser.sees("0 of 20")
    await organiser.click("deadline #1")
    await organiser.sees_modal("Deadline")
    await organiser.close()
    await organiser.click("command:remind")

    await organiser.sees("This goes to")
    assert len(await organiser.stack()) == 2


async def test_visitor(running_bot: RunningBot) -> None:
    """Somebody of another organisation who was at its card finds it there, and can sign it."""
    await a_posted_letter(running_bot, "C0PARTNERS")
    visitor = running_bot.visitor
    await visitor.click("Read letter", channel="C0PARTNERS")
    await visitor.sees_modal("The letter")
    await visitor.close(everything=True)

    await visitor.open_home()
    await visitor.sees("One Internet", home=True)
    await visitor.click("Sign", home=True)

    await visitor.sees_modal("Sign the letter")


async def test_redelivered(running_bot: RunningBot) -> None:
    """An event that Slack sends twice draws the Home once."""
    member, simulator = running_bot.member, running_bot.simulator
    await member.open_home()
    await member.sees("Start a letter", home=True)
    drawn = len(await simulator.calls("views.publish"))

    event = (await simulator.records(kind="events_api"))[-1]
    await simulator.redeliver(event["id"], retry_num=1, reason="http_timeout")
    await running_bot.after(timedelta(seconds=5))
    await asyncio.sleep(0.6)

    assert len(await simulator.calls("views.publish")) == drawn


async def test_messages_tab(running_bot: RunningBot) -> None:
    """Looking at the app's messages draws nothing."""
    await running_bot.member.open_home(tab="messages")
    await asyncio.sleep(0.6)

    assert await running_bot.simulator.calls("views.publish") == []


async def test_after_close(running_bot: RunningBot) -> None:
    """Opened again it shows what has changed: a closed letter is signed no more."""
    await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member)
    await running_bot.organiser.command(CHANNEL, "/letter close")
    assert await running_bot.organiser.submit() is None

    await running_bot.member.open_home()
    await running_bot.member.sees("My signature", home=True)
    await running_bot.member.sees_no("Open for your signature", home=True)


async def test_window(running_bot: RunningBot) -> None:
    """A letter's window is redrawn when a form above it is closed, and leads back to all letters."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter")
    await organiser.click("window:overview")
    await organiser.sees("0 of 20")
    await sign_as_oneself(running_bot.member)

    await organiser.click("deadline #1")
    await organiser.sees_modal("Deadline")
    await organiser.fill({"what": "close"})
    assert await organiser.submit() is None

    await organiser.sees("Letter closed")
    await organiser.sees("1 of 20")
    await organiser.click("command:deliver")
    await organiser.sees("The list as it will be delivered")
    await organiser.click("window:overview")
    await organiser.click("window:letters")
    await organiser.sees("Closed · 1 of 20")
    assert len(await organiser.stack()) == 1


@pytest.mark.parametrize("redrawn", ["never", "meanwhile"])
async def test_pressed_while_redrawn(running_bot: RunningBot, redrawn: str) -> None:
    """A button pressed while its window is being redrawn does what it says.

    A redraw that is not sent yet is dropped; one that was sent makes the press one of an older view.
    """
    await a_posted_letter(running_bot)
    organiser, process = running_bot.organiser, running_bot.process
    draw, press = process.features.parts[Part.OVERVIEW], process.features.clicks["window"]
    drawing, pressed = asyncio.Event(), asyncio.Event()

    async def draw_slowly(*asked: Any) -> View:
        drawing.set()
        await pressed.wait()
        return await draw(*asked)

    async def press_late(click: Click) -> None:
        if redrawn == "meanwhile":
            place = Place(letter=1, part=Part.OVERVIEW)
            view = await draw(click.bot, click.caller, place, "")
            await click.bot.client.views_update(view_id=click.modal.id, view=view)
        await press(click)

    await organiser.command(CHANNEL, "/letter")
    await organiser.click("window:overview")
    await organiser.click("deadline #1")
    await organiser.sees_modal("Deadline")
    process.features.parts[Part.OVERVIEW] = draw_slowly
    process.features.clicks["window"] = press_late
    await organiser.close()
    await asyncio.wait_for(drawing.wait(), 10)

    await organiser.click("window:letters")
    await organiser.sees("Start a letter")
    pressed.set()
    await process.bot.under_way.drain(10)
    await organiser.sees("Start a letter", within=0)


async def test_parts(running_bot: RunningBot) -> None:
    """An organiser finds a signer, lists them first, corrects them and changes rules by buttons."""
    await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member)
    await sign_as_oneself(running_bot.another, name="Zora Marsh")
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter status")
    await organiser.click("window:overview", channel=CHANNEL)

    await organiser.click("window:signers")
    await organiser.sees("First Member")
    await organiser.fill({"Search by name": "zora marsh"})
    assert await organiser.submit() is None
    await organiser.sees_no("First Member")
    await organiser.click("Move to top")
    await organiser.sees("Moved to the top")
    await organiser.click("Who signed")
    await organiser.sees(f"<@{running_bot.another.id}>")
    await organiser.close()
    await organiser.click("Correct entry")
    await organiser.sees_modal("Correct an entry")
    await organiser.fill({"Name": "Zora M. Marsh"})
    assert await organiser.submit() is None
    await organiser.click("correct.yes")
    await organiser.sees("hourglass_flowing_sand")
    await organiser.close()
    await organiser.sees("Zora Marsh")

    await organiser.click("window:settings")
    await organiser.click("rules.change:order")
    await organiser.fill({"ordering": "time"})
    assert await organiser.submit() is None
    await organiser.sees("Saved.")
    await organiser.click("window:invited")
    await organiser.click("invite")
    await organiser.fill({"people": ["U0MEMBER3"]})
    assert await organiser.submit() is None

    await organiser.sees("<@U0MEMBER3>")
    await organiser.sees(":white_check_mark:")
    assert len(await organiser.stack()) == 1


async def test_redrawn(running_bot: RunningBot) -> None:
    """A Home that was opened follows what others do; of ten signatures at once it is drawn once."""
    await a_posted_letter(running_bot)
    organiser, simulator = running_bot.organiser, running_bot.simulator
    await organiser.open_home()
    await organiser.sees("0 of 20", home=True)
    drawn = len(await simulator.calls("views.publish"))

    await sign_as_oneself(running_bot.member)
    await sign_as_oneself(running_bot.another)
    await running_bot.after(timedelta(seconds=4))

    await organiser.sees("2 of 20", home=True)
    assert len(await simulator.calls("views.publish")) == drawn + 1


async def test_never_opened(running_bot: RunningBot) -> None:
    """Nothing is drawn for somebody who never opened their Home."""
    await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member)
    await running_bot.after(timedelta(seconds=4))
    await asyncio.sleep(0.6)

    assert await running_bot.simulator.calls("views.publish") == []


async def test_shortcuts(running_bot: RunningBot) -> None:
    """Slack's menu of shortcuts starts a letter and shows one's letters, from anywhere."""
    await a_posted_letter(running_bot)
    await running_bot.organiser.shortcut("my_letters")
    await running_bot.organiser.sees("Your letters")
    await running_bot.organiser.close()
    await running_bot.organiser.shortcut("start_letter")

    view = await running_bot.organiser.view()
    assert view is not None
    assert view["callback_id"] == "draft"


async def test_from_the_card(running_bot: RunningBot) -> None:
    """A card's menu leads an organiser to the window, and everyone to their own signature."""
    await a_posted_letter(running_bot)
    organiser, member = running_bot.organiser, running_bot.member
    await organiser.click("window 1:overview:", channel=CHANNEL)
    await organiser.sees("0 of 20")

    await member.click("window 1:overview:", channel=CHANNEL)
    await member.sees("Only organisers")
    await member.close()
    await sign_as_oneself(member)
    await member.click("My signature", channel=CHANNEL)

    await member.sees_modal("Your signature")
