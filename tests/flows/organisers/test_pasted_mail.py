"""A letter that comes in a mail is pasted as it is, and the mail is left out of it."""

from tests.documents.test_mail import GMAIL, LETTER
from tests.flows.conftest import RunningBot
from tests.support.scenes.drafts import kept
from tests.support.stories import CHANNEL


async def test_left_out_and_put_back(running_bot: RunningBot) -> None:
    """Each part that was left out has a line and an Undo; what stays is saved, as Markdown."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new Libraries")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": GMAIL})
    assert await organiser.submit() is None
    await organiser.sees("Left out: who wrote the email, and when.")
    await organiser.sees("Left out: the end of the email.")
    await organiser.click("draft.undo:1")
    await organiser.sees_no("Left out: the end of the email.")
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")
    body = (await kept(running_bot)).body
    assert "Forwarded" not in body
    assert body.startswith(LETTER.rstrip("\n"))
    assert body.rstrip().endswith("+44 20 7946 0000")


async def test_from_a_message(running_bot: RunningBot) -> None:
    """A mail that was forwarded into a channel becomes a letter with its subject as the title."""
    member = running_bot.organiser
    ts = await member.says(CHANNEL, GMAIL)
    await member.shortcut("make_letter", channel=CHANNEL, ts=ts)
    await member.sees("Left out: who wrote the email, and when.")
    assert await member.submit() is None
    await member.sees_modal("Overview")
    whole = await kept(running_bot)
    assert whole.letter.title == "Keep the harbour libraries open"
    assert "## What we ask" in whole.body
    assert "Ada" not in whole.body


async def test_a_letter_with_no_mail(running_bot: RunningBot) -> None:
    """A letter that is no mail is saved at once."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new Libraries")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": LETTER})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")
    assert (await kept(running_bot)).body == LETTER


async def test_names_and_title(running_bot: RunningBot) -> None:
    """A letter pasted with its title and its names is saved with neither, and says so."""
    organiser = running_bot.organiser
    names = "Signed by:\nAda Quill, Tide Lab\nBo Reed\nInstitute of Slow Rivers"
    await organiser.command(CHANNEL, "/letter new Keep the ferries")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": f"Keep the ferries\n\n{LETTER}\n{names}"})
    assert await organiser.submit() is None
    await organiser.sees("Left out: 3 names at the end.")
    await organiser.sees("Signed by: Ada Quill, Tide Lab")
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")
    assert (await kept(running_bot)).body == LETTER
