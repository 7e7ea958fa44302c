"""People from other workspaces, who have no commands and no Home, reach everything from the card."""

from bot.features.lifecycle import use_cases as lifecycle
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_amending import ASKED, NEW, OLD, ORGANISER, amend
from tests.support.letters import rows
from tests.support.people import Person
from tests.support.reading import words_of
from tests.support.scenes.passing import until_quiet
from tests.support.stories import a_posted_letter, sign_as_oneself, sign_for

CARD = "partners"


async def _signs_and_changes(visitor: Person) -> None:
    """Sign on the card, keep the details, change from the receipt."""
    await sign_as_oneself(visitor, CARD)
    await visitor.click("My signature", channel="app")
    await visitor.click("Change")
    await visitor.sees_modal("Your signature")
    await visitor.fill({"Your name": "A Visitor"})
    assert await visitor.submit() is None
    assert await visitor.submit() is None
    await visitor.sees("Saved.")
    await visitor.close(everything=True)
    await visitor.sees("You signed *\u2068One Internet\u2069* as:", channel="app")
    await visitor.sees("A Visitor", channel="app")


async def test_signer(running_bot: RunningBot) -> None:
    """Read, sign, change, keep details, see what is kept, withdraw, sign again: card and receipt."""
    bot, visitor = running_bot, running_bot.visitor
    await a_posted_letter(bot, "C0PARTNERS", body=OLD)
    for button, modal in (("Read letter", "The letter"), ("Who signed", "Who signed")):
        await visitor.click(button, channel=CARD)
        await visitor.sees_modal(modal)
        await visitor.close(everything=True)
    await _signs_and_changes(visitor)

    await visitor.click("My signature", channel="app")
    await visitor.click("Remember my details")
    await visitor.click("Forget my details")
    await visitor.close(everything=True)
    await visitor.click("My signature", channel="app")
    await visitor.click("What we keep about you")
    await visitor.click("Details")
    assert "A Visitor" in words_of(await visitor.sees_modal("Details"))
    await visitor.close(everything=True)

    await visitor.click("My signature", channel="app")
    await visitor.click("Withdraw")
    await visitor.close(everything=True)
    await visitor.click("Sign again", channel="app")
    await visitor.sees_modal("Sign the letter")
    assert await visitor.submit() is None
    await visitor.close(everything=True)
    await visitor.click(f"sign {(await _posting(bot))}", channel=CARD)
    await visitor.sees_modal("Your signature")
    states = [row["ended"] for row in await rows(bot.process.database, "endorsements")]
    assert states == ["withdrawn", None]


async def _posting(bot: RunningBot) -> str:
    (card,) = await rows(bot.process.database, "postings")
    return f"1:{card['id']}"


async def test_answers(running_bot: RunningBot) -> None:
    """A question about the text is answered in its message, a reminder stopped, an entry objected to."""
    bot, visitor = running_bot, running_bot.visitor
    letter = await a_posted_letter(bot, "C0PARTNERS", body=OLD)
    await sign_as_oneself(visitor, CARD)
    await amend(bot, letter, NEW)
    await visitor.sees(ASKED, channel="app")
    await visitor.click("Keep my signature", channel="app")
    await visitor.sees("now covers the new text", channel="app")
    await until_quiet(bot)
    await visitor.sees("You kept your signature for the new text", channel="app")

    await sign_for(bot.another, "TEDIC", channel=CARD)
    await visitor.click("My signature", channel="app")
    await visitor.click("Also sign for an organisation")
    await visitor.fill(
        {
            "Organisation": "TEDIC",
            "Your role there": "Director",
            "Authorisation": ["I’m authorised to sign for this organisation"],
        }
    )
    assert await visitor.submit() is None
    await visitor.sees("TEDIC")
    await visitor.click("Object")
    await visitor.sees("Why it shouldn’t be listed")


async def test_change_after_closing(running_bot: RunningBot) -> None:
    """Once the letter is closed, Change offers no signature of somebody else."""
    bot, visitor = running_bot, running_bot.visitor
    letter = await a_posted_letter(bot, "C0PARTNERS")
    await sign_as_oneself(visitor, CARD)
    await lifecycle.close(bot.process.database, letter=letter, actor=ORGANISER)
    await visitor.click("My signature", channel="app")
    await visitor.click("Change")
    offered = words_of(await visitor.sees_modal("Your signature"))
    assert "With title or affiliation" in offered
    assert "For my organisation" not in offered
