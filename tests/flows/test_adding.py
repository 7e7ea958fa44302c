"""An organiser adds signatures that were given elsewhere."""

from bot.features.collected.table import SAMPLE
from bot.features.delivery.use_cases import exports
from tests.flows.conftest import RunningBot
from tests.support.stories import CHANNEL, a_posted_letter, sign_for

PERMISSION = {
    "How you know": "A written permission",
    "Who told you": "The Director",
    "Their role": "Director",
    "On which day": "2026-03-02",
}


async def lines(bot: RunningBot, number: int) -> list[str]:
    found = await exports.export(bot.process.database, letter=number)
    return [party.line for party, _ in found.entries]


async def test_person(running_bot: RunningBot) -> None:
    """A person is added from the form, and the exact line is looked at before."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, f"/letter add #{number}")
    await organiser.sees_modal("Add a signature")
    await organiser.fill({"What do you add?": "A person"})
    await organiser.sees("Affiliation")
    await organiser.fill(
        {
            "Name": "Vint Cerf",
            "Title": "Internet Pioneer",
            "Where it was given": "E-mail to the secretariat",
        }
    )
    assert await organiser.submit() is None
    shown = await organiser.sees("It will read on the letter")
    assert "Vint Cerf, Internet Pioneer" in shown
    assert "Once added: On the list" in shown
    assert "agreed to be published with the letter" in shown
    assert await organiser.submit() is None

    await organiser.sees("It is on the list.")
    await organiser.sees("1 signature: 1 person", channel=CHANNEL)
    ((_, given),) = (await exports.export(running_bot.process.database, letter=number)).entries
    assert given.signature.sort_name == "Cerf, Vint"
    assert given.source == "E-mail to the secretariat"


async def test_organisation_that_signed_here(running_bot: RunningBot) -> None:
    """One that signed here already gets a second voice, and the look says so."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "TEDIC", country="Paraguay")

    await organiser.command(CHANNEL, f"/letter add #{number}")
    await organiser.sees_modal("Add a signature")
    await organiser.fill(
        {"Organisation": "Tedic (Paraguay)", "Where it was given": "A petition on paper"}
    )
    errors = await organiser.submit()
    assert "has signed already. To add a second person" in (errors or {})["organisation"]
    await organiser.fill(PERMISSION)
    assert await organiser.submit() is None
    await organiser.sees("it counts once, and its line stays")
    assert await organiser.submit() is None
    await organiser.sees_modal("Added")
    await organiser.sees("1 signature: 1 organisation", channel=CHANNEL)
    assert await lines(running_bot, number) == ["TEDIC (Paraguay)"]


async def test_what_is_missing(running_bot: RunningBot) -> None:
    """What is not right is said beside its field, and what was typed stays."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser

    await organiser.command(CHANNEL, f"/letter add #{number}")
    await organiser.sees_modal("Add a signature")
    await organiser.fill(
        {
            "Organisation": "https://example.org",
            "Where it was given": "A petition on paper",
            "Who told you": "The Director",
        }
    )
    errors = await organiser.submit()
    assert set(errors or {}) == {"organisation", "ground", "given_role", "given_on"}
    await organiser.fill({"Organisation": "Example"} | PERMISSION)
    assert await organiser.submit() is None
    await organiser.click("Change something")
    await organiser.sees("Via")
    await organiser.fill({"Via": "a Coalition"})
    assert await organiser.submit() is None
    await organiser.sees("Example via a Coalition")


async def test_did_you_mean(running_bot: RunningBot) -> None:
    """A name that looks like one on the list is asked about before it is added."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "Electronic Frontier Foundation")

    await organiser.command(CHANNEL, f"/letter add #{number}")
    await organiser.sees_modal("Add a signature")
    await organiser.fill(
        {"Organisation": "Electronic Fronteir Foundation", "Where it was given": "On paper"}
    )
    assert await organiser.submit() is None
    shown = await organiser.sees("Is it one of these?")
    assert "Electronic Frontier Foundation" in shown


async def test_table(running_bot: RunningBot) -> None:
    """A pasted table names every problem and adds nothing; put right, it adds all its rows."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, f"/letter add #{number}")
    await organiser.sees_modal("Add a signature")
    await organiser.fill({"What do you add?": "Several at once, as a table"})
    form = await organiser.sees("The first row names the columns")
    assert SAMPLE.splitlines()[0] in form

    wrong = (
        "kind\tname\torganisation\tsource\tground\nperson\t\t\tOn paper\t\nbody\t\tWeb Group\t\t\n"
    )
    await organiser.fill({"The table": wrong})
    assert await organiser.submit() is None
    named = await organiser.sees("Nothing was added.")
    assert "Line 2: the column “name” is empty." in named
    assert "Line 3: the column “kind” says “body”." in named
    assert "Line 3: the column “source” is empty." in named
    await organiser.fill(
        {"The table": "kind,name,organisation,source\nperson,https://example.org,,On paper\n"}
    )
    assert await organiser.submit() is None
    named = await organiser.sees("Nothing was added.")
    assert "Line 2, column “name”: This looks like a web address." in named

    right = (
        "kind,name,title,organisation,country,source\n"
        "organisation,,,TEDIC,Paraguay,On paper\n"
        "person,Vint Cerf,Internet Pioneer,,,On paper\n"
        "organisation,,,7amleh,,On paper\n"
    )
    await organiser.fill({"The table": right})
    assert await organiser.submit() is None
    shown = await organiser.sees("Please check how they read. 3 signatures:")
    assert "TEDIC (Paraguay)" in shown
    assert await lines(running_bot, number) == []
    assert await organiser.submit() is None
    await organiser.sees("3 signatures are added.")
    await organiser.sees("3 signatures: 2 organisations, 1 person", channel=CHANNEL)
    assert await lines(running_bot, number) == [
        "7amleh", "TEDIC (Paraguay)", "Vint Cerf, Internet Pioneer",
    ]  # fmt: skip


async def test_changed_after_the_look(running_bot: RunningBot) -> None:
    """A table that was changed after the look is looked at again, not added."""
    number = await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, f"/letter add #{number}")
    await organiser.sees_modal("Add a signature")
    await organiser.fill({"What do you add?": "Several at once, as a table"})
    await organiser.sees("The first row names the columns")
    await organiser.fill({"The table": "kind,name,source\nperson,Ada King,On paper\n"})
    assert await organiser.submit() is None
    await organiser.sees("Ada King")
    await organiser.fill({"The table": "kind,name,source\nperson,Mary Hall,On paper\n"})
    assert await organiser.submit() is None
    await organiser.sees("Mary Hall")
    assert await lines(running_bot, number) == []
    assert await organiser.submit() is None
    await organiser.sees_modal("Added")
    assert await lines(running_bot, number) == ["Mary Hall"]


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Nobody but an organiser adds signatures."""
    number = await a_posted_letter(running_bot)
    await running_bot.member.command(CHANNEL, f"/letter add #{number}")
    await running_bot.member.sees("Only the organisers of", channel=CHANNEL)
    assert await running_bot.member.view() is None
