"""Those who were invited come in as a table, all or none, and go out as one that can come back."""

from pathlib import Path

from bot.features.invitations import rows as invitation_rows
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_inviting import opens_list
from tests.support.commands import Finished, undersigned
from tests.support.simulator import Simulator
from tests.support.stories import a_posted_letter, sign_for

TABLE = """\
kind,name,organisation,country,contact,state,until,note
person,,,,U0MEMBER1,,,
organisation,,=1+1 Group,Germany,U0MEMBER2,reading,,"Says ""maybe"", on Tuesday"
organisation,,Digital Forum,,office@forum.example,awaiting,2026-03-10,
person,A Colleague,,,by telephone,declined,,
"""
WRONG = """\
kind,name,organisation,contact,state,until
friend,A,,,,
person,,,U0NOBODY,,
person,,,,maybe,
organisation,,A Group,U0OTHERBOT,awaiting,
organisation,,B Group,,awaiting,2026-13-40
organisation,,C Group,,signed,
person,,,@somebody,,
organisation,,D Group,,,
organisation,,The D Group,,,
"""
PROBLEMS = [
    "Line 2, column “kind”: Write “person” or “organisation”.",
    "Line 3, column “contact”: I can’t find anyone I can message with the member ID",
    "Line 4, column “state”: Write “invited”",
    "Line 5, column “contact”: I can’t find anyone I can message with the member ID",
    "Line 5, column “until”: Please fill this in",
    "Line 6, column “until”: Write the date like this",
    "Line 7, column “state”: \u2068C Group\u2069 hasn’t signed in Slack",
    "Line 8, column “contact”: Two people can share a handle",
    "Line 10, column “organisation”: \u2068D Group\u2069 is on the list twice.",
]


async def kept(bot: RunningBot) -> list[tuple[str, str, str]]:
    """List those invited to the first letter: name, person, state."""
    found = await bot.process.database.read(lambda tx: invitation_rows.of_letter(tx, 1))
    return [
        (one.organisation or one.name, one.person.user if one.person else "", one.state.value)
        for one in found
    ]


KEPT = [
    ("", "U0MEMBER1", "invited"),
    ("=1+1 Group", "U0MEMBER2", "reading"),
    ("Digital Forum", "", "awaiting"),
    ("A Colleague", "", "declined"),
]


async def pastes(bot: RunningBot, text: str) -> None:
    """A list is pasted, and shown before anybody is invited."""
    organiser = bot.organiser
    await organiser.click("invitations.paste")
    await organiser.sees_modal("Invite from a list")
    await organiser.fill({"Who do you want to invite?": text})
    assert await organiser.submit() is None


async def test_pasted_and_copied(running_bot: RunningBot) -> None:
    """A table is pasted into the form; what can be copied is the same, with formulas disarmed."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await pastes(bot, TABLE)
    await organiser.sees("Check who you’ll invite: 2 organisations, 2 people.")
    assert await kept(bot) == []
    assert await organiser.submit() is None
    await organiser.sees("4 invited.")
    assert await kept(bot) == KEPT
    await bot.member.sees("invited you to sign. Only the organisers see your", channel="app")
    assert await bot.another.messages("app") == [], "who has answered by word of mouth needs none"

    await organiser.click("Copy table")
    await organiser.sees_modal("Copy table")
    shown = (await organiser.view() or {})["blocks"][2]["elements"][0]["elements"][0]["text"]
    said = TABLE.replace("=1+1", "'=1+1").replace("U0MEMBER1,,", "U0MEMBER1,invited,")
    assert shown == said
    await organiser.close()
    await pastes(bot, shown)
    await organiser.sees("Already invited")
    assert await organiser.submit() is None
    await organiser.sees("4 were already invited.")
    assert await kept(bot) == KEPT


async def test_all_or_none(running_bot: RunningBot) -> None:
    """Every problem is named by line and column above the field, what was pasted stays, nothing is kept."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await pastes(bot, WRONG)
    said = await organiser.sees("Nothing was saved:")
    for problem in PROBLEMS:
        assert problem in said
    assert said.count("• Line") == len(PROBLEMS)
    assert await kept(bot) == []

    await organiser.fill({"What you pasted": TABLE})
    assert await organiser.submit() is None
    await organiser.sees("Check who you’ll invite")
    assert await organiser.submit() is None
    await organiser.sees("4 invited.")


