"""An organiser gets the letter as a file in their direct message, or hears why not."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.features.delivery.slack.document_views import upload_words
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.people import Membership, Person
from bot.locales import words
from tests.flows.conftest import RunningBot
from tests.flows.organisers.test_handing_over import hand_over
from tests.support.documents.document_checks import pdf_pages
from tests.support.scenes.drafts import ORGANISER
from tests.support.stories import CHANNEL, a_posted_letter, sign_as_oneself, sign_for

PATIENCE_S = 60.0
FORMATS = (
    ("Word", "an-open-web.docx", b"PK"),
    ("Spreadsheet", "an-open-web.xlsx", b"PK"),
    ("Text", "an-open-web.md", b"**Draft"),
)
"""Some, by their names in the window: the name of the file, and its beginning. The command's tests have all."""


async def files(bot: RunningBot) -> list[dict[str, Any]]:
    """The files in the organiser's direct message with the app, oldest first."""
    state = await bot.simulator.get("messages", **{"as": "U0ORGANISER", "channel": "D0ORGANISER"})
    return [file for message in state["messages"] for file in message.get("files", [])]


async def fetched(file: dict[str, Any]) -> bytes:
    async with ClientSession() as session, session.get(file["url_private_download"]) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return await answer.read()


async def asks_for(bot: RunningBot, number: int, **chosen: str) -> None:
    """The organiser opens the window, chooses, and sends it."""
    organiser = bot.organiser
    await organiser.command(CHANNEL, f"/letter export #{number}")
    await organiser.sees_modal("Get the letter")
    await organiser.fill(**chosen)
    assert await organiser.submit() is None


async def test_file_arrives(running_bot: RunningBot) -> None:
    """The file comes into the direct message, in the format that was chosen, and the window says so."""
    number = await a_posted_letter(running_bot, title="An open web")
    await sign_as_oneself(running_bot.member)
    for what, name, begins in FORMATS:
        await asks_for(running_bot, number, what=what)
        await running_bot.organiser.sees("We’ve sent you the file", within=PATIENCE_S)
        await running_bot.organiser.close(everything=True)
        file = (await files(running_bot))[-1]
        assert file["name"] == name
        assert (await fetched(file)).startswith(begins)
    assert len(await files(running_bot)) == len(FORMATS)


async def test_delivered_copy_or_today(running_bot: RunningBot) -> None:
    """After delivery the copy is offered first, and today's list is marked as a draft."""
    number = await a_posted_letter(running_bot)
    await sign_for(running_bot.member, "Web Group")
    await hand_over(running_bot.organiser, number)
    await asks_for(running_bot, number, what="PDF")
    await running_bot.organiser.sees("We’ve sent you the file", within=PATIENCE_S)
    await running_bot.organiser.close(everything=True)
    await asks_for(
        running_bot, number, what="PDF", list="Today’s list, marked as a draft", language="Français"
    )
    await running_bot.organiser.sees("We’ve sent you the file", within=PATIENCE_S)
    copy, today = [pdf_pages(await fetched(file))[-1] for file in await files(running_bot)]
    assert ("Brouillon" in copy, "Brouillon" in today) == (False, True)
    assert "Web Group" in copy
    assert "Signataires" in today


async def test_everything(running_bot: RunningBot) -> None:
    """Everything is the press pack, with its progress in the window."""
    number = await a_posted_letter(running_bot)
    await sign_as_oneself(running_bot.member)
    await asks_for(running_bot, number, what="Press pack, with headings in seven languages")
    await running_bot.organiser.sees("of 7", within=PATIENCE_S)
    await running_bot.organiser.sees("We’ve sent you the file", within=3 * PATIENCE_S)
    (file,) = await files(running_bot)
    with zipfile.ZipFile(io.BytesIO(await fetched(file))) as archive:
        assert {"SHA256SUMS", "ru/letter.docx", "list.csv"} <= set(archive.namelist())


async def test_removed_meanwhile(running_bot: RunningBot) -> None:
    """An organiser who is removed while the file is made doesn't get it."""
    bot, database = running_bot, running_bot.process.database
    number = await a_posted_letter(bot)
    third = Person("T0COALITION", bot.third.id)
    await lifecycle.add_organiser(
        database, letter=number, actor=ORGANISER, person=third, membership=Membership.MEMBER
    )
    await asks_for(bot, number, what="PDF")
    await lifecycle.remove_organiser(
        database, letter=number, actor=replace(ORGANISER, person=third), person=ORGANISER.person
    )
    await sign_as_oneself(bot.member)
    await bot.organiser.sees("Only organisers of", within=PATIENCE_S)
    assert await files(bot) == []


@pytest.mark.parametrize(
    ("method", "error", "said"),
    [
        ("files.getUploadURLExternal", "file_uploads_disabled", "doesn’t allow this"),
        ("files.completeUploadExternal", "500", "Slack refused this"),
    ],
)
async def test_slack_refuses(running_bot: RunningBot, method: str, error: str, said: str) -> None:
    """A refusal of Slack's is told in the window, with what to do."""
    number = await a_posted_letter(running_bot)
    await running_bot.simulator.post("faults", [{"method": method, "kind": error}])
    await asks_for(running_bot, number, what="Text")
    await running_bot.organiser.sees(said, within=PATIENCE_S)
    assert await files(running_bot) == []


async def test_window_closed(running_bot: RunningBot) -> None:
    """After the window was closed, a failure is told in a message."""
    number = await a_posted_letter(running_bot)
    fault = {"method": "files.getUploadURLExternal", "kind": "file_uploads_disabled"}
    await running_bot.simulator.post("faults", [fault])
    await asks_for(running_bot, number, what="Text")
    await running_bot.organiser.close(everything=True)
    await running_bot.organiser.sees("doesn’t allow this", channel="D0ORGANISER", within=PATIENCE_S)


def test_permission_taken_away() -> None:
    """Without the permission, taken away since, the window says what an admin can grant."""
    assert "optional permission `files:write`" in upload_words(words("en"), "missing_scope")


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Someone who doesn't run the letter gets no file of it."""
    number = await a_posted_letter(running_bot)
    await running_bot.member.command(CHANNEL, f"/letter export #{number}")
    await running_bot.member.sees("Only organisers of", channel=CHANNEL)
