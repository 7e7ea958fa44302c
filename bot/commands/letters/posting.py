"""`undersigned letters import`, `post` and `organisers`."""

import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from bot.commands.letters import acting
from bot.commands.terminal import AsJson, read_text, say, with_offset
from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.features.lifecycle.use_cases import appoint_organiser
from bot.letters.draft import Draft
from bot.letters.letter import Signers
from bot.letters.text import front_matter, split_title
from bot.schema import opened_database
from bot.settings import Need, SettingsError, read
from bot.wiring import connected

_CHANNEL = re.compile("[CG][A-Z0-9]+")
_USER = re.compile("[UW][A-Z0-9]+")


async def import_letter(
    file: Path,
    *,
    organiser: str,
    title: str = "",
    summary: str = "",
    sender: str = "",
    addressee: str = "",
    subject: str = "",
    deadline: datetime | None = None,
    signers: Signers = Signers.EVERYONE,
    goal: int | None = None,
    language: str = "",
    json: AsJson = False,
) -> None:
    """Make a draft from a Markdown or text file; print its number as the last line.

    Args:
        file: UTF-8 text. Its first heading is the title unless one is given. Title, date and language
            may be in front matter, between two lines `---`; the date is the deadline.
        organiser: Slack user id of the full member who will run the letter (U… or W…).
        title: The title.
        summary: One or two sentences for the card.
        sender: The people or body that ask for signatures, as the card names them.
        addressee: Who the letter is addressed to; people sign it too.
        subject: The subject line; people sign it too.
        deadline: The closing time, such as 2027-03-01T17:00+01:00; UTC without an offset. By
            default in 30 days at 17:00 UTC.
        signers: The people who may sign.
        goal: The number of signatures hoped for.
        language: The letter's language, such as en or pt-BR; English by default.
        json: Print `{number}` for machines.
    """
    given, body = front_matter(read_text(file))
    title, language = title or given.get("title", ""), language or given.get("language", "en")
    settings = read(Need.BOT_TOKEN)
    if not title:
        heading, under = split_title(body)
        if heading is None and body.strip():
            raise SettingsError(
                "The file has no heading to take the title from: begin it with “# The title”, or "
                "give --title."
            )
        title, body = heading or "", under
    if deadline is None and (day := given.get("date")):
        try:
            deadline = datetime.fromisoformat(day)
        except ValueError:
            raise SettingsError(
                f"The date “{day}” in the file can’t be read: write it like 2027-03-01."
            ) from None
    in_a_month = datetime.now(UTC) + timedelta(days=30)
    at_five = in_a_month.replace(hour=17, minute=0, second=0, microsecond=0)
    draft = Draft(
        title=title,
        body=body,
        deadline=with_offset(deadline or at_five),
        summary=summary,
        sender=sender,
        addressee=addressee,
        subject=subject,
        signers=signers,
        goal=goal,
        language=language,
    )
    async with connected(settings) as process:
        number = await drafts.create(
            process.database,
            actor=await acting.member_in_slack(process.bot, organiser),
            draft=draft,
            # Each run makes a new draft, even from the same file.
            trigger=acting.new_trigger("import"),
        )
    text = (
        "The draft is kept. Its organiser finds it in Slack, on the app's Home tab. To post it from "
        f"here: undersigned letters post {number} --channel C…\n{number}"
    )
    say(text, {"number": number}, json=json)


async def post_letter(
    letter: int, *, channel: Annotated[list[str], Parameter(negative=())], json: AsJson = False
) -> None:
    """Post a letter's card in channels, in the name of its first organiser.

    Args:
        letter: The letter's number.
        channel: A Slack channel id (C…); may be given several times.
        json: Print `{number, channels}` for machines.
    """
    settings = read()
    for one in channel:
        if not _CHANNEL.fullmatch(one):
            raise SettingsError(
                f"{one} isn't a channel ID: in Slack, open the channel's details. The ID is at the "
                "bottom of “About” and begins with C."
            )
    async with opened_database(settings) as database:
        posted = await cards.post(
            database,
            letter=letter,
            actor=await acting.first_organiser(database, letter),
            channels=channel,
            trigger=acting.new_trigger("post"),
        )
    text = f"The bot posts the card when it runs, in: {', '.join(posted)}"
    say(text, {"number": letter, "channels": posted}, json=json)


async def letter_organisers(letter: int, change: Literal["add"], user: str) -> None:
    """Make a full member an organiser of a letter, for example after its only organiser left.

    With `SLACK_BOT_TOKEN`, Slack is asked whether the user is a full member; else nobody checks.

    Args:
        letter: The letter's number.
        change: `add`; organisers take others off in Slack, with `/letter organisers`.
        user: Slack user id of a full member (U… or W…).
    """
    del change
    settings = read()
    if not _USER.fullmatch(user):
        raise SettingsError(
            f"{user} isn't a user ID. A user ID begins with U or W, such as U0123ABCD."
        )
    if settings.slack_bot_token:
        async with connected(settings, creates=False) as process:
            actor = await acting.member_in_slack(process.bot, user)
            found = await appoint_organiser(process.database, letter=letter, appointed=actor)
    else:
        async with opened_database(settings) as database:
            found = await acting.find(database, letter)
            actor = acting.as_member(found, user)
            await appoint_organiser(database, letter=letter, appointed=actor)
        print("Slack wasn't asked who that is: SLACK_BOT_TOKEN is not set.", file=sys.stderr)
    print(f"{user} is now an organiser of “{found.title}”. The bot tells them when it runs.")
