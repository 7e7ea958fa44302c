"""The text of a letter that people signed is amended, and each of them keeps or withdraws."""

from datetime import timedelta

from bot.letters.amendment import AmendmentKind
from bot.letters.people import Actor, Membership, Person
from bot.letters.rules import Rules, Silence
from bot.letters.text import LetterText
from tests.flows.conftest import RunningBot
from tests.support.amending import amends
from tests.support.commands import undersigned
from tests.support.letters import rows
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

ORGANISER = Actor(
    workspace="T0COALITION",
    person=Person("T0COALITION", "U0ORGANISER"),
    membership=Membership.MEMBER,
)
OLD = "We, the undersigned, ask for one Internet."
NEW = "We, the undersigned, demand one Internet."
ASKED = "which you signed, has changed in meaning. Do you"


async def amend(
    bot: RunningBot, letter: int, body: str = NEW, *, kind: str = "material", days: int = 3
) -> None:
    await amends(
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
        for part in (
            "The council asked",
            "Before:\nWe, the undersigned, ask for",
            "After:\n",
            "demand",
        ):
            assert part in said
        assert "you stay on the list, for the version you signed" in said
    await keeps.click("Keep my signature", channel="app")
    await keeps.sees("white_check_mark: Thank you. Your signature on", channel="app")
    await leaves.click("Withdraw", channel="app")
    await leaves.sees("You withdrew your signature", channel="app")
    await running_bot.organiser.sees("2 signatures", channel=CHANNEL)
    await running_bot.organiser.command(CHANNEL, f"/letter status #{letter}")
    said = await running_bot.organiser.sees("Text change", channel=CHANNEL)
    assert "3 signers were asked: 1 kept, 1 withdrew, 1 without an answer" in said
    assert "Signers can answer until" in said
    await silent.click("Who signed", channel=CHANNEL)
    assert "earlier version" not in await silent.sees("Third Member")
    await silent.close()

    await running_bot.after(timedelta(days=3))
    await silent.click("Keep my signature", channel="app")
    await silent.sees("The time to answer has passed")
    await silent.close(everything=True)
    await silent.click("Who signed", channel=CHANNEL)
    await silent.sees("\u2068Third Member\u2069 (signed an earlier version)")
    await silent.close(everything=True)
    kept, left, stays = await rows(running_bot.process.database, "endorsements")
    assert kept["kept_sha256"] != kept["text_sha256"] == stays["text_sha256"]
    assert kept["kept_consent"].startswith("If you keep your signature, it will be published")
    assert left["ended"] == "withdrawn"
    assert (stays["kept_sha256"], stays["withdrawn_at"]) == ("", None)


async def test_in_my_signature(running_bot: RunningBot) -> None:
    """My signature asks the same, and Keep there says so; afterwards it says what was kept."""
    letter = await a_posted_letter(running_bot, body=OLD)
    member = running_bot.member
    await sign_as_oneself(member)
    await amend(running_bot, letter)
    await member.sees(ASKED, channel="app")

    await member.command(CHANNEL, "/letter mine")
    await member.click("Open", channel=CHANNEL)
    shown = await member.sees("The text has changed in meaning. Do you want to")
    assert "Please answer by" in shown
    await member.click("What changed")
    await member.sees("1 paragraph changed.")
    await member.close()
    await member.click("Keep my signature")
    await member.sees("white_check_mark: Thank you. Your signature on")
    await member.close(everything=True)

    await member.click("My signature", channel="app")
    await member.sees("You kept your signature for the new text.")
    receipt = await member.sees("You kept your signature for the new text", channel="app")
    assert "First Member" in receipt


async def test_past_texts(running_bot: RunningBot) -> None:
    """Read shows the text as it is, and leads to each one before with what changed."""
    letter = await a_posted_letter(running_bot, body=OLD)
    await amend(running_bot, letter)
    await amend(running_bot, letter, f"{NEW}!", kind="cosmetic")
    member = running_bot.member

    await member.click("Read letter", channel=CHANNEL)
    shown = await member.sees("Text changed")
    assert f"{NEW}!" in shown
    await member.click("Earlier versions")
    await member.sees_modal("Earlier versions")
    shown = await member.sees("The council asked for clear words.")
    assert shown.index("Small fix") < shown.index("Change of meaning")
    view = await member.view() or {}
    changed, before = view["blocks"][-1]["elements"]
    assert (changed["text"]["text"], before["text"]["text"]) == ("What changed", "Earlier version")
    await member.click("What changed")
    assert "Internet.!" in await member.sees("Before:")
    await member.click("Back")
    await member.sees_modal("Earlier versions")
    await member.click("Earlier version")
    await member.sees_modal("Earlier versions")
    assert NEW in await member.text()


async def test_reminded_once(running_bot: RunningBot) -> None:
    """A signer silent until a day before the time is up is asked once more, in their daytime."""
    letter = await a_posted_letter(running_bot, body=OLD)
    member, another = running_bot.member, running_bot.another
    for person in (member, another):
        await sign_as_oneself(person)
    await amend(running_bot, letter, days=7)
    await another.sees(ASKED, channel="app")
    await another.click("Keep my signature", channel="app")
    await another.sees("white_check_mark: Thank you. Your signature on", channel="app")

    await running_bot.after(timedelta(days=6, hours=1))

    said = await member.sees(
        "which you signed, has changed in meaning. Do you", channel="app", within=10
    )
    assert "Please answer by" in said
    await member.click("Keep my signature", channel="app")
    await member.sees("white_check_mark: Thank you. Your signature on", channel="app")
    told = [str(one) for one in await another.messages("app")]
    assert not any("which you signed, has changed in meaning. Do you" in one for one in told)


async def test_exported(running_bot: RunningBot) -> None:
    """The list on paper names for each entry the text that it signs."""
    letter = await a_posted_letter(running_bot, body=OLD)
    for person in (running_bot.member, running_bot.another):
        await sign_as_oneself(person)
    await amend(running_bot, letter)
    await running_bot.member.sees(ASKED, channel="app")
    await running_bot.member.click("Keep my signature", channel="app")
    await running_bot.member.sees("white_check_mark: Thank you. Your signature on", channel="app")

    here = {"DATABASE_URL": running_bot.settings.database_url}
    command = ("letters", "export", str(letter), "--format")
    lines = (await undersigned(*command, "csv", **here)).out.splitlines()[1:]
    texts = {line.split(",")[0]: line.split(",")[-1] for line in lines}
    assert texts == {
        name: LetterText.of("One Internet", "The Coalition", body).sha256
        for name, body in (("First Member", NEW), ("Second Member", OLD))
    }
    paper = (await undersigned(*command, "markdown", **here)).out
    assert "- First Member\n- Second Member †\n" in paper
    assert paper.endswith("† Signed an earlier version of this letter.\n")


async def test_silence_drops(running_bot: RunningBot) -> None:
    """Under that rule a silent signer is off the list from the moment on, and is told."""
    letter = await a_posted_letter(running_bot, body=OLD, rules=Rules(silence=Silence.DROP))
    for person in (running_bot.member, running_bot.another):
        await sign_as_oneself(person)
    await amend(running_bot, letter)
    said = await running_bot.member.sees(ASKED, channel="app")
    assert "your signature comes off the list" in said
    await running_bot.member.click("Keep my signature", channel="app")
    await running_bot.member.sees("white_check_mark: Thank you. Your signature on", channel="app")

    await running_bot.after(timedelta(days=3))

    await running_bot.organiser.sees("1 signature", channel=CHANNEL)
    await running_bot.another.sees(
        "changed, and we didn’t hear from you in time. Under", channel="app"
    )


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
    await member.sees("The text changed again, so your answer wasn’t")
    await member.close()
    await member.click("Keep my signature", channel="app")
    await member.sees("white_check_mark: Thank you. Your signature on", channel="app")
    (kept,) = await rows(running_bot.process.database, "endorsements")
    assert kept["meaning"] == 3


async def test_corrected(running_bot: RunningBot) -> None:
    """A cosmetic amendment is told to every signer, and asks nothing."""
    letter = await a_posted_letter(running_bot, body=OLD)
    await sign_as_oneself(running_bot.member)

    await amend(running_bot, letter, f"{OLD}!", kind="cosmetic")

    said = await running_bot.member.sees("was corrected", channel="app")
    assert "Your signature stays. You don’t need to do anything." in said
    assert "Keep my signature" not in said
    await running_bot.member.click("What changed", channel="app")
    await running_bot.member.sees("1 paragraph changed.")
