"""An organiser closes, extends, reopens and cancels a letter, pins, and shares the work."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.letters.deadlines import Grace
from bot.letters.rules import Printing, Rules
from tests.flows.conftest import RunningBot
from tests.support.people import PATIENCE_SECONDS, Person
from tests.support.reading import words_of
from tests.support.scenes.drafts import kept
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


async def test_close(running_bot: RunningBot) -> None:
    """Closing asks first with the tally; then nobody signs and the card says so."""
    await a_posted_letter(running_bot)
    organiser, member = running_bot.organiser, running_bot.member
    await sign_as_oneself(member)

    await organiser.command(CHANNEL, "/letter close")
    await organiser.sees("1 signature")
    assert await organiser.submit() is None

    await organiser.sees("Letter closed")
    await organiser.sees("Closed ", channel=CHANNEL)
    await running_bot.another.click("My signature", channel=CHANNEL)
    await running_bot.another.sees("is closed, so no one can sign it now. Its")


async def test_extend(running_bot: RunningBot) -> None:
    """Another deadline is kept; one in the past is refused beside its field."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, "/letter extend")
    await organiser.sees_modal("Deadline")
    await organiser.fill({"New deadline": running_bot.now - timedelta(days=1)})
    assert list(await organiser.submit() or {}) == ["deadline"]
    await organiser.fill({"New deadline": running_bot.now + timedelta(days=30)})
    assert await organiser.submit() is None

    await organiser.sees("Deadline moved to")
    await organiser.sees("Apr 2, 2026", channel=CHANNEL)


async def test_reopen(running_bot: RunningBot) -> None:
    """A letter past its deadline takes signatures again once it is reopened."""
    await a_posted_letter(running_bot, deadline=running_bot.now + timedelta(hours=1))
    await running_bot.after(timedelta(hours=2))
    organiser = running_bot.organiser
    await organiser.sees("The deadline for", channel="app")

    await organiser.click("Reopen", channel="app")
    await organiser.sees_modal("Deadline")
    assert await organiser.submit() is None

    await organiser.sees("Letter reopened until")
    await organiser.close(everything=True)
    await running_bot.after(timedelta(seconds=2))  # a card changes at most once a second
    await organiser.sees("Sign by", channel=CHANNEL)
    await sign_as_oneself(running_bot.member)


async def test_cancel(running_bot: RunningBot) -> None:
    """Cancelling needs a word of why, which the card then shows."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, "/letter cancel")
    await organiser.sees_modal("Cancel the letter")
    await organiser.fill({"Reason": " "})
    assert list(await organiser.submit() or {}) == ["reason"]
    await organiser.fill({"Reason": "It was answered."})
    assert await organiser.submit() is None

    await organiser.sees("Letter cancelled")
    await organiser.sees("It was answered", channel=CHANNEL)
    await organiser.command(CHANNEL, "/letter close")
    await organiser.sees("Cancelled: \u2068It was answered.\u2069", channel=CHANNEL)


async def test_pin(running_bot: RunningBot) -> None:
    """A pinned convener is first in the list, by entry or by name, until unpinned."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "Access & More")
    await sign_for(running_bot.another, "TEDIC", country="Paraguay")

    await organiser.command(CHANNEL, "/letter pin Tedic")
    await organiser.sees("Moved to the top: \u2068TEDIC (Paraguay)\u2069", channel=CHANNEL)
    await organiser.click("Who signed", channel=CHANNEL)
    said = await organiser.sees("TEDIC (Paraguay)")
    assert said.index("TEDIC") < said.index("Access")
    await organiser.close()
    await organiser.command(CHANNEL, "/letter unpin #1 tedic (paraguay)")
    await organiser.sees("Moved back into the list", channel=CHANNEL)
    await organiser.command(CHANNEL, "/letter pin Access & More")
    await organiser.sees("Moved to the top: \u2068Access &amp; More\u2069", channel=CHANNEL)


