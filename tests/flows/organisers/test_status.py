"""An organiser asks for a letter's status; everybody else is told kindly that they cannot."""

from datetime import timedelta

import pytest

from bot.features.cards import use_cases as cards
from bot.letters.people import Actor, Membership, Person
from tests.flows.conftest import RunningBot
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for

ORGANISER = Actor(
    workspace="T0COALITION",
    person=Person("T0COALITION", "U0ORGANISER"),
    membership=Membership.MEMBER,
)


async def test_how_it_stands(running_bot: RunningBot) -> None:
    """The organiser sees the tally by kind and day, the goal, the time left and who signed."""
    bot = running_bot
    await a_posted_letter(bot)
    await sign_as_oneself(bot.member)
    await bot.after(timedelta(days=1))
    await sign_for(bot.another, "TEDIC", country="Paraguay")

    await bot.organiser.command(CHANNEL, "/letter status")

    said = await bot.organiser.sees("2 of 20", channel=CHANNEL)
    assert "2 signatures: 1 organisation, 1 person" in said
    assert "3 Mar: 1 person" in said
    assert "4 Mar: 1 organisation" in said
    assert "<#C0OPENINTERNET>" in said
    assert "TEDIC (Paraguay)" in said
    answer = (await bot.organiser.messages(CHANNEL))[-1]
    assert answer["ephemeral"]
    assert [one["type"] for one in answer["blocks"]].count("data_visualization") == 1


async def test_others_are_refused(running_bot: RunningBot) -> None:
    """A member, a guest and another member get a friendly no, and nobody else sees it."""
    await a_posted_letter(running_bot)

    for person in (running_bot.member, running_bot.guest):
        await person.command(CHANNEL, "/letter status")
        await person.sees("Only organisers of", channel=CHANNEL)

    await running_bot.organiser.sees_no("Only organisers of", channel=CHANNEL)


async def test_buttons_lead_on(running_bot: RunningBot) -> None:
    """The buttons of a status open what one would do next."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter status")

    await organiser.click("deadline #1", channel=CHANNEL)
    await organiser.sees_modal("Deadline")
    await organiser.close()
    await organiser.click("command:post", channel=CHANNEL)
    await organiser.sees("Channels")
    await organiser.close()
    await organiser.click("invite", channel=CHANNEL)
    await organiser.sees_modal("Invite")


async def test_failed_card(running_bot: RunningBot) -> None:
    """A card that did not get into its channel is told to the organiser, with what to do."""
    organiser = running_bot.organiser
    letter = await a_posted_letter(running_bot)
    await cards.post(
        running_bot.process.database,
        letter=letter,
        actor=ORGANISER,
        channels=["C0STEERING"],
        trigger="another",
    )

    await organiser.sees("in <#C0STEERING>", channel="app")
    await organiser.click("Status", channel="app")

    await organiser.sees("/invite @Undersigned", channel="app")


async def test_which_one(running_bot: RunningBot) -> None:
    """With several letters and none named there is a choice; the pick answers in its place."""
    await a_posted_letter(running_bot, title="One Internet")
    await running_bot.after(timedelta(seconds=1))
    await a_posted_letter(running_bot, title="Another Internet")
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees("Which letter do you mean?", channel=CHANNEL)
    await organiser.click("status #1", channel=CHANNEL)

    await organiser.sees("0 of 20", channel=CHANNEL)
    await organiser.sees_no("Which letter do you mean?", channel=CHANNEL)


async def test_many_letters(running_bot: RunningBot) -> None:
    """One of many letters is picked from a menu, or named by number or by its beginning."""
    for number in range(7):
        await running_bot.after(timedelta(seconds=1))
        await a_posted_letter(running_bot, title=f"Letter {number}", goal=100 + number)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, "/letter status")
    await organiser.choose("choose", "#3 Letter 2", channel=CHANNEL)
    await organiser.sees("0 of 102", channel=CHANNEL)
    await organiser.command(CHANNEL, "/letter status letter 5")
    await organiser.sees("0 of 105", channel=CHANNEL)
    await organiser.command(CHANNEL, "/letter status #7")
    await organiser.sees("0 of 106", channel=CHANNEL)
    await organiser.command(CHANNEL, "/letter status nothing like it")
    await organiser.sees("Use its number or the start of its title", channel=CHANNEL)


async def test_words(running_bot: RunningBot) -> None:
    """The command alone opens the window of all letters; help offers the word that was meant."""
    member = running_bot.member

    await member.command(CHANNEL, "/letter")
    await member.sees_modal("Letters")
    await member.close()
    await member.command(CHANNEL, "/letter help")
    await member.sees("/letter mine", channel=CHANNEL)
    await member.command(CHANNEL, "/letter staus")
    await member.click("Use status", channel=CHANNEL)
    await member.sees("There are no letters here yet", channel=CHANNEL)
    await member.command(CHANNEL, "/letter payload <!channel>")
    await member.sees("payload", channel=CHANNEL)
    await member.command(CHANNEL, "/letter private")
    await member.sees("\u2068private\u2069", channel=CHANNEL)
    await member.sees_no("Use update", channel=CHANNEL)


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("invite", "No one is invited yet"),
        ("settings", "Organisers"),
        ("remove", "No one is on the list yet"),
    ],
)
async def test_words_of_the_desk(running_bot: RunningBot, word: str, shown: str) -> None:
    """The word on a button of the desk, typed after /letter, leads where the button does."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, f"/letter {word}")

    await organiser.sees(shown)


