"""An organiser adds signatures that were given elsewhere: one window, one field, a look at each entry."""

import json
from pathlib import Path

import pytest

from tests.flows.conftest import RunningBot
from tests.support.commands import undersigned
from tests.support.exporting import exported
from tests.support.scenes.published import LETTERS, Published
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for

LIST = """\
Hi all, please add us:

Organisations
- Harbour Network (Kenya)
- Tide Lab

Individuals
1. Ada Quill, Director, Fen Trust
"""
FORM = """\
Timestamp,Email Address,Full name,Organization (if signing on its behalf),Title,Country,I consent
2026/02/01 9:14,mo@westmere.example,Miriam Oduya,,Professor,Kenya,Yes
2026/02/01 9:20,office@lantern.example,Peter Renn,Lantern Foundation,Director,Netherlands,Yes
2026/02/02 8:01,q@mail.example,Quentin Abara,,Student,Nigeria,No
"""
SOURCE = {"Where did these signatures come from?": "Email to the secretariat, 3 March"}


async def entries(bot: RunningBot, number: int) -> list[str]:
    return [one.entry for one in await exported(bot.process.database, number)]


async def opens(bot: RunningBot) -> int:
    """A letter is open, and its organiser opens the window."""
    number = await a_posted_letter(bot)
    await bot.organiser.command(CHANNEL, f"/letter add #{number}")
    await bot.organiser.sees_modal("Add signatures")
    return number


async def pastes(bot: RunningBot, text: str, **more: str) -> None:
    await bot.organiser.fill({"Who signed?": text} | SOURCE | more)
    assert await bot.organiser.submit() is None


async def corrects(bot: RunningBot, entry: str, what: str) -> None:
    """One choice from the menu beside an entry."""
    view = await bot.organiser.view() or {}
    (row,) = [
        one
        for one in view["blocks"]
        if one.get("accessory") and entry in str(one["text"]["text"]).split("\n")[0]
    ]
    (value,) = [one["value"] for one in row["accessory"]["options"] if one["text"]["text"] == what]
    await bot.organiser.click(value)


@pytest.mark.parametrize("letter", LETTERS, ids=str)
async def test_published_list(running_bot: RunningBot, letter: Published) -> None:
    """The published list, pasted, is on the letter after one look: Continue and Add."""
    number = await opens(running_bot)
    await pastes(running_bot, letter.signatories.read_text(encoding="utf-8"))
    shown = await running_bot.organiser.sees("15 organisations, 2 people")
    for entry in letter.names:
        assert entry in shown
    assert await entries(running_bot, number) == []
    assert await running_bot.organiser.submit() is None
    await running_bot.organiser.sees("17 signatures added.")
    assert sorted(await entries(running_bot, number)) == sorted(letter.names)


async def test_list(running_bot: RunningBot) -> None:
    """A list from a mail shows each entry as it will appear, and what was skipped and why."""
    bot, number = running_bot, await opens(running_bot)
    await pastes(bot, LIST)
    shown = await bot.organiser.sees("2 organisations, 1 person")
    for said in ("Harbour Network (Kenya)", "Tide Lab", "Ada Quill, Director, Fen Trust"):
        assert said in shown
    assert "Line 1, no name found: Hi all, please add us" in shown
    assert "Line 3, a heading: Organisations" in shown
    assert "everyone listed agreed to have their name published" in shown
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("3 signatures added.")
    await bot.organiser.sees("3 signatures: 2 organisations, 1 person", channel=CHANNEL)
    found = await exported(bot.process.database, number)
    assert {one.source for one in found} == {"Email to the secretariat, 3 March"}
    assert {one.sort_name for one in found} == {
        "Harbour Network", "Quill, Ada", "Tide Lab",
    }  # fmt: skip


async def test_form(running_bot: RunningBot) -> None:
    """A form's CSV goes in unchanged; its other columns, and rows that say no, are named."""
    bot, number = running_bot, await opens(running_bot)
    await pastes(bot, FORM)
    shown = await bot.organiser.sees("1 organisation, 1 person")
    assert "Column “Timestamp”: not needed." in shown
    assert "no consent to publish" in shown
    assert "Signed by Peter Renn, Director." in shown
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("2 signatures added.")
    assert await entries(bot, number) == [
        "Lantern Foundation (Netherlands)",
        "Miriam Oduya, Professor",
    ]


async def test_corrections(running_bot: RunningBot) -> None:
    """Kind, leaving out and words are corrected from an entry's own menu, and then all go in."""
    bot, number = running_bot, await opens(running_bot)
    await pastes(bot, "Harbour Network\nTide Lab\nFen Trust\nAda Quill, Tide Lab\n")
    await bot.organiser.sees("3 organisations, 1 person")
    await corrects(bot, "Ada Quill", "It’s an organisation")
    await bot.organiser.sees("4 organisations")
    await corrects(bot, "Ada Quill", "It’s a person")
    await bot.organiser.sees("3 organisations, 1 person")
    await corrects(bot, "Fen Trust", "Leave out")
    await bot.organiser.sees("1 entry won’t be added")
    await corrects(bot, "Harbour Network", "Edit…")
    await bot.organiser.sees_modal("Edit entry")
    await bot.organiser.fill({"Organisation": "Harbor Network", "Country": "Kenya"})
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("Harbor Network (Kenya)")
    await corrects(bot, "Ada Quill", "Edit…")
    await bot.organiser.sees_modal("Edit entry")
    await bot.organiser.click("Back")
    await bot.organiser.sees_modal("Add signatures")
    assert await entries(bot, number) == []
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("3 signatures added.")
    assert await entries(bot, number) == [
        "Harbor Network (Kenya)", "Tide Lab", "Ada Quill, Tide Lab",
    ]  # fmt: skip


