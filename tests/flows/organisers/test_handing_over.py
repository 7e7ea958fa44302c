"""A letter is delivered, once and for good; later withdrawals show as such."""

import hashlib
import json
from typing import Any

import pytest

from bot.letters.rules import Rules, WithdrawnEntry
from tests.flows.conftest import RunningBot
from tests.flows.operators.test_commands import settings_of
from tests.support.commands import undersigned
from tests.support.people import Person
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


async def hand_over(organiser: Person, number: int) -> str:
    """Close a letter, deliver it, and return what is said of it."""
    await organiser.command(CHANNEL, f"/letter close #{number}")
    await organiser.sees_modal("Deadline")
    assert await organiser.submit() is None
    await organiser.close(everything=True)
    await organiser.command(CHANNEL, f"/letter deliver #{number}")
    await organiser.sees_modal("Delivery")
    await organiser.click("deliver")
    said = await organiser.sees("Letter delivered")
    await organiser.close(everything=True)
    return said


async def test_handed_over(running_bot: RunningBot) -> None:
    """The organiser sees what is cut, says yes, and gets counts, hashes, the time and the clock."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await sign_as_oneself(running_bot.member)
    await sign_for(running_bot.another, "Web Group")
    await organiser.command(CHANNEL, f"/letter deliver #{number}")
    await organiser.sees("is still open. Close it first", channel=CHANNEL)

    said = await hand_over(organiser, number)

    assert "2 signatures: 1 organisation, 1 person" in said
    await running_bot.member.sees("Delivered", channel=CHANNEL)
    await organiser.command(CHANNEL, f"/letter status #{number}")
    await organiser.click("Delivered copy", channel=CHANNEL)
    await organiser.sees_modal("Delivery")
    await organiser.click("Details")
    await organiser.sees("SHA-256")
    await organiser.close()
    await organiser.click("The list")
    listed = await organiser.sees("Web Group")
    assert "First Member" in listed
    await organiser.close()
    await organiser.click("The text")
    await organiser.sees("We, the undersigned, ask for one Internet.")
    await organiser.close(everything=True)
    await running_bot.member.command(CHANNEL, f"/letter delivered #{number}")
    await running_bot.member.sees("Only organisers of", channel=CHANNEL)


async def test_as_a_file(running_bot: RunningBot) -> None:
    """The command line writes the copy exactly as it was cut: its bytes have the hashes it names."""
    number = await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member)
    await sign_for(running_bot.another, "Web Group")
    settings = settings_of(running_bot)
    before = await undersigned("letters", "delivered", str(number), **settings)
    assert before.code != 0
    assert "hasn’t been delivered yet. Its organisers" in before.err
    await hand_over(running_bot.organiser, number)

    async def written(form: str) -> str:
        done = await undersigned(
            "letters", "delivered", str(number), "--format", form, **settings
        )  # fmt: skip
        assert done.code == 0, done.err
        return done.out

    copy: dict[str, Any] = json.loads(await written("json"))
    assert await written("lines") == "Web Group\nFirst Member\n"
    signed = f"{copy['title']}\n{copy['sender']}\n\n{copy['text']}"
    assert await written("text") == signed
    assert hashlib.sha256(signed.encode()).hexdigest() == copy["text_sha256"]
    printed = await written("printed")
    assert hashlib.sha256(printed.encode()).hexdigest() == copy["copy_sha256"]
    assert json.loads(printed).items() <= copy.items()
    assert {"title", "sender", "text", "list", "cut_at"} <= json.loads(printed).keys()
    assert [entry["entry"] for entry in copy["list"]] == ["Web Group", "First Member"]
    assert (copy["organisations"], copy["people"], copy["clock"]) == (1, 1, "given")


@pytest.mark.parametrize("rule", WithdrawnEntry)
async def test_withdrawn_after_delivery(running_bot: RunningBot, rule: WithdrawnEntry) -> None:
    """A signer who withdraws is told what it does; organisers see them named; the copy stays."""
    number = await a_posted_letter(running_bot, rules=Rules(withdrawn_entry=rule))
    organiser, member = running_bot.organiser, running_bot.member
    await sign_as_oneself(member)
    await sign_as_oneself(running_bot.another)
    await hand_over(organiser, number)
    settings = settings_of(running_bot)
    before = await undersigned("letters", "delivered", str(number), "--format", "json", **settings)

    await member.click("My signature", channel=CHANNEL)
    await member.sees("First Member")
    await member.click("Withdraw")
    await member.sees_modal("Withdrawn")
    marked = rule is WithdrawnEntry.MARKED
    await member.close(everything=True)

    await member.click("Who signed", channel=CHANNEL)
    shown = await member.sees("1 signature")
    assert ("First Member\u2069 (withdrawn after delivery)" in shown) is marked
    assert ("First Member" in shown) is marked
    await organiser.command(CHANNEL, f"/letter status #{number}")
    await organiser.sees("1 signer withdrew after delivery.", channel=CHANNEL)
    await organiser.command(CHANNEL, f"/letter delivered #{number}")
    said = await organiser.sees("1 signer withdrew after delivery.")
    assert "First Member" in said
    assert "2 signatures" in said
    after = await undersigned("letters", "delivered", str(number), "--format", "json", **settings)
    assert after.out == before.out


async def test_late_signer(running_bot: RunningBot) -> None:
    """A signer of a letter that was delivered is told first that they go on the late list."""
    number = await a_posted_letter(running_bot)
    organiser, late = running_bot.organiser, running_bot.another
    await sign_as_oneself(running_bot.member)
    await hand_over(organiser, number)
    await late.click("My signature", channel=CHANNEL)
    await late.sees("You haven’t signed this letter")
    await late.close(everything=True)

    await organiser.command(CHANNEL, "/letter late")
    await organiser.click("Open late signatures")
    said = await organiser.sees("Late signatures opened")
    assert "You can still sign" not in said
    await organiser.close(everything=True)
    await late.sees("You’ll be listed with the late signatures", channel=CHANNEL)
    await late.click("Sign", channel=CHANNEL)
    await late.sees("You’ll be listed with the late")
    assert await late.submit() is None
    await late.sees_modal("Signed")
    await late.close(everything=True)

    await late.sees("1 signature, plus 1 late signature", channel=CHANNEL)
    await late.sees("on the list of late signatures", channel="app")
    await late.click("Who signed", channel=CHANNEL)
    said = await late.sees("Late: people")
    assert said.index("First Member") < said.index("Late: people") < said.index("Second Member")
    await late.close(everything=True)
    await organiser.command(CHANNEL, "/letter late")
    await organiser.click("Stop late signatures")
    await organiser.sees("Late signatures stopped")
    await organiser.close(everything=True)
    await late.sees_no("You’ll be listed with the late signatures", channel=CHANNEL)
    copy = await undersigned("letters", "delivered", str(number), **settings_of(running_bot))
    assert copy.out == "First Member\n"


async def test_handed_over_meanwhile(running_bot: RunningBot) -> None:
    """A form that was open while the letter was delivered does not sign before it has said so."""
    number = await a_posted_letter(running_bot)
    organiser, late = running_bot.organiser, running_bot.another
    await late.click("Sign", channel=CHANNEL)
    await late.sees_modal("Sign the letter")
    await hand_over(organiser, number)
    await organiser.command(CHANNEL, f"/letter late #{number}")
    await organiser.click("Open late signatures")
    await organiser.sees("Late signatures opened")

    assert await late.submit() is None
    await late.sees("You’ll be listed with the late")
    assert await late.submit() is None
    await late.sees_modal("Signed")
    await late.sees("plus 1 late signature", channel=CHANNEL)