async def test_open_and_withdraw(running_bot: RunningBot) -> None:
    """`/letter open` shows the letter, and `/letter withdraw` what to withdraw."""
    await a_posted_letter(running_bot, goal=30)
    organiser, member = running_bot.organiser, running_bot.member

    await organiser.command(CHANNEL, "/letter open")
    await organiser.sees("0 of 30", channel=CHANNEL)
    await member.command(CHANNEL, "/letter withdraw")
    await member.sees("You haven’t signed", channel=CHANNEL)


async def test_list(running_bot: RunningBot) -> None:
    """The window of all letters has what is open, and for an organiser their closed ones too."""
    await a_posted_letter(running_bot, title="One Internet")
    await running_bot.after(timedelta(seconds=1))
    await a_posted_letter(running_bot, title="An older one")
    organiser, member = running_bot.organiser, running_bot.member
    await organiser.command(CHANNEL, "/letter close #2")
    await organiser.submit()
    await organiser.close(everything=True)

    await member.command(CHANNEL, "/letter list")
    said = await member.sees("One Internet")
    assert "An older one" not in said
    await member.click("sign")
    await member.sees_modal("Sign the letter")

    await organiser.command(CHANNEL, "/letter list")
    await organiser.sees("An older one")


async def test_nothing_more_to_gather(running_bot: RunningBot) -> None:
    """A letter that takes no more signatures does not ask to be the first, nor count what is missing."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, f"/letter cancel #{number}")
    await organiser.sees_modal("Cancel the letter")
    await organiser.fill({"Reason": "We won!"})
    await organiser.submit()
    await organiser.close(everything=True)

    await organiser.command(CHANNEL, f"/letter status #{number}")

    shown = await organiser.sees("Signatures", channel=CHANNEL)
    assert "No signatures yet." in shown
    assert "We won!\u2069\nNothing will be sent" in shown


async def test_words_apart(running_bot: RunningBot) -> None:
    """A line end parts a command's words as a space does, and an unknown word is said unescaped."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, "/letter status\n#1")
    await organiser.sees("Signatures", channel=CHANNEL)
    await organiser.command(CHANNEL, "/letter R&D")

    await organiser.sees("“\u2068r&amp;d\u2069”", channel=CHANNEL)


async def test_archived(running_bot: RunningBot) -> None:
    """A card in an archived channel is told as that, not as deleted."""
    await a_posted_letter(running_bot)
    await running_bot.simulator.change_channel("C0OPENINTERNET", archive=True)
    await running_bot.another.open_home()
    await running_bot.another.click("Sign", home=True)
    await running_bot.another.sees_modal("Sign the letter")
    await running_bot.another.submit()

    await running_bot.organiser.sees("That channel is archived.", channel="app")
