"""`undersigned letters history` and `erase`."""

import sys
from collections.abc import Collection
from contextlib import suppress

from slack_sdk.web.async_client import AsyncWebClient

from bot.commands.people import ask, erasing, say_erased
from bot.commands.terminal import Flag, unmarked, write_table
from bot.features.privacy.slack.history_words import act_words, who_words
from bot.features.privacy.table import write_history
from bot.features.privacy.use_cases import erasure, history
from bot.letters.people import Person
from bot.locales import words
from bot.schema import opened_database
from bot.settings import read
from bot.slack.api_errors import UNREACHABLE
from bot.slack.directory import Directory


async def letter_history(letter: int, *, csv: Flag = False) -> None:
    """Write who did what on a letter, when and why, to standard output, newest first.

    Shows people's names in Slack, or their IDs if Slack can't be asked.

    Args:
        letter: The letter's number.
        csv: Write CSV with all facts, for machines.
    """
    async with opened_database(read()) as database:
        rows = await history.whole(database, letter=letter)
    if csv:
        sys.stdout.buffer.write(write_history(rows).encode())
        return
    t = words("en")
    names = await _names({one for row in rows for one in (row.entry.by, row.entry.about) if one})
    lines = [
        {
            "when": row.entry.at.isoformat(timespec="minutes"),
            "who": unmarked(who_words(t, row), names),
            "what": unmarked(act_words(t, row), names).replace("\n", " "),
            "why": row.entry.ground,
        }
        for row in rows
    ]
    write_table(lines)


async def _names(people: Collection[Person]) -> dict[str, str]:
    """Return people's names in Slack, by user id; without an answer their ids are shown."""
    settings, names = read(), dict[str, str]()
    if settings.slack_bot_token is None:
        return names
    client = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(), base_url=settings.slack_api_url
    )
    directory = Directory(client, "", client)
    with suppress(*UNREACHABLE, ValueError):
        for person in people:
            profile = await directory.profile(person.user)
            if profile is not None and profile.name:
                names[person.user] = profile.name
    return names


async def letter_erase(letter: int, *, entry: str = "", yes: Flag = False) -> None:
    """Erase a letter for good, with all its signatures and delivered copies.

    Its cards stay in Slack as they are: remove them first.

    Args:
        letter: The letter's number.
        entry: Erase only this entry of a person without an account, written as on the list, or the
            name of someone who signed on paper for an organisation; a delivered copy shows a gap.
            For people with an account, use `people erase`.
        yes: Do it without asking.
    """
    if entry:
        ask(f"On letter {letter}: {entry}", yes=yes)
        async with erasing(read()) as database:
            done = await erasure.erase_entry(database, letter=letter, entry=entry)
        say_erased(done)
        return
    ask(f"Letter {letter}, with everything on it.", yes=yes)
    async with erasing(read()) as database:
        title = await erasure.erase_letter(database, letter=letter)
    print(f"Erased: {title}")
