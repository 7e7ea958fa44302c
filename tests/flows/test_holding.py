"""People change and withdraw their signatures, whatever became of the letter since."""

from dataclasses import replace

import pytest

from bot.features.delivery.use_cases import handover
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.people import Actor, Membership, Person
from bot.letters.phases import Phase
from bot.letters.rules import Rules, WithdrawnEntry
from tests.flows.conftest import RunningBot
from tests.support import people
from tests.support.letters import for_organisation, rows, signs, the_letter
from tests.support.reading import fields, words_of
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for

ORGANISER = Actor(
    workspace="T0COALITION",
    person=Person("T0COALITION", "U0ORGANISER"),
    membership=Membership.MEMBER,
)
AFTER = [Phase.CLOSED, Phase.DELIVERED, Phase.LATE]


async def led_to(bot: RunningBot, letter: int, phase: Phase) -> None:
    """The letter is led on through its stories."""
    database = bot.process.database
    if phase in AFTER:
        await lifecycle.close(database, letter=letter, actor=ORGANISER)
    if phase in {Phase.DELIVERED, Phase.LATE}:
        await handover.deliver(database, letter=letter, actor=ORGANISER)
    if phase is Phase.LATE:
        await handover.open_late(database, letter=letter, actor=ORGANISER)
    if phase is Phase.CANCELLED:
        await lifecycle.cancel(database, letter=letter, actor=ORGANISER, reason="Done.")


async def open_mine(member: people.Person) -> None:
    await member.command(CHANNEL, "/letter mine")
    await member.click("Open", channel=CHANNEL)
    await member.sees_modal("Your signature")


async def pressable(member: people.Person) -> list[str]:
    view = await member.view() or {}
    return [element["text"]["text"] for _, element in fields(view["blocks"])]


@pytest.mark.parametrize("phase", AFTER)
async def test_not_changed_after(running_bot: RunningBot, phase: Phase) -> None:
    """After the letter has closed a signer's form says who corrects their entry."""
    letter = await a_posted_letter(running_bot)
    member = running_bot.member
    await sign_as_oneself(member)
    await led_to(running_bot, letter, phase)

    await open_mine(member)
    await member.click("Change")
    await member.sees_modal("Your signature")
    await member.fill({"Your name": "F. Member"})
    assert "To fix a typo, ask an organiser." in str(await member.submit())

    (kept,) = await rows(running_bot.process.database, "endorsements")
    assert (kept["entry"], kept["withdrawn_at"]) == ("First Member", None)


@pytest.mark.parametrize("rule", WithdrawnEntry)
@pytest.mark.parametrize("phase", [Phase.DELIVERED, Phase.LATE])
async def test_withdrawn_after_delivery(
    running_bot: RunningBot, phase: Phase, rule: WithdrawnEntry
) -> None:
    """A signer is told before and after what it does to withdraw from a delivered letter."""
    letter = await a_posted_letter(running_bot, rules=Rules(withdrawn_entry=rule))
    member = running_bot.member
    await sign_as_oneself(member)
    await led_to(running_bot, letter, phase)

    await open_mine(member)
    view = await member.view() or {}
    asked = next(
        element["confirm"]["text"]["text"]
        for _, element in fields(view["blocks"])
        if element["text"]["text"] == "Withdraw"
    )
    assert "The delivered copy can’t change" in asked
    await member.click("Withdraw")
    said = await member.sees_modal("Withdrawn")
    marked = rule is WithdrawnEntry.MARKED
    assert ("marked as withdrawn" in str(said)) == marked
    assert "The delivered copy can’t change" in str(said)

    (ended,) = await rows(running_bot.process.database, "endorsements")
    assert ended["ended"] == "withdrawn_after_delivery"
    (copy,) = await rows(running_bot.process.database, "delivered_copies")
    assert "First Member" in copy["entries"]


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.CANCELLED])
async def test_withdrawn_after_the_end(running_bot: RunningBot, phase: Phase) -> None:
    """A closed and a cancelled letter let people withdraw, and say that no new signature comes."""
    letter = await a_posted_letter(running_bot)
    member = running_bot.member
    await sign_as_oneself(member)
    await led_to(running_bot, letter, phase)

    await open_mine(member)
    assert ("Change" in await pressable(member)) == (phase is Phase.CLOSED)
    await member.click("Withdraw")
    said = str(await member.sees_modal("Withdrawn"))

    assert "Withdrawn:" in said
    assert "sign again" not in said


async def test_my_signature_after_delivery(running_bot: RunningBot) -> None:
    """After delivery My signature shows what was signed, or that nothing was, and no refusal."""
    letter = await a_posted_letter(running_bot)
    member, another = running_bot.member, running_bot.another
    await sign_as_oneself(member)
    await led_to(running_bot, letter, Phase.DELIVERED)

    await member.click("My signature", channel=CHANNEL)
    said = words_of(await member.sees_modal("Your signature"))
    assert "First Member" in said
    assert "Delivered" in said
    assert "you can’t do that any more" not in said
    await another.click("My signature", channel=CHANNEL)
    said = words_of(await another.sees_modal("Your signature"))
    assert "You haven’t signed this letter" in said
    assert "Delivered" in said


async def test_an_organisation_stays_what_it_is(running_bot: RunningBot) -> None:
    """After closing a signature cannot become another organisation's, and that is said in words."""
    letter = await a_posted_letter(running_bot)
    member = running_bot.member
    await sign_for(member, "Freedm House")
    await led_to(running_bot, letter, Phase.CLOSED)

    await open_mine(member)
    await member.click("Change")
    await member.sees_modal("Your signature")
    view = await member.view() or {}
    assert "How are you signing?" not in str(view)
    await member.fill({"Organisation": "Freedom House"})
    await member.sees("The letter is closed, so you can’t change the organisation.")

    assert "The letter is closed, so how you’re listed" in str(await member.submit())
    (kept,) = await rows(running_bot.process.database, "endorsements")
    assert kept["entry"] == "Freedm House"


async def test_many(running_bot: RunningBot) -> None:
    """A signer for as many organisations as one person may finds each, and withdraws the last."""
    letter = await a_posted_letter(running_bot)
    database, member = running_bot.process.database, running_bot.member
    actor = replace(ORGANISER, person=Person("T0COALITION", "U0MEMBER1"))
    found = await the_letter(database, letter, ORGANISER)
    for number in range(5):
        signature = for_organisation(actor, found, f"Group {chr(65 + number)}{number} of Rights")
        await signs(database, actor, found, signature)

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Your signature")
    for number in range(5):
        await member.sees(f"Group {chr(65 + number)}{number} of Rights")
    await member.click("Withdraw")
    await member.sees_modal("Withdrawn")
    assert (await the_letter(database, letter, ORGANISER)).tally.organisations == 4


async def test_before_the_yes(running_bot: RunningBot) -> None:
    """The form says, before the yes, what silence and a late withdrawal will mean."""
    await a_posted_letter(running_bot, rules=Rules(withdrawn_entry=WithdrawnEntry.MARKED))
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)

    said = await member.sees("If the meaning changes, we’ll ask you again")
    assert "Anyone who withdraws after delivery stays" in said