async def test_pin_by_form(running_bot: RunningBot) -> None:
    """Without a name a form asks for it; a name that is nobody's is refused beside its field."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "TEDIC")

    await organiser.command(CHANNEL, "/letter pin")
    await organiser.sees_modal("Signers")
    await organiser.click("Move to top")
    await organiser.sees("Moved to the top")


async def test_pin_where_several_are(running_bot: RunningBot) -> None:
    """A name on several letters is kept by the choice between them."""
    await a_posted_letter(running_bot, title="One")
    await sign_for(running_bot.member, "TEDIC")
    await running_bot.after(timedelta(seconds=1))
    await a_posted_letter(running_bot, title="Two")
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, "/letter pin TEDIC")
    await organiser.click("pin #1 TEDIC", channel=CHANNEL)

    await organiser.sees("Moved to the top", channel=CHANNEL)


async def test_organisers_by_command(running_bot: RunningBot) -> None:
    """A second organiser is added and told, can close, and is removed; the last one stays."""
    await a_posted_letter(running_bot)
    organiser, second = running_bot.organiser, running_bot.second

    await organiser.command(CHANNEL, "/letter organisers add <@U0SECOND>")
    await organiser.sees("Organiser added", channel=CHANNEL)
    await second.sees("made you an organiser", channel="app")
    await second.click("Status", channel="app")
    await second.sees("0 of 20", channel="app")
    await second.command(CHANNEL, "/letter organisers #1 remove <@U0ORGANISER>")
    await second.sees("Organiser removed", channel=CHANNEL)
    await second.command(CHANNEL, "/letter organisers remove #1 <@U0SECOND>")
    await second.sees("A letter needs at least one organiser. Add another", channel=CHANNEL)
    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees("Only organisers of", channel=CHANNEL)


async def test_organisers_by_form(running_bot: RunningBot) -> None:
    """The form lists who runs the letter, adds a full member, refuses a guest, and removes."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, "/letter organisers")
    await organiser.sees_modal("Organisers")
    await organiser.choose("organisers.add", "U0GUEST")
    await organiser.sees("full members")
    await organiser.close()
    await organiser.choose("organisers.add", "U0SECOND")
    await organiser.sees("Organiser added: <@U0SECOND>")

    await organiser.click("organisers.remove:1")
    await organiser.sees("Organiser removed: <@U0SECOND>")


async def test_no_mention(running_bot: RunningBot) -> None:
    """A name without an @ is answered with how to write it."""
    await a_posted_letter(running_bot)

    await running_bot.organiser.command(CHANNEL, "/letter organisers add somebody")

    await running_bot.organiser.sees("Use an @mention", channel=CHANNEL)


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Nobody but an organiser closes, cancels, extends, pins, reminds or changes organisers."""
    await a_posted_letter(running_bot)
    member = running_bot.member

    for word in ("close", "cancel", "extend", "pin TEDIC", "remind", "organisers"):
        await member.command(CHANNEL, f"/letter {word}")
        await member.sees("Only organisers of", channel=CHANNEL)
        assert await member.view() is None


async def _answer(person: Person, typed: str) -> str:
    before = len(await person.messages(CHANNEL))
    await person.command(CHANNEL, typed)
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(seen := await person.messages(CHANNEL)) == before:
            pass
    return words_of(seen[-1])


async def test_nothing_about_those_named(running_bot: RunningBot) -> None:
    """A refused command tells no more, whether it names a signer, an organiser or nobody."""
    await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.another)
    users = ("U0ORGANISER", "U0SECOND", "U0GUEST", "U0NOBODY")
    names = ("Second Member", "Somebody Unknown")

    answers = [
        await _answer(running_bot.member, f"/letter {typed}")
        for typed in (
            *(f"organisers {verb} <@{user}>" for verb in ("add", "remove") for user in users),
            *(f"{word} {name}" for word in ("correct", "pin", "unpin") for name in names),
        )
    ]

    assert set(answers) == {answers[0]}
    assert answers[0].startswith("Only organisers of")


async def test_extend_keeps_the_grace(running_bot: RunningBot) -> None:
    """An extended letter truly closes as long after its new deadline, and both moments are said."""
    grace = Grace(minutes=30, anywhere=True)
    number = await a_posted_letter(running_bot, tz="Europe/Berlin", grace=grace)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, "/letter extend")
    await organiser.sees("Late signers have until")
    await organiser.fill({"New deadline": datetime(2026, 4, 1, 17, tzinfo=UTC)})
    assert await organiser.submit() is None

    await organiser.sees("Deadline moved to")
    await organiser.sees("Late signers have until")
    letter = (await kept(running_bot, number)).letter
    assert letter.closes_at == datetime(2026, 4, 2, 12, 30, tzinfo=UTC)


async def test_own_headings(running_bot: RunningBot) -> None:
    """An entry is put under a heading in Signers; everyone who reads the list sees it there."""
    printing = Printing(groups=("Unions", "Parties"))
    await a_posted_letter(running_bot, rules=Rules(printing=printing))
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "Access & More")
    await sign_for(running_bot.another, "TEDIC", country="Paraguay")

    async def groups(name: str, heading: str) -> str:
        await organiser.command(CHANNEL, "/letter pin")
        await organiser.sees_modal("Signers")
        await organiser.fill({"Search by name": name})
        await organiser.submit()
        await organiser.click("Choose a heading")
        await organiser.click(heading)
        await organiser.close(everything=True)
        await organiser.click("Who signed", channel=CHANNEL)
        said = await organiser.sees("TEDIC (Paraguay)")
        await organiser.close(everything=True)
        return said

    said = await groups("TEDIC", "Parties")
    assert said.index("Parties") < said.index("TEDIC") < said.index("Organisations")
    said = await groups("Access", "Unions")
    assert said.index("Unions") < said.index("Access") < said.index("Parties")
    said = await groups("TEDIC", "Move to top")
    assert said.index("Conveners") < said.index("TEDIC") < said.index("Unions")
    said = await groups("Access", "No heading")
    assert "Unions" not in said
