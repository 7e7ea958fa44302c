"""Those who were invited come in as a list or a table, and go out as one that can come back."""

import re
from pathlib import Path

from bot.features.invitations import rows as invitation_rows
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_inviting import invites_people, opens_list
from tests.flows.test_answering import awaits
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
person,,,U0NOBODY,,
person,Bo Lund,,,maybe,
organisation,,A Group,U0OTHERBOT,awaiting,
organisation,,B Group,,awaiting,2026-13-40
organisation,,C Group,,signed,
person,Ada Quill,,@somebody,,
organisation,,D Group,,,
organisation,,The D Group,,,
"""
PROBLEMS = {
    "U0NOBODY": "Column “contact”: I can’t find anyone I can message with the member ID",
    "Bo Lund": "Column “state”: Write “invited”",
    "A Group": "Column “until”: Please fill this in",
    "B Group": "Column “until”: Write the date like this",
    "C Group": "Column “state”: \u2068C Group\u2069 hasn’t signed in Slack",
    "Ada Quill": "Column “contact”: Two people can share a handle",
    "The D Group": "\u2068D Group\u2069 is on the list twice.",
}


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
    """A table is pasted into the form; what is written is the same, with names instead of ids."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await pastes(bot, TABLE)
    await organiser.sees("Check who you’ll invite: 2 organisations, 2 people.")
    assert await kept(bot) == []
    assert await organiser.submit() is None
    await organiser.sees("4 added.")
    assert await kept(bot) == KEPT
    await bot.member.sees("invited you to sign. Only the organisers see your", channel="app")
    assert await bot.another.messages("app") == [], "who has answered by word of mouth needs none"

    written = await undersigned("letters", "invitations", "export", "1", **cli(bot))
    shown = written.out.replace("\r\n", "\n")
    assert shown == (
        TABLE.replace("=1+1", "'=1+1")
        .replace("person,,,,U0MEMBER1,,", "person,First Member,,,,invited,")
        .replace("U0MEMBER2", "Second Member")
    )
    await pastes(bot, shown)
    await organiser.sees("Already invited")
    assert await organiser.submit() is None
    await organiser.sees("4 were already invited.")
    assert await kept(bot) == KEPT


async def test_wrong_rows(running_bot: RunningBot) -> None:
    """Every problem is told below its row, what was pasted stays, and the good rows can be invited."""
    bot, organiser = running_bot, running_bot.organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await pastes(bot, WRONG)
    said = await organiser.sees("Check who you’ll invite: 1 organisation.")
    assert "7 entries won’t be added:" in said
    for problem in PROBLEMS.values():
        assert problem in said
    assert await kept(bot) == []

    await organiser.fill({"What you pasted": f"{WRONG}organisation,,E Group,,reading,\n"})
    assert await organiser.submit() is None
    await organiser.sees("Check who you’ll invite: 2 organisations.")
    assert await organiser.submit() is None
    await organiser.sees("2 added.")
    assert await kept(bot) == [("D Group", "", "invited"), ("E Group", "", "reading")]


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
    assert "Line 1, no name found: Hi!" in shown
    view = await organiser.view() or {}
    (fen,) = [one for one in view["blocks"] if "Fen Trust" in str(one.get("text", {}))]
    await organiser.click(fen["accessory"]["options"][1]["value"])
    await organiser.sees("1 entry won’t be added")
    assert await kept(bot) == []
    assert await organiser.submit() is None
    await organiser.sees("2 added.")
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
    await organiser.sees("1 added.")
    await pastes(bot, "Harbour Network\nTide Lab\n")
    shown = await organiser.sees("2 organisations")
    assert "Already invited. Nothing changes." in shown
    assert "Has already signed." in shown


def cli(bot: RunningBot) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": Simulator.bot_token,
        "SLACK_API_URL": bot.simulator.api_url,
        "DATABASE_URL": bot.settings.database_url,
        "UNDERSIGNED_CLOCK": f"{bot.simulator.address}/_sim/clock",
    }