async def test_list(running_bot: RunningBot) -> None:
    """A list from a mail is shown, corrected from an entry's own menu, and then invited."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await pastes(
        bot,
        "Hi!\n- Harbour Network (Kenya)\n- Ada Quill, Tide Lab, ada@tide.example\n- Fen Trust\n",
    )
    shown = await organiser.sees("2 organisations, 1 person")
    assert "Contact: ada@tide.example." in shown
    assert "Line 1, a sentence: Hi!" in shown
    view = await organiser.view() or {}
    (fen,) = [one for one in view["blocks"] if "Fen Trust" in str(one.get("text", {}))]
    await organiser.click(fen["accessory"]["options"][1]["value"])
    await organiser.sees("1 entry won’t be added")
    assert await kept(bot) == []
    assert await organiser.submit() is None
    await organiser.sees("2 invited.")
    assert await kept(bot) == [("Harbour Network", "", "invited"), ("Ada Quill", "", "invited")]


async def test_known_and_signed(running_bot: RunningBot) -> None:
    """An entry that is invited already, or has signed, is told so beside it."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await sign_for(bot.another, "Tide Lab")
    await opens_list(bot)
    await pastes(bot, "Harbour Network\n")
    await organiser.sees("1 organisation")
    assert await organiser.submit() is None
    await organiser.sees("1 invited.")
    await pastes(bot, "Harbour Network\nTide Lab\n")
    shown = await organiser.sees("2 organisations")
    assert "Already invited: stays as it is." in shown
    assert "Has signed already." in shown


def cli(bot: RunningBot) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": Simulator.bot_token,
        "SLACK_API_URL": bot.simulator.api_url,
        "DATABASE_URL": bot.settings.database_url,
        "UNDERSIGNED_CLOCK": f"{bot.simulator.address}/_sim/clock",
    }


async def test_command_line(running_bot: RunningBot, tmp_path: Path) -> None:
    """The same from a file, in and out: what is written comes back, and changes nothing."""
    bot, file = running_bot, tmp_path / "invitations.csv"
    await a_posted_letter(bot)

    async def brings(table: str, organiser: str = "U0ORGANISER", number: str = "1") -> Finished:
        file.write_text(table, newline="")
        words = ("letters", "invitations", "import", number, str(file), "--organiser", organiser)
        return await undersigned(*words, **cli(bot))

    done = await brings(TABLE)
    assert (done.code, done.out) == (0, "new: 4, changed: 0, as they were: 0\n"), done.err
    assert await kept(bot) == KEPT
    written = await undersigned("letters", "invitations", "export", "1", **cli(bot))
    assert written.code == 0, written.err
    again = await brings(written.out)
    assert again.out == "new: 0, changed: 0, as they were: 4\n", again.err
    moved = await brings(written.out.replace("declined", "reading"))
    assert moved.out == "new: 0, changed: 1, as they were: 3\n", moved.err

    wrong = await brings(WRONG)
    assert (wrong.code, wrong.out) == (1, "")
    assert len(wrong.err.splitlines()) == len(PROBLEMS) + 1
    for problem in PROBLEMS:
        assert problem in wrong.err
    assert len(await kept(bot)) == len(KEPT)
    assert "Only organisers" in (await brings(TABLE, "U0MEMBER1")).err
    assert (
        "I can’t find that letter. It may have been deleted"
        in (await brings(TABLE, number="9")).err
    )
    file.write_bytes("Réseau Aube\n\nAda Quill, Fen Trust\n".encode("cp1252"))
    words = ("letters", "invitations", "import", "1", str(file), "--organiser", "U0ORGANISER")
    listed = await undersigned(*words, **cli(bot))
    assert (listed.code, listed.out) == (0, "new: 2, changed: 0, as they were: 0\n"), listed.err
    file.write_bytes(b"PK\x03\x04")
    assert "Word or Excel" in (await undersigned(*words, **cli(bot))).err
