"""An organiser takes the list out: in Slack to copy it, and by the command line."""

from pathlib import Path

from bot.letters.rules import Confirmation, Embargo, Hidden, Rules
from tests.flows.conftest import RunningBot
from tests.support.commands import undersigned
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


async def test_in_slack(running_bot: RunningBot) -> None:
    """The list is there to copy, in each format, and with what is not listed yet."""
    rules = Rules(confirmation=Confirmation.ORGANISER)
    number = await a_posted_letter(running_bot, rules=rules)
    organiser = running_bot.organiser
    await sign_as_oneself(running_bot.member)
    await sign_for(running_bot.another, "Web Group", role="Treasurer")

    await organiser.command(CHANNEL, f"/letter export #{number}")
    await organiser.sees_modal("Get the letter")
    await organiser.click("Copy the list here")
    await organiser.sees_modal("The list")
    shown = await organiser.sees("First Member")
    assert "Web Group" not in shown
    await organiser.choose("export.scope", "Everything, with status")
    await organiser.sees("Web Group\tnot confirmed")
    await organiser.choose("export.format", "Table (CSV)")
    table = await organiser.sees("Treasurer")
    assert "lock: Includes proof of permission" in table
    await organiser.choose("export.scope", "The published list")
    await organiser.sees_no("Treasurer")
    await organiser.choose("export.format", "Letter and list (Markdown)")
    await organiser.sees("## Signed by")


async def test_under_embargo(running_bot: RunningBot) -> None:
    """Under an embargo organisers have the list, with a word of it; nobody else has."""
    rules = Rules(embargo=Embargo(hides=Hidden.ALL, until_listed=50))
    number = await a_posted_letter(running_bot, rules=rules)
    await sign_as_oneself(running_bot.member)
    await running_bot.member.command(CHANNEL, f"/letter export #{number}")
    await running_bot.member.sees("Only organisers of", channel=CHANNEL)

    await running_bot.organiser.command(CHANNEL, f"/letter export #{number}")
    await running_bot.organiser.sees("under embargo")
    await running_bot.organiser.click("Copy the list here")
    await running_bot.organiser.sees("First Member")
    await running_bot.organiser.sees("under embargo")


async def test_command_line(running_bot: RunningBot, tmp_path: Path) -> None:
    """Signatures come in by a file, and the list goes out in each scope."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=50))
    number = str(await a_posted_letter(running_bot, rules=rules))
    url = running_bot.settings.database_url
    table = tmp_path / "table.csv"
    add = ("letters", "add", number, str(table), "--organiser", "U0ORGANISER")

    table.write_text("kind,name,source\nperson,,On paper\nperson,https://example.org,\n")
    refused = await undersigned(*add, "--yes", DATABASE_URL=url)
    assert refused.code == 1
    assert "Line 2, no name: person, On paper" in refused.err
    assert "Line 3, no name: person, https://example.org" in refused.err

    table.write_text("kind,name\nperson,Ada King\n")
    refused = await undersigned(*add, "--yes", DATABASE_URL=url)
    assert refused.code == 1
    assert "say where these signatures come from with --source" in refused.err

    table.write_text(
        "kind,name,organisation,source\nperson,Ada King,,Mail\norganisation,,=Net,Mail\n"
    )
    unsure = await undersigned(*add, DATABASE_URL=url)
    assert (unsure.code, "Ada King" in unsure.out) == (1, True)
    added = await undersigned(*add, "--yes", DATABASE_URL=url)
    assert (added.code, added.err) == (0, "")
    assert added.out.endswith("Added: 2, of which 2 are on the list.\n")

    export = ("letters", "export", number, "--format", "csv")
    hidden = await undersigned(*export, DATABASE_URL=url)
    assert (hidden.code, hidden.out) == (1, "")
    assert "under embargo" in hidden.err
    shown = await undersigned(*export, "--embargoed", DATABASE_URL=url)
    assert "'=Net,organisation" in shown.out
    assert "Mail" not in shown.out
    everything = await undersigned(*export, "--all", DATABASE_URL=url)
    assert "Mail" in everything.out
