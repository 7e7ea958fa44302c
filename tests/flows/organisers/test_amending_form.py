"""An organiser amends a letter in a form, sees what it does, and says yes to just that."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bolt_understudy.block_kit import check_view
from bot.letters.rules import Rules, Silence
from tests.flows.conftest import RunningBot
from tests.support.commands import undersigned
from tests.support.letters import rows
from tests.support.people import Person
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself

OLD = "# Why\n\nWe, the undersigned, ask for one Internet.\n\nIt is for all."
NEW = "We, the undersigned, demand one Internet."


async def open_form(organiser: Person) -> None:
    await organiser.command(CHANNEL, "/letter amend")
    await organiser.sees_modal("Change the text")


async def bodies(bot: RunningBot) -> list[str]:
    texts = await rows(bot.process.database, "texts")
    return [row["body"] for row in sorted(texts, key=lambda row: row["created_at"])]


async def test_material(running_bot: RunningBot) -> None:
    """The text, the note and the date are written as shown, and each signer is asked."""
    await a_posted_letter(running_bot, body=OLD, rules=Rules(silence=Silence.DROP))
    for person in (running_bot.member, running_bot.another):
        await sign_as_oneself(person)
    organiser = running_bot.organiser
    await open_form(organiser)
    until = running_bot.now + timedelta(days=5)
    await organiser.fill(
        {
            "The letter": NEW,
            "What kind of change is it?": "Change of meaning",
            "Reason": "The council asked.",
            "Answer by": until,
        }
    )
    assert await organiser.submit() is None
    shown = await organiser.sees("2 signers will be asked")
    view = await organiser.sees_modal("Preview")
    assert check_view({key: view[key] for key in ("type", "title", "blocks")}) == []
    for part in (
        "Signers can answer until",
        "The council asked.",
        "demand",
        "Removed:",
    ):
        assert part in shown
    assert len(await bodies(running_bot)) == 1
    await organiser.click("amend.yes")
    await organiser.sees("2 signers will get a message")

    await running_bot.member.sees("Do you want to keep", channel="app")
    (amendment,) = await rows(running_bot.process.database, "amendments")
    assert (amendment["kind"], amendment["note"]) == ("material", "The council asked.")
    assert int(amendment["answer_by"].timestamp()) == int(until.timestamp())
    assert (await bodies(running_bot))[1] == f"{NEW}\n"


async def test_what_nobody_touched(running_bot: RunningBot) -> None:
    """A paragraph that was left alone in the form keeps its heading and its marks."""
    await a_posted_letter(running_bot, body=OLD)
    organiser = running_bot.organiser
    await open_form(organiser)
    view = await organiser.view()
    assert view is not None
    body = next(block for block in view["blocks"] if block["block_id"] == "body")
    typed = body["element"]["initial_value"]
    last = typed["elements"][-1]["elements"][-1]
    last["text"] = last["text"].replace("for all", "for everybody")
    await organiser.fill({"The letter": typed, "kind": "cosmetic", "Reason": "A better word."})
    assert await organiser.submit() is None
    shown = await organiser.sees("Small fix – the meaning stays the same")
    assert "2 paragraphs unchanged" in shown
    await organiser.click("amend.yes")
    await organiser.sees_modal("Text changed")

    assert (await bodies(running_bot))[1] == OLD.replace("for all", "for everybody") + "\n"


async def test_refused_beside_the_field(running_bot: RunningBot) -> None:
    """Nothing chosen, no word of why, too soon, the same text: each is said where it is."""
    await a_posted_letter(running_bot, body=OLD)
    organiser = running_bot.organiser
    await open_form(organiser)
    await organiser.fill({"Reason": "Why.", "kind": "material"})
    assert list(await organiser.submit() or {}) == ["body"]
    soon = running_bot.now + timedelta(hours=20)
    await organiser.fill({"The letter": NEW, "Answer by": soon})
    assert list(await organiser.submit() or {}) == ["answer_by"]
    await organiser.fill({"Answer by": soon + timedelta(days=1)})
    assert await organiser.submit() is None
    await organiser.sees_modal("Preview")

    await organiser.click("Edit")
    await organiser.sees_modal("Change the text")
    await organiser.fill({"Reason": "Another reason."})
    assert await organiser.submit() is None
    await organiser.sees("Another reason.")


async def test_two_organisers(running_bot: RunningBot) -> None:
    """A yes after another organiser amended the text is told so, and nothing is written."""
    await a_posted_letter(running_bot, body=OLD)
    organiser, second = running_bot.organiser, running_bot.second
    await organiser.command(CHANNEL, "/letter organisers add <@U0SECOND>")
    await organiser.sees("Organiser added", channel=CHANNEL)
    for person, words in ((organiser, "Mine."), (second, "Theirs.")):
        await open_form(person)
        await person.fill({"The letter": words, "kind": "cosmetic", "Reason": "So."})
        assert await person.submit() is None
        await person.sees_modal("Preview")
    await second.click("amend.yes")
    await second.sees_modal("Text changed")

    await organiser.click("amend.yes")
    await organiser.sees("This has changed since you opened it, so")
    assert [body.strip() for body in await bodies(running_bot)][1:] == ["Theirs."]


async def test_redelivered(running_bot: RunningBot) -> None:
    """A yes that Slack sends again asks nobody a second time."""
    await a_posted_letter(running_bot, body=OLD)
    await sign_as_oneself(running_bot.member)
    organiser, simulator = running_bot.organiser, running_bot.simulator
    await open_form(organiser)
    await organiser.fill({"The letter": NEW, "kind": "material", "Reason": "So."})
    assert await organiser.submit() is None
    await organiser.sees_modal("Preview")
    await organiser.click("amend.yes")
    await running_bot.member.sees("Do you want to keep", channel="app")

    delivered = await simulator.records(kind="interactive")
    yes = next(one for one in delivered if "amend.yes" in one["title"])
    await simulator.redeliver(yes["id"], retry_num=1, reason="http_timeout")
    await running_bot.after(timedelta(minutes=10))
    await organiser.close(everything=True)
    await open_form(organiser)

    assert len(await rows(running_bot.process.database, "amendments")) == 1
    asked = await running_bot.member.messages("app")
    assert sum("Do you want to keep" in str(one) for one in asked) == 1


async def test_a_long_letter(running_bot: RunningBot) -> None:
    """A text too long for Slack is amended at the command line, which shows it and asks first."""
    # The command line goes by the machine's clock.
    await running_bot.at(datetime.now(UTC))
    long = "\n\n".join(f"Paragraph {number} asks for {'é' * 10}." for number in range(2000))
    number = await a_posted_letter(running_bot, title="One Internet", body=long)
    await sign_as_oneself(running_bot.member)
    await running_bot.organiser.command(CHANNEL, "/letter amend")
    await running_bot.organiser.sees("Ask the person who runs Undersigned", channel=CHANNEL)
    file = Path(str(running_bot.settings.database_url).partition("///")[2]).with_name("new.md")
    file.write_text(f"# One Internet\n\n{long.replace('7 asks', '7 pleads')}")
    soon = (datetime.now(UTC) + timedelta(days=10)).strftime("%Y-%m-%dT12:00")
    words = [
        "letters", "amend", str(number), str(file),
        "--kind", "material", "--note", "So.", "--answer-by", soon,
    ]  # fmt: skip
    values = {"DATABASE_URL": running_bot.settings.database_url}

    stranger = await undersigned(*words, "--organiser", "U0MEMBER1", "--yes", **values)
    asked = await undersigned(*words, "--organiser", "U0ORGANISER", **values)
    assert "Only organisers of" in stranger.err
    assert asked.code == 1
    assert "- Paragraph 7 asks" in asked.out
    assert "+ Paragraph 7 pleads" in asked.out
    assert "* 1 signer will be asked to keep or withdraw their signature." in asked.out
    assert len(await bodies(running_bot)) == 1
    done = await undersigned(*words, "--organiser", "U0ORGANISER", "--yes", **values)

    assert done.code == 0, done.err
    said = await running_bot.member.sees("Do you want to keep", channel="app")
    assert "more changes. Press “What changed”" in said
    await running_bot.member.click("What changed", channel="app")
    await running_bot.member.sees("200 paragraphs changed.")
    await running_bot.member.click("Next →")
    await running_bot.member.sees("Page 2 of")