async def test_command_line(running_bot: RunningBot, tmp_path: Path) -> None:
    """The same from a file, in and out: what is written comes back, and changes nothing."""
    bot, file, rest = running_bot, tmp_path / "invitations.csv", tmp_path / "rest.csv"
    await a_posted_letter(bot)

    async def brings(table: str, *more: str, organiser: str = "U0ORGANISER") -> Finished:
        file.write_text(table, newline="")
        words = ("letters", "invite", "1", str(file), "--organiser", organiser)
        return await undersigned(*words, *(more or ("--yes",)), **cli(bot))

    def counts(new: int, changed: int, known: int, refused: int) -> str:
        said = f"\nnew: {new}, changed: {changed}, unchanged: {known}"
        return f"{said}, not invited: {refused}\n" if refused else f"{said}\n"

    done = await brings(TABLE)
    assert f"\n{done.out}".endswith(counts(4, 0, 0, 0)), done.err
    assert await kept(bot) == KEPT
    written = await undersigned("letters", "invitations", "export", "1", **cli(bot))
    assert written.code == 0, written.err
    again = await brings(written.out)
    assert again.out.endswith(counts(0, 0, 4, 0)), again.err
    moved = await brings(written.out.replace("declined", "reading"))
    assert moved.out.endswith(counts(0, 1, 3, 0)), moved.err

    wrong = await brings(WRONG, "--yes", "--rest", str(rest))
    assert wrong.out.endswith(counts(1, 0, 0, 7)), wrong.err
    for entry, problem in PROBLEMS.items():
        assert re.search(f", {entry}: .*{re.escape(problem)}", wrong.out)
    assert len(await kept(bot)) == len(KEPT) + 1
    assert len(rest.read_text().splitlines()) == 8
    # Who was named twice is on the list by now.
    assert (await brings(rest.read_text())).out.endswith(counts(0, 0, 1, 6))
    nobody = await brings("kind,name,contact\nperson,Ada Quill,@somebody\n")
    assert (nobody.code, nobody.out) == (1, "")
    assert "there is nothing to enter" in nobody.err
    assert "Only organisers" in (await brings(TABLE, organiser="U0MEMBER1")).err


async def test_a_list_by_command_line(running_bot: RunningBot, tmp_path: Path) -> None:
    """A list is invited from a file after a question; what is no list is refused in one sentence."""
    bot, file = running_bot, tmp_path / "list.txt"
    await a_posted_letter(bot)
    file.write_bytes("Réseau Aube\n\nAda Quill, Fen Trust\n".encode("cp1252"))
    words = ("letters", "invite", "1", str(file), "--organiser", "U0ORGANISER")
    unasked = await undersigned(*words, **cli(bot))
    assert unasked.code == 1
    assert "nothing was entered" in unasked.err
    assert await kept(bot) == []
    listed = await undersigned(*words, "--yes", **cli(bot))
    assert "  organisation: Réseau Aube\n  person: Ada Quill, Fen Trust\n" in listed.out
    assert len(await kept(bot)) == 2
    file.write_bytes(b"PK\x03\x04")
    assert (await undersigned(*words, **cli(bot))).code == 1
    elsewhere = ("letters", "invite", "9", *words[3:])
    assert "I can’t find that letter" in (await undersigned(*elsewhere, **cli(bot))).err


async def test_a_day_is_the_same_for_everybody(running_bot: RunningBot) -> None:
    """In their message, on the organiser's list and in the table is the day that they chose."""
    bot, organiser = running_bot, running_bot.organiser
    person = bot.person("U0MEMBER2")  # in another time zone than the organiser
    await a_posted_letter(bot)
    await opens_list(bot)
    await invites_people(bot, person.id)
    await person.sees("invited you to sign", channel="app")
    await awaits(person, "2026-03-10")
    await person.sees("You expect approval by *Tue, 10 Mar 2026*", channel="app")
    await organiser.close(everything=True)
    await opens_list(bot)
    await organiser.sees("Waiting for approval, expected by *Tue, 10 Mar 2026*")
    written = await undersigned("letters", "invitations", "export", "1", **cli(bot))
    assert "awaiting,2026-03-10," in written.out
