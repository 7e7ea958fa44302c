"""The text of a letter that people signed is amended, and each of them keeps or withdraws."""

from datetime import timedelta

from bot.letters.amendment import AmendmentKind
from bot.letters.people import Actor, Membership, Person
from bot.letters.rules import Rules, Silence
from bot.use_cases import amending
from tests.flows.conftest import RunningBot
from tests.support.letters import rows
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

ORGANISER = Actor(
    workspace="T0COALITION",
    person=Person("T0COALITION", "U0ORGANISER"),
    membership=Membership.MEMBER,
)
OLD = "We, the undersigned, ask for one Internet."
NEW = "We, the undersigned, demand one Internet."
ASKED = "Does your signature stand for it as it is now?"


async def amend(
    bot: RunningBot, letter: int, body: str = NEW, *, kind: str = "material", days: int = 3
) -> None:
    await amending.amend(
        bot.process.database,
        letter=letter,
        actor=ORGANISER,
        body=body,
        kind=AmendmentKind(kind),
        note="The council asked for clear words.",
        answer_by=bot.now + timedelta(days=days) if kind == "material" else None,
    )


async def test_keep_withdraw_silence(running_bot: RunningBot) -> None:
    """One keeps, one withdraws, one is silent and stays with the text that they signed."""
    letter = await a_posted_letter(running_bot, body=OLD)
    keeps, leaves, silent = running_bot.member, running_bot.another, running_bot.third
    for person in (keeps, leaves, silent):
        await sign_as_oneself(person)
    await amend(running_bot, letter)

    for person in (keeps, leaves, silent):
        said = await person.sees(ASKED, channel="app")
        for part in ("The council asked", "Was:\nWe, the undersigned, ask for", "Now:\n", "demand"):
            assert part in said
        assert "Without an answer your signature stays" in said
    await keeps.click("Keep my signature", channel="app")
    await keeps.sees("You keep your signature", channel="app")
    await leaves.click("Withdraw", channel="app")
    await leaves.sees("You took back your signature", channel="app")
    await running_bot.organiser.sees("2 signatures: 2 people", channel=CHANNEL)

    await running_bot.after(timedelta(days=3))
    await silent.click("Keep my signature", channel="app")
    await silent.sees("The time to answer is over")
    kept, left, stays = await rows(running_bot.process.database, "endorsements")
    assert kept["kept_sha256"] != kept["text_sha256"] == stays["text_sha256"]
    assert kept["kept_consent"].startswith("By keeping your signature")
    assert left["ended"] == "withdrawn"
    assert (stays["kept_sha256"], stays["withdrawn_at"]) == ("", None)


async def test_silence_drops(running_bot: RunningBot) -> None:
    """Where that is the rule, who is silent is off the list from the moment on, and is told."""
    letter = await a_posted_letter(running_bot, body=OLD, rules=Rules(silence=Silence.DROP))
    for person in (running_bot.member, running_bot.another):
        await sign_as_oneself(person)
    await amend(running_bot, letter)
    said = await running_bot.member.sees(ASKED, channel="app")
    assert "Without an answer your signature ends then" in said
    await running_bot.member.click("Keep my signature", channel="app")
    await running_bot.member.sees("You keep your signature", channel="app")

    await running_bot.after(timedelta(days=3))

    await running_bot.organiser.sees("1 signature: 1 person", channel=CHANNEL)
    await running_bot.another.sees("There was no answer in time", channel="app")


async def test_amended_again(running_bot: RunningBot) -> None:
    """A second amendment while the first is open asks about both, and an old Keep is refused."""
    letter = await a_posted_letter(running_bot, body=OLD)
    member = running_bot.member
    await sign_as_oneself(member)
    await amend(running_bot, letter)
    await member.sees(ASKED, channel="app")
    first = (await member.messages("app"))[-1]["ts"]
    await amend(running_bot, letter, "We demand one free Internet.")
    await member.sees("one free Internet", channel="app")

    await member.click("Keep my signature", channel="app", ts=first)
    await member.sees("The text changed once more")
    await member.close()
    await member.click("Keep my signature", channel="app")
    await member.sees("You keep your signature", channel="app")
    (kept,) = await rows(running_bot.process.database, "endorsements")
    assert kept["meaning"] == 3


async def test_corrected(running_bot: RunningBot) -> None:
    """A cosmetic amendment is told to every signer, and asks nothing."""
    letter = await a_posted_letter(running_bot, body=OLD)
    await sign_as_oneself(running_bot.member)

    await amend(running_bot, letter, f"{OLD}!", kind="cosmetic")

    said = await running_bot.member.sees("was corrected", channel="app")
    assert "Your signature stands. There is nothing to do." in said
    assert "Keep my signature" not in said
    await running_bot.member.click("Read the changes", channel="app")
    await running_bot.member.sees("1 paragraph changed.")
