"""The Sign form keeps what its signer wrote, however quickly they press."""

from structlog.testing import capture_logs

from bot.letters.rules import Printing, Rules
from tests.flows.conftest import RunningBot
from tests.support.exporting import exported
from tests.support.stories import CHANNEL, a_posted_letter


async def sorted_under(bot: RunningBot, number: int) -> list[str]:
    """List the sort names of a letter's signatures, in order of the list."""
    return [one.sort_name for one in await exported(bot.process.database, number)]


async def test_own_sort_name(running_bot: RunningBot) -> None:
    """The signer's own sort name stays: through the look at the entry and a change."""
    number = await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"Your name": "Ada King"})
    await member.click("sign.sort")
    await member.sees("heck how it will appear")
    await member.fill({"Sort as": "Lovelace, Ada"})
    await member.submit()
    await member.sees_modal("Signed")
    assert await sorted_under(running_bot, number) == ["Lovelace, Ada"]

    await member.close(everything=True)
    await member.click("Sign", channel=CHANNEL)
    await member.click("Change")
    await member.sees_modal("Your signature")
    await member.fill({"Your name": "Ada King Noel"})
    await member.submit()
    await member.sees("heck how it will appear")
    await member.submit()
    await member.sees_modal("Signed")
    assert await sorted_under(running_bot, number) == ["Lovelace, Ada"]


async def test_submitted_before_the_fields(running_bot: RunningBot) -> None:
    """A press of Sign faster than the fields of a new choice gets the fields, no blame."""
    await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await running_bot.simulator.faults({"method": "views.update", "kind": "internal_error"})
    # To print the traceback takes longer than Slack waits.
    with capture_logs():
        await member.fill({"How are you signing?": "For my organisation"})
    await running_bot.simulator.faults()

    assert await member.submit() is None
    await member.sees("Your role there")
    await running_bot.organiser.sees("No signatures yet", channel=CHANNEL)


async def test_affiliation(running_bot: RunningBot) -> None:
    """An affiliation is said to be for identification only, unless its signer unticks that."""
    await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"How are you signing?": "With title or affiliation"})
    await member.sees("Affiliation")
    await member.fill({"Your name": "Ada King", "Title": "Analyst", "Affiliation": "Web Group"})
    await member.submit()
    await member.sees("Ada King, Analyst, Web Group (for identification only)")

    await member.click("Edit")
    await member.sees("Affiliation")
    await member.fill({"Note": []})
    await member.submit()
    shown = await member.sees("heck how it will appear")
    assert "Ada King, Analyst, Web Group" in shown
    assert "for identification only" not in shown
    await member.submit()
    await member.sees_modal("Signed")


async def test_only_a_title(running_bot: RunningBot) -> None:
    """A title alone needs no note, and the family's name is sorted under."""
    number = await a_posted_letter(running_bot)
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"How are you signing?": "With title or affiliation"})
    await member.sees("Affiliation")
    await member.fill({"Your name": "Vint Cerf", "Title": "e.g. Internet pioneer"})
    await member.submit()
    shown = await member.sees("Vint Cerf, e.g. Internet pioneer")
    assert "for identification only" not in shown
    await member.submit()
    await member.sees_modal("Signed")
    assert await sorted_under(running_bot, number) == ["Cerf, Vint"]


async def test_organisation_via_another(running_bot: RunningBot) -> None:
    """An organisation's entry names its country, and through whom it signs; neither moves it."""
    number = await a_posted_letter(running_bot)
    member, another = running_bot.member, running_bot.another

    entries = [
        (member, "The World Wide Web Foundation", {"Signing through": "the Contract for the Web"}),
        (another, "TEDIC", {"Country": "Paraguay"}),
    ]
    reads = ["The World Wide Web Foundation via the Contract for the Web", "TEDIC (Paraguay)"]
    for (person, name, more), entry in zip(entries, reads, strict=True):
        await person.click("Sign", channel=CHANNEL)
        await person.sees_modal("Sign the letter")
        await person.fill({"How are you signing?": "For my organisation"})
        await person.sees("Organisation")
        box = {
            "Your role there": "Director",
            "Authorisation": ["I’m authorised to sign for this organisation"],
        }
        await person.fill({"Organisation": name} | more | box)
        await person.submit()
        await person.sees(entry)
        await person.submit()
        await person.sees_modal("Signed")
    assert await sorted_under(running_bot, number) == ["TEDIC", "World Wide Web Foundation"]


async def test_organisation_in_print(running_bot: RunningBot) -> None:
    """Web address and representative are asked where the letter has them, shown, and agreed to."""
    printing = Printing(web=True, represented=True)
    await a_posted_letter(running_bot, language="fr", rules=Rules(printing=printing))
    member = running_bot.member

    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    assert "Web address" not in await member.sees("Your name")
    await member.fill({"How are you signing?": "For my organisation"})
    await member.sees("Web address")
    typed = {"Organisation": "Web Group", "Your name": "Ada King", "Your role there": "Director"}
    permitted = {"authorised": ["I’m authorised to sign for this organisation"]}
    await member.fill({**typed, **permitted, "Web address": "Web Group"})
    assert list(await member.submit() or {}) == ["web"]
    box = {"On the letter": ["Add “represented by” with my name and role"]}
    await member.fill({"Web address": "https://Example.org/", **box})
    assert await member.submit() is None
    shown = await member.sees("heck how it will appear")
    assert "Web Group, représentée par Ada King, Director, example.org" in shown
    assert "is published with this letter as shown, with your name." in shown
    await member.submit()
    await member.sees_modal("Signed")

    await member.close(everything=True)
    await member.click("Sign", channel=CHANNEL)
    await member.click("Change")
    await member.fill({"On the letter": []})
    assert await member.submit() is None
    shown = await member.sees("heck how it will appear")
    assert "Web Group, example.org" in shown
    assert "Your own name isn’t published" in shown


async def test_no_extra_fields(running_bot: RunningBot) -> None:
    """Without these rules, an organisation's form has the fields it always had."""
    await a_posted_letter(running_bot)
    member = running_bot.member
    await member.click("Sign", channel=CHANNEL)
    await member.fill({"How are you signing?": "For my organisation"})
    shown = await member.sees("Only organisers see this, and anyone you ask for approval.")
    assert "Web address" not in shown
    assert "On the letter" not in shown


async def test_forged_capacity(running_bot: RunningBot) -> None:
    """A way of signing that the form doesn't offer is refused with a reason."""
    await a_posted_letter(running_bot)
    member = running_bot.member
    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    view = await member._top()
    (block,) = [one for one in view["blocks"] if one.get("block_id") == "capacity"]
    forged = {"selected_option": {**block["element"]["options"][0], "value": "withheld"}}
    action = {"block_id": "capacity", "action_id": "sign.capacity", **forged}
    await member._act({"type": "view", "view_id": view["id"]}, action)
    await member.sees("Choose another way to sign.")