async def test_several_pastes(running_bot: RunningBot) -> None:
    """A second paste joins the first in one look, with what was corrected; nothing is added before."""
    bot, number = running_bot, await opens(running_bot)
    await pastes(bot, "Harbour Network\nTide Lab\n")
    await bot.organiser.sees("2 organisations")
    await corrects(bot, "Tide Lab", "Leave out")
    await bot.organiser.sees("1 entry won’t be added")
    await bot.organiser.fill({"Paste more": "Fen Trust\nHarbour Network\n"})
    assert await bot.organiser.submit() is None
    shown = await bot.organiser.sees("Fen Trust")
    assert "2 organisations" in shown
    assert "already in this list" in shown
    assert await entries(bot, number) == []
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("2 signatures added.")
    assert await entries(bot, number) == ["Fen Trust", "Harbour Network"]


async def test_there_already(running_bot: RunningBot) -> None:
    """A known entry is left out with the reason; one that looks like it comes first."""
    bot, number = running_bot, await opens(running_bot)
    await sign_for(bot.member, "Electronic Harbour Foundation")
    await pastes(bot, "Fen Trust\nElectronic Harbour Foundation\nElectronic Harbuor Foundation\n")
    shown = await bot.organiser.sees("2 organisations")
    assert "Looks like: \u2068Electronic Harbour Foundation" in shown
    assert "has already signed" in shown
    assert shown.index("Harbuor") < shown.index("Fen Trust")
    await corrects(bot, "Harbuor", "Leave out")
    await bot.organiser.sees("2 entries won’t be added")
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("1 signature added.")
    assert await entries(bot, number) == ["Electronic Harbour Foundation", "Fen Trust"]


async def test_changed_after_the_look(running_bot: RunningBot) -> None:
    """Text that was changed after the look, or an entry that signed since, is looked at again."""
    bot, number = running_bot, await opens(running_bot)
    await pastes(bot, "Harbour Network\n")
    await bot.organiser.sees("1 organisation")
    await bot.organiser.fill({"What you pasted": "Tide Lab\nFen Trust\n"})
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("2 organisations")
    await sign_for(bot.member, "Tide Lab")
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("1 entry won’t be added")
    assert await entries(bot, number) == ["Tide Lab"]
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("1 signature added.")


async def test_source_is_needed(running_bot: RunningBot) -> None:
    """Nothing is added before the organiser says where it comes from."""
    bot, number = running_bot, await opens(running_bot)
    await bot.organiser.fill({"Who signed?": "Harbour Network"})
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("1 organisation")
    assert list(await bot.organiser.submit() or {}) == ["source"]
    assert await entries(bot, number) == []


async def test_nobody_in_it(running_bot: RunningBot) -> None:
    """A text that names nobody says so, and can be changed."""
    bot = running_bot
    await opens(bot)
    await pastes(bot, "Hi all,\nthanks for the call yesterday, we will let you know.\n")
    await bot.organiser.sees("There are no entries left.")
    await bot.organiser.fill({"Paste more": "Harbour Network"})
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("1 organisation")


async def test_own_table(running_bot: RunningBot) -> None:
    """A table with our own columns is a list too: a wrong row is named, corrected or left out."""
    bot, number = running_bot, await opens(running_bot)
    table = (
        "kind,name,organisation,country,source,ground,given_by,given_role,given_on\n"
        "organisation,,Fen Trust,Kenya,On paper,,,,\n"
        "organisation,,Tide Lab,,By mail,a hunch,Ada Quill,Chair,2026-02-01\n"
        "person,Bo Lund,,,By mail,,,,\n"
    )
    await pastes(bot, table)
    shown = await bot.organiser.sees("1 organisation, 1 person")
    assert "1 entry won’t be added" in shown
    assert "Column “ground”: Use one of these words: written_permission" in shown
    await bot.organiser.fill({"What you pasted": table.replace("a hunch", "spoken_word")})
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("2 organisations, 1 person")
    assert await entries(bot, number) == []
    assert await bot.organiser.submit() is None
    await bot.organiser.sees("3 signatures added.")
    found = await exported(bot.process.database, number)
    assert {one.entry: one.source for one in found} == {
        "Fen Trust (Kenya)": "On paper", "Tide Lab": "By mail", "Bo Lund": "By mail",
    }  # fmt: skip


