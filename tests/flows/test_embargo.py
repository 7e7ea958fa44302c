"""Under an embargo nobody but organisers finds a name or a number, wherever they look."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from bot.app import registered
from bot.features.delivery.use_cases import handover
from bot.features.desk.slack.help import known_words
from bot.features.invitations.rules import Invitee
from bot.features.invitations.use_cases import invitations
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.signing.use_cases import signatures
from bot.letters.amendment import AmendmentKind
from bot.letters.endorsement import Kind
from bot.letters.people import Actor, Membership, Person
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Embargo, Hidden, Rules
from tests.flows.conftest import RunningBot
from tests.support import people
from tests.support.amending import amends
from tests.support.exporting import exported
from tests.support.letters import a_signature, a_trigger, for_organisation
from tests.support.reading import words_of
from tests.support.scenes.drafts import ORGANISER, kept
from tests.support.scenes.passing import until_quiet
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

NAME = "Quagga"
"""A name in the entry of everybody who signed before, and nowhere else."""
PERSONS, ORGANISATIONS, GOAL = 61, 71, 97
NUMBERS = re.compile(
    rf"\b(?:{'|'.join(str(n) for n in (61, 62, 63, 71, 72, 132, 133, 134, 135, GOAL))})\b"
)
"""The number of signers, in all and by kind, with those who sign in this story; and the goal."""
A_MOMENT = re.compile(r"<!date\^[^>]*>|\d\d:\d\d|\d{4}-\d\d-\d\d\S*")
DAY = timedelta(days=1)


async def an_embargoed_letter(bot: RunningBot, hides: Hidden, **changes: Any) -> int:
    """A letter that many have signed, of which nobody may see who and perhaps how many."""
    embargo = Embargo(hides=hides, until=bot.now + 5 * DAY, until_listed=500)
    number = await a_posted_letter(bot, goal=GOAL, rules=Rules(embargo=embargo), **changes)
    letter = (await kept(bot, number)).letter

    async def sign(user: str, organisation: str = "") -> None:
        actor = Actor(
            workspace="T0COALITION",
            person=Person("T0COALITION", user),
            membership=Membership.MEMBER,
        )
        made = (
            for_organisation(actor, letter, organisation)
            if organisation
            else a_signature(actor, letter, name=f"{NAME} {user}")
        )
        await signatures.sign(
            bot.process.database,
            signatures.SignRequest(letter=number, actor=actor, signature=made, trigger=a_trigger()),
        )

    await asyncio.gather(
        *(sign(f"UP{one}") for one in range(PERSONS)),
        *(sign(f"UO{one}", f"{NAME} Society {one}") for one in range(ORGANISATIONS)),
    )
    await owe_them_nothing(bot)
    return number


async def owe_them_nothing(bot: RunningBot) -> None:
    """They have no accounts here: nothing can be sent to them, and others would wait behind it."""
    gone = "DELETE FROM outbox WHERE target LIKE 'UP%' OR target LIKE 'UO%'"
    await bot.process.database.write(lambda tx: tx.connection.exec_driver_sql(gone))


async def in_sight(person: people.Person) -> AsyncIterator[tuple[str, str]]:
    """All that somebody can see now, with where: messages and what is spoken of them, modals, Home."""
    for channel in (CHANNEL, "app"):
        for message in await person.messages(channel):
            yield channel, f"{words_of(message)}\n{message.get('text', '')}"
    for view in await person.stack():
        yield view["title"]["text"], words_of(view)
    home = await person.home()
    if home is not None:
        yield "Home", words_of(home)


async def sees_nothing_of_it(person: people.Person, *, numbers: bool = True) -> None:
    """Nothing that this person sees has a name of those who signed, or how many they are."""
    async for where, shown in in_sight(person):
        assert NAME not in shown, f"{where}: {shown}"
        if numbers:
            found = NUMBERS.search(A_MOMENT.sub("", shown))
            assert found is None, f"{found} in {where}: {shown}"


async def looks_everywhere(person: people.Person, number: int, *, numbers: bool = True) -> None:
    """Somebody presses all that can be pressed and says every word of the command."""
    for pressed in ("Read letter", "Who signed"):
        await person.click(pressed, channel=CHANNEL)
        await person.sees("One Internet")
        await sees_nothing_of_it(person, numbers=numbers)
        await person.close(everything=True)
    for word in known_words(registered()):
        for command in (f"/letter {word} #{number}", f"/letter {word}"):
            await person.command(CHANNEL, command)
            await sees_nothing_of_it(person, numbers=numbers)
            while await person.view() is not None:
                await person.close(everything=True)
    await person.open_home()
    await person.sees("One Internet", home=True)
    await sees_nothing_of_it(person, numbers=numbers)


@pytest.mark.parametrize("hides", Hidden)
async def test_nowhere(running_bot: RunningBot, hides: Hidden) -> None:
    """Card, list, form, thanks, receipt, reminder, ask, Home, commands and files show nothing."""
    bot, numbers = running_bot, hides is Hidden.ALL
    number = await an_embargoed_letter(bot, hides)
    member, another, third = bot.member, bot.another, bot.third
    hidden = (
        "Names and the number of signatures are hidden. They appear"
        if numbers
        else "The names are hidden."
    )
    await member.sees(hidden, channel=CHANNEL)
    await member.sees_no("signatures yet", channel=CHANNEL)
    await looks_everywhere(member, number, numbers=numbers)

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await sees_nothing_of_it(member, numbers=numbers)
    await member.close(everything=True)
    await sign_as_oneself(member)
    await member.sees("You signed", channel="app")
    await sees_nothing_of_it(member, numbers=numbers)
    await looks_everywhere(member, number, numbers=numbers)

    # A reminder, an ask, and a word about the text.
    await bot.organiser.command(CHANNEL, f"/letter remind #{number}")
    await bot.organiser.sees("This goes to")
    await bot.organiser.fill({"When?": "Now"})
    assert await bot.organiser.submit() is None
    await bot.organiser.close(everything=True)
    await another.sees("you can still sign this letter", channel="app", within=15)
    await sees_nothing_of_it(another, numbers=numbers)
    await another.click("Remind me later", channel="app")
    await another.sees("OK. Next reminder", channel="app")
    await sees_nothing_of_it(another, numbers=numbers)
    database = bot.process.database
    wanted = [Invitee(kind=Kind.PERSON, person=Person("T0COALITION", "U0MEMBER3"))]
    await invitations.invite(
        database, letter=number, actor=ORGANISER, wanted=wanted, trigger=a_trigger()
    )
    await third.sees("One Internet", channel="app")
    await sees_nothing_of_it(third, numbers=numbers)
    await amends(
        database, letter=number, actor=ORGANISER, body="We ask for one Internet, please.",
        kind=AmendmentKind.COSMETIC, note="A word.",
    )  # fmt: skip
    await owe_them_nothing(bot)
    await member.sees("A word.", channel="app")
    await sees_nothing_of_it(member, numbers=numbers)

    with pytest.raises(Refused) as refused:
        await exported(database, number)
    assert refused.value.refusal.reason is Reason.UNDER_EMBARGO
    # What organisers see, to know that there was something to be seen.
    await bot.organiser.command(CHANNEL, f"/letter status #{number}")
    said = await bot.organiser.sees("133 signatures: 71 organisations, 62 people", channel=CHANNEL)
    assert hidden in said
    await bot.organiser.command(CHANNEL, f"/letter signers #{number}")
    assert NAME in await bot.organiser.sees("Organisations")
    await bot.organiser.close(everything=True)


async def test_nowhere_after_the_end(running_bot: RunningBot) -> None:
    """An embargo that still holds on a closed, delivered or late letter shows as little as before."""
    bot = running_bot
    number = await an_embargoed_letter(bot, Hidden.ALL)
    member, database = bot.member, bot.process.database
    await lifecycle.close(database, letter=number, actor=ORGANISER)
    await member.sees("Thank you to everyone who signed.", channel=CHANNEL)
    await looks_everywhere_closed(member, number)
    await handover.deliver(database, letter=number, actor=ORGANISER)
    await member.sees("Delivered", channel=CHANNEL)
    await looks_everywhere_closed(member, number)
    await handover.open_late(database, letter=number, actor=ORGANISER)
    await member.sees("late signature", channel=CHANNEL)
    await looks_everywhere(member, number)
    await sign_late(member)
    await sees_nothing_of_it(member)


async def looks_everywhere_closed(person: people.Person, number: int) -> None:
    for command in ("signers", "read", "list", "status", "delivered"):
        await person.command(CHANNEL, f"/letter {command} #{number}")
        await sees_nothing_of_it(person)
        while await person.view() is not None:
            await person.close(everything=True)


async def sign_late(person: people.Person) -> None:
    await person.click("Sign", channel=CHANNEL)
    await person.sees("You’ll be listed with the late signatures")
    assert await person.submit() is None
    await person.sees_modal("Signed")
    await person.close(everything=True)
    await person.sees("on the list of late signatures", channel="app")


async def test_lifted_by_time(running_bot: RunningBot) -> None:
    """At its time the card shows the count by itself, and the list its names."""
    bot = running_bot
    number = await an_embargoed_letter(bot, Hidden.ALL)
    # What the signatures owe the card has gone: only the time can change it now.
    await until_quiet(bot)
    await sees_nothing_of_it(bot.member)
    await bot.after(5 * DAY)

    await bot.member.sees("132 signatures: 71 organisations, 61 people", channel=CHANNEL)
    await bot.member.sees("132 of 97", channel=CHANNEL)
    await bot.member.command(CHANNEL, f"/letter signers #{number}")
    assert NAME in await bot.member.sees("Organisations")
    # The same look that found nothing before finds it now.
    with pytest.raises(AssertionError, match=NAME):
        await sees_nothing_of_it(bot.member, numbers=False)
    with pytest.raises(AssertionError, match="132"):
        await sees_nothing_of_it(bot.second)


async def test_lifted_by_number(running_bot: RunningBot) -> None:
    """The signature that makes it enough lifts it: the card and the list show all, for good."""
    embargo = Embargo(hides=Hidden.ALL, until_listed=2)
    await a_posted_letter(running_bot, rules=Rules(embargo=embargo))
    member, another = running_bot.member, running_bot.another
    await member.sees(
        "Names and the number of signatures are hidden. They appear once 2 people have signed.",
        channel=CHANNEL,
    )
    await sign_as_oneself(member)
    await another.click("Who signed", channel=CHANNEL)
    await another.sees("Names and the number of signatures are hidden")
    await another.sees_no("First Member")
    await another.close(everything=True)

    await sign_as_oneself(another)

    await member.sees("2 signatures", channel=CHANNEL)
    await member.sees_no("hidden", channel=CHANNEL)
    await member.click("Who signed", channel=CHANNEL)
    said = await member.sees("First Member")
    assert "Second Member" in said
    await member.close(everything=True)
    await another.command(CHANNEL, "/letter mine")
    await another.click("Open", channel=CHANNEL)
    await another.click("Withdraw")
    await another.sees_modal("Withdrawn")
    await another.close(everything=True)
    await member.sees("1 signature", channel=CHANNEL)
