"""An organiser takes the list out: as a working list in Slack, and by the command line."""

import io
from pathlib import Path

from openpyxl import load_workbook

from bot.letters.rules import Confirmation, Embargo, Hidden, Rules
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_documents import PATIENCE_S, asks_for, fetched, files
from tests.flows.test_answering import are_invited, group, somebody
from tests.support.commands import undersigned
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for


async def test_the_working_list(running_bot: RunningBot) -> None:
    """The working list has signatures, invited and not answered, with names instead of ids."""
    bot, organiser = running_bot, running_bot.organiser
    rules = Rules(confirmation=Confirmation.ORGANISER)
    number = await a_posted_letter(bot, rules=rules)
    await are_invited(bot, number, somebody(bot.third), group("Fen Trust", bot.fourth))
    await are_invited(bot, number, somebody(bot.member))
    await sign_as_oneself(bot.member)
    await sign_for(bot.another, "Web Group", role="Treasurer")
    await asks_for(bot, number, what="All entries, with status")
    await organiser.sees("We’ve sent you the file", within=3 * PATIENCE_S)
    (file,) = await files(bot)
    book = load_workbook(io.BytesIO(await fetched(file)))
    sheets = {sheet.title: list(sheet.values) for sheet in book.worksheets}
    assert list(sheets) == ["Signatures", "Invited", "Not answered"]
    heads, *signed = sheets["Signatures"]
    assert "Text sha256" not in heads
    rows = [dict(zip(heads, row, strict=True)) for row in signed]
    assert [(row["Entry"], row["Standing"], row["Account"]) for row in rows] == [
        ("First Member", "listed", "First Member"),
        ("Web Group", "not confirmed", "Second Member"),
    ]
    assert rows[1]["Role"] == "Treasurer"
    assert [len(sheets[name]) for name in ("Invited", "Not answered")] == [4, 3]
    said = str(sheets)
    assert "Third Member" in said
    assert "U0" not in said


async def test_under_embargo(running_bot: RunningBot) -> None:
    """Under an embargo organisers get the list, with a word of it; nobody else does."""
    rules = Rules(embargo=Embargo(hides=Hidden.ALL, until_listed=50))
    number = await a_posted_letter(running_bot, rules=rules)
    await running_bot.member.command(CHANNEL, f"/letter export #{number}")
    await running_bot.member.sees("Only organisers of", channel=CHANNEL)
    await running_bot.organiser.command(CHANNEL, f"/letter export #{number}")
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
    assert added.out.endswith("Added: 2. On the list: 2.\n")

    export = ("letters", "export", number, "--format", "csv")
    hidden = await undersigned(*export, DATABASE_URL=url)
    assert (hidden.code, hidden.out) == (1, "")
    assert "under embargo" in hidden.err
    shown = await undersigned(*export, "--embargoed", DATABASE_URL=url)
    assert "'=Net,organisation" in shown.out
    assert "Mail" not in shown.out
    everything = await undersigned(*export, "--all", DATABASE_URL=url)
    assert "Mail" in everything.out