async def test_hostile_words_are_text(running_bot: RunningBot) -> None:
    """Nothing that was pasted is live in the window."""
    bot = running_bot
    await opens(bot)
    await pastes(bot, "*Bold* <!channel> Network\nTide `Lab` <https://x.example|here>\n")
    await bot.organiser.sees_modal("Add signatures")
    view = await bot.organiser.view() or {}
    rows = [one for one in view["blocks"] if str(one.get("block_id", "")).startswith("row.")]
    assert {row["text"]["type"] for row in rows} == {"plain_text"}


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Nobody but an organiser adds signatures."""
    number = await a_posted_letter(running_bot)
    await running_bot.member.command(CHANNEL, f"/letter add #{number}")
    await running_bot.member.sees("Only organisers of", channel=CHANNEL)
    assert await running_bot.member.view() is None


async def test_command_line(running_bot: RunningBot, tmp_path: Path) -> None:
    """The same list from a file shows what it becomes and what is skipped, and asks where it is from."""
    bot, number, file = running_bot, await a_posted_letter(running_bot), tmp_path / "list.txt"
    file.write_bytes(LIST.replace("Harbour", "Hârbour").encode("cp1252"))
    said = ("letters", "add", str(number), str(file), "--organiser", "U0ORGANISER", "--yes")
    database = {"DATABASE_URL": bot.settings.database_url}
    refused = await undersigned(*said, **database)
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)
    assert "--source" in refused.err
    added = await undersigned(*said, "--source", "E-mail", **database)
    assert (added.code, added.err) == (0, "")
    assert "  organisation: Hârbour Network (Kenya)\n" in added.out
    assert "* Line 3, a heading: Organisations\n" in added.out
    assert added.out.endswith("Added: 3. On the list: 3.\n")
    again = await undersigned(*said, "--source", "E-mail", **database)
    assert again.code == 1
    assert "! Line 4, Hârbour Network (Kenya): " in again.err
    assert len(await entries(bot, number)) == 3


async def test_the_rest_of_a_file(running_bot: RunningBot, tmp_path: Path) -> None:
    """The good rows of a file are added, the others come back as a file that can be added again."""
    bot, number = running_bot, await a_posted_letter(running_bot)
    file, rest = tmp_path / "list.csv", tmp_path / "rest.csv"
    file.write_text(
        "kind,name,organisation,source,given_on\n"
        "organisation,,Fen Trust,On paper,\norganisation,,Tide Lab,On paper,2026-02-01\n"
    )
    said = ("letters", "add", str(number), str(file), "--organiser", "U0ORGANISER", "--yes")
    database = {"DATABASE_URL": bot.settings.database_url}

    done = await undersigned(*said, "--rest", str(rest), "--json", **database)

    assert (done.code, done.err) == (0, "")
    answer = json.loads(done.out)
    assert (answer["added"], answer["listed"]) == (1, 1)
    assert [(one["row"], one["entry"]) for one in answer["refused"]] == [(3, "Tide Lab")]
    assert await entries(bot, number) == ["Fen Trust"]
    kept = rest.read_text()
    assert "Column “ground”" in kept
    assert "already exists" in (await undersigned(*said, "--rest", str(rest), **database)).err
    file.write_text(kept.replace("2026-02-01", ""))
    again = await undersigned(*said, **database)
    assert again.out.endswith("Added: 1. On the list: 1.\n"), again.err
    assert await entries(bot, number) == ["Fen Trust", "Tide Lab"]


async def test_namesakes_are_handed_back(running_bot: RunningBot, tmp_path: Path) -> None:
    """A namesake with another address can't be listed twice: it is counted, and in the file."""
    bot, number = running_bot, await a_posted_letter(running_bot)
    file, rest = tmp_path / "list.csv", tmp_path / "rest.csv"
    file.write_text("kind,name,web\nperson,Ivo,a.example\nperson,Ivo,b.example\n")
    said = ("letters", "add", str(number), str(file), "--organiser", "U0ORGANISER", "--yes")
    done = await undersigned(
        *said, "--source=On paper", "--rest", str(rest), DATABASE_URL=bot.settings.database_url
    )
    assert done.out.endswith("Added: 1. On the list: 1. Not added: 1.\n"), done.err
    assert "b.example" in rest.read_text()
    assert await entries(bot, number) == ["Ivo"]


async def test_agreed_again(running_bot: RunningBot) -> None:
    """Somebody who withdrew is named, and added only if the organiser says that they agreed again."""
    member, organiser = running_bot.member, running_bot.organiser
    number = await a_posted_letter(running_bot)
    await sign_as_oneself(member, name="Ada Quill")
    await member.click("Sign", channel=CHANNEL)
    await member.click("Withdraw")
    await member.close(everything=True)
    await organiser.command(CHANNEL, f"/letter add #{number}")
    await pastes(running_bot, "Ada Quill\nBo Fen")
    await organiser.sees("Ada Quill\u2069 withdrew from this letter.")
    await corrects(running_bot, "Ada Quill", "Agreed again")
    await organiser.sees("Those who withdrew before have agreed again.")
    assert await organiser.submit() is None
    await organiser.sees("2 signatures added.")
    assert sorted(await entries(running_bot, number)) == ["Ada Quill", "Bo Fen"]
