"""People read a letter on its card, and who signed it."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.features.signing.use_cases import signatures
from bot.letters.endorsement import Capacity, Facts, Signature
from bot.letters.entries import compose
from bot.letters.people import Actor, Membership, Person
from bot.letters.text import split_title
from bot.use_cases import pinning
from tests.flows.conftest import RunningBot
from tests.support import people
from tests.support.documents.letter_text import visible_text
from tests.support.reading import fields
from tests.support.scenes.drafts import ORGANISER
from tests.support.scenes.published import LETTERS, Published
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

LETTER_BLOCKS = {"rich_text", "header"}


def pressable(view: dict[str, object]) -> list[str]:
    return [element["text"]["text"] for _, element in fields(view["blocks"])]  # pyright: ignore[reportArgumentType] - a view's blocks


async def top(person: people.Person) -> dict[str, object]:
    view = await person.view()
    assert view is not None
    return view


async def sign_many(bot: RunningBot, letter: int, count: int) -> list[str]:
    """Have so many people sign; return their entries in the order of the list."""
    database = bot.process.database
    names = [f"Member {number:03}" for number in range(count)]
    for number, name in enumerate(names):
        actor = Actor(
            workspace="T0COALITION",
            person=Person("T0COALITION", f"U0SIGNER{number}"),
            membership=Membership.MEMBER,
        )
        opening = await signatures.opening(database, letter=letter, actor=actor)
        signature = compose(
            actor.person,
            Capacity.INDIVIDUAL,
            Facts(name=name),
            sort_name=f"A{number:03}",
            language=opening.letter.language,
            text_sha256=opening.letter.text_sha256,
            consent="yes",
        )
        assert isinstance(signature, Signature)
        await signatures.sign(
            database,
            signatures.SignRequest(
                letter=letter, actor=actor, signature=signature, trigger=f"s{number}"
            ),
        )
    return names


@pytest.mark.parametrize("letter", LETTERS, ids=str)
async def test_every_word(running_bot: RunningBot, letter: Published) -> None:
    """Read shows every word of the long letter, page after page in one modal, and then Sign."""
    title, body = split_title(letter.text)
    await a_posted_letter(running_bot, title=title, body=body)
    member = running_bot.member
    await member.click("Read letter", channel=CHANNEL)
    view = await member.sees_modal("The letter")
    assert "From" in await member.text()

    read: list[str] = []
    number = 1
    while True:
        blocks = [block for block in view["blocks"][1:] if block["type"] in LETTER_BLOCKS]
        read += visible_text(blocks).split()
        if "Next →" not in pressable(view):
            break
        assert "Sign" not in pressable(view)
        number += 1
        await member.click("Next →")
        await member.sees(f"Page {number} of")
        view = await member.sees_modal("The letter")
    assert number > 1
    assert read == body.split()
    assert len(await member.stack()) == 1

    await member.click("← Previous")
    await member.sees(f"Page {number - 1} of")
    await member.click("Next →")
    await member.sees(f"Page {number} of")
    await member.click("Sign")
    await member.sees_modal("Sign the letter")


async def test_read_after_signing(running_bot: RunningBot) -> None:
    """A signer finds their signature under the letter."""
    await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member)

    await running_bot.member.click("Read letter", channel=CHANNEL)
    await running_bot.member.click("Your signature")

    await running_bot.member.sees("Withdraw")


async def test_read_after_the_deadline(running_bot: RunningBot) -> None:
    """After the deadline the letter can be read, and offers nothing to sign."""
    await a_posted_letter(running_bot)
    await running_bot.after(timedelta(days=15))

    await running_bot.member.click("Read letter", channel=CHANNEL)
    view = await running_bot.member.sees_modal("The letter")

    assert "Closed " in await running_bot.member.text()
    assert pressable(view) == ["Privacy"]


async def test_read_by_name(running_bot: RunningBot) -> None:
    """`/letter read` and `/letter signers` open what the card's buttons open."""
    await a_posted_letter(running_bot)

    await running_bot.member.command(CHANNEL, "/letter read One")
    await running_bot.member.sees("We, the undersigned")
    await running_bot.member.close()
    await running_bot.member.command(CHANNEL, "/letter signers")
    await running_bot.member.sees_modal("Who signed")


async def test_double_turn(running_bot: RunningBot) -> None:
    """Pressing Next twice turns one page, and says nothing of trouble."""
    await a_posted_letter(running_bot, body="A paragraph of the letter.\n\n" * 400)
    member = running_bot.member
    await member.click("Read letter", channel=CHANNEL)
    await member.sees("Page 1 of")
    records = await running_bot.simulator.records(kind="interactive")
    await member.click("Next →")
    await member.sees("Page 2 of")

    (pressed,) = (await running_bot.simulator.records(kind="interactive"))[len(records) :]
    with capture_logs() as logs:
        await running_bot.simulator.redeliver(pressed["id"], retry_num=1, reason="http_timeout")

    assert "slack.failed" not in [line["event"] for line in logs]
    assert "Page 2 of" in await member.text()
    assert len(await member.stack()) == 1


async def test_nobody_yet(running_bot: RunningBot) -> None:
    """An empty list says so and offers to sign."""
    await a_posted_letter(running_bot)

    await running_bot.member.click("Who signed", channel=CHANNEL)
    await running_bot.member.sees("No signatures yet")
    await running_bot.member.click("Sign")

    await running_bot.member.sees_modal("Sign the letter")


@pytest.mark.parametrize("count", [120])
async def test_long_list(running_bot: RunningBot, count: int) -> None:
    """120 signatures are read in pages, forwards and back, each once and in order; none pings."""
    letter = await a_posted_letter(running_bot)
    entries = await sign_many(running_bot, letter, count)
    member = running_bot.member
    await member.click("Who signed", channel=CHANNEL)
    await member.sees("120 signatures")

    pages: list[list[str]] = []
    while True:
        text = await member.text()
        pages.append([line[1:-1] for line in text.splitlines() if line.startswith("\u2068")])
        if "Next →" not in pressable(await top(member)):
            break
        await member.click("Next →")
        await member.sees(f"Page {len(pages) + 1}")
    assert [line for page in pages for line in page] == entries
    assert len(pages) == 3

    for number in (2, 1):
        await member.click("← Previous")
        await member.sees(f"Page {number}")
        assert pages[number - 1][0] in await member.text()
    assert "← Previous" not in pressable(await top(member))
    await member.click("Next →")
    await member.sees("Page 2")
    await member.click("Next →")
    await member.sees("Page 3")
    await member.click("First page")
    await member.sees(entries[0])
    assert len(await member.stack()) == 1


async def test_conveners_first(running_bot: RunningBot) -> None:
    """A convener is under a heading of their own, before everybody else."""
    letter = await a_posted_letter(running_bot)
    entries = await sign_many(running_bot, letter, 3)
    await pinning.pin(running_bot.process.database, letter=letter, actor=ORGANISER, name=entries[2])

    await running_bot.member.click("Who signed", channel=CHANNEL)
    text = await running_bot.member.sees("*Conveners*")

    assert text.index(entries[2]) < text.index("*People*") < text.index(entries[0])


async def test_visitors_read(running_bot: RunningBot) -> None:
    """Somebody of another organisation reads the letter and the list in a shared channel."""
    await a_posted_letter(running_bot, "C0PARTNERS")

    await running_bot.visitor.click("Read letter", channel="partners")
    await running_bot.visitor.sees("We, the undersigned")
    await running_bot.visitor.close()
    await running_bot.visitor.click("Who signed", channel="partners")
    await running_bot.visitor.sees_modal("Who signed")
